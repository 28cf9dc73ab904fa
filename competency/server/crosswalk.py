"""A crosswalk between any number of frameworks (/crosswalk): a page, and the same as data.

The address has everything: which frameworks, whose parts are the first rows, and how long the
chains may be. Two frameworks of thousands of parts make a large table, so its page comes in pages
and there is a limit to all parts together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, request

from competency.errors import LimitReached, ParameterError
from competency.exchange.crosswalk_tables import CSV, JSON, XLSX, written
from competency.formats import Format
from competency.graph.closure import LONGEST
from competency.graph.crosswalks import Crosswalk
from competency.server.aligned import Counts
from competency.server.comparison_data import every_couple
from competency.server.links import Download, Links, forms_at
from competency.server.negotiation import HTML, asked_for, suffixed
from competency.server.pages.choosing import choosing, is_looking, looked_for, offered
from competency.server.pages.compare import couples
from competency.server.pages.crosswalk import MOST_FRAMEWORKS, MOST_PARTS, State, crosswalk_page
from competency.server.places import absolute
from competency.server.responses import send_form, send_page
from competency.server.site import Site

FORMATS = (JSON, CSV, XLSX)


@dataclass(frozen=True)
class _Asked:
    """What an address asks for: frameworks by IRI, each once, and how they are to be shown."""

    state: State
    page: int

    def downloads(self) -> list[Download]:
        """Return the same as data, in every format."""
        return forms_at("crosswalk.data", FORMATS, **self.state.fields())


def crosswalks(site: Site, links: Links) -> Blueprint:
    """Return the routes of crosswalks."""
    routes = Blueprint("crosswalk", __name__)

    @routes.get("/crosswalk")
    def index() -> Response:
        named = request.args.get("format")
        syntax = asked_for(named, request.headers.get("Accept"), FORMATS, page=True)
        asked = _asked(site)
        response = _page(site, links, asked) if syntax is HTML else _data(site, asked, syntax)
        if not named:
            response.vary.add("Accept")
        return response

    @routes.get("/crosswalk.<suffix>")
    def data(suffix: str) -> Response:
        return _data(site, _asked(site), suffixed(suffix, "a crosswalk", FORMATS))

    return routes


def _page(site: Site, links: Links, asked: _Asked) -> Response:
    """Send the table, or the page on which frameworks are chosen."""
    state, page = asked.state, None
    shows_table = state.is_chosen and not is_looking()
    if shows_table:
        page = crosswalk_page(_table(site, state), state, asked.page, links)
    counts = _counted(site, state, shows_table)
    shown = {} if shows_table else _with(state.frameworks, counts or {})
    return send_page(
        "crosswalk.html",
        choosing=choosing(site, state.frameworks, counts or {}, looked_for()),
        state=state,
        longest=LONGEST,
        couples=couples(shown, offered(site)),
        uncounted=counts is None and not shows_table,
        downloads=asked.downloads(),
        page=page,
    )


def _counted(site: Site, state: State, beside_table: bool) -> Counts | None:
    """Return which frameworks are aligned, as far as a page needs it.

    Beside a table nobody waits for it: there it is known, or it is left out.
    """
    return site.couples(*(() if beside_table else state.frameworks))


def _data(site: Site, asked: _Asked, syntax: Format) -> Response:
    """Send a crosswalk as data; with fewer than two frameworks, which have alignments."""
    if asked.state.is_chosen:
        data = written(_table(site, asked.state), syntax)
    else:
        rows = _with(asked.state.frameworks, site.aligned)
        data = every_couple(site.graph, rows, syntax, absolute())
    return send_form(data, syntax, asked.downloads())


def _with(named: Iterable[str], counts: Counts) -> Counts:
    """Return the couples that all of the named frameworks are in."""
    among = set(named)
    return {ends: numbers for ends, numbers in counts.items() if among <= set(ends)}


def _table(site: Site, state: State) -> Crosswalk:
    """Return the crosswalk; LimitReached says when it would be too large."""
    sizes = {item.iri: sum(item.kinds.values()) for item in site.summaries}
    total = sum(sizes.get(iri, 0) for iri in state.frameworks)
    if total > MOST_PARTS:
        reason = f"{total:,} parts are more than the {MOST_PARTS:,} of a crosswalk; name fewer"
        raise LimitReached("parts", reason)
    return site.crosswalk(state.frameworks, state.spine, state.chains, state.gaps)


def _asked(site: Site) -> _Asked:
    """Read the address; NotFound and ParameterError say what is wrong with it."""
    named = [name.strip() for name in request.args.getlist("framework") if name.strip()]
    if len(named) > MOST_FRAMEWORKS:
        raise ParameterError("framework", f"may be given {MOST_FRAMEWORKS} times")
    spine = request.args.get("spine", "").strip()
    frameworks = dict.fromkeys(site.graph.framework(name).iri for name in named)
    first = site.graph.framework(spine).iri if spine else ""
    if not first or (first not in frameworks and is_looking()):  # it was taken out just now
        first = next(iter(frameworks), "")
    if first and first not in frameworks:
        raise ParameterError("spine", f"{spine} is not one of the frameworks; name it as one too")
    state = State(
        frameworks=tuple(frameworks),
        spine=first,
        chains=_number("chains", LONGEST),
        gaps=request.args.get("gaps", "") != "no",
    )
    return _Asked(state, _number("page", 100_000))


def _number(name: str, most: int) -> int:
    value = request.args.get(name) or "1"
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0
    if not 1 <= number <= most:
        raise ParameterError(name, f"is a number from 1 to {most:,}, not {value[:20]}")
    return number
