"""The report as CSV (RFC 4180): a row a result, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from competency.shapes.fingerprint import fingerprint
from competency.shapes.report import Report
from competency.shapes.reports.telling import UNDER
from competency.shapes.result import Location, Result

COLUMNS = (
    "severity",
    "file",
    "line",
    "column",
    "cell",
    "kind",
    "code",
    "label",
    "place",
    "message",
    "path",
    "value",
    "fix",
    "rule",
    "documentation",
    "part",
    "shape",
    "fingerprint",
)
# A cell that begins so is run as a formula; the wide forms are what some keyboards type.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_csv(report: Report) -> str:
    """Return the results as CSV with a header.

    >>> write_csv(Report(())).count(",")
    17
    """
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for result in report:
        rows.writerow(map(harmless, _cells(result)))
    return out.getvalue()


def _cells(result: Result) -> Iterator[str | int | None]:
    """Give the cells of one row, in the order of the columns."""
    place = result.location or Location("")
    yield result.severity.value
    yield from (place.source, place.line, place.column, place.cell)
    yield from (result.kind, result.code, result.label, UNDER.join(result.place))
    yield from (result.message, result.path, result.value, result.fix, result.rule)
    yield from (result.documentation, result.focus, result.shape, fingerprint(result))


def harmless(cell: str | int | None) -> str:
    """Return a cell as text that no spreadsheet runs: a formula gets an apostrophe before it.

    >>> harmless("=1+1"), harmless("-3"), harmless(12)
    ("'=1+1", '-3', '12')
    """
    text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", "" if cell is None else str(cell))
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
