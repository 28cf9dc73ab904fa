"""What becomes of our terms in CTDL-ASN (release of 26 September 2025)."""

from __future__ import annotations

from competency.exchange.mapping import Fate, Rule, Table

_COMPETENCY = "ceasn:Competency"
_WORDS = "only as words in a comment"
_NOT_HERE = "CTDL-ASN has no term for it on a framework"
_UNHELPFUL = (
    "CTDL-ASN has no term for an unhelpful behaviour, and as a competency it would read as"
    " something to be good at: it is only words in a comment of what it stands under"
)
_FOLDED = "the text has become a comment on what it stands under, and is no competency"
_RUBRIC = "CTDL-ASN has no link from a competency to a rubric; each criterion names its target"

FATES = (
    Fate("framework", "ceasn:CompetencyFramework", "framework"),
    Fate("group", _COMPETENCY),
    Fate("competency", _COMPETENCY),
    Fate("level", _COMPETENCY),
    Fate("requirement", _COMPETENCY),
    Fate("assessment", "ceasn:RubricCriterion", "criterion"),
    Fate("assessments", "ceasn:Rubric", "rubric"),
    Fate("negative", "ceasn:comment", "out", _UNHELPFUL),
    Fate("negatives", "ceasn:comment", "out", _UNHELPFUL),
    *(Fate(role, "ceasn:competencyText or ceasn:comment", "text", _FOLDED)
      for role in ("text", "texts")),
)  # fmt: skip

_TEXTS = (
    ("comp:labelWording", "ceasn:comment", _WORDS),
    ("comp:repair", "ceasn:comment", _WORDS),
    ("comp:doubt", "ceasn:comment", _WORDS),
    ("comp:lines", "ceasn:comment", _WORDS),
    ("comp:page", "ceasn:comment", _WORDS),
    ("comp:section", "ceasn:comment", _WORDS),
    ("comp:notStated", "ceasn:comment", _WORDS),
    ("comp:inferred", "ceasn:comment", _WORDS),
    ("comp:added", "ceasn:comment", _WORDS),
    ("comp:wording", "ceasn:comment", _WORDS),
    ("comp:aspect", "ceasn:comment", _WORDS),
    ("comp:audience", "ceasn:comment", _WORDS),
    ("comp:credit", "ceasn:comment", "only as words in a comment: credit is of credentials"),
)

