"""The content of a table cell as one text, of which every stretch knows its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from competency.documents.document import Document, Span, join

_HEADING = re.compile(r"\s*#{1,6}(?=\s)")
_PAIRS = re.compile(r"\*\*|__")


def blanked(line: str) -> str:
    """Return a line with white space in place of its marks; every word keeps its place.

    >>> blanked("| **Level** | 2 |").split()
    ['Level', '2']
    """
    line = _PAIRS.sub("  ", line.replace("\ufeff", " ").replace("\u200b", " "))
    if found := _HEADING.match(line):
        line = " " * found.end() + line[found.end() :]
    if not line.lstrip().startswith("|"):
        return line
    return line.replace("|", " ", 1).replace("|", "\t")


@dataclass(frozen=True)
class Place:
    """A stretch of one line: characters ``start`` to ``end``, half open."""

    line: int
    start: int
    end: int


class Flow:
    """Stretches of lines as one text with a line feed between them."""

    def __init__(self, document: Document, places: Iterable[Place]) -> None:
        """Put the stretches together; ``text`` has blanks where marks stood."""
        self.document, self.places = document, list(places)
        lines = [blanked(document.line(p.line))[p.start : p.end] for p in self.places]
        self.text = "\n".join(lines)
        self.starts: list[int] = []
        at = 0
        for line in lines:
            self.starts.append(at)
            at += len(line) + 1

    def cut(self, start: int, end: int) -> Span:
        """Return the words between two offsets, without blanks and marks at the ends of lines."""
        spans: list[Span] = []
        for index in range(max(0, bisect_right(self.starts, start) - 1), len(self.places)):
            place, offset = self.places[index], self.starts[index]
            if offset >= end:
                break
            first = max(start, offset)
            piece = self.text[first : min(end, offset + place.end - place.start)]
            first += len(piece) - len(piece.lstrip()) + place.start - offset
            last = first + len(piece.strip())
            spans.append(self.document.span(place.line, first, last))
        return join(spans)

    def whole(self) -> Span:
        """Return all words."""
        return self.cut(0, len(self.text))

    def holds_words(self) -> bool:
        """Say whether there is any word."""
        return any(character.isalnum() for character in self.text)
