"""OpenSALT's CSV: one row for each item, its parent and what it is related to in columns, in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import URIRef

from competency.errors import ParseError
from competency.exchange.case.context import Object
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported, Kept
from competency.exchange.opensalt import columns
from competency.exchange.opensalt.cells import TYPES, several
from competency.exchange.opensalt.columns import fields, keep, told
from competency.exchange.opensalt.ends import Ends, is_clear
from competency.exchange.opensalt.packing import NOTHING, Known, Packing
from competency.exchange.opensalt.saying import imported
from competency.exchange.opensalt.workbook import EXTENSION
from competency.exchange.sheets import Grid, Record, Sheet, is_workbook, key, read_grids

# The first of each row is the header that is written.
HEADERS = {
    "identifier": ("Identifier",),
    "fullStatement": ("fullStatement",),
    "humanCodingScheme": ("Human Coding Scheme",),
    "abbreviatedStatement": ("Abbreviated Statement",),
    "conceptKeywords": ("ConceptKeywords",),
    "notes": ("Notes",),
    "CFItemType": ("CFItemType", "Item Type"),
    "listEnumeration": ("listEnumeration",),
    "educationLevel": ("educationLevel",),
    "language": ("language",),
    "alternativeLabel": ("alternativeLabel",),
    "subject": ("subject",),
    "statusStartDate": ("statusStartDate",),
    "statusEndDate": ("statusEndDate",),
    "uri": ("uri",),
}
PARENT = ("Is Child Of", "parent", "parentIdentifier")
NUMBER, LICENCE = "sequenceNumber", "license"
_KEYS = {key(header) for headers in HEADERS.values() for header in headers}
_PARENT_KEYS = {key(header) for header in PARENT}


def recognise(file: File) -> bool:
    r"""Say whether a file is a CSV file with the columns of OpenSALT, by its header.

    >>> recognise(File("a.csv", b"Full Statement,Human Coding Scheme\n", "text/csv"))
    True
    """
    names = first_keys(file)
    others = names & {"identifier", "humancodingscheme", *_PARENT_KEYS}
    foreign = names & {"level", "parentidentifier"}  # of OpenCASE and of COMPEITO
    return "fullstatement" in names and bool(others) and not foreign


def first_keys(file: File) -> set[str]:
    r"""Return the headers of a table, as they are compared; none where it is no table.

    >>> sorted(first_keys(File("a.csv", b"# a hint\nLevel;Full Statement\n", "text/csv")))
    ['fullstatement', 'level']
    """
    if is_workbook(file):
        return set()
    lines = file.data[:200_000].splitlines(keepends=True)
    for count in (60, 1):
        start = File(file.name, b"".join(lines[:count]), file.media_type)
        try:
            (grid,) = read_grids(start)
        except ParseError:
            continue
        place = header_row(grid)
        return {key(header) for header in grid.rows[place]} if place < len(grid.rows) else set()
    return set()


def header_row(grid: Grid) -> int:
    """Return the row with the headers, the first that does not begin with ``#``."""
    rows = enumerate(grid.rows)
    return next((place for place, row in rows if not row[0].startswith("#")), len(grid.rows))


def read(file: File, options: Reading) -> Imported:
    """Return the framework in a CSV file of OpenSALT, with remarks on what was odd.

    It has no title in the file, and gets the file's name. Raises ParseError with line and column.

        read(File("items.csv", data, "text/csv"), Reading()).graphs
    """
    if is_workbook(file):
        raise ParseError(file.name, "this is a workbook, and no CSV file; read it as opensalt")
    return imported(packed(file, read_grids(file)[0], options))


@dataclass
class Row:
    """A row: its item, what stands in it, and where."""

    record: Record
    item: Object
    place: int
    parent: Object | None = None
    links: list[tuple[str, str, str]] = field(default_factory=list)  # type, text, cell


def packed(file: File, grid: Grid, options: Reading, known: Known = NOTHING) -> Packing:
    """Return a table as a package in the making."""
    packing, sheet = Packing(file, options, known), Sheet.of(grid)
    packing.begin({}, file.name)
    packing.note(sheet)
    if not sheet.has("fullStatement"):
        reason = "there is no column fullStatement; each item needs its text"
        raise ParseError(file.name, reason, 1)
    for header in ("identifier", "uri"):
        columns.twice(sheet, header, packing)
    rows = list(_rows(packing, sheet))
    ends = Ends(packing)
    for row in rows:
        _find_parent(packing, ends, row)
    for row, (place, number) in zip(rows, _numbers(packing, rows), strict=True):
        if row.parent is not None:
            where = row.record.where(_parent_header(row.record))
            iri = packing.join(row.item, "isChildOf", row.parent, where, sequenceNumber=place)
            if number != place:
                packing.numbered(iri, row.item["uri"], number)
        for kind, text, where in row.links:
            _relate(packing, ends, row, (kind, text, where))
    return packing


