"""Who reads and checks the documents of strangers: processes that may die of them, or this one.

A server has workers for it, forked from a process that has read the shapes already; they give up
files and network before they see a document, and one past its time or memory is killed.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Protocol

from competency.errors import Busy, CompetencyError, LimitReached, QueryRefused, TimeReached
from competency.ontology import DEFAULT_BASE
from competency.sparql.engine import nobody_left
from competency.sparql.limits import Limits
from competency.sparql.workers import Pool, Root, Source

CHECKERS = 4  # documents that are read or checked at once
QUEUE = 8  # and that wait for it


@dataclass(frozen=True)
class Reasons:
    """What is said of a job that was broken off; the pool's own words are about queries."""

    work: str
    elsewhere: str

    def of(self, error: CompetencyError, seconds: float) -> CompetencyError:
        """Return an error of the pool in words about the document."""
        if isinstance(error, TimeReached):
            reason = f"{self.work} this was stopped after {seconds:g} seconds; {self.elsewhere}"
            return TimeReached("time", reason)
        if isinstance(error, Busy):
            reason = "no more documents can be taken in just now; try again in a moment"
            return Busy(error.limit, reason)
        limit = error.limit if isinstance(error, LimitReached) else "nesting"
        said = {
            "memory": f"{self.work} this takes more memory than it may; {self.elsewhere}",
            "nesting": "the document or the shapes are nested too deeply",
            "engine": f"{self.work} this broke off over the document; {self.elsewhere}",
        }
        return LimitReached(limit, said.get(limit, str(error)))


@dataclass(frozen=True)
class Text:
    """A document or a file of shapes: its name, its bytes, its syntax where that was named."""

    name: str
    data: bytes
    syntax: str | None = None


@dataclass(frozen=True)
class Checking:
    """What is to be checked, against which rules, within how many seconds.

    ``format`` names the report that is wanted; without it the answer is what a page shows, with
    the first ``rows`` results, and ``reports`` as they are, if they are short.
    """

    document: Text
    shapes: tuple[Text, ...] = ()
    profile: str | None = None
    without: tuple[str, ...] = ()
    format: str | None = None
    rows: int = 0
    reports: tuple[str, ...] = ()
    seconds: float | None = None

    reasons = Reasons(
        "checking", "check less at a time, or on the command line: competency validate"
    )

    def job(self, base: str, most: int) -> tuple[dict[str, Any], bytes]:
        """Return the message for who does it; ``most`` is the bytes that the answer may have."""
        texts = [(text.name, text.syntax, len(text.data)) for text in self.shapes]
        head = {
            "job": "check",
            "base": base,
            "name": self.document.name,
            "syntax": self.document.syntax,
            "size": len(self.document.data),
            "shapes": texts,
            "profile": self.profile,
            "without": self.without,
            "format": self.format,
            "rows": self.rows,
            "with_reports": self.reports,
            "most": most,
        }
        return head, b"".join((self.document.data, *(text.data for text in self.shapes)))


@dataclass(frozen=True)
class Importing:
    """A file that is to be read, in the format it is in or in one that is named.

    With ``rows`` the answer is what a page shows, with the first ``rows`` results of the rules;
    without, the graphs as N-Quads, in JSON. ``layout`` is for documents in words.
    """

    document: Text
    media_type: str = ""
    layout: str | None = None
    rows: int = 0
    seconds: float | None = None

    reasons = Reasons("reading", "import it on the command line: competency import")

    def job(self, base: str, most: int) -> tuple[dict[str, Any], bytes]:
        """Return the message for who does it; ``most`` is the bytes that the answer may have."""
        head = {
            "job": "import",
            "base": base,
            "name": self.document.name,
            "media_type": self.media_type,
            "format": self.document.syntax,
            "layout": self.layout,
            "rows": self.rows,
            "most": most,
        }
        return head, self.document.data


