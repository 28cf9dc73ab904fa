"""The areas that are measured: a module each, run in a process of its own, for so long at most."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.figures import Bed, Figure

QUADS, DATA = "made.nq", "data"  # in the place of a size
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Area:
    """A module, whether it depends on the size of the data, and the seconds it may take."""

    module: str
    sized: bool
    seconds: int  # at 10M triples; at others half of it


AREAS = {
    "query": Area("tests.bench.query", True, 2600),  # two may be waited for, see peers.PATIENCE
    "clients": Area("tests.bench.clients", True, 400),
    "resources": Area("tests.bench.resources", True, 300),
    "writes": Area("tests.bench.writes", True, 900),
    "starting": Area("tests.bench.starting", False, 240),
}


def there(name: str) -> bool:
    """Return whether the module of an area is there."""
    return importlib.util.find_spec(AREAS[name].module) is not None


def measured(name: str, size: int, place: Path, tick: Callable[[str], None]) -> Iterator[Figure]:
    """Measure an area in a process of its own, which is ended when its time is over."""
    area = AREAS[name]
    seconds = area.seconds if size > 1_000_000 else area.seconds / 2
    words = [sys.executable, "-m", __name__, name, str(size), str(place)]
    with (place / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=log, cwd=_ROOT, start_new_session=True
        )
        over = threading.Event()
        timer = threading.Timer(seconds, _end, (process, over))
        timer.start()
        try:
            yield from _read(process, tick)
        finally:
            timer.cancel()
            _end_group(process, signal.SIGTERM)
    if over.is_set():
        yield Figure("missing", size, name, 0, "", note=f"stopped after {seconds:.0f} s")
    elif process.returncode:
        yield Figure("missing", size, name, 0, "", note=_last_line(place / f"{name}.log"))


def _read(process: subprocess.Popen[bytes], tick: Callable[[str], None]) -> Iterator[Figure]:
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            row = json.loads(line)
            if "tick" in row:
                tick(row["tick"])
            else:
                yield Figure(**row)
    process.wait()


def _end(process: subprocess.Popen[bytes], over: threading.Event) -> None:
    """End a process gently, then with all that it started."""
    over.set()
    process.send_signal(signal.SIGINT)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        _end_group(process, signal.SIGKILL)


def _end_group(process: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    """Send a signal to whatever is left of the group that a process began."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, sign)


def _last_line(file: Path) -> str:
    lines = file.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else "ended"


def main() -> None:
    """Measure one area in this process, and write lines of JSON."""
    reader = argparse.ArgumentParser(description="One area of python -m tests.bench.")
    reader.add_argument("area", choices=AREAS)
    reader.add_argument("size", type=int)
    reader.add_argument("place", type=Path)
    asked = reader.parse_args()
    module = importlib.import_module(AREAS[asked.area].module)
    place: Path = asked.place
    bed = Bed(asked.size, place / QUADS, place / DATA, place, lambda said: _write({"tick": said}))
    figure: Figure
    for figure in module.measure(bed):
        _write(asdict(figure))


def _write(row: dict[str, object]) -> None:
    print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
