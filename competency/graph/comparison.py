"""Two frameworks side by side: how much of each has a counterpart in the other, and where.

Only parts that ask something are counted: headings, notes, scope, lead-ins and empty fields are
not. A part is covered when it has a match itself; a match of what stands above or below it does
not count, and neither does an opposite.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property, partial

from competency.graph.alignments import Alignment, between
from competency.graph.glancing import stated
from competency.graph.views import Framework, Item, Part
from competency.ontology import COMP, PREFIXES, Vocabulary

FEWEST = 3  # groups; where there are fewer, those with headings inside are opened
_SILENT = tuple(str(COMP[name]) for name in ("Group", "Note", "Scope"))
_TYPE = PREFIXES["rdf"] + "type"
_PART_OF, _LEAD_IN, _EMPTY = (str(COMP[name]) for name in ("partOf", "leadIn", "isEmpty"))
_TRUE = ("true", "1")
# Looked at for each part: a term that is made once is found at once.
_LEADING, _IS_EMPTY = COMP.leadIn, COMP.isEmpty


@dataclass(frozen=True)
class Grouping:
    """A group of a framework: its head, the parts in it that ask something, those without match.

    Where the head is the framework, these are the parts that stand in none of its groups.
    """

    head: Item
    parts: tuple[Part, ...]
    gaps: tuple[Part, ...]

    @property
    def covered(self) -> int:
        """Return how many parts have a match."""
        return len(self.parts) - len(self.gaps)


@dataclass(frozen=True)
class Side:
    """One of two frameworks, as the other one covers it."""

    framework: Framework
    groups: tuple[Grouping, ...]

    @property
    def total(self) -> int:
        """Return how many parts ask something."""
        return sum(len(group.parts) for group in self.groups)

    @property
    def covered(self) -> int:
        """Return how many of them have a match."""
        return sum(group.covered for group in self.groups)


@dataclass(frozen=True)
class Comparison:
    """Two frameworks: both sides, their matches, their opposites, and the matches by groups.

    ``cells`` has the matches between a group of the left and a group of the right, by their places.
    """

    left: Side
    right: Side
    matches: tuple[Alignment, ...]
    opposites: tuple[Alignment, ...]
    cells: dict[tuple[int, int], tuple[Alignment, ...]]

    @cached_property
    def themes(self) -> list[tuple[int, int]]:
        """Return the pairs of groups that have most in common, the strongest first."""
        return sorted(self.cells, key=lambda cell: (-len(self.cells[cell]), cell))


def compare(left: Framework, right: Framework) -> Comparison:
    """Return how two frameworks of one knowledge graph cover each other.

    >>> from competency import KnowledgeGraph
    >>> graph = KnowledgeGraph.shipped()
    >>> found = compare(graph.framework("pub-cscf"), graph.framework("wcc-behaviours"))
    >>> len(found.matches), found.left.covered, found.left.total
    (14, 11, 18)
    """
    found = between(left.home, left.iri, right.iri)
    matches = [item for item in found if not item.is_opposite]
    ends = ({item.subject for item in matches}, {item.object for item in matches})
    drafts = [_Draft(side, known) for side, known in zip((left, right), ends, strict=True)]
    cells: dict[tuple[int, int], list[Alignment]] = defaultdict(list)
    for item in matches:
        cells[drafts[0].place(item.subject), drafts[1].place(item.object)].append(item)
    return Comparison(
        left=drafts[0].side(),
        right=drafts[1].side(),
        matches=tuple(matches),
        opposites=tuple(item for item in found if item.is_opposite),
        cells={cell: tuple(cells[cell]) for cell in sorted(cells)},
    )


def asks(part: Part, lead_ins: frozenset[str] = frozenset()) -> bool:
    """Say whether a part asks something of somebody, so that it can have a counterpart."""
    empty = str(part.value("isEmpty")) in _TRUE
    speaks = _speaks(part.home.vocabulary, frozenset(part.types))
    return speaks and not empty and part.iri not in lead_ins


@dataclass(frozen=True)
class Asking:
    """What stands in a framework, and which parts of it ask something: their IRIs alone."""

    inside: frozenset[str]
    asking: frozenset[str]


def asking_in(framework: Framework) -> Asking:
    """Return which parts of a framework ask something, from its file where it has one.

    >>> from competency import KnowledgeGraph
    >>> found = asking_in(KnowledgeGraph.shipped().framework("pub-cscf"))
    >>> len(found.asking), len(found.inside)
    (18, 20)
    """
    rows = stated(framework.home, framework.graph_name, (_TYPE, _PART_OF, _LEAD_IN), (_EMPTY,))
    empty = dict(rows[_EMPTY]) if rows else {}
    if rows is None or len(empty) < len(rows[_EMPTY]):  # of several values one would have to win
        return asking_among(framework.walk())
    inside = _below(framework.iri, rows[_PART_OF])
    leads = {lead for part, lead in rows[_LEAD_IN] if part in inside}
    types: dict[str, set[str]] = defaultdict(set)
    for part, kind in rows[_TYPE]:
        types[part].add(kind)
    speaks = cache(partial(_speaks, framework.home.vocabulary))
    found = (iri for iri in inside - leads if speaks(frozenset(types.get(iri, ()))))
    return Asking(inside, frozenset(iri for iri in found if empty.get(iri) not in _TRUE))


def asking_among(walked: Iterable[Part]) -> Asking:
    """Return which of all the parts of a framework ask something, for who has them at hand.

    asking_among(framework.walk())
    """
    parts = list(walked)
    return Asking(frozenset(part.iri for part in parts), _asking(parts))


def _asking(parts: Sequence[Part]) -> frozenset[str]:
    """Return which of the parts of a framework ask something."""
    leads = {str(node) for part in parts for node in part.values(_LEADING)}
    spoken: dict[frozenset[str], bool] = {}
    found = []
    for part in parts:
        types = frozenset(part.types)
        if types not in spoken:
            spoken[types] = _speaks(part.home.vocabulary, types)
        if spoken[types] and part.iri not in leads and part.first(_IS_EMPTY) not in _TRUE:
            found.append(part.iri)
    return frozenset(found)


def _below(root: str, pairs: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return everything below the root of a tree, by pairs of a part and what it is part of."""
    children: dict[str, list[str]] = defaultdict(list)
    for part, whole in pairs:
        children[whole].append(part)
    seen, waiting = {root}, [root]
    while waiting:
        further = [iri for iri in children.get(waiting.pop(), ()) if iri not in seen]
        seen.update(further)
        waiting += further
    return frozenset(seen - {root})


