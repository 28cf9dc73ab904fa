"""Crashes at any moment: what is published is whole, verifies, and no publication is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

import pytest

from competency import DataDirectory, KnowledgeGraph
from tests.servers import BEARER, Server, started

pytestmark = pytest.mark.slow
KILLS, SERVER_KILLS = 180, 24
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def publisher() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.publishing"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    yield process
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        pipe.close()


def published(directory: DataDirectory) -> int:
    """Return the number of the framework that is published, after a look at every digest."""
    with directory.require() as edition:
        assert edition.faults() == []
        assert len(edition.store) == edition.manifest.quads
        graph = KnowledgeGraph.of(edition)
        number = int(graph.framework("urn:f").title)
        labels = {
            str(t.object) for t in edition.graphs["urn:f"].triples if "label" in str(t.predicate)
        }
        assert labels == {f'"{number}"', *(f'"{number} {n}"' for n in range(200))}
        return number


def seconds_of_one(publisher: subprocess.Popen[str], place: Path) -> float:
    """Return how long a publication takes on this machine, so that kills meet every part of it."""
    assert publisher.stdin is not None and publisher.stdout is not None
    print(place, 1, file=publisher.stdin, flush=True)
    pid = int(publisher.stdout.readline().split()[1])
    publisher.stdout.readline()
    started = time.monotonic()
    for _ in range(3):
        publisher.stdout.readline()
    seconds = (time.monotonic() - started) / 3
    os.kill(pid, signal.SIGKILL)
    while publisher.stdout.readline().strip() != "ended":
        pass
    return seconds


def test_a_publication_that_is_killed_leaves_a_whole_edition(
    tmp_path: Path, publisher: subprocess.Popen[str]
) -> None:
    directory, chance = DataDirectory(tmp_path / "data"), random.Random(7)  # noqa: S311
    assert publisher.stdin is not None and publisher.stdout is not None
    usual = seconds_of_one(publisher, tmp_path / "other")
    number = 1
    for _ in range(KILLS):
        print(directory.path, number, file=publisher.stdin, flush=True)
        pid, before = int(publisher.stdout.readline().split()[1]), number - 1
        told = before
        timer = threading.Timer(chance.random() * 3 * usual, os.kill, (pid, signal.SIGKILL))
        timer.start()
        while (line := publisher.stdout.readline().strip()) != "ended":
            told = int(line)
        now = 0 if directory.current_name() is None else published(directory)
        assert told <= now <= told + 1
        # Another machine, or the load on this one, makes a publication slower or faster than the
        # first that were timed: kills stay spread over the whole of one, and half come after it.
        usual *= 1.15 if now == before else 0.87
        number = now + 1
    assert number > KILLS // 4


def test_two_commands_that_publish_at_once_both_come_through(tmp_path: Path) -> None:
    for number in (1, 2):
        text = f"<urn:{number}> a <https://w3id.org/competency/ns#Framework> ."
        (tmp_path / f"{number}.ttl").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "competency", "publish", "--no-gate", "--data", "data"]
    for _ in range(3):
        running = [
            subprocess.Popen([*command, f"{number}.ttl"], cwd=tmp_path, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
            for number in (1, 2)
        ]  # fmt: skip
        assert [process.wait(60) for process in running] == [0, 0]
    with DataDirectory(tmp_path / "data").require() as edition:
        assert list(edition.graphs) == ["urn:1", "urn:2"] and edition.faults() == []


def send_without_end(server: Server, number: int, told: list[int]) -> None:
    """Publish over HTTP until the server is no more."""
    while True:
        rows = "".join(f'<urn:f/{n}> rdfs:label "{number} {n}" . ' for n in range(200))
        text = (
            "PREFIX comp: <https://w3id.org/competency/ns#> "
            "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> CLEAR SILENT GRAPH <urn:f> ; "
            f'INSERT DATA {{ GRAPH <urn:f> {{ <urn:f> a comp:Framework ; rdfs:label "{number}" . {rows} }} }}'
        )
        try:
            status, _, _ = server.ask(
                "POST",
                "/update",
                text.encode(),
                BEARER | {"Content-Type": "application/sparql-update"},
            )
        except (OSError, HTTPException):  # an answer may be cut in its head
            return
        assert status == 204
        told.append(number)
        number += 1


def test_a_server_that_is_killed_leaves_a_whole_edition(tmp_path: Path) -> None:
    directory, chance = DataDirectory(tmp_path / "data"), random.Random(11)  # noqa: S311
    number, usual = 1, 0.3
    for _ in range(SERVER_KILLS):
        before = number - 1
        server, told = started("--data", directory.path, "--no-gate"), [before]
        sender = threading.Thread(target=send_without_end, args=(server, number, told))
        sender.start()
        time.sleep(0.05 + chance.random() * 3 * usual)
        server.kill()
        sender.join()
        server.log.close()
        now = 0 if directory.current_name() is None else published(directory)
        assert told[-1] <= now <= told[-1] + 1
        usual *= 1.5 if now == before else 0.7  # as fast as this machine is at the moment
        number = now + 1
    assert number > SERVER_KILLS // 4
