"""What changed with one graph between two editions, worked out once and remembered for a while."""

from __future__ import annotations

from functools import lru_cache

from competency.errors import LimitReached
from competency.graph import DataDirectory
from competency.graph.editions import Changes, changes_between
from competency.graph.editions.difference import Difference, GraphDifference
from competency.graph.editions.history import PastEdition

MOST_TRIPLES = 400_000  # of both states of a graph; more are not compared while somebody waits


class Comparer:
    """Compares the states of graphs in two editions; the last comparisons are remembered."""

    def __init__(self, directory: DataDirectory) -> None:
        """Compare editions of ``directory``."""
        self._directory = directory
        self._remembered = lru_cache(maxsize=8)(self._compare)

    def changes(self, graph: str, before: PastEdition, after: PastEdition) -> Changes:
        """Return what changed with a graph; LimitReached where that would take too long."""
        return self._remembered(graph, before, after)

    def _compare(self, graph: str, before: PastEdition, after: PastEdition) -> Changes:
        found = self._difference(graph, before, after)
        return changes_between(found.before, found.after)

    def patch(self, graph: str, before: PastEdition, after: PastEdition) -> bytes:
        """Return what changed with a graph as an RDF patch."""
        found = self._difference(graph, before, after)
        return Difference(before.name, after.name, (found,)).patch().encode()

    def _difference(self, graph: str, before: PastEdition, after: PastEdition) -> GraphDifference:
        states = [edition.graphs.get(graph) for edition in (before, after)]
        if sum(state.triples for state in states if state) > MOST_TRIPLES:
            reason = "these are too large to be compared here; competency diff does it"
            raise LimitReached("size", reason)
        with self._directory.edition(before.name) as one:
            old = one.graphs.get(graph)
        with self._directory.edition(after.name) as other:
            return GraphDifference(graph, old, other.graphs.get(graph))
