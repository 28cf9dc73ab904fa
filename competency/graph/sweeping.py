"""Reads statements from all of a store by their property, for who needs all and not one thing's.

A question about one property that names only what is wanted of each statement is answered in half
the time of a look that brings whole statements: each term is a look of its own for the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import pyoxigraph as ox

from competency.ontology import PREFIXES

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_ELSEWHERE = """
SELECT DISTINCT ?END {
  GRAPH ?g { ?s STATED ?o } GRAPH ?h { ?END a ?t }
  FILTER(?h != ?g || ?t = WHOLE)
}
"""


class Sweep:
    """Reads what some graphs of a store state, each property by itself."""

    def __init__(self, store: ox.Store, held: Callable[[str], bool]) -> None:
        """Read those graphs of ``store`` of which ``held`` says so, by their names."""
        others = ", ".join(str(name) for name in store.named_graphs() if not held(name.value))
        left_out = f" FILTER(?g NOT IN ({others}))" if others else ""
        self._store = store
        self._places = [("GRAPH ?g { ", " }" + left_out)]
        if held(""):
            self._places.insert(0, ("", ""))

    def pairs(self, predicate: str) -> Iterator[tuple[Any, Any]]:
        """Yield subject and object of each statement with a property, in the order of the store.

        Sweep(graph.store, graph.has_graph).pairs(SKOS + "exactMatch")
        """
        return self._ask("?s ?o", f"?s {ox.NamedNode(predicate)} ?o")

    def having(self, predicate: str, value: str) -> Iterator[Any]:
        """Yield what has this value of a property.

        Sweep(graph.store, graph.has_graph).having(RDF + "type", str(COMP.Framework))
        """
        pattern = f"?s {ox.NamedNode(predicate)} {ox.NamedNode(value)}"
        return (row[0] for row in self._ask("?s", pattern))

    def _ask(self, selected: str, pattern: str) -> Iterator[Any]:
        for before, after in self._places:
            yield from _rows(self._store, f"SELECT {selected} {{ {before}{pattern}{after} }}")


def apart(store: ox.Store, predicate: str, whole: str) -> Iterator[ox.Quad]:
    """Yield the statements whose ends may not be in the same whole, and some others.

    They are surely in the same where the graph that states them is named after a thing of the
    class ``whole``, it alone states the classes of both ends, and neither is such a thing. The
    store tells these by itself: a look from here at every end takes several times as long.

        apart(store, str(COMP.contrasts), str(COMP.Framework))
    """
    name = ox.NamedNode(predicate)
    found = {(quad.subject, quad.object) for quad in _loose(store, name, ox.NamedNode(whole))}
    if any((end, start) in found for start, end in found):  # which of both counts is for the order
        for quad in store.quads_for_pattern(None, name, None):
            if (quad.subject, quad.object) in found:
                yield quad
        return
    for start, end in found:
        yield from store.quads_for_pattern(start, name, end)


def _loose(store: ox.Store, name: ox.NamedNode, whole: ox.NamedNode) -> Iterator[ox.Quad]:
    """Yield the statements that no whole has to itself: by their graph, or by one of their ends."""
    find = store.quads_for_pattern
    yield from find(None, name, None, ox.DefaultGraph())
    for (graph,) in _rows(store, f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s {name} ?o }} }}"):
        if ox.Quad(graph, _TYPE, whole, graph) not in store:
            yield from find(None, name, None, graph)
    asked = _ELSEWHERE.replace("STATED", str(name)).replace("WHOLE", str(whole))
    for (start,) in _rows(store, asked.replace("END", "s")):
        yield from find(start, name, None)
    for (end,) in _rows(store, asked.replace("END", "o")):
        yield from find(None, name, end)


def _rows(store: ox.Store, question: str) -> Iterator[tuple[Any, ...]]:
    return map(tuple, cast(ox.QuerySolutions, store.query(question)))
