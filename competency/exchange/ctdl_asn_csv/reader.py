"""CTDL-ASN as CSV in: each row an object of the graph, which the reader of CTDL-ASN says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from rdflib import Literal, URIRef

from competency.errors import ParseError
from competency.exchange.case.context import Remarks
from competency.exchange.columns import (
    column_iri,
    line_of,
    raise_first,
    root_of,
    split,
    table_of,
    unheaded,
)
from competency.exchange.ctdl_asn.document import CONTEXT
from competency.exchange.ctdl_asn.reader import read as read_graph
from competency.exchange.ctdl_asn_csv.headers import (
    BETWEEN,
    LINKS,
    SITE,
    WORDS,
    divides,
    property_of,
)
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported, Kept, Remark
from competency.exchange.sheets import Record, Sheet
from competency.exchange.terms import Row, term
from competency.graph import NamedGraph, to_rdflib
from competency.graph.store import is_absolute

_HEAD = re.compile(rb'\s*"?@(id|type)"?\s*[,;\t]')
_POINTER = re.compile(r"/@graph/(\d+)(?:/(.*))?")
_CLASS = re.compile(r"[^\s:]+:\S+")
_FRAMEWORK, _COMPETENCY = "ceasn:CompetencyFramework", "ceasn:Competency"


@dataclass(frozen=True)
class _Made(File):
    """The document that was made of a table, known by the digest of the table."""

    digest: str = ""

    @property
    def sha256(self) -> str:
        return self.digest


def recognise(file: File) -> bool:
    """Say whether a file is a table of CTDL-ASN: its first columns are ``@id`` and ``@type``.

    >>> recognise(File("a.csv", b"@id,@type,ceasn:name", "text/csv"))
    True
    """
    start = file.data[:4096].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")
    head = start.lstrip(b"\xff\xfe").split(b"\n", 1)[0]
    return _HEAD.match(head) is not None and (b"ceasn:" in head or b"skos:" in head)


def read(file: File, options: Reading) -> Imported:
    """Return the frameworks of a file, with remarks on what was odd.

    Raises ParseError with line and column for a table without ``@id`` and ``@type``, for an
    ``@id`` that stands twice and for texts under no header; further faults are in its ``more``.

        read(File("framework.csv", data, "text/csv"), Reading()).graphs
    """
    grid = table_of(file)
    sheet = Sheet.of(grid)
    if "@id" not in sheet.headers or "@type" not in sheet.headers:
        reason = "no table of CTDL-ASN: its header has an '@id' and an '@type'"
        raise grid.fault(file, 0, 0, reason)
    table = _Table(file, sheet, options)
    made = table.document()
    raise_first(table.faults)
    imported = read_graph(made, options)
    graphs = tuple(table.told(graph) for graph in imported.graphs)
    remarks = [
        Remark(one.kept, table.where(one.where), one.what)
        for one in imported.remarks
        if f"{table.root}/column/" not in one.what  # that was told of the header
    ]
    return Imported(graphs, (*grid.notes, *table.remarks, *remarks))


class _Table:
    """One table: its rows as objects of a graph, and where they stand."""

    def __init__(self, file: File, sheet: Sheet, options: Reading) -> None:
        self.file, self.sheet, self.options = file, sheet, options
        self.faults: list[ParseError] = []
        self.remarks = Remarks()
        self.own = {h: None for h in sheet.headers if h not in ("@id", "@type")
                    and property_of(h) is None}  # fmt: skip
        self.root = self._root()
        self.iris = {name: self._iri(name) for record in sheet.records
                     if (name := record.get("@id"))}  # fmt: skip

    def _root(self) -> URIRef:
        names = (
            record.get("@id") for record in self.sheet.records
            if _FRAMEWORK in split(record.get("@type"), BETWEEN)
        )  # fmt: skip
        name = next(names, "")
        if is_absolute(name):
            return URIRef(name)
        return root_of(self.file, self.options, name)

    def _iri(self, name: str) -> str:
        if is_absolute(name):
            return name
        step = quote(name.lstrip("/#"), safe="-._~/") or "row"
        return str(self.root) if str(self.root).endswith(f"/{step}") else f"{self.root}/{step}"

    # ------------------------------------------------------------------ the document

    def document(self) -> File:
        """Return the table as a document of CTDL-ASN; what is wrong stands in ``faults``."""
        self._headers()
        seen: dict[str, int] = {}
        nodes = []
        for record in self.sheet.records:
            name = record.get("@id")
            if name and name in seen:
                reason = f"{name} is on line {seen[name]} already; every row has its own @id"
                self.faults.append(record.fault(self.file, "@id", reason))
            seen.setdefault(name, record.number)
            if name and name != self.iris[name]:
                what = "an @id that is no IRI; it becomes the end of one below the framework"
                self.remarks.add(Kept.odd, record.where("@id"), what)
            nodes.append(self._node(record))
        data = json.dumps({"@context": CONTEXT, "@graph": nodes}).encode()
        return _Made(self.file.name, data, self.file.media_type, self.file.sha256)

    def _headers(self) -> None:
        self.faults += unheaded(self.file, self.sheet)
        for header in self.own:
            where = self.sheet.grid.where(0, self.sheet.grid.rows[0].index(header))
            what = f"{header!r} is no property of CTDL-ASN; the column is kept as it is"
            self.remarks.add(Kept.aside, where, what)

    def _node(self, record: Record) -> dict[str, object]:
        node: dict[str, object] = {"@type": kinds} if (kinds := self._types(record)) else {}
        if name := record.get("@id"):
            node["@id"] = self.iris[name]
        language = self._language(record)
        for header in self.sheet.headers:
            text = record.raw(header)
            if header in ("@id", "@type") or not text.strip():
                continue
            values = split(text, BETWEEN) if divides(header) else [text.strip()]
            if header in WORDS:
                node[header] = {language: values if divides(header) else values[0]}
            elif header in LINKS:
                node[header] = [self.iris.get(value, value) for value in values]
            elif header in self.own:
                node[str(column_iri(self.root, header))] = text
            else:
                node[property_of(header) or header] = values
        return node

    def _types(self, record: Record) -> list[str]:
        named = split(record.get("@type"), BETWEEN)
        found = [kind for kind in named if _CLASS.fullmatch(kind)]
        for kind in named:
            if kind not in found:
                what = f"the @type {kind[:60]!r} is no class; write one such as {_COMPETENCY}"
                self.remarks.add(Kept.dropped, record.where("@type"), what)
        return found or self._type_taken(record)

    def _type_taken(self, record: Record) -> list[str]:
        said = ((_COMPETENCY, "ceasn:competencyText"), (_FRAMEWORK, "ceasn:name"))
        kinds = [kind for kind, header in said if record.get(header)][:1]
        taken = kinds[0] if kinds else "none"
        what = f"a row without an @type; {taken} is taken for it"
        self.remarks.add(Kept.odd, record.where("@type"), what)
        return kinds

    def _language(self, record: Record) -> str:
        """Return the language of a row: its own, that of the framework, or the one asked for."""
        stated = split(record.get("ceasn:inLanguage"), BETWEEN) or self._framework_languages
        tag = stated[0] if stated else self.options.language
        return tag if re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", tag) else "und"

    @cached_property
    def _framework_languages(self) -> list[str]:
        found = (split(record.get("ceasn:inLanguage"), BETWEEN) for record in self.sheet.records
                 if _FRAMEWORK in record.get("@type"))  # fmt: skip
        return next(found, [])

    # ------------------------------------------------------------------ what was read

    def told(self, graph: NamedGraph) -> NamedGraph:
        """Return a graph with lines of the table for pointers into the document."""
        return NamedGraph.of(graph.name, self._told(graph))

    def _told(self, graph: NamedGraph) -> Iterator[Row]:
        section, source = term("comp:section"), URIRef(f"{graph.name}/source")
        used: set[str] = set()
        for triple in graph.triples:
            thing, name, value = (
                to_rdflib(one) for one in (triple.subject, triple.predicate, triple.object)
            )
            used.add(str(name))
            if name == section:
                yield thing, name, Literal(self.where(str(value)))
            else:
                yield thing, name, value
        yield source, term("dcterms:conformsTo"), URIRef(SITE)
        for header in self.own:
            column = column_iri(self.root, header)
            if str(column) in used:
                yield column, term("rdf:type"), term("rdf:Property")
                yield column, term("rdfs:label"), Literal(header)

    def where(self, pointer: str) -> str:
        """Return the line, or line and column, that a pointer into the document stands for."""
        found = _POINTER.match(pointer)
        if found is None:
            return self.sheet.grid.where(0, 0) if pointer.startswith("/") else pointer
        record = self.sheet.records[int(found[1])]
        header = (found[2] or "").partition("/")[0].replace("~1", "/").replace("~0", "~")
        return record.where(header) if record.has(header) else line_of(record)
