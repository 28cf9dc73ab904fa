"""What becomes of our terms in the template of OpenCASE; the columns that come in."""

from __future__ import annotations

from competency.exchange.exchange import Incoming
from competency.exchange.mapping import Rule, Table
from competency.exchange.opensalt.tables import RULES as SHEETS
from competency.exchange.opensalt.tables import fates

_NO_COLUMN = "the template has no column for it"
_UNTITLED = "the template has no row for the framework"
_COLUMNS = {
    "CFItemType": "Item Type",
    "fullStatement": "Full Statement",
    "humanCodingScheme": "Human Coding Scheme",
    "educationLevel": "Education Level",
    "subject": "Subject",
    "subject, a column of ours": "Subject",
    "notes": "Notes",
    "smartLevel, and a row of CF Association": "Level",
    "the last number of smartLevel": "the order of the rows",
    "the workbook": "the file",
    "abbreviatedStatement, or fullStatement where there is no text":
        "Abbreviated Statement, or Full Statement where there is no text",
    "a blank fullStatement": "a blank Full Statement",
    "fullStatement, educationLevel": "Full Statement, Education Level",
}  # fmt: skip


def _in_template(rule: Rule) -> Rule:
    if rule.about in ("framework", "organisation", "licence"):
        return Rule(rule.about, rule.source, "", _UNTITLED)
    becomes = _COLUMNS.get(rule.becomes, "")
    loses = rule.loses if becomes else _NO_COLUMN
    if rule.source == "comp:position":
        loses = "only the order, and not the number"
    return Rule(rule.about, rule.source, becomes, loses)


TABLE = Table(fates("row"), (*map(_in_template, SHEETS),), _NO_COLUMN)

FIELDS = (
    Incoming("row", "Level", "comp:partOf, comp:position: how deep the item stands"),
    Incoming("row", "Human Coding Scheme", "comp:code"),
    Incoming("row", "Full Statement", "comp:text; rdfs:label of what has no short statement"),
    Incoming("row", "Item Type", "the class of the part; a type that is not known is kept"),
    Incoming("row", "Abbreviated Statement", "rdfs:label"),
    Incoming("row", "Education Level", "kept under its name in the namespace of CASE"),
    Incoming("row", "Subject", "dcterms:subject; several with ; between them"),
    Incoming("row", "Notes", "skos:note"),
    Incoming("row", "any other column", "a property of its own, named after the header"),
    Incoming("row", "a row that begins with #", "not read: it has instructions"),
)
