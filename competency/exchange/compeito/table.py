"""What becomes of our terms in COMPEITO: a tree of items, in one language each."""

from __future__ import annotations

from competency.exchange.aligned import LEFT_RULE
from competency.exchange.mapping import Fate, Rule, Table

_ITEM = "a row"
_ONE = "only one language for each item"
IRIS = "COMPEITO names things by UUIDs: the IRIs are not in the file, UUIDs are made of them"
EMPTY = "COMPEITO asks for a fullStatement, and there is none: the title stands there"
COMMA = "a comma in it divides it in two"
NO_CREATOR = "COMPEITO asks for a creator, and nobody is named: the publisher stands there"

FATES = (
    Fate("framework", "the lines of #", "framework"),
    *(Fate(role, _ITEM) for role in ("group", "competency", "level", "requirement", "assessment",
                                     "assessments", "negatives", "text", "texts")),
    Fate("negative", "a row with the CFItemType Negative Indicator"),
)  # fmt: skip

RULES = (
    Rule("framework", "rdfs:label", "#title", _ONE),
    Rule("framework", "owl:versionInfo", "#version", "only the first"),
    Rule("framework", "dcterms:creator", "#creator", "only its name"),
    Rule("framework", "dcterms:publisher", "#publisher", "only its name"),
    Rule("framework", "dcterms:description", "#description", _ONE),
    Rule("framework", "dcterms:language", "#language", "only the first"),
    Rule("framework", "dcterms:license", "#license", "only its title"),
    Rule("framework", "dcterms:subject", "#subject", _ONE),
    Rule("framework", "case:adoptionStatus", "#adoption_status"),
    Rule("framework", "case:statusStartDate", "#status_start_date"),
    Rule("framework", "case:statusEndDate", "#status_end_date"),
    Rule("framework", "comp:source", "#official_source_url, if the source has an address",
         "COMPEITO has no column for it"),
    Rule("part", "rdf:type", "CFItemType",
         "only the most specific kind; a level right below the framework reads as a competency"),
    Rule("part", "comp:inFramework", "the file"),
    Rule("part", "comp:partOf", "parentIdentifier"),
    Rule("part", "comp:position", "sequenceNumber"),
    Rule("part", "comp:text", "fullStatement", _ONE),
    Rule("part", "comp:wording", "", "COMPEITO does not say whose words these are"),
    Rule("part", "rdfs:label", "abbreviatedStatement, or fullStatement where there is no text",
         _ONE),
    Rule("part", "comp:code", "humanCodingScheme", "only the first code"),
    Rule("part", "comp:enumeration", "listEnumeration"),
    Rule("part", "comp:isEmpty", "fullStatement", EMPTY),
    Rule("part", "comp:qualificationLevel", "educationLevel", "only the title of the level"),
    Rule("part", "case:educationLevel", "educationLevel"),
    Rule("part", "case:conceptKeywords", "conceptKeywords"),
    Rule("part", "case:CFItemType", "CFItemType"),
    Rule("part", "case:statusStartDate", "statusStartDate"),
    Rule("part", "case:statusEndDate", "statusEndDate"),
    Rule("part", "dcterms:license", "license", "only its title"),
    Rule("code", "skos:notation", "humanCodingScheme", "only the first code of a part"),
    Rule("organisation", "rdfs:label", "#creator, #publisher", "only of these two"),
    Rule("column", "rdfs:label", "its header, or #key"),
    LEFT_RULE,
)  # fmt: skip

TABLE = Table(FATES, RULES, "COMPEITO has no column for it")
