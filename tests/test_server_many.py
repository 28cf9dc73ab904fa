"""What stays small where there are many frameworks: what is looked at says the same as all of it."""

from __future__ import annotations

import pytest

from competency import KnowledgeGraph
from competency.graph.describing import parts_in
from competency.server import create_app, site
from competency.server.aligned import aligned_frameworks, aligned_with_framework
from competency.server.site import Site


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.shipped()


def test_counting_for_one_framework_says_what_counting_for_all_says(graph: KnowledgeGraph) -> None:
    counted = aligned_frameworks(graph)
    for item in graph.summaries():
        others = {
            (right if left == item.iri else left): numbers
            for (left, right), numbers in counted.items()
            if item.iri in (left, right)
        }
        assert aligned_with_framework(graph, item.iri) == others


def test_of_many_frameworks_only_those_that_are_named_are_counted(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Site(graph)
    monkeypatch.setattr(site, "MOST_COUNTED", 1)
    few = Site(graph)
    assert few.couples() is None
    for left, right in whole.aligned:
        counted = few.couples(left) or {}
        assert counted[left, right] == whole.aligned[left, right]
    page = create_app(graph).test_client().get("/compare", headers={"Accept": "text/html"})
    assert b"too many frameworks" in page.data


def test_the_parts_of_a_framework_are_found_without_reading_it(graph: KnowledgeGraph) -> None:
    for framework in graph.frameworks:
        walked = {part.iri for part in framework.walk()}
        assert set(parts_in(graph.store, framework.iri, framework.graph_name)) == walked
        assert parts_in(graph.store, framework.iri) == sorted(walked)


def test_classes_are_those_of_what_is_described(graph: KnowledgeGraph) -> None:
    for named in graph.graphs():
        for iri in named.subjects:
            about = {name: types for name, types in graph.index.about(iri).items() if types}
            assert graph.index.classes(iri) == about
            assert named.types(iri) == about.get(named.name, set())
