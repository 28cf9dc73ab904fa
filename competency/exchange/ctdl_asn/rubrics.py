"""CTDL-ASN: assessment criteria as rubrics, each criterion with the competency it is about."""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange import words
from competency.exchange.ctdl_asn.given import nearest, role_of
from competency.exchange.ctdl_asn.identifying import ctid, languages, list_id, tagged
from competency.exchange.entry import Entry
from competency.exchange.making import Making

_TARGETS = ("comp:assesses", "comp:repeats", "comp:rewords")


def rubrics(making: Making) -> None:
    """Say each group of assessment criteria as a rubric; criteria outside a group get one too."""
    loose: dict[str, Node] = {}
    for entry in making.outline.entries:
        if role_of(entry) == "assessments":
            _rubric(making, entry)
        elif role_of(entry) == "benchmark":
            _benchmark(making, entry)
        elif entry.role == "assessment":
            _criterion(making, entry)
            making.rows.add(_home(making, entry, loose), "ceasn:hasRubricCriterion", entry.node)


def _rubric(making: Making, entry: Entry) -> None:
    rows, node, outline = making.rows, entry.node, making.outline
    rows.type(node, "ceasn:Rubric")
    rows.add(node, "ceterms:ctid", ctid(entry.iri))
    names = words.by_language(tagged(entry.texts("rdfs:label"), outline))
    rows.add(node, "ceasn:name", *names)
    notes = [t for item in (entry, *entry.notes) for t in words.note_texts(item)]
    rows.add(node, "asn:hasScope", *tagged(words.by_language(notes), outline))
    rows.add(node, "ceasn:inLanguage", *languages(entry, outline, names))
    codes = [Literal(code) for code in words.codes(entry)]
    rows.add(node, "ceasn:codedNotation", *codes[:1])
    rows.add(node, "ceasn:altCodedNotation", *codes[1:])


def _home(making: Making, entry: Entry, loose: dict[str, Node]) -> Node:
    """Return the rubric of a criterion; one without an IRI is made where there is no group."""
    above = entry.parent
    if above is not None and role_of(above) == "assessments":
        return above.node
    key = above.iri if above is not None else ""
    if key not in loose:
        loose[key] = next(making.blanks)
        making.rows.type(loose[key], "ceasn:Rubric")
        title = above.texts("rdfs:label", "comp:text") if above is not None else []
        names = words.by_language(tagged(title, making.outline))
        making.rows.add(loose[key], "ceasn:name", *names)
    return loose[key]


def _criterion(making: Making, entry: Entry) -> None:
    rows, node, outline = making.rows, entry.node, making.outline
    rows.type(node, "ceasn:RubricCriterion")
    rows.add(node, "ceterms:ctid", ctid(entry.iri))
    names = words.by_language(tagged(entry.texts("rdfs:label"), outline))
    rows.add(node, "ceasn:name", *names)
    rows.add(node, "ceasn:description", *tagged(_texts(entry), outline))
    rows.add(node, "ceasn:codedNotation", *(Literal(code) for code in words.codes(entry)[:1]))
    rows.add(node, "ceasn:listID", *list_id(entry))
    for target in _targets(entry):
        _target(making, node, target)


def _benchmark(making: Making, entry: Entry) -> None:
    """Say what a criterion asks at a level; the links to it are kept as they came."""
    making.rows.type(entry.node, "ceasn:CriterionLevel")
    texts = tagged(entry.texts("comp:text"), making.outline)
    making.rows.add(entry.node, "ceasn:benchmarkText", *texts)


def _texts(entry: Entry) -> list[Literal]:
    """Return what a criterion says, with its notes behind it, one text for each language.

    What it says of a level is no note where that goes out by itself.
    """
    others = [note for note in entry.notes if role_of(note) != "benchmark"]
    apart = len(others) < len(entry.notes)
    texts = entry.texts("comp:text") if apart else words.definitions(entry)
    notes = [text for note in others for text in words.note_texts(note)]
    said = " ".join(texts)
    return words.by_language([*texts, *(text for text in notes if str(text) not in said)])


def _targets(entry: Entry) -> list[URIRef]:
    """Return what a criterion assesses: what it says, or the competency it stands under."""
    stated = list(dict.fromkeys(entry.links(*_TARGETS)))
    above = None if stated else nearest(entry)
    return stated if above is None else [URIRef(above.iri)]


def _target(making: Making, criterion: Node, iri: URIRef) -> None:
    rows, target = making.rows, next(making.blanks)
    rows.add(criterion, "ceterms:targetCompetency", target)
    rows.type(target, "ceterms:CredentialAlignmentObject")
    rows.add(target, "ceterms:targetNode", iri)
    rows.add(target, "ceterms:framework", making.outline.framework)
    entry = making.outline.entry(str(iri))
    if entry is not None:
        names = entry.texts("rdfs:label") or entry.texts("comp:text")
        rows.add(target, "ceterms:targetNodeName", *tagged(names, making.outline))
