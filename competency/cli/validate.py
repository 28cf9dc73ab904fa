"""competency validate: is it a good framework, and if not, why not."""

from __future__ import annotations

from pathlib import Path

import click

from competency.cli.group import FILES, data_option, graph_of, main
from competency.cli.printing import print_json, waiting


@main.command()
@FILES
@data_option()
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    show_default=True,
    help="How to write the report.",
)
def validate(files: tuple[Path, ...], data: Path | None, style: str) -> None:
    """Check frameworks against the shapes: what is wrong, where, and how to mend it.

    Exit 0 when nothing is violated (warnings may be listed), 1 when something is, 2 when a file
    cannot be read.

    \b
    competency validate graph/*.ttl
    competency validate my-framework.ttl --format json
    """
    graph = graph_of(files, data)
    with waiting(f"checking {len(graph):,} triples"):
        report = graph.validate()
    if style == "json":
        print_json(report.to_dict())
    elif style == "turtle":
        click.echo(report.graph.serialize(format="turtle"))
    else:
        click.echo(report.text().rstrip("\n"))
    raise SystemExit(0 if report.conforms else 1)
