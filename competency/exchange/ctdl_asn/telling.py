"""Saying in our vocabulary what a file of CTDL-ASN says: texts, languages, codes, dates, places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.building import FrameworkBuilder
from competency.exchange.case.context import Remarks
from competency.exchange.ctdl_asn.context import DATES, compact, date_of
from competency.exchange.ctdl_asn.facts import Facts
from competency.exchange.imported import File, Kept
from competency.exchange.terms import term

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


class Telling:
    """One framework (or scale) while it is read: what is said of it, and what was odd."""

    def __init__(
        self,
        facts: Facts,
        root: URIRef,
        file: File,
        language: str,
        place: Callable[[Node], str],
        remarks: Remarks,
    ) -> None:
        """``place`` says where in the file a thing stands; ``language`` is that of bare texts."""
        self.facts, self.root, self.remarks, self.where = facts, root, remarks, place
        self.say = FrameworkBuilder(root, file, language)
        self.told: list[Node] = []  # what was described, in order

    def texts(self, node: Node, name: str) -> list[Literal]:
        """Take the texts of a property, one for each language; what is left over stays there."""
        found: dict[str, Literal] = {}
        rest: list[Node] = []
        for value in self.facts.take(node, name):
            text = self._tagged(value, name, node)
            if text is None or (text.language or "").lower() in found:
                rest.append(value)
            else:
                found[(text.language or "").lower()] = text
        if rest and found:
            self.odd(node, f"{name} has more than a text for each language; the others are kept")
        self.facts.keep(node, name, *rest)
        return list(found.values())

    def _tagged(self, value: Node, name: str, node: Node) -> Literal | None:
        """Return a text with its language, or None for what is none and for a blank one."""
        if not isinstance(value, Literal) or not value.strip():
            return None
        if value.language:
            return value
        if value.datatype not in (None, term("xsd:string")):
            return None
        language = self.say.language
        self.odd(node, f"{name} names no language; it is taken to be {language}")
        return Literal(str(value), lang=language)

    def lists(self, node: Node, name: str) -> list[list[Literal]]:
        """Take texts of which there may be several in a language: the first of each, and so on."""
        found: list[dict[str, Literal]] = []
        rest: list[Node] = []
        for value in self.facts.take(node, name):
            text = self._tagged(value, name, node)
            if text is None:
                rest.append(value)
                continue
            tag = (text.language or "").lower()
            place = next((item for item in found if tag not in item), None)
            if place is None:
                place = {}
                found.append(place)
            place[tag] = text
        self.facts.keep(node, name, *rest)
        return [list(item.values()) for item in found]

    def plain(self, node: Node, name: str, most: int = 1) -> list[Literal]:
        """Take literals without a language and type, so many at most; the rest stays there."""
        found: list[Literal] = []
        rest: list[Node] = []
        for value in self.facts.take(node, name):
            if len(found) < most and _is_plain(value):
                found.append(Literal(str(value)))
            else:
                rest.append(value)
        self.facts.keep(node, name, *rest)
        return found

    def links(self, node: Node, name: str) -> list[URIRef]:
        """Take the IRIs of a property; what is none stays there."""
        values = self.facts.take(node, name)
        self.facts.keep(node, name, *(one for one in values if not isinstance(one, URIRef)))
        return [one for one in values if isinstance(one, URIRef)]

    def link(self, node: Node, name: str, ours: str, wanted: Callable[[URIRef], bool]) -> None:
        """Say links with a property of ours, where they lead to what is wanted; keep the others."""
        for target in self.links(node, name):
            if wanted(target):
                self.say.add(node, ours, target)
            else:
                self.facts.keep(node, name, target)

    def dates(self, node: Node, name: str, ours: str) -> None:
        """Say a date with a property of ours, if it is a whole one; keep what is none."""
        values = self.facts.take(node, name)
        found = [date for value in values[:1] if (date := date_of(value)) is not None]
        self.say.add(node, ours, *found)
        self.facts.keep(node, name, *values[len(found) :])

    def codes(self, node: URIRef) -> None:
        """Say the codes of a thing: its own first, then those of others."""
        names = ("ceasn:codedNotation", "ceasn:altCodedNotation")
        found = [self.plain(node, names[0]), self.plain(node, names[1], most=10_000)]
        if not found[0]:  # going out, the first would be taken for its own
            self.facts.keep(node, names[1], *found[1])
        for number, code in enumerate((*found[0], *found[1]), 1):
            self.say.code(node, str(code), number)

    def number(self, node: Node) -> None:
        """Say the printed number of a thing."""
        self.say.add(node, "comp:enumeration", *self.plain(node, "ceasn:listID"))

    def part(self, node: URIRef, kind: str, parent: URIRef, position: int) -> None:
        """Say a part and where it stands."""
        self.say.part(node, f"comp:{kind}", parent, position, section=self.where(node))
        self.told.append(node)

    def labels(self, node: Node, texts: Iterable[Literal]) -> None:
        """Say the titles of a thing."""
        self.say.add(node, "rdfs:label", *texts)

    def statement(
        self,
        node: URIRef,
        texts: list[Literal],
        *,
        needed: bool = True,
        wording: URIRef | None = None,
    ) -> None:
        """Say the texts of a part, in the words of the file if nothing else is known of them.

        One that needs a text and has none is empty.
        """
        self.say.add(node, "comp:text", *texts)
        if texts:
            self.say.add(node, "comp:wording", wording or term("comp:Verbatim"))
        if needed and not texts:
            self.say.add(node, "comp:isEmpty", Literal(True))

    def odd(self, node: Node, what: str) -> None:
        """Remember something odd about a thing."""
        self.remarks.add(Kept.odd, self.where(node), what)

    def leftovers(self, nodes: Iterable[Node]) -> None:
        """Say what our vocabulary has no term for as the file says it, and tell each kind once."""
        for node in nodes:
            for prop, value in self.facts.rows(node):
                is_date = compact(str(prop)) in DATES
                self.say.add(node, str(prop), (date_of(value) or value) if is_date else value)
                if prop != term("rdf:type"):
                    what = f"{compact(str(prop))} is kept in the words of the file"
                    self.remarks.add(Kept.aside, self.where(node), what)


def _is_plain(value: Node) -> bool:
    """Say whether a value is a text without language or type, and not blank."""
    if not isinstance(value, Literal) or value.language or not value.strip():
        return False
    return value.datatype in (None, term("xsd:string"))


def tag_of(value: Node) -> str | None:
    """Return a code of a language, or None for what is none.

    >>> tag_of(Literal("en-US")), tag_of(Literal("English language"))
    ('en-US', None)
    """
    is_code = isinstance(value, Literal) and not value.language and _TAG.fullmatch(str(value))
    return str(value) if is_code else None
