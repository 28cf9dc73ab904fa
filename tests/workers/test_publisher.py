"""The process that writes may be killed at any moment; what is said of the write is true then."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from competency import DataDirectory
from competency.errors import Busy
from competency.sparql.workers import Publisher, Root
from tests.editions.common import ONE, TWO, framework, put

HEAD = {"write": "delete", "graph": TWO, "base": "https://example.org/", "gate": False, "note": ""}


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    put(tmp_path, framework(ONE))
    put(tmp_path, framework(TWO, "Two"))
    return DataDirectory(tmp_path)


@pytest.fixture
def publisher(root: Root) -> Iterator[Publisher]:
    publisher = Publisher(root)
    yield publisher
    publisher.close()


def head(directory: DataDirectory, **more: Any) -> dict[str, Any]:
    return HEAD | {"directory": str(directory.path)} | more


def killed_while_it_waits(
    publisher: Publisher, directory: DataDirectory, meanwhile: Callable[[], None]
) -> str:
    """Kill the process while somebody else publishes, and return what is said of its write."""
    said: list[str] = []

    def write() -> None:
        with pytest.raises(Busy) as caught:
            publisher.publish(head(directory), b"")
        said.append(str(caught.value))

    with directory.publishing():
        thread = threading.Thread(target=write)
        thread.start()
        while publisher._worker is None or not (publisher._worker.alive and publisher._worker.jobs):
            time.sleep(0.01)
        time.sleep(0.1)
        meanwhile()
        os.kill(publisher._worker.pid, signal.SIGKILL)
        thread.join()
    return said[0]


def test_a_write_whose_process_is_killed_has_changed_nothing_and_says_so(
    publisher: Publisher, directory: DataDirectory
) -> None:
    said = killed_while_it_waits(publisher, directory, lambda: None)
    assert "nothing has changed" in said
    assert directory.pointed_at() == "000002"
    assert publisher.publish(head(directory), b"")["edition"] == "000003"


def test_where_something_was_published_meanwhile_nobody_claims_to_know(
    publisher: Publisher, directory: DataDirectory
) -> None:
    said = killed_while_it_waits(publisher, directory, lambda: directory.flip("000001"))
    assert "it is not known whether" in said
    fresh = directory.editions_folder / "000003"
    said = killed_while_it_waits(publisher, directory, fresh.mkdir)
    assert "it is not known whether" in said


def test_a_process_that_was_killed_while_it_was_idle_costs_no_write(
    publisher: Publisher, directory: DataDirectory
) -> None:
    publisher.publish(head(directory), b"")
    assert publisher._worker is not None
    os.kill(publisher._worker.pid, signal.SIGKILL)
    publisher._worker._poll.poll(10_000)
    assert publisher.publish(head(directory, graph=ONE), b"")["edition"] == "000004"
