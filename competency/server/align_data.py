"""Suggestions as data: SSSOM that people decide in, JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator

from competency.align import Suggestion
from competency.formats import SSSOM, Format
from competency.graph.sssom import write
from competency.ontology import shorten
from competency.server.aligning import Queue
from competency.server.decisions import table
from competency.server.tables import CSV, JSON, Row, Table, json_of, table_of

FORMATS = (JSON, SSSOM, CSV)
_COLUMNS = (
    "left", "left_code", "left_text", "left_place", "relation",
    "right", "right_code", "right_text", "right_place", "likeness", "shared", "reasons",
)  # fmt: skip


def written(queue: Queue, syntax: Format, base: str) -> bytes:
    """Return suggestions in a format; the table has all that is to review."""
    if syntax is SSSOM:
        return write(table(queue, base))
    if syntax is CSV:
        return table_of(CSV, Table("Suggestions", _COLUMNS, _rows(queue)))
    told = {
        "left": {"iri": queue.left.iri, "title": queue.left.title},
        "right": {"iri": queue.right.iri, "title": queue.right.title},
        "total": queue.total,
        "suggestions": [_plain(item) for item in queue.suggestions],
    }
    return json_of(told)


def _plain(item: Suggestion) -> dict[str, object]:
    return {
        "subject": item.subject,
        "subject_label": item.left.text,
        "predicate": shorten(item.predicate),
        "object": item.object,
        "object_label": item.right.text,
        "language": item.left.language or None,
        "similarity_score": item.score,
        "shared": [str(word) for word in item.shared],
        "reasons": [str(reason) for reason in item.reasons],
    }


def _rows(queue: Queue) -> Iterator[Row]:
    for item in queue.suggestions:
        row = {
            "relation": shorten(item.predicate),
            "likeness": f"{item.score:g}",
            "shared": "; ".join(map(str, item.shared)),
            "reasons": "; ".join(item.reasons),
        }
        for name, end in (("left", item.left), ("right", item.right)):
            row[name], row[f"{name}_code"] = end.iri, end.code or ""
            row[f"{name}_text"], row[f"{name}_place"] = end.text, " > ".join(end.place)
        yield row
