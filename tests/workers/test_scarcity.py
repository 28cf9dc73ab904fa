"""Where the system has no handle, process or thread to give, one job waits for another time.

Nobody dies of it: not the root, nor a write that runs, nor other workers; and nothing leaks.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from competency.errors import Busy, TimeReached
from competency.sparql import Limits
from competency.sparql.workers import Pooled, Publisher, Root, forkserver
from competency.sparql.workers.processes import Gone, Stem
from competency.sparql.workers.worker import Held
from tests.workers.common import RUNAWAY, SMALL, ask, pooled


@contextlib.contextmanager
def refusing(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, number: int) -> Iterator[Any]:
    """Have a call of the system refused with an error number."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(module, name, refuse)
        yield


@pytest.fixture
def engine(root: Root, place: Path) -> Iterator[Pooled]:
    """Return an engine that answers from disk only, and starts no worker that is not needed."""
    with pooled(root, place, Limits(workers=4, queue=4, in_memory=0)) as engine:
        ask(engine, SMALL)
        emptied(engine)
        yield engine


def emptied(engine: Pooled) -> None:
    """Wait until no worker is being started, and end all."""
    pool, ends = engine.pool, time.monotonic() + 60
    while (pool._starting[False] or not pool._idle[False]) and time.monotonic() < ends:
        time.sleep(0.01)
    with pool._condition:
        pool._dismiss()


CALLS = [
    (socket, "socketpair", errno.EMFILE),
    (os, "pipe", errno.ENFILE),
    (socket, "send_fds", errno.ETOOMANYREFS),
    (os, "pidfd_open", errno.EMFILE),
]


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="a call of Linux")
@pytest.mark.parametrize(("module", "call", "number"), CALLS, ids=[call for _, call, _ in CALLS])
def test_without_a_handle_a_job_is_told_to_come_again_and_the_processes_live(
    engine: Pooled, root: Root, monkeypatch: pytest.MonkeyPatch, module: Any, call: str, number: int
) -> None:
    stem, first = engine.pool._stem, root._stem
    with refusing(monkeypatch, module, call, number):
        with pytest.raises(Busy, match="no file handle is left"):
            ask(engine, SMALL)
        with pytest.raises(Busy, match="no file handle is left"):
            engine.pool._take(False, time.monotonic() + 9, lambda: False, fresh=True)
        with pytest.raises(Busy, match="no file handle is left"):
            root.worker(memory=1 << 28, network=False, writes=False)
    assert stem._count == 0
    assert b"true" in ask(engine, SMALL)
    assert engine.pool._stem is stem and root._stem is first


def test_a_pool_that_begins_without_a_handle_answers_once_there_is_one(
    root: Root, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.ExitStack() as stack:
        with refusing(monkeypatch, socket, "socketpair", errno.EMFILE):
            engine = stack.enter_context(pooled(root, place, Limits(in_memory=0)))
        assert b"true" in ask(engine, SMALL)


def test_a_write_for_which_there_is_no_handle_is_told_to_come_again(
    root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher = Publisher(root)
    with (
        refusing(monkeypatch, os, "pipe", errno.EMFILE),
        pytest.raises(Busy, match=r"^no file handle is left"),
    ):
        publisher.publish({}, b"")


def test_a_root_that_cannot_be_started_is_told_in_the_same_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with (
        refusing(monkeypatch, socket, "socketpair", errno.EMFILE),
        pytest.raises(Busy, match="no file handle is left"),
    ):
        Root()


def test_a_process_that_may_not_fork_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(os, "fork", lambda: (_ for _ in ()).throw(BlockingIOError(errno.EAGAIN)))
    ours, control = socket.socketpair()
    serving = threading.Thread(target=forkserver.serve, args=(control, Held("")), daemon=True)
    serving.start()
    stem = Stem(ours)
    for _ in range(2):
        stem.reserve()
        with pytest.raises(Busy, match="no process is left"):
            stem.worker(memory=1 << 28, network=False, writes=False)
    assert stem._count == 0 and serving.is_alive()
    stem.close()
    serving.join(60)
    assert not serving.is_alive()
    control.close()


def test_what_has_ended_is_told_from_what_is_scarce() -> None:
    stem = Stem.ended()
    assert stem.ready(0)
    stem.reserve()
    with pytest.raises(Gone):
        stem.worker(memory=1 << 28)
    with pytest.raises(Gone):
        stem.hold()
    assert stem._count == 0


def no_thread(self: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


def test_without_a_thread_a_job_waits_and_those_with_a_worker_are_answered(
    engine: Pooled, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = engine.pool
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", no_thread)
        with pytest.raises(Busy, match="no worker was free in time"):
            ask(engine, SMALL, seconds=0.3)
        assert pool._stem._count == 0
        pool._reserve(pool._stem)
        pool._give_back(pool._forked(pool._stem, network=False), network=False)
        assert b"true" in ask(engine, SMALL)
        assert (pool._stem._count, len(pool._idle[False])) == (1, 1)
    assert b"true" in ask(engine, SMALL)


class Interrupted(BaseException):
    """What is no error of ours: an interrupt, or no memory left."""


@pytest.mark.parametrize("raised", [Interrupted, MemoryError, TimeReached])
def test_a_worker_that_was_left_before_it_answered_is_not_asked_again(
    engine: Pooled, raised: type[BaseException]
) -> None:
    def left() -> bool:
        raise raised("time", "now")

    with pytest.raises(raised):
        ask(engine, RUNAWAY, left=left, seconds=60)
    assert b'"boolean":true' in ask(engine, SMALL, seconds=60)
