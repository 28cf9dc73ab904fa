"""The engine of a server whose data are elsewhere: it passes queries on and checks the answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

import pyoxigraph as ox

from competency.errors import Busy, EndpointError, LimitReached, QueryRefused
from competency.formats import Format, by_name
from competency.graph import NamedGraph, serialize
from competency.ontology import ONTOLOGY_IRI, PREFIXES
from competency.sparql.engine import Asking, nobody_left
from competency.sparql.guard import tokens
from competency.sparql.limits import Limits
from competency.sparql.querying import Dataset
from competency.sparql.remote.client import Client, Reply
from competency.sparql.remote.holding import RemoteGraphs, named
from competency.sparql.remote.reading import (
    ROWS,
    TRIPLES,
    Questions,
    as_asked,
    result,
    triples_of,
)
from competency.sparql.workers import Pool, Pooled
from competency.sparql.writing import Written, preview, too_large, write_answer

MOST_NAMED = 500  # graphs that are named with each query, where the engine has no union of them
_WAIT = 0.1  # seconds between looks at whether a waiting client is still there
_TRIED = 3  # triples by which it is told what the engine's default graph is
Fields = list[tuple[str, str]]


class DefaultGraph:
    """What the default graph of an engine is, learnt once: all named graphs together, or its own.

    Engines differ in this: Virtuoso and GraphDB have the union, Fuseki and Oxigraph their own
    unless they are told otherwise.
    """

    def __init__(self, questions: Questions) -> None:
        """Ask with ``questions``, when it is first asked for."""
        self._questions = questions
        self._union: bool | None = None

    @property
    def is_union(self) -> bool | None:
        """Say whether it is the union; None while the engine holds nothing to tell it by."""
        if self._union is None:
            self._union = self._learn()
        return self._union

    def _learn(self) -> bool | None:
        """Look in the default graph for triples that named graphs have."""
        rows = self._questions.terms(
            "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } "
            f"FILTER(isIRI(?s) && isIRI(?o) && ?g != <{ONTOLOGY_IRI}>) }} LIMIT {_TRIED}"
        )
        if not rows:
            return None
        pattern = " . ".join(f"{row['s']} {row['p']} {row['o']}" for row in rows)
        return self._questions.truth(f"ASK {{ {pattern} }}")


class Remote:
    """Answers queries with another engine; what strangers send is read by workers of our own.

    Only so many queries run and wait at once as the limits say, so that a busy site does not
    bring down the engine that others may use as well.
    """

    def __init__(
        self,
        client: Client,
        graphs: RemoteGraphs,
        default_graph: DefaultGraph,
        reader: Pooled,
        turns: Turns,
        *,
        base: str,
    ) -> None:
        """Answer through ``client``; all but ``graphs`` may be shared by many of these."""
        self._client, self._graphs, self._default = client, graphs, default_graph
        self._reader, self._turns, self._base = reader, turns, base

    @property
    def pool(self) -> Pool:
        """Return the workers that read documents."""
        return self._reader.pool

    def read(self, data: bytes, syntax: Format, source: str, base: str) -> list[ox.Quad]:
        """Parse a stranger's document in a worker, where it can do no harm; ParseError."""
        return self._reader.read(data, syntax, source, base)

    def answer(self, asking: Asking, left: Callable[[], bool] = nobody_left) -> Written:
        """Answer a query: whole, or an error that says why not.

        SERVICE is not passed on: the engine would connect to wherever it says, unwatched.
        """
        if asking.prepared.services:
            raise QueryRefused("SERVICE is not passed on to the engine behind this server")
        limits, form = self._turns.limits, asking.prepared.form
        seconds = limits.clamp(asking.seconds)
        ends = time.monotonic() + seconds
        accept = ROWS if form in ("SELECT", "ASK") else TRIPLES
        with self._turns.turn(ends, left):
            reply = self._client.query(
                prologue(asking.prepared.text, self._base) + asking.prepared.text,
                accept,
                seconds=max(0.05, ends - time.monotonic()),
                most=limits.answer,
                dataset=self._dataset(asking),
                left=left,
            )
        return self._written(reply, asking)

    def _dataset(self, asking: Asking) -> Fields:
        """Return the graphs to name: those of the request, or all where the engine has no union.

        Those of FROM are named as well: Oxigraph with a union for its default graph looks at
        nothing else.
        """
        dataset, prepared = asking.dataset, asking.prepared
        if dataset.given:
            return _fields(dataset.default_graphs, dataset.named_graphs)
        if prepared.has_dataset:
            return _fields(prepared.default_graphs, prepared.named_graphs)
        if not self._to_be_named(dataset):
            return []
        names = [*self._graphs, ONTOLOGY_IRI]
        if len(names) > MOST_NAMED:
            reason = (
                f"its default graph is not its {len(names):,} graphs together, and they are too "
                "many to be named with each query; let it take the union for its default graph "
                "(Oxigraph: --union-default-graph, Fuseki: tdb2:unionDefaultGraph)"
            )
            raise EndpointError(self._client.name, reason)
        return _fields(names, names)

    def _to_be_named(self, dataset: Dataset) -> bool:
        """Say whether graphs must be named; EndpointError where a strict dataset cannot be had."""
        union = self._default.is_union
        if union and not dataset.union:
            reason = "its default graph is the union of all: --default-graph own cannot be had"
            raise EndpointError(self._client.name, reason)
        return dataset.union and union is False

    def _written(self, reply: Reply, asking: Asking) -> Written:
        """Write an answer as it was asked for, whole or its beginning."""
        form, most, rows = asking.prepared.form, self._turns.limits.answer, asking.rows
        if form in ("SELECT", "ASK"):
            found = as_asked(result(reply, self._client.name), form)
            if rows is not None:
                return preview(found, form, rows, most)
            return write_answer(found, form, asking.syntax, most)
        graph = NamedGraph("", triples_of(reply, self._client.name))
        data = serialize(graph, by_name("turtle") if rows is not None else asking.syntax)
        if len(data) > most:
            raise too_large(most)
        if rows is None:
            return Written(data)
        text = data.decode()
        return Written(text[: rows * 200].encode(), len(text))

    def close(self) -> None:
        """Do nothing: connections and workers belong to whoever made them."""


