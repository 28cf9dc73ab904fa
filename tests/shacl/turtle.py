"""Small graphs written as Turtle, with the prefixes that tests of shapes use."""

from __future__ import annotations

from rdflib import Graph

from competency.shapes.engine import Data, compile_shapes, find
from competency.shapes.finding import Finding

PREFIXES = """
@prefix comp: <https://w3id.org/competency/ns#> .
@prefix compsh: <https://w3id.org/competency/shapes#> .
@prefix ex: <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def graph_of(turtle: str) -> Graph:
    """Return what Turtle says."""
    return Graph(bind_namespaces="none").parse(data=PREFIXES + turtle, format="turtle")


def found_in(data: str, shapes: str) -> tuple[Finding, ...]:
    """Return what shapes find in data, both Turtle."""
    return find(Data.of_graph(graph_of(data)), compile_shapes(graph_of(shapes)))


def values_in(data: str, shapes: str) -> list[str]:
    """Return the values at fault, sorted."""
    return sorted(str(finding.value) for finding in found_in(data, shapes))
