"""Suggestions for people in a terminal, and for programs as JSON and CSV."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from competency.cli.telling import visible
from competency.graph import write_file
from competency.ontology import shorten
from competency.shapes.reports.csv import harmless

if TYPE_CHECKING:
    from rich.text import Text

    from competency.align import Shared, Statement, Suggestion

_WIDTH = 100  # where no terminal says another
_WHY = 20  # of it are for the score, the relation and the shared words
_ABOVE = 2  # titles of a place, the nearest ones
_COLUMNS = ("score", "relation", "shared", "reasons")
_ENDS = ("iri", "text", "kind", "place", "code", "section")


def print_suggestions(found: Sequence[Suggestion], output: str | None = None) -> None:
    """Print suggestions as a table, or write it: why, and both texts with their places below."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.HORIZONTALS, pad_edge=False, header_style="bold", show_lines=True)
    table.add_column("how alike", max_width=_WHY, overflow="fold")
    for framework in _titles(found):
        table.add_column(visible(framework), ratio=1, overflow="fold")
    for item in found:
        left = _end(item.left, [word.left_at for word in item.shared])
        right = _end(item.right, [word.right_at for word in item.shared])
        table.add_row(_why(item), left, right)
    if output:
        out = io.StringIO()
        Console(file=out, width=_WIDTH).print(table)
        write_file(output, out.getvalue().encode())
        return
    if found:  # else it was told that there is nothing
        plain = not sys.stdout.isatty()
        Console(width=_WIDTH if plain else None, no_color=plain or None).print(table)
        click.echo("-o work.sssom.tsv keeps them, to be accepted or refused", err=True)


def records(found: Sequence[Suggestion]) -> list[dict[str, Any]]:
    """Return suggestions as plain values."""
    return [
        {
            "left": _record(item.left),
            "right": _record(item.right),
            "predicate": item.predicate,
            "score": item.score,
            "shared": [_shared(word) for word in item.shared],
            "reasons": list(item.reasons),
        }
        for item in found
    ]


def csv_of(found: Sequence[Suggestion]) -> str:
    """Return suggestions as CSV, a row each, safe to open in a spreadsheet."""
    out = io.StringIO()
    rows = csv.writer(out)
    ends = [f"{side}_{name}" for side in ("left", "right") for name in _ENDS]
    rows.writerow((*_COLUMNS, *ends))
    for item in found:
        words = ", ".join(map(str, item.shared))
        cells = [str(item.score), shorten(item.predicate), words, "; ".join(item.reasons)]
        cells += [*_cells(item.left), *_cells(item.right)]
        rows.writerow(map(harmless, cells))
    return out.getvalue()


def _titles(found: Sequence[Suggestion]) -> tuple[str, str]:
    """Return what stands above the columns of texts: the frameworks, where there are only two."""
    pairs = {(item.left.place[:1], item.right.place[:1]) for item in found}
    if len(pairs) == 1:
        left, right = pairs.pop()
        return "".join(left) or "left", "".join(right) or "right"
    return "left", "right"


def _why(item: Suggestion) -> Text:
    from rich.text import Text

    relation = shorten(item.predicate).partition(":")[2]
    text = Text(f"{item.score:.2f} ")
    text.append(f"{relation}\n", style="bold")
    text.append(visible(", ".join(map(str, item.shared))))
    return text


def _end(part: Statement, spans: Sequence[tuple[int, int]]) -> Text:
    from rich.text import Text

    text = Text(visible(part.text))
    for start, end in spans:
        text.stylize("bold cyan", start, end)
    where = [" > ".join(part.place[1:][-_ABOVE:]), part.code or "", part.section or ""]
    said = ", ".join(visible(name) for name in where if name)
    return text.append(f"\n{said}", style="dim") if said else text


def _record(part: Statement) -> dict[str, Any]:
    return {
        "iri": part.iri,
        "framework": part.framework,
        "kind": part.kind,
        "text": part.text,
        "language": part.language,
        "place": list(part.place),
        "code": part.code,
        "section": part.section,
    }


def _shared(word: Shared) -> dict[str, Any]:
    return {
        "left": word.left,
        "right": word.right,
        "left_at": list(word.left_at),
        "right_at": list(word.right_at),
    }


def _cells(part: Statement) -> list[str]:
    place = " > ".join(part.place)
    return [part.iri, part.text, shorten(part.kind), place, part.code or "", part.section or ""]
