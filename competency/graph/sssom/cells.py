"""The rows of a TSV or CSV table with the place of every cell, and cells back into rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from competency.errors import ParseError
from competency.graph.harmless import harmless, original
from competency.graph.sssom.slots import TYPED, Slot

MAX_CELLS = 4_000_000
MAX_ROW = 20_000  # cells of one row; spreadsheet programs write fewer
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"')
_PART = re.compile(r"(?:[^|\\]|\\[|\\]|\\)++")
_ESCAPED = re.compile(r"\\([|\\])")
_BREAK = re.compile(r"\r\n?|\n")
_PLAIN_LINE = re.compile(r'[^"\r\n]++(?=[\r\n]|\Z)')


class Cell(NamedTuple):
    """The text of one cell, and the line and column at which it begins."""

    text: str
    line: int
    column: int


def rows_of(source: str, text: str, line: int, delimiter: str) -> Iterator[list[Cell]]:
    """Yield the rows of a table that begins at a line; blank lines are none.

    Raises ParseError with line and column for a quote that never closes.

    >>> [cell.text for cell in next(rows_of("a", 'one,"a ""b"", c"', 1, ","))]
    ['one', 'a "b", c']
    """
    at, left = 0, MAX_CELLS
    while at < len(text):
        whole = _PLAIN_LINE.match(text, at)
        if whole:
            _check_row(source, whole[0].count(delimiter), line)
            cells, at, last = _parted(whole[0], line, delimiter), whole.end(), line
        else:
            cells, at, last = _quoted_row(source, text, at, line, delimiter)
        if any(cell.text.strip() for cell in cells):
            yield cells
        left -= len(cells)
        if left < 0:
            raise ParseError(source, f"more than {MAX_CELLS:,} cells; divide the file", last)
        ended = _BREAK.match(text, at)
        at = ended.end() if ended else at
        line = last + 1


def _check_row(source: str, cells: int, line: int) -> None:
    if cells > MAX_ROW:
        raise ParseError(source, f"more than {MAX_ROW:,} cells in one row; this is no table", line)


def _parted(text: str, line: int, delimiter: str) -> list[Cell]:
    """Return the cells of a line without any quote, as most are."""
    cells, column = [], 1
    for value in text.split(delimiter):
        cells.append(Cell(value, line, column))
        column += len(value) + 1
    return cells


def _quoted_row(
    source: str, text: str, at: int, line: int, delimiter: str
) -> tuple[list[Cell], int, int]:
    """Return the cells of a row in which quotes may stand, where it ends, and on which line."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")
    begun = at
    cells: list[Cell] = []
    while True:
        place = Cell("", line, at - begun + 1)
        quoted = _QUOTED.match(text, at) if text[at : at + 1] == '"' else None
        if quoted:
            value, after = quoted[1].replace('""', '"'), quoted.end()
            breaks = [found.end() for found in _BREAK.finditer(text, at, after)]
            line, begun = line + len(breaks), breaks[-1] if breaks else begun
        else:
            found = plain.match(text, at)
            value, after = (found[0], found.end()) if found else ("", at)
        _check(source, text, place, after, delimiter, opens=value[:1] == '"' and not quoted)
        cells.append(place._replace(text=value))
        _check_row(source, len(cells), line)
        if text[after : after + 1] != delimiter:
            return cells, after, line
        at = after + 1


def values_of(text: str, slot: Slot | None) -> tuple[str, ...]:
    r"""Return the values that a cell holds; ``\|`` is a bar that parts nothing, ``\\`` a backslash.

    >>> from competency.graph.sssom.slots import SLOTS
    >>> values_of("to check|to weld", SLOTS["match_string"])
    ('to check', 'to weld')
    """
    is_typed = slot is None or slot.range in TYPED
    text = original(text) if is_typed else text.strip()
    if not text.strip():
        return ()
    if slot is None or not slot.many:
        return (text,)
    parts = (_ESCAPED.sub(r"\1", part.strip()) for part in _PART.findall(text))
    return tuple(sorted({part for part in parts if part}))


def cell_of(values: Sequence[str], slot: Slot | None) -> str:
    """Return the values as the text of a cell."""
    if slot is None or not slot.many:
        text = values[0] if values else ""
    else:
        text = "|".join(re.sub(r"[|\\]", r"\\\g<0>", value) for value in sorted(set(values)))
    return harmless(text) if slot is None or slot.range in TYPED else text


def row_of(cells: Sequence[str]) -> str:
    """Return one line of TSV; a cell with a tab, a break or a quote stands in quotes.

    >>> row_of(["a", 'two "b" here'])[2:]
    '"two ""b"" here"'
    """
    return "\t".join(map(_written, cells))


def _written(cell: str) -> str:
    if any(sign in cell for sign in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _check(source: str, text: str, cell: Cell, after: int, delimiter: str, *, opens: bool) -> None:
    if opens:
        reason = 'the quote (") that opens here is never closed'
        raise ParseError(source, reason, cell.line, cell.column)
    if text[after : after + 1] not in ("", delimiter, "\r", "\n"):
        reason = 'a quote (") inside a quoted cell; write it twice ("")'
        raise ParseError(source, reason, cell.line, cell.column)
