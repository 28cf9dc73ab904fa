"""Property paths of shapes as text: the IRI of one property, else SPARQL's notation."""

from __future__ import annotations

from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from competency.ontology.terms import shorten

REPEATED = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def path_text(graph: Graph, path: Node) -> str:
    """Return the IRI of a one-property path, and a longer path as SPARQL would write it.

    >>> path_text(Graph(), URIRef("https://w3id.org/competency/ns#lines"))
    'https://w3id.org/competency/ns#lines'
    """
    return str(path) if isinstance(path, URIRef) else _step(graph, path)


def _step(graph: Graph, path: Node) -> str:
    if isinstance(path, URIRef):
        return shorten(str(path))
    if (path, RDF.first, None) in graph:
        return "/".join(_step(graph, item) for item in Collection(graph, path))
    alternatives = graph.value(path, SH.alternativePath)
    if alternatives is not None:
        return "|".join(_step(graph, item) for item in Collection(graph, alternatives))
    inverse = graph.value(path, SH.inversePath)
    if inverse is not None:
        return "^" + _step(graph, inverse)
    for property_, sign in REPEATED.items():
        inner = graph.value(path, property_)
        if inner is not None:
            return _step(graph, inner) + sign
    return str(path)
