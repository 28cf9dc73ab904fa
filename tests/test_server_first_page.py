"""The first page of a framework: what it counts without reading all says the same as all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import url_for

from competency import KnowledgeGraph
from competency.graph.comparison import asking_in, compare
from competency.graph.coverage import Share, coverages
from competency.graph.editions import DataDirectory
from competency.graph.views import Framework
from competency.server import aligned, create_app
from competency.server.aligned import Covered, seen_from
from competency.server.links import Links
from competency.server.site import Site

# Two frameworks: a lead-in, an empty part, a heading, and a text that looks like a statement.
_FRAMEWORKS = """
@prefix c: <https://w3id.org/competency/ns#> . @prefix r: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix s: <http://www.w3.org/2004/02/skos/core#> .
<urn:a> { <urn:a> a c:Framework ; r:label "A"@en .
  <urn:a/1> a c:Group ; c:inFramework <urn:a> ; c:partOf <urn:a> ; c:leadIn <urn:a/1/1> .
  <urn:a/1/1> a c:Statement ; c:inFramework <urn:a> ; c:partOf <urn:a/1> ; c:text "To"@en .
  <urn:a/1/2> a c:Statement ; c:inFramework <urn:a> ; c:partOf <urn:a/1> ; c:isEmpty true .
  <urn:a/1/3> a c:Statement ; c:inFramework <urn:a> ; c:partOf <urn:a/1> ;
    c:text "<urn:a/9> <https://w3id.org/competency/ns#partOf> <urn:a> ." .
  <urn:a/1/4> a c:Statement ; c:inFramework <urn:a> ; c:partOf <urn:a/1> . }
<urn:b> { <urn:b> a c:Framework ; r:label "B"@en .
  <urn:b/1> a c:Statement ; c:inFramework <urn:b> ; c:partOf <urn:b> ; c:isEmpty false .
  <urn:b/2> a c:Statement ; c:inFramework <urn:b> ; c:partOf <urn:b> . }
<urn:m> { <urn:a/1/3> s:broadMatch <urn:b/1> . <urn:b/2> s:exactMatch <urn:a/1/3> .
  <urn:a/1/1> s:closeMatch <urn:b/2> . }
"""
_BLANK = """
<urn:a> { [] <https://w3id.org/competency/ns#partOf> <urn:a> . }
"""


@pytest.fixture(scope="module")
def shipped() -> KnowledgeGraph:
    return KnowledgeGraph.shipped()


def _made(text: str = _FRAMEWORKS) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    graph.parse(text, syntax="trig")
    return graph


def _published(graph: KnowledgeGraph, place: Path) -> KnowledgeGraph:
    graph.publish(place, gate=False)
    return KnowledgeGraph.of(DataDirectory(place).require())


def _in_full(one: Framework, other: Framework) -> tuple[Covered, Covered]:
    def numbers(share: Share) -> Covered:
        return Covered(share.covered, share.full, share.total)

    of_right, of_left = coverages(compare(one, other))
    return numbers(of_left.whole), numbers(of_right.whole)


def test_a_page_says_of_coverage_what_a_comparison_says(shipped: KnowledgeGraph) -> None:
    site = Site(shipped)
    for one in shipped.frameworks:
        for other in shipped.frameworks:
            if one != other:
                assert site.covered(one.iri, other.iri) == _in_full(one, other)


def test_in_an_edition_a_page_says_what_a_comparison_says(tmp_path: Path) -> None:
    graph = _published(_made(), tmp_path)
    found = Site(graph).covered("urn:a", "urn:b")
    assert found == _in_full(graph.framework("urn:a"), graph.framework("urn:b"))
    assert found == (Covered(1, 1, 2), Covered(2, 1, 2))


def test_links_in_large_graphs_are_found_as_those_in_small_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = seen_from(_made(), "urn:a").counts()
    monkeypatch.setattr(aligned, "_SMALL", 0)
    assert seen_from(_made(), "urn:a").counts() == small == {"urn:b": (3, 0)}


def test_a_part_that_another_graph_adds_to_a_framework_counts() -> None:
    added = """<urn:x> { <urn:x/1> a <https://w3id.org/competency/ns#Statement> ;
        <https://w3id.org/competency/ns#inFramework> <urn:a> ;
        <http://www.w3.org/2004/02/skos/core#exactMatch> <urn:b/1> . }"""
    assert seen_from(_made(_FRAMEWORKS + added), "urn:a").counts() == {"urn:b": (4, 0)}


@pytest.mark.parametrize("more", ["", _BLANK])
def test_a_file_says_which_parts_ask_something_as_the_graph_does(more: str, tmp_path: Path) -> None:
    held = _made(_FRAMEWORKS + more)
    inside = asking_in(held.framework("urn:a"))
    assert inside.asking == {"urn:a/1/3", "urn:a/1/4"}
    found = asking_in(_published(held, tmp_path).framework("urn:a"))
    assert found.asking == inside.asking
    assert len(found.inside) == len(inside.inside)


@pytest.mark.parametrize("query", ["", "?lang=fr"])
@pytest.mark.parametrize(
    "end", ["f", "f/1 2", "f?x=1&y=2", "f#a", "f/%20", "f/ö'(*)!$,;:@+~=", "./f//g"]
)
def test_addresses_of_pages_are_those_that_flask_makes(query: str, end: str) -> None:
    site = Site(KnowledgeGraph())
    app = create_app(site.graph)
    links = Links(site)
    with app.test_request_context(f"/{query}", base_url="https://example.org/below"):
        assert links.page(site.graph.base + end) == url_for("resources.page", path=end)
        iri = "https://example.org/" + end
        assert links.page(iri) == url_for("resources.page_of", iri=iri)
