"""SKOS: collections, for the order of parts and for unhelpful behaviours.

SKOS knows order only in collections. An unhelpful behaviour has no place in the tree, where it
would read as one more thing to be good at: it is a member of a collection that says what it is.
"""

from __future__ import annotations

from rdflib import URIRef
from rdflib.term import Node

from competency.exchange import words
from competency.exchange.entry import Entry
from competency.exchange.making import Making
from competency.exchange.skos.links import concept_above, in_tree
from competency.exchange.skos.naming import codes, labels, same

_NAME = words.english("Unhelpful behaviours")


def collections(making: Making) -> None:
    """Say the order below each part, and gather the unhelpful behaviours."""
    outline = making.outline
    above = outline.top.parent if outline.top.role == "negative" else None
    if above is not None and above.role == "negatives":
        making.rows.add(above.node, "skos:member", outline.top.node)
    for entry in outline.entries:
        if entry.role == "negatives":
            _negatives(making, entry)
            continue
        ordered = _tree_below(entry)
        if len(ordered) > 1:
            _collection(making, next(making.blanks), ordered, entry)
        loose = [part for part in entry.parts if part.role == "negative"]
        if loose:
            node = next(making.blanks)
            about = entry.holder if entry.role in ("text", "texts") else entry
            _collection(making, node, loose, about)
            making.rows.add(node, "skos:prefLabel", _NAME)
            making.rows.add(node, "skos:scopeNote", words.UNHELPFUL_NOTE)


def _tree_below(entry: Entry) -> list[Entry]:
    """Return the concepts whose broader concept, or scheme, this is, in order."""
    found: list[Entry] = []
    if entry.role != "framework" and not in_tree(entry):
        return found
    for part in entry.parts:
        if in_tree(part):
            found.append(part)
    return found


def _negatives(making: Making, entry: Entry) -> None:
    """Say a group of nothing but unhelpful behaviours as a collection of its own."""
    rows, node = making.rows, entry.node
    above = concept_above(entry)
    _collection(making, node, _members(entry), above)
    labels(making, entry, entry.texts("rdfs:label", "comp:text") or [_NAME])
    codes(making, entry)
    same(making, entry)
    rows.add(node, "dcterms:type", URIRef(entry.kind))
    if entry.values("comp:position"):
        making.lose(entry, "comp:position", "a collection has no place among concepts")
    rows.add(node, "skos:inScheme", making.outline.framework)
    rows.add(node, "skos:scopeNote", words.UNHELPFUL_NOTE)
    if entry.texts("rdfs:label"):
        rows.add(node, "skos:definition", *entry.texts("comp:text"))
    rows.add(node, "skos:note", *(text for note in entry.notes for text in words.note_texts(note)))
    rows.add(node, "skos:editorialNote", *words.remarks(entry), *entry.texts("comp:doubt"))
    place = words.citation(entry)
    rows.add(node, "dcterms:bibliographicCitation", *([place] if place else []))


def _members(entry: Entry) -> list[Entry]:
    """Return the unhelpful behaviours below, and groups of them as they are, in order."""
    found: list[Entry] = []
    for part in entry.parts:
        if part.role in ("negative", "negatives"):
            found.append(part)
        elif part.role in ("text", "texts"):
            below = entry.outline.walk(part.iri)
            found += [item for item in below if item.role == "negative" and item is not entry]
    return found


def _collection(making: Making, node: Node, members: list[Entry], about: Entry | None) -> None:
    """Say an ordered collection; members are said twice, as few tools read lists (S36)."""
    rows, nodes = making.rows, [member.node for member in members]
    rows.type(node, "skos:OrderedCollection")
    if about is not None:
        rows.add(node, "dcterms:isPartOf", about.node)
    rows.add(node, "skos:member", *nodes)
    rows.sequence(node, "skos:memberList", nodes, making.blanks)
