"""A server as its operator starts it: trusted proxies, a gentle stop, a client that leaves."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.editions.common import framework, put
from tests.servers import BEARER, server, started
from tests.soak.measuring import below

pytestmark = [pytest.mark.slow, pytest.mark.alone]
LONG = "/sparql?query=" + quote(
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
)


def test_addresses_are_those_that_a_trusted_proxy_was_asked_for(tmp_path: Path) -> None:
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "data.example"}
    for words, address in (
        ("--proxies 1", b"<https://data.example/sparql>"),
        ("", b"<http://127.0.0.1:"),
    ):
        with server("--data", tmp_path / "data", *words.split()) as running:
            assert b"sd:endpoint " + address in running.ask("GET", "/sparql", headers=said)[2]


def test_a_server_that_is_told_to_stop_finishes_what_runs(tmp_path: Path) -> None:
    put(tmp_path / "data", framework())
    running = started("--data", tmp_path / "data")
    found: list[int] = []
    asking = threading.Thread(
        target=lambda: found.append(running.ask("GET", LONG + "&timeout=3")[0])
    )
    asking.start()
    running.wait_for_running(1)
    running.process.send_signal(signal.SIGTERM)
    with pytest.raises(ConnectionError):
        while True:  # until it hears the signal
            running.ask("GET", "/health")
    asking.join()
    assert found == [503]
    assert running.process.wait(30) == 0
    running.log.close()


def lives(pid: int) -> bool:
    """Say whether a process is there and no zombie, which init has yet to bury."""
    try:
        stat = Path("/proc", str(pid), "stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_nothing_is_left_of_a_server_that_was_killed(tmp_path: Path) -> None:
    put(tmp_path / "data", framework())
    running = started("--data", tmp_path / "data")
    if not Path("/proc/self/stat").exists():
        pytest.skip("this system does not list processes")

    def lose() -> None:
        with pytest.raises(OSError):
            running.ask("GET", LONG)

    asking = threading.Thread(target=lose)
    asking.start()
    until = time.monotonic() + 60
    while len(found := below(running.process.pid)) < 3:  # two that start others, and a worker
        assert time.monotonic() < until, found
        time.sleep(0.05)
    running.kill()
    asking.join()
    while left := [pid for pid in found if lives(pid)]:
        assert time.monotonic() < until, left
        time.sleep(0.05)
    running.log.close()


def test_the_figures_count_writes(tmp_path: Path) -> None:
    headers = BEARER | {"Content-Type": "text/turtle"}
    with server("--data", tmp_path / "data") as running:
        running.ask("PUT", "/graphs?graph=urn:x", b"<urn:a> <urn:b> 1 .", headers)
        running.ask("PUT", "/graphs?graph=urn:x", b"<urn:a> oops", headers)
        bad = b"<urn:f> a <https://w3id.org/competency/ns#Framework> ."
        assert running.ask("PUT", "/graphs?graph=urn:f", bad, headers)[0] == 422
        text = running.ask("GET", "/metrics")[2].decode()
        for outcome in ("published", "invalid", "refused"):
            assert f'competency_writes_total{{outcome="{outcome}"}} 1.0' in text
        assert 'competency_edition_info{digest="' in text


def test_the_figures_say_when_the_edition_is_in_memory(tmp_path: Path) -> None:
    put(tmp_path / "data", framework())
    with server("--data", tmp_path / "data") as running:
        assert running.is_in_memory(30)
    with server("--data", tmp_path / "data", "--in-memory", "0") as running:
        assert not running.is_in_memory(3)
