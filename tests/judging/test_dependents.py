"""When graphs change, the others whose reports alter are known without judging them all."""

from __future__ import annotations

import random

import pytest

from competency import KnowledgeGraph
from competency.graph import NamedGraph
from competency.graph.judging import own_rules
from competency.graph.judging.dependents import dependents
from competency.graph.judging.surroundings import around
from competency.ontology import ONTOLOGY_IRI
from tests.judging.common import (
    Graphs,
    framework,
    graphs_of,
    judged_alone,
    scattered,
    shards_of,
    spoilt,
)

ONE, TWO, THREE = (f"https://example.org/{name}" for name in ("one", "two", "three"))
HELPFUL = 'a comp:PositiveIndicator ; comp:text "Asks first."@en ; comp:wording comp:Reworded'
UNHELPFUL = 'a comp:NegativeIndicator ; comp:text "Shouts."@en ; comp:wording comp:Reworded'


def touched(before: Graphs, after: Graphs) -> set[str]:
    """Return the graphs that have to be judged again, but for those that change."""
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    others = {name: graph for name, graph in before.items() if name not in changed}
    old = {name: before[name] for name in changed & before.keys()}
    new = {name: after[name] for name in changed & after.keys()}
    return dependents(old, new, around(others), own_rules().reading)


def altered(before: Graphs, after: Graphs) -> set[str]:
    """Return the graphs that stay and whose reports alter, found out by judging all of them."""
    old, new = shards_of(before), shards_of(after)
    return {
        name
        for name in before.keys() & after.keys()
        if before[name] is after[name]
        and set(judged_alone(old[name])) != set(judged_alone(new[name]))
    }


def test_who_points_at_what_is_removed_is_judged_again() -> None:
    before = graphs_of(
        one=framework("one", f"a {HELPFUL} ; comp:contrasts ex:b"),
        two=framework("two", f"b {UNHELPFUL}"),
        three=framework("three", f"c {HELPFUL}"),
    )
    after = {name: graph for name, graph in before.items() if name != TWO}
    assert touched(before, after) == altered(before, after) == {ONE}


def test_both_ends_of_an_alignment_are_judged_again_when_it_is_added() -> None:
    before = graphs_of(
        one=framework("one", f"a {HELPFUL}"),
        two=framework("two", f"b {UNHELPFUL}"),
        three=framework("three", f"c {HELPFUL}"),
    )
    after = before | graphs_of(four="ex:a skos:closeMatch ex:b .")
    assert touched(before, after) == {ONE, TWO}
    assert altered(before, after) == {TWO}


def test_who_is_only_mentioned_beside_is_not_judged_again() -> None:
    shared = 'ex:body a org:Organization ; rdfs:label "Body"@en .'
    before = graphs_of(
        one=framework("one", more="ex:one dcterms:publisher ex:body ."),
        two=framework("two", more="ex:two dcterms:publisher ex:body ."),
        three=shared,
    )
    after = before | graphs_of(three=shared + "ex:body rdfs:seeAlso ex:page .")
    assert touched(before, after) == set()


def test_who_has_a_code_from_an_organisation_is_judged_again_when_it_goes() -> None:
    code = "ex:code a comp:Code ; skos:notation 'A' ; comp:issuedBy ex:body ."
    before = graphs_of(one=code, two='ex:body a org:Organization ; rdfs:label "Body"@en .')
    after = {ONE: before[ONE]}
    assert touched(before, after) == altered(before, after) == {ONE}


def test_what_another_graph_says_too_is_no_change() -> None:
    body = 'ex:body a org:Organization ; rdfs:label "Body"@en .'
    before = graphs_of(one="ex:code a comp:Code ; comp:issuedBy ex:body .", two=body, three=body)
    after = {name: before[name] for name in (ONE, TWO)}
    assert touched(before, after) == altered(before, after) == set()


def test_a_change_far_up_is_felt_through_what_stays_of_a_graph() -> None:
    above = framework("two", 'b a comp:Group ; rdfs:label "B"@en')
    lower = "ex:c a comp:Group ; rdfs:label 'C'@en ; comp:partOf ex:b ; comp:inFramework ex:two ."
    before = graphs_of(
        one="ex:a a comp:Group ; comp:partOf ex:c ; comp:inFramework ex:two .",
        two=above + lower,
    )
    after = before | graphs_of(two=above.replace('"B"', '"Other"') + lower)
    assert touched(before, after) == altered(before, after) == {ONE}


def test_who_uses_a_property_is_judged_again_when_it_is_defined() -> None:
    before = graphs_of(one=framework("one", more="ex:one comp:colour 'red' ."))
    after = before | graphs_of(two=f"comp:colour rdfs:isDefinedBy <{ONTOLOGY_IRI}> .")
    assert touched(before, after) == altered(before, after) == {ONE}


def test_who_uses_a_class_is_judged_again_when_it_is_described() -> None:
    before = graphs_of(one=framework("one", "a a ex:Rule"), two=framework("two"))
    after = before | graphs_of(three="ex:Rule rdfs:subClassOf comp:Descriptor .")
    assert touched(before, after) == altered(before, after) == {ONE}


def test_nothing_is_judged_again_when_nothing_changes() -> None:
    graphs = graphs_of(one=framework("one", f"a {HELPFUL}"), two="ex:a skos:closeMatch ex:b .")
    again = graphs_of(one=framework("one", f"a {HELPFUL}"))
    assert touched(graphs, graphs | again) == set()


@pytest.mark.parametrize("seed", range(4))
def test_no_graph_whose_report_alters_is_missed(shipped: KnowledgeGraph, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    some = [graph for graph in shipped.graphs() if len(graph.triples) < 300]
    triples = spoilt((t for graph in some for t in graph.triples), 0.03, seed)
    before = scattered(triples, 8, ["subject", "object", "property", "chance"][seed], seed)
    name = chance.choice(sorted(before))
    after = {other: graph for other, graph in before.items() if other != name}
    if seed % 2:
        after[name] = NamedGraph(name, spoilt(before[name].triples, 0.2, seed))
    found = altered(before, after)
    assert found <= touched(before, after)
    assert found or seed % 2, "the change alters nothing, so that nothing was tested"
