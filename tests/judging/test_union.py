"""The union of the reports on all shards is the report on the whole, however the data are cut."""

from __future__ import annotations

import random

import pytest

from competency import KnowledgeGraph
from competency.graph import NamedGraph
from competency.graph.judging import own_rules
from competency.shapes import Report
from tests.bench.frameworks import Frameworks
from tests.judging.common import (
    Graphs,
    framework,
    graphs_of,
    in_shards,
    pairs,
    rows,
    scattered,
    shards_of,
    spoilt,
    whole,
)

HELPFUL = 'a comp:PositiveIndicator ; comp:text "Asks first."@en ; comp:wording comp:Reworded'
UNHELPFUL = 'a comp:NegativeIndicator ; comp:text "Shouts."@en ; comp:wording comp:Reworded'
GROUP = 'a comp:Group ; rdfs:label "Talking"@en'
SCALE = (
    'ex:scale a comp:LevelScale ; rdfs:label "Levels"@en ; comp:notStated comp:cumulative .\n'
    'ex:low a comp:Level ; rdfs:label "Low"@en ; comp:inScale ex:scale ; comp:rank 1 .\n'
)

# What stands in which graph, and the result that takes more than one of them to find.
ACROSS: dict[str, tuple[dict[str, str], tuple[str, str]]] = {
    "a helpful and an unhelpful part, matched by a third graph": (
        {
            "one": framework("one", f"a {HELPFUL}"),
            "two": framework("two", f"b {UNHELPFUL}"),
            "three": "ex:a skos:closeMatch ex:b .",
        },
        ("b", "MatchPolarity"),
    ),
    "a heading, matched by a third graph": (
        {
            "one": framework("one", f"a {GROUP}"),
            "two": framework("two", f"b {HELPFUL}"),
            "three": "ex:a skos:relatedMatch ex:b .",
        },
        ("a", "MatchKind"),
    ),
    "an alignment with a part that its framework lacks": (
        {
            "one": framework("one", f"a {HELPFUL}"),
            "two": "ex:m owl:annotatedSource ex:b ; sssom:subject_source ex:one .",
        },
        ("m", "AlignmentSource"),
    ),
    "two helpful parts in contrast": (
        {
            "one": framework("one", f"a {HELPFUL} ; comp:contrasts ex:b"),
            "two": framework("two", f"b {HELPFUL}"),
        },
        ("a", "ContrastPolarity"),
    ),
    "a cycle through two frameworks": (
        {
            "one": framework("one", f"a {GROUP}"),
            "two": framework("two", f"b {GROUP}"),
            "three": "ex:a comp:partOf ex:b . ex:b comp:partOf ex:a .",
        },
        ("a", "Cycle"),
    ),
    "a part that two graphs put into two frameworks": (
        {
            "one": framework("one", f"a {GROUP}"),
            "two": framework("two", f"b {GROUP}", more="ex:a comp:inFramework ex:two ."),
        },
        ("a", "PartFramework"),
    ),
    "a parent in another framework": (
        {
            "one": framework("one", f"a {GROUP}"),
            "two": framework("two", f"b {GROUP}", f"c {HELPFUL}") + "ex:c comp:partOf ex:a .",
        },
        ("c", "ParentElsewhere"),
    ),
    "a position that another graph takes as well": (
        {
            "one": framework("one", f"a {GROUP}"),
            "two": framework("one", f"b {GROUP}"),
        },
        ("b", "PositionTwice"),
    ),
    "a level of another scale": (
        {
            "one": SCALE,
            "two": 'ex:other a comp:LevelScale ; rdfs:label "Steps"@en .\n'
            'ex:high a comp:Level ; rdfs:label "High"@en ; comp:inScale ex:other ; comp:rank 2 ;'
            " comp:higherThan ex:low .",
        },
        ("high", "HigherThanElsewhere"),
    ),
    "a rank that another graph gives as well": (
        {
            "one": SCALE,
            "two": 'ex:more a comp:Level ; rdfs:label "More"@en ; comp:inScale ex:scale ;'
            " comp:rank 1 .",
        },
        ("more", "RankTwice"),
    ),
    "a requirement of another framework": (
        {
            "one": framework("one", f"a {HELPFUL}"),
            "two": framework(
                "two",
                'b a comp:AssessmentCriterion ; comp:text "Asked."@en ;'
                " comp:wording comp:Reworded ; comp:assesses ex:a",
            ),
        },
        ("b", "LinkElsewhere"),
    ),
    "a kind of one's own, whose class another graph describes": (
        {
            "one": framework("one", 'a a ex:Rule ; comp:text "Asks."@en', f"b {UNHELPFUL}"),
            "two": "ex:Rule rdfs:subClassOf comp:PositiveIndicator .",
            "three": framework("three", "c a ex:Rule ; comp:contrasts ex:a"),
        },
        ("c", "ContrastPolarity"),
    ),
    "lines beyond a source that another graph describes": (
        {
            "one": 'ex:one a comp:Framework ; rdfs:label "One"@en ; comp:source ex:book ;'
            ' comp:lines "12" .',
            "two": 'ex:book a comp:Source ; rdfs:label "Book"@en ; comp:lineCount 7 .',
        },
        ("one", "LinesBeyondSource"),
    ),
}

