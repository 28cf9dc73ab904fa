"""What becomes of our terms in a table of CTDL-ASN: what becomes of them in CTDL-ASN."""

from __future__ import annotations

import re
from functools import cache

from competency.exchange import ctdl_asn
from competency.exchange.mapping import Table

TABLE = Table(
    ctdl_asn.TABLE.fates.values(), ctdl_asn.TABLE.rules.values(), ctdl_asn.TABLE.otherwise
)

_NAME = re.compile(r"\b(?:asn|ceasn|ceterms|skos):\w+")
_COMMENT = "ceasn:comment"
MIXED = (_COMMENT, "ceasn:description", "ceasn:competencyText")  # with words of other parts too
CATEGORY = "ceasn:competencyCategory"  # says the class


@cache
def ours_of(name: str) -> tuple[str, ...]:
    """Return the properties of ours that become a property of the graph.

    >>> ours_of("ceasn:dateCreated")
    ('dcterms:created',)
    """
    if name == _COMMENT:
        return ()
    rules = (rule for rule in TABLE.rules.values() if name in _NAME.findall(rule.becomes))
    found = dict.fromkeys(rule.source for rule in rules)
    return (*found, *(("rdf:type",) if name == CATEGORY else ()))
