"""The server: things answer 303, data come in every syntax, errors say what is wrong."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from rdflib import BNode
from rdflib.term import Node

from competency import KnowledgeGraph
from competency.errors import CompetencyError, NotFound, QueryRefused
from competency.formats import RDF_SYNTAXES, Format, by_name
from competency.server import STATUS, create_app, get
from competency.server.errors import status_of
from competency.server.negotiation import choose, prefers_page
from tests.conftest import PREFIXES

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
BASE = "https://w3id.org/competency/id/"
OWN = f"""{PREFIXES} @prefix id: <{BASE}> .
<{BASE}f> a comp:Framework ; rdfs:label "Own framework"@en ; comp:source <{BASE}f/source> .
<{BASE}f/source> a comp:Source ; rdfs:label "A document"@en ; comp:lineCount "007"^^xsd:integer .
<{BASE}f/a%20b> a comp:Group ; comp:inFramework <{BASE}f> ; comp:partOf <{BASE}f> ;
    comp:position 1 ; rdfs:label "With a space"@en .
<{BASE}f/caf\u00e9> a comp:Group ; comp:inFramework <{BASE}f> ; comp:partOf <{BASE}f> ;
    comp:position 2 ; rdfs:label "Caf\u00e9"@fr .
<{BASE}f/%C3%BC> a comp:Group ; comp:inFramework <{BASE}f> ; comp:partOf <{BASE}f> ;
    comp:position 3 ; rdfs:label "\u00dc"@de .
<{BASE}f//x?y#z> a comp:Group ; comp:inFramework <{BASE}f> ; comp:partOf <{BASE}f> ;
    comp:position 4 ; rdfs:label "Odd"@en .
"""
THEIRS = f"""{PREFIXES}
<https://publisher.example/fw> a comp:Framework ; rdfs:label "Theirs"@en ; comp:rank "1.50"^^xsd:decimal .
<urn:example:part> a comp:Competency ; comp:inFramework <https://publisher.example/fw> ;
    comp:partOf <https://publisher.example/fw> ; comp:position 1 ; rdfs:label "A part"@en .
