"""The SPARQL endpoint: the protocol's forms, formats by the Accept header, clear errors, a page."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef

from competency import KnowledgeGraph
from competency.server import create_app
from tests.conftest import PREFIXES

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ONE, TWO = "https://example.org/one", "https://example.org/two"
ASK = "ASK {}"
COUNT = "SELECT (COUNT(?f) AS ?n) WHERE { ?f a comp:Framework }"
NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?f a comp:Framework } }"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    graph = KnowledgeGraph()
    graph.parse(f'{PREFIXES} <{ONE}> a comp:Framework ; rdfs:label "Eins"@de .')
    graph.parse(f'{PREFIXES} <{TWO}> a comp:Framework ; rdfs:label "<b>Two</b>"@en .')
    return create_app(graph).test_client()


def address(**fields: str | list[str]) -> str:
    return "/sparql?" + urlencode({k.replace("_", "-"): v for k, v in fields.items()}, doseq=True)


def number(response: object) -> int:
    """Return the one number of an answer in SPARQL JSON."""
    assert response.status_code == 200, response.text  # type: ignore[attr-defined]
    row = json.loads(response.data)["results"]["bindings"][0]  # type: ignore[attr-defined]
    return int(row["n"]["value"])


# ------------------------------------------------------------------ the forms of the protocol


def test_a_query_comes_by_get_by_form_and_as_it_is(client: FlaskClient) -> None:
    answers = [
        client.get(address(query=COUNT)),
        client.post("/sparql", data=urlencode({"query": COUNT}), content_type=FORM),
        client.post("/sparql", data=COUNT, content_type=DIRECT + "; charset=UTF-8"),
        client.get("/sparql/?" + urlencode({"query": COUNT})),
    ]
    assert [number(answer) for answer in answers] == [2, 2, 2, 2]
    for answer in answers:
        assert answer.content_type == "application/sparql-results+json"
        assert answer.headers["Vary"].startswith("Accept")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_request_can_choose_the_graphs(client: FlaskClient) -> None:
    one = {"default-graph-uri": ONE}
    assert number(client.get(address(query=COUNT, default_graph_uri=ONE))) == 1
    assert number(client.get(address(query=COUNT, default_graph_uri=[ONE, TWO]))) == 2
    assert number(client.get(address(query=NAMED, named_graph_uri=[ONE, TWO]))) == 2
    assert number(client.get(address(query=NAMED, named_graph_uri=ONE, default_graph_uri=TWO))) == 1
    form = urlencode({"query": COUNT} | one)
    assert number(client.post("/sparql", data=form, content_type=FORM)) == 1
    in_address = "/sparql?" + urlencode(one)
    assert number(client.post(in_address, data=COUNT, content_type=DIRECT)) == 1
    assert number(client.post(in_address, data=urlencode({"query": COUNT}), content_type=FORM)) == 1


@pytest.mark.parametrize(
    ("query", "accept", "sent"),
    [
        (COUNT, None, "application/sparql-results+json"),
        (COUNT, "*/*", "application/sparql-results+json"),
        (COUNT, "application/json", "application/sparql-results+json"),
        (COUNT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (
            COUNT,
            "text/csv;q=0.5, text/tab-separated-values",
            "text/tab-separated-values; charset=utf-8",
        ),
        (COUNT, "text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
        (COUNT, "application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        ("DESCRIBE comp:none", None, "text/turtle; charset=utf-8"),
        ("CONSTRUCT WHERE { ?s a ?o }", "application/rdf+xml", "application/rdf+xml"),
        ("CONSTRUCT WHERE { ?s a ?o }", "application/ld+json", "application/ld+json"),
        ("CONSTRUCT WHERE { ?s a ?o }", "application/json", "application/ld+json"),
        ("CONSTRUCT WHERE { ?s a ?o }", "application/xml", "application/rdf+xml"),
    ],
)
def test_the_accept_header_chooses_the_format_of_the_answer(
    client: FlaskClient, query: str, accept: str | None, sent: str
) -> None:
    response = client.get(address(query=query), headers={"Accept": accept} if accept else {})
    assert response.status_code == 200
    assert response.content_type == sent


def test_the_address_can_name_the_format_instead(client: FlaskClient) -> None:
    answer = client.get(address(query=COUNT, format="csv"), headers={"Accept": BROWSER})
    assert answer.data == b"n\r\n2\r\n"
    answer = client.get(address(query="CONSTRUCT WHERE { ?s a comp:Framework }", format="nt"))
    assert len(Graph().parse(data=answer.data, format="nt")) == 2
    assert client.get(address(query=COUNT, format="html")).mimetype == "text/html"
    refused = client.get(address(query=COUNT, format="turtle"))
    assert refused.status_code == 406
    assert refused.get_json()["available"] == ["json", "xml", "csv", "tsv", "html"]


def test_a_format_that_does_not_fit_the_form_is_406_with_a_list(client: FlaskClient) -> None:
    response = client.get(address(query=COUNT), headers={"Accept": "text/turtle"})
    assert response.status_code == 406
    assert "text/csv" in response.get_json()["available"]


def test_an_answer_is_not_sent_twice_and_head_sends_none(client: FlaskClient) -> None:
    first = client.get(address(query=COUNT))
    again = client.get(address(query=COUNT), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    head = client.head(address(query=COUNT))
    assert head.data == b"" and head.headers["Content-Length"] == str(len(first.data))


# ------------------------------------------------------------------ errors


@pytest.mark.parametrize(
    ("query", "line", "column"), [("SELECT * WHERE {\n ?s ?p }", 2, 9), ("SELECT\n\n* WHERE", 3, 8)]
)
def test_a_syntax_error_has_line_and_column_and_no_traceback(
    client: FlaskClient, query: str, line: int, column: int
) -> None:
    for response in (
        client.get(address(query=query)),
        client.post("/sparql", data=query, content_type=DIRECT),
    ):
        assert response.status_code == 400
        assert response.content_type == "application/problem+json"
        found = response.get_json()
        assert (found["status"], found["title"]) == (400, "Bad Request")
        assert (found["line"], found["column"]) == (line, column)
        assert "Traceback" not in response.text and ".py" not in response.text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ("query=", 400),
        ("query=ASK%20%7B%7D&query=ASK%20%7B%7D", 400),
        ("query=%FF%FE", 400),
        ("query=nonsense", 400),
        ("query=SELECT%20*%20%7B%20SERVICE%20%3Chttp://x.example/%3E%20%7B%7D%20%7D", 403),
        ("query=DROP%20ALL", 403),
        ("query=" + quote("ASK " + "{" * 500 + "}" * 500), 403),
        ("query=ASK%20%7B%7D&default-graph-uri=no%20iri", 400),
        ("question=none", 404),
        ("question=search&p.nothing=1&run=1", 400),
        ("&".join(f"a{n}=" for n in range(200)), 400),
    ],
)
def test_a_bad_request_says_what_is_wrong_with_it(
    client: FlaskClient, fields: str, status: int
) -> None:
    response = client.get("/sparql?" + fields)
    assert response.status_code == status
    assert response.get_json()["detail"]
    page = client.get("/sparql?" + fields, headers={"Accept": BROWSER})
    assert page.status_code == status
    assert page.mimetype == "text/html"
    assert "Traceback" not in page.text


def test_a_post_needs_one_of_two_media_types_in_utf_8(client: FlaskClient) -> None:
    for kind in ("text/plain", "application/json", "multipart/form-data; boundary=x", None,
                 "application/sparql-update", DIRECT + "; charset=utf-16"):  # fmt: skip
        response = client.post("/sparql", data="query=ASK%20%7B%7D", content_type=kind)
        assert response.status_code == 415, kind
        assert DIRECT in response.get_json()["detail"]
    utf16 = client.post("/sparql", data=ASK.encode("utf-16"), content_type=DIRECT)
    assert utf16.status_code == 400
    assert client.post("/sparql", data=b"query=%FF", content_type=FORM).status_code == 400


@pytest.mark.parametrize("data", ["", "update=DROP%20ALL", "query=ASK%7B%7D&query=ASK%7B%7D"])
def test_a_form_needs_exactly_one_query(client: FlaskClient, data: str) -> None:
    assert client.post("/sparql", data=data, content_type=FORM).status_code == 400


def test_a_query_in_the_body_and_another_in_the_address_is_400(client: FlaskClient) -> None:
    assert client.post(address(query=ASK), data=ASK, content_type=DIRECT).status_code == 400


def test_other_methods_are_405_and_a_preflight_is_answered(client: FlaskClient) -> None:
    response = client.put(address(query=ASK))
    assert response.status_code == 405
    assert {"GET", "POST"} <= set(response.headers["Allow"].split(", "))
    preflight = client.options("/sparql")
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]


def test_a_body_past_the_limit_is_413(client: FlaskClient) -> None:
    assert client.post("/sparql", data="x" * 1_100_000, content_type=DIRECT).status_code == 413


# ------------------------------------------------------------------ without a query


def test_without_a_query_programs_get_the_service_description(client: FlaskClient) -> None:
    response = client.get("/sparql")
    assert response.content_type == "text/turtle; charset=utf-8"
    found = Graph().parse(data=response.data, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    endpoint = URIRef("http://localhost/sparql")
    assert found.value(endpoint, URIRef(sd + "endpoint")) == endpoint
    names = {str(name) for name in found.objects(None, URIRef(sd + "name"))}
    assert {ONE, TWO} <= names
    xml = client.get("/sparql", headers={"Accept": "application/rdf+xml"})
    assert len(Graph().parse(data=xml.data, format="xml")) == len(found)


def test_without_a_query_and_with_nothing_that_fits_it_is_400(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/csv"})
    assert response.status_code == 400
    assert "there is no query" in response.get_json()["detail"]


# ------------------------------------------------------------------ for people


def page(client: FlaskClient, path: str) -> str:
    response = client.get(path, headers={"Accept": BROWSER})
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    return response.text


def test_a_browser_gets_an_editor_that_needs_no_script(client: FlaskClient) -> None:
    text = page(client, "/sparql")
    assert "<textarea" in text and 'action="/sparql"' in text and "<script>" not in text
    assert "/sparql?question=search" in text


def test_a_browser_sees_rows_as_a_table_with_links_and_files(client: FlaskClient) -> None:
    text = page(
        client, address(query="SELECT ?f ?label { ?f rdfs:label ?label ; a comp:Framework }")
    )
    assert "2 rows" in text
    assert f'<a href="/page?iri={ONE}"' in text
    assert "&lt;b&gt;Two&lt;/b&gt;" in text and "<b>Two" not in text
    assert '<span lang="de" dir="ltr">Eins</span>' in text
    assert "format=csv" in text


def test_a_browser_sees_yes_no_and_triples(client: FlaskClient) -> None:
    assert ">Yes</h2>" in page(client, address(query=ASK))
    assert ">No</h2>" in page(client, address(query="ASK { ?s comp:nothing ?o }"))
    assert "comp:Framework" in page(client, address(query="CONSTRUCT WHERE { ?s a ?o }"))


def test_a_long_answer_is_cut_on_the_page_and_says_so(client: FlaskClient) -> None:
    cells = " ".join(str(n) for n in range(600))
    query = f"SELECT ?n {{ VALUES ?n {{ {cells} }} }}"
    text = page(client, address(query=query))
    assert "600 rows" in text and "the first 500 of 600" in text
    assert client.get(address(query=query, format="csv")).text.count("\n") == 601


def test_a_fault_is_shown_above_the_query_it_is_in(client: FlaskClient) -> None:
    response = client.get(address(query="SELECT * {\n ?s <b> }"), headers={"Accept": BROWSER})
    assert response.status_code == 400
    assert "Line 2, column" in response.text
    assert "?s &lt;b&gt; }" in response.text
    assert "<textarea" in response.text


def test_a_named_question_fills_the_editor_and_asks_for_its_parameters(client: FlaskClient) -> None:
    text = page(client, "/sparql?question=search")
    assert 'name="p.word"' in text
    assert "VALUES ?word" in text
    assert "rows</h2>" not in text


def test_a_named_question_is_run_with_its_parameters(client: FlaskClient) -> None:
    text = page(client, "/sparql?question=frameworks&run=1")
    assert "2 rows" in text
    assert "question=frameworks" in text and "format=csv" in text
    rows = client.get("/sparql?question=search&p.word=%22%7D", headers={"Accept": "text/csv"})
    assert rows.status_code == 200 and rows.text.count("\n") == 1
    empty = client.get("/sparql?question=search&p.word=", headers={"Accept": "text/csv"})
    assert empty.status_code == 200


def test_the_links_to_an_answer_keep_its_graphs(client: FlaskClient) -> None:
    text = page(client, address(query=COUNT, default_graph_uri=ONE))
    assert f"default-graph-uri={ONE}" in text
    assert f'name="default-graph-uri" value="{ONE}"' in text
