"""The standard report in Turtle and JSON-LD: it reads back as what was found."""

from __future__ import annotations

import json
from dataclasses import astuple

import pytest
from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from competency.shapes import Report
from competency.shapes.finding import Finding, read_report, report_graph
from competency.shapes.paths import Path, Step, Steps
from competency.shapes.reports import write_report
from competency.shapes.reports.steady import steady
from tests.reports.common import COMP, faulty, faulty_by_others, read, report, result

LABEL, LINES = URIRef("http://www.w3.org/2000/01/rdf-schema#label"), URIRef(COMP + "lines")
PATHS: list[Path] = [
    LABEL,
    Steps(Step.sequence, (LABEL, LINES)),
    Steps(Step.alternative, (LABEL, Steps(Step.inverse, (LINES,)))),
    Steps(Step.inverse, (Steps(Step.sequence, (LABEL, LINES)),)),
    Steps(Step.zero_or_more, (LABEL,)),
    Steps(Step.one_or_more, (LABEL,)),
    Steps(Step.zero_or_one, (LABEL,)),
]
VALUES = [
    Literal("a\n\"b\"\t\\ \x07 \u00e9 'c'"),
    Literal("Prüfung", lang="de-AT"),
    Literal("007", datatype=XSD.integer),
    Literal("1.50", datatype=XSD.decimal),
    Literal("1", datatype=XSD.boolean),
    Literal("true", datatype=XSD.boolean),
    Literal("soon", datatype=XSD.date),
    Literal("x", datatype=URIRef("https://example.org/own")),
    URIRef("https://example.org/über?a=1&b=(2)"),
    URIRef("sh:not-a-prefix"),
    URIRef(COMP + "-x"),
    BNode("b1"),
]


def reported(**said: object) -> Report:
    usual: dict[str, object] = {
        "focus": URIRef("https://example.org/f"),
        "shape": URIRef("https://example.org/s"),
        "component": SH.MinCountConstraintComponent,
        "severity": SH.Violation,
    }
    return report(result(1, findings=(Finding(**(usual | said)),)))  # type: ignore[arg-type]


def findings(found: Report) -> list[tuple[object, ...]]:
    """Return what was found, blank nodes without their ids."""
    return bare(item for one in steady(found) for item in one.findings)


def bare(found: object) -> list[tuple[object, ...]]:
    rows = (
        (f.focus, f.shape, f.component, f.severity, f.path, f.value, f.messages, f.constraint)
        for f in found  # type: ignore[attr-defined]
    )
    return sorted(
        (tuple("_" if isinstance(term, BNode) else term for term in row) for row in rows), key=repr
    )


SYNTAXES = pytest.mark.parametrize("syntax", ["turtle", "jsonld"])


@SYNTAXES
@pytest.mark.parametrize("path", PATHS, ids=repr)
def test_every_kind_of_path_reads_back(syntax: str, path: Path) -> None:
    found = reported(path=path)
    assert bare(read_report(read(write_report(found, syntax), syntax))) == findings(found)


@SYNTAXES
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_every_kind_of_value_reads_back_letter_for_letter(
    syntax: str, value: Literal | URIRef | BNode
) -> None:
    found = reported(value=value, messages=(Literal("Nein.", lang="de"), Literal("No.")))
    assert bare(read_report(read(write_report(found, syntax), syntax))) == findings(found)


@SYNTAXES
@pytest.mark.parametrize("make", [faulty, faulty_by_others])
def test_a_report_reads_back_as_what_was_found(syntax: str, make: object) -> None:
    found: Report = make()  # type: ignore[operator]
    graph = read(write_report(found, syntax), syntax)
    assert bare(read_report(graph)) == findings(found)
    assert isomorphic(graph, report_graph(f for one in found for f in one.findings))


@SYNTAXES
def test_a_report_of_nothing_conforms(syntax: str) -> None:
    graph = read(write_report(Report(()), syntax), syntax)
    assert set(graph.objects(None, SH.conforms)) == {Literal(True)}
    assert (None, RDF.type, SH.ValidationReport) in graph and read_report(graph) == ()


@SYNTAXES
def test_a_result_that_came_from_no_engine_is_in_the_standard_report_too(syntax: str) -> None:
    graph = read(write_report(report(result(1, value="x")), syntax), syntax)
    [found] = read_report(graph)
    assert astuple(found)[:2] == (
        URIRef("https://example.org/welding/1"),
        URIRef("https://w3id.org/competency/shapes#PartPosition"),
    )
    assert (found.severity, str(found.value)) == (SH.Violation, "x")


def test_the_turtle_has_short_names_and_only_the_prefixes_it_uses() -> None:
    text = write_report(faulty(), "turtle")
    heads = [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")]
    assert heads == ["comp:", "compsh:", "rdfs:", "sh:"] or heads == ["compsh:", "rdfs:", "sh:"]
    assert "sh:sourceShape compsh:FrameworkTitle ;" in text


def test_an_iri_with_signs_that_turtle_forbids_is_escaped() -> None:
    text = write_report(reported(value=URIRef("https://example.org/a b<c>")), "turtle")
    assert "<https://example.org/a\\u0020b\\u003Cc\\u003E>" in text


def test_the_json_ld_reads_as_plain_json_and_names_no_context_elsewhere() -> None:
    document = json.loads(write_report(faulty(), "jsonld"))
    assert document["type"] == "sh:ValidationReport" and document["conforms"] is False
    assert isinstance(document["@context"], dict)
    [title] = (r for r in document["result"] if r["sourceShape"] == "compsh:FrameworkTitle")
    assert title["resultPath"] == "rdfs:label"
    assert title["resultMessage"] == {"@language": "en", "@value": "The framework has no title."}
    assert title["resultSeverity"] == "sh:Violation"


def test_the_graph_of_a_report_is_what_its_turtle_says() -> None:
    found = faulty()
    assert isomorphic(Graph().parse(data=write_report(found, "turtle")), found.graph)
