"""The pool: queries in, answers out; as many workers as may run, a queue that has an end.

Two stems hold the same data: one on disk, at once, and for an edition that is small enough one in
memory, as soon as it is loaded. A worker that was killed costs a few milliseconds and nobody else.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from competency.errors import Busy, LimitReached, TimeReached
from competency.sparql.limits import Limits
from competency.sparql.workers import wire
from competency.sparql.workers.places import WAIT, Counts, Places
from competency.sparql.workers.processes import LOST, Gone, Root, Stem, Worker

_JOBS = 500  # after so many a worker makes way for a fresh one
_GROWTH = 64 << 20  # bytes; one that has grown by so much does as well
_SETTLED = 2.0  # seconds an edition stays before it is loaded into memory; the next may be near


@dataclass(frozen=True)
class Source:
    """What workers hold: the store of an edition on disk, or a file of N-Quads to load.

    ``warm`` workers have done once what checking a document needs, shapes and all.
    """

    base: str
    place: Path | None = None
    file: Path | None = None
    triples: int = 0
    warm: bool = False


@dataclass
class _Start:
    """A worker that is being started: of which stem, and how that ended."""

    stem: Stem
    ended: bool = False
    failed: Gone | Busy | None = None


class Pool:
    """Workers over one edition.

    pool = Pool(Root(), Source(base, place=edition.folder / "store"), Limits())
    head, body = pool.run({"job": "query", ...}, b"ASK {}", seconds=10)
    """

    def __init__(self, root: Root, source: Source, limits: Limits) -> None:
        """Make a pool; it forks no worker before it is asked."""
        self.source, self.limits, self.counts = source, limits, Counts()
        self._places = Places(limits, self.counts)
        self._idle: dict[bool, deque[Worker]] = {False: deque(), True: deque()}  # by network
        self._wanting = {False: 0, True: 0}  # jobs that wait for a worker
        self._starting = {False: 0, True: 0}
        self._condition = threading.Condition()  # a worker is free, or none could be started
        self._closed = threading.Event()
        self._root = root
        try:
            self._stem = self._hold(in_memory=source.file is not None)
        except (Gone, OSError):  # who asks tries again
            self._stem = Stem.ended()
        self._loaded = source.file is not None
        if source.place is not None and source.triples <= limits.in_memory:
            with contextlib.suppress(RuntimeError):  # no thread is left: it stays on disk
                threading.Thread(target=self._load, daemon=True).start()

    def _hold(self, *, in_memory: bool) -> Stem:
        place, file = self.source.place, self.source.file
        return self._root.hold(
            base=self.source.base,
            place=str(place) if place else None,
            file=str(file) if file else None,
            in_memory=in_memory,
            warm=self.source.warm,
        )

    def _load(self) -> None:
        """Load the edition into memory, and have later workers forked from there.

        One that another edition follows meanwhile is not loaded, or no further.
        """
        if self._closed.wait(_SETTLED):
            return
        with contextlib.suppress(Gone, OSError):
            stem = self._hold(in_memory=True)
            while not stem.ready(WAIT):
                if self._closed.is_set():
                    stem.close()
                    return
            stem.wait()
            ready = self._forked_ahead(stem)
            with self._condition:
                self._change_to(stem, ready)
                self._loaded = True

    def _forked_ahead(self, stem: Stem) -> list[Worker]:
        """Return as many workers of a stem as there are of the one before, which they replace.

        So nobody waits for them when all change to it at once.
        """
        ready: list[Worker] = []
        most = self.limits.workers
        with contextlib.suppress(Gone, OSError):
            while len(ready) < min(len(self._idle[False]) + self.counts.running, most):
                self._reserve(stem)
                ready.append(self._forked(stem, network=False))
        return ready

    def _change_to(self, stem: Stem, ready: Iterable[Worker] = ()) -> None:
        """Fork from another stem from now on; what was forked from the one before may finish."""
        if not self._closed.is_set():
            self._stem, stem = stem, self._stem
            self._dismiss()
        for worker in ready:
            self._give_back(worker, network=False)
        stem.retire()

    @property
    def in_memory(self) -> bool:
        """Say whether new workers answer from memory."""
        return self._loaded

    def run(
        self,
        head: wire.Head,
        body: bytes,
        *,
        seconds: float,
        left: Callable[[], bool] = lambda: False,
        network: bool = False,
    ) -> tuple[wire.Head, bytes]:
        """Have a job done; the time counts from here, waiting included.

        ``network`` is for a job that has to reach the relay; no other worker keeps the network.
        Raises TimeReached, Busy, LimitReached, or the error that the job itself ended with.
        """
        ends = time.monotonic() + seconds
        try:
            with self._places.held(ends, left):
                try:
                    return self._ask(head, body, ends, left, network)
                except LimitReached as error:  # whoever ended that worker, it need not be this job
                    if error.limit != LOST or isinstance(error, Busy):
                        raise
                    return self._ask(head, body, ends, left, network, fresh=True)
        except TimeReached as error:
            reason = f"the query was stopped after {seconds:g} seconds; ask for less"
            raise TimeReached("time", reason) from error
        except Gone as error:
            raise Busy("engine", f"no worker could answer: {error}") from error

    def _ask(
        self,
        head: wire.Head,
        body: bytes,
        ends: float,
        left: Callable[[], bool],
        network: bool,
        *,
        fresh: bool = False,
    ) -> tuple[wire.Head, bytes]:
        """Have one worker do a job until a moment; a fresh one where others may be dying."""
        worker = self._take(network, ends, left, fresh=fresh)
        try:
            if not network:
                self._spare()
            return worker.ask(
                head,
                body,
                seconds=max(0.0, ends - time.monotonic()),
                memory=self.limits.memory,
                left=left,
                now=time.monotonic,
            )
        finally:
            self._give_back(worker, network)

    def _take(self, network: bool, ends: float, left: Callable[[], bool], *, fresh: bool) -> Worker:
        """Return a worker that is free, or a new one; a stem that died is replaced."""
        for last in (False, False, True):
            self._wait_for_data(ends, left)
            stem = self._stem
            try:
                worker = None if fresh else self._first(network, ends, left)
                if worker is None:
                    self._reserve(stem)
                    worker = self._forked(stem, network=network)
                return worker
            except Gone:
                if last or self._closed.is_set():
                    raise
                self._replace(stem)
        raise Gone("no worker could be started")

    def _first(self, network: bool, ends: float, left: Callable[[], bool]) -> Worker | None:
        """Return the first worker that is free: given back, or started because none was.

        To start one takes long where the processors are busy; most queries are over sooner. None
        where the pool was closed: nothing is given back there.
        """
        start: _Start | None = None
        with self._condition:
            self._wanting[network] += 1
            try:
                while (worker := self._free(network)) is None and not self._closed.is_set():
                    if start is not None and start.failed is not None:
                        raise start.failed
                    if start is None or start.ended:
                        start = self._begin(network)
                    self._condition.wait(WAIT)
                    self._look(ends, left)
                return worker
            finally:
                self._wanting[network] -= 1

    def _free(self, network: bool) -> Worker | None:
        """Return a worker that waits for a job, and forget those that died meanwhile."""
        while self._idle[network]:
            worker = self._idle[network].pop()
            if worker.idle:
                return worker
            worker.kill()
            self.counts.killed += 1
        return None

    def _begin(self, network: bool) -> _Start | None:
        """Start a worker beside, unless one is on its way for each job that waits for one.

        None as well where the system has no thread for that now.
        """
        if self._starting[network] >= max(1, self._wanting[network]):
            return None
        start = _Start(self._stem)
        self._reserve(start.stem)
        try:
            threading.Thread(target=self._start, args=(start, network), daemon=True).start()
        except RuntimeError:
            start.stem.release()
            return None
        self._starting[network] += 1
        return start

    def _start(self, start: _Start, network: bool) -> None:
        worker = None
        try:
            worker = self._forked(start.stem, network=network)
        except (Gone, Busy) as error:
            start.failed = error
        except OSError as error:
            start.failed = Gone(f"no worker could be started: {error}")
        finally:
            with self._condition:
                self._starting[network] -= 1
                start.ended = True
                if worker is not None:
                    self._give_back(worker, network)
                self._condition.notify_all()

    def _reserve(self, stem: Stem) -> None:
        with self._condition:
            stem.reserve()
            self.counts.started += 1

    def _forked(self, stem: Stem, *, network: bool) -> Worker:
        """Return a new worker of a stem, where a place for it was reserved."""
        worker = stem.worker(memory=self.limits.memory, network=network, writes=False)
        worker.stem = stem
        return worker

    def _wait_for_data(self, ends: float, left: Callable[[], bool]) -> None:
        """Wait until the stem has loaded what it should, as long as somebody waits for that."""
        while not self._stem.ready(WAIT):
            self._look(ends, left, "the data are still being read")

    def _look(
        self, ends: float, left: Callable[[], bool], why: str = "no worker was free in time"
    ) -> None:
        """Raise Busy for a job whose time is over before it began, LimitReached for who left."""
        if time.monotonic() > ends:
            raise Busy("engine", f"{why}; try again in a moment")
        if left():
            raise LimitReached("client", "the client left")

    def _replace(self, dead: Stem) -> None:
        """Hold the edition again, in the way it was held, where a stem has died."""
        with self._condition:
            if self._stem is dead:
                self._change_to(self._hold(in_memory=self._loaded))

    def _give_back(self, worker: Worker, network: bool) -> None:
        if not worker.alive:
            self.counts.killed += 1
            return
        with self._condition:
            fresh = worker.jobs < _JOBS and not worker.tired and not worker.grown(_GROWTH)
            if fresh and worker.stem is self._stem and not self._closed.is_set():
                self._idle[network].append(worker)
                self._condition.notify()
                return
        worker.close()

    def _spare(self) -> None:
        """Have one more worker ready, as opening a large store takes its time."""
        with self._condition:
            if not self._idle[False] and not self._closed.is_set() and self._stem.ready(0):
                self._begin(network=False)

    def close(self) -> None:
        """End all that is idle, now; what still runs ends when it has answered."""
        with self._condition:
            self._closed.set()
            self._dismiss()
            self._stem.retire()

    def _dismiss(self) -> None:
        """End the workers that have nothing to do."""
        for idle in self._idle.values():
            while idle:
                idle.pop().close()

    def snapshot(self) -> dict[str, Any]:
        """Return what the pool has seen and does now."""
        idle = sum(map(len, self._idle.values()))
        return vars(self.counts) | {"idle": idle, "in_memory": self.in_memory}
