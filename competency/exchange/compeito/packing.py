"""A table of COMPEITO as a package of CASE: plain values that the reader of CASE understands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from rdflib import URIRef

from competency.errors import ParseError
from competency.exchange.case.context import Object, Remarks
from competency.exchange.case.identifiers import association_iri, minted
from competency.exchange.columns import is_unhelpful, split
from competency.exchange.compeito.headers import KEYS, LISTS, PLAIN
from competency.exchange.imported import File, Kept
from competency.exchange.sheets import Grid, Record, Sheet, original
from competency.graph.store import is_absolute

_DIGITS = 15
UNHELPFUL = "Negative Indicator"  # as CASE is told of any type that says so
# CASE wants the moment of the last change of everything; a table has none. It says nothing.
UNSAID = "1970-01-01T00:00:00Z"


@dataclass
class Row:
    """A row of the table: its IRI, what it says, and where it stands in the tree."""

    iri: str
    record: Record
    number: int | None
    parent: Row | None = None
    position: int = 0  # among its siblings, from 1
    stray: str = ""  # a parentIdentifier that leads to nothing, or round in a circle

    @property
    def identifier(self) -> str:
        """Return the identifier of the file, or one that is made of the IRI."""
        return self.record.get("Identifier") or minted(self.iri)


@dataclass(frozen=True)
class Root:
    """The framework: its IRI and identifier, and whether the file has that."""

    iri: str
    identifier: str
    said: bool


@dataclass
class Packed:
    """A package, the rows its items are from, and what the preamble says beyond CASE."""

    root: Root
    package: Object
    rows: list[Row]
    more: list[tuple[str, list[str], str]] = field(default_factory=list)


def preamble_of(grid: Grid) -> dict[str, tuple[int, list[str]]]:
    """Return what stands before the table: for each key its row and its texts.

    >>> preamble_of(Grid("a", (("#title", "Bread"), ("Identifier",)), (1, 2)))
    {'title': (0, ['Bread'])}
    """
    found: dict[str, tuple[int, list[str]]] = {}
    for number, cells in enumerate(grid.rows[: header_row(grid)]):
        texts = [original(text).strip() for text in cells[1:] if text.strip()]
        found.setdefault(cells[0].strip().lstrip("#").strip(), (number, texts))
    return found


def header_row(grid: Grid) -> int:
    """Return the first row that does not begin with ``#``; the number of rows if all do."""
    starts = (cells[0].lstrip().startswith("#") for cells in grid.rows)
    return next((number for number, is_key in enumerate(starts) if not is_key), len(grid.rows))


