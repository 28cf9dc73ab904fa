"""?edition=12: one request is served from an edition that is not, or need not be, the current one.

Links on such a page keep the edition. Data of an edition never change, so caches may keep them for
good; that an edition is pruned one day makes no cached copy wrong. Pages have to be asked for
again: the banner says which edition is current. Search engines are told to index neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, Response, g, has_request_context, request, url_for
from werkzeug.exceptions import BadRequest

from competency.errors import NotFound
from competency.server.errors import problem
from competency.server.languages import gettext as _
from competency.server.originals import ENDPOINTS
from competency.server.serving import Serving
from competency.server.site import IRI_SAFE

PARAMETER = "edition"
_YEAR = 31_536_000  # seconds
# Parts of the site that are another in each edition: their links keep the edition of a page.
_BY_EDITION = frozenset(("resources", "home", "compare", "catalogue", "search", "exports"))
# Parts for which an edition would be a misunderstanding: they work on the current one only.
_CURRENT_ONLY = frozenset(("endpoint", "updates", "graphs"))


@dataclass(frozen=True)
class NoticeLink:
    """A link in a notice."""

    url: str
    label: str


@dataclass(frozen=True)
class Notice:
    """A line above a page: a sentence, and where else to look."""

    text: str
    links: tuple[NoticeLink, ...]


def pinned() -> str | None:
    """Return the name of the edition that the request asks for, or None."""
    found: str | None = g.get("pinned") if has_request_context() else None
    return found


def register_pinning(app: Flask, serving: Serving) -> None:
    """Let requests to ``app`` name an edition; call it where each request has a site already."""

    @app.before_request
    def pin() -> Response | None:
        return _pin(serving)

    @app.url_defaults
    def keep(endpoint: str, values: dict[str, Any]) -> None:
        if (name := pinned()) and _depends(endpoint):
            values.setdefault(PARAMETER, name)

    @app.after_request
    def tell(response: Response) -> Response:
        return _tell(response) if pinned() else response


def _pin(serving: Serving) -> Response | None:
    """Give the request the site of the edition that it names; an answer where that cannot be."""
    if PARAMETER not in request.args or request.endpoint is None:
        return None
    blueprint = request.endpoint.partition(".")[0]
    if blueprint in _CURRENT_ONLY:
        raise BadRequest(
            "queries and writes work on the current edition; edition= is for pages and data"
        )
    if not _depends(request.endpoint):
        return None
    name = _named()
    try:
        site = serving.take_edition(name)
    except NotFound:
        return _no_such_edition(serving, name)
    g.site, before = site, g.site
    serving.give_back(before)
    g.pinned = site.edition_name
    return None


def _named() -> str:
    """Return the name of the edition that is asked for; BadRequest where it is not one number."""
    names = request.args.getlist(PARAMETER)
    if len(names) != 1:
        raise BadRequest(f"give {PARAMETER} once")
    name = names[0]
    if not (name.isascii() and name.isdecimal()):
        raise BadRequest(f"{PARAMETER}={name[:40]}: give the number of an edition, such as 12")
    return name.lstrip("0").zfill(6)


def _no_such_edition(serving: Serving, name: str) -> Response:
    """Say that an edition is not here, and which are."""
    if serving.history is None:
        return problem(404, f"no edition {name}: this server shows files, which have no editions")
    found = [edition.name for edition in serving.history.editions()]
    was_there = serving.history.older_gone and "000000" < name < found[0]
    reason = "it is old and was removed" if was_there else "there is none of that number"
    return problem(404, f"no edition {name[:20]}: {reason}", available=found)


def _depends(endpoint: str) -> bool:
    """Say whether an endpoint answers otherwise in another edition."""
    return endpoint.partition(".")[0] in _BY_EDITION


def _tell(response: Response) -> Response:
    """Say in the headers of an answer that it is of one edition."""
    response.headers["X-Robots-Tag"] = "noindex"
    place = response.headers.get("Content-Location")
    if place and f"{PARAMETER}=" not in place:
        response.headers["Content-Location"] = f"{place}?{PARAMETER}={pinned()}"
    is_data = request.endpoint in ENDPOINTS and response.mimetype != "text/html"
    if is_data and response.status_code in (200, 304):
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = _YEAR
        response.cache_control.immutable = True
    return response


def _without_edition() -> str:
    """Return the address of this request without its edition."""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] != PARAMETER]
    path = quote(request.script_root + request.path, safe=IRI_SAFE.replace("%", ""))
    return path + (f"?{urlencode(kept)}" if kept else "")


def edition_notice(serving: Serving) -> Notice | None:
    """Return the line above a page that is not of the current edition, or need not be for long."""
    name = pinned()
    if name is None or serving.history is None:
        return None
    here = _without_edition()
    all_of_it = NoticeLink(url_for("versions.editions"), _("All editions"))
    current = serving.history.directory.pointed_at() or ""
    if name == current:
        text = _("This is edition %(number)s, which is the current one.", number=int(name))
        return Notice(text, (NoticeLink(here, _("The page without an edition")), all_of_it))
    text = _(
        "This is edition %(number)s; the current one is %(current)s.",
        number=int(name),
        current=int(current) if current.isdecimal() else "?",
    )
    return Notice(text, (NoticeLink(here, _("The same in the current edition")), all_of_it))
