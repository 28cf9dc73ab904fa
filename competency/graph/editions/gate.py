"""The gate before an edition: changed graphs have to conform to the shapes.

A framework is judged on its own, with what the shapes need to know of the things outside that it
points at: their kind, framework and the way up to it. Findings about those are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import Graph

from competency.graph.store import NamedGraph, is_iri, to_rdflib
from competency.ontology import COMP, ONTOLOGY_IRI
from competency.shapes import Report, validate

_UP = {ox.NamedNode(str(COMP.partOf)), ox.NamedNode(str(COMP.inFramework))}


def judge(graphs: Iterable[NamedGraph], store: ox.Store) -> Report:
    """Return what the shapes find in graphs; ``store`` holds the frameworks they may point at."""
    found = list(graphs)
    own: set[object] = {triple.subject for graph in found for triple in graph.triples}
    merged = Graph(bind_namespaces="none")
    for graph in found:
        for triple in graph.graph:
            merged.add(triple)
    before = len(merged)
    for quad in _context(found, own, store):
        merged.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    report = validate(merged)
    if len(merged) == before:
        return report
    ours = {str(to_rdflib(term)) for term in own}
    return report.only(lambda result: result.focus in ours)


def _context(graphs: list[NamedGraph], own: set[object], store: ox.Store) -> Iterator[ox.Quad]:
    """Give the triples of the things outside that the graphs point at, and of what is above."""
    names = {graph.name for graph in graphs} | {ONTOLOGY_IRI}
    waiting = {
        triple.object
        for graph in graphs
        for triple in graph.triples
        if isinstance(triple.object, ox.NamedNode) and triple.object not in own
    }
    seen: set[object] = set(own)
    while waiting:
        thing = waiting.pop()
        seen.add(thing)
        for quad in store.quads_for_pattern(thing, None, None):
            if getattr(quad.graph_name, "value", "") in names:
                continue
            yield quad
            above = quad.object
            if quad.predicate in _UP and is_iri(above) and above not in seen:
                waiting.add(above)
