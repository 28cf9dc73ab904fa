"""What went wrong in another engine, as an error of ours: one line, and whose turn it is."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, IncompleteRead, NameResolutionError, SSLError

from competency.errors import Busy, CompetencyError, EndpointError, QueryError, TimeReached
from competency.sparql.querying import query_error

HEAD_LINES = 1  # that stand before a query when it is sent: see ``prologue``
_LONGEST = 500  # characters of an engine's message that are shown
_WAITING = {408: TimeReached, 504: TimeReached, 429: Busy, 503: Busy}


def fault(
    name: str, use: str, response: BaseHTTPResponse, data: bytes, body: str
) -> CompetencyError:
    """Return the error for an answer that is none.

    400 is about the query and becomes QueryError with the engine's own words; 408, 429, 503 and
    504 mean later; anything else is about the engine or how we talk to it: EndpointError.
    """
    status, said = response.status, one_line(data)
    if status == 400:
        return about_the_text(dict(parse_qsl(body)).get(use, ""), said)
    if kind := _WAITING.get(status):
        limit = "time" if kind is TimeReached else "queue"
        return kind(limit, f"the engine answers {status}: {said}".rstrip(": "))
    if status in (401, 403):
        reason = f"answers {status}: it takes no {use} with these credentials"
    elif 300 <= status < 400:
        reason = f"is not there but at {response.headers.get('Location', 'another address')}"
    elif status in (404, 405):
        reason = f"answers {status}: it takes no {use} at this address"
    else:
        reason = f"answers {status}: {said}".rstrip(": ")
    return EndpointError(name, reason)


def about_the_text(text: str, said: str) -> QueryError:
    """Return what an engine says of a text, with the place in it where that is told."""
    error = query_error(text, said)
    line = error.line - HEAD_LINES if error.line else None
    return QueryError(error.reason, line, error.column) if line != 0 else QueryError(error.reason)


def unreachable(name: str, error: HTTPError) -> EndpointError:
    """Return in one line why an engine cannot be talked to."""
    cause = error.__cause__ or (error.args[-1] if error.args else None)
    if isinstance(error, NameResolutionError):
        reason = "there is no such host"
    elif isinstance(error, SSLError):
        reason = f"its certificate cannot be trusted: {one_line(str(error).encode())}"
    elif isinstance(error, IncompleteRead) or isinstance(cause, IncompleteRead):
        reason = "broke off in the middle of an answer"
    elif isinstance(cause, OSError) and cause.strerror:
        reason = cause.strerror.lower()
    else:
        reason = str(cause or error).partition(": ")[2] or type(error).__name__
    return EndpointError(name, f"does not answer: {reason}")


def cut_short(response: BaseHTTPResponse) -> str | None:
    """Return why an answer with a good status is not whole all the same, or None.

    Virtuoso cuts at its own limits and says so only in headers.
    """
    if "X-SPARQL-MaxRows" in response.headers:
        most = response.headers["X-SPARQL-MaxRows"]
        return f"cuts answers at {most} rows; raise its limit (Virtuoso: ResultSetMaxRows)"
    if response.headers.get("X-SQL-State") == "S1TAT":
        return "gave only a part of the answer: its own time was over"
    return None


def one_line(data: bytes) -> str:
    r"""Return the first paragraph of a message on one line; of a page only its words.

    >>> one_line(b"No such\nthing\n\nSPARQL query: ...")
    'No such thing'
    """
    text = data.decode("utf-8", "replace").strip()
    if text.startswith(("<!", "<html", "<?xml")):
        text = re.sub(r"<[^<>]*>", " ", text)
    text = " ".join(re.split(r"\n\s*\n", text, maxsplit=1)[0].split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
