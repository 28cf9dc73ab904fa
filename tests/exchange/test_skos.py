"""SKOS: the integrity conditions of its Reference, both directions of every link, negatives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from competency import KnowledgeGraph
from competency.exchange import PROFILES, loss, view
from competency.graph import NamedGraph
from tests.conftest import PREFIXES
from tests.exchange.common import EX, asks, frameworks, seen, small, values

SKOS = PROFILES[1]
# What must not be there, by the number of the condition (SKOS Reference, 2009), or a habit of tools.
BROKEN = {
    "S9": "?x a skos:ConceptScheme , skos:Concept",
    "S13": "?x skos:prefLabel ?l ; skos:altLabel ?l",
    "S14": "?x skos:prefLabel ?a , ?b FILTER(?a != ?b && LCASE(LANG(?a)) = LCASE(LANG(?b)))",
    "S27": "?x skos:related ?y . ?x (skos:broader|^skos:narrower)+ ?y",
    "S37": "?x a skos:Concept . { ?x a skos:OrderedCollection } UNION { ?x a skos:Collection }",
    "S37 scheme": "?x a skos:ConceptScheme , skos:OrderedCollection",
    "S35": "?x skos:memberList ?a , ?b FILTER(?a != ?b)",
    "S36": "?c skos:memberList/<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>*"
    "/<http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ?m FILTER NOT EXISTS { ?c skos:member ?m }",
    "S46": "?x skos:exactMatch ?y . { ?x skos:broadMatch ?y } UNION { ?x skos:narrowMatch ?y }"
    " UNION { ?x skos:relatedMatch ?y }",
    "broader only": "?x skos:broader ?y FILTER NOT EXISTS { ?y skos:narrower ?x }",
    "narrower only": "?x skos:narrower ?y FILTER NOT EXISTS { ?y skos:broader ?x }",
    "top only": "?x skos:topConceptOf ?y FILTER NOT EXISTS { ?y skos:hasTopConcept ?x }",
    "related only": "?x skos:related ?y FILTER NOT EXISTS { ?y skos:related ?x }",
    "top with broader": "?x skos:topConceptOf ?s ; skos:broader ?y",
    "no scheme": "?x a skos:Concept FILTER NOT EXISTS { ?x skos:inScheme ?s }",
}


def broken(view_: NamedGraph) -> list[str]:
    return [name for name, pattern in BROKEN.items() if asks(view_, pattern)]


@pytest.mark.parametrize("name", ["f", "unit", "list", "burn", "bad", "scale", "master", "ac1"])
def test_the_integrity_conditions_hold_for_the_small_framework(name: str) -> None:
    assert broken(view(small(), EX + name, SKOS)) == []


def test_the_integrity_conditions_hold_for_the_shipped_frameworks(shipped: KnowledgeGraph) -> None:
    for framework in shipped.frameworks:
        found = view(shipped, framework.iri, SKOS)
        assert broken(found) == []
        assert not asks(found, "?x a skos:Concept FILTER NOT EXISTS { ?x skos:prefLabel ?l }")


def test_a_framework_is_a_scheme_and_its_parts_are_concepts() -> None:
    graph = seen("skos")
    assert values(graph, "f", "rdf:type") == ["http://www.w3.org/2004/02/skos/core#ConceptScheme"]
    assert values(graph, "f", "skos:hasTopConcept") == [EX + "unit"]
    assert values(graph, "unit", "skos:prefLabel") == ["Bake", "Cuire"]
    assert values(graph, "unit", "skos:altLabel") == ["Baking"]
    assert values(graph, "unit", "skos:notation") == ["BK.1", "X 1"]
    assert values(graph, "unit", "skos:definition") == ["To make bread of dough."]
    assert values(graph, "unit", "skos:scopeNote") == ["Bakers", "Range: In bakeries."]
    assert values(graph, "unit", "skos:note") == [
        "Credit: 3.50 (For Reference Only)",
        "Remark: left empty in the source",
    ]
    assert values(graph, "unit", "dcterms:bibliographicCitation") == ["The book, page 4, lines 1-3"]
    assert values(graph, "a-code", "adms:schemaAgency") == ["Others"]


def test_a_statement_is_its_own_label_and_is_defined_behind_its_lead_in() -> None:
    graph = seen("skos")
    assert values(graph, "knead", "skos:prefLabel") == ["knead by hand"]
    assert values(graph, "knead", "skos:definition") == ["You must be able to: knead by hand"]
    assert values(graph, "list", "skos:note") == ["You must be able to:"]
    assert "word for word" in values(graph, "knead", "skos:editorialNote")[0]


def test_an_unhelpful_behaviour_stands_in_a_collection_and_not_in_the_tree() -> None:
    graph = seen("skos")
    for name in ("burn", "shout"):
        assert values(graph, name, "skos:broader") == values(graph, name, "skos:topConceptOf") == []
        assert "Nobody ought to do it" in values(graph, name, "skos:scopeNote")[0]
    assert values(graph, "burn", "skos:prefLabel") == ["Unhelpful behaviour: Burns the bread."]
    assert values(graph, "shout", "skos:prefLabel")[0] == "Comportement à éviter : Crie."
    assert values(graph, "bad", "skos:member") == [EX + "burn"]
    assert values(graph, "bad", "dcterms:isPartOf") == [EX + "unit"]
    found = view(small(), EX + "f", SKOS)
    assert asks(found, f"?c skos:member <{EX}shout> ; skos:prefLabel 'Unhelpful behaviours'@en")


def test_no_negative_of_the_shipped_frameworks_is_below_or_above_anything(
    shipped: KnowledgeGraph,
) -> None:
    found = view(shipped, "wcc-behaviours", SKOS)
    pattern = "?x a skos:Concept ; skos:scopeNote ?n . FILTER(CONTAINS(?n, 'unhelpful')) "
    assert asks(found, pattern)
    for link in (
        "skos:broader",
        "skos:narrower",
        "^skos:broader",
        "^skos:narrower",
        "skos:topConceptOf",
    ):
        assert not asks(found, pattern + f"?x {link} ?y")


def test_order_is_a_list_of_members() -> None:
    graph = small()
    found = view(graph, EX + "list", SKOS)
    first, rest = (
        f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#{end}>" for end in ("first", "rest")
    )
    order = f"?c skos:memberList ?l . ?l {first} <{EX}knead> ; {rest}/{first} <{EX}yeast>"
    assert asks(found, order)


def test_levels_are_a_scheme_of_their_own_in_order() -> None:
    graph = seen("skos")
    assert values(graph, "scale", "skos:hasTopConcept") == [EX + "master", EX + "novice"]
    assert values(graph, "master", "skos:notation") == ["2"]
    assert values(graph, "top", "skos:related") == [EX + "master"]


def test_a_second_match_with_the_same_concept_is_left_out_and_said_to_be() -> None:
    graph = seen("skos")
    assert values(graph, "top", "skos:exactMatch") == ["https://example.com/x"]
    assert values(graph, "top", "skos:broadMatch") == []
    lost = {(item.part, item.property) for item in loss(small(), EX + "f", SKOS)}
    assert (EX + "top", "skos:broadMatch") in lost


def test_a_printed_number_that_two_parts_have_is_no_notation() -> None:
    graph = seen("skos")
    assert values(graph, "knead", "skos:notation") == []
    assert values(graph, "yeast", "skos:notation") == ["2"]


def test_two_titles_in_one_language_make_one_label_and_an_alternative() -> None:
    text = PREFIXES + 'ex:f a comp:Framework ; rdfs:label "A"@en , "B"@EN , "C" , 5 .'
    graph = seen("skos", graph=small(text))
    assert values(graph, "f", "skos:prefLabel") == ["5", "A"]
    assert values(graph, "f", "skos:altLabel") == ["B", "C"]


@settings(max_examples=40, deadline=None)
@given(frameworks())
def test_the_conditions_hold_for_any_framework_however_odd(text: str) -> None:
    graph = small(text)
    reached = {part.iri for part in graph.framework(EX + "f").walk()}
    found = view(graph, EX + "f", SKOS)
    assert broken(found) == []
    said = {str(subject) for subject in found.graph.subjects()}
    assert reached <= said | {item.part for item in loss(graph, EX + "f", SKOS)}
