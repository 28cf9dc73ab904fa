"""The template of OpenCASE: items in rows with their depth, as CSV and as a workbook."""

from competency.exchange.opencase.exchanging import EXCHANGES as EXCHANGES
from competency.exchange.opencase.table import TABLE as TABLE
