"""What the tests of reasoning share: small graphs in Turtle, and triples as short text."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import Graph

from competency import KnowledgeGraph
from competency.graph import NamedGraph
from competency.graph.reasoning import infer
from competency.ontology import shorten
from tests.conftest import PREFIXES

NAME = "https://example.org/f"
HEAD = f"{PREFIXES}\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"


def graph_of(turtle: str, name: str = NAME) -> NamedGraph:
    """Return a small graph; ``ex:`` is https://example.org/."""
    graph = KnowledgeGraph()
    names = graph.parse(HEAD + turtle)
    triples = [triple for each in names for triple in graph.named_graph(each).triples]
    return NamedGraph(name, triples)


def rdf(turtle: str) -> Graph:
    """Return a small graph for HermiT."""
    return Graph().parse(data=HEAD + turtle, format="turtle")


def follows(turtle: str) -> set[str]:
    """Return what follows, each triple on a line of short names."""
    return {short(triple) for triple in infer(graph_of(turtle)).graph.triples}


def short(triple: ox.Triple) -> str:
    """Return a triple in short names: ``ex:a skos:closeMatch ex:b``."""
    return " ".join(_name(term) for term in triple)


def _name(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return shorten(term.value).replace("https://example.org/", "ex:").replace("rdf:type", "a")
    return str(term)
