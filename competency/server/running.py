"""Running the application: behind waitress, or for a single request without any network."""

from __future__ import annotations

import ctypes
import errno
import gc
import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.datastructures import Headers

from competency.errors import SourceError
from competency.server.app import MAX_BODY
from competency.server.bodies import MAX_WRITE
from competency.server.submission import MAX_SENT
from competency.server.uploads import MAX_UPLOAD

SPARE_THREADS = 8  # beside those that wait for queries
CONNECTIONS = 500
GRACE_SECONDS = 20.0  # for what runs when the server is told to stop
_MAX_HEADER = 65_536  # bytes of the address and the headers of a request
# How many objects have to be made until Python looks for garbage among the young, and how often so
# until among the older: a look at all takes longer than a page where many frameworks are held, and
# came with every fourth page.
_COLLECTED = (5_000, 10, 10)
_M_ARENA_MAX = -8  # glibc, mallopt(3)
_WRITE_PATHS = ("/update", "/graphs")


def serve(
    app: Flask,
    host: str = "127.0.0.1",
    port: int = 8000,
    on_ready: Callable[[str], None] | None = None,
    *,
    threads: int = SPARE_THREADS,
    largest_answer: int = 1 << 26,
    proxies: int = 0,
) -> None:
    """Serve until interrupted or told to end; what runs then is finished, within a time.

    Port 0 takes any free port; ``on_ready`` is called with the address once it is listened at;
    ``threads`` is how many requests are worked on at once, ``proxies`` how many proxies are
    trusted. Raises SourceError when nothing can listen there.

        serve(create_app(graph), port=0, on_ready=print)
    """
    _share_memory()
    gc.set_threshold(*_COLLECTED)
    server = _listen(app, host, port, threads, largest_answer, proxies)
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    if on_ready:
        on_ready(_address(host, port, server))
    _loop(server, lambda: not stop.is_set())
    _finish(server)


def _share_memory() -> None:
    """Let all threads take memory from two places, as glibc's one for each never shrink."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 2)


def may_send(path: str, with_token: bool) -> int:
    """Return how many bytes the body of a request may have, by its address.

    >>> may_send("/sparql", False), may_send("/update", True)
    (1000000, 64000000)
    """
    if path.startswith("/import"):
        return MAX_UPLOAD
    if path.startswith(("/validate", "/align")):
        return MAX_SENT
    return MAX_WRITE if with_token and path.startswith(_WRITE_PATHS) else MAX_BODY


def _listen(
    app: Flask, host: str, port: int, threads: int, largest_answer: int, proxies: int
) -> Any:
    from waitress import create_server

    from competency.server.connections import channel_class

    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            max_request_body_size=MAX_WRITE + 1,
            max_request_header_size=_MAX_HEADER,
            connection_limit=CONNECTIONS,
            channel_request_lookahead=1,  # else nobody sees that a client has gone
            outbuf_high_watermark=2 * largest_answer,  # no thread waits for a slow client
            asyncore_use_poll=True,
            log_socket_errors=False,
            clear_untrusted_proxy_headers=not proxies,  # the application looks at them
        )
    except OSError as error:
        raise SourceError(f"{host}:{port}", f"cannot listen: {_reason(error)}") from error
    except ValueError as error:  # waitress has asked what addresses the host has
        raise SourceError(f"{host}:{port}", "cannot listen: no such host here") from error
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # else a line for each wait
    kind = channel_class(may_send)
    for listener in _map_of(server).values():
        if hasattr(listener, "channel_class"):
            listener.channel_class = kind
    return server


def _reason(error: OSError) -> str:
    """Return why nothing can listen there, and the way out where it is simple."""
    way = "; --port names another" if error.errno == errno.EADDRINUSE else ""
    return f"{error.strerror or error}{way}"


def _map_of(server: Any) -> dict[int, Any]:
    """Return what waitress listens to; a host with several addresses has several sockets."""
    found: dict[int, Any] = server._map if hasattr(server, "_map") else server.map
    return found


def _loop(server: Any, going: Callable[[], bool]) -> None:
    from waitress import wasyncore

    while going():
        wasyncore.loop(timeout=0.5, use_poll=True, map=_map_of(server), count=1)


def _finish(server: Any) -> None:
    """Take no more connections, finish what runs, then end."""
    found = _map_of(server)
    listeners = [item for item in found.values() if hasattr(item, "active_channels")]
    for listener in listeners:
        listener.accepting = False
        listener.socket.close()
        found.pop(listener._fileno, None)
    ends = time.monotonic() + GRACE_SECONDS

    def busy() -> bool:
        channels = [c for item in listeners for c in list(item.active_channels.values())]
        at_work = any(channel.requests or channel.total_outbufs_len for channel in channels)
        return at_work and time.monotonic() < ends

    _loop(server, busy)
    listeners[0].task_dispatcher.shutdown(timeout=1)


def get(app: Flask, path: str, accept: str | None = None) -> tuple[int, Headers, bytes]:
    """Answer one GET in this process: status, headers and bytes, as a client would get them.

    >>> from competency.graph import KnowledgeGraph
    >>> from competency.server import create_app
    >>> get(create_app(KnowledgeGraph()), "/health")[0]
    200
    """
    headers = {"Accept": accept} if accept else {}
    response = app.test_client().get(path, headers=headers)
    return response.status_code, response.headers, response.get_data()


def _address(host: str, port: int, server: object) -> str:
    """Return the address for people; a host with several addresses has several sockets."""
    listen = getattr(server, "effective_listen", None)
    actual = listen[0][1] if listen else getattr(server, "effective_port", port)
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{actual}/"
