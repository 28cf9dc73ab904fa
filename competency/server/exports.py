"""Frameworks in the formats of the field: /export/<format>?iri= is a file, /export?iri= the list.

The address names the framework by its IRI, whoever coined it, and so it stays the same whatever
the framework is called. What a format cannot carry is told when it is asked for, at
/export?iri=&format=, as a page or as JSON: it is known only once the framework was written.
"""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest

from competency.errors import FormatError, NotFound
from competency.exchange.alignment_table import is_mapping_set
from competency.exchange.exchange import Exchange
from competency.exchange.exchanges import exchange_named, written_formats
from competency.exchange.mapping import Loss
from competency.formats import Format
from competency.graph import Framework
from competency.server.exporting import Exports, Written, framework_at
from competency.server.links import Link, Links, add_links
from competency.server.negotiation import HTML, asked_for
from competency.server.pages.exports import ending_of, export_page, export_urls, list_url
from competency.server.places import absolute
from competency.server.profiles import JSON
from competency.server.responses import send, send_page
from competency.server.site import Document, Site

_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


def exports(site: Site, links: Links, known: Exports) -> Blueprint:
    """Return the routes of exports and of the page that lists them."""
    routes = Blueprint("exports", __name__)

    @routes.get("/export")
    def index() -> Response:
        iri, accept = _iri(), request.headers.get("Accept")
        name = request.args.get("format") or None
        exchange = _exchange(name) if name else None
        framework = framework_at(site, iri)
        if asked_for(None, accept, (JSON,), page=True) is HTML:
            page = export_page(framework, links, known, exchange)
            response = send_page("export.html", page=page)
        else:
            record = _list(framework)
            if exchange is not None:
                record = losses_record(iri, exchange, known.written(site, iri, exchange))
            response = send(Document.of(json.dumps(record, ensure_ascii=False).encode()), JSON)
        response.vary.add("Accept")
        return add_links(response, *_about(iri, links))

    @routes.get("/export/<name>")
    def export(name: str) -> Response:
        iri, exchange = _iri(), _exchange(name)
        written = known.written(site, iri, exchange)
        response = send(written.document, exchange.format)
        file_name = file_name_of(site.look_up(iri).path or iri, exchange.format)
        response.headers["Content-Disposition"] = attachment(file_name)
        about = _about(iri, links)
        if not is_mapping_set(site.graph, iri):
            about.append(Link(list_url(iri, name), "related", (("title", "What is lost"),)))
        return add_links(response, *about)

    return routes


def _iri() -> str:
    values = request.args.getlist("iri")
    if len(values) != 1 or not values[0]:
        raise BadRequest(f"give the parameter iri once: {request.path}?iri=https://...")
    return values[0]


def _exchange(name: str) -> Exchange:
    """Return the exchange of a name; NotFound, which lists the names there are."""
    known = [row.name for row in written_formats()]
    try:
        found = exchange_named(name, writes=True)
    except FormatError as error:
        raise NotFound("export", f"{name[:60]}; there are {', '.join(known)}") from error
    return found


def _about(iri: str, links: Links) -> list[Link]:
    """Return the links of every answer: what it is about, and the page of that."""
    return [
        Link(iri, "about"),
        Link(links.page(iri), "describedby", (("type", HTML.media_type),)),
    ]


def file_name_of(path: str, syntax: Format) -> str:
    """Return the name of the file that a framework is saved as; formats of one suffix differ.

    >>> from competency.formats import by_name
    >>> file_name_of("https://example.org/été/42", by_name("turtle"))
    'example.org-t-42.ttl'
    """
    stem = _PLAIN.sub("-", path.partition("://")[2] or path).strip("-.")[-80:] or "framework"
    return stem + ending_of(syntax)


def attachment(name: str) -> str:
    """Return the header by which a browser saves a file under a plain name (RFC 6266)."""
    return f'attachment; filename="{name}"'


def _list(framework: Framework) -> dict[str, Any]:
    """Return the formats of a framework for programs."""
    return {
        "framework": framework.iri,
        "title": framework.title,
        "exports": [
            {
                "format": row.name,
                "title": row.title,
                "mediaType": row.media_type,
                "url": absolute(url),
                "losses": absolute(list_url(framework.iri, row.name)),
            }
            for row, url in export_urls(framework.iri)
        ],
    }


def losses_record(iri: str, exchange: Exchange, written: Written) -> dict[str, Any]:
    """Return what a format cannot carry of a framework, for programs."""
    return {
        "framework": iri,
        "format": exchange.format.name,
        "bytes": len(written.document.data),
        "losses": [_plain(loss) for loss in written.losses],
        "aside": [_plain(loss) for loss in written.aside],
    }


def _plain(loss: Loss) -> dict[str, str]:
    return {"part": loss.part, "property": loss.property, "why": loss.why}
