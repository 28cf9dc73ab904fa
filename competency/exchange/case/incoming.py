"""What the fields of CASE become in our vocabulary, for the documentation.

Most rows come from the tables that the reader works with; what takes more than one property is
told in words.
"""

from __future__ import annotations

from collections.abc import Iterator

from competency.exchange.case.fields import CASE, DEFINITIONS, FIELDS
from competency.exchange.exchange import Incoming
from competency.exchange.terms import short

_EVERY = "every object"
_TOLD = (
    (_EVERY, "identifier", "the UUID is kept as it is; ours are version 5 of the IRI"),
    (_EVERY, "uri", "the IRI of the thing, as it is"),
    (_EVERY, "lastChangeDateTime", "dcterms:modified"),
    (_EVERY, "extensions", "case:extensions, as JSON; ours give back what they carry"),
    (_EVERY, "any other key", "a property of that name in the namespace of CASE"),
    ("CFDocument", "title", "rdfs:label"),
    ("CFDocument", "creator", "dcterms:creator, an org:Organization"),
    ("CFDocument", "publisher", "dcterms:publisher, an org:Organization"),
    ("CFDocument", "language", "dcterms:language, and the language of all texts that name none"),
    ("CFDocument", "officialSourceURL", "comp:source"),
    ("CFItem", "fullStatement", "comp:text; rdfs:label where a title is needed and there is none"),
    ("CFItem", "abbreviatedStatement", "rdfs:label"),
    ("CFItem", "humanCodingScheme", "comp:code"),
    ("CFItem", "CFItemType", "the class, and case:CFItemType where it is not the name of ours"),
    ("CFItem", "CFItemTypeURI", "the class, and case:CFItemTypeURI"),
    ("CFItem", "language", "the language of its texts"),
    ("CFAssociation", "isChildOf", "comp:partOf; a second parent stays an association"),
    ("CFAssociation", "sequenceNumber", "comp:position"),
    ("CFAssociation", "exactMatchOf", "skos:exactMatch, between frameworks: an alignment"),
    ("CFAssociation", "isRelatedTo", "skos:relatedMatch, between frameworks: an alignment"),
    (
        "CFAssociation",
        "ext:closeMatch, ext:broadMatch, ext:narrowMatch, ext:contrasts",
        "the match, or comp:contrasts, between frameworks: an alignment, with notes and date",
    ),
    ("CFAssociation", "hasSkillLevel", "comp:atLevel, where its end is a level"),
    ("CFAssociation", "precedes", "comp:higherThan, between levels"),
    ("CFAssociation", "any other type", "an association in the namespace of CASE"),
    ("CFRubric", "CFRubric", "comp:Group"),
    ("CFRubric", "CFRubricCriterion", "comp:AssessmentCriterion"),
    ("CFRubric", "CFRubricCriterionLevel", "comp:Descriptor at a level of the rubric's scale"),
)


def incoming() -> tuple[Incoming, ...]:
    """Return what becomes of each field of a package.

    >>> [row.becomes for row in incoming() if row.field == "alternativeLabel"]
    ['skos:altLabel']
    """
    return tuple(dict.fromkeys((*(Incoming(*row) for row in _TOLD), *_plain())))


def _plain() -> Iterator[Incoming]:
    for kind, fields in FIELDS.items():
        of = "CFDefinitions" if kind in DEFINITIONS.values() else kind
        for field in fields:
            prop = str(field.property)
            name = f"case:{prop[len(CASE) :]}" if prop.startswith(CASE) else short(prop)
            yield Incoming(of, field.name, name)
