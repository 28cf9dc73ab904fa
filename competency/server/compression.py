"""Compressed answers for clients that say they take them (RFC 9110, sections 8.4.1 and 12.5.3).

A compressed representation is another one, so it has an entity tag of its own (section 8.8.3.3),
and a condition on that tag is understood.
"""

from __future__ import annotations

import gzip
import re

from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

SMALLEST = 1_000  # bytes; less is not worth it
_LEVEL = 5
SUFFIX = "-gzip"  # of the tag of what is compressed
_TEXT = re.compile(
    r"text/|application/(?:[\w.-]+\+)?(?:json|xml)\b|application/(?:n-|trig)|image/svg"
)


def register_compression(app: Flask) -> None:
    """Compress what ``app`` answers, where the client takes it and it is worth it."""

    @app.before_request
    def plain_tags() -> None:
        """Let a condition on the compressed form be one on the document."""
        for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"):
            if value := request.environ.get(name):
                request.environ[name] = plain_tag(value)

    @app.after_request
    def compress(response: Response) -> Response:
        told = response.status_code in (200, 304) or response.status_code >= 400
        if not told or not is_text(response.content_type or ""):
            return response
        response.vary.add("Accept-Encoding")
        if not takes_gzip(request.headers.get("Accept-Encoding")):
            return response
        if _worth_it(response):
            _retag(response)
        if _worth_it(response) and response.status_code != 304:
            response.direct_passthrough = False  # a file is read, not passed on
            response.set_data(packed(response.get_data()))
            response.headers["Content-Encoding"] = "gzip"
        return response


def plain_tag(value: str) -> str:
    """Return entity tags as they are of what is not compressed.

    >>> plain_tag('"a-gzip", "b"')
    '"a", "b"'
    """
    return value.replace(SUFFIX + '"', '"')


def packed(data: bytes) -> bytes:
    """Return bytes compressed, the same for the same bytes.

    >>> gzip.decompress(packed(b"a" * 1000)) == b"a" * 1000
    True
    """
    return gzip.compress(data, _LEVEL, mtime=0)


def is_text(content_type: str) -> bool:
    """Say whether what has a media type is worth compressing.

    >>> is_text("text/csv; charset=utf-8"), is_text("image/png")
    (True, False)
    """
    return _TEXT.match(content_type) is not None


def takes_gzip(header: str | None) -> bool:
    """Say whether a client takes gzip: it names it, or a wildcard, and not with ``q=0``.

    >>> takes_gzip("br, gzip;q=0.5"), takes_gzip("gzip;q=0, *"), takes_gzip(None)
    (True, False, False)
    """
    accept = parse_accept_header(header, Accept)
    named = [quality for name, quality in accept if name.lower() in ("gzip", "x-gzip")]
    wild = [quality for name, quality in accept if name == "*"]
    return max(named or wild or [0]) > 0


def _worth_it(response: Response) -> bool:
    return (
        (not response.is_streamed or response.direct_passthrough)
        and "Content-Encoding" not in response.headers
        and (response.content_length or 0) >= SMALLEST
    )


def _retag(response: Response) -> None:
    tag, weak = response.get_etag()
    if tag and not weak and not tag.endswith(SUFFIX):
        response.set_etag(tag + SUFFIX)
