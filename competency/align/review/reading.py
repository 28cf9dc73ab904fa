"""A work file as a person saved it: by Excel, LibreOffice or an editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from competency.align.review.deciding import faults, marked
from competency.align.review.meaning import Parts
from competency.align.review.rows import ACCEPTED, REFUSED, TO_REVIEW
from competency.errors import ParseError
from competency.graph.received import File
from competency.graph.sssom import MappingSet, Record
from competency.graph.sssom.cells import Cell, rows_of
from competency.graph.sssom.opening import delimiter_of, end_of_header, text_of
from competency.graph.sssom.reader import Placed, read_placed
from competency.graph.sssom.status import STATUS
from competency.ontology import DEFAULT_BASE

_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BREAK = re.compile(r"\r\n?|\n")
_DENIED = "predicate_modifier"
_NUMBERS, _DATES = ("confidence", "similarity_score"), ("mapping_date", "review_date")
_COMMA = re.compile(r"[01],\d{1,9}")
_DATE = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})")
_MONTHS = 12
_STATUSES = (TO_REVIEW, ACCEPTED, REFUSED)


@dataclass(frozen=True)
class Work:
    """A work file: what it is called, and its rows with their places."""

    name: str
    placed: Placed

    @property
    def found(self) -> MappingSet:
        """Return the mapping set."""
        return self.placed.found

    def reviewed(
        self, *, date: date, reviewer: str | None = None, parts: Parts | None = None
    ) -> MappingSet:
        """Return the set with the decisions of the file in it, marked as reviewed.

        Raises ParseError with line and column for a row that cannot be meant; its ``more`` has the
        others.
        """
        wrong = list(faults(self.found, parts))
        if wrong:
            _raise(sorted(self._told(wrong), key=lambda error: (error.line, error.column)))
        return marked(self.found, date, reviewer)

    def _told(self, wrong: Iterable[tuple[Record, str]]) -> Iterator[ParseError]:
        rows = zip(self.found.records, self.placed.rows, strict=True)
        cells = {id(record): row.get("predicate_id") for record, row in rows}
        for record, reason in wrong:
            cell = cells[id(record)]
            place = (cell.line, cell.column) if cell else ()
            yield ParseError(self.name, f"predicate_id: {reason}", *place)


def read_work(file: File, base: str = DEFAULT_BASE) -> Work:
    """Return a work file; a status counts in capitals and with blanks too.

    Dates and numbers that a spreadsheet wrote as its country does are read where they mean one
    thing. A status that was changed counts more than the ``Not`` of the refusal that the row was.
    Raises ParseError with line and column, its ``more`` has further faults.

        read_work(File("work.sssom.tsv", data, "text/tab-separated-values")).found
    """
    plain = replace(file, data=_utf8(file.data))
    text = text_of(plain)
    tidied = _tidied(text, _rows(plain, text)).encode()
    return Work(file.name, read_placed(replace(file, data=tidied), base=base))


def _raise(wrong: list[ParseError]) -> None:
    error = wrong[0]
    error.more = tuple(map(str, wrong[1:]))
    raise error


def _utf8(data: bytes) -> bytes:
    """Return a text in UTF-8, where it is what Excel calls Unicode Text."""
    if data[:2] not in _MARKS:
        return data
    try:
        return data.decode("utf-16").encode()
    except UnicodeDecodeError:
        return data  # the reader says that it is none


def _rows(file: File, text: str) -> list[dict[str, Cell]]:
    """Return the rows below the header, each with its cells by column."""
    start = end_of_header(text)
    first = len(_BREAK.findall(text[:start])) + 1
    try:
        rows = list(rows_of(file.name, text[start:], first, delimiter_of(file, text[start:])[0]))
    except ParseError:
        return []  # the reader says it, with all other faults
    names = [cell.text.strip() for cell in rows[0]] if rows else []
    return [dict(zip(names, row, strict=False)) for row in rows[1:]]


def _starts(text: str) -> list[int]:
    """Return where each line begins."""
    return [0, *(found.end() for found in _BREAK.finditer(text))]


def _tidied(text: str, rows: list[dict[str, Cell]]) -> str:
    """Return the text with each status as it is written, every cell in its place."""
    starts, pieces, done = _starts(text), [], 0
    for at, old, new in _changes(rows, starts, text):
        pieces += [text[done:at], new.ljust(len(old))]
        done = at + len(old)
    return "".join([*pieces, text[done:]])


def _changes(
    rows: list[dict[str, Cell]], starts: list[int], text: str
) -> Iterator[tuple[int, str, str]]:
    """Yield where a cell is mended, what it holds and what it is to hold; in order."""
    day_first = _day_first(rows)
    for row in rows:
        mended = [*_status(row), *_numbers(row), *_days(row, day_first)]
        for old, new in sorted(mended, key=lambda item: (item[0].line, item[0].column)):
            at = starts[old.line - 1] + old.column - 1
            yield at + (text[at] == '"'), old.text, new


def _status(row: dict[str, Cell]) -> Iterator[tuple[Cell, str]]:
    cell, denied = row.get(STATUS), row.get(_DENIED)
    said = " ".join(cell.text.replace("_", " ").split()).lower() if cell else ""
    if cell is None or said not in _STATUSES:
        return
    if cell.text != said:
        yield cell, said
    if denied is not None and denied.text.strip() == "Not" and said != REFUSED:
        yield denied, ""


def _numbers(row: dict[str, Cell]) -> Iterator[tuple[Cell, str]]:
    """Yield numbers with the comma that many countries write."""
    for name in _NUMBERS:
        cell = row.get(name)
        if cell is not None and _COMMA.fullmatch(cell.text):
            yield cell, cell.text.replace(",", ".")


def _days(row: dict[str, Cell], day_first: bool | None) -> Iterator[tuple[Cell, str]]:
    """Yield dates that a spreadsheet wrote as its country does, where that can be one day only."""
    for name in _DATES:
        cell = row.get(name)
        found = _DATE.fullmatch(cell.text) if cell is not None else None
        order = True if found and found[2] == "." else day_first
        if cell is None or found is None or order is None:
            continue
        day, month = (found[1], found[3]) if order else (found[3], found[1])
        yield cell, f"{found[4]}-{int(month):02}-{int(day):02}"


def _day_first(rows: list[dict[str, Cell]]) -> bool | None:
    """Return whether the dates of a table begin with the day, or None where none of them tells."""
    cells = (cell for row in rows for name in _DATES if (cell := row.get(name)))
    dates = [found for cell in cells if (found := _DATE.fullmatch(cell.text))]
    firsts, seconds = ([int(found[n]) for found in dates] for n in (1, 3))
    later = max(firsts, default=0) > _MONTHS, max(seconds, default=0) > _MONTHS
    return later[0] if later[0] != later[1] else None
