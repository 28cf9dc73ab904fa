"""Watching the server work: a number for each query, a line in a log, figures for Prometheus.

The registry belongs to one application, so that two in one process do not share their figures.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from competency.errors import (
    Busy,
    CompetencyError,
    LimitReached,
    QueryRefused,
    SourceError,
    TimeReached,
)
from competency.server.finished import KEPT
from competency.server.site import Site

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
ID_HEADER = "Query-Id"
_SECONDS = (0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60)


class Watch:
    """Counts requests and queries, and writes the query log.

    ``log`` is the path of a file, or ``-`` for standard error; each line is one JSON object.
    """

    def __init__(self, log: str | None = None) -> None:
        """Start at zero."""
        self.registry = CollectorRegistry()
        self._log: IO[str] | None = _open(log)
        self._lock = threading.Lock()
        self._define()

    def _define(self) -> None:
        def named(sort: Any, name: str, what: str, *labels: str, **more: Any) -> Any:
            return sort(f"competency_{name}", what, labels, registry=self.registry, **more)

        self.requests = named(Counter, "requests", "HTTP requests.", "method", "status")
        self.queries = named(Counter, "queries", "Queries by how they ended.", "form", "outcome")
        self.seconds = named(Histogram, "query_seconds", "Seconds of a query.", buckets=_SECONDS)
        self.writes = named(Counter, "writes", "Writes by how they ended.", "outcome")
        self.checks = named(Counter, "checks", "Documents checked, by how that ended.", "outcome")
        self.gauges = {
            name: named(Gauge, name, what)
            for name, what in (
                ("queries_running", "Queries that run now."),
                ("queries_waiting", "Queries that wait for a worker."),
                ("workers_started", "Workers started over this edition."),
                ("workers_killed", "Workers killed or lost over this edition."),
                ("answers_kept_hits", "Queries answered from memory over this edition."),
                ("answers_kept_misses", "Queries worked out over this edition."),
                ("triples", "Triples of the published edition."),
                ("in_memory", "1 where the edition is held in memory, 0 where it is on disk."),
            )
        }
        self.edition = named(Gauge, "edition_info", "The published edition.", "edition", "digest")

    @contextmanager
    def query(self, text: str, number: str) -> Iterator[dict[str, Any]]:
        """Watch one query; what is put into the dictionary goes into its line of the log.

        ``number`` is what it is called there, see :func:`query_number`.
        """
        started = time.perf_counter()
        said: dict[str, Any] = {"form": "none"}
        outcome = "error"
        try:
            yield said
            outcome = "answered"
        except CompetencyError as error:
            outcome = outcome_of(error)
            said["error"] = str(error)
            raise
        finally:
            seconds = time.perf_counter() - started
            self.seconds.observe(seconds)
            self.queries.labels(said["form"], outcome).inc()
            self._write(number, text, outcome, seconds, said)

    @contextmanager
    def write(self) -> Iterator[dict[str, str]]:
        """Count one write by its outcome, which is put into the dictionary."""
        said = {"outcome": "error"}
        try:
            yield said
        except CompetencyError as error:
            said["outcome"] = outcome_of(error)
            raise
        finally:
            self.writes.labels(said["outcome"]).inc()

    @contextmanager
    def check(self) -> Iterator[None]:
        """Count one check of a document by how it ended, whatever the report says."""
        outcome = "error"
        try:
            yield
            outcome = "answered"
        except CompetencyError as error:
            outcome = outcome_of(error)
            raise
        finally:
            self.checks.labels(outcome).inc()

    def _write(
        self, number: str, text: str, outcome: str, seconds: float, said: dict[str, Any]
    ) -> None:
        if self._log is None:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = {"time": now, "id": number, "outcome": outcome, "seconds": round(seconds, 6), **said}
        with self._lock:
            print(json.dumps(line | {"query": text[:10_000]}), file=self._log, flush=True)

    def close(self) -> None:
        """Close the log."""
        if self._log is not None and self._log is not sys.stderr:
            self._log.close()

    def answered(self, method: str, status: int) -> None:
        """Count a request."""
        self.requests.labels(method, status).inc()

    def register(self, app: Flask) -> None:
        """Count the requests of an application and put the number of a query on its answer."""

        @app.after_request
        def count(response: Response) -> Response:
            if not request.environ.get(KEPT):  # else it is counted when it is sent, 200 or 304
                self.answered(request.method, response.status_code)
            if number := g.get("query_id"):
                response.headers[ID_HEADER] = number
            return response

    def exposition(self, site: Site) -> bytes:
        """Return all figures in the text format of Prometheus."""
        engine = site.answers.engine
        pool: Any = getattr(engine, "pool", None)
        seen = pool.snapshot() if pool is not None else {}
        values = {
            "queries_running": seen.get("running", 0),
            "queries_waiting": seen.get("waiting", 0),
            "workers_started": seen.get("started", 0),
            "workers_killed": seen.get("killed", 0),
            "answers_kept_hits": site.answers.hits,
            "answers_kept_misses": site.answers.misses,
            "triples": float("nan") if site.graph.elsewhere else len(site.graph),
            "in_memory": seen.get("in_memory", 0),
        }
        for name, value in values.items():
            self.gauges[name].set(value)
        self.edition.clear()
        if site.graph.edition is not None:
            self.edition.labels(site.graph.edition.id, site.graph.edition.manifest.digest).set(1)
        return generate_latest(self.registry)


def query_number() -> str:
    """Return a new number for a query: 16 digits of base 16 that tell it from any other."""
    return os.urandom(8).hex()


def outcome_of(error: CompetencyError) -> str:
    """Return in a word how a query ended that got no answer."""
    outcomes: dict[type[CompetencyError], str] = {
        TimeReached: "time",
        Busy: "busy",
        LimitReached: "limit",
        QueryRefused: "refused",
    }
    return next((outcomes[kind] for kind in type(error).__mro__ if kind in outcomes), "invalid")


def _open(log: str | None) -> IO[str] | None:
    if log is None or log == "-":
        return sys.stderr if log else None
    try:
        return Path(log).open("a", encoding="utf-8")
    except OSError as error:
        raise SourceError(log, error.strerror or "cannot be written") from error
