"""competency publish, editions, rollback, diff, verify: what is published, and what was."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from competency.cli.choosing import graphs_named
from competency.cli.elsewhere import client_of, endpoint_options
from competency.cli.group import FilePath, absolute_iri, data_option, graph_of, main
from competency.cli.printing import print_json, print_table, progress_bar, waiting
from competency.errors import CompetencyError, EditionError
from competency.graph import DataDirectory, Edition, NamedGraph, Publication, difference
from competency.graph import publish as publish_graphs
from competency.graph.alignments import refusals_of
from competency.graph.editions import KEEP, publish_first
from competency.graph.incoming import Incoming, size_of
from competency.ontology import DEFAULT_BASE

if TYPE_CHECKING:
    from competency.sparql.remote import Client


_LARGE = 8_000_000  # bytes of files from which on a new directory is filled graph by graph
_KEEP = "the table took the place of theirs; competency align --accept FILE --data DIR keeps both"


@main.command()
@click.argument("files", nargs=-1, type=FilePath())
@data_option()
@endpoint_options
@click.option(
    "--remove",
    multiple=True,
    metavar="IRI",
    help="Take a framework out, by IRI or short name; may be repeated.",
)
@click.option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    callback=absolute_iri,
    help="The IRI that things of one's own live under, for a new data directory.",
)
@click.option("--no-gate", is_flag=True, help="Publish what does not conform to the shapes, too.")
@click.option("--note", default="", help="A line about this edition; else the names of the files.")
@click.option(
    "--keep",
    default=KEEP,
    show_default=True,
    type=click.IntRange(1),
    help="How many editions stay, beside those in use.",
)
def publish(
    files: tuple[Path, ...],
    data: Path | None,
    remove: tuple[str, ...],
    base: str,
    no_gate: bool,
    note: str,
    keep: int,
    **said: Any,
) -> None:
    """Publish frameworks: a new edition, all of it or nothing.

    Each framework takes the place of the one of its name. What does not conform to the shapes is
    not published: exit 1, the report is printed, and nothing has changed. A server on the same
    directory shows the new edition at once.

    With --endpoint URL they are judged here and written to another SPARQL engine, in one update.

    \b
    competency publish my-framework.ttl --data DIR
    competency publish --remove https://example.org/old --data DIR
    """  # fmt: skip
    if not files and not remove:
        raise click.UsageError("name a file to publish, or --remove IRI")
    client = client_of(said)
    if (data is None) == (client is None):
        raise click.UsageError("name --data DIR or --endpoint URL, one of them")
    line = note or ", ".join([*(file.name for file in files), *(f"- {iri}" for iri in remove)])
    directory = DataDirectory(data or Path(), base=base)
    if client is None and not remove and size_of(files) >= _LARGE:
        _publish_first(directory, files, not no_gate, line, keep)
    graphs = list(graph_of(files).graphs()) if files else []
    forgotten: set[frozenset[str]] = set()
    with waiting("publishing"):
        if client is not None:
            done = _publish_elsewhere(client, graphs, remove, base, gate=not no_gate)
        else:
            remove = _held(directory, remove)
            refused = _refused(directory, [*(graph.name for graph in graphs), *remove])
            done = publish_graphs(
                directory, graphs, remove=remove, gate=not no_gate, note=line, keep=keep
            )
            forgotten = refused - refusals_of(graphs) if done.published else set()
    print_publication(done)
    if forgotten:
        pairs = "1 refused pair" if len(forgotten) == 1 else f"{len(forgotten):,} refused pairs"
        click.echo(f"{pairs} of the edition before will be suggested again: {_KEEP}", err=True)
    raise SystemExit(0 if done.published else 1)


def _publish_first(
    directory: DataDirectory, files: tuple[Path, ...], gate: bool, note: str, keep: int
) -> None:
    """Publish large files into a directory that is new, and end; return where it is not."""
    if directory.names():
        return

    def incoming(folder: Path) -> Incoming:
        return Incoming(files, folder, DEFAULT_BASE)

    with progress_bar("publishing") as progress:
        done = publish_first(
            directory, incoming, gate=gate, note=note, keep=keep, progress=progress
        )
    if done is not None:
        print_publication(done)
        raise SystemExit(0 if done.published else 1)


def _refused(directory: DataDirectory, names: Iterable[str]) -> set[frozenset[str]]:
    """Return the pairs that were refused in graphs that something else takes the place of."""
    edition = directory.current()
    if edition is None:
        return set()
    with edition:
        return refusals_of(edition.graphs[name] for name in names if name in edition.graphs)


def _held(directory: DataDirectory, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the IRIs of published frameworks that are to go; NotFound for what is not there."""
    if not names:
        return ()
    with directory.require() as edition:
        return graphs_named(names, edition.manifest.graphs, edition.manifest.base)


