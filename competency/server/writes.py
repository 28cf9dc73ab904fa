"""Who may write, and what came of it: the token, the writer, 204 or the report of a refusal."""

from __future__ import annotations

import hmac
import json
from typing import Any, Protocol

from flask import Response, make_response, render_template, request
from rdflib import Graph
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from competency.formats import RDF_SYNTAXES, Format
from competency.graph import NamedGraph, serialize
from competency.ontology import SHAPES_IRI
from competency.server.negotiation import HTML, choose
from competency.server.responses import content_type
from competency.server.watching import Watch

EDITION_HEADER = "Edition"
_JSON = Format("report", "JSON", ("application/json",), (".json",))
_OFF = "nothing can be written here: start the server with --data and COMPETENCY_WRITE_TOKEN"


class Writer(Protocol):
    """Publishes what a request sends; see ``competency.sparql.writer``."""

    def publish(self, head: dict[str, Any], body: bytes) -> dict[str, Any]:
        """Do a write and return what came of it."""


class Writes:
    """The way from a request to a new edition, for those who have the token."""

    def __init__(
        self, writer: Writer, token: str, common: dict[str, Any], watch: Watch | None = None
    ) -> None:
        """Write with ``writer``; ``common`` is what each write tells it (directory, base, gate)."""
        self._writer, self._token, self._common = writer, token, common
        self._watch = watch or Watch()

    def allow(self) -> None:
        """Let a request pass that has the token (RFC 6750, section 2.1); else 401."""
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        sent, wanted = given.strip().encode(), self._token.encode()
        if kind.lower() == "bearer" and hmac.compare_digest(sent, wanted):
            return
        said: dict[str, str | None] = {"realm": "competency"}
        if kind:
            said["error"] = "invalid_token"
        challenge = WWWAuthenticate("bearer", said)
        reason = "send the token as Authorization: Bearer ..."
        raise Unauthorized(reason, www_authenticate=challenge)

    def publish(self, body: bytes = b"", **head: Any) -> dict[str, Any]:
        """Have a write done."""
        with self._watch.write() as said:
            done = self._writer.publish(self._common | head, body)
            said["outcome"] = "published" if done["edition"] else "refused"
            return done


def allowed(writes: Writes | None) -> Writes:
    """Return the way to write where this server has one and the request may take it."""
    if writes is None:
        raise Forbidden(_OFF)
    writes.allow()
    return writes


def outcome(done: dict[str, Any], status: int = 204) -> Response:
    """Return the answer to a write: ``status`` with the edition, or 422 with the report."""
    if done["edition"] is None:
        return _report(done)
    response = make_response("", status)
    del response.headers["Content-Type"]
    response.headers[EDITION_HEADER] = done["edition"]
    response.cache_control.no_store = True
    return response


def _report(done: dict[str, Any]) -> Response:
    """Return what the shapes found: RDF, JSON or a page, by the Accept header."""
    table = (_JSON, *RDF_SYNTAXES)
    syntax = choose(request.headers.get("Accept"), table, page=True)
    if syntax is HTML:
        body: str | bytes = render_template(
            "refused.html", report=done["report"], text=done["text"]
        )
    elif syntax is _JSON:
        body = json.dumps(done["report"], indent=2, ensure_ascii=False) + "\n"
    else:
        report = Graph().parse(data=done["ntriples"], format="nt")
        body = serialize(NamedGraph.of(SHAPES_IRI + "/report", iter(report)), syntax)
    response = make_response(body, 422)
    response.content_type = content_type(syntax)
    response.vary.add("Accept")
    response.cache_control.no_store = True
    return response
