"""Consistency of a knowledge graph: all together, or graph by graph where that is too much."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import Graph

from competency.ontology import Consistency, check_consistency

if TYPE_CHECKING:
    from competency.graph.knowledge_graph import KnowledgeGraph

MOST_TOGETHER = 100_000  # triples that HermiT is asked about at once


@dataclass(frozen=True)
class Checked:
    """What was asked about at once, and the answer; ``name`` is None for all graphs together."""

    name: str | None
    graph: Graph
    answer: Consistency


def check_graph(graph: KnowledgeGraph, seconds: float) -> Iterator[Checked]:
    """Yield whether the graphs are consistent with the ontology, explained where they are not.

    More than 100,000 triples are looked at graph by graph: then nothing is said about what only
    several graphs together contradict. Raises what ``check_consistency`` raises; ``seconds`` is
    for all.
    """
    if len(graph) <= MOST_TOGETHER:
        merged = graph.merged()
        yield Checked(None, merged, check_consistency(merged, explained=True, seconds=seconds))
        return
    ends = time.monotonic() + seconds
    for named in graph.graphs():
        left = ends - time.monotonic()
        answer = check_consistency(named.graph, explained=True, seconds=left)
        yield Checked(named.name, named.graph, answer)
