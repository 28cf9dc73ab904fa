"""What becomes of our terms in a table of CTDL-ASN: what becomes of them in CTDL-ASN."""

from __future__ import annotations

from competency.exchange import ctdl_asn
from competency.exchange.mapping import Table

TABLE = Table(
    ctdl_asn.TABLE.fates.values(), ctdl_asn.TABLE.rules.values(), ctdl_asn.TABLE.otherwise
)
