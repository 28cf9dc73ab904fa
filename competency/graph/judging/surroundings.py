"""The surroundings of a graph: what other graphs say of the nodes in it.

They are asked of a store, which finds the statements of a node in microseconds. Statements whose
literals a store may have rewritten are taken from the graph as it was authored.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol

import pyoxigraph as ox

from competency.graph.judging.owners import Owners
from competency.graph.store import DEFAULT_GRAPH, NamedGraph, new_store

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_AS_WRITTEN = "http://www.w3.org/2001/XMLSchema#string"  # no store rewrites these


class Surroundings(Protocol):
    """What lies around graphs; ``without`` names those that do not count."""

    def spoken_of(self, nodes: Iterable[Node], without: Container[str]) -> Iterable[Node]:
        """Give those of the nodes of which something may be said here."""

    def leaving(self, nodes: Collection[Node], without: Container[str]) -> Iterable[ox.Quad]:
        """Give the statements whose subject is one of these."""

    def entering(
        self, property_: str | None, nodes: Collection[Node], without: Container[str]
    ) -> Iterable[ox.Quad]:
        """Give the statements with this property, or any, whose object is one of these."""

    def using(self, property_: ox.NamedNode) -> Iterable[ox.Quad]:
        """Give the statements with this property."""


class StoreSurroundings:
    """Surroundings that a store knows."""

    def __init__(
        self,
        store: Callable[[], ox.Store],
        graphs: Mapping[str, NamedGraph],
        *,
        hidden: Container[str] = (),
        owners: Owners | None = None,
    ) -> None:
        """Look into ``store``, which is opened when it is needed.

        Only ``graphs`` count, as authored, but for the ``hidden`` ones. ``owners`` spares the
        looks at nodes of which no other graph speaks.
        """
        self._open, self._graphs, self._hidden, self._owners = store, graphs, hidden, owners

    @cached_property
    def _store(self) -> ox.Store:
        return self._open()

    def spoken_of(self, nodes: Iterable[Node], without: Container[str]) -> Iterable[Node]:
        """Give those of the nodes of which something may be said here."""
        if self._owners is not None:
            return [node for node in nodes if self._owners.others(node, without)]
        return [node for node in nodes if self._holds(node)]

    def _holds(self, node: Node) -> bool:
        """Say whether the store has a statement with this subject or object."""
        find = self._store.quads_for_pattern
        if isinstance(node, (ox.NamedNode, ox.BlankNode)) and next(find(node, None, None), None):
            return True
        return next(find(None, None, node), None) is not None

    def leaving(self, nodes: Collection[Node], without: Container[str]) -> Iterator[ox.Quad]:
        """Give the statements whose subject is one of these."""
        for node in nodes:
            if isinstance(node, (ox.NamedNode, ox.BlankNode)):
                found = self._store.quads_for_pattern(node, None, None)
                yield from self._counted(found, without)

    def entering(
        self, property_: str | None, nodes: Collection[Node], without: Container[str]
    ) -> Iterator[ox.Quad]:
        """Give the statements with this property, or any, whose object is one of these."""
        predicate = ox.NamedNode(property_) if property_ is not None else None
        for node in nodes:
            found = self._store.quads_for_pattern(None, predicate, node)
            yield from self._counted(found, without)

    def using(self, property_: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give the statements with this property."""
        yield from self._counted(self._store.quads_for_pattern(None, property_, None), ())

    def _counted(self, quads: Iterable[ox.Quad], without: Container[str]) -> Iterator[ox.Quad]:
        asked: set[tuple[str, object, object]] = set()
        for quad in quads:
            name = getattr(quad.graph_name, "value", DEFAULT_GRAPH)
            if name in without or name in self._hidden or name not in self._graphs:
                continue
            value = quad.object
            if not isinstance(value, ox.Literal) or value.language or _is_text(value):
                yield quad
            elif (key := (name, quad.subject, quad.predicate)) not in asked:
                asked.add(key)
                yield from self._as_authored(quad, name)

    def _as_authored(self, quad: ox.Quad, name: str) -> Iterator[ox.Quad]:
        """Give the statements of a subject and property with all their literals as written."""
        graph = self._graphs[name]
        for place in graph.places.get(quad.subject, ()):
            triple = graph.triples[place]
            value = triple.object
            if triple.predicate == quad.predicate and isinstance(value, ox.Literal):
                yield ox.Quad(triple.subject, triple.predicate, value, quad.graph_name)


class Together:
    """Surroundings that are known in several places."""

    def __init__(self, *places: Surroundings) -> None:
        """Ask all of these."""
        self._places = places

    def spoken_of(self, nodes: Iterable[Node], without: Container[str]) -> Iterable[Node]:
        """Give those of the nodes of which something may be said in one of the places."""
        asked = list(nodes)
        found = (node for place in self._places for node in place.spoken_of(asked, without))
        return dict.fromkeys(found)

    def leaving(self, nodes: Collection[Node], without: Container[str]) -> Iterator[ox.Quad]:
        """Give the statements whose subject is one of these."""
        for place in self._places:
            yield from place.leaving(nodes, without)

    def entering(
        self, property_: str | None, nodes: Collection[Node], without: Container[str]
    ) -> Iterator[ox.Quad]:
        """Give the statements with this property, or any, whose object is one of these."""
        for place in self._places:
            yield from place.entering(property_, nodes, without)

    def using(self, property_: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give the statements with this property."""
        for place in self._places:
            yield from place.using(property_)


def around(
    graphs: Mapping[str, NamedGraph], entries: Collection[str] | None = None
) -> StoreSurroundings:
    """Return the surroundings that graphs in memory are to each other.

    With ``entries``, the properties that walks go backwards, nobody looks further at nodes of which
    one graph speaks; without them any property may be asked for.
    """
    owners = None
    if entries is not None:
        owners = Owners(entries)
        for graph in graphs.values():
            owners.add(graph)
    return StoreSurroundings(lambda: new_store(graphs.values()), graphs, owners=owners)


def _is_text(literal: ox.Literal) -> bool:
    return literal.datatype.value == _AS_WRITTEN
