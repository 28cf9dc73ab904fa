"""SKOS out: what the table cannot know, as it depends on where a part stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib.term import Node

from competency.exchange import words
from competency.exchange.entry import Entry
from competency.exchange.leadins import opened
from competency.exchange.mapping import Loss
from competency.exchange.outline import Outline
from competency.exchange.skos.links import CONCEPTS
from competency.exchange.skos.table import TABLE
from competency.exchange.skos.wording import ends_alike
from competency.exchange.terms import Row, short, term

_TEXTS = ("text", "texts")
_STATED = ("requirement", "assessment", "negative")
_MIXED = "notes and unhelpful behaviours have no place among the concepts: how they mix is lost"
_RAISED = "it stands under a text, which is no concept: it stands under what the text speaks of"
_LED = "the words that lead in to it stand before it"
_GONE = "it has no node of its own in SKOS, or nothing there names it"
_SAME = "it is the same as the text, and reads as the text only"
_ENDS = "the text ends as the title does, and reads as a lead-in to it"
_DESCRIBED = "what describes it reads as the text, and the text as the title"
_UNTITLED = "it has no text, and its title reads as one"
_LIFTED = "nothing stands under an unhelpful behaviour in SKOS: it stands further up"


def losses(
    outline: Outline, met: Iterable[Loss], view: Iterable[Row], beside: Iterable[Row]
) -> tuple[Loss, ...]:
    """Return everything that is lost of a framework: by the table, by place, and met on the way.

    What goes out beside the view as it is, is not lost.
    """
    kept = {(str(subject), short(str(prop))) for subject, prop, _ in beside}
    named = {value for rows in (view, beside) for _, _, value in rows}
    found = [loss for loss in TABLE.losses(outline) if (loss.part, loss.property) not in kept]
    for entry in outline.entries:
        found += _by_place(entry)
    found += _around(outline, named)
    return tuple(dict.fromkeys((*found, *met)))


def _by_place(entry: Entry) -> Iterator[Loss]:
    roles = [part.role in CONCEPTS and part.role != "negative" for part in entry.parts]
    if any(roles) and not all(roles) and entry.role not in _TEXTS:
        yield Loss(entry.iri, "comp:position", _MIXED)
    if entry.role not in (*CONCEPTS, "negatives"):
        return
    above = entry.parent.role if entry.parent is not None else ""
    bad = ("negative", "negatives")
    if above in _TEXTS or (above in bad and entry.role not in bad):
        yield Loss(entry.iri, "comp:partOf", _RAISED if above in _TEXTS else _LIFTED)
        yield Loss(entry.iri, "comp:position", _MIXED)
    if entry.role in _STATED and entry.texts("rdfs:label"):
        yield from _of_title(entry)
    elif entry.role in _STATED and any(words.is_kind(note, "Descriptor") for note in entry.notes):
        yield Loss(entry.iri, "comp:text", _DESCRIBED)
    if entry.texts("rdfs:label") and opened(entry) != entry.texts("comp:text"):
        yield Loss(entry.iri, "comp:text", _LED)


def _of_title(entry: Entry) -> Iterator[Loss]:
    """Yield what the title of a statement makes unclear: SKOS has one place for both."""
    titles, texts = entry.texts("rdfs:label"), entry.texts("comp:text")
    if not texts:
        yield Loss(entry.iri, "rdfs:label", _UNTITLED)
    elif entry.role == "negative" and set(titles) == set(texts):
        yield Loss(entry.iri, "rdfs:label", _SAME)
    elif ends_alike(opened(entry), titles):
        yield Loss(entry.iri, "rdfs:label", _ENDS)
        yield Loss(entry.iri, "comp:text", _ENDS)


def _around(outline: Outline, named: set[Node]) -> Iterator[Loss]:
    scales = {str(term("comp:Level")), str(term("comp:LevelScale"))}
    for thing in outline.around:
        if thing.node not in named and thing.types and not thing.types & scales:
            yield Loss(thing.iri, "rdf:type", _GONE)
