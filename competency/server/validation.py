"""Checking a document: /validate takes one and answers with what an author should mend.

Programs get the report by the Accept header or ``?format=``; a browser gets a page with the text
and its problems beside the lines. That a document does not conform is an answer, not an error.
Nothing is stored.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Any

from flask import Blueprint, Response, make_response, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from competency.errors import (
    CompetencyError,
    FormatError,
    NotFound,
    ShapesError,
    SourceError,
)
from competency.formats import Format, by_name
from competency.server.checking import Checker, Checking
from competency.server.errors import members_of, problem, say_when, status_of
from competency.server.negotiation import HTML, asked_for
from competency.server.pages.validation import (
    MAX_RESULTS,
    ValidationPage,
    blank_page,
    fault_page,
    found_page,
)
from competency.server.protocol import client_left, seconds_of
from competency.server.responses import content_type, send_page
from competency.server.site import Site
from competency.server.submission import MAX_SENT, Submission, field, submission
from competency.server.watching import Watch
from competency.shapes.reports import report_formats

# Here the reader of a document sees what is wrong with that document, not with our data.
_STATUS: dict[type[CompetencyError], int] = {
    FormatError: 415,
    SourceError: 415,
    ShapesError: 422,
    NotFound: 422,
}
_TEMPLATE = "validate.html"


def validation(site: Site, checker: Checker, watch: Watch) -> Blueprint:
    """Return the routes of the page and of the report."""
    routes = Blueprint("validation", __name__)

    @routes.get("/validate")
    def form() -> Response:
        checker.warm()
        names = [row.name for row in report_formats()]
        return send_page(_TEMPLATE, page=blank_page(), formats=names)

    @routes.post("/validate")
    def check() -> Response:
        request.max_content_length = request.max_form_memory_size = MAX_SENT
        response = _answer(site, checker, watch)
        response.vary.add("Accept")
        response.cache_control.no_store = True
        return response

    return routes


def _formats() -> list[Format]:
    """Return the formats of reports, the one for programs that name none first; the page apart."""
    rows = [row for row in report_formats() if row.name != HTML.name]
    return sorted(rows, key=lambda row: row.name != "json")


def _answer(site: Site, checker: Checker, watch: Watch) -> Response:
    """Check what was sent and answer in the form that was asked for."""
    if name := request.form.get("download"):
        return _report(checker, watch, by_name(name, report_formats()))
    accept = request.headers.get("Accept")
    syntax = asked_for(field("format"), accept, _formats(), page=True)
    if syntax is HTML:
        return _page(site, checker, watch)
    return _report(checker, watch, syntax)


def _report(checker: Checker, watch: Watch, syntax: Format) -> Response:
    """Return the report; what cannot be checked is a problem document."""
    asked = submission()
    try:
        with watch.check():
            data = checker.check(_checking(asked, format=syntax.name), client_left())
    except CompetencyError as error:
        response = problem(_status_of(error), str(error), **members_of(error))
        say_when(response, error)
        return response
    response = make_response(data)
    response.content_type = content_type(syntax)
    if asked.attached:
        name = f"{_plain_stem(asked)}-report{syntax.suffixes[0]}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(site: Site, checker: Checker, watch: Watch) -> Response:
    """Return the page; what cannot be checked is told on it, with the form as it was sent."""
    asked = None
    try:
        asked = submission()
        reports = () if asked.text is not None else tuple(row.name for row in report_formats())
        wanted = _checking(asked, rows=MAX_RESULTS, reports=reports)
        with watch.check():
            record = json.loads(checker.check(wanted, client_left()))
    except (BadRequest, UnsupportedMediaType) as error:
        return _show(fault_page(asked, error.description or ""), error.code or 400)
    except CompetencyError as error:
        response = _show(fault_page(asked, error), _status_of(error))
        say_when(response, error)
        return response
    return _show(
        found_page(asked, record, site.graph.vocabulary, site.rule_names, report_formats())
    )


def _show(page: ValidationPage, status: int = 200) -> Response:
    return send_page(_TEMPLATE, status, page=page)


def _checking(asked: Submission, **wanted: Any) -> Checking:
    return Checking(
        asked.document,
        asked.shapes,
        asked.profile,
        asked.without,
        seconds=seconds_of(field("timeout")),
        **wanted,
    )


def _status_of(error: CompetencyError) -> int:
    return next((_STATUS[k] for k in type(error).__mro__ if k in _STATUS), status_of(error))


def _plain_stem(asked: Submission) -> str:
    """Return the name of the document without its suffix, in signs that any header may hold."""
    stem = PurePath(asked.document.name).stem
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-.") or "document"
