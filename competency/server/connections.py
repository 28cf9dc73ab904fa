"""Connections that are bounded: a client gets so long to send, so long to take its answer.

waitress closes connections that do nothing. One that sends a byte now and then, to hold a place
that others need, is closed here; so is one that does not take its answer. How much a request may
send depends on its address, and is known before its body is read.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

SEND_SECONDS = 30  # from the first byte of a request to its last, for a small one
SLOWEST = 20_000  # bytes a second; what is larger gets more time, at this rate
TAKE_SECONDS = 60  # for an answer, and more for a large one, at the same rate

Bound = Callable[[str, bool], int]


def channel_class(bound: Bound) -> type[HTTPChannel]:
    """Return the class of connections in which ``bound`` says how long a body may be.

    ``bound`` is given the path of a request and whether it shows a token.
    """
    parser = type("Parser", (_Parser,), {"bound": staticmethod(bound)})
    return type("Channel", (_Channel,), {"parser_class": parser})


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request, as much of it as its address may bring."""

    bound: Bound
    path = ""  # of a request whose first line nobody can read; what goes wrong later names it

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        most = self.bound(self.path, "AUTHORIZATION" in self.headers)
        adj: Any = self.adj
        if most < adj.max_request_body_size:
            self.adj: Any = copy.copy(adj)
            self.adj.max_request_body_size = most


class _Task(WSGITask):  # type: ignore[misc]
    """The answer to one request; the connection stays open after a 204 and a 304 as well.

    waitress closes it after every answer without a length. These two have none because they have
    no body, so a client knows where they end (RFC 9112, section 6.3).
    """

    def set_close_on_finish(self) -> None:
        told = self.request.headers.get("CONNECTION", "").lower()
        if self.has_body or self.version != "1.1" or told == "close":
            super().set_close_on_finish()


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that is closed when it is too slow."""

    task_class = _Task
    _began = _since = 0.0
    _largest = 0

    def received(self, data: bytes) -> Any:
        if self.request is None:
            self._began = time.monotonic()
        return super().received(data)

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send what can be sent now: nothing, once the client's going has closed the connection."""
        return super().send(data, do_close) if self.socket is not None else 0

    def readable(self) -> bool:
        request = self.request
        if request is not None and not self.requests:
            length = max(request.content_length, request.body_bytes_received)
            if time.monotonic() - self._began > SEND_SECONDS + length / SLOWEST:
                self.will_close = True
        return bool(super().readable())

    def writable(self) -> bool:
        waiting = self.total_outbufs_len
        if waiting > self._largest:
            self._largest, self._since = waiting, time.monotonic()
        elif not waiting:
            self._largest = 0
        elif time.monotonic() - self._since > TAKE_SECONDS + self._largest / SLOWEST:
            self.will_close = True
        return bool(super().writable())
