"""The rules: what each of them gives, and what none of them ever does."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from competency import KnowledgeGraph
from competency.errors import GraphRefused
from competency.graph import NamedGraph
from competency.graph.reasoning import (
    infer,
    inferred_name,
    refuse_inferred,
    refuse_names,
    rules,
    stated_name,
)
from tests.reasoning.common import HEAD, follows, graph_of, short

# For each rule a small graph, and among what follows what this rule gives.
EXAMPLES = {
    "domains": ("ex:a comp:enumeration '1' .", {"ex:a a comp:Part"}),
    "ranges": ("ex:a comp:atLevel ex:l .", {"ex:l a comp:Level", "ex:a a comp:Part"}),
    "inverses": (
        "ex:a comp:partOf ex:b ; skos:broadMatch ex:c . ex:d comp:hasPart ex:e .",
        {
            "ex:b comp:hasPart ex:a",
            "ex:e comp:partOf ex:d",
            "ex:c skos:narrowMatch ex:a",
        },
    ),
    "symmetric": (
        "ex:a skos:exactMatch ex:b ; skos:closeMatch ex:c ; comp:contrasts ex:d .",
        {"ex:b skos:exactMatch ex:a", "ex:c skos:closeMatch ex:a", "ex:d comp:contrasts ex:a"},
    ),
    "superproperties": (
        "ex:a comp:inFramework ex:f ; comp:lines '1-2' ; comp:repeats ex:b ; comp:code ex:c .",
        {
            "ex:a schema:inDefinedTermSet ex:f",
            "ex:a ceasn:isPartOf ex:f",
            'ex:a comp:locator "1-2"',
            "ex:a comp:assesses ex:b",
            "ex:a adms:identifier ex:c",
        },
    ),
    "superclasses": (
        "ex:u a comp:UnitOfCompetency . ex:n a comp:NegativeIndicator .",
        {
            "ex:u a comp:Competency",
            "ex:u a comp:Part",
            "ex:u a ceasn:Competency",
            "ex:u a schema:DefinedTerm",
            "ex:n a comp:Indicator",
            "ex:n a comp:Statement",
            "ex:n a comp:Part",
        },
    ),
    "framework-of-a-part": (
        "ex:f a comp:Framework . ex:a comp:partOf ex:f . ex:b comp:partOf ex:a .",
        {"ex:a comp:inFramework ex:f", "ex:b comp:inFramework ex:f"},
    ),
}


def test_every_rule_has_an_example_here_and_its_words() -> None:
    assert {rule.name for rule in rules()} == set(EXAMPLES)
    for rule in rules():
        assert rule.title != rule.name
        assert rule.description
        assert rule.axiom
        assert re.search(r"^CONSTRUCT", rule.text, re.MULTILINE)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_rule_gives_what_its_example_says(name: str) -> None:
    turtle, expected = EXAMPLES[name]
    assert expected <= follows(turtle)
    assert infer(graph_of(turtle)).counts[name] > 0


def test_rules_feed_each_other_until_nothing_is_new() -> None:
    found = follows("ex:a comp:partOf ex:f . ex:f a comp:Framework .")
    assert {
        "ex:f comp:hasPart ex:a",
        "ex:f dcterms:hasPart ex:a",
        "ex:a comp:inFramework ex:f",
        "ex:a schema:inDefinedTermSet ex:f",
        "ex:f a schema:DefinedTermSet",
    } <= found


def test_a_negative_indicator_is_never_something_desirable() -> None:
    found = follows(
        "ex:n a comp:NegativeIndicator ; comp:inFramework ex:f ; comp:partOf ex:f ; "
        "comp:contrasts ex:p . ex:p a comp:PositiveIndicator ."
    )
    assert not [line for line in found if re.match(r"ex:[np] a (ceasn|schema):", line)]


def test_what_is_within_something_is_left_to_paths() -> None:
    found = follows(
        "ex:a comp:partOf ex:b . ex:b comp:partOf ex:c . ex:x skos:exactMatch ex:y ."
        "ex:y skos:exactMatch ex:z ."
    )
    assert not [line for line in found if "comp:within" in line]
    assert "ex:x skos:exactMatch ex:z" not in found


def test_nothing_that_is_stated_follows() -> None:
    stated = graph_of(
        "ex:u a comp:UnitOfCompetency , comp:Competency ; comp:partOf ex:f ; comp:position 01 ."
        "ex:f comp:hasPart ex:u ."
    )
    found = infer(stated).graph
    assert not set(stated.triples) & set(found.triples)
    assert "ex:u a comp:Part" in {short(triple) for triple in found.triples}


def test_a_shipped_framework_states_nothing_that_follows_from_it(shipped: KnowledgeGraph) -> None:
    for graph in shipped.graphs():
        found = infer(graph)
        assert not set(graph.triples) & set(found.graph.triples)
        assert sum(found.counts.values()) == len(found.graph.triples)


def test_what_follows_is_the_same_each_time() -> None:
    turtle = EXAMPLES["superclasses"][0] + EXAMPLES["symmetric"][0]
    assert infer(graph_of(turtle)).graph.triples == infer(graph_of(turtle)).graph.triples


def test_from_what_follows_together_with_what_is_stated_nothing_new_follows(
    shipped: KnowledgeGraph,
) -> None:
    graph = shipped.named_graph(shipped.base + "wcc-behaviours")
    again = NamedGraph(graph.name, (*graph.triples, *infer(graph).graph.triples))
    assert infer(again).graph.triples == ()


def test_blank_nodes_stay_those_of_the_graph() -> None:
    stated = graph_of("ex:a comp:code [ skos:notation 'B1' ] .")
    code = next(t.object for t in stated.triples if isinstance(t.object, ox.BlankNode))
    found = infer(stated).graph.triples
    assert code in {triple.subject for triple in found}


def test_a_class_of_ones_own_counts_that_the_graph_itself_puts_below_ours() -> None:
    found = follows(
        "ex:Skill rdfs:subClassOf comp:Competency . ex:Knack owl:equivalentClass ex:Skill ."
        "ex:a a ex:Knack ."
    )
    assert {"ex:a a ex:Skill", "ex:a a comp:Competency", "ex:a a ceasn:Competency"} <= found


def test_axioms_of_another_graph_can_be_given() -> None:
    more = graph_of("ex:Skill rdfs:subClassOf comp:Competency .").triples
    found = infer(graph_of("ex:a a ex:Skill ."), more).graph.triples
    assert "ex:a a comp:Part" in map(short, found)
    assert "ex:a a comp:Part" not in follows("ex:a a ex:Skill .")


# ---------------------------------------------------------------------- framework of a part


def test_a_part_that_names_its_framework_keeps_it() -> None:
    found = follows("ex:f a comp:Framework . ex:a comp:partOf ex:f ; comp:inFramework ex:g .")
    assert "ex:a comp:inFramework ex:f" not in found


def test_the_top_part_of_an_excerpt_says_for_all_below_it_where_they_belong() -> None:
    found = follows("ex:b comp:partOf ex:a . ex:c comp:partOf ex:b . ex:a comp:inFramework ex:f .")
    assert {"ex:b comp:inFramework ex:f", "ex:c comp:inFramework ex:f"} <= found


def test_nothing_is_concluded_for_a_part_below_two_frameworks() -> None:
    found = follows(
        "ex:f a comp:Framework . ex:g a comp:Framework . ex:a comp:partOf ex:f , ex:g ."
    )
    assert not [line for line in found if "inFramework" in line]


def test_parts_that_are_below_each_other_lead_nowhere_and_do_not_go_on_for_ever() -> None:
    found = follows("ex:a comp:partOf ex:b . ex:b comp:partOf ex:a .")
    assert not [line for line in found if "inFramework" in line]


def test_a_long_chain_of_parts_ends_in_its_framework() -> None:
    chain = "".join(f"ex:p{n} comp:partOf ex:p{n - 1} ." for n in range(1, 400))
    found = follows(f"ex:f a comp:Framework . ex:p0 comp:partOf ex:f . {chain}")
    assert "ex:p399 comp:inFramework ex:f" in found


# ---------------------------------------------------------------------- names


@pytest.mark.parametrize(
    "name", ["https://example.org/f", "https://example.org/all#f", "urn:uuid:1", "tag:x,2026:f?a"]
)
def test_a_name_leads_there_and_back(name: str) -> None:
    assert ox.NamedNode(inferred_name(name)).value.count("#") == 1
    assert stated_name(inferred_name(name)) == name
    assert stated_name(name) is None


@pytest.mark.parametrize(
    "name",
    ["", "inferred", "#inferred", "https://example.org/inferred", "https://example.org/xinferred"],
)
def test_other_names_are_names_like_others(name: str) -> None:
    assert stated_name(name) is None


def test_no_part_of_the_shipped_frameworks_has_such_a_name(shipped: KnowledgeGraph) -> None:
    subjects = {iri for graph in shipped.graphs() for iri in graph.subjects}
    assert not [iri for iri in subjects if stated_name(iri)]


def test_a_graph_of_that_name_is_refused_with_what_it_stands_for() -> None:
    with pytest.raises(GraphRefused, match=r"stands for what follows from https://example\.org/f;"):
        refuse_names(["https://example.org/f#inferred"])


def test_a_thing_of_that_name_is_refused_in_the_graph_it_would_be_taken_for() -> None:
    with pytest.raises(GraphRefused, match="name that thing otherwise"):
        refuse_inferred([graph_of("<https://example.org/f#inferred> a comp:Note .")])
    refuse_inferred([graph_of("<https://example.org/other#inferred> a comp:Note .")])


def test_a_document_of_many_frameworks_is_inferred_graph_by_graph() -> None:
    graph = KnowledgeGraph()
    graph.parse(
        HEAD
        + "ex:f a comp:Framework . ex:g a comp:Framework ."
        + "ex:a comp:inFramework ex:f ; comp:partOf ex:f . ex:b comp:inFramework ex:g ."
    )
    in_f = {short(triple) for triple in graph.infer("https://example.org/f").triples}
    assert "ex:a ceasn:isPartOf ex:f" in in_f
    assert not [line for line in in_f if "ex:b" in line or "ex:g" in line]


def test_a_long_chain_of_classes_of_ones_own_is_followed_to_its_end() -> None:
    chain = "".join(f"ex:C{n} rdfs:subClassOf ex:C{n - 1} ." for n in range(1, 60))
    found = follows(f"{chain} ex:C0 rdfs:subClassOf comp:Note . ex:a a ex:C59 .")
    assert {"ex:a a ex:C0", "ex:a a comp:Statement"} <= found
