"""A crosswalk as its page shows it: a table with a column for each framework, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from competency.errors import NotFound
from competency.graph import Framework, Item, Part
from competency.graph.comparison import asks
from competency.graph.crosswalks import Crosswalk, Entry, Row
from competency.server.links import Links
from competency.server.pages.alignments import comment_of, in_words, sort_in_word, sureness_of
from competency.server.pages.asking import Step, steps_of
from competency.server.pages.compare import PartView, part_view
from competency.server.pages.paging import Pages, pages_at
from competency.server.pages.values import Text, title_of

MOST_FRAMEWORKS = 12
MOST_PARTS = 15_000  # of all frameworks together
PER_PAGE = 200  # rows


@dataclass(frozen=True)
class State:
    """What an address asks for: frameworks by IRI, the spine, the longest chain, gaps or none."""

    frameworks: tuple[str, ...] = ()
    spine: str = ""
    chains: int = 1
    gaps: bool = True

    @property
    def is_chosen(self) -> bool:
        """Say whether there are enough frameworks for a table."""
        return len(self.frameworks) > 1

    def fields(self) -> dict[str, Any]:
        """Return the fields of the address, without those that say what is so anyway."""
        found: dict[str, Any] = {"framework": self.frameworks}
        if self.frameworks and self.spine != self.frameworks[0]:
            found["spine"] = self.spine
        if self.chains > 1:
            found["chains"] = self.chains
        if not self.gaps:
            found["gaps"] = "no"
        return found

    def address(self, **other: Any) -> str:
        """Return the address of the page in another state of it.

        state.address(chains=3)
        """
        page = other.pop("page", 1)
        fields = replace(self, **other).fields()
        return url_for("crosswalk.index", **fields, **({"page": page} if page > 1 else {}))


@dataclass(frozen=True)
class Column:
    """A framework: how many of its parts are in the table, how many of those have a match."""

    iri: str
    title: Text
    url: str
    total: int
    matched: int


@dataclass(frozen=True)
class EntryView:
    """A part of another framework in a cell: the relation, the part, and how it is known."""

    relation: str
    sort: str
    part: PartView
    sureness: str
    comment: Text | None
    about_url: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class RowView:
    """A row: its part stands in the column ``place``, the cells have what matches it."""

    place: int
    part: PartView
    cells: tuple[tuple[EntryView, ...], ...]
    is_gap: bool


@dataclass(frozen=True)
class Block:
    """Rows that stand together: below one heading, or what has no place beside the spine."""

    title: Text | None
    place: int
    rows: tuple[RowView, ...]


@dataclass(frozen=True)
class CrosswalkPage:
    """Everything that the page of a crosswalk shows."""

    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    rows: int
    pages: Pages | None


def crosswalk_page(found: Crosswalk, state: State, number: int, links: Links) -> CrosswalkPage:
    """Return what a page of a crosswalk shows; NotFound past the last one."""
    count = max(1, -(-len(found.rows) // PER_PAGE))
    if number > count:
        raise NotFound("page", f"{number}; there are 1 to {count}")
    shown = found.rows[(number - 1) * PER_PAGE : number * PER_PAGE]
    return CrosswalkPage(
        columns=tuple(_columns(found, links)),
        blocks=tuple(_blocks(found, shown, links)),
        rows=len(found.rows),
        pages=pages_at(number, count, lambda page: state.address(page=page)),
    )


def _columns(found: Crosswalk, links: Links) -> Iterator[Column]:
    total, matched = _counts(found)
    for place, framework in enumerate(found.frameworks):
        yield Column(
            iri=framework.iri,
            title=title_of(framework),
            url=links.page(framework.iri),
            total=total[place],
            matched=matched[place],
        )


def _counts(found: Crosswalk) -> tuple[Counter[int], Counter[int]]:
    """Return how many parts of each framework are in the table, and how many have a match."""
    parts = {(row.place, row.part.iri) for row in found.rows}
    matched = {(row.place, row.part.iri) for row in found.rows if row.matched}
    for _, place, entry in found.entries:
        parts.add((place, entry.part.iri))
        if not entry.chain.is_opposite:
            matched.add((place, entry.part.iri))
    return Counter(place for place, _ in parts), Counter(place for place, _ in matched)


def _blocks(found: Crosswalk, rows: Sequence[Row], links: Links) -> Iterator[Block]:
    """Yield rows by what stands above their parts and is no row itself."""
    inside = {row.part.iri for row in found.rows}
    held: list[Row] = []
    last: tuple[int, Item | None] | None = None
    for row in rows:
        here = row.place, _heading(row.part, inside)
        if held and here != last:
            yield _block(last, held, links)
            held = []
        held.append(row)
        last = here
    if held:
        yield _block(last, held, links)


def _heading(item: Item, inside: set[str]) -> Item | None:
    """Return the nearest heading above a part that has no row of its own."""
    for above in reversed(item.ancestors if isinstance(item, Part) else []):
        if above.iri not in inside:
            return None if isinstance(above, Framework) else above
    return None


def _block(key: tuple[int, Item | None] | None, rows: Iterable[Row], links: Links) -> Block:
    place, head = key or (0, None)
    title = title_of(head) if head else None
    return Block(title, place, tuple(_row(row, links) for row in rows))


def _row(row: Row, links: Links) -> RowView:
    return RowView(
        place=row.place,
        part=part_view(row.part, links),
        cells=tuple(tuple(_entry(entry, links) for entry in cell) for cell in row.cells),
        is_gap=not row.matched and isinstance(row.part, Part) and asks(row.part),
    )


def _entry(entry: Entry, links: Links) -> EntryView:
    step = entry.chain.steps[0] if entry.direct else None
    return EntryView(
        relation=in_words(entry.relation),
        sort=sort_in_word(entry.relation),
        part=part_view(entry.part, links),
        sureness=sureness_of(step) if step else "",
        comment=comment_of(step) if step else None,
        about_url=links.page(step.iri)
        if step and step.iri in links.site.held and step.iri
        else None,
        steps=() if step else steps_of(entry.chain, links),
    )
