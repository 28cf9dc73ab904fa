"""OpenSALT's workbook: the sheets CF Doc, CF Item and CF Association, in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZipFile

from competency._archives import DAMAGES
from competency.errors import ParseError
from competency.exchange.case.context import Object
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported, Kept
from competency.exchange.opensalt import columns
from competency.exchange.opensalt.cells import TYPES, type_of
from competency.exchange.opensalt.columns import fields, keep, told
from competency.exchange.opensalt.ends import Ends
from competency.exchange.opensalt.levels import Level, level_of, numbers_of, parents, shown
from competency.exchange.opensalt.packing import NOTHING, Known, Packing
from competency.exchange.opensalt.saying import imported
from competency.exchange.sheets import Grid, Record, Sheet, is_workbook, key, read_grids

SHEETS = ("CF Doc", "CF Item", "CF Association")
_PLAIN = ("listEnumeration", "abbreviatedStatement", "conceptKeywords", "notes", "language",
          "educationLevel", "CFItemType", "humanCodingScheme", "fullStatement", "identifier",
          *columns.ITEM_MORE)  # fmt: skip
KINDS = frozenset(TYPES.values())
EXTENSION = re.compile(r"ext:[a-zA-Z0-9.\-_]+")
_NAMED = re.compile(rb'<(?:\w+:)?sheet\s[^>]*name="([^"]*)"')
Tree = dict[tuple[str, str], int]  # child and parent, and the place of their association


def recognise(file: File) -> bool:
    """Say whether a file is a workbook with a sheet called CF Item.

    >>> recognise(File("a.csv", b"code,title", "text/csv"))
    False
    """
    if not is_workbook(file):
        return False
    try:
        with ZipFile(BytesIO(file.data)) as book, book.open("xl/workbook.xml") as part:
            names = _NAMED.findall(part.read(1_000_000))
    except (*DAMAGES, LookupError):
        return False
    return any(key(name.decode("utf-8", "replace")) == "cfitem" for name in names)


def read(file: File, options: Reading) -> Imported:
    """Return the framework in a workbook of OpenSALT, with remarks on what was odd.

    Raises ParseError with sheet and cell; ``more`` has the lines of all other faults.

        read(File("framework.xlsx", data, XLSX), Reading()).graphs
    """
    if not is_workbook(file):
        raise ParseError(file.name, "this is no workbook (.xlsx); save it as one")
    return imported(packed(file, read_grids(file), options))


def packed(file: File, grids: Iterable[Grid], options: Reading, known: Known = NOTHING) -> Packing:
    """Return the sheets as a package in the making."""
    packing, sheets = Packing(file, options, known), dict[str, Sheet]()
    names = {key(name): name for name in SHEETS}
    for grid in grids:
        name = names.get(key(grid.name))
        sheet = Sheet.of(grid)
        packing.note(sheet)
        if name is None or name in sheets:
            what = "this is none of the sheets of OpenSALT; it is not read"
            packing.remarks.add(Kept.dropped, grid.name, what)
        else:
            sheets[name] = sheet
    if "CF Item" not in sheets:
        reason = "there is no sheet CF Item; name the sheets CF Doc, CF Item and CF Association"
        raise ParseError(file.name, reason)
    _document(packing, sheets.get("CF Doc"))
    levels = _items(packing, sheets["CF Item"])
    tree = _tree(packing, sheets["CF Item"], levels)
    if "CF Association" in sheets:
        _associations(packing, sheets["CF Association"], tree)
    return packing


# ---------------------------------------------------------------- CF Doc


def _document(packing: Packing, sheet: Sheet | None) -> None:
    if sheet is None or not sheet.records:
        place = sheet.grid.name if sheet else packing.file.name
        what = "there is no row in CF Doc; the framework is named after the file"
        packing.remarks.add(Kept.odd, place, what)
        packing.begin({}, place)
        if sheet:
            packing.own_columns(sheet, (*columns.DOC, *columns.DOC_MORE))
        return
    record, *others = sheet.records
    if others:
        what = "a workbook holds one framework; only the first row is read"
        packing.remarks.add(Kept.dropped, others[0].where(""), what)
    names = [name for name in (*columns.DOC, *columns.DOC_MORE) if not name.startswith("license")]
    found = fields(record, names, packing)
    if "lastChangeDate" in found:
        found["lastChangeDateTime"] = found.pop("lastChangeDate")
    packing.begin(found, record.where(""))
    title, text, uri = (told(record, f"license{name}") for name in ("Title", "Text", "URI"))
    columns.licensed(packing.doc, title, text, uri, packing, record.where("licenseTitle"))
    own = packing.own_columns(sheet, (*columns.DOC, *columns.DOC_MORE))
    keep(record, own, packing.root, packing)


# ---------------------------------------------------------------- CF Item


def _items(packing: Packing, sheet: Sheet) -> list[Level | None]:
    for header in ("identifier", "uri"):
        columns.twice(sheet, header, packing)
    if sheet.records and not sheet.has("fullStatement"):
        reason = "there is no column fullStatement; each item needs its text"
        packing.faults.append(sheet.grid.fault(packing.file, 0, 0, reason))
    own = packing.own_columns(sheet, (*columns.ITEM, *columns.ITEM_MORE))
    levels: list[Level | None] = []
    for record in sheet.records:
        found = fields(record, _PLAIN, packing)
        if licence := told(record, "license"):
            columns.licensed(found, licence, "", "", packing, record.where("license"))
        if "fullStatement" not in found:
            packing.remarks.add(Kept.odd, record.where("fullStatement"), "an item without a text")
        item = packing.item(found, record.where(""))
        keep(record, own, item["uri"], packing)
        levels.append(_level(packing, record))
    _doubts(packing, sheet, levels)
    return levels


def _level(packing: Packing, record: Record) -> Level | None:
    text = told(record, "smartLevel")
    level = level_of(text)
    if text and level is None:
        reason = f"{text[:40]!r} is no smartLevel; write numbers and dots, such as 1.2.1"
        packing.faults.append(record.fault(packing.file, "smartLevel", reason))
    return level


def _doubts(packing: Packing, sheet: Sheet, levels: list[Level | None]) -> None:
    """Remark levels that stand twice, as a number eats the 0 of 1.10, or have none above."""
    counts = Counter(levels)
    for record, level in zip(sheet.records, levels, strict=True):
        if level is None:
            continue
        where = record.where("smartLevel")
        if counts[level] > 1:
            what = f"the smartLevel {shown(level)} stands more than once; the rows keep their order"
            packing.remarks.add(Kept.odd, where, what)
        if len(level) > 1 and not counts[level[:-1]]:
            what = f"there is no row with the smartLevel {shown(level[:-1])} above it"
            packing.remarks.add(Kept.odd, where, f"{what}; it stands under the next one")


def _tree(packing: Packing, sheet: Sheet, levels: list[Level | None]) -> Tree:
    """Put each item with a level under its parent, with its own number where that is clear."""
    above = parents(levels)
    numbers = numbers_of(levels, above)
    tree: Tree = {}
    for row, number in numbers.items():
        parent = above[row]
        child = packing.items[row]
        holder = packing.doc if parent is None else packing.items[parent]
        tree[child["uri"], holder["uri"]] = len(packing.associations)
        where = sheet.records[row].where("smartLevel")
        packing.join(child, "isChildOf", holder, where, sequenceNumber=number)
    return tree


# ---------------------------------------------------------------- CF Association


def _associations(packing: Packing, sheet: Sheet, tree: Tree) -> None:
    ends = Ends(packing)
    known = (*columns.ASSOCIATION, *columns.ASSOCIATION_MORE)
    own = {header: sheet.grid.where(0, 0) for header in sheet.unknown(known)}
    for header in own:
        what = f"the column {header[:80]!r} is no field of CASE; it is kept as an extension"
        packing.remarks.add(Kept.aside, sheet.grid.where(0, sheet.headers.index(header)), what)
    for record in sheet.records:
        kind = type_of(told(record, "associationType"))
        origin = _end(packing, ends, record, "origin")
        destination = _end(packing, ends, record, "destination")
        if not kind:
            reason = "there is no associationType; write one, such as Is Related To"
            packing.faults.append(record.fault(packing.file, "associationType", reason))
        elif kind not in KINDS and not EXTENSION.fullmatch(kind):
            what = f"{kind[:40]!r} is no type of association of CASE; it is kept as it stands"
            packing.remarks.add(Kept.odd, record.where("associationType"), what)
        if kind and origin is not None and destination is not None:
            _associate(packing, record, (origin, kind, destination), tree, own)


def _end(packing: Packing, ends: Ends, record: Record, side: str) -> Object | None:
    """Return one end; that nothing is said of it is a fault."""
    names = [f"{side}Node{name}" for name in ("Identifier", "URI", "HumanCodingScheme")]
    identifier, uri, code = texts = [told(record, name) for name in names]
    header = next((n for n, text in zip(names, texts, strict=True) if text), names[0])
    found = ends.end(identifier, uri, code, record.where(header))
    if found is None:
        reason = f"there is no {side}; write its identifier, its URI or its human coding scheme"
        packing.faults.append(record.fault(packing.file, header, reason))
    return found


def _associate(
    packing: Packing,
    record: Record,
    said: tuple[Object, str, Object],
    tree: Tree,
    own: Iterable[str],
) -> None:
    origin, kind, destination = said
    more: Object = {"notes": told(record, "notes")}
    extensions = {name: text for name in own if (text := record.raw(name)).strip()}
    more["extensions"] = extensions or None
    group = [told(record, f"associationGroup{name}") for name in ("Identifier", "Name")]
    if any(group):
        where = record.where("associationGroupIdentifier")
        more["CFAssociationGroupingURI"] = packing.define(
            "CFAssociationGroupings", group[1], where, identifier=group[0]
        )
    place = tree.pop((origin["uri"], destination["uri"]), None) if kind == "isChildOf" else None
    if place is not None:
        more["sequenceNumber"] = packing.associations[place]["sequenceNumber"]
    identifier = told(record, "identifier")
    packing.join(
        origin, kind, destination, record.where(""), at=place, identifier=identifier, **more
    )
