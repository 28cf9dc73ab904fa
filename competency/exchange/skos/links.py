"""SKOS: how concepts hang together, both directions of every link."""

from __future__ import annotations

from rdflib import URIRef

from competency.exchange.entry import Entry
from competency.exchange.making import Making

# Parts that are concepts; all of them but the unhelpful ones stand in the tree.
_TREE = ("group", "competency", "level", "requirement", "assessment", "assessments")
CONCEPTS = (*_TREE, "negative")
_RELATED = ("comp:assesses", "comp:repeats", "comp:rewords", "comp:contrasts")
_LEVELS = ("comp:atLevel", "comp:qualificationLevel")
# A match that is in an earlier row forbids a later one to the same concept (S46, S27).
_MATCHES = ("skos:exactMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")


def links(making: Making, entry: Entry) -> None:
    """Say what a concept is below, related to and matched with."""
    if entry.role != "negative":
        _tree(making, entry)
    _related(making, entry)
    _matches(making, entry)


def concept_above(entry: Entry) -> Entry | None:
    """Return the nearest concept of the tree that a part stands under, or None at the top."""
    return next((item for item in entry.upwards() if item.role in _TREE), None)


def in_tree(entry: Entry) -> bool:
    """Say whether a part is a concept that has a place in the tree."""
    return entry.role in _TREE


def _tree(making: Making, entry: Entry) -> None:
    above, scheme = concept_above(entry), making.outline.framework
    if above is None:
        making.rows.add(entry.node, "skos:topConceptOf", scheme)
        making.rows.add(scheme, "skos:hasTopConcept", entry.node)
    else:
        making.rows.add(entry.node, "skos:broader", above.node)
        making.rows.add(above.node, "skos:narrower", entry.node)


def _related(making: Making, entry: Entry) -> None:
    """Say what a concept is related to, unless one stands under the other (S27)."""
    for name in _RELATED:
        for iri in entry.links(name):
            other = making.outline.entry(str(iri))
            if other is None or other.role not in CONCEPTS:
                making.lose(entry, name, "what it points at is no concept here")
            elif other in entry.upwards() or entry in other.upwards() or other is entry:
                making.lose(entry, name, "one stands under the other, which is more than related")
            else:
                _both(making, entry, iri)
    for name in _LEVELS:
        for iri in entry.links(name):
            level = making.outline.entry(str(iri))
            if level is None or level.role == "other":
                _both(making, entry, iri)
            else:
                making.lose(entry, name, "what it points at is a part, and no level")


def _both(making: Making, entry: Entry, other: URIRef) -> None:
    making.rows.add(entry.node, "skos:related", other)
    making.rows.add(other, "skos:related", entry.node)


def _matches(making: Making, entry: Entry) -> None:
    """Say the matches with other schemes, of several for one concept the closest only."""
    taken: set[URIRef] = set()
    for name in _MATCHES:
        for iri in entry.links(name):
            if iri in taken or _said_from_there(making, entry, iri, name):
                making.lose(entry, name, "SKOS allows no second match with the same concept")
            else:
                making.rows.add(entry.node, name, iri)
        taken |= set(entry.links(name))
    making.rows.add(entry.node, "skos:closeMatch", *entry.links("skos:closeMatch"))


def _said_from_there(making: Making, entry: Entry, iri: URIRef, name: str) -> bool:
    """Say whether the other concept has a closer match with this one, which forbids this one."""
    other = making.outline.entry(str(iri))
    closer = _MATCHES[:-1] if name == _MATCHES[-1] else _MATCHES[:1]
    return name != _MATCHES[0] and other is not None and entry.node in other.links(*closer)
