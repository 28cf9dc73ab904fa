"""Decisions taken back from tables that people edited: into a file, or published."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from competency.cli.editions import print_publication
from competency.cli.printing import confirmed, waiting
from competency.cli.sides import held_graph, table_of
from competency.cli.telling import tell_remarks, visible
from competency.errors import CompetencyError, SourceError
from competency.graph import DataDirectory, KnowledgeGraph, write_file
from competency.graph import publish as publish_graphs

if TYPE_CHECKING:
    from competency.align.review import Parts, Work
    from competency.graph.sssom import MappingSet

_TOLD = 3  # parts that are gone


def taken_back(asked: dict[str, Any]) -> list[Work]:
    """Return the tables of --accept as they are, and tell what is odd in them."""
    works = [table_of(name, asked["base"]) for name in asked["accept"]]
    for work in works:
        if work.found.remarks:
            click.echo(visible(work.name), err=True)
            tell_remarks(work.found.remarks, "mend them in the file")
    return works


def reviewed_tables(works: list[Work], asked: dict[str, Any], parts: Parts) -> MappingSet:
    """Return what tables say together, marked as reviewed; the later one counts.

    Raises ParseError for a row that cannot be meant, and nothing is written then.
    """
    from competency.align.review import merge

    whole: MappingSet | None = None
    for work in works:
        found = work.reviewed(date=date.today(), reviewer=asked["reviewer"], parts=parts)
        whole = found if whole is None else merge(whole, found, all_open=True)
    if whole is None:
        raise click.UsageError("name a file with --accept")
    return whole


def take_back(asked: dict[str, Any]) -> None:
    """Write decisions into the file -o names, beside what it holds, or publish them."""
    from competency.align.review import Parts, frameworks_in, gone

    _check(asked)
    with held_graph(asked) as graph:
        works = taken_back(asked)
        known = {iri for work in works for iri in frameworks_in(work.found, graph)}
        whole = reviewed_tables(works, asked, Parts.of(graph, known))
        lost = sorted({part for _, part in gone(whole, graph)})
        _tell(whole, lost)
        if asked["output"]:
            _write(whole, asked)
        else:
            _publish(whole, graph, asked)


def leave_to_write(asked: dict[str, Any]) -> None:
    """Ask before a file is overwritten that is not taken back itself; SourceError without leave."""
    from competency.importing.brought import counted

    output = asked["output"]
    if not output or not Path(output).exists() or asked["yes"] or _is_taken_back(output, asked):
        return
    count = _decisions_in(output, asked["base"])
    held = f"is there, with {counted(count, 'decision')}" if count else "is there already"
    if not confirmed(f"{output} {held}. Overwrite it?"):
        kept = f"--accept {output} keeps them, " if count else ""
        raise SourceError(output, f"{held}; {kept}--yes overwrites it")


def _decisions_in(name: str, base: str) -> int:
    from competency.align.review import decided

    try:
        return len(decided(table_of(name, base).found))
    except CompetencyError:
        return 0  # another file


def _check(asked: dict[str, Any]) -> None:
    if asked["style"] not in (None, "sssom"):
        raise click.UsageError(f"decisions are written as SSSOM, not as {asked['style']}")
    if not asked["output"] and not asked["data"]:
        raise click.UsageError("name -o OUT, or --data DIR to publish what was accepted")


def _is_taken_back(output: str, asked: dict[str, Any]) -> bool:
    return any(Path(name).resolve() == Path(output).resolve() for name in asked["accept"])


def _write(whole: MappingSet, asked: dict[str, Any]) -> None:
    """Write a work file as one that is worked on; any other OUT gets what was decided."""
    from competency.align.review import decided, merge, settled
    from competency.graph.sssom import write

    output = asked["output"]
    if not _is_taken_back(output, asked):
        if not decided(whole):
            click.echo("nothing was written", err=True)
            return
        there = Path(output).exists()
        kept = table_of(output, asked["base"]).found if there else None
        whole = merge(kept, settled(whole), all_open=True)
    write_file(output, write(whole))
    click.echo(f"wrote {output}", err=True)


def _publish(whole: MappingSet, graph: KnowledgeGraph, asked: dict[str, Any]) -> None:
    from competency.align.review import placed

    graphs = placed(whole, graph)
    if not graphs:
        click.echo("nothing was published", err=True)
        return
    note = ", ".join(Path(name).name for name in asked["accept"])
    with waiting("publishing"):
        done = publish_graphs(DataDirectory(asked["data"]), graphs, note=note)
    print_publication(done)
    if not done.published:
        raise SystemExit(1)


def _tell(whole: MappingSet, lost: list[str]) -> None:
    """Tell how many rows are in which state, and which parts are held no more."""
    from competency.align.review import ACCEPTED, REFUSED, TO_REVIEW, states

    found = states(whole)
    counts = (f"{found.count(state):,} {state}" for state in (ACCEPTED, REFUSED, TO_REVIEW))
    click.echo(", ".join(counts), err=True)
    if lost:
        some = ", ".join(map(visible, lost[:_TOLD])) + (" ..." if lost[_TOLD:] else "")
        are = "part is" if len(lost) == 1 else "parts are"
        click.echo(f"{len(lost):,} accepted {are} held no more: {some}", err=True)
