"""The sheets of a file by what they hold, whatever they are called and wherever they begin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from competency.errors import ParseError
from competency.exchange.imported import File, Kept, Remark
from competency.exchange.sheets import Grid, Record, Sheet, key
from competency.exchange.spreadsheet.columns import (
    BODY_COLUMNS,
    FACTS,
    FRAMEWORK,
    HELP,
    LEVEL_COLUMNS,
    LEVELS,
    LINK_HEADERS,
    LINKS,
    ORGANISATIONS,
    OTHER,
    OTHER_HEADERS,
    PART_COLUMNS,
    PARTS,
    Column,
    column_of,
    is_instruction,
    known,
    parted,
)
from competency.exchange.spreadsheet.shaping import shaped_as_parts

_CODE = re.compile(r"code(\d*)(issuedby|id|)")
_BETWEEN = re.compile("[,;\t]")
MAX_ROWS = 200_000
_LOOKED_AT = 30  # rows in which the headers are looked for
_NAMES = {
    key(name): kept
    for kept, names in {
        PARTS: (PARTS, "Items", "Competencies"),
        FRAMEWORK: (FRAMEWORK, "Document"),
        LEVELS: (LEVELS, "Scale"),
        ORGANISATIONS: (ORGANISATIONS, "Organizations"),
        LINKS: (LINKS, "Alignments"),
        OTHER: (OTHER,),
        HELP: (HELP,),
    }.items()
    for name in names
}


class Layout:
    """A sheet with columns of ours: which header is which column, and which are nobody's."""

    def __init__(self, sheet: Sheet, columns: tuple[Column, ...]) -> None:
        """Look at the headers; where two name one column, the one in our own words has it."""
        self.sheet = sheet
        self.found: dict[str, dict[str, str]] = {}
        self.codes: dict[int, dict[str, str]] = {}
        self.extra: tuple[str, ...] = ()
        ours = {key(column.header) for column in columns}
        headers = dict.fromkeys(sheet.headers)
        for header in sorted(headers, key=lambda name: key(parted(name)[0]) not in ours):
            if not self._is_code(header, columns) and not self._is_ours(header, columns):
                self.extra = (*self.extra, header)

    def _is_code(self, header: str, columns: tuple[Column, ...]) -> bool:
        found = _CODE.fullmatch(key(header))
        if columns is not PART_COLUMNS or found is None:
            return False
        self.codes.setdefault(int(found[1] or 1), {}).setdefault(found[2], header)
        return True

    def _is_ours(self, header: str, columns: tuple[Column, ...]) -> bool:
        base, language = parted(header)
        column = column_of(base, columns)
        if column is None or (language and column.sort != "words"):
            return False
        if columns is PART_COLUMNS and column.prop in ("comp:code", "comp:issuedBy"):
            place = {"comp:code": "", "comp:issuedBy": "issuedby"}[column.prop]
            return self.codes.setdefault(1, {}).setdefault(place, header) == header
        held = self.found.setdefault(column.header, {})
        return held.setdefault(language, header) == header

    def header(self, column: str, language: str = "") -> str:
        """Return the header of a column as it is printed here; '' where it is not here."""
        return self.found.get(column, {}).get(language, "")

    def get(self, record: Record, column: str) -> str:
        """Return the text of a record under a column, stripped; '' for none."""
        header = self.header(column)
        return record.get(header) if header else ""

    def records(self) -> list[Record]:
        """Return the records that are no instructions."""
        return [record for record in self.sheet.records if not is_instruction(record.cells)]


@dataclass
class Tables:
    """What a file holds, sheet by sheet; ``facts`` are rows of property and value.

    ``inferred`` are the rows of parts whose kind the table does not print.
    """

    file: File
    parts: Layout
    facts: list[Record] = field(default_factory=list)
    levels: Layout | None = None
    bodies: Layout | None = None
    links: Sheet | None = None
    other: Sheet | None = None
    remarks: list[Remark] = field(default_factory=list)
    inferred: frozenset[int] = frozenset()


def tables_of(file: File, grids: Iterable[Grid]) -> Tables:
    """Return the sheets of a file by what they hold.

    Raises ParseError where no sheet has a header with a title or a statement.
    """
    every = list(grids)
    named = {_NAMES.get(key(grid.name), ""): grid for grid in every[::-1] if grid.workbook}
    grid = named.get(PARTS) or _unnamed(every)
    start = _start(grid) if grid is not None else None
    if grid is None or start is None:
        raise ParseError(_place(file, grid), _no_header(grid))
    if len(grid.rows) > MAX_ROWS:
        raise ParseError(_place(file, grid), f"more than {MAX_ROWS:,} rows; divide the file")
    shaped = shaped_as_parts(grid, start)
    sheet = Sheet.of(shaped.grid if shaped else grid, 0 if shaped else start)
    tables = Tables(file, Layout(sheet, PART_COLUMNS))
    tables.remarks += [note for item in every for note in item.notes]
    if shaped:
        tables.inferred = shaped.inferred
        tables.remarks += shaped.remarks
    if grid.workbook:
        _other_sheets(tables, named, every, grid)
    else:
        tables.facts = _preamble(grid, start)
    tables.remarks += _above(grid, start)
    return tables


