"""Who else asks for this: other frameworks that ask for what a part asks, and by which chains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from competency.graph.closure import LONGEST, MOST, Chain, reached
from competency.graph.neighbours import Neighbours

if TYPE_CHECKING:
    from competency.graph.knowledge_graph import KnowledgeGraph


@dataclass(frozen=True)
class Asking:
    """A framework that asks for what a part asks, and by which chains; None is one not held."""

    framework: str | None
    matches: tuple[Chain, ...]
    opposites: tuple[Chain, ...] = ()

    @property
    def direct(self) -> bool:
        """Say whether a part of it is matched with the part itself."""
        return any(chain.length == 1 for chain in self.matches)


@dataclass(frozen=True)
class AskedElsewhere:
    """Who else asks for something, by framework, those with the strongest direct match first."""

    iri: str
    asking: tuple[Asking, ...]
    whole: bool = True

    @property
    def count(self) -> int:
        """Return how many other frameworks have a part that is matched with it."""
        return sum(1 for item in self.asking if item.direct and item.framework is not None)

    @property
    def reachable(self) -> int:
        """Return how many have one that is matched with it or reached by a chain."""
        return sum(1 for item in self.asking if item.matches and item.framework is not None)


def asked_elsewhere(
    graph: KnowledgeGraph, iri: str, longest: int = LONGEST, most: int = MOST
) -> AskedElsewhere:
    """Return who else asks for what a part asks: its matches, and what follows from theirs.

    Looking costs a few look-ups for each part within reach; ``longest=1`` gives direct ones alone.

    >>> from competency import KnowledgeGraph
    >>> graph = KnowledgeGraph.shipped()
    >>> asked_elsewhere(graph, graph.iri("pub-cscf/c06")).count >= 1
    True
    """
    near = Neighbours(graph)
    found = reached(near, iri, longest, most)
    by_framework: dict[str | None, list[Chain]] = {}
    for chain in found.chains:
        by_framework.setdefault(near.framework(chain.object), []).append(chain)
    rows = [
        Asking(
            name,
            tuple(chain for chain in chains if not chain.is_opposite),
            tuple(chain for chain in chains if chain.is_opposite),
        )
        for name, chains in by_framework.items()
    ]
    rows.sort(key=lambda row: (row.framework is None, not row.matches, not row.direct))
    return AskedElsewhere(iri, tuple(rows), found.whole)
