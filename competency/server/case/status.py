"""What a CASE server says when something is wrong: imsx_StatusInfo, always as JSON.

The standard has few words for what is wrong ("code minor"); an answer that none of them fits says
it in its description only.
"""

from __future__ import annotations

import json
import secrets

from flask import Response, current_app, make_response, request
from werkzeug.exceptions import HTTPException

from competency.errors import Busy, CompetencyError, LimitReached, NotFound, ParameterError
from competency.server.errors import say_when, status_of

PREFIX = "/ims/case"
VERSIONS = {"v1p1": "1.1", "v1p0": "1.0"}  # as an address has them
_FIELD, _SORT, _UUID = "invalid_selection_field", "invalid_sort_field", "invalid_uuid"
_MINOR = {"sort": _SORT, "orderBy": _SORT, "sourcedId": _UUID}  # by parameter
_UNKNOWN, _FORBIDDEN = "unknownobject", "forbidden"
_BUSY, _INTERNAL = "server_busy", "internal_server_error"
_OLD = {_UUID: "invaliduuid"}  # what CASE 1.0 calls it
_SYSTEM = "TargetEndSystem"  # who says it, as the examples of 1EdTech call a server
_RETRY_SECONDS = 5


def status_info(
    status: int, description: str, minor: str | None = None, *, major: str = "failure"
) -> Response:
    """Return an answer with a status; ``minor`` is a word of CASE 1.1."""
    found: dict[str, object] = {
        "imsx_codeMajor": major,
        "imsx_severity": "error",
        "imsx_description": description,
    }
    if minor is not None:
        word = _OLD.get(minor, minor) if request.path.startswith(f"{PREFIX}/v1p0/") else minor
        field = {"imsx_codeMinorFieldName": _SYSTEM, "imsx_codeMinorFieldValue": word}
        found["imsx_codeMinor"] = {"imsx_codeMinorField": [field]}
    response = make_response(json.dumps(found, ensure_ascii=False) + "\n", status)
    response.content_type = "application/json"
    response.cache_control.no_store = status >= 429
    return response


def of_error(error: CompetencyError) -> Response:
    """Return the answer to one of our errors."""
    text = str(error)
    if isinstance(error, ParameterError):
        minor = _MINOR.get(error.parameter, _FIELD)
        return status_info(404 if minor == _UUID else 400, text, minor)
    if isinstance(error, NotFound):
        return status_info(404, text, _UNKNOWN)
    if isinstance(error, Busy):
        response = status_info(429, text, _BUSY)
        response.headers["Retry-After"] = str(_RETRY_SECONDS)
        return response
    if isinstance(error, LimitReached):
        return status_info(403, text, _FORBIDDEN)
    response = status_info(status_of(error), text, _INTERNAL)
    say_when(response, error)
    return response


def of_http(error: HTTPException) -> Response:
    """Return the answer to an HTTP error, with its headers, such as Allow with 405."""
    if error.code is None or error.code < 400:  # one that leads elsewhere
        return make_response(error.get_response())
    if error.code == 404:
        known = " and ".join(f"{PREFIX}/{name}/" for name in VERSIONS)
        return status_info(404, f"there is nothing at this address; CASE is at {known}", _UNKNOWN)
    unsupported = error.code == 405
    text = "this server only reads: GET and HEAD" if unsupported else error.description or ""
    response = status_info(error.code, text, major="unsupported" if unsupported else "failure")
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def of_surprise(error: Exception) -> Response:
    """Log what nobody foresaw and answer 500 with an id that is also in the log."""
    number = secrets.token_hex(4)
    current_app.logger.error("error %s at %s", number, request.path, exc_info=error)
    return status_info(500, f"an error of this server, logged as {number}", _INTERNAL)
