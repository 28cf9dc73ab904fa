"""The sheets of a framework, one after the other, as triples."""

from __future__ import annotations

from collections.abc import Sized

from competency.exchange.exchange import Reading
from competency.exchange.imported import Kept
from competency.exchange.sheets import Record
from competency.exchange.spreadsheet.columns import is_instruction
from competency.exchange.spreadsheet.facts import Facts
from competency.exchange.spreadsheet.levels import Levels
from competency.exchange.spreadsheet.links import Links
from competency.exchange.spreadsheet.parts import Parts
from competency.exchange.spreadsheet.placing import DATE, Line, Placing
from competency.exchange.spreadsheet.tables import Tables
from competency.exchange.spreadsheet.telling import Telling, begun

_NUMBERS = ("id", "number", "page", "lines")  # which are no dates, but may look like them


def told(tables: Tables, options: Reading) -> Telling:
    """Return what the sheets of a file say; what is wrong in cells is in its faults."""
    telling = begun(tables, options)
    placing, levels = Placing(tables.parts, telling.names, telling.faults), Levels(telling)
    links = Links(telling, placing)
    Facts(telling).run()
    levels.read(tables.levels)
    lines = placing.run()
    if not lines and not telling.whole:
        _refuse_emptiness(telling)
    parts = Parts(telling, placing, levels, links)
    for line in lines:
        parts.say(line)
    if tables.links is not None:
        links.of_sheet(tables.links)
    telling.remarks += telling.columns.declare()
    _remark(telling, lines)
    telling.teller.here = None
    return telling


def _refuse_emptiness(telling: Telling) -> None:
    """Refuse a table in which no row is filled in."""
    grid = telling.tables.parts.sheet.grid
    record = Record(grid, len(grid.rows) - 1, {})
    reason = "no row of parts is filled in (rows that begin with # do not count)"
    telling.faults.add(record, "", reason)


def _remark(telling: Telling, lines: list[Line]) -> None:
    """Remark what is odd about the table as a table."""
    layout = telling.tables.parts
    guessed = [line for line in lines if not layout.get(line.record, "kind")]
    if guessed:
        rows = _rows(guessed, "does not say its kind", "do not say their kind")
        what = f"{rows}; it follows from the place, and is said to be inferred"
        telling.odd(Kept.odd, guessed[0].record.where(layout.header("kind")), what)
    skipped = [r for r in layout.sheet.records if is_instruction(r.cells)]
    if skipped:
        what = _rows(skipped, "begins with # and is not read", "begin with # and are not read")
        telling.odd(Kept.dropped, skipped[0].grid.where(skipped[0].row, 0), what)
    _remark_dates(telling)
    for header in layout.sheet.repeated:
        what = f"two columns are called {header!r}; in each row the first text counts"
        telling.odd(Kept.dropped, layout.sheet.grid.name, what)
    for letters in layout.sheet.unheaded():
        what = f"column {letters} has no header, so it is not read; write one above it"
        telling.odd(Kept.dropped, layout.sheet.grid.name, what)


def _rows(found: Sized, one: str, many: str) -> str:
    return f"1 row {one}" if len(found) == 1 else f"{len(found):,} rows {many}"


def _remark_dates(telling: Telling) -> None:
    """Remark numbers of which the spreadsheet program seems to have made dates."""
    layout = telling.tables.parts
    if not layout.sheet.grid.workbook:
        return
    for header in filter(None, map(layout.header, _NUMBERS)):
        found = [r for r in layout.records() if DATE.fullmatch(r.get(header))]
        if found:
            what = f"{_rows(found, 'has', 'have')} a date under {header!r}, {found[0].get(header)};"
            what += " if a number such as 1.2 was meant, make the column text and type it again"
            telling.odd(Kept.odd, found[0].where(header), what)
