"""Answers and their headers: entity tags and 304, redirects, CORS, and the security headers.

Every GET that succeeds has a strong ETag, so a client or a cache need not fetch it twice
(RFC 9110, sections 8.8.3 and 13.1.2).
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, make_response, render_template, request

from competency.formats import Format
from competency.server.errors import problem
from competency.server.links import Download, add_links, alternate
from competency.server.negotiation import HTML
from competency.server.site import Document

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# What scripts of other sites may read (the Fetch standard, "CORS protocol").
OPEN_PATHS = (
    "/sparql", "/update", "/graphs", "/data", "/ns", "/shapes", "/id", "/entity", "/dataset",
    "/.well-known", "/editions", "/history", "/changes", "/timemap", "/search",
    "/openapi.json", "/validate", "/export", "/ims", "/compare.", "/crosswalk.", "/align.",
    "/import/template.",
)  # fmt: skip
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Content-Disposition, Content-Location, Edition, ETag, Link, Location, "
        "Memento-Datetime, Query-Id, Retry-After, X-Total-Count"
    ),
}
_READS = ("GET", "HEAD")
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Datetime, Accept-Profile, Authorization, Content-Type, If-Match, "
        "If-None-Match"
    ),
    "Access-Control-Max-Age": "86400",
}


def send(document: Document, syntax: Format, *, location: str | None = None) -> Response:
    """Return a document, or 304 when the client has it already.

    ``location`` is the address of just this form of it, for Content-Location (RFC 9110, 8.7).
    """
    response = make_response(document.data)
    response.content_type = content_type(syntax)
    response.set_etag(document.etag)
    response.cache_control.no_cache = True
    if location:
        response.headers["Content-Location"] = location
    response.make_conditional(request)
    return response


def send_form(data: bytes, syntax: Format, downloads: Sequence[Download]) -> Response:
    """Return one form of a document that has several, with links to the others.

    send_form(written(found, CSV), CSV, forms_at("crosswalk.data", FORMATS))
    """
    here = next(item.url for item in downloads if item.media_type == syntax.media_type)
    response = send(Document.of(data), syntax, location=here)
    return add_links(response, *alternate(downloads, here))


def send_page(template: str, status: int = 200, /, **values: object) -> Response:
    """Return a page made from a template; with status 200 it has an ETag, as data have."""
    body = render_template(template, **values).encode()
    if status == 200:
        return send(Document.of(body), HTML)
    response = make_response(body, status)
    response.content_type = content_type(HTML)
    return response


def see_other(location: str) -> Response:
    """Return the 303 that leads from a thing to a document about it (RFC 9110, section 15.4.4)."""
    response = make_response(f"See {location}\n", 303)
    response.content_type = "text/plain; charset=utf-8"
    response.headers["Location"] = location
    return response


def content_type(syntax: Format) -> str:
    """Return the media type we send, with the charset where text has one.

    >>> from competency.formats import by_name
    >>> content_type(by_name("turtle")), content_type(by_name("jsonld"))
    ('text/turtle; charset=utf-8', 'application/ld+json')
    """
    charset = "; charset=utf-8" if syntax.media_type.startswith("text/") else ""
    return syntax.media_type + charset


def register_headers(app: Flask) -> None:
    """Put the security headers on every answer of ``app``, CORS on those that are for programs.

    For those who read ``If-Match: *`` asks only that there be something (RFC 9110, 13.1.1), which
    werkzeug takes for a tag; and its 412 would carry the document that was not wanted. Writes see
    to their conditions themselves (``conditions.py``).
    """

    @app.before_request
    def take_anything() -> None:
        reads = request.method in _READS
        if reads and request.environ.get("HTTP_IF_MATCH", "").strip() == "*":
            del request.environ["HTTP_IF_MATCH"]

    @app.after_request
    def finish(response: Response) -> Response:
        if response.status_code == 412 and request.method in _READS:
            response.close()
            response = problem(412, "what is here has another ETag than If-Match names")
        for name, value in SECURITY.items():
            response.headers[name] = value
        if request.path.startswith(OPEN_PATHS):
            response.headers.update(CORS)
            if request.method == "OPTIONS":
                response.headers.update(_PREFLIGHT)
        return response