def _rows(packing: Packing, sheet: Sheet) -> Iterator[Row]:
    kinds = {header: kind for header in sheet.headers if (kind := _type(header))}
    headers = (*_KEYS, *_PARENT_KEYS, NUMBER, LICENCE, *kinds)
    own = packing.own_columns(sheet, headers)
    names = _printed(sheet)
    for place, record in enumerate(sheet.records):
        yield Row(record, _item(packing, record, names, own), place,
                  links=[(kind, text, record.where(header)) for header, kind in kinds.items()
                         if (text := told(record, header))])  # fmt: skip


def _printed(sheet: Sheet) -> dict[str, str]:
    """Return the header that stands for each field."""
    return {
        name: next((header for header in headers if sheet.has(header)), headers[0])
        for name, headers in HEADERS.items()
    }


def _type(header: str) -> str | None:
    """Return the type of association that a column holds, or None; a parent is told otherwise."""
    kind = TYPES.get(key(header))
    if kind is None and EXTENSION.fullmatch(header.strip()):
        kind = header.strip()
    return None if kind == "isChildOf" else kind


def _item(
    packing: Packing, record: Record, names: dict[str, str], own: dict[str, URIRef]
) -> Object:
    found = fields(record, names, packing, names)
    if licence := told(record, LICENCE):
        columns.licensed(found, licence, "", "", packing, record.where(LICENCE))
    if "fullStatement" not in found:
        packing.remarks.add(Kept.odd, record.where("fullStatement"), "an item without a text")
    item = packing.item(found, f"line {record.number}")
    keep(record, own, item["uri"], packing)
    return item


# ---------------------------------------------------------------- the tree


def _parent_header(record: Record) -> str:
    return next((header for header in PARENT if told(record, header)), PARENT[0])


def _find_parent(packing: Packing, ends: Ends, row: Row) -> None:
    """Find what an item stands under; without a parent that is the framework."""
    header = _parent_header(row.record)
    text, where = told(row.record, header), row.record.where(header)
    if not text:
        row.parent = packing.doc
        return
    row.parent = ends.held(text, row.place, where)
    if row.parent is None:
        what = "no row has this code or identifier; it is kept as a parent outside the file"
        packing.remarks.add(Kept.odd, where, what)
        row.links.insert(0, ("isChildOf", text, where))


def _numbers(packing: Packing, rows: list[Row]) -> list[tuple[int, int | str]]:
    """Return the place of each item among its siblings, and the number that is printed for it.

    The numbers give the order where each sibling has another one; else the rows do.
    """
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.parent["uri"] if row.parent else "", []).append(row)
    found: list[tuple[int, int | str]] = [(0, 0)] * len(rows)
    for group in groups.values():
        printed = {row.place: _number(told(row.record, NUMBER)) for row in group}
        numbers = {number for number in printed.values() if isinstance(number, int)}
        if len(numbers) == len(group):
            group.sort(key=lambda row: int(printed[row.place]))
        elif any(text != "" for text in printed.values()):
            what = "not every sibling has a number of its own; they stand in the order of the rows"
            packing.remarks.add(Kept.odd, group[0].record.where(NUMBER), what)
        for place, row in enumerate(group, 1):
            number = printed[row.place]
            found[row.place] = (place, place if number == "" else number)
    return found


def _number(text: str) -> int | str:
    digits = text.removeprefix("-")
    plain = digits.isascii() and digits.isdecimal() and len(digits) < 10
    return int(text) if plain and str(int(text)) == text else text


def _relate(packing: Packing, ends: Ends, row: Row, link: tuple[str, str, str]) -> None:
    """Take what a column of associations says: codes, identifiers or addresses."""
    kind, text, where = link
    for piece in _pieces(text, ends):
        found = ends.held(piece, row.place, where)
        if found is None:
            bare = is_clear(piece)
            found = ends.end(piece if bare else "", "", "" if bare else piece)
        if found is not None:
            packing.join(row.item, kind, found, where)


def _pieces(text: str, ends: Ends) -> list[str]:
    """Return what a cell of associations speaks of; one thing, unless it clearly has several."""
    if ends.held(text) or is_clear(text):
        return [text]
    if "|" in text:
        return several(text, "|")
    pieces = several(text, ",;") if "," in text or ";" in text else [text]
    clear = all(ends.held(piece) or is_clear(piece) for piece in pieces)
    return pieces if clear else [text]
