"""Connections: those whose client has gone, how answers are sent, who is woken for them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable, Iterator
from http.client import HTTPConnection
from typing import Any

import pytest
from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import create_server

from competency.server.connections import channel_class
from competency.server.running import _finish, _listen, _loop, may_send

UNWOKEN = 30.0  # seconds after which the thread that reads looks by itself; clients wait for 20


def closed_channel() -> Any:
    """Return a connection that the server has closed already."""
    server: Any = create_server(lambda *_: [], host="127.0.0.1", port=0, _start=False, map={})
    ours, theirs = socket.socketpair()
    with theirs:
        channel = channel_class(may_send)(server, ours, "", Adjustments(), map={})
        channel.handle_close()
    server.socket.close()
    server.trigger.close()
    return channel


def test_what_nobody_can_read_has_an_address_for_those_who_log_it() -> None:
    request: Any = channel_class(may_send).parser_class(Adjustments())
    request.received(b"\0\1\r\n\r\n")
    assert request.error is not None
    assert request.path == ""


def test_on_a_connection_that_is_closed_nothing_is_sent_and_nothing_breaks() -> None:
    channel = closed_channel()
    assert channel.send(b"late") == 0
    assert channel._flush_exception(lambda do_close: channel.send(b"late")) == (0, False)


# ------------------------------------------------------- answers, and who is woken for them


def _answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """Answer /N with N bytes, /N/x in several parts."""
    _, size, *parts = environ["PATH_INFO"].split("/")
    data = bytes(size.encode()[-1:]) * int(size)
    start("200 OK", [("Content-Length", size), ("Content-Type", "text/plain")])
    if not parts:
        return [data]
    step = max(1, min(len(data) // 7, 60_000))
    return (data[at : at + step] for at in range(0, len(data), step))


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    app = Flask(__name__)
    setattr(app, "wsgi_app", _answer)  # noqa: B010
    server, over = _listen(app, "127.0.0.1", 0, 4, 1 << 17, 0), threading.Event()
    look, patch = wasyncore.loop, pytest.MonkeyPatch()
    patch.setattr(wasyncore, "loop", lambda **given: look(**given | {"timeout": UNWOKEN}))
    thread = threading.Thread(target=_loop, args=(server, lambda: not over.is_set()))
    thread.start()
    yield server
    over.set()
    server.trigger.pull_trigger()
    thread.join()
    patch.undo()
    _finish(server)
    server.trigger.close()


@pytest.fixture
def connection(server: Any) -> Iterator[HTTPConnection]:
    connection = HTTPConnection("127.0.0.1", server.effective_port, timeout=20)
    yield connection
    connection.close()


def _get(connection: HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    return connection.getresponse().read()


def test_a_small_answer_is_sent_with_its_head_and_a_large_one_is_whole(
    connection: HTTPConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    send = HTTPChannel.send

    def noted(channel: Any, data: bytes, do_close: bool = True) -> int:
        sent.append(data)
        return int(send(channel, data, do_close))

    monkeypatch.setattr(HTTPChannel, "send", noted)
    assert _get(connection, "/5") == b"55555"
    assert len(sent) == 1
    assert sent[0].startswith(b"HTTP/1.1 200 OK") and sent[0].endswith(b"\r\n\r\n55555")
    assert _get(connection, "/300007") == b"7" * 300_007


@pytest.mark.parametrize("path", ["/0", "/1", "/65536", "/65537", "/70", "/70/x", "/300000/x"])
def test_answers_of_every_size_come_whole(connection: HTTPConnection, path: str) -> None:
    size = int(path.split("/")[1])
    for _ in range(3):
        assert len(_get(connection, path)) == size


def test_the_thread_that_reads_is_not_woken_for_an_answer_that_was_sent(
    server: Any, connection: HTTPConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    pull = server.trigger.pull_trigger

    def noted() -> None:
        woken.append(1)
        pull()

    monkeypatch.setattr(server.trigger, "pull_trigger", noted)
    for _ in range(20):
        _get(connection, "/9")
        time.sleep(0.02)  # so that the next request is not there before the thread is done
    assert len(woken) < 10


def test_no_request_waits_for_that_thread_to_look_by_itself(server: Any) -> None:
    answered: list[int] = []

    def client() -> None:
        connection = HTTPConnection("127.0.0.1", server.effective_port, timeout=20)
        for number in range(150):
            assert len(_get(connection, f"/{number * 31}{'/x' * (number % 2)}")) == number * 31
            answered.append(number)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answered) == 600


def test_requests_that_come_at_once_are_answered_in_order(server: Any) -> None:
    with socket.create_connection(("127.0.0.1", server.effective_port), timeout=20) as sock:
        asked = [f"GET /{number} HTTP/1.1\r\nHost: x\r\n\r\n" for number in range(1, 9)]
        sock.sendall("".join(asked).encode())
        data = b""
        while not data.endswith(b"8" * 8):
            data += sock.recv(65_536)
    bodies = [part.partition(b"HTTP/1.1")[0] for part in data.split(b"\r\n\r\n")[1:]]
    assert bodies == [str(number).encode() * number for number in range(1, 9)]


def test_a_client_that_takes_its_time_gets_all_of_a_large_answer(server: Any) -> None:
    with socket.create_connection(("127.0.0.1", server.effective_port), timeout=20) as sock:
        sock.sendall(b"GET /20000000/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        time.sleep(0.3)
        size = 0
        while data := sock.recv(1 << 20):
            size += len(data)
    assert size > 20_000_000
