"""Writing an answer within a budget of bytes: whole, or an error that says it is too large."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from competency.errors import LimitReached
from competency.formats import Format, by_name
from competency.graph import NamedGraph, serialize
from competency.sparql.querying import OxigraphResult, cannot_run
from competency.sparql.results import RESULT_WRITERS, Truth, result_format

_SMALLEST = 24  # bytes that a triple takes at least in any syntax but the tersest Turtle


@dataclass(frozen=True)
class Written:
    """An answer as bytes; ``total`` is the number of rows or characters of the whole answer."""

    data: bytes
    total: int = 0


def write_answer(result: OxigraphResult, form: str, syntax: Format, most: int) -> Written:
    """Write an answer in a syntax, ``most`` bytes of it; LimitReached where it is larger.

    Triples are one graph without a name (SPARQL 1.1 Query, section 16.2). FormatError where the
    syntax does not fit the form of the query.
    """
    if isinstance(result, ox.QueryBoolean):
        return Written(Truth(bool(result)).serialize(syntax), 1)
    sink = Bounded(most)
    try:
        if isinstance(result, ox.QuerySolutions):
            result.serialize(sink, format=RESULT_WRITERS[result_format(syntax).name])
            return Written(sink.getvalue())
        if syntax.name == "ntriples":
            result.serialize(sink, format=ox.RdfFormat.N_TRIPLES)
            return Written(_in_order(sink))
        sink.write(serialize(NamedGraph("", _within(result, most)), by_name(syntax.name)))
    except RuntimeError as error:
        raise cannot_run(error) from error
    return Written(sink.getvalue())


def preview(result: OxigraphResult, form: str, rows: int, most: int) -> Written:
    """Write the beginning of an answer for a page: rows as JSON, triples as Turtle.

    The whole answer is worked out, within the budget, so that its size can be told.
    """
    if isinstance(result, ox.QueryTriples):
        text = write_answer(result, form, by_name("turtle"), most).data.decode()
        return Written(text[: rows * 200].encode(), len(text))
    written = write_answer(result, form, result_format("json"), most)
    if isinstance(result, ox.QueryBoolean):
        return written
    answer: dict[str, Any] = json.loads(written.data)
    bindings = answer["results"]["bindings"]
    answer["results"]["bindings"] = bindings[:rows]
    return Written(json.dumps(answer, ensure_ascii=False).encode(), len(bindings))


class Bounded(io.BytesIO):
    """A buffer that takes no more than a number of bytes."""

    def __init__(self, most: int) -> None:
        """Take ``most`` bytes."""
        super().__init__()
        self._most = most

    def write(self, data: Any, /) -> int:
        """Take bytes; LimitReached when they are too many."""
        if self.tell() + len(data) > self._most:
            raise too_large(self._most)
        return super().write(data)


def _in_order(sink: Bounded) -> bytes:
    """Return lines of N-Triples in order, as :func:`competency.graph.serialize` writes them."""
    sink.seek(0)
    return b"".join(sorted(sink.readlines()))


def too_large(most: int) -> LimitReached:
    """Return the error for an answer of more than ``most`` bytes."""
    return LimitReached(
        "bytes", f"the answer is larger than {most:,} bytes; add LIMIT, or ask for less"
    )


def _within(result: ox.QueryTriples, most: int) -> list[ox.Triple]:
    """Return the triples, as long as they can be written within the budget at all."""
    found: list[ox.Triple] = []
    for triple in result:
        found.append(triple)
        if len(found) * _SMALLEST > most:
            raise too_large(most)
    return found
