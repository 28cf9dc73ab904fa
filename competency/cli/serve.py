"""competency serve: pages, data and a SPARQL endpoint, for files or for a data directory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from competency.cli.elsewhere import client_of, endpoint_options
from competency.cli.group import FILES, absolute_iri, data_option, graph_of, main
from competency.errors import SourceError
from competency.graph import DataDirectory, KnowledgeGraph, describe_dataset, overlay_dataset
from competency.ontology import DEFAULT_BASE
from competency.sparql.limits import Limits
from competency.sparql.workers import Root

if TYPE_CHECKING:
    from competency.server import Settings

_MEGABYTE = 1 << 20


def _limits(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for what answering may cost."""
    default = Limits()
    options = [
        click.option("--timeout", "seconds", default=default.seconds, show_default=True,
                     type=click.FloatRange(0.05), help="Seconds that a query gets."),
        click.option("--max-timeout", "most_seconds", default=default.most_seconds,
                     show_default=True, type=click.FloatRange(0.05),
                     help="Seconds that a query may ask for with ?timeout=."),
        click.option("--memory", default=default.memory // _MEGABYTE, show_default=True,
                     type=click.IntRange(16), help="MB of memory that a query may take."),
        click.option("--max-answer", "answer", default=default.answer // _MEGABYTE,
                     show_default=True, type=click.IntRange(1), help="MB that an answer may have."),
        click.option("--workers", default=default.workers, show_default=True,
                     type=click.IntRange(1), help="Queries that run at once."),
        click.option("--queue", default=default.queue, show_default=True,
                     type=click.IntRange(0), help="Queries that may wait."),
        click.option("--in-memory", default=default.in_memory, show_default=True,
                     type=click.IntRange(0), help="Triples up to which data are held in memory."),
        click.option("--cache", default=default.cache // _MEGABYTE, show_default=True,
                     type=click.IntRange(0), help="MB of answers that are kept."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@FILES
@data_option()
@endpoint_options
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes any free one.",
)
@click.option("--title", default="Competency", show_default=True, help="The title of the site.")
@click.option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    callback=absolute_iri,
    help="The IRI that things of one's own live under, for a new data directory.",
)
@click.option(
    "--default-graph",
    type=click.Choice(["union", "own"]),
    default="union",
    show_default=True,
    help="What a query without GRAPH or FROM sees: all frameworks "
    "together, or the default graph's own triples, as the standard has it.",
)
@click.option("--no-gate", is_flag=True, help="Publish what does not conform to the shapes, too.")
@click.option(
    "--last-whole",
    is_flag=True,
    help="Where the published edition is damaged, publish the last whole one again.",
)
@_limits
@click.option(
    "--proxies",
    default=0,
    show_default=True,
    type=click.IntRange(0),
    help="How many proxies before this server are trusted to say whom they speak for.",
)
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="IRI",
    callback=absolute_iri,
    help="An endpoint that queries may ask with SERVICE; may be repeated.",
)
@click.option(
    "--query-log", metavar="FILE", help="Write a line of JSON for each query; - is stderr."
)
@click.option(
    "--get",
    "path",
    metavar="PATH",
    help="Answer one request, print the body and stop; exit 1 when it is an error.",
)
@click.option("--accept", metavar="TYPES", help="The Accept header to send with --get.")
@click.option(
    "--write-token",
    envvar="COMPETENCY_WRITE_TOKEN",
    hidden=True,
    help="What a client has to send to write; set it in the environment.",
)
def serve(
    files: tuple[Path, ...], data: Path | None, path: str | None, accept: str | None, **said: Any
) -> None:
    """Publish frameworks as linked data with pages and a SPARQL endpoint.

    With --data it serves what is published there, and follows what is published next. Clients may
    write (/update, /graphs) only where COMPETENCY_WRITE_TOKEN is set and they send it.

    With --endpoint URL it serves what another SPARQL engine holds (docs/engines.md); credentials
    for that are COMPETENCY_ENDPOINT_USER and _PASSWORD, or COMPETENCY_ENDPOINT_TOKEN.

    \b
    competency serve
    competency serve my-framework.ttl --port 8080
    competency serve --data DIR
    competency serve --get /id/pub-cscf --accept text/turtle
    """  # fmt: skip
    if path is not None and not said["endpoint"]:
        from competency.server import create_app

        graph = _with_catalogue(graph_of(files, data))
        _get(create_app(graph, _settings(said)), path, accept)
    with closing(Root()) as root:  # begins now, and is ready when the rest is
        _serve(_application(files, data, root, said), path, accept, said)


