"""OpenAPI: every route is in the document, in words, and the document is well made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from competency import KnowledgeGraph
from competency.server import create_app
from competency.server.openapi import describe_routes
from competency.server.routes import HEADERS, PARAMETERS, REQUIRED, ROUTES, Route


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(KnowledgeGraph())


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = app.test_client().get("/openapi.json").get_json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_every_route_is_in_it_and_nothing_else(app: Flask, document: dict[str, Any]) -> None:
    rules = {
        (re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(path, method) for path, method, _ in operations(document)} == rules


def test_every_route_is_described_and_every_description_has_a_route(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints - set(ROUTES) == set(), "describe these in competency/server/routes.py"
    assert set(ROUTES) - endpoints == set()


def test_every_description_says_something_of_parameters_that_are_known() -> None:
    rows = [
        row
        for entry in ROUTES.values()
        for row in ([entry] if isinstance(entry, Route) else entry.values())
    ]
    for row in rows:
        assert re.fullmatch(r"[A-Z].*\.", row.summary), row.summary
        assert {name.rstrip("?") for name in row.query} <= set(PARAMETERS), row.summary
    assert set(PARAMETERS) >= HEADERS and set(PARAMETERS) >= REQUIRED
    assert set(PARAMETERS) == {name.rstrip("?") for row in rows for name in row.query}


def test_it_holds_to_the_rules_of_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document["info"]["title"] and document["info"]["version"]
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names)
    for path, method, operation in operations(document):
        assert path.startswith("/") and method in ("get", "put", "post", "delete")
        parameters = [(item["in"], item["name"]) for item in operation["parameters"]]
        assert len(set(parameters)) == len(parameters)
        in_path = {name for place, name in parameters if place == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path))
        assert operation["responses"]
        for item in operation["parameters"]:
            assert item["schema"] and (item["in"] != "path" or item["required"])
        for response in operation["responses"].values():
            assert response.get("description") or response["$ref"]
    for reference in re.findall(r"'\$ref': '#/([^']+)'", str(document)):
        here: Any = document
        for step in reference.split("/"):
            here = here[step]
        assert here


def test_what_needs_a_token_says_so(document: dict[str, Any]) -> None:
    guarded = {
        (path, method)
        for path, method, operation in operations(document)
        if "security" in operation
    }
    assert ("/update", "post") in guarded and ("/graphs", "put") in guarded
    assert ("/graphs", "get") not in guarded


def test_it_has_the_address_of_the_server(app: Flask) -> None:
    found = describe_routes(app, "https://data.example.org/competency")
    assert found["servers"] == [{"url": "https://data.example.org/competency"}]


def test_a_route_that_nobody_has_described_is_there_all_the_same() -> None:
    app = Flask("some")
    app.add_url_rule("/some/<int:number>", "some.new_thing", lambda number: "")
    found = describe_routes(app, "http://localhost")["paths"]["/some/{number}"]["get"]
    assert found["summary"] == "some, new thing"
    assert found["parameters"][0]["schema"] == {"type": "integer"}
