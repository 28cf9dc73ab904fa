"""The signs of a catalogue: printed numbers, the opening of definitions, phrases of higher bands.

The opening ('Staff with this skill') is not known beforehand: it is what most definitions of one
document begin with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from competency.documents.layouts.numbered_catalogue.words import (
    Row,
    Word,
    Words,
    is_sentence,
    key,
    name_run,
    word_set,
)

_NUMBER = re.compile(r"\(?(\d{1,2}(?:\.\d{1,2}){0,3})[.):]?$")
_HIGHER = word_set(
    "higher highest advanced upper senior expert top next proficient mastery specialist "
    "leadership managerial management supervisory strategic"
)
_LEVEL = word_set("level levels")
_ARTICLES = word_set("the a an more most")
_LONGEST_NAME = 8


def number_of(word: Word) -> str:
    """Return the printed number that a word is, without bracket or dot, or nothing."""
    found = _NUMBER.match(word.text)
    return found[1] if found else ""


def band_at(words: Words, at: int) -> int:
    """Return how many words from ``at`` on are the phrase of a higher band, 0 if none are.

    'At the higher levels', 'At an advanced level'; without 'At' only when nothing else is there.
    """
    if at >= len(words) or not words[at].is_capital:
        return 0
    end = at + 1 if words[at].bare == "At" or words[at].bare == "AT" else at
    if end == at and len(words) > at + 5:
        return 0
    bares = [word.bare.casefold() for word in words[end : end + 6]]
    skip = 0
    while skip < len(bares) and bares[skip] in _ARTICLES:
        skip += 1
    for count, bare in enumerate(bares[skip:]):
        if bare in _LEVEL:
            length = end + skip + count + 1 - at
            is_higher = bool(_HIGHER & set(bares[skip : skip + count]))
            is_whole = end > at or at + length == len(words)
            return length if is_higher and is_whole else 0
    return 0


def band_label(words: Words) -> Words:
    """Return the words of a band's phrase that name the level: without 'At the'."""
    at = 0
    while at < len(words) and (words[at].bare.casefold() in _ARTICLES | {"at"}):
        at += 1
    return words[at:]


@dataclass(frozen=True)
class Numbers:
    """How the document prints the numbers of competencies: ``parts`` between dots, zeros first."""

    parts: int = 0
    is_padded: bool = False

    def fits(self, number: str) -> bool:
        """Say whether a number is printed in this way."""
        if not number or number.count(".") + 1 != self.parts:
            return False
        last = number.split(".")[-1]
        return len(last) > 1 if self.is_padded else not last.startswith("0")


def _style(number: str) -> tuple[int, bool]:
    return number.count(".") + 1, number.split(".")[-1].startswith("0")


@dataclass
class Signs:
    """What one document's catalogue looks like."""

    numbers: Numbers = field(default_factory=Numbers)
    opening: tuple[str, ...] = ()

    def number_at(self, row: Row) -> int:
        """Return the place of the number of a competency in a row, or -1.

        It stands first, or behind name words that the opening or the end of the line follows.
        """
        words = row.words
        if self.numbers.fits(number_of(words[0])):
            return 0
        limit = min(name_run_with_numbers(words, self.numbers), _LONGEST_NAME)
        for at in range(1, limit):
            if self.numbers.fits(number_of(words[at])):
                rest = words[at + 1 :]
                is_marked = self.numbers.is_padded or not rest or self.opening_in(rest) >= 0
                return at if is_marked else -1
        return -1

    def opening_in(self, words: Words) -> int:
        """Return where the opening begins in a row, behind at most a few words of a name."""
        if not self.opening:
            return -1
        for at in range(min(len(words), _LONGEST_NAME + 1)):
            if at and words[at - 1].is_stop:
                return -1
            window = words[at : at + len(self.opening)]
            if window[0].is_capital and self._opens(window):
                return at
        return -1

    def _opens(self, window: Words) -> bool:
        """Compare with the opening; at the end of a line two words of it are enough."""
        said = key(window)
        return said == self.opening[: len(said)] and len(said) >= min(2, len(self.opening))


