"""A text as the terms that are compared: stems, or the groups of synonyms they are in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from competency.align.synonyms import Synonyms
from competency.align.words import READ, Stemmer, Token, stop_words, weak_words

_KEPT = 500_000  # characters of the texts whose terms are kept; all of many take much room


class Term(NamedTuple):
    """A term of a text, the stems it was read from, and where it stands.

    ``is_word`` unless it is only a number; ``fields`` are those that it is in, and it ``is_weak``
    where it says little.
    """

    name: str
    stems: tuple[str, ...]
    start: int
    end: int
    is_word: bool = True
    fields: Sequence[str] = ()
    is_weak: bool = False


class Read(NamedTuple):
    """A text as it was read: its terms in order, and its words as they are, without stop words."""

    terms: tuple[Term, ...]
    forms: tuple[str, ...]


class _Word(NamedTuple):
    """A word: its term, None where it says nothing, and how long phrases are that begin with it."""

    term: Term | None
    longer: tuple[int, ...]


class Reader:
    """Reads texts as terms; for one thread at a time.

    >>> from competency.align.synonyms import Synonyms
    >>> read = Reader(Synonyms([("en", ("look after", "serve"))])).read
    >>> [term.name for term in read("Looks after the customers", "en").terms]
    ['en=look after', 'custom']
    """

    def __init__(self, synonyms: Synonyms) -> None:
        """Read with these synonyms."""
        self._synonyms, self._stemmer = synonyms, Stemmer()
        self._names: dict[tuple[str, tuple[str, ...]], str | None] = {}
        self._weak: dict[str, frozenset[str]] = {}
        self._words: dict[tuple[str, str, str], _Word] = {}
        self._kept: dict[tuple[str, str], Read] = {}
        self._room = _KEPT

    def read(self, text: str, language: str) -> Read:
        """Return what a text says; phrases count as one, the longest that fits."""
        key = (text, language)
        if (found := self._kept.pop(key, None)) is None:
            found = self._read(text, language)
            self._room -= len(text[:READ])
            while self._room < 0 and self._kept:
                oldest = next(iter(self._kept))
                del self._kept[oldest]
                self._room += len(oldest[0][:READ])
        self._kept[key] = found
        return found

    def _read(self, text: str, language: str) -> Read:
        stops = stop_words(language)
        tokens = list(self._stemmer.tokens(text, language))
        forms = (token.folded for token in tokens if token.folded not in stops)
        return Read(tuple(self._terms(tokens, language, stops)), tuple(dict.fromkeys(forms)))

    def _terms(self, tokens: list[Token], language: str, stops: frozenset[str]) -> Iterator[Term]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            key = language, token.stem, token.folded
            if (word := self._words.get(key)) is None:
                word = self._words[key] = self._word(token, language, stops)
            phrase = self._longest(tokens, at, language, word.longer) if word.longer else None
            if phrase:
                yield phrase
                at += len(phrase.stems)
                continue
            if one := word.term:
                where = token.start, token.end
                yield Term(one.name, one.stems, *where, one.is_word, one.fields, one.is_weak)
            at += 1

    def _word(self, token: Token, language: str, stops: frozenset[str]) -> _Word:
        """Return what is the same of a word wherever it stands."""
        lengths = self._synonyms.lengths(token.stem, language)
        name = (self._name([token], language) if 1 in lengths else None) or token.stem
        term = self._term(name, [token], language) if _says(token, stops) else None
        return _Word(term, tuple(size for size in lengths if size > 1))

    def _term(self, name: str, here: list[Token], language: str) -> Term:
        return Term(
            name,
            tuple(token.stem for token in here),
            here[0].start,
            here[-1].end,
            is_word=not here[0].is_number,
            fields=self._synonyms.fields(name, language),
            is_weak=name in self._weak_names(language),
        )

    def _weak_names(self, language: str) -> frozenset[str]:
        """Return the names of the terms that say little: such words and their synonyms."""
        if language not in self._weak:
            words = (list(self._stemmer.tokens(word, language)) for word in weak_words(language))
            names = (self._name(word, language) or word[0].stem for word in words)
            self._weak[language] = frozenset(names)
        return self._weak[language]

    def _longest(
        self, tokens: list[Token], at: int, language: str, sizes: Sequence[int]
    ) -> Term | None:
        """Return the longest phrase of several words that begins here, if any does."""
        for size in sizes:
            here = tokens[at : at + size]
            if len(here) == size and (name := self._name(here, language)):
                return self._term(name, here, language)
        return None

    def _name(self, tokens: list[Token], language: str) -> str | None:
        key = (language, tuple(token.folded for token in tokens))
        if key not in self._names:
            self._names[key] = self._synonyms.name(tokens, language)
        return self._names[key]


def _says(token: Token, stops: frozenset[str]) -> bool:
    """Say whether a word by itself says anything; a letter by itself does not."""
    alone = len(token.folded) == 1 and token.folded.isascii() and not token.folded.isdigit()
    return token.folded not in stops and not alone
