"""From a document to named graphs: one graph for each framework, named by the framework's IRI."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePath

import pyoxigraph as ox

from competency._files import folder
from competency.errors import FormatError, ParseError, SourceError
from competency.formats import FILE_FORMATS, SSSOM, Format, by_name, by_path
from competency.graph.received import File
from competency.graph.store import NamedGraph, is_iri, parse, sniff
from competency.ontology import COMP, PREFIXES

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_IN_FRAMEWORK = ox.NamedNode(str(COMP.inFramework))
# Small tables are read once: ours is loaded with every graph of the shipped frameworks.
_SMALL, _KEPT = 200_000, 2  # bytes, tables
_WHOLES = tuple(
    ox.NamedNode(iri)
    for iri in (
        str(COMP.Framework),
        PREFIXES["dcat"] + "Catalog",
        PREFIXES["void"] + "Dataset",
        PREFIXES["owl"] + "Ontology",
        PREFIXES["sssom"] + "MappingSet",
    )
)


def read_file(path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of a file; SourceError says in one line why it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise SourceError(str(path), error.strerror or "cannot be read") from error


def write_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there.

    Raises SourceError when the folder cannot be written.
    """
    target = Path(path)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise SourceError(str(path), error.strerror or "cannot be written") from error


def shipped_files() -> list[Path]:
    """Return the files that come with this package: frameworks, and the alignments between them.

    >>> [file.name for file in shipped_files()][0]
    'alignments.sssom.tsv'
    """
    place = folder("graph")
    return sorted([*place.glob("*.ttl"), *place.glob("*.sssom.tsv")])


def syntax_of(path: str | os.PathLike[str], data: bytes, syntax: str | None) -> Format:
    """Return the syntax that was asked for, or that of the suffix, or a guess from the content.

    Raises ParseError for workbooks, documents and tables of parts, which are imported first.
    """
    if syntax:
        return by_name(syntax, FILE_FORMATS)
    try:
        return by_path(PurePath(path), FILE_FORMATS)
    except FormatError:
        from competency.graph.sssom.recognising import is_table

        file = PurePath(path)
        if is_table(file.name, data):
            return SSSOM
        if data.startswith((b"PK", b"%PDF-")) or file.suffix.lower() == ".csv":
            reason = f"is no RDF; first run: competency import {path} -o {file.stem}.ttl"
            raise ParseError(str(path), reason) from None
        return sniff(data)


def named_graphs(
    data: bytes,
    syntax: Format,
    source: str,
    base: str,
    *,
    unnamed: str | None = None,
    again: int = 0,
) -> list[NamedGraph]:
    """Parse a document and sort its triples into named graphs.

    Graph names in the document are kept. Triples without one go to the framework they belong to;
    in a document without a framework, to the catalogue, dataset, ontology or set of alignments it
    describes, to the graph ``unnamed``, or to a graph named after the file. A table of SSSOM is
    one graph, named after its mapping set. ``again`` is how many sources of that name there were
    before, whose blank nodes are others. Raises ParseError.
    """
    if syntax == SSSOM:
        return [(_small_table if len(data) <= _SMALL else _table)(source, data, base)]
    quads = parse(data, syntax, source, base, again)
    triples: dict[str, list[ox.Triple]] = defaultdict(list)
    loose: list[ox.Quad] = []
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            triples[quad.graph_name.value].append(quad.triple)
        else:
            loose.append(quad)
    otherwise = unnamed or base + "graph/" + PurePath(source).stem
    for name, quad in zip(_names(loose, otherwise), loose, strict=True):
        triples[name].append(quad.triple)
    return [NamedGraph(name, found) for name, found in triples.items()]


def _table(source: str, data: bytes, base: str) -> NamedGraph:
    from competency.graph.sssom import read, to_graph  # costs time that others need not wait

    return to_graph(read(File(source, data, SSSOM.media_type), base=base))


_small_table = lru_cache(_KEPT)(_table)


def _names(quads: list[ox.Quad], otherwise: str) -> list[str]:
    """Return the graph name for each triple of a document without graph names."""
    wholes: dict[object, list[str]] = {kind: [] for kind in _WHOLES}
    for quad in quads:
        if quad.predicate == _TYPE and quad.object in wholes and is_iri(quad.subject):
            wholes[quad.object].append(quad.subject.value)
    frameworks = list(dict.fromkeys(wholes[_WHOLES[0]]))
    if len(frameworks) > 1:
        return _names_of_many(quads, frameworks)
    others = (found for kind in _WHOLES[1:] for found in wholes[kind])
    name = next(iter((*frameworks, *others)), otherwise)
    return [name] * len(quads)


def _names_of_many(quads: list[ox.Quad], frameworks: list[str]) -> list[str]:
    """Sort triples among several frameworks: stated membership, then the IRI, then who points."""
    owner: dict[object, str] = {ox.NamedNode(iri): iri for iri in frameworks}
    for quad in quads:
        if quad.predicate == _IN_FRAMEWORK and quad.object in owner:
            owner[quad.subject] = owner[quad.object]
    by_length = sorted(frameworks, key=len, reverse=True)
    for quad in quads:
        if quad.subject not in owner and is_iri(quad.subject):
            near = (
                iri for iri in by_length if quad.subject.value.startswith((iri + "/", iri + "#"))
            )
            if found := next(near, None):
                owner[quad.subject] = found
    changed = True
    while changed:
        changed = False
        for quad in quads:
            if quad.subject in owner and not isinstance(quad.object, ox.Literal):
                changed |= quad.object not in owner
                owner.setdefault(quad.object, owner[quad.subject])
    return [owner.get(quad.subject, frameworks[0]) for quad in quads]
