"""Addresses that are nearly right: a slash too many at the end, data without a suffix."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from competency import KnowledgeGraph
from competency.server import create_app
from tests.conftest import PREFIXES

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
BASE = "https://w3id.org/competency/id/"
DATA = f"""{PREFIXES}
<{BASE}f> a comp:Framework ; rdfs:label "Without a slash"@en .
<{BASE}open/> a comp:Framework ; rdfs:label "With a slash"@en .
<{BASE}both> a comp:Framework ; rdfs:label "Both, the one"@en .
<{BASE}both/> a comp:Framework ; rdfs:label "Both, the other"@en .
<{BASE}caf\u00e9> a comp:Framework ; rdfs:label "Caf\u00e9"@fr .
"""


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    found = KnowledgeGraph()
    found.parse(DATA)
    return create_app(found).test_client()


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/ns/", "/ns"),
        ("/ns/Framework/", "/ns/Framework"),
        ("/ns//?lang=fr&x=%C3%A9", "/ns?lang=fr&x=%C3%A9"),
        ("/shapes/", "/shapes"),
        ("/search/?q=a", "/search?q=a"),
        ("/ims/case/v1p1/CFDocuments/", "/ims/case/v1p1/CFDocuments"),
        ("/id/f/", "/id/f"),
        ("/id/caf%C3%A9/", "/id/caf%C3%A9"),
        ("/page/f/?view=levels", "/page/f?view=levels"),
        ("/data/f/", "/data/f"),
        ("/data/f.ttl/", None),
        ("/id/nothing/", None),
        ("/nothing/", None),
        ("/id/", None),
    ],
)
def test_a_slash_too_many_leads_to_what_is_there(
    client: FlaskClient, asked: str, there: str | None
) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer.headers.get("Location")) == (308 if there else 404, there)
    if there:
        assert client.get(there).status_code in (200, 303)


def test_a_thing_whose_name_ends_in_a_slash_is_itself(client: FlaskClient) -> None:
    for path in ("open/", "both/", "both"):
        answer = client.get(f"/id/{path}", headers={"Accept": "text/turtle"})
        assert answer.status_code == 303
        assert f"<{BASE}{path}>" in client.get(answer.headers["Location"]).text
    assert client.get("/id/open").status_code == 404


def test_where_a_slash_leads_may_be_asked_again_and_by_scripts(client: FlaskClient) -> None:
    for address in ("/ns/", "/id/f/"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_no_slash_leads_to_another_host(client: FlaskClient) -> None:
    for path in ("//ns/", "//elsewhere.example/", "/id//elsewhere.example/"):
        answer = client.get("/", environ_overrides={"PATH_INFO": path})
        assert answer.headers.get("Location", "/ns") == "/ns"


def test_what_cannot_be_read_there_is_not_led_there(client: FlaskClient) -> None:
    assert client.delete("/ns/").status_code == 404
    assert client.post("/validate/").status_code == 308


@pytest.mark.parametrize(
    ("accept", "there"),
    [
        ("*/*", "/data/f.ttl"),
        ("application/ld+json", "/data/f.jsonld"),
        ("application/json", "/data/f.jsonld"),
        (BROWSER, "/page/f"),
    ],
)
def test_data_without_a_suffix_lead_to_what_suits(
    client: FlaskClient, accept: str, there: str
) -> None:
    answer = client.get("/data/f", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Location"]) == (303, there)
    assert {"Accept", "Accept-Profile"} <= set(answer.vary)


def test_data_without_a_suffix_take_parameters_and_keep_their_message(client: FlaskClient) -> None:
    for query, there in (("format=nt", "f.nt"), ("_profile=skos&_mediatype=rdf", "f.skos.rdf")):
        assert client.get(f"/data/f?{query}").headers["Location"] == f"/data/{there}"
    missing = client.get("/data/nothing")
    assert missing.status_code == 404 and "has to end in one of .ttl" in missing.text
