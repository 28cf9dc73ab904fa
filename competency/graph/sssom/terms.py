"""The value of a slot as an RDF term, and back with the form that it had there."""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.graph.sssom.cells import cell_of, values_of
from competency.graph.sssom.curies import is_writable
from competency.graph.sssom.model import Extension
from competency.graph.sssom.other import literal
from competency.graph.sssom.slots import KINDS, Range, Slot
from competency.graph.store import is_absolute
from competency.ontology import PREFIXES, expand

Term = URIRef | Literal
_XSD = PREFIXES["xsd"]
_STRING = _XSD + "string"
_TYPES = {Range.number: _XSD + "double", Range.share: _XSD + "double", Range.day: _XSD + "date"}
_NOT = PREFIXES["sssom"] + "NegatedPredicate"


def term_of(slot: Slot | Extension, text: str, form: str, language: str) -> Term:
    """Return the term for a value: in its usual form, or in one that was kept.

    A form is ``@id`` for an IRI, ``@fr`` for a language, or the IRI of a datatype.

    >>> from competency.graph.sssom.slots import SLOTS
    >>> term_of(SLOTS["comment"], "Beide prüfen.", "", "de")
    rdflib.term.Literal('Beide prüfen.', lang='de')
    """
    if not form:
        return _usual(slot, text, language)
    if form == "@id":
        return URIRef(text) if is_absolute(text) else _usual(slot, text, language)
    if form.startswith("@"):
        return Literal(text, lang=form[1:])
    return literal(text, URIRef(form))


def text_of(
    slot: Slot | Extension, term: Node, language: str, *, in_cell: bool
) -> tuple[str, str] | None:
    """Return the text of a term and its form, or None where the slot cannot hold it."""
    if not isinstance(term, URIRef | Literal):
        return None
    text = _told(slot, term)
    if isinstance(slot, Slot) and slot.fault(text):
        return None
    form = "" if _is(slot, text, "", language, term) else _form(term)
    if not _is(slot, text, form, language, term) or not text.strip():
        return None
    as_slot = slot if isinstance(slot, Slot) else None
    if in_cell and ("\0" in text or values_of(cell_of((text,), as_slot), as_slot) != (text,)):
        return None
    return (text, form) if not isinstance(slot, Slot) or _fits(slot, text) else None


def _fits(slot: Slot, text: str) -> bool:
    """Say whether a text would be read as it is written."""
    if slot.range is Range.entity and not is_writable(text):
        return False
    if slot.many:
        return text == text.strip()
    return slot.range in (Range.text, Range.words) or text == text.strip()


def _is(slot: Slot | Extension, text: str, form: str, language: str, term: Term) -> bool:
    try:
        return term_of(slot, text, form, language) == term
    except ValueError:
        return False


def _usual(slot: Slot | Extension, text: str, language: str) -> Term:
    if isinstance(slot, Extension):
        typed = slot.type_hint.startswith(_XSD)
        return literal(text, URIRef(slot.type_hint)) if typed else Literal(text)
    if slot.range in (Range.entity, Range.uri):
        return URIRef(text)
    if slot.range is Range.words and language:
        return Literal(text, lang=language)
    if slot.range is Range.kind:
        return URIRef(expand(KINDS[text])) if text in KINDS else Literal(text)
    if slot.range is Range.modifier:
        return URIRef(_NOT)
    if slot.range in _TYPES:
        return literal(text, URIRef(_TYPES[slot.range]))
    return Literal(text)


def _told(slot: Slot | Extension, term: Term) -> str:
    if isinstance(slot, Slot) and isinstance(term, URIRef):
        if slot.range is Range.modifier and str(term) == _NOT:
            return "Not"
        if slot.range is Range.kind:
            kinds = {expand(name): kind for kind, name in KINDS.items()}
            return kinds.get(str(term), str(term))
    return str(term)


def _form(term: Term) -> str:
    if isinstance(term, URIRef):
        return "@id"
    return f"@{term.language}" if term.language else str(term.datatype or _STRING)