"""


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    found = KnowledgeGraph()
    found.parse(OWN)
    found.parse(THEIRS)
    return found


@pytest.fixture(scope="module")
def client(graph: KnowledgeGraph) -> FlaskClient:
    return create_app(graph).test_client()


def location(client: FlaskClient, path: str, accept: str | None = None) -> str:
    """Return where a 303 leads."""
    response = client.get(path, headers={"Accept": accept} if accept else {})
    assert response.status_code == 303
    return response.headers["Location"]


# ------------------------------------------------------------------ negotiation


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "turtle"),
        ("", "turtle"),
        ("*/*", "turtle"),
        ("text/*", "turtle"),
        (BROWSER, "html"),
        ("text/html", "html"),
        ("TEXT/HTML", "html"),
        ("text/html, text/turtle", "html"),
        ("text/html;q=0.9, text/turtle", "turtle"),
        ("text/turtle;q=0.5, application/ld+json;q=0.6", "jsonld"),
        ("text/turtle;q=0, */*", "jsonld"),
        ("text/html;q=0, */*;q=0.1", "turtle"),
        ("application/n-triples;charset=utf-8", "ntriples"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ("application/*", "jsonld"),
        ("image/png, */*;q=0.01", "turtle"),
    ],
)
def test_the_accept_header_chooses_the_format(accept: str | None, name: str) -> None:
    assert choose(accept, RDF_SYNTAXES, page=True).name == name


@pytest.mark.parametrize(
    "accept", ["image/png", "text/turtle;q=0", "*/*;q=0", "nonsense", "text/x/y"]
)
def test_what_cannot_be_sent_is_406_with_a_list_of_what_can(
    client: FlaskClient, accept: str
) -> None:
    response = client.get("/id/f", headers={"Accept": accept})
    assert response.status_code == 406
    assert response.content_type == "application/problem+json"
    assert response.get_json()["available"] == [
        *(row.media_type for row in RDF_SYNTAXES), "text/html"
    ]  # fmt: skip
    assert response.headers["Vary"].startswith("Accept")


def test_errors_are_pages_only_for_those_who_name_html() -> None:
    assert prefers_page(BROWSER)
    assert not prefers_page("*/*")
    assert not prefers_page("text/html;q=0.1, application/problem+json")


# ------------------------------------------------------------------ from things to documents


def test_a_thing_leads_browsers_to_its_page_and_programs_to_its_data(client: FlaskClient) -> None:
    assert location(client, "/id/f", BROWSER) == "/page/f"
    assert location(client, "/id/f") == "/data/f.ttl"
    assert location(client, "/id/f", "application/ld+json") == "/data/f.jsonld"
    response = client.get("/id/f")
    assert response.headers["Vary"].startswith("Accept")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_an_entity_of_another_publisher_keeps_its_iri(client: FlaskClient) -> None:
    iri = "https%3A%2F%2Fpublisher.example%2Ffw"
    page = location(client, f"/entity?iri={iri}", BROWSER)
    assert page.startswith("/page?iri=https://publisher.example/fw")
    assert b"Theirs" in client.get(page).data
    data = client.get(location(client, f"/entity?iri={iri}", "text/turtle"))
    assert data.status_code == 200
    assert '<https://publisher.example/fw>; rel="canonical"' in data.headers["Link"]
    assert b'"1.50"^^xsd:decimal' in data.data or b" 1.50" in data.data
    assert location(client, "/entity?iri=urn:example:part", BROWSER).startswith("/page?iri=urn")


def test_an_entity_of_our_own_goes_to_its_document_at_once(client: FlaskClient) -> None:
    assert location(client, f"/entity?iri={BASE}f/source", BROWSER) == "/page/f/source"
    assert location(client, f"/entity?iri={BASE}f/source") == "/data/f/source.ttl"


def test_data_by_iri_are_negotiated_or_named_by_format(client: FlaskClient) -> None:
    address = "/data?iri=https://publisher.example/fw"
    negotiated = client.get(address, headers={"Accept": "application/n-triples"})
    assert negotiated.content_type == "application/n-triples"
    assert negotiated.headers["Vary"].startswith("Accept")
    named = client.get(address + "&format=ntriples", headers={"Accept": BROWSER})
    assert named.data == negotiated.data
    assert client.get(address + "&format=docx").status_code == 406


@pytest.mark.parametrize(
    "path", ["/entity", "/page", "/data", "/entity?iri=", "/data?iri=a:b&iri=c:d"]
)
def test_a_missing_or_doubled_iri_is_400(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/id/none", "/page/none", "/data/none.ttl", "/data/f.docx", "/data/all.ttl", "/ns.docx",
     "/entity?iri=https://nobody.example/", "/entity?iri=f", "/page?iri=javascript:alert(1)",
     "/page?iri=https://x.example/%3Cb%3E", "/id/%00", "/id/f%0Ax", "/nothing/here", "/dataset.docx"],
)  # fmt: skip
def test_what_is_unknown_is_404_for_programs_and_people(client: FlaskClient, path: str) -> None:
    machine = client.get(path)
    assert machine.status_code == 404
    assert machine.get_json()["status"] == 404
    page = client.get(path, headers={"Accept": BROWSER})
    assert page.status_code == 404
    assert page.content_type == "text/html; charset=utf-8"
    assert b"<b>" not in page.data


def test_an_unknown_name_says_what_may_have_been_meant(client: FlaskClient) -> None:
    assert BASE + "f/source" in client.get("/id/f/sourec").get_json()["near"]
    page = client.get("/id/f/sourec", headers={"Accept": BROWSER}).text
    assert 'href="/page/f/source"' in page and f"<code>{BASE}f/source</code>" in page


# ------------------------------------------------------------------ odd IRIs


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("/page/f/a%20b", "With a space"),
        ("/page/f/a%2520b", "With a space"),
        ("/page/f/caf%C3%A9", "Caf\u00e9"),
        ("/page/f/caf\u00e9", "Caf\u00e9"),
        ("/page/f/%C3%BC", "\u00dc"),
        ("/page/f/%25C3%25BC", "\u00dc"),
        ("/page/f//x%3Fy%23z", "Odd"),
    ],
)
def test_iris_with_odd_characters_are_found(client: FlaskClient, asked: str, title: str) -> None:
    response = client.get(asked)
    assert response.status_code == 200
    assert title in response.text


def test_the_links_to_odd_iris_lead_to_them(client: FlaskClient, graph: KnowledgeGraph) -> None:
    for part in graph.framework("f").parts:
        data = client.get(location(client, f"/entity?iri={quote(part.iri, safe='')}"))
        assert data.status_code == 200
        data.headers["Link"].encode("ascii")
        triples = graph.describe(part.iri).triples
        assert set(read_back(data.data)) == set(triples)


def read_back(data: bytes) -> tuple[object, ...]:
    """Return the triples of a Turtle document."""
    again = KnowledgeGraph()
    return again.named_graph(again.parse(data)[0]).triples


# ------------------------------------------------------------------ data


@pytest.mark.parametrize("row", RDF_SYNTAXES, ids=lambda row: row.name)
def test_every_syntax_holds_the_same_triples(
    client: FlaskClient, graph: KnowledgeGraph, row: Format
) -> None:
    response = client.get(f"/data/f{row.suffixes[0]}")
    assert response.status_code == 200
    assert response.mimetype == row.media_type
    assert ("charset=utf-8" in response.content_type) == row.media_type.startswith("text/")
    again = KnowledgeGraph()
    again.parse(response.data, syntax=row.name)
    before = graph.named_graph(BASE + "f").triples
    assert set(again.named_graph(again.graph_names[0]).triples) == set(before)


@pytest.mark.parametrize("row", RDF_SYNTAXES, ids=lambda row: row.name)
@pytest.mark.parametrize("path", ["/ns", "/shapes"])
def test_vocabulary_and_shapes_come_in_every_syntax(
    client: FlaskClient, path: str, row: Format
) -> None:
    response = client.get(path, headers={"Accept": row.media_type})
    assert response.mimetype == row.media_type
    assert response.headers["Content-Location"] == path + row.suffixes[0]
    assert response.headers["Vary"].startswith("Accept")
    assert client.get(path + row.suffixes[0]).data == response.data
    found = triples(response.data, row)
    assert len(found) > 100
    assert found == triples(client.get(path + ".ttl").data, by_name("turtle"))


def triples(data: bytes, row: Format) -> Counter[str]:
    """Return the triples of a document, with what hangs on a blank node in place of its name."""
    again = KnowledgeGraph()
    again.parse(data, syntax=row.name)
    graph = again.merged()

    @cache
    def name(node: Node) -> str:
        if not isinstance(node, BNode):
            return repr(node)
        return (
            "["
            + " ".join(sorted(repr(p) + name(o) for p, o in graph.predicate_objects(node)))
            + "]"
        )

    return Counter(f"{name(s)} {p} {name(o)}" for s, p, o in graph)


def test_the_vocabulary_is_published_as_its_authors_wrote_it(client: FlaskClient) -> None:
    assert b'owl:cardinality "1"^^xsd:nonNegativeInteger' in client.get("/ns.ttl").data
    context = client.get("/ns/context.jsonld")
    assert context.mimetype == "application/ld+json"
    assert json.loads(context.data)["@context"]["comp"] == "https://w3id.org/competency/ns#"


def test_everything_is_one_file_with_its_graph_names(client: FlaskClient) -> None:
    for suffix in ("trig", "nq"):
        response = client.get(f"/data/all.{suffix}")
        again = KnowledgeGraph()
        again.parse(response.data, syntax=suffix)
        assert again.graph_names == ["https://publisher.example/fw", BASE + "f"]


def test_data_say_what_they_describe_and_where_else_it_is(client: FlaskClient) -> None:
    headers = client.get("/data/f.ttl").headers
    assert headers["Content-Location"] == "/data/f.ttl"
    assert f'<{BASE}f>; rel="canonical"' in headers["Link"]
    assert '</data/f.jsonld>; rel="alternate"; type="application/ld+json"' in headers["Link"]
    assert '</page/f>; rel="alternate"; type="text/html"' in headers["Link"]
    assert '</data/f.ttl>; rel="alternate"' not in headers["Link"]
    assert '</ns>; rel="describedby"' in headers["Link"]
    assert headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/data/f.ttl", "/page/f", "/ns", "/shapes.ttl", "/data/all.trig", "/"]
)
def test_a_document_is_not_sent_twice(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["ETag"]
    assert tag.startswith('"') and len(tag) == 66
    again = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag
    assert again.headers.get("Vary") == first.headers.get("Vary")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/id/f", "/page/f", "/data/f.ttl", "/ns", "/sparql?query=ASK%20%7B%7D"]
)
def test_head_says_what_get_would(client: FlaskClient, path: str) -> None:
    head, body = client.head(path), client.get(path)
    assert head.status_code == body.status_code
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(body.data))
    assert head.headers.get("ETag") == body.headers.get("ETag")


# ------------------------------------------------------------------ the rest


def test_every_error_of_ours_has_a_status() -> None:
    def below(kind: type[CompetencyError]) -> Iterator[type[CompetencyError]]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    missing = [kind.__name__ for kind in below(CompetencyError) if kind not in STATUS]
    assert not missing
    assert status_of(QueryRefused("no")) == 403


def test_what_nobody_foresaw_is_a_bare_500_with_an_id(caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(KnowledgeGraph())

    @app.get("/broken")
    def broken() -> str:
        raise ZeroDivisionError("a secret")

    response = app.test_client().get("/broken")
    assert response.status_code == 500
    number = response.text.split()[-1]
    assert "secret" not in response.text and "Traceback" not in response.text
    assert number in caplog.text and "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    "path", ["/", "/id/f", "/data/f.ttl", "/ns", "/health", "/static/style.css"]
)
def test_other_methods_are_405_with_those_allowed(client: FlaskClient, path: str) -> None:
    response = client.post(path)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.get_json()["title"] == "Method Not Allowed"


def test_the_data_set_has_a_description(shipped: KnowledgeGraph) -> None:
    client = create_app(shipped).test_client()
    assert location(client, "/.well-known/void") == "/dataset"
    assert b"void:Dataset" in client.get("/dataset").data
    assert b"void:Dataset" in client.get("/data/dataset.ttl").data


def test_the_server_says_that_it_is_well(client: FlaskClient) -> None:
    found = client.get("/health").get_json()
    assert found == {"status": "ok", "frameworks": 2, "triples": 34, "edition": None}


def test_one_request_needs_no_network(graph: KnowledgeGraph) -> None:
    app = create_app(graph)
    status, headers, body = get(app, "/data/f.nt")
    assert (status, headers["Content-Type"]) == (200, "application/n-triples")
    assert b"Own framework" in body
    assert get(app, "/id/f", BROWSER)[1]["Location"] == "/page/f"
    assert get(app, "/id/none")[0] == 404


def test_an_empty_graph_has_a_home_page_too() -> None:
    client = create_app(KnowledgeGraph()).test_client()
    assert "No framework is published here yet" in client.get("/").text
    assert client.get("/data/all.nq").data.strip() == b""


def test_not_found_keeps_what_was_near() -> None:
    assert NotFound("framework", "x", iter(["y", "z"])).near == ("y", "z")
