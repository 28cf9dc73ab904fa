"""Lines as rows of words: what a word looks like, and whether words look like part of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from competency.documents.document import Document, Piece, Span
from competency.documents.marks import BULLETS

_WORD = re.compile(r"[^\s|]+")
_SIGNS = "*_`#>"
_HEADING = re.compile(r"\s*(#{1,6})(?=[\s*])")
_BULLET = re.compile(rf"\s*[{re.escape(BULLETS.replace('*', ''))}](?:\s+|(?=\w))|\s*\*\s+")
_LETTER_BULLET = re.compile(r"\s*(o)\s+(?=\S)")
_WIDE = re.compile(r"\t|\||\s{2,}")
_PUNCTUATION = "\"'“”\u2018\u2019()[]{},.;:!?…"
_STOP = re.compile(r"[.!?…][\"'”\u2019)\]]*$")
_ABBREVIATION = re.compile(r"\W*(e\.g|i\.e|vs|incl|no|dr|mr|mrs|ms|cf)\.$", re.IGNORECASE)


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(words.split())


CONNECTING = word_set(
    "a an the and or of to for in on with by at from as into through across within without under "
    "over between beyond towards toward upon via its their our your"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line, with its place; ``bare`` is what is left without punctuation.

    ``is_next`` says that one space and nothing else stands between it and the word before.
    """

    line: int
    start: int
    end: int
    text: str
    bare: str
    is_next: bool = False

    @property
    def is_capital(self) -> bool:
        """Say whether the first letter is a capital."""
        return self.bare[:1].isupper()

    @property
    def is_small(self) -> bool:
        """Say whether it starts with a small letter or a figure and so can run on a sentence."""
        return self.bare[:1].islower() or self.bare[:1].isdigit()

    @property
    def is_connecting(self) -> bool:
        """Say whether it joins other words: ``to``, ``for the``, ``&``."""
        return not self.bare or self.bare in CONNECTING

    @property
    def is_acronym(self) -> bool:
        """Say whether it is written in capitals only."""
        return len(self.bare) > 1 and self.bare.isupper()

    @property
    def is_stop(self) -> bool:
        """Say whether a sentence ends here."""
        return bool(_STOP.search(self.text)) and not _ABBREVIATION.match(self.text)


Words = Sequence[Word]


@dataclass(frozen=True)
class Row:
    """A line that holds words; ``gaps`` are the words that wide space or a cell border precedes."""

    number: int
    words: tuple[Word, ...]
    heading: int = 0
    bullet: bool = False
    after_blank: bool = False
    gaps: frozenset[int] = field(default_factory=frozenset)


def rows(document: Document) -> tuple[list[Row], list[Span]]:
    """Return the lines that hold words, and the letters that only stand for a bullet.

    Empty lines say something only where most lines follow each other without.
    """
    found: list[Row] = []
    letters: list[Span] = []
    blank = False
    for number, line in enumerate(document.lines, 1):
        at, heading, bullet = 0, 0, False
        if mark := _HEADING.match(line):
            heading, at = len(mark[1]), mark.end()
        elif mark := _BULLET.match(line):
            bullet, at = True, mark.end()
        elif mark := _LETTER_BULLET.match(line):
            bullet, at = True, mark.end()
            letters.append(document.span(number, mark.start(1), mark.end(1)))
        words, gaps = _words(line, number, at)
        if any(word.bare for word in words):
            found.append(Row(number, tuple(words), heading, bullet, blank, frozenset(gaps)))
        blank = not words
    if sum(row.after_blank for row in found) > 0.6 * len(found):
        found = [replace(row, after_blank=False) for row in found]
    return found, letters


def _words(line: str, number: int, at: int) -> tuple[list[Word], set[int]]:
    words: list[Word] = []
    gaps: set[int] = set()
    last = at
    for found in _WORD.finditer(line, at):
        text = found[0].lstrip(_SIGNS)
        start = found.end() - len(text)
        text = text.rstrip(_SIGNS)
        if not text:
            continue
        if words and _WIDE.search(line[last:start]):
            gaps.add(len(words))
        is_next = bool(words) and line[last:start] == " "
        last = start + len(text)
        bare = text.strip(_PUNCTUATION)
        bare = bare if any(letter.isalnum() for letter in bare) else ""
        words.append(Word(number, start, last, text, bare, is_next))
    return words, gaps


def span_of(words: Iterable[Word]) -> Span:
    """Return the words as a span: one piece for words with nothing but one space between them."""
    pieces: list[Piece] = []
    for word in words:
        last = pieces[-1] if pieces else None
        if last and word.is_next and (last.line, last.end + 1) == (word.line, word.start):
            text = f"{last.text} {word.text}"
            pieces[-1] = Piece(last.line, last.start, word.end, text)
        else:
            pieces.append(Piece(word.line, word.start, word.end, word.text))
    return Span(tuple(pieces))


def bare_span(words: Words) -> Span:
    """Return the words as a span, without punctuation at the end: a name without its colon."""
    if not words:
        return Span()
    last = words[-1]
    text = last.text.rstrip(":,;\u2013\u2014-.")
    if not text or (last.text.endswith("-") and text != last.text):
        text = last.text
    end = Word(last.line, last.start, last.start + len(text), text, text, last.is_next)
    return span_of([*words[:-1], end])


def name_run(words: Words) -> int:
    """Return how many leading words can be part of a name: capitals and what connects them."""
    for count, word in enumerate(words):
        if not (word.is_capital or word.is_connecting) or word.is_stop or word.text.endswith(";"):
            return count
        if word.text.endswith(":"):
            return count + 1
    return len(words)


def is_sentence(words: Words) -> bool:
    """Say whether a row holds a sentence or its end, and so is no heading or name."""
    return any(word.is_stop for word in words) or len(words) > 14


def key(words: Iterable[Word]) -> tuple[str, ...]:
    """Return words for comparison: without punctuation and capitals."""
    return tuple(word.bare.casefold() for word in words)


def is_all_capitals(words: Words) -> bool:
    """Say whether all letters are capitals."""
    text = "".join(word.text for word in words)
    return text.isupper()
