"""Associations of CASE out of a graph: the tree, the relations that we have, and those kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.case.aligned import Alignments
from competency.exchange.case.arranging import Edge, in_order
from competency.exchange.case.context import Object
from competency.exchange.case.fields import ASSOCIATION, DEFINITIONS, case
from competency.exchange.case.given import Given
from competency.exchange.case.identifiers import association_iri, identifier_of, uri_of
from competency.exchange.case.linking import DESTINATION, ORIGIN, RELATIONS, number_of
from competency.exchange.case.rubrics import LAYERS
from competency.exchange.case.values import from_json, links_of, plain_value, texts_of
from competency.exchange.terms import term

_ALWAYS = ("identifier", "uri", "lastChangeDateTime", "extensions", "associationType",
           "originNodeURI", "destinationNodeURI", "sequenceNumber",
           *(known.name for known in ASSOCIATION))  # fmt: skip


class Associations:
    """The associations of a framework, in the order of its items."""

    def __init__(
        self, given: Given, items: dict[URIRef, Object], parents: dict[URIRef, URIRef]
    ) -> None:
        """``parents`` says under what items stand, in order; those without one are left out."""
        self.given, self.items, self.parents = given, items, parents
        self._trees: dict[URIRef, URIRef] = {}
        self._others: list[URIRef] = []
        self._of_origin: dict[URIRef, list[URIRef]] = {}
        defined = (given.by_type.get(case(kind), ()) for kind in (*DEFINITIONS.values(), *LAYERS))
        self._held = {given.root, *items, *(iri for iris in defined for iri in iris)}
        for node in given.by_type.get(case("CFAssociation"), []):
            self._sort(node)
        self._aligned = Alignments(given, {given.root, *items}, self._held)

    def _sort(self, node: URIRef) -> None:
        """See whether a node tells more of the place of an item, or stands by itself."""
        given = self.given
        origins = links_of(given.values(node, ORIGIN.property))
        plain = not (
            links_of(given.values(node, DESTINATION.property))
            or given.values(node, case("associationType"))
            or given.not_stated(node, case("associationType"))
        )
        origin = next((one for one in origins if one in self.items), None)
        if origin is not None and plain and origin in self.parents and origin not in self._trees:
            self._trees[origin] = node
        elif origin is not None and not plain:
            self._of_origin.setdefault(origin, []).append(node)
        elif not plain:
            self._others.append(node)

    def all(self) -> dict[URIRef, Object]:
        """Return the associations by their IRIs."""
        found: dict[URIRef, Object] = {}
        numbers = self._numbers()
        for node in self._aligned.at(self.given.root):
            found[node] = self._alignment(node)
        for item in self.items:
            if item in self.parents:
                iri, one = self._tree(item, numbers.get(item))
                found[iri] = one
            for node in self._of_origin.get(item, ()):
                found[node] = self._kept(node)
            for node in self._aligned.at(item):
                found[node] = self._alignment(node)
            found |= {iri: one for iri, one in self._relations(item) if iri not in found}
        for node in self._others:
            found[node] = self._kept(node)
        return found

    # ------------------------------------------------------------------ the tree

    def _numbers(self) -> dict[URIRef, Any]:
        """Return the numbers of items among their siblings.

        The numbers that the file had stay where they still give the order of the positions.
        """
        children: dict[URIRef, list[URIRef]] = {}
        for item, parent in self.parents.items():
            children.setdefault(parent, []).append(item)
        found: dict[URIRef, Any] = {}
        for below in children.values():
            positions = {item: self._position(item) for item in below}
            stated = {item: self._stated(item, positions[item]) for item in below}
            if not self.given.ours and not self._agree(below, stated, positions):
                stated = positions
            found |= stated
        return found

    def _position(self, item: URIRef) -> Any:
        for prop in (term("comp:position"), term("comp:rank")):
            values = self.given.values(item, prop)
            if values:
                value = plain_value(values[0])
                return value if isinstance(value, int) and not isinstance(value, bool) else None
        return self._places.get(item)

    @cached_property
    def _places(self) -> dict[URIRef, int]:
        return {item: place for place, item in enumerate(self.parents, 1)}

    def _stated(self, item: URIRef, position: Any) -> Any:
        node = self._trees.get(item)
        if node is None:
            return position
        return self.given.stated(node, "sequenceNumber", position)

    def _agree(
        self, below: list[URIRef], stated: dict[URIRef, Any], positions: dict[URIRef, Any]
    ) -> bool:
        """Say whether the numbers, and what stands in for them, give the order of the positions."""
        edges = [Edge(item, item, number_of({"sequenceNumber": stated[item]}), index)
                 for index, item in enumerate(below)]  # fmt: skip
        after = [edge.child for edge in in_order(edges, self._marks)]
        return after == sorted(
            below, key=lambda item: (positions[item] is None, positions[item] or 0)
        )

    def _marks(self, item: URIRef) -> tuple[str, str]:
        marks = (self.items[item].get(name) for name in ("listEnumeration", "humanCodingScheme"))
        first, second = (mark.strip() if isinstance(mark, str) else "" for mark in marks)
        return first, second

    def _tree(self, item: URIRef, number: Any) -> tuple[URIRef, Object]:
        parent = self.parents[item]
        node = self._trees.get(item)
        iri = node or URIRef(association_iri(str(item), "isChildOf", str(parent)))
        found = self._object(iri, "isChildOf", item, parent)
        if number is not None:
            found["sequenceNumber"] = number
        return iri, found

    def _object(self, iri: URIRef, kind: str, origin: URIRef, destination: URIRef) -> Object:
        """Return an association with what the graph keeps of it beside its ends."""
        given = self.given
        found: Object = {
            **given.identity(iri),
            "associationType": kind,
            "originNodeURI": self._end(iri, "originNodeURI", origin),
            "destinationNodeURI": self._end(iri, "destinationNodeURI", destination),
            "lastChangeDateTime": given.changed(iri),
        }
        if given.about(iri):
            found |= given.fields(iri, "CFAssociation", given.tag)
            found["extensions"] = given.stated(iri, "extensions")
            found |= given.unknown(iri, _ALWAYS)
        return {name: value for name, value in found.items() if value is not None}

    def _end(self, iri: URIRef, name: str, end: URIRef) -> Any:
        kept, value = from_json(self.given.values(iri, case(name)))
        if kept:
            return value
        found = self.given.link(end)
        if self.given.title(end) is None and case("CFAssociation") not in self._types(iri):
            found["title"] = self.given.titles.get(str(end), found["title"])
        if end not in self._held:  # what other links say of it does not count here
            ours = self.given.ours
            found |= {
                "identifier": identifier_of(str(end), ours=ours),
                "uri": uri_of(str(end), ours=ours),
            }
        return found

    def _types(self, iri: URIRef) -> list[Node]:
        return self.given.values(iri, term("rdf:type"))

    # ------------------------------------------------------------------ the others

    def _kept(self, node: URIRef) -> Object:
        """Return an association that the graph describes whole."""
        given = self.given
        kind = given.stated(node, "associationType")
        ends = [links_of(given.values(node, field.property)) for field in (ORIGIN, DESTINATION)]
        origin, destination = (end[0] if end else node for end in ends)
        found = self._object(node, kind, origin, destination)
        for field, end in zip((ORIGIN, DESTINATION), ends, strict=True):
            values = given.values(node, field.property)
            if not end and not from_json(values)[0]:
                found.pop(field.name, None)
                text = next((plain_value(v) for v in values if isinstance(v, Literal)), None)
                found |= {} if text is None else {field.name: text}
        number = given.stated(node, "sequenceNumber")
        return found | ({} if number is None else {"sequenceNumber": number})

    def _relations(self, item: URIRef) -> Iterator[tuple[URIRef, Object]]:
        """Yield the relations that are said by a property of ours, and by no association kept."""
        given = self.given
        kept = {
            (given.stated(node, "associationType"), end)
            for node in self._of_origin.get(item, ())
            for end in links_of(given.values(node, DESTINATION.property))
        }
        for name, kind in RELATIONS:
            for end in links_of(given.values(item, term(name))):
                told = (kind, end) in kept or self._aligned.tells(item, kind, end)
                if not told and self._is_told(name, end):
                    yield self._relation(item, kind, end)
        for origin, kind in self._aligned.into(item):
            yield self._relation(origin, kind, item)
        for end in links_of(given.values(item, term("comp:higherThan"))):
            if end in self.items:
                yield self._relation(end, "precedes", item)

    def _alignment(self, node: URIRef) -> Object:
        """Return an alignment as an association of its own, with reason and date."""
        found = self._object(node, *self._aligned.ends[node])
        if when := self.given.authored(node):
            found["lastChangeDateTime"] = when
        comments = texts_of(self.given.values(node, term("rdfs:comment")), self.given.tag)
        if comments and "notes" not in found:
            found["notes"] = comments[0]
        return found

    def _is_told(self, name: str, end: Node) -> bool:
        """Say whether a relation leads to what CASE can name: levels have to be items."""
        return name != "comp:atLevel" or end in self.items

    def _relation(self, origin: URIRef, kind: str, end: URIRef) -> tuple[URIRef, Object]:
        iri = URIRef(association_iri(str(origin), kind, str(end)))
        return iri, self._object(iri, kind, origin, end)
