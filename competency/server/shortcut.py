"""The short way of a query from a program: it is answered before the framework looks at it.

What a request costs beside the query is most of what a small query costs. So a plain request, a
query and an Accept header that asks for data, is read, answered and sent here, with the bytes and
the headers that the endpoint would send (a test compares them). Everything else goes to the
endpoint, what went wrong here included: it says so as it says everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import BadRequest

from competency.errors import CompetencyError, FormatError
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS, Format
from competency.server.answers import Kept
from competency.server.compression import SMALLEST, SUFFIX, is_text, takes_gzip
from competency.server.finished import Answer
from competency.server.negotiation import HTML, asked_for
from competency.server.protocol import (
    DIRECT,
    FORM,
    GONE,
    Asked,
    asked_by,
    fields_of,
    fields_of_body,
)
from competency.server.responses import CORS, SECURITY, content_type
from competency.server.site import Site
from competency.server.watching import ID_HEADER, Watch, query_number
from competency.sparql import Asking, Dataset, nobody_left, prepare, refuse_unknown

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from competency.server.serving import Serving

FAILED = "competency.failed"  # in an environment: the number of a query, the error it ended with

_PATH = "/sparql"
_LONGEST = 1_000_000  # bytes of a query; more than the guard lets pass
_LONGEST_HEADER = 1_000  # characters of what is negotiated
_FIELDS = frozenset(("query", "default-graph-uri", "named-graph-uri", "format", "timeout"))
_TYPE = re.compile(rf"({re.escape(FORM)}|{re.escape(DIRECT)})(?:; ?charset=utf-8)?", re.IGNORECASE)
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]*")
# With one of these an answer is another than that to the query alone.
_OTHERWISE = frozenset(
    "HTTP_" + name
    for name in (
        "IF_MATCH", "IF_MODIFIED_SINCE", "IF_UNMODIFIED_SINCE", "RANGE",
        "IF_RANGE", "TRANSFER_ENCODING", "ACCEPT_DATETIME",
    )
)  # fmt: skip
_FIXED = [*SECURITY.items(), *CORS.items(), ("Cache-Control", "no-cache")]

Reply = tuple[list[tuple[str, str]], bytes]  # headers and body


@dataclass(frozen=True)
class _Request:
    """What of a request says what is asked, as it was sent: equal ones ask the same."""

    method: str
    address: str  # what stands behind the question mark
    kind: str  # media type of the body
    body: bytes
    accept: str

    @property
    def size(self) -> int:
        """Return how much memory it takes, about."""
        return len(self.address) + len(self.body) + len(self.accept)


class Shortcut:
    """A WSGI application before another one: it answers plain queries and passes on the rest.

    app.wsgi_app = Shortcut(app.wsgi_app, serving, watch)
    """

    def __init__(self, app: WSGIApplication, serving: Serving, watch: Watch) -> None:
        """Stand before ``app``."""
        self.app, self._serving, self._watch = app, serving, watch

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or let the other application do it."""
        request = _plain(environ) if environ.get("PATH_INFO") == _PATH else None
        reply = self._reply(environ, request) if request is not None else None
        if reply is None:
            return self.app(environ, start_response)
        headers, data = reply
        if (condition := environ.get("HTTP_IF_NONE_MATCH")) is not None:
            answer = Answer.of("200 OK", headers, data)
            if environ["REQUEST_METHOD"] == "GET" and answer.is_had(condition):
                self._watch.answered("GET", 304)
                start_response("304 NOT MODIFIED", answer.unchanged)
                return []
        self._watch.answered(environ["REQUEST_METHOD"], 200)
        start_response("200 OK", headers)
        return [data]

    def _reply(self, environ: WSGIEnvironment, request: _Request) -> Reply | None:
        """Return what to send, or None where the endpoint has to answer."""
        try:
            site = self._serving.take()
        except CompetencyError:
            return None
        number = query_number()
        try:
            answered = self._answer(site, environ, request, number)
        except CompetencyError as error:
            environ[FAILED] = (number, error)
            return None
        finally:
            self._serving.give_back(site)
        if answered is None:
            return None
        syntax, found = answered
        encoding = environ.get("HTTP_ACCEPT_ENCODING", "")
        headers, data = _written(site, syntax, found, encoding)
        return [*headers, (ID_HEADER, number)], data

    def _answer(
        self, site: Site, environ: WSGIEnvironment, request: _Request, number: str
    ) -> tuple[Format, Kept] | None:
        """Answer a query as the endpoint does; None for what is no plain query after all."""
        known = site.answers.asked(request)
        asked = known[0] if known else _read(request)
        if asked is None or HTML in _choices(request.accept, asked.format):
            return None
        with self._watch.query(asked.query or "", number) as said:
            asking = known[1] if known else _asking(site, asked, request.accept, said)
            said["form"] = asking.prepared.form
            refuse_unknown(site.graph, asking.prepared, asking.dataset)
            left = environ.get(GONE, nobody_left)
            found = site.answers.answer(asking, left)
            size = len(found.written.data)
            said |= {"format": asking.syntax.name, "bytes": size, "edition": site.edition_name}
        if known is None:
            site.answers.note(request, (asked, asking), request.size)
        return asking.syntax, found


