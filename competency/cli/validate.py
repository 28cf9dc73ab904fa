"""competency validate: is it a good framework, and if not, why not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from competency.checking import Options, Source, check, check_graph
from competency.checking.profiles import PROFILES
from competency.cli.group import FILES, data_option, graph_of, main, output_option
from competency.cli.printing import progress_bar
from competency.cli.reporting import print_report, save_report
from competency.cli.telling import visible
from competency.shapes import Report, Severity
from competency.shapes.reports import report_format_of, report_formats
from competency.shapes.reports.telling import headline, since_text

_NAMES = [row.name for row in report_formats()]
_FILE = click.Path(path_type=Path, dir_okay=False)

_STDIN = "<stdin>"


@main.command()
@FILES
@data_option()
@click.option(
    "--profile",
    type=click.Choice([profile.name for profile in PROFILES]),
    help="What it is checked for: our own rules (comp) unless named, or what another format asks.",
)
@click.option(
    "--shapes",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="Shapes of one's own: in place of ours, or beside those of a --profile; may be repeated.",
)
@click.option("--without", multiple=True, metavar="NAME", help="Leave a rule out; may be repeated.")
@click.option(
    "--format",
    "style",
    type=click.Choice(_NAMES),
    help="How to write the report. Default: as the suffix of OUT says, else text.",
)
@output_option("Write the report into this file.", _FILE)
@click.option(
    "--fail-on",
    type=click.Choice([*(severity.value for severity in Severity), "never"]),
    default="violation",
    show_default=True,
    help="From which severity on the answer is no (exit 1).",
)
@click.option(
    "--baseline",
    type=_FILE,
    metavar="REPORT",
    help="An older report (JSON, Turtle, JSON-LD, CSV or SARIF): tell only what is new since.",
)
@click.option("--all", "everything", is_flag=True, help="Show all parts on a terminal, not fifty.")
@click.option(
    "--engine",
    type=click.Choice(["fast", "reference"]),
    default="fast",
    show_default=True,
    help="What runs the rules; both find the same.",
)
def validate(files: tuple[Path, ...], data: Path | None, **asked: Any) -> None:
    """Check frameworks against the shapes: what is wrong, where, and how to mend it.

    A FILE is in any format that is imported: RDF, CASE, CTDL-ASN, SKOS, a table, a document; the
    results point into it. - reads standard input. The first line says what to mend first.

    Exit 0 when nothing is violated (warnings may be listed), 1 when something is, 2 when a file
    cannot be read.

    \b
    competency validate my-framework.ttl
    competency validate my-framework.ttl --format json
    competency validate my-framework.ttl --output report.sarif --fail-on warning
    competency validate graph/*
    """
    since = _since(asked["baseline"])
    report = since(_checked(files, data, _options(asked)))
    _tell(report, asked)
    raise SystemExit(1 if _fails(report, asked["fail_on"]) else 0)


def _since(baseline: Path | None) -> Callable[[Report], Report]:
    """Return what leaves of a report only what is new since an older one, which is read now."""
    if baseline is None:
        return lambda report: report
    from competency.shapes.baseline import new_since, read_baseline

    before = read_baseline(baseline)
    return lambda report: new_since(report, before)


def _options(asked: dict[str, Any]) -> Options:
    return Options(
        profile=asked["profile"],
        shapes=asked["shapes"],
        without=frozenset(asked["without"]),
        engine=asked["engine"],
    )


def _checked(files: tuple[Path, ...], data: Path | None, options: Options) -> Report:
    """Return the report on the files, or on what is published or shipped where none is named."""
    if data is None and files:
        sources = [_source(file) for file in files]
        with progress_bar("checking triples") as progress:
            checked = check(sources, options, progress)
        for item in checked.loaded:
            if item.odd:
                name = "-" if item.source.name == _STDIN else item.source.name
                click.echo(visible(f"{item.odd}: competency import {name} --report"), err=True)
        return checked.report
    graph = graph_of(files, data)
    with progress_bar("checking triples") as progress:
        return check_graph(graph, options, progress)


def _source(file: Path) -> Source:
    if str(file) == "-":
        return Source(_STDIN, sys.stdin.buffer.read())
    return Source.of(file)


def _tell(report: Report, asked: dict[str, Any]) -> None:
    """Print the report, or write it into a file and say the most important of it."""
    output: Path | None = asked["output"]
    by_suffix = report_format_of(output) if output else None
    style = asked["style"] or (by_suffix.name if by_suffix else "text")
    if output is None:
        print_report(report, style, everything=asked["everything"])
    else:
        save_report(report, style, output)
        click.echo(str(headline(report)), err=True)
    if since := since_text(report) if output or style != "text" else "":
        click.echo(since, err=True)


def _fails(report: Report, fail_on: str) -> bool:
    return fail_on != "never" and bool(report.at_least(fail_on))
