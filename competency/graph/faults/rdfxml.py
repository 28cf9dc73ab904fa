"""What is wrong in RDF/XML: the place of what pyoxigraph only names, and how to mend it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import IO, cast
from xml.parsers import expat

import pyoxigraph as ox

from competency.graph.texts.lines import Lines

_Said = tuple[str, int, int]
_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
_FIXES = (
    (r"^mismatched tag", "close the elements inside first: the last one opened is closed first"),
    (r"^no element found", "the file ends too early; close what is open, or fetch it again"),
    (r"^unclosed token", "the file ends inside a tag; fetch it again"),
    (r"^undefined entity", "write the sign itself, or its number: &#160;"),
    (r"^duplicate attribute", "keep one of the two"),
    (r"^not well-formed", "write &amp; for & and &lt; for <, and put attributes into quotes"),
    (r"^junk after document", "only one element stands outside: put all into one rdf:RDF"),
    (r"^Unknown prefix rdf:", f"declare it on the first element: {_RDF}"),
    (r"^Unknown prefix ([^:]*):", 'declare it on the first element: xmlns:{0}="https://..."'),
    (r"^XML namespaces are required", 'give each name a prefix, or declare xmlns="https://..."'),
    (r"code point ' '", "an IRI has no spaces; write %20"),
    (r"^Not both", "keep one of the attributes"),
    (r"already been used as rdf:ID", "use rdf:about to say more of the same node"),
    (r"is not a valid rdf:ID", "an rdf:ID is a name without spaces that begins with a letter"),
    (r"^Unexpected text", "inside a node only properties stand; put the text into one"),
    (r"^Unexpected node", "a property has one value; write the property again for another"),
    (r"is not a valid attribute", "leave it out, or write a property of your own"),
    (r"No scheme found", "write the whole IRI, with its scheme"),
    (r"language tag", "a language is written as en or de-CH"),
)


def fault(error: SyntaxError, reason: str, data: bytes, base: str) -> _Said:
    r"""Return reason with fix, line and column; expat is asked first, as it knows places.

    >>> fault(SyntaxError("..."), "...", b"<a>\n<b></a>", "urn:base")[1:]
    (2, 6)
    """
    try:
        expat.ParserCreate("utf-8").Parse(data, True)
    except expat.ExpatError as broken:
        said = expat.ErrorString(broken.code)
        return with_fix(said), broken.lineno, broken.offset + 1
    offset = _place(reason, data, base)
    return with_fix(reason), *Lines(data).place(offset)


def with_fix(reason: str) -> str:
    """Return a reason of expat or pyoxigraph, followed by what to do where that is known.

    >>> with_fix("duplicate attribute")
    'duplicate attribute; keep one of the two'
    """
    for pattern, words in _FIXES:
        if found := re.search(pattern, reason):
            return f"{reason}; {words.format(*found.groups())}"
    return reason


class _Feed:
    """The bytes of a document, given out so that it shows how far one had to read."""

    def __init__(self, data: bytes, known: int) -> None:
        """Give out whole pieces up to ``known``, and one byte at a time after that."""
        self.given, self.piece = 0, 0
        self._data, self._known = data, known

    def read(self, size: int = -1) -> bytes:
        """Return the next piece, of at most ``size`` bytes."""
        self.piece = size if 0 < size <= self._known - self.given else 1
        start, self.given = self.given, min(self.given + self.piece, len(self._data))
        return self._data[start : self.given]


def _reached(data: bytes, known: int, base: str) -> int:
    """Return how far pyoxigraph has to read for its error, near enough up to ``known``."""
    feed = _Feed(data, known)
    with suppress(SyntaxError):
        for _ in ox.parse(cast(IO[bytes], feed), format=ox.RdfFormat.RDF_XML, base_iri=base):
            pass
    return feed.given - (feed.piece if known == len(data) else 0)


def _place(reason: str, data: bytes, base: str) -> int:
    """Return the offset of the tag or the text at which pyoxigraph stops reading."""
    end = _reached(data, _reached(data, len(data), base), base)
    if reason.startswith("Unexpected text"):
        start = data.rfind(b">", 0, end - 1) + 1
        return start + len(data[start:end]) - len(data[start:end].lstrip())
    start = max(data.rfind(b"<", 0, end), 0)
    quoted = re.search(r"'([^']+)'", reason)
    inside = data.find(quoted[1].encode(), start, end) if quoted else -1
    return start if inside < 0 else inside
