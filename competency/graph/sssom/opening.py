"""From the bytes of a table to its header and its rows: the signs, the lines, what parts cells."""

from __future__ import annotations

import re

from competency.errors import ParseError
from competency.graph.received import File
from competency.graph.sssom.slots import REQUIRED
from competency.graph.sssom.yaml import Line

MAX_BYTES, MAX_HEADER = 200_000_000, 2_000_000
_HEADER = re.compile(r'(?:"?#[^\r\n]*+(?:\r\n?|\n|\Z)|[ \t,;]*+(?:\r\n?|\n))*+')
_FIRST_LINE = re.compile(r"[^\r\n]*+")
_QUOTED = re.compile(r'"#((?:[^"]|"")*+)"')
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PARTS = {"\t": "tabs", ",": "commas", ";": "semicolons"}


def text_of(file: File) -> str:
    r"""Return the text of a file in UTF-8, with or without a mark at its start.

    Raises ParseError with the line of the first sign that is none.

    >>> text_of(File("a.sssom.tsv", b"\xef\xbb\xbfsubject_id", ""))
    'subject_id'
    """
    if len(file.data) > MAX_BYTES:
        raise ParseError(file.name, f"more than {MAX_BYTES // 1_000_000} MB; divide the file")
    if file.data[:2] in _UTF_16:
        reason = "is in UTF-16 (Excel calls it Unicode Text); save it as UTF-8, with tabs"
        raise ParseError(file.name, reason, 1, 1)
    if file.data[:2] == b"PK":
        reason = "is a workbook; save the sheet as text with tabs, in UTF-8"
        raise ParseError(file.name, reason, 1, 1)
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParseError(file.name, "no UTF-8; save it as UTF-8", *_place(file, error)) from None
    at = text.find("\0")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise ParseError(file.name, "a NUL sign: this is no table of texts", line)
    return text


def _place(file: File, error: UnicodeDecodeError) -> tuple[int, int]:
    before = file.data[: error.start]
    begun = before.rfind(b"\n") + 1
    column = len(before[begun:].decode("utf-8-sig", "replace")) + 1
    return before.count(b"\n") + 1, column


def end_of_header(text: str) -> int:
    r"""Return where the ``#`` lines at the start of a table end.

    >>> end_of_header("#license: urn:a\nsubject_id")
    16
    """
    found = _HEADER.match(text)
    return found.end() if found else 0


def header_of(file: File, metadata: File | None) -> list[tuple[str, list[Line]]]:
    """Return the lines of the header: of the file beside the table, then of the table itself.

    Raises ParseError where one is too long.
    """
    found = []
    if metadata is not None:
        if len(metadata.data) > MAX_HEADER:
            raise ParseError(metadata.name, f"more than {MAX_HEADER // 1_000_000} MB of metadata")
        lines = enumerate(re.split(r"\r\n?|\n", text_of(metadata)), 1)
        found.append((metadata.name, [Line(number, 1, text) for number, text in lines]))
    text = text_of(file)
    end = end_of_header(text)
    if end > MAX_HEADER:
        raise ParseError(file.name, f"more than {MAX_HEADER // 1_000_000} MB of header")
    sign = delimiter_of(file, text[end:])[0]
    lines = enumerate(re.split(r"\r\n?|\n", text[:end]), 1)
    found.append((file.name, [_header_line(number, text, sign) for number, text in lines]))
    return found


def _header_line(number: int, text: str, sign: str) -> Line:
    """Return a ``#`` line without its sign; spreadsheets put it in quotes and pad it with cells.

    A comma at the end is of the text, unless commas part the cells.
    """
    quoted = _QUOTED.match(text)
    if quoted and not text[quoted.end() :].strip('\t,;"'):
        return Line(number, 3, quoted[1].replace('""', '"'))
    bare = text.rstrip("\t;," if text.startswith('"') else "\t;" + sign)
    if bare.startswith('"#') and bare.endswith('"'):  # quotes within that are not written twice
        return Line(number, 3, bare[2:-1].replace('""', '"'))
    return Line(number, 2, bare.removeprefix("#").removeprefix('"#'))


def delimiter_of(file: File, table: str) -> tuple[str, str]:
    """Return what parts the cells of a table, and a remark where that is not what its name says.

    A spreadsheet program saves tables with commas or semicolons, whatever the file is called.

    >>> columns = ";".join(REQUIRED)
    >>> delimiter_of(File("a.sssom.tsv", b"", ""), columns)
    (';', 'the cells are parted by semicolons, and SSSOM has tabs; read so')
    """
    usual = "," if file.name.lower().endswith(".csv") else "\t"
    found = _FIRST_LINE.match(table)
    first = found[0] if found else ""
    for sign in (usual, *_PARTS):
        if set(REQUIRED) <= {cell.strip(' "') for cell in first.split(sign)}:
            remark = f"the cells are parted by {_PARTS[sign]}, and SSSOM has tabs; read so"
            return sign, "" if sign in (usual, "\t") else remark
    return usual, ""
