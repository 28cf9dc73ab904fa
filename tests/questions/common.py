"""What the tests of the questions share: names, frameworks, and how answers are read."""

from __future__ import annotations

import pytest
from rdflib import RDFS, Graph

from competency._files import folder
from competency.graph import KnowledgeGraph
from competency.ontology import COMP, DEFAULT_BASE, shorten
from competency.sparql import (
    Rows,
    run_question,
)

NAMES = (
    "alignments",
    "assessed-criteria",
    "chains",
    "codes",
    "commitments",
    "coverage",
    "credits",
    "crosswalk",
    "duplicate-texts",
    "frameworks",
    "gaps",
    "inferred",
    "kinds",
    "knowledge",
    "legal-references",
    "level-indicators",
    "levels",
    "negative-indicators",
    "not-stated",
    "opposites",
    "outline",
    "refused",
    "repairs",
    "search",
    "sources",
    "to-review",
    "unassessed-criteria",
    "unheld",
    "who-else",
)
PARAMETERS: dict[str, list[tuple[str, str, str | None]]] = {
    "alignments": [("of", "iri", None)],
    "assessed-criteria": [("framework", "iri", None)],
    "chains": [("part", "iri", None)],
    "commitments": [("framework", "iri", None)],
    "coverage": [("of", "iri", None), ("by", "iri", None)],
    "crosswalk": [("left", "iri", None), ("right", "iri", None)],
    "gaps": [("of", "iri", None), ("by", "iri", None)],
    "inferred": [("framework", "iri", None)],
    "kinds": [("framework", "iri", None)],
    "knowledge": [("unit", "iri", None)],
    "level-indicators": [("framework", "iri", None), ("rank", "integer", None)],
    "levels": [("framework", "iri", None)],
    "negative-indicators": [("framework", "iri", None)],
    "not-stated": [("framework", "iri", None)],
    "opposites": [("framework", "iri", None)],
    "outline": [("of", "iri", None)],
    "repairs": [("framework", "iri", None)],
    "search": [("word", "text", "customer")],
    "unassessed-criteria": [("framework", "iri", None)],
    "who-else": [("part", "iri", None)],
}
HK, NOS, PUB, PWGSC, WCC = (
    "hkqf-111334L3",
    "nos-pss-spo109",
    "pub-cscf",
    "pwgsc-client-service",
    "wcc-behaviours",
)
RETAIL = "Competency Standards for the Retail Industry"
PORTS = "Provide support and information to customers"
CSCF = "Customer Service Competency Framework"
CLIENT = "Client Service Competency"
COUNCIL = "Worcestershire County Council behaviours"

every_question = pytest.mark.parametrize("name", NAMES)


def answer(graph: KnowledgeGraph, name: str, **values: str) -> Rows:
    found = run_question(graph, name, **values)
    assert isinstance(found, Rows)
    return found


def table(
    graph: KnowledgeGraph, name: str, columns: str, **values: str
) -> list[tuple[object, ...]]:
    """The rows of an answer: our own IRIs as paths below the base, those of terms with prefix."""
    rows = answer(graph, name, **values).to_dicts()
    return [tuple(short(row[column]) for column in columns.split()) for row in rows]


def short(value: object) -> object:
    if isinstance(value, str) and value.startswith(DEFAULT_BASE):
        return value.removeprefix(DEFAULT_BASE)
    return shorten(value) if isinstance(value, str) and "://" in value else value


def numbered(stem: str, last: int) -> list[str]:
    return [f"{stem}{number}" for number in range(1, last + 1)]


def home(iri: object) -> str:
    return str(iri).partition("/")[0]


def whole(graph: KnowledgeGraph) -> Graph:
    return graph.merged().parse(folder("ontology") / "competency.ttl", format="turtle")


def own(triples: str) -> KnowledgeGraph:
    """A framework called F with the triples that a test needs, and no more."""
    graph = KnowledgeGraph()
    prefixes = f"@prefix : <urn:x:> . @prefix comp: <{COMP}> . @prefix rdfs: <{RDFS}> ."
    graph.parse(f"{prefixes} :f a comp:Framework ; rdfs:label 'F'@en . {triples}")
    return graph
