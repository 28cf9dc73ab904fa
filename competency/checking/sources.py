"""What is given to be checked: RDF as it is, or a file of any other format, which is imported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from competency.errors import CompetencyError, FormatError, ParseError, SourceError
from competency.formats import FILE_FORMATS, RDF_SYNTAXES, SSSOM, Format, by_name, by_path
from competency.graph import NamedGraph
from competency.graph.loading import named_graphs, read_file
from competency.ontology import COMP, DEFAULT_BASE

if TYPE_CHECKING:  # the formats are imported where they are needed: starting is to be quick
    from competency.checking.locating.sections import Sections
    from competency.exchange.imported import File

_OURS = (b"inFramework", b"inScale")  # RDF of ours that has them is claimed by no other format


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

    ``syntax`` is the name of its RDF syntax or of SSSOM, None for any other that was imported;
    ``format`` is the name of the format it is in, and ``written`` the RDF syntax in which that was
    imported, if any.
    ``odd`` is a line on an import that left something to be remarked, empty where all is well.
    """

    source: Source
    graphs: tuple[NamedGraph, ...]
    syntax: str | None
    lines: tuple[str, ...]
    format: str = ""
    written: str | None = None
    odd: str = ""

    @cached_property
    def sections(self) -> Sections:
        """Return what finds the parts of an imported file in it."""
        from competency.checking.locating.sections import Sections

        return Sections(self.source.name, self.source.data, self.graphs, self.written)


def load(source: Source, base: str = DEFAULT_BASE, *, as_is: bool = False) -> Loaded:
    """Read a source: RDF that speaks of our vocabulary as it is, and anything else by an import.

    ``as_is`` leaves all RDF as it is, whatever it speaks of: to be checked by the rules of another
    vocabulary. What was odd in an import is no result of a check, only counted in a line. Raises
    SourceError, ParseError or FormatError, which say what to do; a ParseError of RDF has the other
    syntax errors of the document in ``more``.

    >>> load(Source("a.ttl", b"<urn:f> a <https://w3id.org/competency/ns#Framework> .")).syntax
    'turtle'
    """
    from competency.exchange import rdf
    from competency.importing.brought import text_lines

    file = _file(source)
    if not source.data.strip():
        raise ParseError(source.name, "holds no text; the file is empty")
    said = by_name(source.syntax, FILE_FORMATS) if source.syntax else None
    syntax = said if said not in (None, SSSOM) else rdf.syntax_of(file)
    try:
        if syntax is not None and (as_is or not _is_foreign(file)):
            graphs = named_graphs(source.data, syntax, source.name, base)
            return Loaded(source, tuple(graphs), syntax.name, text_lines(source.data), syntax.name)
        return _imported(source, file, syntax, base, SSSOM.name if said == SSSOM else None)
    except (ParseError, SourceError) as error:
        raise _told(error, source, file, syntax, base) from error


def _imported(
    source: Source, file: File, syntax: Format | None, base: str, format: str | None
) -> Loaded:
    """Import a file of whatever format."""
    from competency.documents import Options
    from competency.importing import import_file, joined

    found = import_file(file, Options(base=base), format)
    written = syntax.name if syntax else None
    odd = found.summary() if found.remarks else ""
    name = found.format.name
    located = name if found.format == SSSOM else None  # each result has a cell in the table
    return Loaded(source, joined(found.graphs), located, found.lines, name, written, odd)


def _told(
    error: ParseError | SourceError, source: Source, file: File, syntax: Format | None, base: str
) -> CompetencyError:
    """Return an error under the name of the source, with the other syntax errors of RDF."""
    from competency.importing.importing import named_as

    told = named_as(error, file.name, source.name)
    if syntax is not None and isinstance(told, ParseError):
        told.more = told.more or _others(source, told, syntax, base)
    return told


def _file(source: Source) -> File:
    """Return a source as a file; a syntax that was named counts more than its name."""
    from competency.exchange.imported import File

    name = PurePath(source.name).name or source.name
    if source.syntax:
        syntax = by_name(source.syntax, FILE_FORMATS)
        return File(f"{PurePath(name).stem}{syntax.suffixes[0]}", source.data, syntax.media_type)
    return File(name, source.data, _media_type(name))


def _media_type(name: str) -> str:
    """Return the media type of a file by its name; one of RDF is known without other formats."""
    try:
        return by_path(PurePath(name)).media_type
    except FormatError:
        from competency.importing import media_type_of

        return media_type_of(name)


def _is_foreign(file: File) -> bool:
    """Say whether RDF is in another vocabulary from which frameworks are imported."""
    from competency.exchange import rdf

    if rdf.recognise(file) and any(sign in file.data for sign in _OURS):
        return False
    from competency.exchange.exchanges import recognised

    found = recognised(file)
    return found is not None and found.format not in RDF_SYNTAXES


def _others(source: Source, error: ParseError, syntax: Format, base: str) -> tuple[str, ...]:
    """Return the other syntax errors of a document."""
    from competency.checking.locating import syntax_errors

    faults = syntax_errors(source.data, syntax.name, source.name, base)
    return tuple(str(item) for item in faults if str(item) != str(error))


def printed_lines(graph: NamedGraph) -> dict[str, int]:
    """Return the first line on which each part of an imported framework is printed."""
    found: dict[str, int] = {}
    for subject, _, lines in graph.graph.triples((None, COMP.lines, None)):
        if number := re.match(r"\d+", str(lines)):
            found[str(subject)] = int(number.group())
    return found
