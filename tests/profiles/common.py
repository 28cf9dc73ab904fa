"""What the tests of the profiles share: small data, and which rules found something."""

from __future__ import annotations

from competency import KnowledgeGraph
from competency.checking.profiles import compiled_profile, subject_data
from competency.ontology import SHAPES_IRI
from competency.shapes import Report, Result, validate
from tests.conftest import PREFIXES

HEAD = (
    PREFIXES
    + """
@prefix ceasn: <https://purl.org/ctdlasn/terms/> .
@prefix ceterms: <https://purl.org/ctdl/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
)
EX = "https://example.org/"


def loaded(turtle: str) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    graph.parse(HEAD + turtle)
    return graph


def report_of(graph: KnowledgeGraph, profile: str) -> Report:
    return validate(subject_data(graph, profile), shapes=compiled_profile(profile))


def name_of(result: Result) -> str:
    """Return the local name of the rule that gave a result."""
    return result.shape.removeprefix(SHAPES_IRI + "#")


def found(turtle: str, profile: str) -> set[str]:
    """Return the names of all rules of a profile that found something."""
    return {name_of(result) for result in report_of(loaded(turtle), profile)}


def results(turtle: str, profile: str, rule: str) -> list[Result]:
    """Return what one rule found."""
    return [result for result in report_of(loaded(turtle), profile) if name_of(result) == rule]
