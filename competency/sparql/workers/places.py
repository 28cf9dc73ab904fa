"""The places of a pool: as many queries as may run at once, and a queue that has an end."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from competency.errors import Busy, LimitReached
from competency.sparql.limits import Limits

WAIT = 0.1  # seconds between looks at whether a waiting client is still there


@dataclass
class Counts:
    """What a pool has seen; the server's metrics read them."""

    started: int = 0
    killed: int = 0
    running: int = 0
    waiting: int = 0


class Places:
    """Who may run, and who waits for that.

    with Places(Limits(), Counts()).held(time.monotonic() + 10, lambda: False): ...
    """

    def __init__(self, limits: Limits, counts: Counts) -> None:
        """Have as many places as ``limits`` says; ``counts`` is told who has one."""
        self._limits, self._counts = limits, counts
        self._condition = threading.Condition()

    @contextlib.contextmanager
    def held(self, ends: float, left: Callable[[], bool]) -> Iterator[None]:
        """Wait for a place until a moment, and hold it; Busy, or LimitReached for who left."""
        self._enter(ends, left)
        try:
            yield
        finally:
            with self._condition:
                self._counts.running -= 1
                self._condition.notify()

    def _enter(self, ends: float, left: Callable[[], bool]) -> None:
        counts = self._counts
        with self._condition:
            if counts.running >= self._limits.workers:
                if counts.waiting >= self._limits.queue:
                    raise Busy("queue", "too many queries are waiting; try again in a moment")
                counts.waiting += 1
                try:
                    self._wait(ends, left)
                finally:
                    counts.waiting -= 1
            counts.running += 1

    def _wait(self, ends: float, left: Callable[[], bool]) -> None:
        while self._counts.running >= self._limits.workers:
            self._condition.wait(WAIT)
            if time.monotonic() > ends:
                raise Busy("queue", "waited as long as the query may take; try again later")
            if left():
                raise LimitReached("client", "the client left")
