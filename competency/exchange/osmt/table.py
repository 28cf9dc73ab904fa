"""What becomes of our terms in OSMT: a flat list of skills, in one language."""

from __future__ import annotations

from competency.exchange.aligned import alignment_rules
from competency.exchange.mapping import Fate, Rule, Table

_SKILL = "a row"
_ONE = "only in the language of the framework"
_KIND = "OSMT has skills only: every row reads as a competency"
_TREE = "OSMT has no tree; the nearest title above is a category"
NOT_A_SKILL = "an assessment criterion is no skill, and OSMT has nothing else"
UNHELPFUL = "an unhelpful behaviour is no skill, and OSMT has nothing else: it is left out"
FOLDED = "OSMT has no notes; a descriptor is the statement of what it describes, if that has none"
EMPTY = "it has neither a title nor a text, and a row needs one: it is left out"
DIVIDED = "a semicolon would divide it in two: a comma stands there"
NO_ROWS = "it stands in every row, and there is none"
NO_NAME = "OSMT asks for a name, and there is none: the text stands there"
NO_STATEMENT = "OSMT asks for a statement, and there is none: the title stands there"

FATES = (
    Fate("framework", "the collection of all rows", "framework"),
    Fate("group", "Categories of the skills below it", "group", "only its title, as a category"),
    Fate("competency", _SKILL),
    Fate("level", _SKILL),
    Fate("requirement", _SKILL),
    Fate("assessment", "", "out", NOT_A_SKILL),
    Fate("assessments", "", "out", NOT_A_SKILL),
    Fate("negative", "", "out", UNHELPFUL),
    Fate("negatives", "", "out", UNHELPFUL),
    Fate("text", "Skill Statement of what it describes", "text", FOLDED),
    Fate("texts", "", "text", FOLDED),
)

RULES = (
    Rule("framework", "rdfs:label", "Collections", _ONE),
    Rule("framework", "dcterms:language", "", "OSMT has no column for the language"),
    Rule("part", "rdf:type", "a row", _KIND),
    Rule("part", "rdfs:label", "RSD Name", _ONE),
    Rule("part", "comp:text", "Skill Statement", _ONE),
    Rule("part", "comp:wording", "", "OSMT does not say whose words these are"),
    Rule("part", "comp:inFramework", "Collections"),
    Rule("part", "comp:partOf", "Categories, if it is not the framework", _TREE),
    Rule("part", "comp:position", "the order of the rows", "OSMT has no tree"),
    Rule("part", "dcterms:subject", "Categories", _ONE),
    Rule("part", "case:conceptKeywords", "Keywords"),
    Rule("part", "skos:relatedMatch", "Alignment URL"),
    *(Rule("part", f"skos:{name}Match", "Alignment URL", "reads as a related match")
      for name in ("exact", "close", "broad", "narrow")),
    *alignment_rules("Alignment URL"),
    Rule("group", "rdfs:label", "Categories", "only as a category"),
    Rule("text", "comp:text", "Skill Statement of what it describes, if that has none", FOLDED),
    Rule("thing", "rdfs:label", "Alignment Name", _ONE),
    Rule("column", "rdfs:label", "its header"),
)  # fmt: skip

TABLE = Table(FATES, RULES, "OSMT has no column for it")
