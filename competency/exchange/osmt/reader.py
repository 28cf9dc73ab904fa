"""OSMT in: each row a competency right below the framework, in the order of the file.

A collection that all rows share is the framework. Categories and keywords stay beside the skill:
OSMT has no tree, so none is made up.
"""

from __future__ import annotations

from rdflib import Literal, URIRef

from competency.errors import ParseError
from competency.exchange.building import FrameworkBuilder
from competency.exchange.case.context import Remarks
from competency.exchange.columns import (
    Columns,
    headers_at_start,
    is_unhelpful,
    line_of,
    order_of,
    raise_first,
    root_of,
    split,
    table_of,
    unheaded,
)
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported, Kept, Remark
from competency.exchange.osmt.alignments import Alignments, alignments_in
from competency.exchange.osmt.headers import (
    CATEGORIES,
    COLLECTIONS,
    COLUMNS,
    KEYWORDS,
    NAME,
    SITE,
    STATEMENT,
    URL,
    Column,
)
from competency.exchange.sheets import Record, Sheet, key
from competency.exchange.terms import term
from competency.graph import NamedGraph
from competency.graph.store import is_absolute

_OWN = (URL, NAME, STATEMENT, CATEGORIES, KEYWORDS)


def recognise(file: File) -> bool:
    """Say whether a file is a table of OSMT: by a header with the name and the statement.

    >>> recognise(File("s.csv", b"RSD Name,Skill Statement", "text/csv"))
    True
    """
    names, texts = ({key(name) for name in column.headers} for column in (NAME, STATEMENT))
    return any(cells & names and cells & texts for cells in headers_at_start(file)[:5])


def read(file: File, options: Reading) -> Imported:
    """Return the skills of a file as one framework, with remarks on what was odd.

    Raises ParseError with line and column for a table without the columns of OSMT, for a row
    that says no skill and for an address that stands twice; further faults are in its ``more``.

        read(File("skills.csv", data, "text/csv"), Reading()).graphs
    """
    grid = table_of(file)
    sheet = Sheet.of(grid)
    if not (sheet.has(*NAME.headers) and sheet.has(*STATEMENT.headers)):
        reason = "no table of OSMT: its header has an 'RSD Name' and a 'Skill Statement'"
        raise grid.fault(file, 0, 0, reason)
    raise_first(_faults(file, sheet))
    graph, remarks = _Skills(file, sheet, options).read()
    return Imported((graph,), (*grid.notes, *remarks))


def said(record: Record, column: Column) -> str:
    """Return the text under a column, in whichever spelling its header is."""
    return record.get(*column.headers)


def header_of(record: Record, column: Column) -> str:
    """Return the spelling of a column that this table has."""
    return next((name for name in column.headers if record.has(name)), column.header)


def _faults(file: File, sheet: Sheet) -> list[ParseError]:
    found, seen = unheaded(file, sheet), dict[str, int]()
    for record in sheet.records:
        if not said(record, NAME) and not said(record, STATEMENT):
            reason = "a row without a name and a statement; give it a name, or take it out"
            found.append(record.fault(file, header_of(record, NAME), reason))
        url = said(record, URL)
        if url and url in seen:
            reason = f"{url} is the skill on line {seen[url]} already; give this one another"
            found.append(record.fault(file, URL.header, reason))
        seen.setdefault(url, record.number)
    return found


class _Skills:
    """Says the skills of one table."""

    def __init__(self, file: File, sheet: Sheet, options: Reading) -> None:
        self.sheet = sheet
        self.builder = FrameworkBuilder(root_of(file, options), file, options.language)
        self.columns = Columns(self.builder)
        self.remarks = Remarks()
        self.unknown = sheet.unknown(self._known())
        urls = {said(record, URL) for record in sheet.records}
        self.alignments = Alignments(self.builder, self.columns, urls)

    def _known(self) -> list[str]:
        numbered = (alignments_in(record) for record in self.sheet.records[:1])
        aligned = [name for found in numbered for three in found for one in three
                   for name in one.headers]  # fmt: skip
        return [*(name for column in COLUMNS for name in column.headers), *aligned]

    def read(self) -> tuple[NamedGraph, tuple[Remark, ...]]:
        """Return the framework and what was odd about it."""
        builder, title = self.builder, self._collection()
        builder.framework(builder.words(title))
        builder.add(URIRef(f"{builder.root}/source"), "dcterms:conformsTo", URIRef(SITE))
        builder.add(builder.root, "dcterms:language", Literal(builder.language.lower()))
        builder.add(builder.root, "comp:inferred", term("dcterms:language"))
        for position, record in enumerate(self.sheet.records, 1):
            self._skill(record, position, title)
        remarks = self.columns.declare()
        return builder.graph(), (*self.remarks, *remarks)

    def _collection(self) -> str | None:
        """Return the one collection that all skills are in, if there is one."""
        found = {said(record, COLLECTIONS) for record in self.sheet.records}
        only = next(iter(found)) if len(found) == 1 else ""
        return only if only and len(split(only, ";")) == 1 else None

    def _skill(self, record: Record, position: int, collection: str | None) -> None:
        part = self._iri(record, position)
        categories = split(said(record, CATEGORIES), ";")
        kind = "NegativeIndicator" if any(map(is_unhelpful, categories)) else "Competency"
        self.builder.part(part, f"comp:{kind}", None, position, section=line_of(record))
        self._texts(part, record, kind)
        self._subjects(part, categories, split(said(record, KEYWORDS), ";"))
        for column in COLUMNS:
            whole = column is COLLECTIONS and collection is not None
            if column not in _OWN and not whole:
                self._keep(part, record, column)
        self.alignments.say(part, record)
        for header in self.unknown:
            text = record.raw(header)
            self.columns.keep(part, header, [text] if text.strip() else [], record.where(header))

    def _iri(self, record: Record, position: int) -> URIRef:
        url = said(record, URL)
        if is_absolute(url):
            return URIRef(url)
        part = URIRef(f"{self.builder.root}/{position}")
        if url:
            what = f"{url} is no address of a skill; another IRI stands for it in the graph"
            self.remarks.add(Kept.odd, record.where(URL.header), what)
            self.columns.keep(part, URL.header, [url], record.where(URL.header))
        return part

    def _texts(self, part: URIRef, record: Record, kind: str) -> None:
        builder, name, text = self.builder, said(record, NAME), said(record, STATEMENT)
        builder.says(part, label=builder.words(name or text), text=builder.words(text))
        if not name:
            builder.add(part, "comp:inferred", term("rdfs:label"))
            self._lacks(record, NAME, "a skill without a name; its statement stands for it")
        if not text:
            builder.add(part, "comp:notStated", term("comp:text"))
            self._lacks(record, STATEMENT, "a skill without a statement")
            if kind == "NegativeIndicator":
                builder.says(part, text=builder.words(name))

    def _subjects(self, part: URIRef, categories: list[str], keywords: list[str]) -> None:
        add, words = self.builder.add, self.builder.words
        add(part, "dcterms:subject", *(words(text) for text in categories))
        add(part, "case:subject", order_of(categories))
        add(part, "case:conceptKeywords", *(Literal(text) for text in keywords))
        add(part, "case:conceptKeywords", order_of(keywords))

    def _keep(self, part: URIRef, record: Record, column: Column) -> None:
        texts = split(said(record, column), ";")
        self.columns.keep(part, column.header, texts, record.where(header_of(record, column)))

    def _lacks(self, record: Record, column: Column, what: str) -> None:
        self.remarks.add(Kept.odd, record.where(header_of(record, column)), what)
