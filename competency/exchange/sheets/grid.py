"""A table as it is in a file: texts in rows, each with its place."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from competency.errors import ParseError
from competency.exchange.imported import File, Remark

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Grid:
    """One sheet of a workbook, or a CSV file: the texts of its cells, exactly.

    An apostrophe that makes a cell harmless is still there; records take it off.

    Rows without any text are left out; ``numbers`` has the number of each row in its sheet, or the
    line on which its record begins. Rows are as long as their last cell with a text. ``notes`` is
    what there is to say about the reading; those about the whole file are with the first grid.
    ``printed``, in a grid made of another one, has the columns there of the cells of each row.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    notes: tuple[Remark, ...] = ()
    workbook: bool = True
    printed: tuple[tuple[int, ...], ...] = ()

    def cell(self, row: int, column: int) -> str:
        """Return the text of a cell, both counted from 0; '' beyond the end of a row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def where(self, row: int, column: int) -> str:
        """Return the place of a cell as people look it up, both counted from 0.

        >>> Grid("CF Item", (("a",), ("b",)), (1, 3)).where(1, 1)
        'CF Item!B3'
        >>> Grid("a.csv", (("a",), ("b",)), (1, 7), workbook=False).where(1, 1)
        'line 7, column B'
        """
        number, letters = self.numbers[row], letters_of(self._printed(row, column))
        return (
            f"{self.name}!{letters}{number}"
            if self.workbook
            else (f"line {number}, column {letters}")
        )

    def fault(self, file: File, row: int, column: int, reason: str) -> ParseError:
        """Return the error that says what is wrong in a cell, to be raised or gathered."""
        if self.workbook:
            return ParseError(f"{file.name}: {self.where(row, column)}", reason)
        line, column = self.numbers[row], self._printed(row, column)
        reason = f"column {letters_of(column)}: {reason}"
        return ParseError(file.name, reason, line, column + 1)

    def _printed(self, row: int, column: int) -> int:
        """Return the column in the file of a column here."""
        columns = self.printed[row] if self.printed else ()
        return columns[column] if column < len(columns) else column


def letters_of(column: int) -> str:
    """Return the letters of a column that is counted from 0.

    >>> letters_of(0), letters_of(25), letters_of(26), letters_of(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def is_workbook(file: File) -> bool:
    """Return whether a file is a workbook (or would be one, but for its old format)."""
    return file.data.startswith((_ZIP, _OLE))


def read_grids(file: File, *, hidden: Container[str] = ()) -> tuple[Grid, ...]:
    r"""Return the sheets of a workbook, or the one table of a CSV or TSV file.

    Hidden sheets are left out with a note, but for those named in ``hidden``. Raises ParseError
    with the place for a file that is no table, is damaged, or is larger than anybody types.

    >>> read_grids(File("a.csv", b"Code;Title\r\nA1;Weld", "text/csv"))[0].rows
    (('Code', 'Title'), ('A1', 'Weld'))
    """
    from competency.exchange.sheets.separated import read_separated
    from competency.exchange.sheets.workbook import read_workbook

    if is_workbook(file):
        return read_workbook(file, hidden)
    return (read_separated(file),)


def grid_of(
    name: str, rows: Iterable[tuple[int, list[str]]], *, notes: Iterable[Remark], workbook: bool
) -> Grid:
    """Return a grid of numbered rows, without those that have no text."""
    kept = [(number, _trimmed(cells)) for number, cells in rows]
    kept = [(number, cells) for number, cells in kept if cells]
    numbers = tuple(number for number, _ in kept)
    return Grid(name, tuple(cells for _, cells in kept), numbers, tuple(notes), workbook)


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)
