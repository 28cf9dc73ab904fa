"""The triples that describe one thing: itself, what stands below it, and what only it has.

A symmetric choice of the W3C's "concise bounded description", fitted to frameworks: the parts
below a part belong to it, its siblings and its framework do not.
"""

from __future__ import annotations

import pyoxigraph as ox

from competency.graph.store import NamedGraph, graph_term, is_iri
from competency.graph.views import Item, Resource
from competency.ontology import COMP

_INSIDE = ox.NamedNode(str(COMP.inFramework))
_OWN = {ox.NamedNode(str(COMP[name])) for name in ("code", "occurrence", "credit")}


def describe(resource: Resource, graph: NamedGraph) -> NamedGraph:
    """Return the triples of ``graph`` that describe a resource, in the order of the graph."""
    wanted: set[object] = {ox.NamedNode(resource.iri)}
    if isinstance(resource, Item):
        wanted |= {ox.NamedNode(part.iri) for part in resource.walk()}
    return _grown(resource.iri, wanted, graph, _OWN)


def describe_term(iri: str, graph: NamedGraph) -> NamedGraph:
    """Return the concise bounded description of an IRI: itself, and blank nodes at any depth.

    It is empty where ``graph`` says nothing of the IRI.

        describe_term("https://w3id.org/competency/ns#Framework", vocabulary)
    """
    return _grown(iri, {ox.NamedNode(iri)}, graph, set())


def _grown(name: str, wanted: set[object], graph: NamedGraph, own: set[ox.NamedNode]) -> NamedGraph:
    """Return the triples about some nodes, and about what only they have, at any depth."""
    waiting, triples = [*wanted], graph.triples
    while waiting:
        for place in graph.places.get(waiting.pop(), ()):
            predicate, node = triples[place].predicate, triples[place].object
            owned = predicate in own or isinstance(node, ox.BlankNode)
            if owned and node not in wanted:
                wanted.add(node)
                waiting.append(node)
    found = sorted(place for node in wanted for place in graph.places.get(node, ()))
    return NamedGraph(name, (triples[place] for place in found))


def parts_in(store: ox.Store, framework: str, graph: str | None = None) -> list[str]:
    """Return the IRIs of the parts that a named graph, or any, says are in a framework, in order.

    The store is asked, which reads none of the graph but this.

    parts_in(graph.store, framework.iri, framework.graph_name)
    """
    place = None if graph is None else graph_term(graph)
    found = store.quads_for_pattern(None, _INSIDE, ox.NamedNode(framework), place)
    return sorted({quad.subject.value for quad in found if is_iri(quad.subject)})
