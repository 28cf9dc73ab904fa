"""A server whose data are in another SPARQL engine: it keeps no state, so there may be many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from flask import Flask

from competency.graph import KnowledgeGraph, overlay_dataset
from competency.ontology import DEFAULT_BASE
from competency.server.app import create_app
from competency.server.serving import RENEW_SECONDS, Renewed
from competency.server.settings import Settings
from competency.server.site import Site
from competency.server.starting import checker_of, watch_of
from competency.server.writes import Writes
from competency.sparql.remote import (
    Client,
    DefaultGraph,
    Questions,
    Remote,
    RemoteGraphs,
    RemoteIndex,
    RemotePublisher,
    Turns,
)
from competency.sparql.workers import Pool, Pooled, Publisher, Root, Source

_NAME = "the engine behind this server"


@contextmanager
def app_for_endpoint(
    client: Client,
    settings: Settings,
    *,
    base: str = DEFAULT_BASE,
    renew: float = RENEW_SECONDS,
    root: Root | None = None,
) -> Iterator[Flask]:
    """Give the application for what another engine holds; close the way to it afterwards.

    What was read is remembered for ``renew`` seconds. The engine has to answer now (EndpointError
    says why it does not); later it may go and come again. ``root`` starts the workers, and is ended
    with them; it may have been started before.
    """
    settings = replace(settings, limits=replace(settings.limits, cache=0))
    with ExitStack() as stack:
        stack.callback(client.close)
        questions = Questions(client, settings.limits)
        questions.truth("ASK {}")
        client.name = _NAME  # where it is is nothing for visitors
        root = root or Root()
        stack.callback(root.close)
        reader = Pooled(Pool(root, Source(base), settings.limits))
        stack.callback(reader.close)
        default_graph, turns = DefaultGraph(questions), Turns(settings.limits)

        def site() -> Site:
            graph, graphs = _graph_of(questions, base)
            engine = Remote(client, graphs, default_graph, reader, turns, base=base)
            return Site(graph, engine, settings)

        serving, watch = Renewed(site, renew), watch_of(settings, stack)
        stack.callback(serving.close)
        writes = None
        if settings.token:
            judges = Publisher(root)
            stack.callback(judges.close)
            publisher = RemotePublisher(questions, reader, judges, serving.renew)
            common = {"base": base, "gate": settings.gate, "union": settings.union}
            writes = Writes(publisher, settings.token, common, watch)
        checker = checker_of(root, base, settings, stack)
        yield create_app(serving, settings, writes=writes, watch=watch, checker=checker)


def _graph_of(questions: Questions, base: str) -> tuple[KnowledgeGraph, RemoteGraphs]:
    """Return what the engine holds as a knowledge graph; nothing is asked before it is needed."""
    index = RemoteIndex(questions)
    graphs = RemoteGraphs(questions, index.learn)
    graph = KnowledgeGraph.over(graphs, index, base)
    overlay_dataset(graph)
    return graph, graphs
