"""A tree in columns from left to right, with ties from its nodes to others at the far right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from competency.server.pages.drawing.elements import (
    LINE,
    box,
    curve,
    element,
    joined,
    lines,
    linked,
    measure,
    picture,
    wrap,
)

_GAP, _CHANNEL, _INSET, _PAD = 8.0, 46.0, 9.0, 5.0
_SMALL = 11.5
_LINE, _THICKEST = 1.8, 9.0


@dataclass(frozen=True)
class Node:
    """A box of a tree: a key that is its own, its text, a remark, where it leads, a class.

    ``more`` is how many things below it are not drawn.
    """

    key: str
    title: str
    remark: str = ""
    url: str | None = None
    sort: str = ""
    below: tuple[Node, ...] = ()
    full: str = ""
    more: int = 0

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it."""
        yield self
        for node in self.below:
            yield from node.walk()


@dataclass(frozen=True)
class Tie:
    """A line from a node to another one, by their keys; ``count`` is how much it stands for."""

    start: str
    end: str
    sort: str
    title: str
    count: int = 1


@dataclass
class _Placed:
    """Where a node stands: its column, its corner, its size."""

    node: Node
    x: float
    y: float
    width: float
    label: list[str] = field(default_factory=list)

    @property
    def height(self) -> float:
        return _height(self.label, self.node.remark)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def layers(
    roots: Sequence[Node],
    far: Sequence[Node] = (),
    ties: Sequence[Tie] = (),
    *,
    title: str,
    description: str,
    name: str,
    column: float = 210.0,
    rows: int = 2,
) -> Markup:
    """Return the picture of trees and of what they are tied to.

    ``far`` has one tree for each framework at the other end: its head and, below it, its nodes.
    ``column`` is how wide boxes are, ``rows`` how many lines of text they hold.
    """
    layout = _Layout(column, rows)
    for root in roots:
        layout.tree(root)
    layout.beside(far)
    shapes = [*layout.branches(), *layout.ties(ties), *layout.nodes()]
    return picture(
        shapes,
        layout.width,
        layout.height,
        title=title,
        description=description,
        name=name,
        links=True,
    )


class _Layout:
    """Where everything stands: leaves one under the other, each parent in the middle of its own."""

    def __init__(self, column: float, rows: int) -> None:
        self._column, self._rows = column, rows
        self._placed: dict[str, _Placed] = {}
        self._down: list[tuple[str, str]] = []
        self._y = 2.0
        self._deep = 0

    @property
    def width(self) -> float:
        """Return how wide the picture is."""
        return max((item.x + item.width for item in self._placed.values()), default=1.0) + 2

    @property
    def height(self) -> float:
        """Return how tall it is."""
        return max((item.y + item.height for item in self._placed.values()), default=1.0) + 2

    def tree(self, node: Node, depth: int = 0) -> _Placed:
        """Place a node and what is below it."""
        self._deep = max(self._deep, depth)
        placed = self._place(node, 2 + depth * (self._column + _CHANNEL))
        start = self._y
        below = [self.tree(child, depth + 1) for child in node.below]
        self._down += [(node.key, child.key) for child in node.below]
        if below:
            placed.y = max(start, (below[0].middle + below[-1].middle - placed.height) / 2)
            self._y = max(self._y, placed.y + placed.height + _GAP)
        else:
            placed.y = self._y
            self._y += placed.height + _GAP
        return placed

    def beside(self, far: Sequence[Node]) -> None:
        """Place what is at the other end in a column of its own, in the middle of the picture."""
        if not far:
            return
        x = 2 + (self._deep + 1) * (self._column + _CHANNEL) + 2 * _CHANNEL
        column = [item for head in far for item in self._under(head, x)]
        tall = column[-1].y + column[-1].height
        spare = max(0.0, (self._y - _GAP - tall) / 2)
        for item in column:
            item.y += spare

    def _under(self, head: Node, x: float) -> Iterator[_Placed]:
        start = max((i.y + i.height for i in self._placed.values() if i.x >= x), default=-_GAP)
        y = start + _GAP * (2 if start > 0 else 1)
        for node in head.walk():
            placed = self._place(node, x if node is head else x + _INSET)
            placed.y = y
            y += placed.height + _GAP
            yield placed

    def _place(self, node: Node, x: float) -> _Placed:
        more = measure(f"+{node.more}", _SMALL) + _INSET if node.more else 0
        label = wrap(node.title, self._column - 2 * _INSET - more, self._rows)
        placed = _Placed(node, x, 0, self._column, label)
        self._placed[node.key] = placed
        return placed

    def branches(self) -> Iterator[Markup]:
        """Yield the lines of the trees."""
        for above, below in self._down:
            one, two = self._placed[above], self._placed[below]
            path = curve(one.x + one.width, one.middle, two.x, two.middle)
            yield element("path", d=path, class_="d-branch", data_from=above, data_to=below)

    def ties(self, ties: Sequence[Tie]) -> Iterator[Markup]:
        """Yield the lines to the other end."""
        for tie in ties:
            one, two = self._placed[tie.start], self._placed[tie.end]
            path = curve(one.x + one.width, one.middle, two.x, two.middle)
            yield element(
                "path",
                element("title", tie.title),
                d=path,
                class_=f"d-tie {tie.sort}",
                stroke_width=min(_THICKEST, _LINE + (tie.count - 1)),
                data_from=tie.start,
                data_to=tie.end,
            )

    def nodes(self) -> Iterator[Markup]:
        """Yield the boxes with their texts."""
        for item in self._placed.values():
            yield _drawn(item)


def _drawn(item: _Placed) -> Markup:
    node, x, y = item.node, item.x, item.y
    inside = [
        box(x, y, item.width, item.height, f"d-box {node.sort}".rstrip()),
        lines(item.label, x + _INSET, y + _PAD + 13),
    ]
    if node.remark:
        text = wrap(node.remark, item.width - 2 * _INSET, 1, _SMALL)
        inside.append(lines(text, x + _INSET, y + _PAD + 12 + len(item.label) * LINE, "d-remark"))
    if node.more:
        inside.append(
            element("text", f"+{node.more}", x=x + item.width - 6, y=y + _PAD + 13, class_="d-more")
        )
    full = node.full or node.title
    return linked(node.url, joined(inside), title=full, class_="d-node", data_node=node.key)


def _height(label: Sequence[str], remark: str) -> float:
    return max(1, len(label)) * LINE + (LINE - 2 if remark else 0) + 2 * _PAD
