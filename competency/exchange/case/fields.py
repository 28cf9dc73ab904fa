"""The objects of CASE and their fields, and where each field is kept in a graph.

What has a term in our vocabulary, or in one that we use, is kept in that; everything else in the
namespace of CASE under its own name. Fields that need more than a value of one property are not
in these tables: the modules that read and write their objects speak of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import quote, unquote

from rdflib import URIRef

from competency.exchange.terms import term
from competency.ontology import PREFIXES

CASE = PREFIXES["case"]
EXTENSION = "competency"  # our key in the free object called extensions


class Sort(StrEnum):
    """What a field holds."""

    text = "text"  # words, in the language of the object
    texts = "texts"
    string = "string"  # a code or a mark, in no language
    strings = "strings"
    date = "date"
    number = "number"
    link = "link"  # title, identifier and uri of something else
    links = "links"


@dataclass(frozen=True)
class Field:
    """A field, the property that keeps it, and what it holds."""

    name: str
    property: URIRef
    sort: Sort


def _fields(*rows: tuple[str, str, Sort]) -> tuple[Field, ...]:
    return tuple(
        Field(name, term(where) if where else case(name), sort) for name, where, sort in rows
    )


@cache
def case(name: str) -> URIRef:
    """Return the property that keeps a field which our vocabulary has no term for.

    >>> case("adoptionStatus").rpartition("/")[2], case("my key").rpartition("/")[2]
    ('adoptionStatus', 'my%20key')
    """
    return URIRef(CASE + quote(name, safe=":"))


def field_name(prop: str) -> str | None:
    """Return the name of the field that a property in the namespace of CASE keeps, or None."""
    return unquote(prop[len(CASE) :]) if prop.startswith(CASE) else None


_STATUS = (
    ("statusStartDate", "", Sort.date),
    ("statusEndDate", "", Sort.date),
)
_NAMED = (
    ("title", "rdfs:label", Sort.text),
    ("description", "dcterms:description", Sort.text),
)
DOCUMENT = _fields(
    ("description", "dcterms:description", Sort.text),
    ("subject", "dcterms:subject", Sort.texts),
    ("subjectURI", "dcterms:subject", Sort.links),
    ("version", "owl:versionInfo", Sort.string),
    ("adoptionStatus", "", Sort.string),
    *_STATUS,
    ("licenseURI", "dcterms:license", Sort.link),
    ("notes", "skos:note", Sort.text),
    ("frameworkType", "", Sort.string),
    ("caseVersion", "", Sort.string),
    ("CFPackageURI", "", Sort.link),
)
ITEM = _fields(
    ("alternativeLabel", "skos:altLabel", Sort.text),
    ("listEnumeration", "comp:enumeration", Sort.string),
    ("conceptKeywords", "", Sort.strings),
    ("conceptKeywordsURI", "", Sort.link),
    ("notes", "skos:note", Sort.text),
    ("subject", "dcterms:subject", Sort.texts),
    ("subjectURI", "dcterms:subject", Sort.links),
    ("educationLevel", "", Sort.strings),
    ("licenseURI", "dcterms:license", Sort.link),
    *_STATUS,
    ("CFDocumentURI", "", Sort.link),
)
ASSOCIATION = _fields(
    ("CFAssociationGroupingURI", "", Sort.link),
    ("notes", "skos:note", Sort.text),
    ("CFDocumentURI", "", Sort.link),
)
_DEFINED = _fields(
    *_NAMED,
    ("hierarchyCode", "", Sort.string),
    ("typeCode", "", Sort.string),
    ("keywords", "", Sort.string),
    ("licenseText", "", Sort.text),
    ("CFDocumentURI", "", Sort.link),
)
RUBRIC = _fields(("CFDocumentURI", "", Sort.link))
CRITERION = _fields(("weight", "", Sort.number), ("rubricId", "", Sort.string))
LEVEL = _fields(
    ("score", "", Sort.number),
    ("feedback", "", Sort.text),
    ("rubricCriterionId", "", Sort.string),
)
# The arrays of CFDefinitions, and the class of what is in them.
DEFINITIONS = {
    "CFConcepts": "CFConcept",
    "CFSubjects": "CFSubject",
    "CFLicenses": "CFLicense",
    "CFItemTypes": "CFItemType",
    "CFAssociationGroupings": "CFAssociationGrouping",
}
FIELDS = {
    "CFDocument": DOCUMENT,
    "CFItem": ITEM,
    "CFAssociation": ASSOCIATION,
    "CFRubric": RUBRIC,
    "CFRubricCriterion": CRITERION,
    "CFRubricCriterionLevel": LEVEL,
    **dict.fromkeys(DEFINITIONS.values(), _DEFINED),
}
# Fields that CASE 1.0 does not have, by object; extensions are new everywhere.
NEW = {
    "CFDocument": ("caseVersion", "frameworkType"),
    "CFItem": ("subject", "subjectURI"),
    "CFAssociation": ("notes",),
}
ASSOCIATION_TYPES = ("isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes",
                     "isRelatedTo", "replacedBy", "exemplar", "hasSkillLevel")  # fmt: skip
NEW_TYPES = ("isTranslationOf",)
# The fields of a CFDocument that stands alone, by version of CASE.
_TOLD = ("identifier", "uri", "creator", "title", "lastChangeDateTime", "officialSourceURL",
         "publisher", "language", "extensions")  # fmt: skip
FIELD_NAMES = {
    "1.1": tuple(dict.fromkeys((*_TOLD, *(field.name for field in DOCUMENT)))),
    "1.0": tuple(
        name
        for name in dict.fromkeys((*_TOLD, *(field.name for field in DOCUMENT)))
        if name not in (*NEW["CFDocument"], "extensions")
    ),
}
