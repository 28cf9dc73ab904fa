"""CSV and TSV: bytes to rows, whatever program saved them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from competency.errors import ParseError
from competency.exchange.imported import File, Kept, Remark
from competency.exchange.sheets.grid import Grid, grid_of

MAX_BYTES, MAX_CELLS = 200_000_000, 4_000_000
MAX_COLUMNS = 16_384  # as many as a workbook has

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DELIMITERS = (",", ";", "\t")
_SEP = re.compile(r"sep=(.)(?:\r\n?|\n|\Z)")  # what Excel reads and writes as a first line
_CLOSING = re.compile(r'(?:[^"]|"")*+"')
_BREAK = re.compile(r"\r\n?|\n")


def read_separated(file: File) -> Grid:
    """Return the table of a CSV or TSV file.

    The encoding is that of the byte order mark, else UTF-8, else Windows-1252 (with a note); the
    delimiter is the one that divides the header. Raises ParseError with line and column for a
    quote that never closes or stands in the middle of a cell, and for what is no text.
    """
    if len(file.data) > MAX_BYTES:
        raise ParseError(file.name, f"more than {MAX_BYTES // 1_000_000} MB; divide the file")
    text, notes = _text(file)
    named = _SEP.match(text)
    start, delimiter = (named.end(), named[1]) if named else (0, _delimiter(file, text))
    rows = _bounded(file, _records(file, text, start, delimiter))
    return grid_of(file.name, rows, notes=notes, workbook=False)


def cell_at(name: str, text: str, line: int, column: int) -> tuple[int, int, int] | None:
    r"""Return where a cell begins in a text, its line and sign, both from 1, and its length.

    ``line`` is that on which its record begins, ``column`` is counted from 0. None where the
    record has no such cell. The blanks and quotes around a text do not count, and of a text of
    many lines the first one does.

    >>> cell_at("a.csv", 'code,title\n1," Weld ",x', 2, 1)
    (2, 4, 6)
    """
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    if not 0 < line <= len(starts):
        return None
    named = _SEP.match(text)
    signs = _signs(named[1] if named else _delimiter(File(name, b"", ""), text))
    at = starts[line - 1]
    for number in range(column + 1):
        found = _next_cell(text, at, signs)
        if found is None or number == column or found["end"] != signs.delimiter:
            break
        at = found.end()
    else:
        return None
    if found is None or number < column:
        return None
    begin = found.start("text")
    row = bisect_right(starts, begin)
    shown = _BREAK.split(found["text"], maxsplit=1)[0]
    return row, begin - starts[row - 1] + 1, len(shown)


def _text(file: File) -> tuple[str, list[Remark]]:
    for mark, encoding in _MARKS:
        if file.data.startswith(mark):
            return _decoded(file, file.data[len(mark) :], encoding), []
    head = file.data[:1000]
    if head.count(b"\0") > len(head) // 4:
        encoding = "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
        note = Remark(Kept.odd, "line 1", "UTF-16 without its byte order mark")
        return _decoded(file, file.data, encoding), [note]
    try:
        return _printable(file, file.data.decode("utf-8")), []
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        sign = file.data[error.start]
        what = (
            f"the byte {sign:02X} is no UTF-8, so the file was read as Windows-1252; where letters"
            " look wrong, save it as 'CSV UTF-8'"
        )
        return _decoded(file, file.data, "cp1252"), [Remark(Kept.odd, f"line {line}", what)]


def _decoded(file: File, data: bytes, encoding: str) -> str:
    try:
        return _printable(file, data.decode(encoding))
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        raise ParseError(
            file.name, "no text in UTF-8, UTF-16 or Windows-1252; save it as 'CSV UTF-8'", line
        ) from None


def _printable(file: File, text: str) -> str:
    place = text.find("\0")
    if place >= 0:
        line, column = _place(text, place)
        raise ParseError(file.name, "a NUL sign: this is no table of texts", line, column)
    return text


def _delimiter(file: File, text: str) -> str:
    """Return the delimiter that divides the header: the first row that is no ``#`` line."""
    if file.name.lower().endswith((".tsv", ".tab")):
        return "\t"
    for line in _first_lines(text):
        if not line.startswith(("#", '"#')) and line.strip():
            bare = re.sub(r'"[^"]*+"?', "", line)
            counts = {sign: bare.count(sign) for sign in _DELIMITERS}
            best = max(_DELIMITERS, key=lambda sign: counts[sign])
            return best if counts[best] else ","
    return next((s for s in _DELIMITERS if s in text[:10_000]), ",")


