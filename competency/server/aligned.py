"""Which frameworks are aligned with which, and how much of each is covered: all in numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from competency.graph import KnowledgeGraph
from competency.graph.alignments import alignments_of, all_alignments, framework_of
from competency.graph.comparison import compare
from competency.graph.coverage import Share, coverages
from competency.graph.describing import parts_in

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


def aligned_with_framework(graph: KnowledgeGraph, iri: str) -> Mapping[str, tuple[int, int]]:
    """Return how many matches and opposites a framework has with which others that are held.

    It says of one framework what :func:`aligned_frameworks` says of all, and looks at no other.

    >>> graph = KnowledgeGraph.shipped()
    >>> [*aligned_with_framework(graph, graph.iri("pub-cscf"))][0].removeprefix(graph.base)
    'hkqf-111334L3'
    """
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for thing in _things_of(graph, iri):
        for item in alignments_of(graph, thing):
            other = framework_of(graph, item.object)
            if other and other != iri and framework_of(graph, thing) == iri:
                found[other][item.is_opposite] += 1
    return {other: (numbers[0], numbers[1]) for other, numbers in sorted(found.items())}


def _things_of(graph: KnowledgeGraph, iri: str) -> set[str]:
    """Return what may be in a framework: all of the graph of its name, and parts elsewhere."""
    found = set(graph.named_graph(iri).subjects) if graph.has_graph(iri) else set()
    return {iri, *found, *parts_in(graph.store, iri)}


def covered_parts(graph: KnowledgeGraph, left: str, right: str) -> tuple[Covered, Covered]:
    """Return how much of the left framework the right one covers, and how much of the right.

    covered_parts(graph, graph.base + "pub-cscf", graph.base + "wcc-behaviours")
    """
    of_right, of_left = coverages(compare(graph.framework(left), graph.framework(right)))
    return _covered(of_left.whole), _covered(of_right.whole)


def _covered(share: Share) -> Covered:
    return Covered(share.covered, share.full, share.total)
