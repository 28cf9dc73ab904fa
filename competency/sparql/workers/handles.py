"""What processes are started with and held by: sockets, pipes, handles. There may be none left.

That is for the moment, and nobody's end: it is told as Busy, and those that run go on.
"""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Iterator

from competency.errors import Busy

_HANDLES = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ETOOMANYREFS)
_OTHERS = (errno.ENOMEM, errno.EAGAIN)  # memory, processes


class NoSocket(socket.socket):
    """A socket that is closed and never was open, so that it takes no handle."""

    def __init__(self) -> None:
        self._io_refs, self._closed = 0, True

    def settimeout(self, value: float | None) -> None:
        """Do nothing: nobody waits here."""


@contextlib.contextmanager
def scarcity_told() -> Iterator[None]:
    """Turn the want of handles, memory or processes into Busy.

    with scarcity_told(): socket.socketpair()
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _HANDLES + _OTHERS:
            raise
        raise no_more("file handle" if error.errno in _HANDLES else "memory") from error


def no_more(what: str) -> Busy:
    """Return the error that nothing of a kind is left to start a process with."""
    return Busy("engine", f"no {what} is left to start a worker with; try again in a moment")


def ends(
    kept: contextlib.ExitStack, theirs: contextlib.ExitStack
) -> tuple[socket.socket, int, list[int]]:
    """Open what a parent talks to a process by and hears its last words by, and its other ends.

    The one stack closes the parent's ends, the other one those of the process. Busy where no
    handle is left.
    """
    with scarcity_told():
        ours, other = socket.socketpair()
        kept.callback(ours.close)
        theirs.callback(other.close)
        log, other_log = os.pipe()
        kept.callback(os.close, log)
        theirs.callback(os.close, other_log)
    return ours, log, [other.fileno(), other_log]


def handle_of(pid: int) -> int | None:
    """Return what a process can be killed by, whatever takes its number when it has ended."""
    with contextlib.suppress(ProcessLookupError), scarcity_told():
        return os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
    return None
