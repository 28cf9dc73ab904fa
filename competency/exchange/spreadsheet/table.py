"""What becomes of our terms in our own spreadsheets: a cell, another statement, or nothing."""

from __future__ import annotations

from competency.exchange.aligned import LEFT_RULE
from competency.exchange.exchange import Incoming
from competency.exchange.mapping import Fate, Rule, Table
from competency.exchange.spreadsheet.columns import (
    BODY_COLUMNS,
    FACTS,
    LEVEL_COLUMNS,
    LINKS,
    PART_COLUMNS,
    RELATIONS,
    Column,
)

ASIDE = "no column has it: it is in the sheet Other statements"
LOST = "CSV has no column for it"
_ROW = "a row"
_TITLE = "CSV has the title of the level only"
_NAME = "CSV has the name of an organisation only, in the language of the framework"
_ROLES = ("group", "competency", "level", "requirement", "assessment", "assessments", "text",
          "texts", "negatives")  # fmt: skip

FATES = (
    Fate("framework", "the sheet Framework", "framework"),
    *(Fate(role, _ROW) for role in _ROLES),
    Fate("negative", "a row of the kind negative indicator"),
)


def _rules(about: str, columns: tuple[Column, ...]) -> list[Rule]:
    around = ("comp:issuedBy", "comp:creditValue", "comp:creditQualifier", "comp:partOf")
    return [Rule(about, c.prop, c.header) for c in columns if c.prop and c.prop not in around]


_BOTH = (
    *_rules("framework", FACTS),
    *_rules("part", PART_COLUMNS),
    Rule("part", "comp:partOf", "parent id, or outline"),
    Rule("part", "comp:inFramework", "the file"),
    Rule("part", "comp:qualificationLevel", "level"),
    Rule("code", "rdf:type", "code"),
    Rule("code", "skos:notation", "code"),
    Rule("code", "comp:issuedBy", "code issued by"),
    Rule("code", "comp:notStated", "no cell: code issued by is blank"),
    Rule("credit", "rdf:type", "credit"),
    Rule("credit", "comp:creditValue", "credit"),
    Rule("credit", "comp:creditQualifier", "credit note"),
    Rule("column", "rdf:type", "a column of its own"),
    Rule("column", "rdfs:label", "the header of that column"),
    LEFT_RULE,
)
_BOOK = (
    *(Rule("part", name, f"a row of the sheet {LINKS}: {label}")
      for name, label in RELATIONS.items()),
    *_rules("level of a scale", LEVEL_COLUMNS),
    Rule("level of a scale", "rdf:type", "a row of the sheet Levels"),
    Rule("level of a scale", "comp:notStated", "no cell: rank is blank"),
    Rule("scale", "rdfs:label", "scale"),
    Rule("scale", "rdf:type", "scale id"),
    *_rules("organisation", BODY_COLUMNS),
    Rule("organisation", "rdf:type", "a row of the sheet Organisations"),
)  # fmt: skip
_LONE = (
    *(Rule("part", name, f"links: {label}") for name, label in RELATIONS.items()),
    Rule("part", "comp:qualificationLevel", "level", _TITLE),
    Rule("part", "comp:atLevel", "level", _TITLE),
    Rule("framework", "dcterms:publisher", "publisher", _NAME),
    Rule("framework", "dcterms:creator", "author", _NAME),
    Rule("code", "comp:issuedBy", "code issued by", _NAME),
    Rule("level of a scale", "rdf:type", "level", _TITLE),
    Rule("level of a scale", "rdfs:label", "level", _TITLE),
    Rule("scale", "rdf:type", "", _TITLE),
    Rule("scale", "rdfs:label", "", _TITLE),
    Rule("organisation", "rdf:type", "publisher, author, code issued by", _NAME),
    Rule("organisation", "rdfs:label", "publisher, author, code issued by", _NAME),
    Rule("source", "rdf:type", "source"),
    Rule("source", "rdfs:label", "source"),
)

TABLE = Table(FATES, (*_BOTH, *_BOOK, Rule("source", "rdf:type", "source"),
                      Rule("source", "rdfs:label", "source")), ASIDE)  # fmt: skip
CSV_TABLE = Table(FATES, (*_BOTH, *_LONE), LOST)


def incoming() -> tuple[Incoming, ...]:
    """Return what becomes of each column when it is read."""
    sheets = (("Framework", FACTS), ("Parts", PART_COLUMNS), ("Levels", LEVEL_COLUMNS),
              ("Organisations", BODY_COLUMNS))  # fmt: skip
    found = [
        Incoming(name, column.header, column.prop or column.help)
        for name, columns in sheets
        for column in columns
    ]
    beside = (
        Incoming("Parts", "Indicator, Behaviour ... beside Competency",
                 "rows of one title are one comp:Competency; each cell a comp:PositiveIndicator, or"
                 " comp:NegativeIndicator if the header says so; level: a comp:CompetencyLevel"
                 " between them"),
        Incoming("Parts", "Level 1, Level 2 ... beside Competency",
                 "comp:CompetencyLevel with comp:atLevel and comp:text"),
    )  # fmt: skip
    other = Incoming("any", "any other column", "<framework>/column/<header>, as it is")
    return (*found, *beside, other)
