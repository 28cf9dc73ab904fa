"""The terms of CTDL-ASN and CTDL as JSON-LD needs them: prefixes, and which values are IRIs.

Files name the context of the registry by its address. Nothing is fetched: what is written here
stands in its place. It says the same of the terms that competency frameworks use, and no more.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rdflib import XSD, Literal, URIRef
from rdflib.term import Node

from competency.exchange.terms import ASN
from competency.ontology import PREFIXES

_OURS = ("ceasn", "ceterms", "skos", "dcterms", "rdf", "rdfs", "xsd")
NAMESPACES: dict[str, str] = {
    **{name: PREFIXES[name] for name in _OURS},
    "asn": ASN,
    "qdata": "https://credreg.net/qdata/terms/",
}
# Namespaces as older files have them, and as they are today.
OLDER = {
    iri.replace("https:", "http:", 1): iri
    for iri in (PREFIXES["ceasn"], PREFIXES["ceterms"], NAMESPACES["qdata"])
}
_ADDRESS = re.compile(r"https?://(?:www\.)?credreg\.net/(?:ctdl|ctdlasn|qdata)/schema/context/json")

_IRIS = {
    "ceasn": """
        abilityEmbodied alignFrom alignTo author broadAlignment complexityLevel comprisedOf
        conceptTerm creator crossSubjectReference derivedFrom educationLevelType exactAlignment
        hasChild hasCriterionLevel hasRubricCriterion hasRubricLevel hasTopChild identifier
        inProgressionModel inferredCompetency isChildOf isPartOf isTopChildOf isVersionOf
        knowledgeEmbodied license majorAlignment minorAlignment narrowAlignment
        performanceLevelType prerequisiteAlignment publicationStatusType publisher rightsHolder
        skillEmbodied source sourceDocumentation taskEmbodied
        """,
    "ceterms": """
        framework hasMember latestVersion nextVersion previousVersion precedes targetNode
        sameAs subjectWebpage supersededBy supersedes
        """,
    "asn": "hasProgressionLevel hasProgressionModel",
    "skos": """
        broadMatch broader closeMatch exactMatch hasTopConcept inScheme member narrowMatch narrower
        related relatedMatch topConceptOf
        """,
}
IRIS = frozenset(f"{prefix}:{name}" for prefix, names in _IRIS.items() for name in names.split())
# Texts that are kept by language.
TEXTS = frozenset(
    f"{prefix}:{name}"
    for prefix, names in {
        "ceasn": """
            benchmarkText comment competencyCategory competencyLabel competencyText conceptKeyword
            description localSubject name publisherName rights tableOfContents
            """,
        "ceterms": "description name targetNodeDescription targetNodeName",
        "asn": "hasScope",
        "skos": "altLabel changeNote definition example hiddenLabel note prefLabel scopeNote",
    }.items()
    for name in names.split()
)
DATES = frozenset(
    f"ceasn:{name}"
    for name in (
        "dateAvailableFrom", "dateCopyrighted", "dateCreated", "dateModified", "dateValidFrom",
        "dateValidUntil", "repositoryDate",
    )
)  # fmt: skip

_DATE = re.compile(r"\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])")
_MOMENT = re.compile(_DATE.pattern + r"T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")


def is_known(address: str) -> bool:
    """Say whether an address is that of a context of the registry.

    >>> is_known("http://credreg.net/ctdlasn/schema/context/json")
    True
    """
    return _ADDRESS.fullmatch(address) is not None


def context() -> dict[str, object]:
    """Return what stands in the place of the registry's context, with full IRIs only.

    >>> context()["ceasn:isPartOf"]["@type"]
    '@id'
    """
    terms = {name: {"@id": full(name), "@type": "@id"} for name in sorted(IRIS)}
    return {**NAMESPACES, **terms}


def full(name: str) -> str:
    """Return the IRI of a prefixed name; what has no prefix of these stays as it is.

    >>> full("qdata:percentage")
    'https://credreg.net/qdata/terms/percentage'
    """
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix] + local if prefix in NAMESPACES else name


@cache
def term_of(name: str) -> URIRef:
    """Return the term of a prefixed name.

    >>> term_of("ceasn:name")
    rdflib.term.URIRef('https://purl.org/ctdlasn/terms/name')
    """
    return URIRef(full(name))


@lru_cache(4096)
def compact(iri: str) -> str:
    """Return the prefixed name of an IRI in one of the namespaces, or the IRI.

    >>> compact("https://purl.org/ctdlasn/terms/name"), compact("urn:a")
    ('ceasn:name', 'urn:a')
    """
    for prefix, start in NAMESPACES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def date_of(value: Node) -> Literal | None:
    """Return a date or a moment with its datatype, or None for what is none.

    >>> str(date_of(Literal("2018-10-30T01:17:45.508Z")).datatype)
    'http://www.w3.org/2001/XMLSchema#dateTime'
    """
    if not isinstance(value, Literal) or value.language:
        return None
    for pattern, kind in ((_DATE, XSD.date), (_MOMENT, XSD.dateTime)):
        if value.datatype in (None, XSD.string, kind) and pattern.fullmatch(str(value)):
            return Literal(str(value), datatype=kind, normalize=False)
    return None
