r"""Tables in files: CSV and workbooks, read into grids of texts and written back, harmless.

for grid in read_grids(File("parts.csv", b"Code,Title\r\nA1,Weld\r\n", "text/csv")):
    for record in Sheet.of(grid).records:
        record.get("code"), record.where("code")  # 'A1', 'line 2, column A'
"""

from __future__ import annotations

from competency.exchange.sheets.grid import Grid, is_workbook, read_grids
from competency.exchange.sheets.looking import sheet_names
from competency.exchange.sheets.separated import cell_at
from competency.exchange.sheets.sheet import Record, Sheet, key
from competency.exchange.sheets.writing import Written, csv_bytes, workbook_bytes
from competency.graph.harmless import harmless, original

__all__ = [
    "Grid",
    "Record",
    "Sheet",
    "Written",
    "cell_at",
    "csv_bytes",
    "harmless",
    "is_workbook",
    "key",
    "original",
    "read_grids",
    "sheet_names",
    "workbook_bytes",
]
