"""The doors of our own spreadsheets: a workbook, or CSV, read and written."""

from __future__ import annotations

import re

from competency.exchange.columns import headers_at_start
from competency.exchange.exchange import Exchange, Reading
from competency.exchange.imported import File, Imported
from competency.exchange.sheets import is_workbook, key, read_grids, sheet_names
from competency.exchange.spreadsheet.columns import OTHER, PART_COLUMNS
from competency.exchange.spreadsheet.others import stated, together
from competency.exchange.spreadsheet.saying import told
from competency.exchange.spreadsheet.table import CSV_TABLE, TABLE, incoming
from competency.exchange.spreadsheet.tables import tables_of
from competency.exchange.spreadsheet.writing import write_csv as write_csv
from competency.exchange.spreadsheet.writing import write_workbook as write_workbook
from competency.formats import Format
from competency.graph import NamedGraph

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TAGGED = re.compile(r"^(title|statement)[a-z]{2,3}$")  # title (fr), as headers are compared
_TABLES = (".csv", ".tsv", ".tab")
_OTHERS = (b"{", b"[", b"<", b"@")  # how JSON, XML and Turtle begin


def read(file: File, options: Reading) -> Imported:
    r"""Return the framework of a workbook or a CSV file: our template, or a table much like it.

    Raises ParseError with sheet and cell, or line, for everything that is wrong: the first is the
    error, the others are its ``more``.

        read(File("skills.csv", b"Title,Kind\nWeld,competency", "text/csv"), Reading())
    """
    tables = tables_of(file, read_grids(file, hidden=(OTHER,)))
    telling = told(tables, options)
    others = [*stated(tables.other, telling)] if tables.other is not None else []
    telling.faults.refuse(file)
    # Our own files say all there is; what others leave open is said to be not stated.
    graph = telling.teller.bare() if telling.whole else telling.teller.graph()
    if others:
        graph = NamedGraph.of(telling.names.root, together(others, telling))
    return Imported((graph,), (*tables.remarks, *telling.remarks))


def recognise(file: File) -> bool:
    """Say whether a file is a workbook; those of other programs are looked for before."""
    old = is_workbook(file) and file.name.lower().endswith((".xls", ".xlsx", ".xlsm"))
    return bool(sheet_names(file)) or old


def recognise_csv(file: File) -> bool:
    """Say whether a file is a table with a title or a statement; others are looked for before."""
    if is_workbook(file) or file.data.lstrip()[:1] in _OTHERS:
        return False
    texts = _keys("title", "statement")
    known = _keys(*(column.header for column in PART_COLUMNS))
    enough = 1 if file.name.lower().endswith(_TABLES) else 2
    rows = [{_TAGGED.sub(r"\1", cell) for cell in cells} for cells in headers_at_start(file)]
    return any(cells & texts and len(cells & known) >= enough for cells in rows)


def _keys(*headers: str) -> set[str]:
    """Return all names of some columns, as headers are compared."""
    columns = [column for column in PART_COLUMNS if column.header in headers]
    return {key(name) for column in columns for name in (column.header, *column.names)}


EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        Format("xlsx", "Excel workbook", (_SHEET_TYPE,), (".xlsx",)),
        read,
        write_workbook,
        recognise,
        TABLE,
        incoming(),
        "For people who write frameworks in a spreadsheet: export a template, fill it in, import"
        " it. Written with all that a framework holds: what has no column has a sheet of its own.",
    ),
    Exchange(
        Format("csv", "CSV", ("text/csv",), (".csv",)),
        read,
        write_csv,
        recognise_csv,
        CSV_TABLE,
        incoming(),
        "The sheet of parts alone, for programs that take no workbook; facts of the framework"
        " stand above it, on lines that begin with #.",
    ),
)
