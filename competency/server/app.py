"""The application: everything is made here, for one graph, and nothing at import."""

from __future__ import annotations

from flask import Flask

from competency._files import folder
from competency.graph import KnowledgeGraph
from competency.server.endpoint import endpoint
from competency.server.errors import register_errors
from competency.server.home import home
from competency.server.imports import imports
from competency.server.links import Links
from competency.server.resources import resources
from competency.server.responses import register_headers
from competency.server.site import Site
from competency.server.terms import terms

MAX_BODY = 1_000_000  # bytes of a request; longer ones are refused with 413


def create_app(graph: KnowledgeGraph, *, title: str = "Competency") -> Flask:
    """Return a WSGI application that publishes ``graph`` and answers queries over it.

    The graph must not change afterwards: documents and their entity tags are kept.

    >>> app = create_app(KnowledgeGraph())
    >>> app.test_client().get("/health").json["status"]
    'ok'
    """
    app = Flask("competency.server", root_path=str(folder("server")))
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY)
    app.url_map.merge_slashes = False  # an IRI may hold two slashes
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    site = Site(graph, title)
    links = Links(site)
    app.context_processor(lambda: {"site_title": title})
    for part in (home, resources, terms, endpoint):
        app.register_blueprint(part(site, links))
    app.register_blueprint(imports())
    register_errors(app)
    register_headers(app)
    return app
