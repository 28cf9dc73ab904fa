"""A comparison as data: JSON for programs, CSV for spreadsheets, RDF for graphs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from competency.formats import RDF_SYNTAXES, Format
from competency.graph import Framework, Item, KnowledgeGraph, Part, serialize
from competency.graph.alignments import Alignment, alignment_graph, all_alignments
from competency.graph.comparison import Comparison, Side
from competency.ontology import shorten

JSON = Format("json", "JSON", ("application/json",), (".json",))
CSV = Format("csv", "CSV", ("text/csv",), (".csv",))
FORMATS = (JSON, CSV, *RDF_SYNTAXES)
_COLUMNS = (
    "left", "left_code", "left_kind", "left_text", "relation",
    "right", "right_code", "right_kind", "right_text",
    "confidence", "justification", "author", "date", "comment", "alignment",
)  # fmt: skip


def written(found: Comparison, syntax: Format, iri: str) -> bytes:
    """Return a comparison in a format; ``iri`` is the address of it, which names its graph."""
    graph = found.left.framework.home
    if syntax is JSON:
        return json_of(_document(found))
    if syntax is CSV:
        return _csv(_COLUMNS, _rows(graph, found))
    return serialize(alignment_graph(graph, [*found.matches, *found.opposites], iri), syntax)


def every_couple(
    graph: KnowledgeGraph,
    counts: Mapping[tuple[str, str], tuple[int, int]],
    syntax: Format,
    iri: str,
) -> bytes:
    """Return which frameworks have how many alignments, or in RDF all alignments there are."""
    rows = [
        {"left": left, "right": right, "matches": matches, "opposites": opposites}
        for (left, right), (matches, opposites) in counts.items()
    ]
    if syntax is JSON:
        return json_of(rows)
    if syntax is CSV:
        return _csv(("left", "right", "matches", "opposites"), rows)
    return serialize(alignment_graph(graph, all_alignments(graph), iri), syntax)


def json_of(value: object) -> bytes:
    """Return a value as JSON that people can read too."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _document(found: Comparison) -> dict[str, object]:
    graph = found.left.framework.home
    return {
        "left": _side(found.left),
        "right": _side(found.right),
        "matrix": [
            {"left": left, "right": right, "count": len(items), "strongest": items[0].predicate}
            for (left, right), items in found.cells.items()
        ],
        "matches": [_alignment(graph, item) for item in found.matches],
        "opposites": [_alignment(graph, item) for item in found.opposites],
    }


def _side(side: Side) -> dict[str, object]:
    return {
        "iri": side.framework.iri,
        "title": side.framework.title,
        "covered": side.covered,
        "total": side.total,
        "groups": [
            {
                "iri": group.head.iri,
                "title": None if isinstance(group.head, Framework) else group.head.title,
                "covered": group.covered,
                "total": len(group.parts),
                "gaps": [{"iri": part.iri, "title": part.title} for part in group.gaps],
            }
            for group in side.groups
        ],
    }


def _alignment(graph: KnowledgeGraph, item: Alignment) -> dict[str, object]:
    return {
        "iri": item.iri,
        "subject": {"iri": item.subject, "title": graph.resource(item.subject).title},
        "predicate": item.predicate,
        "object": {"iri": item.object, "title": graph.resource(item.object).title},
        "confidence": item.confidence,
        "justification": item.justification,
        "author": item.author,
        "date": None if item.date is None else str(item.date),
        "comment": None if item.comment is None else str(item.comment),
    }


def _rows(graph: KnowledgeGraph, found: Comparison) -> Iterator[Mapping[str, object]]:
    """Yield one row for each alignment, then one for each gap, its other side empty."""
    for item in (*found.matches, *found.opposites):
        yield _row(graph, item)
    for name, side in (("left", found.left), ("right", found.right)):
        for group in side.groups:
            yield from (_end(name, part) for part in group.gaps)


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return rows as CSV (RFC 4180)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _row(graph: KnowledgeGraph, item: Alignment) -> dict[str, object]:
    left, right = (graph.resource(iri) for iri in (item.subject, item.object))
    return {
        **(_end("left", left) if isinstance(left, Item) else {"left": item.subject}),
        **(_end("right", right) if isinstance(right, Item) else {"right": item.object}),
        "relation": shorten(item.predicate),
        "confidence": "" if item.confidence is None else f"{item.confidence:g}",
        "justification": shorten(item.justification or ""),
        "author": item.author,
        "date": item.date,
        "comment": item.comment,
        "alignment": item.iri,
    }


def _end(name: str, part: Item | Part) -> dict[str, object]:
    return {
        name: part.iri,
        f"{name}_code": part.code or "",
        f"{name}_kind": part.kind_label,
        f"{name}_text": part.title,
    }
