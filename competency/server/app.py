"""The application: everything is made here, for one graph or one data directory."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Flask, g, request
from werkzeug.local import LocalProxy
from werkzeug.middleware.proxy_fix import ProxyFix

from competency._files import folder
from competency.graph import KnowledgeGraph
from competency.server.align import aligning
from competency.server.aligning import Suggester
from competency.server.budget import register_budget
from competency.server.case import case_api
from competency.server.catalogue import catalogue
from competency.server.checking import Checker, InProcess
from competency.server.compare import comparing
from competency.server.compression import register_compression
from competency.server.crosswalk import crosswalks
from competency.server.endpoint import endpoint
from competency.server.errors import register_errors
from competency.server.exporting import Exports
from competency.server.exports import exports
from competency.server.finished import TAKEN, keep_finished
from competency.server.graphs import graphs
from competency.server.head import register_head
from competency.server.home import home
from competency.server.imports import imports
from competency.server.languages import register_languages
from competency.server.links import Links
from competency.server.navigation import register_navigation
from competency.server.openapi import openapi
from competency.server.operations import operations
from competency.server.resources import resources
from competency.server.responses import register_headers
from competency.server.search import search
from competency.server.serving import Fixed, Serving
from competency.server.settings import Settings
from competency.server.shortcut import Shortcut
from competency.server.site import Site
from competency.server.sitemap import sitemap
from competency.server.slashes import register_slashes
from competency.server.terms import terms
from competency.server.updates import updates
from competency.server.validation import validation
from competency.server.versions import register_versions
from competency.server.watching import Watch
from competency.server.writes import Writes

MAX_BODY = 1_000_000  # bytes of a request; longer ones are refused with 413


def create_app(
    source: KnowledgeGraph | Serving,
    settings: Settings | None = None,
    *,
    writes: Writes | None = None,
    watch: Watch | None = None,
    checker: Checker | None = None,
    kind: type[Flask] = Flask,
    links_of: Callable[[Site], Links] = Links,
) -> Flask:
    """Return a WSGI application that publishes a graph, or what ``source`` says is served.

    A graph that is given must not change afterwards: documents and their entity tags are kept.
    ``writes`` takes what clients send to be published; without it nothing can be written.
    ``checker`` checks what they send to be checked; without one that is done in this process.
    ``kind`` and ``links_of`` are for who gives the same pages other addresses.

    >>> app = create_app(KnowledgeGraph())
    >>> app.test_client().get("/health").json["status"]
    'ok'
    """
    settings = settings or Settings()
    serving = (
        Fixed(Site(source, settings=settings)) if isinstance(source, KnowledgeGraph) else source
    )
    watch = watch or Watch()
    app = _bare(settings, kind, has_editions=bool(serving.history))
    _serve_each_request_one_site(app, serving)
    register_slashes(app)
    site = cast(Site, LocalProxy(lambda: g.site))
    links = links_of(site)
    for part in (home(site, links), resources(site, links), terms(site, links)):
        app.register_blueprint(part)
    for part in (catalogue(site, links), sitemap(site, links), openapi(site)):
        app.register_blueprint(part)
    register_head(app, site, links, settings.title)
    for part in (comparing(site, links), endpoint(site, links, watch), search(site, links)):
        app.register_blueprint(part)
    app.register_blueprint(crosswalks(site, links))
    for part in (updates(site, writes), graphs(site, writes), operations(site, watch)):
        app.register_blueprint(part)
    app.register_blueprint(case_api(site, links, serving.history))
    checker = checker or InProcess()
    app.register_blueprint(aligning(site, links, Suggester(site, checker), writes))
    _take_and_give_files(app, site, links, checker, watch)
    register_errors(app)
    register_versions(app, serving, site, links)
    _stand_before(app, serving, watch, settings)
    return app


def _stand_before(app: Flask, serving: Serving, watch: Watch, settings: Settings) -> None:
    """Register what sees all answers, and put before ``app`` what need not come to it."""
    register_headers(app)
    register_compression(app)
    watch.register(app)
    if settings.limits.cache:
        keep_finished(app, serving, watch.answered)
    app.wsgi_app = Shortcut(app.wsgi_app, serving, watch)  # type: ignore[method-assign]
    _trust_proxies(app, settings.proxies)


def _take_and_give_files(
    app: Flask, site: Site, links: Links, checker: Checker, watch: Watch
) -> None:
    """Register what reads the files of strangers, and what writes frameworks as files."""
    made = Exports()
    app.register_blueprint(exports(site, links, made))
    app.register_blueprint(imports(site, checker, made))
    app.register_blueprint(validation(site, checker, watch))


def _bare(settings: Settings, kind: type[Flask], *, has_editions: bool) -> Flask:
    """Return an application without routes."""
    app = kind("competency.server", root_path=str(folder("server")))
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY)
    app.url_map.merge_slashes = False  # an IRI may hold two slashes
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.context_processor(lambda: {"site_title": settings.title})
    register_budget(app)
    register_languages(app)
    register_navigation(app, has_editions=has_editions)
    return app


def _trust_proxies(app: Flask, trusted: int) -> None:
    """Let so many proxies before us say whom they speak for; call it last, since it comes first."""
    if trusted:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted, x_prefix=trusted
        )


def _serve_each_request_one_site(app: Flask, serving: Serving) -> None:
    @app.before_request
    def take() -> None:
        g.site = request.environ.pop(TAKEN, None) or serving.take()

    @app.teardown_request
    def give_back(_: BaseException | None) -> None:
        if site := g.pop("site", None):
            serving.give_back(site)
