"""What each module of the benchmark is given, and what it gives back.

def measure(bed: Bed) -> Iterator[Figure]:
    bed.tick("asking for a page")
    yield Figure("page-warm", bed.size, "page of a part, warm", 1.2, "ms", rounds=7)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Bed:
    """Data of one size, ready to be measured on, and a place for what is made meanwhile."""

    size: int  # triples, about
    quads: Path  # N-Quads, a named graph for each framework
    data: Path  # a data directory as `competency publish --data` makes it; never written to
    place: Path  # a directory for whatever the module likes
    tick: Callable[[str], None]  # tells whoever looks on what is being done


@dataclass(frozen=True)
class Figure:
    """One measured figure, for a goal of `tests.bench.goals`.

    The figures of a goal that have its unit are what is set beside it, of several the worst; those
    of another unit (a time beside a ratio) are shown as well.
    """

    goal: str  # key of the goal; a key of no goal is a figure to look at
    size: int  # triples, 0 where it has nothing to do with size
    what: str  # a short label
    value: float
    unit: str  # "ms", "s", "MB", "x", "1/s"
    rounds: int = 1
    note: str = ""
