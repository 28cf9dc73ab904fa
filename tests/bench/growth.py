"""How figures grow with the data: steps of ten times, and panels for the plots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tests.bench.figures import Figure
from tests.bench.goals import GOALS
from tests.bench.plots import Panel

LINEAR = 1.15  # what a step may be beyond linear before it is marked: the noise of a median
COSTS = ("ms", "s", "MB")


def growth_rows(figures: Sequence[Figure], sizes: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Give for each cost of ours the factor of each step, marked where it is worse than linear."""
    rows = {(f.what, f.size): f.value for f in figures if f.goal == "rows"}
    for (goal, what), line in _costs(figures).items():
        if len(line) < 2:
            continue
        query = what.partition(": ")[0] if goal == "query" else ""
        pairs = list(pairwise(sizes))
        answer = [_factor(rows.get((query, low)), rows.get((query, high))) for low, high in pairs]
        steps = [_factor(line.get(low), line.get(high)) for low, high in pairs]
        cells = (_step(*each) for each in zip(pairs, steps, answer, strict=True))
        name = _name(figures, query) if query else what
        yield (name, *cells, ", ".join(_times(each) for each in answer) if query else "")


def _step(sizes: tuple[int, int], step: float | None, answer: float | None) -> str:
    """Write a step; one that is worse than linear in the data and in the answer is marked."""
    if step is None:
        return "-"
    most = LINEAR * max(sizes[1] / sizes[0], answer or 0)
    return f"**{_times(step)}**" if step > most else _times(step)


def _times(factor: float | None) -> str:
    return "-" if factor is None else f"{factor:.2g}x" if factor < 100 else f"{factor:.0f}x"


def _factor(low: float | None, high: float | None) -> float | None:
    return high / low if low and high is not None else None


def _name(figures: Sequence[Figure], query: str) -> str:
    return next((f.note for f in figures if f.goal == "rows" and f.what == query), query)


def _costs(figures: Sequence[Figure]) -> dict[tuple[str, str], dict[int, float]]:
    """Return our costs that have a size: the value by size, by goal and label."""
    found: dict[tuple[str, str], dict[int, float]] = {}
    for figure in figures:
        ours = figure.goal != "query" or figure.what.endswith(": ours")
        if figure.size and figure.unit in COSTS and ours and figure.goal != "loading":
            found.setdefault((figure.goal, figure.what), {})[figure.size] = figure.value
    return found


def panels(figures: Sequence[Figure]) -> Iterator[tuple[str, str, list[Panel]]]:
    """Give the plots: the name of a file, a title, and what is in it."""
    lines: dict[str, dict[str, dict[int, float]]] = {}
    for figure in figures:
        if figure.goal == "query" and (not figure.note or figure.note.startswith("differs")):
            query, _, engine = figure.what.partition(": ")
            line = lines.setdefault(query, {}).setdefault(engine, {})
            line[figure.size] = figure.value
    found = [Panel(_name(figures, query), "ms", line) for query, line in lines.items()]
    yield "queries", "Milliseconds of each query at each size", found
    others = [
        Panel(what[:38], _unit(figures, goal, what), {"ours": line})
        for (goal, what), line in _costs(figures).items()
        if goal in GOALS and len(line) > 1
    ]
    yield "growth", "Costs beside queries at each size", others


def _unit(figures: Sequence[Figure], goal: str, what: str) -> str:
    return next(f.unit for f in figures if (f.goal, f.what) == (goal, what) and f.unit in COSTS)
