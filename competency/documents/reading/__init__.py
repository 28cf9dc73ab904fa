"""Reading documents: plain text, Markdown, HTML, DOCX, and PDF with a text layer.

A document is known by its content. What comes from strangers' programs (HTML, DOCX, PDF) is taken
apart in a child process with little memory and time; see ``limits`` for all limits.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from competency.documents.document import Document
from competency.documents.reading import limits
from competency.documents.reading.sandbox import lines_in_child
from competency.documents.reading.sniffing import DOCX, HTML, KNOWN, MARKDOWN, PDF, TEXT, media_type
from competency.documents.reading.text import declared_encoding, decode
from competency.errors import ParseError, SourceError

__all__ = ["DOCX", "HTML", "KNOWN", "MARKDOWN", "PDF", "TEXT", "read_bytes", "read_document"]


def read_document(path: str | Path) -> Document:
    """Read a document from a file; its name is the file's, without the folder.

    SourceError says that it cannot be opened, FormatError that it is something else,
    ParseError that it cannot be read.
    """
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(limits.MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(str(path), error.strerror or "cannot be read") from error
    return _read(data, Path(path).name, str(path))


def read_bytes(data: bytes, name: str) -> Document:
    r"""Read a document that is already in memory, such as an upload.

    >>> read_bytes(b"Level 1\r\n- Listens\r\n", "a.txt").lines
    ('Level 1', '- Listens')
    """
    return _read(data, name, name)


def _read(data: bytes, name: str, source: str) -> Document:
    try:
        limits.check_size(len(data))
        lines, pages, kind = _lines(data, source)
    except limits.Refused as refusal:
        raise ParseError(source, str(refusal)) from refusal
    if not any(line.strip() for line in lines):
        raise ParseError(source, "holds no text")
    digest = hashlib.sha256(data).hexdigest()
    return Document(name, tuple(lines), kind, digest, tuple(pages))


def _lines(data: bytes, source: str) -> tuple[list[str], list[str], str]:
    """Return the lines, the page of each where there are pages, and the media type."""
    if not data:
        raise limits.Refused("holds no text; the file is empty")
    kind = media_type(data, source)
    if kind in (PDF, DOCX):
        return *lines_in_child(data, kind), kind
    encoding = declared_encoding(data) if kind == HTML else None
    text = decode(data, source, encoding)
    limits.check_characters(len(text))
    if kind == HTML:
        return *lines_in_child(text.encode("utf-8"), kind), kind
    return text.splitlines(), [], kind
