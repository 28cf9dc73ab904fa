"""Boxes with rows in them and arrows from rows to other boxes, as class diagrams have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from competency.server.pages.drawing.elements import (
    LINE,
    arrow,
    box,
    curve,
    element,
    lines,
    linked,
    picture,
    wrap,
)

_WIDTH, _CHANNEL, _GAP, _INSET, _HEAD = 250.0, 70.0, 18.0, 10.0, 30.0
_SMALL = 12.0


@dataclass(frozen=True)
class Row:
    """One line of a box: a name, what is said of it, the box it leads to, where a click leads."""

    name: str
    remark: str = ""
    to: str | None = None
    url: str | None = None
    sort: str = ""


@dataclass(frozen=True)
class Compartment:
    """A box: its key, its title, its rows, where its title leads."""

    key: str
    title: str
    rows: tuple[Row, ...] = ()
    url: str | None = None


def compartments(
    columns: Sequence[Sequence[Compartment]],
    *,
    title: str,
    description: str,
    name: str,
    width: float = _WIDTH,
) -> Markup:
    """Return the picture of boxes in columns; arrows lead only to boxes further right."""
    layout = _Layout(width)
    for number, column in enumerate(columns):
        layout.column(number, column)
    shapes = [*layout.boxes(), *layout.arrows()]
    return picture(
        shapes,
        layout.right + 2,
        layout.bottom + 2,
        title=title,
        description=description,
        name=name,
        links=True,
    )


@dataclass(frozen=True)
class _Placed:
    item: Compartment
    x: float
    y: float
    lines: tuple[tuple[str, ...], ...]  # what each row says, in lines

    @property
    def height(self) -> float:
        return _HEAD + sum(_tall(row) for row in self.lines) + (6 if self.lines else 0)

    def row(self, place: int) -> float:
        return self.y + _HEAD + sum(_tall(row) for row in self.lines[:place])


class _Layout:
    """Where the boxes stand."""

    def __init__(self, width: float) -> None:
        self._width = width
        self._placed: dict[str, _Placed] = {}
        self.right = self.bottom = 0.0

    def column(self, number: int, column: Sequence[Compartment]) -> None:
        """Place the boxes of a column one under the other."""
        x, y = 2 + number * (self._width + _CHANNEL), 2.0
        for item in column:
            said = tuple(tuple(wrap(_said(r), self._width - 2 * _INSET, 3)) for r in item.rows)
            placed = _Placed(item, x, y, said)
            self._placed[item.key] = placed
            y += placed.height + _GAP
            self.bottom = max(self.bottom, y - _GAP)
        self.right = max(self.right, x + self._width)

    def boxes(self) -> Iterator[Markup]:
        """Yield the boxes."""
        for placed in self._placed.values():
            item, x, y = placed.item, placed.x, placed.y
            yield box(x, y, self._width, placed.height, "d-box")
            head = lines(
                wrap(item.title, self._width - 2 * _INSET, 1), x + _INSET, y + 20, "d-name"
            )
            yield linked(item.url, head, title=item.title)
            if item.rows:
                yield element(
                    "line", x1=x, x2=x + self._width, y1=y + _HEAD, y2=y + _HEAD, class_="d-rule"
                )
            for place, row in enumerate(item.rows):
                text = lines(
                    placed.lines[place],
                    x + _INSET,
                    placed.row(place) + 17,
                    f"d-row {row.sort}".rstrip(),
                )
                yield linked(row.url, text, title=_said(row))

    def arrows(self) -> Iterator[Markup]:
        """Yield the lines from rows to boxes."""
        for placed in self._placed.values():
            for place, row in enumerate(placed.item.rows):
                end = self._placed.get(row.to or "")
                if end is not None and end.x > placed.x:
                    y = placed.row(place) + LINE / 2 + 4
                    x = end.x - 1
                    path = curve(placed.x + self._width, y, x - 6, end.y + _HEAD / 2)
                    yield element("path", d=path, class_="d-line")
                    yield arrow(x, end.y + _HEAD / 2)


def _said(row: Row) -> str:
    return f"{row.name}: {row.remark}" if row.remark else row.name


def _tall(row: Sequence[str]) -> float:
    return max(1, len(row)) * LINE + 4
