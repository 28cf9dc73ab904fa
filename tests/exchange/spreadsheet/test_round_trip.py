"""Our graph, a spreadsheet, and our graph: the same; and what CSV cannot hold, it says."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rdflib import Literal, URIRef
from rdflib.compare import graph_diff, to_isomorphic

from competency import KnowledgeGraph
from competency.exchange.aligned import LEFT
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported
from competency.exchange.spreadsheet import read, write_csv, write_workbook
from competency.exchange.terms import short, term
from competency.graph import NamedGraph
from tests.exchange.frameworks import Features, assert_same, frameworks, knowledge
from tests.exchange.many import LARGER, NAMED, many

CALM = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
SHIPPED = (
    "hkqf-111334L3",
    "nos-pss-spo109",
    "pub-cscf",
    "pwgsc-client-service",
    "wcc-behaviours",
)


def book(graph: NamedGraph) -> bytes:
    return write_workbook(knowledge(graph), graph.name).data


def taken_in(data: bytes, name: str = "f.xlsx") -> Imported:
    return read(File(name, data, ""), Reading("https://example.com/other/", "elsewhere", "nl"))


@settings(CALM, max_examples=4)
@given(frameworks())
def test_any_framework_comes_back_as_it_was(graph: NamedGraph) -> None:
    imported = taken_in(book(graph))
    assert_same(graph, imported.graphs[0])
    assert not imported.remarks


@pytest.mark.slow
def test_very_many_frameworks_come_back_as_they_were() -> None:
    for graph in many(LARGER):
        assert_same(graph, taken_in(book(graph)).graphs[0])


@settings(CALM, max_examples=2)
@given(frameworks(), st.randoms(use_true_random=False))
def test_the_same_graph_gives_the_same_bytes(graph: NamedGraph, chance: object) -> None:
    rows = list(graph.graph)
    chance.shuffle(rows)  # type: ignore[attr-defined]
    assert book(NamedGraph.of(graph.name, rows)) == book(graph)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_framework_comes_back_as_it_was(name: str) -> None:
    shipped = KnowledgeGraph.shipped()
    iri = f"https://w3id.org/competency/id/{name}"
    exported = write_workbook(shipped, iri)
    assert {loss.why for loss in exported.losses} <= {LEFT}  # what is in the framework is there
    assert_same(shipped.named_graph(iri), taken_in(exported.data).graphs[0])


def odd_texts() -> st.SearchStrategy[str]:
    signs = st.characters(exclude_categories=["Cs"])
    loose = st.text(signs, min_size=1, max_size=8)
    return loose | st.sampled_from(
        (
            "\x00\x01\x1f", "_x000D_", "_x005F_x0041_", "a\rb\r\nc\n", " padded ", "'=1", "''=1",
            "#N/A", "TRUE", "1.10", "=1+1", "\ufffe\uffff", "\x85\u2028", "\t=1", "#1", "",
        )
    )  # fmt: skip


@settings(CALM, max_examples=6)
@given(odd_texts(), odd_texts(), odd_texts())
def test_any_text_comes_back_from_any_cell(title: str, code: str, foreign: str) -> None:
    assert_kept(title, code, foreign)


@pytest.mark.slow
@settings(CALM, max_examples=100)
@given(odd_texts(), odd_texts(), odd_texts())
def test_very_many_texts_come_back_from_any_cell(title: str, code: str, foreign: str) -> None:
    assert_kept(title, code, foreign)


@pytest.mark.parametrize("sign", ["x", "😀", "\x01", " =", "\r"])
def test_a_text_too_long_for_a_cell_comes_back_too(sign: str) -> None:
    assert_kept("Bake", "1", sign * 33_000 + "!")


def assert_kept(title: str, code: str, foreign: str) -> None:
    root, part = URIRef("urn:x:f"), URIRef("urn:x:f/1")
    said = (
        (root, "rdf:type", URIRef("https://w3id.org/competency/ns#Framework")),
        (root, "rdfs:label", Literal(title, lang="en")),
        (root, "owl:versionInfo", Literal(code)),
        (root, "dcterms:language", Literal("en")),
        (part, "rdf:type", URIRef("https://w3id.org/competency/ns#Note")),
        (part, "comp:inFramework", root),
        (part, "comp:partOf", root),
        (part, "comp:position", Literal(1)),
        (part, "comp:text", Literal(title, lang="fr")),
        (part, "comp:page", Literal(code)),
        (part, "comp:text", Literal(foreign, lang="en")),
        (part, "skos:note", Literal(foreign)),
    )
    graph = NamedGraph.of(str(root), [(s, term(p), o) for s, p, o in said])
    assert_same(graph, taken_in(book(graph)).graphs[0])
    differing, told = differences(graph)
    assert differing <= told


# ------------------------------------------------------------------ CSV


def differences(graph: NamedGraph) -> tuple[set[str], set[str]]:
    """Return which properties differ after CSV, and which are said to."""
    exported = write_csv(knowledge(graph), graph.name)
    back = taken_in(exported.data, "f.csv").graphs[0]
    _, lost, added = graph_diff(to_isomorphic(graph.graph), to_isomorphic(back.graph))
    assert back.name == graph.name
    return {short(str(p)) for _, p, _ in (*lost, *added)}, {
        loss.property for loss in exported.losses
    }


PLAIN = Features(levels=False, occurrences=False, sources=False, sayings=False, blank_nodes=False,
                 foreign=False, codes=False, matches=False, odd_texts=False)  # fmt: skip


@settings(CALM, max_examples=4)
@given(frameworks(Features(blank_nodes=False)))
def test_csv_says_of_every_property_that_it_cannot_hold(graph: NamedGraph) -> None:
    differing, told = differences(graph)
    assert differing <= told


@settings(CALM, max_examples=4)
@given(frameworks(PLAIN))
def test_csv_keeps_the_tree_the_texts_and_the_kinds(graph: NamedGraph) -> None:
    assert_plain_is_kept(graph)


@pytest.mark.slow
def test_csv_keeps_or_tells_very_many_frameworks() -> None:
    for graph, plain in zip(many(NAMED)[:60], many(PLAIN)[:60], strict=True):
        differing, told = differences(graph)
        assert differing <= told
        assert_plain_is_kept(plain)


def assert_plain_is_kept(graph: NamedGraph) -> None:
    differing, _ = differences(graph)
    kept = {
        "comp:partOf", "comp:position", "comp:text", "comp:inFramework", "comp:wording",
        "comp:enumeration", "dcterms:issued", "dcterms:description", "comp:leadIn",
        "comp:assesses", "comp:repeats", "comp:rewords", "comp:contrasts", "comp:extent",
    }  # fmt: skip
    assert not differing & kept
