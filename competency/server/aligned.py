"""Which frameworks are aligned with which, and how much of each is covered: all in numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from competency.graph import KnowledgeGraph
from competency.graph.alignments import all_alignments, framework_of
from competency.graph.comparison import compare
from competency.graph.coverage import Share, coverages

Counts = Mapping[tuple[str, str], tuple[int, int]]  # matches and opposites, by two frameworks


@dataclass(frozen=True)
class Covered:
    """How many parts of a framework another one covers: with any match, and in full."""

    covered: int
    full: int
    total: int


def aligned_frameworks(graph: KnowledgeGraph) -> Counts:
    """Return how many matches and opposites there are between which frameworks that are held.

    >>> counts = aligned_frameworks(KnowledgeGraph.shipped())
    >>> all(left < right for left, right in counts)
    True
    """
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    known: dict[str, str | None] = {}
    for item in all_alignments(graph):
        for iri in (item.subject, item.object):
            if iri not in known:
                known[iri] = framework_of(graph, iri)
        one, other = sorted((known[item.subject] or "", known[item.object] or ""))
        if one and one != other:
            found[one, other][item.is_opposite] += 1
    return {ends: (numbers[0], numbers[1]) for ends, numbers in sorted(found.items())}


def covered_parts(graph: KnowledgeGraph, left: str, right: str) -> tuple[Covered, Covered]:
    """Return how much of the left framework the right one covers, and how much of the right.

    covered_parts(graph, graph.base + "pub-cscf", graph.base + "wcc-behaviours")
    """
    of_right, of_left = coverages(compare(graph.framework(left), graph.framework(right)))
    return _covered(of_left.whole), _covered(of_right.whole)


def _covered(share: Share) -> Covered:
    return Covered(share.covered, share.full, share.total)
