"""What validation costs: the shipped five, one framework, and many with seeded faults.

    python -m tests.bench.validation [TRIPLES ...] [--sample FRAMEWORKS] [--plain TRIPLES] [--times N]

Without sizes 100,000 triples are judged. Plain pySHACL, without its queries kept from one node to
the next, is run on a sample of whole frameworks, by turns with ours, and extrapolated by triples;
``--plain`` runs it over so many triples at once as well, which takes minutes. Prints tables in
Markdown: seconds, the most memory that all processes had together (proportional set size), and
whether the results are exactly the faults that were seeded.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDFS, Graph, URIRef

from competency import KnowledgeGraph
from competency.graph import DataDirectory, NamedGraph, publish
from competency.graph.judging import Cache
from competency.ontology import own_vocabulary
from competency.shapes import Report, load_shapes
from tests.bench.frameworks import BASE, Frameworks, framework, iri
from tests.bench.mixed import _below, _memory

FAULTS_PER_TRIPLE = 1_900 / 1_000_000
GOALS = {"shipped": 1.0, "one": 0.3}  # seconds


def main() -> None:
    """Run and print."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("triples", type=int, nargs="*", default=[100_000])
    reader.add_argument("--sample", type=int, default=3)
    reader.add_argument("--plain", type=int, default=0)
    reader.add_argument("--times", type=int, default=3)
    reader.add_argument("--job", help=argparse.SUPPRESS)
    reader.add_argument("--place", default="", help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.job:
        print(json.dumps(_job(asked.job, asked.triples[0], asked.place)))
        return
    _small()
    ours = [_large(size, asked.times) for size in asked.triples]
    plain = _sample(asked.sample, asked.times) if asked.sample else 0.0
    if plain:
        _compare(ours, plain)
    if asked.plain:
        _plain_whole(asked.plain)


def _table(*heads: str) -> None:
    print(f"\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")


def _row(*cells: object) -> None:
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


# ------------------------------------------------------------------ small things, in this process


def _small() -> None:
    """Measure the shipped five and one framework, warm."""
    one = KnowledgeGraph()
    one.add(framework(3, size=3_000).graph())
    shipped, cache = KnowledgeGraph.shipped(), Cache()
    works: dict[str, Callable[[], object]] = {
        f"the shipped five, {len(shipped):,} triples": shipped.validate,
        "the same, with reading the files": lambda: KnowledgeGraph.shipped().validate(),
        "the same, judged before": lambda: KnowledgeGraph.shipped().validate(cache=cache),
        f"one framework, {len(one):,} triples": one.validate,
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for name, work in works.items():
        times[name].append(_timed(work))
    for _ in range(7):
        for name, work in works.items():
            times[name].append(_timed(work))
    _table("what", "first, ms", "median, ms", "most, ms")
    for name, (first, *warm) in times.items():
        _row(name, *(f"{1000 * each:.0f}" for each in (first, statistics.median(warm), max(warm))))


# ------------------------------------------------------------------ large ones, in processes


def _large(size: int, times: int) -> tuple[int, float]:
    """Measure so many triples in every way; return the triples and the seconds in memory."""
    _table("triples", "how", "seconds", "of one processor", "peak MB", "results", "exact")
    found: dict[str, list[dict[str, float]]] = {how: [] for how in WAYS}
    with tempfile.TemporaryDirectory() as place:
        _publish(size, place)
        for _ in range(times if size <= 200_000 else 1):
            for how, rows in found.items():
                rows.append(_watched(how, size, place))
    for how, rows in found.items():
        middle = sorted(rows, key=lambda row: row["seconds"])[len(rows) // 2]
        peak = max(row["peak"] for row in rows)
        exact = "yes" if all(row["exact"] for row in rows) else "NO"
        times_ = (f"{middle[key]:.1f}" for key in ("seconds", "busy"))
        counts = f"{middle['results']:.0f}"
        _row(f"{middle['triples']:,.0f}", WAYS[how], *times_, f"{peak:.0f}", counts, exact)
    return size, statistics.median(row["seconds"] for row in found["memory"])


WAYS = {
    "memory": "in memory, all processors",
    "one": "in memory, one process",
    "edition": "published, on disk, all processors",
    "changed": "the same after one framework changed",
    "again": "the same, nothing changed",
}


def _watched(how: str, size: int, place: str) -> dict[str, float]:
    """Run a job in a process of its own, and watch the memory of all its processes."""
    words = [sys.executable, "-m", "tests.bench.validation", str(size), "--job", how]
    with subprocess.Popen([*words, "--place", place], stdout=subprocess.PIPE) as running:
        peak, over = [0.0], threading.Event()

        def watch() -> None:
            while not over.wait(0.25):
                every = (running.pid, *_below(running.pid))
                peak.append(sum(_memory(pid) for pid in every))

        watcher = threading.Thread(target=watch)
        watcher.start()
        assert running.stdout is not None
        told: dict[str, float] = json.loads(running.stdout.read())
        over.set()
        watcher.join()
    return told | {"peak": max(peak)}


def _made(size: int) -> Frameworks:
    return Frameworks(size, faults=round(size * FAULTS_PER_TRIPLE))


def _job(how: str, size: int, place: str) -> dict[str, float]:
    """Make or open the data, judge them, and return what that took."""
    made = _made(size)
    expected = made.expected()
    if how in ("memory", "one"):
        held = KnowledgeGraph()
        held.add(*made.graphs())
        return _judged(held, expected, 1 if how == "one" else None)
    directory, cache = DataDirectory(Path(place, "data")), Cache(Path(place, "judged"))
    if how == "edition":
        shutil.rmtree(Path(place, "judged"), ignore_errors=True)
    if how == "changed":
        with directory.require() as edition:
            graph = edition.graphs[f"{BASE}f1"]
            more = ox.Triple(
                ox.NamedNode(graph.name),
                iri("rdfs:seeAlso"),
                ox.NamedNode(graph.name + f"/{time.time()}"),
            )
            changed = NamedGraph(graph.name, (*graph.triples, more))
        publish(directory, [changed], gate=False)
    with directory.require() as edition:
        return _judged(KnowledgeGraph.of(edition), expected, None, cache)


def _publish(size: int, place: str) -> None:
    """Publish in another process, whose memory does not count here."""
    words = (
        "from tests.bench.validation import _made; from competency.graph import publish;"
        "from competency import DataDirectory;"
        f"publish(DataDirectory({place + '/data'!r}), _made({size}).graphs(), gate=False)"
    )
    subprocess.run([sys.executable, "-c", words], check=True)


def _judged(
    graph: KnowledgeGraph,
    expected: set[tuple[str, str]],
    processes: int | None,
    cache: Cache | None = None,
) -> dict[str, float]:
    gc.collect()
    busy, started = sum(_busy()), time.perf_counter()
    report = graph.validate(processes=processes, cache=cache)
    seconds, busy = time.perf_counter() - started, sum(_busy()) - busy
    return {
        "triples": len(graph),
        "seconds": seconds,
        "busy": busy,
        "results": len(report),
        "exact": float(told_pairs(report) == expected and len(report) == len(expected)),
    }


def _busy() -> tuple[float, float]:
    """Return the seconds of a processor that this process took, and those it started."""
    own, below = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime, below.ru_utime + below.ru_stime


def told_pairs(report: Report) -> set[tuple[str, str]]:
    """Return who is at fault by which shape."""
    return {(result.focus, result.shape.rpartition("#")[2]) for result in report}


# ------------------------------------------------------------------ plain pySHACL


def _sample(many: int, times: int) -> float:
    """Run plain pySHACL and ours by turns on whole frameworks; return its seconds per triple."""
    shapes, rows = load_shapes(), []
    _table("framework", "triples", "plain pySHACL, s", "ours, s", "times faster")
    for place in range(many):
        graph = KnowledgeGraph()
        graph.add(framework(place).graph())
        plain, ours = [], []
        for _ in range(min(times, 2)):
            plain.append(_timed(lambda graph=graph: _run_plain(graph.graphs(), shapes)))  # type: ignore[misc]
            ours.append(_timed(graph.validate))
        first, second = statistics.median(plain), statistics.median(ours)
        rows.append((len(graph), first))
        _row(place, f"{len(graph):,}", f"{first:.1f}", f"{second:.3f}", f"{first / second:.0f}")
    return sum(seconds for _, seconds in rows) / sum(size for size, _ in rows)


def _run_plain(graphs: object, shapes: Graph) -> bool:
    """Run pySHACL as anybody would, on the data with the class tree of the ontology."""
    from pyshacl import validate

    data = Graph()
    for graph in graphs:  # type: ignore[attr-defined]
        assert isinstance(graph, NamedGraph)
        for triple in graph.graph:
            data.add(triple)
    words = own_vocabulary().graph
    for property_ in (RDFS.subClassOf, RDFS.isDefinedBy):
        for subject, _, value in words.triples((None, property_, None)):
            if isinstance(subject, URIRef) and isinstance(value, URIRef):
                data.add((subject, property_, value))
    conforms, _, _ = validate(data, shacl_graph=shapes, inference="none", advanced=False)
    return bool(conforms)


def _compare(ours: list[tuple[int, float]], per_triple: float) -> None:
    _table("triples", "ours, s", "plain pySHACL, s (extrapolated by triples)", "times faster")
    for size, seconds in ours:
        plain = size * per_triple
        _row(f"{size:,}", f"{seconds:.1f}", f"{plain:,.0f}", f"{plain / seconds:,.0f}")


def _plain_whole(size: int) -> None:
    """Run both over so many triples at once, with faults."""
    made = Frameworks(size, faults=round(size * FAULTS_PER_TRIPLE))
    graph = KnowledgeGraph()
    graph.add(*made.graphs())
    ours = statistics.median(_timed(graph.validate) for _ in range(3))
    plain = _timed(lambda: _run_plain(graph.graphs(), load_shapes()))
    _table("triples at once", "plain pySHACL, s", "ours, s", "times faster")
    _row(f"{len(graph):,}", f"{plain:.0f}", f"{ours:.2f}", f"{plain / ours:.0f}")


if __name__ == "__main__":
    main()
