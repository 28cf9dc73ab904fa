"""A comparison as data: JSON, tables for spreadsheets, SSSOM for people to edit, and RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from competency.formats import RDF_SYNTAXES, SSSOM, Format
from competency.graph import Framework, Item, KnowledgeGraph, Part, serialize
from competency.graph.alignments import Alignment, alignment_graph, all_alignments
from competency.graph.comparison import Comparison
from competency.graph.coverage import Coverage, Extent, Share, coverages, levels_of
from competency.graph.excerpts import excerpt
from competency.graph.sssom import write
from competency.ontology import shorten
from competency.server.tables import JSON, TABLES, Row, Table, json_of, table_of

FORMATS = (JSON, *TABLES, SSSOM, *RDF_SYNTAXES)
_COLUMNS = (
    "left", "left_code", "left_kind", "left_text", "relation",
    "right", "right_code", "right_kind", "right_text",
    "confidence", "justification", "author", "date", "comment", "alignment",
    "left_level", "right_level",
)  # fmt: skip
_SHARE = ("parts", "covered", "in_full", "in_part", "related_only", "gaps")


def written(found: Comparison, syntax: Format, iri: str) -> bytes:
    """Return a comparison in a format; ``iri`` is the address of it, which names its graph."""
    graph = found.left.framework.home
    if syntax is JSON:
        return json_of(_document(found))
    if syntax in TABLES:
        return table_of(
            syntax,
            Table("Comparison", _COLUMNS, _rows(graph, found)),
            Table(
                "Coverage", ("framework", "covered_by", "level", "group", *_SHARE), _how_much(found)
            ),
        )
    return _alignments(graph, [*found.matches, *found.opposites], iri, syntax)


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
    if syntax in TABLES:
        return table_of(
            syntax, Table("Frameworks", ("left", "right", "matches", "opposites"), rows)
        )
    return _alignments(graph, all_alignments(graph), iri, syntax)


def _alignments(
    graph: KnowledgeGraph, found: Iterable[Alignment], iri: str, syntax: Format
) -> bytes:
    """Return alignments as they were authored, in RDF or as the table that people edit."""
    if syntax is SSSOM:
        return write(excerpt(graph, found, iri))
    return serialize(alignment_graph(graph, found, iri), syntax)


def _document(found: Comparison) -> dict[str, object]:
    graph = found.left.framework.home
    of_right, of_left = coverages(found)
    return {
        "left": _side(of_left),
        "right": _side(of_right),
        "matrix": [
            {"left": left, "right": right, "count": len(items), "strongest": items[0].predicate}
            for (left, right), items in found.cells.items()
        ],
        "matches": [_alignment(graph, item) for item in found.matches],
        "opposites": [_alignment(graph, item) for item in found.opposites],
    }


def _side(found: Coverage) -> dict[str, object]:
    return {
        "iri": found.covered.iri,
        "title": found.covered.title,
        **_counts(found.whole),
        "levels": [
            {"iri": level.iri, "title": level.title, "rank": level.rank, **_counts(level.share)}
            for level in found.levels
        ],
        "groups": [
            {
                "iri": group.head.iri,
                "title": None if isinstance(group.head, Framework) else group.head.title,
                **_counts(group.share),
                "gaps": [
                    {"iri": item.part.iri, "title": item.part.title}
                    for item in group.share.of_extent(Extent.none)
                ],
            }
            for group in found.groups
        ],
    }


def _counts(share: Share) -> dict[str, int]:
    """Return how many parts have any match, and how many are covered how far at best."""
    return {
        "covered": share.covered,
        "total": share.total,
        "in_full": share.full,
        "in_part": share.part,
        "related_only": share.touched,
    }


def _how_much(found: Comparison) -> Iterator[Row]:
    """Yield what each covers of the other: in all, at each level, in each group."""
    for item in coverages(found):
        ends = {"framework": item.covered.iri, "covered_by": item.covering.iri}
        yield ends | _row_of(item.whole)
        for level in item.levels:
            yield ends | {"level": level.title or "none"} | _row_of(level.share)
        for group in item.groups:
            yield ends | {"group": group.head.title} | _row_of(group.share)


def _row_of(share: Share) -> dict[str, object]:
    counts = _counts(share)
    return {"parts": counts.pop("total"), **counts, "gaps": share.gaps}


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


def _rows(graph: KnowledgeGraph, found: Comparison) -> Iterator[Row]:
    """Yield one row for each alignment, then one for each gap, its other side empty."""
    sides = (found.left, found.right)
    known = levels_of(sides[0].framework) | levels_of(sides[1].framework)
    levels = {iri: ", ".join(_name(graph, item) for item in items) for iri, items in known.items()}
    for item in (*found.matches, *found.opposites):
        yield _row(graph, item, levels)
    for name, side in zip(("left", "right"), sides, strict=True):
        for group in side.groups:
            yield from (_end(name, part, levels) for part in group.gaps)


def _name(graph: KnowledgeGraph, iri: str) -> str:
    return graph.resource(iri).title if graph.holds(iri) else iri


def _row(graph: KnowledgeGraph, item: Alignment, levels: Mapping[str, str]) -> Row:
    left, right = (graph.resource(iri) for iri in (item.subject, item.object))
    return {
        **(_end("left", left, levels) if isinstance(left, Item) else {"left": item.subject}),
        **(_end("right", right, levels) if isinstance(right, Item) else {"right": item.object}),
        "relation": shorten(item.predicate),
        "confidence": "" if item.confidence is None else f"{item.confidence:g}",
        "justification": shorten(item.justification or ""),
        "author": item.author,
        "date": item.date,
        "comment": item.comment,
        "alignment": item.iri,
    }


def _end(name: str, part: Item | Part, levels: Mapping[str, str]) -> Row:
    return {
        name: part.iri,
        f"{name}_code": part.code or "",
        f"{name}_kind": part.kind_label,
        f"{name}_text": part.title,
        f"{name}_level": levels.get(part.iri, ""),
    }
