"""The columns of CTDL-ASN as CSV: names of properties, and which of them have several values."""

from __future__ import annotations

from competency.exchange.ctdl_asn.context import IRIS, TEXTS
from competency.exchange.exchange import Incoming
from competency.graph.store import is_absolute
from competency.ontology import PREFIXES

SITE = "https://purl.org/ctdlasn/terms/"  # what the source of an import conforms to
# The columns that editors of the registry and CASS know, in their order; others follow.
FIRST = (
    "@id", "@type", "ceasn:name", "ceasn:isTopChildOf", "ceasn:isChildOf",
    "ceasn:competencyCategory", "ceasn:codedNotation", "ceasn:competencyText", "ceasn:comment",
)  # fmt: skip
THEN = (
    "ceterms:ctid", "ceasn:isPartOf", "ceasn:inLanguage", "ceasn:description", "ceasn:publisher",
    "ceasn:publisherName", "ceasn:creator", "ceasn:license", "ceasn:rights", "ceasn:dateCreated",
    "ceasn:dateModified", "ceterms:versionCode", "ceasn:source", "ceasn:competencyLabel",
    "ceasn:altCodedNotation", "ceasn:listID", "ceasn:conceptKeyword", "ceasn:hasTopChild",
    "ceasn:hasChild", "skos:prefLabel", "skos:hasTopConcept", "skos:topConceptOf",
    "skos:narrower", "skos:broader",
)  # fmt: skip
BETWEEN = "|"
# Texts of which a thing may have several: a bar in one divides it. No other text is divided.
MANY = frozenset({
    "@type", "ceasn:comment", "ceasn:conceptKeyword", "ceasn:altCodedNotation", "ceasn:identifier",
    "ceasn:inLanguage", "ceasn:localSubject", "ceasn:publisherName", "ceterms:alternateName",
    "skos:altLabel", "skos:hiddenLabel", "skos:note", "skos:scopeNote", "skos:example",
    "skos:changeNote", "ceterms:versionIdentifier",
})  # fmt: skip
_OURS = ("ceasn", "ceterms", "asn", "qdata")
LINKS, WORDS = IRIS, TEXTS

FIELDS = (
    Incoming("row", "@id", "its IRI; what is none becomes the end of one below the framework"),
    Incoming("row", "@type", "framework, competency, rubric or scale"),
    Incoming("row", "ceasn: and skos: columns", "what the same property becomes in CTDL-ASN"),
    Incoming("row", "other columns", "columns of the framework's own"),
)


def property_of(header: str) -> str | None:
    """Return the property that a header names, or None where it names none.

    >>> property_of("ceasn:name"), property_of("rdfs:label"), property_of("Shelf")
    ('ceasn:name', 'http://www.w3.org/2000/01/rdf-schema#label', None)
    """
    prefix, colon, local = header.partition(":")
    if not colon or not local:
        return None
    if prefix in _OURS or header in LINKS or header in WORDS:
        return header
    if prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return header if local.startswith("//") and is_absolute(header) else None


def divides(name: str) -> bool:
    """Say whether a bar in a cell of a column divides it into several values.

    >>> divides("ceasn:isChildOf"), divides("ceasn:comment"), divides("ceasn:competencyText")
    (True, True, False)
    """
    return name in LINKS or name in MANY
