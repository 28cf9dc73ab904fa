"""What a command is about: files of any format, or frameworks by name, here or elsewhere."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from competency.cli.elsewhere import client_of
from competency.cli.printing import waiting
from competency.errors import NotFound, SourceError
from competency.graph import DataDirectory, KnowledgeGraph
from competency.graph.nearby import close_names


@contextlib.contextmanager
def graph_and_frameworks(
    names: tuple[str, ...], asked: dict[str, Any]
) -> Iterator[tuple[KnowledgeGraph, list[str]]]:
    """Give the graph to look in, and the IRIs of the frameworks that were named, or of all.

    ``asked`` has the options ``data``, ``endpoint`` and its like, ``frameworks`` and ``base``.
    Raises NotFound and whatever reading the files raises; click's UsageError for what does not go
    together.
    """
    files = [Path(name) for name in names if name == "-" or Path(name).is_file()]
    wanted = [name for name in names if name != "-" and not Path(name).is_file()]
    wanted += asked["frameworks"]
    for name in wanted:
        refuse_path(name)
    client = client_of(asked)
    if bool(files) + bool(asked["data"]) + bool(client) > 1:
        raise click.UsageError("name files, --data or --endpoint, one of them")
    if not names and not asked["frameworks"] and not asked["data"] and not client:
        raise click.UsageError("name a file or a framework; --list-formats shows what is written")
    with contextlib.ExitStack() as stack:
        if client is not None:
            stack.callback(client.close)
            graph = graph_elsewhere(client, asked["base"])
        elif asked["data"]:
            graph = KnowledgeGraph.of(DataDirectory(asked["data"]).require())
        else:
            graph = imported(files, asked) if files else KnowledgeGraph.shipped()
        iris = [framework_named(graph, name) for name in wanted]
        iris = iris or [framework.iri for framework in graph.frameworks]
        iris = iris or (graph.graph_names if files else [])  # a scale of levels alone, say
        if not iris:
            raise NotFound("framework", f"in {', '.join(map(str, files)) or 'what is published'}")
        yield graph, list(dict.fromkeys(iris))


def refuse_path(name: str) -> None:
    """Refuse what is meant as a file, and is none, in words about files."""
    from competency.importing.files import known_suffixes

    path = Path(name)
    if path.is_dir():
        raise SourceError(name, "is a folder; import it first, or name its files")
    if "://" not in name and path.suffix.lower() in known_suffixes():
        raise SourceError(name, "No such file or directory")


def imported(files: list[Path], asked: dict[str, Any]) -> KnowledgeGraph:
    """Return a graph of the frameworks of files of any format, and tell what was odd in them."""
    from competency.cli.telling import tell_remarks, visible
    from competency.documents import Options
    from competency.exchange.imported import File
    from competency.importing import import_file, import_path, joined

    graph = KnowledgeGraph(base=asked["base"])
    for path in files:
        options = Options(base=asked["base"])
        with waiting(f"reading {path}"):
            if str(path) == "-":
                data = sys.stdin.buffer.read()
                found = import_file(File("stdin", data, "application/octet-stream"), options)
            else:
                found = import_path(path, options)
        if found.remarks or found.document:
            click.echo(visible(found.summary()), err=True)
            tell_remarks(found.remarks, "competency import --report shows all")
        for named in joined(found.graphs):
            if graph.has_graph(named.name):
                raise SourceError(str(path), f"holds {named.name}, as another file does")
            graph.add(named)
    return graph


def graph_elsewhere(client: Any, base: str) -> KnowledgeGraph:
    """Return the graph that another engine holds."""
    from competency.sparql import Limits
    from competency.sparql.remote import Questions, RemoteGraphs, RemoteIndex

    questions = Questions(client, Limits())
    questions.truth("ASK {}")
    index = RemoteIndex(questions)
    return KnowledgeGraph.over(RemoteGraphs(questions, index.learn), index, base)


def framework_named(graph: KnowledgeGraph, name: str) -> str:
    """Return the IRI of a framework by it, by its path below the base, or by its last step.

    A set of alignments is found by its IRI or path as well.
    """
    from competency.exchange.alignment_table import is_mapping_set
    from competency.importing.naming import file_stem

    if is_mapping_set(graph, graph.iri(name)):
        return graph.iri(name)
    try:
        return graph.framework(name).iri
    except NotFound:
        found = [one.iri for one in graph.frameworks if file_stem(one.iri) == name]
        if len(found) != 1:
            raise
        return found[0]


def graphs_named(names: Iterable[str], held: Collection[str], base: str) -> tuple[str, ...]:
    """Return the IRIs of graphs that are held, by IRI or by path below the base.

    Raises NotFound with the names close to one that is not held, written as that one was.

    >>> graphs_named(["b"], ["https://a/b"], "https://a/")
    ('https://a/b',)
    """
    found = []
    for name in names:
        iri = next((iri for iri in (name, base + name) if iri in held), None)
        if iri is None:
            full = "://" in name
            near = close_names(name if full else base + name, held, base)
            near = near if full else [one.removeprefix(base) for one in near]
            raise NotFound("framework", name, near)
        found.append(iri)
    return tuple(found)
