"""The front door: the home page, and the page of the data set's description."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from competency.errors import NotFound
from competency.formats import RDF_SYNTAXES, Format
from competency.graph import Summary
from competency.server.catalogue import (
    catalogue_downloads,
    catalogue_links,
    dumps,
    send_catalogue,
)
from competency.server.links import Links, add_links
from competency.server.negotiation import HTML, choose, named_format
from competency.server.pages.choosing import titled
from competency.server.pages.framework import card_of
from competency.server.pages.paging import Pages, pages_at
from competency.server.pages.sparql import choices
from competency.server.profiles import Asked
from competency.server.responses import see_other, send_page
from competency.server.site import Site

PER_PAGE = 60  # frameworks
_FORMS = (HTML, *RDF_SYNTAXES)


def home(site: Site, links: Links) -> Blueprint:
    """Return the routes that belong to the site as a whole."""
    routes = Blueprint("home", __name__)

    @routes.after_request
    def vary(response: Response) -> Response:
        response.vary.add("Accept")
        return response

    @routes.get("/")
    def index() -> Response:
        """Return the home page; a client that wants RDF is led to the description of it all."""
        syntax = _syntax()
        if syntax is not HTML:
            return see_other(url_for("catalogue.data", suffix=syntax.suffixes[0][1:]))
        here, pages = _page_of(titled(site), "home.index")
        cards = [card_of(item, links) for item in here]
        more = {"questions": choices(), "described": True}
        return _send(site, "home.html", cards=cards, pages=pages, **more)

    @routes.get("/dataset")
    def dataset() -> Response:
        """Return the description of everything: a page, or DCAT and VoID."""
        syntax = _syntax(page=True)
        if syntax is not HTML:
            return send_catalogue(site, links, syntax)
        here, pages = _page_of(titled(site), "home.dataset")
        rows = [(card_of(item, links), links.downloads(item.iri)) for item in here]
        return _send(site, "dataset.html", rows=rows, pages=pages, triples=len(site.graph))

    return routes


def _send(site: Site, template: str, **values: object) -> Response:
    """Return a page about everything, with what both have and with its links in the header."""
    common = {
        "total": len(site.summaries),
        "dumps": dumps(),
        "downloads": catalogue_downloads(),
    }
    response = send_page(template, **common, **values)
    return add_links(response, *catalogue_links(site, request.path))


def _syntax(*, page: bool = False) -> Format:
    """Return what a request wants; without ``page`` whoever says nothing gets the page."""
    asked = Asked.by(request)
    if asked.media_type:
        return named_format(asked.media_type, _FORMS)
    return choose(asked.accept, RDF_SYNTAXES if page else _FORMS, page=page)


def _page_of(found: list[Summary], endpoint: str) -> tuple[list[Summary], Pages | None]:
    """Return the frameworks of the page that ``?page=`` names, and its neighbours if any."""
    count = max(1, -(-len(found) // PER_PAGE))
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    if not 1 <= number <= count:
        raise NotFound("page", f"{asked}; there are 1 to {count}")
    here = found[(number - 1) * PER_PAGE : number * PER_PAGE]

    def address(other: int) -> str:
        return url_for(endpoint, page=other if other > 1 else None)

    return here, pages_at(number, count, address)
