"""Queries: the guard before them, the answers after them, errors with line and column."""

from __future__ import annotations

import contextlib
import json

import pyoxigraph as ox
import pytest

import competency
from competency import FormatError, KnowledgeGraph, QueryError, QueryRefused
from competency.formats import by_name
from competency.sparql import (
    Asking,
    InProcess,
    Rows,
    Triples,
    Truth,
    prepare,
    run_query,
    select,
)
from tests.conftest import PREFIXES


@pytest.fixture
def two() -> KnowledgeGraph:
    graph = KnowledgeGraph()
    graph.parse(PREFIXES + 'ex:f a comp:Framework ; rdfs:label "One"@en ; comp:position 1 .')
    graph.parse(
        PREFIXES + 'ex:g a comp:Framework ; rdfs:label "Deux"@fr ; comp:rank "1.50"^^xsd:decimal .'
    )
    return graph


def test_a_query_sees_all_frameworks_together_and_needs_no_prefixes(two: KnowledgeGraph) -> None:
    rows = select(two, "SELECT ?label { ?f a comp:Framework ; rdfs:label ?label } ORDER BY ?label")
    assert [str(row["label"]) for row in rows] == ["Deux", "One"]


def test_from_and_the_dataset_of_the_request_limit_what_is_seen(two: KnowledgeGraph) -> None:
    count = "SELECT (COUNT(*) AS ?n) FROM <https://example.org/f> { ?s a comp:Framework }"
    assert select(two, count).to_dicts() == [{"n": 1}]
    answer = run_query(two, count, default_graphs=["https://example.org/g"])
    assert isinstance(answer, Rows) and answer.to_dicts() == [{"n": 1}]
    answer = run_query(two, count, named_graphs=["https://example.org/g"])
    assert isinstance(answer, Rows) and answer.to_dicts() == [{"n": 0}]


def test_a_select_gives_rows_dicts_a_frame_and_four_formats(two: KnowledgeGraph) -> None:
    rows = select(two, "SELECT ?f ?n ?none { ?f comp:position ?n }")
    assert rows.variables == ("f", "n", "none")
    assert rows.to_dicts() == [{"f": "https://example.org/f", "n": 1, "none": None}]
    assert list(rows.to_pandas().columns) == ["f", "n", "none"]
    assert rows.serialize("csv") == b"f,n,none\r\nhttps://example.org/f,1,\r\n"
    assert rows.serialize("tsv").startswith(b"?f\t?n\t?none\n")
    assert b"<sparql" in rows.serialize("xml")
    assert json.loads(rows.serialize())["head"]["vars"] == ["f", "n", "none"]
    with pytest.raises(FormatError, match="json, xml, csv, tsv"):
        rows.serialize("turtle")


def test_an_ask_is_a_truth_value(two: KnowledgeGraph) -> None:
    yes, no = run_query(two, "ASK {}"), run_query(two, "ASK { ?s comp:none ?o }")
    assert isinstance(yes, Truth) and yes and not no
    assert json.loads(yes.serialize())["boolean"] is True
    assert b"true" in yes.serialize("xml")


def test_a_construct_gives_a_graph_and_every_syntax(two: KnowledgeGraph) -> None:
    answer = run_query(
        two, "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o ; a comp:Framework }"
    )
    assert isinstance(answer, Triples) and len(answer) == len(answer.graph) == 2
    assert b'rdfs:label "One"@en' in answer.serialize("turtle")
    assert b'"@language": "fr"' in answer.serialize("jsonld")


@pytest.mark.parametrize(
    "text", ["CONSTRUCT WHERE { ?s a ?o }", "DESCRIBE <https://example.org/f>"]
)
@pytest.mark.parametrize("syntax", ["trig", "nq", "jsonld"])
def test_triples_are_in_no_graph_of_a_name(two: KnowledgeGraph, text: str, syntax: str) -> None:
    """The answer is one RDF graph, so it is the default graph (SPARQL 1.1 Query, 16.2)."""
    data = [run_query(two, text).serialize(syntax)]
    data.append(InProcess(two).answer(Asking(prepare(text), by_name(syntax))).data)
    for one in data:
        quads = ox.parse(one, format=ox.RdfFormat.from_extension(syntax))
        assert {quad.graph_name for quad in quads} == {ox.DefaultGraph()}


