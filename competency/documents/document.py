"""A document as lines of text, and pieces of it that remember where they stand.

Everything that an import keeps is a Span: pieces of lines, in reading order. Texts are read off
spans and written nowhere by hand, so no word can be invented, and what no span covers is lost
and found out (see ``accounting``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Document:
    """The text of a source: line n is ``lines[n - 1]``, without its line end.

    ``pages`` gives the page of each line where the source has pages, else it is empty;
    ``sha256`` is the digest of the file in hexadecimal.
    """

    name: str
    lines: tuple[str, ...]
    media_type: str = "text/plain"
    sha256: str = ""
    pages: tuple[str, ...] = field(default=(), repr=False)

    def line(self, number: int) -> str:
        """Return a line by its number, counted from 1."""
        return self.lines[number - 1]

    def span(self, number: int, start: int = 0, end: int | None = None) -> Span:
        """Return a piece of one line, without the white space at its ends.

        >>> Document("x", ("  two words ",)).span(1).text
        'two words'
        """
        text = self.lines[number - 1]
        end = len(text) if end is None else end
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = max(start, end - (len(piece) - len(piece.rstrip())))
        return Span((Piece(number, start, end, text[start:end]),) if end > start else ())


@dataclass(frozen=True)
class Piece:
    """Characters ``start`` to ``end`` (half open) of a line, with their text."""

    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Span:
    """Pieces of a document in reading order: the text of one field of one part."""

    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """Return the words with single spaces; a word that a line end cut in two is whole again.

        >>> Span((Piece(1, 0, 5, "long-"), Piece(2, 0, 4, "term"))).text
        'long-term'
        """
        words = ""
        for piece in self.pieces:
            glue = "" if not words or re.search(r"\w-$", words[-2:]) else " "
            words += glue + piece.text
        return " ".join(words.split())

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the lines, in order, each once."""
        return tuple(sorted({piece.line for piece in self.pieces}))

    def __add__(self, other: Span) -> Span:
        return Span(self.pieces + other.pieces)

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __str__(self) -> str:
        return self.text


def join(spans: Iterable[Span]) -> Span:
    """Return one span of several, in the order given."""
    return Span(tuple(piece for span in spans for piece in span.pieces))


def line_ranges(numbers: Iterable[int]) -> str:
    """Return line numbers as ``comp:lines`` writes them.

    >>> line_ranges([4, 6, 8, 9, 10])
    '4,6,8-10'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
