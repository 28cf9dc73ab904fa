"""Clients that cost little: requests as bytes over connections that stay open.

A client library takes longer for a request than the servers compared here; so the bytes of a
request are made once, and of an answer only the status and the length are read.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping, Sequence

_END = b"\r\n\r\n"


def request_bytes(path: str, headers: Mapping[str, str], method: str = "GET") -> bytes:
    """Return a request as it goes out.

    >>> request_bytes("/", {"Accept": "text/html"})
    b'GET / HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nAccept: text/html\\r\\n\\r\\n'
    """
    rows = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    rows += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(rows) + "\r\n\r\n").encode()


class Client:
    """One connection to a server of this machine that stays open."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes) -> None:
        """Send a request and wait for nothing."""
        self._socket.sendall(request)

    def receive(self) -> tuple[int, bytes, bytes]:
        """Return status, head and body of the next answer."""
        data = b""
        while _END not in data:
            data += self._more()
        head, _, body = data.partition(_END)
        status = int(head[9:12])
        missing = 0 if status == 304 else _length(head) - len(body)
        parts = [body]
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        return status, head, b"".join(parts)

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Send a request and return its answer."""
        self.send(request)
        return self.receive()

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _more(self) -> bytes:
        data = self._socket.recv(1 << 18)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data


def _length(head: bytes) -> int:
    place = head.lower().find(b"\r\ncontent-length:")
    return int(head[place + 17 :].partition(b"\r\n")[0]) if place >= 0 else 0


def per_second(clients: Sequence[Client], request: bytes, status: int, seconds: float) -> float:
    """Return how many answers clients get in a second, each with one request under way.

    AssertionError where an answer has another status.
    """
    for client in clients:
        client.send(request)
    started, count = time.perf_counter(), 0
    while time.perf_counter() < started + seconds:
        for client in clients:
            found, _, _ = client.receive()
            assert found == status, f"status {found} to {request!r}"
            client.send(request)
            count += 1
    taken = time.perf_counter() - started
    for client in clients:
        client.receive()
    return count / taken


def header_of(head: bytes, name: str) -> str:
    r"""Return the value of a header, an empty text where there is none.

    >>> header_of(b'HTTP/1.1 200 OK\r\nETag: "a"', "ETag")
    '"a"'
    """
    for row in head.decode("latin-1").split("\r\n")[1:]:
        found, _, value = row.partition(":")
        if found.lower() == name.lower():
            return value.strip()
    return ""
