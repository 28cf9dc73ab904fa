"""Running queries over a knowledge graph (SPARQL 1.1 Query)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyoxigraph as ox

from competency.errors import QueryError
from competency.graph import KnowledgeGraph
from competency.ontology import PREFIXES
from competency.sparql.guard import Prepared, place, prepare, undeclared_prefix
from competency.sparql.results import Answer, Rows, Triples, Truth


def run_query(
    graph: KnowledgeGraph,
    text: str | Prepared,
    *,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Answer:
    """Answer a query; our prefixes need no declaration.

    Without FROM or ``default_graphs`` the query sees all frameworks together. ``default_graphs``
    and ``named_graphs`` are graph IRIs and take the place of FROM (SPARQL 1.1 Protocol, 2.1.4).
    Raises QueryError with line and column, or QueryRefused.

        run_query(graph, "SELECT * WHERE { ?framework a comp:Framework }")
    """
    prepared = prepare(text) if isinstance(text, str) else text
    given = bool(default_graphs or named_graphs)
    try:
        result = graph.store.query(
            prepared.text,
            prefixes=PREFIXES,
            base_iri=graph.base,
            use_default_graph_as_union=not (given or prepared.has_dataset),
            default_graph=[_iri(name) for name in default_graphs] if given else None,
            named_graphs=[_iri(name) for name in named_graphs] if given else None,
        )
        return _answer(result, prepared.form, graph.base)
    except SyntaxError as error:
        raise _query_error(prepared.text, str(error)) from error


def select(graph: KnowledgeGraph, text: str) -> Rows:
    """Answer a SELECT query; QueryError when the query is of another form.

    select(graph, "SELECT ?label WHERE { ?x a comp:Framework ; rdfs:label ?label }")
    """
    answer = run_query(graph, text)
    if not isinstance(answer, Rows):
        raise QueryError(f"this is {answer.form}; a SELECT query is wanted here")
    return answer


def _answer(result: object, form: str, base: str) -> Answer:
    if isinstance(result, ox.QueryBoolean):
        return Truth(bool(result))
    if isinstance(result, ox.QuerySolutions):
        return Rows(result.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    if isinstance(result, ox.QueryTriples):
        return Triples(form, list(result), base)
    raise TypeError(f"no such answer: {result!r}")


def _iri(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError as error:
        raise QueryError(f"graph name {name!r} is not an absolute IRI") from error


def _query_error(text: str, message: str) -> QueryError:
    """Turn the parser's message into one line that shows the place and what stands there."""
    found = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not found:
        return QueryError(" ".join(message.split()))
    line, column = int(found[1]), int(found[2])
    if unknown := undeclared_prefix(text):
        reason = f"the prefix {unknown[0]}: is not declared; write PREFIX {unknown[0]}: <IRI> first"
        return QueryError(reason, *place(text, unknown[1]))
    if "unbound" in found[3]:
        reason = "a selected variable is neither grouped by nor counted; add it to GROUP BY"
        return QueryError(reason, line, column)
    row = text.split("\n")[min(line, text.count("\n") + 1) - 1]
    here = row[column - 1 : column + 24].strip()
    reason = f"cannot go on at '{here}'" if here else "the query ends too early"
    return QueryError(reason + _expected(found[3]), line, column)


def _expected(message: str) -> str:
    """Return the keywords that the parser would have accepted, where they are few."""
    items = message.removeprefix("expected ").removeprefix("one of ").split(", ")
    words = [
        item for item in items if re.fullmatch(r"[A-Z]{2,}", item) and item not in ("TZ", "IF")
    ]
    return f"; expected {' or '.join(words)}" if 0 < len(words) <= 4 else ""
