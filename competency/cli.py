"""The command line: arguments in, one library call, text out.

Exit 0: done, or yes. Exit 1: the answer is no. Exit 2: it could not be done. Results go to
standard output, everything else to standard error. Every option can also be set in the
environment, as ``COMPETENCY_SERVE_PORT`` for ``serve --port``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click

from competency import __version__
from competency.errors import CompetencyError, FormatError, ParameterError, SourceError
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS, by_name, by_path
from competency.graph import (
    KnowledgeGraph,
    NamedGraph,
    describe_dataset,
    serialize,
    write_file,
)
from competency.ontology import DEFAULT_BASE, expand

_FILES = click.argument("files", nargs=-1, type=click.Path(path_type=Path))
_QUERY_FORMATS = ("table", *(row.name for row in (*RESULT_FORMATS, *RDF_SYNTAXES)))


class Commands(click.Group):
    """The group of commands; the one place where our errors become one line and exit 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; print a CompetencyError as one line without a traceback."""
        try:
            return super().invoke(ctx)
        except CompetencyError as error:
            click.echo(f"competency: error: {error}", err=True)
            return ctx.exit(2)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "COMPETENCY"},
)
@click.version_option(__version__, prog_name="competency")
def main() -> None:
    """Competency frameworks as a knowledge graph: query, publish and validate them.

    Commands work on the five frameworks that come with the package when no file is named.

    \b
    competency serve                       browse and query at http://127.0.0.1:8000
    competency query --list                the questions that are ready to ask
    competency validate my-framework.ttl   is it a good framework, and if not, why not?
    """


@main.command()
@_FILES
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    show_default=True,
    help="How to write the report.",
)
def validate(files: tuple[Path, ...], style: str) -> None:
    """Check frameworks against the shapes: what is wrong, where, and how to mend it.

    Exit 0 when nothing is violated (warnings may be listed), 1 when something is, 2 when a file
    cannot be read.

    \b
    competency validate graph/*.ttl
    competency validate my-framework.ttl --format json
    """
    graph = _graph(files)
    with _waiting(f"checking {len(graph):,} triples"):
        report = graph.validate()
    if style == "json":
        _print_json(report.to_dict())
    elif style == "turtle":
        click.echo(report.graph.serialize(format="turtle"))
    else:
        click.echo(report.text().rstrip("\n"))
    raise SystemExit(0 if report.conforms else 1)


@main.command()
@click.argument("question", required=False)
@_FILES
@click.option(
    "-p",
    "--parameter",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of a named question; may be repeated.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(_QUERY_FORMATS),
    metavar="FORMAT",
    help=f"One of {', '.join(_QUERY_FORMATS)}. Default: a table, or Turtle for triples.",
)
@click.option("--list", "list_them", is_flag=True, help="List the named questions and stop.")
def query(
    question: str | None,
    files: tuple[Path, ...],
    parameters: tuple[str, ...],
    style: str | None,
    list_them: bool,
) -> None:
    """Ask a named question, a .rq file, or a SPARQL query of your own.

    The usual prefixes (comp:, skos:, rdfs: ...) need no declaration. A query without FROM or
    GRAPH sees all frameworks together. An ASK that is answered no ends with exit 1.

    \b
    competency query levels
    competency query search -p word=feedback
    competency query "SELECT (COUNT(*) AS ?n) WHERE { ?s a comp:NegativeIndicator }"
    competency query my-question.rq my-framework.ttl --format csv
    """
    from competency.sparql import run_query

    if list_them:
        _print_questions()
        return
    if question is None:
        raise click.UsageError("name a question, a .rq file or a query; --list shows the questions")
    graph = _graph(files)
    answer = run_query(graph, _query_text(graph, question, parameters))
    _print_answer(answer, style)
    if answer.form == "ASK" and not answer:
        raise SystemExit(1)


@main.command()
@_FILES
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes any free one.",
)
@click.option(
    "--get",
    "path",
    metavar="PATH",
    help="Answer one request, print the body and stop; exit 1 when it is an error.",
)
@click.option("--accept", metavar="TYPES", help="The Accept header to send with --get.")
def serve(
    files: tuple[Path, ...], host: str, port: int, path: str | None, accept: str | None
) -> None:
    """Publish frameworks as linked data with pages and a SPARQL endpoint.

    \b
    competency serve
    competency serve my-framework.ttl --port 8080
    competency serve --get /id/pub-cscf --accept text/turtle
    """
    from competency.server import create_app, get, run

    graph = _graph(files)
    if graph.base + "dataset" not in graph.graph_names:
        graph.add(describe_dataset(graph))
    app = create_app(graph)
    if path is None:
        run(app, host, port, lambda url: click.echo(f"serving on {url} (Ctrl-C to stop)", err=True))
        return
    status, headers, body = get(app, path, accept)
    if 300 <= status < 400:
        click.echo(f"{status} to {headers.get('Location', '')}", err=True)
    click.echo(body, nl=False)
    raise SystemExit(0 if status < 400 else 1)


@main.command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write it here, in the syntax of the suffix. Default: Turtle on standard output.",
)
@click.option(
    "--layout", metavar="NAME", help="How the document is laid out; recognised by itself."
)
@click.option("--list-layouts", "list_them", is_flag=True, help="List the layouts and stop.")
@click.option(
    "--report",
    "report_style",
    is_flag=False,
    flag_value="text",
    type=click.Choice(["text", "json"]),
    help="Print where every line went, and every doubt, instead of the framework.",
)
@click.option(
    "--base", default=DEFAULT_BASE, show_default=True, help="The IRI that all IRIs begin with."
)
@click.option("--id", "identifier", default="", help="The framework's name below the base.")
@click.option("--language", default="en", show_default=True, help="The language of the document.")
@click.option("--title", help="A title, where the document prints none.")
@click.option("--description", help="What the framework is, in a sentence.")
@click.option("--publisher", help="Who published it: a name or an IRI.")
@click.option("--jurisdiction", help="Where it holds: a name or an IRI.")
@click.option("--licence", help="The IRI of its licence.")
@click.option("--yes", is_flag=True, help="Overwrite OUT without asking.")
def import_(
    file: Path | None,
    output: Path | None,
    layout: str | None,
    list_them: bool,
    report_style: str | None,
    yes: bool,
    **said: str | None,
) -> None:
    """Turn a document into a framework: text, Markdown, HTML, DOCX, or PDF with a text layer.

    The words stay exactly as printed, each part points at its lines, and what the import was
    unsure of is said. Where OUT is there already, the plan of changes is shown first.

    \b
    competency import standard.txt -o standard.ttl
    competency import standard.txt --report
    competency import --list-layouts
    """
    from competency.documents import LAYOUTS, import_document

    if list_them:
        _print_table(("name", "layout"), ((item.name, item.title) for item in LAYOUTS))
        return
    if file is None:
        raise click.UsageError("name a document; --list-layouts shows what is recognised")
    with _waiting(f"reading {file}"):
        found = import_document(file, layout=layout, options=_import_options(said))
    click.echo(found.report.summary(), err=True)
    if output is not None:
        _write_import(found.graph, output, yes)
    if report_style == "json":
        _print_json(found.report.to_dict())
    elif report_style:
        click.echo(found.report.text(), nl=False)
    elif output is None:
        click.echo(serialize(found.graph, by_name("turtle")), nl=False)


def _import_options(said: dict[str, str | None]) -> Any:
    """Return the options of an import; what the user says of the framework is marked as added."""
    from competency.documents import Options

    properties = {
        "title": "rdfs:label",
        "description": "dcterms:description",
        "publisher": "dcterms:publisher",
        "jurisdiction": "dcterms:spatial",
        "licence": "dcterms:license",
    }
    added = {expand(name): said[key] or "" for key, name in properties.items() if said[key]}
    base, identifier, language = (said[key] or "" for key in ("base", "identifier", "language"))
    return Options(base=base, identifier=identifier, language=language, added=added)


def _write_import(graph: NamedGraph, output: Path, yes: bool) -> None:
    """Write a framework to a file; show the plan first where the file is there already."""
    from competency.documents import compare

    syntax = by_path(output)
    if output.exists():
        before = KnowledgeGraph(output)
        if graph.name in before.graph_names:
            plan = compare(before.named_graph(graph.name), graph)
            click.echo(f"{output}: {plan.text()}", err=True, nl=False)
            if plan.empty:
                return
        if not yes and not (sys.stdin.isatty() and click.confirm("Overwrite it?", err=True)):
            raise SourceError(str(output), "is there already; --yes overwrites it")
    write_file(output, serialize(graph, syntax))


def _graph(files: tuple[Path, ...]) -> KnowledgeGraph:
    """Load the files that were named, or what is shipped."""
    return KnowledgeGraph(*files) if files else KnowledgeGraph.shipped()


def _query_text(graph: KnowledgeGraph, question: str, parameters: tuple[str, ...]) -> str:
    """Return the SPARQL text for what the user typed: a name, a file or the query itself."""
    from competency.graph.loading import read_file
    from competency.sparql import Question, find_question

    if question.endswith(".rq"):
        text = read_file(question).decode("utf-8", errors="replace")
        return Question(Path(question).stem, text).bind(graph.base, **_values(parameters))
    if re.fullmatch(r"[\w-]+", question):
        return find_question(question).bind(graph.base, **_values(parameters))
    return Question("typed", question).bind(graph.base, **_values(parameters))


def _values(parameters: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for item in parameters:
        name, equals, value = item.partition("=")
        if not equals:
            raise ParameterError(name, "write it as name=value")
        values[name] = value
    return values


def _print_answer(answer: Any, style: str | None) -> None:
    """Print rows as a table, ASK as yes or no, triples as Turtle, unless a format is named."""
    if answer.form in ("CONSTRUCT", "DESCRIBE"):
        known = [row.name for row in RDF_SYNTAXES]
        if style not in (None, *known):
            raise FormatError(f"{style} for {answer.form}", known)
        click.echo(answer.serialize(style or "turtle"), nl=False)
    elif style not in (None, "table"):
        click.echo(answer.serialize(style), nl=False)
    elif answer.form == "ASK":
        click.echo(repr(answer))
    else:
        _print_table(answer.variables, ([_cell(v) for v in row.values()] for row in answer))
        click.echo(f"{len(answer)} {'row' if len(answer) == 1 else 'rows'}", err=True)


def _cell(term: Any) -> str:
    from competency.sparql import display

    return display(term)


def _print_table(names: Any, rows: Any) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console() if sys.stdout.isatty() else Console(width=10_000, no_color=True)
    console.print(table)


def _print_questions() -> None:
    from competency.sparql import questions

    _print_table(
        ("name", "question", "parameters"),
        ((q.name, q.title, ", ".join(p.name for p in q.parameters)) for q in questions()),
    )


def _print_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _waiting(text: str) -> Any:
    """Show a spinner on a terminal while something takes its time."""
    from rich.console import Console

    return Console(stderr=True).status(text)
