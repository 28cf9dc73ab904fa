"""The graph store over HTTP: graphs by name and by address, the token, the gate, one edition each."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import Graph

from competency import KnowledgeGraph
from competency.ontology import ONTOLOGY_IRI
from tests.conftest import PREFIXES
from tests.published import TOKEN, client_of

G = "https://example.org/g"
TURTLE = {"Content-Type": "text/turtle"}
ROW = b'<https://example.org/s> <https://example.org/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .'


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return client_of(tmp_path / "data", union=False)


def put(client: FlaskClient, name: str = f"?graph={G}", data: bytes = ROW) -> int:
    return client.put(f"/graphs{name}", data=data, headers=TOKEN | TURTLE).status_code


def test_a_graph_is_put_read_as_written_and_deleted(client: FlaskClient) -> None:
    assert client.get(f"/graphs?graph={G}").status_code == 404
    assert put(client) == 201 and put(client) == 204
    response = client.get(f"/graphs?graph={G}", headers={"Accept": "application/n-triples"})
    assert response.data.strip() == ROW
    assert response.headers["ETag"] and response.headers["Vary"].startswith("Accept")
    head = client.head(f"/graphs?graph={G}")
    assert head.mimetype == "text/turtle" and head.content_length and not head.data
    gone = client.delete(f"/graphs?graph={G}", headers=TOKEN)
    assert gone.status_code == 204 and gone.headers["Edition"] == "000002"
    assert client.get(f"/graphs?graph={G}").status_code == 404
    assert client.delete(f"/graphs?graph={G}", headers=TOKEN).status_code == 404


def test_an_address_is_a_graph_of_its_own(client: FlaskClient) -> None:
    assert put(client, "/person/1.ttl", b"<#me> <p> <o> .") == 201
    data = client.get("/graphs/person/1.ttl").data
    assert b"<http://localhost/graphs/person/1.ttl#me>" in data
    same = client.get("/graphs?graph=http://localhost/graphs/person/1.ttl")
    assert same.data == data
    assert put(client, "/%31") == 201 and put(client, "/%2531") == 201


def test_the_default_graph_is_always_there(client: FlaskClient) -> None:
    assert client.get("/graphs?default").status_code == 200
    assert put(client, "?default") == 204
    assert b"example.org/s" in client.get("/graphs?default").data
    count = "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D"
    assert client.get(count, headers={"Accept": "text/csv"}).text.count("\n") == 2
    client.delete("/graphs?default", headers=TOKEN)
    assert client.get(count, headers={"Accept": "text/csv"}).text.count("\n") == 1


def test_a_post_adds_to_a_graph(client: FlaskClient) -> None:
    put(client)
    more = b"<https://example.org/s> <https://example.org/q> [ <https://example.org/r> 1 ] ."
    for _ in range(2):
        response = client.post(f"/graphs?graph={G}", data=more, headers=TOKEN | TURTLE)
        assert response.status_code == 204
    found = Graph().parse(data=client.get(f"/graphs?graph={G}").data, format="turtle")
    assert len(found) == 5


def test_a_post_without_a_name_makes_a_graph_and_says_where(client: FlaskClient) -> None:
    response = client.post("/graphs", data=ROW, headers=TOKEN | TURTLE)
    assert response.status_code == 201
    place = response.headers["Location"]
    assert place.startswith("http://localhost/graphs/")
    assert client.get(f"/graphs?graph={place}").status_code == 200
    assert client.get(place.removeprefix("http://localhost")).status_code == 200
    framework = f"{PREFIXES} <{G}> a comp:Framework ."
    response = client.post("/graphs", data=framework, headers=TOKEN | TURTLE)
    assert response.headers["Location"].endswith("/graphs?graph=https%3A%2F%2Fexample.org%2Fg")
    assert client.get(f"/graphs?graph={G}").status_code == 200


def test_quads_go_to_the_graphs_they_name(client: FlaskClient) -> None:
    quads = f"<urn:a> <urn:b> <urn:c> <{G}> .\n<urn:a> <urn:b> <urn:d> <{G}2> .\n"
    kind = {"Content-Type": "application/n-quads"}
    assert client.post("/graphs", data=quads, headers=TOKEN | kind).status_code == 201
    assert client.get(f"/graphs?graph={G}2").status_code == 200
    refused = client.put(f"/graphs?graph={G}", data=quads, headers=TOKEN | kind)
    assert refused.status_code == 400 and "names graphs" in refused.get_json()["detail"]


def test_documents_come_as_a_form_as_well(client: FlaskClient) -> None:
    form = {
        "a": (io.BytesIO(b"<urn:s> <urn:p> 1 ."), "a.ttl", "text/turtle"),
        "b": (io.BytesIO(b"<urn:s> <urn:p> 2 ."), "b.nt.ttl", "text/turtle"),
    }
    put(client)
    response = client.post(f"/graphs?graph={G}", data=form, headers=TOKEN)
    assert response.status_code == 204
    found = Graph().parse(data=client.get(f"/graphs?graph={G}").data, format="turtle")
    assert len(found) == 3
    empty = client.post(f"/graphs?graph={G}", data={"x": "y"}, headers=TOKEN,
                        content_type="multipart/form-data")  # fmt: skip
    assert empty.status_code == 400


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic c2VjcmV0"},
                {"Authorization": "Bearer"}, {"Authorization": "Bearer secret2"}]
)  # fmt: skip
def test_nothing_is_written_without_the_token(client: FlaskClient, headers: dict[str, str]) -> None:
    for send in (client.put, client.post):
        response = send(f"/graphs?graph={G}", data=ROW, headers=headers | TURTLE)
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.delete(f"/graphs?graph={G}", headers=headers).status_code == 401
    update = {"Content-Type": "application/sparql-update"}
    assert client.post("/update", data="CLEAR ALL", headers=headers | update).status_code == 401
    assert client.get("/health").get_json()["edition"] is None


def test_a_server_that_was_started_without_a_token_takes_no_writes_at_all(
    shipped: KnowledgeGraph,
) -> None:
    from competency.server import create_app

    client = create_app(shipped).test_client()
    response = client.put(f"/graphs?graph={G}", data=ROW, headers=TOKEN | TURTLE)
    assert response.status_code == 403
    assert "COMPETENCY_WRITE_TOKEN" in response.get_json()["detail"]
    assert client.get("/graphs?graph=https://w3id.org/competency/id/pub-cscf").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/graphs", 400),
        ("/graphs?graph=relative", 400),
        (f"/graphs?graph={G}&graph={G}", 400),
        (f"/graphs?graph={G}&default", 400),
        ("/graphs?graph=http://a%20b/", 400),
        (f"/graphs?graph={ONTOLOGY_IRI}", 403),
    ],
)
def test_a_wrong_name_is_refused(client: FlaskClient, path: str, status: int) -> None:
    response = client.put(path, data=ROW, headers=TOKEN | TURTLE)
    assert response.status_code == status, response.text
    assert response.get_json()["detail"]


@pytest.mark.parametrize(
    ("data", "headers", "status"),
    [
        (b"<a> <b> oops .", TURTLE, 400),
        (b"\xff", TURTLE, 400),
        (ROW, {"Content-Type": "text/plain"}, 415),
        (ROW, {}, 415),
        (ROW, TURTLE | {"Content-Encoding": "br"}, 415),
        (ROW, TURTLE | {"Content-Encoding": "gzip"}, 400),
        (gzip.compress(ROW, mtime=0)[:-4], TURTLE | {"Content-Encoding": "gzip"}, 400),
        (gzip.compress(b" " * 65_000_000, mtime=0), TURTLE | {"Content-Encoding": "gzip"}, 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_with_a_reason(
    client: FlaskClient, data: bytes, headers: dict[str, str], status: int
) -> None:
    response = client.put(f"/graphs?graph={G}", data=data, headers=TOKEN | headers)
    assert response.status_code == status, response.text
    assert response.get_json()["detail"] and "Traceback" not in response.text
    assert client.get("/health").get_json()["edition"] is None


def test_a_packed_body_is_unpacked(client: FlaskClient) -> None:
    headers = TOKEN | TURTLE | {"Content-Encoding": "gzip"}
    packed = client.put(f"/graphs?graph={G}", data=gzip.compress(ROW), headers=headers)
    assert packed.status_code == 201


def test_other_methods_are_405_with_those_there_are(client: FlaskClient) -> None:
    response = client.patch(f"/graphs?graph={G}", data=ROW, headers=TOKEN)
    assert response.status_code == 405
    assert {"GET", "PUT", "POST", "DELETE"} <= set(response.headers["Allow"].split(", "))
    assert client.get("/update").status_code == 405


BAD = f"{PREFIXES} <{G}> a comp:Framework . <{G}/1> a comp:Competency ; comp:inFramework <{G}> ."


@pytest.mark.parametrize(
    ("accept", "kind", "says"),
    [
        ("application/json", "application/json", b'"conforms": false'),
        ("text/turtle", "text/turtle", b"sh:ValidationReport"),
        ("application/ld+json", "application/ld+json", b"ValidationReport"),
        ("text/html", "text/html", b"Nothing has changed"),
        (None, "application/json", b'"fix"'),
    ],
)
def test_what_does_not_conform_is_422_with_the_report(
    tmp_path: Path, accept: str | None, kind: str, says: bytes
) -> None:
    client = client_of(tmp_path / "data", gate=True)
    headers = TOKEN | TURTLE | ({"Accept": accept} if accept else {})
    response = client.put(f"/graphs?graph={G}", data=BAD, headers=headers)
    assert response.status_code == 422
    assert response.mimetype == kind and says in response.data
    assert client.get("/health").get_json()["edition"] is None


def test_a_framework_that_conforms_passes_the_gate_and_has_its_pages(
    tmp_path: Path, shipped: KnowledgeGraph
) -> None:
    client = client_of(tmp_path / "data", gate=True)
    data = shipped.serialize("hkqf-111334L3")
    response = client.post("/graphs", data=data, headers=TOKEN | TURTLE)
    assert response.status_code == 201, response.text
    assert client.get("/id/hkqf-111334L3").status_code == 303
    assert b"<h1" in client.get("/page/hkqf-111334L3").data
    assert client.get("/data/hkqf-111334L3.ttl").data == data
    catalogue = client.get("/data/dataset.ttl")
    assert b"dcat:Catalog" in catalogue.data and b"hkqf-111334L3" in catalogue.data
