"""What a file is: a format of the table by its content, or a document in words.

What is neither is refused in a line that says what it is and what is read.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import NoReturn

from competency.errors import FormatError, ParseError, SourceError
from competency.exchange import case, rdf
from competency.exchange.exchange import Exchange, Reading
from competency.exchange.exchanges import EXCHANGES, exchange_named, read_formats, recognised
from competency.exchange.imported import File
from competency.formats import RDF_SYNTAXES, Format
from competency.graph.guarding import check_document

DOCUMENT = Format(
    "document",
    "Document in words: text, Markdown, HTML, Word, PDF with text",
    ("text/plain",),
    (".txt", ".md", ".html", ".docx", ".pdf"),
)
# What single objects of CASE and lists of them have; the reader of packages says what they are.
_OF_CASE = re.compile(rb'"(?:CFDocuments|CFItems?|CFAssociations?|fullStatement|CFPackageURI)"\s*:')
_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm")
_WORKBOOK = b"xl/workbook"
_OFFICE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")  # the last with a password
_VOCABULARIES = "our own vocabulary, SKOS or CTDL-ASN"


def import_formats() -> tuple[Format, ...]:
    """Return every format that is read: those of the table, and documents."""
    return (*read_formats(), DOCUMENT)


def exchange_of(file: File, name: str | None = None) -> Exchange | None:
    """Return the exchange that reads a file, None where it is a document in words.

    ``name`` is the format that somebody says it is in. Raises FormatError for a name that is
    none, ParseError for RDF and JSON that is broken, and FormatError or SourceError for what is
    not read, with what is.

    >>> exchange_of(File("a.txt", b'{"CFDocument": {}}', "text/plain")).format.name
    'case'
    """
    if name == DOCUMENT.name:
        return None
    if name:
        return _named(name)
    return recognised(file) or _explained(file)


def is_json(file: File) -> bool:
    """Say whether a file is meant to be JSON: by its suffix, or as it is JSON.

    >>> is_json(File("a.txt", b' ["a"]', "")), is_json(File("a.txt", b"[1] a note", ""))
    (True, False)
    """
    suffix = PurePath(file.name).suffix.lower()
    if suffix in (".json", ".jsonld"):
        return True
    if file.data[:256].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return False
    try:
        check_document(file.data, RDF_SYNTAXES[1], file.name)
        json.loads(file.data)
    except ValueError:
        return False
    return True


def _named(name: str) -> Exchange:
    try:
        return exchange_named(name)
    except FormatError as error:
        raise FormatError(name, (*error.known, DOCUMENT.name)) from error


def _explained(file: File) -> Exchange | None:
    """Return None for a document, or say why a file that is none cannot be read."""
    _check_name(file)
    if is_json(file):
        _explain_json(file)
    syntax = rdf.syntax_of(file)
    if syntax is not None:
        rdf.graphs_of(file, Reading().base)  # raises where it is broken, which says more
        reason = f"is {syntax.title}, and no framework is in it; those in {_VOCABULARIES} are read"
        raise SourceError(file.name, reason)
    return _table(file)


def _check_name(file: File) -> None:
    """Refuse what is named as a workbook and is none, which has no cells to speak of."""
    path = PurePath(file.name)
    if path.suffix.lower() not in (".xlsx", ".xlsm") or file.data.startswith(_OFFICE):
        return
    syntax = rdf.syntax_of(File("a.txt", file.data, ""))
    known = f"it is {syntax.title}; name it {path.stem}{syntax.suffixes[0]}" if syntax else ""
    other = known or "save it as one, or name it as what it is"
    raise ParseError(file.name, f"is no Excel workbook, though its name says so; {other}")


def _explain_json(file: File) -> NoReturn:
    """Say what JSON is instead of something that is read."""
    if _OF_CASE.search(file.data):
        case.read(file, Reading())
    syntax = rdf.syntax_of(file) or (None if _is_sound(file) else RDF_SYNTAXES[1])
    if syntax is not None:
        rdf.graphs_of(file, Reading().base)
        reason = f"is JSON-LD, and no framework is in it; those in {_VOCABULARIES} are read"
        raise SourceError(file.name, reason)
    titles = (row.title for row in read_formats() if {".json", ".jsonld"} & {*row.suffixes})
    known = ", ".join(dict.fromkeys(titles))
    raise ParseError(file.name, f"is JSON of no kind that is read; there are: {known}", 1, 1)


def _is_sound(file: File) -> bool:
    try:
        json.loads(file.data)
    except (ValueError, RecursionError):
        return False
    return True


def _table(file: File) -> Exchange | None:
    """Return what reads a table of unknown columns, which says so by cell; None for documents."""
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in _TABLES and not (file.data[:2] == b"PK" and _WORKBOOK in file.data):
        return None
    name = suffix[1:] if suffix in (".csv", ".xlsx") else ("csv" if suffix == ".tsv" else "xlsx")
    rows = [row for row in EXCHANGES if row.read and f".{name}" in row.format.suffixes]
    rows.sort(key=lambda row: row.format.name != name)  # our own says most about columns
    return rows[0]
