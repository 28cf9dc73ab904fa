"""Connections that are bounded: a client gets so long to send, so long to take its answer.

waitress closes connections that do nothing. One that sends a byte now and then, to hold a place
that others need, is closed here; so is one that does not take its answer. How much a request may
send depends on its address, and is known before its body is read. What is refused like that never
comes to the application, and is told as the application tells what is wrong.

What a small answer costs is for the most part that threads and processes are woken. So the head of
an answer is sent with what follows it, and the thread that reads from all connections is woken at
the end of an answer only where something is left for it to do.
"""

from __future__ import annotations

import copy
import html
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask, WSGITask

from competency.server.negotiation import prefers_page
from competency.server.responses import CORS, OPEN_PATHS, SECURITY

SEND_SECONDS = 30  # from the first byte of a request to its last, for a small one
SLOWEST = 20_000  # bytes a second; what is larger gets more time, at this rate
TAKE_SECONDS = 60  # for an answer, and more for a large one, at the same rate
_TOGETHER = 65_536  # bytes; what is longer is not copied to be sent with its head
_ACCEPT = re.compile(rb"^accept:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)

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
            self.adj: Any = _bounded(adj, most)

    @property
    def accept(self) -> str | None:
        """Return what the client takes, as far as that was read."""
        if "ACCEPT" in self.headers or not self.header_plus:
            found: str | None = self.headers.get("ACCEPT")
            return found
        read = _ACCEPT.search(self.header_plus)
        return read[1].decode("latin-1") if read else None

    @property
    def reason(self) -> str:
        """Say why the request is refused, and what would be taken."""
        if self.error.code == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
            most = self.adj.max_request_header_size
            way = "send a long query in the body of a POST"
            return f"the address and the headers have to be smaller than {most:,} bytes; {way}"
        if self.error.code != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return str(self.error.body)
        most, told = self.adj.max_request_body_size, "AUTHORIZATION" in self.headers
        way, allowed = "", self.bound(self.path, True)
        if not told and allowed > most:
            way = f"; it may have {allowed:,} with the token for writing (Authorization: Bearer)"
        return f"a body that is sent here has to be smaller than {most:,} bytes{way}"


@lru_cache(maxsize=16)
def _bounded(adj: Any, most: int) -> Any:
    """Return the settings of a server with another bound for bodies; they are only read."""
    bounded = copy.copy(adj)
    bounded.max_request_body_size = most
    return bounded


class _Task(WSGITask):  # type: ignore[misc]
    """The answer to one request; the connection stays open after a 204 and a 304 as well.

    waitress closes it after every answer without a length. These two have none because they have
    no body, so a client knows where they end (RFC 9112, section 6.3).
    """

    def write(self, data: bytes) -> None:
        """Send a part of an answer; the first one goes with the head, so that it wakes once."""
        if self.wrote_header or not 0 < len(data) <= _TOGETHER:
            super().write(data)
            return
        with self.channel.at_once():
            super().write(data)

    def set_close_on_finish(self) -> None:
        told = self.request.headers.get("CONNECTION", "").lower()
        if self.has_body or self.version != "1.1" or told == "close":
            super().set_close_on_finish()


class _ErrorTask(ErrorTask):  # type: ignore[misc]
    """The answer to a request that is refused before all of it was read; then it is hung up.

    A problem document (RFC 9457), or a plain page for who prefers one.
    """

    def execute(self) -> None:
        request, error = self.request, self.request.error
        self.status = f"{error.code} {error.reason}"
        kind, data = _told(error.code, request.reason, prefers_page(request.accept))
        headers = {"Content-Type": kind, "Vary": "Accept", "Cache-Control": "no-store"} | SECURITY
        unread = error.code == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        if unread or request.path.startswith(OPEN_PATHS):  # whose address is not known then
            headers |= CORS
        self.response_headers.extend(headers.items())
        self.set_close_on_finish()
        self.content_length = len(data)
        self.write(data)


def _told(status: int, detail: str, page: bool) -> tuple[str, bytes]:
    """Return the media type and the bytes of what is said about an error."""
    title = HTTPStatus(status).phrase
    if not page:
        document = {"title": title, "status": status, "detail": detail}
        text = json.dumps(document, ensure_ascii=False) + "\n"
        return "application/problem+json", text.encode()
    head = f'<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><title>{status} {title}</title>'
    text = f"{head}\n<h1>{title}</h1>\n<p>{html.escape(detail)}</p>\n</html>\n"
    return "text/html; charset=utf-8", text.encode()


class _Woken:
    """The server as one of its connections sees it: not woken where there is nothing to do."""

    def __init__(self, server: Any, channel: _Channel) -> None:
        self._server, self._channel = server, channel

    def __getattr__(self, name: str) -> Any:
        return getattr(self._server, name)

    def pull_trigger(self) -> None:
        if self._channel.unfinished:
            self._server.pull_trigger()


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that is closed when it is too slow."""

    task_class, error_task_class = _Task, _ErrorTask
    _began = _since = 0.0
    _largest = 0
    _held: list[bytes] | None = None  # what is written, until all of it is sent at once
    _unheard = False  # the thread that reads does not listen to this connection now

    def __init__(self, server: Any, *rest: Any, **more: Any) -> None:
        super().__init__(_Woken(server, self), *rest, **more)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Send at the end what is written meanwhile."""
        held: list[bytes] = []
        self._held = held
        try:
            yield
        finally:
            self._held = None
        super().write_soon(b"".join(held))

    def write_soon(self, data: Any) -> int:
        """Send bytes, or a file, as far as that can be done now."""
        if self._held is not None:
            self._held.append(data)
            return len(data)
        written = int(super().write_soon(data))
        if self.total_outbufs_len and self._unheard:  # it may have been passed over for us
            self.server.pull_trigger()
        return written

    @property
    def unfinished(self) -> bool:
        """Say whether the thread that reads has something to do for this connection.

        That is to send what is left, to close it, or to listen to it again.
        """
        left = self.total_outbufs_len or self.close_when_flushed or self.will_close
        return bool(left or self._unheard)

    def received(self, data: bytes) -> Any:
        if self.request is None:
            self._began = time.monotonic()
        return super().received(data)

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send what can be sent now: nothing, once the client's going has closed the connection."""
        return super().send(data, do_close) if self.socket is not None else 0

    def readable(self) -> bool:
        self._unheard = True  # before the look: who is done meanwhile has to see it
        request = self.request
        if request is not None and not self.requests:
            length = max(request.content_length, request.body_bytes_received)
            if time.monotonic() - self._began > SEND_SECONDS + length / SLOWEST:
                self.will_close = True
        self._unheard = not super().readable()
        return not self._unheard

    def writable(self) -> bool:
        waiting = self.total_outbufs_len
        if waiting > self._largest:
            self._largest, self._since = waiting, time.monotonic()
        elif not waiting:
            self._largest = 0
        elif time.monotonic() - self._since > TAKE_SECONDS + self._largest / SLOWEST:
            self.will_close = True
        return bool(super().writable()) and not self._is_sending()

    def _is_sending(self) -> bool:
        """Say whether another thread is sending a small answer, and only that is to be done.

        To look again and again until it has sent it would keep that thread from going on.
        """
        closing = self.close_when_flushed or self.will_close
        if closing or not 0 < self.total_outbufs_len <= _TOGETHER:
            return False
        if self.outbuf_lock.acquire(False):
            self.outbuf_lock.release()
            return False
        return self._unheard
