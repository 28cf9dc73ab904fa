"""Two ways to the same engine: in this process, which is the floor, and over HTTP."""

from __future__ import annotations

from typing import Protocol

import pyoxigraph as ox

from tests.w3c import comparing
from tests.w3c.client import Answer, Endpoint

GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
Graphs = dict[str, list[ox.Quad]]


class Refusal(Exception):
    """A request that was not answered: 400 for its syntax, 403 by policy, else another status."""

    def __init__(self, status: int, text: str) -> None:
        """Keep the status of ``text``, the reason."""
        super().__init__(text)
        self.status = status

    @property
    def read_well(self) -> bool:
        """Whether the request was understood: the reason names no place in its text."""
        return self.status != 400 or '"line"' not in str(self)


class Engine(Protocol):
    """What a test of the language needs."""

    def query(self, text: str, accept: str, base: str | None = None) -> tuple[str, bytes]:
        """Answer a query: media type and bytes."""

    def update(self, text: str, base: str | None = None) -> None:
        """Change the dataset."""

    def load(self, graphs: Graphs) -> None:
        """Hold these graphs and no others."""

    def dump(self) -> Graphs:
        """Return all graphs that hold a triple."""


def loading(graphs: Graphs) -> str:
    """Return one update that leaves these graphs and no others: one edition on our server."""
    named = [name for name, quads in graphs.items() if name and not quads]
    blocks = "".join(
        f"GRAPH <{name}> {{\n{_lines(quads)}}}\n" if name else _lines(quads)
        for name, quads in graphs.items()
    )
    created = "".join(f"CREATE SILENT GRAPH <{name}> ;\n" for name in named)
    return f"DROP ALL ;\n{created}INSERT DATA {{\n{blocks}}}"


def _lines(quads: list[ox.Quad]) -> str:
    return "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in quads)


class InProcess:
    """A store in memory: what it passes is what the server has to pass."""

    def __init__(self) -> None:
        """Start with no graphs."""
        self._store = ox.Store()

    def query(self, text: str, accept: str, base: str | None = None) -> tuple[str, bytes]:
        """Answer a query in the form of ``accept``, or as N-Triples."""
        try:
            found = self._store.query(text, base_iri=base)
            if isinstance(found, ox.QueryTriples):
                return "application/n-triples", found.serialize(
                    format=ox.RdfFormat.N_TRIPLES
                ) or b""
            form = ox.QueryResultsFormat.from_media_type(accept) or ox.QueryResultsFormat.JSON
            return form.media_type.partition(";")[0], found.serialize(format=form) or b""
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise _refusal(error) from error

    def update(self, text: str, base: str | None = None) -> None:
        """Change the store."""
        try:
            self._store.update(text, base_iri=base)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise _refusal(error) from error

    def load(self, graphs: Graphs) -> None:
        """Begin with a new store."""
        self._store = ox.Store()
        self.update(loading(graphs))

    def dump(self) -> Graphs:
        """Return all graphs that hold a triple."""
        graphs: Graphs = {}
        for quad in self._store:
            name = quad.graph_name
            key = "" if isinstance(name, ox.DefaultGraph) else name.value
            graphs.setdefault(key, []).append(ox.Quad(quad.subject, quad.predicate, quad.object))
        return graphs


def _refusal(error: Exception) -> Refusal:
    """Return an error as a status; one that is not about the text names no place in it."""
    return Refusal(400 if isinstance(error, SyntaxError) else 500, str(error))


class OverHttp:
    """A server: queries and updates by POST, graphs by the graph store protocol."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Talk to ``endpoint``, whatever it holds now."""
        self._endpoint = endpoint
        self._loaded = ""

    def query(self, text: str, accept: str, base: str | None = None) -> tuple[str, bytes]:
        """Send a query; a base is the server's own matter."""
        answer = _good(self._endpoint.run_query(text, accept))
        return answer.media, answer.body

    def update(self, text: str, base: str | None = None) -> None:
        """Send an update; a base is the server's own matter."""
        loaded, self._loaded = self._loaded, ""
        answer = self._endpoint.run_update(text)
        if 400 <= answer.status < 500:  # nothing was changed
            self._loaded = loaded
        _good(answer)

    def load(self, graphs: Graphs) -> None:
        """Write these graphs, unless they are what was written last."""
        text = loading(graphs)
        if text != self._loaded:
            self.update(text)
            self._loaded = text

    def dump(self) -> Graphs:
        """Read each graph from the graph store."""
        _, body = self.query(GRAPHS, "application/sparql-results+json")
        found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        assert isinstance(found, ox.QuerySolutions)
        names = [row["g"].value for row in found if isinstance(row["g"], ox.NamedNode)]
        return {name: self._graph(name) for name in ("", *names)}

    def _graph(self, name: str) -> list[ox.Quad]:
        address = self._endpoint.graph(name)
        answer = _good(self._endpoint.send("GET", address, {"Accept": "application/n-triples"}))
        return comparing.parse(answer.media, answer.body, address)


def _good(answer: Answer) -> Answer:
    if answer.status >= 300:
        raise Refusal(answer.status, str(answer))
    return answer
