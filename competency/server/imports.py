"""The import page: /import takes a file of any format and shows the frameworks in it.

With ``to`` it answers with one of them in another format: so it is a converter as well. Files are
read in processes that may die of them; nothing is stored, what comes of a file lives in the answer
alone.
"""

from __future__ import annotations

import json
from functools import cache

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest

from competency.errors import CompetencyError, ConversionError, SourceError
from competency.exchange import spreadsheet
from competency.exchange.exchange import Exchange
from competency.exchange.exchanges import exchange_named
from competency.formats import RDF_SYNTAXES, Format, by_name
from competency.graph import KnowledgeGraph, NamedGraph, serialize
from competency.graph.loading import named_graphs
from competency.importing import joined
from competency.ontology import DEFAULT_BASE
from competency.server.checking import Checker, Importing
from competency.server.errors import members_of, problem, say_when, status_of
from competency.server.exporting import Exports, Written
from competency.server.exports import attachment, file_name_of, losses_record
from competency.server.negotiation import HTML, asked_for, prefers_page, suffixed
from competency.server.pages.imports import (
    MAX_RESULTS,
    ImportPage,
    blank_page,
    fault_page,
    found_page,
)
from competency.server.profiles import JSON
from competency.server.protocol import client_left
from competency.server.responses import send, send_page
from competency.server.site import Document, Site
from competency.server.uploads import MAX_UPLOAD, Upload, read_upload

TEMPLATES = (
    Format(
        "xlsx", "Excel workbook",
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",), (".xlsx",),
    ),
    Format("csv", "CSV", ("text/csv",), (".csv",)),
)  # fmt: skip
SECONDS = 30.0  # that reading one file may take
_MAX_TEXT = 6_000_000  # bytes of a text that is pasted
# Here the reader of a file sees what is wrong with that file, not with our data.
_STATUS: dict[type[CompetencyError], int] = {SourceError: 415}
_TEMPLATE = "import.html"


def imports(site: Site, checker: Checker, made: Exports) -> Blueprint:
    """Return the routes of the import page."""
    routes = Blueprint("imports", __name__)

    @routes.get("/import")
    def form() -> Response:
        checker.warm()
        return send_page(_TEMPLATE, page=blank_page())

    @routes.get("/import/template.<suffix>")
    def template(suffix: str) -> Response:
        syntax = suffixed(suffix, "the template", TEMPLATES)
        response = send(_template(syntax.name), syntax)
        response.headers["Content-Disposition"] = attachment(f"my-framework{syntax.suffixes[0]}")
        return response

    @routes.post("/import")
    def upload() -> Response:
        request.max_content_length, request.max_form_memory_size = MAX_UPLOAD, _MAX_TEXT
        response = _answer(site, checker, made)
        response.vary.add("Accept")
        response.cache_control.no_store = True
        return response

    return routes


@cache
def _template(name: str) -> Document:
    """Return the empty table of our own that people fill in."""
    return Document.of(spreadsheet.template(name))


def _answer(site: Site, checker: Checker, made: Exports) -> Response:
    """Answer with the page, a file, or what is wrong: on the page for who asked in a browser."""
    asked, accept = None, request.headers.get("Accept")
    try:
        asked = read_upload()
        if asked.to and not asked.losses:
            return _converted(checker, made, asked, exchange_named(asked.to, writes=True))
        forms = (JSON,) if asked.losses else (*RDF_SYNTAXES, JSON)
        wanted = asked_for(request.args.get("format"), accept, forms, page=True)
        if wanted is HTML:
            return _page(site, checker, made, asked)
        if wanted is not JSON:
            return _whole(checker, asked, wanted)
        return _losses(checker, made, asked) if asked.losses else _told(checker, asked)
    except BadRequest as error:
        if not prefers_page(accept):
            raise
        return _show(fault_page(asked, error.description or ""), error.code or 400)
    except CompetencyError as error:
        return _refused(asked, error)


def _refused(asked: Upload | None, error: CompetencyError) -> Response:
    status = next((_STATUS[k] for k in type(error).__mro__ if k in _STATUS), status_of(error))
    if prefers_page(request.headers.get("Accept")):
        response = _show(fault_page(asked, error), status)
    else:
        response = problem(status, str(error), **members_of(error))
    say_when(response, error)
    return response


def _show(page: ImportPage, status: int = 200) -> Response:
    return send_page(_TEMPLATE, status, page=page)


