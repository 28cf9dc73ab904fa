"""Results for tests of reports, made by hand, and reports of small frameworks."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from rdflib import SH, Graph
from rdflib.plugins.parsers.jsonld import to_rdf

from competency._files import folder
from competency.ontology.terms import SHAPES_IRI
from competency.shapes import Location, Report, Result, Severity, load_shapes, validate
from competency.shapes.report import make_report

COMP = "https://w3id.org/competency/ns#"
PREFIXES = """
@prefix comp: <https://w3id.org/competency/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""
# One framework, two parts; four faults: no title, a level without rank, two codes without issuer.
FAULTY = (
    PREFIXES
    + """
ex:welding a comp:Framework ; dcterms:description "For welders."@en ; dcterms:language "en" ;
    comp:extent comp:Whole ; comp:source [ a comp:Source ; rdfs:label "Book"@en ; comp:lineCount 9 ] ;
    comp:notStated dcterms:publisher , dcterms:issued , dcterms:license .
ex:seam a comp:UnitOfCompetency ; rdfs:label "Weld seams"@en ; comp:inFramework ex:welding ;
    comp:partOf ex:welding ; comp:position 1 ; comp:lines "1" ;
    comp:code [ a comp:Code ; skos:notation "W1" ] , [ a comp:Code ; skos:notation "W2" ] .
ex:scale a comp:LevelScale ; rdfs:label "Levels"@en ; comp:cumulative true .
ex:master a comp:Level ; rdfs:label "Master"@en ; comp:inScale ex:scale .
"""
)
# Shapes of somebody else: without an IRI of their own, without a word of ours, with long paths.
OTHER_SHAPES = (
    PREFIXES
    + """
ex:Rule a sh:NodeShape ; sh:targetClass comp:Framework , comp:Code ;
    sh:property [ sh:path rdfs:label ; sh:minCount 1 ] ,
        [ sh:path ( comp:source rdfs:label ) ; sh:datatype xsd:string ] ,
        [ sh:path [ sh:inversePath [ sh:alternativePath ( comp:code comp:partOf ) ] ] ;
          sh:maxCount 0 ; sh:severity sh:Warning ] ,
        [ sh:path [ sh:zeroOrMorePath comp:partOf ] ; sh:maxCount 0 ; sh:severity sh:Info ] .
"""
)


# Those of our shapes that find the four faults, and no more.
OUR_SHAPES = [folder("shapes") / f"{name}.ttl" for name in ("framework", "level", "source")]


def result(number: int = 1, **said: Any) -> Result:
    """Return a result about a part of its own; ``said`` is what differs from the usual."""
    usual: dict[str, Any] = {
        "severity": Severity.violation,
        "focus": f"https://example.org/welding/{number}",
        "message": "The part has no place among its siblings.",
        "shape": f"{SHAPES_IRI}#PartPosition",
        "rule": "A part has exactly one position",
        "kind": "performance criterion",
        "code": str(number),
        "label": "Check the seam",
        "place": ("Standard for welders", "Prepare"),
        "path": COMP + "position",
        "fix": "Count the parts from 1: comp:position 3.",
        "component": str(SH.MinCountConstraintComponent),
        "location": Location("welding.ttl", 12 * number, 5),
    }
    return Result(**(usual | said))


def warning(number: int = 1, **said: Any) -> Result:
    """Return a warning about a part, by a rule that many may break."""
    usual = {
        "severity": Severity.warning,
        "shape": f"{SHAPES_IRI}#PartLocator",
        "rule": "A part says where it stands",
        "message": "It is not said where this stands in the source.",
        "fix": 'Add the lines: comp:lines "12-14".',
        "path": None,
    }
    return result(number, **(usual | said))


def report(*results: Result) -> Report:
    """Return the report of these results."""
    return make_report(results)


def graph_of(turtle: str = FAULTY) -> Graph:
    """Return a graph; the ids of its blank nodes are new each time."""
    return Graph().parse(data=turtle, format="turtle")


@cache
def faulty(run: int = 1) -> Report:
    """Return what our shapes find in the faulty framework; each run calls blank nodes otherwise."""
    return validate(graph_of(), shapes=load_shapes(*OUR_SHAPES))


@cache
def faulty_by_others(run: int = 1) -> Report:
    """Return what our shapes and those of somebody else find in it."""
    return validate(graph_of(), shapes=load_shapes(*OUR_SHAPES) + graph_of(OTHER_SHAPES))


def read(text: str, syntax: str) -> Graph:
    """Return the graph of a report in Turtle or JSON-LD."""
    graph = Graph()
    if syntax == "turtle":
        return graph.parse(data=text, format="turtle")
    to_rdf(json.loads(text), graph)
    return graph
