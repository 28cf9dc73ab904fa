"""Ten queries over HTTP: ours, with and without answers that are kept, beside its peers.

Every engine is asked every query once, which warms files and gives the answers to compare; then
round by round, one engine after the other, another one first in each round. Who is slow at first
is waited for, so that its time is measured and no bound, and is not asked again.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.asking import Asker, NoAnswer, TooLate
from tests.bench.figures import Bed, Figure
from tests.bench.peers import (
    GRACE,
    LIMIT,
    PATIENCE,
    Peer,
    PeerMissing,
    oxigraph,
    rdflib_endpoint,
)
from tests.bench.queries import Answer, Query, queries, read_answer
from tests.bench.virtuoso import virtuoso
from tests.servers import server

OURS, KEPT = "ours", "ours, answers kept"
PEERS = (oxigraph, rdflib_endpoint, virtuoso)
ROUNDS = 7
# Seconds for one query of one engine, without the first time, which only warms: whoever is past
# them is not asked again.
BUDGET = 8.0
RESTING = 180.0  # seconds that an engine may go on with what nobody waits for any more
UNASKED = "not asked: busy with one before"
OPTIONS = ("--timeout", f"{PATIENCE + GRACE:g}", "--no-gate")


@dataclass
class Engine:
    """One of those that are asked, and what came of it."""

    name: str
    asker: Asker
    pid: int
    times: dict[str, list[float]] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)  # why there is no answer
    late: set[str] = field(default_factory=set)  # of these, those that PATIENCE was too short for
    gone: bool = False

    def ask(self, query: Query, *, first: bool = False) -> None:
        """Ask once, if there is any sense in it."""
        times = self.times.setdefault(query.name, [])
        if self.gone and not times:
            self.refused.setdefault(query.name, UNASKED)
        if self.gone or query.name in self.refused or _is_enough(times):
            return
        try:
            seconds, body, media = self.asker.ask(query)
            if first:
                self.answers[query.name] = read_answer(body, media)
        except (NoAnswer, ValueError) as why:
            self.refused[query.name] = str(why)
            if isinstance(why, TooLate):
                self.late.add(query.name)
            self.gone = not _rests(self.pid)
            return
        times.append(seconds)

    def seconds(self, query: Query) -> float:
        """Return the median of what a query took, or the patience that it outlasted."""
        times = self.times.get(query.name, [])
        measured = times[1:] or times  # the first one warms files
        return PATIENCE if query.name in self.refused else statistics.median(measured)

    def has_time(self, query: Query) -> bool:
        """Return whether there is a time, or one that is known to be longer than PATIENCE."""
        return query.name not in self.refused or query.name in self.late

    def rounds(self, query: Query) -> int:
        """Return how many times are behind the median."""
        return max(1, len(self.times.get(query.name, [])) - 1)


def measure(bed: Bed) -> Iterator[Figure]:
    """Give the times of each query and engine, and the ratios that are aimed at."""
    asked = queries()
    with contextlib.ExitStack() as stack:
        engines = list(_ours(bed, stack))
        for start in PEERS:
            try:
                peer = stack.enter_context(start(bed, PATIENCE + GRACE))
            except PeerMissing as why:
                yield Figure("missing", bed.size, start.__name__, 0, "", note=str(why))
                continue
            yield from _about(bed, peer)
            engines.append(Engine(peer.name, peer.asker(PATIENCE), peer.process.pid))
        _run(bed, asked, engines)
    yield from _times(bed, asked, engines)
    yield from _ratios(bed, asked, {engine.name: engine for engine in engines})


def _ours(bed: Bed, stack: contextlib.ExitStack) -> Iterator[Engine]:
    """Start our server twice: one keeps no answers."""
    for name, more in ((OURS, ("--cache", "0")), (KEPT, ())):
        bed.tick(f"starting {name}")
        running = stack.enter_context(server("--data", bed.data, *OPTIONS, *more))
        yield Engine(name, Asker(running.port, seconds=PATIENCE), running.process.pid)


def _about(bed: Bed, peer: Peer) -> Iterator[Figure]:
    yield Figure("version", bed.size, peer.name, 0, "", note=peer.version)
    if peer.seconds is not None:
        yield Figure("loading", bed.size, peer.name, peer.seconds, "s")


def _run(bed: Bed, asked: list[Query], engines: list[Engine]) -> None:
    for query in asked:
        for engine in engines:
            bed.tick(f"{query.what}: {engine.name}")
            engine.ask(query, first=True)
    for turn in range(ROUNDS):
        first = turn % len(engines)
        bed.tick(f"round {turn + 1} of {ROUNDS}")
        for query in asked:
            for engine in (*engines[first:], *engines[:first]):
                engine.ask(query)
    for engine in engines:
        engine.asker.close()


def _is_enough(times: list[float]) -> bool:
    """Say whether a query was asked often enough, or took so long that once has to do."""
    return sum(times[1:]) > BUDGET or max(times, default=0) > LIMIT


def _rests(pid: int) -> bool:
    """Wait until an engine does nothing any more; return whether it came to that."""
    until = time.monotonic() + RESTING
    before = -1.0
    while time.monotonic() < until:
        try:
            now = _processor(pid)
        except OSError:
            return False
        if 0 <= before > now - 0.2:
            return True
        before = now
        time.sleep(1)
    return False


def _processor(pid: int) -> float:
    """Return the seconds of the processor that a process has used."""
    columns = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(columns[11]) + int(columns[12])) / 100


# ------------------------------------------------------------------ what came of it


def _times(bed: Bed, asked: list[Query], engines: list[Engine]) -> Iterator[Figure]:
    right = engines[0].answers
    for query in asked:
        for engine in engines:
            note = engine.refused.get(query.name) or _difference(query, right, engine.answers)
            rounds = engine.rounds(query)
            value = 1000 * engine.seconds(query)
            yield Figure(
                "query", bed.size, f"{query.name}: {engine.name}", value, "ms", rounds, note
            )
        rows = sum(right.get(query.name, Answer()).values())
        yield Figure("rows", bed.size, query.name, rows, "rows", note=query.what)


def _difference(query: Query, right: dict[str, Answer], found: dict[str, Answer]) -> str:
    """Say how an answer differs from ours, if it does."""
    ours, theirs = right.get(query.name), found.get(query.name)
    if ours is None or theirs is None or ours == theirs:
        return ""
    missing, more = (ours - theirs).total(), (theirs - ours).total()
    return f"differs: {missing:,} rows fewer and {more:,} others than ours, of {ours.total():,}"


def _ratios(bed: Bed, asked: list[Query], engines: dict[str, Engine]) -> Iterator[Figure]:
    for goal, peer, ours in (
        ("cold", "Oxigraph", OURS),
        ("warm", "Oxigraph", KEPT),
        ("rdflib", "rdflib-endpoint", OURS),
        ("virtuoso", "Virtuoso", OURS),
    ):
        both = [query for query in asked if peer in engines and engines[peer].has_time(query)]
        if both:
            ratio = _mean(engines[peer].seconds(q) / engines[ours].seconds(q) for q in both)
            note = _bounds(asked, engines[peer])
            yield Figure(goal, bed.size, f"{ours}, beside {peer}", ratio, "x", ROUNDS, note)
    if "Oxigraph" in engines and any(map(engines["Oxigraph"].has_time, asked)):
        yield _worst(bed, asked, engines)


def _worst(bed: Bed, asked: list[Query], engines: dict[str, Engine]) -> Figure:
    ours, theirs = engines[OURS], engines["Oxigraph"]
    shares: Callable[[Query], float] = lambda query: ours.seconds(query) / theirs.seconds(query)  # noqa: E731
    worst = max(filter(theirs.has_time, asked), key=shares)
    return Figure("worst", bed.size, worst.what, shares(worst), "x", ours.rounds(worst))


def _mean(ratios: Iterable[float]) -> float:
    return statistics.geometric_mean(ratios)


def _bounds(asked: list[Query], peer: Engine) -> str:
    """Say where the time of a peer is a limit that it went past."""
    late = [query.what for query in asked if query.name in peer.late]
    unasked = sum(peer.refused.get(query.name) == UNASKED for query in asked)
    failed = sum(not peer.has_time(query) for query in asked) - unasked
    said = [f"at least: {PATIENCE:g} s stand for no answer to {', '.join(late)}"] if late else []
    said += [f"without {unasked} that it could not be asked"] if unasked else []
    said += [f"without {failed} that it answered with an error"] if failed else []
    return "; ".join(said)
