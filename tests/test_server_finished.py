"""Finished answers: what is sent again is what would have been made anew, headers included."""

from __future__ import annotations

import os
import shutil
from itertools import chain
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from competency import DataDirectory, KnowledgeGraph
from competency.server import Settings, create_app
from competency.server.finished import Answer
from competency.server.routes import ROUTES
from competency.server.serving import Fixed, Published
from competency.server.site import Site
from competency.sparql.limits import Limits
from tests.published import client_of

PART, FRAMEWORK = "pub-cscf/c01", "pub-cscf"
IRI = "https://w3id.org/competency/id/" + PART
# Addresses by the route that answers them; every route that is kept is here.
ADDRESSES = {
    "home.index": ["/", "/?page=1", "/?page=9", "/?lang=fr"],
    "home.dataset": ["/dataset", "/dataset?_mediatype=text/turtle"],
    "catalogue.data": ["/dataset.ttl"],
    "catalogue.void": ["/.well-known/void"],
    "resources.thing": [f"/id/{PART}", f"/id/{PART}?_profile=skos", "/id/pub-cscf/none"],
    "resources.entity": [f"/entity?iri={IRI}", "/entity"],
    "resources.page": [
        f"/page/{PART}", f"/page/{PART}?lang=fr", f"/page/{FRAMEWORK}?view=levels&open=all",
        f"/page/{PART}?_mediatype=ttl", f"/page/{PART}?edition=1",
    ],
    "resources.page_of": [f"/page?iri={IRI}"],
    "resources.data": [
        f"/data/{PART}.ttl", f"/data/{PART}.jsonld", f"/data/{PART}.skos.ttl",
        f"/data/{PART}.alt.html", f"/data/{PART}.alt.json", f"/data/{PART}.doc",
    ],
    "resources.data_of": [f"/data?iri={IRI}", f"/data?iri={IRI}&format=nt"],
    "resources.whole": ["/data/all.nq"],
    "terms.vocabulary": ["/ns", "/ns?lang=fr"],
    "terms.shapes": ["/shapes"],
    "compare.index": ["/compare", "/compare?left=pub-cscf&right=wcc-behaviours"],
    "crosswalk.index": ["/crosswalk"],
    "search.page": ["/search?q=people", "/search"],
    "search.data": ["/search.json?q=people"],
    "versions.editions": ["/editions", "/editions.json"],
    "versions.history": [f"/history?iri={IRI}"],
    "openapi.document": ["/openapi.json"],
    "sitemap.index": ["/sitemap.xml", "/robots.txt"],
    "case.documents": ["/ims/case/v1p1/CFDocuments?limit=2"],
    "operations.health": ["/health"],
}  # fmt: skip
HEADERS = [
    {},
    {"Accept": "text/html,*/*;q=0.8"},
    {"Accept": "text/turtle", "Accept-Encoding": "gzip"},
    {"Accept": "text/html", "Accept-Language": "fr", "Accept-Encoding": "br, gzip;q=0.5"},
    {"Accept": "application/ld+json", "Accept-Profile": "<http://www.w3.org/2004/02/skos/core>"},
    {"Accept": "image/png"},
    {"Accept": "text/html", "Host": "other.example"},
]
NEW = ("Date", "Query-Id")  # of each answer anew


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.shipped()


@pytest.fixture(scope="module")
def anew(graph: KnowledgeGraph) -> FlaskClient:
    """Return a client of a server that keeps nothing."""
    return create_app(graph, Settings(limits=Limits(cache=0))).test_client()


@pytest.fixture(scope="module")
def keeping(graph: KnowledgeGraph) -> FlaskClient:
    return create_app(graph).test_client()


