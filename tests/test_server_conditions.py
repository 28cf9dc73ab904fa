"""Conditional writes (RFC 9110, section 13.1): nobody overwrites what they have not seen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from competency.errors import PreconditionFailed
from competency.formats import RDF_SYNTAXES, Format
from competency.server import Settings
from competency.server.elsewhere import app_for_endpoint
from competency.sparql.remote.client import Client
from tests.other_engine import running
from tests.published import TOKEN, client_of

G = "https://example.org/g"
PLACE = f"/graphs?graph={G}"
TURTLE = {"Content-Type": "text/turtle"}
ONE, TWO = b"<urn:s> <urn:p> 1 , [ <urn:q> 01 ] .", b"<urn:s> <urn:p> 2 ."


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return client_of(tmp_path / "data", union=False)


@pytest.fixture
def elsewhere() -> Iterator[FlaskClient]:
    settings = Settings(token="secret", gate=False)  # noqa: S106
    with running() as engine, app_for_endpoint(Client(engine.url), settings, renew=60) as app:
        yield app.test_client()


@pytest.fixture(params=["client", "elsewhere"])
def either(request: pytest.FixtureRequest) -> FlaskClient:
    """Return a client of a server over a data directory, then of one over another engine."""
    found: FlaskClient = request.getfixturevalue(request.param)
    return found


def put(client: FlaskClient, data: bytes = ONE, place: str = PLACE, **conditions: str) -> int:
    headers = {name.replace("_", "-"): value for name, value in conditions.items()}
    return client.put(place, data=data, headers=TOKEN | TURTLE | headers).status_code


def tag(client: FlaskClient, place: str = PLACE, accept: str = "text/turtle") -> str:
    return client.get(place, headers={"Accept": accept}).headers["ETag"]


def test_what_has_changed_in_between_is_not_overwritten(either: FlaskClient) -> None:
    assert put(either) == 201
    seen = tag(either)
    assert put(either, TWO, If_Match=seen) == 204
    before = either.get(PLACE).data
    assert put(either, ONE, If_Match=seen) == 412
    assert put(either, ONE, If_Match='"stale", W/"x"') == 412
    assert put(either, ONE, If_Match="") == 412
    assert either.get(PLACE).data == before
    assert put(either, ONE, If_Match=f'"stale", {tag(either)}') == 204


def test_what_is_there_is_not_made_anew_and_what_is_not_there_not_changed(
    either: FlaskClient,
) -> None:
    assert put(either, If_Match="*") == 412
    assert either.get(PLACE).status_code == 404
    assert put(either, If_None_Match="*") == 201
    assert put(either, TWO, If_None_Match="*") == 412
    assert put(either, TWO, If_Match="*") == 204


@pytest.mark.parametrize("syntax", RDF_SYNTAXES, ids=lambda syntax: syntax.name)
def test_the_tag_of_any_syntax_will_do_packed_or_not(client: FlaskClient, syntax: Format) -> None:
    put(client)
    seen = tag(client, accept=syntax.media_type)
    assert put(client, ONE, If_Match=seen.removesuffix('"') + '-gzip"') == 204
    assert put(client, TWO, If_None_Match=seen) == 412
    assert put(client, TWO, If_Match=seen) == 204
    assert put(client, ONE, If_Match=seen) == 412


def test_a_graph_that_xml_cannot_say_has_tags_in_the_other_syntaxes(client: FlaskClient) -> None:
    put(client, b"<urn:s> <urn:p/1> 1 .")
    assert client.get(PLACE, headers={"Accept": "application/rdf+xml"}).status_code == 422
    assert put(client, TWO, If_Match='"stale"') == 412
    assert put(client, TWO, If_Match=tag(client, accept="application/n-quads")) == 204


def test_a_weak_tag_is_never_a_match_to_write_by(client: FlaskClient) -> None:
    put(client)
    weak = f"W/{tag(client)}"
    assert put(client, TWO, If_Match=weak) == 412
    assert put(client, TWO, If_None_Match=weak) == 412


def test_a_graph_is_added_to_and_taken_out_on_the_same_conditions(either: FlaskClient) -> None:
    put(either)
    seen, stale = tag(either), {"If-Match": '"stale"'}
    for send in (either.post, either.delete):
        answer = send(PLACE, data=TWO, headers=TOKEN | TURTLE | stale)
        assert answer.status_code == 412 and tag(either) == seen
        assert "If-Match" in answer.get_json()["detail"] and G in answer.get_json()["detail"]
    now = {"If-Match": seen}
    assert either.post(PLACE, data=TWO, headers=TOKEN | TURTLE | now).status_code == 204
    now = {"If-Match": tag(either)}
    assert either.delete(PLACE, headers=TOKEN | now).status_code == 204
    assert either.delete(PLACE, headers=TOKEN | now).status_code == 404  # as without a condition


def test_the_default_graph_is_there_even_when_it_is_empty(client: FlaskClient) -> None:
    place = "/graphs?default"
    assert put(client, place=place, If_None_Match="*") == 412
    assert put(client, place=place, If_Match=tag(client, place)) == 204
    assert put(client, TWO, place=place, If_Match='"stale"') == 412
    assert put(client, TWO, place=place, If_Match="*") == 204


def test_a_graph_that_is_its_own_address_has_conditions_too(client: FlaskClient) -> None:
    assert put(client, place="/graphs/a", If_None_Match="*") == 201
    assert put(client, TWO, place="/graphs/a", If_Match='"stale"') == 412


@pytest.mark.parametrize("path", ["/graphs", "/update"])
def test_where_nothing_can_be_read_no_tag_is_met(client: FlaskClient, path: str) -> None:
    kind = "application/sparql-update" if path == "/update" else "text/turtle"
    body = b"INSERT DATA { <urn:s> <urn:p> 1 }" if path == "/update" else ONE
    for condition in ("*", '"x"'):
        headers = TOKEN | {"Content-Type": kind, "If-Match": condition}
        assert client.post(path, data=body, headers=headers).status_code == 412
    assert client.get("/editions.json").get_json()["editions"] == []
    headers = TOKEN | {"Content-Type": kind, "If-None-Match": "*"}
    assert client.post(path, data=body, headers=headers).status_code in (201, 204)


def test_who_has_no_token_does_not_learn_what_is_there(client: FlaskClient) -> None:
    put(client)
    answer = client.put(PLACE, data=TWO, headers=TURTLE | {"If-None-Match": "*"})
    assert answer.status_code == 401


def test_a_condition_goes_before_what_is_wrong_with_the_body(client: FlaskClient) -> None:
    put(client)
    assert put(client, b"no turtle", If_Match='"stale"') == 412
    assert put(client, b"no turtle", If_Match="*") == 400


def test_a_part_of_a_graph_cannot_be_put(client: FlaskClient) -> None:
    put(client)
    seen = tag(client)
    assert put(client, TWO, Content_Range="bytes 0-18/19") == 400
    assert tag(client) == seen


def at_once(*writes: Callable[[], int]) -> list[int]:
    found: list[int] = []
    threads = [threading.Thread(target=lambda w=write: found.append(w())) for write in writes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_of_two_that_write_at_once_with_the_same_tag_one_wins(client: FlaskClient) -> None:
    put(client)
    seen = tag(client)
    app = client.application

    def write(number: int) -> int:
        return put(app.test_client(), b"<urn:s> <urn:p> %d ." % number, If_Match=seen)

    assert at_once(*(lambda n=n: write(n) for n in range(10, 14))) == [204, 412, 412, 412]
    assert tag(client) != seen


def test_the_error_says_what_is_not_so() -> None:
    assert str(PreconditionFailed("urn:g", "has changed")) == "urn:g has changed"
    assert str(PreconditionFailed("", "has changed")) == "the default graph has changed"


def test_the_description_of_the_server_tells_programs_of_conditions(client: FlaskClient) -> None:
    paths = client.get("/openapi.json").get_json()["paths"]
    for path in ("/graphs", "/graphs/{path}"):
        for method in ("put", "post", "delete"):
            told = paths[path][method]
            headers = {item["name"] for item in told["parameters"] if item["in"] == "header"}
            assert headers == {"If-Match", "If-None-Match"} and "412" in told["responses"]
