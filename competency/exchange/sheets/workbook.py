"""Workbooks (.xlsx): the visible sheets as grids of the texts that people see."""

from __future__ import annotations

import re
import warnings
from collections.abc import Container, Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError as XMLFault

from competency._archives import DAMAGES
from competency.errors import ParseError
from competency.exchange.imported import File, Kept, Remark
from competency.exchange.sheets.grid import Grid, grid_of
from competency.exchange.sheets.looking import MAX_CELLS, Look, look, short

LISTS = "_lists"  # our own hidden sheet with the choices of drop-down lists

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What openpyxl raises besides, on workbooks whose archive is sound and whose XML is not.
_IN_XML = (
    XMLFault, SyntaxError, LookupError, TypeError, AttributeError, OverflowError, AssertionError,
)  # fmt: skip


def read_workbook(file: File, hidden: Container[str] = ()) -> tuple[Grid, ...]:
    """Return the visible sheets of a workbook, and the hidden ones that are named.

    Raises ParseError for what is no workbook, is damaged, protected, or far too large.
    """
    seen = look(file)
    try:
        return _grids(file, seen, hidden)
    except ParseError:
        raise
    except (*DAMAGES, *_IN_XML) as error:
        mend = "open it in your spreadsheet program and save it again as .xlsx"
        raise ParseError(file.name, f"a damaged workbook ({short(error)}); {mend}") from None


def _grids(file: File, seen: Look, hidden: Container[str]) -> tuple[Grid, ...]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and extensions that are of no concern here
        values = _opened(file, values=True)
        formulas = _opened(file, values=False) if seen.formulas else None
        left_out = [
            Remark(Kept.dropped, sheet.title, "a hidden sheet; show it to have it read")
            for sheet in values.worksheets
            if not _is_read(sheet, hidden) and sheet.title != LISTS
        ]
        left = [MAX_CELLS]
        grids: list[Grid] = []
        for sheet in values.worksheets:
            if _is_read(sheet, hidden):
                notes = [] if grids else left_out
                twin = formulas[sheet.title] if formulas else None
                grids.append(_grid(file, sheet, twin, [*notes, *_merged(sheet, seen)], left))
    if not grids:
        raise ParseError(file.name, "the workbook has no visible sheet")
    return tuple(grids)


def _opened(file: File, *, values: bool) -> Any:
    from openpyxl import load_workbook

    return load_workbook(BytesIO(file.data), read_only=True, data_only=values, keep_links=False)


def _is_read(sheet: Any, hidden: Container[str]) -> bool:
    shown = sheet.sheet_state == "visible" or sheet.title in hidden
    return shown and sheet.title != LISTS


def _merged(sheet: Any, seen: Look) -> list[Remark]:
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    found = seen.merged.get(path, ())
    if not found:
        return []
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    what = f"merged cells{more}: their text is read in the first cell of each only"
    return [Remark(Kept.odd, f"{sheet.title}!{found[0]}", what)]


def _grid(file: File, sheet: Any, twin: Any, notes: list[Remark], left: list[int]) -> Grid:
    rows = list(_rows(file, sheet, left))
    if twin is not None:
        notes += _not_computed(sheet.title, rows, twin)
    return grid_of(sheet.title, rows, notes=notes, workbook=True)


def _rows(file: File, sheet: Any, left: list[int]) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # what a file says of its own size is not to be believed
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        left[0] -= len(row)
        if left[0] < 0:
            raise ParseError(file.name, f"more than {MAX_CELLS:,} cells; divide the workbook")
        if row:
            yield number, [_text(value) for value in row]


def _not_computed(name: str, rows: list[tuple[int, list[str]]], twin: Any) -> list[Remark]:
    """Return a remark on the formulas whose value is not in the file, so that nothing is read."""
    from competency.exchange.sheets.grid import letters_of

    texts = dict(rows)
    twin.reset_dimensions()
    empty = [
        f"{name}!{letters_of(column)}{number}"
        for number, row in enumerate(islice(twin.iter_rows(values_only=True), 1_048_576), 1)
        for column, value in enumerate(row)
        if isinstance(value, str) and value.startswith("=")
        and number in texts and not texts[number][column]
    ]  # fmt: skip
    if not empty:
        return []
    more = f" (and {len(empty) - 1} more)" if len(empty) > 1 else ""
    what = f"a formula{more} without its value; open the file, let it compute, and save it"
    return [Remark(Kept.dropped, empty[0], what)]


def _text(value: object) -> str:
    """Return the value of a cell as people see it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
