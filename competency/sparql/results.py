"""Answers to queries: rows, a truth value, or triples; each can be written in its formats."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import Graph, Literal
from rdflib.term import Node

from competency.errors import DependencyMissing, FormatError
from competency.formats import RESULT_FORMATS, Format, by_name
from competency.graph import NamedGraph, serialize, to_rdflib
from competency.ontology import shorten

if TYPE_CHECKING:
    import pandas

RESULT_WRITERS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}


class Row(Mapping[str, Node | None]):
    """One solution: ``row["label"]`` is an RDF term, or None where the variable is unbound."""

    def __init__(self, variables: tuple[str, ...], terms: tuple[Node | None, ...]) -> None:
        """Pair variables with terms."""
        self._terms = dict(zip(variables, terms, strict=True))

    def __getitem__(self, name: str) -> Node | None:
        return self._terms[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{k}={str(v)!r}' for k, v in self._terms.items())})"

    def to_dict(self) -> dict[str, Any]:
        """Return plain Python values: text, numbers, truth values, dates, None."""
        return {name: plain(term) for name, term in self._terms.items()}


class Rows:
    """The answer to a SELECT query."""

    form = "SELECT"

    def __init__(self, raw: bytes) -> None:
        """Read an answer in the SPARQL 1.1 results JSON format."""
        self._raw = raw
        solutions = ox.parse_query_results(raw, format=RESULT_WRITERS["json"])
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("not the answer to a SELECT query")
        self.variables: tuple[str, ...] = tuple(item.value for item in solutions.variables)
        self._rows = [self._row(solution) for solution in solutions]

    def _row(self, solution: ox.QuerySolution) -> Row:
        terms = (solution[name] for name in self.variables)
        return Row(self.variables, tuple(None if t is None else to_rdflib(t) for t in terms))

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> Row:
        return self._rows[index]

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return each row as a dictionary of plain Python values."""
        return [row.to_dict() for row in self._rows]

    def to_pandas(self) -> pandas.DataFrame:
        """Return a pandas frame; DependencyMissing where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise DependencyMissing("pandas", "pandas") from error
        return pandas.DataFrame(self.to_dicts(), columns=list(self.variables))

    def serialize(self, syntax: Format | str = "json") -> bytes:
        """Write the rows as SPARQL JSON, XML, CSV or TSV; FormatError for anything else."""
        row = result_format(syntax)
        if row.name == "json":
            return self._raw
        solutions = ox.parse_query_results(self._raw, format=RESULT_WRITERS["json"])
        return solutions.serialize(format=RESULT_WRITERS[row.name]) or b""

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {', '.join(self.variables)}>"

    def _repr_html_(self) -> str:
        """Return a table for notebooks, 100 rows at most; everything is escaped."""
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.variables)
        body = "".join(
            f"<tr>{''.join(f'<td>{html.escape(display(term))}</td>' for term in row.values())}</tr>"
            for row in self._rows[:100]
        )
        more = f"<caption>100 of {len(self)} rows</caption>" if len(self) > 100 else ""
        return f"<table>{more}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class Truth:
    """The answer to an ASK query; ``bool(answer)`` is the answer."""

    form = "ASK"

    def __init__(self, value: bool) -> None:
        """Hold the truth value."""
        self.value = value

    def __bool__(self) -> bool:
        return self.value

    def __repr__(self) -> str:
        return "yes" if self.value else "no"

    def serialize(self, syntax: Format | str = "json") -> bytes:
        """Write the answer as SPARQL JSON or XML; in CSV and TSV it is the bare word."""
        raw = b'{"head":{},"boolean":%s}' % (b"true" if self.value else b"false")
        name = result_format(syntax).name
        if name == "json":
            return raw
        answer = ox.parse_query_results(raw, format=RESULT_WRITERS["json"])
        return answer.serialize(format=RESULT_WRITERS[name]) or b""


class Triples:
    """The answer to a CONSTRUCT or DESCRIBE query: one graph, which has no name (section 16.2)."""

    def __init__(self, form: str, triples: list[ox.Triple]) -> None:
        """Hold the triples, each once."""
        self.form, self._named = form, NamedGraph("", triples)

    @property
    def graph(self) -> Graph:
        """Return the triples as an rdflib graph."""
        return self._named.graph

    def __len__(self) -> int:
        return len(self._named.triples)

    def __repr__(self) -> str:
        return f"<{len(self)} triples>"

    def serialize(self, syntax: Format | str = "turtle") -> bytes:
        """Write the triples in any RDF syntax; FormatError for anything else."""
        return serialize(self._named, by_name(syntax) if isinstance(syntax, str) else syntax)


Answer = Rows | Truth | Triples


def result_format(syntax: Format | str) -> Format:
    """Return the row of the table for the results of SELECT and ASK."""
    if isinstance(syntax, str):
        return by_name(syntax, RESULT_FORMATS)
    if syntax not in RESULT_FORMATS:
        raise FormatError(syntax.name, (row.name for row in RESULT_FORMATS))
    return syntax


def display(term: Node | None) -> str:
    """Return a term for people: text as it is, IRIs with their prefix where one is known."""
    if term is None:
        return ""
    return str(term) if isinstance(term, Literal) else shorten(str(term))


def plain(term: Node | None) -> Any:
    """Return a term as a plain Python value."""
    value = term.toPython() if isinstance(term, Literal) else term
    return value if value is None or isinstance(value, bool | int | float) else _text_or(value)


def _text_or(value: Any) -> Any:
    """Return dates and decimals as they are, anything that is text as plain text."""
    return str(value) if isinstance(value, str) else value
