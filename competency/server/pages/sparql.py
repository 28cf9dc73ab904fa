"""The page of the endpoint: the editor, the questions that are ready to ask, and an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flask import url_for
from rdflib import BNode, Literal
from rdflib.term import Node

from competency.errors import CompetencyError, QueryError
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS, Format
from competency.ontology import PREFIXES, shorten
from competency.server.links import Download, Links
from competency.server.pages.editor import frameworks_of
from competency.server.pages.values import Text, Value
from competency.server.protocol import Asked
from competency.server.site import Site
from competency.sparql import Question, Rows, Written, questions

MAX_ROWS = 500
MAX_PICKED = 200  # frameworks that a parameter proposes
_PLAIN = ("en", "xsd:integer")  # what a table need not say of each cell
_EXAMPLE = """SELECT ?framework ?title
WHERE {
  ?framework a comp:Framework ;
    rdfs:label ?title .
}
ORDER BY ?title
"""


@dataclass(frozen=True)
class Choice:
    """A named question in the list of those to pick from."""

    url: str
    title: str
    description: str
    current: bool


@dataclass(frozen=True)
class AnswerView:
    """An answer as the page shows it; ``shown`` rows or characters of ``total``."""

    sort: str
    total: int
    shown: int
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Value | None, ...], ...] = ()
    truth: bool = False
    text: str = ""
    downloads: tuple[Download, ...] = ()


@dataclass(frozen=True)
class Fault:
    """What is wrong with a query, and the line of it where reading stopped."""

    message: str
    line: int | None = None
    row: str = ""
    column: int | None = None


@dataclass(frozen=True)
class SparqlPage:
    """The page of the endpoint."""

    asked: Asked
    query: str
    question: Question | None
    choices: tuple[Choice, ...]
    prefixes: tuple[tuple[str, str], ...]
    answer: AnswerView | None
    fault: Fault | None


def sparql_page(
    asked: Asked,
    query: str | None,
    question: Question | None,
    answer: AnswerView | None = None,
    error: CompetencyError | None = None,
) -> SparqlPage:
    """Return what the page shows: before a query, with its answer, or with its fault."""
    return SparqlPage(
        asked=asked,
        query=_EXAMPLE if query is None else query,
        question=question,
        choices=tuple(choices(asked.question)),
        prefixes=tuple(sorted(PREFIXES.items())),
        answer=answer,
        fault=_fault(error, query or "") if error else None,
    )


def choices(current: str | None = None) -> list[Choice]:
    """Return the named questions as links."""
    return [
        Choice(
            url_for("endpoint.sparql", question=item.name),
            item.title,
            item.description,
            item.name == current,
        )
        for item in questions()
    ]


def frameworks_to_pick(site: Site) -> tuple[tuple[str, str], ...]:
    """Return IRI and title of the frameworks that the parameters of a question propose."""
    return tuple((item.iri, item.title) for item in frameworks_of(site)[:MAX_PICKED])


def answer_view(written: Written, form: str, asked: Asked, links: Links) -> AnswerView:
    """Return the beginning of an answer for people, as much as a page holds, and links to all."""
    if form == "SELECT":
        answer = Rows(written.data)
        cell = cache(lambda term: cell_of(term, links))  # columns repeat their values
        rows = tuple(tuple(map(cell, row.values())) for row in answer)
        files = _downloads(RESULT_FORMATS, asked)
        return AnswerView("rows", written.total, len(rows), answer.variables, rows, downloads=files)
    if form == "ASK":
        files = _downloads(RESULT_FORMATS[:2], asked)
        return AnswerView("truth", 1, 1, truth=b"true" in written.data, downloads=files)
    text = written.data.decode()
    files = _downloads(RDF_SYNTAXES, asked)
    return AnswerView("triples", written.total, len(text), text=text, downloads=files)


def cell_of(term: Node | None, links: Links) -> Value | None:
    """Return a term of a row: IRIs short and with their link, literals with language or type."""
    if term is None:
        return None
    if isinstance(term, Literal):
        note = term.language or (shorten(str(term.datatype)) if term.datatype else "")
        return Value(Text(str(term), term.language or ""), note="" if note in _PLAIN else note)
    if isinstance(term, BNode):
        return Value(Text(f"_:{term}"))
    iri = str(term)
    url = links.to(iri)
    return Value(Text(links.site.path_of(iri) or shorten(iri)), url, note=iri if url else "")


def _downloads(table: Sequence[Format], asked: Asked) -> tuple[Download, ...]:
    """Return links to the same answer in every format."""
    return tuple(
        Download(
            url_for("endpoint.sparql", **asked.link(format=row.name)), row.title, row.media_type
        )
        for row in table
    )


def _fault(error: CompetencyError, query: str) -> Fault:
    if not isinstance(error, QueryError) or not error.line:
        return Fault(str(error))
    rows = query.splitlines() or [""]
    row = rows[min(error.line, len(rows)) - 1]
    return Fault(error.reason, error.line, row, error.column)
