"""A small SPARQL engine on a port of its own, which can be told to misbehave."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pyoxigraph as ox

JSON, TRIPLES = "application/sparql-results+json", "application/n-triples"
Headers = dict[str, str]
Said = tuple[int, Headers, bytes]


class OtherEngine(ThreadingHTTPServer):
    """An engine over a store; ``instead`` answers in its place where it gives something."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        """Hold nothing and listen on any free port."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.store = ox.Store()
        self.union = True
        self.requests: list[dict[str, list[str]]] = []
        self.sent: list[Headers] = []
        self.instead: Callable[[dict[str, list[str]]], Said | None] = lambda _: None
        self.connections: list[socket.socket] = []

    @property
    def url(self) -> str:
        """Return the address for queries and updates."""
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"

    @property
    def updates(self) -> list[str]:
        """Return the updates that came in."""
        return [text for fields in self.requests for text in fields.get("update", [])]

    def answer(self, fields: dict[str, list[str]]) -> Said:
        """Answer a request of the protocol."""
        try:
            if "update" in fields:
                self.store.update(fields["update"][0])
                return 204, {}, b""
            return self._query(fields)
        except SyntaxError as error:
            return 400, {"Content-Type": "text/plain"}, str(error).encode()

    def _query(self, fields: dict[str, list[str]]) -> Said:
        default = [ox.NamedNode(name) for name in fields.get("default-graph-uri", [])]
        named = [ox.NamedNode(name) for name in fields.get("named-graph-uri", [])]
        given: dict[str, Any] = {"default_graph": default, "named_graphs": named}
        union = {"use_default_graph_as_union": self.union}  # then FROM is not looked at
        found = self.store.query(fields["query"][0], **(given if default or named else union))
        if isinstance(found, ox.QueryTriples):
            data = found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
            return 200, {"Content-Type": TRIPLES}, data
        data = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        return 200, {"Content-Type": JSON}, data

    def get_request(self) -> Any:
        """Take a connection, and remember it."""
        found = super().get_request()
        self.connections.append(found[0])
        return found

    def hang_up(self) -> None:
        """End all connections, as a process that ends does."""
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing when a client broke off."""


class _Handler(BaseHTTPRequestHandler):
    server: OtherEngine
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body go by themselves: each answer waited 40 ms

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        fields = parse_qs(body.decode(), keep_blank_values=True)
        self.server.requests.append(fields)
        self.server.sent.append(dict(self.headers))
        status, headers, data = self.server.instead(fields) or self.server.answer(fields)
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(data))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


def instead(*answer: object, to: str = "query") -> Callable[[dict[str, list[str]]], Said | None]:
    return lambda fields: answer if to in fields else None  # type: ignore[return-value]


@contextmanager
def running(port: int = 0) -> Iterator[OtherEngine]:
    """Give an engine that answers, and end it."""
    engine = OtherEngine(port)
    thread = threading.Thread(target=engine.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield engine
    finally:
        engine.shutdown()
        engine.hang_up()
        engine.server_close()
        thread.join()
