"""What becomes of our terms in IEEE SCD (1484.20.3)."""

from __future__ import annotations

from competency.exchange.aligned import alignment_rules
from competency.exchange.mapping import Fate, Rule, Table

_DEFINITION = "scd:CompetencyDefinition"
_LINK = "scd:resourceAssociation"
_FOLDED = "the text has become a description of what it stands under, and is no definition itself"
_WORDS = "only as words in the description"
_CODE = "the bodies that issued the codes are lost"

FATES = (
    Fate("framework", "scd:CompetencyFramework", "framework"),
    *(Fate(role, _DEFINITION) for role in ("group", "competency", "level", "requirement",
                                           "assessment", "assessments", "negatives")),
    Fate("negative", "scd:CompetencyDefinition, named and typed as unhelpful"),
    *(Fate(role, "scd:description", "text", _FOLDED) for role in ("text", "texts")),
)  # fmt: skip

_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_OURS = ("assesses", "repeats", "rewords", "contrasts")

RULES = (
    Rule("framework", "rdfs:label", "scd:name"),
    Rule("framework", "dcterms:title", "scd:name"),
    Rule("framework", "dcterms:description", "scd:description"),
    Rule("framework", "comp:code", "scd:referenceCode", _CODE),
    Rule("framework", "comp:sector", "scd:category", "only as a category"),
    Rule("framework", "dcterms:subject", "scd:category, where it is a text", "only its text"),
    Rule("framework", "comp:source", "scd:originalFramework", "only its address"),
    Rule("framework", "comp:extent", "scd:description", _WORDS),
    Rule("part", "rdfs:label", "scd:name"),
    Rule("part", "comp:text", "scd:competencyStatement"),
    Rule("part", "rdf:type", "scd:type, scd:typeLabel", "only the most specific"),
    Rule("part", "comp:code", "scd:referenceCode", _CODE),
    Rule("part", "comp:inFramework", "scd:hasCompetencyDefinition"),
    Rule("part", "comp:partOf", f"{_LINK} of the type isChildOf"),
    Rule("part", "comp:hasPart", f"{_LINK} of the type isChildOf"),
    Rule("part", "comp:position", "scd:position"),
    Rule("part", "comp:leadIn", "scd:competencyStatement", "only as the words before an item"),
    Rule("part", "comp:atLevel", "scd:competencyLevel"),
    Rule("part", "comp:qualificationLevel", "scd:competencyLevel",
         "only as a level, not as one of a qualifications framework"),
    Rule("part", "comp:credit", "scd:description", _WORDS),
    Rule("part", "dcterms:subject", "scd:category, where it is a text", "only its text"),
    *(Rule("part", f"skos:{name}", f"{_LINK} of the type skos:{name}") for name in _MATCHES),
    *(Rule("part", f"comp:{name}", f"{_LINK} of the type comp:{name}") for name in _OURS),
    *alignment_rules(f"{_LINK} of the type of the match"),
    Rule("text", "comp:text", "scd:description"),
    Rule("text", "comp:isEmpty", "scd:description", "only as words"),
    Rule("text", "rdfs:label", "the words before the description"),
    Rule("text", "comp:inFramework", "scd:hasCompetencyDefinition of what it stands under"),
    Rule("text", "comp:partOf", "the definition that has the description"),
    Rule("code", "skos:notation", "scd:referenceCode"),
    Rule("credit", "comp:creditValue", "scd:description", _WORDS),
    Rule("credit", "comp:creditQualifier", "scd:description", _WORDS),
    Rule("credit", "comp:creditScheme", "scd:description", _WORDS),
    Rule("scale", "rdfs:label", "scd:name of the scd:Rubric"),
    Rule("scale", "dcterms:description", "scd:description of the scd:Rubric"),
    Rule("level of a scale", "rdfs:label", "scd:name of the scd:RubricCriterionLevel"),
    Rule("level of a scale", "dcterms:description", "scd:description"),
    Rule("level of a scale", "comp:text", "scd:description"),
    Rule("level of a scale", "comp:inScale", "scd:hasCriterion, scd:rubricCriterionLevel"),
    Rule("level of a scale", "comp:rank", "scd:position", "only the order of the levels"),
    Rule("level of a scale", "comp:higherThan", "scd:position", "only the order of the levels"),
)  # fmt: skip

TABLE = Table(FATES, RULES, "SCD has no term for it")
