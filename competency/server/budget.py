"""One budget for all headers of an answer: a proxy that reads them may have one page of memory.

nginx, as it comes, takes 4 KB (``proxy_buffer_size``) and answers 502 past that. Only links grow
with what is held, so it is links that go: first those to other forms, the rarest of which come
last, and which are all in the list of all forms.
"""

from __future__ import annotations

import re

from flask import Flask, Response
from werkzeug.datastructures import Headers

MOST = 4_096  # bytes from the status line to the empty line
_OURS = 200  # of them for what the web server adds: status, Date, Server, Content-Length
_BETWEEN = re.compile(r", (?=<)")  # links of a header; no address of ours holds a bracket
_HEADER = len("Link: \r\n")
_OTHER_FORM = 'rel="alternate"'


def register_budget(app: Flask) -> None:
    """Keep the headers of all answers of ``app`` in the budget; call it before all that add some.

    What is registered first sees an answer last.
    """

    @app.after_request
    def fit(response: Response) -> Response:
        if "Link" in response.headers:
            fit_links(response.headers)
        return response


def fit_links(headers: Headers, most: int = MOST - _OURS) -> None:
    """Leave so many links that the headers have at most ``most`` bytes, those of most worth.

    >>> headers = Headers([("Link", '<a>; rel="canonical", <b>; rel="alternate"')])
    >>> fit_links(headers, 40)
    >>> headers["Link"]
    '<a>; rel="canonical"'
    """
    if size_of(headers) <= most:
        return
    rows = [_BETWEEN.split(value) for value in headers.getlist("Link")]
    headers.remove("Link")
    room = most - size_of(headers) - len(rows) * _HEADER
    kept = set()
    for row, at in _by_worth(rows):
        size = len(rows[row][at]) + len(", ")
        if size <= room:
            kept.add((row, at))
            room -= size
    for row, links in enumerate(rows):
        if left := [link for at, link in enumerate(links) if (row, at) in kept]:
            headers.add("Link", ", ".join(left))


def _by_worth(rows: list[list[str]]) -> list[tuple[int, int]]:
    """Return the places of links, those last that lead to other forms and not to their list."""
    places = [(row, at) for row, links in enumerate(rows) for at in range(len(links))]
    forms = [(row, at) for row, at in places if _OTHER_FORM in rows[row][at]]
    return [*(place for place in places if place not in forms[1:]), *forms[1:]]


def size_of(headers: Headers) -> int:
    """Return how many bytes headers take as they are sent.

    >>> size_of(Headers([("ETag", "x")]))
    9
    """
    return sum(len(name) + len(value) + len(": \r\n") for name, value in headers)
