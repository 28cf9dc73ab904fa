"""Read a file in whatever format it is."""

from __future__ import annotations

import os
from pathlib import Path

from competency.documents import Options, import_lines
from competency.documents.reading import read_bytes
from competency.errors import CompetencyError, ParseError, SourceError
from competency.exchange.exchange import Exchange, Reading
from competency.exchange.imported import File
from competency.formats import RDF_SYNTAXES
from competency.graph.parting import parted
from competency.importing.adding import add
from competency.importing.brought import Brought
from competency.importing.files import file_of
from competency.importing.recognising import DOCUMENT, exchange_of


def import_file(
    file: File,
    options: Options | None = None,
    format: str | None = None,
    *,
    layout: str | None = None,
) -> Brought:
    r"""Return the frameworks of a file, in the format it is in or in that which is named.

    ``layout`` is for documents, and makes the file one. Raises ParseError with the place for what
    is malformed, FormatError and SourceError for what is not read, ConversionError should a word
    of a document have been lost.

    >>> text = b"Welding\n\n1 Prepare\n  1.1 Cleans the plates\n"
    >>> import_file(File("welding.txt", text, "text/plain")).format.name
    'document'
    """
    options = options or Options()
    if not file.data.strip():
        raise ParseError(file.name, "holds no text; the file is empty")
    exchange = None if layout else exchange_of(file, format)
    if exchange is None or exchange.read is None:
        found = import_lines(read_bytes(file.data, file.name), layout=layout, options=options)
        return Brought(file, DOCUMENT, (found.graph,), document=found)
    return _exchanged(file, exchange, options)


def _exchanged(file: File, exchange: Exchange, options: Options) -> Brought:
    asked = Reading(options.base, options.identifier, options.language)
    found = exchange.read(file, asked) if exchange.read else None
    if found is None or not found.graphs:
        raise SourceError(file.name, f"is {exchange.format.title}, and holds no framework")
    graphs, remarks = add(found.graphs, options)
    if exchange.format not in RDF_SYNTAXES:  # what is RDF stays as it stands
        graphs = parted(graphs)
    return Brought(file, exchange.format, graphs, (*found.remarks, *remarks))


def import_path(
    path: str | os.PathLike[str],
    options: Options | None = None,
    format: str | None = None,
    *,
    layout: str | None = None,
) -> Brought:
    """Return the frameworks of a file by its path, which is what errors name.

    Raises what :func:`import_file` does, and SourceError where the file cannot be read.

        import_path("package.json").graphs
    """
    try:
        return import_file(file_of(path), options, format, layout=layout)
    except (ParseError, SourceError) as error:
        raise named_as(error, Path(path).name, str(path)) from error


def named_as(error: CompetencyError, bare: str, name: str) -> CompetencyError:
    """Return an error about a file under another name, such as its path; others as they are.

    >>> named_as(ParseError("a.csv", "is empty", 1), "a.csv", "in/a.csv")
    ParseError('in/a.csv:1: is empty')
    """
    if isinstance(error, ParseError) and error.source == bare:
        told = ParseError(name, error.reason, error.line, error.column)
        told.more = tuple(
            name + line.removeprefix(bare) if line.startswith(bare) else line for line in error.more
        )
        return told
    if type(error) is SourceError and error.source == bare:
        return SourceError(name, str(error).removeprefix(f"{bare}: "))
    return error
