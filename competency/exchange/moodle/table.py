"""What becomes of our terms in Moodle: rows of competencies, one scale, one word for each depth."""

from __future__ import annotations

from competency.exchange.aligned import LEFT_RULE
from competency.exchange.mapping import Fate, Rule, Table

_ROW = "a row"
_ONE = "only in the language of the framework"
_WORDS = "only as words in the Description of what it stands under"
_UNHELPFUL = (
    "Moodle has competencies only, and an unhelpful behaviour is none: it is only words, behind a"
    " warning, in the Description of what it stands under"
)
_KIND = "only as the word for the depth it stands at (Taxonomy)"
NO_SCALE = (
    "Moodle asks for a scale, and there is none: Not yet competent, Competent stands there;"
    " the first is what people start with, the last counts as proficient"
)
JUDGED = (
    "Moodle asks which level people start with and which counts as proficient, and nothing says"
    " so: the first and the last stand there"
)
SHORT = "a Short name has 100 signs: the whole of it is in the Description"
RUN = "an apostrophe stands before it, as spreadsheet programs would run it"
TAG = "Moodle takes what looks like a tag of HTML out of it"
COMMA = "a comma in the title of a level would divide it: a semicolon stands there"

FATES = (
    Fate("framework", "the first row", "framework"),
    *(Fate(role, _ROW) for role in ("group", "competency", "level", "requirement")),
    *(Fate(role, "Description", "out", _WORDS)
      for role in ("assessment", "assessments", "text", "texts")),
    *(Fate(role, "Description", "out", _UNHELPFUL) for role in ("negative", "negatives")),
)  # fmt: skip

RULES = (
    Rule("framework", "rdfs:label", "Short name", _ONE),
    Rule("framework", "dcterms:description", "Description", _ONE),
    Rule("framework", "comp:code", "ID number", "only the first code, without its issuer"),
    Rule("part", "rdf:type", "Taxonomy", _KIND),
    Rule("part", "comp:inFramework", "the file"),
    Rule("part", "comp:partOf", "Parent ID number"),
    Rule("part", "comp:position", "the order of the rows"),
    Rule("part", "rdfs:label", "Short name", _ONE),
    Rule("part", "comp:text", "Description, or Short name where there is no title", _ONE),
    Rule("part", "comp:wording", "", "Moodle does not say whose words these are"),
    Rule("part", "comp:code", "ID number",
         "only the first code, without its issuer, where no other part has it"),
    Rule("part", "comp:atLevel", "Description", "only as words in the Description"),
    *(Rule("part", f"skos:{name}Match", "Cross-referenced competency ID numbers, in the framework",
           "Moodle has no links to other frameworks, and one kind of link only")
      for name in ("exact", "close", "related", "broad", "narrow")),
    Rule("code", "skos:notation", "ID number", "only the first code of a part"),
    Rule("scale", "rdfs:label", "", "Moodle names the scale itself"),
    Rule("level of a scale", "rdfs:label", "Scale values", "only of the one scale of the file"),
    Rule("level of a scale", "comp:inScale", "Scale values", "only of the one scale of the file"),
    Rule("level of a scale", "comp:rank", "the order of Scale values",
         "only as the order of the one scale of the file"),
    Rule("level of a scale", "comp:higherThan", "the order of Scale values",
         "only as the order of the one scale of the file"),
    LEFT_RULE,
)  # fmt: skip

TABLE = Table(FATES, RULES, "Moodle has no column for it")
