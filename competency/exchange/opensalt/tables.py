"""What becomes of our terms in the sheets and the CSV of OpenSALT; the columns that come in."""

from __future__ import annotations

from competency.exchange.case.table import RULES as CASE_RULES
from competency.exchange.exchange import Incoming
from competency.exchange.mapping import Fate, Rule, Table
from competency.exchange.opensalt.columns import NOBODY

_UNSAID = "nothing is said of the framework; the name of the file stands for it"
NO_FRAMEWORK = Fate("framework", "the file", "framework", _UNSAID)
_ITEM = "row of CF Item"
_NO_COLUMN = "there is no column for it"
_COLUMNS = {
    "fullStatement": "fullStatement", "sequenceNumber": "the last number of smartLevel",
    "the package": "the workbook", "isChildOf": "smartLevel, and a row of CF Association",
    "subject, subjectURI": "subject", "licenseURI": "license",
    "licenseURI, CFLicenses": "licenseTitle, licenseText, licenseURI",
    "lastChangeDateTime": "lastChangeDate", "notes, licenseText": "notes, licenseText",
    "CFItemType, CFItemTypeURI, CFItemTypes": "CFItemType",
    "title of the CFLicense": "licenseTitle, license",
    "fullStatement of a CFItem": "fullStatement",
    "fullStatement of a CFItem, educationLevel": "fullStatement, educationLevel",
    "alternativeLabel": "alternativeLabel, a column of ours",
}  # fmt: skip
_ROLES = ("group", "competency", "level", "requirement", "assessment", "assessments", "text",
          "texts", "negatives")  # fmt: skip
_RELATIONS = ("isChildOf", "hasSkillLevel", "precedes", "exactMatchOf", "isRelatedTo")


def fates(row: str, document: str = "") -> tuple[Fate, ...]:
    """Return what becomes of parts: rows of a sheet, with their type in words."""
    top = Fate("framework", document, "framework") if document else NO_FRAMEWORK
    return (
        top,
        *(Fate(role, row) for role in _ROLES),
        Fate("negative", f"{row}, with the type Negative Indicator"),
    )


def in_columns(rule: Rule) -> Rule:
    """Return a rule of CASE as it is in the sheets of OpenSALT."""
    becomes = _COLUMNS.get(rule.becomes, rule.becomes)
    becomes = becomes.replace("lastChangeDateTime", "lastChangeDate")
    if becomes in _RELATIONS or becomes.startswith("ext:"):
        becomes = f"a row of CF Association, {becomes}"
    return Rule(rule.about, rule.source, becomes, without_extensions(rule.loses))


def without_extensions(why: str) -> str:
    """Return a reason of CASE without its extensions, which sheets do not have.

    >>> without_extensions("only in one language; the others are in the extensions")
    'only in one language'
    """
    if "CASE has no field" in why:
        return _NO_COLUMN
    why = why.replace("CASE takes a", "there is room for a")
    return why.partition("; the others are in the extensions")[0]


_TYPE = Rule("part", "rdf:type", "CFItemType",
             "only the most specific, by its name; an unknown name is a Competency")  # fmt: skip
_MORE = (
    Rule("framework", "dcterms:rights", "notes", "they come back as a note"),
    Rule("framework", "dcterms:modified", "lastChangeDate"),
    Rule("part", "dcterms:modified", "", "only the framework has a lastChangeDate"),
    Rule(
        "part",
        "comp:occurrence",
        "alternativeLabel, a column of ours",
        "only the first other wording, as a label",
    ),
    Rule("part", "dcterms:subject", "subject, a column of ours"),
    Rule("part", "comp:qualificationLevel", "educationLevel", "only the name of the level"),
    Rule("part", "comp:isEmpty", "a blank fullStatement"),
    Rule("part", "dcterms:description", "notes", "it comes back as a note"),
    Rule("part", "case:CFItemType", "CFItemType"),
    Rule("part", "case:educationLevel", "educationLevel"),
    Rule("part", "case:conceptKeywords", "conceptKeywords"),
    Rule("part", "case:identifier", "identifier"),
    Rule("framework", "case:identifier", "identifier"),
    Rule("framework", "case:adoptionStatus", "adoptionStatus"),
    Rule("thing", "case:sequenceNumber", "", "only the place among siblings is told"),
    _TYPE,
)


def _merged(rules: tuple[Rule, ...], more: tuple[Rule, ...]) -> tuple[Rule, ...]:
    new = {(rule.about, rule.source): rule for rule in more}
    kept = [new.pop((rule.about, rule.source), rule) for rule in rules]
    return (*kept, *new.values())