def _serve(
    application: AbstractContextManager[Any],
    path: str | None,
    accept: str | None,
    said: dict[str, Any],
) -> None:
    """Answer one request, where there is one to answer, or all that come until the end."""
    from competency.server import serve as run
    from competency.server.checking import CHECKERS, QUEUE
    from competency.server.running import SPARE_THREADS

    settings = _settings(said)
    limits = settings.limits
    with application as app:
        if path is not None:
            _get(app, path, accept)
        run(
            app,
            said["host"],
            said["port"],
            lambda url: click.echo(f"serving on {url} (Ctrl-C to stop)", err=True),
            threads=limits.workers + limits.queue + CHECKERS + QUEUE + SPARE_THREADS,
            largest_answer=limits.answer,
            proxies=settings.proxies,
        )


def _application(
    files: tuple[Path, ...], data: Path | None, root: Root, said: dict[str, Any]
) -> AbstractContextManager[Any]:
    from competency.server import app_for_directory, app_for_endpoint, app_for_graph

    settings = _settings(said)
    client = client_of(said, settings.limits.workers)
    if client is not None:
        if files or data:
            raise click.UsageError("name --endpoint, or files, or --data; publish writes to it")
        return app_for_endpoint(client, settings, base=said["base"], root=root)
    if data is None:
        return app_for_graph(_with_catalogue(graph_of(files)), settings, root)
    if files:
        raise click.UsageError("name files or --data, not both; publish FILE --data DIR adds files")
    directory = DataDirectory(data, base=said["base"])
    if said["last_whole"]:
        _publish_last_whole(directory)
    return app_for_directory(directory, settings, root)


def _settings(said: dict[str, Any]) -> Settings:
    from competency.server import Settings

    limits = Limits(
        seconds=said["seconds"],
        most_seconds=max(said["most_seconds"], said["seconds"]),
        memory=said["memory"] * _MEGABYTE,
        answer=said["answer"] * _MEGABYTE,
        workers=said["workers"],
        queue=said["queue"],
        in_memory=said["in_memory"],
        cache=said["cache"] * _MEGABYTE,
    )
    return Settings(
        title=said["title"],
        union=said["default_graph"] == "union",
        limits=limits,
        token=said["write_token"] or None,
        gate=not said["no_gate"],
        proxies=said["proxies"],
        services=said["services"],
        query_log=said["query_log"],
    )


def _with_catalogue(graph: KnowledgeGraph) -> KnowledgeGraph:
    """Add the description of the whole, where the files bring none."""
    name = graph.base + "dataset"
    if graph.edition is not None:
        overlay_dataset(graph)
    elif not graph.has_graph(name):
        graph.add(describe_dataset(graph))
    return graph


def _publish_last_whole(directory: DataDirectory) -> None:
    """Publish the newest edition that is whole, where the published one is not it."""
    whole = directory.last_whole()
    if whole is None:
        raise SourceError(str(directory.path), "holds no edition that is whole")
    with whole:
        if whole.id != directory.pointed_at():
            directory.rollback(whole.id).close()
            click.echo(f"published edition {whole.id}, the last whole one", err=True)


def _get(app: Any, path: str, accept: str | None) -> None:
    from competency.server import get

    status, headers, body = get(app, path, accept)
    if 300 <= status < 400:
        click.echo(f"{status} to {headers.get('Location', '')}", err=True)
    click.echo(body, nl=False)
    raise SystemExit(0 if status < 400 else 1)
