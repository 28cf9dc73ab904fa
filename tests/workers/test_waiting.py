"""Waiting for a worker: the first that is free is taken, and no more are started than wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from competency import Busy, LimitReached
from competency.sparql import Limits
from competency.sparql.workers import Pool, Pooled, Root
from competency.sparql.workers import pool as pools
from competency.sparql.workers.processes import Worker
from tests.workers.common import SMALL, ask, pooled


@pytest.fixture
def engine(root: Root, place: Path) -> Iterator[Pooled]:
    """Give an engine that answers from disk, so that no change to memory comes between."""
    with pooled(root, place, Limits(workers=8, queue=0, in_memory=0)) as engine:
        yield engine


class Held:
    """Workers that answer only when they may."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked, self.may = 0, threading.Event()
        really = Worker.ask

        def ask_later(worker: Worker, *words: Any, **named: Any) -> Any:
            self.asked += 1
            assert self.may.wait(20)
            return really(worker, *words, **named)

        monkeypatch.setattr(Worker, "ask", ask_later)

    def until(self, number: int) -> None:
        """Wait until so many were asked."""
        until(lambda: self.asked >= number)


def until(true: Any) -> None:
    ends = time.monotonic() + 20
    while not true() and time.monotonic() < ends:
        time.sleep(0.01)
    assert true()


def started(engine: Pooled, number: int) -> list[threading.Thread]:
    threads = [threading.Thread(target=ask, args=(engine, SMALL)) for _ in range(number)]
    for thread in threads:
        thread.start()
    return threads


def no_more_start(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let workers be started only once the event is set that this returns."""
    may, really = threading.Event(), Pool._forked

    def forked_later(pool: Pool, *words: Any, **named: Any) -> Worker:
        assert may.wait(20)
        return really(pool, *words, **named)

    monkeypatch.setattr(Pool, "_forked", forked_later)
    return may


def emptied(engine: Pooled) -> None:
    """Let a pool have one worker, at work or not, and no spare one."""
    ask(engine, SMALL)
    until(lambda: not engine.pool._starting[False])
    with engine.pool._condition:
        while len(engine.pool._idle[False]) > 1:
            engine.pool._idle[False].pop().close()


def test_who_waits_for_a_start_takes_a_worker_that_is_given_back_before(
    engine: Pooled, monkeypatch: pytest.MonkeyPatch
) -> None:
    emptied(engine)
    may_start, held = no_more_start(monkeypatch), Held(monkeypatch)
    first, second = started(engine, 2)
    until(lambda: engine.pool._wanting[False] == 1)
    held.may.set()
    second.join(10)
    first.join(10)
    assert not first.is_alive() and not second.is_alive()
    may_start.set()
    until(lambda: not engine.pool._starting[False])


def test_jobs_that_come_at_once_start_as_many_workers_and_one_to_spare(
    engine: Pooled, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    threads = started(engine, 6)
    held.until(6)
    until(lambda: not engine.pool._starting[False])
    assert engine.pool.counts.started == 7
    held.may.set()
    for thread in threads:
        thread.join()


def test_who_leaves_or_has_no_time_waits_for_no_start(
    engine: Pooled, monkeypatch: pytest.MonkeyPatch
) -> None:
    until(lambda: engine.pool._stem.ready(0))  # else it is the data that are waited for
    may_start = no_more_start(monkeypatch)
    with pytest.raises(LimitReached, match="the client left"):
        ask(engine, SMALL, left=lambda: True)
    with pytest.raises(Busy, match="no worker was free in time; try again"):
        ask(engine, SMALL, seconds=0.05)
    assert engine.pool._wanting[False] == 0
    may_start.set()
    assert b"true" in ask(engine, SMALL)


def test_who_waits_while_the_pool_is_closed_is_answered_and_leaves_no_worker_behind(
    engine: Pooled, monkeypatch: pytest.MonkeyPatch
) -> None:
    emptied(engine)
    may_start, held = no_more_start(monkeypatch), Held(monkeypatch)
    threads = started(engine, 2)
    until(lambda: engine.pool._wanting[False] == 1)
    engine.pool.close()
    may_start.set()
    held.until(2)
    held.may.set()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    until(lambda: not engine.pool._starting[False])
    assert not engine.pool._idle[False] and engine.pool._stem._count == 0


def test_as_many_workers_as_there_were_are_ready_when_the_edition_is_in_memory(
    root: Root, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "_SETTLED", 3600)
    held = Held(monkeypatch)
    with pooled(root, place, Limits(workers=8)) as engine:
        threads = started(engine, 3)
        held.until(3)
        monkeypatch.setattr(pools, "_SETTLED", 0)
        engine.pool._load()
        assert engine.pool.in_memory
        assert len(engine.pool._idle[False]) >= 3
        assert all(worker.stem is engine.pool._stem for worker in engine.pool._idle[False])
        held.may.set()
        for thread in threads:
            thread.join()
