"""For those who run the server: /health (it lives), /ready (it can answer), /metrics."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response

from competency.formats import RESULT_FORMATS
from competency.server.site import Site
from competency.server.watching import CONTENT_TYPE, Watch
from competency.sparql import Asking, prepare

_SECONDS = 2.0  # to answer the smallest question


def operations(site: Site, watch: Watch) -> Blueprint:
    """Return the routes for operators and their machines."""
    routes = Blueprint("operations", __name__)

    @routes.get("/health")
    def health() -> Response:
        graph, held = site.graph, {}
        if not graph.elsewhere:  # that another engine is gone does not make this process ill
            held = {"frameworks": len(site.summaries), "triples": len(graph)}
        response = jsonify(status="ok", edition=site.edition_name, **held)
        response.cache_control.no_store = True
        return response

    @routes.get("/ready")
    def ready() -> Response:
        """Ask the smallest question; an error of ours becomes 503 or what it is."""
        asking = Asking(prepare("ASK {}"), RESULT_FORMATS[0], seconds=_SECONDS)
        site.answers.engine.answer(asking)
        response = jsonify(status="ready", edition=site.edition_name)
        response.cache_control.no_store = True
        return response

    @routes.get("/metrics")
    def metrics() -> Response:
        response = make_response(watch.exposition(site))
        response.content_type = CONTENT_TYPE
        response.cache_control.no_store = True
        return response

    return routes
