"""A text cut at the words that it shares with another one, so that a page can mark them.

The pieces are plain text: the template escapes each of them, whatever the text holds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from competency.align import Shared

_JOINERS = {"\u200c", "\u200d", "\ufe0e", "\ufe0f"}  # what holds or forms one sign with its letter
_SKIN_TONES = range(0x1F3FB, 0x1F400)  # U+1F3FB to U+1F3FF


@dataclass(frozen=True)
class Piece:
    """A piece of a text; ``other`` is what the other text says there, empty where nothing."""

    text: str
    other: str = ""
    synonym: bool = False
    near: bool = False


def pieces(text: str, shared: Iterable[Shared], *, is_left: bool) -> tuple[Piece, ...]:
    """Return a text in pieces; those that the other text has as well know how it says it.

    No piece begins or ends inside of what a reader takes for one sign.

    >>> word = Shared("clients", "customer", (6, 13), (0, 8), synonym=True)
    >>> [(piece.text, piece.other) for piece in pieces("Helps clients.", [word], is_left=True)]
    [('Helps ', ''), ('clients', 'customer'), ('.', '')]
    """
    found: list[Piece] = []
    at = 0
    for start, end, item in sorted(_spans(text, shared, is_left), key=lambda row: row[:2]):
        if start < at or start >= end:
            continue  # inside of one that is marked already
        if start > at:
            found.append(Piece(text[at:start]))
        other = item.right if is_left else item.left
        found.append(Piece(text[start:end], other, item.synonym, item.is_near))
        at = end
    if at < len(text):
        found.append(Piece(text[at:]))
    return tuple(found)


def _spans(text: str, shared: Iterable[Shared], is_left: bool) -> Iterable[tuple[int, int, Shared]]:
    for item in shared:
        start, end = item.left_at if is_left else item.right_at
        yield _edge(text, start), _edge(text, end), item


def _edge(text: str, place: int) -> int:
    """Return the next place at which no sign is cut in two."""
    while 0 < place < len(text) and (_goes_on(text[place]) or text[place - 1] == "\u200d"):
        place += 1
    return place


def _goes_on(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M" or sign in _JOINERS or ord(sign) in _SKIN_TONES
