"""Moodle: a competency framework as the CSV that its importer takes; out only."""

from __future__ import annotations

from competency.exchange.exchange import Exchange
from competency.exchange.moodle.table import TABLE as TABLE
from competency.exchange.moodle.writer import write as write
from competency.formats import Format

EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        Format("moodle", "Moodle competency framework (CSV)", ("text/csv",), (".csv",)),
        write=write,
        table=TABLE,
        about="For the competency frameworks of Moodle sites (Site administration, Competencies).",
    ),
)
