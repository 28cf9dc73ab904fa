"""Versions in headers: Memento (RFC 7089) and the version links of RFC 5829; /timemap/link/.

Each address of a thing, a page or data is its own TimeGate, and answers ``Accept-Datetime`` with a
302 to itself with ``?edition=`` (RFC 7089, section 4.1.1, pattern 1.1). Mementos have addresses of
their own, so no cache holds two times under one; and a thing goes on answering 303, in the past
as well. A memento is an edition in which the graph that holds the thing changed; it stands for
those after it up to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, Flask, Response, g, make_response, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.http import http_date

from competency.errors import NotFound
from competency.formats import Format
from competency.graph.editions import History, Withdrawn
from competency.graph.editions.history import PastEdition
from competency.ontology import is_absolute
from competency.server.links import Link, link_header
from competency.server.originals import Original, original_at, original_of
from competency.server.pinning import pinned
from competency.server.responses import send
from competency.server.site import Document, Site

LINK_FORMAT = Format("link", "Link format", ("application/link-format",), (".link",))
_HTTP_DATE = "%a, %d %b %Y %H:%M:%S GMT"
_MOST = 1_000  # bytes of our links in a header, beside those of the document


@dataclass(frozen=True)
class Subject:
    """A thing with its graph; both are None for all data. ``is_current``: it is held now."""

    iri: str | None = None
    graph: str | None = None
    is_current: bool = True


class Times:
    """The times at which things changed."""

    def __init__(self, history: History) -> None:
        """Look at ``history``."""
        self.history, self.withdrawn = history, Withdrawn(history)

    def subject(self, original: Original, site: Site) -> Subject | None:
        """Return what an address names, now or in an edition before; None if it never did."""
        names = original.names(site)
        if original.endpoint == "resources.whole":
            return Subject()
        for iri in names:
            if iri in site.held:
                return Subject(iri, site.graph.resource(iri).graph_name)
        for iri in names:
            if seen := self.withdrawn.last_seen(iri):
                return Subject(iri, seen.graph, is_current=False)
        return None

    def mementos(self, subject: Subject) -> tuple[PastEdition, ...]:
        """Return the editions with which a thing, or what it is part of, changed; oldest first.

        What no edition has as a graph, such as the catalogue, has all of them.
        """
        if subject.iri is None or subject.graph is None:
            return self.history.editions()
        if not self.history.versions(subject.graph):
            return self.history.editions()
        found = self.history.versions_with(subject.graph, subject.iri)
        return tuple(version.edition for version in found)

    def memento_at(self, subject: Subject, moment: datetime) -> PastEdition | None:
        """Return the memento of a moment: the first for any time before, the last for later."""
        found, published = self.mementos(subject), self.history.published_at(moment)
        return memento_of(found, published.name) if published else None


def memento_of(mementos: Sequence[PastEdition], name: str) -> PastEdition | None:
    """Return the memento that an edition shows: the last one up to it, else the first."""
    older = [item for item in mementos if item.name <= name]
    return next(iter(older[-1:] or mementos[:1]), None)


def register_memento(app: Flask, times: Times | None) -> None:
    """Let ``app`` negotiate in time; without ``times`` nothing is done, nor said."""
    if times is None:
        return

    @app.before_request
    def negotiate() -> Response | None:
        return _negotiate(times)

    @app.after_request
    def tell(response: Response) -> Response:
        return _tell(response, times)


def _negotiate(times: Times) -> Response | None:
    """Lead a request with Accept-Datetime to the memento of that time."""
    header, original = request.headers.get("Accept-Datetime"), Original.of(request)
    if header is None or original is None or pinned():
        return None
    moment = _moment(header)
    subject = times.subject(original, g.site)
    memento = times.memento_at(subject, moment) if subject else None
    if memento is None:
        return None
    place = original.url(memento.name)
    response = make_response(f"See {place}\n", 302)
    response.content_type = "text/plain; charset=utf-8"
    response.headers["Location"] = place
    return response


def _moment(header: str) -> datetime:
    """Return the time that a header names; BadRequest where it is none."""
    try:
        return datetime.strptime(header.strip(), _HTTP_DATE).replace(tzinfo=UTC)
    except ValueError as error:
        raise BadRequest(
            "Accept-Datetime is not a time such as Thu, 31 May 2007 20:35:00 GMT"
        ) from error


def _tell(response: Response, times: Times) -> Response:
    """Add the links of versions, and say of which time an answer is."""
    original = Original.of(request)
    if original is None:
        return response
    if not pinned():
        response.vary.add("Accept-Datetime")
    if response.status_code >= 400 and response.status_code != 410:
        return response
    subject = times.subject(original, g.site)
    if subject is None:
        return response
    if pinned() and g.site.graph.edition is not None:
        created = datetime.fromisoformat(g.site.graph.edition.manifest.created)
        response.headers["Memento-Datetime"] = http_date(created)
    if header := link_header(_links(original, subject, times), _MOST):
        response.headers.add("Link", header)
    return response


def _links(original: Original, subject: Subject, times: Times) -> list[Link]:
    """Return the links of an answer, those first that matter most."""
    here, mementos = original.url(), times.mementos(subject)
    rel = "original timegate latest-version" if subject.is_current else "original timegate"
    timemap = url_for("versions.timemap", address=original.url(external=True))
    links = [
        Link(here, rel),
        Link(timemap, "timemap", (("type", LINK_FORMAT.media_type),)),
    ]
    if subject.iri:
        links.append(Link(url_for("versions.history", iri=subject.iri), "version-history"))
    name = pinned() or times.history.directory.pointed_at() or ""
    return [*links, *_neighbours(original, mementos, name, whole=pinned() is not None)]


def _neighbours(
    original: Original, mementos: Sequence[PastEdition], name: str, *, whole: bool
) -> list[Link]:
    """Return the links to other mementos, one for each; only a memento names those after it."""
    this = memento_of(mementos, name)
    if this is None:
        return []
    place = mementos.index(this)
    rels: dict[PastEdition, list[str]] = {}
    if place > 0:
        rels.setdefault(mementos[place - 1], []).extend(("prev", "predecessor-version"))
    if whole and place + 1 < len(mementos):
        rels.setdefault(mementos[place + 1], []).extend(("next", "successor-version"))
    if whole:
        rels.setdefault(mementos[0], []).append("first")
        rels.setdefault(mementos[-1], []).append("last")
    return [
        Link(
            original.url(edition.name),
            " ".join([*names, "memento"]),
            (("datetime", http_date(edition.created)),),
        )
        for edition, names in rels.items()
    ]


def add_timemap(routes: Blueprint, site: Site, times: Times | None) -> None:
    """Add /timemap/link/ADDRESS: all mementos of an original (RFC 7089, section 5)."""

    @routes.get("/timemap/link/<path:address>")
    def timemap(address: str) -> Response:
        whole = address + (f"?{request.query_string.decode()}" if request.query_string else "")
        original = original_at(whole, request.root_url)
        if original is None and is_absolute(whole):
            original = original_of(whole, site)
        subject = times.subject(original, site) if times and original else None
        if times is None or original is None or subject is None:
            raise NotFound("versions of", whole)
        data = _timemap(original, whole, times.mementos(subject)).encode()
        return send(Document.of(data), LINK_FORMAT)


def _timemap(original: Original, address: str, mementos: Sequence[PastEdition]) -> str:
    """Return the links of a TimeMap, one on a line, each with its whole address (RFC 6690)."""
    here = url_for("versions.timemap", address=address, _external=True)
    span = [(name, http_date(item.created)) for name, item in _span(mementos)]
    links = [
        Link(address, "original"),
        Link(original.url(external=True), "timegate"),
        Link(here, "self", (("type", LINK_FORMAT.media_type), *span)),
    ]
    for place, edition in enumerate(mementos):
        names = ["first"] * (place == 0) + ["last"] * (place == len(mementos) - 1)
        url = original.url(edition.name, external=True)
        when = (("datetime", http_date(edition.created)),)
        links.append(Link(url, " ".join([*names, "memento"]), when))
    return ",\n".join(map(str, links)) + "\n"


def _span(mementos: Sequence[PastEdition]) -> list[tuple[str, PastEdition]]:
    return [("from", mementos[0]), ("until", mementos[-1])] if mementos else []
