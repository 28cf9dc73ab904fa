"""What the head of a page says to machines: schema.org in JSON-LD, OpenGraph, links to data.

Templates call these through the macros of ``head.html``.
"""

from __future__ import annotations

import json

from flask import Flask, url_for
from markupsafe import Markup

from competency.errors import CompetencyError
from competency.exchange import embedded
from competency.server.catalogue import catalogue_downloads
from competency.server.languages import interface
from competency.server.links import Download, Links
from competency.server.places import absolute
from competency.server.site import Site

_LONGEST = 300  # signs of a description that others show
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&'\u2028\u2029"}
_LOCALES = {"en": "en_GB", "fr": "fr_FR"}


def register_head(app: Flask, site: Site, links: Links, site_title: str) -> None:
    """Give the templates what they say to machines; see ``head.html`` for how they say it."""

    def page_data(iri: str) -> Markup:
        return embedded_json(site, links, iri)

    def open_graph(title: str, description: str | None, kind: str) -> list[tuple[str, str]]:
        return [*_shown(title, description, kind), ("og:site_name", site_title)]

    app.context_processor(
        lambda: {
            "page_data": page_data,
            "open_graph": open_graph,
            "alternates_of": links.alternates,
            "catalogue_downloads": catalogue_downloads,
            "service_downloads": service_downloads,
        }
    )


def embedded_json(site: Site, links: Links, iri: str) -> Markup:
    """Return what a page is about in schema.org, safe inside a script element; or nothing."""
    address = absolute(links.page(iri))
    try:
        return safe_json(embedded(site.graph, iri, page_url=address, language=interface()))
    except CompetencyError:
        return Markup("")


def safe_json(data: object) -> Markup:
    r"""Return JSON that ends no script element and starts no comment in one.

    >>> print(safe_json({"name": "</script><!--"}))
    {"name":"\u003c/script\u003e\u003c!--"}
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704


def service_downloads() -> list[Download]:
    """Return what the endpoint says of itself, in two syntaxes: what /sparql is as data."""
    return [
        Download(url_for("endpoint.sparql", format=name), title, media_type)
        for name, title, media_type in (
            ("turtle", "Turtle", "text/turtle"),
            ("jsonld", "JSON-LD", "application/ld+json"),
        )
    ]


def _shown(title: str, description: str | None, kind: str) -> list[tuple[str, str]]:
    """Return what others show of a page that is linked to: OpenGraph properties and values."""
    language = interface()
    found = [
        ("og:title", title),
        ("og:type", kind),
        ("og:url", absolute()),
        ("og:locale", _LOCALES.get(language, language)),
    ]
    text = " ".join((description or "").split())
    if text:
        short = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
        found.insert(1, ("og:description", short))
    return found
