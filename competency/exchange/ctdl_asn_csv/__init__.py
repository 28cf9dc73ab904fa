"""CTDL-ASN as CSV: the tables of CASS and of the editors of the Credential Registry."""

from __future__ import annotations

from competency.exchange.ctdl_asn_csv.headers import FIELDS
from competency.exchange.ctdl_asn_csv.reader import read as read
from competency.exchange.ctdl_asn_csv.reader import recognise as recognise
from competency.exchange.ctdl_asn_csv.table import TABLE as TABLE
from competency.exchange.ctdl_asn_csv.writer import FORMAT
from competency.exchange.ctdl_asn_csv.writer import write as write
from competency.exchange.exchange import Exchange

EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        FORMAT,
        read,
        write,
        recognise,
        TABLE,
        FIELDS,
        "CTDL-ASN in one table, as CASS and the editors of the Credential Registry take it.",
    ),
)