class Packing:
    """Makes a package of one table."""

    def __init__(self, file: File, grid: Grid, sheet: Sheet, root: URIRef) -> None:
        """``root`` is the IRI of the framework."""
        self.file, self.grid, self.sheet = file, grid, sheet
        said = preamble_of(grid).get("identifier", (0, []))[1]
        self.top = Root(str(root), said[0] if said else minted(str(root)), bool(said))
        self.faults: list[ParseError] = []
        self.licences: dict[str, Object] = {}

    def packed(self, remarks: Remarks) -> Packed:
        """Return the package; what is wrong in it stands in ``faults``."""
        rows = self._rows()
        self._parents(rows, remarks)
        for siblings in _families(rows):
            _count(siblings)
        found = Packed(self.top, {}, rows)
        document = self._document(found, remarks)
        items = [self._item(row) for row in rows]
        found.package = {
            "CFDocument": document,
            "CFItems": items,
            "CFAssociations": [self._child(row) for row in rows],
            "CFDefinitions": {"CFLicenses": [*self.licences.values()]},
        }
        return found

    # ------------------------------------------------------------------ the document

    def _document(self, found: Packed, remarks: Remarks) -> Object:
        document = _object(self.top.iri, self.top.identifier)
        for key, (number, texts) in preamble_of(self.grid).items():
            where = self.grid.where(number, 0)
            name = KEYS.get(key.lower().replace("-", "_"))
            if name is None and texts:
                found.more.append((f"#{key}", texts, where))
            elif name is None:
                remarks.add(Kept.dropped, where, f"the line #{key[:60]} says nothing")
            elif name == "subject" and texts:
                document[name] = texts
            elif texts:
                if len(texts) > 1:
                    reason = f'#{key} has one value; put it into quotes (") if it has a comma'
                    self.faults.append(self.grid.fault(self.file, number, 2, reason))
                document[name] = self._licence(texts[0]) if name == "licenseURI" else texts[0]
        return document

    def _licence(self, title: str) -> Object:
        if title not in self.licences:
            iri = f"{self.top.iri}/licence/{len(self.licences) + 1}"
            self.licences[title] = {"title": title, **_object(iri, minted(iri))}
        found = self.licences[title]
        return {name: found[name] for name in ("title", "identifier", "uri")}

    # ------------------------------------------------------------------ items

    def _rows(self) -> list[Row]:
        codes = [record.get("humanCodingScheme") for record in self.sheet.records]
        counts, seen = Counter(codes), dict[str, int]()
        found = []
        for place, record in enumerate(self.sheet.records, 1):
            identifier = record.get("Identifier")
            if identifier and identifier in seen:
                reason = (
                    f"{identifier} is on line {seen[identifier]} already; every row has its own"
                )
                self.faults.append(record.fault(self.file, "Identifier", reason))
            seen.setdefault(identifier, record.number)
            code = codes[place - 1]
            step = identifier or (code if counts[code] == 1 else "") or f"row-{place}"
            found.append(Row(self._iri(step), record, self._number(record)))
        return found

    def _iri(self, step: str) -> str:
        return step if is_absolute(step) else f"{self.top.iri}/{quote(step, safe='-._~')}"

    def _number(self, record: Record) -> int | None:
        text = record.get("sequenceNumber")
        if not text:
            return None
        digits = text.removeprefix("-").removesuffix(".0")
        if digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS:
            return int(text.removesuffix(".0"))
        reason = f"{text[:40]!r} is no whole number; write 10, 20 ... or nothing"
        self.faults.append(record.fault(self.file, "sequenceNumber", reason))
        return None

    def _parents(self, rows: list[Row], remarks: Remarks) -> None:
        by_identifier = {row.record.get("Identifier"): row for row in rows}
        by_identifier.pop("", None)
        for row in rows:
            name = row.record.get("parentIdentifier")
            row.parent = by_identifier.get(name)
            if not row.record.get("Identifier"):
                what = "a row without an Identifier; one was made of its IRI"
                remarks.add(Kept.odd, row.record.where("Identifier"), what)
            if name and row.parent is None:
                self._astray(row, "it stands under nothing in this file, and so under the"
                                  " framework", remarks)  # fmt: skip
        safe: set[int] = set()
        for row in rows:
            way: dict[int, Row] = {}
            here: Row | None = row
            while here is not None and id(here) not in safe and id(here) not in way:
                way[id(here)] = here
                here = here.parent
            if here is not None and id(here) in way:
                self._astray(here, "it stands under itself in a circle; here it stands under the"
                                   " framework", remarks)  # fmt: skip
            safe.update(way)

    def _astray(self, row: Row, what: str, remarks: Remarks) -> None:
        row.parent, row.stray = None, row.record.get("parentIdentifier")
        remarks.add(Kept.odd, row.record.where("parentIdentifier"), what)

    def _item(self, row: Row) -> Object:
        record = row.record
        found = _object(row.iri, row.identifier)
        found |= {name: text for name in PLAIN if (text := record.get(name))}
        if is_unhelpful(record.get("CFItemType")):
            found["CFItemType"] = UNHELPFUL
        found |= {name: texts for name in LISTS if (texts := split(record.get(name), ","))}
        if licence := record.get("license"):
            found["licenseURI"] = self._licence(licence)
        return found

    def _child(self, row: Row) -> Object:
        parent, identifier = (
            (row.parent.iri, row.parent.identifier)
            if row.parent
            else (self.top.iri, self.top.identifier)
        )
        iri = association_iri(row.iri, "isChildOf", parent)
        ends = {
            "originNodeURI": _link(row.iri, row.identifier),
            "destinationNodeURI": _link(parent, identifier),
        }
        return {**_object(iri, minted(iri)), "associationType": "isChildOf",
                "sequenceNumber": row.position, **ends}  # fmt: skip


def _object(iri: str, identifier: str) -> Object:
    return {"identifier": identifier, "uri": iri, "lastChangeDateTime": UNSAID}


def _link(iri: str, identifier: str) -> Object:
    return {"title": "", "identifier": identifier, "uri": iri}


def _families(rows: Iterable[Row]) -> list[list[Row]]:
    """Return rows that stand under the same thing, each family in the order of the file."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(id(row.parent) if row.parent else 0, []).append(row)
    return list(found.values())


def _count(siblings: list[Row]) -> None:
    """Give siblings their places: by number, those without one behind, in the order of the file."""
    numbered = [row for row in siblings if row.number is not None]
    numbered.sort(key=lambda row: row.number or 0)
    for place, row in enumerate([*numbered, *(r for r in siblings if r.number is None)], 1):
        row.position = place