def _page(site: Site, checker: Checker, made: Exports, asked: Upload) -> Response:
    """Return the page of what a file holds, and of what a format cannot carry, if that is asked."""
    record = json.loads(checker.check(_importing(asked, MAX_RESULTS), client_left()))
    lost = None
    if asked.losses:
        exchange = exchange_named(asked.to or "", writes=True)
        graph = _graph(asked, _graphs(checker, asked))
        lost = (exchange, graph, _written(made, graph, asked, exchange))
    return _show(found_page(asked, record, site.graph.vocabulary, site.rule_names, lost))


def _told(checker: Checker, asked: Upload) -> Response:
    """Return what a file holds, for programs: its format, its frameworks, all that was odd."""
    record = json.loads(checker.check(_importing(asked, MAX_RESULTS), client_left()))
    kept = ("iri", "title", "counts", "triples")
    told = {
        "format": record["format"],
        "frameworks": [{key: item[key] for key in kept} for item in record["frameworks"]],
        "remarks": [
            dict(zip(("kept", "where", "what"), row, strict=True)) for row in record["remarks"]
        ],
        "remarkCount": record["remark_count"],
        "check": record["check"],
    }
    return send(Document.of(json.dumps(told, ensure_ascii=False).encode()), JSON)


def _losses(checker: Checker, made: Exports, asked: Upload) -> Response:
    """Return what a format cannot carry of a file, for programs."""
    exchange = exchange_named(asked.to or "", writes=True)
    graph = _graph(asked, _graphs(checker, asked))
    iri = _chosen(graph, asked, exchange.format)
    record = losses_record(iri, exchange, _written(made, graph, asked, exchange))
    return send(Document.of(json.dumps(record, ensure_ascii=False).encode()), JSON)


def _converted(checker: Checker, made: Exports, asked: Upload, exchange: Exchange) -> Response:
    """Return a file in another format, to be saved."""
    graphs = _graphs(checker, asked)
    if exchange.format in RDF_SYNTAXES and not asked.which:
        data, stem = _serialized(graphs, exchange.format), graphs[0].name
    else:
        graph = _graph(asked, graphs)
        data = _written(made, graph, asked, exchange).document.data
        stem = _chosen(graph, asked, exchange.format)
    response = send(Document.of(data), exchange.format)
    name = file_name_of(stem.rstrip("/#").rpartition("/")[2], exchange.format)
    response.headers["Content-Disposition"] = attachment(name)
    return response


def _whole(checker: Checker, asked: Upload, syntax: Format) -> Response:
    return send(Document.of(_serialized(_graphs(checker, asked), syntax)), syntax)


def _serialized(graphs: list[NamedGraph], syntax: Format) -> bytes:
    """Return everything that a file holds; a syntax without names of graphs has it as one."""
    graphs = graphs if syntax.named_graphs else [*joined(graphs)]
    if len(graphs) == 1:
        return serialize(graphs[0], syntax)
    if syntax.named_graphs:
        found = KnowledgeGraph()
        found.add(*graphs)
        return found.serialize(None, syntax)
    return serialize(NamedGraph(graphs[0].name, (t for g in graphs for t in g.triples)), syntax)


def _importing(asked: Upload, rows: int = 0) -> Importing:
    return Importing(asked.document, asked.media_type, asked.layout, rows, SECONDS)


def _graphs(checker: Checker, asked: Upload) -> list[NamedGraph]:
    """Have a file read and return its graphs."""
    record = json.loads(checker.check(_importing(asked), client_left()))
    quads = "".join(record["quads"]).encode()
    return list(named_graphs(quads, by_name("nquads"), asked.document.name, DEFAULT_BASE))


def _graph(asked: Upload, graphs: list[NamedGraph]) -> KnowledgeGraph:
    found = KnowledgeGraph()
    found.add(*joined(graphs))
    if not found.frameworks:
        raise SourceError(asked.document.name, "no framework is in it")
    return found


def _chosen(graph: KnowledgeGraph, asked: Upload, syntax: Format) -> str:
    """Return the framework that is wanted; ConversionError where several could be meant."""
    if asked.which:
        return graph.framework(asked.which).iri
    found = [item.iri for item in graph.frameworks]
    if len(found) > 1:
        some = ", ".join(found[:5]) + (", ..." if len(found) > 5 else "")
        reason = f"the file holds {len(found)} frameworks, and it has room for one; "
        reason += f"look at what is in the file first, or name one of them as iri: {some}"
        raise ConversionError(syntax.title, reason)
    return found[0]


def _written(made: Exports, graph: KnowledgeGraph, asked: Upload, exchange: Exchange) -> Written:
    return made.converted(graph, _chosen(graph, asked, exchange.format), exchange)
