"""OSMT: the CSV of the Open Skills Management Tool, a row for each skill, in and out."""

from __future__ import annotations

from competency.exchange.exchange import Exchange
from competency.exchange.osmt.headers import FIELDS
from competency.exchange.osmt.reader import read as read
from competency.exchange.osmt.reader import recognise as recognise
from competency.exchange.osmt.table import TABLE as TABLE
from competency.exchange.osmt.writer import write as write
from competency.formats import Format

EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        Format("osmt", "OSMT skills (CSV)", ("text/csv",), (".csv",)),
        read,
        write,
        recognise,
        TABLE,
        FIELDS,
        "Flat lists of skills, as the Open Skills Management Tool exports and imports them.",
    ),
)
