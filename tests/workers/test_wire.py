"""Messages between processes arrive as they were sent, whole or not at all."""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from competency.sparql.workers import wire
from competency.sparql.workers.confining import processor_time

Ends = tuple[socket.socket, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


@pytest.mark.parametrize("size", [0, 1, 65_500, 65_536, 65_537, 3_000_000])
@pytest.mark.parametrize("name", ["a", "é" * 70_000])
def test_a_message_arrives_as_it_was_sent(ends: Ends, name: str, size: int) -> None:
    head, body = {"job": "query", "name": name}, bytes(range(256)) * (size // 256 + 1)
    sender = threading.Thread(target=wire.send, args=(ends[0], head, body[:size]))
    sender.start()
    found = wire.receive(ends[1])
    sender.join()
    assert found == (head, body[:size])
    assert found is not None
    assert isinstance(found[1], bytes)


def test_a_message_may_come_in_pieces(ends: Ends) -> None:
    text = json.dumps({"job": "read"}).encode()
    data = struct.pack("!II", len(text), 4) + text + b"body"

    def send() -> None:
        for number in range(len(data)):
            ends[0].sendall(data[number : number + 1])

    sender = threading.Thread(target=send)
    sender.start()
    assert wire.receive(ends[1]) == ({"job": "read"}, b"body")
    sender.join()


@pytest.mark.parametrize("kept", [0, 3, 8, 12, 70_000])
def test_a_message_that_breaks_off_is_none(ends: Ends, kept: int) -> None:
    text = json.dumps({"job": "read"}).encode()
    data = struct.pack("!II", len(text), 100_000) + text + b"x" * 100_000
    ends[0].sendall(data[:kept])
    ends[0].close()
    assert wire.receive(ends[1]) is None


def test_the_time_of_the_processor_is_known_of_a_process_that_lives() -> None:

    mine = processor_time(os.getpid())
    assert mine is None or mine > 0
    assert processor_time(2**30) is None
