"""Sheets as lists of rows: written as they are read, so that what they do not say is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from competency.exchange.exchange import Reading
from competency.exchange.imported import File
from competency.exchange.sheets import Grid, harmless
from competency.exchange.sheets.grid import grid_of
from competency.exchange.spreadsheet.columns import (
    ASKED,
    BODY_COLUMNS,
    FACTS,
    FRAMEWORK,
    LEVEL_COLUMNS,
    LEVELS,
    LINK_HEADERS,
    LINKS,
    ORGANISATIONS,
    PART_COLUMNS,
    PARTS,
    parted,
)
from competency.exchange.spreadsheet.drafting import Cells, Draft, headers_of
from competency.exchange.spreadsheet.saying import told
from competency.exchange.spreadsheet.tables import tables_of
from competency.exchange.spreadsheet.telling import Telling

_ROUNDS = 5  # of taking out cells that could not be read back
_AS_READ = File("framework.xlsx", b"", "")


@dataclass
class Arranged:
    """The sheets by name, each with its headers first, and what they say when they are read."""

    sheets: dict[str, list[list[str]]] = field(default_factory=dict)
    lone: bool = False

    def said(self) -> Telling:
        """Return what the sheets say; cells that nobody could read are emptied first."""
        for _ in range(_ROUNDS):
            telling = told(tables_of(_AS_READ, self._grids()), Reading())
            if not telling.faults.found:
                return telling
            for fault in telling.faults.found:
                record = fault.record
                name = PARTS if self.lone else record.grid.name
                shift = len(self.sheets[PARTS]) - len(record.grid.rows) if self.lone else 0
                row = self.sheets[name][record.row + shift]
                row[record.column(fault.header)] = ""
        return telling

    def _grids(self) -> list[Grid]:
        return [
            grid_of(name, ((n, [*map(harmless, row)]) for n, row in enumerate(rows, 1)), notes=(),
                    workbook=not self.lone)
            for name, rows in self.sheets.items()
        ]  # fmt: skip


def workbook_sheets(draft: Draft) -> Arranged:
    """Return the sheets of a workbook, but for that of other statements."""
    parts = headers_of(draft.parts, PART_COLUMNS, draft.extra)
    sheets = {
        FRAMEWORK: [["property", "value"], *([*fact] for fact in _asked(draft.facts))],
        PARTS: table(draft.parts, parts),
    }
    if draft.levels:
        sheets[LEVELS] = table(draft.levels, headers_of(draft.levels, LEVEL_COLUMNS))
    if draft.bodies:
        sheets[ORGANISATIONS] = table(draft.bodies, headers_of(draft.bodies, BODY_COLUMNS))
    if draft.links:
        sheets[LINKS] = [[*LINK_HEADERS], *([*link] for link in draft.links)]
    return Arranged(sheets)


def _asked(facts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return facts in the order of the sheet, with a blank row for those people may want to add."""
    said = {parted(name)[0] for name, _ in facts}
    asked = [(name, "") for name in ASKED if name not in said]
    order = {column.header: place for place, column in enumerate(FACTS)}
    return sorted([*facts, *asked], key=lambda fact: order.get(parted(fact[0])[0], len(order)))


def lone_sheet(draft: Draft) -> Arranged:
    """Return the one sheet of CSV: a line for each fact of the framework, then the parts."""
    parts = headers_of(draft.parts, PART_COLUMNS, draft.extra)
    facts = [[f"#{name}", value] for name, value in draft.facts]
    return Arranged({PARTS: [*facts, *table(draft.parts, parts)]}, lone=True)


def table(rows: Sequence[Cells], headers: Sequence[str]) -> list[list[str]]:
    """Return rows of cells under headers, which come first.

    >>> table([{"id": "1"}], ["id", "kind"])
    [['id', 'kind'], ['1', '']]
    """
    return [[*headers], *([row.get(header, "") for header in headers] for row in rows)]
