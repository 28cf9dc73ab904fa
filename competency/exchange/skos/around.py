"""SKOS: level scales as schemes of their own; sources, laws and bodies by their names."""

from __future__ import annotations

from rdflib import Literal, URIRef

from competency.exchange import words
from competency.exchange.entry import Thing
from competency.exchange.making import Making

_NAMED = ("comp:Source", "comp:LegalReference", "org:Organization")


def around(making: Making) -> None:
    """Say what belongs to the parts and is no part."""
    outline = making.outline
    for scale in outline.of_class("comp:LevelScale"):
        _scale(making, scale)
    for level in outline.of_class("comp:Level"):
        _level(making, level)
    for kind in _NAMED:
        for thing in outline.of_class(kind):
            making.rows.add(thing.node, "dcterms:title", *thing.texts("rdfs:label"))
            making.rows.add(thing.node, "dcterms:format", *thing.values("dcterms:format"))


def _scale(making: Making, scale: Thing) -> None:
    rows, node = making.rows, scale.node
    levels = making.outline.levels(scale.iri)
    rows.type(node, "skos:ConceptScheme")
    _labels(making, scale)
    rows.add(node, "dcterms:publisher", *scale.values("dcterms:publisher"))
    rows.add(node, "dcterms:description", *scale.values("dcterms:description"))
    rows.add(node, "skos:hasTopConcept", *levels)
    if len(levels) > 1:
        order = next(making.blanks)
        rows.type(order, "skos:OrderedCollection")
        rows.add(order, "dcterms:isPartOf", node)
        rows.add(order, "skos:member", *levels)
        rows.sequence(order, "skos:memberList", levels, making.blanks)


def _level(making: Making, level: Thing) -> None:
    rows, node = making.rows, level.node
    rows.type(node, "skos:Concept")
    for scale in level.links("comp:inScale"):
        rows.add(node, "skos:inScheme", scale)
        rows.add(node, "skos:topConceptOf", scale)
        rows.add(URIRef(scale), "skos:hasTopConcept", node)
    _labels(making, level)
    rows.add(node, "skos:definition", *level.texts("dcterms:description", "comp:text"))
    rows.add(node, "skos:notation", *(Literal(str(rank)) for rank in level.texts("comp:rank")))
    rows.add(node, "skos:editorialNote", *level.texts("comp:doubt"))


def _labels(making: Making, thing: Thing) -> None:
    pref, others = words.one_per_language(words.plain(thing.texts("rdfs:label")))
    making.rows.add(thing.node, "skos:prefLabel", *pref)
    making.rows.add(thing.node, "skos:altLabel", *(text for text in others if text not in pref))
