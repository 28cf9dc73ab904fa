"""Shapes that lead back to themselves, and shapes inside shapes inside shapes."""

from __future__ import annotations

from collections.abc import Iterable

from competency.errors import ShapesError
from competency.shapes.engine.constraints.logic import Not, One, Qualified
from competency.shapes.engine.model import Shape
from competency.shapes.engine.reading import name_of

MAX_DEPTH = 50


def mark_circles(shapes: Iterable[Shape]) -> None:
    """Give each circle of shapes a number; refuse what is undecided or nested too deeply.

    ShapesError where a shape leads back to itself through a negation, since SHACL does not say
    what that means (section 3.4.3), and where more than MAX_DEPTH shapes are inside each other.

    >>> mark_circles([])
    """
    all_ = list(shapes)
    for number, circle in enumerate(_circles(all_)):
        for shape in circle:
            shape.cycle = number
    for shape in all_:
        for constraint in shape.constraints:
            if isinstance(constraint, Not | One | Qualified):
                _check_negation(shape, constraint.shapes, constraint)
    _check_depth(all_)


def _check_negation(shape: Shape, asked: Iterable[Shape], constraint: object) -> None:
    grows = isinstance(constraint, Qualified) and constraint.is_positive
    leads_back = shape.cycle is not None and any(other.cycle == shape.cycle for other in asked)
    if leads_back and not grows:
        reason = "the shape leads back to itself through sh:not, sh:xone or a count"
        raise ShapesError(f"shapes, {name_of(shape.node)}", f"{reason}; take that apart")


def _asked(shape: Shape) -> list[Shape]:
    return [other for constraint in shape.constraints for other in constraint.shapes]


def _circles(shapes: list[Shape]) -> list[list[Shape]]:
    """Return the sets of shapes that lead to each other, by Tarjan's algorithm, unrolled."""
    order: dict[Shape, int] = {}
    low: dict[Shape, int] = {}
    open_: list[Shape] = []
    is_open: set[Shape] = set()
    found: list[list[Shape]] = []
    for start in shapes:
        walk = [] if start in order else [(start, iter(_asked(start)))]
        while walk:
            shape, others = walk[-1]
            if shape not in order:
                order[shape] = low[shape] = len(order)
                open_.append(shape)
                is_open.add(shape)
            for other in others:
                if other not in order:
                    walk.append((other, iter(_asked(other))))
                    break
                if other in is_open:
                    low[shape] = min(low[shape], order[other])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[shape])
                if low[shape] == order[shape]:
                    circle = [open_.pop()]
                    while circle[-1] is not shape:
                        circle.append(open_.pop())
                    is_open.difference_update(circle)
                    if len(circle) > 1 or shape in _asked(shape):
                        found.append(circle)
    return found


def _check_depth(shapes: list[Shape]) -> None:
    """Refuse shapes too deep inside each other; the shapes of a circle count as one."""
    level = set(shapes)
    for _ in range(MAX_DEPTH):
        level = {
            other
            for shape in level
            for other in _asked(shape)
            if other.cycle is None or other.cycle != shape.cycle
        }
        if not level:
            return
    deepest = min(name_of(shape.node) for shape in level)
    reason = f"more than {MAX_DEPTH} shapes are inside each other; name some, and ask less of them"
    raise ShapesError(f"shapes, {deepest}", reason)
