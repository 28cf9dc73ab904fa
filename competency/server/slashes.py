"""A slash too many at the end of an address: 308 to the address without it, where that is held."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, Response, current_app, make_response, request
from werkzeug.exceptions import HTTPException, NotFound

from competency.server.site import IRI_SAFE

_SAFE = IRI_SAFE.replace("%", "")


def register_slashes(app: Flask) -> None:
    """Lead what only a slash at its end keeps from a route of ``app`` to that route.

    Call it before what tells misrouted requests in its own words. Names that hold slashes, such
    as the paths of things, are for those who know what is held: see :func:`without_slash`.
    """

    @app.before_request
    def lead() -> Response | None:
        if not isinstance(request.routing_exception, NotFound) or not request.path.endswith("/"):
            return None
        adapter = current_app.create_url_adapter(request)
        try:
            if adapter is not None and adapter.match(_bare(), method=request.method):
                return without_slash()
        except HTTPException:
            pass
        return None


def without_slash() -> Response:
    """Return the 308 to the address of this request without the slashes at its end.

    Whoever has it asks again before using it: one day something with the slash may be held.
    """
    address = quote(request.script_root + _bare(), safe=_SAFE)
    if query := request.query_string.decode("latin-1"):
        address += f"?{query}"
    response = make_response(f"See {address}\n", 308)
    response.content_type = "text/plain; charset=utf-8"
    response.headers["Location"] = address
    response.cache_control.no_cache = True
    return response


def _bare() -> str:
    return request.path.rstrip("/")
