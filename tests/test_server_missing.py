"""What is not here, in words for people: where it would be, what is near, what to look for."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from competency import KnowledgeGraph
from competency.server import create_app
from competency.server.pages.missing import last_words
from tests.baking import OTHER, publish_all
from tests.published import client_of
from tests.test_server_compare import page

BASE = "https://w3id.org/competency/id/"


@pytest.fixture(scope="module")
def client(shipped: KnowledgeGraph) -> FlaskClient:
    return create_app(shipped).test_client()


def test_a_missing_part_is_told_in_words_with_the_framework_it_would_be_in(
    client: FlaskClient,
) -> None:
    for address in ("/id/pub-cscf/c06/greets-people", "/page/pub-cscf/c06/greets-people"):
        text = page(client, address, 404)
        assert "Nothing is published under this name" in text
        assert "It would be in the framework:" in text and 'href="/page/pub-cscf"' in text
        assert "The nearest part above it:" in text and 'href="/page/pub-cscf/c06"' in text
        assert text.index("Customer Service Competency Framework") < text.index(
            f"<code>{BASE}pub-cscf/c06/greets-people</code>"
        )


def test_its_last_words_are_ready_to_be_searched_in_that_framework(client: FlaskClient) -> None:
    text = page(client, "/id/pub-cscf/c06/greets-people", 404)
    assert 'name="q" type="search" value="greets people"' in text
    assert 'role="search" aria-label="Look for it' in text  # the page has another search
    assert f'name="framework" value="{BASE}pub-cscf" checked' in text
    assert client.get(f"/search?q=greets+people&framework={BASE}pub-cscf").status_code == 200


def test_where_no_framework_of_that_name_is_held_all_are_searched(client: FlaskClient) -> None:
    text = page(client, "/id/pub-cscfs/greetsPeople", 404)
    assert "It would be in" not in text and 'type="checkbox"' not in text
    assert 'value="greets People"' in text


def test_a_missing_framework_is_told_as_one_and_near_ones_by_their_titles(
    client: FlaskClient,
) -> None:
    text = page(client, "/compare?left=pub-csc&right=wcc-behaviours", 404)
    assert "No framework has this name here." in text
    assert '<a href="/page/pub-cscf">' in text and "Customer Service Competency" in text


def test_machines_get_the_problem_document_as_before(client: FlaskClient) -> None:
    answer = client.get("/id/pub-cscf/c06/greets-people", headers={"Accept": "application/json"})
    assert answer.content_type == "application/problem+json"
    found = answer.get_json()
    assert found["status"] == 404 and found["title"] == "Not Found"
    assert found["detail"].startswith(f"no resource {BASE}pub-cscf/c06/greets-people")


def test_what_is_missing_in_another_way_keeps_its_line(client: FlaskClient) -> None:
    text = page(client, "/?page=99", 404)
    assert "there are 1 to 1" in text and "under this name" not in text


def test_what_one_edition_has_not_is_told_by_title_with_the_editions_that_have_it(
    tmp_path: Path,
) -> None:
    publish_all(tmp_path / "data")
    client = client_of(tmp_path / "data")
    text = page(client, f"/page?iri={OTHER}&edition=1", 404)
    assert "is not in edition 1. These editions have it:" in text
    assert "edition=000002" in text and "UTC" in text and f"<code>{OTHER}</code>" in text
    found = client.get(f"/data?iri={OTHER}&edition=1").get_json()
    assert found["detail"] == f"{OTHER} is not in edition 000001"
    assert found["available"] == ["000002"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bakery/serving-people/2/1", "serving people"),
        ("https://example.org/bakery#SHAPES_OfDough", "SHAPES Dough"),
        ("f/caf%C3%A9%20au_lait", "café lait"),
        ("f/c06", "c06"),
        ("12/34", ""),
        ("", ""),
        ("http://[half", ""),
        ("x/" + "long-" * 500, "long long long long long long"),
        ("f/中文", "中文"),
    ],
)
def test_the_last_words_of_a_name_are_those_that_a_reader_would_type(
    name: str, expected: str
) -> None:
    assert last_words(name) == expected
