"""What this server can be asked, for programs: OpenAPI 3.1, made from its own routes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.routing import Rule

import competency
from competency.formats import Format
from competency.server.responses import send
from competency.server.routes import HEADERS, PARAMETERS, REQUIRED, ROUTES, Route
from competency.server.site import Document, Site

_JSON = Format("json", "JSON", ("application/json",), (".json",))
_CONVERTER = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
_TYPES = {"int": "integer", "float": "number"}
_UNTOLD = ("HEAD", "OPTIONS")  # what HTTP says of these is true of every route
_PROBLEM = {"$ref": "#/components/responses/Problem"}
_STATUS_INFO = {"$ref": "#/components/responses/StatusInfo"}  # what CASE has for problems
_EDITION = {"Edition": {"description": "The edition that was made.", "schema": {"type": "string"}}}
_LOCATION = {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}


def openapi(site: Site) -> Blueprint:
    """Return the route of the description of all routes."""
    routes = Blueprint("openapi", __name__)

    @routes.get("/openapi.json")
    def document() -> Response:
        """Return every route with what it takes and gives."""

        def make() -> Document:
            found = describe_routes(current_app, request.url_root.rstrip("/"))
            return Document.of(json.dumps(found, indent=1, ensure_ascii=False).encode() + b"\n")

        return send(site.remember(("openapi", request.url_root), make), _JSON)

    return routes


def describe_routes(app: Flask, root: str) -> dict[str, Any]:
    """Return the OpenAPI document of an application that is served at ``root``.

    Every rule of the application is in it; a rule without words of its own has its name.
    """
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        item = paths.setdefault(_template(rule), {})
        item |= {method.lower(): _operation(rule, method, row) for method, row in _methods(rule)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Competency",
            "version": competency.__version__,
            "summary": "Competency frameworks as linked data.",
            "description": (
                "Things answer 303 with a page or data about them. Every GET that succeeds has a "
                "strong ETag; every error is a problem document (RFC 9457)."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root}],
        "paths": paths,
        "components": _components(),
    }


def _template(rule: Rule) -> str:
    return _CONVERTER.sub(r"{\2}", rule.rule)


def _methods(rule: Rule) -> Iterator[tuple[str, Route]]:
    """Yield the methods of a rule with what the table says of them."""
    row = ROUTES.get(rule.endpoint, Route(rule.endpoint.replace(".", ", ").replace("_", " ")))
    for method in sorted((rule.methods or set()).difference(_UNTOLD)):
        yield method, row[method] if isinstance(row, Mapping) else row


def _operation(rule: Rule, method: str, row: Route) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": f"{rule.endpoint}.{method.lower()}".replace(".", "_"),
        "tags": [rule.endpoint.partition(".")[0]],
        "summary": row.summary,
        "parameters": [*_path_parameters(rule), *map(_parameter, row.query)],
        "responses": _responses(rule, row, method),
    }
    if row.takes:
        content: dict[str, Any] = {media_type: {} for media_type in row.takes}
        found["requestBody"] = {"required": True, "content": content}
    if row.token:
        found["security"] = [{"token": []}]
    return found


def _path_parameters(rule: Rule) -> Iterator[dict[str, Any]]:
    for converter, name in _CONVERTER.findall(rule.rule):
        schema = {"type": _TYPES.get(converter, "string")}
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(entry: str) -> dict[str, Any]:
    name = entry.rstrip("?")
    return {
        "name": name,
        "in": "header" if name in HEADERS else "query",
        "required": entry in REQUIRED,
        "description": PARAMETERS[name],
        "schema": {"type": "string"},
    }


def _responses(rule: Rule, row: Route, method: str) -> dict[str, Any]:
    """Return what a route answers: the good case, the unchanged one, and problems."""
    problem = _STATUS_INFO if rule.endpoint.startswith("case.") else _PROBLEM
    if row.status == HTTPStatus.NO_CONTENT:
        return {**_written(row, method), "default": problem}
    status = HTTPStatus(row.status)
    content: dict[str, Any] = {media_type: {} for media_type in row.gives}
    good: dict[str, Any] = {"description": status.phrase}
    if row.status == HTTPStatus.SEE_OTHER:
        good["headers"] = _LOCATION
    elif content:
        good["content"] = content
    found = {str(row.status): good, "default": problem}
    if method == "GET" and row.status == HTTPStatus.OK:
        found["304"] = {"description": HTTPStatus.NOT_MODIFIED.phrase}
    return found


def _written(row: Route, method: str) -> dict[str, Any]:
    """Return what a write answers: nothing but the edition, or why the shapes refuse it."""
    report: dict[str, Any] = {media_type: {} for media_type in row.gives}
    found: dict[str, Any] = {
        "204": {"description": "Published.", "headers": _EDITION},
        "422": {
            "description": "Nothing was changed: it does not conform to the shapes, as the "
            "report says, or it is more than this server takes.",
            "content": report | _problem_content(),
        },
    }
    if "If-Match" in row.query:
        said = "Nothing was changed: the graph is not as the conditions ask for."
        found["412"] = {"description": said, "content": _problem_content()}
    if row.creates:
        headers = _EDITION | (_LOCATION if method == "POST" else {})
        found["201"] = {"description": "Published as a graph that is new.", "headers": headers}
    return found


def _problem_content() -> dict[str, Any]:
    """Return the forms of an error: a page for who prefers one."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"application/problem+json": {"schema": schema}, "text/html": {}}


def _components() -> dict[str, Any]:
    members: dict[str, Any] = {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "available": {"type": "array", "items": {"type": "string"}},
        "near": {"type": "array", "items": {"type": "string"}},
    }
    told = {"type": "string"}
    info = {"imsx_codeMajor": told, "imsx_severity": told, "imsx_description": told}
    info_content = {"application/json": {"schema": {"$ref": "#/components/schemas/StatusInfo"}}}
    return {
        "schemas": {
            "Problem": _object(["title", "status", "detail"], members),
            "StatusInfo": _object(list(info), info),
        },
        "responses": {
            "Problem": {
                "description": "What is wrong, and what may have been meant.",
                "content": _problem_content(),
            },
            "StatusInfo": {
                "description": "What is wrong, as CASE says it (imsx_StatusInfo).",
                "content": info_content,
            },
        },
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    }


def _object(required: list[str], members: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": members}
