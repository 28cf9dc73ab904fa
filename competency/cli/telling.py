"""What imports and exports tell people: summaries, remarks and losses in groups, what is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from competency.cli.printing import print_table

if TYPE_CHECKING:
    from competency.exchange.exchange import Exported
    from competency.exchange.imported import Remark
    from competency.exchange.mapping import Loss
    from competency.formats import Format
    from competency.importing import Batch, Brought, Row

_FIRST = 3  # of each group are told on a terminal
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    r"""Return a text on one line, without signs that would command a terminal.

    >>> visible("a\x1b[31m\nb")
    'a?[31m?b'
    """
    return _CONTROLS.sub("?", text)


def print_formats(rows: Iterable[Format]) -> None:
    """Print formats as a table: the name, what it is, its suffixes."""
    print_table(
        ("name", "format", "suffixes"),
        ((row.name, row.title, " ".join(row.suffixes)) for row in rows),
    )


def tell_remarks(remarks: Sequence[Remark], more: str = "--report shows all") -> None:
    """Tell remarks in groups on standard error, the first of each group; ``more`` has the rest."""
    from competency.importing.brought import remark_groups

    for kept, count in remark_groups(tuple(remarks)):
        click.echo(f"  {kept}: {count:,}", err=True)
        found = [remark for remark in remarks if remark.kept == kept]
        for remark in found[:_FIRST]:
            click.echo(f"    {visible(f'{remark.where}: {remark.what}')}", err=True)
        if count > _FIRST:
            click.echo(f"    and {count - _FIRST:,} more; {more}", err=True)


def report_text(found: Brought) -> str:
    """Return the report of an import that is no document: what is in it, and every remark."""
    from competency.importing import joined
    from competency.importing.brought import counted, title_of

    rows = [found.summary(), "", "Frameworks"]
    rows += [
        f"  {graph.name}: {title_of(graph)} ({counted(found.parts[graph.name], 'part')})"
        for graph in joined(found.graphs)
    ]
    rows += ["", "Remarks", *(f"  {remark}" for remark in found.remarks)]
    rows += [] if found.remarks else ["  none"]
    return "".join(visible(row) + "\n" for row in rows)


def report_dict(found: Brought) -> dict[str, Any]:
    """Return the report of an import as plain values; that of a document as it always was."""
    from competency.importing import joined
    from competency.importing.brought import title_of

    if found.document is not None:
        return found.document.report.to_dict()
    return {
        "name": found.file.name,
        "format": found.format.name,
        "frameworks": [
            {"iri": graph.name, "title": title_of(graph), "parts": found.parts[graph.name]}
            for graph in joined(found.graphs)
        ],
        "remarks": [
            {"kept": remark.kept.value, "where": remark.where, "what": remark.what}
            for remark in found.remarks
        ],
    }


def print_batch(batch: Batch) -> None:
    """Print what came of each file of a batch, and the sum."""
    from competency.importing.brought import counted

    names = ("file", "format", "frameworks", "parts", "remarks", "came to")
    print_table(names, ([visible(cell) for cell in _cells(row)] for row in batch.rows))
    bad = sum(1 for row in batch.rows if row.faults)
    left = sum(1 for row in batch.rows if row.skipped)
    made = [one for row in batch.rows for one in row.frameworks]
    frameworks, parts = sum(one.whole for one in made), sum(one.parts for one in made)
    sums = f"{counted(len(batch.rows), 'file')}: {len(batch.rows) - bad - left:,} read"
    sums += f", {bad:,} with faults" if bad else ""
    sums += f", {left:,} left alone" if left else ""
    held = f"{counted(frameworks, 'framework')}, {counted(parts, 'part')}"
    click.echo(f"{sums}; {held}", err=True)


def _cells(row: Row) -> tuple[str, ...]:
    made = [f"{one.path.name} ({one.state})" for one in row.frameworks]
    rest = len(row.faults) - 1
    more = f" (and {rest} more {'fault' if rest == 1 else 'faults'})" if rest > 0 else ""
    said = [row.skipped, f"{row.faults[0]}{more}" if row.faults else "", *made]
    whole, parts = (sum(one.whole for one in row.frameworks), sum(o.parts for o in row.frameworks))
    counts = (whole, parts, row.doubts)
    shown = [f"{count:,}" if row.frameworks else "" for count in counts]
    return (row.name, row.format, *shown, "; ".join(text for text in said if text))


def tell_losses(losses: Sequence[Loss], title: str) -> None:
    """Tell losses on standard error: how many of which reason, and the first parts of each."""
    groups: dict[str, list[Loss]] = {}
    for loss in losses:
        groups.setdefault(loss.why, []).append(loss)
    click.echo(title, err=True)
    for why, found in sorted(groups.items(), key=lambda item: -len(item[1])):
        names, parts = _some(loss.property for loss in found), _some(loss.part for loss in found)
        click.echo(f"  {len(found):,} x {names}: {visible(why)}", err=True)
        click.echo(f"    {parts}", err=True)


def _some(texts: Iterable[str]) -> str:
    found = list(dict.fromkeys(texts))
    more = f" and {len(found) - _FIRST:,} more" if len(found) > _FIRST else ""
    return visible(", ".join(found[:_FIRST])) + more


def losses_text(found: Iterable[tuple[str, Exported]]) -> str:
    """Return everything that was lost, a line each, framework by framework."""
    rows: list[str] = []
    for iri, done in found:
        counts = f"{len(done.losses):,} lost, {len(done.aside):,} read back by this program only"
        rows.append(f"{iri}: {counts}")
        for word, losses in (("lost", done.losses), ("aside", done.aside)):
            rows += [f"  {word}: {loss.part}: {loss.property}: {loss.why}" for loss in losses]
    return "".join(visible(row) + "\n" for row in rows)


def losses_csv(found: Iterable[tuple[str, Exported]]) -> str:
    """Return everything that was lost as CSV, safe to open in a spreadsheet."""
    import csv
    import io

    from competency.shapes.reports.csv import harmless

    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(("framework", "kept", "part", "property", "why"))
    for iri, done in found:
        for word, losses in (("lost", done.losses), ("aside", done.aside)):
            for loss in losses:
                cells = (iri, word, loss.part, loss.property, loss.why)
                rows.writerow(map(harmless, cells))
    return out.getvalue()
