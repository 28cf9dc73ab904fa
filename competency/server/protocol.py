"""Reading a request of the SPARQL 1.1 Protocol, section 2.1, strictly and in UTF-8 only.

A query comes with GET, with POST as a form, or with POST as it is. Anything doubtful is an error
that says what to send: two queries, none, another media type, another character encoding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from flask import Request, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from competency.sparql.engine import nobody_left

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
UPDATE = "application/sparql-update"
_FIELDS = {DIRECT: "query", UPDATE: "update"}
MAX_FIELDS = 100
GONE = "waitress.client_disconnected"  # in the environment of a request
_PARAMETER = "p."  # before the names of a question's parameters, so that none can hide another


@dataclass(frozen=True)
class Asked:
    """What a request asks: a query or a named question, over which graphs, in which format."""

    query: str | None
    question: str | None
    values: Mapping[str, str]
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None
    run: bool
    seconds: float | None = None

    def link(self, **more: str) -> dict[str, Any]:
        """Return the parameters of a GET request that asks the same."""
        found: dict[str, Any] = {}
        if self.question:
            found |= {"question": self.question, "run": "1"}
            found |= {_PARAMETER + name: value for name, value in self.values.items()}
        elif self.query is not None:
            found["query"] = self.query
        if self.default_graphs:
            found["default-graph-uri"] = list(self.default_graphs)
        if self.named_graphs:
            found["named-graph-uri"] = list(self.named_graphs)
        return found | more


def read(request: Request) -> Asked:
    """Read a request; BadRequest or UnsupportedMediaType say what is wrong with it."""
    fields = fields_of(request.query_string)
    if request.method == "POST":
        for name, values in text_of_body(request, DIRECT, request.get_data()).items():
            fields[name] = [*fields.get(name, []), *values]
    return asked_by(request.method, fields)


def asked_by(method: str, fields: Mapping[str, list[str]]) -> Asked:
    """Return what the fields of a request ask; BadRequest says what is wrong with them."""
    query = one(fields, "query")
    if "update" in fields:
        raise BadRequest(_NO_UPDATE)
    if query is None and method == "POST" and "question" not in fields:
        raise BadRequest(_NO_QUERY)
    return Asked(
        query=query,
        question=one(fields, "question") or None,
        values=_values(fields),
        default_graphs=tuple(fields.get("default-graph-uri", ())),
        named_graphs=tuple(fields.get("named-graph-uri", ())),
        format=one(fields, "format") or None,
        run="run" in fields,
        seconds=seconds_of(one(fields, "timeout")),
    )


_NO_QUERY = f"there is no query: send the field query as {FORM}, or the query itself as {DIRECT}"
_NO_UPDATE = "updates are not taken here; this address answers queries; POST updates to /update"


def text_of_body(request: Request, direct: str, data: bytes) -> dict[str, list[str]]:
    """Return the fields of a POST: those of a form, or the body as the one field it is.

    ``direct`` is the media type of a query or of an update; 415 for any other, or not UTF-8.
    """
    charset = request.mimetype_params.get("charset", "utf-8").lower().replace("-", "")
    if request.mimetype not in (FORM, direct) or charset != "utf8":
        error = UnsupportedMediaType(f"send {FORM} or {direct}, in UTF-8")
        error.response = None
        raise error
    return fields_of_body(request.mimetype, direct, data)


def fields_of_body(kind: str, direct: str, data: bytes) -> dict[str, list[str]]:
    """Return the fields of a form, or a body of the media type ``direct`` as the one it is."""
    return fields_of(data) if kind == FORM else {_FIELDS[direct]: [_text(data)]}


def fields_of(data: bytes) -> dict[str, list[str]]:
    """Return the fields of a form or a query string, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    try:
        pairs = parse_qsl(
            _text(data), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS
        )
    except UnicodeDecodeError as error:
        raise BadRequest("the parameters are not UTF-8 text") from error
    except ValueError as error:
        raise BadRequest(f"more than {MAX_FIELDS} parameters") from error
    for name, value in pairs:
        found[name].append(value)
    return dict(found)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("the query is not UTF-8 text") from error


def one(fields: Mapping[str, list[str]], name: str) -> str | None:
    """Return the value of a field that may be given once."""
    values = fields.get(name, [])
    if len(values) > 1:
        raise BadRequest(f"{name} is given {len(values)} times; give it once")
    return values[0] if values else None


def _values(fields: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the values of a question's parameters; a field left empty takes the default."""
    names = [name for name in fields if name.startswith(_PARAMETER)]
    found = {name.removeprefix(_PARAMETER): one(fields, name) for name in names}
    return {name: value for name, value in found.items() if value}


def seconds_of(value: str | None) -> float | None:
    """Return the time a request asks for, in seconds; more than there is to have is clamped.

    BadRequest for what is no number of seconds.
    """
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise BadRequest(f"timeout={value} is no number of seconds")
    return seconds


def client_left() -> Callable[[], bool]:
    """Return the function that says whether the client has gone, where the web server knows."""
    left: Callable[[], bool] = request.environ.get(GONE, nobody_left)
    return left
