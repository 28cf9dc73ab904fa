"""The graph store: /graphs (SPARQL 1.1 Graph Store HTTP Protocol).

A graph is named in the address (``?graph=IRI``, ``?default``), or is the address itself
(``/graphs/person/1.ttl``). Reading is for everyone, writing for those who have the token; each
write is one edition.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from competency.errors import GraphRefused, NotFound
from competency.formats import RDF_SYNTAXES, Format, by_media_type
from competency.graph import DEFAULT_GRAPH, NamedGraph, serialize
from competency.graph.reasoning import stated_name
from competency.graph.reasoning.held import is_inferred
from competency.graph.store import is_absolute
from competency.server.bodies import MAX_WRITE, sent
from competency.server.conditions import conditions, refuse_match
from competency.server.links import ascii_uri
from competency.server.negotiation import asked_for
from competency.server.responses import send
from competency.server.site import Document, Site
from competency.server.writes import Writes, allowed, outcome

_UNCODED = "/:@!$&'()*+,;=~"  # what a path may hold as it is (RFC 3986, section 3.3)
_MULTIPART = "multipart/form-data"
_MADE = "is made of what follows from a graph, anew with each publication; nobody writes it"
_NO_PART = "a part of a graph is not put (Content-Range); send the whole, or POST what is new"
_METHODS = ["GET", "PUT", "POST", "DELETE"]  # HEAD and OPTIONS come with GET


def graphs(site: Site, writes: Writes | None) -> Blueprint:
    """Return the routes of the graph store."""
    routes = Blueprint("graphs", __name__)

    @routes.route("/graphs", methods=_METHODS, strict_slashes=False)
    def indirect() -> Response:
        if request.method not in ("GET", "HEAD"):
            allowed(writes)  # whoever may not write hears nothing else
        if name := _named():
            return _serve(site, writes, name[0])
        if request.method == "POST":
            return _create(site, writes)
        raise BadRequest("name a graph: /graphs?graph=IRI, or /graphs?default")

    @routes.route("/graphs/<path:path>", methods=_METHODS)
    def direct(path: str) -> Response:
        return _serve(site, writes, request.root_url + "graphs/" + quote(path, safe=_UNCODED))

    return routes


def _named() -> list[str]:
    """Return the name of the graph that the address gives, or nothing; 400 for a wrong one."""
    names = request.args.getlist("graph")
    if "default" in request.args:
        names.append(DEFAULT_GRAPH)
    if len(names) > 1:
        raise BadRequest("name one graph: ?graph=IRI once, or ?default")
    if names and names[0] and not is_absolute(names[0]):
        raise BadRequest(f"{names[0]!r} is not an absolute IRI; write ?graph=https://...")
    return names


def _serve(site: Site, writes: Writes | None, name: str) -> Response:
    if request.method in ("GET", "HEAD"):
        return _read(site, name)
    way = allowed(writes)
    if is_inferred(site.graph, name):
        raise GraphRefused(name, _MADE)
    if request.method == "PUT" and "Content-Range" in request.headers:
        raise BadRequest(_NO_PART)  # RFC 9110, section 14.5
    there, asked = site.graph.has_graph(name), conditions()
    if request.method == "DELETE":
        if not there:
            raise NotFound("graph", name or "by default")
        return outcome(way.publish(write="delete", graph=name, note=f"delete {name}", **asked))
    body, documents = _documents()
    done = way.publish(
        body,
        write="put" if request.method == "PUT" else "post",
        graph=name,
        documents=documents,
        document_base=name or request.base_url,
        note=f"{request.method.lower()} {name or 'default graph'}",
        **asked,
    )
    return outcome(done, 204 if there or not name else 201)


def _read(site: Site, name: str) -> Response:
    """Return a graph as it was authored, or what follows from one that was.

    The default graph is there even when it is empty.
    """
    syntax = asked_for(
        request.args.get("format"), request.headers.get("Accept"), RDF_SYNTAXES, page=False
    )
    if not site.graph.has_graph(name) and name == DEFAULT_GRAPH:
        graph = NamedGraph(name, ())
    elif is_inferred(site.graph, name):
        graph = site.graph.infer(stated_name(name) or name)
    else:
        graph = site.graph.named_graph(name)
    response = send(Document.of(serialize(graph, syntax)), syntax)
    response.vary.add("Accept")
    return response


def _create(site: Site, writes: Writes | None) -> Response:
    """Take documents without a name for their graph (section 5.5).

    A framework goes to the graph of its IRI and quads to the graphs they name; for anything else
    a new graph is made, whose address is in Location.
    """
    way = allowed(writes)
    refuse_match("what has no name yet")
    body, documents = _documents()
    fresh = ascii_uri(url_for("graphs.direct", path=secrets.token_hex(8), _external=True))
    done = way.publish(
        body, write="add", documents=documents, document_base=fresh, fresh=fresh, note="post"
    )
    response = outcome(done, 201)
    if done["edition"] is not None and done["changed"]:
        name = fresh if fresh in done["changed"] else done["changed"][0]
        indirect = url_for("graphs.indirect", _external=True) + "?graph=" + quote(name, safe="")
        response.headers["Location"] = fresh if name == fresh else ascii_uri(indirect)
    return response


def _documents() -> tuple[bytes, list[tuple[str, str, int]]]:
    """Return the documents of a request end to end, and name, syntax and length of each."""
    if request.mimetype == _MULTIPART:
        parts = _parts()
    else:
        parts = [("request", _syntax(request.mimetype), sent())]
    listed = [(name, syntax.name, len(data)) for name, syntax, data in parts]
    return b"".join(data for _, _, data in parts), listed


def _parts() -> list[tuple[str, Format, bytes]]:
    request.max_content_length = request.max_form_memory_size = MAX_WRITE
    files: list[Any] = [file for name in request.files for file in request.files.getlist(name)]
    if not files:
        raise BadRequest("there is no file in the form; send each document as a file")
    return [
        (str(file.filename or file.name or "part"), _syntax(file.mimetype), file.read())
        for file in files
    ]


def _syntax(media_type: str) -> Format:
    found = by_media_type(media_type)
    if found is None:
        known = ", ".join(row.media_type for row in RDF_SYNTAXES)
        error = UnsupportedMediaType(f"send one of {known}")
        error.response = None
        raise error
    return found
