"""Things, pages about them and data about them: /id, /entity, /page, /data.

A thing (a framework, a behaviour) is not a document. Its IRI answers 303 with the address of a
document about it: a page or data, by media type and by profile (W3C, "Cool URIs for the Semantic
Web", section 4.4; dx-prof-conneg). Frameworks keep the IRIs of their publishers: /entity?iri=
does the same for those.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from flask import Blueprint, Response, abort, request, url_for

from competency.errors import FormatError, NotFound
from competency.exchange import Profile
from competency.formats import RDF_SYNTAXES, Format, by_name
from competency.graph import Framework, Part, Resource
from competency.server.alternates import alternates_document, alternates_page
from competency.server.catalogue import dumps
from competency.server.links import Link, Links, add_links, alternate
from competency.server.negotiation import HTML
from competency.server.pages.alignment import alignment_page, is_about_a_pair
from competency.server.pages.framework import framework_page
from competency.server.pages.part import part_page
from competency.server.pages.resource import resource_page
from competency.server.profiles import (
    ALTERNATES,
    OWN,
    Asked,
    negotiate,
    split_token,
    table_of,
)
from competency.server.required import parameter
from competency.server.responses import see_other, send, send_page
from competency.server.site import WHOLE_SYNTAXES, Site
from competency.server.slashes import without_slash

_VIEWS = {"view", "open"}  # the parameters that make another page of one thing
# The addresses whose answer depends on headers; their errors do as well.
_NEGOTIATED = ("resources.thing", "resources.entity", "resources.data_of")


def resources(site: Site, links: Links) -> Blueprint:
    """Return the routes of everything that the graph holds."""
    routes = Blueprint("resources", __name__)

    @routes.after_request
    def vary(response: Response) -> Response:
        if request.endpoint in _NEGOTIATED:
            response.vary.update(("Accept", "Accept-Profile"))
        return response

    @routes.get("/id/<path:path>")
    def thing(path: str) -> Response:
        return _redirect(links, _held(site, path))

    @routes.get("/entity")
    def entity() -> Response:
        return _redirect(links, site.look_up(parameter("iri")))

    @routes.get("/page/<path:path>")
    def page(path: str) -> Response:
        return _page_or_other(links, _held(site, path))

    @routes.get("/page")
    def page_of() -> Response:
        return _page_or_other(links, site.look_up(parameter("iri")))

    _data_routes(routes, site, links)
    return routes


def _data_routes(routes: Blueprint, site: Site, links: Links) -> None:
    """Add the routes of data: of one thing by its path or its IRI, and of everything."""

    @routes.get("/data/<path:name>")
    def data(name: str) -> Response:
        try:
            found, profile, syntax = _named(site, name)
        except NotFound as error:
            return _without_suffix(site, links, name, error)
        if Asked.by(request).in_address:
            return _redirect(links, found, _other(profile, syntax))
        return _document(site, links, found, profile, syntax)

    @routes.get("/data")
    def data_of() -> Response:
        found = site.look_up(parameter("iri"))
        asked = _asked_of_data()
        profile, syntax = negotiate(asked, site.profiles(found.iri))
        if (profile, syntax) == (OWN, HTML):
            return _redirect(links, found, asked)
        return _document(site, links, found, profile, syntax)

    @routes.get("/data/all.<suffix>")
    def whole(suffix: str) -> Response:
        _, syntax = _split("all." + suffix, WHOLE_SYNTAXES)
        response = send(site.whole(syntax), syntax, location=request.path)
        described = Link(url_for("home.dataset"), "describedby")
        return add_links(response, described, *alternate(dumps(), request.path))


def _redirect(links: Links, found: Resource, asked: Asked | None = None) -> Response:
    """Send a client from a thing to the document that suits it best."""
    offered = links.site.profiles(found.iri)
    profile, syntax = negotiate(asked or Asked.by(request), offered)
    is_page = syntax is HTML and profile is OWN
    target = links.page(found.iri) if is_page else links.data(found.iri, syntax, profile)
    header = links.of_document(found.iri, target, None if is_page else profile)
    return add_links(see_other(target), *header)


def _page_or_other(links: Links, found: Resource) -> Response:
    """Return the page, or lead to what ``?_mediatype=`` and ``?_profile=`` name instead."""
    asked = Asked.by(request)
    if asked.in_address and negotiate(asked, links.site.profiles(found.iri)) != (OWN, HTML):
        return _redirect(links, found)
    here = links.page(found.iri)
    response = _page(links, found)
    if not _VIEWS & request.args.keys():
        response.headers["Content-Location"] = here
    return add_links(response, *links.of_document(found.iri, here, None))


def _page(links: Links, found: Resource) -> Response:
    if isinstance(found, Framework):
        view, unfold = request.args.get("view", ""), request.args.get("open", "")
        return send_page("framework.html", page=framework_page(found, links, view, unfold))
    if isinstance(found, Part):
        return send_page("part.html", page=part_page(found, links))
    if is_about_a_pair(found) and (page := alignment_page(found, links)):
        return send_page("alignment.html", page=page)
    return send_page("resource.html", page=resource_page(found, links))


def _document(
    site: Site, links: Links, found: Resource, profile: Profile, syntax: Format
) -> Response:
    """Return the data of something in a profile and a syntax, with its addresses in the header."""
    here = links.data(found.iri, syntax, profile)
    if profile is not ALTERNATES:
        response = send(site.document(found.iri, syntax, profile), syntax, location=here)
    elif syntax is HTML:
        response = send_page("alternates.html", page=alternates_page(found, links))
        response.headers["Content-Location"] = here
    else:
        document = alternates_document(found.iri, links, syntax)
        response = send(document, syntax, location=here)
    return add_links(response, *links.of_document(found.iri, here, profile))


def _named(site: Site, name: str) -> tuple[Resource, Profile, Format]:
    """Return what ``path.ttl`` or ``path.skos.ttl`` names; NotFound lists the suffixes there are.

    Where one thing has the path ``a`` and another ``a.skos``, ``/data/a.skos.ttl`` is the first
    one in SKOS; the other one is at ``/data/a.skos.comp.ttl``, to which all links to it lead.
    """
    stem, _, suffix = name.rpartition(".")
    path, profile = split_token(stem)
    if profile:
        with suppress(NotFound):
            _, syntax = _split(f"{path}.{suffix}", table_of(profile))
            found = site.find(path)
            if profile in (*site.profiles(found.iri), ALTERNATES):
                return found, profile, syntax
    path, syntax = _split(name)
    return site.find(path), OWN, syntax


def _held(site: Site, path: str) -> Resource:
    """Return the thing that a path names; one that only a slash at the end is too much for is led.

    Raises NotFound.
    """
    try:
        return site.find(path)
    except NotFound:
        if path.endswith("/") and (bare := path.rstrip("/")):
            with suppress(NotFound):
                site.find(bare)
                abort(without_slash())
        raise


def _without_suffix(site: Site, links: Links, name: str, error: NotFound) -> Response:
    """Lead from the name of a thing to the data that suit the client; else raise the error."""
    try:
        found = _held(site, name)
    except NotFound:
        raise error from None
    response = _redirect(links, found, _asked_of_data())
    response.vary.update(("Accept", "Accept-Profile"))
    return response


def _other(profile: Profile, syntax: Format) -> Asked:
    """Return what an address asks for whose parameters are stronger than its suffix."""
    asked = Asked.by(request)
    return Asked(media_type=asked.media_type or syntax.name, profile=asked.profile or profile.token)


def _asked_of_data() -> Asked:
    """Return what /data?iri= asks for; ``format`` names a syntax as ``_mediatype`` does."""
    asked = Asked.by(request)
    if name := request.args.get("format"):
        return Asked(media_type=name, profile=asked.profile)
    return asked


def _split(name: str, table: Sequence[Format] = RDF_SYNTAXES) -> tuple[str, Format]:
    """Cut ``path.ttl`` into the path and its syntax; NotFound lists the suffixes there are."""
    path, _, suffix = name.rpartition(".")
    try:
        return path, by_name(suffix, table)
    except FormatError as error:
        known = " ".join(row.suffixes[0] for row in table)
        raise NotFound("data", f"{name}: the address has to end in one of {known}") from error
