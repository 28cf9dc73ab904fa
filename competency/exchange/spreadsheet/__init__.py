"""Our own spreadsheet: a workbook or a CSV file in which people write a framework, in and out."""

from __future__ import annotations

from competency.exchange.spreadsheet.exchanging import EXCHANGES as EXCHANGES
from competency.exchange.spreadsheet.exchanging import read as read
from competency.exchange.spreadsheet.exchanging import write_csv as write_csv
from competency.exchange.spreadsheet.exchanging import write_workbook as write_workbook
from competency.exchange.spreadsheet.table import CSV_TABLE as CSV_TABLE
from competency.exchange.spreadsheet.table import TABLE as TABLE
from competency.exchange.spreadsheet.template import template as template
