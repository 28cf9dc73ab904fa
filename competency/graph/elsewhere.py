"""What graphs that are held elsewhere have to know without being read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from competency.graph.store import NamedGraph
from competency.graph.summaries import Summary


@runtime_checkable
class Elsewhere(Protocol):
    """Named graphs in another engine: each is read when it is asked for, the rest by questions.

    ``KnowledgeGraph.over`` takes them; that they are of this kind is how it knows never to read
    all of them only to count.
    """

    def __getitem__(self, name: str) -> NamedGraph:
        """Read a graph."""

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the graphs."""

    def __len__(self) -> int:
        """Return the number of graphs."""

    def size(self, name: str) -> int:
        """Return the number of triples of a graph."""

    def total(self) -> int:
        """Return the number of triples of all graphs."""

    def summaries(self) -> list[Summary]:
        """Return every framework in short."""
