"""Processes that still start: nobody waits before there is something to ask."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any, cast

import pytest

from competency import Busy, LimitReached
from competency.sparql import Limits
from competency.sparql.workers import Pool, Root, Source
from competency.sparql.workers.processes import Stem
from tests.workers.common import SMALL, ask, pooled

BASE = "https://example.org/"


def test_a_pool_is_there_before_its_processes_are_and_answers_when_they_are(place: Path) -> None:
    root = Root()
    try:
        with pooled(root, place) as engine:
            assert not engine.pool._stem.ready(0)
            assert b"true" in ask(engine, SMALL)
            assert engine.pool._stem.ready(0)
    finally:
        root.close()


class Reading:
    """A root whose processes read data and never get ready."""

    def __init__(self) -> None:
        self._other_ends: list[socket.socket] = []

    def hold(self, **asked: Any) -> Stem:
        ours, theirs = socket.socketpair()
        self._other_ends.append(theirs)
        return Stem(ours)

    def close(self) -> None:
        for end in self._other_ends:
            end.close()


def test_whoever_waits_for_data_that_are_being_read_is_told_when_the_time_is_over() -> None:
    root = Reading()
    pool = Pool(cast(Root, root), Source(BASE), Limits())
    with pytest.raises(Busy, match="still being read"):
        pool.run({"job": "query"}, b"ASK {}", seconds=0)
    pool.close()
    root.close()


def test_a_pool_that_was_closed_before_it_was_ready_takes_no_more() -> None:
    root = Reading()
    pool = Pool(cast(Root, root), Source(BASE), Limits())
    pool.close()
    with pytest.raises(Busy, match="no worker could answer"):
        pool.run({"job": "query"}, b"ASK {}", seconds=60)
    root.close()


def test_whoever_leaves_while_data_are_being_read_is_waited_for_no_longer() -> None:
    root = Reading()
    pool = Pool(cast(Root, root), Source(BASE), Limits())
    with pytest.raises(LimitReached, match="the client left"):
        pool.run({"job": "query"}, b"ASK {}", seconds=60, left=lambda: True)
    pool.close()
    root.close()


def test_a_process_that_ends_while_it_starts_is_started_again(place: Path) -> None:
    root = Root()
    try:
        assert root._stem._process is not None
        root._stem._process.kill()
        with pooled(root, place) as engine:
            assert b"true" in ask(engine, SMALL)
    finally:
        root.close()
