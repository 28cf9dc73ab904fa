"""What a reader of a package does not see that does not look into extensions, or has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.case.context import Object
from competency.exchange.case.given import UNKNOWN_MOMENT, Given
from competency.exchange.case.residue import Namer
from competency.exchange.case.table import CHANGED, GONE, OTHERWISE, TABLE, UNUSED
from competency.exchange.case.values import texts_of
from competency.exchange.mapping import Loss
from competency.exchange.terms import Row, short, term
from competency.ontology import COMP

_TYPE = term("rdf:type")
_ABOUT = {
    COMP.Framework: "framework",
    COMP.Code: "code",
    COMP.Occurrence: "occurrence",
    COMP.LevelScale: "scale",
    COMP.Level: "level of a scale",
    term("org:Organization"): "organisation",
}
_TOLD = {term("rdfs:label"), term("comp:text"), term("dcterms:description")}
_DATES = {
    str(term("dcterms:modified")): "lastChangeDateTime",
    str(term("dcterms:issued")): "statusStartDate",
    str(term("dcterms:valid")): "statusStartDate",
}
# Links to things that fields tell by name, and a place, which others tell as well.
_NAMED = {
    *(term(f"comp:{name}") for name in ("code", "occurrence", "position")),
    *(term(f"dcterms:{name}") for name in ("creator", "license", "publisher")),
}


class Losing:
    """Judges the triples that only extensions carry."""

    def __init__(
        self, given: Given, objects: dict[URIRef, Object], version: str, name: Namer = str
    ) -> None:
        """``objects`` are the document and the items as told, ``name`` names blank nodes."""
        self.given, self.objects, self.version, self.name = given, objects, version, name
        self.owners: dict[Node, Node] = {}
        for thing, prop, value in given.rows:
            if prop in (term("comp:code"), term("comp:occurrence"), term("dcterms:license"),
                        term("dcterms:creator"), term("dcterms:publisher")):  # fmt: skip
                self.owners.setdefault(value, thing)

    def losses(self, rows: Iterable[Row]) -> Iterator[Loss]:
        """Yield what is lost of triples that are carried aside, and what had to be made up."""
        wording = term("comp:wording")
        words = [row for row in self.given.rows if row[1] == wording and self.given.ours]
        beside = {*rows}
        for row in sorted({*beside, *words}, key=self._place):
            thing, prop, value = row
            if not self._is_seen(thing, prop, value):
                yield Loss(self._called(thing), short(str(prop)), self._why(thing, prop))
            elif self.version == "1.0" and row in beside and self._is_changed(thing, prop):
                yield Loss(self._called(thing), short(str(prop)), CHANGED)
        doc = self.objects[self.given.root]
        if self.given.ours and doc.get("creator") == "Not stated":
            why = "CASE requires a creator, and nobody is named: Not stated stands there"
            yield Loss(str(self.given.root), "dcterms:creator", why)
        if self.given.ours and doc.get("lastChangeDateTime") == UNKNOWN_MOMENT:
            why = f"CASE requires the moment of the last change, and none is said: {UNKNOWN_MOMENT}"
            yield Loss(str(self.given.root), "dcterms:modified", f"{why} stands there")

    def _is_changed(self, thing: Node, prop: Node) -> bool:
        """Say whether it is told that what only extensions would bring back comes back changed."""
        return thing in self.objects and prop not in _NAMED

    @cached_property
    def _order(self) -> dict[Node, int]:
        return {thing: place for place, thing in enumerate(self.objects)}

    def _place(self, row: Row) -> tuple[int, str, str, str]:
        """Return what puts triples in order: those of document and items first, as they stand."""
        thing, prop, value = row
        place = self._order.get(thing, len(self._order))
        return place, self._called(thing), str(prop), self._called(value)

    def _called(self, node: Node) -> str:
        return f"_:{self.name(node)}" if isinstance(node, BNode) else str(node)

    @cached_property
    def _education(self) -> set[str]:
        found = (told.get("educationLevel") for told in self.objects.values())
        return {
            text
            for texts in found
            if isinstance(texts, list)
            for text in texts
            if isinstance(text, str)
        }

    def about(self, thing: Node) -> str:
        """Return whose property it is, in the words of the table."""
        kinds = self.given.values(thing, _TYPE)
        found = next((name for kind, name in _ABOUT.items() if kind in kinds), None)
        if found:
            return found
        if thing in self.objects:
            return "part"
        owner = self.owners.get(thing)
        licensed = owner is not None and (owner, term("dcterms:license"), thing) in self.given.rows
        return "licence" if licensed else "thing"

    def _why(self, thing: Node, prop: Node) -> str:
        rule = TABLE.rules.get((self.about(thing), short(str(prop))))
        why = rule.loses if rule is not None and rule.loses else OTHERWISE
        if self.about(thing) in ("scale", "level of a scale") and thing not in self.objects:
            why = UNUSED
        return GONE if self.version == "1.0" and why == OTHERWISE else why

    def _is_seen(self, thing: Node, prop: Node, value: Node) -> bool:
        """Say whether a field of the package tells a triple, though not so that it comes back."""
        about = self.about(thing)
        rule = TABLE.rules.get((about, short(str(prop))))
        if rule is None or not rule.becomes:
            return False
        if about in ("code", "occurrence", "organisation", "licence"):
            return self._is_seen_around(about, thing, prop, value)
        told = self.objects.get(URIRef(str(thing)), {})
        if not told:
            return prop == term("rdfs:label") and str(value) in self._education
        if isinstance(value, Literal) and value.language:
            return any(str(value) in text for text in _texts(told))
        return self._is_in(told, thing, prop, value)

    def _is_in(self, told: Object, thing: Node, prop: Node, value: Node) -> bool:
        texts = _texts(told)
        if prop in (term("dcterms:creator"), term("dcterms:publisher"), term("comp:code")):
            names = [value] if isinstance(value, Literal) else [
                *self.given.values(value, term("rdfs:label")),
                *self.given.values(value, term("skos:notation")),
            ]  # fmt: skip
            return any(str(name) in texts for name in names)
        if prop == term("comp:position"):
            return True
        date = _DATES.get(str(prop))
        if date is not None:
            return str(told.get(date, "")).startswith(str(value))
        return isinstance(value, Literal) and str(value) in texts

    def _is_seen_around(self, about: str, thing: Node, prop: Node, value: Node) -> bool:
        owner = self.owners.get(thing)
        told = self.objects.get(URIRef(str(owner)), {}) if owner is not None else {}
        texts = _texts(told)
        if about == "code":
            notations = texts_of(self.given.values(thing, term("skos:notation")))
            return any(text in texts for text in notations)
        if about == "licence":
            return True
        labels = texts_of(self.given.values(thing, term("rdfs:label")))
        if isinstance(value, Literal):
            return str(value) in texts
        return any(label in texts for label in labels)


def _texts(told: Object) -> list[str]:
    """Return the texts that an object shows."""
    found: list[str] = []
    for name, value in told.items():
        if name != "extensions":
            found += [item for item in (value if isinstance(value, list) else [value])
                      if isinstance(item, str)]  # fmt: skip
    return found
