"""The description of everything that is served, with addresses that work: DCAT and VoID.

The graph may hold such a description itself, as its authors wrote it. This one is made from what
is served at the moment, and its downloads are those of this server.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, current_app, url_for
from rdflib.namespace import DCTERMS

from competency.formats import RDF_SYNTAXES, Format
from competency.graph import describe_dataset, serialize
from competency.graph.linksets import count_links
from competency.server.links import Download, Link, Links, add_links, alternate, forms_at
from competency.server.negotiation import HTML, suffixed
from competency.server.places import absolute
from competency.server.responses import see_other, send
from competency.server.site import WHOLE_SYNTAXES, Document, Site

NAME = "dataset"  # the path of the description below the base


class ServedAddresses:
    """The addresses of one site, with scheme and host, for clients that are elsewhere."""

    def __init__(self, links: Links) -> None:
        """Take the addresses from those of the site's links."""
        self._links = links
        self._last: tuple[str, dict[str, str]] = "", {}

    def data(self, iri: str, syntax: Format) -> str:
        """Return the address of the data of a framework in one syntax."""
        if self._last[0] != iri:  # all syntaxes cost hardly more than one
            found = self._links.downloads(iri)
            self._last = iri, {item.title: absolute(item.url) for item in found}
        return self._last[1][syntax.title]

    def page(self, iri: str) -> str:
        """Return the address of the page of a framework."""
        return absolute(self._links.page(iri))

    def dump(self, syntax: Format) -> str:
        """Return the address of everything in one file."""
        return absolute(url_for("resources.whole", suffix=syntax.suffixes[0][1:]))

    def endpoint(self) -> str | None:
        """Return the address of the SPARQL endpoint, or None where there is none."""
        has_one = "endpoint.sparql" in current_app.view_functions
        return absolute(url_for("endpoint.sparql")) if has_one else None


def catalogue(site: Site, links: Links) -> Blueprint:
    """Return the routes of the description as data."""
    routes = Blueprint("catalogue", __name__)

    @routes.get("/dataset.<suffix>")
    def data(suffix: str) -> Response:
        """Return the description of everything in one syntax."""
        return send_catalogue(site, links, suffixed(suffix, "the data set"))

    @routes.get("/.well-known/void")
    def void() -> Response:
        """Lead to the description, as the note on VoID (section 7.2) has it."""
        return see_other(url_for("home.dataset"))

    return routes


def send_catalogue(site: Site, links: Links, syntax: Format) -> Response:
    """Return the description of what is served, with where else it is in the header."""
    response = send(_document(site, links, syntax), syntax, location=_address(syntax))
    return add_links(response, *catalogue_links(site, _address(syntax)))


def catalogue_links(site: Site, here: str) -> Iterator[Link]:
    """Yield the links of a document about everything."""
    yield Link(site.graph.base + NAME, "canonical")
    yield Link(url_for("openapi.document"), "service-desc", (("type", "application/json"),))
    yield Link(url_for("terms.vocabulary"), "describedby")
    yield from alternate([page_of_all(), *catalogue_downloads()], here)


def catalogue_downloads() -> list[Download]:
    """Return the description of everything in each syntax: what the home page is as data."""
    return forms_at("catalogue.data", RDF_SYNTAXES)


def dumps() -> list[Download]:
    """Return everything in one file, in the syntaxes that can hold it."""
    return forms_at("resources.whole", WHOLE_SYNTAXES)


def page_of_all() -> Download:
    """Return the page of the description."""
    return Download(url_for("home.dataset"), HTML.title, HTML.media_type)


def _address(syntax: Format) -> str:
    return url_for("catalogue.data", suffix=syntax.suffixes[0][1:])


def _document(site: Site, links: Links, syntax: Format) -> Document:
    """Return the description; it is kept for each address under which it is known."""

    def make() -> Document:
        counts = site.remember((NAME, "links"), lambda: count_links(site.graph))
        found = describe_dataset(
            site.graph, licence=_licence(site), addresses=ServedAddresses(links), links=counts
        )
        return Document.of(serialize(found, syntax))

    return site.remember((NAME, absolute(url_for("home.dataset")), syntax.name), make)


def _licence(site: Site) -> str | None:
    """Return the licence that the graph's own description of itself states.

    A description that is only made here states none, and is not made to be told so.
    """
    iri = site.graph.base + NAME
    if not any(map(site.graph.has_graph, site.graph.index.classes(iri))):
        return None
    found = site.graph.resource(iri).value(DCTERMS.license)
    return str(found) if found is not None else None
