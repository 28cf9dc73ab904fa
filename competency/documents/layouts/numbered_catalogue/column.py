"""The right-hand column: how wide its lines are, and so what can stand at the start of one.

Lines of a paragraph are filled: a word that starts a line would not have fitted on the line
before. A word that would have fitted there is no part of the paragraph but of the column beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from competency.documents.layouts.numbered_catalogue.signs import Signs, band_at, number_of
from competency.documents.layouts.numbered_catalogue.words import Row, Word, Words, name_run

_NARROW = frozenset("iljtfrI.,;:'\u2019!|()[]-\"")
_WIDE = frozenset("mwMW@%&")


def width(words: Words, is_fixed: bool = False) -> float:
    """Return how wide words are in print, in letters of common width; fixed: all are as wide."""
    space = 1.0 if is_fixed else 0.6
    return sum(_word_width(w.text, is_fixed) for w in words) + space * max(0, len(words) - 1)


def _word_width(text: str, is_fixed: bool = False) -> float:
    if is_fixed:
        return float(len(text))
    return sum(
        0.55 if letter in _NARROW else 1.5 if letter in _WIDE else 1.2 if letter.isupper() else 1.0
        for letter in text
    )


@dataclass(frozen=True)
class Column:
    """The width of the definitions; 0 when their lines are not filled and say nothing."""

    full: float = 0.0
    is_fixed: bool = False

    def room(self, line: Words, word: Word) -> float:
        """Return the share of the width that would be left free if a word joined a line.

        Below 0 it does not fit, and so may begin the next line.
        """
        if not self.full or not line:
            return 0.0
        return (self.full - width([*line, word], self.is_fixed)) / self.full

    def overflow(self, words: Words) -> float:
        """Return by what share of the width, and a little over, they are too wide for a line."""
        wide = width(words, self.is_fixed)
        return max(0.0, wide / self.full - 1.04) if self.full else 0.0

    def is_half(self, words: Words) -> bool:
        """Say whether words fill less than half a line."""
        return width(words, self.is_fixed) < self.full / 2


def measure(rows: Sequence[Row], signs: Signs) -> Column:
    """Measure the lines that are certainly text alone; trust them if nearly all are filled.

    Letters may be of one width or of many: the measure that leaves less room is the right one.
    """
    starts = [(place, row, text_start(row, signs)) for place, row in enumerate(rows)]
    sure = [(place, row.words[at:]) for place, row, at in starts if at >= 0]
    pairs = [
        (words, nexts[0])
        for (place, words), (after, nexts) in pairwise(sure)
        if after == place + 1
        and nexts[0].is_small
        and not words[-1].is_stop
        and not words[-1].text.endswith("-")
    ]
    if len(pairs) < 3:
        return Column()
    best, least = Column(), 0.2 * len(pairs)
    for is_fixed in (False, True):
        column = Column(max(width(words, is_fixed) for _, words in sure), is_fixed)
        rooms = [column.room(words, word) for words, word in pairs]
        loose = sum(room >= 0.08 for room in rooms) + sum(max(0.0, room) for room in rooms)
        if loose <= least:
            best, least = column, loose - 0.001
    return best


def text_start(row: Row, signs: Signs) -> int:
    """Return where the text of a row begins, or -1 where that is not certain."""
    words = row.words
    first = 1 if number_of(words[0]) else 0
    at = signs.opening_in(words[first:])
    if at >= 0:
        return first + at
    is_long = len(words) > (4 if words[0].is_connecting else 2) or words[-1].is_stop
    is_mixed = any(word.is_capital for word in words[: name_run(words)])
    is_plain = not first and words[0].bare[:1].islower() and not is_mixed
    return 0 if is_long and (is_plain or band_at(words, 0)) else -1
