"""Make one clear line of what a parser says: the reason, the place, and what to do."""

from __future__ import annotations

import re
from typing import NamedTuple

from competency.formats import Format
from competency.graph.faults import jsonld, rdfxml, turtle
from competency.graph.faults.looks import looks_like
from competency.graph.texts.lines import Lines, text_of

_PLACE = re.compile(r"^Parser error (?:at|between) [^:]*: ")
_LONGEST = 220
_LINES = (  # N-Triples and N-Quads
    (r"^Quads must be followed", "each line holds one statement, and ends with ' .'"),
    (r"^line jumps", "each statement stands on one line"),
    (
        r"^The (?:subject|predicate|object)",
        "short names, numbers, ; and , are Turtle: name it .ttl",
    ),
    (r"^No scheme found", "IRIs are written whole: <https://...>"),
    (r"^''' is not allowed", 'texts stand in double quotes: "'),
    (r"^Unexpected end", "what begins here is never closed"),
)


class Fault(NamedTuple):
    """What is wrong, with the way to mend it, and the line and column."""

    reason: str
    line: int
    column: int


def tell(error: SyntaxError, data: bytes, syntax: Format, base: str) -> Fault:
    """Return what pyoxigraph found in a document, in words that an author can act on.

    ``data`` is without byte order mark. Where pyoxigraph does not say the place, the document is
    searched for it.

    >>> from competency.formats import by_name
    >>> tell(SyntaxError("Unexpected end", (None, 1, 6, None)), b"<a> .", by_name("ttl"), "").reason
    'Unexpected end; the file ends inside a statement; end it with . or fetch the file again'
    """
    reason = _one_line(str(error.args[0]))
    text = text_of(data)
    if syntax.name == "jsonld":
        fault = jsonld.fault(error, reason, text)
    elif syntax.name == "rdfxml":
        fault = rdfxml.fault(error, reason, data, base)
    else:
        lines = Lines(text)  # of an IRI with a line break in it the column is on the next line
        line, column = lines.place(lines.offset(error.lineno or 1, error.offset or 1))
        fault = (_hinted(reason, text, line, column, syntax.name), line, column)
    if looks := looks_like(data, syntax.name):
        return Fault(f"{reason}; {looks}", fault[1], fault[2])
    return Fault(*fault)


def _one_line(said: str) -> str:
    """Return what a parser says without its own place, on one line that is not too long."""
    reason = _PLACE.sub("", re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", said).strip())
    return reason if len(reason) <= _LONGEST else f"{reason[:100]} ... {reason[-100:]}"


def _hinted(reason: str, text: str, line: int, column: int, syntax: str) -> str:
    if syntax in ("ntriples", "nquads"):
        said = next((words for pattern, words in _LINES if re.search(pattern, reason)), None)
    else:
        said = turtle.hint(reason, text, Lines(text).offset(line, column))
    return f"{reason}; {said}" if said else reason
