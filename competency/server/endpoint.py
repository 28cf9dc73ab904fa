"""The SPARQL endpoint: /sparql (SPARQL 1.1 Protocol and Service Description).

Programs get results by the Accept header or ``?format=``; a browser gets the editor, with the
results as a table when it sends a query. An answer is whole or it is an error.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import BadRequest

from competency.errors import CompetencyError, FormatError
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS
from competency.server.description import service_description
from competency.server.errors import status_of
from competency.server.links import Links, ascii_uri
from competency.server.negotiation import HTML, asked_for, prefers_page
from competency.server.pages.sparql import AnswerView, answer_view, sparql_page
from competency.server.protocol import Asked, read
from competency.server.responses import send, send_page
from competency.server.site import Document, Site
from competency.sparql import Question, find_question, prepare, run_query


@dataclass
class _Work:
    """How far a request has come, so that a page can show it when something goes wrong."""

    question: Question | None = None
    query: str | None = None


def endpoint(site: Site, links: Links) -> Blueprint:
    """Return the route of the endpoint."""
    routes = Blueprint("endpoint", __name__)

    @routes.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
    def sparql() -> Response:
        asked, work = read(request), _Work()
        try:
            response = _answer(site, links, asked, work)
        except CompetencyError as error:
            if not _for_people(asked):
                raise
            page = sparql_page(asked, work.query, work.question, error=error)
            response = send_page("sparql.html", status_of(error), page=page)
        response.vary.add("Accept")
        return response

    return routes


def _for_people(asked: Asked) -> bool:
    """Say whether errors belong on the editor's page."""
    if asked.format:
        return asked.format == HTML.name
    return prefers_page(request.headers.get("Accept"))


def _answer(site: Site, links: Links, asked: Asked, work: _Work) -> Response:
    """Answer a query or a named question; without either show the editor or say what we do."""
    work.query = asked.query
    if asked.question:
        work.question = find_question(asked.question)
        work.query = work.question.text
        work.query = work.question.bind(site.graph.base, **asked.values)
    elif asked.query is None:
        return _start(site, asked)
    if asked.question and not asked.run and _for_people(asked):
        return _page(work, asked, None)
    return _run(site, links, asked, work)


def _run(site: Site, links: Links, asked: Asked, work: _Work) -> Response:
    """Run the query and send its answer in the format that was asked for."""
    prepared = prepare(work.query or "")
    table = RESULT_FORMATS if prepared.form in ("SELECT", "ASK") else RDF_SYNTAXES
    syntax = asked_for(asked.format, request.headers.get("Accept"), table, page=True)
    answer = run_query(
        site.graph,
        prepared,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    if syntax is HTML:
        return _page(work, asked, answer_view(answer, asked, links))
    return send(Document.of(answer.serialize(syntax)), syntax)


def _page(work: _Work, asked: Asked, view: AnswerView | None) -> Response:
    return send_page("sparql.html", page=sparql_page(asked, work.query, work.question, view))


def _start(site: Site, asked: Asked) -> Response:
    """Answer a request without a query: the editor, or the service description."""
    accept = request.headers.get("Accept")
    try:
        syntax = asked_for(asked.format, accept, RDF_SYNTAXES, page=True)
    except FormatError as error:
        reason = "there is no query: add ?query=SELECT..., or ask for the service description with "
        raise BadRequest(reason + ", ".join(error.known)) from error
    if syntax is HTML:
        return send_page("sparql.html", page=sparql_page(asked, None, None))
    address = ascii_uri(url_for("endpoint.sparql", _external=True))
    return send(service_description(site.graph, address, syntax), syntax)
