"""COMPEITO: a framework of CASE as one CSV, with what is said of the whole in lines of ``#``."""

from __future__ import annotations

from competency.exchange.compeito.headers import FIELDS
from competency.exchange.compeito.reader import read as read
from competency.exchange.compeito.reader import recognise as recognise
from competency.exchange.compeito.table import TABLE as TABLE
from competency.exchange.compeito.writer import write as write
from competency.exchange.exchange import Exchange
from competency.formats import Format

EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        Format("compeito", "COMPEITO framework (CSV)", ("text/csv",), (".csv",)),
        read,
        write,
        recognise,
        TABLE,
        FIELDS,
        "CASE in one table, as the COMPEITO server of Japanese universities reads and writes it.",
    ),
)
