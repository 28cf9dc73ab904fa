"""The words of a text that say something: stemmed, without stop words, and where they stand.

Words are cut, folded and stemmed as search does it. A text in a script without spaces gives the
pairs of its characters. Which words say nothing or little is data: ``stopwords.txt`` and
``weakwords.txt`` here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from competency.graph.search.tokens import Stems, Word, words_of

READ = 2_000  # characters of a text that are compared
SECTION = re.compile(r"\[([A-Za-z]{2,8})\]")  # begins the words of a language
_HERE = Path(__file__).parent


class Token(NamedTuple):
    """A word of a text, or a pair of characters: its stem, its form, and where it stands."""

    stem: str
    folded: str
    start: int = 0
    end: int = 0

    @property
    def is_number(self) -> bool:
        """Say whether this has no letter, so that it is no word."""
        return not any(sign.isalpha() for sign in self.folded)


class Stemmer:
    """The words of texts by their stems; for one thread at a time.

    >>> [token.stem for token in Stemmer().tokens("Serving the customers", "en")]
    ['serv', 'the', 'custom']
    """

    def __init__(self) -> None:
        """Know no word yet."""
        self._stems, self._known = Stems(), dict[tuple[str, str], str]()

    def tokens(self, text: str, language: str) -> Iterator[Token]:
        """Yield the words of a text in order, stop words too; of a long text, its beginning."""
        for word in words_of(text[:READ]):
            if word.unspaced:
                yield from _pairs(word)
            else:
                yield Token(self._stem(word.folded, language), word.folded, word.start, word.end)

    def _stem(self, folded: str, language: str) -> str:
        key = (folded, language)
        if key not in self._known:
            self._known[key] = min(self._stems.of(folded, language), default="") or folded
        return self._known[key]


def stop_words(language: str) -> frozenset[str]:
    """Return the words of a language that say nothing by themselves; none where we have no list.

    >>> "the" in stop_words("en"), stop_words("xx")
    (True, frozenset())
    """
    return _listed("stopwords.txt").get(language, frozenset())


def weak_words(language: str) -> frozenset[str]:
    """Return the words of a language that say little where work is described.

    >>> "ensure" in weak_words("en"), weak_words("xx")
    (True, frozenset())
    """
    return _listed("weakwords.txt").get(language, frozenset())


@cache
def _listed(file: str) -> Mapping[str, frozenset[str]]:
    """Return the words of a file of ours by language."""
    found: dict[str, set[str]] = defaultdict(set)
    language = "en"
    for line in (_HERE / file).read_text(encoding="utf-8").splitlines():
        said = line.partition("#")[0].strip()
        if begun := SECTION.fullmatch(said):
            language = begun[1].lower()
        else:
            found[language].update(said.split())
    return {language: frozenset(words) for language, words in found.items()}


def _pairs(word: Word) -> Iterator[Token]:
    """Yield the pairs of a run of characters, all in one place where folding changed its length."""
    run = word.folded
    same = len(run) == word.end - word.start
    for at in range(max(1, len(run) - 1)):
        pair = run[at : at + 2]
        start = word.start + at if same else word.start
        yield Token(pair, pair, start, start + len(pair) if same else word.end)
