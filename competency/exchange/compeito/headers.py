"""The lines of ``#`` and the columns of COMPEITO, and the fields of CASE that they are."""

from __future__ import annotations

from competency.exchange.case.incoming import incoming
from competency.exchange.exchange import Incoming

SITE = "https://github.com/infosign/compeito"  # what the source of an import conforms to
# Keys before the table, in the order in which they are written.
KEYS = {
    "identifier": "identifier",
    "title": "title",
    "version": "version",
    "creator": "creator",
    "publisher": "publisher",
    "description": "description",
    "language": "language",
    "adoption_status": "adoptionStatus",
    "status_start_date": "statusStartDate",
    "status_end_date": "statusEndDate",
    "license": "licenseURI",
    "official_source_url": "officialSourceURL",
    "subject": "subject",
}
COLUMNS = (
    "Identifier", "fullStatement", "humanCodingScheme", "parentIdentifier", "sequenceNumber",
    "CFItemType", "educationLevel", "conceptKeywords", "abbreviatedStatement", "language",
    "listEnumeration", "license", "statusStartDate", "statusEndDate",
)  # fmt: skip
LISTS = ("educationLevel", "conceptKeywords")
# Columns that are fields of an item as they stand.
PLAIN = (
    "fullStatement", "humanCodingScheme", "CFItemType", "abbreviatedStatement", "language",
    "listEnumeration", "statusStartDate", "statusEndDate",
)  # fmt: skip

_BECOME = {
    "Identifier": "case:identifier, and the end of the IRI",
    "parentIdentifier": "comp:partOf",
    "sequenceNumber": "comp:position; a number that is no place is kept as it is",
    "license": "dcterms:license",
}
_IN_CASE = {(row.of, row.field): row.becomes for row in incoming()}


def _becomes(kind: str, name: str) -> str:
    return _BECOME.get(name) or _IN_CASE.get((kind, name)) or f"case:{name}"


FIELDS = (
    *(Incoming("framework", f"#{key}", _becomes("CFDocument", name)) for key, name in KEYS.items()),
    Incoming("framework", "other keys", "columns of the framework's own"),
    *(Incoming("item", name, _becomes("CFItem", name)) for name in COLUMNS),
    Incoming("item", "other columns", "columns of the framework's own"),
)
