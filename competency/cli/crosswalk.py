"""competency crosswalk: which parts of two or more frameworks match, as one table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from competency.cli.choosing import framework_named, graph_and_frameworks, imported, refuse_path
from competency.cli.elsewhere import endpoint_options
from competency.cli.group import absolute_iri, data_option, main, output_option
from competency.cli.printing import confirmed, print_table, waiting
from competency.cli.sides import held_graph
from competency.errors import SourceError
from competency.graph import Item, KnowledgeGraph, write_file
from competency.ontology import DEFAULT_BASE

if TYPE_CHECKING:
    from competency.graph.crosswalks import Crosswalk, Entry

_TABLE = ".sssom.tsv"
_STYLES = ("table", "csv", "xlsx", "json")
_SHOWN = 60  # signs of a text in a terminal


@main.command()
@click.argument("names", metavar="[FRAMEWORK|FILE...]", nargs=-1)
@data_option()
@endpoint_options
@output_option(
    "Write it here: a file that ends in .csv, .xlsx or .json.",
    click.Path(path_type=Path, dir_okay=False),
)
@click.option(
    "--format",
    "style",
    type=click.Choice(_STYLES),
    help="What to write. Default: as the suffix of OUT says, or a table to look at.",
)
@click.option(
    "--chains",
    "longest",
    type=click.IntRange(1, 3),
    default=1,
    show_default=True,
    metavar="N",
    help="Show what follows from up to N alignments end to end, too; at most 3.",
)
@click.option("--gaps/--no-gaps", default=True, help="With the parts that match nothing, or not.")
@click.option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    callback=absolute_iri,
    help="The IRI that short names stand below.",
)
@click.option("--yes", is_flag=True, help="Overwrite what is there without asking.")
def crosswalk(names: tuple[str, ...], **asked: Any) -> None:
    """Show which parts of two or more frameworks match, as one table.

    The parts of the first framework are the first rows; beside each stand the parts of the others
    that match it. Then come the parts of the others that have no place beside it. Without a name
    it is a table of all frameworks. A FILE in SSSOM (.sssom.tsv) adds its alignments.

    Exit 0 when it is written, 2 when it could not be done.

    \b
    competency crosswalk pub-cscf wcc-behaviours
    competency crosswalk wcc-behaviours pub-cscf nos-pss-spo109 -o crosswalk.xlsx
    competency crosswalk my-framework.ttl pub-cscf alignments.sssom.tsv --no-gaps
    competency crosswalk pub-cscf wcc-behaviours --chains 3 --format csv
    """
    from competency.graph.crosswalks import crosswalk as made

    style = _style(asked)
    with _graph(names, asked) as (graph, iris), waiting("looking for matches"):
        found = made(graph, iris, longest=asked["longest"], gaps=asked["gaps"])
        data = None if style == "table" else _written(found, style)
    if data is None:
        _print(found)
    elif asked["output"] is None:
        click.echo(data, nl=False)
    else:
        write_file(asked["output"], data)
        click.echo(f"wrote {asked['output']}, {len(found.rows):,} rows", err=True)


def _style(asked: dict[str, Any]) -> str:
    """Return what to write; UsageError where that cannot be told, or not be shown."""
    out, style = asked["output"], asked["style"]
    if style is None and out is not None:
        style = out.suffix.lower().removeprefix(".")
        if style not in _STYLES[1:]:
            raise click.UsageError("name a file that ends in .csv, .xlsx or .json, or --format")
    if style == "xlsx" and out is None and sys.stdout.isatty():
        raise click.UsageError("a workbook cannot be shown here; name a file with -o OUT.xlsx")
    if style == "table" and out is not None:
        raise click.UsageError("a table to look at is not written; name --format csv, xlsx or json")
    if out is not None and out.exists() and not asked["yes"]:
        question = f"Overwrite {out}?"
        if not confirmed(question):
            raise SourceError(str(out), "is there already; --yes overwrites it")
    return style or "table"


@contextmanager
def _graph(
    names: tuple[str, ...], asked: dict[str, Any]
) -> Iterator[tuple[KnowledgeGraph, list[str]]]:
    """Give the graph, with the alignments of tables, and the frameworks: those named, or all."""
    tables = [name for name in names if name.lower().endswith(_TABLE)]
    others = tuple(name for name in names if name not in tables)
    if tables and asked["endpoint"]:
        raise click.UsageError("alignments of a file go with files or --data, not with --endpoint")
    if not (others or asked["data"] or asked["endpoint"]):
        yield _with(KnowledgeGraph.shipped(), tables), []
        return
    files = [name for name in others if name == "-" or Path(name).is_file()]
    if files and (asked["data"] or len(files) < len(others)) and not asked["endpoint"]:
        with held_graph(asked) as held:
            graph, iris = _mixed(others, files, held, asked)
            yield _with(graph, tables), iris
        return
    with graph_and_frameworks(others, asked | {"frameworks": ()}) as (graph, iris):
        yield _with(graph, tables), iris


def _mixed(
    names: tuple[str, ...], files: list[str], held: KnowledgeGraph, asked: dict[str, Any]
) -> tuple[KnowledgeGraph, list[str]]:
    """Return a graph of files and of what is held beside them, and the frameworks in order.

    What a file says of a framework counts more than what is held of it.
    """
    own = {name: imported([Path(name)], asked) for name in files}
    whole = KnowledgeGraph(base=asked["base"])
    for graph in (*own.values(), held):
        whole.add(*(named for named in graph.graphs() if not whole.has_graph(named.name)))
    iris = []
    for name in names:
        if name in own:
            iris += [framework.iri for framework in own[name].frameworks]
        else:
            refuse_path(name)
            iris.append(framework_named(whole, name))
    return whole, list(dict.fromkeys(iris))


def _with(graph: KnowledgeGraph, tables: list[str]) -> KnowledgeGraph:
    """Return a graph that has the alignments of tables as well; an edition never changes."""
    if tables and graph.edition is not None:
        whole = KnowledgeGraph(base=graph.base)
        whole.add(*graph.graphs())
        graph = whole
    for name in tables:
        graph.load(name)
    return graph


def _written(found: Crosswalk, style: str) -> bytes:
    from competency.exchange.crosswalk_tables import FORMATS, written
    from competency.formats import by_name

    return written(found, by_name(style, FORMATS))


def _print(found: Crosswalk) -> None:
    """Print a row for each part: its text, and what matches it in each of the other frameworks."""
    from competency.exchange.crosswalk_tables import short_names

    rows = []
    for row in found.rows:
        cells = ["\n".join(map(_told, cell)) for cell in row.cells]
        cells[row.place] = _named(row.part)
        rows.append(cells)
    print_table(short_names(found), rows)
    matched = sum(row.matched for row in found.rows)
    click.echo(f"{len(found.rows):,} rows, {matched:,} of them with a match", err=True)
    if not matched:
        click.echo(
            "name your alignments too (.sssom.tsv); competency align suggests some", err=True
        )


def _told(entry: Entry) -> str:
    from competency.exchange.crosswalk_tables import WORDS

    steps = "" if entry.direct else f", {entry.chain.length} steps"
    return f"{WORDS[entry.relation]}{steps}: {_named(entry.part)}"


def _named(part: Item) -> str:
    from competency.cli.telling import visible
    from competency.exchange.crosswalk_tables import said

    text = visible(f"{part.code} {said(part)}" if part.code else said(part))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3].rstrip() + "..."
