"""What follows, over HTTP: to be read by its name, written by nobody, mixed with nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from click.testing import Result
from flask.testing import FlaskClient
from rdflib import Graph, Literal, URIRef

from competency import KnowledgeGraph
from competency.server import Settings, app_for_endpoint
from competency.sparql.remote import Client
from tests.baking import BASE, FIRST, IRI
from tests.other_engine import running
from tests.published import TOKEN, client_of

INFERRED = f"{IRI}#inferred"
TURTLE = {"Content-Type": "text/turtle"}
HAS_PART = URIRef("https://w3id.org/competency/ns#hasPart")


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    client = client_of(tmp_path / "data")
    assert client.put(f"/graphs?graph={IRI}", data=FIRST, headers=TOKEN | TURTLE).status_code == 201
    return client


def address(name: str) -> str:
    return f"/graphs?graph={quote(name, safe='')}"


def test_it_is_read_by_its_name_in_any_syntax(client: FlaskClient) -> None:
    for accept in ("text/turtle", "application/n-triples", "application/ld+json"):
        response = client.get(address(INFERRED), headers={"Accept": accept})
        assert response.status_code == 200 and response.mimetype == accept
        assert response.headers["ETag"]
    graph = Graph().parse(data=client.get(address(INFERRED)).text, format="turtle")
    assert (URIRef(IRI), HAS_PART, URIRef(IRI + "/1")) in graph
    stated = Graph().parse(data=client.get(address(IRI)).text, format="turtle")
    assert not set(stated) & set(graph)


def test_nobody_writes_it_and_the_answer_says_why(client: FlaskClient) -> None:
    for method in (client.put, client.post, client.delete):
        response = method(address(INFERRED), data="<urn:s> <urn:p> 1 .", headers=TOKEN | TURTLE)
        assert response.status_code == 403
        assert "made of what follows" in response.text
    trig = f"<{INFERRED}> {{ <urn:s> <urn:p> 1 }}"
    response = client.post(
        "/graphs", data=trig, headers=TOKEN | {"Content-Type": "application/trig"}
    )
    assert response.status_code == 403 and "stands for what follows" in response.text
    assert client.put(address(INFERRED), data="", headers=TURTLE).status_code == 401


def test_it_is_not_there_where_its_framework_is_not(client: FlaskClient) -> None:
    other = address("https://example.org/x#inferred")
    assert client.get(other).status_code == 404
    assert client.delete(other, headers=TOKEN).status_code == 404
    response = client.put(other, data="<urn:s> <urn:p> 1 .", headers=TOKEN | TURTLE)
    assert response.status_code == 403


def test_the_endpoint_answers_over_it_where_it_is_named(client: FlaskClient) -> None:
    query = "SELECT ?part { ?framework comp:hasPart ?part }"
    headers = {"Accept": "text/csv"}
    plain = client.get("/sparql?" + urlencode({"query": query}), headers=headers)
    assert plain.text.split() == ["part"]
    named = {"query": query, "default-graph-uri": INFERRED}
    assert IRI + "/1" in client.get("/sparql?" + urlencode(named), headers=headers).text
    text = query.replace("{", f"FROM <{INFERRED}> {{", 1)
    assert IRI + "/1" in client.get("/sparql?" + urlencode({"query": text}), headers=headers).text


def test_an_update_over_it_is_refused(client: FlaskClient) -> None:
    text = (
        f"INSERT {{ GRAPH <{IRI}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{INFERRED}> {{ ?s ?p ?o }} }}"
    )
    headers = TOKEN | {"Content-Type": "application/sparql-update"}
    response = client.post("/update", data=text, headers=headers)
    assert response.status_code in (400, 403)
    assert "neither reads nor writes it" in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/", "/dataset.ttl", "/.well-known/void", "/sitemap.xml", "/search?q=customers",
        "/editions", f"/data/{IRI.removeprefix(BASE)}.ttl", f"/page/{IRI.removeprefix(BASE)}",
        f"/data/{IRI.removeprefix(BASE)}/1.nt", "/sparql?format=turtle", "/history/baking",
    ],
)  # fmt: skip
def test_nothing_else_that_is_served_mixes_it_in(client: FlaskClient, path: str) -> None:
    response = client.get(path, follow_redirects=True)
    assert response.status_code == 200, path
    assert "#inferred" not in response.text
    assert "hasPart" not in response.text


def test_the_number_of_triples_is_that_of_what_is_stated(client: FlaskClient) -> None:
    described = Graph().parse(data=client.get("/sparql?format=turtle").text, format="turtle")
    triples = URIRef("http://rdfs.org/ns/void#triples")
    stated = Graph().parse(data=client.get(address(IRI)).text, format="turtle")
    assert {int(n) for n in described.objects(None, triples) if isinstance(n, Literal)} == {
        len(stated)
    }


# ---------------------------------------------------------------------- another engine


def test_another_engine_holds_nothing_that_follows_and_queries_over_it_say_so(
    shipped: KnowledgeGraph,
) -> None:
    with running() as engine:
        engine.store.extend(quad for graph in shipped.graphs() for quad in graph.quads())
        with app_for_endpoint(Client(engine.url), Settings(), renew=60) as app:
            client = app.test_client()
            name = shipped.base + "pub-cscf#inferred"
            for query in (
                f"ASK FROM <{name}> {{ ?s ?p ?o }}",
                f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}",
            ):
                response = client.get("/sparql?" + urlencode({"query": query, "format": "json"}))
                assert response.status_code in (400, 403)
                assert "what follows from them is not written there" in response.text
            read = client.get(address(name), headers={"Accept": "text/turtle"})
            assert read.status_code == 200 and "comp:hasPart" in read.text
        assert not [q for q in engine.store if "inferred" in str(q.graph_name)]


def test_nobody_publishes_it_into_another_engine(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "follows.trig"
    file.write_text("<https://example.org/f#inferred> { <urn:s> <urn:p> 1 }")
    with running() as engine:
        done = run("publish", file, "--endpoint", engine.url, "--no-gate")
        assert done.exit_code == 2
        assert "stands for what follows from https://example.org/f" in done.stderr
        assert not engine.updates
