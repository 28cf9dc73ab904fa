"""Two frameworks side by side (/compare), and a framework with what it is aligned with (/wander).

Every state is an address, and each comparison is also data: by suffix, by ``?format=``, or by the
Accept header.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request

from competency.errors import NotFound
from competency.formats import Format
from competency.graph import Item
from competency.graph.comparison import Comparison, compare
from competency.server.catalogue import catalogue_downloads
from competency.server.comparison_data import FORMATS, every_couple, written
from competency.server.languages import gettext as _
from competency.server.links import Download, Links, forms_at
from competency.server.negotiation import HTML, asked_for, suffixed
from competency.server.pages.choosing import choosing, is_looking, looked_for, offered
from competency.server.pages.compare import compare_page, couples
from competency.server.pages.wander import wander_page, wander_start
from competency.server.places import absolute
from competency.server.responses import send_form, send_page
from competency.server.site import Site


@dataclass(frozen=True)
class _Asked:
    """The two frameworks that a request names, as it names them; empty where it names none."""

    left: str
    right: str

    @classmethod
    def of_request(cls) -> _Asked:
        return cls(request.args.get("left", "").strip(), request.args.get("right", "").strip())

    @property
    def both(self) -> bool:
        return bool(self.left and self.right)

    def downloads(self) -> list[Download]:
        """Return the same as data, in every format."""
        names = {name: value for name, value in vars(self).items() if value}
        return forms_at("compare.data", FORMATS, **names)


def comparing(site: Site, links: Links) -> Blueprint:
    """Return the routes of comparisons and of graphs to wander in."""
    routes = Blueprint("compare", __name__)

    @routes.get("/compare")
    def index() -> Response:
        named = request.args.get("format")
        syntax = asked_for(named, request.headers.get("Accept"), FORMATS, page=True)
        asked = _Asked.of_request()
        response = _page(site, links, asked) if syntax is HTML else _data(site, asked, syntax)
        if not named:
            response.vary.add("Accept")
        return response

    @routes.get("/compare.<suffix>")
    def data(suffix: str) -> Response:
        return _data(site, _Asked.of_request(), suffixed(suffix, "a comparison", FORMATS))

    _wandering(routes, site, links)
    return routes


def _wandering(routes: Blueprint, site: Site, links: Links) -> None:
    """Add the routes of graphs to wander in."""

    @routes.get("/wander")
    def wander() -> Response:
        iri = request.args.get("iri", "").strip()
        if not iri:
            chosen = offered(site)
            sizes = {item.iri: sum(item.kinds.values()) for item in site.summaries}
            counts = site.couples()
            return send_page(
                "wander.html",
                start=wander_start(chosen, sizes, couples(counts or {}, chosen)),
                uncounted=counts is None,
                page=None,
                downloads=catalogue_downloads(),
            )
        item = site.graph.resource(iri)
        if not isinstance(item, Item):
            raise NotFound("framework or part", item.iri)
        return send_page(
            "wander.html",
            start=None,
            page=wander_page(item, links),
            downloads=links.downloads(item.iri),
        )


def _page(site: Site, links: Links, asked: _Asked) -> Response:
    """Send the page of a comparison, or the one on which it is chosen."""
    left, right = (_iri(site, name) for name in (asked.left, asked.right))
    counts = site.couples(*_named(left, right))
    known = couples(counts or {}, offered(site))
    among = [item for item in known if not {left, right} - {*item.iris, ""}]
    page, notice = None, ""
    if left and left == right:
        notice = _("That is one framework twice. Choose another one to compare it with.")
    elif asked.both and not is_looking():
        page = compare_page(_comparison(site, left, right), links)
    return send_page(
        "compare.html",
        choosing=choosing(site, _named(left, right), counts or {}, looked_for()),
        left=left,
        right=right,
        couples=among,
        uncounted=counts is None,
        downloads=[] if notice else asked.downloads(),
        page=page,
        notice=notice,
    )


def _data(site: Site, asked: _Asked, syntax: Format) -> Response:
    """Send a comparison as data; with no framework named, which can be compared."""
    left, right = (_iri(site, name) for name in (asked.left, asked.right))
    if asked.both and left == right:
        raise NotFound("comparison of a framework with itself", left)
    if asked.both:
        data = written(_comparison(site, left, right), syntax, absolute())
    else:
        counts = {k: v for k, v in site.aligned.items() if not {left, right} - {*k, ""}}
        data = every_couple(site.graph, counts, syntax, absolute())
    return send_form(data, syntax, asked.downloads())


def _named(*iris: str) -> list[str]:
    return [*dict.fromkeys(filter(None, iris))]


def _iri(site: Site, name: str) -> str:
    """Return the IRI of a framework that is named by IRI or path; NotFound names near ones."""
    return site.graph.framework(name).iri if name else ""


def _comparison(site: Site, left: str, right: str) -> Comparison:
    return compare(site.graph.framework(left), site.graph.framework(right))
