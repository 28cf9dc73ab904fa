"""Two frameworks side by side (/compare), and a framework with what it is aligned with (/wander).

Every state is an address, and each comparison is also data: by suffix, by ``?format=``, or by the
Accept header.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request, url_for

from competency.errors import FormatError, NotFound
from competency.formats import Format, by_name
from competency.graph import Item, KnowledgeGraph, Summary
from competency.graph.alignments import all_alignments, framework_of
from competency.graph.comparison import Comparison, compare
from competency.server.catalogue import catalogue_downloads
from competency.server.crosswalk import FORMATS, every_couple, written
from competency.server.keeping import Kept
from competency.server.languages import gettext as _
from competency.server.links import Download, Links, add_links, alternate
from competency.server.negotiation import HTML, asked_for
from competency.server.pages.compare import choices, compare_page, couples
from competency.server.pages.wander import wander_page, wander_start
from competency.server.places import absolute
from competency.server.responses import send, send_page
from competency.server.site import Document, Site

Counts = Mapping[tuple[str, str], tuple[int, int]]


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
        return [
            Download(
                url_for("compare.data", suffix=row.suffixes[0][1:], **names),
                row.title,
                row.media_type,
            )
            for row in FORMATS
        ]


def comparing(site: Site, links: Links) -> Blueprint:
    """Return the routes of comparisons and of graphs to wander in."""
    routes = Blueprint("compare", __name__)
    known = _Known(site)

    @routes.get("/compare")
    def index() -> Response:
        named = request.args.get("format")
        syntax = asked_for(named, request.headers.get("Accept"), FORMATS, page=True)
        asked = _Asked.of_request()
        response = _page(known, links, asked) if syntax is HTML else _data(known, asked, syntax)
        if not named:
            response.vary.add("Accept")
        return response

    @routes.get("/compare.<suffix>")
    def data(suffix: str) -> Response:
        try:
            syntax = by_name(suffix, FORMATS)
        except FormatError as error:
            suffixes = " ".join(row.suffixes[0] for row in FORMATS)
            raise NotFound("form", f".{suffix} of a comparison; there are {suffixes}") from error
        return _data(known, _Asked.of_request(), syntax)

    _wandering(routes, site, links, known)
    return routes


def _wandering(routes: Blueprint, site: Site, links: Links, known: _Known) -> None:
    """Add the routes of graphs to wander in."""

    @routes.get("/wander")
    def wander() -> Response:
        iri = request.args.get("iri", "").strip()
        if not iri:
            chosen = choices(known.summaries())
            sizes = {item.iri: sum(item.kinds.values()) for item in known.summaries()}
            start = wander_start(chosen, sizes, couples(known.counts(), chosen))
            return send_page("wander.html", start=start, page=None, downloads=catalogue_downloads())
        item = site.graph.resource(iri)
        if not isinstance(item, Item):
            raise NotFound("framework or part", item.iri)
        return send_page(
            "wander.html",
            start=None,
            page=wander_page(item, links),
            downloads=links.downloads(item.iri),
        )


def _page(known: _Known, links: Links, asked: _Asked) -> Response:
    """Send the page of a comparison, or the one on which it is chosen."""
    chosen = choices(known.summaries())
    left, right = (known.framework(name) for name in (asked.left, asked.right))
    among = [
        item for item in couples(known.counts(), chosen) if not {left, right} - {*item.iris, ""}
    ]
    page, notice = None, ""
    if left and left == right:
        notice = _("That is one framework twice. Choose another one to compare it with.")
    elif asked.both:
        page = compare_page(known.comparison(left, right), links)
    return send_page(
        "compare.html",
        choices=chosen,
        left=left,
        right=right,
        couples=among,
        downloads=[] if notice else asked.downloads(),
        page=page,
        notice=notice,
    )


def _data(known: _Known, asked: _Asked, syntax: Format) -> Response:
    """Send a comparison as data; with no framework named, which can be compared."""
    downloads = asked.downloads()
    here = next(item.url for item in downloads if item.media_type == syntax.media_type)
    left, right = (known.framework(name) for name in (asked.left, asked.right))
    if asked.both and left == right:
        raise NotFound("comparison of a framework with itself", left)
    if asked.both:
        data = written(known.comparison(left, right), syntax, absolute())
    else:
        counts = {k: v for k, v in known.counts().items() if not {left, right} - {*k, ""}}
        data = every_couple(known.graph, counts, syntax, absolute())
    response = send(Document.of(data), syntax, location=here)
    return add_links(response, *alternate(downloads, here))


class _Known:
    """What is known of the graph that a request is about, worked out once for each graph."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._counts: Kept[Counts] = Kept()

    @property
    def graph(self) -> KnowledgeGraph:
        return self._site.graph

    def summaries(self) -> list[Summary]:
        """Return every framework in short."""
        return self._site.summaries

    def counts(self) -> Counts:
        """Return how many alignments there are between which frameworks."""
        return self._counts.value(self.graph, "", lambda: _counts(self.graph))

    def framework(self, name: str) -> str:
        """Return the IRI of a framework that is named by IRI or path; NotFound names near ones."""
        return self.graph.framework(name).iri if name else ""

    def comparison(self, left: str, right: str) -> Comparison:
        """Return the comparison of two frameworks."""
        return compare(self.graph.framework(left), self.graph.framework(right))


def _counts(graph: KnowledgeGraph) -> Counts:
    """Return the numbers of matches and of opposites between frameworks that are held."""
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    known: dict[str, str | None] = {}
    for item in all_alignments(graph):
        for iri in (item.subject, item.object):
            if iri not in known:
                known[iri] = framework_of(graph, iri)
        one, other = sorted((known[item.subject] or "", known[item.object] or ""))
        if one and one != other:
            found[one, other][item.is_opposite] += 1
    return {ends: (numbers[0], numbers[1]) for ends, numbers in sorted(found.items())}
