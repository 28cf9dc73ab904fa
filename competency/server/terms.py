"""The vocabulary and the shapes on the web: /ns, /shapes, and their data in every syntax.

Both are hash namespaces: one document holds all terms, so it answers by the Accept header itself
(W3C, "Best Practice Recipes for Publishing RDF Vocabularies", recipe 3).
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request, url_for

from competency._files import folder
from competency.errors import FormatError, NotFound
from competency.formats import RDF_SYNTAXES, Format, by_name
from competency.ontology import ONTOLOGY_IRI, SHAPES_IRI
from competency.server.links import Download, Links, link_header
from competency.server.negotiation import HTML, choose
from competency.server.pages.terms import shapes_page, vocabulary_page
from competency.server.responses import send, send_page
from competency.server.site import Document, Site


def terms(site: Site, links: Links) -> Blueprint:
    """Return the routes of the vocabulary and the shapes."""
    routes = Blueprint("terms", __name__)
    _vocabulary_routes(routes, site, links)
    _shapes_routes(routes, site, links)
    return routes


def _vocabulary_routes(routes: Blueprint, site: Site, links: Links) -> None:
    """Add the vocabulary: its page, its data, its JSON-LD context."""

    def document(syntax: Format) -> Document:
        return site.vocabulary(syntax)

    data = _data(document, ONTOLOGY_IRI, "terms.vocabulary", "terms.vocabulary_in")

    @routes.get("/ns")
    def vocabulary() -> Response:
        def page() -> Response:
            downloads = _downloads("terms.vocabulary_in")
            sections = vocabulary_page(links)
            return send_page("ns.html", sections=sections, downloads=downloads, iri=ONTOLOGY_IRI)

        return _negotiated(page, data)

    @routes.get("/ns.<suffix>")
    def vocabulary_in(suffix: str) -> Response:
        return data(_syntax(suffix))

    @routes.get("/ns/context.jsonld")
    def context() -> Response:
        found = (folder("ontology") / "context.jsonld").read_bytes()
        return send(Document.of(found), by_name("jsonld"))


def _shapes_routes(routes: Blueprint, site: Site, links: Links) -> None:
    """Add the shapes: their page and their data."""

    def document(syntax: Format) -> Document:
        return site.shapes(syntax)

    data = _data(document, SHAPES_IRI, "terms.shapes", "terms.shapes_in")

    @routes.get("/shapes")
    def shapes() -> Response:
        def page() -> Response:
            downloads = _downloads("terms.shapes_in")
            files = shapes_page(links)
            return send_page("shapes.html", files=files, downloads=downloads, iri=SHAPES_IRI)

        return _negotiated(page, data)

    @routes.get("/shapes.<suffix>")
    def shapes_in(suffix: str) -> Response:
        return data(_syntax(suffix))


def _negotiated(page: Callable[[], Response], data: Callable[[Format], Response]) -> Response:
    """Answer with the page or with data, by the Accept header."""
    syntax = choose(request.headers.get("Accept"), RDF_SYNTAXES, page=True)
    response = page() if syntax is HTML else data(syntax)
    response.vary.add("Accept")
    return response


def _data(
    document: Callable[[Format], Document], iri: str, page: str, endpoint: str
) -> Callable[[Format], Response]:
    """Return the function that sends a document in a syntax, with its addresses in the headers."""

    def answer(syntax: Format) -> Response:
        here = url_for(endpoint, suffix=syntax.suffixes[0][1:])
        response = send(document(syntax), syntax, location=here)
        response.headers["Link"] = link_header(iri, here, _downloads(endpoint), url_for(page))
        return response

    return answer


def _downloads(endpoint: str) -> list[Download]:
    return [
        Download(url_for(endpoint, suffix=row.suffixes[0][1:]), row.title, row.media_type)
        for row in RDF_SYNTAXES
    ]


def _syntax(suffix: str) -> Format:
    """Return the syntax of a suffix; NotFound lists those there are."""
    try:
        return by_name(suffix)
    except FormatError as error:
        known = " ".join(row.suffixes[0] for row in RDF_SYNTAXES)
        raise NotFound("form", f".{suffix} of this document; there are {known}") from error