def _first_lines(text: str) -> Iterator[str]:
    """Yield the first lines; a break inside quotes does not end one."""
    for found in re.finditer(r'(?:"[^"]*+(?:"|\Z)|[^"\r\n])++', text[:1_000_000]):
        yield found[0]


@dataclass(frozen=True)
class _Signs:
    """How the cells of a table are told apart."""

    delimiter: str
    quoted: re.Pattern[str]
    plain: re.Pattern[str]
    opening: re.Pattern[str]


def _signs(delimiter: str) -> _Signs:
    d = re.escape(delimiter)
    blank = " " if delimiter == "\t" else r"[ \t]" if delimiter != " " else "(?!)"
    end = rf"(?P<end>{d}|\r\n?|\n|\Z)"
    return _Signs(
        delimiter,
        re.compile(rf'{blank}*+"(?P<text>(?:[^"]|"")*+)"{blank}*+{end}'),
        re.compile(rf"(?P<text>[^{d}\r\n]*+){end}"),
        re.compile(rf'{blank}*+"'),
    )


def _next_cell(text: str, at: int, signs: _Signs) -> re.Match[str] | None:
    opened = signs.opening.match(text, at)
    return (signs.quoted if opened else signs.plain).match(text, at)


def _records(file: File, text: str, at: int, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each record begins, and its cells; one look at each sign."""
    signs = _signs(delimiter)
    cells: list[str] = []
    line = begun = 1 + bool(at)
    size = len(text)
    while at < size or cells:
        found = _next_cell(text, at, signs) or _astray(file, text, at, signs.plain)
        cell = found["text"]
        if found.re is signs.quoted:
            line += len(_BREAK.findall(cell)) if "\n" in cell or "\r" in cell else 0
            cell = cell.replace('""', '"')
        cells.append(cell)
        at = found.end()
        if found["end"] != delimiter:
            yield begun, cells
            line += 1
            cells, begun = [], line


def _astray(file: File, text: str, at: int, plain: re.Pattern[str]) -> re.Match[str]:
    """Return a cell with a quote after blanks as it stands; raise for a quote gone wrong."""
    found = plain.match(text, at)
    if found and text[at] != '"':
        return found
    closing = _CLOSING.match(text, at + 1)
    if closing is None:
        line, column = _place(text, at)
        raise ParseError(file.name, 'the quote (") that opens here is never closed', line, column)
    line, column = _place(text, closing.end() - 1)
    reason = 'a quote (") inside a quoted cell; write it twice ("")'
    raise ParseError(file.name, reason, line, column)


def _place(text: str, at: int) -> tuple[int, int]:
    breaks = [found.end() for found in _BREAK.finditer(text, 0, at)]
    return len(breaks) + 1, at - (breaks[-1] if breaks else 0) + 1


def _bounded(file: File, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    left = MAX_CELLS
    for number, cells in rows:
        left -= len(cells)
        if left < 0:
            reason = f"more than {MAX_CELLS:,} cells; divide the file"
            raise ParseError(file.name, reason, number)
        if len(cells) > MAX_COLUMNS:
            reason = f"more than {MAX_COLUMNS:,} columns; no table has so many"
            raise ParseError(file.name, reason, number)
        yield number, cells
