"""SKOS: scheme, concepts, notes; links and collections are made beside this.

The integrity conditions of the SKOS Reference (S9, S13, S14, S27, S37, S46) hold for what is
made here: what would break one is left out and listed as a loss.
"""

from __future__ import annotations

from rdflib import URIRef

from competency.exchange import words
from competency.exchange.entry import Entry
from competency.exchange.leadins import opened
from competency.exchange.making import Making
from competency.exchange.mapping import Loss
from competency.exchange.outline import Outline
from competency.exchange.skos.around import around
from competency.exchange.skos.collections import collections
from competency.exchange.skos.links import CONCEPTS, links
from competency.exchange.skos.naming import codes, labels, same
from competency.exchange.terms import Rows

_NOTES = {"Descriptor": "skos:definition", "Scope": "skos:scopeNote"}


def make(outline: Outline) -> tuple[Rows, list[Loss]]:
    """Return the triples of a framework, part, level or scale in SKOS, and what was left out.

    The table says what is lost always; here is added what would break a condition of SKOS.
    """
    making = Making(outline)
    for entry in outline.entries:
        if entry.role == "framework":
            _scheme(making, entry)
        elif entry.role in CONCEPTS:
            _concept(making, entry)
    if outline.top.role in ("text", "texts") and outline.top.holder is not None:
        for note in outline.entries:
            _note(making, outline.top.holder, note)
    collections(making)
    around(making)
    return making.rows, making.losses


def _scheme(making: Making, entry: Entry) -> None:
    rows, node = making.rows, entry.node
    rows.type(node, "skos:ConceptScheme")
    pref = labels(making, entry, entry.texts("rdfs:label", "dcterms:title"))
    rows.add(node, "dcterms:title", *pref)
    same(making, entry)
    rows.add(node, "skos:note", *words.extent(entry))
    for name, start in (("comp:documentType", "Type of document"), ("comp:sector", "Sector")):
        rows.add(node, "skos:note", *(words.behind(start, text) for text in entry.texts(name)))
    for iri in entry.links("comp:namedOrganisation"):
        names = making.outline.thing(iri).texts("rdfs:label")
        rows.add(node, "skos:note", *(words.behind("Names", text) for text in names))
    _notes(making, entry)


def _concept(making: Making, entry: Entry) -> None:
    """Say what a part is; where it has no title, its text is the label."""
    rows, node = making.rows, entry.node
    rows.type(node, "skos:Concept")
    rows.add(node, "dcterms:type", URIRef(entry.kind))
    rows.add(node, "skos:inScheme", making.outline.framework)
    negative = entry.role == "negative"
    titles, texts = entry.texts("rdfs:label"), entry.texts("comp:text")
    found = titles or texts
    labels(making, entry, [words.unhelpful(text) for text in found] if negative else found)
    if titles or negative:
        rows.add(node, "skos:definition", *opened(entry))
    else:
        rows.add(node, "skos:definition", *(t for t in opened(entry) if t not in texts))
    if negative:
        rows.add(node, "skos:scopeNote", words.UNHELPFUL_NOTE)
    same(making, entry)
    _notes(making, entry)
    links(making, entry)


def _notes(making: Making, entry: Entry) -> None:
    """Say the codes, and all that is text for people."""
    rows, node = making.rows, entry.node
    codes(making, entry)
    for note in entry.notes:
        _note(making, entry, note)
    rows.add(node, "skos:scopeNote", *entry.texts("comp:audience"))
    rows.add(node, "skos:note", *words.credit(entry))
    rows.add(node, "skos:editorialNote", *words.remarks(entry), *entry.texts("comp:doubt"))
    place = words.citation(entry)
    rows.add(node, "dcterms:bibliographicCitation", *([place] if place else []))


def _note(making: Making, entry: Entry, note: Entry) -> None:
    """Say a text below a part as a note of that part."""
    name = _NOTES.get(note.kind.rpartition("#")[2], "skos:note")
    making.rows.add(entry.node, name, *words.note_texts(note))
    making.rows.add(entry.node, "dcterms:references", *note.values("comp:legalReference"))
