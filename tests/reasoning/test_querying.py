"""Queries see what is stated, and what follows only where they name it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from competency import DataDirectory, KnowledgeGraph
from competency.errors import LimitReached, QueryError, QueryRefused
from competency.formats import RESULT_FORMATS, by_name
from competency.graph import publish
from competency.graph.editions import Draft, publish_change
from competency.sparql import Asking, Dataset, InProcess, prepare, run_query
from competency.sparql import inferred as module
from competency.sparql.guard import prepare_update
from competency.sparql.updating import update
from competency.sparql.workers import Root
from tests.reasoning.common import HEAD
from tests.workers.common import ask, pooled

F, G = "https://example.org/f", "https://example.org/g"
INFERRED = f"{F}#inferred"
TEXT = (
    HEAD
    + """
ex:f a comp:Framework ; rdfs:label "F"@en .
<https://example.org/f/1> a comp:UnitOfCompetency ; comp:inFramework ex:f ; comp:partOf ex:f ;
    rdfs:label "Kneading"@en ; comp:code [ skos:notation "B1" ] .
"""
)
OTHER = HEAD + 'ex:g a comp:Framework ; rdfs:label "G"@en .'
TERMS = "SELECT ?x { ?x a schema:DefinedTerm }"


@pytest.fixture(params=["memory", "edition"])
def graph(request: pytest.FixtureRequest, tmp_path: Path) -> KnowledgeGraph:
    """Return two frameworks, in memory and as an edition."""
    held = KnowledgeGraph()
    held.parse(TEXT)
    held.parse(OTHER)
    if request.param == "memory":
        return held
    held.publish(tmp_path, gate=False)
    return KnowledgeGraph.of(DataDirectory(tmp_path).require())


def rows(graph: KnowledgeGraph, text: str) -> list[dict[str, object]]:
    return run_query(graph, text).to_dicts()  # type: ignore[union-attr]


def test_a_query_that_names_nothing_of_it_sees_only_what_is_stated(graph: KnowledgeGraph) -> None:
    assert rows(graph, TERMS) == []
    assert rows(graph, "SELECT ?g { GRAPH ?g { ?x a schema:DefinedTerm } }") == []
    counted = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert rows(graph, counted) == [{"n": 3}]  # the two and the vocabulary


def test_from_makes_it_the_default_graph(graph: KnowledgeGraph) -> None:
    assert rows(graph, TERMS.replace("{", f"FROM <{INFERRED}> {{", 1)) == [{"x": f"{F}/1"}]


def test_from_both_puts_stated_and_inferred_together(graph: KnowledgeGraph) -> None:
    text = f"SELECT ?label FROM <{F}> FROM <{INFERRED}> {{ ?x a schema:DefinedTerm ; rdfs:label ?label }}"  # noqa: S608
    assert rows(graph, text) == [{"label": "Kneading"}]
    assert rows(graph, text.replace(f"FROM <{F}> ", "")) == []


def test_graph_looks_into_it_beside_all_that_is_stated(graph: KnowledgeGraph) -> None:
    text = (
        f"SELECT ?label {{ GRAPH <{INFERRED}> {{ ?x a schema:DefinedTerm }} ?x rdfs:label ?label }}"
    )
    assert rows(graph, text) == [{"label": "Kneading"}]
    inside = f"SELECT ?x {{ GRAPH <{INFERRED}> {{ ?a ?b ?c }} ?x a schema:DefinedTerm }}"
    assert rows(graph, inside) == []


def test_a_variable_graph_has_those_that_the_query_names(graph: KnowledgeGraph) -> None:
    text = f"""SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }}
        FILTER(?g IN (<{F}>, <{INFERRED}>, <{G}#inferred>, <{G}>)) }} ORDER BY ?g"""
    assert [row["g"] for row in rows(graph, text)] == [F, INFERRED, G, f"{G}#inferred"]
    some = "SELECT DISTINCT ?g { VALUES ?g { <f#inferred> } GRAPH ?g { ?s ?p ?o } }"
    assert rows(graph, "BASE <https://example.org/> " + some) == [{"g": INFERRED}]


def test_from_named_gives_only_what_it_names(graph: KnowledgeGraph) -> None:
    text = (
        f"SELECT DISTINCT ?g FROM NAMED <{INFERRED}> FROM NAMED <{F}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"  # noqa: S608
    )
    assert sorted(str(row["g"]) for row in rows(graph, text)) == [F, INFERRED]


def test_the_request_may_name_it_instead(graph: KnowledgeGraph) -> None:
    found = run_query(graph, TERMS, default_graphs=[INFERRED])
    assert len(found) == 1  # type: ignore[arg-type]
    found = run_query(
        graph, "ASK { GRAPH ?g { ?x a schema:DefinedTerm } }", named_graphs=[INFERRED]
    )
    assert bool(found)


def test_a_prefixed_name_names_it_too(graph: KnowledgeGraph) -> None:
    text = r"PREFIX f: <https://example.org/f#> SELECT ?x { GRAPH f:inferred { ?x a schema:DefinedTerm } }"
    assert rows(graph, text) == [{"x": f"{F}/1"}]


def test_blank_nodes_of_both_are_the_same(graph: KnowledgeGraph) -> None:
    text = f"SELECT ?n FROM <{F}> FROM <{INFERRED}> {{ ?c a adms:Identifier ; skos:notation ?n }}"  # noqa: S608
    assert rows(graph, text) == [{"n": "B1"}]


def test_the_vocabulary_is_there_as_ever(graph: KnowledgeGraph) -> None:
    text = (
        f"SELECT ?l {{ GRAPH <{INFERRED}> {{ ?x a ?c }} GRAPH <https://w3id.org/competency/ns> "
        '{ ?c rdfs:label ?l FILTER(LANG(?l) = "en") } ?x a comp:UnitOfCompetency } ORDER BY ?l'
    )
    assert [row["l"] for row in rows(graph, text)] == ["competency", "part"]


def test_a_graph_that_is_not_held_is_refused_with_what_would_follow_from_it(
    graph: KnowledgeGraph,
) -> None:
    with pytest.raises(
        QueryRefused, match=r"there is no graph https://example\.org/x#inferred here"
    ):
        rows(graph, "SELECT * FROM <https://example.org/x#inferred> { ?s ?p ?o }")


def test_an_error_in_the_query_keeps_its_place(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="line 2, column"):
        rows(graph, f"SELECT * FROM <{INFERRED}>\n{{ ?s ?p }}")  # noqa: S608


def test_in_a_strict_dataset_it_is_a_named_graph_where_it_is_named(graph: KnowledgeGraph) -> None:
    strict = Dataset(union=False)
    csv = by_name("csv", RESULT_FORMATS)
    engine = InProcess(graph)

    def answer(text: str) -> str:
        return engine.answer(Asking(prepare(text), csv, strict)).data.decode()

    assert f"{F}/1" in answer(f"SELECT ?x {{ GRAPH <{INFERRED}> {{ ?x a schema:DefinedTerm }} }}")
    assert f"{F}/1" not in answer(TERMS)
    assert "comp" not in answer(f"SELECT ?g {{ GRAPH ?g {{ <{INFERRED}> ?p ?o }} }}")


def test_too_much_at_once_is_an_error_that_says_what_to_do(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 20)
    text = f"SELECT * {{ GRAPH <{INFERRED}> {{ ?s a ?o }} }}"
    with pytest.raises(LimitReached, match="name fewer with FROM and FROM NAMED"):
        rows(graph, text)
    assert rows(graph, f"SELECT * FROM NAMED <{INFERRED}> {{ GRAPH ?g {{ ?s a ?o }} }}")  # noqa: S608


def test_workers_answer_the_same(tmp_path: Path) -> None:
    held = KnowledgeGraph()
    held.parse(TEXT)
    held.publish(tmp_path, gate=False)
    root = Root()
    try:
        with pooled(root, tmp_path) as engine:
            for text in (
                TERMS.replace("{", f"FROM <{INFERRED}> {{", 1),
                f"SELECT ?x {{ GRAPH <{INFERRED}> {{ ?x a schema:DefinedTerm }} ?x a comp:UnitOfCompetency }}",
            ):
                assert f"{F}/1".encode() in ask(engine, text, syntax="csv")
            assert ask(engine, TERMS, syntax="csv").strip() == b"x"
            dataset = Dataset((INFERRED,), ())
            assert f"{F}/1".encode() in ask(engine, TERMS, syntax="csv", dataset=dataset)
    finally:
        root.close()


# ---------------------------------------------------------------------- updates


def _running(text: str) -> Callable[[Draft], None]:
    return lambda draft: update(draft, prepare_update(text), union=True)


def test_an_update_neither_reads_nor_writes_it(tmp_path: Path) -> None:
    held = KnowledgeGraph()
    held.parse(TEXT)
    directory = DataDirectory(tmp_path)
    publish(directory, held.graphs(), gate=False)
    for text in (
        f"INSERT {{ GRAPH <{F}> {{ ?x a schema:DefinedTerm }} }} WHERE {{ GRAPH <{INFERRED}> {{ ?x ?p ?o }} }}",
        f"INSERT DATA {{ GRAPH <{INFERRED}> {{ <urn:s> <urn:p> 1 }} }}",
        f"CLEAR GRAPH <{INFERRED}>",
    ):
        with pytest.raises(QueryRefused, match="an update neither reads nor writes it"):
            publish_change(directory, _running(text), gate=False)
    assert directory.names() == ["000001"]


def test_an_update_of_a_framework_is_followed_by_what_follows(tmp_path: Path) -> None:
    held = KnowledgeGraph()
    held.parse(TEXT)
    directory = DataDirectory(tmp_path)
    publish(directory, held.graphs(), gate=False)
    text = f"INSERT DATA {{ GRAPH <{F}> {{ <{F}/2> a comp:ElementOfCompetency }} }}"
    publish_change(directory, _running(text), gate=False)
    with directory.require() as edition:
        found = KnowledgeGraph.of(edition)
        assert {"x": f"{F}/2"} in rows(found, TERMS.replace("{", f"FROM <{INFERRED}> {{", 1))
