"""The row of this format in the table of exchanges."""

from __future__ import annotations

from competency.exchange.ctdl_asn.reader import read, recognise
from competency.exchange.ctdl_asn.table import INCOMING, TABLE
from competency.exchange.ctdl_asn.writer import write
from competency.exchange.exchange import Exchange
from competency.formats import Format

EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        Format(
            "ctdl-asn",
            "CTDL-ASN graph",
            ("application/ld+json", "application/json"),
            (".ctdl.json",),
        ),
        read,
        write,
        recognise,
        TABLE,
        INCOMING,
        "The Credential Registry, and all who publish competencies there: Credential Engine,"
        " O*NET, CaSS. JSON-LD; any other syntax of RDF is read as well.",
    ),
)
