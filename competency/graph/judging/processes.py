"""Processes that judge shards side by side.

Each is a fresh interpreter, started the same from any thread of any program: nothing is forked
that holds locks, and no main module is imported a second time. A process ends when its standard
input does, so that none outlives the one that started it.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from competency.errors import LimitReached, from_record
from competency.graph.judging.cutting import Shard
from competency.graph.judging.records import load_results
from competency.graph.judging.rules import Rules
from competency.graph.judging.wire import receive, send
from competency.shapes import Result

_NTRIPLES = ox.RdfFormat.N_TRIPLES
_ENDED = "a process that validates was ended, perhaps for want of memory; try with processes=1"
_OWN = "COMPETENCY_"  # our settings, secrets among them, are no business of a worker


def processors() -> int:
    """Return how many processors this process may use.

    >>> processors() > 0
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Processes:
    """Some processes that judge by the same rules.

    with Processes(2, own_rules()) as processes: processes.judge(shard).result()
    """

    def __init__(self, count: int, rules: Rules) -> None:
        """Start ``count`` processes; OSError where that is not possible."""
        self._idle: list[subprocess.Popen[bytes]] = []
        self._all: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(count, "judging")
        try:
            for _ in range(count):
                self._all.append(_start())
        except OSError:
            self.close()
            raise
        self._idle = list(self._all)
        self._rules, self._fresh = rules, set(self._all)

    def judge(self, shard: Shard) -> Future[tuple[Result, ...]]:
        """Have a shard judged by whichever process is free first.

        The result raises what judging raised, and LimitReached where the process died.
        """
        own = ox.serialize(shard.own_triples(), format=_NTRIPLES) or b""
        context = ox.serialize(shard.context, format=_NTRIPLES) or b""
        return self._threads.submit(self._judge, own, context)

    def _judge(self, own: bytes, context: bytes) -> tuple[Result, ...]:
        with self._lock:
            process = self._idle.pop()
            fresh = process in self._fresh
            self._fresh.discard(process)
        try:
            if fresh:
                _introduce(process, self._rules)
            return _ask(process, own, context)
        finally:
            with self._lock:
                self._idle.append(process)

    def close(self) -> None:
        """End them all, whatever they do."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            process.kill()
        for process in self._all:
            process.wait()
        self._threads.shutdown()
        for process in self._all:
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()

    def __enter__(self) -> Processes:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _start() -> subprocess.Popen[bytes]:
    """Start a process that waits for its rules."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OWN)}
    path = os.pathsep.join(item or str(Path.cwd()) for item in sys.path)
    return subprocess.Popen(
        [sys.executable, "-m", "competency.graph.judging.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=kept | {"PYTHONPATH": path},
    )


def _introduce(process: subprocess.Popen[bytes], rules: Rules) -> None:
    """Tell a process by which rules it judges; one that is gone is found out when it is asked."""
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            send(process.stdin, rules.engine.encode())
            send(process.stdin, rules.reading.targets.to_json().encode())
            send(process.stdin, rules.text)


def _ask(process: subprocess.Popen[bytes], own: bytes, context: bytes) -> tuple[Result, ...]:
    answer = None
    with contextlib.suppress(OSError, ValueError):
        if process.stdin is not None and process.stdout is not None:
            send(process.stdin, own)
            send(process.stdin, context)
            answer = receive(process.stdout)
    if not answer:
        raise LimitReached("processes", _ENDED)
    if answer[:1] == b"-":
        raise from_record(json.loads(answer[1:]))
    return load_results(answer[1:])
