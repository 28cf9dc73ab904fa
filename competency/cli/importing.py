"""competency import: a file of any format, or many at once, become frameworks."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from competency.cli.group import FilePath, main, output_option
from competency.cli.printing import confirmed, print_json, print_table, progress_bar, waiting
from competency.errors import ParseError, SourceError
from competency.formats import Format, by_name, by_path
from competency.graph import write_file
from competency.ontology import DEFAULT_BASE, expand

if TYPE_CHECKING:
    from competency.importing import Batch, Brought

_TURTLE = by_name("turtle")
_TRIG = by_name("trig")


@main.command("import")
@click.argument("files", metavar="FILE|FOLDER...", nargs=-1, type=FilePath())
@output_option(
    "Write it here, in the syntax of the suffix; several files: into this folder. "
    "Default: Turtle on standard output.",
    click.Path(),
)
@click.option(
    "--format", "format_", metavar="NAME", help="What the file is in; recognised by its content."
)
@click.option("--list-formats", is_flag=True, help="List the formats that are read and stop.")
@click.option("--layout", metavar="NAME", help="How a document is laid out; recognised by itself.")
@click.option("--list-layouts", is_flag=True, help="List the layouts and stop.")
@click.option(
    "--report",
    "report_style",
    is_flag=False,
    flag_value="text",
    type=click.Choice(["text", "json"]),
    help="Print every remark and doubt, and where every line of a document went, instead of the "
    "framework.",
)
@click.option("--plan", "plan_only", is_flag=True, help="Say what OUT would become; write nothing.")
@click.option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    help="The IRI that IRIs begin with, where the file has none of its own.",
)
@click.option(
    "--id", "identifier", default="", help="The framework's name below the base, if it has none."
)
@click.option("--language", default="en", show_default=True, help="Of texts that name none.")
@click.option("--title", help="A title, where the file has none.")
@click.option("--description", help="What the framework is, in a sentence.")
@click.option("--publisher", help="Who published it: a name or an IRI.")
@click.option("--jurisdiction", help="Where it holds: a name or an IRI.")
@click.option("--licence", help="The IRI of its licence.")
@click.option("--yes", is_flag=True, help="Overwrite what is there without asking.")
def import_(files: tuple[Path, ...], list_formats: bool, list_layouts: bool, **asked: Any) -> None:
    """Turn files of any format into frameworks: CASE, CTDL-ASN, SKOS, tables, RDF, documents.

    A file is known by its content; IRIs, codes, words and order are kept as they are, and what
    was odd, or could only be kept aside, is said. A document (text, Markdown, HTML, DOCX, PDF)
    keeps its exact words, each part with its lines. Where OUT is there already, the plan of
    changes is shown first.

    A folder, several files, or the list of CFDocuments of a CASE server with its packages beside
    it: each framework becomes a file in the folder OUT, and a bad file does not stop the rest.

    Exit 0 when all is well, 2 when any file could not be read or written.

    \b
    competency import standard.txt -o standard.ttl
    competency import package.json -o welding.ttl
    competency import skills.xlsx --plan -o welding.ttl
    competency import packages/ -o frameworks/
    competency import standard.txt --report
    competency import --list-formats
    """
    if list_formats or list_layouts:
        _list(layouts=list_layouts)
    elif not files:
        raise click.UsageError("name a file; --list-formats shows what is read")
    elif _is_batch(files, asked["output"] or ""):
        _import_many(files, asked)
    else:
        _import_one(files[0], asked)


def _list(*, layouts: bool) -> None:
    from competency.cli.telling import print_formats
    from competency.documents import LAYOUTS
    from competency.importing import import_formats

    if layouts:
        print_table(("name", "layout"), ((item.name, item.title) for item in LAYOUTS))
    else:
        print_formats(import_formats())


def _is_batch(files: tuple[Path, ...], output: str) -> bool:
    """Say whether several frameworks are to be expected, each in a file of its own."""
    folder = output.endswith(("/", os.sep)) or (bool(output) and Path(output).is_dir())
    return len(files) > 1 or files[0].is_dir() or folder or _is_list(files[0])


def _is_list(path: Path) -> bool:
    from competency.importing import file_of
    from competency.importing.lists import listed

    return str(path) != "-" and path.is_file() and listed(file_of(path)) is not None


# ------------------------------------------------------------------ one file


def _import_one(path: Path, asked: dict[str, Any]) -> None:
    from competency.cli.telling import tell_remarks, visible
    from competency.importing import joined
    from competency.importing.writing import frameworks_bytes

    output = Path(asked["output"]) if asked["output"] else None
    if asked["plan_only"] and output is None:
        raise click.UsageError("--plan needs -o OUT, which it is the plan for")
    syntax = by_path(output) if output else _TURTLE
    found = _brought(path, asked)
    click.echo(visible(found.summary()), err=True)
    if not asked["report_style"]:
        tell_remarks(found.remarks)
    if output is None and (count := len(joined(found.graphs))) > 1:
        syntax = _TRIG
        click.echo(f"{count} frameworks, as TriG; -o FOLDER parts them", err=True)
    if output is not None:
        _write(output, found, syntax, asked)
    if asked["report_style"]:
        _report(found, asked["report_style"])
    elif output is None:
        click.echo(frameworks_bytes(found.graphs, syntax), nl=False)


def _brought(path: Path, asked: dict[str, Any]) -> Brought:
    from competency.exchange.imported import File
    from competency.importing import import_file, import_path

    said = asked["format_"]
    with waiting(f"reading {path}"):
        if str(path) != "-":
            return import_path(path, _options(asked), said, layout=asked["layout"]).light()
        file = File("stdin", sys.stdin.buffer.read(), "application/octet-stream")
        return import_file(file, _options(asked), said, layout=asked["layout"])


def _report(found: Brought, style: str) -> None:
    from competency.cli.telling import report_dict, report_text

    if style == "json":
        print_json(report_dict(found))
    else:
        document = found.document
        click.echo(document.report.text() if document else report_text(found), nl=False)


def _write(output: Path, found: Brought, syntax: Format, asked: dict[str, Any]) -> None:
    """Write frameworks to a file; show the plan first where the file is there already."""
    from competency.importing import plan_of
    from competency.importing.writing import frameworks_bytes

    if output.exists() or asked["plan_only"]:
        try:
            plan = plan_of(output, found.graphs, syntax, asked["base"])
            click.echo(f"{output}: {plan.text()}", err=True, nl=False)
            if plan.empty or asked["plan_only"]:
                return
        except ParseError as error:
            click.echo(f"{output}: is there, and cannot be read: {error}", err=True)
    if output.exists() and not asked["yes"] and not confirmed("Overwrite it?"):
        raise SourceError(str(output), "is there already; --yes overwrites it")
    write_file(output, frameworks_bytes(found.graphs, syntax))


# ------------------------------------------------------------------ many files


def _import_many(files: tuple[Path, ...], asked: dict[str, Any]) -> None:
    from competency.importing import import_all

    if asked["title"] or asked["identifier"] or asked["layout"]:
        raise click.UsageError("--title, --id and --layout are for one file")
    output = Path(asked["output"]) if asked["output"] else None
    if output is None and not (len(files) == 1 and _is_list(files[0])):
        raise click.UsageError("several files: name the folder for their frameworks with -o FOLDER")
    if output is not None:
        _check_folder(output, asked["output"])
    dry = asked["plan_only"] or output is None
    with progress_bar("importing") as progress:
        batch = import_all(
            files,
            output or Path("frameworks"),
            _options(asked),
            asked["format_"],
            dry=dry,
            progress=progress,
        )
    _settle(batch, asked)
    _tell(batch, asked["report_style"])
    if output is None:
        click.echo("nothing was written: name a folder with -o FOLDER", err=True)
    raise SystemExit(2 if batch.failed or output is None else 0)


def _check_folder(folder: Path, typed: str) -> None:
    """Refuse a new folder that is named as one file would be."""
    from competency.importing.files import known_suffixes

    named = not typed.endswith(("/", os.sep)) and not folder.is_dir()
    if named and folder.suffix.lower() in known_suffixes():
        said = "several files come to a folder, a file for each framework"
        raise click.UsageError(f"{typed}: {said}; name it -o {folder.stem}/")


def _settle(batch: Batch, asked: dict[str, Any]) -> None:
    """Show what would be overwritten, and do that with leave."""
    for row in batch.rows:
        for one in row.frameworks:
            if one.state == "differs" and one.plan is not None:
                click.echo(f"{one.path}: {one.plan.text()}", err=True, nl=False)
    if not batch.waiting:
        return
    if asked["yes"] or confirmed(f"Overwrite {len(batch.waiting)} files?"):
        batch.overwrite()
    else:
        batch.refuse()


def _tell(batch: Batch, style: str | None) -> None:
    from competency.cli.telling import print_batch, visible

    if style == "json":
        print_json([row.to_dict() for row in batch.rows])
        return
    print_batch(batch)
    for row in batch.rows:
        if style == "text" and row.remarks:
            click.echo(visible(row.name))
            for remark in row.remarks:
                click.echo(f"  {visible(str(remark))}")
        for fault in row.faults[1:] and row.faults:
            click.echo(f"competency: error: {visible(fault)}", err=True)


def _options(asked: dict[str, Any]) -> Any:
    """Return the options of an import; what the user says of the framework is marked as added."""
    from competency.documents import Options

    properties = {
        "title": "rdfs:label",
        "description": "dcterms:description",
        "publisher": "dcterms:publisher",
        "jurisdiction": "dcterms:spatial",
        "licence": "dcterms:license",
    }
    added = {expand(name): asked[key] for key, name in properties.items() if asked[key]}
    return Options(
        base=asked["base"],
        base_typed=asked["base"] != DEFAULT_BASE,
        identifier=asked["identifier"],
        language=asked["language"],
        added=added,
    )
