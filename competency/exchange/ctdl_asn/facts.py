"""What a file says, in its own order; what is read is taken away, and the rest is kept as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import RDF, BNode, URIRef
from rdflib.term import Node

from competency.exchange.case.context import Remarks
from competency.exchange.ctdl_asn.context import NAMESPACES, OLDER, compact, term_of
from competency.exchange.imported import Kept
from competency.exchange.terms import Row
from competency.graph import NamedGraph, to_rdflib

_FIRST, _REST, _NIL = RDF.first, RDF.rest, RDF.nil


class Facts:
    """Values by subject and property. Names are prefixed: ``ceasn:name``.

    >>> from rdflib import Literal
    >>> row = (URIRef("urn:a"), term_of("ceasn:name"), Literal("A", lang="en"))
    >>> facts = Facts([row])
    >>> facts.take(URIRef("urn:a"), "ceasn:name"), facts.values(URIRef("urn:a"), "ceasn:name")
    ([rdflib.term.Literal('A', lang='en')], [])
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        """Keep rows in their order, each once."""
        self._about: dict[Node, dict[Node, list[Node]]] = {}
        for subject, prop, value in dict.fromkeys(rows):
            self._about.setdefault(subject, {}).setdefault(prop, []).append(value)

    @property
    def subjects(self) -> list[Node]:
        """Return what something is said of, in the order of the file."""
        return list(self._about)

    def of_type(self, *names: str) -> list[Node]:
        """Return the things of some classes, in the order of the file."""
        kinds = {term_of(name) for name in names}
        return [
            node
            for node, about in self._about.items()
            if not kinds.isdisjoint(about.get(RDF.type, ()))
        ]

    def is_a(self, node: Node, *names: str) -> bool:
        """Say whether a thing is of one of some classes."""
        kinds = self._about.get(node, {}).get(RDF.type, ())
        return any(term_of(name) in kinds for name in names)

    def holds(self, node: Node) -> bool:
        """Say whether anything is said of a node."""
        return node in self._about

    def values(self, node: Node, *names: str) -> list[Node]:
        """Return the values of properties; those in a list of RDF one by one."""
        about = self._about.get(node)
        if about is None:
            return []
        found = [value for name in names for value in about.get(term_of(name), ())]
        if any(isinstance(value, BNode) or value == _NIL for value in found):
            found = [one for value in found for one in self._items(value)]
        return list(dict.fromkeys(found))

    def _items(self, value: Node) -> list[Node]:
        """Return the items of a list, or the value itself where it is none; a circle ends it."""
        if value == _NIL:
            return []
        if _FIRST not in self._about.get(value, {}):
            return [value]
        found: list[Node] = []
        seen: set[Node] = set()
        while value != _NIL and value not in seen:
            seen.add(value)
            about = self._about.get(value, {})
            found += about.get(_FIRST, ())[:1]
            value = next(iter(about.get(_REST, ())), _NIL)
        return found

    def take(self, node: Node, name: str) -> list[Node]:
        """Return the values of a property and forget them; lists are taken apart."""
        found = self.values(node, name)
        for value in self._about.get(node, {}).pop(term_of(name), ()):
            self._forget_list(value)
        return found

    def _forget_list(self, cell: Node) -> None:
        while cell != _NIL and isinstance(cell, BNode):
            about = self._about.get(cell, {})
            after = next(iter(about.get(_REST, ())), _NIL)
            if not about.keys() <= {_FIRST, _REST, RDF.type}:
                return
            self._about.pop(cell, None)
            cell = after

    def keep(self, node: Node, name: str, *values: Node) -> None:
        """Say something again that was taken."""
        if values:
            about = self._about.setdefault(node, {})
            about.setdefault(term_of(name), []).extend(values)

    def drop(self, node: Node, name: str, value: Node) -> bool:
        """Forget one value; say whether it was there."""
        before = self.take(node, name)
        self.keep(node, name, *(one for one in before if one != value))
        return value in before

    def forget_type(self, node: Node, name: str) -> None:
        """Forget that a thing is of a class."""
        kinds = self._about.get(node, {}).get(RDF.type, [])
        if term_of(name) in kinds:
            kinds.remove(term_of(name))

    def rows(self, node: Node) -> Iterator[tuple[URIRef, Node]]:
        """Yield what is still said of a thing."""
        for prop, values in self._about.get(node, {}).items():
            for value in values:
                yield URIRef(str(prop)), value


def modern(graphs: Iterable[NamedGraph], remarks: Remarks) -> list[Row]:
    """Return what graphs say, in the namespaces and with the names of today."""
    names = _Modern(remarks)
    triples = (triple for graph in graphs for triple in graph.triples)
    rows = (map(to_rdflib, (t.subject, t.predicate, t.object)) for t in triples)
    return [
        (subject, names.name(str(prop)), names.value(prop, value)) for subject, prop, value in rows
    ]


class _Modern:
    """Puts names as older files have them into those of today, and tells so once each."""

    def __init__(self, remarks: Remarks) -> None:
        self.remarks = remarks
        self._known: dict[str, URIRef] = {}
        self._told: set[str] = set()

    def name(self, iri: str) -> URIRef:
        if iri not in self._known:
            self._known[iri] = self._name(iri)
        return self._known[iri]

    def _name(self, iri: str) -> URIRef:
        found = self._moved(iri)
        start = NAMESPACES["ceasn"]
        local = found.removeprefix(start)
        if found.startswith(start) and local[:1].isupper():
            found = start + local[:1].lower() + local[1:]
            what = f"ceasn:{local} is written {compact(found)}"
            self.remarks.add(Kept.odd, "/", what)
        return URIRef(found)

    def _moved(self, iri: str) -> str:
        for before, today in OLDER.items():
            if iri.startswith(before):
                what = f"the namespace {before} is {today} today, and written so"
                if before not in self._told:
                    self._told.add(before)
                    self.remarks.add(Kept.odd, "/", what)
                return today + iri.removeprefix(before)
        return iri

    def value(self, prop: Node, value: Node) -> Node:
        """Return a value; classes are names as well."""
        is_class = prop == RDF.type and isinstance(value, URIRef)
        return URIRef(self._moved(str(value))) if is_class else value
