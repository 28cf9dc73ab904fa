"""Frameworks and parts as read-only views: what pages, messages and notebooks show."""

from __future__ import annotations

from competency import Framework, KnowledgeGraph, Part
from tests.conftest import PREFIXES

SMALL = (
    PREFIXES
    + """
ex:f a comp:Framework ; rdfs:label "Rahmen"@de , "Framework"@en , "Cadre"@fr .
ex:u a comp:UnitOfCompetency ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 2 ;
    rdfs:label "Weld"@en ; comp:code ex:k . ex:k a comp:Code ; skos:notation "W1" ; comp:issuedBy ex:o .
ex:o a org:Organization ; rdfs:label "Welders"@en .
ex:g a comp:Group ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 1 ; rdfs:label "First"@en .
ex:n a comp:NegativeIndicator ; comp:inFramework ex:f ; comp:partOf ex:g ; comp:position 1 ;
    comp:text "<b>Shouts</b>"@en ; comp:enumeration "1" .
"""
)


def small() -> KnowledgeGraph:
    graph = KnowledgeGraph()
    graph.parse(SMALL)
    return graph


def test_parts_come_in_order_of_position_and_know_their_place() -> None:
    framework = small().framework("https://example.org/f")
    assert [part.title for part in framework.parts] == ["First", "Weld"]
    leaf = framework.parts[0].parts[0]
    assert [item.title for item in leaf.ancestors] == ["Framework", "First"]
    assert leaf.leaf and leaf.is_negative and leaf.parent == framework.parts[0]


def test_a_text_is_given_in_the_language_asked_for_or_the_nearest() -> None:
    framework = small().framework("https://example.org/f")
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    from rdflib import URIRef

    assert framework.in_language(URIRef(label), "fr-CA") == "Cadre"
    assert framework.in_language(URIRef(label), "ja") == "Rahmen"
    assert framework.title == "Framework"


def test_a_code_comes_with_the_body_that_issued_it_and_a_number_stands_in_for_none() -> None:
    graph = small()
    assert graph.resource("https://example.org/u").codes == [("W1", "Welders")]
    assert graph.resource("https://example.org/n").code == "1"
    assert repr(graph.resource("https://example.org/u")) == "<unit of competency W1 'Weld'>"


def test_kinds_are_counted_with_the_kinds_below_them() -> None:
    framework = small().framework("https://example.org/f")
    assert framework.count("Indicator") == framework.count("NegativeIndicator") == 1
    assert framework.count("PositiveIndicator") == 0


def test_views_for_notebooks_escape_what_they_show() -> None:
    graph = small()
    shown = graph.resource("https://example.org/n")._repr_html_()
    assert "&lt;b&gt;" in shown and "<b>" not in shown
    assert "1 frameworks" in graph._repr_html_()


def test_a_cycle_of_parts_does_not_hang() -> None:
    graph = KnowledgeGraph()
    graph.parse(
        PREFIXES
        + "ex:f a comp:Framework . ex:a a comp:Group ; comp:inFramework ex:f ; comp:partOf ex:b ."
        "ex:b a comp:Group ; comp:inFramework ex:f ; comp:partOf ex:a ."
    )
    part = graph.resource("https://example.org/a")
    assert isinstance(part, Part)
    assert len(part.ancestors) <= 2
    assert [item.iri for item in part.walk()] == ["https://example.org/b"]


def test_things_that_are_no_parts_are_resources(shipped: KnowledgeGraph) -> None:
    source = shipped.resource("pub-cscf/source")
    assert not isinstance(source, Framework | Part)
    assert source.number("lineCount") == 39
