"""What was measured, kept as lines of JSON: one for each area at each size, the last one counts."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure
from tests.bench.machine import machine

STANDING = ("loading",)  # goals of which earlier figures stay when they are not measured again


@dataclass(frozen=True)
class Run:
    """One area measured at one size: the figures, how long it took, on which machine."""

    area: str
    size: int
    seconds: float
    machine: dict[str, str]
    figures: tuple[Figure, ...]


class Results:
    """The runs in a file."""

    def __init__(self, file: Path) -> None:
        """Look at ``file``, which need not be there yet."""
        self.file = file

    def add(self, area: str, size: int, seconds: float, figures: Iterable[Figure]) -> None:
        """Write a run at the end."""
        row: dict[str, Any] = {"area": area, "size": size, "seconds": round(seconds, 1)}
        row |= {"machine": machine(), "figures": [asdict(figure) for figure in figures]}
        row |= {"when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
        with self.file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")

    def runs(self) -> list[Run]:
        """Return the last run of each area at each size, in the order of the sizes."""
        last: dict[tuple[str, int], Run] = {}
        if not self.file.exists():
            return []
        for line in self.file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            key = (row["area"], row["size"])
            found = tuple(Figure(**figure) for figure in row["figures"])
            kept = _standing(last[key].figures, found) if key in last else ()
            last[key] = Run(*key, row["seconds"], row["machine"], (*found, *kept))
        return sorted(last.values(), key=lambda run: (run.size, run.area))

    def has(self, area: str, size: int) -> bool:
        """Return whether an area was measured at a size."""
        return any((run.area, run.size) == (area, size) for run in self.runs())


def _standing(before: Iterable[Figure], now: tuple[Figure, ...]) -> tuple[Figure, ...]:
    fresh = {(figure.goal, figure.what) for figure in now}
    return tuple(f for f in before if f.goal in STANDING and (f.goal, f.what) not in fresh)
