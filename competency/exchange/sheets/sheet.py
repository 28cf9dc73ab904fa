"""A grid whose first row names its columns: records that are asked by header, in any spelling."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from competency.errors import ParseError
from competency.exchange.imported import File
from competency.exchange.sheets.grid import Grid, letters_of
from competency.graph.harmless import original


@lru_cache(maxsize=4096)
def key(header: str) -> str:
    """Return a header as it is compared: letters and digits only, in lower case.

    >>> key("Full Statement*"), key("full_statement"), key("fullStatement")
    ('fullstatement', 'fullstatement', 'fullstatement')
    """
    plain = unicodedata.normalize("NFKC", header).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


@dataclass(frozen=True)
class Sheet:
    """A grid with a header: its headers as they are printed, and a record for each row below."""

    grid: Grid
    headers: tuple[str, ...]
    records: tuple[Record, ...]
    repeated: tuple[str, ...]

    @staticmethod
    def of(grid: Grid, header: int = 0) -> Sheet:
        """Return a grid as a sheet; ``header`` is the row with the headers, counted from 0.

        ``repeated`` has the headers that stand more than once; the first one with a text in it
        counts. A grid without rows gives a sheet without headers.
        """
        printed = grid.rows[header] if header < len(grid.rows) else ()
        columns: dict[str, tuple[int, ...]] = {}
        for number, name in enumerate(printed):
            if name.strip():
                columns[key(name)] = (*columns.get(key(name), ()), number)
        repeated = tuple(printed[found[1]] for found in columns.values() if len(found) > 1)
        rows = range(header + 1, len(grid.rows))
        records = tuple(Record(grid, row, columns) for row in rows)
        return Sheet(grid, tuple(name for name in printed if name.strip()), records, repeated)

    def has(self, *headers: str) -> bool:
        """Return whether there is a column with one of these headers."""
        found = {key(name) for name in self.headers}
        return any(key(name) in found for name in headers)

    def unknown(self, known: Iterable[str]) -> tuple[str, ...]:
        """Return the headers, as printed, that are not among these; each once."""
        keys = {key(name) for name in known}
        return tuple(dict.fromkeys(name for name in self.headers if key(name) not in keys))

    def unheaded(self) -> tuple[str, ...]:
        """Return the letters of the columns that have texts below, but no header."""
        width = max((len(record.cells) for record in self.records), default=0)
        named = {
            number for record in self.records[:1] for n in record.columns.values() for number in n
        }
        bare = (column for column in range(width) if column not in named)
        return tuple(
            letters_of(column)
            for column in bare
            if any(self.grid.cell(record.row, column).strip() for record in self.records)
        )


@dataclass(frozen=True)
class Record:
    """One row under the headers; ``row`` is its place in the grid, counted from 0."""

    grid: Grid
    row: int
    columns: dict[str, tuple[int, ...]]

    @property
    def number(self) -> int:
        """Return the number of the row in its sheet, or the line on which the record begins."""
        return self.grid.numbers[self.row]

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the texts of the row, exactly."""
        return self.grid.rows[self.row]

    def get(self, *headers: str) -> str:
        """Return the first text that is not blank under these headers, stripped; '' for none.

        The apostrophe that makes a cell harmless is taken off, as in :meth:`raw`.
        """
        return next((text.strip() for h in headers if (text := self.raw(h)).strip()), "")

    def raw(self, header: str) -> str:
        """Return the text under a header with its blanks; '' where there is no column."""
        cells = self.grid.rows[self.row]
        found = ""
        for column in self._of(header):
            text = original(cells[column]) if column < len(cells) else ""
            if text and not text.isspace():
                return text
            found = found or text
        return found

    def has(self, header: str) -> bool:
        """Return whether there is a column with this header, whatever is in it."""
        return bool(self._of(header))

    def where(self, header: str) -> str:
        """Return the place of the cell under a header; that of the first cell for no column."""
        return self.grid.where(self.row, self.column(header))

    def fault(self, file: File, header: str, reason: str) -> ParseError:
        """Return the error that says what is wrong in the cell under a header."""
        return self.grid.fault(file, self.row, self.column(header), reason)

    def column(self, header: str) -> int:
        """Return the column of a header from which :meth:`get` reads, counted from 0."""
        found = self._of(header)
        texts = (column for column in found if self.grid.cell(self.row, column).strip())
        return next(texts, found[0] if found else 0)

    def _of(self, header: str) -> tuple[int, ...]:
        return self.columns.get(key(header), ())
