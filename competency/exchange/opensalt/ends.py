"""What cells speak of: things of the file, by identifier, address or code, and things outside."""

from __future__ import annotations

import re
from bisect import bisect_left

from rdflib import Literal, URIRef

from competency.exchange.case.context import Object
from competency.exchange.case.identifiers import minted
from competency.exchange.imported import Kept
from competency.exchange.opensalt.packing import Packing, step_of
from competency.exchange.terms import term
from competency.graph.store import is_absolute

_ADDRESS = re.compile(r"(?:https?://|urn:)\S+", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Ends:
    """Finds what cells speak of: things of the file by identifier, address or code, or others."""

    def __init__(self, packing: Packing) -> None:
        """Look at all items of a packing; those that come later are not found."""
        self.packing = packing
        things = [packing.doc, *packing.items]
        self._by_name = {
            str(one[name]): one for name in ("uri", "identifier") for one in reversed(things)
        }
        self._by_code: dict[str, list[int]] = {}
        for number, one in enumerate(packing.items):
            if code := one.get("humanCodingScheme"):
                self._by_code.setdefault(code, []).append(number)
        self._outside: dict[tuple[str, str, str], Object] = {}

    def held(self, text: str, near: int | None = None, where: str = "") -> Object | None:
        """Return the thing of the file that a code, an identifier or an address means, or None.

        Of items with the same code it is the last one above the row ``near``, else the first.
        """
        places = self._by_code.get(text)
        if not places:
            return self._by_name.get(text)
        at = bisect_left(places, near) if near is not None else 0
        own = near is not None and places[at : at + 1] == [near]
        if len(places) - own > 1 and where:
            what = "the code stands more than once; the nearest row above with it is meant, if any"
            self.packing.remarks.add(Kept.odd, where, what)
        place = places[at - 1] if at else places[own if len(places) > own else 0]
        return self.packing.items[place]

    def end(self, identifier: str, uri: str, code: str, where: str = "") -> Object | None:
        """Return an end of an association, in the file or outside; None if nothing is said."""
        found = self._by_name.get(identifier) or self._by_name.get(uri)
        if found is None and code and not identifier and not uri:
            found = self.held(code, where=where)
        if found is None and (identifier or uri or code):
            found = self._outside.get((identifier, uri, code))
            if found is None:
                found = self._made(identifier, uri, code)
                self._outside[(identifier, uri, code)] = found
        return found

    def _made(self, identifier: str, uri: str, code: str) -> Object:
        """Return something outside the file, with an IRI of what is known of it."""
        if not uri and _is_address(code):
            uri, code = code, ""
        if not uri and _UUID.fullmatch(identifier):
            uri = f"urn:uuid:{identifier}"
        elif not uri and _is_address(identifier):
            uri, identifier = identifier, ""
        packing = self.packing
        if not is_absolute(uri):
            uri = packing.unused(f"{packing.root}/outside/{step_of(identifier or code) or 'thing'}")
            packing.taken.add(uri)
        if code:
            packing.rows[(URIRef(uri), term("skos:notation"), Literal(code))] = None
        found: Object = {"identifier": identifier or minted(uri), "uri": uri}
        return found | ({"targetType": "CASE"} if found["identifier"] != minted(uri) else {})


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text)) and is_absolute(text)


def is_clear(text: str) -> bool:
    """Say whether a text is an address or a UUID, whatever else a file holds."""
    return _is_address(text) or bool(_UUID.fullmatch(text))
