"""CTDL-ASN: level scales as progression models, levels as their steps."""

from __future__ import annotations

from itertools import pairwise

from rdflib import Literal, URIRef

from competency.exchange import words
from competency.exchange.ctdl_asn.given import RUBRIC_LEVEL
from competency.exchange.ctdl_asn.identifying import ctid, languages, tagged
from competency.exchange.entry import Thing
from competency.exchange.making import Making
from competency.exchange.terms import term


def progressions(making: Making) -> None:
    """Say every scale and level that the parts lead to."""
    for scale in making.outline.of_class("comp:LevelScale"):
        if not _is_of_rubric(making, scale):
            _model(making, scale)
    for level in making.outline.of_class("comp:Level"):
        if RUBRIC_LEVEL in level.types:
            making.rows.type(level.node, "ceasn:RubricLevel")
            names = tagged(level.texts("rdfs:label"), making.outline)
            inferred = term("rdfs:label") in level.values("comp:inferred")
            making.rows.add(level.node, "ceasn:name", *(() if inferred else names))
        else:
            _level(making, level)


def _is_of_rubric(making: Making, scale: Thing) -> bool:
    """Say whether a scale is only the levels of a rubric, which go out with that."""
    levels = [making.outline.thing(level) for level in making.outline.levels(scale.iri)]
    return any(RUBRIC_LEVEL in level.types for level in levels)


def _model(making: Making, scale: Thing) -> None:
    rows, node, outline = making.rows, scale.node, making.outline
    levels = outline.levels(scale.iri)
    names = words.by_language(tagged(scale.texts("rdfs:label"), outline))
    rows.type(node, "asn:ProgressionModel")
    rows.add(node, "ceterms:ctid", ctid(scale.iri))
    rows.add(node, "ceasn:name", *names)
    rows.add(node, "ceasn:description", *tagged(scale.texts("dcterms:description"), outline))
    rows.add(node, "ceasn:inLanguage", *languages(scale, outline, names))
    rows.add(node, "ceasn:publisher", *scale.links("dcterms:publisher"))
    rows.add(node, "skos:hasTopConcept", *levels)
    for lower, higher in pairwise(levels):
        rows.add(lower, "ceterms:precedes", higher)


def _level(making: Making, level: Thing) -> None:
    rows, node, outline = making.rows, level.node, making.outline
    rows.type(node, "asn:ProgressionLevel")
    rows.add(node, "ceterms:ctid", ctid(level.iri))
    pref, _ = words.one_per_language(tagged(level.texts("rdfs:label"), outline))
    rows.add(node, "skos:prefLabel", *pref)
    rows.add(node, "skos:definition",
             *tagged(level.texts("dcterms:description", "comp:text"), outline))  # fmt: skip
    rows.add(node, "skos:notation", *(Literal(str(rank)) for rank in level.texts("comp:rank")))
    rows.add(node, "skos:note", *tagged(level.texts("comp:doubt"), outline))
    for scale in level.links("comp:inScale"):
        rows.add(node, "ceasn:inProgressionModel", scale)
        rows.add(node, "skos:topConceptOf", scale)
        rows.add(URIRef(scale), "skos:hasTopConcept", node)
