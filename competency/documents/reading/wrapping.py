"""Printed lines as authored lines: a line that was wrapped for want of room is one line again.

A line was wrapped if the first word of the next would not have fitted into the room it left.
Many programs also print the space at which they wrapped; where a document shows that habit, a
line without it ends there, however full it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from competency.documents.reading.glyphs import SOFT_HYPHEN, PrintedLine

# What begins a line of its own: a bullet, a number with its sign or before a capital, a heading.
_ITEM = re.compile(
    r"(?:[-*\u2022\u2013\u25cf\u25aa\u25e6\u2023\uf0b7\uf0a7\uf0d8]|\d{1,3}[.)]|#{1,6})\s"
    r"|\d{1,3}\s+[A-Z]"
)
_LABEL = re.compile(r"^(\W|\d{1,3}[.)])\t")
_EMPTY_AT_MOST = 10


_Group = tuple[int, int, int]


@dataclass(frozen=True)
class Measures:
    """What is the same on all pages: the right edge, the leading of a line, the habit of spaces."""

    edges: dict[_Group, float]
    leading: float  # of one point of font size
    spaces: str  # "wraps": only wrapped lines end with a space; "all": most lines; "none"


def authored_lines(printed: Sequence[PrintedLine]) -> tuple[list[str], list[int]]:
    """Return the lines as authored and the page of each."""
    measures = _measure(printed)
    columns = _columns(printed)
    furniture = _furniture(printed)
    lines: list[str] = []
    pages: list[int] = []
    for before, line in zip([None, *printed], printed, strict=False):
        text = _tabbed(line, columns)
        moving = before is not None and not {id(before), id(line)} & furniture
        if before is not None and moving and _wrapped(before, line, measures):
            glue = "" if _cut(before) else " "
            lines[-1] = lines[-1].removesuffix(SOFT_HYPHEN) + glue + line.text.strip()
            continue
        empty = _empty_lines(before, line, measures.leading) if before else 0
        lines += [""] * empty + [text]
        pages += [line.page] * (empty + 1)
    return [line.replace(SOFT_HYPHEN, "-") for line in lines], pages


def _measure(printed: Sequence[PrintedLine]) -> Measures:
    edges = _edges(printed)
    full: list[bool] = []
    short: list[bool] = []
    for before, line in pairwise(printed):
        if before.page == line.page and line.y < before.y:
            (short if _fits(before, line, edges) else full).append(before.trailing)
    if sum(full) < max(1, 0.1 * len(full)):
        spaces = "none"
    else:
        spaces = "wraps" if sum(short) <= 0.1 * len(short) else "all"
    return Measures(edges, _leading(printed), spaces)


def _group(line: PrintedLine) -> _Group:
    """Return what lines of one column share: the page's middle, where they begin, their size."""
    return round(line.centre), round(line.last_start / 2), round(line.size)


def _edges(printed: Sequence[PrintedLine]) -> dict[_Group, float]:
    """Return the right edge of each column: its own, left of the page's, or else the page's."""
    pages: dict[int, list[PrintedLine]] = defaultdict(list)
    groups: dict[_Group, list[PrintedLine]] = defaultdict(list)
    for line in printed:
        pages[round(line.centre)].append(line)
        groups[_group(line)].append(line)
    sides = {shape: _page_edge(lines) for shape, lines in pages.items()}
    edges = {}
    for group, lines in groups.items():
        own, side = max(line.right for line in lines), sides[group[0]]
        narrow = side - own > 2.5 * lines[0].size and _has_edge(lines)
        edges[group] = own if narrow else side
    return edges


def _page_edge(lines: Sequence[PrintedLine]) -> float:
    """Return the right margin, which mirrors the left one unless the lines show another."""
    size = Counter(round(line.size) for line in lines).most_common(1)[0][0]
    right = max(line.right for line in lines)
    mirrored = lines[0].centre - min(line.left for line in lines)
    shown = mirrored - right > 2.5 * size and _has_edge(lines)
    return right if shown else max(right, mirrored)


