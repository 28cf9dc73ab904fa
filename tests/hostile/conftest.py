"""One server for all hostile requests: if one of them harms it, the next ones tell."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from competency import KnowledgeGraph
from tests.servers import Server, server


@pytest.fixture(scope="package")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = tmp_path_factory.mktemp("hostile") / "data"
    KnowledgeGraph.shipped().publish(place, gate=False)
    words = ("--timeout", "2", "--max-timeout", "3", "--max-answer", "2", "--memory", "256")
    with server("--data", place, "--no-gate", *words) as running:
        yield running


@dataclass
class Canary:
    """A socket that nobody may connect to."""

    port: int
    visits: list[object] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/x"


@pytest.fixture(scope="package")
def canary() -> Iterator[Canary]:
    listener = socket.create_server(("127.0.0.1", 0))
    found = Canary(listener.getsockname()[1])

    def listen() -> None:
        while True:
            try:
                connection, address = listener.accept()
            except OSError:
                return
            found.visits.append(address)
            connection.close()

    threading.Thread(target=listen, daemon=True).start()
    yield found
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
