"""The import page: /import takes a document and shows the framework that it becomes.

Nothing is stored: the draft, its Turtle and its report live in the answer alone.
"""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest

from competency.documents import Import, import_lines
from competency.documents.reading import read_bytes
from competency.errors import CompetencyError, ParseError
from competency.formats import by_name
from competency.graph import serialize
from competency.server.errors import status_of
from competency.server.negotiation import HTML, asked_for
from competency.server.pages.imports import import_page
from competency.server.responses import send, send_page
from competency.server.site import Document, Site

MAX_UPLOAD = 6_000_000  # bytes; larger documents are for the command line
MAX_LINES = 5_000  # lines; more take longer than a request should
MAX_TEXT = 500_000  # characters
_TURTLE = by_name("turtle")


def imports(site: Site) -> Blueprint:
    """Return the route of the import page."""
    routes = Blueprint("imports", __name__)

    @routes.get("/import")
    def form() -> Response:
        return send_page("import.html", page=import_page())

    @routes.post("/import")
    def upload() -> Response:
        request.max_content_length = request.max_form_memory_size = MAX_UPLOAD
        syntax = asked_for(
            request.args.get("format"), request.headers.get("Accept"), (_TURTLE,), page=True
        )
        response = _page(site.rule_names) if syntax is HTML else _turtle()
        response.vary.add("Accept")
        return response

    return routes


def _turtle() -> Response:
    return send(Document.of(serialize(_imported().graph, _TURTLE)), _TURTLE)


def _page(rules: frozenset[str]) -> Response:
    try:
        page = import_page(_imported(), rules=rules)
    except CompetencyError as error:
        return send_page("import.html", status_of(error), page=import_page(fault=str(error)))
    return send_page("import.html", page=page)


def _imported() -> Import:
    """Read the document of a request: a file, a pasted text, or the body as it is."""
    layout = request.values.get("layout") or None
    document = read_bytes(*_document())
    if len(document.lines) > MAX_LINES or sum(map(len, document.lines)) > MAX_TEXT:
        reason = f"is longer than {MAX_LINES:,} lines or {MAX_TEXT:,} characters; "
        reason += "import it on the command line"
        raise ParseError(document.name, reason)
    return import_lines(document, layout=layout)


def _document() -> tuple[bytes, str]:
    """Return the bytes and the name of what was sent; BadRequest when nothing was."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.read(), file.filename.replace("\\", "/").rpartition("/")[2]
    if text := request.form.get("text", "").strip("\r\n"):
        return text.encode(), "pasted.txt"
    if not request.form and not request.files and (data := request.get_data()):
        return data, request.args.get("name", "document")
    raise BadRequest("there is no document: choose a file or paste its text")