@dataclass(frozen=True)
class Aligning:
    """Two frameworks, as the quads they are in, between which alignments are to be suggested.

    ``decided`` are pairs that are not to come back; ``rows`` those of a file that are to be shown
    again instead of new ones; the first ``keep`` suggestions are told.
    """

    left: str
    right: str
    quads: bytes
    per_part: int = 5
    contrasts: bool = False
    decided: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str, str, float], ...] | None = None
    keep: int = 0
    seconds: float | None = None

    reasons = Reasons("suggesting", "suggest them on the command line: competency align")

    def job(self, base: str, most: int) -> tuple[dict[str, Any], bytes]:
        """Return the message for who does it; ``most`` is the bytes that the answer may have."""
        names = ("left", "right", "per_part", "contrasts", "decided", "rows", "keep")
        told = {name: getattr(self, name) for name in names}
        return {"job": "align", "base": base, "most": most, **told}, self.quads


Job = Checking | Importing | Aligning


class Checker(Protocol):
    """Reads and checks documents."""

    def check(self, job: Job, left: Callable[[], bool] = nobody_left) -> bytes:
        """Return a report, or what a page shows as JSON; raises any of our errors."""

    def warm(self) -> None:
        """Get ready, without waiting for it: somebody is about to ask."""

    def close(self) -> None:
        """End what stands behind it."""


class InProcess:
    """Checks in this process: for tests and scripts, as nothing bounds its time or its memory."""

    def __init__(self, base: str = DEFAULT_BASE, limits: Limits | None = None) -> None:
        """Name things without an IRI under ``base``."""
        self._base, self._limits = base, limits or Limits()

    def check(self, job: Job, left: Callable[[], bool] = nobody_left) -> bytes:
        """Return the answer; ``left`` is not asked."""
        from competency.sparql.workers.aligner import align_job
        from competency.sparql.workers.checker import check_job
        from competency.sparql.workers.importer import import_job

        do = {Checking: check_job, Importing: import_job, Aligning: align_job}[type(job)]
        return do(*job.job(self._base, self._limits.answer)).data

    def warm(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class _Later:
    """A pool that is made when it is first needed, which takes as long as a job in a process."""

    def __init__(self, make: Callable[[], Pool]) -> None:
        self._make, self._lock, self._closed = make, threading.Lock(), False
        self.pool: Pool | None = None

    def ready(self) -> Pool:
        with self._lock:
            if self._closed:
                raise Busy("engine", "the server is about to end")
            if self.pool is None:
                self.pool = self._make()
            return self.pool

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self.pool is not None:
                self.pool.close()


class Pooled:
    """Checks in workers, which are started when somebody first comes near.

    Suggestions have workers of their own: they need no shapes, and no document waits for them.

    Pooled(root, base, settings.limits).check(Checking(Text("a.ttl", data)))
    """

    def __init__(self, root: Root, base: str, limits: Limits) -> None:
        """Fork from ``root``; as many documents are checked at once as the machine has use for."""
        workers = min(limits.workers, CHECKERS, max(2, os.cpu_count() or 2))
        self._limits = bound = replace(limits, workers=workers, queue=min(limits.queue, QUEUE))
        self._base = base
        self._documents = _Later(lambda: Pool(root, Source(base, warm=True), bound))
        self._suggesting = _Later(lambda: Pool(root, Source(base), bound))

    @property
    def pool(self) -> Pool | None:
        """Return the pool for documents, once there is one."""
        return self._documents.pool

    def check(self, job: Job, left: Callable[[], bool] = nobody_left) -> bytes:
        """Have a document read or checked.

        Raises TimeReached, Busy and LimitReached beside what is wrong with the document.
        """
        seconds = self._limits.clamp(job.seconds)
        head, body = job.job(self._base, self._limits.answer)
        pool = self._suggesting if isinstance(job, Aligning) else self._documents
        try:
            return pool.ready().run(head, body, seconds=seconds, left=left)[1]
        except (LimitReached, QueryRefused) as error:
            # QueryRefused is what a process says that has overflowed its stack.
            raise job.reasons.of(error, seconds) from error

    def warm(self) -> None:
        """Start what documents need, in a thread of its own."""
        if self.pool is None:
            threading.Thread(target=self._start, daemon=True).start()

    def _start(self) -> None:
        with suppress(Busy):
            self._documents.ready()

    def close(self) -> None:
        """End the workers."""
        self._documents.close()
        self._suggesting.close()
