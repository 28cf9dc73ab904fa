"""The SPARQL endpoint: /sparql (SPARQL 1.1 Protocol and Service Description).

Programs get results by the Accept header or ``?format=``; a browser gets the editor, with the
results as a table when it sends a query. An answer is whole or it is an error.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, g, request, url_for
from werkzeug.exceptions import BadRequest

from competency.errors import CompetencyError, FormatError
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS, Format
from competency.server.description import service_description
from competency.server.errors import say_when, status_of
from competency.server.languages import interface
from competency.server.links import Links, ascii_uri
from competency.server.negotiation import HTML, asked_for, prefers_page
from competency.server.pages.editor import editor_scripts, editor_settings, terms_document
from competency.server.pages.sparql import (
    MAX_ROWS,
    SparqlPage,
    answer_view,
    frameworks_to_pick,
    sparql_page,
)
from competency.server.protocol import Asked, client_left, read
from competency.server.responses import send, send_page
from competency.server.shortcut import FAILED
from competency.server.site import Document, Site
from competency.server.watching import Watch, query_number
from competency.sparql import (
    Asking,
    Dataset,
    Question,
    find_question,
    prepare,
    refuse_unknown,
)

_JSON = Format("json", "JSON", ("application/json",), (".json",))


@dataclass
class _Work:
    """How far a request has come, so that a page can show it when something goes wrong."""

    question: Question | None = None
    query: str | None = None


def endpoint(site: Site, links: Links, watch: Watch) -> Blueprint:
    """Return the route of the endpoint."""
    routes = Blueprint("endpoint", __name__)

    @routes.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
    def sparql() -> Response:
        asked, work = read(request), _Work()
        try:
            response = _answer(site, links, asked, work, watch)
        except CompetencyError as error:
            if not _for_people(asked):
                raise
            page = sparql_page(asked, work.query, work.question, error=error)
            response = _show(site, page, status_of(error))
            say_when(response, error)
        response.vary.add("Accept")
        return response

    @routes.get("/sparql/terms")
    def terms() -> Response:
        """Answer with the terms that the editor completes, in the language of the reader."""
        return send(terms_document(interface()), _JSON)

    return routes


def _for_people(asked: Asked) -> bool:
    """Say whether errors belong on the editor's page."""
    if asked.format:
        return asked.format == HTML.name
    return prefers_page(request.headers.get("Accept"))


def _answer(site: Site, links: Links, asked: Asked, work: _Work, watch: Watch) -> Response:
    """Answer a query or a named question; without either show the editor or say what we do."""
    work.query = asked.query
    if asked.question:
        work.question = find_question(asked.question)
        work.query = work.question.text
        work.query = work.question.bind(site.graph.base, **asked.values)
    elif asked.query is None:
        return _start(site, asked)
    if asked.question and not asked.run and _for_people(asked):
        return _show(site, sparql_page(asked, work.query, work.question))
    if failed := request.environ.get(FAILED):
        g.query_id, error = failed
        raise error
    g.query_id = query_number()
    with watch.query(work.query or "", g.query_id) as said:
        return _run(site, links, asked, work, said)


def _run(site: Site, links: Links, asked: Asked, work: _Work, said: dict[str, Any]) -> Response:
    """Run the query and send its answer in the format that was asked for."""
    settings = site.settings
    prepared = prepare(work.query or "", services=settings.services, base=site.graph.base)
    said["form"] = prepared.form
    table = RESULT_FORMATS if prepared.form in ("SELECT", "ASK") else RDF_SYNTAXES
    syntax = asked_for(asked.format, request.headers.get("Accept"), table, page=True)
    dataset = Dataset(asked.default_graphs, asked.named_graphs, settings.union)
    refuse_unknown(site.graph, prepared, dataset)
    asking = Asking(prepared, syntax, dataset, asked.seconds)
    if syntax is HTML:
        asking = replace(asking, syntax=table[0], rows=MAX_ROWS)
    found = site.answers.answer(asking, client_left())
    written = found.written
    said |= {"format": syntax.name, "bytes": len(written.data), "edition": site.edition_name}
    if syntax is HTML:
        view = answer_view(written, prepared.form, asked, links)
        return _show(site, sparql_page(asked, work.query, work.question, view))
    return send(Document(written.data, found.etag), syntax)


def _show(site: Site, page: SparqlPage, status: int = 200) -> Response:
    """Send the page, with what the editor needs where the editor was built."""
    scripts = editor_scripts()
    editor = editor_settings(site) if scripts else None
    known = frameworks_to_pick(site) if page.question else ()
    return send_page(
        "sparql.html", status, page=page, scripts=scripts, editor=editor, frameworks=known
    )


def _start(site: Site, asked: Asked) -> Response:
    """Answer a request without a query: the editor, or the service description."""
    accept = request.headers.get("Accept")
    try:
        syntax = asked_for(asked.format, accept, RDF_SYNTAXES, page=True)
    except FormatError as error:
        reason = "there is no query: add ?query=SELECT..., or ask for the service description with "
        raise BadRequest(reason + ", ".join(error.known)) from error
    if syntax is HTML:
        return _show(site, sparql_page(asked, None, None))
    address = ascii_uri(url_for("endpoint.sparql", _external=True))
    union = site.settings.union
    described = site.remember(
        ("service", address, syntax.name),
        lambda: service_description(site.graph, address, syntax, union=union),
    )
    return send(described, syntax)
