"""CASE, our graph, and CASE again: no difference; our graph, CASE, and our graph: the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from competency import KnowledgeGraph
from competency.exchange.case import read, write
from competency.exchange.exchange import Reading
from competency.exchange.imported import File
from competency.graph import NamedGraph
from competency.importing import parted
from tests.exchange.case.common import (
    Json,
    back,
    faults,
    file_of,
    item,
    packed,
    round_trip,
    schema,
    schema_faults,
    taken_in,
    the_graph,
)
from tests.exchange.case.packages import packages
from tests.exchange.frameworks import assert_same, frameworks, knowledge
from tests.exchange.many import LARGER, many

# A package is a large value: it is not made smaller for hours where a test fails.
CALM = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
SAMPLES = (
    "compeito-opencase-v1p1-rubrics-ja",
    "opensalt-EmptyExternalFramework",
    "opensalt-ItemTypeTestFramework",
    "opensalt-Ordering",
    "opensalt-SmartLevelFramework",
    "opensalt-Utf8TestFramework",
)


def sample(shared: Path, name: str) -> bytes:
    return (shared / "samples" / "case" / f"{name}.json").read_bytes()


# ------------------------------------------------------------------ CASE, graph, CASE


@settings(CALM, max_examples=12)
@given(packages())
def test_any_package_comes_back_without_a_difference(package: Json) -> None:
    assert not round_trip(package)


@settings(CALM, max_examples=6)
@given(packages(odd=False))
def test_a_package_of_the_standard_comes_back_with_every_moment_of_change(package: Json) -> None:
    assert not round_trip(package, moments=True)


@settings(CALM, max_examples=3)
@given(packages(odd=False))
def test_a_package_of_the_standard_becomes_a_valid_framework(package: Json) -> None:
    assert not faults(the_graph(package))


@pytest.mark.slow
@settings(CALM, max_examples=200)
@given(packages())
def test_very_many_packages_come_back_without_a_difference(package: Json) -> None:
    assert not round_trip(package)


@pytest.mark.slow
@settings(CALM, max_examples=50)
@given(packages(odd=False))
def test_very_many_packages_of_the_standard_are_valid_and_keep_their_moments(package: Json) -> None:
    assert not round_trip(package, moments=True)
    assert not faults(the_graph(package))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_real_file_comes_back_without_a_difference(shared: Path, name: str) -> None:
    assert not round_trip(json.loads(sample(shared, name)), moments=True)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_real_file_becomes_a_valid_framework(shared: Path, name: str) -> None:
    (graph,) = read(
        File(f"{name}.json", sample(shared, name), "application/json"), Reading()
    ).graphs
    assert not faults(graph)


def test_going_round_twice_changes_nothing_more() -> None:
    value = packed([item(2, "Weld", CFItemType="Skill"), item(3, notes="Careful")])
    once = back(the_graph(value))
    assert back(the_graph(once)) == once


# ------------------------------------------------------------------ graph, CASE, graph


@settings(CALM, max_examples=8)
@given(frameworks())
def test_any_framework_comes_back_as_it_was(graph: NamedGraph) -> None:
    imported = taken_in(back(graph))
    assert_same(graph, imported.graphs[0])
    assert not imported.remarks


@pytest.mark.slow
def test_very_many_frameworks_come_back_as_they_were() -> None:
    for graph in many(LARGER):
        assert_same(graph, the_graph(back(graph)))


@settings(CALM, max_examples=3)
@given(frameworks())
def test_any_framework_becomes_a_package_of_the_official_schema(
    shared: Path, graph: NamedGraph
) -> None:
    assert not schema_faults(schema(shared), back(graph))


def test_the_shipped_frameworks_come_back_as_they_were(shipped: KnowledgeGraph) -> None:
    for framework in shipped.frameworks:
        data = write(shipped, framework.iri).data
        assert_same(shipped.named_graph(framework.graph_name), parted([the_graph(data)])[0])


def test_the_shipped_frameworks_become_packages_of_the_official_schema(
    shared: Path, shipped: KnowledgeGraph
) -> None:
    for framework in shipped.frameworks:
        for version in ("1.1", "1.0"):
            value = back(shipped.named_graph(framework.graph_name), version)
            assert not schema_faults(schema(shared, version), value)


@settings(CALM, max_examples=3)
@given(frameworks())
def test_the_same_framework_gives_the_same_bytes(graph: NamedGraph) -> None:
    shuffled = NamedGraph(graph.name, reversed(graph.triples))
    assert write(knowledge(graph), graph.name) == write(knowledge(shuffled), graph.name)


@pytest.mark.slow
def test_very_many_frameworks_become_packages_of_the_schema_in_the_same_bytes(
    shared: Path,
) -> None:
    for graph in many()[:50]:
        assert not schema_faults(schema(shared), back(graph))
        shuffled = NamedGraph(graph.name, reversed(graph.triples))
        assert write(knowledge(graph), graph.name) == write(knowledge(shuffled), graph.name)


def test_blank_nodes_are_named_by_what_is_said_of_them(shipped: KnowledgeGraph) -> None:
    text = """
        @prefix comp: <https://w3id.org/competency/ns#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <urn:f> a comp:Framework ; rdfs:label "F"@en .
        <urn:f/1> a comp:Competency ; comp:inFramework <urn:f> ; comp:partOf <urn:f> ; comp:position 1 ;
            rdfs:label "One"@en ; comp:code %s , %s .
        _:a skos:notation "A" . _:b skos:notation "B" .
    """
    written = []
    for pair in (("_:a", "_:b"), ("_:b", "_:a")):
        graph = KnowledgeGraph()
        graph.parse(text % pair)
        written.append(write(graph, "urn:f").data)
    assert written[0] == written[1]


@pytest.mark.slow
def test_a_package_of_fifty_thousand_items_comes_in_whole() -> None:
    from tests.bench.case import big_package

    imported = taken_in(json.dumps(big_package(50_000)).encode())
    (graph,) = imported.graphs
    parts = [
        iri
        for iri in graph.subjects
        if f"{graph.name}"
        in str(graph.about(iri).get("https://w3id.org/competency/ns#inFramework"))
    ]
    assert len(parts) == 50_000
    assert not imported.remarks


def test_a_file_is_the_source_of_what_was_read_from_it() -> None:
    value = packed([item(2)])
    (graph,) = read(file_of(value, "mine.json"), Reading()).graphs
    source = f"{graph.name}/source"
    assert [
        str(label) for label in graph.about(source)["http://www.w3.org/2000/01/rdf-schema#label"]
    ] == ["mine.json"]
