"""What a page shows, as JSON for programs and as tables for spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from competency.exchange.crosswalk_tables import CSV as CSV
from competency.exchange.crosswalk_tables import JSON as JSON
from competency.exchange.crosswalk_tables import XLSX
from competency.exchange.sheets.writing import Written, csv_bytes, workbook_bytes
from competency.formats import Format

TABLES = (CSV, XLSX)

Row = Mapping[str, object]


@dataclass(frozen=True)
class Table:
    """A table: its name, its columns, and rows that have values by column; what lacks is empty."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Row]

    def texts(self) -> Iterator[list[str]]:
        """Yield the rows as texts."""
        for row in self.rows:
            yield ["" if row.get(name) is None else str(row[name]) for name in self.columns]


def json_of(value: object) -> bytes:
    """Return a value as JSON that people can read too."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def table_of(syntax: Format, *tables: Table) -> bytes:
    r"""Return tables as a workbook with a sheet for each, or the first one as CSV (RFC 4180).

    No cell can be taken for a formula.

    >>> table_of(CSV, Table("Parts", ("code", "text"), [{"code": "A1"}]))
    b'code,text\r\nA1,\r\n'
    """
    if syntax is CSV:
        return csv_bytes([list(tables[0].columns), *tables[0].texts()])
    return workbook_bytes([Written(item.name, item.columns, item.texts()) for item in tables])
