"""RDF in and out: the syntax of a file, its graphs as they stand, and our own vocabulary.

The importers of other vocabularies (SKOS, CTDL-ASN) read their files through the same two
functions, so that every syntax is read alike everywhere.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import PurePath

from competency.errors import FormatError
from competency.exchange.exchange import Exchange, Exported, Reading
from competency.exchange.imported import File, Imported
from competency.formats import RDF_SYNTAXES, Format, by_media_type, by_name, by_path
from competency.graph import KnowledgeGraph, NamedGraph, serialize
from competency.graph.loading import named_graphs
from competency.ontology import COMP

_TURTLE = re.compile(rb"(?mi)^\s*(@prefix|@base|prefix\s+\S*:\s*<|base\s*<|<[a-z][a-z0-9+.-]*:|_:)")
_XML = re.compile(rb"\s*<(\?xml|rdf:|!--)")
_SIGN = 4096  # bytes in which a text without a telling name shows what it is


def syntax_of(file: File) -> Format | None:
    """Return the RDF syntax of a file by its name, its media type or its first signs, or None.

    >>> syntax_of(File("a.ttl", b"", "")).name
    'turtle'
    >>> syntax_of(File("pasted", b'{"@id": "urn:a"}', "")).name
    'jsonld'
    """
    suffix = PurePath(file.name).suffix.lower()
    if suffix == ".json":
        return by_name("jsonld")
    try:
        return by_path(PurePath(file.name))
    except FormatError:
        return by_media_type(file.media_type) or (None if suffix else _by_content(file.data))


def graphs_of(file: File, base: str) -> list[NamedGraph]:
    """Return the graphs of a file of RDF; raises ParseError with the line, and FormatError."""
    syntax = syntax_of(file)
    if syntax is None:
        raise FormatError(file.name, (row.name for row in RDF_SYNTAXES))
    return list(named_graphs(file.data, syntax, file.name, base))


def recognise(file: File) -> bool:
    """Say whether a file is RDF that speaks of our vocabulary.

    >>> recognise(File("a.ttl", b"<urn:f> a <https://w3id.org/competency/ns#Framework> .", ""))
    True
    """
    return syntax_of(file) is not None and str(COMP).encode() in file.data


def read(file: File, options: Reading) -> Imported:
    """Return the graphs of a file of RDF as they stand."""
    return Imported(tuple(graphs_of(file, options.base)))


def write(graph: KnowledgeGraph, iri: str, syntax: Format) -> Exported:
    """Return a framework as it was authored in a syntax of RDF; raises NotFound."""
    return Exported(serialize(graph.named_graph(graph.framework(iri).iri), syntax))


def _by_content(data: bytes) -> Format | None:
    start = data[:_SIGN].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return by_name("jsonld")
    if _XML.match(start) and b"<html" not in start.lower():
        return by_name("rdfxml")
    return by_name("turtle") if _TURTLE.search(start) else None


_ABOUT = "Our own vocabulary, as authored: what to keep in git, and to load into other stores."
EXCHANGES: tuple[Exchange, ...] = tuple(
    Exchange(syntax, read, partial(write, syntax=syntax), recognise, about=_ABOUT)
    for syntax in RDF_SYNTAXES
)
