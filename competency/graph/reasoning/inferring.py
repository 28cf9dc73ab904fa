"""Running the rules on one graph until nothing new follows.

A graph is looked at by itself: nothing that another graph says has a part in it, so what follows
from a framework changes only with the framework.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import pyoxigraph as ox

from competency.graph.reasoning.axioms import axioms_in, own_axioms
from competency.graph.reasoning.naming import inferred_name
from competency.graph.reasoning.rules import rules
from competency.graph.store import NamedGraph
from competency.ontology import ONTOLOGY_IRI

_AXIOMS = ox.NamedNode(ONTOLOGY_IRI)


@dataclass(frozen=True)
class Inferred:
    """What follows from a graph, in a graph of its own, and how many triples each rule gave."""

    graph: NamedGraph
    counts: Mapping[str, int]


def infer(graph: NamedGraph, more: Iterable[ox.Triple] = ()) -> Inferred:
    """Return what follows from a graph by the rules; nothing that the graph itself states.

    The axioms are those of our ontology, those that the graph itself states, and ``more``. Blank
    nodes are those of the graph.

    >>> from competency import KnowledgeGraph
    >>> shipped = KnowledgeGraph.shipped()
    >>> found = infer(shipped.named_graph(shipped.base + "pub-cscf"))
    >>> found.graph.name.removeprefix(shipped.base), found.counts["inverses"] > 0
    ('pub-cscf#inferred', True)
    """
    store = ox.Store()
    axioms = (*own_axioms(), *axioms_in((*graph.triples, *more)))
    store.extend(ox.Quad(t.subject, t.predicate, t.object, _AXIOMS) for t in axioms)
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in graph.triples)
    found: list[ox.Triple] = []
    counts = dict.fromkeys((rule.name for rule in rules()), 0)
    for name, new in _run(store):
        found += new
        counts[name] += len(new)
    stated = set(graph.triples)
    kept = (triple for triple in sorted(found, key=str) if triple not in stated)
    return Inferred(NamedGraph(inferred_name(graph.name), kept), counts)


def _run(store: ox.Store) -> Iterator[tuple[str, list[ox.Triple]]]:
    """Run each rule, again as long as something came after it ran last; yield what is new.

    It ends, since no rule makes a name of its own.
    """
    additions, seen = 0, dict.fromkeys(rules(), -1)
    while waiting := [rule for rule in rules() if seen[rule] != additions]:
        for rule in waiting:
            seen[rule] = additions
            rows = cast(ox.QueryTriples, store.query(rule.text))
            quads = {ox.Quad(row.subject, row.predicate, row.object) for row in rows}
            new = [quad for quad in quads if quad not in store]
            if new:
                store.extend(new)
                additions += 1
                yield rule.name, [quad.triple for quad in new]