def test_views_of_answers_escape_what_they_show(two: KnowledgeGraph) -> None:
    rows = select(two, "SELECT ('<script>' AS ?x) {}")
    assert "&lt;script&gt;" in rows._repr_html_()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * {\n ?s ex:p ?o }", "the prefix ex: is not declared"),
        ("SELECT * { ?s ?p ", "the query ends too early"),
        ("SELECT *\n{ ?s ?p }", "line 2, column"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "add it to GROUP BY"),
        ("hello", "starts with hello; a query starts with SELECT"),
        ("# only a comment", "there is no query in the text"),
        ("", "there is no query in the text"),
    ],
)
def test_an_error_says_where_and_what(two: KnowledgeGraph, text: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(two, text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { service SILENT ?x { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT is an update"),
        ("PREFIX a: <urn:a> LOAD <file:///etc/passwd>", "LOAD is an update"),
        ("ASK " + "{" * 100 + "}" * 100, "more than 64 brackets"),
        ("ASK { FILTER(" + "(" * 9000 + "1" + ")" * 9000 + ") }", "more than 64 brackets"),
        ("ASK { } #" + "x" * 300_001, "the limit is 300,000"),
    ],
)
def test_what_could_do_harm_is_refused_before_any_engine_sees_it(text: str, says: str) -> None:
    with pytest.raises(QueryRefused, match=says):
        prepare(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?service ?p 'SERVICE { INSERT' }",
        "# SERVICE\nASK { ?s comp:SERVICE <http://x/SERVICE> }",
        'ASK { ?s ?p """a "quoted" SERVICE""" , \'\'\'b\'\'\' , "c\\"SERVICE" }',
        "BASE <http://x/> PREFIX ask: <http://select/> ASK { ask:service ?p $service }",
        "ASK { ?s ?p '(((((' FILTER(?s < 3 && ?p > 2) }",
    ],
)
def test_words_in_texts_names_and_comments_are_not_keywords(text: str) -> None:
    assert prepare(text).form == "ASK"


@pytest.mark.parametrize(
    "text",
    [
        "ASK { FILTER(?a<1)SERVICE#>\n<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "ASK { ?a ?p ?b FILTER(?a<1&&'>'=?b) SERVICE <http://127.0.0.1:9/> {} FILTER('x'='x') }",
        "ASK { FILTER(?a<1#> '''\n) SERVICE <http://127.0.0.1:9/> {} #'''\n }",
        "PREFIX e: <urn:e> ASK { ?s ?p e:.SERVICE e:x {} }",
        "ASK { ?s ?p true.SERVICE ?x {} }",
        "ASK { ?s ?p 1e5SERVICE?x{} }",
        "ASK { SERVICE" + " " * 5000 + "<http://127.0.0.1:9/> {} }",
        "ASK { SERVICE # a comment\n silent <http://127.0.0.1:9/> {} }",
    ],
)
def test_service_cannot_hide_behind_an_ambiguous_sign(text: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        prepare(text)


def test_nesting_cannot_hide_behind_an_ambiguous_sign() -> None:
    with pytest.raises(QueryRefused, match="brackets"):
        prepare("ASK { FILTER(?a<1&&'>'=?b) " + "{" * 500 + "}" * 500 + " FILTER('x'='x') }")


def test_ordinary_queries_about_service_pass() -> None:
    prefix = "PREFIX x: <http://example.org/service/x#>\nPREFIX y: <http://example.org/service#>\n"
    prepare(prefix + "SELECT * { ?service y:p 'customer service' FILTER(?a<3&&?b>2) }")


@pytest.mark.parametrize(
    "text",
    [
        '"' * 200_000,
        "<" * 200_000,
        "'''" * 60_000,
        "a:" * 200_000,
        "a.a-" * 100_000,
        "'''\\" * 100_000,
        '"\\' * 200_000,
        "-." * 200_000,
        "<a'" * 100_000,
        "<a>'" * 100_000,
    ],
    ids=range(10),
)
def test_hostile_texts_are_read_in_linear_time(text: str) -> None:
    with contextlib.suppress(QueryError):
        prepare("ASK { " + text)


def test_select_says_when_the_query_is_of_another_form(two: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="this is ASK"):
        select(two, "ASK {}")


def test_the_public_names_are_those_in_all_and_sorted() -> None:
    public = [name for name in dir(competency) if not name.startswith("_")]
    means = {"TYPE_CHECKING", "lazily"}  # by which names are imported when they are asked for
    modules = {
        "align",
        "checking",
        "cli",
        "documents",
        "errors",
        "exchange",
        "formats",
        "graph",
        "importing",
        "ontology",
        "server",
        "shapes",
        "sparql",
    }
    assert set(public) - modules - means == set(competency.__all__)
    assert competency.__all__ == sorted(competency.__all__)
