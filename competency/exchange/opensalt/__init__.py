"""OpenSALT: its workbook with three sheets, and its CSV."""

from competency.exchange.opensalt.exchanging import EXCHANGES as EXCHANGES
from competency.exchange.opensalt.tables import CSV_TABLE as CSV_TABLE
from competency.exchange.opensalt.tables import TABLE as TABLE
