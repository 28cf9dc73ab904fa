"""Finished answers: what was answered once is sent again as it was, before anything is looked up.

An answer depends on the site, on the address, on a few headers of the request, and on which
editions there are; that is its key, so whoever publishes makes all keys new. Kept is what is whole
and the same each time: no errors, nothing with a number of its own, nothing that may not be
stored. Conditions (RFC 9110, section 13.1.2) are decided here, from the entity tag that is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from werkzeug.datastructures import Headers
from werkzeug.http import parse_etags, remove_entity_headers, unquote_etag

from competency.errors import CompetencyError
from competency.server.compression import plain_tag, takes_gzip
from competency.server.places import PLACE
from competency.server.serving import Serving

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Count = Callable[[str, int], None]  # is told the method and the status of an answer

TAKEN = "competency.site"  # in the environment of a request: the site that was taken for it
KEPT = "competency.finished"  # there as well: whether its answer may be sent again
# Parts of the application whose answers depend on nothing but what is in the key.
_SAME_EACH_TIME = frozenset(
    (
        "case", "catalogue", "compare", "crosswalk", "home", "openapi", "resources", "search",
        "sitemap", "terms", "versions",
    )
)  # fmt: skip
# What an answer of those may depend on, but for Accept-Encoding, of which only gzip counts.
_PARTS = (
    "PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_PROFILE",
    "HTTP_HOST", "SCRIPT_NAME", "wsgi.url_scheme", "SERVER_NAME", "SERVER_PORT",
)  # fmt: skip
# What is seldom asked, or never the same: it goes its way.
_OTHERWISE = frozenset((PLACE, "HTTP_ACCEPT_DATETIME", "HTTP_IF_MATCH", "HTTP_TRANSFER_ENCODING"))
_CONDITION = "HTTP_IF_NONE_MATCH"
_STATUSES = frozenset((200, 303))


@dataclass(frozen=True)
class Answer:
    """An answer as it goes out, and the headers of the 304 that says it is still the same."""

    status: str
    headers: list[tuple[str, str]]
    unchanged: list[tuple[str, str]]
    body: bytes
    tag: str | None

    @classmethod
    def of(cls, status: str, headers: Iterable[tuple[str, str]], body: bytes) -> Answer:
        """Return an answer; the date is left to whoever sends it."""
        said = Headers(list(headers))
        said.remove("Date")
        without = Headers(said)
        remove_entity_headers(without)
        return cls(status, list(said), list(without), body, said.get("ETag"))

    def is_had(self, condition: str | None) -> bool:
        """Say whether a client that sends this If-None-Match has the answer already."""
        if condition is None or self.tag is None or not self.status.startswith("200"):
            return False
        return condition == self.tag or _names(condition, self.tag)

    @property
    def size(self) -> int:
        """Return about how many bytes this takes."""
        return len(self.body) + sum(len(n) + len(v) for n, v in self.headers)


def _names(condition: str, tag: str) -> bool:
    """Say whether a condition names a tag, whichever form of the answer the client has."""
    own, _ = unquote_etag(plain_tag(tag))
    return own is not None and parse_etags(plain_tag(condition)).contains_weak(own)


class Finished:
    """A WSGI application before another one: it sends again what that one answered before."""

    def __init__(self, app: WSGIApplication, serving: Serving, count: Count) -> None:
        """Stand before ``app``; ``count`` is told of each answer."""
        self._app, self._serving, self._count = app, serving, count

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request from memory, or let the other application do it."""
        parts = _key(environ)
        state = self._serving.state() if parts is not None else None
        if parts is None or state is None:
            return self._app(environ, start)
        try:
            site = self._serving.take(state)
        except CompetencyError:
            return self._app(environ, start)  # which says what is wrong
        memory, key = site.memory, ("finished", state, parts)
        found: Answer | None = memory.get(key)
        if found is not None:
            self._serving.give_back(site)
            return self._send(found, environ, start)
        environ[TAKEN] = site
        try:
            answer = self._ask(environ, start)
        finally:
            if TAKEN in environ:
                self._serving.give_back(environ.pop(TAKEN))
        if not isinstance(answer, Answer):
            return answer
        if self._serving.state() == state:
            memory.keep(key, answer, answer.size + sum(map(len, filter(None, parts[1:]))))
        return self._send(answer, environ, start)

    def _ask(self, environ: WSGIEnvironment, start: StartResponse) -> Answer | Iterable[bytes]:
        """Return the answer of the application; one that is not to be kept is begun already.

        Of those that may be kept it makes the whole, which serves who has it already as well.
        """
        environ[KEPT], condition = False, environ.get(_CONDITION)
        said: list[Any] = []

        def told(*words: Any) -> Callable[[bytes], object]:
            said[:] = words
            return _nobody_writes

        body = self._app(environ, told)
        if condition is not None:
            environ[_CONDITION] = condition
        if not environ[KEPT]:
            start(*said)
            return body
        try:
            return Answer.of(said[0], said[1], b"".join(body))
        finally:
            if close := getattr(body, "close", None):
                close()

    def _send(
        self, answer: Answer, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if answer.is_had(environ.get(_CONDITION)):
            self._count(method, 304)
            start("304 NOT MODIFIED", [*answer.unchanged])
            return []
        self._count(method, int(answer.status[:3]))
        start(answer.status, [*answer.headers])
        return [] if method == "HEAD" else [answer.body]


def keep_finished(app: Flask, serving: Serving, count: Count) -> None:
    """Let ``app`` keep finished answers in the memory of their site, and send them again.

    ``count`` is told of every answer that was kept; call this after all other hooks are there.
    """

    @app.before_request
    def make_it_whole() -> None:
        if KEPT in request.environ and _may_be_kept():
            request.environ.pop(_CONDITION, None)

    @app.after_request
    def note(response: Response) -> Response:
        if KEPT in request.environ and _may_be_kept():
            request.environ[KEPT] = _is_same_each_time(response)
        return response

    app.wsgi_app = Finished(app.wsgi_app, serving, count)  # type: ignore[method-assign, assignment]


def _may_be_kept() -> bool:
    return request.method == "GET" and request.blueprint in _SAME_EACH_TIME


def _is_same_each_time(response: Response) -> bool:
    """Say whether an answer may be sent again as it is."""
    return (
        response.status_code in _STATUSES
        and not response.is_streamed
        and not response.direct_passthrough
        and not response.cache_control.no_store
        and not {"Set-Cookie", "Last-Modified", "Query-Id"} & {name for name, _ in response.headers}
    )


def _key(environ: WSGIEnvironment) -> tuple[Any, ...] | None:
    """Return what tells requests apart whose answers differ; None for those that go their way."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not _OTHERWISE.isdisjoint(environ):
        return None
    if environ.get("CONTENT_LENGTH") not in (None, "", "0"):
        return None
    return (_packs(environ.get("HTTP_ACCEPT_ENCODING")), *map(environ.get, _PARTS))


def _nobody_writes(_: bytes) -> None:
    """Stand for what WSGI gives to applications of old."""


@lru_cache(maxsize=256)
def _packs(accepted: str | None) -> bool:
    return takes_gzip(accepted)
