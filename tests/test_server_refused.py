"""Requests that are refused before they come to the application, and how that is told."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from flask import Flask

from competency.server.running import _finish, _listen, _loop

HTML = "Accept: text/html,*/*;q=0.8\r\n"


def _never(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("200 OK", [("Content-Length", "0")])
    return []


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    app = Flask(__name__)
    setattr(app, "wsgi_app", _never)  # noqa: B010
    server, over = _listen(app, "127.0.0.1", 0, 4, 1 << 17, 0), threading.Event()
    thread = threading.Thread(target=_loop, args=(server, lambda: not over.is_set()))
    thread.start()
    yield server.effective_port
    over.set()
    server.trigger.pull_trigger()
    thread.join()
    _finish(server)
    server.trigger.close()


def told(port: int, request: str) -> tuple[int, dict[str, str], str]:
    """Send a request and return what is said until the server hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as sent:
        sent.sendall(request.encode())
        data = b""
        while more := sent.recv(65_536):
            data += more
    head, _, body = data.decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    assert int(headers["content-length"]) == len(body.encode())
    return int(first.split()[1]), headers, body


def large(path: str, size: int = 99_999_999, more: str = "") -> str:
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n{more}\r\n"


@pytest.mark.parametrize(
    ("path", "most"),
    [("/sparql", "1,000,000"), ("/validate", "6,000,000"), ("/graphs?graph=urn:x", "1,000,000")],
)
def test_a_body_that_is_too_large_is_a_problem_document(port: int, path: str, most: str) -> None:
    status, headers, body = told(port, large(path))
    assert (status, headers["content-type"]) == (413, "application/problem+json")
    assert headers["access-control-allow-origin"] == "*"
    assert (headers["connection"], headers["x-content-type-options"]) == ("close", "nosniff")
    document = json.loads(body)
    assert document["status"] == 413 and f"smaller than {most} bytes" in document["detail"]


def test_only_who_may_send_more_with_a_token_hears_of_it(port: int) -> None:
    bearer = "Authorization: Bearer x\r\n"
    assert "64,000,000 with the token" in told(port, large("/graphs?default"))[2]
    assert "64,000,000 with the token" in told(port, large("/update"))[2]
    assert "token" not in told(port, large("/update", more=bearer))[2]
    assert "token" not in told(port, large("/sparql"))[2]


def test_a_body_in_chunks_is_refused_once_it_is_too_large(port: int) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    status, _, body = told(port, f"{head}{1_000_000:x}\r\n{'a' * 1_000_000}")
    assert (status, json.loads(body)["status"]) == (413, 413)


def test_a_browser_is_told_on_a_page(port: int) -> None:
    status, headers, body = told(port, large("/import", more=HTML))
    assert (status, headers["content-type"]) == (413, "text/html; charset=utf-8")
    assert headers["vary"] == "Accept" and "<h1>Request Entity Too Large</h1>" in body
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("place", ["address", "header"])
def test_an_address_or_headers_that_are_too_long_are_a_problem_document(
    port: int, place: str
) -> None:
    long = "a" * 65_600
    request = {
        "address": f"GET /sparql?query={long}",
        "header": f"GET /sparql HTTP/1.1\r\nX-Long: {long}",
    }
    status, headers, body = told(port, request[place])
    assert (status, headers["content-type"]) == (431, "application/problem+json")
    assert headers["access-control-allow-origin"] == "*" and headers["connection"] == "close"
    assert "in the body of a POST" in json.loads(body)["detail"]


def test_headers_that_are_too_long_are_told_as_was_asked_before_they_were(port: int) -> None:
    status, headers, _ = told(port, f"GET / HTTP/1.1\r\n{HTML}X-Long: {'a' * 65_560}")
    assert (status, headers["content-type"]) == (431, "text/html; charset=utf-8")


def test_what_nobody_can_read_is_a_problem_document_too(port: int) -> None:
    status, headers, body = told(port, "GET / HTTP/1.1\r\nno header\r\n\r\n")
    assert (status, headers["content-type"]) == (400, "application/problem+json")
    assert json.loads(body)["detail"] == "Invalid header"
