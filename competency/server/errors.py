"""From errors to HTTP: one table of statuses, problem documents for machines, a page for people.

A problem document is that of RFC 9457; its extra members name the place in a query, the formats
there are, and what may have been meant. No answer ever holds a traceback.
"""

from __future__ import annotations

import json
import secrets
from http import HTTPStatus

from flask import Flask, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from competency.errors import (
    Busy,
    CompetencyError,
    ConversionError,
    DependencyMissing,
    EditionError,
    EndpointError,
    FormatError,
    Gone,
    GraphRefused,
    LimitReached,
    NotFound,
    ParameterError,
    ParseError,
    PreconditionFailed,
    QueryError,
    QueryRefused,
    SearchUnavailable,
    ShapesError,
    SourceError,
    StorageError,
    TimeReached,
)
from competency.server.negotiation import prefers_page
from competency.server.pages.reasons import reason_of

# The one table. A class that is not in it has the status of its nearest parent that is.
STATUS: dict[type[CompetencyError], int] = {
    CompetencyError: 500,
    SourceError: 502,
    EditionError: 503,
    StorageError: 507,
    EndpointError: 502,
    ParseError: 400,
    FormatError: 406,
    NotFound: 404,
    Gone: 410,
    QueryError: 400,
    QueryRefused: 403,
    LimitReached: 422,
    TimeReached: 503,
    Busy: 503,
    ParameterError: 400,
    GraphRefused: 403,
    PreconditionFailed: 412,
    ConversionError: 422,
    ShapesError: 500,
    SearchUnavailable: 501,
    DependencyMissing: 501,
}


def status_of(error: CompetencyError) -> int:
    """Return the HTTP status of one of our errors.

    >>> status_of(NotFound("framework", "x"))
    404
    """
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def register_errors(app: Flask) -> None:
    """Make every error of ``app`` a problem document or a page."""
    app.register_error_handler(CompetencyError, answer_to)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _last)


def problem(status: int, detail: str, **members: object) -> Response:
    """Return the answer for an error, as a page where the client prefers one (RFC 9457)."""
    title = HTTPStatus(status).phrase
    if prefers_page(request.headers.get("Accept")):
        reason = reason_of(status)
        body = render_template("error.html", status=status, reason=reason, detail=detail, **members)
        response = make_response(body, status)
    else:
        document = {"title": title, "status": status, "detail": detail, **members}
        text = json.dumps(
            {k: v for k, v in document.items() if v not in (None, [])}, ensure_ascii=False
        )
        response = make_response(text + "\n", status)
        response.content_type = "application/problem+json"
    response.vary.add("Accept")
    response.cache_control.no_store = status >= 500
    return response


def members_of(error: CompetencyError) -> dict[str, object]:
    """Return what an error knows beside its one line: a place, the formats there are."""
    members: dict[str, object] = {}
    if isinstance(error, QueryError | ParseError):
        members |= {"line": error.line, "column": error.column}
    if isinstance(error, ParseError) and error.more:
        members["more"] = list(error.more)
    if isinstance(error, LimitReached):
        members["limit"] = error.limit
    if isinstance(error, FormatError):
        members["available"] = list(error.known)
    if isinstance(error, NotFound):
        members["near"] = list(error.near)
    if isinstance(error, ParameterError):
        members["parameter"] = error.parameter
    return members


def say_when(response: Response, error: CompetencyError) -> None:
    """Say when it is worth trying again, where it is (RFC 9110, section 10.2.3)."""
    if response.status_code == 503:
        response.headers["Retry-After"] = "2" if isinstance(error, Busy) else "30"


def answer_to(error: CompetencyError) -> Response:
    """Return the answer to one of our errors: its status, its line, what else it knows."""
    response = problem(status_of(error), str(error), **members_of(error))
    say_when(response, error)
    return response


def _http(error: HTTPException) -> Response:
    """Keep the status and the headers of an HTTP error, such as Allow with 405."""
    if error.response is not None or error.code is None:
        return make_response(error.get_response())
    detail = _other_methods(error) if isinstance(error, MethodNotAllowed) else error.description
    response = problem(error.code, detail or "")
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _other_methods(error: MethodNotAllowed) -> str:
    """Say which methods there are at an address that does not take this one (as Allow does)."""
    methods = sorted(error.valid_methods or ())
    return f"{request.method} is not for this address; it takes {', '.join(methods) or 'none'}"


def _last(error: Exception) -> Response:
    """Log what nobody foresaw and answer a bare 500 with an id that is also in the log."""
    number = secrets.token_hex(4)
    current_app.logger.error("error %s at %s", number, request.path, exc_info=error)
    response = make_response(f"500 Internal Server Error, logged as {number}\n", 500)
    response.content_type = "text/plain; charset=utf-8"
    return response
