"""The relay: the one way from a worker to another endpoint, and only to those an operator allows.

An engine that follows SERVICE by itself resolves names and follows redirects to wherever they
lead. So a query is given a local address in the place of each endpoint, and the server asks in
its stead (``competency.sparql.fetching``). Such an address is good for one query, while it runs.
"""

from __future__ import annotations

import contextlib
import secrets
import socketserver
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import cast

from competency.errors import EndpointError, QueryRefused
from competency.sparql.fetching import Target, fetch
from competency.sparql.guard.services import Services

MAX_REQUEST = 1_000_000  # bytes of a query for an endpoint
_ASKS = 100  # requests of one query: SERVICE within FILTER EXISTS is asked for each row
_AT_ONCE = 8  # requests of all queries; each may hold an answer in memory
_CHUNK = 65_536


@dataclass
class _Visit:
    """One query's right to ask: the endpoints it names, and how often it may still ask."""

    iris: list[str] = field(default_factory=list)
    asks: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(_ASKS))


class Relay:
    """Listens on the loopback interface, in threads, until it is closed.

    relay = Relay(["https://query.wikidata.org/sparql"], seconds=8, most=1 << 24)
    with relay.routes() as route:
        route("https://query.wikidata.org/sparql")  # http://127.0.0.1:41234/Zk3...w/0
    relay.close()
    """

    def __init__(
        self, allowed: Sequence[str], *, private: bool = False, seconds: float, most: int
    ) -> None:
        """Allow the endpoints whose IRIs begin with one of ``allowed``, and start to listen.

        A request may take ``seconds`` and its answer may have ``most`` bytes. A host whose name
        leads to an address that is not public is refused unless ``private`` is set; an address
        that is itself in ``allowed`` is meant. ParameterError for what is no http or https IRI.
        """
        self._allowed = Services(allowed)
        self._private, self._seconds, self._most = private, seconds, most
        self._visits: dict[str, _Visit] = {}
        self._places = threading.Semaphore(_AT_ONCE)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.relay = self
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()

    @contextlib.contextmanager
    def routes(self) -> Iterator[Callable[[str], str]]:
        """Give a function from an endpoint to its local address, for the time of one query.

        The function raises QueryRefused for an endpoint that is not allowed.
        """
        token, visit = secrets.token_urlsafe(24), _Visit()

        def route(iri: str) -> str:
            if not self.allows(iri):
                raise QueryRefused(f"SERVICE <{iri}> is not among the endpoints allowed here")
            visit.iris.append(iri)
            return f"{self.address}/{token}/{len(visit.iris) - 1}"

        self._visits[token] = visit
        try:
            yield route
        finally:
            del self._visits[token]

    def allows(self, iri: str) -> bool:
        """Say whether an endpoint is one of those allowed, or lies below one of them."""
        return self._allowed.allows(iri) and Target.of(iri) is not None

    def ask(self, path: str, body: bytes) -> tuple[str, bytes]:
        """Ask the endpoint behind a local address; return the type and the bytes of its answer.

        EndpointError when there is no such address, when the query has asked too often, and when
        the endpoint must not be asked or does not answer as it should.
        """
        visit, iri = self._visit(path)
        target = Target.of(iri)
        if target is None or not visit.asks.acquire(blocking=False):
            raise EndpointError(iri, f"one query asks it more than {_ASKS} times; ask it once")
        if not self._places.acquire(timeout=self._seconds):
            raise EndpointError(iri, "too many queries ask other endpoints; try again in a moment")
        try:
            private, seconds, most = self._private, self._seconds, self._most
            return fetch(target, body, private=private, seconds=seconds, most=most)
        finally:
            self._places.release()

    def _visit(self, path: str) -> tuple[_Visit, str]:
        """Return the query that a local address was made for, and the endpoint it stands for."""
        token, _, number = path.removeprefix("/").partition("/")
        visit = self._visits.get(token)
        if visit is None or number not in map(str, range(len(visit.iris))):
            raise EndpointError("SERVICE", "there is no such route")
        return visit, visit.iris[int(number)]

    def close(self) -> None:
        """Stop listening; what is being asked ends with its own time."""
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads, request_queue_size = True, 64
    relay: Relay


class _Handler(BaseHTTPRequestHandler):
    """Takes the requests of workers: POST to a route, and nothing else."""

    protocol_version, timeout = "HTTP/1.1", 10

    def handle(self) -> None:
        """Answer one request; a worker may be killed in the middle of it."""
        with contextlib.suppress(OSError):
            self.handle_one_request()

    def do_POST(self) -> None:
        """Ask the endpoint, and answer with its rows or with one line that says why not."""
        try:
            body = self._body()
            media_type, data = cast(_Server, self.server).relay.ask(self.path, body)
        except EndpointError as error:
            self._send(502, "text/plain; charset=utf-8", str(error).encode())
        else:
            self._send(200, media_type, data)

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            raise EndpointError("SERVICE", "the request has no length")
        left = int(length)
        if left <= MAX_REQUEST:
            return self.rfile.read(left)
        while left > 0 and (chunk := self.rfile.read(min(left, _CHUNK))):
            left -= len(chunk)  # a client that is cut off does not see the answer
        raise EndpointError("SERVICE", f"the query for it is larger than {MAX_REQUEST:,} bytes")

    def _send(self, status: int, media_type: str, data: bytes) -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: what goes wrong is in the answer."""
