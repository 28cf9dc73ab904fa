"""The process that workers are forked from: it has imported, and loaded, all that they need.

So a worker starts in a few milliseconds, and all workers share one copy of the data. It answers
to its parent over a socket: each message brings the open files for a new process. Started as

    python -m competency.sparql.workers.forkserver FD
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from competency.graph.store import OX_FORMATS
from competency.sparql.workers.confining import die_with_parent
from competency.sparql.workers.holding import in_memory
from competency.sparql.workers.worker import Held, work

_MESSAGE = 65_536  # bytes
_FILES = 2  # that a process is given: what it is talked to by, and what it is heard by


def serve(control: socket.socket, held: Held) -> None:
    """Fork what the parent asks for until it closes its end.

    What the system refuses is answered with 0 for the process: it may let us the next time.
    """
    gc.collect()
    gc.freeze()
    control.sendall(b"!")
    while True:
        text, files, _, _ = socket.recv_fds(control, _MESSAGE, 3)
        if not text:
            return
        asked = json.loads(text)
        child = {"worker": _worker, "hold": _hold}[asked["fork"]]
        pid = _fork(control, child, files, held, asked) if len(files) == _FILES else 0
        for file in files:
            os.close(file)
        control.sendall(pid.to_bytes(8, "big"))


def _fork(
    control: socket.socket, child: Callable[..., None], files: list[int], *arguments: Any
) -> int:
    """Start a process that runs ``child`` and nothing else, ever; 0 where none can be started."""
    try:
        pid = os.fork()
    except OSError:
        return 0
    if pid:
        return pid
    status = 1
    try:
        control.close()
        os.dup2(files[1], 2)
        child(files, *arguments)
        status = 0
    finally:
        os._exit(status)


def _worker(files: list[int], held: Held, asked: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    kept = {"network": asked["network"], "writes": asked["writes"]}
    work(socket.socket(fileno=files[0]), held, asked["memory"], **kept)


def _hold(files: list[int], held: Held, asked: dict[str, Any]) -> None:
    """Become a process that holds an edition, from which its workers are forked."""
    die_with_parent()
    if asked["warm"]:
        from competency.sparql.workers import checker, importer

        checker.warm()
        importer.warm()
    store, control = None, socket.socket(fileno=files[0])
    if asked["file"]:
        store = ox.Store()
        store.bulk_load(path=asked["file"], format=OX_FORMATS["nquads"])
    elif asked["in_memory"]:
        store = in_memory(Path(asked["place"]), partial(_end_if_left, control))
    serve(control, Held(asked["base"], asked["place"], store))


def _end_if_left(control: socket.socket) -> None:
    """End this process where nobody waits any more for what it loads."""
    if _is_left(control):
        os._exit(0)


def _is_left(control: socket.socket) -> bool:
    """Say whether the other end is closed; what it has sent stays to be read."""
    try:
        return not control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True


def main() -> None:
    """Start with nothing held."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the dead
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)  # the parent decides when it is over
    serve(socket.socket(fileno=int(sys.argv[1])), Held(""))


if __name__ == "__main__":
    main()
