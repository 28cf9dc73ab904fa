"""The doors of this format: the template of OpenCASE as CSV and as a workbook, in and out."""

from __future__ import annotations

from competency.exchange.exchange import Exchange
from competency.exchange.opencase import template
from competency.exchange.opencase.table import FIELDS, TABLE
from competency.exchange.opencase.writing import write, write_workbook
from competency.exchange.opensalt.laying import TABLES
from competency.formats import Format

XLSX, CSV = TABLES[:2]

EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        Format("opencase", "OpenCASE template (CSV)", (CSV,), (".csv",)),
        template.read,
        write,
        template.recognise,
        TABLE,
        FIELDS,
        "Items in rows with their depth, for the import of OpenCASE.",
    ),
    Exchange(
        Format("opencase-xlsx", "OpenCASE template (workbook)", (XLSX,), (".xlsx",)),
        template.read,
        write_workbook,
        template.recognise_workbook,
        TABLE,
        FIELDS,
        "The same columns in the first sheet of a workbook.",
    ),
)
