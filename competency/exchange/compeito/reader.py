"""COMPEITO in: the table becomes a package of CASE, which the reader of CASE says.

Identifiers are kept; an item has the IRI ``<framework>/<identifier>``. The numbers of siblings are
their positions where they can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Literal, URIRef

from competency.errors import ParseError
from competency.exchange.building import FrameworkBuilder
from competency.exchange.case.context import Remarks
from competency.exchange.case.fields import case
from competency.exchange.case.naming import name_everything
from competency.exchange.case.parsing import Package
from competency.exchange.case.reader import Saying
from competency.exchange.columns import (
    Columns,
    headers_at_start,
    is_unhelpful,
    line_of,
    raise_first,
    root_of,
    table_of,
    unheaded,
)
from competency.exchange.compeito.headers import COLUMNS, SITE
from competency.exchange.compeito.packing import (
    UNHELPFUL,
    UNSAID,
    Packed,
    Packing,
    Row,
    header_row,
    preamble_of,
)
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported, Remark
from competency.exchange.sheets import Grid, Sheet
from competency.exchange.terms import Row as Triple
from competency.exchange.terms import term

_SIGNS = {"identifier", "fullstatement", "parentidentifier"}
_POINTER = re.compile(r"/CFItems/(\d+)(?:/(\w+))?")


def recognise(file: File) -> bool:
    r"""Say whether a file is a table of COMPEITO: by three columns that only it has together.

    >>> recognise(File("a.csv", b"#title,X\nIdentifier,fullStatement,parentIdentifier", ""))
    True
    """
    return any(cells >= _SIGNS for cells in headers_at_start(file))


def read(file: File, options: Reading) -> Imported:
    """Return the framework of a file, with remarks on what was odd.

    Raises ParseError with line and column for a table without a fullStatement, a number that is
    none, an identifier that stands twice; further faults are in its ``more``.

        read(File("framework.csv", data, "text/csv"), Reading()).graphs
    """
    grid = table_of(file)
    at = header_row(grid)
    sheet = Sheet.of(grid, at)
    if not (sheet.has("fullStatement") and sheet.has("Identifier")):
        line = grid.numbers[at] if at < len(grid.numbers) else grid.numbers[-1]
        reason = "no table of COMPEITO: its header has an 'Identifier' and a 'fullStatement'"
        raise ParseError(file.name, reason, line, 1)
    identifier = next(iter(preamble_of(grid).get("identifier", (0, []))[1]), "")
    packing = Packing(file, grid, sheet, root_of(file, options, identifier))
    remarks = Remarks()
    packed = packing.packed(remarks)
    raise_first([*unheaded(file, sheet), *packing.faults])
    return _Finishing(file, grid, sheet, packed).imported(options, remarks)


class _Finishing:
    """Says what the reader of CASE says, with lines of the table for pointers into JSON."""

    def __init__(self, file: File, grid: Grid, sheet: Sheet, packed: Packed) -> None:
        self.file, self.grid, self.sheet, self.packed = file, grid, sheet, packed

    def imported(self, options: Reading, remarks: Remarks) -> Imported:
        asked = Reading(options.base, "", options.language)
        named = name_everything(
            Package(self.packed.package, ""), asked, remarks, self.file.name
        )  # fmt: skip
        builder = FrameworkBuilder(named.ctx.root, self.file, named.ctx.tag)
        rows = {row.iri: row for row in self.packed.rows}
        for thing, name, value in Saying(named, self.file).rows():
            triple = self._told((thing, name, value), rows)
            if triple is not None:
                builder.add(triple[0], str(triple[1]), triple[2])
        columns = Columns(builder)
        self._numbers(builder, columns)
        self._others(columns)
        told = [Remark(one.kept, self._where(one.where), one.what) for one in remarks]
        kept = columns.declare()
        return Imported((builder.graph(),), (*self.grid.notes, *told, *kept))

    def _told(self, triple: Triple, rows: dict[str, Row]) -> Triple | None:
        thing, name, value = triple
        if name == term("dcterms:modified") and str(value) == UNSAID:
            return None
        if name == term("dcterms:conformsTo"):
            return thing, name, URIRef(SITE)
        row = rows.get(str(thing))
        if row is not None and name == term("comp:section"):
            return thing, name, Literal(line_of(row.record))
        if row is not None and name == term("comp:position"):
            return thing, name, Literal(row.position)
        return triple

    def _numbers(self, builder: FrameworkBuilder, columns: Columns) -> None:
        """Say identifiers, and what of numbers and parents the tree does not say."""
        for thing, identifier, said in self._identified():
            if said:
                builder.add(thing, "case:identifier", Literal(identifier))
            else:
                builder.add(thing, "comp:inferred", case("identifier"))
        for row in self.packed.rows:
            part, get = URIRef(row.iri), row.record.get
            if is_unhelpful(get("CFItemType")) and get("CFItemType") != UNHELPFUL:
                builder.add(part, "case:CFItemType", Literal(get("CFItemType")))
            if row.number is None:
                builder.add(part, "comp:inferred", term("comp:position"))
            elif row.number != row.position:
                where = row.record.where("sequenceNumber")
                columns.keep(part, "sequenceNumber", [get("sequenceNumber")], where)
            if row.stray:
                builder.add(part, "comp:inferred", term("comp:partOf"))
                where = row.record.where("parentIdentifier")
                columns.keep(part, "parentIdentifier", [row.stray], where)

    def _identified(self) -> Iterator[tuple[URIRef, str, bool]]:
        """Yield framework and items with their identifiers, and whether the file has them."""
        root = self.packed.root
        yield URIRef(root.iri), root.identifier, root.said
        for row in self.packed.rows:
            yield URIRef(row.iri), row.identifier, bool(row.record.get("Identifier"))

    def _others(self, columns: Columns) -> None:
        """Keep the keys and columns that are no fields of CASE."""
        for header, texts, where in self.packed.more:
            columns.keep(columns.builder.root, header, texts, where)
        for header in self.sheet.unknown(COLUMNS):
            for row in self.packed.rows:
                text, where = row.record.raw(header), row.record.where(header)
                columns.keep(URIRef(row.iri), header, [text] if text.strip() else [], where)

    def _where(self, pointer: str) -> str:
        """Return the line, or the line and column, that a pointer into the package stands for."""
        if not pointer.startswith("/"):
            return pointer
        found = _POINTER.match(pointer)
        if found is None:
            return self.grid.where(0, 0)
        record = self.packed.rows[int(found[1])].record
        field = "Identifier" if found[2] is None else found[2]
        return record.where(field) if record.has(field) else line_of(record)