def _plain(environ: WSGIEnvironment) -> _Request | None:
    """Return a request that may be a plain query; its body can be read again afterwards."""
    if not _OTHERWISE.isdisjoint(environ):
        return None
    accept, method = environ.get("HTTP_ACCEPT", ""), environ["REQUEST_METHOD"]
    negotiated = len(accept) + len(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if negotiated > _LONGEST_HEADER or not _HOST.fullmatch(environ.get("HTTP_HOST", "")):
        return None
    address = environ.get("QUERY_STRING", "")
    if method == "GET":
        return _Request(method, address, "", b"", accept)
    found = _TYPE.fullmatch(environ.get("CONTENT_TYPE", "")) if method == "POST" else None
    length = environ.get("CONTENT_LENGTH", "")
    if found is None or not length.isdecimal() or int(length) > _LONGEST:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    return _Request(method, address, found[1].lower(), body, accept)


def _read(request: _Request) -> Asked | None:
    """Return what a request asks; None where it is wrong or asks more than a query."""
    try:
        fields = fields_of(request.address.encode("latin-1"))
        if request.method == "POST":
            for name, values in fields_of_body(request.kind, DIRECT, request.body).items():
                fields[name] = [*fields.get(name, []), *values]
        asked = asked_by(request.method, fields) if fields.keys() <= _FIELDS else None
    except BadRequest:
        return None
    return asked if asked is not None and asked.query is not None else None


def _asking(site: Site, asked: Asked, accept: str, said: dict[str, Any]) -> Asking:
    """Look at a query and choose the format of its answer; raises what that raises."""
    settings = site.settings
    prepared = prepare(asked.query or "", services=settings.services, base=site.graph.base)
    said["form"] = prepared.form
    is_rows = prepared.form in ("SELECT", "ASK")
    syntax = _choices(accept, asked.format)[not is_rows]
    if syntax is None:
        table = RESULT_FORMATS if is_rows else RDF_SYNTAXES
        syntax = asked_for(asked.format, accept, table, page=True)  # which says why not
    dataset = Dataset(asked.default_graphs, asked.named_graphs, settings.union)
    return Asking(prepared, syntax, dataset, asked.seconds)


@lru_cache(maxsize=256)
def _choices(accept: str, name: str | None) -> tuple[Format | None, Format | None]:
    """Return the format for rows and the one for triples; None where none suits."""
    found: list[Format | None] = []
    for table in (RESULT_FORMATS, RDF_SYNTAXES):
        try:
            found.append(asked_for(name, accept, table, page=True))
        except FormatError:
            found.append(None)
    return found[0], found[1]


def _written(site: Site, syntax: Format, found: Kept, encoding: str) -> Reply:
    """Return headers and bytes of an answer, compressed where the client takes that."""
    data, tag = found.written.data, found.etag
    headers, text = _headers_of(syntax)
    if text and len(data) >= SMALLEST and _takes_gzip(encoding):
        data, tag = site.answers.packed(found), tag + SUFFIX
        headers = (*headers, ("Content-Encoding", "gzip"))
    return [*headers, ("Content-Length", str(len(data))), ("ETag", f'"{tag}"')], data


@lru_cache(maxsize=64)
def _headers_of(syntax: Format) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Return the headers that all answers in a format have, and whether it is text."""
    kind = content_type(syntax)
    text = is_text(kind)
    varies = "Accept, Accept-Encoding" if text else "Accept"
    return (*_FIXED, ("Content-Type", kind), ("Vary", varies)), text


_takes_gzip = lru_cache(maxsize=256)(takes_gzip)
