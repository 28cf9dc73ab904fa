"""The reference engine: pySHACL on rdflib in memory. The one module that imports it.

It is what the fast engine is compared with, and what ``validate(engine="reference")`` runs.
What is closed in here: pySHACL swallows misspelt options, may return an exception where a report
belongs, adds triples to the shapes it is given, and parses a SPARQL constraint again for every
node it looks at. It is therefore called in one place, on private copies, with prepared queries.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rdflib import Graph
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from competency.errors import ParseError, ShapesError
from competency.shapes.engine.tokens import tokens
from competency.shapes.finding import Finding, read_report

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query

Triple = tuple[Node, Node, Node]

_FETCHES = frozenset({"SERVICE", "FROM", "LOAD"})


def find_by_reference(data: Iterable[Triple], shapes: Graph) -> tuple[Finding, ...]:
    """Return what pySHACL finds in data; neither is changed, and no inference is run.

    ShapesError when the shapes cannot be used, ParseError when the data cannot be checked at all
    (parts nested hundreds deep, IRIs with backslashes).

    >>> find_by_reference(Graph(), Graph())
    ()
    """
    checked = _PreparedGraph(bind_namespaces="none")
    for triple in data:
        checked.add(triple)
    return read_report(_run(checked, shapes))


def _run(data: Graph, shapes: Graph) -> Graph:
    """Call pySHACL and return its report graph; see the module's first lines for its traps."""
    from pyshacl import validate as run
    from pyshacl.errors import ReportableRuntimeError

    copy = Graph(bind_namespaces="none")
    for triple in shapes:
        copy.add(triple)
    try:
        _, report, _ = run(data, shacl_graph=copy, inference="none", advanced=False, inplace=True)
    except ReportableRuntimeError as error:
        raise ShapesError("shapes", " ".join(str(error).split())) from error
    except RecursionError as error:
        raise ParseError("data", "parts are nested too deeply to be checked") from error
    except re.error as error:
        raise ParseError("data", "an IRI has a backslash in it") from error
    if not isinstance(report, Graph):
        raise ShapesError("shapes", " ".join(str(report).split()))
    return report


class _PreparedGraph(Graph):
    """A graph in memory that parses each SPARQL text once in a thread, whoever asks it.

    pySHACL asks the same few constraints of every framework; parsing is most of the time.
    """

    def query(self, query_object: str | Query, *arguments: Any, **options: Any) -> QueryResult:
        """Answer a query; a text is prepared, and kept for the next time."""
        if isinstance(query_object, str):
            query_object = _prepared(query_object, threading.get_ident())
        return super().query(query_object, *arguments, **options)


@lru_cache(maxsize=256)
def _prepared(text: str, thread: int) -> Query:
    """Return a parsed query. One a thread, as rdflib keeps state in it while it runs.

    ShapesError also for what would fetch something: rdflib opens what FROM and SERVICE name.
    """
    from pyparsing import ParseException
    from rdflib.plugins.sparql import prepareQuery

    for token in tokens(text, "shapes"):
        if token.word in _FETCHES:
            raise ShapesError("shapes", f"{token.word} is not allowed in a query of a shape")
    try:
        return prepareQuery(text)
    except ParseException as error:
        raise ShapesError("shapes", f"SPARQL, line {error.lineno}: {error.msg}") from error
