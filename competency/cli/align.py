"""competency align: suggestions between frameworks, and the decisions of people taken back."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from competency.cli.deciding import leave_to_write, reviewed_tables, take_back, taken_back
from competency.cli.elsewhere import endpoint_options
from competency.cli.group import absolute_iri, data_option, main, output_option
from competency.cli.printing import waiting
from competency.graph import write_file
from competency.ontology import DEFAULT_BASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from competency.align import Options, Suggestion
    from competency.cli.sides import Sides
    from competency.graph.sssom import MappingSet


@main.command()
@click.argument("names", metavar="[LEFT RIGHT] [FILE...]", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Compare all frameworks with each other.")
@data_option()
@endpoint_options
@output_option("Write it here. Default: standard output.", click.Path(dir_okay=False))
@click.option(
    "--format",
    "style",
    type=click.Choice(["sssom", "table", "json", "csv"]),
    help="SSSOM to decide and keep, or a table to look at. Default: as the suffix of OUT says;"
    " without OUT the table in a terminal, else SSSOM.",
)
@click.option(
    "--per-part",
    default=5,
    show_default=True,
    metavar="N",
    help="The most suggestions for one part with one other framework.",
)
@click.option("--least", default=0.0, metavar="X", help="Leave out what is less alike (0 to 1).")
@click.option(
    "--contrasts/--no-contrasts",
    help="Offer unhelpful behaviours as opposites of helpful ones (comp:contrasts).",
)
@click.option(
    "--synonyms",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="Words that mean the same to you, a group a line; may be repeated.",
)
@click.option("--semantic", is_flag=True, help="Compare meanings too; needs competency[semantic].")
@click.option(
    "--accept",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="Take back a table that somebody decided; may be repeated.",
)
@click.option("--reviewer", metavar="NAME", help="Who decided, where a row does not say.")
@click.option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    callback=absolute_iri,
    help="The IRI that short names stand below.",
)
@click.option("--yes", is_flag=True, help="Overwrite what is there without asking.")
def align(names: tuple[str, ...], **asked: Any) -> None:
    """Suggest how parts of frameworks relate, and take back what people decide.

    LEFT and RIGHT are files in any format that is read, or IRIs or short names of frameworks: of
    the FILEs, of what --data has published or --endpoint holds, or else of those that come with the
    package. A FILE of alignments (.sssom.tsv) has pairs that are decided already.

    Each suggestion is a row of SSSOM with the status "to review". Write "accepted" or "refused"
    there, in a spreadsheet or an editor, and another predicate_id where you know better. --accept
    takes the table back. What is decided is never suggested again.

    --accept FILE -o OUT adds what was accepted to the alignments in OUT, and remembers there what
    was refused. Without -o, --data DIR publishes both. With LEFT and RIGHT, or with FILE as OUT,
    OUT stays a table to work on.

    Exit 0 when it is done, 1 when what was accepted does not conform and was not published, 2 when
    it could not be done.

    \b
    competency align pub-cscf wcc-behaviours
    competency align pub-cscf my-framework.ttl -o work.sssom.tsv
    competency align --accept work.sssom.tsv -o alignments.sssom.tsv
    competency align --all --contrasts --per-part 3 -o work.sssom.tsv
    """
    if names or asked["every"]:
        _suggest(names, asked)
    elif asked["accept"]:
        take_back(asked)
    else:
        raise click.UsageError("name two frameworks, --all, or --accept FILE")


# ------------------------------------------------------------------ suggesting


def _suggest(names: tuple[str, ...], asked: dict[str, Any]) -> None:
    from competency.align import suggest_among
    from competency.align.review import Parts, merge, suggested
    from competency.align.semantic import encoder
    from competency.cli.sides import sides_of

    style = _style(asked)
    leave_to_write(asked)
    if asked["semantic"]:
        asked["semantic"] = encoder()  # which says at once that it is not installed
    with sides_of(names, asked) as sides:
        works = taken_back(asked)
        kept = (
            reviewed_tables(works, asked, Parts.in_frameworks(sides.frameworks)) if works else None
        )
        with waiting("comparing"):
            found = suggest_among(sides.frameworks, _options(asked, sides, kept))
        new = suggested(
            found,
            sides.frameworks,
            date=date.today(),
            base=asked["base"],
            semantic=bool(asked["semantic"]),
        )
    _tell_found(found, sides)
    _put(found, merge(kept, new), style, asked)


def _options(asked: dict[str, Any], sides: Sides, kept: MappingSet | None) -> Options:
    from competency.align import Options, decided_in
    from competency.align.review import decided

    sets = [work.found for work in sides.tables] + ([kept] if kept else [])
    known = [decided_in(graph) for graph in sides.graphs] + [decided(item) for item in sets]
    return Options(
        per_part=asked["per_part"],
        contrasts=asked["contrasts"],
        least=asked["least"],
        decided=frozenset().union(*known),
        synonyms=asked["synonyms"],
        semantic=asked["semantic"],
    )


def _style(asked: dict[str, Any]) -> str:
    """Return the format that was named, or that of the suffix, or what suits the output."""
    name = (asked["output"] or "").lower()
    if asked["style"]:
        return str(asked["style"])
    if not name:
        return "table" if sys.stdout.isatty() else "sssom"
    if name.endswith((".json", ".csv")) and not name.endswith(".sssom.csv"):
        return name.rpartition(".")[2]
    return "sssom"


def _tell_found(found: Sequence[Suggestion], sides: Sides) -> None:
    from competency.cli.telling import visible
    from competency.importing.brought import counted

    said = counted(len(found), "suggestion") if found else "nothing to suggest"
    titles = [visible(framework.title) for framework in sides.frameworks]
    between = " and ".join(titles) if len(titles) == 2 else f"{len(titles)} frameworks"
    click.echo(f"{said} between {between}", err=True)


def _put(found: Sequence[Suggestion], whole: MappingSet, style: str, asked: dict[str, Any]) -> None:
    from competency.cli.offering import csv_of, print_suggestions, records
    from competency.graph.sssom import write

    output = asked["output"]
    if style == "table":
        print_suggestions(found, output)
        return
    if style == "sssom":
        data = write(whole)
    elif style == "csv":
        data = csv_of(found).encode()
    else:
        data = (json.dumps(records(found), indent=2, ensure_ascii=False) + "\n").encode()
    if output:
        write_file(output, data)
        click.echo(f"wrote {output}", err=True)
    else:
        click.echo(data, nl=False)
