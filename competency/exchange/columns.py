"""What tables in general ask for: an IRI for the framework, lists in cells, columns of their own.

A column that our vocabulary has no term for stays as a property below the framework, named by
its header: ``<framework>/column/professional-standards``. Going out, it is a column again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import PurePath

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.errors import ParseError
from competency.exchange.building import FrameworkBuilder
from competency.exchange.case.kinds import kind_of_label
from competency.exchange.case.values import from_json, is_plain, json_literal, texts_of
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Kept, Remark
from competency.exchange.outline import Outline
from competency.exchange.sheets import Grid, Record, Sheet, key, read_grids
from competency.exchange.sheets.grid import letters_of
from competency.exchange.terms import term
from competency.graph.store import is_absolute

_COLUMN = "/column/"
_SIGN = 8192  # bytes in which a table shows what it is


def root_of(file: File, options: Reading, identifier: str = "") -> URIRef:
    """Return the IRI of a framework: by the name asked for, the file's own, or that of the file.

    Raises ParseError for a base that is no IRI.

    >>> str(root_of(File("My skills.csv", b"", ""), Reading("https://example.org/")))
    'https://example.org/My-skills'
    """
    step = options.identifier or identifier or PurePath(file.name).stem
    root = options.base + (re.sub(r"[^A-Za-z0-9._~-]+", "-", step).strip("-") or "framework")
    if not is_absolute(root):
        raise ParseError(file.name, f"{root} is no IRI; choose another base")
    return URIRef(root)


def table_of(file: File) -> Grid:
    """Return the first table of a file, its cells as they stand.

    Raises ParseError for what is no table, and for one without any text.
    """
    grid = next((grid for grid in read_grids(file) if grid.rows), None)
    if grid is None:
        raise ParseError(
            file.name, "there is no text in this table; check that it is the file", 1, 1
        )
    return grid


def headers_at_start(file: File) -> list[set[str]]:
    """Return the cells of the first lines of a text, as headers are compared; cheap, and rough.

    >>> headers_at_start(File("a.csv", b"RSD Name;Keywords", ""))[0] == {"rsdname", "keywords"}
    True
    """
    data = file.data[:_SIGN]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "ignore")
    else:
        text = data.decode("utf-8-sig", "ignore")
    return [{key(cell) for cell in re.split("[,;\t]", line)} for line in text.splitlines()]


def line_of(record: Record) -> str:
    """Return where a row stands: its line, or its first cell in a workbook."""
    grid = record.grid
    return grid.where(record.row, 0) if grid.workbook else f"line {record.number}"


def unheaded(file: File, sheet: Sheet) -> list[ParseError]:
    """Return an error for each column with texts but no header, at the first of the texts."""
    found = []
    for letters in sheet.unheaded():
        column = next(n for n in count() if letters_of(n) == letters)
        row = next(r.row for r in sheet.records if sheet.grid.cell(r.row, column).strip())
        reason = 'a text under no header; name the column, or quote (") a cell with a delimiter'
        found.append(sheet.grid.fault(file, row, column, reason))
    return found


def raise_first(faults: Sequence[ParseError]) -> None:
    """Raise the first of these errors, by line, with the others behind it; nothing for none."""
    found = sorted(faults, key=lambda fault: (fault.line or 0, fault.column or 0))
    if found:
        found[0].more = tuple(str(fault) for fault in found[1:])
        raise found[0]


def is_unhelpful(label: str) -> bool:
    """Say whether a category or type, in words, is that of unhelpful behaviours.

    >>> is_unhelpful("Unhelpful behaviours"), is_unhelpful("Bread")
    (True, False)
    """
    return "NegativeIndicator" in (kind_of_label(label), kind_of_label(label.strip().rstrip("s")))


def column_iri(root: URIRef, header: str) -> URIRef:
    """Return the property that keeps a column.

    >>> str(column_iri(URIRef("urn:f"), "O*NET Job Codes"))
    'urn:f/column/o-net-job-codes'
    """
    step = re.sub(r"[\W_]+", "-", header.casefold()).strip("-")
    return URIRef(f"{root}{_COLUMN}{step or 'column'}")


def kept_columns(outline: Outline) -> list[tuple[URIRef, str]]:
    """Return the properties that keep columns of a framework, each with its header, in order."""
    graph = outline.graph
    named = graph.named_graph(graph.framework(str(outline.framework)).graph_name)
    things = (
        outline.thing(URIRef(iri)) for iri in sorted(i for i in named.subjects if _COLUMN in i)
    )
    return [
        (URIRef(thing.iri), thing.first("rdfs:label") or thing.iri)
        for thing in things
        if str(term("rdf:Property")) in thing.types
    ]


def split(cell: str, sign: str) -> list[str]:
    """Return the texts of a list in a cell, without those that are blank.

    >>> split("plan; weld;; bake ", ";")
    ['plan', 'weld', 'bake']
    """
    return [text.strip() for text in cell.split(sign) if text.strip()]


def ordered(values: Iterable[Node], order: Iterable[Node] = ()) -> list[str]:
    """Return texts in the order in which their list was kept, else sorted.

    ``order`` has the list as it was, in rdf:JSON, where it stands apart from the texts.
    """
    found = [value for value in values if isinstance(value, Literal)]
    texts = texts_of(found)
    kept, listed = from_json([*found, *order])
    if kept and isinstance(listed, list) and {*map(str, listed)} == {*texts}:
        return [str(text) for text in listed]
    return texts


def order_of(texts: Sequence[str]) -> Literal | None:
    """Return a list as it is, in rdf:JSON, where its texts alone would not give its order back."""
    return None if is_plain([*texts]) else json_literal([*texts])


class Columns:
    """Keeps the cells of columns that our vocabulary has no term for."""

    def __init__(self, builder: FrameworkBuilder) -> None:
        """Keep them in the framework of a builder."""
        self.builder = builder
        self._found: dict[URIRef, tuple[str, str]] = {}
        self._counts: dict[URIRef, int] = {}

    def keep(self, thing: URIRef, header: str, texts: Sequence[str], where: str) -> None:
        """Keep the texts of one cell; a cell without any is not kept."""
        if not texts:
            return
        name = self.iri(header, where)
        self._counts[name] += 1
        for text in texts:
            self.builder.add(thing, str(name), Literal(text))
        self.builder.add(thing, str(name), order_of(texts))

    def iri(self, header: str, where: str) -> URIRef:
        """Return the property of a column, and remember that there is one."""
        name = column_iri(self.builder.root, header)
        while name in self._found and self._found[name][0] != header:
            name = URIRef(f"{name}-again")
        self._found.setdefault(name, (header, where))
        self._counts.setdefault(name, 0)
        return name

    def declare(self) -> tuple[Remark, ...]:
        """Say what the columns are called; return a remark for each."""
        for name, (header, _) in self._found.items():
            self.builder.add(name, "rdf:type", term("rdf:Property"))
            self.builder.add(name, "rdfs:label", Literal(header))
        return tuple(
            Remark(Kept.aside, where, f"the column {header!r} is kept as it is, in <{name}>"
                   f" (cells that say something: {self._counts[name]:,})")
            for name, (header, where) in self._found.items()
        )  # fmt: skip
