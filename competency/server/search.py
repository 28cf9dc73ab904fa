"""Search on the web: /search as a page and, by Accept or as /search.json, as JSON.

The words are ``q``; ``framework``, ``kind``, ``level`` (each of them as often as you like) and
``polarity`` narrow the search, ``page`` goes on. Every state has an address, which works without
script. What is held by another engine has no index here: a reader is led to the named question.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from competency.errors import NotFound, ParameterError
from competency.formats import Format
from competency.graph import Asked, Found
from competency.graph.search.entries import POLARITIES
from competency.ontology import COMP, expand
from competency.server.languages import interface, wanted
from competency.server.links import Links
from competency.server.negotiation import HTML, choose
from competency.server.pages.search import Form, search_json, search_page
from competency.server.places import absolute
from competency.server.responses import see_other, send, send_page
from competency.server.site import Document, Site

JSON = Format("json", "JSON", ("application/json",), (".json",))
OPENSEARCH = Format(
    "opensearch", "OpenSearch", ("application/opensearchdescription+xml",), (".xml",)
)
PER_PAGE, MOST_PER_PAGE = 20, 100
MOST_CHOICES = 50  # that one search may make in a facet


def search(site: Site, links: Links) -> Blueprint:
    """Return the routes of search."""
    routes = Blueprint("search", __name__)

    @routes.get("/search")
    def page() -> Response:
        """Return what was found, as a page or as JSON."""
        if choose(request.headers.get("Accept"), (JSON,), page=True) is not HTML:
            response = _data(site, links)
        elif site.graph.elsewhere:
            response = _ask_the_other_engine()
        else:
            form, found = _found(site)
            response = send_page("search.html", page=search_page(form, found, site, links))
        response.vary.add("Accept")
        return response

    @routes.get("/search.json")
    def data() -> Response:
        """Return what was found, as JSON."""
        return _data(site, links)

    @routes.get("/opensearch.xml")
    def opensearch() -> Response:
        """Return what a browser needs to offer this search (OpenSearch 1.1)."""
        return send(Document.of(render_template("opensearch.xml").encode()), OPENSEARCH)

    return routes


def _data(site: Site, links: Links) -> Response:
    form, found = _found(site)
    text = json.dumps(search_json(form, found, site, links), ensure_ascii=False)
    here = absolute(form.address("search.data", form.page))
    return send(Document.of(text.encode() + b"\n"), JSON, location=here)


def _found(site: Site) -> tuple[Form, Found]:
    """Return what the address asks for and what was found; NotFound past the last page."""
    form = _form(site)
    asked = Asked(
        framework=form.framework,
        kind=form.kind,
        level=form.level,
        polarity=form.polarity,
        languages=tuple(dict.fromkeys((*wanted(), interface()))),
        offset=(form.page - 1) * form.limit,
        limit=form.limit,
    )
    found = site.graph.search(form.words, asked)
    if form.page > max(1, form.pages(found.total)):
        raise NotFound("page", f"{form.page}; there are 1 to {max(1, form.pages(found.total))}")
    return form, found


def _form(site: Site) -> Form:
    """Read the address; ParameterError says what is wrong with it."""
    polarity = tuple(value for value in request.args.getlist("polarity") if value)
    if any(value not in POLARITIES for value in polarity):
        raise ParameterError("polarity", f"is one of: {', '.join(POLARITIES)}")
    return Form(
        base=site.graph.base,
        words=request.args.get("q", ""),
        framework=_choices("framework", site.graph.base),
        kind=_choices("kind", str(COMP)),
        level=_choices("level", site.graph.base),
        polarity=tuple(sorted(set(polarity))),
        page=_number("page", 1, 100_000),
        limit=_number("limit", PER_PAGE, MOST_PER_PAGE),
    )


def _choices(name: str, base: str) -> tuple[str, ...]:
    """Return the IRIs that a parameter gives: as they are, with a prefix, or below a base."""
    values = dict.fromkeys(value for value in request.args.getlist(name) if value)
    if len(values) > MOST_CHOICES:
        raise ParameterError(name, f"may be given {MOST_CHOICES} times")
    expanded = (expand(value) for value in values)
    return tuple(iri if "://" in iri or iri.startswith("urn:") else base + iri for iri in expanded)


def _number(name: str, default: int, most: int) -> int:
    value = request.args.get(name) or str(default)
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0
    if not 1 <= number <= most:
        raise ParameterError(name, f"is a number from 1 to {most:,}, not {value[:20]}")
    return number


def _ask_the_other_engine() -> Response:
    """Lead a reader to the named question that does what a search would do, only slower."""
    words = request.args.get("q", "").strip()
    asked: dict[str, Any] = {"p.word": words, "run": 1} if words else {}
    return see_other(url_for("endpoint.sparql", question="search", **asked))
