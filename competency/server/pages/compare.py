"""The comparison of two frameworks as its page shows it: a picture, a matrix, pairs and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from competency.graph import Framework, Item, Part
from competency.graph.alignments import Alignment
from competency.graph.comparison import Comparison, Grouping, Side
from competency.graph.coverage import AtLevel, Coverage, Share, coverages
from competency.server.languages import gettext as _
from competency.server.languages import ngettext
from competency.server.links import Links
from competency.server.pages.alignments import (
    comment_of,
    found_by,
    relation_of,
    said_by,
    sort_of,
    sureness_of,
)
from competency.server.pages.choosing import Choice
from competency.server.pages.drawing import End, Ribbon, ribbons
from competency.server.pages.ordering import title_key
from competency.server.pages.themes import SharedWord, shared_words
from competency.server.pages.tree import level_of, sign_of
from competency.server.pages.values import Text, kind_of, title_of
from competency.server.pages.words import cut

HEAT = 4  # shades of the matrix
_LABEL = 70  # signs of a title in the matrix and in lists
_THEMES = 5


@dataclass(frozen=True)
class Couple:
    """Two frameworks that have alignments: their titles, how many, and the address to compare."""

    iris: tuple[str, str]
    left: Text
    right: Text
    matches: int
    opposites: int
    url: str


@dataclass(frozen=True)
class PartView:
    """A part in a list: its text, address, kind, printed number or code, level and sign."""

    title: Text
    url: str
    kind: str
    number: str
    level: Text | None
    sign: str


@dataclass(frozen=True)
class Pair:
    """One alignment in the table of pairs."""

    left: PartView
    right: PartView
    relation: str
    strongest: str
    sureness: str
    found: str
    comment: Text | None
    about_url: str | None


@dataclass(frozen=True)
class Block:
    """The pairs of one cell of the matrix."""

    anchor: str
    left: Text
    right: Text
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix: how many matches, the strongest in words, a shade, where they are."""

    count: int
    strongest: str
    heat: int
    anchor: str


@dataclass(frozen=True)
class GroupView:
    """A group with how much of it is covered and what is not."""

    title: Text
    is_whole: bool
    url: str
    share: Share
    gaps: tuple[PartView, ...]


@dataclass(frozen=True)
class LevelView:
    """A level with how much of what stands at it is covered; no address where it is none."""

    title: Text
    url: str | None
    share: Share


@dataclass(frozen=True)
class SideView:
    """One of the two frameworks, as the other one covers it; ``levels`` where it has some."""

    iri: str
    title: Text
    url: str
    share: Share
    groups: tuple[GroupView, ...]
    levels: tuple[LevelView, ...]


@dataclass(frozen=True)
class ComparePage:
    """Everything that the page of a comparison shows."""

    left: SideView
    right: SideView
    picture: Markup | None
    matrix: tuple[tuple[Cell | None, ...], ...]
    themes: tuple[Block, ...]
    words: tuple[SharedWord, ...]
    blocks: tuple[Block, ...]
    opposites: tuple[Pair, ...]
    matches: int
    turned: str


def compare_page(found: Comparison, links: Links) -> ComparePage:
    """Return what the page of a comparison shows."""
    of_right, of_left = coverages(found)
    left, right = _side(found.left, of_left, links), _side(found.right, of_right, links)
    blocks = {cell: _block(found, cell, left, right, links) for cell in found.cells}
    return ComparePage(
        left=left,
        right=right,
        picture=_picture(found, left, right) if found.cells else None,
        matrix=_matrix(found),
        themes=tuple(blocks[cell] for cell in found.themes[:_THEMES] if len(found.cells[cell]) > 1),
        words=tuple(shared_words(found)),
        blocks=tuple(blocks.values()),
        opposites=tuple(_pair(item, links) for item in found.opposites),
        matches=len(found.matches),
        turned=url_for("compare.index", left=right.iri, right=left.iri),
    )


def couples(
    counts: Mapping[tuple[str, str], tuple[int, int]], chosen: Iterable[Choice]
) -> list[Couple]:
    """Return the pairs of frameworks that have alignments, those with most first."""
    titles = {item.iri: item.title for item in chosen}
    found = [
        Couple(
            (left, right),
            titles[left],
            titles[right],
            *counts[left, right],
            url_for("compare.index", left=left, right=right),
        )
        for left, right in counts
        if left in titles and right in titles
    ]

    def key(item: Couple) -> tuple[object, ...]:
        ends = title_key(item.left.value), title_key(item.right.value)
        return -item.matches, -item.opposites, *ends, item.iris

    return sorted(found, key=key)


