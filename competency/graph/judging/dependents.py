"""Dependents: the graphs whose reports a change elsewhere may alter.

What shapes say of a node depends on the statements that walks read from it. So walks are followed
in reverse, from the statements that changed to the nodes that shapes look at; the graphs that are
why shapes look at these have to be judged again, and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from competency.graph.judging.following import follow
from competency.graph.judging.reading import Reading
from competency.graph.judging.surroundings import Node, Surroundings, Together, around
from competency.graph.judging.walks import Stage
from competency.graph.store import DEFAULT_GRAPH, NamedGraph
from competency.ontology import PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
_DEFINED = PREFIXES["rdfs"] + "isDefinedBy"


def dependents(
    before: Mapping[str, NamedGraph],
    after: Mapping[str, NamedGraph],
    others: Surroundings,
    reading: Reading,
) -> set[str]:
    """Return the names of other graphs whose reports may alter when graphs change.

    ``before`` and ``after`` are the graphs that change, by name, as they were and as they become;
    ``others`` knows the graphs that do not.
    """
    changed = _changed(before, after, others)
    if not changed:
        return set()
    kept = _kept(before, after)
    everything = Together(others, around(kept)) if kept else others
    names = before.keys() | after.keys()
    found: set[str] = set(_using_anew(changed, others))
    stages = _stages(changed, reading)
    begun = {node for node, stage in stages.items() if stage.begins}
    begun |= {move.end for move in follow(stages, everything, ()) if move.stage.begins}
    found |= set(_lookers(begun, others, reading))
    return found - names


def _changed(
    before: Mapping[str, NamedGraph], after: Mapping[str, NamedGraph], others: Surroundings
) -> set[ox.Triple]:
    """Return the statements that there are not any more, or only now, in all graphs together."""
    old = {triple for graph in before.values() for triple in graph.triples}
    new = {triple for graph in after.values() for triple in graph.triples}
    changed = old ^ new
    subjects = others.spoken_of({triple.subject for triple in changed}, ())
    return changed - {quad.triple for quad in others.leaving(list(subjects), ())}


def _kept(
    before: Mapping[str, NamedGraph], after: Mapping[str, NamedGraph]
) -> dict[str, NamedGraph]:
    """Return what stays of the graphs that change."""
    found = {}
    for name in before.keys() & after.keys():
        old = set(before[name].triples)
        found[name] = NamedGraph(name, (t for t in after[name].triples if t in old))
    return found


def _stages(changed: Iterable[ox.Triple], reading: Reading) -> dict[Node, Stage]:
    """Return how far walks may be at the nodes from which they read a changed statement."""
    back = reading.walks.reversed
    found: dict[Node, set[Stage]] = {}
    for triple in changed:
        name = triple.predicate.value
        for node, inverse in ((triple.subject, True), (triple.object, False)):
            stage = back.at_end_of(name, inverse=inverse)
            if stage is not None:
                found.setdefault(node, set()).add(stage)
    return {node: next(iter(stages)).united(stages) for node, stages in found.items()}


def _lookers(nodes: set[Node], others: Surroundings, reading: Reading) -> Iterator[str]:
    """Give the graphs that are why shapes look at these nodes."""
    some = list(others.spoken_of(nodes, ()))
    kinds = reading.subjects_of | {_TYPE}
    for quad in others.leaving(some, ()):
        if quad.predicate.value in kinds:
            yield _name(quad)
    for property_ in reading.objects_of:
        for quad in others.entering(property_, some, ()):
            yield _name(quad)


def _using_anew(changed: Iterable[ox.Triple], others: Surroundings) -> Iterator[str]:
    """Give the graphs that use a property of which it changes by whom it is defined."""
    for triple in changed:
        if triple.predicate.value == _DEFINED and isinstance(triple.subject, ox.NamedNode):
            yield from (_name(quad) for quad in others.using(triple.subject))


def _name(quad: ox.Quad) -> str:
    return getattr(quad.graph_name, "value", DEFAULT_GRAPH)
