"""What all objects of one package share: its language, its moment, and what its links lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rdflib import URIRef
from rdflib.term import Node

from competency.exchange.case.fields import Field, Sort, case
from competency.exchange.case.identifiers import PROPER, identifier_of, uri_of
from competency.exchange.case.values import (
    is_absent,
    is_plain,
    json_literal,
    literals,
    verbatim,
    words,
)
from competency.exchange.imported import Kept, Remark
from competency.exchange.terms import term
from competency.graph.store import is_absolute

Piece = tuple[str, Node, Node, Node]  # the field that says it, and the triple
Object = dict[str, Any]


@dataclass
class End:
    """What a link may lead to: its identifier and uri, and a title where only links give one."""

    identifier: object
    uri: object
    title: str | None = None
    held: bool = True


class Remarks:
    """Collects remarks; those that say the same of many things are told once, with their number."""

    def __init__(self) -> None:
        """Start with none."""
        self._found: dict[tuple[Kept, str], list[str]] = {}

    def add(self, kept: Kept, where: str, what: str) -> None:
        """Remember something odd, by a pointer into the file."""
        places = self._found.setdefault((kept, what), [where, "0"])
        places[1] = str(int(places[1]) + 1)

    def __iter__(self) -> Iterator[Remark]:
        """Yield them in the order in which they were first met."""
        for (kept, what), (where, count) in self._found.items():
            more = f" (this and {int(count) - 1:,} more)" if int(count) > 1 else ""
            yield Remark(kept, where, what + more)


@dataclass
class Context:
    """One package: who it is about, and what is the same for everything in it.

    ``ours`` says that the package was made here of a framework that does not come from CASE: then
    it says everything itself, and the reader adds nothing.
    """

    root: URIRef
    ours: bool
    tag: str
    modified: str | None = None
    wording: URIRef = field(default_factory=lambda: term("comp:Verbatim"))
    ends: dict[URIRef, End] = field(default_factory=dict)
    by_identifier: dict[str, URIRef] = field(default_factory=dict)
    by_uri: dict[str, URIRef] = field(default_factory=dict)
    closed: bool = False  # whether all is known of what only links speak of
    kinds: dict[URIRef, str] = field(default_factory=dict)  # of items: our classes by local name
    relabelled: set[URIRef] = field(default_factory=set)  # items of ours with another CFItemType
    remarks: Remarks = field(default_factory=Remarks)

    def hold(self, iri: URIRef, identifier: object, uri: object) -> None:
        """Remember an object of the package, so that links can lead to it."""
        self.ends[iri] = End(identifier, uri)
        if isinstance(identifier, str):
            self.by_identifier.setdefault(identifier, iri)
        if isinstance(uri, str):
            self.by_uri.setdefault(uri, iri)

    def holds(self, iri: URIRef) -> bool:
        """Say whether something is an object of the package."""
        end = self.ends.get(iri)
        return end is not None and end.held

    def find(self, link: Object) -> URIRef | None:
        """Return what a link leads to: an object of the package, else its uri; None if neither."""
        identifier, uri = link.get("identifier"), link.get("uri")
        found = self.by_identifier.get(identifier) if isinstance(identifier, str) else None
        found = found or (self.by_uri.get(uri) if isinstance(uri, str) else None)
        if found is None and isinstance(uri, str) and is_absolute(uri):
            found = URIRef(uri)
        return found

    def identity(self, iri: URIRef, found: Object) -> Iterator[Piece]:
        """Yield what an object says of its identifier and uri that its IRI does not say already."""
        text = str(iri)
        expected = {
            "identifier": identifier_of(text, ours=self.ours),
            "uri": uri_of(text, ours=self.ours),
        }
        for name, usual in expected.items():
            value = found.get(name)
            if is_absent(value):
                yield name, iri, term("comp:notStated"), case(name)
            elif value != usual:
                yield name, iri, case(name), verbatim(value)

    def check(self, identifier: object, where: str) -> None:
        """Remark an identifier that the standard does not allow."""
        if not isinstance(identifier, str):
            self.remarks.add(Kept.odd, where, "there is no identifier")
        elif not PROPER.fullmatch(identifier):
            what = "the identifier is no UUID of RFC 4122, version 1 to 5 in small letters"
            self.remarks.add(Kept.odd, where, what)

    # ------------------------------------------------------------------ fields

    def pieces(self, thing: URIRef, known: Field, value: object, tag: str) -> Iterator[Piece]:
        """Yield what one field says of a thing; nothing for null and for an empty list."""
        if is_absent(value):
            return
        if known.sort in (Sort.link, Sort.links):
            yield from self.link_pieces(thing, known, value)
            return
        found = literals(value, known.sort, tag)
        if found is None:
            aside = json_literal if known.sort is Sort.strings else verbatim
            yield known.name, thing, case(known.name), aside(value)
            return
        for item in found:
            yield known.name, thing, known.property, item
        if isinstance(value, list) and not is_plain(value):
            yield known.name, thing, case(known.name), json_literal(value)

    def link_pieces(self, thing: URIRef, known: Field, value: object) -> Iterator[Piece]:
        """Yield what a link, or a list of links, says; as it is too where an IRI is not enough."""
        links = value if isinstance(value, list) and known.sort is Sort.links else [value]
        plain = known.sort is Sort.link or isinstance(value, list)
        found: list[URIRef] = []
        for link in links:
            target = self._target(known.name, link)
            if target is None:
                plain = False
                continue
            found.append(target)
            yield known.name, thing, known.property, target
            said: Object = link if isinstance(link, dict) else {}
            yield from self.stub(known.name, target, said)
            plain = plain and self.is_usual(target, said)
        if not plain or len(found) != len(set(found)):
            yield known.name, thing, case(known.name), verbatim(value)

    def _target(self, name: str, link: object) -> URIRef | None:
        """Return what a link leads to; a package has the identifier of its document."""
        if not isinstance(link, dict):
            return None
        uri = link.get("uri")
        if name == "CFPackageURI":
            return URIRef(uri) if isinstance(uri, str) and is_absolute(uri) else None
        return self.find(link)

    def stub(self, name: str, target: URIRef, link: Object) -> Iterator[Piece]:
        """Yield the title and identifier of something that only links speak of."""
        if target not in self.ends:
            title = None if self.closed else link.get("title")
            text = title if isinstance(title, str) else None
            self.ends[target] = End(link.get("identifier"), str(target), text, held=False)
        end = self.ends[target]
        if end.held:
            return
        if end.title and end.title.strip():
            yield f"{name}.title", target, term("rdfs:label"), words(end.title, self.tag)
        usual = identifier_of(str(target), ours=self.ours)
        if isinstance(end.identifier, str) and end.identifier != usual:
            yield f"{name}.identifier", target, case("identifier"), verbatim(end.identifier)

    def is_usual(self, target: URIRef, link: Object) -> bool:
        """Say whether a link says no more than that it leads to its target."""
        end = self.ends[target]
        said = {name: value for name, value in link.items() if not is_absent(value)}
        title = said.pop("title", None)
        if said != {"identifier": end.identifier, "uri": end.uri}:
            return False
        if not isinstance(title, str) or not isinstance(end.identifier, str):
            return False
        return end.held or title == (end.title or "")

    def unknown(self, thing: URIRef, found: Object, names: set[str], where: str) -> Iterator[Piece]:
        """Yield what fields say that CASE does not know, as it is."""
        for name, value in found.items():
            if name not in names and not is_absent(value):
                self.remarks.add(
                    Kept.aside, where, f"{name[:80]} is no field of CASE here; it is kept as it is"
                )
                yield name, thing, case(name), verbatim(value)