def name_run_with_numbers(words: Words, numbers: Numbers) -> int:
    """Return how many leading words are name words or the competency's number."""
    for count, word in enumerate(words):
        is_name = word.is_capital or word.is_connecting or numbers.fits(number_of(word))
        if not is_name or (word.is_stop and not number_of(word)):
            return count
    return len(words)


def read_signs(rows: Sequence[Row]) -> Signs:
    """Find out how a document prints its numbers and how its definitions begin."""
    count = sum(any(number_of(word) for word in row.words[:4]) for row in rows)
    opening = _opening(rows, count)
    return Signs(_numbers(rows, Signs(opening=opening)), opening)


def _starts(row: Row) -> Iterable[int]:
    """Yield where a definition can begin in a row: behind a number and words of a name."""
    words = row.words
    for at in range(min(len(words), _LONGEST_NAME + 1)):
        if at and not (name_run(words[at - 1 : at]) or number_of(words[at - 1])):
            return
        if words[at].is_capital and words[at].bare not in ("At", "AT"):
            yield at


def _opening(rows: Sequence[Row], numbers: int) -> tuple[str, ...]:
    """Return the words that most definitions begin with."""
    seen: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        for at in _starts(row):
            for length in (2, 3):
                words = row.words[at : at + length]
                if len(words) == length and not any(word.is_stop for word in words):
                    seen[key(words)] += any(w.is_small and not w.is_connecting for w in words)
    least = max(2, (numbers + 1) // 2)
    enough = {gram: n for gram, n in seen.items() if n >= (least if len(gram) == 3 else least + 1)}
    if not enough:
        return ()
    best = max(enough, key=lambda gram: (enough[gram], len(gram)))
    return _longer(rows, best)


def _longer(rows: Sequence[Row], opening: tuple[str, ...]) -> tuple[str, ...]:
    """Lengthen an opening as long as all definitions go on with the same word."""
    signs = Signs(opening=opening)
    places = [(row, at) for row in rows if (at := signs.opening_in(_unnumbered(row))) >= 0]
    while len(opening) < 8:
        nexts = {key(_unnumbered(row)[at + len(opening) :][:1]) for row, at in places}
        nexts.discard(())
        if len(nexts) != 1 or len(places) < 2:
            break
        opening += next(iter(nexts))
    return opening


def _inner_number(words: Words, signs: Signs) -> str:
    """Return the number that stands between words of a name and the opening."""
    places = range(1, min(5, len(words) - 1))
    found = (number_of(words[at]) for at in places if signs.opening_in(words[at + 1 :]) == 0)
    return next((number for number in found if number), "")


def _unnumbered(row: Row) -> Words:
    return row.words[1:] if number_of(row.words[0]) and len(row.words) > 1 else row.words


def _numbers(rows: Sequence[Row], signs: Signs) -> Numbers:
    """Return the way of numbering under which the definitions and bands stand."""
    votes: Counter[tuple[int, bool]] = Counter()
    style: tuple[int, bool] | None = None
    for row in rows:
        number = number_of(row.words[0]) or _inner_number(row.words, signs)
        if number and (len(row.words) == 1 or row.words[1].bare[:1].isalnum()):
            if style is None or _style(number)[0] != style[0] or _style(number)[1]:
                style = _style(number)
            votes[style] += 0 if len(row.words) == 1 else 1
        if style is None:
            continue
        rest = _unnumbered(row)
        has_band = any(band_at(rest, at) for at in range(len(rest)) if rest[at].bare == "At")
        votes[style] += 5 * (signs.opening_in(rest) >= 0 or has_band) + is_sentence(rest)
    if not votes:
        return Numbers()
    parts = max(votes, key=lambda style: votes[style])[0]
    return Numbers(parts, votes[parts, True] > 0)
