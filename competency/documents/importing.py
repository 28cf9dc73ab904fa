"""From a document to a framework: recognise the layout, read it, account for every word."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from competency.documents import accounting
from competency.documents.building import Builder, Options
from competency.documents.document import Document
from competency.documents.draft import FrameworkDraft
from competency.documents.layouts import LAYOUTS, Layout
from competency.documents.reading import read_document
from competency.documents.report import ImportReport, make_report
from competency.errors import FormatError, SourceError
from competency.formats import RDF_SYNTAXES
from competency.graph import NamedGraph

SURE = 0.5  # a layout that scores less is not taken


@dataclass(frozen=True)
class Import:
    """An imported framework: its graph, how it was read, and the document it came from."""

    graph: NamedGraph
    report: ImportReport
    document: Document
    draft: FrameworkDraft


def recognise(document: Document) -> Layout:
    """Return the layout that fits a document best; the outline, which is last, where none fits."""
    scores = {layout.name: layout.score(document) for layout in LAYOUTS}
    best = max(LAYOUTS, key=lambda layout: scores[layout.name])
    return best if scores[best.name] >= SURE else LAYOUTS[-1]


def find_layout(name: str) -> Layout:
    """Return the layout of that name; FormatError lists those there are."""
    for layout in LAYOUTS:
        if layout.name == name:
            return layout
    raise FormatError(name, (layout.name for layout in LAYOUTS))


def import_document(
    path: str | os.PathLike[str], *, layout: str | None = None, options: Options | None = None
) -> Import:
    """Read a document (text, Markdown, HTML, DOCX, PDF) as a framework in its own words.

    Raises SourceError, ParseError or FormatError for a file that cannot be read, and
    ConversionError should a single word have been lost.

        import_document("standard.txt").graph
    """
    _refuse_data(Path(path))
    return import_lines(read_document(Path(path)), layout=layout, options=options)


def _refuse_data(path: Path) -> None:
    """Refuse RDF and tables: read as prose they would become a framework of brackets."""
    suffix = path.suffix.lower()
    if any(suffix in row.suffixes for row in RDF_SYNTAXES):
        raise SourceError(str(path), "is RDF, not a document; load it, or see competency.importing")
    if suffix in (".json", ".csv", ".tsv"):
        raise SourceError(str(path), "holds data, not a document; competency.importing reads it")


def import_lines(
    document: Document, *, layout: str | None = None, options: Options | None = None
) -> Import:
    """Read a document that is text already."""
    chosen = find_layout(layout) if layout else recognise(document)
    draft = chosen.read(document)
    accounting.check(document, draft)
    builder = Builder(document, draft, options or Options())
    rows = builder.build()
    graph = NamedGraph.of(str(builder.root), rows)
    return Import(graph, make_report(document, draft, chosen, builder.found), document, draft)
