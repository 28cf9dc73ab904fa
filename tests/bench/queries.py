"""Ten queries that users of such a graph really ask (queries/*.rq), and how answers are compared.

They are plain SPARQL 1.1. What each answers does not depend on the engine: rows count as a
multiset, and those that end at a LIMIT come in an order that is complete.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

FOLDER = Path(__file__).parent / "queries"
JSON = "application/sparql-results+json"
Answer = Counter[Hashable]  # rows or triples, and how often each comes


@dataclass(frozen=True)
class Query:
    """A query: its name, what it asks, its text, and whether its answer is triples."""

    name: str
    what: str
    text: str
    triples: bool


def queries() -> list[Query]:
    """Return the ten, in their order.

    >>> len(queries())
    10
    """
    return [_query(file) for file in sorted(FOLDER.glob("*.rq"))]


def _query(file: Path) -> Query:
    text = file.read_text(encoding="utf-8")
    what = text.partition("\n")[0].lstrip("# ")
    return Query(file.stem, what, text, "\nCONSTRUCT" in text)


def read_answer(body: bytes, media: str) -> Answer:
    """Return what an answer says, whatever its format; ValueError when it is cut or no answer."""
    if media.endswith("json"):
        return Counter(map(_row, json.loads(body)["results"]["bindings"]))
    syntax = ox.RdfFormat.from_media_type(media)
    if syntax is None:
        raise ValueError(f"an answer of {media}")
    return Counter(
        {(str(q.subject), str(q.predicate), _plain(q.object)) for q in ox.parse(body, syntax)}
    )


def _row(row: dict[str, dict[str, Any]]) -> Hashable:
    return frozenset((name, _term(**term)) for name, term in row.items())


def _term(type: str, value: str, **more: str) -> str:
    if type == "uri":
        return str(ox.NamedNode(value))
    if type == "bnode":
        return "_:"
    language = more.get("xml:lang")
    if language:
        return str(ox.Literal(value, language=language.lower()))
    datatype = more.get("datatype")
    return str(ox.Literal(value, datatype=ox.NamedNode(datatype) if datatype else None))


def _plain(term: Any) -> str:
    if isinstance(term, ox.Literal) and term.language:
        return str(ox.Literal(term.value, language=term.language.lower()))
    return "_:" if isinstance(term, ox.BlankNode) else str(term)
