"""Finds things in all graphs of a store without reading a graph: where they are, what they are."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache, partial
from typing import Protocol

import pyoxigraph as ox

from competency.graph.store import is_iri
from competency.ontology import PREFIXES

ANNOTATED = tuple(ox.NamedNode(PREFIXES["owl"] + f"annotated{end}") for end in ("Source", "Target"))
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_KEPT_LINKS = 4_000  # things of which it is remembered what they are aligned with
_KEPT_THINGS = 20_000  # of which it is remembered what they are, and where


class Index(Protocol):
    """Finds things in all graphs without reading a graph."""

    def about(self, iri: str) -> dict[str, set[str]]:
        """Return the names of the graphs that describe a thing, with the classes stated there."""

    def classes(self, iri: str) -> dict[str, set[str]]:
        """Return the names of the graphs that state classes of a thing, with those classes."""

    def of_type(self, kind: str) -> list[tuple[str, str]]:
        """Return IRI and graph name of everything stated to be of a class, in order."""

    def links(self, predicates: Collection[str], iri: str | None = None) -> list[ox.Quad]:
        """Return the statements with these predicates, and what is said of what annotates one.

        With ``iri`` only those that it is at one end of. What annotates a statement is a node
        that names its ends as OWL does (owl:annotatedSource, owl:annotatedTarget).
        """


class StoreIndex:
    """Finds things in a store that does not change."""

    def __init__(self, store: ox.Store) -> None:
        """Look into ``store``."""
        self._store = store
        self._links = lru_cache(maxsize=_KEPT_LINKS)(partial(_links_in, store))
        self._classes = lru_cache(maxsize=_KEPT_THINGS)(partial(_classes_in, store))

    def about(self, iri: str) -> dict[str, set[str]]:
        """Return the names of the graphs that describe a thing, with the classes stated there."""
        found: dict[str, set[str]] = {}
        for quad in self._store.quads_for_pattern(ox.NamedNode(iri), None, None):
            if is_iri(quad.graph_name):
                types = found.setdefault(quad.graph_name.value, set())
                if quad.predicate == _TYPE and is_iri(quad.object):
                    types.add(quad.object.value)
        return found

    def classes(self, iri: str) -> dict[str, set[str]]:
        """Return the names of the graphs that state classes of a thing, with those classes."""
        return {name: set(types) for name, types in self._classes(iri)}

    def of_type(self, kind: str) -> list[tuple[str, str]]:
        """Return IRI and graph name of everything stated to be of a class, in order."""
        quads = self._store.quads_for_pattern(None, _TYPE, ox.NamedNode(kind))
        return sorted(
            (quad.subject.value, quad.graph_name.value)
            for quad in quads
            if is_iri(quad.subject) and is_iri(quad.graph_name)
        )

    def links(self, predicates: Collection[str], iri: str | None = None) -> list[ox.Quad]:
        """Return the statements with these predicates, and what is said of what annotates one."""
        if iri is None:
            return _links_in(self._store, tuple(predicates), None)
        return [*self._links(tuple(predicates), iri)]


def _links_in(store: ox.Store, predicates: tuple[str, ...], iri: str | None) -> list[ox.Quad]:
    find, thing = store.quads_for_pattern, ox.NamedNode(iri) if iri else None
    names = [ox.NamedNode(name) for name in predicates]
    found = [quad for name in names for quad in find(thing, name, None)]
    if thing is not None:
        found += [quad for name in names for quad in find(None, name, thing)]
    ends = ANNOTATED[:1] if thing is None else ANNOTATED
    nodes = {quad.subject for end in ends for quad in find(None, end, thing)}
    return found + [quad for node in nodes for quad in find(node, None, None)]


def _classes_in(store: ox.Store, iri: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the names of the graphs that state classes of a thing, with those classes."""
    found: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(ox.NamedNode(iri), _TYPE, None):
        name, kind = quad.graph_name, quad.object
        if isinstance(name, ox.NamedNode) and isinstance(kind, ox.NamedNode):
            found.setdefault(name.value, set()).add(kind.value)
    return tuple((name, frozenset(types)) for name, types in found.items())
