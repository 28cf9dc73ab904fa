"""SKOS in: which of our classes a concept is of."""

from __future__ import annotations

from rdflib import Literal
from rdflib.term import Node

from competency.exchange.case.kinds import kind_of_iri, kind_of_label
from competency.exchange.skos.statements import Statements
from competency.ontology import COMP

# What a concept of others cannot be by a word alone: it would need a level, or is no part.
_NEEDS_MORE = ("Level", "LevelScale", "CompetencyLevel", "Part", "Statement", "Indicator")


def kind_of(statements: Statements, concept: Node) -> str | None:
    """Return the local name of our class that a concept says it is of, or None.

    A class of ours counts (dcterms:type, or as a type), and a word that names one, such as
    "Negative indicator": what is unhelpful must not be read as something to be good at.
    """
    for name in ("rdf:type", "dcterms:type"):
        for value in statements.values(concept, name):
            kind = None if isinstance(value, Literal) else kind_of_iri(str(value))
            if kind and kind not in _NEEDS_MORE[:2]:
                statements.take(concept, name, value)
                return kind
    for value in statements.values(concept, "dcterms:type"):
        kind = kind_of_label(str(value)) if isinstance(value, Literal) else None
        if kind and kind not in _NEEDS_MORE:
            return kind
    return None


def is_framework(statements: Statements, scheme: Node) -> bool:
    """Say whether a scheme says that it is a framework of ours, as in the files we write."""
    return COMP.Framework in statements.values(scheme, "dcterms:type")


def is_typed_by_us(statements: Statements, concept: Node) -> bool:
    """Say whether a concept has a class of ours as its type, as in the files we write."""
    values = statements.values(concept, "dcterms:type")
    return any(kind_of_iri(str(value)) for value in values if not isinstance(value, Literal))
