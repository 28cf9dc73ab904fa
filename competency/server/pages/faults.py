"""Why a document could not be read: each fault in words, and its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from competency.checking.excerpts import excerpts
from competency.errors import CompetencyError, ParseError
from competency.exchange.sheets import cell_at
from competency.server.pages.findings import ResultView, visible
from competency.server.pages.listing import Block, Row, blocks

_PLACE = re.compile(r":(\d+)(?::(\d+))?: (.*)", re.DOTALL)
_CELL = re.compile(r"column [A-Z]{1,3}: ")  # so begins what is said of a cell of a table


@dataclass(frozen=True)
class FaultView:
    """Why there is no report: the reason, and the place in the text, where that is known."""

    message: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class FaultsView:
    """The first fault, the others as lines, and the text with all of them beside it."""

    fault: FaultView
    more: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()


def fault_told(error: CompetencyError, name: str, text: str | None) -> FaultsView:
    """Return what a page says of an error in the document of this name.

    ``text`` is the document, where the page can show it.
    """
    if not isinstance(error, ParseError):
        return FaultsView(FaultView(visible(str(error))))
    more = tuple(map(visible, error.more))
    if error.line is None or text is None or error.source != name:
        return FaultsView(FaultView(visible(str(error))), more)
    first = FaultView(visible(error.reason), error.line, error.column)
    return FaultsView(first, more, _listing(name, text, [first, *_others(name, error.more)]))


def _others(name: str, more: Iterable[str]) -> Iterable[FaultView]:
    """Yield the further faults of which the place in the document is told."""
    for line in more:
        found = _PLACE.fullmatch(line.removeprefix(name)) if line.startswith(name) else None
        if found is not None:
            column = int(found[2]) if found[2] else None
            yield FaultView(visible(found[3]), int(found[1]), column)


def _listing(name: str, text: str, faults: Sequence[FaultView]) -> tuple[Block, ...]:
    """Return the text around the faults, each beside its line."""
    lines = text.splitlines()
    results: dict[int, list[ResultView]] = {}
    columns: dict[int, int] = {}
    lengths: dict[int, int] = {}
    for fault in faults:
        line, column, length = _place(name, text, fault)
        line = min(line, len(lines))
        results.setdefault(line, []).append(_result(fault, line))
        if column is not None and line not in columns:
            columns[line] = column
            lengths |= {} if length is None else {line: length}
    places = {line: columns.get(line) for line in results}
    runs = [
        [Row(item.number, item.text, item.shift, item.cut) for item in run]
        for run in excerpts(lines, places, whole=0)
    ]
    return tuple(blocks(runs, results, columns, len(lines), lengths))


def _place(name: str, text: str, fault: FaultView) -> tuple[int, int | None, int | None]:
    """Return the line and the sign of a fault, and how much is marked, if that is a cell.

    A table counts its cells where other documents count signs.
    """
    line, column = fault.line or 1, fault.column
    if column is None or not _CELL.match(fault.message):
        return line, column, None
    return cell_at(name, text, line, column - 1) or (line, None, None)


def _result(fault: FaultView, line: int) -> ResultView:
    return ResultView("fault", "violation", fault.message, "", "", line, "", "", "", "", None, None)
