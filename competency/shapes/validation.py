"""Run the shapes over data with pySHACL and return a report. The one module that imports it.

What is closed in here: pySHACL swallows misspelt options, may return an exception where a report
belongs, adds triples to the shapes it is given, and parses a SPARQL constraint again for every
node it looks at. It is therefore called in one place, on private copies, with prepared queries.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rdflib import RDFS, Dataset, Graph, URIRef
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from competency.errors import ParseError, ShapesError
from competency.ontology.vocabulary import Vocabulary, own_vocabulary
from competency.shapes.explaining import explain
from competency.shapes.finding import read_report
from competency.shapes.loading import own_shapes
from competency.shapes.naming import Namer
from competency.shapes.report import Report

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query

Triple = tuple[Node, Node, Node]


def validate(
    data: Graph, *, shapes: Graph | None = None, vocabulary: Graph | None = None
) -> Report:
    """Return what the shapes find in data; data that does not conform is no error.

    ``shapes`` are ours unless given (:func:`load_shapes`); ``vocabulary`` is the ontology whose
    class tree and terms count, ours unless given. No inference is run, and none of the three
    graphs is changed. Of a Dataset, all graphs are looked at together. ShapesError when the shapes
    cannot be used, ParseError when the data cannot be checked at all (parts nested hundreds deep).

    >>> from rdflib import Graph
    >>> validate(Graph()).conforms
    True
    """
    rules = own_shapes() if shapes is None else shapes
    words = own_vocabulary() if vocabulary is None else _vocabulary_of(vocabulary)
    checked = _PreparedGraph(bind_namespaces="none")
    _add_all(checked, _triples(data))
    _add_all(checked, _context(words.graph))
    found = _run(checked, rules)
    return explain(read_report(found), rules, Namer(checked, words))


def _run(data: Graph, shapes: Graph) -> Graph:
    """Call pySHACL and return its report graph; see the module's first lines for its traps."""
    from pyshacl import validate as run
    from pyshacl.errors import ReportableRuntimeError

    copy = Graph(bind_namespaces="none")
    _add_all(copy, shapes)
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
    """Return a parsed query. One a thread, as rdflib keeps state in it while it runs."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql import prepareQuery

    try:
        return prepareQuery(text)
    except ParseException as error:
        raise ShapesError("shapes", f"SPARQL, line {error.lineno}: {error.msg}") from error


def _vocabulary_of(graph: Graph) -> Vocabulary:
    vocabulary = Vocabulary()
    vocabulary.graph = graph
    return vocabulary


def _context(vocabulary: Graph) -> Iterator[Triple]:
    """Give what shapes need of the ontology: its tree of named classes and the list of terms."""
    for property_ in (RDFS.subClassOf, RDFS.isDefinedBy):
        for subject, _, object_ in vocabulary.triples((None, property_, None)):
            if isinstance(subject, URIRef) and isinstance(object_, URIRef):
                yield subject, property_, object_


def _triples(data: Graph) -> Iterator[Triple]:
    """Give the triples of a graph, or of all graphs of a dataset."""
    if isinstance(data, Dataset):
        for subject, predicate, object_, _ in data.quads((None, None, None, None)):
            yield subject, predicate, object_
    else:
        yield from data


def _add_all(graph: Graph, triples: Iterable[Triple]) -> None:
    for triple in triples:
        graph.add(triple)
