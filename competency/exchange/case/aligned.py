"""The alignments of a graph that become associations: those of a node, and those stated from afar.

An alignment is between two frameworks, so only one end need be an item here. Its association goes
in the direction in which it was authored, so that the packages of both frameworks have the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rdflib import URIRef
from rdflib.term import Node

from competency.exchange.case.fields import case
from competency.exchange.case.given import Given
from competency.exchange.case.linking import ALIGNMENTS, DESTINATION, ORIGIN
from competency.exchange.case.owning import alignment_ends
from competency.exchange.terms import term
from competency.graph.gathering import is_none

_TYPE = term("rdf:type")
_DENIED, _STATUS = term("sssom:predicate_modifier"), term("comp:reviewStatus")


class Alignments:
    """The alignments that a graph describes or states, by what they are an alignment of."""

    def __init__(self, given: Given, placed: set[URIRef], held: set[URIRef]) -> None:
        """``placed`` are the document and its items, ``held`` all objects of the package."""
        self.given, self._placed, self._held = given, placed, held
        self.ends: dict[URIRef, tuple[str, URIRef, URIRef]] = {}  # type, origin, destination
        self._at: dict[URIRef, list[URIRef]] = {}
        self._told: set[tuple[Node, str, Node]] = set()
        for node, ends in alignment_ends(given.rows).items():
            self._describe(node, ends)
        for node in given.by_type.get(case("CFAssociation"), ()):
            self._keep(node)
        self._into = self._from_afar()

    def at(self, item: URIRef) -> Sequence[URIRef]:
        """Return the nodes that describe an alignment of an item and are no association yet."""
        return sorted(self._at.get(item, ()))

    def into(self, item: URIRef) -> Sequence[tuple[URIRef, str]]:
        """Return what things elsewhere state of an item, and how, where nothing describes it."""
        return sorted(self._into.get(item, ()))

    def tells(self, origin: URIRef, kind: str, destination: URIRef) -> bool:
        """Say whether an association that stands for a node says this."""
        return (origin, kind, destination) in self._told

    def _describe(self, node: Node, ends: tuple[Node, Node, Node]) -> None:
        one, prop, other = ends
        kind = ALIGNMENTS.get(URIRef(str(prop)))
        kept = case("CFAssociation") in self.given.values(node, _TYPE)
        place = next((end for end in (one, other) if end in self._placed), None)
        if kind is None or kept or place is None or self._is_none(node):
            return
        if isinstance(node, URIRef) and isinstance(one, URIRef) and isinstance(other, URIRef):
            self.ends[node] = kind, one, other
            self._at.setdefault(URIRef(str(place)), []).append(node)
            self._told.add((one, kind, other))

    def _is_none(self, node: Node) -> bool:
        """Say whether a node waits for review or was refused; it goes with what has no field."""
        status, kinds = (map(str, self.given.values(node, prop)) for prop in (_STATUS, _TYPE))
        return is_none(status, kinds, denied=bool(self.given.values(node, _DENIED)))

    def _keep(self, node: URIRef) -> None:
        """Remember what an association of CASE says from afar; those of items are known."""
        ends = (self.given.values(node, end.property) for end in (ORIGIN, DESTINATION))
        one, other = map(_first, ends)
        kind = self.given.stated(node, "associationType")
        if one is not None and other is not None and one not in self._held:
            self._told.add((one, str(kind), other))

    def _from_afar(self) -> dict[URIRef, list[tuple[URIRef, str]]]:
        found: dict[URIRef, list[tuple[URIRef, str]]] = {}
        for one, prop, other in self.given.rows:
            kind = ALIGNMENTS.get(prop) if isinstance(prop, URIRef) else None
            if kind is None or one in self._held or other not in self._placed:
                continue
            if isinstance(one, URIRef) and (one, kind, other) not in self._told:
                found.setdefault(URIRef(str(other)), []).append((one, kind))
        return found


def _first(values: Iterable[Node]) -> URIRef | None:
    return next((value for value in values if isinstance(value, URIRef)), None)