RULES = (
    Rule("framework", "rdfs:label", "ceasn:name"),
    Rule("framework", "dcterms:description", "ceasn:description"),
    Rule("framework", "dcterms:language", "ceasn:inLanguage"),
    Rule("framework", "dcterms:rights", "ceasn:rights"),
    Rule("framework", "dcterms:license", "ceasn:license"),
    Rule("framework", "dcterms:publisher", "ceasn:publisher, ceasn:publisherName"),
    Rule("framework", "dcterms:creator", "ceasn:creator"),
    Rule("framework", "dcterms:created", "ceasn:dateCreated"),
    Rule("framework", "dcterms:modified", "ceasn:dateModified"),
    Rule("framework", "dcterms:issued", "", _NOT_HERE),
    Rule("framework", "owl:versionInfo", "ceterms:versionCode"),
    Rule("framework", "comp:source", "ceasn:source"),
    Rule("framework", "comp:sector", "ceasn:conceptKeyword", "only as a keyword"),
    Rule("framework", "comp:extent", "ceasn:description", "only as words in the description"),
    Rule("framework", "comp:namedOrganisation", "",
         "CTDL-ASN would say that the organisation published it"),
    *(Rule("framework", name, "", _NOT_HERE) for name in (
        "comp:code", "comp:occurrence", "comp:audience", "comp:documentType", "comp:lines",
        "comp:page", "comp:section", "comp:repair", "comp:doubt", "comp:notStated",
        "comp:inferred", "comp:added", "comp:labelWording", "comp:legalReference",
        "dcterms:spatial")),
    *(Rule("part", *row) for row in _TEXTS),
    Rule("part", "comp:inFramework", "ceasn:isPartOf"),
    Rule("part", "comp:partOf", "ceasn:isChildOf, ceasn:isTopChildOf, ceasn:hasChild,"
         " ceasn:hasTopChild"),
    Rule("part", "comp:hasPart", "ceasn:hasChild"),
    Rule("part", "comp:position", "ceasn:listID, where no number is printed"),
    Rule("part", "comp:enumeration", "ceasn:listID"),
    Rule("part", "rdfs:label", "ceasn:competencyLabel, ceasn:competencyText"),
    Rule("part", "comp:text", "ceasn:competencyText"),
    Rule("part", "comp:code", "ceasn:codedNotation, ceasn:altCodedNotation"),
    Rule("part", "comp:leadIn", "ceasn:competencyText", "only as the words before an item"),
    Rule("part", "comp:occurrence", "ceasn:comment", _WORDS),
    Rule("part", "comp:legalReference", "ceasn:comment", _WORDS),
    Rule("part", "comp:atLevel", "asn:hasProgressionLevel"),
    Rule("part", "comp:qualificationLevel", "ceasn:educationLevelType"),
    Rule("part", "comp:source", "ceasn:sourceDocumentation"),
    Rule("part", "skos:exactMatch", "ceasn:exactAlignment"),
    Rule("part", "skos:broadMatch", "ceasn:broadAlignment"),
    Rule("part", "skos:narrowMatch", "ceasn:narrowAlignment"),
    Rule("part", "skos:closeMatch", "ceasn:majorAlignment"),
    Rule("part", "skos:relatedMatch", "ceasn:minorAlignment", "only as a minor alignment"),
    Rule("rubric", "rdfs:label", "ceasn:name"),
    Rule("rubric", "comp:leadIn", "asn:hasScope", "only its words"),
    Rule("rubric", "comp:code", "ceasn:codedNotation, ceasn:altCodedNotation"),
    Rule("rubric", "comp:partOf", "", _RUBRIC),
    Rule("rubric", "comp:inFramework", "", _RUBRIC),
    Rule("criterion", "rdfs:label", "ceasn:name"),
    Rule("criterion", "comp:text", "ceasn:description"),
    Rule("criterion", "comp:position", "ceasn:listID, where no number is printed"),
    Rule("criterion", "comp:enumeration", "ceasn:listID"),
    Rule("criterion", "comp:partOf", "ceasn:hasRubricCriterion"),
    Rule("criterion", "comp:inFramework", "", _RUBRIC),
    Rule("criterion", "comp:code", "ceasn:codedNotation", "only the first code"),
    Rule("criterion", "comp:assesses", "ceterms:targetCompetency"),
    Rule("criterion", "comp:repeats", "ceterms:targetCompetency", "only what it assesses"),
    Rule("criterion", "comp:rewords", "ceterms:targetCompetency", "only what it assesses"),
    Rule("text", "comp:text", "ceasn:competencyText or ceasn:comment"),
    Rule("text", "comp:isEmpty", "ceasn:comment", "only as words"),
    Rule("text", "rdfs:label", "the words before the comment"),
    Rule("text", "comp:inFramework", "ceasn:isPartOf of what it stands under"),
    Rule("text", "comp:partOf", "the competency that has the comment"),
    Rule("code", "skos:notation", "ceasn:codedNotation, ceasn:altCodedNotation"),
    Rule("code", "rdfs:label", "", "CTDL-ASN has codes without a name"),
    Rule("occurrence", "rdfs:label", "ceasn:comment", _WORDS),
    Rule("occurrence", "comp:text", "ceasn:comment", _WORDS),
    Rule("law", "rdfs:label", "ceasn:comment", _WORDS),
    Rule("source", "rdfs:label", "ceasn:comment", _WORDS),
    Rule("credit", "comp:creditValue", "ceasn:comment", _WORDS),
    Rule("credit", "comp:creditQualifier", "ceasn:comment", _WORDS),
    Rule("credit", "comp:creditScheme", "ceasn:comment", _WORDS),
    Rule("scale", "rdfs:label", "ceasn:name"),
    Rule("scale", "dcterms:description", "ceasn:description"),
    Rule("scale", "dcterms:publisher", "ceasn:publisher"),
    Rule("level of a scale", "rdfs:label", "skos:prefLabel"),
    Rule("level of a scale", "dcterms:description", "skos:definition"),
    Rule("level of a scale", "comp:text", "skos:definition"),
    Rule("level of a scale", "comp:inScale", "ceasn:inProgressionModel, skos:topConceptOf"),
    Rule("level of a scale", "comp:rank", "skos:notation, ceterms:precedes"),
    Rule("level of a scale", "comp:higherThan", "ceterms:precedes",
         "only as the order of the levels"),
    Rule("organisation", "rdfs:label", "ceasn:publisherName of a framework it published"),
)  # fmt: skip

TABLE = Table(FATES, RULES, "CTDL-ASN has no term for it")
