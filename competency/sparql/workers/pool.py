"""The pool: queries in, answers out; as many workers as may run, a queue that has an end.

Two stems hold the same data: one on disk, at once, and for an edition that is small enough one in
memory, as soon as it is loaded. A worker that was killed costs a few milliseconds and nobody else.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from competency.errors import Busy, LimitReached, TimeReached
from competency.sparql.limits import Limits
from competency.sparql.workers import wire
from competency.sparql.workers.processes import LOST, Gone, Root, Stem, Worker

_JOBS = 500  # after so many a worker makes way for a fresh one
_GROWTH = 64 << 20  # bytes; one that has grown by so much does as well
_WAIT = 0.1  # seconds between looks at whether a waiting client is still there
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
class Counts:
    """What a pool has seen; the server's metrics read them."""

    started: int = 0
    killed: int = 0
    running: int = 0
    waiting: int = 0


class Pool:
    """Workers over one edition.

    pool = Pool(Root(), Source(base, place=edition.folder / "store"), Limits())
    head, body = pool.run({"job": "query", ...}, b"ASK {}", seconds=10)
    """

    def __init__(self, root: Root, source: Source, limits: Limits) -> None:
        """Make a pool; it forks no worker before it is asked."""
        self.source, self.limits, self.counts = source, limits, Counts()
        self._idle: dict[bool, deque[Worker]] = {False: deque(), True: deque()}  # by network
        self._condition = threading.Condition()
        self._closed = threading.Event()
        self._root = root
        try:
            self._stem = self._hold(in_memory=source.file is not None)
        except Gone:  # who asks tries again
            self._stem = Stem.ended()
        self._loaded = source.file is not None
        if source.place is not None and source.triples <= limits.in_memory:
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
            while not stem.ready(_WAIT):
                if self._closed.is_set():
                    stem.close()
                    return
            stem.wait()
            with self._condition:
                self._loaded = True
                self._change_to(stem)

    def _change_to(self, stem: Stem) -> None:
        """Fork from another stem from now on; what was forked from the one before may finish."""
        if self._closed.is_set():
            stem.close()
            return
        self._stem, old = stem, self._stem
        self._dismiss()
        old.retire()

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
        self._enter(ends, left)
        try:
            try:
                return self._ask(head, body, ends, left, network)
            except LimitReached as error:  # whoever ended that worker, it need not be this job
                if error.limit != LOST:
                    raise
                return self._ask(head, body, ends, left, network, fresh=True)
        except TimeReached as error:
            reason = f"the query was stopped after {seconds:g} seconds; ask for less"
            raise TimeReached("time", reason) from error
        except Gone as error:
            raise Busy("engine", f"no worker could answer: {error}") from error
        finally:
            self._leave()

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
        if not network and not self._idle[False]:
            threading.Thread(target=self._spare, daemon=True).start()
        try:
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

    def _enter(self, ends: float, left: Callable[[], bool]) -> None:
        """Wait for a place among those that run."""
        with self._condition:
            if self.counts.running >= self.limits.workers:
                if self.counts.waiting >= self.limits.queue:
                    raise Busy("queue", "too many queries are waiting; try again in a moment")
                self.counts.waiting += 1
                try:
                    self._wait(ends, left)
                finally:
                    self.counts.waiting -= 1
            self.counts.running += 1

    def _wait(self, ends: float, left: Callable[[], bool]) -> None:
        while self.counts.running >= self.limits.workers:
            self._condition.wait(_WAIT)
            if time.monotonic() > ends:
                raise Busy("queue", "waited as long as the query may take; try again later")
            if left():
                raise LimitReached("client", "the client left")

    def _leave(self) -> None:
        with self._condition:
            self.counts.running -= 1
            self._condition.notify()

    def _take(self, network: bool, ends: float, left: Callable[[], bool], *, fresh: bool) -> Worker:
        """Return a worker that is free, or a new one; a stem that died is replaced."""
        for last in (False, False, True):
            self._wait_for_data(ends, left)
            with self._condition:
                while self._idle[network] and not fresh:
                    worker = self._idle[network].pop()
                    if worker.idle:
                        return worker
                    worker.kill()
                    self.counts.killed += 1
                stem = self._stem
                stem.reserve()
                self.counts.started += 1
            try:
                return self._forked(stem, network=network)
            except Gone:
                if last or self._closed.is_set():
                    raise
                self._replace(stem)
        raise Gone("no worker could be started")

    def _forked(self, stem: Stem, *, network: bool) -> Worker:
        """Return a new worker of a stem, where a place for it was reserved."""
        worker = stem.worker(memory=self.limits.memory, network=network, writes=False)
        worker.stem = stem
        return worker

    def _wait_for_data(self, ends: float, left: Callable[[], bool]) -> None:
        """Wait until the stem has loaded what it should, as long as somebody waits for that."""
        while not self._stem.ready(_WAIT):
            if time.monotonic() > ends:
                raise Busy("engine", "the data are still being read; try again in a moment")
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
                return
        worker.close()

    def _spare(self) -> None:
        """Have one more worker ready, as opening a large store takes its time."""
        with self._condition:
            stem = self._stem
            if self._closed.is_set() or self._idle[False] or not stem.ready(0):
                return
            stem.reserve()
            self.counts.started += 1
        with contextlib.suppress(Gone, OSError):
            self._give_back(self._forked(stem, network=False), network=False)

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