def _speaks(vocabulary: Vocabulary, types: frozenset[str]) -> bool:
    """Say whether things of these classes ask something, unless they are empty or lead-ins."""
    kind = vocabulary.kind_of(set(types))
    return kind is not None and not any(vocabulary.is_a(kind, silent) for silent in _SILENT)


class _Draft:
    """One side while it is made: the groups of a framework and which part is in which."""

    def __init__(self, framework: Framework, matched: set[str]) -> None:
        self._framework, self._matched = framework, matched
        walked = list(framework.walk())
        self._asking = _asking(walked)
        self._parts = {part.iri: part for part in walked}
        heads = _heads(framework, self._asking)
        self._heads: list[Item] = list(heads)
        self._places = {
            iri: place
            for place, head in enumerate(heads)
            for iri in (head.iri, *(part.iri for part in head.walk()))
        }
        loose = self._asking | (matched & {framework.iri, *self._parts})
        if not loose <= self._places.keys():
            self._heads.append(framework)

    def place(self, iri: str) -> int:
        """Return the place of the group that a part is in."""
        return self._places.get(iri, len(self._heads) - 1)

    def side(self) -> Side:
        """Return the side that came of it."""
        found: list[list[Part]] = [[] for _ in self._heads]
        for iri, part in self._parts.items():
            if iri in self._asking:
                found[self.place(iri)].append(part)
        groups = (
            Grouping(head, tuple(parts), tuple(p for p in parts if p.iri not in self._matched))
            for head, parts in zip(self._heads, found, strict=True)
        )
        return Side(self._framework, tuple(groups))


def _heads(framework: Framework, asking: Set[str]) -> list[Part]:
    """Return the heads of the groups that people would compare: several, and not too small.

    A single heading over everything is stepped through. Where fewer than FEWEST are left, those
    with headings inside are opened once.
    """
    level = _branches(framework, asking)
    while len(level) == 1 and len(below := _branches(level[0], asking)) > 0:
        level = below
    if 0 < len(level) < FEWEST:
        level = [head for item in level for head in (_branches(item, asking) or [item])]
    return level


def _branches(item: Item, asking: Set[str]) -> list[Part]:
    """Return the parts directly under one that have parts below and hold something that asks."""
    return [part for part in item.parts if not part.leaf and _holds(part, asking)]


def _holds(part: Part, asking: Set[str]) -> bool:
    return part.iri in asking or any(item.iri in asking for item in part.walk())