def _said(answer: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    rows = [(name, value) for name, value in answer.headers if name not in NEW]
    return answer.status_code, sorted(rows), answer.get_data()


def test_the_table_names_routes_that_there_are() -> None:
    assert set(ADDRESSES) <= set(ROUTES)


def test_what_is_sent_again_is_what_is_made_anew(anew: FlaskClient, keeping: FlaskClient) -> None:
    for path in ("/", f"/id/{PART}", f"/page/{PART}?lang=fr", f"/data/{PART}.ttl", "/page/none"):
        for headers in HEADERS[1:5]:
            _compare(anew, keeping, path, headers)


@pytest.mark.slow
def test_that_is_so_for_every_kind_of_address(anew: FlaskClient, keeping: FlaskClient) -> None:
    for path in chain.from_iterable(ADDRESSES.values()):
        for headers in HEADERS:
            _compare(anew, keeping, path, headers)


def _compare(anew: FlaskClient, keeping: FlaskClient, path: str, headers: dict[str, str]) -> None:
    wanted = _said(anew.get(path, headers=headers))
    first = _said(keeping.get(path, headers=headers))
    again = _said(keeping.get(path, headers=headers))
    assert first == again == wanted, (path, headers)


def test_a_head_request_has_the_headers_and_no_body(
    anew: FlaskClient, keeping: FlaskClient
) -> None:
    for path in (f"/page/{PART}", f"/data/{PART}.ttl", f"/id/{PART}", "/"):
        for headers in HEADERS:
            wanted = _said(anew.head(path, headers=headers))
            cold = _said(keeping.head(path, headers=headers))
            keeping.get(path, headers=headers)
            assert cold == _said(keeping.head(path, headers=headers)) == wanted


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_condition_is_decided_from_the_tag(
    anew: FlaskClient, graph: KnowledgeGraph, encoding: str
) -> None:
    keeping = create_app(graph).test_client()
    for path in (f"/page/{PART}", f"/data/{PART}.ttl", "/robots.txt"):
        plain = {"Accept": "text/html, */*;q=0.5", "Accept-Encoding": encoding}
        tag = anew.get(path, headers=plain).headers["ETag"]
        other = tag.replace("-gzip", "") if encoding == "gzip" else tag[:-1] + '-gzip"'
        for condition in (tag, other, f"W/{tag}", f'"x", {tag}', "*", '"x"', "", tag.upper()):
            headers = plain | {"If-None-Match": condition}
            wanted = anew.get(path, headers=headers)
            assert _said(keeping.get(path, headers=headers)) == _said(wanted), condition
            assert _said(keeping.head(path, headers=headers))[:2] == _said(wanted)[:2]


def test_what_is_not_kept_decides_on_its_condition(keeping: FlaskClient) -> None:
    for path in ("/static/style.css", "/sparql?query=ASK%7B%7D&format=json", "/sparql/terms"):
        with keeping.get(path) as whole:
            tag = whole.headers["ETag"]
        with keeping.get(path, headers={"If-None-Match": tag}) as answer:
            assert (answer.status_code, answer.data) == (304, b"")


def test_what_has_another_condition_goes_its_way(anew: FlaskClient, keeping: FlaskClient) -> None:
    path = f"/data/{PART}.ttl"
    for headers in (
        {"If-Match": '"x"'},
        {"Range": "bytes=0-5"},
        {"If-Modified-Since": "Thu, 31 May 2029 20:35:00 GMT"},
        {"Accept-Datetime": "Thu, 31 May 2007 20:35:00 GMT"},
    ):
        keeping.get(path)
        assert _said(keeping.get(path, headers=headers)) == _said(anew.get(path, headers=headers))


def test_no_request_is_counted_twice(graph: KnowledgeGraph) -> None:
    client = create_app(graph).test_client()
    tag = client.get(f"/page/{PART}").headers["ETag"]
    for headers in ({}, {"If-None-Match": tag}):
        client.get(f"/page/{PART}", headers=headers)
    client.get("/page/none")
    told = client.get("/metrics").get_data(as_text=True)
    assert 'competency_requests_total{method="GET",status="200"} 2.0' in told
    assert 'competency_requests_total{method="GET",status="304"} 1.0' in told
    assert 'competency_requests_total{method="GET",status="404"} 1.0' in told


# ---------------------------------------------------------------------- editions

TWO = """@prefix comp: <https://w3id.org/competency/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/competency/id/f> a comp:Framework ; rdfs:label "{title}"@en .
"""


def _publish(place: Path, title: str) -> None:
    graph = KnowledgeGraph()
    graph.parse(TWO.format(title=title))
    graph.publish(place, gate=False)
    _settle(place)


def _settle(place: Path) -> None:
    """Let what was touched just now look as if that was long ago, in order."""
    for number, path in enumerate((place / "editions", place / "current")):
        then = 1_000_000_000 + len(list((place / "editions").iterdir())) * 10 + number
        os.utime(path, (then, then))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    _publish(tmp_path, "First")
    return tmp_path


def test_a_publication_makes_every_answer_new(place: Path) -> None:
    client = client_of(place)
    first = client.get("/page/f", headers={"Accept": "text/html"})
    tag = first.headers["ETag"]
    assert client.get("/page/f", headers={"If-None-Match": tag}).status_code == 304
    _publish(place, "Second")
    second = client.get("/page/f", headers={"If-None-Match": tag})
    assert (second.status_code, b"Second" in second.data, b"First" in second.data) == (
        200,
        True,
        False,
    )
    pinned = client.get("/page/f?edition=1")
    assert b"First" in pinned.data
    assert _said(client.get("/page/f?edition=1")) == _said(pinned)
    DataDirectory(place).rollback("1")
    _settle(place)
    assert b"First" in client.get("/page/f").data


def test_answers_name_no_edition_that_is_gone(place: Path) -> None:
    client = client_of(place)
    for title in ("Second", "Third"):
        _publish(place, title)
    assert "edition=000002" in _links(client)
    assert _editions(client) == ["000003", "000002", "000001"]
    directory = DataDirectory(place)
    with directory.publishing():
        shutil.rmtree(directory.editions_folder / "000002")
    _settle(place)
    assert client.get("/page/f?edition=2").status_code == 404
    assert "edition=000002" not in _links(client)
    assert _editions(client) == ["000003", "000001"]


def _editions(client: FlaskClient) -> list[str]:
    return [item["edition"] for item in client.get("/editions.json").json["editions"]]  # type: ignore[index]


def _links(client: FlaskClient) -> str:
    return ", ".join(client.get("/page/f").headers.getlist("Link"))


def test_answers_are_counted_while_nothing_is_kept(place: Path) -> None:
    client = client_of(place)
    os.utime(place / "current")
    client.get("/page/f")
    told = client.get("/metrics").get_data(as_text=True)
    assert 'competency_requests_total{method="GET",status="200"} 1.0' in told


def test_nothing_is_kept_while_editions_come_and_go(place: Path) -> None:
    serving = Published(DataDirectory(place), lambda edition: pytest.fail if edition else None)  # type: ignore[arg-type, return-value]
    assert serving.state() is not None
    os.utime(place / "current")
    assert serving.state() is None


def test_the_date_is_left_to_the_server() -> None:
    answer = Answer.of("200 OK", Headers([("Date", "now"), ("ETag", '"a"')]), b"x")
    assert "Date" not in dict(answer.headers)


def test_finished_answers_and_those_to_queries_share_one_bound(graph: KnowledgeGraph) -> None:
    settings = Settings(limits=Limits(cache=200_000))
    site = Site(graph, settings=settings)
    client, held = create_app(Fixed(site), settings).test_client(), [0]
    for number in range(1, 60):
        client.get(f"/data/{PART}.ttl?x={number}")
        held.append(site.memory.held)
        client.get("/sparql", query_string={"query": f"SELECT * {{ ?s ?p ?o }} LIMIT {number}"})
        held.append(site.memory.held)
    assert held[0] < held[1] < held[2]
    assert 100_000 < max(held) <= 200_000
