"""What a run says at its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tests.soak.load import Load
from tests.soak.measuring import ALLOWED, Sample, judged

_SHOWN = 30  # wrong things that are told in full


def print_requests(console: Console, load: Load) -> None:
    """Print what was sent, what came back, and how long that took."""
    table = Table("sent", "how often", "by status", "median", "95 %", "99 %", "longest")
    sorts: dict[str, dict[str, int]] = defaultdict(dict)
    for (sort, status), number in sorted(load.counts.items()):
        sorts[sort][status] = number
    for sort, statuses in sorts.items():
        times = sorted(load.times.get(sort, ()))
        shown = [_seconds(_at(times, part)) for part in (0.5, 0.95, 0.99, 1.0)]
        came = ", ".join(f"{status}: {number:,}" for status, number in statuses.items())
        table.add_row(sort, f"{sum(statuses.values()):,}", came, *shown)
    console.print(table)


def _at(times: Sequence[float], part: float) -> float | None:
    return times[min(len(times) - 1, int(len(times) * part))] if times else None


def _seconds(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value * 1000:,.0f} ms" if value < 1 else f"{value:,.1f} s"


def print_holdings(console: Console, samples: Sequence[Sample]) -> list[str]:
    """Print what the server held, and whether that is flat; return the figures that are not."""
    table = Table(
        "held", "at first", "second third", "last third", "gain", "allowed", "flat", "why"
    )
    verdicts = judged(samples)
    for verdict in verdicts:
        row = ALLOWED[verdict.figure]
        name = f"{verdict.figure} {f'({row.unit})' if row.unit else ''}"
        first = samples[0].figures[verdict.figure]
        numbers = (first, verdict.second, verdict.last, verdict.gain, verdict.allowed)
        shown = [f"{number:,.1f}" for number in numbers]
        table.add_row(name, *shown, "yes" if verdict.flat else "NO", row.why)
    console.print(table)
    console.print(
        f"Flat: the median of the last third ({samples[-1].seconds / 180:.1f} minutes) is above that "
        f"of the second by at most what is allowed; {len(samples)} measurements in all."
    )
    return [verdict.figure for verdict in verdicts if not verdict.flat]


def print_wrong(console: Console, wrong: Sequence[str]) -> None:
    """Print what was wrong, each with how to get it again."""
    for text in wrong[:_SHOWN]:
        console.print("WRONG " + text, markup=False, highlight=False, soft_wrap=True)
    if len(wrong) > _SHOWN:
        console.print(f"and {len(wrong) - _SHOWN:,} more")
