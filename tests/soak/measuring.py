"""What a server holds on to, measured from outside, and the rule by which that is flat.

The rule: the first third of a run is for warming up. The median of the last third may be above the
median of the second third by an allowance, for each figure its own; the table ``ALLOWED`` says why
it is so large. Medians of thirds, as memory goes up and down like a saw, and a line through a saw
leans to where it is cut off.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from competency.graph.judging import FOLDER


@dataclass(frozen=True)
class Allowance:
    """How much of something may be gained: a part of its median, or an amount, the larger."""

    unit: str
    part: float
    amount: float
    why: str

    def over(self, median: float) -> float:
        """Return the allowance for a figure with a median."""
        return max(self.amount, self.part * median)


ALLOWED: Mapping[str, Allowance] = {
    "memory, server": Allowance("MB", 0.05, 12, "what is kept of an edition differs by as much"),
    "memory, all": Allowance("MB", 0.10, 40, "a worker may grow by 64 MB before it is replaced"),
    "file handles, server": Allowance("", 0.10, 6, "connections and workers come and go"),
    "file handles, all": Allowance("", 0.10, 40, "three processes more, a dozen handles each"),
    "threads, all": Allowance("", 0.10, 8, "two for each process; processes come and go"),
    "processes": Allowance("", 0.10, 3, "workers are started when they are needed"),
    "temporary files": Allowance("", 0.0, 2, "one may be in use when it is counted"),
    "disk, judged": Allowance("MB", 0.0, 64, "what was judged before is kept, up to 64 MB"),
    "disk, the rest": Allowance(
        "MB", 0.10, 4, "twenty editions, each as large as what changed in it"
    ),
    "editions": Allowance("", 0.0, 4, "twenty, and those that somebody reads"),
}


@dataclass(frozen=True)
class Sample:
    """All figures at one moment, in seconds since the beginning."""

    seconds: float
    figures: Mapping[str, float]


@dataclass(frozen=True)
class Verdict:
    """Whether a figure stayed flat: its medians in the second and the last third of a run."""

    figure: str
    second: float
    last: float
    allowed: float

    @property
    def gain(self) -> float:
        """Return by how much it grew."""
        return self.last - self.second

    @property
    def flat(self) -> bool:
        """Say whether the gain was within the allowance."""
        return self.gain <= self.allowed


def judged(samples: Sequence[Sample]) -> list[Verdict]:
    """Return a verdict on each figure of at least three samples."""
    third = len(samples) // 3
    found = []
    for figure, allowance in ALLOWED.items():
        values = [sample.figures[figure] for sample in samples]
        second = statistics.median(values[third : 2 * third])
        last = statistics.median(values[2 * third :])
        found.append(Verdict(figure, second, last, allowance.over(second)))
    return found


def measure(server: int, data: Path, scratch: Path, began: float) -> Sample:
    """Measure a server by its process id, its data directory and its temporary files."""
    everyone = [server, *below(server)]
    figures = {
        "memory, server": _memory(server),
        "memory, all": sum(map(_memory, everyone)),
        "file handles, server": _count(server, "fd"),
        "file handles, all": sum(_count(pid, "fd") for pid in everyone),
        "threads, all": sum(_count(pid, "task") for pid in everyone),
        "processes": len(everyone),
        "temporary files": sum(1 for _ in _files(scratch)),
        "disk, judged": _disk(data / FOLDER),
        "disk, the rest": _disk(data) - _disk(data / FOLDER),
        "editions": sum(1 for item in (data / "editions").iterdir() if item.name.isdecimal()),
    }
    return Sample(time.monotonic() - began, {name: float(value) for name, value in figures.items()})


def below(pid: int) -> list[int]:
    """Return the processes that a process has started, and theirs."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            columns = status.read_text(encoding="utf-8").rpartition(")")[2].split()
            if columns[0] != "Z":
                parents.setdefault(int(columns[1]), []).append(int(status.parent.name))
    found, waiting = [], list(parents.get(pid, ()))
    while waiting:
        child = waiting.pop()
        found.append(child)
        waiting += parents.get(child, ())
    return found


def _memory(pid: int) -> float:
    """Return the MB that a process has for itself: its proportional set size."""
    with contextlib.suppress(OSError, StopIteration):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        line = next(line for line in text.splitlines() if line.startswith("Pss:"))
        return int(line.split()[1]) / 1024
    return 0.0


def _count(pid: int, what: str) -> int:
    with contextlib.suppress(OSError):
        return sum(1 for _ in Path(f"/proc/{pid}/{what}").iterdir())
    return 0


def _files(place: Path) -> list[Path]:
    """Return what is in a folder and below it; what vanishes meanwhile is left out."""
    found, waiting = [], [place]
    while waiting:
        with contextlib.suppress(OSError):
            for item in waiting.pop().iterdir():
                found.append(item)
                if item.is_dir() and not item.is_symlink():
                    waiting.append(item)
    return found


def _disk(place: Path) -> float:
    """Return the MB that a folder takes, a file with several names once."""
    sizes = {}
    for item in _files(place):
        with contextlib.suppress(OSError):
            status = item.lstat()
            sizes[status.st_dev, status.st_ino] = status.st_blocks * 512
    return sum(sizes.values()) / 1e6
