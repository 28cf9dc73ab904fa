"""The doors of this format: the workbook and the CSV of OpenSALT, in and out."""

from __future__ import annotations

from competency.exchange.exchange import Exchange
from competency.exchange.opensalt import separated, workbook
from competency.exchange.opensalt.laying import TABLES
from competency.exchange.opensalt.rowing import write_csv
from competency.exchange.opensalt.tables import CSV_FIELDS, CSV_TABLE, FIELDS, TABLE
from competency.exchange.opensalt.writing import write
from competency.formats import Format

XLSX, CSV = TABLES[:2]

EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        Format("opensalt", "OpenSALT workbook", (XLSX,), (".xlsx",)),
        workbook.read,
        write,
        workbook.recognise,
        TABLE,
        FIELDS,
        "Three sheets, CF Doc, CF Item and CF Association, which OpenSALT imports and exports.",
    ),
    Exchange(
        Format("opensalt-csv", "OpenSALT CSV", (CSV,), (".csv",)),
        separated.read,
        write_csv,
        separated.recognise,
        CSV_TABLE,
        CSV_FIELDS,
        "Items in rows, each with the code of its parent, for a framework that OpenSALT has.",
    ),
)
