"""The slots of SSSOM 1.1: what each holds, how often, where it may stand and what it is in RDF.

A slot is a column of the table, a key of the header, or both. Values are held as texts, IRIs in
full; :meth:`Slot.fault` says what is wrong with one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from competency.graph.store import is_absolute
from competency.ontology import PREFIXES


class Range(StrEnum):
    """What a slot holds."""

    entity = "entity"  # an IRI, written as a CURIE
    uri = "uri"  # an IRI, written in full
    text = "text"
    words = "words"  # a text in a language
    number = "number"
    share = "share"  # a number from 0 to 1
    day = "day"
    kind = "kind"  # what sort of entity an end is
    modifier = "modifier"
    version = "version"


TYPED = (Range.text, Range.words)  # what people write: blanks and signs count


@dataclass(frozen=True)
class Slot:
    """One slot: its name, its range, its property in RDF, and where it may stand.

    ``many`` values are parted by ``|``; a ``shared`` one in the header is said of every record
    (SSSOM calls that propagated); ``on_set`` and ``on_record`` say where it may stand.
    """

    name: str
    range: Range
    property: str
    many: bool = False
    shared: bool = False
    on_set: bool = False
    on_record: bool = True

    def fault(self, value: str) -> str | None:
        """Return what is wrong with a value and how to mend it, or None.

        >>> SLOTS["confidence"].fault("80")
        '80 is no number from 0 to 1; write 0.8 for four in five'
        """
        return _FAULTS.get(self.range, _no_fault)(value)


KINDS = {
    "owl class": "owl:Class",
    "owl object property": "owl:ObjectProperty",
    "owl data property": "owl:DatatypeProperty",
    "owl annotation property": "owl:AnnotationProperty",
    "owl named individual": "owl:NamedIndividual",
    "skos concept": "skos:Concept",
    "rdfs resource": "rdfs:Resource",
    "rdfs class": "rdfs:Class",
    "rdfs datatype": "rdfs:Datatype",
    "rdf property": "rdf:Property",
    "composed entity expression": "sssom:ComposedEntityExpression",
}
REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
# What SSSOM 1.1 added: a file that has one of these says so in sssom_version.
ADDED = frozenset(
    (
        *("record_id", "review_date", "reviewer_agreement", "predicate_type"),
        *("cardinality_scope", "mapping_tool_id", "mapping_set_confidence"),
    )
)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_REPEATED = 200  # signs of a value that an error repeats

# Name, range, property (else sssom:<name>), and: * many, ^ shared, s in the header only,
# b in the header and in records. The order is that of the columns and of the header.
_TABLE = """
sssom_version version - s
mapping_set_id uri - s
mapping_set_version text owl:versionInfo s
mapping_set_source uri prov:wasDerivedFrom s*
mapping_set_title words dcterms:title s
mapping_set_description words dcterms:description s
mapping_set_confidence share - s
record_id entity - -
subject_id entity owl:annotatedSource -
subject_label text - -
subject_category text - -
predicate_id entity owl:annotatedProperty -
predicate_label text - -
predicate_modifier modifier - -
object_id entity owl:annotatedTarget -
object_label text - -
object_category text - -
mapping_justification entity - -
author_id entity pav:authoredBy *
author_label text - *
reviewer_id entity - *
reviewer_label text - *
creator_id entity dcterms:creator b*
creator_label text - b*
license uri dcterms:license b
subject_type kind - b^
subject_source entity - b^
subject_source_version text - b^
object_type kind - b^
object_source entity - b^
object_source_version text - b^
predicate_type kind - b^
mapping_provider uri - b^
mapping_source entity - -
mapping_cardinality text - -
cardinality_scope text - b^*
mapping_tool text - b^
mapping_tool_id entity - b^
mapping_tool_version text - b^
mapping_date day pav:authoredOn b^
publication_date day dcterms:issued b
review_date day - -
confidence share - -
reviewer_agreement number - -
curation_rule entity - b^*
curation_rule_text text - b^*
subject_match_field entity - b^*
object_match_field entity - b^*
match_string text - *
subject_preprocessing entity - b^*
object_preprocessing entity - b^*
similarity_score number - -
similarity_measure text - b^
see_also uri rdfs:seeAlso b*
issue_tracker uri - s
issue_tracker_item entity - -
other text - b
comment words rdfs:comment b
"""


def _slot(row: str) -> Slot:
    name, kind, prop, marks = row.split()
    prefix, _, local = (f"sssom:{name}" if prop == "-" else prop).partition(":")
    return Slot(
        name,
        Range(kind),
        PREFIXES[prefix] + local,
        many="*" in marks,
        shared="^" in marks,
        on_set="s" in marks or "b" in marks,
        on_record="s" not in marks,
    )


def _no_fault(value: str) -> None:
    return None


def _said(value: str) -> str:
    """Return a value as an error repeats it: no more than its start."""
    return repr(value[:_REPEATED])


def _iri_fault(value: str) -> str | None:
    if is_absolute(value):
        return None
    return f"{_said(value)} is no IRI; write one in full, such as https://example.org/welding/check"


def _number_fault(value: str) -> str | None:
    if _NUMBER.fullmatch(value):
        return None
    instead = _with_a_point(value) or "one such as 0.8"
    return f"{_said(value)} is no number; write {instead[:_REPEATED]}"


def _share_fault(value: str) -> str | None:
    if _NUMBER.fullmatch(value) and 0 <= float(value) <= 1:
        return None
    instead = _with_a_point(value) or "0.8 for four in five"
    return f"{value[:_REPEATED]} is no number from 0 to 1; write {instead[:_REPEATED]}"


def _with_a_point(value: str) -> str:
    """Return a number that has a comma with a point, as spreadsheets of some countries save it."""
    point = value.replace(",", ".")
    return point if point != value and _NUMBER.fullmatch(point) else ""


def _day_fault(value: str) -> str | None:
    try:
        real = _DAY.fullmatch(value) and date.fromisoformat(value)
    except ValueError:
        real = None
    return None if real else f"{_said(value)} is no date; write year, month and day: 2026-11-26"


def _kind_fault(value: str) -> str | None:
    if value in KINDS:
        return None
    if value == "rdfs literal":
        return "an alignment is between two parts with IRIs, and a literal has none; leave it out"
    return f"{_said(value)} is no kind of entity; write one of {', '.join(KINDS)}"


def _modifier_fault(value: str) -> str | None:
    return None if value == "Not" else f"{_said(value)} is no modifier; write Not or leave it empty"


def _version_fault(value: str) -> str | None:
    return None if value in ("1.0", "1.1") else f"{_said(value)} is no version of SSSOM; write 1.1"


_FAULTS = {
    Range.entity: _iri_fault,
    Range.uri: _iri_fault,
    Range.number: _number_fault,
    Range.share: _share_fault,
    Range.day: _day_fault,
    Range.kind: _kind_fault,
    Range.modifier: _modifier_fault,
    Range.version: _version_fault,
}
SLOTS = {slot.name: slot for slot in map(_slot, _TABLE.split("\n")[1:-1])}
SET_SLOTS = tuple(slot for slot in SLOTS.values() if slot.on_set)
RECORD_SLOTS = tuple(slot for slot in SLOTS.values() if slot.on_record)
