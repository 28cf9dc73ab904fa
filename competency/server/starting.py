"""Putting a server together: the processes behind it, what it serves, and the application."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask

from competency.errors import EditionError
from competency.graph import DataDirectory, Edition, KnowledgeGraph, overlay_dataset
from competency.graph.store import dump
from competency.server.app import create_app
from competency.server.checking import Checker
from competency.server.checking import Pooled as Checkers
from competency.server.serving import Fixed, Published
from competency.server.settings import Settings
from competency.server.site import Site
from competency.server.watching import Watch
from competency.server.writes import Writes
from competency.sparql.relay import Relay
from competency.sparql.workers import Pool, Pooled, Publisher, Root, Source


@contextmanager
def app_for_graph(
    graph: KnowledgeGraph, settings: Settings, root: Root | None = None
) -> Iterator[Flask]:
    """Give the application for a graph in memory, its queries in workers; end them afterwards.

    ``root`` starts the workers, and is ended with them; it may have been started before.
    """
    with ExitStack() as stack:
        root = root or Root()
        stack.callback(root.close)
        pool = _pool_of(dump(graph.store), graph.base, root, settings, stack)
        serving = Fixed(Site(graph, Pooled(pool, _relay(settings, stack)), settings))
        stack.callback(serving.close)
        checker = checker_of(root, graph.base, settings, stack)
        yield create_app(serving, settings, watch=watch_of(settings, stack), checker=checker)


@contextmanager
def app_for_directory(
    directory: DataDirectory, settings: Settings, root: Root | None = None
) -> Iterator[Flask]:
    """Give the application for a data directory: it follows what is published there.

    The published edition is looked at in full first; EditionError names what is wrong with it.
    ``root`` is as for :func:`app_for_graph`.
    """
    check(directory)
    with ExitStack() as stack:
        root = root or Root()
        stack.callback(root.close)
        relay, watch = _relay(settings, stack), watch_of(settings, stack)

        def site(edition: Edition | None) -> Site:
            if edition is None:
                return _empty_site(directory.base, root, settings, stack)
            return site_of(edition, root, settings, relay)

        serving = Published(directory, site)
        stack.callback(serving.close)
        writes = None
        if settings.token:
            publisher = Publisher(root)
            stack.callback(publisher.close)
            writes = Writes(publisher, settings.token, _common(directory, settings), watch)
        checker = checker_of(root, directory.base, settings, stack)
        yield create_app(serving, settings, writes=writes, watch=watch, checker=checker)


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


def site_of(edition: Edition, root: Root, settings: Settings, relay: Relay | None = None) -> Site:
    """Return the site of an edition."""
    graph = KnowledgeGraph.of(edition)
    overlay_dataset(graph)
    source = Source(graph.base, place=edition.folder / "store", triples=edition.manifest.quads)
    return Site(graph, Pooled(Pool(root, source, settings.limits), relay), settings)


def _empty_site(base: str, root: Root, settings: Settings, stack: ExitStack) -> Site:
    """Return the site of a directory where nothing was published yet."""
    graph = KnowledgeGraph(base=base)
    quads = dump(graph.store) if settings.union else b""
    return Site(graph, Pooled(_pool_of(quads, base, root, settings, stack)), settings)


def _pool_of(quads: bytes, base: str, root: Root, settings: Settings, stack: ExitStack) -> Pool:
    """Return a pool that has loaded quads, which stay in a file to be loaded from again."""
    place = stack.enter_context(tempfile.TemporaryDirectory(prefix="competency-"))
    file = Path(place, "graph.nq")
    file.write_bytes(quads)
    return Pool(root, Source(base, file=file), settings.limits)


def watch_of(settings: Settings, stack: ExitStack) -> Watch:
    """Return what counts and logs, until the server ends."""
    watch = Watch(settings.query_log)
    stack.callback(watch.close)
    return watch


def checker_of(root: Root, base: str, settings: Settings, stack: ExitStack) -> Checker:
    """Return who checks documents, in processes of their own, until the server ends."""
    checker = Checkers(root, base, settings.limits)
    stack.callback(checker.close)
    return checker


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
