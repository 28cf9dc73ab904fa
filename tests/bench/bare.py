"""The least that a page can cost: a Flask view that returns bytes it has, as our server serves.

    python -m tests.bench.bare

``/bytes/20000`` is answered with so many bytes. It stands behind the same waitress, set up in the
same way and with the same threads; it says on standard error where it listens, as ours does.
"""

from __future__ import annotations

import sys

from flask import Flask, Response

from competency.server.checking import CHECKERS, QUEUE
from competency.server.running import SPARE_THREADS, serve
from competency.sparql.limits import Limits


def bare_app() -> Flask:
    """Return the application.

    >>> bare_app().test_client().get("/bytes/3").data
    b'xxx'
    """
    app = Flask(__name__)
    made: dict[int, bytes] = {}

    @app.get("/bytes/<int:size>")
    def give(size: int) -> Response:
        if size not in made:
            made[size] = b"x" * size
        return Response(made[size], mimetype="text/html")

    return app


def main() -> None:
    """Serve until told to end."""
    limits = Limits()
    threads = limits.workers + limits.queue + CHECKERS + QUEUE + SPARE_THREADS

    def say(address: str) -> None:
        print(f"serving on {address}", file=sys.stderr, flush=True)

    serve(bare_app(), port=0, on_ready=say, threads=threads)


if __name__ == "__main__":
    main()
