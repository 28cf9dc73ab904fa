"""Things on a circle, with lines between them: which frameworks have how much in common."""

from __future__ import annotations

import math
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
from competency.server.pages.drawing.layers import Tie

_BOX, _PAD, _INSET = 190.0, 8.0, 10.0
_THIN, _THICK = 1.5, 12.0
_FLAT, _TOP = 1.45, 42.0  # how much wider than high, and the room above and below


@dataclass(frozen=True)
class Circled:
    """One thing on the circle: its key, its title, a remark, where it leads."""

    key: str
    title: str
    remark: str
    url: str | None = None


def circle(
    things: Sequence[Circled],
    ties: Sequence[tuple[Tie, str | None]],
    *,
    title: str,
    description: str,
) -> Markup:
    """Return the picture; each tie comes with where it leads, and is as thick as its count."""
    radius = max(150.0, 34.0 * len(things))
    wide = radius * _FLAT + _BOX / 2 + 4
    places = {}
    for number, thing in enumerate(things):
        angle = 2 * math.pi * number / max(1, len(things)) - math.pi / 2
        place = (wide + radius * _FLAT * math.cos(angle), _TOP + radius * (1 + math.sin(angle)))
        places[thing.key] = place
    bottom = max((y for _x, y in places.values()), default=0.0)
    most = max((tie.count for tie, _url in ties), default=1)
    shapes = [_line(tie, tie.count / most, url, places) for tie, url in ties]
    shapes += [_thing(thing, *places[thing.key]) for thing in things]
    return picture(
        shapes,
        2 * wide,
        bottom + _TOP,
        title=title,
        description=description,
        name="round",
        links=True,
    )


def _line(
    tie: Tie, share: float, url: str | None, places: dict[str, tuple[float, float]]
) -> Markup:
    (x1, y1), (x2, y2) = places[tie.start], places[tie.end]
    line = element(
        "line",
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        stroke_width=_THIN + (_THICK - _THIN) * share,
        class_=f"d-chord {tie.sort}",
        data_from=tie.start,
        data_to=tie.end,
    )
    return linked(url, line, title=tie.title)


def _thing(thing: Circled, x: float, y: float) -> Markup:
    label = wrap(thing.title, _BOX - 2 * _INSET, 2)
    height = (len(label) + bool(thing.remark)) * LINE + 2 * _PAD
    left, top = x - _BOX / 2, y - height / 2
    remark = lines([thing.remark], left + _INSET, top + _PAD + 13 + len(label) * LINE, "d-remark")
    inside = joined(
        (
            box(left, top, _BOX, height),
            lines(label, left + _INSET, top + _PAD + 13),
            remark,
        )
    )
    return linked(thing.url, inside, title=thing.title, class_="d-node", data_node=thing.key)
