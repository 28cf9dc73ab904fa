"""404 for people: a page that says in words what is not here, and where to look instead.

Machines get the problem document that every error has (competency/server/errors.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request

from competency.errors import CompetencyError, NotFound
from competency.server.errors import answer_to, problem
from competency.server.links import Links
from competency.server.negotiation import prefers_page
from competency.server.pages.missing import MissingPage, missing_page
from competency.server.pages.reasons import reason_of
from competency.server.pages.values import Text
from competency.server.responses import send_page


@dataclass(frozen=True)
class InEdition:
    """An edition that has what another one has not: its number, when it was made, the address."""

    number: int
    time: str
    url: str


@dataclass(frozen=True)
class OtherwhenPage:
    """A thing that the edition which is asked for has not, and the editions that have it."""

    title: Text
    iri: str
    edition: int
    editions: tuple[InEdition, ...]


def answer_missing(error: NotFound, links: Links) -> Response:
    """Return the answer to what is not here: a page in words, or a problem document."""
    page = _page(error, links) if prefers_page(request.headers.get("Accept")) else None
    return answer_to(error) if page is None else _send(missing=page)


def answer_otherwhen(page: OtherwhenPage) -> Response:
    """Return the answer to what an edition has not and others have."""
    if prefers_page(request.headers.get("Accept")):
        return _send(otherwhen=page)
    found = [f"{item.number:06}" for item in page.editions]
    return problem(404, f"{page.iri} is not in edition {page.edition:06}", available=found)


def _page(error: NotFound, links: Links) -> MissingPage | None:
    """Return what to say, or None where even that cannot be found out."""
    try:
        return missing_page(error, links)
    except CompetencyError:
        return None


def _send(**page: object) -> Response:
    response = send_page("error.html", 404, status=404, reason=reason_of(404), **page)
    response.vary.add("Accept")
    return response
