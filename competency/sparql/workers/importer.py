"""The job that reads a stranger's file in whatever format, and says what it becomes.

The answer is plain values in JSON, so that the parent never has to trust more than text: the
graphs as N-Quads for who converts them, or what a page shows of them: the parts as trees, what
was odd, and what the rules say.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
from rdflib import RDFS

from competency.checking.sources import printed_lines
from competency.documents import Options, import_lines
from competency.documents.document import line_ranges
from competency.documents.doubts import Doubt, lines_of
from competency.documents.draft import Draft
from competency.documents.reading import read_bytes
from competency.errors import LimitReached, ParseError
from competency.exchange.imported import File
from competency.formats import RDF_SYNTAXES, by_name
from competency.graph import Framework, KnowledgeGraph, NamedGraph, Part, serialize
from competency.importing import DOCUMENT, Brought, import_file, joined, media_type_of
from competency.importing.recognising import exchange_of
from competency.ontology import COMP
from competency.shapes import Location, Report, Result
from competency.shapes.reports.steady import steady
from competency.sparql.writing import Written

MAX_CHECKED = 30_000  # triples; checking more takes too long for a page
MAX_LINES, MAX_TEXT = 5_000, 500_000  # of a document in words; more takes too long
_NQUADS = by_name("nquads")
_SHOWN_PARTS = 3_000  # parts of a tree that a page shows
_DEEPEST = 60  # steps of a tree
_REMARKS = 200  # that a page shows
_FRAMEWORKS = 50
_TURTLE = 600_000  # bytes that a page carries in itself
_LONGEST = 600  # characters of a text of a result, or of a remark
_ANY = ("", "application/octet-stream", "multipart/form-data", "application/x-www-form-urlencoded")
_WARM = b"Welding\n\n1 Prepare\n  1.1 Cleans the plates\n"


def warm() -> None:
    """Do once what every import needs, so that processes forked from this one have it."""
    import_job({"name": "warm.txt", "most": 1 << 20, "rows": 1, "base": Options().base}, _WARM)


def import_job(head: dict[str, Any], body: bytes) -> Written:
    """Read a file; ``head`` says how: its ``name`` and what else is known of it.

    With ``rows`` the answer is what a page shows, with so many results of the rules; without, it
    is the graphs. Raises what :func:`competency.importing.import_file` does, and LimitReached.
    """
    kind = media_type_of(head["name"])
    if kind in _ANY:
        kind = head.get("media_type") or kind
    brought = _brought(File(head["name"], body, kind), head)
    record = _shown(brought, head["rows"]) if head.get("rows") else _graphs(brought)
    data = json.dumps(record).encode()
    if len(data) > head["most"]:
        raise LimitReached("bytes", f"what it becomes is larger than {head['most']:,} bytes")
    return Written(data, len(brought.graphs))


def _brought(file: File, head: dict[str, Any]) -> Brought:
    """Read a file; a document in words only where it is not too long, which is seen first."""
    options, layout = Options(base=head["base"]), head.get("layout")
    exchange = None if layout else exchange_of(file, head.get("format"))
    if exchange is not None and exchange.read is not None:
        return import_file(file, options, exchange.format.name)
    document = read_bytes(file.data, file.name)
    if len(document.lines) > MAX_LINES or sum(map(len, document.lines)) > MAX_TEXT:
        reason = f"is longer than {MAX_LINES:,} lines or {MAX_TEXT:,} characters; "
        raise ParseError(file.name, reason + "import it on the command line")
    found = import_lines(document, layout=layout, options=options)
    return Brought(file, DOCUMENT, (found.graph,), document=found)


def _graphs(brought: Brought) -> dict[str, Any]:
    """Return the graphs for who goes on with them."""
    return {
        "format": brought.format.name,
        "quads": [_quads(graph) for graph in brought.graphs],
    }


def _quads(graph: NamedGraph) -> str:
    name = ox.NamedNode(graph.name)
    quads = (ox.Quad(t.subject, t.predicate, t.object, name) for t in graph.triples)
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()


def _shown(brought: Brought, rows: int) -> dict[str, Any]:
    """Return what a page shows of an import."""
    brought = replace(brought, graphs=joined(brought.graphs))
    graph = KnowledgeGraph()
    graph.add(*brought.graphs)
    trees = _Trees(brought)
    found = [*_pairs(graph, brought)]
    return {
        "format": brought.format.name,
        "title": brought.format.title,
        "frameworks": [_framework(*pair, trees) for pair in found[:_FRAMEWORKS]],
        "more": max(0, len(found) - _FRAMEWORKS),
        "document": _document(brought),
        "remarks": [
            [item.kept.value, item.where[:_LONGEST], item.what[:_LONGEST]]
            for item in brought.remarks[:_REMARKS]
        ],
        "remark_count": len(brought.remarks),
        "check": _checked(graph, brought, rows) if len(graph) <= MAX_CHECKED else None,
    }


def _pairs(
    graph: KnowledgeGraph, brought: Brought
) -> Iterator[tuple[NamedGraph, Framework | None]]:
    """Yield each framework with the graph that it is in; a graph without any comes alone."""
    inside: dict[str, list[Framework]] = {}
    for framework in graph.frameworks:
        inside.setdefault(framework.graph_name, []).append(framework)
    for named in brought.graphs:
        yield from ((named, item) for item in inside.get(named.name) or (None,))


def _framework(named: NamedGraph, framework: Framework | None, trees: _Trees) -> dict[str, Any]:
    """Return one framework: what it is called, what is in it, and itself as Turtle."""
    turtle = serialize(named, RDF_SYNTAXES[0])
    iri = framework.iri if framework else named.name
    return {
        "iri": iri,
        "is_framework": framework is not None,
        "title": framework.title if framework else named.name,
        "counts": Counter(part.kind or "" for part in framework.walk()) if framework else {},
        "branches": trees.of(framework) if framework else [],
        "left": trees.left,
        "triples": len(named.triples),
        "turtle": turtle.decode() if len(turtle) <= _TURTLE else None,
        "stem": re.split(r"[/#:]", iri.rstrip("/#:"))[-1],
    }


class _Trees:
    """Makes trees of parts, as far as a page can show them."""

    def __init__(self, brought: Brought) -> None:
        self._room, self.left = _SHOWN_PARTS, 0
        self._draft = brought.document.draft if brought.document else None
        self._doubts: dict[int, list[list[Any]]] = {}
        for doubt in brought.document.report.doubts if brought.document else ():
            self._doubts.setdefault(id(doubt.part), []).append(_doubt(doubt))

    def of(self, framework: Framework) -> list[dict[str, Any]]:
        """Return the parts of a framework; ``left`` says how many of them are left out."""
        self.left = 0
        if self._draft is not None:
            return [*self._drafts(self._draft.parts, 1)]
        found = [*self._parts(framework.parts, 1)]
        self.left = sum(framework.kinds.values()) - _count(found)
        return found

    def _parts(self, parts: Iterable[Part], depth: int) -> Iterator[dict[str, Any]]:
        for part in parts:
            if self._room <= 0:
                return
            self._room -= 1
            below = self._parts(part.parts, depth + 1) if depth < _DEEPEST else ()
            yield {
                "kind": part.kind or "",
                "number": str(part.value("enumeration") or ""),
                "label": part.label or "",
                "text": part.text or "",
                "lang": _language(part),
                "codes": [code for code, _ in part.codes],
                "where": _place(part),
                "lines": "",
                "anchor": None,
                "doubts": [],
                "empty": False,
                "branches": [*below],
            }

    def _drafts(self, parts: Iterable[Draft], depth: int) -> Iterator[dict[str, Any]]:
        for part in parts:
            lines = lines_of(part)
            yield {
                "kind": str(COMP[part.kind]),
                "number": part.enumeration.text,
                "label": part.label.text or part.name,
                "text": part.text.text,
                "lang": "",
                "codes": [code.notation.text for code in part.codes],
                "where": "",
                "lines": line_ranges(lines),
                "anchor": lines[0] if lines else None,
                "doubts": self._doubts.get(id(part), []),
                "empty": part.empty,
                "branches": [*self._drafts(part.parts, depth + 1)] if depth < _DEEPEST else [],
            }


def _count(branches: Iterable[dict[str, Any]]) -> int:
    return sum(1 + _count(branch["branches"]) for branch in branches)


def _language(part: Part) -> str:
    """Return the language of what a page shows of a part, empty where it names none."""
    found = part.literal(RDFS.label, "en") or part.literal("text", "en")
    return (found.language or "") if found is not None else ""


def _place(part: Part) -> str:
    """Return the cell or line that a part is from; a place in JSON helps nobody on a page."""
    section = str(part.value("section") or "")
    return "" if section.startswith("/") else section[:_LONGEST]


def _doubt(doubt: Doubt) -> list[Any]:
    return [doubt.kind, doubt.message, line_ranges(doubt.lines), (*doubt.lines, None)[0]]


def _document(brought: Brought) -> dict[str, Any] | None:
    """Return what only a document in words has: its layout, doubts, and what became of lines."""
    found = brought.document
    if found is None:
        return None
    doubtful = {n for d in found.report.doubts if d.kind != "repair" for n in d.lines}
    title = found.draft.label.text or found.draft.name or found.draft.step
    return {
        "title": title,
        "layout": found.report.layout.title,
        "is_outline": found.draft.is_outline,
        "stem": found.draft.step,
        "doubts": [_doubt(doubt) for doubt in _in_groups(found.report.doubts)],
        "lines": [
            [line.number, line.text, [*line.parts], [*line.reasons], line.number in doubtful]
            for line in found.report.lines
        ],
    }


def _in_groups(doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    """Yield doubts so that those of one part are together."""
    groups: dict[int, list[Doubt]] = {}
    for doubt in doubts:
        groups.setdefault(id(doubt.part), []).append(doubt)
    return (doubt for group in groups.values() for doubt in group)


def _checked(graph: KnowledgeGraph, brought: Brought, rows: int) -> dict[str, Any]:
    """Return what the rules say, each result with the line its part is printed on."""
    lines: dict[str, int] = {}
    if brought.document is not None:
        lines = printed_lines(brought.document.graph)

    def located(result: Result) -> Result:
        line = lines.get(result.focus)
        return replace(result, location=Location(brought.file.name, line) if line else None)

    report = steady(Report(tuple(map(located, graph.validate()))))
    return {
        "counts": {severity.value: count for severity, count in report.counts.items()},
        "total": len(report),
        "results": [_short(result).to_dict() for result in report.results[:rows]],
    }


def _short(result: Result) -> Result:
    value = result.value if result.value is None else result.value[:_LONGEST]
    return replace(result, message=result.message[:_LONGEST], value=value)
