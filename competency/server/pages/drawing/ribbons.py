"""Two columns of boxes with ribbons between them: what of the left is also on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from competency.server.pages.drawing.elements import (
    LINE,
    box,
    element,
    joined,
    lines,
    linked,
    picture,
    wrap,
)

WIDTH, COLUMN = 960.0, 300.0
_GAP, _PAD, _TOP = 14.0, 9.0, 34.0
_THICKEST, _ROOM = 15.0, 300.0  # of one thing in a ribbon, and of all things together
_INSET = 12.0


@dataclass(frozen=True)
class End:
    """A box at one end: its title, a remark under it, and how much of it is covered, 0 to 1."""

    title: str
    remark: str
    share: float
    url: str | None = None


@dataclass(frozen=True)
class Ribbon:
    """What two boxes have in common: their places, how many things, a class, words, a link."""

    left: int
    right: int
    count: int
    sort: str
    title: str
    url: str | None = None


def ribbons(
    heads: tuple[str, str],
    sides: tuple[Sequence[End], Sequence[End]],
    between: Sequence[Ribbon],
    *,
    title: str,
    description: str,
) -> Markup:
    """Return the picture of two sides; the width of a ribbon is the number of things in it."""
    total = max(1, sum(ribbon.count for ribbon in between))
    unit = min(_THICKEST, _ROOM / total)
    columns = [
        _Column(ends, [_weight(between, side, place) * unit for place in range(len(ends))])
        for side, ends in enumerate(sides)
    ]
    height = max(column.height for column in columns)
    for column in columns:
        column.spread(height)
    shapes = [
        *(_band(ribbon, unit, columns) for ribbon in _in_order(between)),
        *_boxes(columns[0], 0, heads[0]),
        *_boxes(columns[1], WIDTH - COLUMN, heads[1]),
    ]
    return picture(
        shapes, WIDTH, height + 2, title=title, description=description, name="ribbons", links=True
    )


class _Column:
    """The boxes of one side: where each begins, how tall it is, how far it is filled."""

    def __init__(self, ends: Sequence[End], weights: Sequence[float]) -> None:
        self.ends = ends
        self.labels = [wrap(end.title, COLUMN - 2 * _INSET, 2) for end in ends]
        self.heights = [
            max(len(label) * LINE + LINE + 2 * _PAD + 4, weight + 2 * _PAD)
            for label, weight in zip(self.labels, weights, strict=True)
        ]
        self._used = [
            max(0.0, (height - weight) / 2)
            for height, weight in zip(self.heights, weights, strict=True)
        ]
        self._gap = _GAP

    @property
    def height(self) -> float:
        """Return how tall the column is."""
        return _TOP + sum(self.heights) + self._gap * max(0, len(self.heights) - 1)

    def spread(self, height: float) -> None:
        """Make the column as tall as the other one, within reason."""
        if len(self.heights) > 1:
            more = (height - self.height) / (len(self.heights) - 1)
            self._gap += min(more, 40.0)

    def top(self, place: int) -> float:
        """Return where a box begins."""
        return _TOP + sum(self.heights[:place]) + self._gap * place

    def take(self, place: int, thickness: float) -> float:
        """Return where the next ribbon at a box begins."""
        start = self.top(place) + self._used[place]
        self._used[place] += thickness
        return start


def _weight(between: Sequence[Ribbon], side: int, place: int) -> int:
    return sum(item.count for item in between if (item.left, item.right)[side] == place)


def _in_order(between: Sequence[Ribbon]) -> list[Ribbon]:
    """Return ribbons so that those at one box do not cross each other."""
    return sorted(between, key=lambda item: (item.left, item.right))


def _band(ribbon: Ribbon, unit: float, columns: Sequence[_Column]) -> Markup:
    thick = ribbon.count * unit
    x1, x2 = COLUMN, WIDTH - COLUMN
    y1, y2 = columns[0].take(ribbon.left, thick), columns[1].take(ribbon.right, thick)
    middle = (x1 + x2) / 2
    path = (
        f"M{x1:.0f} {y1:.1f}C{middle:.0f} {y1:.1f} {middle:.0f} {y2:.1f} {x2:.0f} {y2:.1f}"
        f"v{thick:.1f}C{middle:.0f} {y2 + thick:.1f} {middle:.0f} {y1 + thick:.1f} "
        f"{x1:.0f} {y1 + thick:.1f}z"
    )
    band = element("path", d=path, class_=f"d-ribbon {ribbon.sort}")
    number = element("text", str(ribbon.count), x=x1 + 10, y=y1 + thick / 2 + 4, class_="d-count")
    return linked(ribbon.url, band, number, title=ribbon.title, class_="d-band")


def _boxes(column: _Column, x: float, head: str) -> list[Markup]:
    shapes = [lines(wrap(head, COLUMN, 1), x, 20, "d-head")]
    for place, end in enumerate(column.ends):
        top, height, label = column.top(place), column.heights[place], column.labels[place]
        text = (height - (len(label) + 1) * LINE - 4) / 2
        inside = joined(
            (
                box(x, top, COLUMN, height, "d-box" if end.share else "d-box d-bare"),
                lines(label, x + _INSET, top + text + 13),
                lines([end.remark], x + _INSET, top + text + 13 + len(label) * LINE, "d-remark"),
                _bar(x + 5, top + height - 5, (COLUMN - 10) * end.share),
            )
        )
        shapes.append(linked(end.url, inside, title=f"{end.title}: {end.remark}"))
    return shapes


def _bar(x: float, y: float, width: float) -> Markup:
    """Return the line at the foot of a box that says how much of it is covered."""
    if width <= 0:
        return Markup("")
    return element("rect", x=x, y=y, width=width, height=3, rx=1.5, class_="d-share")
