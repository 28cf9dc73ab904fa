"""Measure everything at every size, and write docs/benchmarks.md.

    python -m tests.bench [--sizes 10k,100k,1m,10m] [--only query,clients,...] [--quick] [--again]

What was measured is kept in --place, so that a run that was stopped goes on where it was, and one
area can be measured again (--only AREA --again); the page is made of all that is there.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tests.bench.areas import AREAS, DATA, QUADS, measured, there
from tests.bench.figures import Figure
from tests.bench.making import publish_made, write_quads
from tests.bench.report import write_page
from tests.bench.results import Results

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}
QUICK = "10k,100k"
PLACE = Path(tempfile.gettempdir(), "competency-bench")
DOCS = Path(__file__).parents[2] / "docs"


def main() -> None:
    """Read the options, run, write the page."""
    asked = _asked()
    place: Path = asked.place
    place.mkdir(parents=True, exist_ok=True)
    results = Results(place / "figures.jsonl")
    wanted = list(wanted_areas(asked.sizes.split(","), asked.only.split(",") if asked.only else []))
    if not asked.page:
        _run(wanted, place, results, again=asked.again)
    Console().print(f"written: {write_page(results.runs(), asked.out)}")


def _asked() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    reader.add_argument("--sizes", default=",".join(SIZES), help="of " + ",".join(SIZES))
    reader.add_argument("--only", default="", help="areas, of " + ",".join(AREAS))
    reader.add_argument("--out", type=Path, default=DOCS, help="the folder of the page")
    reader.add_argument("--place", type=Path, default=PLACE, help="where data and figures are kept")
    reader.add_argument(
        "--again", action="store_true", help="measure what was measured before, too"
    )
    reader.add_argument("--page", action="store_true", help="measure nothing, write the page only")
    reader.add_argument(
        "--quick", action="store_const", dest="sizes", const=QUICK, help=f"--sizes {QUICK}"
    )
    return reader.parse_args()


def wanted_areas(sizes: list[str], only: list[str]) -> Iterator[tuple[str, str]]:
    """Give the areas and the names of sizes in the order they are measured.

    >>> next(wanted_areas(["10k"], ["query", "starting"]))
    ('starting', '10k')
    """
    names = [name for name in AREAS if name in (only or AREAS)]
    yield from ((name, sizes[0]) for name in names if not AREAS[name].sized)
    for label in sizes:
        yield from ((name, label) for name in names if AREAS[name].sized)


def _run(wanted: list[tuple[str, str]], place: Path, results: Results, *, again: bool) -> None:
    with _progress() as bar:
        task = bar.add_task("", total=len(wanted))
        for name, label in wanted:
            size = SIZES[label] if AREAS[name].sized else 0
            if there(name) and (again or not results.has(name, size)):
                _measure(name, label, place, results, _teller(bar, task, f"{name} {label}"))
            bar.advance(task)


def _teller(bar: Progress, task: object, what: str) -> Callable[[str], None]:
    def tell(said: str) -> None:
        bar.update(task, description=f"{what}: {said}")  # type: ignore[arg-type]

    return tell


def _progress() -> Progress:
    columns = (TextColumn("{task.completed}/{task.total}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, TextColumn("{task.description}"), console=Console(stderr=True))


def _measure(
    name: str, label: str, place: Path, results: Results, tick: Callable[[str], None]
) -> None:
    """Make the data where they are missing, measure an area, and keep its figures."""
    here = place / label
    here.mkdir(exist_ok=True)
    _make(SIZES[label], here, tick)
    tick("what was written goes to the disk")
    os.sync()  # else the disk is still at work on it while others are measured
    started = time.monotonic()
    size = SIZES[label] if AREAS[name].sized else 0
    figures: list[Figure] = list(measured(name, SIZES[label], here, tick))
    results.add(name, size, time.monotonic() - started, figures)


def _make(size: int, here: Path, tick: Callable[[str], None]) -> None:
    if not (here / QUADS).exists():
        tick("making frameworks")
        write_quads(size, here / QUADS)
    if not (here / DATA / "current").exists():
        tick("publishing frameworks")
        publish_made(here / QUADS, here / DATA)


if __name__ == "__main__":
    main()
