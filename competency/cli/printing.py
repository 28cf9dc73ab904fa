"""Printing: answers and tables for people, JSON for programs, a spinner for those who wait."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, TextIO

import click

from competency.errors import FormatError
from competency.formats import RDF_SYNTAXES

_FORCED = ("FORCE_COLOR", "TTY_COMPATIBLE")  # by these rich takes anything for a terminal


def print_answer(answer: Any, style: str | None) -> None:
    """Print rows as a table, ASK as yes or no, triples as Turtle, unless a format is named."""
    if answer.form in ("CONSTRUCT", "DESCRIBE"):
        known = [row.name for row in RDF_SYNTAXES]
        if style not in (None, *known):
            raise FormatError(f"{style} for {answer.form}", known)
        click.echo(answer.serialize(style or "turtle"), nl=False)
    elif style not in (None, "table"):
        click.echo(answer.serialize(style), nl=False)
    elif answer.form == "ASK":
        click.echo(repr(answer))
    else:
        print_table(answer.variables, ([_cell(v) for v in row.values()] for row in answer))
        click.echo(f"{len(answer)} {'row' if len(answer) == 1 else 'rows'}", err=True)


def _cell(term: Any) -> str:
    from competency.sparql import display

    return display(term)


def print_table(names: Any, rows: Any) -> None:
    """Print rows as a table; as wide as it needs where no terminal is."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console() if sys.stdout.isatty() else Console(width=10_000, no_color=True)
    console.print(table)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def confirmed(question: str) -> bool:
    """Ask somebody at a terminal; where nobody is, the answer is no."""
    return sys.stdin.isatty() and click.confirm(question, err=True)


def may_be_terminal(stream: TextIO) -> bool:
    """Say whether rich may take a stream for a terminal; nobody else has to wait for its import."""
    return stream.isatty() or any(os.environ.get(name) for name in _FORCED)


def waiting(text: str) -> Any:
    """Show a spinner on a terminal while something takes its time."""
    if not may_be_terminal(sys.stderr):
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(text)


@contextmanager
def progress_bar(doing: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal for as long as something takes; tell what it gives the counts."""
    if not may_be_terminal(sys.stderr):
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (doing, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
