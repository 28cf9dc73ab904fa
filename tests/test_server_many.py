"""What stays small where there are many frameworks: what is looked at says the same as all of it."""

from __future__ import annotations

import pytest

from competency import KnowledgeGraph
from competency.graph.describing import parts_in
from competency.server import create_app, site
from competency.server.aligned import aligned_frameworks, seen_from
from competency.server.pages import wander
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
        assert seen_from(graph, item.iri).counts() == others


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


@pytest.mark.parametrize("path", ["/compare", "/crosswalk", "/wander"])
def test_where_there_are_too_many_frameworks_to_count_a_page_asks_for_one(
    path: str, graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(address: str) -> str:
        return create_app(graph).test_client().get(address, headers={"Accept": "text/html"}).text

    assert "too many frameworks" not in shown(path)
    monkeypatch.setattr(site, "MOST_COUNTED", 1)
    assert "too many frameworks" in shown(path)
    field = {"/compare": "left", "/crosswalk": "framework", "/wander": "iri"}[path]
    one = shown(f"{path}?{field}={graph.base}pub-cscf")
    assert "too many frameworks" not in one and "Worcestershire County Council" in one


def test_what_asks_for_a_framework_stands_before_the_long_list_of_them(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "MOST_COUNTED", 1)
    client = create_app(graph).test_client()
    text = client.get("/crosswalk", headers={"Accept": "text/html"}).text
    assert 0 < text.index("too many frameworks") < text.index("<fieldset")
    one = client.get("/crosswalk?framework=pub-cscf", headers={"Accept": "text/html"}).text
    assert 0 < one.index("matches</span>") < one.index("<fieldset")


def test_a_circle_of_very_many_frameworks_is_not_drawn_and_its_words_stay(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown() -> str:
        return create_app(graph).test_client().get("/wander", headers={"Accept": "text/html"}).text

    assert "<svg" in shown()
    monkeypatch.setattr(wander, "MOST_IN_A_CIRCLE", 1)
    text = shown()
    assert "<svg" not in text and text.count("/wander?iri=") == len(graph.frameworks)
    assert "Matches between two" in text


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
