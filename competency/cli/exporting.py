"""competency export: frameworks in the formats of the field, with what each cannot carry."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from competency.cli.choosing import graph_and_frameworks
from competency.cli.elsewhere import endpoint_options
from competency.cli.group import absolute_iri, data_option, main, output_option
from competency.cli.printing import confirmed, print_json, waiting
from competency.errors import ConversionError, FormatError, SourceError
from competency.graph import KnowledgeGraph, write_file
from competency.ontology import DEFAULT_BASE

if TYPE_CHECKING:
    from competency.exchange.exchange import Exchange, Exported
    from competency.formats import Format


@main.command()
@click.argument("names", metavar="FILE|IRI...", nargs=-1)
@data_option()
@endpoint_options
@click.option("--to", "to", metavar="NAME", help="The format; else as the suffix of OUT says.")
@output_option(
    "Write it here; several frameworks: into this folder. Default: standard output.", click.Path()
)
@click.option(
    "--framework",
    "frameworks",
    multiple=True,
    metavar="IRI",
    help="Which framework of the files, by IRI or short name; may be repeated.",
)
@click.option("--strict", is_flag=True, help="Write nothing where something would be lost: exit 1.")
@click.option(
    "--losses",
    "style",
    is_flag=False,
    flag_value="text",
    type=click.Choice(["text", "json", "csv"]),
    help="Print all that is lost, or that only this program reads back, instead of the export.",
)
@click.option(
    "--template",
    is_flag=False,
    flag_value="xlsx",
    type=click.Choice(["csv", "xlsx"]),
    help="Write an empty table to fill in, with help on each column.",
)
@click.option("--list-formats", is_flag=True, help="List the formats that are written and stop.")
@click.option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    callback=absolute_iri,
    help="The IRI that short names stand below.",
)
@click.option("--yes", is_flag=True, help="Overwrite what is there without asking.")
def export(names: tuple[str, ...], **asked: Any) -> None:
    """Write frameworks in another format: CASE, CTDL-ASN, SKOS, a table, RDF.

    A FILE may be in any format that is read: it is imported first. An IRI or a short name is
    looked for in the files, in what --data has published or --endpoint holds, or else in the
    frameworks that come with the package.

    What the format cannot carry is told: which parts, which property, why. With --strict such an
    export is refused.

    Exit 0 when it is written, 1 when --strict refused it (nothing is written then), 2 when it
    could not be done.

    \b
    competency export pub-cscf --to case -o cscf.json
    competency export old.xlsx --to skos -o skills.ttl
    competency export pub-cscf wcc-behaviours --to csv -o tables/
    competency export pub-cscf --to ctdl-asn --losses
    competency export --template xlsx -o my-framework.xlsx
    competency export --list-formats
    """
    if asked["list_formats"]:
        _list()
    elif asked["template"]:
        _template(asked)
    else:
        _export(names, asked)


def _list() -> None:
    from competency.cli.telling import print_formats
    from competency.exchange.exchanges import written_formats

    print_formats(written_formats())


def _template(asked: dict[str, Any]) -> None:
    from competency.exchange.exchanges import exchange_named
    from competency.exchange.spreadsheet import template

    _fit(exchange_named(asked["template"], writes=True).format, asked)
    out = _out(asked)
    _leave([out], asked)
    _put([(out, template(asked["template"]))])


def _export(names: tuple[str, ...], asked: dict[str, Any]) -> None:
    exchange = _exchange(asked)
    _fit(exchange.format, asked)
    with graph_and_frameworks(names, asked) as (graph, wanted):
        places = _places(wanted, exchange, asked)
        _leave(places, asked)
        found = []
        for iri in wanted:
            with waiting(f"writing {iri} as {exchange.format.title}"):
                found.append((iri, _written(graph, iri, exchange)))
    lost = [(iri, done) for iri, done in found if done.losses]
    _tell(found, exchange, asked)
    if asked["strict"] and lost:
        click.echo("refused: --strict writes nothing that loses something", err=True)
        raise SystemExit(1)
    if asked["output"] or not asked["style"]:
        rows = zip(places, found, strict=True)
        _put([(place, done.data) for place, (_, done) in rows])


def _exchange(asked: dict[str, Any]) -> Exchange:
    """Return what writes the format that was named, or the one that has the suffix of OUT."""
    from competency.exchange.exchanges import exchange_named, written_formats

    if asked["to"]:
        return exchange_named(asked["to"], writes=True)
    name = (asked["output"] or "").lower()
    rows = [(s, row.name) for row in written_formats() for s in row.suffixes if name.endswith(s)]
    longest = max((len(suffix) for suffix, _ in rows), default=0)
    names = [known for suffix, known in rows if len(suffix) == longest]
    if len(names) == 1:
        return exchange_named(names[0], writes=True)
    known = names or [row.name for row in written_formats()]
    raise click.UsageError(f"name the format with --to: {', '.join(known)}")


def _written(graph: KnowledgeGraph, iri: str, exchange: Exchange) -> Exported:
    if exchange.write is None:
        raise FormatError(exchange.format.name, ())
    try:
        return exchange.write(graph, iri)
    except RecursionError as error:
        raise ConversionError(exchange.format.title, f"{iri} is nested too deeply") from error


# ------------------------------------------------------------------ where it goes


def _out(asked: dict[str, Any]) -> Path | None:
    return Path(asked["output"]) if asked["output"] else None


def _is_folder(asked: dict[str, Any]) -> bool:
    out = asked["output"]
    return bool(out) and (Path(out).is_dir() or out.endswith(("/", os.sep)))


def _fit(format_: Format, asked: dict[str, Any]) -> None:
    """Refuse an OUT with the suffix of another format, as nobody could open it."""
    from competency.exchange.exchanges import written_formats

    out = asked["output"]
    if not out or _is_folder(asked):
        return
    known = {_end(suffix) for row in written_formats() for suffix in row.suffixes}
    if _end(out) in known - {_end(suffix) for suffix in format_.suffixes}:
        better = PurePath(out).stem + format_.suffixes[0]
        raise click.UsageError(f"{out}: this would be {format_.title}; name it {better}")


def _end(name: str) -> str:
    """Return the last suffix of a name; JSON-LD is JSON."""
    return PurePath(f"a{name}").suffix.lower().replace(".jsonld", ".json")


def _places(iris: list[str], exchange: Exchange, asked: dict[str, Any]) -> list[Path | None]:
    """Return the file of each framework; None is standard output."""
    from competency.importing.naming import Names

    out = _out(asked)
    if out is not None and _is_folder(asked):
        names = Names()
        suffix = exchange.format.suffixes[0]
        return [out / f"{names.of(iri)}{suffix}" for iri in iris]
    if len(iris) > 1 and (out is not None or not asked["style"]):
        some = ", ".join(iris[:5]) + (", ..." if len(iris) > 5 else "")
        asks = "name a folder with -o FOLDER/, or one with --framework"
        raise click.UsageError(f"{len(iris)} frameworks: {asks}: {some}")
    return [out] * len(iris)


def _leave(paths: list[Path | None], asked: dict[str, Any]) -> None:
    """Ask for leave to overwrite what is there already, before there is any work."""
    there = [path for path in paths if path is not None and path.exists()]
    if there and not asked["yes"]:
        question = f"Overwrite {', '.join(map(str, there[:3]))}{' ...' if there[3:] else ''}?"
        if not confirmed(question):
            raise SourceError(str(there[0]), "is there already; --yes overwrites it")


def _put(rows: list[tuple[Path | None, bytes]]) -> None:
    """Write files; standard output takes what has no file."""
    for path, data in rows:
        if path is not None:
            with contextlib.suppress(OSError):  # what cannot be made cannot be written in either
                path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, data)
            click.echo(f"wrote {path}", err=True)
        elif sys.stdout.isatty() and b"\0" in data[:1024]:
            raise SourceError("standard output", "is a terminal, and this no text; name -o OUT")
        else:
            click.echo(data, nl=False)


# ------------------------------------------------------------------ what is lost


def _tell(found: list[tuple[str, Exported]], exchange: Exchange, asked: dict[str, Any]) -> None:
    """Tell what is lost: in short on standard error, or all of it on standard output."""
    from competency.cli.telling import losses_csv, losses_text, tell_losses

    if asked["style"] == "json":
        print_json([_record(iri, exchange, done) for iri, done in found])
    elif asked["style"]:
        write = losses_csv if asked["style"] == "csv" else losses_text
        click.echo(write(found), nl=False)
    title = exchange.format.title
    for iri, done in found if not asked["style"] else ():
        if done.losses:
            word = "loss" if len(done.losses) == 1 else "losses"
            tell_losses(done.losses, f"{iri}: {len(done.losses):,} {word} in {title}")
        if done.aside:
            tell_losses(
                done.aside,
                f"{iri}: {len(done.aside):,} things in {title} that only this program reads back",
            )


def _record(iri: str, exchange: Exchange, done: Exported) -> dict[str, Any]:
    """Return what was lost of a framework as plain values, as the server tells it."""
    return {
        "framework": iri,
        "format": exchange.format.name,
        "bytes": len(done.data),
        "losses": [vars(loss) for loss in done.losses],
        "aside": [vars(loss) for loss in done.aside],
    }
