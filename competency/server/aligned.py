"""Which frameworks are aligned with which, and how much of each is covered: all in numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain

from competency.graph import KnowledgeGraph
from competency.graph.alignments import (
    RELATIONS,
    Alignment,
    alignments_among,
    all_alignments,
    framework_of,
)
from competency.graph.comparison import Asking
from competency.graph.coverage import Extent, extent_of
from competency.graph.describing import parts_in
from competency.graph.linked import linked_elsewhere, links_in_graphs, parts_elsewhere
from competency.graph.store import DEFAULT_GRAPH

_SMALL = 20_000  # triples of a graph
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


@dataclass(frozen=True)
class Seen:
    """The alignments of a framework as seen from it, each with the framework at the other end."""

    iri: str
    alignments: tuple[tuple[Alignment, str], ...]

    def counts(self) -> Mapping[str, tuple[int, int]]:
        """Return how many matches and opposites there are with which others.

        It says of one framework what :func:`aligned_frameworks` says of all.
        """
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for item, other in self.alignments:
            found[other][item.is_opposite] += 1
        return {other: (numbers[0], numbers[1]) for other, numbers in sorted(found.items())}


def seen_from(graph: KnowledgeGraph, iri: str) -> Seen:
    """Return the alignments of a framework with others that are held, and look at no other.

    >>> graph = KnowledgeGraph.shipped()
    >>> [*seen_from(graph, graph.iri("pub-cscf")).counts()][0].removeprefix(graph.base)
    'hkqf-111334L3'
    """
    home = cache(partial(framework_of, graph))
    found = []
    for item in _alignments(graph, iri):
        one, other = home(item.subject), home(item.object)
        if one == iri and other and other != iri:
            found.append((item, other))
        elif other == iri and one and one != iri:
            found.append((item.turned(), one))
    return Seen(iri, tuple(found))


def _alignments(graph: KnowledgeGraph, iri: str) -> Iterable[Alignment]:
    """Return the alignments of whatever may be in a framework, each once.

    Small graphs that link to its own are looked at as wholes; in large ones each thing that they
    link is looked up.
    """
    store, links = graph.store, partial(graph.index.links, list(RELATIONS))
    if not graph.has_graph(iri) or graph.has_graph(DEFAULT_GRAPH):
        found = set(graph.named_graph(iri).subjects) if graph.has_graph(iri) else set()
        things = {iri, *found, *parts_in(store, iri)}
        return alignments_among(graph, chain.from_iterable(map(links, things)))
    linked = {k: v for k, v in linked_elsewhere(store, iri).items() if graph.has_graph(k)}
    large = [name for name in linked if graph.size(name) > _SMALL]
    things = parts_elsewhere(store, iri).union(*(linked.pop(name) for name in large))
    whole = links_in_graphs(store, RELATIONS, {iri: None, **linked})
    return alignments_among(graph, chain(whole, *map(links, things)))


def covered_parts(seen: Seen, left: Asking, right: Asking, other: str) -> tuple[Covered, Covered]:
    """Return how much of a framework another one covers, and how much of the other.

    The numbers are those of a comparison (:mod:`competency.graph.coverage`), which reads every
    part of both.

    covered_parts(seen_from(graph, iri), asking_in(one), asking_in(two), two.iri)
    """
    within = left.inside | {seen.iri}
    found = [item for item, home in seen.alignments if home == other and item.subject in within]
    matches = [item for item in found if not item.is_opposite]
    return (
        _covered(left, [(item.subject, RELATIONS[item.predicate]) for item in matches]),
        _covered(right, [(item.object, item.predicate) for item in matches]),
    )


def _covered(side: Asking, matches: Sequence[tuple[str, str]]) -> Covered:
    """Count the parts that ask something and are matched, by what the other end says of each."""
    matched = {part for part, _ in matches}
    full = {part for part, relation in matches if extent_of(relation) is Extent.full}
    return Covered(len(matched & side.asking), len(full & side.asking), len(side.asking))
