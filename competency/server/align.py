"""Suggestions of alignments that people decide: /align shows them and gives the table back.

No decision is kept here: a form brings what was decided and takes it along again. Only who has the
token writes, and then what was decided goes to the graph, refusals as well, so that nobody is
asked twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, request, url_for

from competency.errors import CompetencyError, ParameterError
from competency.formats import SSSOM, Format
from competency.graph.sssom import MappingSet, write
from competency.importing.naming import file_stem
from competency.server.align_data import FORMATS, written
from competency.server.align_publishing import publish
from competency.server.aligning import Queue, Suggester, Wanted, couple_in
from competency.server.catalogue import catalogue_downloads
from competency.server.decisions import (
    decided_only,
    known_only,
    of_form,
    of_text,
    read_table,
    with_decisions,
)
from competency.server.errors import members_of, problem, say_when, status_of
from competency.server.exports import attachment
from competency.server.languages import gettext as _
from competency.server.links import Download, Links, forms_at
from competency.server.negotiation import HTML, asked_for, prefers_page, suffixed
from competency.server.pages.align import (
    PER_PAGE,
    SURE,
    align_page,
    options_of,
)
from competency.server.pages.choosing import Choosing, choosing, is_looking, looked_for
from competency.server.pages.paging import Pages, pages_at
from competency.server.protocol import client_left
from competency.server.responses import content_type, send_form, send_page
from competency.server.site import Site
from competency.server.submission import MAX_SENT, tidy
from competency.server.tables import JSON
from competency.server.writes import Writes

_TRUE = ("1", "on", "true", "yes")
_DATA_TYPES = (JSON.media_type, SSSOM.media_type)


@dataclass(frozen=True)
class _State:
    """What a page shows beside the queue: what was decided before, from where in it, a remark."""

    work: str = ""
    start: int = 0
    reviewer: str = ""
    notice: str = ""
    fault: str = ""


def aligning(site: Site, links: Links, suggester: Suggester, writes: Writes | None) -> Blueprint:
    """Return the routes of suggestions."""
    routes = Blueprint("align", __name__)
    pages = _Pages(site, links, suggester, writes)

    @routes.get("/align")
    def index() -> Response:
        named = request.args.get("format")
        syntax = asked_for(named, request.headers.get("Accept"), FORMATS, page=True)
        response = pages.page() if syntax is HTML else pages.data(syntax)
        if not named:
            response.vary.add("Accept")
        return response

    @routes.get("/align.<suffix>")
    def data(suffix: str) -> Response:
        return pages.data(suffixed(suffix, "suggestions", FORMATS))

    @routes.post("/align")
    def decide() -> Response:
        request.max_content_length = request.max_form_memory_size = MAX_SENT
        if request.mimetype in _DATA_TYPES:
            response = publish(site, suggester, writes)
        else:
            response = pages.answer()
        response.vary.add("Accept")
        response.cache_control.no_store = True
        return response

    return routes


class _Pages:
    """Makes the pages and the data of suggestions."""

    def __init__(
        self, site: Site, links: Links, suggester: Suggester, writes: Writes | None
    ) -> None:
        self._site, self._links, self._suggester = site, links, suggester
        self._takes_writes = writes is not None

    def data(self, syntax: Format) -> Response:
        """Send suggestions as data."""
        wanted = wanted_of(request.args.get)
        if not (wanted.left and wanted.right):
            raise ParameterError(
                "left" if not wanted.left else "right", "name a framework by its IRI or path"
            )
        queue = self._suggester.queue(wanted, gone=client_left())
        data = written(queue, syntax, self._site.graph.base)
        response = send_form(data, syntax, downloads(wanted))
        if syntax is SSSOM:
            response.headers["Content-Disposition"] = attachment(file_name(queue))
        return response

    def page(self) -> Response:
        """Send the page of suggestions, or the one on which two frameworks are chosen."""
        return self._told(self._page)

    def answer(self) -> Response:
        """Answer a form: with the table, with what comes next, or with what a file holds."""
        return self._told(self._answer)

    def _told(self, make: Callable[[], Response]) -> Response:
        """Return what is made, or what is wrong: on the page for who asked in a browser."""
        try:
            return make()
        except CompetencyError as error:
            status = status_of(error)
            if prefers_page(request.headers.get("Accept")):
                more = getattr(error, "more", ())
                response = self._choosing(_State(fault="\n".join((str(error), *more))), status)
            else:
                response = problem(status, str(error), **members_of(error))
            say_when(response, error)
            return response

    def _page(self) -> Response:
        wanted = wanted_of(request.args.get)
        if is_looking() or not (wanted.left and wanted.right):
            return self._choosing(_State())
        if self._same(wanted):
            return self._choosing(_State(fault=_twice()))
        queue = self._suggester.queue(wanted, gone=client_left())
        number = min(_number(request.args.get("page"), "page", 1), _pages(queue))
        return self._show(queue, wanted, _State(start=(number - 1) * PER_PAGE))

    def _same(self, wanted: Wanted) -> bool:
        graph = self._site.graph
        return graph.framework(wanted.left).iri == graph.framework(wanted.right).iri

    def _answer(self) -> Response:
        field = request.form.get
        work, wanted = self._brought(), wanted_of(field)
        if work is not None and not (wanted.left and wanted.right):
            left, right = couple_in(work, self._site.graph)
            wanted = Wanted(left, right, wanted.per_part, wanted.contrasts)
        if not (wanted.left and wanted.right):
            return self._choosing(_State(fault=_("Choose two frameworks, or a file.")), 400)
        queue = self._suggester.queue(wanted, work, client_left())
        given = of_form(queue.ids) + (of_text(text) if (text := field("decisions", "")) else [])
        decisions, _others = known_only(given, queue)
        reviewer = field("reviewer", "")
        found = with_decisions(queue, self._site.graph.base, decisions, reviewer)
        if field("do") == "file":
            return _file(queue, found)
        decided = {item.id for item in given if item.verdict != "leave"}
        return self._next(queue, wanted, found, decided, reviewer)

    def _brought(self) -> MappingSet | None:
        """Return the table that comes with a form: a file, or what the page carried along."""
        base, file = self._site.graph.base, request.files.get("file")
        if file is not None and file.filename:
            return read_table(tidy(file.filename) or "table.sssom.tsv", file.read(), base)
        text = request.form.get("set", "")
        return read_table("table.sssom.tsv", text.encode(), base) if text.strip() else None

    def _next(
        self, queue: Queue, wanted: Wanted, found: MappingSet, decided: set[str], reviewer: str
    ) -> Response:
        """Show what comes after a page, with what is decided so far in the page itself."""
        start = _number(request.form.get("start"), "start", 0)
        if request.form.get("do") == "next":
            shown = queue.ids[start : start + PER_PAGE]
            start += sum(1 for name in shown if name not in decided)
        work = None
        if queue.work is not None or decided:
            work = found if queue.from_file else decided_only(found)
            queue = self._suggester.queue(wanted, work, client_left())
        notice = ""
        if start and start >= len(queue.ids):
            start, notice = 0, _("That was the last page. Here are those that you left.")
        text = write(work).decode() if work is not None else ""
        return self._show(queue, wanted, _State(text, start, reviewer, notice))

    def _show(self, queue: Queue, wanted: Wanted, state: _State) -> Response:
        page = align_page(queue, wanted, state.start, self._links)
        return send_page(
            "align.html",
            page=page,
            state=state,
            choosing=self._offered(page.left.iri, page.right.iri),
            left=page.left.iri,
            right=page.right.iri,
            wanted=wanted,
            downloads=downloads(wanted),
            pager=_pager(queue, wanted, state) if not state.work else None,
            sure=[(value, _(words)) for value, words in SURE],
            takes_writes=self._takes_writes,
            edition=self._site.edition_name or "",
        )

    def _choosing(self, state: _State, status: int = 200) -> Response:
        left, right = (self._iri(request.values.get(name, "")) for name in ("left", "right"))
        return send_page(
            "align.html",
            status,
            page=None,
            state=state,
            choosing=self._offered(left, right),
            left=left,
            right=right,
            wanted=Wanted("", ""),
            downloads=catalogue_downloads(),
        )

    def _offered(self, left: str, right: str) -> Choosing:
        """Return which frameworks the form offers, those that are chosen first."""
        named = dict.fromkeys(filter(None, (left, right)))
        return choosing(self._site, named, {}, looked_for())

    def _iri(self, name: str) -> str:
        """Return the IRI of a framework that may be none."""
        try:
            return self._site.graph.framework(name.strip()).iri if name.strip() else ""
        except CompetencyError:
            return ""


def wanted_of(field: Callable[[str], str | None]) -> Wanted:
    """Return what is asked, from the fields of an address or a form."""
    return Wanted(
        (field("left") or "").strip(),
        (field("right") or "").strip(),
        _number(field("per_part"), "per_part", Wanted.per_part),
        (field("contrasts") or "").lower() in _TRUE,
    )


def downloads(wanted: Wanted) -> list[Download]:
    """Return the same suggestions as data, in every format."""
    return forms_at("align.data", FORMATS, **options_of(wanted))


def file_name(queue: Queue) -> str:
    """Return the name of a table of suggestions, by those of both frameworks."""
    stems = (file_stem(item.iri) for item in (queue.left, queue.right))
    return "-".join(("alignments", *stems)) + SSSOM.suffixes[0]


def _file(queue: Queue, found: MappingSet) -> Response:
    response = make_response(write(found))
    response.content_type = content_type(SSSOM)
    response.headers["Content-Disposition"] = attachment(file_name(queue))
    return response


def _number(text: str | None, name: str, usual: int) -> int:
    if not (text or "").strip():
        return usual
    try:
        number = int(text or "")
    except ValueError:
        number = -1
    if not 0 <= number <= 1_000_000:
        raise ParameterError(name, f"{text!r} is no number")
    return number or usual


def _pages(queue: Queue) -> int:
    return max(1, -(-len(queue.suggestions) // PER_PAGE))


def _pager(queue: Queue, wanted: Wanted, state: _State) -> Pages | None:
    def address(page: int) -> str:
        return url_for("align.index", **options_of(wanted), page=page)

    return pages_at(state.start // PER_PAGE + 1, _pages(queue), address)


def _twice() -> str:
    return _("That is one framework twice. Choose another one to align it with.")
