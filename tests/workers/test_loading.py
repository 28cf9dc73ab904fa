"""Loading into memory: only what stays for a while, and no further than somebody waits for it."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from competency.sparql import Limits
from competency.sparql.workers import Root
from competency.sparql.workers import pool as pools
from competency.sparql.workers.forkserver import _is_left
from tests.workers.common import SMALL, ask, pooled


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return what stems are asked to hold."""
    found: list[dict[str, Any]] = []
    hold = Root.hold

    def noted(self: Root, **asked: Any) -> Any:
        found.append(asked)
        return hold(self, **asked)

    monkeypatch.setattr(Root, "hold", noted)
    return found


def test_an_edition_that_another_follows_at_once_is_not_loaded(
    root: Root, place: Path, held: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "_SETTLED", 3600)  # the pool is closed sooner, however slow all is
    before = threading.active_count()
    with pooled(root, place, Limits()) as engine:
        assert b"true" in ask(engine, SMALL)
    ends = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < ends:
        time.sleep(0.01)
    assert threading.active_count() <= before
    assert [asked["in_memory"] for asked in held] == [False]


def test_an_edition_that_stays_is_loaded(
    root: Root, place: Path, held: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "_SETTLED", 0.01)
    with pooled(root, place, Limits()) as engine:
        ends = time.monotonic() + 20
        while not engine.pool.in_memory and time.monotonic() < ends:
            time.sleep(0.01)
        assert engine.pool.in_memory and b"true" in ask(engine, SMALL)
    assert [asked["in_memory"] for asked in held] == [False, True]


def test_who_loads_sees_that_nobody_waits_and_reads_nothing_of_what_was_sent() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        assert not _is_left(theirs)
        ours.sendall(b"fork")
        assert not _is_left(theirs)
        assert theirs.recv(4) == b"fork"
        ours.close()
        assert _is_left(theirs)