def part_view(part: Item, links: Links) -> PartView:
    """Return a part for a list."""
    return PartView(
        title=said_by(part),
        url=links.page(part.iri),
        kind=kind_of(part),
        number=part.code or "",
        level=level_of(part, links),
        sign=sign_of(part) if isinstance(part, Part) else "",
    )


def _side(side: Side, coverage: Coverage, links: Links) -> SideView:
    rows = zip(side.groups, coverage.groups, strict=True)
    levels = coverage.levels if any(level.iri for level in coverage.levels) else ()
    return SideView(
        iri=side.framework.iri,
        title=title_of(side.framework),
        url=links.page(side.framework.iri),
        share=coverage.whole,
        groups=tuple(_group(group, found.share, links) for group, found in rows),
        levels=tuple(_level(level, links) for level in levels),
    )


def _group(group: Grouping, share: Share, links: Links) -> GroupView:
    title, is_whole = title_of(group.head), isinstance(group.head, Framework)
    return GroupView(
        title=Text(_("Outside these groups")) if is_whole else _short(title),
        is_whole=is_whole,
        url=links.page(group.head.iri),
        share=share,
        gaps=tuple(part_view(part, links) for part in group.gaps),
    )


def _level(level: AtLevel, links: Links) -> LevelView:
    if level.iri is None:
        return LevelView(Text(_("At no level")), None, level.share)
    if level.iri not in links.site.held:
        return LevelView(Text(level.title or level.iri), None, level.share)
    title = title_of(links.site.graph.resource(level.iri))
    return LevelView(_short(title), links.page(level.iri), level.share)


def _block(
    found: Comparison, cell: tuple[int, int], left: SideView, right: SideView, links: Links
) -> Block:
    return Block(
        anchor=_anchor(cell),
        left=left.groups[cell[0]].title,
        right=right.groups[cell[1]].title,
        pairs=tuple(_pair(item, links) for item in found.cells[cell]),
    )


def _pair(item: Alignment, links: Links) -> Pair:
    ends = (links.site.graph.resource(iri) for iri in (item.subject, item.object))
    left, right = (part_view(end, links) for end in ends if isinstance(end, Item))
    return Pair(
        left=left,
        right=right,
        relation=relation_of(item),
        strongest=sort_of(item),
        sureness=sureness_of(item),
        found=found_by(item),
        comment=comment_of(item),
        about_url=links.page(item.iri) if item.iri and item.iri in links.site.held else None,
    )


def _matrix(found: Comparison) -> tuple[tuple[Cell | None, ...], ...]:
    most = max((len(items) for items in found.cells.values()), default=1)

    def cell(place: tuple[int, int]) -> Cell | None:
        items = found.cells.get(place)
        if not items:
            return None
        heat = -(-HEAT * len(items) // most)
        return Cell(len(items), relation_of(items[0]), heat, _anchor(place))

    return tuple(
        tuple(cell((row, column)) for column in range(len(found.right.groups)))
        for row in range(len(found.left.groups))
    )


def _picture(found: Comparison, left: SideView, right: SideView) -> Markup:
    def between(cell: tuple[int, int], items: tuple[Alignment, ...]) -> Ribbon:
        one, other = left.groups[cell[0]].title, right.groups[cell[1]].title
        words = ngettext("%(num)s match", "%(num)s matches", len(items))
        title = f"{one} \u2013 {other}: {words}"
        return Ribbon(*cell, len(items), sort_of(items[0]), title, "#" + _anchor(cell))

    return ribbons(
        (left.title.value, right.title.value),
        (_ends(left, "left"), _ends(right, "right")),
        [between(cell, items) for cell, items in found.cells.items()],
        title=_("Matches between %(left)s and %(right)s", left=left.title, right=right.title),
        description=_(
            "Groups of one framework on either side; the width of a ribbon is the number of "
            "matches. The tables below say the same."
        ),
    )


def _ends(side: SideView, name: str) -> list[End]:
    return [
        End(
            group.title.value,
            coverage_words(group.share.covered, group.share.total),
            group.share.covered / group.share.total if group.share.total else 0.0,
            f"#gaps-{name}-{place}",
        )
        for place, group in enumerate(side.groups)
    ]


def coverage_words(covered: int, total: int) -> str:
    """Return how much is covered, in words.

    >>> coverage_words(3, 8)
    '3 of 8 have a match'
    """
    return _("%(covered)s of %(total)s have a match", covered=covered, total=total)


def _anchor(cell: tuple[int, int]) -> str:
    return f"pairs-{cell[0]}-{cell[1]}"


def _short(title: Text) -> Text:
    return Text(cut(title.value, _LABEL), title.lang)
