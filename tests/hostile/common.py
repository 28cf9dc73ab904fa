"""Raw sockets for requests that no honest client sends, and the check that follows each."""

from __future__ import annotations

import socket
from urllib.parse import quote

from tests.servers import Server

SMALL = "/sparql?query=" + quote("ASK { ?s ?p ?o }")


def raw(server: Server, data: bytes, *, wait: float = 30, close: bool = False) -> bytes:
    """Send bytes as they are and return what comes back, nothing when the client goes at once."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=wait) as sock:
        sock.sendall(data)
        if close:
            return b""
        found = b""
        try:
            while piece := sock.recv(65_536):
                found += piece
                if b"\r\n\r\n" in found and b"Content-Length: 0" in found:
                    break
        except (TimeoutError, ConnectionError):
            pass
        return found


def quick(server: Server, most: float = 15) -> None:
    """Be sure that the server is alive and lets a small query through.

    `most`, in seconds, tells a server that answers from one that is held up; how fast it
    answers is for the benchmark to say, since a busy machine may take its time.
    """
    status, _, body = server.ask("GET", SMALL, timeout=most)
    assert status == 200 and b"true" in body


def query(text: str, **more: str) -> str:
    """Return the address of a query."""
    return "/sparql?query=" + quote(text) + "".join(f"&{k}={quote(v)}" for k, v in more.items())
