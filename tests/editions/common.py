"""A few small frameworks, and a data directory to publish them in."""

from __future__ import annotations

from pathlib import Path

from competency import KnowledgeGraph
from competency.graph import DataDirectory, Publication
from tests.conftest import PREFIXES

ONE, TWO = "https://example.org/one", "https://example.org/two"


def framework(iri: str = ONE, title: str = "One", *, more: str = "") -> KnowledgeGraph:
    """Return a framework of which the shapes say nothing bad but what ``more`` brings."""
    graph = KnowledgeGraph()
    graph.parse(f'{PREFIXES} <{iri}> a comp:Framework ; rdfs:label "{title}"@en {more} .')
    return graph


def put(directory: DataDirectory | Path, graph: KnowledgeGraph) -> Publication:
    """Publish without the gate, which has tests of its own and takes its time."""
    return graph.publish(directory, gate=False)
