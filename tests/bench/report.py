"""docs/benchmarks.md, made of what was measured: goals, queries, growth, everything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.goals import GOALS, Goal
from tests.bench.growth import growth_rows, panels
from tests.bench.peers import LIMIT, PATIENCE
from tests.bench.plots import plot
from tests.bench.query import BUDGET, RESTING
from tests.bench.results import Run

PICTURES = "benchmarks"
TEXTS = Path(__file__).parent / "texts"
ENGINES = ("ours", "ours, answers kept", "Oxigraph", "rdflib-endpoint", "Virtuoso")
SAID = {"limit": LIMIT, "patience": PATIENCE, "budget": BUDGET, "resting": RESTING}
TOLD = ("query", "rows", "version", "missing")  # goals whose figures have tables of their own


def write_page(runs: Sequence[Run], docs: Path) -> Path:
    """Write the page and its pictures below ``docs`` and return the page."""
    figures = [figure for run in runs for figure in run.figures]
    sizes = sorted({figure.size for figure in figures if figure.size})
    page = docs / "benchmarks.md"
    (docs / PICTURES).mkdir(parents=True, exist_ok=True)
    for name, title, found in panels(figures):
        (docs / PICTURES / f"{name}.svg").write_text(plot(title, found), encoding="utf-8")
    text = "\n".join(_page(runs, figures, sizes)) + "\n"
    page.write_text(text, encoding="utf-8")
    return page


def _page(runs: Sequence[Run], figures: Sequence[Figure], sizes: Sequence[int]) -> Iterator[str]:
    yield _text("head")
    yield from _machine(runs, figures)
    yield "\n## Goals\n"
    yield from _goals(figures, sizes)
    yield "\n## Queries\n"
    yield _text("queries")
    for size in sizes:
        yield from _queries(figures, size)
    yield f"\n![Each query at each size]({PICTURES}/queries.svg)"
    yield "\n## Growth\n"
    yield _text("growth")
    yield f"![Everything else at each size]({PICTURES}/growth.svg)\n"
    yield from table(("what", *_steps(sizes), "the answer itself"), growth_rows(figures, sizes))
    yield "\n## All other figures\n"
    yield from _others(figures, sizes)
    yield _text("method").rstrip()


def _text(name: str) -> str:
    """Return a text with the numbers that it names, such as ``{patience:g}``."""
    return (TEXTS / f"{name}.md").read_text(encoding="utf-8").format(**SAID)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give the lines of a table in Markdown."""
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def label(size: int) -> str:
    """Write a size.

    >>> label(10_000), label(1_000_000)
    ('10k', '1M')
    """
    return f"{size // 1_000_000}M" if size >= 1_000_000 else f"{size // 1_000}k"


def number(value: float) -> str:
    """Write a figure with three digits that count.

    >>> number(1234.5), number(12.345), number(0.01234)
    ('1,234', '12.3', '0.0123')
    """
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _machine(runs: Sequence[Run], figures: Sequence[Figure]) -> Iterator[str]:
    """Tell what was used; where runs differ, all there is."""
    said: dict[str, dict[str, None]] = {}
    for run in runs:
        for name, value in run.machine.items():
            said.setdefault(name, {})[value] = None
    rows = [(name, "; ".join(values)) for name, values in said.items()]
    peers = dict.fromkeys(f"{f.what} {f.note}" for f in figures if f.goal == "version")
    rows.append(("beside", ", ".join(peers) or "nothing"))
    took = sum(run.seconds for run in runs)
    rows.append(("measuring took", f"{took / 60:.0f} minutes, without making the data"))
    yield from table(("", ""), rows)


def _steps(sizes: Sequence[int]) -> list[str]:
    return [f"{label(low)} to {label(high)}" for low, high in pairwise(sizes)]


# ------------------------------------------------------------------ goals


def _goals(figures: Sequence[Figure], sizes: Sequence[int]) -> Iterator[str]:
    heads = ("goal", "key", "aimed at", *map(label, sizes), "")
    yield from table(heads, (_goal(goal, figures, sizes) for goal in GOALS.values()))
    missed = [goal for goal in GOALS.values() if _verdict(goal, figures).startswith("**")]
    if missed:
        yield "\nWhat stands in the way of those in bold:\n"
    for goal in missed:
        yield f"- `{goal.key}`: {goal.missed or 'not looked into yet.'}"