# What looks like a fault in graph one as long as graph two is not known.
SETTLED: dict[str, tuple[dict[str, str], tuple[str, str]]] = {
    "an organisation that another graph describes": (
        {
            "one": 'ex:code a comp:Code ; skos:notation "A" ; comp:issuedBy ex:body .',
            "two": 'ex:body a org:Organization ; rdfs:label "Body"@en .',
        },
        ("code", "OrganisationTyped"),
    ),
    "a level that another graph describes": (
        {
            "one": framework("one", 'a a comp:UnitOfCompetency ; rdfs:label "U"@en ;'
                             " comp:qualificationLevel ex:low"),
            "two": SCALE,
        },
        ("a", "LevelTyped"),
    ),
    "an alignment that the framework states": (
        {
            "one": "ex:x a comp:Alignment ; owl:annotatedSource ex:a ;"
            " owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget ex:b .",
            "two": framework("one", f"a {HELPFUL} ; skos:closeMatch ex:b"),
        },
        ("x", "AlignmentStated"),
    ),
    "a contrast with a part that only an alignment names": (
        {
            "one": framework("one", f"a {HELPFUL} ; comp:contrasts ex:far"),
            "two": "ex:x owl:annotatedTarget ex:far .",
        },
        ("far", "ContrastKind"),
    ),
    "parts that another graph adds": (
        {"one": framework("one"), "two": f"ex:a {GROUP} ; comp:inFramework ex:one ."},
        ("one", "FrameworkParts"),
    ),
    "a level below, known from another graph": (
        {
            "one": 'ex:top a comp:Level ; rdfs:label "Top"@en ; comp:inScale ex:scale .',
            "two": SCALE + "ex:low comp:higherThan ex:top .",
        },
        ("top", "LevelOrder"),
    ),
    "a term of one's own that another graph defines": (
        {
            "one": framework("one", f"a {GROUP} ; comp:colour 'red'"),
            "two": "comp:colour rdfs:isDefinedBy <https://w3id.org/competency/ns> .",
        },
        ("a", "UnknownProperty"),
    ),
    "a kind of comp: that another graph defines": (
        {
            "one": framework("one", f"a {GROUP} ; a comp:Hat"),
            "two": "comp:Hat rdfs:isDefinedBy <https://w3id.org/competency/ns> .",
        },
        ("a", "UnknownClass"),
    ),
    "an indicator of a level, in another graph": (
        {
            "one": framework("one", 'a a comp:CompetencyLevel ; rdfs:label "A"@en'),
            "two": f"ex:b {HELPFUL} ; comp:partOf ex:a ; comp:inFramework ex:one .",
        },
        ("a", "CompetencyLevelContent"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACROSS)
def test_a_fault_between_graphs_is_found_in_shards(name: str) -> None:
    texts, fault = ACROSS[name]
    graphs = graphs_of(**texts)
    report = in_shards(graphs)
    assert fault in pairs(report)
    assert rows(report) == rows(whole(graphs)) and report == whole(graphs)


@pytest.mark.parametrize("name", ACROSS)
def test_it_takes_the_other_graphs_to_find_it(name: str) -> None:
    texts, fault = ACROSS[name]
    alone = [whole({graph_name: graph}) for graph_name, graph in graphs_of(**texts).items()]
    assert all(fault not in pairs(report) for report in alone)


@pytest.mark.parametrize("name", SETTLED)
def test_what_another_graph_settles_is_no_fault_in_shards(name: str) -> None:
    texts, fault = SETTLED[name]
    graphs = graphs_of(**texts)
    report = in_shards(graphs)
    assert fault not in pairs(report)
    assert rows(report) == rows(whole(graphs)) and report == whole(graphs)


@pytest.mark.parametrize("name", SETTLED)
def test_it_would_be_a_fault_without_the_other_graph(name: str) -> None:
    texts, fault = SETTLED[name]
    assert fault in pairs(whole(graphs_of(one=texts["one"])))


def test_a_part_of_two_frameworks_is_told_once_with_both_findings() -> None:
    text = framework("one", f"a {GROUP}") + framework("two", f"b {GROUP}")
    graphs = graphs_of(one=text, two="ex:a comp:inFramework ex:two ; comp:partOf ex:b .")
    report = in_shards(graphs)
    assert report == whole(graphs)
    assert rows(report) == rows(whole(graphs))


def test_the_same_statements_in_two_graphs_make_no_result_twice() -> None:
    text = framework("one", f"a {HELPFUL} ; comp:colour 'red'")
    graphs = graphs_of(one=text, two=text)
    assert rows(in_shards(graphs)) == rows(whole(graphs)) == rows(whole(graphs_of(one=text)))
    assert rows(in_shards(graphs))


def test_a_blank_node_that_two_graphs_share_is_one_node() -> None:
    import pyoxigraph as ox

    text = b"""
        <urn:g> { <urn:p> <https://w3id.org/competency/ns#code> _:c . }
        <urn:h> { _:c a <https://w3id.org/competency/ns#Code> . }"""
    found: dict[str, list[ox.Triple]] = {}
    for quad in ox.parse(text, format=ox.RdfFormat.TRIG):
        found.setdefault(str(quad.graph_name), []).append(quad.triple)
    graphs = {name.strip("<>"): NamedGraph(name.strip("<>"), rows) for name, rows in found.items()}
    report = in_shards(graphs)
    assert "CodeTyped" not in {shape for _, shape in pairs(report)}
    assert rows(report) == rows(whole(graphs))


# ------------------------------------------------------------------ many graphs


@pytest.fixture(scope="module")
def made() -> Graphs:
    """Return seven frameworks with one fault of every kind."""
    return {graph.name: graph for graph in Frameworks(15_000, faults=37).graphs()}


@pytest.fixture(scope="module")
def told(made: Graphs) -> Report:
    """Return the report on them at once."""
    return whole(made)


def test_made_frameworks_are_judged_in_shards_as_they_are_whole(made: Graphs, told: Report) -> None:
    report = in_shards(made)
    found = {(result.focus, result.shape.rpartition("#")[2]) for result in report}
    assert found == Frameworks(15_000, faults=37).expected()
    assert rows(report) == rows(told)


def test_a_shard_has_little_that_is_not_its_own(made: Graphs) -> None:
    shards = shards_of(made).values()
    own = sum(len(graph.triples) for graph in made.values())
    assert sum(len(shard.context) for shard in shards) < own / 5


def test_shards_without_their_context_would_say_something_else(made: Graphs, told: Report) -> None:
    alone = [pairs(whole({name: graph})) for name, graph in made.items()]
    assert set().union(*alone) != pairs(told)


def test_the_shipped_frameworks_with_faults_are_judged_in_shards_as_whole(
    shipped: KnowledgeGraph,
) -> None:
    graphs = {
        graph.name: NamedGraph(graph.name, spoilt(graph.triples, 0.05, seed))
        for seed, graph in enumerate(shipped.graphs())
    }
    assert len(whole(graphs)) > 100
    assert rows(in_shards(graphs)) == rows(whole(graphs))


@pytest.mark.parametrize("by", ["chance", "subject", "property", "object"])
def test_the_same_data_cut_in_any_other_way_are_judged_the_same(
    shipped: KnowledgeGraph, by: str
) -> None:
    some = [graph for graph in shipped.graphs() if len(graph.triples) < 500]
    triples = spoilt((t for graph in some for t in graph.triples), 0.06, len(by))
    graphs = scattered(triples, 4, by, seed=7)
    assert len(whole(graphs)) > 40
    assert rows(in_shards(graphs)) == rows(whole(graphs))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(16))
def test_any_spoilt_data_cut_in_any_way_are_judged_the_same(
    shipped: KnowledgeGraph, made: Graphs, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    pool = [*made.values()] if seed % 4 == 0 else [*shipped.graphs()]
    triples = (triple for graph in chance.sample(pool, 2) for triple in graph.triples)
    by = chance.choice(["chance", "subject", "property", "object"])
    spoilt_ones = spoilt(triples, chance.choice([0.02, 0.05, 0.1, 0.3]), seed)
    graphs = scattered(spoilt_ones, chance.choice([2, 3, 5, 9]), by, seed)
    assert rows(in_shards(graphs)) == rows(whole(graphs))


@pytest.mark.slow
def test_a_hundred_thousand_triples_with_faults_are_told_exactly() -> None:
    made = Frameworks(100_000, faults=190)
    graph = KnowledgeGraph()
    graph.add(*made.graphs())
    report = graph.validate()
    found = [(result.focus, result.shape.rpartition("#")[2]) for result in report]
    assert len(found) == len(set(found)) and set(found) == made.expected()
    assert len(found) >= 190


def test_a_place_is_told_by_what_other_graphs_say_of_it() -> None:
    graphs = graphs_of(
        one=framework("one", f"a {HELPFUL} ; comp:wording comp:Copied"),
        two='ex:one dcterms:title "Known as this"@en . ex:one comp:partOf ex:above .',
        three='ex:above skos:prefLabel "Far above"@en . ex:top comp:occurrence ex:above .',
        four='ex:top skos:notation "T 1" .',
    )
    alone = graphs_of(one=framework("one", f"a {HELPFUL} ; comp:wording comp:Copied"))
    [told] = [result for result in in_shards(graphs) if "WordingKnown" in result.shape]
    [before] = [result for result in in_shards(alone) if "WordingKnown" in result.shape]
    assert told.place == ("T 1", "Far above", "one") and before.place == ("one",)
    assert in_shards(graphs) == whole(graphs)


def test_no_shape_of_ours_has_to_look_at_all_data_at_once() -> None:
    assert own_rules().reading.whole == set()
