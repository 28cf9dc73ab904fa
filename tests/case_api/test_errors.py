"""Whatever is wrong is told as CASE tells it, in JSON, and every answer is of the official schema."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from competency import KnowledgeGraph
from competency.server import create_app
from competency.server.case.holdings import Holdings
from tests.case_api.common import NEW, OLD, Json, client_of, faults, framework, validator

NOBODY = "00000000-0000-4000-8000-000000000000"
BROWSER = {"Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "gzip"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return client_of(framework("f", "Baking"))


def told(client: FlaskClient, path: str, expected: int, method: str = "GET") -> Json:
    """Return what is said of an error, whatever the client would rather have."""
    response = client.open(path, method=method, headers=BROWSER)
    assert response.status_code == expected, path
    assert response.content_type == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Encoding" not in response.headers
    found: Json = response.get_json()
    return found


def minor(found: Json) -> str | None:
    """Return the word of the standard for what is wrong, if there is one."""
    if "imsx_codeMinor" not in found:
        return None
    (field,) = found["imsx_codeMinor"]["imsx_codeMinorField"]
    return str(field["imsx_codeMinorFieldValue"])


WRONG = [
    (400, "CFDocuments?limit=0", "invalid_selection_field", "limit"),
    (400, "CFDocuments?limit=-1", "invalid_selection_field", "limit"),
    (400, "CFDocuments?limit=ten", "invalid_selection_field", "limit"),
    (400, "CFDocuments?limit=%D9%A1", "invalid_selection_field", "limit"),
    (400, "CFDocuments?limit=99999999999999999999", "invalid_selection_field", "limit"),
    (400, "CFDocuments?limit=1&limit=2", "invalid_selection_field", "once"),
    (400, "CFDocuments?offset=-1", "invalid_selection_field", "offset"),
    (400, "CFDocuments?sort=colour", "invalid_sort_field", "colour"),
    (400, "CFDocuments?sort=extensions", "invalid_sort_field", "extensions"),
    (400, "CFDocuments?sort=title&orderBy=up", "invalid_sort_field", "asc or desc"),
    (400, "CFDocuments?fields=title,colour", "invalid_selection_field", "colour"),
    (400, "CFDocuments?fields=", "invalid_selection_field", "fields"),
    (400, "CFDocuments?filter=", "invalid_selection_field", "character 1"),
    (400, "CFDocuments?filter=title%3Dx", "invalid_selection_field", "character 1"),
    (400, "CFDocuments?filter=title%3D'a'+AND", "invalid_selection_field", "character 10"),
    (400, "CFDocuments?filter=title%3D'a'+XOR+title%3D'b'", "invalid_selection_field", "AND or OR"),
    (400, "CFDocuments?filter=colour%3D'a'", "invalid_selection_field", "colour"),
    (400, "CFDocuments?filter=title.uri%3D'a'", "invalid_selection_field", "title.uri"),
    (400, "CFDocuments?filter=lastChangeDateTime>'soon'", "invalid_selection_field", "moment"),
    (404, f"CFItems/{NOBODY}", "unknownobject", "no CFItem"),
    (404, f"CFAssociations/{NOBODY}", "unknownobject", "no CFAssociation"),
    (404, f"CFDocuments/{NOBODY}", "unknownobject", "no CFDocument"),
    (404, f"CFPackages/{NOBODY}", "unknownobject", "no CFPackage"),
    (404, f"CFRubrics/{NOBODY}", "unknownobject", "no CFRubric"),
    (404, "CFDocuments/1", "invalid_uuid", "no UUID"),
    (404, "CFSubjects/%00", "invalid_uuid", "no UUID"),
    (404, "CFThings", "unknownobject", "nothing at this address"),
    (404, "CFItems/a/b", "unknownobject", "nothing at this address"),
    (404, "", "unknownobject", "nothing at this address"),
]


@pytest.mark.parametrize(("status", "path", "word", "said"), WRONG, ids=[row[1] for row in WRONG])
def test_what_is_wrong_is_told_in_a_word_of_the_standard_and_in_ours(
    client: FlaskClient, status: int, path: str, word: str, said: str
) -> None:
    found = told(client, f"{NEW}/{path}", status)
    assert minor(found) == word
    assert said in found["imsx_description"]
    assert (found["imsx_codeMajor"], found["imsx_severity"]) == ("failure", "error")


@pytest.mark.parametrize("base", [NEW, OLD])
def test_every_answer_is_of_the_official_schema(
    client: FlaskClient, shared: Path, base: str
) -> None:
    check = validator(shared, "1.1" if base == NEW else "1.0", "imsx_StatusInfo")
    for status, path, _, _ in WRONG:
        assert not faults(check, told(client, f"{base}/{path}", status)), path
    assert not faults(check, told(client, f"{base}/CFDocuments", 405, "DELETE"))


def test_case_1_0_has_another_word_for_what_is_no_uuid(client: FlaskClient) -> None:
    assert minor(told(client, f"{OLD}/CFItems/1", 404)) == "invaliduuid"


@pytest.mark.parametrize("path", ["/ims/case", "/ims/case/v1p2/CFDocuments", "/ims/case/v1p1"])
def test_addresses_beside_the_two_versions_are_answered_as_json_too(
    client: FlaskClient, path: str
) -> None:
    assert "/ims/case/v1p1/" in told(client, path, 404)["imsx_description"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: FlaskClient, method: str) -> None:
    response = client.open(f"{NEW}/CFDocuments", method=method)
    assert response.status_code == 405
    assert {"GET", "HEAD"} <= set(response.headers["Allow"].split(", "))
    assert response.json["imsx_codeMajor"] == "unsupported"  # type: ignore[index]


def test_a_surprise_is_logged_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Holdings, "find", broken)
    found = told(client_of(framework("f", "F")), f"{NEW}/CFItems/{NOBODY}", 500)
    assert minor(found) == "internal_server_error"
    assert "secret" not in str(found)
    number = found["imsx_description"].rpartition(" ")[2]
    assert number in caplog.text and "ZeroDivisionError" in caplog.text


def test_other_addresses_have_their_own_errors(client: FlaskClient) -> None:
    response = client.get("/imsx")
    assert response.content_type == "application/problem+json"


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["filter", "fields", "sort", "limit", "orderBy"]))
def test_no_parameter_breaks_the_server(text: str, name: str) -> None:
    client = _quiet()
    response = client.get(f"{NEW}/CFDocuments", query_string={name: text})
    assert response.status_code in (200, 400)
    assert response.content_type == "application/json"


_PARTS = st.sampled_from(
    ["title", "lastChangeDateTime", "a.b", "=", "!=", "~", ">=", "'a'", "''", "'", " AND ", " OR ", "'2020-01-01'"]
)  # fmt: skip


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(_PARTS, max_size=12).map("".join))
def test_no_filter_breaks_the_server(text: str) -> None:
    response = _quiet().get(f"{NEW}/CFDocuments", query_string={"filter": text})
    assert response.status_code in (200, 400)


def test_a_filter_of_very_many_comparisons_is_refused(client: FlaskClient) -> None:
    text = " AND ".join(["title~'a'"] * 60)
    found = told(client, f"{NEW}/CFDocuments?filter={text.replace(' ', '+')}", 400)
    assert "more than 20" in found["imsx_description"]
    long = "a" * 5_000
    found = told(client, f"{NEW}/CFDocuments?filter=title~'{long}'", 400)
    assert "longer than" in found["imsx_description"]


@cache
def _quiet() -> FlaskClient:
    """Return one client for all examples."""
    return create_app(KnowledgeGraph()).test_client()
