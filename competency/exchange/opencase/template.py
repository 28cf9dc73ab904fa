"""The template of OpenCASE in: items in rows, Level 1, 2, 3 saying how deep each stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZipFile

from competency._archives import DAMAGES
from competency.errors import ParseError
from competency.exchange.case.context import Object
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported, Kept
from competency.exchange.opensalt.cells import several
from competency.exchange.opensalt.columns import keep
from competency.exchange.opensalt.levels import MAX_DEPTH
from competency.exchange.opensalt.packing import NOTHING, Known, Packing
from competency.exchange.opensalt.saying import imported
from competency.exchange.opensalt.separated import first_keys, header_row
from competency.exchange.sheets import Grid, Record, Sheet, is_workbook, key, read_grids

# The columns, in order, and the field of CASE that each holds.
COLUMNS = {
    "Level": "",
    "Human Coding Scheme": "humanCodingScheme",
    "Full Statement": "fullStatement",
    "Item Type": "CFItemType",
    "Abbreviated Statement": "abbreviatedStatement",
    "Education Level": "educationLevel",
    "Subject": "subject",
    "Notes": "notes",
}
LISTS = ("educationLevel", "subject")
_WORDS = ("fullStatement", "abbreviatedStatement", "notes")
_SIGNS = (b"sharedStrings.xml", b"worksheets/sheet")
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]{1,60})</")


def recognise(file: File) -> bool:
    r"""Say whether a file is a CSV file with the columns of the template, by its header.

    >>> recognise(File("a.csv", b"# hint\nLevel,Human Coding Scheme,Full Statement\n", "text/csv"))
    True
    """
    return _is_header(first_keys(file))


def recognise_workbook(file: File) -> bool:
    """Say whether a file is a workbook with the columns of the template somewhere.

    >>> recognise_workbook(File("a.csv", b"Level,Full Statement", "text/csv"))
    False
    """
    if not is_workbook(file):
        return False
    try:
        with ZipFile(BytesIO(file.data)) as book:
            return _is_header({name for part in _parts(book) for name in part})
    except (*DAMAGES, LookupError):
        return False


def _parts(book: ZipFile) -> Iterable[set[str]]:
    """Yield the texts at the beginning of each part of a workbook that has some."""
    for name in book.namelist()[:50]:
        if any(sign in name.encode() for sign in _SIGNS):
            with book.open(name) as part:
                texts = _TEXT.findall(part.read(100_000))
            yield {key(text.decode("utf-8", "replace")) for text in texts}


def _is_header(names: set[str]) -> bool:
    return {"level", "fullstatement"} <= names and bool({"humancodingscheme", "itemtype"} & names)


def read(file: File, options: Reading) -> Imported:
    """Return the framework in a filled template, CSV or workbook, with remarks on what was odd.

    It has no title in the file, and gets the file's name. Raises ParseError with the cell;
    ``more`` has the lines of all other faults.

        read(File("framework.csv", data, "text/csv"), Reading()).graphs
    """
    return imported(packed(file, read_grids(file), options))


def packed(file: File, grids: Iterable[Grid], options: Reading, known: Known = NOTHING) -> Packing:
    """Return a table as a package in the making."""
    packing = Packing(file, options, known)
    sheet = _the_sheet(packing, grids)
    packing.begin({}, file.name)
    packing.note(sheet)
    own = packing.own_columns(sheet, COLUMNS)
    above: list[tuple[int, Object, list[int]]] = []
    top = [0]
    for record in _records(packing, sheet):
        item = packing.item(_fields(record), _place(record))
        keep(record, own, item["uri"], packing)
        level = _level(packing, record)
        while above and above[-1][0] >= level:
            above.pop()
        _doubt(packing, record, level, above[-1][0] if above else 0)
        parent, count = (above[-1][1], above[-1][2]) if above else (packing.doc, top)
        count[0] += 1
        where = record.where("Level")
        packing.join(item, "isChildOf", parent, where, sequenceNumber=count[0])
        above.append((level, item, [0]))
    return packing


def _place(record: Record) -> str:
    return record.grid.where(record.row, 0) if record.grid.workbook else f"line {record.number}"


def _the_sheet(packing: Packing, grids: Iterable[Grid]) -> Sheet:
    """Return the sheet with the items: the first that has their columns."""
    found: Sheet | None = None
    others: list[Grid] = []
    for grid in grids:
        sheet = Sheet.of(grid, header_row(grid))
        if found is None and sheet.has("Level") and sheet.has("Full Statement"):
            found = sheet
        else:
            others.append(grid)
    if found is None:
        reason = "there are no columns Level and Full Statement; the first row needs them"
        raise ParseError(packing.file.name, reason, 1 if not is_workbook(packing.file) else None)
    for grid in others:
        if grid.rows:
            what = "this is not the sheet with the items; it is not read"
            packing.remarks.add(Kept.dropped, grid.name, what)
    return found


def _records(packing: Packing, sheet: Sheet) -> Iterable[Record]:
    """Yield the rows that are no instructions."""
    what = "rows that begin with # are instructions; they are not read"
    if header_row(sheet.grid):
        packing.remarks.add(Kept.dropped, sheet.grid.where(0, 0), what)
    for record in sheet.records:
        if record.cells[0].lstrip().startswith("#"):
            packing.remarks.add(Kept.dropped, _place(record), what)
            continue
        if not record.get("Full Statement"):
            packing.remarks.add(Kept.odd, record.where("Full Statement"), "an item without a text")
        yield record


def _fields(record: Record) -> Object:
    found: Object = {}
    for header, name in COLUMNS.items():
        text = record.raw(header)
        if name and text.strip():
            plain = text if name in _WORDS else text.strip()
            found[name] = several(text, ";") if name in LISTS else plain
    return {name: value for name, value in found.items() if value}


def _level(packing: Packing, record: Record) -> int:
    """Return the depth of a row; one that is no number from 1 is a fault."""
    text = record.get("Level")
    digits = text.removesuffix(".0")
    if digits.isascii() and digits.isdecimal() and 1 <= int(digits[:9]) <= MAX_DEPTH:
        return int(digits)
    said = f"{text[:40]!r} is no level" if text else "there is no level"
    reason = f"{said}; write how deep the item stands: 1, 2, 3"
    packing.faults.append(record.fault(packing.file, "Level", reason))
    return 1


def _doubt(packing: Packing, record: Record, level: int, above: int) -> None:
    if level > above + 1:
        what = f"Level {level} stands below Level {above}" if above else f"Level {level} is first"
        what += "; the levels between them are missing"
        packing.remarks.add(Kept.odd, record.where("Level"), what)
