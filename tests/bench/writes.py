"""Writing: publishing one framework, loading everything, and the memory of serving it.

    python -m tests.bench --only writes

A publication is timed as people do it: the whole command, validation among it, and a PUT to a
server that has been written to before; into much data in turns with one into little, so that what
is told of growth is not the mood of the machine. Loading alternates with ``oxigraph load`` of the same
lines; with the gate on it is another job, so it is told apart. Memory is what the processes of
``competency serve`` hold together after pages, searches and queries (proportional set size).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from competency.graph import NamedGraph
from tests.bench.figures import Bed, Figure
from tests.bench.frameworks import framework
from tests.bench.peers import PeerMissing, load_oxigraph
from tests.servers import BEARER, Server, server

ROUNDS = 5  # publications of each kind
LITTLE, LITTLE_NAME = 100_000, "100k"  # triples that growth is told from, and where they are
FRESH = 5_000_000  # number of a framework that is in no data
GATED_MOST = 1_000_000  # triples up to which loading with the gate on is timed
LOADS = {10_000: 3, 100_000: 3, 1_000_000: 2}  # rounds; else one
Side = TypeVar("Side")
_COMP = "https://w3id.org/competency/ns#"
_QUERIES = (
    f"SELECT ?k (COUNT(*) AS ?n) {{ ?p <{_COMP}inFramework> ?f ; a ?k }} GROUP BY ?k",
    f"SELECT ?p ?t {{ ?p <{_COMP}text> ?t FILTER(CONTAINS(?t, 'tools')) }} LIMIT 200",
    f"SELECT ?f (COUNT(?p) AS ?n) {{ ?p <{_COMP}inFramework> ?f }} GROUP BY ?f ORDER BY ?f LIMIT 50",
)
_WORDS = ("tools", "customer safety", "record", "sta", "plan the work")


def measure(bed: Bed) -> Iterator[Figure]:
    """Publish, serve, load; the longest comes last."""
    yield from _publishing(bed)
    yield _memory(bed)
    yield from _loading(bed)


# ------------------------------------------------------------------ one framework


def _publishing(bed: Bed) -> Iterator[Figure]:
    with contextlib.ExitStack() as stack:
        places = [stack.enter_context(_copied(data)) for data in (bed.data, *beside_little(bed))]
        times = in_turns(places, partial(_by_command, bed), ROUNDS)
        yield from _published(bed, "competency publish, the whole command", times)
        servers = [stack.enter_context(server("--data", place)) for place in places]
        for running in servers:
            _by_put(bed, running, 100 + ROUNDS)  # the first one only warms
        times = in_turns(servers, partial(_by_put, bed), ROUNDS)
        yield from _published(bed, "PUT to a running server", times)


def beside_little(bed: Bed) -> Iterator[Path]:
    """Give the data of 100,000 triples, if they are there and those of a bed are more.

    [*beside_little(bed)]
    """
    little = bed.data.parents[1] / LITTLE_NAME / bed.data.name
    if bed.size > LITTLE and little.exists():
        yield little


def in_turns(
    sides: Sequence[Side], publish: Callable[[Side, int], float], rounds: int
) -> list[list[float]]:
    """Publish on each side, the other way round every second time; return the seconds of each.

    in_turns([much, little], lambda place, number: 1.0, rounds=5)
    """
    times: list[list[float]] = [[] for _ in sides]
    for number in range(rounds):
        for place, side in list(enumerate(sides))[:: -1 if number % 2 else 1]:
            times[place].append(publish(side, number))
    return times


def _published(bed: Bed, what: str, times: list[list[float]]) -> Iterator[Figure]:
    """Give the median of a kind of publication, and how it has grown."""
    yield _median(bed, "publish", what, times[0])
    if len(times) > 1:
        much, little = map(statistics.median, times)
        note = f"{much:.2f} s, into {LITTLE:,} triples {little:.2f} s, in turns"
        yield Figure(
            "publish-growth", bed.size, f"{what}: growth", much / little, "x", len(times[0]), note
        )


def _by_command(bed: Bed, data: Path, number: int) -> float:
    bed.tick(f"publish {number + 1}")
    file = bed.place / "one.nt"
    file.write_bytes(_lines(_fresh(number)))
    return _timed("publish", file, "--data", data)


def _by_put(bed: Bed, running: Server, number: int) -> float:
    bed.tick(f"PUT {number}")
    graph = _fresh(100 + number)
    body, headers = _lines(graph), BEARER | {"Content-Type": "application/n-triples"}
    path = "/graphs?graph=" + quote(graph.name, safe="")
    started = time.perf_counter()
    status, _, said = running.ask("PUT", path, body, headers)
    seconds = time.perf_counter() - started
    assert status == 201, said[:200]
    return seconds


def _fresh(number: int) -> NamedGraph:
    return framework(FRESH + number).graph()


def _lines(graph: NamedGraph) -> bytes:
    return ox.serialize(graph.triples, format=ox.RdfFormat.N_TRIPLES) or b""


@contextlib.contextmanager
def _copied(data: Path) -> Iterator[Path]:
    """Give a data directory like another one: its files are the same until one is written."""
    place = data.with_name("written")
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(data, place, copy_function=os.link, symlinks=True)
    for name in ("current", "lock"):  # a pointer is replaced, but never through a second name
        if (place / name).exists():
            (place / name).unlink()
            shutil.copy2(data / name, place / name)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


# ------------------------------------------------------------------ memory


def _memory(bed: Bed) -> Figure:
    with server("--data", bed.data, "--timeout", "60") as running:
        for path in _looked_at(bed):
            bed.tick(f"GET {path[:40]}")
            status, _, _ = running.ask("GET", path, timeout=120)
            assert status < 500, f"{status} {path}"
        kilobytes, processes = _held(running.process.pid)
    note = f"{processes} processes"
    return Figure("memory", bed.size, "proportional set size", kilobytes / 1000, "MB", note=note)


def _looked_at(bed: Bed) -> Iterator[str]:
    """Give what is asked for: pages of many frameworks, their data, searches, queries."""
    yield from ("/", "/editions")
    count = max(1, bed.size // 2_140)
    for number in range(0, count, max(1, count // 100)):
        iri = quote(f"https://example.org/made/f{number}", safe="")
        yield from (f"/entity?iri={iri}", f"/page?iri={iri}", f"/data?iri={iri}&format=turtle")
    yield from ("/search?" + urlencode({"q": words}) for words in _WORDS)
    yield from ("/sparql?" + urlencode({"query": text}) for text in _QUERIES)


def _held(process: int) -> tuple[int, int]:
    """Return the kilobytes that a process and all below it hold, and how many they are."""
    total = count = 0
    waiting = [process]
    while waiting:
        here = Path("/proc", str(waiting.pop()))
        with contextlib.suppress(OSError):  # ended meanwhile
            for task in here.glob("task/*/children"):
                waiting += map(int, task.read_text().split())
            rows = (here / "smaps_rollup").read_text().splitlines()
            total += next(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
            count += 1
    return total, count


# ------------------------------------------------------------------ everything


def _loading(bed: Bed) -> Iterator[Figure]:
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(LOADS.get(bed.size, 1)):
        for load in (_ours, _theirs) if number % 2 else (_theirs, _ours):
            load(bed, theirs if load is _theirs else ours)
    yield _median(bed, "loading", "competency publish --no-gate, everything", ours)
    if theirs:
        yield _median(bed, "loading", "oxigraph load", theirs)
        ratio = statistics.median(ours) / statistics.median(theirs)
        yield Figure("load", bed.size, "gate off, through oxigraph load", ratio, "x", len(ours))
    if bed.size <= GATED_MOST:
        gated: list[float] = []
        _ours(bed, gated, gate=True)
        yield _median(bed, "loading", "competency publish, everything, validated", gated)


def _ours(bed: Bed, times: list[float], *, gate: bool = False) -> None:
    bed.tick("competency publish" + (", validated" if gate else ""))
    with _emptied(bed.place / "loaded") as place:
        words: list[str | Path] = [bed.quads, "--data", place]
        words += [] if gate else ["--no-gate"]
        times.append(_timed("publish", *words, may_refuse=gate))


def _theirs(bed: Bed, times: list[float]) -> None:
    with _emptied(bed.place / "loaded-oxigraph") as place, contextlib.suppress(PeerMissing):
        times.append(load_oxigraph(bed, place))


@contextlib.contextmanager
def _emptied(place: Path) -> Iterator[Path]:
    shutil.rmtree(place, ignore_errors=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _timed(*words: str | Path, may_refuse: bool = False) -> float:
    """Run a command of ours and return its seconds; what it says goes nowhere."""
    command = [sys.executable, "-m", "competency", *map(str, words)]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    seconds = time.perf_counter() - started
    assert done.returncode in ((0, 1) if may_refuse else (0,)), done.stderr[-300:]
    return seconds


def _median(bed: Bed, goal: str, what: str, times: list[float]) -> Figure:
    return Figure(goal, bed.size, what, statistics.median(times), "s", rounds=len(times))
