"""competency import: a document becomes a framework."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from competency.cli.group import main
from competency.cli.printing import print_json, print_table, waiting
from competency.errors import SourceError
from competency.formats import by_name, by_path
from competency.graph import KnowledgeGraph, NamedGraph, serialize, write_file
from competency.ontology import DEFAULT_BASE, expand


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
        print_table(("name", "layout"), ((item.name, item.title) for item in LAYOUTS))
        return
    if file is None:
        raise click.UsageError("name a document; --list-layouts shows what is recognised")
    with waiting(f"reading {file}"):
        found = import_document(file, layout=layout, options=_import_options(said))
    click.echo(found.report.summary(), err=True)
    if output is not None:
        _write_import(found.graph, output, yes)
    if report_style == "json":
        print_json(found.report.to_dict())
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