def _unnamed(every: list[Grid]) -> Grid | None:
    """Return the sheet of parts where none has its name; the first one, if none has its headers.

    A sheet of levels has a title and a description too, and is none of parts.
    """
    kinds = [(_NAMES.get(key(grid.name)) if grid.workbook else None, grid) for grid in every]
    tried = [grid for name, grid in kinds if name is None]
    tried += [grid for name, grid in kinds if name == FRAMEWORK]
    found = (grid for grid in tried if _start(grid) is not None)
    return next(found, next(iter(tried or every), None))


def _no_header(grid: Grid | None) -> str:
    reason = "no row here has the headers of a table of parts; it needs a column title or statement"
    reason += ", as in the template (competency export --template)"
    seen = ", ".join(repr(cell[:40]) for cell in grid.rows[0][:8]) if grid and grid.rows else ""
    return f"{reason} (the first row has: {seen})" if seen else reason


def _place(file: File, grid: Grid | None) -> str:
    return f"{file.name}: {grid.where(0, 0)}" if grid and grid.rows else file.name


def _start(grid: Grid) -> int | None:
    """Return the row with the headers: the one that names most columns, a text among them."""
    best, most = None, 0
    for number, row in enumerate(grid.rows[:_LOOKED_AT]):
        if not is_instruction(row):
            bases = [column_of(parted(cell)[0], PART_COLUMNS) for cell in row]
            texts = any(column and column.header in ("title", "statement") for column in bases)
            count = known(row, PART_COLUMNS)
            if texts and count > most:
                best, most = number, count
    if best is not None and most == 1 and any(_is_row(row) for row in grid.rows[:best]):
        return None  # a cell of a row below headers that nobody knows
    return best


def _is_row(row: tuple[str, ...]) -> bool:
    return sum(bool(cell.strip()) for cell in row) > 1 and not is_instruction(row)


def _is_fact(row: tuple[str, ...]) -> bool:
    name = row[0].lstrip()[1:].strip()
    return is_instruction(row) and column_of(parted(name)[0], FACTS) is not None


def _above(grid: Grid, start: int) -> list[Remark]:
    """Return a remark on the rows above the headers of which nothing is read."""
    facts = not grid.workbook
    rows = [n for n, row in enumerate(grid.rows[:start]) if not (facts and _is_fact(row))]
    if not rows:
        return []
    column, text = next((n, cell) for n, cell in enumerate(grid.rows[rows[0]]) if cell.strip())
    what = f"{len(rows):,} rows above the headers are not read; the first is {text[:60]!r}"
    if len(rows) == 1:
        what = f"a row above the headers is not read: {text[:60]!r}"
    return [Remark(Kept.dropped, grid.where(rows[0], column), what)]


def _preamble(grid: Grid, start: int) -> list[Record]:
    """Return the lines ``#key,value`` above the header as records of property and value.

    Whatever divides the table, these may be divided by a comma, a semicolon or a tab.
    """
    rows = [("property", "value")]
    numbers = [1]
    for row, number in zip(grid.rows[:start], grid.numbers[:start], strict=True):
        cells = row if any(row[1:]) else _BETWEEN.split(row[0], maxsplit=1)
        name = cells[0].lstrip()[1:].strip() if is_instruction(row) else ""
        if len(cells) > 1 and column_of(parted(name)[0], FACTS) is not None:
            rows.append((name, cells[1]))
            numbers.append(number)
    return list(Sheet.of(replace(grid, rows=tuple(rows), numbers=tuple(numbers))).records)


def _other_sheets(tables: Tables, named: dict[str, Grid], every: list[Grid], parts: Grid) -> None:
    for name, grid in named.items():
        if name == FRAMEWORK and grid is not parts:
            tables.facts = _facts(tables, grid)
        elif name == LEVELS:
            tables.levels = Layout(Sheet.of(grid), LEVEL_COLUMNS)
        elif name == ORGANISATIONS:
            tables.bodies = Layout(Sheet.of(grid), BODY_COLUMNS)
        elif name == LINKS:
            tables.links = _plain(tables, Sheet.of(grid), (*LINK_HEADERS, "id", "target"))
        elif name == OTHER:
            tables.other = _plain(tables, Sheet.of(grid), OTHER_HEADERS)
    for grid in every:
        if key(grid.name) not in _NAMES and grid is not parts and grid.rows:
            what = "no sheet of ours, so it is not read; copy what counts to the sheet Parts"
            tables.remarks.append(Remark(Kept.dropped, grid.name, what))


def _facts(tables: Tables, grid: Grid) -> list[Record]:
    """Return the rows of property and value; without such headers, the first two columns."""
    sheet = Sheet.of(grid)
    if not (sheet.has("property") and sheet.has("value")):
        rows, numbers = (("property", "value"), *grid.rows), (1, *grid.numbers)
        sheet = Sheet.of(replace(grid, rows=rows, numbers=numbers))
    records = _plain(tables, sheet, ("property", "value", "help")).records
    return [record for record in records if not is_instruction(record.cells)]


def _plain(tables: Tables, sheet: Sheet, headers: Iterable[str]) -> Sheet:
    """Return a sheet, with a remark on each column that is not read."""
    for header in sheet.unknown(headers):
        what = f"the column {header!r} is not read; write a row for what it says"
        tables.remarks.append(Remark(Kept.dropped, sheet.grid.name, what))
    return sheet
