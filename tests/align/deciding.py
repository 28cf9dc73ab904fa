"""Two small frameworks whose suggestions are decided, and a table as a person edits it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date

from competency import KnowledgeGraph
from competency.align import Options, Suggestion, suggest
from competency.align.review import Work, read_work, suggested
from competency.graph.received import File
from competency.graph.sssom import MappingSet, write
from tests.align.common import BASE, framework, graph_of

DAY, LATER = date(2026, 11, 27), date(2026, 12, 24)
BAKING = framework(
    "baking",
    "Weighs the flour for every loaf.",
    "Listens to what customers ask for.",
    ("NegativeIndicator", "Forgets to weigh flour."),
    ("PerformanceCriterion", "Keeps the place of work clean."),
)
WELDING = framework(
    "welding",
    "Weighs rods and flour before work.",
    "Asks clients what they want and listens.",
    ("NegativeIndicator", "Forgets to keep the place clean."),
    "Weighs the flour, for every LOAF",
)
Row = dict[str, str]


def both() -> KnowledgeGraph:
    """Return the two frameworks, read anew."""
    return graph_of(BAKING, WELDING)


def offered(
    decided: Iterable[tuple[str, str]] = (),
    graph: KnowledgeGraph | None = None,
    *,
    contrasts: bool = True,
    turned: bool = False,
) -> tuple[Suggestion, ...]:
    """Return what is suggested once some pairs are decided."""
    graph = graph or both()
    left, right = (graph.framework(BASE + name) for name in ("baking", "welding"))
    options = Options(per_part=20, contrasts=contrasts, decided=list(decided))
    return suggest(right, left, options) if turned else suggest(left, right, options)


def work_of(found: Iterable[Suggestion], *, turned: bool = False) -> MappingSet:
    """Return suggestions as a work file."""
    ends = both().frameworks
    return suggested(found, ends[::-1] if turned else ends, date=DAY)


def edited(found: MappingSet, change: Callable[[Row], Row]) -> bytes:
    """Return the table of a set after somebody went over its rows in a spreadsheet."""
    lines = write(found).decode().splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    rows = list(csv.DictReader(io.StringIO("".join(lines[start:])), delimiter="\t"))
    out = io.StringIO()
    table = csv.DictWriter(out, list(rows[0]), delimiter="\t", lineterminator="\n")
    table.writeheader()
    table.writerows(change(dict(row)) for row in rows)
    return ("".join(lines[:start]) + out.getvalue()).encode()


def read_back(data: bytes, name: str = "work.sssom.tsv") -> Work:
    """Return the work file that some bytes are."""
    return read_work(File(name, data, "text/tab-separated-values"))


def said(status: str, number: int = 0, **more: str) -> Callable[[Row], Row]:
    """Return a change that writes a status, and more, into one row of a table."""
    count = iter(range(1_000_000))

    def change(row: Row) -> Row:
        return {**row, "status": status, **more} if next(count) == number else row

    return change
