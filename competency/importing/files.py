"""From a path to a file in memory: its bytes, with an end, and its media type."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from competency.documents.reading import DOCX, HTML, MARKDOWN, PDF, TEXT
from competency.errors import ParseError, SourceError
from competency.exchange.exchanges import read_formats
from competency.exchange.imported import File

MAX_BYTES = 400_000_000  # a package of 50,000 items has about 80 MB
_DOCUMENTS = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".docx": DOCX,
    ".pdf": PDF,
}
_JSON = "application/json"


def file_of(path: str | os.PathLike[str], name: str | None = None) -> File:
    """Read a file; ``name`` is what it is called, else its own name without the folder.

    Raises SourceError where it cannot be read, and ParseError where it is larger than anything
    that is read (a device gives bytes for ever).

        file_of("package.json").media_type
    """
    called = name or PurePath(path).name
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(str(path), error.strerror or "cannot be read") from error
    except ValueError as error:  # a name with a zero byte
        raise SourceError(str(path), "is no name of a file") from error
    if len(data) > MAX_BYTES:
        raise ParseError(str(path), f"larger than {MAX_BYTES // 1_000_000} MB; split it")
    return File(called, data, media_type_of(called))


def media_type_of(name: str) -> str:
    """Return the media type of a file by the suffix of its name; bytes where that says nothing.

    >>> media_type_of("a.ttl"), media_type_of("a.JSON"), media_type_of("a")
    ('text/turtle', 'application/json', 'application/octet-stream')
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _DOCUMENTS:
        return _DOCUMENTS[suffix]
    if suffix == ".json":
        return _JSON
    found = (row.media_type for row in read_formats() if suffix and suffix in row.suffixes)
    return next(found, "application/octet-stream")


def known_suffixes() -> frozenset[str]:
    """Return the suffixes of everything that is read."""
    return frozenset(_DOCUMENTS) | {s for row in read_formats() for s in row.suffixes} | {".json"}