def _publish_elsewhere(
    client: Client, graphs: list[NamedGraph], remove: tuple[str, ...], base: str, *, gate: bool
) -> Publication:
    """Publish into another engine; NotFound where it does not hold what is to go."""
    from competency.sparql import Limits
    from competency.sparql.remote import Questions, RemoteGraphs, publish_remote

    with contextlib.closing(client):
        questions = Questions(client, Limits())
        gone = graphs_named(remove, RemoteGraphs(questions), base) if remove else ()
        return publish_remote(questions, graphs, remove=gone, gate=gate)


def print_publication(done: Publication) -> None:
    """Print the new edition and what is in it that is new, or why nothing was published."""
    if done.edition is None:
        click.echo(done.report.text().rstrip("\n") if done.report else "")
        click.echo("nothing was published", err=True)
    elif not done.changed:
        click.echo(f"nothing differs from edition {done.edition}", err=True)
    else:
        click.echo(done.edition)
        for name in done.changed:
            click.echo(f"  {name or 'the default graph'}", err=True)
        if done.report is not None and len(done.report):
            click.echo(f"{done.report.summary} competency validate lists them.", err=True)


@main.command()
@data_option(required=True)
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table")
def editions(data: Path, style: str) -> None:
    """List the editions, the newest first; the published one has a star.

    \b
    competency editions --data DIR
    """
    directory = DataDirectory(data)
    current = directory.pointed_at()
    rows = [_row(directory, name, current) for name in reversed(directory.names())]
    if style == "json":
        print_json(rows)
        return
    if not rows:
        click.echo(f"{data}: nothing was published here yet", err=True)
        return
    names = ("", "edition", "created", "graphs", "triples", "note", "digest")
    print_table(names, ([str(row[name or "published"]) for name in names] for row in rows))


def _row(directory: DataDirectory, name: str, current: str | None) -> dict[str, object]:
    row: dict[str, object] = {"edition": name, "published": "*" if name == current else ""}
    try:
        with directory.edition(name) as edition:
            said = edition.manifest
            return row | {
                "created": said.created,
                "parent": said.parent,
                "graphs": len(said.graphs),
                "triples": said.triples,
                "note": said.note,
                "digest": said.digest[:12],
            }
    except EditionError:
        blank = dict.fromkeys(("created", "parent", "graphs", "triples", "digest"), "")
        return row | blank | {"note": "damaged: competency verify says where"}


@main.command()
@data_option(required=True)
@click.option("--to", "name", metavar="EDITION", help="Which one; else the one before the current.")
def rollback(data: Path, name: str | None) -> None:
    """Publish an older edition again: the same switch as publishing, the other way.

    \b
    competency rollback --data DIR
    competency rollback --to 2 --data DIR
    """
    with DataDirectory(data).rollback(name) as edition:
        click.echo(edition.id)


@main.command()
@click.argument("before", required=False)
@click.argument("after", required=False)
@data_option(required=True)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "patch"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as an RDF patch.",
)
def diff(before: str | None, after: str | None, data: Path, style: str) -> None:
    """Say what changed between two editions, by default between the current one and its parent.

    \b
    competency diff --data DIR
    competency diff 1 2 --data DIR --format patch
    """  # fmt: skip
    directory = DataDirectory(data)
    new = directory.edition(after) if after else directory.require()
    old = directory.edition(before) if before else _parent(directory, new)
    found = difference(old, new)
    if style == "json":
        print_json(found.to_dict())
    else:
        click.echo(found.patch() if style == "patch" else found.text(), nl=False)


def _parent(directory: DataDirectory, edition: Edition) -> Edition:
    if edition.manifest.parent is None:
        raise click.UsageError(f"edition {edition.id} is the first: there is none before it")
    return directory.edition(edition.manifest.parent)


@main.command()
@click.argument("names", metavar="[EDITION]...", nargs=-1)
@data_option(required=True)
def verify(names: tuple[str, ...], data: Path) -> None:
    """Work out every digest again and compare; by default of the published edition.

    Exit 0 when all is whole, 1 when a file was altered, cut or lost.

    \b
    competency verify --data DIR
    competency verify 1 2 --data DIR
    """
    directory = DataDirectory(data)
    wanted: Iterable[str | None] = names or (None,)
    faults = [fault for name in wanted for fault in _verify(directory, name)]
    for fault in faults:
        click.echo(str(fault))
    raise SystemExit(1 if faults else 0)


def _verify(directory: DataDirectory, name: str | None) -> list[CompetencyError]:
    """Look at one edition; a manifest that cannot be read is the one fault."""
    try:
        with directory.edition(name) if name else directory.require() as edition:
            faults: list[CompetencyError] = [*edition.faults()]
            if not faults and len(edition.store) != edition.manifest.quads:
                reason = f"holds {len(edition.store):,} quads, not {edition.manifest.quads:,}"
                faults.append(EditionError(edition.id, str(edition.folder / "store"), reason))
            if not faults:
                files = len(edition.manifest.files)
                click.echo(f"edition {edition.id} is whole: {files} files", err=True)
            return faults
    except EditionError as error:
        return [error]
