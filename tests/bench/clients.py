"""Eight clients at once, each with a query of the ten after the other: ours beside Oxigraph.

The two are asked in turn, so long that a slow machine is slow for both. What each client asks next
is left to chance, the same for both. Our answers are not kept. As one of the ten takes hundreds
of times as long as another, each time is also set beside the median of its own query: that says
how long a client waits because of the others, and not because of what it asks.
"""

from __future__ import annotations

import contextlib
import random
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from competency.sparql.limits import Limits
from tests.bench.asking import Asker, NoAnswer
from tests.bench.figures import Bed, Figure
from tests.bench.peers import LIMIT, PeerMissing, oxigraph
from tests.bench.queries import Query, queries
from tests.servers import server

CLIENTS = 8
ROUNDS = 3
WINDOW = 8.0  # seconds of a round in which clients begin to ask
HOLDING = 120.0  # seconds that ours may take until a small edition is held in memory
OPTIONS = ("--cache", "0", "--timeout", "60", "--no-gate")


@dataclass
class Side:
    """One of the two servers, and what its clients saw."""

    name: str
    port: int
    path: str
    rates: list[float] = field(default_factory=list)  # answers in a second, by round
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    missed: int = 0

    def client(self) -> Asker:
        """Return a new client."""
        return Asker(self.port, self.path, seconds=LIMIT)

    @property
    def all_times(self) -> list[float]:
        """Return the seconds of all answers."""
        return [seconds for times in self.times.values() for seconds in times]

    @property
    def shares(self) -> list[float]:
        """Return each time through the median of its query."""
        return [
            seconds / statistics.median(times) for times in self.times.values() for seconds in times
        ]


def measure(bed: Bed) -> Iterator[Figure]:
    """Give how many answers a second both had for eight clients, and how long these waited."""
    asked = queries()
    with contextlib.ExitStack() as stack:
        bed.tick("starting ours for eight clients")
        ours = stack.enter_context(server("--data", bed.data, *OPTIONS))
        if bed.size < Limits().in_memory and not ours.is_in_memory(HOLDING):
            raise TimeoutError(f"the edition was not in memory after {HOLDING:g} s")
        sides = [Side("ours", ours.port, "/sparql")]
        try:
            peer = stack.enter_context(oxigraph(bed))
            sides.append(Side(peer.name, peer.port, peer.path))
        except PeerMissing as why:
            yield Figure("missing", bed.size, "Oxigraph, for eight clients", 0, "", note=str(why))
        for side in sides:
            _warm(side, asked)
        for number in range(ROUNDS):
            for side in sides[:: -1 if number % 2 else 1]:
                bed.tick(f"eight clients, round {number + 1} of {ROUNDS}: {side.name}")
                _round(side, asked, number)
    yield from _figures(bed, sides)


def _warm(side: Side, asked: list[Query]) -> None:
    """Ask each query once, so that the files are in memory."""
    with side.client() as client:
        for query in asked:
            with contextlib.suppress(NoAnswer):
                client.ask(query)


def _round(side: Side, asked: list[Query], number: int) -> None:
    started = time.perf_counter()
    seen: list[tuple[str, float]] = []
    threads = [
        threading.Thread(target=_work, args=(side, asked, number * CLIENTS + n, started, seen))
        for n in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    side.rates.append(len(seen) / (time.perf_counter() - started))
    for name, seconds in seen:
        side.times[name].append(seconds)


def _work(
    side: Side, asked: list[Query], seed: int, started: float, seen: list[tuple[str, float]]
) -> None:
    """Be one client: ask all ten in a new order, again and again, until the time is over."""
    chance = random.Random(seed)  # noqa: S311
    with side.client() as client:
        while True:
            for query in chance.sample(asked, len(asked)):
                if time.perf_counter() - started > WINDOW:
                    return
                try:
                    seen.append((query.name, client.ask(query)[0]))
                except NoAnswer:
                    side.missed += 1


def _figures(bed: Bed, sides: list[Side]) -> Iterator[Figure]:
    for side in sides:
        note = f"{side.missed} without an answer" if side.missed else ""
        rate = statistics.median(side.rates)
        yield Figure(
            "clients", bed.size, f"answers in a second: {side.name}", rate, "1/s", ROUNDS, note
        )
        for what, times, unit, factor in (
            ("median", side.all_times, "ms", 1000),
            ("99th percentile", side.all_times, "ms", 1000),
            ("99th percentile through the median of its query", side.shares, "x", 1),
        ):
            value = factor * (statistics.median(times) if what == "median" else _late(times))
            yield Figure("clients", bed.size, f"{what}: {side.name}", value, unit, len(times))
    ours = sides[0]
    yield Figure(
        "p99", bed.size, "of the same query, for eight clients", _late(ours.shares), "x", ROUNDS
    )
    if len(sides) > 1:
        ratio = statistics.median(ours.rates) / statistics.median(sides[1].rates)
        yield Figure("throughput", bed.size, "answers for eight clients", ratio, "x", ROUNDS)


def _late(times: list[float]) -> float:
    """Return the 99th percentile."""
    return statistics.quantiles(times, n=100, method="inclusive")[98]
