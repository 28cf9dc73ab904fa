"""Running the application: behind waitress, or for a single request without any network."""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Flask
from werkzeug.datastructures import Headers

from competency.errors import SourceError
from competency.server.app import MAX_BODY

THREADS = 8


def serve(
    app: Flask,
    host: str = "127.0.0.1",
    port: int = 8000,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve until interrupted; ``on_ready`` is called with the address once it is listened at.

    Port 0 takes any free port. Raises SourceError when nothing can listen there.

        serve(create_app(graph), port=0, on_ready=print)
    """
    from waitress import create_server

    try:
        server = create_server(
            app, host=host, port=port, threads=THREADS, ident=None, max_request_body_size=MAX_BODY
        )
    except OSError as error:
        raise SourceError(f"{host}:{port}", f"cannot listen: {error.strerror or error}") from error
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # else a line for each wait
    if on_ready:
        on_ready(_address(host, port, server))
    server.run()


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