RULES = _merged(tuple(in_columns(rule) for rule in CASE_RULES), _MORE)
TABLE = Table(fates(_ITEM, "the row of CF Doc"), RULES, _NO_COLUMN)

_CSV_COLUMNS = {
    "smartLevel, and a row of CF Association": "Is Child Of: the code of the parent",
    "the last number of smartLevel": "sequenceNumber", "the workbook": "the file",
}  # fmt: skip
_UNTITLED = "the CSV has no row for the framework"


def _in_csv(rule: Rule) -> Rule:
    if rule.about in ("framework", "organisation", "licence"):
        return Rule(rule.about, rule.source, "", _UNTITLED)
    becomes = _CSV_COLUMNS.get(rule.becomes, rule.becomes)
    if rule.source == "case:sequenceNumber":
        return Rule(rule.about, rule.source, "sequenceNumber")
    kind = becomes.removeprefix("a row of CF Association, ")
    becomes = f"the column {kind}" if kind != becomes else becomes
    return Rule(rule.about, rule.source, becomes, rule.loses)


CSV_TABLE = Table(fates("row"), (*map(_in_csv, RULES),), _NO_COLUMN)

FIELDS = (
    Incoming("CF Doc", "identifier", "the IRI of the framework"),
    Incoming("CF Doc", "title", "rdfs:label"),
    Incoming("CF Doc", "creator", "dcterms:creator"),
    Incoming("CF Doc", "publisher", "dcterms:publisher"),
    Incoming("CF Doc", "description", "dcterms:description"),
    Incoming("CF Doc", "subject", "dcterms:subject; several with | between them"),
    Incoming("CF Doc", "language", "dcterms:language"),
    Incoming("CF Doc", "version", "owl:versionInfo"),
    Incoming("CF Doc", "officialSourceURL", "comp:source"),
    Incoming("CF Doc", "lastChangeDate", "dcterms:modified"),
    Incoming("CF Doc", "licenseTitle, licenseText", "dcterms:license"),
    Incoming("CF Doc", "notes", "skos:note"),
    Incoming("CF Doc", "adoptionStatus, statusStartDate, statusEndDate",
             "kept under their names in the namespace of CASE"),
    Incoming("CF Item", "identifier", "the IRI of the part"),
    Incoming("CF Item", "smartLevel", "comp:partOf, comp:position"),
    Incoming("CF Item", "fullStatement", "comp:text; rdfs:label of what has no short statement"),
    Incoming("CF Item", "abbreviatedStatement", "rdfs:label"),
    Incoming("CF Item", "humanCodingScheme", "comp:code"),
    Incoming("CF Item", "CFItemType", "the class of the part; a type that is not known is kept"),
    Incoming("CF Item", "listEnumeration", "comp:enumeration"),
    Incoming("CF Item", "notes", "skos:note"),
    Incoming("CF Item", "license", "dcterms:license"),
    Incoming("CF Item", "conceptKeywords, educationLevel",
             "kept under their names in the namespace of CASE"),
    Incoming("CF Item", "alternativeLabel", "skos:altLabel; a column of ours"),
    Incoming("CF Item", "subject", "dcterms:subject; a column of ours"),
    Incoming("CF Item", "uri", "the IRI of the part; a column of ours, in CF Doc too"),
    Incoming("CF Item", "any other column", "a property of its own, named after the header"),
    Incoming("CF Association", "associationType and the two ends",
             "a relation of ours where there is one, else an association of CASE"),
    Incoming("CF Association", "associationGroupIdentifier, associationGroupName",
             "a grouping of CASE"),
    Incoming("CF Association", "any other column", "an extension of the association"),
)  # fmt: skip
CSV_FIELDS = (
    Incoming("row", "Is Child Of, parent", "comp:partOf: the row with this code or identifier"),
    Incoming("row", "sequenceNumber", "comp:position, where each sibling has another number"),
    Incoming("row", "IsPartOf, replacedBy, Exemplar, hasSkillLevel, IsRelatedTo ...",
             "associations, with rows of the file or with others"),
    *(Incoming("row", one.field, one.becomes) for one in FIELDS
      if one.of == "CF Item" and one.field != "smartLevel"),
)  # fmt: skip
WANTED = f"OpenSALT wants a creator, and nobody is named: {NOBODY} stands there"
BORROWED = "OpenSALT wants a creator, and none is named: the publisher stands there"
