"""Bullets that hold two behaviours: taken apart where that is sure enough, marked where it is not.

Two behaviours ran together when a lower-case word is followed by a capitalised verb in the third
person with no stop between. That is cut only where the sentence before is complete and the other
bullets of the list begin in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from competency.documents.document import Document, Span
from competency.documents.layouts.values_and_behaviours import phrases
from competency.documents.layouts.values_and_behaviours.spans import cut

_WORD = re.compile(r"[\w'\u2019-]+")
_SEAM = re.compile(r"(?<![\w'\u2019.-])[a-z][a-z'\u2019-]*(?<!-)\s(?=[A-Z][a-z-]+[\s,])")
_TWO = re.compile(
    r"(?:[a-z]{4}|[)\"'\u201d\u2019])[.!?][\"'\u201d\u2019]?\s+[\"'\u201c\u2018]?[A-Z]"
)
_NOT_VERB_WORDS = (
    "always across besides towards perhaps sometimes others this its his as us yes plus "
    "members officers colleagues managers"
)
_BEFORE_NOUN_WORDS = "the a an of with for in on by from their its our your any all own some"
_AFTER_NOUN_WORDS = (
    "of for in at on is are was were will that which who must should to from with by as can may "
    "has have or and"
)
_NOT_VERBS = frozenset(_NOT_VERB_WORDS.split())
_BEFORE_NOUNS = frozenset(_BEFORE_NOUN_WORDS.split())
_AFTER_NOUNS = frozenset(_AFTER_NOUN_WORDS.split())
_NOUN = re.compile(r"(?:tions|ities|ings|ances|ences|ists|isms|ships|ors|ss|us)$")
_DESCRIBES = re.compile(r"(?:ed|ive|ous|ful|ble|ical|ior|ic|ly)$")


class Splitter:
    """Knows how the bullets of one document begin, and which words it uses as nouns."""

    def __init__(self, document: Document, lists: Iterable[Sequence[Span]]) -> None:
        """Read the first words of all bullets, and the words behind 'the', 'of' and the like."""
        self.document = document
        self.first: set[str] = set()
        self.nouns: set[str] = set()
        for spans in lists:
            for span in spans:
                words = _WORD.findall(span.text)
                self.first.update(word.lower() for word in words[:1])
                self.nouns.update(b for a, b in pairwise(words) if a.lower() in _BEFORE_NOUNS)

    def split(self, spans: Sequence[Span]) -> list[list[Span]]:
        """Return the behaviours of each bullet of one list: most often the bullet itself."""
        alike = [_begins_with_verb(span) for span in spans]
        others, enough = sum(alike) - 1, len(spans) > 2 and 2 * (sum(alike) - 1) >= len(spans) - 1
        return [
            self._cut(span) if is_alike and others > 0 and enough else [span]
            for span, is_alike in zip(spans, alike, strict=True)
        ]

    def _cut(self, span: Span) -> list[Span]:
        text, starts = span.text, [0]
        for seam in _SEAM.finditer(text):
            if self._is_seam(text[starts[-1] : seam.end()].strip(), text[seam.end() :][:300]):
                starts.append(seam.end())
        if len(starts) == 1:
            return [span]
        ends = [*starts[1:], len(text)]
        return [cut(self.document, span, a, b) for a, b in zip(starts, ends, strict=True)]

    def _is_seam(self, before: str, after: str) -> bool:
        """Say whether one sentence is complete here and another begins."""
        words, rest = before.split(), after.split()
        if len(words) < 3 or len(rest) < 2 or phrases.dangles(before):
            return False
        if before.count("(") > before.count(")") or before.count('"') % 2:
            return False
        if before.count("\u201c") > before.count("\u201d"):
            return False
        first = rest[0].rstrip(",")
        if first.endswith("ly"):
            return _is_verb(rest[1])
        if not _is_verb(first):
            return False
        return first.lower() in self.first or self._is_new_verb(words, first.lower(), rest)

    def _is_new_verb(self, words: list[str], first: str, rest: list[str]) -> bool:
        """Say whether a word that begins no other bullet is a verb here, and no name."""
        if len(words) < 4 or len(rest) < 3 or first in self.nouns:
            return False
        if _NOUN.search(first) or _DESCRIBES.search(words[-1]):
            return False
        if rest[0].endswith(","):
            return _is_verb(rest[1].rstrip(","))
        if rest[1] == "and":
            return _is_verb(rest[2]) and rest[2] not in self.nouns
        return rest[1].lower() not in _AFTER_NOUNS


def holds_two_sentences(span: Span) -> bool:
    """Say whether a bullet holds a stop with another sentence behind it.

    >>> from competency.documents.document import Piece
    >>> holds_two_sentences(Span((Piece(1, 0, 0, "Hides mistakes. Blames others"),)))
    True
    """
    return bool(_TWO.search(span.text))


def _is_verb(word: str) -> bool:
    """Say whether a word can be a verb in the third person."""
    small = word.lower()
    return (
        bool(re.fullmatch(r"[a-z]+(?:-[a-z]+)?", small))
        and small.endswith("s")
        and not (small in _NOT_VERBS or small.endswith(("ss", "us")))
    )


def _begins_with_verb(span: Span) -> bool:
    words = _WORD.findall(span.text)[:2]
    if len(words) == 2 and words[0].endswith("ly"):
        return _is_verb(words[1])
    return bool(words) and _is_verb(words[0])