class Turns:
    """Who may ask the engine now, and who has to wait: the limits of workers and queue."""

    def __init__(self, limits: Limits) -> None:
        """Let ``limits.workers`` ask at once and ``limits.queue`` wait."""
        self.limits = limits
        self._condition = threading.Condition()
        self.running = self.waiting = 0

    @contextmanager
    def turn(self, ends: float, left: Callable[[], bool]) -> Iterator[None]:
        """Wait for a turn and take it; Busy when too many wait, or it takes too long."""
        with self._condition:
            if self.running >= self.limits.workers:
                if self.waiting >= self.limits.queue:
                    raise Busy("queue", "too many queries are waiting; try again in a moment")
                self._wait(ends, left)
            self.running += 1
        try:
            yield
        finally:
            with self._condition:
                self.running -= 1
                self._condition.notify()

    def _wait(self, ends: float, left: Callable[[], bool]) -> None:
        self.waiting += 1
        try:
            while self.running >= self.limits.workers:
                self._condition.wait(_WAIT)
                if time.monotonic() > ends:
                    raise Busy("queue", "waited as long as the query may take; try again later")
                if left():
                    raise LimitReached("client", "the client left")
        finally:
            self.waiting -= 1


def prologue(text: str, base: str) -> str:
    r"""Return the line to put before a query or update: our base, and the prefixes it lacks.

    >>> prologue("ASK { ?s a skos:Concept }", "https://example.org/")
    'BASE <https://example.org/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> \n'
    """
    words = [item for item in tokens(text) if item[0] not in ("space", "comment")]
    declared = {
        after[1].removesuffix(":")
        for before, after in pairwise(words)
        if before[0] == "word" and before[1].upper() == "PREFIX"
    }
    lacking = (p for p in PREFIXES if p not in declared and f"{p}:" in text)
    head = [f"BASE {named(base)}", *(f"PREFIX {p}: <{PREFIXES[p]}>" for p in lacking)]
    return " ".join(head) + " \n"


def _fields(default: Sequence[str], names: Sequence[str]) -> Fields:
    found = [("default-graph-uri", name) for name in default]
    return found + [("named-graph-uri", name) for name in names]
