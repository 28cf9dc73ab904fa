"""The process that writes: one at a time, with more time and memory than a query has."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

from competency.errors import Busy, LimitReached, TimeReached
from competency.graph import DataDirectory
from competency.sparql.limits import MEGABYTE
from competency.sparql.workers.processes import LOST, Gone, Root, Worker

SECONDS = 120.0  # of one write, judging by the shapes included
_MEMORY = 4096 * MEGABYTE
_WRITES = 100  # after so many a fresh process takes over


class Publisher:
    """Has writes done, one after the other, in a process that may die of them.

    Publisher(Root()).publish({"write": "put", "graph": iri, ...}, b"...")
    """

    def __init__(self, root: Root, *, seconds: float = SECONDS) -> None:
        """Fork from ``root``, when there is something to write."""
        self._root, self._seconds = root, seconds
        self._lock = threading.Lock()
        self._worker: Worker | None = None

    def publish(self, head: dict[str, Any], body: bytes) -> dict[str, Any]:
        """Do a write and return what came of it (``writer.to_plain``).

        Raises the error that the write ended with, TimeReached, Busy or LimitReached; nothing
        has changed then, unless its words are that this is not known.
        """
        with self._lock:
            before = _published(head)
            try:
                worker = self._ready()
            except Gone as error:
                raise Busy("engine", f"nothing was written: {error}") from error
            try:
                _, answer = worker.ask(
                    {"job": "publish"} | head,
                    body,
                    seconds=self._seconds,
                    memory=_MEMORY,
                    left=lambda: False,
                    now=time.monotonic,
                )
            except TimeReached as error:
                reason = f"the write took longer than {self._seconds:g} seconds; "
                raise TimeReached("time", reason + _outcome(head, before)) from error
            except LimitReached as error:
                if error.limit != LOST:
                    raise
                reason = "the process that writes was ended while it did; "
                raise Busy("engine", reason + _outcome(head, before)) from error
        result: dict[str, Any] = json.loads(answer)
        return result

    def _ready(self) -> Worker:
        worker = self._worker
        if worker is None or not worker.idle or worker.jobs >= _WRITES:
            if worker is not None:
                worker.close()
            worker = self._worker = self._root.worker(memory=_MEMORY, network=False, writes=True)
        return worker

    def close(self) -> None:
        """Let the process end after what it does now."""
        with self._lock:
            if self._worker is not None:
                self._worker.close()


def _published(head: dict[str, Any]) -> tuple[str | None, list[str]]:
    """Return what is published where a write goes to, and the newest edition that was made.

    Both, as somebody may have published what was there before again. Nothing for a job that only
    judges.
    """
    if "directory" not in head:
        return None, []
    directory = DataDirectory(head["directory"])
    return directory.pointed_at(), directory.names()[-1:]


def _outcome(head: dict[str, Any], before: tuple[str | None, list[str]]) -> str:
    """Say what came of a write whose process cannot tell any more."""
    if _published(head) == before:
        return "nothing has changed"
    return "it is not known whether this was published before; the editions say so"
