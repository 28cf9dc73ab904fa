"""What is given to be checked: RDF in any syntax, or a document that is imported first."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePath

from competency.checking.locating import syntax_errors
from competency.documents import import_lines
from competency.documents.reading import read_bytes
from competency.errors import FormatError, ParseError, SourceError
from competency.formats import by_name, by_path
from competency.graph import NamedGraph
from competency.graph.loading import named_graphs, read_file
from competency.ontology import COMP, DEFAULT_BASE

_TURTLE = re.compile(rb"(?mi)^\s*(@prefix|@base|prefix\s+\S*:\s*<|base\s*<|<[a-z][a-z0-9+.-]*:|_:)")
_XML = re.compile(rb"\s*<(\?xml|rdf:|!--)")
_NOT_YET = {".csv": "CSV", ".tsv": "TSV", ".xlsx": "a workbook", ".xls": "a workbook"}


@dataclass(frozen=True)
class Source:
    """A document to be checked: the name that results give it, its bytes, its RDF syntax if known.

    >>> Source("welding.ttl", b"").name
    'welding.ttl'
    """

    name: str
    data: bytes
    syntax: str | None = None

    @classmethod
    def of(cls, path: str | Path) -> Source:
        """Read a source from a file. Raises SourceError."""
        return cls(str(path), read_file(path))


@dataclass(frozen=True)
class Loaded:
    """A source that was read: its graphs, and its text as lines where people can look at it.

    ``syntax`` is the name of its RDF syntax, None for a document that was imported.
    """

    source: Source
    graphs: tuple[NamedGraph, ...]
    syntax: str | None
    lines: tuple[str, ...]


def load(source: Source, base: str = DEFAULT_BASE) -> Loaded:
    """Read a source: RDF as it is, a text, Markdown, HTML, DOCX or PDF as ``import`` would.

    Raises SourceError, ParseError or FormatError, which say what to do; a ParseError of RDF has the
    other syntax errors of the document in ``more``.

    >>> load(Source("a.ttl", b"<urn:f> a <https://w3id.org/competency/ns#Framework> .")).syntax
    'turtle'
    """
    syntax = _syntax(source)
    if syntax is None:
        document = read_bytes(source.data, source.name)
        found = import_lines(document)
        return Loaded(source, (found.graph,), None, document.lines)
    try:
        graphs = named_graphs(source.data, by_name(syntax), source.name, base)
    except ParseError as error:
        faults = syntax_errors(source.data, syntax, source.name, base)
        error.more = tuple(str(item) for item in faults if str(item) != str(error))
        raise
    return Loaded(source, tuple(graphs), syntax, tuple(_lines(source.data)))


def _syntax(source: Source) -> str | None:
    """Return the RDF syntax of a source, None for a document of words."""
    if source.syntax:
        return by_name(source.syntax).name
    suffix = PurePath(source.name).suffix.lower()
    if suffix in _NOT_YET:
        raise SourceError(source.name, f"is {_NOT_YET[suffix]}, which is not imported yet")
    if suffix == ".json":
        return _json(source)
    try:
        return by_path(PurePath(source.name)).name
    except FormatError:
        return None if suffix else _by_content(source.data)


def _json(source: Source) -> str:
    """Return JSON-LD for JSON that says so, and for JSON that is broken, whose fault is told."""
    try:
        value = json.loads(source.data)
    except (ValueError, RecursionError):
        return "jsonld"
    node = value[0] if isinstance(value, list) and value else value
    if isinstance(node, dict) and not {"@context", "@graph", "@id", "@type"} & node.keys():
        raise SourceError(source.name, "is JSON without @context, which is not imported yet")
    return "jsonld"


def _by_content(data: bytes) -> str | None:
    """Guess what a text without a telling name is, from its first signs."""
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return "jsonld"
    if _XML.match(start) and b"<html" not in start.lower():
        return "rdfxml"
    return "turtle" if _TURTLE.search(start) else None


def _lines(data: bytes) -> list[str]:
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return re.split(r"\r\n|\r|\n", text)


def printed_lines(graph: NamedGraph) -> dict[str, int]:
    """Return the first line on which each part of an imported framework is printed."""
    found: dict[str, int] = {}
    for subject, _, lines in graph.graph.triples((None, COMP.lines, None)):
        if number := re.match(r"\d+", str(lines)):
            found[str(subject)] = int(number.group())
    return found