def _has_edge(lines: Sequence[PrintedLine]) -> bool:
    """Say whether lines look like text that was wrapped at the right end of the longest.

    That takes lines of some length, and many of them that come near to the end of the longest.
    """
    right, size = max(line.right for line in lines), lines[0].size
    near = sum(right - line.right < 6 * size for line in lines)
    wide = right - min(line.last_start for line in lines) > 15 * size
    return wide and len(lines) >= 8 and near >= 0.4 * len(lines)


def _fits(
    before: PrintedLine, line: PrintedLine, edges: dict[_Group, float], spare: float = 0.0
) -> bool:
    """Say whether the first word of a line would have fitted on the line before it.

    ``spare`` is room that must be left: the padding of a cell, where a wrap is likely anyway.
    """
    space = 0.0 if _cut(before) else before.space
    return before.right + space + line.first_word + spare <= edges[_group(before)] + 0.5


def _cut(line: PrintedLine) -> bool:
    """Say whether a line ends within a word, at its hyphen."""
    return not line.trailing and bool(re.search(r"\w[-\u2010\u00ad]$", line.text))


def _wrapped(before: PrintedLine, line: PrintedLine, measures: Measures) -> bool:
    if abs(before.size - line.size) > 0.1 * before.size:
        return False
    if before.page == line.page:
        gap = before.y - line.y
        if not 0 < gap < 1.4 * measures.leading * before.size:
            return False
    elif line.page != before.page + 1:
        return False
    if line.left > before.last_start + 4 * before.size or line.starts:
        # It begins further right, or is a row of a table.
        return False
    told = before.trailing and measures.spaces == "wraps"
    if _fits(before, line, measures.edges, 2 * before.size if told else 0.0):
        return False
    if told:
        return True
    if _ITEM.match(line.text):
        return False
    # Where not even the space had room, it may not have been printed.
    edge = measures.edges[_group(before)]
    full = before.right + before.space > edge - 0.15 * before.size
    return measures.spaces == "none" or before.trailing or full or _cut(before)


def _leading(printed: Sequence[PrintedLine]) -> float:
    """Return the usual distance of baselines, for each point of font size."""
    found = Counter(
        round((before.y - line.y) / before.size, 1)
        for before, line in pairwise(printed)
        if before.page == line.page and 0.9 < (before.y - line.y) / before.size < 2.2
    )
    most = max(found.values(), default=0)
    return min((value for value, count in found.items() if count >= 0.5 * most), default=1.2)


def _empty_lines(before: PrintedLine, line: PrintedLine, leading: float) -> int:
    if before.page != line.page or line.y >= before.y:
        return 0
    gap = (before.y - line.y) / (leading * max(before.size, line.size))
    return 0 if gap < 1.4 else min(max(1, round(gap) - 1), _EMPTY_AT_MOST)


def _columns(printed: Sequence[PrintedLine]) -> set[tuple[int, int]]:
    """Return where columns begin, as page and place: where two texts begin after a wide gap."""
    found = Counter((line.page, round(x)) for line in printed for x in line.starts)
    return {place for place, count in found.items() if count >= 2}


def _tabbed(line: PrintedLine, columns: set[tuple[int, int]]) -> str:
    """Return a line with a tab before it if it begins where a column does."""
    text = _LABEL.sub(r"\1 ", line.text)
    return "\t" + text if (line.page, round(line.left)) in columns else text


def _furniture(printed: Sequence[PrintedLine]) -> set[int]:
    """Return the ids of lines that stand at one height of several pages: their heads and feet."""
    places: dict[tuple[str, int], set[int]] = defaultdict(set)

    def key(line: PrintedLine) -> tuple[str, int]:
        return re.sub(r"\d+", "0", line.text.strip()), round(line.y)

    for line in printed:
        places[key(line)].add(line.page)
    return {id(line) for line in printed if len(places[key(line)]) > 1}
