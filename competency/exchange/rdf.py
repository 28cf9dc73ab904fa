"""RDF in and out: the syntax of a file, its graphs as they stand, and our own vocabulary.

The importers of other vocabularies (SKOS, CTDL-ASN) read their files through the same two
functions, so that every syntax is read alike everywhere.
"""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import PurePath

from competency.errors import FormatError, ParseError
from competency.exchange.exchange import Exchange, Exported, Reading
from competency.exchange.imported import File, Imported
from competency.formats import RDF_SYNTAXES, Format, by_media_type, by_name, by_path
from competency.graph import KnowledgeGraph, NamedGraph, serialize
from competency.graph.guarding import check_document
from competency.graph.loading import named_graphs
from competency.ontology import COMP

_TURTLE = re.compile(rb"(?mi)^\s*(@prefix|@base|prefix\s+\S*:\s*<|base\s*<|<[a-z][a-z0-9+.-]*:|_:)")
_BEGINS = re.compile(
    rb"(?i)(?:\s|#[^\n]*\n)*+(?:@prefix\s|@base\s|prefix\s+\S*:\s*<"
    rb"|<[a-z][a-z0-9+.-]*:[^>\s]*>\s+<[a-z][^>\s]*>\s+[<\"_])"
)
_XML = re.compile(rb"\s*<(\?xml|rdf:|!--)")
_SIGN = 4096  # bytes in which a text without a telling name shows what it is
_KEYWORDS = {"@context", "@graph", "@id", "@type"}
_MUTE = (".txt", ".text", ".xml", ".tmp", ".download")  # suffixes that say little


def syntax_of(file: File) -> Format | None:
    """Return the RDF syntax of a file by its name, its media type or its first signs, or None.

    JSON is JSON-LD where it has keywords of it at the top, and where it is broken, so that what
    is wrong with it can be told.

    >>> syntax_of(File("a.ttl", b"", "")).name
    'turtle'
    >>> syntax_of(File("pasted", b'{"@id": "urn:a"}', "")).name
    'jsonld'
    >>> syntax_of(File("a.json", b'{"title": "no RDF"}', ""))
    """
    suffix = PurePath(file.name).suffix.lower()
    if suffix == ".json":
        return by_name("jsonld") if _is_jsonld(file.data) else None
    try:
        return by_path(PurePath(file.name))
    except FormatError:
        said = by_media_type(file.media_type)
    if said or (suffix and suffix not in _MUTE):
        return said
    return _by_content(file.data, sure=bool(suffix))


def graphs_of(file: File, base: str) -> list[NamedGraph]:
    """Return the graphs of a file of RDF; raises ParseError, with the line where there is one."""
    syntax = syntax_of(file)
    if syntax is None:
        known = ", ".join(row.title for row in RDF_SYNTAXES)
        raise ParseError(file.name, f"is not in a syntax of RDF by its name or content: {known}")
    return list(named_graphs(file.data, syntax, file.name, base))


def recognise(file: File, syntax: Format | None = None) -> bool:
    """Say whether a file is RDF (in this syntax) that speaks of our vocabulary.

    >>> recognise(File("a.ttl", b"<urn:f> a <https://w3id.org/competency/ns#Framework> .", ""))
    True
    """
    if str(COMP).encode() not in file.data:
        return False
    found = syntax_of(file)
    return found is not None and syntax in (None, found)


def read(file: File, options: Reading) -> Imported:
    """Return the graphs of a file of RDF as they stand."""
    return Imported(tuple(graphs_of(file, options.base)))


def write(graph: KnowledgeGraph, iri: str, syntax: Format) -> Exported:
    """Return the graph of a framework, or of a scale alone, as it was authored, in a syntax.

    Raises NotFound.
    """
    name = graph.iri(iri)
    if not graph.has_graph(name):
        name = graph.framework(iri).graph_name
    return Exported(serialize(graph.named_graph(name), syntax))


def _by_content(data: bytes, *, sure: bool) -> Format | None:
    """Return what a text is by its start; ``sure`` asks for signs that no prose begins with."""
    start = data[:_SIGN].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return by_name("jsonld") if _is_jsonld(data, broken=not sure) else None
    if _XML.match(start) and b"<html" not in start.lower():
        return by_name("rdfxml") if not sure or b"RDF" in start else None
    found = _BEGINS.match(start) if sure else _TURTLE.search(start)
    return by_name("turtle") if found else None


def _is_jsonld(data: bytes, *, broken: bool = True) -> bool:
    """Say whether JSON has a keyword at the top; ``broken`` is the answer where it is no JSON."""
    try:
        check_document(data, by_name("jsonld"), "")
        value = json.loads(data)
    except ValueError:  # no JSON, or more than anybody should read
        return broken
    nodes = value if isinstance(value, list) else [value]
    return not nodes or any(isinstance(node, dict) and _KEYWORDS & node.keys() for node in nodes)


EXCHANGES: tuple[Exchange, ...] = tuple(
    Exchange(syntax, read, partial(write, syntax=syntax), partial(recognise, syntax=syntax))
    for syntax in RDF_SYNTAXES
)
