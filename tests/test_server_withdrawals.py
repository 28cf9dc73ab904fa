"""410 and not 404 for what was published once: what replaces it, and where it was last."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from competency import DataDirectory, KnowledgeGraph
from competency.graph import publish
from competency.graph.replacing import is_deprecated, replacements
from competency.server import create_app
from tests.baking import BASE, FIRST, IRI, OTHER, SECOND, graph_of, other, part, publish_all
from tests.conftest import PREFIXES
from tests.published import client_of

HTML = {"Accept": "text/html"}
REPLACED_BY = 'rel="http://purl.org/dc/terms/isReplacedBy"'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    place = tmp_path_factory.mktemp("withdrawn") / "data"
    publish_all(place)
    return client_of(place)


@pytest.mark.parametrize(
    "address",
    [
        "/id/baking/1/2", "/page/baking/1/2", "/data/baking/1/2.ttl", "/data/baking/1/2.skos.jsonld",
        f"/entity?iri={IRI}/1/2", f"/data?iri={IRI}/1/2", f"/page?iri={IRI}/1/2",
    ],
)  # fmt: skip
def test_a_part_that_was_withdrawn_is_gone(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 410 and answer.mimetype == "application/problem+json"
    problem = answer.json
    assert problem is not None
    assert problem["withdrawn"] == f"{IRI}/1/2" and problem["name"] == "Thanks them"
    assert problem["replaced_by"] == [f"{IRI}/1/4"]
    assert problem["last_edition"] == "000002"
    assert client.get(problem["last_url"]).status_code == 303
    assert f"<{IRI}/1/4>; {REPLACED_BY}" in str(answer.headers.get_all("Link"))
    assert answer.headers["Cache-Control"] == "no-cache"


def test_people_get_a_page_that_leads_on(client: FlaskClient) -> None:
    page = client.get("/page/baking/1/2", headers=HTML)
    assert page.status_code == 410
    assert "Thanks them" in page.text and 'href="/page/baking/1/4"' in page.text
    assert 'href="/id/baking/1/2?edition=000002"' in page.text
    assert f'href="/history?iri={IRI}/1/2"' in page.text


def test_a_framework_that_was_taken_out_is_gone_with_its_parts(client: FlaskClient) -> None:
    for iri in (OTHER, f"{OTHER}%231"):
        answer = client.get(f"/entity?iri={iri}", headers=HTML)
        assert answer.status_code == 410 and "Nothing is named as its replacement" in answer.text
        assert "edition=000003" in answer.text


def test_what_never_was_stays_unknown(client: FlaskClient) -> None:
    for address in (
        "/id/never", "/page/baking/1/99", "/data/baking/1/2.zip", "/entity?iri=urn:never",
        "/entity?iri=not an iri", "/nothing", "/id/baking/1/2/", "/id/" + "x" * 5000,
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_what_comes_back_is_there_again(tmp_path: Path) -> None:
    publish_all(tmp_path)
    client = client_of(tmp_path)
    assert client.get(f"/entity?iri={OTHER}").status_code == 410
    other("Back").publish(tmp_path, gate=False)
    assert client.get(f"/entity?iri={OTHER}").status_code == 303


def test_the_withdrawn_may_say_itself_what_replaces_it(tmp_path: Path) -> None:
    old = part("2/9", 9, "Old", more=f"; dcterms:isReplacedBy <{IRI}/1/1>")
    graph_of(FIRST + old).publish(tmp_path, gate=False)
    graph_of(FIRST).publish(tmp_path, gate=False)
    answer = client_of(tmp_path).get("/id/baking/2/9")
    assert answer.status_code == 410 and answer.json is not None
    assert answer.json["replaced_by"] == [f"{IRI}/1/1"]


def test_statements_about_what_is_not_described_any_more_are_enough(tmp_path: Path) -> None:
    """Where the editions that had it are gone, or files are served, the data say it alone."""
    new = part("2/9", 9, "New", more=f"; dcterms:replaces <{BASE}long-gone>")
    client = create_app(graph_of(SECOND + new)).test_client()
    answer = client.get("/id/long-gone")
    assert answer.status_code == 410 and answer.json is not None
    assert answer.json["replaced_by"] == [f"{IRI}/2/9"] and "last_edition" not in answer.json
    page = client.get("/page/long-gone", headers=HTML)
    assert page.status_code == 410 and 'href="/page/baking/2/9"' in page.text


def test_replacements_of_replacements_are_followed_to_what_is_held() -> None:
    graph = graph_of(
        f"{PREFIXES} <urn:c> a comp:Note ; dcterms:replaces <urn:b> . <urn:b> dcterms:replaces <urn:a> ."
        "<urn:x> dcterms:isReplacedBy <urn:y> . <urn:y> dcterms:isReplacedBy <urn:x> ."
    )
    assert replacements(graph, "urn:a") == ("urn:c",)
    assert replacements(graph, "urn:x") == ("urn:y",)
    assert replacements(graph, "urn:none") == () and replacements(graph, "not an iri") == ()


def test_what_is_held_and_deprecated_answers_with_a_notice(tmp_path: Path) -> None:
    more = f"; owl:deprecated true ; dcterms:isReplacedBy <{IRI}/1/1>"
    graph_of(SECOND + part("2/9", 9, "Old", more=more)).publish(tmp_path, gate=False)
    client = client_of(tmp_path)
    page = client.get("/page/baking/2/9", headers=HTML)
    assert page.status_code == 200 and "This was withdrawn. It is replaced by:" in page.text
    assert 'href="/page/baking/1/1"' in page.text
    for address in ("/page/baking/2/9", "/data/baking/2/9.ttl", "/id/baking/2/9"):
        assert REPLACED_BY in str(client.get(address).headers.get_all("Link"))
    fine = client.get("/page/baking/1/1", headers=HTML)
    assert "withdrawn" not in fine.text and REPLACED_BY not in str(fine.headers.get_all("Link"))


def test_only_true_means_deprecated() -> None:
    graph = graph_of(
        f"{PREFIXES} @prefix owl: <http://www.w3.org/2002/07/owl#> . <urn:a> owl:deprecated false . <urn:b> owl:deprecated true ."
    )
    assert not is_deprecated(graph, "urn:a") and is_deprecated(graph, "urn:b")


def test_titles_of_the_withdrawn_are_escaped(tmp_path: Path) -> None:
    other("<script>alert(1)</script>").publish(tmp_path, gate=False)
    publish(DataDirectory(tmp_path), remove=[OTHER], gate=False)
    page = client_of(tmp_path).get(f"/page?iri={OTHER}", headers=HTML)
    assert page.status_code == 410 and "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


def test_an_edition_that_is_damaged_does_not_make_an_error_of_it(tmp_path: Path) -> None:
    directory = publish_all(tmp_path)
    client = client_of(tmp_path)
    shutil.rmtree(directory.editions_folder / "000002" / "store")
    answer = client.get("/id/baking/1/2")
    assert answer.status_code == 410 and answer.json is not None
    assert answer.json["replaced_by"] == [f"{IRI}/1/4"]


def test_without_editions_nothing_is_gone(shipped: KnowledgeGraph) -> None:
    assert create_app(shipped).test_client().get("/id/never").status_code == 404
