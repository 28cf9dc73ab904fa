"""Things, pages about them and data about them: /id, /entity, /page, /data.

A thing (a framework, a behaviour) is not a document. Its IRI answers 303 with the address of a
document about it, a page or data, by the Accept header (W3C, "Cool URIs for the Semantic Web",
section 4.4). Frameworks keep the IRIs of their publishers: /entity?iri= does the same for those.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import BadRequest

from competency.errors import FormatError, NotFound
from competency.formats import RDF_SYNTAXES, Format, by_name
from competency.graph import Framework, Part, Resource
from competency.server.links import Links, link_header
from competency.server.negotiation import HTML, choose
from competency.server.pages.framework import framework_page
from competency.server.pages.part import part_page
from competency.server.pages.resource import resource_page
from competency.server.responses import see_other, send, send_page
from competency.server.site import WHOLE_SYNTAXES, Site


def resources(site: Site, links: Links) -> Blueprint:
    """Return the routes of everything that the graph holds."""
    routes = Blueprint("resources", __name__)

    @routes.get("/id/<path:path>")
    def thing(path: str) -> Response:
        return _redirect(links, site.find(path))

    @routes.get("/entity")
    def entity() -> Response:
        found = site.look_up(_parameter("iri"))
        path = site.path_of(found.iri)
        if path is None:
            return _redirect(links, found)
        return see_other(url_for("resources.thing", path=path))

    @routes.get("/page/<path:path>")
    def page(path: str) -> Response:
        return _page(links, site.find(path))

    @routes.get("/page")
    def page_of() -> Response:
        return _page(links, site.look_up(_parameter("iri")))

    _data_routes(routes, site, links)
    return routes


def _data_routes(routes: Blueprint, site: Site, links: Links) -> None:
    """Add the routes of data: of one thing by its path or its IRI, and of everything."""

    @routes.get("/data/<path:name>")
    def data(name: str) -> Response:
        path, syntax = _split(name)
        return _data(site, links, site.find(path), syntax)

    @routes.get("/data")
    def data_of() -> Response:
        found = site.look_up(_parameter("iri"))
        name = request.args.get("format")
        syntax = by_name(name) if name else choose(request.headers.get("Accept"), RDF_SYNTAXES)
        response = _data(site, links, found, syntax)
        if not name:
            response.vary.add("Accept")
        return response

    @routes.get("/data/all.<suffix>")
    def whole(suffix: str) -> Response:
        _, syntax = _split("all." + suffix, WHOLE_SYNTAXES)
        return send(site.whole(syntax), syntax, location=request.path)


def _redirect(links: Links, found: Resource) -> Response:
    """Send a client from a thing to its page or its data, by the Accept header."""
    syntax = choose(request.headers.get("Accept"), RDF_SYNTAXES, page=True)
    target = links.page(found.iri) if syntax is HTML else links.data(found.iri, syntax)
    response = see_other(target)
    response.vary.add("Accept")
    return response


def _page(links: Links, found: Resource) -> Response:
    if isinstance(found, Framework):
        return send_page("framework.html", page=framework_page(found, links))
    if isinstance(found, Part):
        return send_page("part.html", page=part_page(found, links))
    return send_page("resource.html", page=resource_page(found, links))


def _data(site: Site, links: Links, found: Resource, syntax: Format) -> Response:
    here = links.data(found.iri, syntax)
    response = send(site.document(found.iri, syntax), syntax, location=here)
    response.headers["Link"] = link_header(
        found.iri, here, links.downloads(found.iri), links.page(found.iri)
    )
    return response


def _split(name: str, table: Sequence[Format] = RDF_SYNTAXES) -> tuple[str, Format]:
    """Cut ``path.ttl`` into the path and its syntax; NotFound lists the suffixes there are."""
    path, _, suffix = name.rpartition(".")
    try:
        return path, by_name(suffix, table)
    except FormatError as error:
        known = " ".join(row.suffixes[0] for row in table)
        raise NotFound("data", f"{name}: the address has to end in one of {known}") from error


def _parameter(name: str) -> str:
    """Return a query parameter that has to be given once."""
    values = request.args.getlist(name)
    if len(values) != 1 or not values[0]:
        raise BadRequest(f"give the parameter {name} once: {request.path}?{name}=https://...")
    return values[0]
