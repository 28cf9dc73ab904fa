"""competency query: a named question, a file, or SPARQL of one's own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from competency.cli.group import FILES, data_option, graph_of, main
from competency.cli.printing import print_answer, print_table
from competency.cli.unfound import is_nothing, reasons
from competency.errors import NotFound, ParameterError
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS

if TYPE_CHECKING:
    from competency.sparql import Question

_QUERY_FORMATS = ("table", *(row.name for row in (*RESULT_FORMATS, *RDF_SYNTAXES)))


@main.command()
@click.argument("question", required=False)
@FILES
@data_option()
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
    data: Path | None,
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
    graph = graph_of(files, data)
    asked, values = _asked(question), _values(parameters)
    answer = run_query(graph, asked.bind(graph.base, **values))
    print_answer(answer, style)
    if is_nothing(answer):
        for line in reasons(graph, asked, values):
            click.echo(line, err=True)
    if answer.form == "ASK" and not answer:
        raise SystemExit(1)


def _asked(question: str) -> Question:
    """Return the question for what the user typed: a name, a file or the query itself."""
    from competency.graph.loading import read_file
    from competency.sparql import Question, find_question

    if question.endswith(".rq"):
        text = read_file(question).decode("utf-8", errors="replace")
        return Question(Path(question).stem, text)
    if not re.fullmatch(r"[\w-]+", question):
        return Question("typed", question)
    try:
        return find_question(question)
    except NotFound as error:
        raise click.UsageError(f"{error} (--list shows all)") from error


def _values(parameters: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for item in parameters:
        name, equals, value = item.partition("=")
        if not equals:
            raise ParameterError(name, "write it as name=value")
        values[name] = value
    return values


def _print_questions() -> None:
    from competency.sparql import questions

    print_table(
        ("name", "question", "parameters"),
        ((q.name, q.title, ", ".join(p.name for p in q.parameters)) for q in questions()),
    )
