"""SKOS in: the triples of a file in their order, and which of them have been said in our terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.terms import Row, term
from competency.graph import NamedGraph, to_rdflib

_FIRST, _REST, _NIL = term("rdf:first"), term("rdf:rest"), term("rdf:nil")


class Statements:
    """The triples of a file; those that our vocabulary says are taken, the others are left.

    >>> low, high = URIRef("urn:a"), URIRef("urn:b")
    >>> found = Statements([(low, term("skos:broader"), high)])
    >>> found.values(low, "skos:broader") == [high], found.subjects("skos:broader", high) == [low]
    (True, True)
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        """Keep the triples, each once, in the order of the file."""
        self.rows = dict.fromkeys(rows)
        self.taken: set[Row] = set()
        self._about: dict[Node, dict[Node, list[Node]]] = {}
        self._from: dict[tuple[Node, Node], list[Node]] = {}
        for subject, prop, value in self.rows:
            self._about.setdefault(subject, {}).setdefault(prop, []).append(value)
            if not isinstance(value, Literal):
                self._from.setdefault((prop, value), []).append(subject)

    @classmethod
    def of(cls, graphs: Iterable[NamedGraph]) -> Statements:
        """Return the triples of a file, whatever graphs they stand in."""
        found = (triple for graph in graphs for triple in graph.triples)
        return cls((to_rdflib(t.subject), to_rdflib(t.predicate), to_rdflib(t.object))
                   for t in found)  # fmt: skip

    def renamed(self, names: dict[Node, URIRef]) -> Statements:
        """Return the same triples with other names for some nodes."""
        if not names:
            return self
        rows = ((names.get(s, s), p, names.get(o, o)) for s, p, o in self.rows)
        return Statements(rows)

    @property
    def subjects_in_order(self) -> list[Node]:
        """Return what something is said of, in the order of the file."""
        return list(self._about)

    @cached_property
    def rank(self) -> dict[Node, int]:
        """Return the place in the file of what something is said of."""
        return {subject: number for number, subject in enumerate(self._about)}

    def about(self, subject: Node) -> dict[Node, list[Node]]:
        """Return what is said of a thing: the values by property."""
        return self._about.get(subject, {})

    def values(self, subject: Node, name: str) -> list[Node]:
        """Return the values of a property in the order of the file."""
        return self.about(subject).get(term(name), [])

    def is_a(self, subject: Node, *names: str) -> bool:
        """Say whether a thing is said to be of one of some classes."""
        kinds = self.values(subject, "rdf:type")
        return any(term(name) in kinds for name in names)

    def subjects(self, name: str, value: Node) -> list[Node]:
        """Return what has this value of a property, in the order of the file."""
        return self._from.get((term(name), value), [])

    def take(self, subject: Node, name: str, *values: Node) -> None:
        """Say that these triples, where they are there, are said in our terms."""
        for value in values:
            row = (subject, term(name), value)
            if row in self.rows:
                self.taken.add(row)

    def left(self, subject: Node) -> Iterator[tuple[Node, Node]]:
        """Yield the properties and values of a thing that nothing of ours says."""
        for prop, values in self.about(subject).items():
            for value in values:
                if (subject, prop, value) not in self.taken:
                    yield prop, value

    def sequence(self, start: Node) -> list[Node]:
        """Return the members of an rdf:List; a circle or a gap ends it."""
        found: list[Node] = []
        cell, seen = start, set[Node]()
        while cell != _NIL and cell not in seen:
            seen.add(cell)
            found += self.about(cell).get(_FIRST, [])[:1]
            cell = next(iter(self.about(cell).get(_REST, [])), _NIL)
        return found

    def take_sequence(self, start: Node) -> None:
        """Say that the cells of an rdf:List are said in our terms."""
        cell, seen = start, set[Node]()
        while isinstance(cell, BNode) and cell not in seen:
            seen.add(cell)
            self.taken |= {(cell, prop, value) for prop, value in self.left(cell)}
            cell = next(iter(self.about(cell).get(_REST, [])), _NIL)

    def take_all(self, subject: Node) -> None:
        """Say that everything about a thing is said in our terms."""
        self.taken |= {(subject, prop, value) for prop, value in self.left(subject)}
