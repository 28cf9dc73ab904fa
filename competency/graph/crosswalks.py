"""A crosswalk: a table between any number of frameworks, in which every part has its place.

The parts of the first framework, its spine, are the first rows, in order; the cells of a row have
the parts of the other frameworks that are aligned with it. Then come the rows of what the spine has
no place for: the parts of each further framework that no row above has matched. So each part that
asks something, or is aligned, stands in the table at least once. An opposite is shown in its cell
and gives nobody a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from competency.errors import ParameterError
from competency.graph.closure import Chain, reached
from competency.graph.comparison import asks
from competency.graph.neighbours import Neighbours
from competency.graph.views import Framework, Item, Part

if TYPE_CHECKING:
    from competency.graph.knowledge_graph import KnowledgeGraph


@dataclass(frozen=True)
class Entry:
    """A part of another framework in a cell, and how it is known to belong there.

    A chain of one step is an alignment that is stated; a longer one says what follows.
    """

    part: Item
    chain: Chain

    @property
    def relation(self) -> str:
        """Return the relation of the row's part to this one."""
        return self.chain.relation

    @property
    def direct(self) -> bool:
        """Say whether this is stated and does not only follow."""
        return self.chain.length == 1


@dataclass(frozen=True)
class Row:
    """A part, the place of its framework among those of the table, and a cell for each of them.

    The cell of its own framework is empty.
    """

    place: int
    part: Item
    cells: tuple[tuple[Entry, ...], ...]

    @property
    def matched(self) -> bool:
        """Say whether a part of another framework matches, opposites aside."""
        return any(not entry.chain.is_opposite for cell in self.cells for entry in cell)


@dataclass(frozen=True)
class Crosswalk:
    """A crosswalk: its frameworks, the spine first, its rows, and the longest chain in it."""

    frameworks: tuple[Framework, ...]
    rows: tuple[Row, ...]
    longest: int = 1

    @property
    def spine(self) -> Framework:
        """Return the framework whose parts are the first rows."""
        return self.frameworks[0]

    @cached_property
    def placed(self) -> tuple[Row, ...]:
        """Return the rows of the spine."""
        return tuple(row for row in self.rows if row.place == 0)

    @cached_property
    def unplaced(self) -> tuple[Row, ...]:
        """Return the rows of parts that have no place beside the spine."""
        return tuple(row for row in self.rows if row.place > 0)

    def gaps(self, place: int) -> tuple[Row, ...]:
        """Return the rows of a framework's parts that match nothing in this table."""
        return tuple(row for row in self.rows if row.place == place and not row.matched)

    @property
    def entries(self) -> Iterator[tuple[Row, int, Entry]]:
        """Yield each entry with its row and the place of its framework."""
        for row in self.rows:
            for place, cell in enumerate(row.cells):
                yield from ((row, place, entry) for entry in cell)


def crosswalk(
    graph: KnowledgeGraph,
    names: Sequence[str] = (),
    *,
    spine: str | None = None,
    longest: int = 1,
    gaps: bool = True,
) -> Crosswalk:
    """Return the crosswalk between frameworks, by IRI or path below the base; all if none is named.

    ``spine`` is the one whose parts are the first rows, else the first. With ``longest`` above 1,
    what follows from chains of so many alignments is there too. Without ``gaps`` the rows that
    match nothing are left out. Raises NotFound for a framework that is not held, ParameterError
    for fewer than two.

    >>> from competency import KnowledgeGraph
    >>> found = crosswalk(KnowledgeGraph.shipped(), ["pub-cscf", "wcc-behaviours"])
    >>> found.spine.path, len(found.placed) >= 18
    ('pub-cscf', True)
    """
    frameworks = _chosen(graph, names, spine)
    near = Neighbours.whole(graph) if graph.elsewhere else Neighbours(graph)
    table = _Table(near, frameworks, longest)
    rows = [row for place in range(len(frameworks)) for row in table.rows(place)]
    return Crosswalk(frameworks, tuple(row for row in rows if gaps or row.matched), longest)


def _chosen(
    graph: KnowledgeGraph, names: Sequence[str], spine: str | None
) -> tuple[Framework, ...]:
    """Return the frameworks, each once, the spine first."""
    found = [graph.framework(name) for name in names] or graph.frameworks
    first = [graph.framework(spine)] if spine else []
    frameworks = tuple(dict.fromkeys([*first, *found]))
    if len(frameworks) < 2:
        raise ParameterError("frameworks", "a crosswalk is between two frameworks or more")
    return frameworks


class _Table:
    """A table while it is made: which parts there are, and which have their place already."""

    def __init__(self, near: Neighbours, frameworks: tuple[Framework, ...], longest: int) -> None:
        self._near, self._longest = near, longest
        self._items: list[dict[str, Item]] = []
        self._places: dict[str, int] = {}
        self._seen: set[str] = set()
        for place, framework in enumerate(frameworks):
            items: dict[str, Item] = {item.iri: item for item in (framework, *framework.walk())}
            self._items.append(items)
            self._places |= dict.fromkeys(items, place)
            near.learn(framework.iri, items)

    def rows(self, place: int) -> Iterator[Row]:
        """Yield the rows of the parts of one framework that have no place yet."""
        items = self._items[place]
        leads = frozenset(str(node) for item in items.values() for node in item.values("leadIn"))
        for iri, item in items.items():
            if iri in self._seen:
                continue
            cells = self._cells(iri)
            if any(cells) or (isinstance(item, Part) and asks(item, leads)):
                self._seen |= _matched(cells)
                yield Row(place, item, cells)

    def _cells(self, iri: str) -> tuple[tuple[Entry, ...], ...]:
        cells: list[list[Entry]] = [[] for _ in self._items]
        for chain in self._chains(iri):
            place = self._places.get(chain.object)
            if place is not None:
                cells[place].append(Entry(self._items[place][chain.object], chain))
        return tuple(map(tuple, cells))

    def _chains(self, iri: str) -> Iterable[Chain]:
        return reached(self._near, iri, self._longest).chains


def _matched(cells: Iterable[Iterable[Entry]]) -> set[str]:
    return {e.part.iri for cell in cells for e in cell if not e.chain.is_opposite}
