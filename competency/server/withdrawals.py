"""410 for what was withdrawn: what replaces it, and the last edition that had it.

What was never published stays 404. The two are told apart by the editions that are left, and by
what the data say: ``dcterms:replaces`` on what took its place. What is held and says of itself
that it is deprecated still answers 200, with a notice: its data are there to be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask, Response, g, request, url_for

from competency.errors import EditionError, Gone, NotFound
from competency.graph.replacing import is_deprecated, replacements
from competency.ontology import PREFIXES
from competency.server.errors import problem
from competency.server.languages import gettext as _
from competency.server.links import Link, Links, add_links
from competency.server.memento import Times
from competency.server.missing import InEdition, OtherwhenPage, answer_missing, answer_otherwhen
from competency.server.negotiation import prefers_page
from competency.server.originals import Original, original_of
from competency.server.pages.values import Text, kind_of, title_of
from competency.server.pages.words import moment
from competency.server.pinning import Notice, NoticeLink, edition_notice, pinned
from competency.server.responses import send_page
from competency.server.serving import Serving
from competency.server.site import Site

REPLACED_BY = PREFIXES["dcterms"] + "isReplacedBy"


@dataclass(frozen=True)
class Replacement:
    """What took the place of a thing: its name, and where it is."""

    iri: str
    title: Text
    url: str | None


@dataclass(frozen=True)
class GonePage:
    """A thing that was withdrawn, as its page shows it."""

    iri: str
    title: Text
    kind: str
    replacements: tuple[Replacement, ...]
    last_edition: int | None
    last_url: str | None
    history_url: str | None
    framework: Replacement | None


@dataclass(frozen=True)
class _Former:
    """What the last edition knew of a thing."""

    title: Text
    kind: str
    graph: str
    replaced_by: tuple[str, ...]


def register_withdrawals(app: Flask, links: Links, serving: Serving, times: Times | None) -> None:
    """Let ``app`` tell what was withdrawn from what never was, and give pages their notices."""

    @app.errorhandler(NotFound)
    def not_found(error: NotFound) -> Response:
        found = None
        if error.what == "resource":
            found = _elsewhen(serving, times) if pinned() else _gone(links, serving, times)
        return found or answer_missing(error, links)

    @app.context_processor
    def notice() -> dict[str, object]:
        return {"edition_notice": edition_notice(serving) or _deprecation(links)}

    @app.after_request
    def tell(response: Response) -> Response:
        if response.status_code in (200, 303) and "site" in g:
            add_links(response, *(Link(iri, REPLACED_BY) for iri in _replaced_by(g.site) or ()))
        return response


# ---------------------------------------------------------------------- not held any more


def _gone(links: Links, serving: Serving, times: Times | None) -> Response | None:
    """Return the 410 for what a request asks for, or None where that never was."""
    original = _asked(links.site)
    for iri in original.names(links.site) if original else ():
        seen = times.withdrawn.last_seen(iri) if times else None
        former = _former(iri, seen.edition.name, serving) if seen else None
        new = replacements(links.site.graph, iri) or (former.replaced_by if former else ())
        if former or new:
            last = seen.edition.name if seen and former else None
            return _answer(Gone(iri, new, last), former, links)
    return None


def _asked(site: Site) -> Original | None:
    """Return what a request is about; that of an export is the framework it names."""
    iri = request.args.get("iri", "") if request.blueprint == "exports" else ""
    return original_of(iri, site) if iri else Original.of(request)


def _elsewhen(serving: Serving, times: Times | None) -> Response | None:
    """Return the 404 for what one edition has not, with the editions that have it."""
    with _site_of(None, serving) as site:
        original = _asked(site)
        if times is None or original is None:
            return None
        subject = times.subject(original, site)
        if subject is None or subject.iri is None:
            return None
        held = subject.iri in site.held
        title = title_of(site.graph.resource(subject.iri)) if held else Text(subject.iri)
    found = tuple(
        InEdition(edition.number, moment(edition.created), original.url(edition.name))
        for edition in times.mementos(subject)
    )
    return answer_otherwhen(OtherwhenPage(title, subject.iri, int(pinned() or 0), found))


def _former(iri: str, edition: str, serving: Serving) -> _Former | None:
    """Return what an edition knew of a thing; None where it had no page there, or is damaged."""
    try:
        with _site_of(edition, serving) as site:
            if iri not in site.held:
                return None
            found = site.graph.resource(iri)
            replaced_by = replacements(site.graph, iri)
            return _Former(title_of(found), kind_of(found), found.graph_name, replaced_by)
    except (NotFound, EditionError):
        return None


@contextmanager
def _site_of(edition: str | None, serving: Serving) -> Iterator[Site]:
    site = serving.take_edition(edition) if edition else serving.take()
    try:
        yield site
    finally:
        serving.give_back(site)


def _answer(gone: Gone, former: _Former | None, links: Links) -> Response:
    """Send the page or the problem document of something that was withdrawn."""
    page = _page(gone, former, links)
    if prefers_page(request.headers.get("Accept")):
        response = send_page("gone.html", 410, page=page)
    else:
        response = problem(
            410,
            str(gone),
            withdrawn=gone.iri,
            name=page.title.value,
            replaced_by=list(gone.replaced_by),
            last_edition=gone.last_edition,
            last_url=page.last_url,
        )
    response.vary.add("Accept")
    response.cache_control.no_cache = True  # an edition that has it may be published again
    return add_links(response, *(Link(iri, REPLACED_BY) for iri in gone.replaced_by))


def _page(gone: Gone, former: _Former | None, links: Links) -> GonePage:
    original, last = original_of(gone.iri, links.site), gone.last_edition
    framework = former.graph if former and former.graph in links.site.held else None
    return GonePage(
        iri=gone.iri,
        title=former.title if former else Text(gone.iri),
        kind=former.kind if former else "",
        replacements=tuple(_replacement(iri, links) for iri in gone.replaced_by),
        last_edition=int(last) if last else None,
        last_url=original.url(last) if last else None,
        history_url=url_for("versions.history", iri=gone.iri) if last else None,
        framework=_replacement(framework, links) if framework else None,
    )


def _replacement(iri: str, links: Links) -> Replacement:
    held = iri in links.site.held
    title = title_of(links.site.graph.resource(iri)) if held else Text(iri)
    return Replacement(iri, title, links.to(iri))


# ---------------------------------------------------------------------- held, but deprecated


def _replaced_by(site: Site) -> tuple[str, ...] | None:
    """Return what replaces the thing that a request asks for; None unless it is deprecated."""
    original = _asked(site)
    for iri in original.names(site) if original else ():
        if iri in site.held:
            return replacements(site.graph, iri) if is_deprecated(site.graph, iri) else None
    return None


def _deprecation(links: Links) -> Notice | None:
    """Return the line above the page of something that says it is withdrawn."""
    new = _replaced_by(links.site) if "site" in g else None
    if new is None:
        return None
    found = [_replacement(iri, links) for iri in new]
    urls = tuple(NoticeLink(item.url, item.title.value) for item in found if item.url)
    text = _("This was withdrawn. It is replaced by:") if urls else _("This was withdrawn.")
    return Notice(text, urls)
