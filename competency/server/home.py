"""The front door: the home page and the data set's description."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from competency.errors import NotFound
from competency.server.links import Download, Links
from competency.server.pages.framework import card_of
from competency.server.pages.sparql import choices
from competency.server.responses import see_other, send_page
from competency.server.site import WHOLE_SYNTAXES, Site

DATASET = "dataset"


def home(site: Site, links: Links) -> Blueprint:
    """Return the routes that belong to the site as a whole."""
    routes = Blueprint("home", __name__)

    @routes.get("/")
    def index() -> Response:
        cards = [card_of(framework, links) for framework in site.graph.frameworks]
        dumps = [
            Download(
                url_for("resources.whole", suffix=row.suffixes[0][1:]), row.title, row.media_type
            )
            for row in WHOLE_SYNTAXES
        ]
        described = site.graph.base + DATASET in site.held
        return send_page(
            "home.html", cards=cards, dumps=dumps, questions=choices(), described=described
        )

    @routes.get("/dataset")
    def dataset() -> Response:
        if site.graph.base + DATASET not in site.held:
            raise NotFound("description of the data set", site.graph.base + DATASET)
        return see_other(url_for("resources.thing", path=DATASET))

    @routes.get("/.well-known/void")
    def void() -> Response:
        return see_other(url_for("home.dataset"))

    return routes
