"""What becomes of our terms in schema.org."""

from __future__ import annotations

from competency.exchange.aligned import alignment_rules
from competency.exchange.mapping import Fate, Rule, Table

_TERM = "schema:DefinedTerm; also schema:DefinedTermSet where terms stand below it"
_FOLDED = "the text has become a description of what it stands under, and is no term of its own"
_WORDS = "only as words in the description"
_TREE = "schema:hasDefinedTerm, schema:inDefinedTermSet"

FATES = (
    Fate("framework", "schema:DefinedTermSet", "framework"),
    Fate("group", _TERM),
    Fate("competency", _TERM),
    Fate("level", _TERM),
    Fate("requirement", _TERM),
    Fate("assessment", _TERM),
    Fate("assessments", _TERM),
    Fate("negative", "schema:DefinedTerm that the framework does not list, named as unhelpful"),
    Fate("negatives", "schema:DefinedTermSet that the framework does not list as a term"),
    *(Fate(role, "schema:description", "text", _FOLDED) for role in ("text", "texts")),
)  # fmt: skip

RULES = (
    Rule("framework", "rdfs:label", "schema:name"),
    Rule("framework", "dcterms:title", "schema:alternateName"),
    Rule("framework", "dcterms:description", "schema:description"),
    Rule("framework", "dcterms:language", "schema:inLanguage"),
    Rule("framework", "dcterms:rights", "schema:copyrightNotice"),
    Rule("framework", "dcterms:license", "schema:license"),
    Rule("framework", "dcterms:publisher", "schema:publisher"),
    Rule("framework", "dcterms:creator", "schema:creator"),
    Rule("framework", "dcterms:issued", "schema:datePublished"),
    Rule("framework", "dcterms:modified", "schema:dateModified"),
    Rule("framework", "dcterms:created", "schema:dateCreated"),
    Rule("framework", "dcterms:spatial", "schema:spatialCoverage"),
    Rule("framework", "owl:versionInfo", "schema:version"),
    Rule("framework", "comp:code", "schema:identifier"),
    Rule("framework", "comp:occurrence", "schema:alternateName"),
    Rule("framework", "comp:source", "schema:isBasedOn"),
    Rule("framework", "comp:sector", "schema:keywords", "only as a keyword"),
    Rule("framework", "comp:documentType", "schema:additionalType", "only as a text"),
    Rule("framework", "comp:audience", "schema:audience"),
    Rule("framework", "comp:extent", "schema:description", _WORDS),
    Rule("framework", "comp:namedOrganisation", "schema:mentions"),
    Rule("framework", "comp:legalReference", "schema:mentions", "only as something mentioned"),
    Rule("part", "comp:inFramework", "schema:inDefinedTermSet"),
    Rule("part", "comp:partOf", _TREE),
    Rule("part", "comp:hasPart", "schema:hasDefinedTerm"),
    Rule("part", "comp:position", "", "schema.org has no order of terms in a set"),
    Rule("part", "comp:enumeration", "schema:termCode"),
    Rule("part", "rdfs:label", "schema:name"),
    Rule("part", "comp:text", "schema:description, or schema:name where there is no title"),
    Rule("part", "comp:wording", "schema:description", "only as words about the whole framework"),
    Rule("part", "comp:code", "schema:termCode, schema:identifier"),
    Rule("part", "comp:occurrence", "schema:alternateName"),
    Rule("part", "comp:leadIn", "schema:description", "only as the words before an item"),
    Rule("part", "comp:atLevel", "schema:educationalLevel"),
    Rule("part", "comp:qualificationLevel", "schema:educationalLevel"),
    Rule("part", "skos:exactMatch", "schema:sameAs"),
    *alignment_rules("schema:sameAs, where it is exact"),
    Rule("text", "comp:text", "schema:description"),
    Rule("text", "comp:isEmpty", "schema:description", "only as words"),
    Rule("text", "rdfs:label", "the words before the description"),
    Rule("text", "comp:inFramework", "schema:inDefinedTermSet of what it stands under"),
    Rule("text", "comp:partOf", "the term that has the description"),
    Rule("code", "skos:notation", "schema:value"),
    Rule("code", "comp:issuedBy", "schema:propertyID", "only the name of the body"),
    Rule("code", "rdfs:label", "schema:name"),
    Rule("occurrence", "rdfs:label", "schema:alternateName"),
    Rule("occurrence", "comp:text", "schema:alternateName"),
    Rule("scale", "rdfs:label", "schema:name"),
    Rule("scale", "dcterms:publisher", "schema:publisher"),
    Rule("level of a scale", "rdfs:label", "schema:name"),
    Rule("level of a scale", "dcterms:description", "schema:description"),
    Rule("level of a scale", "comp:text", "schema:description"),
    Rule("level of a scale", "comp:inScale", "schema:inDefinedTermSet"),
    Rule("level of a scale", "comp:rank", "schema:termCode"),
    Rule("source", "rdfs:label", "schema:name"),
    Rule("source", "dcterms:format", "schema:encodingFormat"),
    Rule("law", "rdfs:label", "schema:name"),
    Rule("organisation", "rdfs:label", "schema:name"),
)  # fmt: skip

TABLE = Table(FATES, RULES, "schema.org has no term for it that fits a DefinedTerm")
