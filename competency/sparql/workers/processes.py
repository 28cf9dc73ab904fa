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
from typing import Any, TypeVar

from competency._processes import environment
from competency.errors import (
    Busy,
    CompetencyError,
    LimitReached,
    QueryRefused,
    TimeReached,
    from_record,
)
from competency.sparql.workers import handles, wire
from competency.sparql.workers.confining import processor_time, resident_memory
from competency.sparql.workers.worker import out_of_memory

_TICK = 0.1  # seconds between looks at memory and at the client
# A query this long, which worked for so much of it, makes some way for those that come after it:
# not so much that it never ends where there are always others.
_NICE_AFTER, _WORKED, _NICE = 0.3, 0.5, 5
_LOOK = 0.005, 16  # a job that took less seconds cannot have grown much; but after so many, look
_END = 5.0  # seconds that a process may take to end
_START = 300.0  # seconds that a process may take to start, loading data included
_SIGN, _PID = 1, 8  # bytes: that it is ready, and the id of a process that was forked
LOST = "engine"  # the limit of an error that says no more than that a worker is gone
_Made = TypeVar("_Made")


class Gone(Exception):
    """A process died or closed its end; the text is what it said last. Never leaves this room."""


class Stem:
    """A process that others are forked from; it is kept until the last of them has ended."""

    def __init__(
        self, control: socket.socket, process: subprocess.Popen[bytes] | None = None
    ) -> None:
        """Talk to it over ``control`` while it starts; ``process`` is it, if it is our own."""
        self._control, self._lock, self._process = control, threading.Lock(), process
        self._count, self._counting, self._retired = 0, threading.Lock(), False
        self._owed = _SIGN  # bytes of answers that nobody has waited for yet
        self._started = False
        control.settimeout(_START)

    @classmethod
    def root(cls) -> Stem:
        """Start the first one: a fresh interpreter with none of our settings and secrets."""
        with handles.scarcity_told(), contextlib.ExitStack() as kept:
            ours, theirs = socket.socketpair()
            kept.callback(ours.close)
            with theirs:
                process = subprocess.Popen(  # noqa: S603
                    [sys.executable, "-P", "-m", "competency.sparql.workers.forkserver",
                     str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=environment("HOME", "TMPDIR"),
                )  # fmt: skip
            kept.pop_all()
        return cls(ours, process)

    @classmethod
    def ended(cls) -> Stem:
        """Return one that has ended already, for who has to have one and will replace it.

        It needs no handle, as there may be none left.
        """
        return cls(handles.NoSocket())

    def hold(self, **asked: Any) -> Stem:
        """Fork a stem that holds an edition; it is ready when it has loaded what it should.

        Nobody waits for that here: not for the new stem, nor for this one while it starts itself.
        """
        ours, log, _ = self._fork({"fork": "hold"} | asked, wait=False)
        os.close(log)
        return Stem(ours)

    def ready(self, seconds: float) -> bool:
        """Say whether it forks at once, or has ended; wait so long for either."""
        if self._started:
            return True
        poll = select.poll()
        try:
            poll.register(self._control, select.POLLIN)
        except ValueError:  # closed
            return True
        return bool(poll.poll(seconds * 1000))

    def wait(self) -> None:
        """Wait until it is ready; Gone or OSError where it has ended instead."""
        try:
            with self._lock:
                if self._owed:
                    self._answers()
        except (Gone, OSError):
            self.close()
            raise

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
        """Fork a worker, for which a place was reserved; its end gives the place back.

        Gone where this stem or the worker has ended, Busy where the system has no more to give.
        """
        with contextlib.ExitStack() as undo:
            undo.callback(self.release)
            worker = Worker(*self._fork({"fork": "worker"} | asked), self.release)
            undo.pop_all()
        return worker

    def _fork(self, asked: dict[str, Any], *, wait: bool = True) -> tuple[socket.socket, int, int]:
        """Ask for a process: its socket, its last words, its id (0 without ``wait``).

        No request is sent before the one ahead of it was read, as two might be read as one.
        """
        with contextlib.ExitStack() as theirs, contextlib.ExitStack() as kept:
            ours, log, files = handles.ends(kept, theirs)
            pid = self._asked_for(json.dumps(asked).encode(), files, wait)
            kept.pop_all()
        return ours, log, pid

    def _asked_for(self, text: bytes, files: list[int], wait: bool) -> int:
        """Send a request with the files of the process that is to be, and return its id."""
        try:
            with self._lock:
                if self._owed > _SIGN:
                    self._answers()
                with handles.scarcity_told():
                    socket.send_fds(self._control, [text], files)
                self._owed += _PID
                pid = int.from_bytes(self._answers()[-_PID:], "big") if wait else 0
        except Busy:
            raise
        except (OSError, Gone):
            raise Gone("the process that starts others has ended") from None
        if wait and not pid:
            raise handles.no_more("process")
        return pid

    def _answers(self) -> bytes:
        """Wait for what is owed, and return it."""
        found, self._owed = self._expect(self._owed), 0
        self._started = True
        return found

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
            if self._owed:  # it still starts, and holds nothing
                self._process.kill()
            try:
                self._process.wait(_END)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


class Root:
    """The first stem, started when it is needed, and again should it have died."""

    def __init__(self) -> None:
        """Start it at once, and do not wait: that takes most of a second."""
        self._lock, self._closed = threading.Lock(), False
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
        except Busy:  # it lives
            raise
        except (Gone, OSError):
            with self._lock:
                if self._closed:
                    raise Gone("the processes were ended") from None
                if stem is self._stem:
                    stem.close()
                    self._stem = Stem.root()
            return do(self._stem)

    def close(self) -> None:
        """End it, and with it everything that was forked from it."""
        with self._lock:
            self._closed = True
            self._stem.close()


class Worker:
    """One worker, asked by one thread at a time."""

    def __init__(self, sock: socket.socket, log: int, pid: int, ended: Callable[[], None]) -> None:
        """Wait for the hello of a worker that was just forked; ``ended`` is called at its end."""
        self._sock, self._log, self.pid, self._ended = sock, log, pid, ended
        self._handle: int | None = None
        self.jobs, self.tired = 0, False
        self._took = 0.0  # seconds, by the last job
        self._before: float | None = None  # seconds of the processor, soon after a job began
        self.stem: Stem | None = None
        self._poll = select.poll()
        self._poll.register(sock, select.POLLIN)
        sock.settimeout(_START)
        with contextlib.ExitStack() as undo:
            undo.callback(self._let_go)
            self._handle = handles.handle_of(pid)
            hello = self._hello()
            undo.pop_all()
        self._thread, self._resident = int(hello["thread"]), int(hello["resident"])

    def _hello(self) -> wire.Head:
        hello = None
        with contextlib.suppress(OSError):
            hello = wire.receive(self._sock)
        if hello is None:
            raise Gone("the worker ended while it started")
        return hello[0]

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
        TimeReached, LimitReached, Gone. A worker that was killed or died is not ``alive`` any more,
        nor is one that was left before its answer was there, for whatever reason: that answer must
        not become the one to what is asked next.
        """
        self.jobs, self._before = self.jobs + 1, None
        started = now()
        with contextlib.ExitStack() as undo:
            undo.callback(self.kill)
            try:
                wire.send(self._sock, head, body)
                while not self._ready():
                    self._watch(now() - started, seconds, memory, left)
                answer = wire.receive(self._sock)
            except CompetencyError:
                raise
            except OSError:
                answer = None
            undo.pop_all()
        if answer is None:
            raise self._last_words()
        self._took = now() - started
        if "error" in answer[0]:
            raise from_record(answer[0])
        return answer

    def _ready(self) -> bool:
        return bool(self._poll.poll(_TICK * 1000))

    def _watch(self, passed: float, seconds: float, memory: int, left: Callable[[], bool]) -> None:
        if passed > seconds:
            raise TimeReached("time", f"the query was stopped after {seconds:g} seconds")
        if left():
            raise LimitReached("client", "the client left")
        if resident_memory(self.pid) - self._resident > memory:
            raise out_of_memory()
        worked = self._worked()
        if passed > _NICE_AFTER and worked >= _WORKED and not self.tired:
            self.tired = True
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._thread, _NICE)

    def _worked(self) -> float:
        """Return the seconds of the processor since the first look at this job, at most."""
        now = processor_time(self.pid)
        if now is None:
            return _WORKED  # as nobody knows
        if self._before is None:
            self._before = now
        return now - self._before

    @property
    def alive(self) -> bool:
        """Say whether it can be asked again."""
        return int(self._sock.fileno()) >= 0

    @property
    def idle(self) -> bool:
        """Say whether it waits for a job; one that died meanwhile does not, nor one that speaks."""
        return self.alive and not self._poll.poll(0)

    def grown(self, most: int) -> bool:
        """Say whether it holds ``most`` bytes more than when it started, looking now and then."""
        seconds, jobs = _LOOK
        if self._took < seconds and self.jobs % jobs:
            return False
        return resident_memory(self.pid) - self._resident > most

    def kill(self) -> None:
        """End it at once, whatever it does."""
        if not self.alive:
            return
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
        return LimitReached(LOST, "the engine broke off over this; ask it in another way")
