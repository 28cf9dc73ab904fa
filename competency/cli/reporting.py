"""A report for people on a terminal: coloured, wrapped at its width, with links; else plain."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from competency.cli.printing import may_be_terminal
from competency.errors import SourceError
from competency.graph import write_file
from competency.shapes import Report
from competency.shapes.reports import write_report
from competency.shapes.reports.steady import steady
from competency.shapes.reports.text import Line, text_lines

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

PARTS_SHOWN = 50
_NARROWEST = 20
_STYLES = {
    "violation": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "success": "bold green",
    "part": "bold",
    "where": "magenta",
    "label": "dim",
    "fix": "green",
    "link": "cyan",
    "quiet": "dim",
}


def print_report(report: Report, style: str, *, everything: bool = False) -> None:
    """Print a report to standard output; on a terminal, a text shows the first fifty parts.

    print_report(report, "text")
    """
    console = _terminal() if style == "text" else None
    if console is None:
        _print_plain(write_report(report, style), style)
        return
    most = None if everything else PARTS_SHOWN
    for line in text_lines(steady(report), most, "--all shows them"):
        _print_line(console, line)


def save_report(report: Report, style: str, output: Path) -> None:
    """Write a report to a file whole, or not at all. Raises SourceError.

    save_report(report, "sarif", Path("report.sarif"))
    """
    data = write_report(report, style).encode()
    if not output.exists() or output.is_file():
        write_file(output, data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise SourceError(str(output), error.strerror or "cannot be written") from error


def _terminal() -> Console | None:
    """Return what prints to the terminal, where standard output is one."""
    if not may_be_terminal(sys.stdout):
        return None
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else None


def _print_plain(text: str, style: str) -> None:
    """Print in UTF-8 what programs read, and text in whatever the other end can show."""
    encoding = "utf-8" if style != "text" else sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "replace"), nl=False)


def _print_line(console: Console, line: Line) -> None:
    for row in _rows(console, line):
        console.print(row, soft_wrap=True, markup=False)


def _rows(console: Console, line: Line) -> Iterator[Text]:
    """Give the rows of a line: those after the first are indented further. Links are not cut."""
    from rich.style import Style
    from rich.text import Text

    whole = Text()
    for span in line.spans:
        style = console.get_style(_STYLES.get(span.role, "none"))
        whole.append(span.text, style + Style(link=span.link) if span.link else style)
    ends = _ends(whole.plain, console.width - line.indent, line.hang)
    for number, row in enumerate(whole.divide(ends)):
        row.rstrip()
        yield Text(" " * (line.indent + (line.hang if number else 0))) + row


def _ends(text: str, width: int, hang: int) -> list[int]:
    """Return where the rows of a text end: between words only, so that an address stays whole."""
    from rich.cells import cell_len

    ends: list[int] = []
    used = 0
    for word in re.finditer(r"\S+\s*", text):
        length = cell_len(word.group().rstrip())
        if used and used + length > max(width, _NARROWEST):
            ends.append(word.start())
            used = hang
        used += cell_len(word.group())
    return ends
