"""The parent's side of its processes: start them, talk to them, watch them, kill them."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from competency.errors import CompetencyError, LimitReached, QueryRefused, TimeReached, from_record
from competency.sparql.workers import wire
from competency.sparql.workers.confining import resident_memory
from competency.sparql.workers.worker import out_of_memory

_TICK = 0.1  # seconds between looks at memory and at the client
_NICE_AFTER, _NICE = 0.3, 15  # a query this long makes way for those that come after it
_END = 5.0  # seconds that a process may take to end
_START = 300.0  # seconds that a process may take to start, loading data included
_Made = TypeVar("_Made")
_KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "HOME", "TMPDIR")


class Gone(Exception):
    """A process died or closed its end; the text is what it said last. Never leaves this room."""


class Stem:
    """A process that others are forked from; it is kept until the last of them has ended."""

    def __init__(
        self, control: socket.socket, process: subprocess.Popen[bytes] | None = None
    ) -> None:
        """Wait until it is ready at the other end of ``control``; ``process`` is it, if our own."""
        self._control, self._lock, self._process = control, threading.Lock(), process
        self._count, self._counting, self._retired = 0, threading.Lock(), False
        control.settimeout(_START)
        try:
            self._expect(1)
        except (Gone, OSError):
            control.close()
            raise

    @classmethod
    def root(cls) -> Stem:
        """Start the first one: a fresh interpreter with none of our settings and secrets."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-m", "competency.sparql.workers.forkserver",
                 str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )  # fmt: skip
        return cls(ours, process)

    def hold(self, **asked: Any) -> Stem:
        """Fork a stem that holds an edition; it is ready when it has loaded what it should."""
        ours, log, _ = self._fork({"fork": "hold"} | asked)
        os.close(log)
        return Stem(ours)

    def reserve(self) -> None:
        """Keep the stem for a worker that is about to be forked with :meth:`worker`."""
        with self._counting:
            self._count += 1

    def release(self) -> None:
        """Note that a worker has ended, or that none was forked."""
        with self._counting:
            self._count -= 1
            last = self._retired and not self._count
        if last:
            self.close()

    def retire(self) -> None:
        """Close the stem once nothing that was forked from it, or is about to be, is left."""
        with self._counting:
            self._retired = True
            last = not self._count
        if last:
            self.close()

    def worker(self, **asked: Any) -> Worker:
        """Fork a worker, for which a place was reserved; its end gives the place back."""
        try:
            return Worker(*self._fork({"fork": "worker"} | asked), self.release)
        except Gone:
            self.release()
            raise

    def _fork(self, asked: dict[str, Any]) -> tuple[socket.socket, int, int]:
        ours, theirs = socket.socketpair()
        log, their_log = os.pipe()
        try:
            with self._lock:
                text = json.dumps(asked).encode()
                socket.send_fds(self._control, [text], [theirs.fileno(), their_log])
                pid = int.from_bytes(self._expect(8), "big")
        except (OSError, Gone):
            ours.close()
            os.close(log)
            raise Gone("the process that starts others has ended") from None
        finally:
            theirs.close()
            os.close(their_log)
        return ours, log, pid

    def _expect(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            got = self._control.recv(size - len(data))
            if not got:
                raise Gone("the process ended while it started")
            data += got
        return data

    def close(self) -> None:
        """End it, when it next listens; its workers end with it."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        if self._process is not None:
            try:
                self._process.wait(_END)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


class Root:
    """The first stem, started when it is needed, and again should it have died."""

    def __init__(self) -> None:
        """Start it at once: that takes most of a second."""
        self._lock = threading.Lock()
        self._stem = Stem.root()

    def hold(self, **asked: Any) -> Stem:
        """Fork a stem that holds an edition."""
        return self._with(lambda stem: stem.hold(**asked))

    def worker(self, **asked: Any) -> Worker:
        """Fork a worker that holds nothing."""

        def fork(stem: Stem) -> Worker:
            stem.reserve()
            return stem.worker(**asked)

        return self._with(fork)

    def _with(self, do: Callable[[Stem], _Made]) -> _Made:
        stem = self._stem
        try:
            return do(stem)
        except (Gone, OSError):
            with self._lock:
                if stem is self._stem:
                    stem.close()
                    self._stem = Stem.root()
            return do(self._stem)

    def close(self) -> None:
        """End it, and with it everything that was forked from it."""
        self._stem.close()


class Worker:
    """One worker, asked by one thread at a time."""

    def __init__(self, sock: socket.socket, log: int, pid: int, ended: Callable[[], None]) -> None:
        """Wait for the hello of a worker that was just forked; ``ended`` is called at its end."""
        self._sock, self._log, self.pid, self._ended = sock, log, pid, ended
        self._handle = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
        self.jobs, self.tired = 0, False
        self.stem: Stem | None = None
        sock.settimeout(_START)
        hello = wire.receive(sock)
        if hello is None:
            self._let_go()
            raise Gone("the worker ended while it started")
        self._thread, self._resident = int(hello[0]["thread"]), int(hello[0]["resident"])

    def ask(
        self,
        head: wire.Head,
        body: bytes,
        *,
        seconds: float,
        memory: int,
        left: Callable[[], bool],
        now: Callable[[], float],
    ) -> tuple[wire.Head, bytes]:
        """Have a job done and return the answer, or the error that it ended with.

        Past its time, past its memory or once the client has left the worker is killed:
        TimeReached, LimitReached, Gone. A worker that was killed or died is not ``alive`` any more.
        """
        self.jobs += 1
        started = now()
        try:
            wire.send(self._sock, head, body)
            while not self._ready():
                self._watch(now() - started, seconds, memory, left)
            answer = wire.receive(self._sock)
        except CompetencyError:
            raise
        except OSError:
            answer = None
        if answer is None:
            raise self._last_words()
        if "error" in answer[0]:
            raise from_record(answer[0])
        return answer

    def _ready(self) -> bool:
        poll = select.poll()
        poll.register(self._sock, select.POLLIN)
        return bool(poll.poll(_TICK * 1000))

    def _watch(self, passed: float, seconds: float, memory: int, left: Callable[[], bool]) -> None:
        if passed > seconds:
            self.kill()
            raise TimeReached("time", f"the query was stopped after {seconds:g} seconds")
        if left():
            self.kill()
            raise LimitReached("client", "the client left")
        if resident_memory(self.pid) - self._resident > memory:
            self.kill()
            raise out_of_memory()
        if passed > _NICE_AFTER and not self.tired:
            self.tired = True
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._thread, _NICE)

    @property
    def alive(self) -> bool:
        """Say whether it can be asked again."""
        return int(self._sock.fileno()) >= 0

    def grown(self, most: int) -> bool:
        """Say whether it holds ``most`` bytes more than when it started."""
        return resident_memory(self.pid) - self._resident > most

    def kill(self) -> None:
        """End it at once, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            else:
                os.kill(self.pid, signal.SIGKILL)
        self.close()

    def close(self) -> None:
        """Let it end, when it next listens."""
        if self._sock.fileno() >= 0:
            self._let_go()
            self._ended()

    def _let_go(self) -> None:
        self._sock.close()
        os.close(self._log)
        if self._handle is not None:
            os.close(self._handle)

    def _last_words(self) -> CompetencyError:
        """Return why a worker died by itself, from what its engine printed before."""
        words = b""
        with contextlib.suppress(OSError):
            os.set_blocking(self._log, False)
            words = os.read(self._log, 65_536)
        self.kill()
        if b"memory allocation" in words or b"MemoryError" in words:
            return out_of_memory()
        if b"overflowed its stack" in words:
            return QueryRefused("this nests or chains so much that the engine cannot take it in")
        return LimitReached("engine", "the engine broke off over this; ask it in another way")


def _environment() -> dict[str, str]:
    """Return what a process needs to start, and none of our settings and secrets."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(item or str(Path.cwd()) for item in sys.path)}
