"""The triples that describe one thing: itself, what stands below it, and what only it has.

A symmetric choice of the W3C's "concise bounded description", fitted to frameworks: the parts
below a part belong to it, its siblings and its framework do not.
"""

from __future__ import annotations

import pyoxigraph as ox

from competency.graph.store import NamedGraph
from competency.graph.views import Item, Resource
from competency.ontology import COMP

_OWN = {ox.NamedNode(str(COMP[name])) for name in ("code", "occurrence", "credit")}


def describe(resource: Resource, graph: NamedGraph) -> NamedGraph:
    """Return the triples of ``graph`` that describe a resource, in the order of the graph."""
    wanted: set[object] = {ox.NamedNode(resource.iri)}
    if isinstance(resource, Item):
        wanted |= {ox.NamedNode(part.iri) for part in resource.walk()}
    grown = True
    while grown:
        more = {
            triple.object
            for triple in graph.triples
            if triple.subject in wanted
            and (triple.predicate in _OWN or isinstance(triple.object, ox.BlankNode))
        }
        grown = not more <= wanted
        wanted |= more
    return NamedGraph(resource.iri, (t for t in graph.triples if t.subject in wanted))
