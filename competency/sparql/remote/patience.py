"""How long a request to another engine is waited for, and what ends the waiting early.

A blocking read knows no client who leaves, and its timeout starts anew with every byte. So a
thread looks on, and shuts the connection down when the time is over or nobody waits any more.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from competency.errors import LimitReached, TimeReached

_TICK = 0.1  # seconds between looks at the clock and at the client


class Patience:
    """The waiting for one answer; as a context it looks on from beginning to end.

    with Patience(10.0, left) as patience: ...
    """

    def __init__(self, seconds: float, left: Callable[[], bool]) -> None:
        """Wait ``seconds`` at most, and no longer than until ``left`` says that nobody waits."""
        self._seconds, self._left = seconds, left
        self._ends = time.monotonic() + seconds
        self._done = threading.Event()
        self._socket: socket.socket | None = None
        self.reason: LimitReached | None = None

    @property
    def rest(self) -> float:
        """Return the seconds that are left, and never none: a socket takes 0 for something else."""
        return max(0.05, self._ends - time.monotonic())

    def holds(self, connection: socket.socket) -> None:
        """Note the connection that is to be shut down."""
        self._socket = connection

    def __enter__(self) -> Patience:
        threading.Thread(target=self._look_on, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()

    def look(self) -> None:
        """Raise TimeReached when the time is over, LimitReached when nobody waits any more."""
        if self.reason is None and time.monotonic() > self._ends:
            seconds = round(self._seconds, 1)
            self.reason = TimeReached("time", f"stopped after {seconds:g} seconds")
        elif self.reason is None and self._left():
            self.reason = LimitReached("client", "the client left")
        if self.reason is not None:
            raise self.reason

    def _look_on(self) -> None:
        while not self._done.wait(_TICK):
            try:
                self.look()
            except LimitReached:
                if self._socket is not None:
                    with contextlib.suppress(OSError):
                        self._socket.shutdown(socket.SHUT_RDWR)
                    return


class Now(threading.local):
    """The waiting that a thread is in, for the connections that it uses."""

    patience: Patience | None = None

    def note(self, connection: socket.socket | None) -> None:
        """Tell the waiting which connection it waits for."""
        if self.patience is not None and connection is not None:
            self.patience.holds(connection)


class _Told:
    """What makes a connection tell who waits for it; put before the connection's own class."""

    sock: socket.socket | None

    def __init__(self, *args: Any, now: Now, **more: Any) -> None:
        super().__init__(*args, **more)
        self._now = now

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]
        self._now.note(self.sock)

    def getresponse(self) -> Any:
        self._now.note(self.sock)
        return super().getresponse()  # type: ignore[misc]


class _Line(_Told, HTTPConnection):
    """A connection that tells who waits for it."""


class _TlsLine(_Told, HTTPSConnection):
    """The same with TLS."""


class _Lines(HTTPConnectionPool):
    ConnectionCls = _Line


class _TlsLines(HTTPSConnectionPool):
    ConnectionCls = _TlsLine


def lines_to(
    scheme: str, host: str, port: int | None, now: Now, connections: int
) -> HTTPConnectionPool:
    """Return the pool of connections to a host; certificates are checked where it has TLS."""
    kind = _TlsLines if scheme == "https" else _Lines
    return kind(host, port, maxsize=connections, now=now)