def _goal(goal: Goal, figures: Sequence[Figure], sizes: Sequence[int]) -> tuple[str, ...]:
    cells = [_cell(goal, figures, size) for size in sizes]
    if not any(goal.sizes):
        cells = [_cell(goal, figures, 0), *[""] * (len(sizes) - 1)]
    return (goal.what, f"`{goal.key}`", goal.text, *cells, _verdict(goal, figures))


def _cell(goal: Goal, figures: Sequence[Figure], size: int) -> str:
    value = goal.value(size, figures)
    if value is None:
        return "-"
    text = f"{'> ' if _is_bound(goal, figures, size) else ''}{number(value)} {goal.unit}"
    if size not in goal.sizes:
        return f"({text})"
    return text if goal.holds(value) else f"**{text}**"


def _is_bound(goal: Goal, figures: Sequence[Figure], size: int) -> bool:
    """Say whether what was measured is a lower bound only."""
    here = (figure for figure in figures if (figure.goal, figure.size) == (goal.key, size))
    return any(figure.note.startswith("at least") for figure in here)


def _verdict(goal: Goal, figures: Sequence[Figure]) -> str:
    values = [goal.value(size, figures) for size in goal.sizes]
    short = [
        size
        for size, value in zip(goal.sizes, values, strict=True)
        if value is not None and not goal.holds(value)
    ]
    if short:
        bounds = goal.at_least and all(_is_bound(goal, figures, size) for size in short)
        return "**not shown**" if bounds else "**missed**"
    if any(value is None for value in values):
        return "met where measured" if any(v is not None for v in values) else "not measured"
    return "met"


# ------------------------------------------------------------------ queries


def _queries(figures: Sequence[Figure], size: int) -> Iterator[str]:
    here = [figure for figure in figures if figure.size == size]
    times = {figure.what: figure for figure in here if figure.goal == "query"}
    if not times:
        return
    yield f"\n{label(size)} triples, milliseconds:\n"
    names = [name for name in ENGINES if any(what.endswith(f": {name}") for what in times)]
    rows = [figure for figure in here if figure.goal == "rows"]
    yield from table(
        ("query", "rows", *names),
        (
            (row.note, f"{row.value:,.0f}", *(_time(times, row.what, name) for name in names))
            for row in rows
        ),
    )
    notes = dict.fromkeys(_remark(figure, rows) for figure in times.values() if figure.note)
    missing = [f"{f.what}: {f.note}" for f in here if f.goal == "missing"]
    if notes or missing:
        yield ""
    yield from (f"- {note}" for note in (*notes, *missing))


def _time(times: dict[str, Figure], query: str, engine: str) -> str:
    figure = times.get(f"{query}: {engine}")
    if figure is None:
        return "-"
    if figure.note and not figure.note.startswith("differs"):
        return "none"
    return number(figure.value) + (" (differs)" if figure.note else "")


def _remark(figure: Figure, rows: Sequence[Figure]) -> str:
    query, _, engine = figure.what.partition(": ")
    what = next((row.note for row in rows if row.what == query), query)
    return f"{engine}, {what}: {figure.note}"


# ------------------------------------------------------------------ the rest


def _others(figures: Sequence[Figure], sizes: Sequence[int]) -> Iterator[str]:
    rows: dict[tuple[str, str, str], dict[int, Figure]] = {}
    for figure in figures:
        if figure.goal not in TOLD:
            rows.setdefault((figure.goal, figure.what, figure.unit), {})[figure.size] = figure
    yield from table(
        ("key", "what", "unit", *map(label, sizes), "rounds", "of the largest"),
        (_other(key, found, sizes) for key, found in sorted(rows.items())),
    )


def _other(
    key: tuple[str, str, str], found: dict[int, Figure], sizes: Sequence[int]
) -> tuple[str, ...]:
    goal, what, unit = key
    last = found[max(found)]
    if 0 in found:
        cells = [number(found[0].value), *[""] * (len(sizes) - 1)]
    else:
        cells = [number(found[size].value) if size in found else "-" for size in sizes]
    return (f"`{goal}`", what, unit, *cells, str(last.rounds), last.note)
