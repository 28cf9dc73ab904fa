"""Updates: /update (SPARQL 1.1 Protocol, section 2.2), for those who have the token."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest

from competency.server.bodies import sent
from competency.server.conditions import refuse_match
from competency.server.protocol import UPDATE, fields_of, one, text_of_body
from competency.server.site import Site
from competency.server.writes import Writes, allowed, outcome

_NONE = "there is no update: send the field update as a form, or the update itself as "


def updates(site: Site, writes: Writes | None) -> Blueprint:
    """Return the route of updates."""
    routes = Blueprint("updates", __name__)

    @routes.route("/update", methods=["POST"], strict_slashes=False)
    def update() -> Response:
        way = allowed(writes)
        refuse_match("the data set")
        text, using, using_named = _read()
        done = way.publish(
            text.encode(),
            write="update",
            using=using,
            using_named=using_named,
            union=site.settings.union,
            note="update",
        )
        return outcome(done)

    return routes


def _read() -> tuple[str, list[str], list[str]]:
    """Return the update and the graphs that the request names for it."""
    fields = fields_of(request.query_string)
    body = text_of_body(request, UPDATE, sent())
    for name, values in body.items():
        fields[name] = [*fields.get(name, []), *values]
    text = one(fields, "update")
    if text is None:
        hint = "; this is a query, send it to /sparql" if "query" in fields else ""
        raise BadRequest(_NONE + UPDATE + hint)
    return text, fields.get("using-graph-uri", []), fields.get("using-named-graph-uri", [])
