"""What align compares: files of any format and frameworks by name, from here or elsewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from competency.cli.choosing import framework_named, graph_elsewhere, imported, refuse_path
from competency.cli.elsewhere import client_of
from competency.errors import NotFound
from competency.graph import DataDirectory, Framework, KnowledgeGraph

if TYPE_CHECKING:
    from competency.align.review import Work

_TABLES = (".sssom.tsv", ".sssom.csv")


@dataclass(frozen=True)
class Sides:
    """The frameworks that are compared, the graphs they are in, and tables with decisions."""

    frameworks: list[Framework]
    graphs: list[KnowledgeGraph]
    tables: list[Work]


@contextlib.contextmanager
def sides_of(names: tuple[str, ...], asked: dict[str, Any]) -> Iterator[Sides]:
    """Give what is compared: the first two names, or with ``every`` all that there is.

    A name may be a file, or a framework of the files, of --data or --endpoint, or else of those
    that come with the package. Raises NotFound and what reading the files raises; click's
    UsageError for what does not go together.
    """
    tables = [name for name in names if name.lower().endswith(_TABLES)]
    ends = [name for name in names if name not in tables]
    files = [Path(name) for name in dict.fromkeys(ends) if name == "-" or Path(name).is_file()]
    for name in ends:
        if Path(name) not in files:
            refuse_path(name)
    if not asked["every"]:
        _check(ends, files)
    with contextlib.ExitStack() as stack:
        own = [imported([file], asked) for file in files]
        graphs = list(own)
        by_name = any(Path(name) not in files for name in ends[:2]) or not own
        if by_name or asked["data"] or asked["endpoint"]:
            graphs.append(stack.enter_context(held_graph(asked)))
        if asked["every"]:
            found = [framework for graph in graphs for framework in graph.frameworks]
        else:
            known = dict(zip(files, own, strict=True))
            found = [_framework(name, known, graphs) for name in ends[:2]]
        named = len(found)
        found = list({framework.iri: framework for framework in reversed(found)}.values())[::-1]
        if len(found) < 2:
            one = ", ".join(framework.iri for framework in found) or "none"
            here = f"both are {one}" if named == 2 else f"here is {one}"
            raise click.UsageError(f"two frameworks are compared, and {here}")
        yield Sides(found, graphs, [table_of(name, asked["base"]) for name in tables])


@contextlib.contextmanager
def held_graph(asked: dict[str, Any]) -> Iterator[KnowledgeGraph]:
    """Give the graph that --endpoint or --data names, or else that of the package."""
    client = client_of(asked)
    if client is not None and asked["data"]:
        raise click.UsageError("name --data or --endpoint, one of them")
    if client is not None:
        with contextlib.closing(client):
            yield graph_elsewhere(client, asked["base"])
    elif asked["data"]:
        yield KnowledgeGraph.of(DataDirectory(asked["data"]).require())
    else:
        yield KnowledgeGraph.shipped()


def table_of(name: str, base: str) -> Work:
    """Return a table of alignments or a work file; SourceError and ParseError name the path."""
    from competency.align.review import read_work
    from competency.importing import file_of

    return read_work(file_of(name, name), base)


def _check(ends: list[str], files: list[Path]) -> None:
    if len(ends) < 2:
        raise click.UsageError("name two frameworks (files, IRIs or short names), or --all")
    more = [name for name in ends[2:] if Path(name) not in files]
    if more:
        asks = "two frameworks are compared at a time, or all with --all"
        raise click.UsageError(f"{more[0]}: is no file; {asks}")


def _framework(
    name: str, files: dict[Path, KnowledgeGraph], graphs: list[KnowledgeGraph]
) -> Framework:
    """Return the framework of a file, or the one of this name in the first graph that has it."""
    own = files.get(Path(name))
    if own is not None:
        return _only(name, own)
    for graph in graphs[:-1]:
        with contextlib.suppress(NotFound):
            return graph.framework(framework_named(graph, name))
    return graphs[-1].framework(framework_named(graphs[-1], name))


def _only(name: str, graph: KnowledgeGraph) -> Framework:
    found = graph.frameworks
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound("framework", f"in {name}")
    some = ", ".join(framework.iri for framework in found[:5]) + (", ..." if found[5:] else "")
    asks = "name two by IRI and the file after them"
    raise click.UsageError(f"{name} holds {len(found)} frameworks: {asks}: {some}")
