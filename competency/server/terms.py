"""The vocabulary and the shapes on the web: /ns, /shapes, and their data in every syntax.

Both are hash namespaces: one document holds all terms, so it answers by the Accept header itself
(W3C, "Best Practice Recipes for Publishing RDF Vocabularies", recipe 3). For those who want no
more than one term there is a document for each: /ns/Framework, /shapes/FrameworkTitle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, request, url_for

from competency._files import folder
from competency.errors import NotFound
from competency.formats import RDF_SYNTAXES, Format, by_name
from competency.graph import NamedGraph, describe_term, serialize
from competency.ontology import COMP, ONTOLOGY_IRI, PREFIXES
from competency.server.keeping import Kept
from competency.server.languages import interface, reader
from competency.server.links import Download, Link, Links, add_links, alternate
from competency.server.negotiation import HTML, choose, named_format, suffixed
from competency.server.pages.ontology import kinds_diagram, spine_diagram
from competency.server.pages.rules import RuleFile, shapes_page
from competency.server.pages.term import term_page
from competency.server.pages.terms import Section, vocabulary_page
from competency.server.profiles import Asked
from competency.server.responses import send, send_page
from competency.server.rulebooks import Rulebook
from competency.server.site import Document, Site

OWL, SHACL = "http://www.w3.org/2002/07/owl", "http://www.w3.org/ns/shacl"
_LOCAL_NAME = re.compile(r"[\w-]+")
_NEGOTIATED = ("terms.vocabulary", "terms.term", "terms.shapes", "terms.shape")


@dataclass(frozen=True)
class _Published:
    """A document that has a page and data: its endpoints, and how both are made."""

    iri: str
    profile: str
    endpoint: str
    data: Callable[[Format], Document]
    page: Callable[[list[Download]], Response]
    values: Mapping[str, Any] = field(default_factory=dict)

    def address(self, syntax: Format) -> str:
        """Return the address of the page, or of the data in one syntax."""
        if syntax is HTML:
            return url_for(self.endpoint, **self.values)
        suffix = syntax.suffixes[0][1:]
        return url_for(self.endpoint + "_in", suffix=suffix, **self.values)

    def answer(self, syntax: Format) -> Response:
        """Return the document in a form, with its other forms in the header."""
        here = self.address(syntax)
        data = [Download(self.address(row), row.title, row.media_type) for row in RDF_SYNTAXES]
        if syntax is HTML:
            response = self.page(data)
            response.headers["Content-Location"] = here
        else:
            response = send(self.data(syntax), syntax, location=here)
        others = [Download(self.address(HTML), HTML.title, HTML.media_type), *data]
        profile = [] if syntax is HTML else [Link(self.profile, "profile")]
        return add_links(response, Link(self.iri, "canonical"), *profile, *alternate(others, here))


def terms(site: Site, links: Links) -> Blueprint:
    """Return the routes of the vocabulary and the shapes."""
    routes = Blueprint("terms", __name__)

    @routes.after_request
    def vary(response: Response) -> Response:
        if request.endpoint in _NEGOTIATED:
            response.vary.add("Accept")
        return response

    _vocabulary_routes(routes, site, links)
    _shapes_routes(routes, site, links)
    return routes


def _vocabulary_routes(routes: Blueprint, site: Site, links: Links) -> None:
    """Add the vocabulary: its page, its data, its JSON-LD context, and each term."""
    kept: Kept[list[Section]] = Kept()

    def page(downloads: list[Download]) -> Response:
        return send_page(
            "ns.html",
            sections=kept.value(site.graph, _place(), lambda: vocabulary_page(links)),
            diagrams=(kinds_diagram(), spine_diagram()),
            downloads=downloads,
            iri=ONTOLOGY_IRI,
        )

    def whole() -> _Published:
        return _Published(ONTOLOGY_IRI, OWL, "terms.vocabulary", site.vocabulary, page)

    def one(name: str) -> _Published:
        return _one(site.vocabulary_graph, str(COMP) + name, name, "terms.term", links)

    @routes.get("/ns")
    def vocabulary() -> Response:
        return whole().answer(_wanted())

    @routes.get("/ns.<suffix>")
    def vocabulary_in(suffix: str) -> Response:
        return whole().answer(suffixed(suffix, "this document"))

    @routes.get("/ns/<name>")
    def term(name: str) -> Response:
        return one(name).answer(_wanted())

    @routes.get("/ns/<name>.<suffix>")
    def term_in(name: str, suffix: str) -> Response:
        return one(name).answer(suffixed(suffix, "this document"))

    @routes.get("/ns/context.jsonld")
    def context() -> Response:
        found = (folder("ontology") / "context.jsonld").read_bytes()
        return send(Document.of(found), by_name("jsonld"))


def _shapes_routes(routes: Blueprint, site: Site, links: Links) -> None:
    """Add the shapes: those of each profile with their page and their data, and each shape."""
    kept: Kept[list[RuleFile]] = Kept()

    def book_of(name: str, endpoint: str) -> _Published:
        return _book(site.rulebooks.books[name], endpoint, site, links, kept)

    def whole() -> _Published:
        return book_of(site.rulebooks.own.profile.name, "terms.shapes")

    def one(name: str) -> _Published:
        if name in (book.profile.name for book in site.rulebooks.others):
            return book_of(name, "terms.shape")
        everything = site.rulebooks.everything
        return _one(everything, PREFIXES["compsh"] + name, name, "terms.shape", links)

    @routes.get("/shapes")
    def shapes() -> Response:
        return whole().answer(_wanted())

    @routes.get("/shapes.<suffix>")
    def shapes_in(suffix: str) -> Response:
        return whole().answer(suffixed(suffix, "this document"))

    @routes.get("/shapes/<name>")
    def shape(name: str) -> Response:
        return one(name).answer(_wanted())

    @routes.get("/shapes/<name>.<suffix>")
    def shape_in(name: str, suffix: str) -> Response:
        return one(name).answer(suffixed(suffix, "this document"))


def _book(
    book: Rulebook, endpoint: str, site: Site, links: Links, kept: Kept[list[RuleFile]]
) -> _Published:
    """Return the document of the shapes of a profile: their page and their data."""
    name = book.profile.name

    def page(downloads: list[Download]) -> Response:
        files = kept.value(site.graph, (name, *_place()), lambda: shapes_page(links, book))
        return send_page(
            "shapes.html",
            files=files,
            downloads=downloads,
            iri=book.iri,
            profile=book.profile if endpoint == "terms.shape" else None,
            others=[item.profile for item in site.rulebooks.others],
        )

    def data(syntax: Format) -> Document:
        return site.shapes(syntax, name)

    values = {"name": name} if endpoint == "terms.shape" else {}
    return _Published(book.iri, SHACL, endpoint, data, page, values)


def _one(graph: NamedGraph, iri: str, name: str, endpoint: str, links: Links) -> _Published:
    """Return the document about one term of a graph; NotFound where nothing is said of it."""
    described = describe_term(iri, graph) if _LOCAL_NAME.fullmatch(name) else None
    if described is None or not described.triples:
        raise NotFound("term", iri)

    def data(syntax: Format) -> Document:
        return Document.of(serialize(described, syntax))

    def page(downloads: list[Download]) -> Response:
        return send_page("term.html", page=term_page(described, links, downloads, whole))

    whole = links.to(iri) or url_for("terms.vocabulary")
    profile = OWL if endpoint == "terms.term" else SHACL
    return _Published(iri, profile, endpoint, data, page, {"name": name})


def _place() -> tuple[str, str | None, str]:
    """Return what the links and words of a page depend on, beside the data."""
    return interface(), reader().named, request.script_root


def _wanted() -> Format:
    """Return the form that the request asks for: by ``?_mediatype=``, or the Accept header."""
    asked = Asked.by(request)
    if asked.media_type:
        return named_format(asked.media_type, (*RDF_SYNTAXES, HTML))
    return choose(asked.accept, RDF_SYNTAXES, page=True)
