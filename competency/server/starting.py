"""Putting a server together: the processes behind it, what it serves, and the application."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask

from competency.errors import EditionError
from competency.graph import DataDirectory, Edition, KnowledgeGraph, describe_dataset
from competency.graph.store import dump
from competency.server.app import create_app
from competency.server.serving import Fixed, Published
from competency.server.settings import Settings
from competency.server.site import Site
from competency.server.watching import Watch
from competency.server.writes import Writes
from competency.sparql.relay import Relay
from competency.sparql.workers import Pool, Pooled, Publisher, Root, Source


@contextmanager
def app_for_graph(graph: KnowledgeGraph, settings: Settings) -> Iterator[Flask]:
    """Give the application for a graph in memory, its queries in workers; end them afterwards."""
    with ExitStack() as stack:
        root = Root()
        stack.callback(root.close)
        pool = _pool_of(dump(graph.store), graph.base, root, settings)
        serving = Fixed(Site(graph, Pooled(pool, _relay(settings, stack)), settings))
        stack.callback(serving.close)
        yield create_app(serving, settings, watch=Watch(settings.query_log))


@contextmanager
def app_for_directory(directory: DataDirectory, settings: Settings) -> Iterator[Flask]:
    """Give the application for a data directory: it follows what is published there.

    The published edition is looked at in full first; EditionError names what is wrong with it.
    """
    check(directory)
    with ExitStack() as stack:
        root = Root()
        stack.callback(root.close)
        relay = _relay(settings, stack)
        serving = Published(
            directory, lambda edition: site_of(directory, edition, root, settings, relay)
        )
        stack.callback(serving.close)
        writes = None
        if settings.token:
            publisher = Publisher(root)
            stack.callback(publisher.close)
            writes = Writes(publisher, settings.token, _common(directory, settings))
        yield create_app(serving, settings, writes=writes, watch=Watch(settings.query_log))


def check(directory: DataDirectory) -> None:
    """Look at every file of the published edition; EditionError says what is wrong and helps."""
    try:
        edition = directory.current()
        if edition is not None:
            with edition:
                edition.check()
    except EditionError as error:
        place, _, reason = str(error).partition(": ")
        whole = directory.last_whole()
        hint = "no edition is whole"
        if whole is not None:
            hint = f"edition {whole.id} is whole: --last-whole publishes it again"
        raise EditionError(error.edition, place, f"{reason}; {hint}") from error


def site_of(
    directory: DataDirectory,
    edition: Edition | None,
    root: Root,
    settings: Settings,
    relay: Relay | None = None,
) -> Site:
    """Return the site of an edition, or of an empty one where nothing was published yet."""
    if edition is None:
        empty = KnowledgeGraph(base=directory.base)
        quads = dump(empty.store) if settings.union else b""
        return Site(empty, Pooled(_pool_of(quads, empty.base, root, settings), relay), settings)
    graph = KnowledgeGraph.of(edition)
    graph.overlay(graph.base + "dataset", lambda: describe_dataset(graph))
    source = Source(graph.base, place=edition.folder / "store", triples=edition.manifest.quads)
    return Site(graph, Pooled(Pool(root, source, settings.limits), relay), settings)


def _pool_of(quads: bytes, base: str, root: Root, settings: Settings) -> Pool:
    """Return a pool that has loaded quads, which are then no file any more."""
    with tempfile.TemporaryDirectory(prefix="competency-") as place:
        file = Path(place, "graph.nq")
        file.write_bytes(quads)
        return Pool(root, Source(base, file=file), settings.limits)


def _relay(settings: Settings, stack: ExitStack) -> Relay | None:
    """Return the way to the endpoints that queries may ask, or None where they may ask none.

    It gives up before the query that waits for it does, so that one learns which endpoint it was.
    """
    if not settings.services:
        return None
    limits = settings.limits
    relay = Relay(settings.services, seconds=0.8 * limits.seconds, most=limits.answer // 4)
    stack.callback(relay.close)
    return relay


def _common(directory: DataDirectory, settings: Settings) -> dict[str, object]:
    return {
        "directory": str(directory.path.resolve()),
        "base": directory.base,
        "gate": settings.gate,
        "union": settings.union,
    }
