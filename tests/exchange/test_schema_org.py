"""schema.org: sets and terms; unhelpful behaviours are named so and in no list of what is asked."""

from __future__ import annotations

from competency import KnowledgeGraph
from competency.exchange import PROFILES, view
from tests.exchange.common import EX, asks, seen, values

SCHEMA = PROFILES[2]
TERM, SET = "https://schema.org/DefinedTerm", "https://schema.org/DefinedTermSet"


def test_a_framework_is_a_set_and_a_part_with_parts_is_term_and_set() -> None:
    graph = seen("schema")
    assert values(graph, "f", "rdf:type") == [SET]
    assert values(graph, "f", "schema:hasDefinedTerm") == [EX + "unit"]
    assert values(graph, "f", "schema:inLanguage") == ["en", "fr"]
    assert values(graph, "f", "schema:datePublished") == ["2020"]
    assert values(graph, "f", "schema:publisher") == [EX + "guild"]
    assert "Only some of the framework is held." in values(graph, "f", "schema:description")
    assert values(graph, "unit", "rdf:type") == [TERM, SET]
    assert values(graph, "unit", "schema:termCode") == ["BK.1", "X 1"]
    assert values(graph, "unit", "schema:hasDefinedTerm") == [EX + n for n in ("ac", "list", "top")]
    assert values(graph, "knead", "schema:inDefinedTermSet") == [EX + "f", EX + "list"]
    assert values(graph, "knead", "schema:description") == ["You must be able to: knead by hand"]


def test_an_unhelpful_behaviour_is_named_as_one_and_listed_nowhere_else() -> None:
    graph = seen("schema")
    assert values(graph, "burn", "schema:name") == ["Unhelpful behaviour: Burns the bread."]
    assert values(graph, "burn", "schema:additionalType")[0].endswith("#NegativeIndicator")
    assert values(graph, "burn", "schema:inDefinedTermSet") == [EX + "bad"]
    assert values(graph, "bad", "rdf:type") == [SET]
    assert values(graph, "bad", "schema:hasDefinedTerm") == [EX + "burn"]
    assert values(graph, "shout", "schema:inDefinedTermSet") == []


def test_no_set_of_what_is_asked_for_holds_an_unhelpful_behaviour(shipped: KnowledgeGraph) -> None:
    found = view(shipped, "wcc-behaviours", SCHEMA)
    negative = "?x schema:additionalType <https://w3id.org/competency/ns#NegativeIndicator> ."
    assert asks(found, negative)
    assert not asks(found, negative + "?s schema:hasDefinedTerm ?x ; a schema:DefinedTerm")
    assert not asks(found, negative + "?x schema:name ?n FILTER(!STRSTARTS(?n, 'Unhelpful'))")
    assert not asks(found, "?x a schema:DefinedTerm FILTER NOT EXISTS { ?x schema:name ?n }")


def test_codes_come_with_the_name_of_their_body() -> None:
    graph = seen("schema")
    assert values(graph, "a-code", "schema:value") == ["X 1"]
    assert values(graph, "a-code", "schema:propertyID") == ["Others"]


def test_a_scale_is_a_set_of_levels() -> None:
    graph = seen("schema", "scale")
    assert values(graph, "scale", "rdf:type") == [SET]
    assert values(graph, "scale", "schema:hasDefinedTerm") == [EX + "master", EX + "novice"]
    assert values(graph, "master", "schema:termCode") == ["2"]
