"""Reading what an engine answers, to the end: what is cut or malformed is an error, never a part.

Rows come as SPARQL JSON and triples as N-Triples, whatever the client asked for: an answer that
was cut in those is seen, where it would pass for a whole one in CSV. They are written in the
format that was asked for from there.
"""

from __future__ import annotations

from typing import TypeGuard

import pyoxigraph as ox

from competency.errors import CompetencyError, EndpointError, TimeReached
from competency.graph.store import Term
from competency.sparql.limits import Limits
from competency.sparql.querying import OxigraphResult
from competency.sparql.remote.client import Client, Reply
from competency.sparql.results import Truth

ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
TRIPLES = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_VIRTUOSO_ASK = "__ASK_RETVAL"  # Virtuoso 7.2 answers ASK with a row or with none
_VIRTUOSO_NODE = b'"nodeID://'  # and names blank nodes so that no parser takes them


class Questions:
    """Our own questions to an engine: for pages, for data, and before a write.

    Questions(Client("http://127.0.0.1:7878/query"), Limits()).rows("SELECT ?g { GRAPH ?g {} }")
    """

    def __init__(self, client: Client, limits: Limits) -> None:
        """Ask through ``client``, within the limits that queries have."""
        self.client, self._limits = client, limits

    def rows(self, text: str) -> list[dict[str, str]]:
        """Return the rows of a SELECT query, each with the texts of what is bound in it.

        Blank nodes are left out: no later question could name them.
        """
        return [
            {name: term.value for name, term in row.items() if not isinstance(term, ox.BlankNode)}
            for row in self.terms(text)
        ]

    def terms(self, text: str) -> list[dict[str, Term]]:
        """Return the rows of a SELECT query, each with the terms that are bound in it."""
        found = result(self._ask(text, ROWS), self.client.name)
        if not isinstance(found, ox.QuerySolutions):
            raise _malformed(self.client.name, "SPARQL results", "a truth value instead of rows")
        names = [variable.value for variable in found.variables]
        return [
            {name: term for name in names if (term := row[name]) is not None and is_term(term)}
            for row in found
        ]

    def truth(self, text: str) -> bool:
        """Return the answer to an ASK query."""
        return truth_of(result(self._ask(text, ROWS), self.client.name))

    def triples(self, text: str) -> list[ox.Triple]:
        """Return the triples of a CONSTRUCT query, in an order that is always the same."""
        return triples_of(self._ask(text, TRIPLES), self.client.name)

    def _ask(self, text: str, accept: str) -> Reply:
        limits = self._limits
        return self.client.query(text, accept, seconds=limits.seconds, most=limits.answer)


def whole(reply: Reply, name: str) -> bytes:
    """Return an answer to SELECT or ASK as SPARQL JSON; EndpointError where it is not whole."""
    syntax = ox.QueryResultsFormat.from_media_type(reply.media_type)
    if syntax is None:
        raise _malformed(name, "SPARQL results", reply.media_type or "no media type")
    data = reply.data
    if _VIRTUOSO_NODE in data:
        data = data.replace(b'"bnode", "value": ' + _VIRTUOSO_NODE, b'"bnode", "value": "')
    try:
        found = ox.parse_query_results(data, format=syntax)
        return found.serialize(format=ox.QueryResultsFormat.JSON) or b""
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise _cut(reply, _malformed(name, "SPARQL results", str(error))) from error


def result(reply: Reply, name: str) -> OxigraphResult:
    """Return an answer to SELECT or ASK to look into; EndpointError where it is not whole."""
    return ox.parse_query_results(whole(reply, name), format=ox.QueryResultsFormat.JSON)


def truth_of(found: OxigraphResult) -> bool:
    """Return the answer to an ASK query, also where an engine writes it as a row."""
    if isinstance(found, ox.QuerySolutions):
        return any(row[0].value not in ("0", "false") for row in found if row[0] is not None)
    return bool(found)


def as_asked(found: OxigraphResult, form: str) -> OxigraphResult:
    """Return an answer to ASK as a truth value, also where an engine writes it as a row."""
    if form == "ASK" and isinstance(found, ox.QuerySolutions):
        data = Truth(truth_of(found)).serialize("json")
        return ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    return found


def triples_of(reply: Reply, name: str) -> list[ox.Triple]:
    """Return the triples of an answer, each once, sorted; EndpointError where it is malformed."""
    syntax = ox.RdfFormat.from_media_type(reply.media_type)
    if syntax is None:
        raise _malformed(name, "RDF", reply.media_type or "no media type")
    try:
        found = {quad.triple for quad in ox.parse(reply.data, format=syntax)}
    except SyntaxError as error:
        raise _cut(reply, _malformed(name, syntax.name, str(error.args[0]))) from error
    return sorted(found, key=str)


def _malformed(name: str, wanted: str, reason: str) -> EndpointError:
    return EndpointError(name, f"answers what is no whole {wanted}: {' '.join(reason.split())}")


def _cut(reply: Reply, otherwise: EndpointError) -> CompetencyError:
    """Return the error for an answer that broke off: Oxigraph writes into it that time is over."""
    if reply.data.rstrip().endswith(b"operation has been cancelled"):
        return TimeReached("time", "the engine stopped the query: its own time was over")
    return otherwise


def is_term(term: object) -> TypeGuard[Term]:
    """Say whether a term is one of RDF 1.1."""
    return isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal)
