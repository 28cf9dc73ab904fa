"""Plots of growth as small SVG files: panels of lines, both axes in powers of ten.

They read the same in light and in dark: text takes the reader's preference, lines have colours of
a middle tone, and each its own dashes and marks, so that no colour has to be told from another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, ACROSS = 300, 210, 3
LEFT, TOP, RIGHT, BOTTOM = 52, 30, 12, 34
STYLES = (
    ("#2f7fc4", "", "circle"),
    ("#2f7fc4", "2 3", "ring"),
    ("#d2762a", "", "square"),
    ("#8f63b8", "7 3", "diamond"),
    ("#3a965c", "9 3 2 3", "cross"),
    ("#b3527b", "1 3", "circle"),
)
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#333}.h{font-weight:600}.g{stroke:#9995;fill:none}"
    ".l{fill:none;stroke-width:2}@media(prefers-color-scheme:dark){text{fill:#ddd}}"
)
Points = Mapping[int, float]  # size and value


@dataclass(frozen=True)
class Panel:
    """One set of axes: its title and, by name, the lines in it."""

    title: str
    unit: str
    lines: Mapping[str, Points]


def plot(title: str, panels: Sequence[Panel]) -> str:
    """Return panels as one SVG, with one legend for all.

    >>> plot("Growth", [Panel("a", "ms", {"ours": {1000: 1.0, 10000: 2.0}})])[:4]
    '<svg'
    """
    names = list(dict.fromkeys(name for panel in panels for name in panel.lines))
    rows = -(-len(panels) // ACROSS)
    width, height = ACROSS * WIDTH, rows * HEIGHT + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
    ]
    for place, panel in enumerate(panels):
        x, y = place % ACROSS * WIDTH, place // ACROSS * HEIGHT
        parts += [f'<g transform="translate({x} {y})">', *_panel(panel, names), "</g>"]
    parts += [f'<g transform="translate({LEFT} {rows * HEIGHT + 14})">', *_legend(names), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel, names: Sequence[str]) -> Iterable[str]:
    yield f'<text class="h" x="{LEFT}" y="16">{escape(panel.title)}</text>'
    sizes = [size for line in panel.lines.values() for size in line]
    values = [value for line in panel.lines.values() for value in line.values() if value > 0]
    if not values:
        return
    across, up = _powers(sizes), _powers(values)
    for power in range(across[0], across[1] + 1):
        x = _place(10.0**power, across, LEFT, WIDTH - RIGHT)
        yield f'<path class="g" d="M{x:.0f} {TOP}V{HEIGHT - BOTTOM}"/>'
        yield f'<text x="{x:.0f}" y="{HEIGHT - 18}" text-anchor="middle">{_short(power)}</text>'
    for power in range(up[0], up[1] + 1):
        y = _place(10.0**power, up, HEIGHT - BOTTOM, TOP)
        yield f'<path class="g" d="M{LEFT} {y:.0f}H{WIDTH - RIGHT}"/>'
        text = f"{_short(power)} {panel.unit}"
        yield f'<text x="{LEFT - 5}" y="{y + 4:.0f}" text-anchor="end">{text}</text>'
    for name, line in panel.lines.items():
        spots = [
            (_place(size, across, LEFT, WIDTH - RIGHT), _place(value, up, HEIGHT - BOTTOM, TOP))
            for size, value in sorted(line.items())
            if value > 0
        ]
        yield from _line(spots, names.index(name))


def _line(spots: Sequence[tuple[float, float]], style: int) -> Iterable[str]:
    colour, dashes, mark = STYLES[style % len(STYLES)]
    way = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    yield f'<path class="l" stroke="{colour}"{dashed} d="M{way}"/>'
    for x, y in spots:
        yield _mark(mark, x, y, colour)


def _mark(mark: str, x: float, y: float, colour: str) -> str:
    shapes = {
        "circle": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>',
        "ring": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="none" stroke="{colour}" stroke-width="1.5"/>',
        "square": f'<path fill="{colour}" d="M{x - 3:.1f} {y - 3:.1f}h6v6h-6z"/>',
        "diamond": f'<path fill="{colour}" d="M{x:.1f} {y - 4:.1f}l4 4l-4 4l-4 -4z"/>',
        "cross": f'<path stroke="{colour}" stroke-width="2" d="M{x - 3:.1f} {y - 3:.1f}l6 6m0 -6l-6 6"/>',
    }
    return shapes[mark]


def _legend(names: Sequence[str]) -> Iterable[str]:
    x = 0.0
    for place, name in enumerate(names):
        yield from _line([(x, 0), (x + 26, 0)], place)
        yield f'<text x="{x + 33:.0f}" y="4">{escape(name)}</text>'
        x += 60 + 6.6 * len(name)


def _powers(values: Iterable[float]) -> tuple[int, int]:
    """Return the powers of ten around values."""
    found = [math.log10(value) for value in values]
    low, high = math.floor(min(found) + 0.02), math.ceil(max(found) - 0.02)
    return low, max(high, low + 1)


def _place(value: float, powers: tuple[int, int], start: float, end: float) -> float:
    share = (math.log10(value) - powers[0]) / (powers[1] - powers[0])
    return start + share * (end - start)


def _short(power: int) -> str:
    """Write a power of ten.

    >>> _short(4), _short(6), _short(-1)
    ('10k', '1M', '0.1')
    """
    for least, unit in ((9, "G"), (6, "M"), (3, "k")):
        if power >= least:
            return f"{10 ** (power - least)}{unit}"
    return f"{10**power:g}" if power >= 0 else f"{10.0**power:.{-power}f}"
