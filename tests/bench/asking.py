"""Asking a SPARQL endpoint as a client does: one kept connection, the answer read whole."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from types import TracebackType
from typing import Self
from urllib.parse import quote

from tests.bench.queries import JSON, Query

GZIP_OFF = {"Accept-Encoding": "identity"}
IDLE = 2.0  # seconds after which a connection is opened anew; servers close those that rest


class NoAnswer(Exception):
    """The endpoint gave no whole answer: an error, or nothing in the time there was."""


class TooLate(NoAnswer):
    """The endpoint gave no answer in the time there was, so that it would have taken longer."""


@dataclass
class Asker:
    """A client of one endpoint, for one thread."""

    port: int
    path: str = "/sparql"
    triples: str = "application/n-triples"  # what is accepted where triples are asked for
    seconds: float = 60.0
    _connection: HTTPConnection | None = field(default=None, repr=False)
    _used: float = 0.0  # when the last answer came

    def ask(self, query: Query) -> tuple[float, bytes, str]:
        """Return the seconds an answer took, the answer, and its media type.

        Raises NoAnswer, and TooLate where it took longer than ``seconds``.
        """
        accept = self.triples if query.triples else JSON
        target = f"{self.path}?query={quote(query.text)}"
        try:
            connection = self._connected()
            started = time.perf_counter()
            connection.request("GET", target, headers=GZIP_OFF | {"Accept": accept})
            response = connection.getresponse()
            media, body = response.getheader("Content-Type", ""), response.read()
        except TimeoutError as error:
            self.close()
            raise TooLate(f"more than {self.seconds:g} s") from error
        except (OSError, HTTPException) as error:
            self.close()
            raise NoAnswer(type(error).__name__) from error
        self._used = time.perf_counter()
        if self._used - started > self.seconds:
            raise TooLate(f"more than {self.seconds:g} s")
        if response.status != 200:
            raise NoAnswer(f"status {response.status} after {self._used - started:.1f} s")
        return self._used - started, body, media.partition(";")[0].strip().lower()

    def _connected(self) -> HTTPConnection:
        """Return the kept connection, or a new one where it has rested for long."""
        if self._connection is not None and time.perf_counter() - self._used > IDLE:
            self.close()
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=self.seconds)
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._connection

    def close(self) -> None:
        """Close the connection; the next request opens another one."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
