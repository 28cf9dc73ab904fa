"""For search engines: /sitemap.xml with every page, in files of 2,000, and /robots.txt.

The form is that of the sitemaps protocol (https://www.sitemaps.org/protocol.html), which allows
50,000 in a file; fewer are made in under a second. robots.txt follows RFC 9309.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app, url_for

from competency.errors import NotFound
from competency.formats import Format
from competency.graph import Summary
from competency.graph.describing import parts_in
from competency.server.links import Links
from competency.server.places import absolute
from competency.server.responses import send
from competency.server.site import Document, Site

MOST = 2_000  # addresses in one file
_LONGEST = 2_048  # signs of an address
_XML = Format("xml", "XML", ("application/xml",), (".xml",))
_TEXT = Format("text", "Text", ("text/plain",), (".txt",))
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The pages about everything; those that a server has.
_PAGES = ("home.index", "home.dataset", "compare.index", "versions.editions", "terms.vocabulary",
          "terms.shapes")  # fmt: skip
# What costs work and says nothing that is not on a page.
_CLOSED = ("endpoint.sparql", "updates.update", "graphs.indirect", "align.index")
# Their forms may be found, what they work out need not be.
_FORMS = ("endpoint.sparql", "align.index")


def sitemap(site: Site, links: Links) -> Blueprint:
    """Return the routes for search engines."""
    routes = Blueprint("sitemap", __name__)

    @routes.get("/sitemap.xml")
    def index() -> Response:
        """Return the list of the files of addresses."""
        return send(site.remember(("sitemap", _root()), lambda: _index(site)), _XML)

    @routes.get("/sitemap-<int:number>.xml")
    def chunk(number: int) -> Response:
        """Return one file of addresses; they are counted from 1."""
        if not 1 <= number <= _count(site):
            raise NotFound("sitemap", f"{number}; there are 1 to {_count(site)}")
        key = ("sitemap", _root(), number)
        return send(site.remember(key, lambda: _chunk(site, links, number)), _XML)

    @routes.get("/robots.txt")
    def robots() -> Response:
        """Return what robots may fetch: all pages and data, no queries."""
        return send(Document.of(_robots().encode()), _TEXT)

    return routes


def _root() -> str:
    """Return the address of the home page: what tells the addresses of one client from others."""
    return absolute(url_for("home.index"))


def _index(site: Site) -> Document:
    addresses = (absolute(url_for("sitemap.chunk", number=n)) for n in range(1, _count(site) + 1))
    return _document("sitemapindex", "sitemap", addresses, _modified(site))


def _chunk(site: Site, links: Links, number: int) -> Document:
    start = (number - 1) * MOST
    addresses = (
        found
        for address in _addresses(site, links, start, start + MOST)
        if len(found := absolute(address)) < _LONGEST
    )
    return _document("urlset", "url", addresses, _modified(site))


def _addresses(site: Site, links: Links, start: int, end: int) -> Iterator[str]:
    """Yield the addresses at some places of the list of all; only graphs in it are read."""
    pages = _site_pages()
    yield from pages[start:end]
    summaries = site.summaries
    lengths = [_length(site, item) for item in summaries]
    begins = accumulate(lengths, initial=len(pages))
    for item, length, begin in zip(summaries, lengths, begins, strict=False):
        if begin < end and begin + length > start:
            found = _pages_of(site, item)
            yield from map(links.page, found[max(0, start - begin) : end - begin])


def _pages_of(site: Site, item: Summary) -> list[str]:
    """Return the IRIs of a framework and its parts, in the order in which they are written."""
    if site.graph.elsewhere:
        return [item.iri]
    name = site.graph.resource(item.iri).graph_name
    return [item.iri, *parts_in(site.graph.store, item.iri, name)]


def _length(site: Site, item: Summary) -> int:
    """Return how many pages a framework has, from its summary; elsewhere its own is all we list."""
    return 1 if site.graph.elsewhere else 1 + sum(item.kinds.values())


def _count(site: Site) -> int:
    """Return how many files there are."""
    total = len(_site_pages()) + sum(_length(site, item) for item in site.summaries)
    return -(-total // MOST)


def _site_pages() -> list[str]:
    return [url_for(name) for name in _PAGES if name in current_app.view_functions]


def _modified(site: Site) -> str | None:
    """Return when the edition was made that is shown, or None where there is none."""
    return site.graph.edition.manifest.created if site.graph.edition is not None else None


def _document(outer: str, inner: str, addresses: Iterable[str], modified: str | None) -> Document:
    last = f"<lastmod>{escape(modified)}</lastmod>" if modified else ""
    rows = "".join(
        f"<{inner}><loc>{escape(address)}</loc>{last}</{inner}>\n" for address in addresses
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return Document.of(f'{head}<{outer} xmlns="{_NAMESPACE}">\n{rows}</{outer}>\n'.encode())


def _robots() -> str:
    closed = [name for name in _CLOSED if name in current_app.view_functions]
    rows = [f"Disallow: {url_for(name)}{'?' if name in _FORMS else ''}" for name in closed]
    rows += [f"Disallow: {url_for('home.index')}*{mark}edition=" for mark in "?&"]  # old ones
    place = absolute(url_for("sitemap.index"))
    return "\n".join(["User-agent: *", *rows, "", f"Sitemap: {place}", ""])
