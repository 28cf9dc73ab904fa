"""Words that mean nearly the same at work, as data: read from a file that anybody can add to.

The file has one group a line, words and short phrases with commas between them; ``#`` begins a
remark and ``[fr]`` the groups of a language (English until then). Ours is ``synonyms.txt`` here.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from competency.align.words import READ, SECTION, Stemmer, Token
from competency.errors import ParseError, SourceError
from competency.graph.search.tokens import words_of

LONGEST_PHRASE = 6  # words
_MOST_BYTES = 2_000_000
_HERE = Path(__file__).parent

Phrase = tuple[str, ...]  # the stems of the words of a phrase
Group = tuple[str, tuple[str, ...]]  # a language and the words that mean the same in it
_Key = tuple[str, str]  # a language and a word or phrase as it is listed


class Synonyms:
    """Which words and phrases mean the same, whatever form they are in.

    Groups that share a word are one group.

    >>> found = Synonyms([("en", ("client", "customer")), ("en", ("guest", "customers"))])
    >>> {found.name([Token(word, word)], "en") for word in ("guest", "client")}
    {'en=client'}
    """

    def __init__(self, groups: Iterable[Group] = ()) -> None:
        """Join groups that share a word; its plural is the same word."""
        self._above: dict[_Key, _Key] = {}
        self._forms: dict[tuple[str, Phrase], list[str]] = defaultdict(list)
        self._lengths: dict[_Key, set[int]] = defaultdict(set)
        stemmer = Stemmer()
        for language, words in groups:
            for word in words:
                tokens = list(stemmer.tokens(word, language))
                self._join((language, _form(words[0])), (language, _form(word)))
                self._forms[language, _stems(tokens)].append(_form(word))
                self._lengths[language, tokens[0].stem].add(len(tokens))

    def name(self, tokens: Sequence[Token], language: str) -> str | None:
        """Return the name of the group of a word or phrase, or None where it is in none.

        Of several words with its stem, such as ``organise`` and ``organisation``, the one counts
        that begins most like it.
        """
        listed = self._forms.get((language, _stems(tokens)))
        if not listed:
            return None
        said = " ".join(token.folded for token in tokens)
        form = min(listed, key=lambda form: (-_same_start(form, said), len(form), form))
        return "=".join(self._top((language, form)))

    def lengths(self, stem: str, language: str) -> list[int]:
        """Return how many words the phrases have that begin with a stem, the longest first."""
        return sorted(self._lengths.get((language, stem), ()), reverse=True)

    def _join(self, one: _Key, other: _Key) -> None:
        first, last = sorted((self._top(one), self._top(other)))
        self._above[last] = first

    def _top(self, key: _Key) -> _Key:
        while (above := self._above.setdefault(key, key)) != key:
            key = above
        return key


@cache
def own_groups() -> tuple[Group, ...]:
    """Return the groups that come with this package."""
    return tuple(read_groups(_HERE / "synonyms.txt"))


def synonyms(*files: str) -> Synonyms:
    """Return our synonyms with those of more files; raises SourceError and ParseError.

    >>> synonyms().name([Token("compani", "companies")], "en")
    'en=business'
    """
    if not files:
        return _own_synonyms()
    return Synonyms([*own_groups(), *(group for file in files for group in read_groups(file))])


@cache
def _own_synonyms() -> Synonyms:
    return Synonyms(own_groups())


def read_groups(path: str | os.PathLike[str]) -> Iterator[Group]:
    """Yield the groups of a file in order.

    Raises SourceError where it cannot be read, ParseError with the line where it is wrong.

        list(read_groups("our-words.txt"))
    """
    language = "en"
    for number, line in enumerate(_text(path).splitlines(), 1):
        said = line.partition("#")[0].strip()
        if begun := SECTION.fullmatch(said):
            language = begun[1].lower()
        elif said:
            yield language, _members(said, str(path), number)


def _members(said: str, source: str, number: int) -> tuple[str, ...]:
    words = tuple(word.strip() for word in said.split(",") if word.strip())
    if len(words) < 2:
        reason = "a group has two words or more with commas between them: client, customer"
        raise ParseError(source, reason, number)
    for word in words:
        if not 0 < _count(word) <= LONGEST_PHRASE:
            reason = f"{word[:40]!r} is not a word or a phrase of at most {LONGEST_PHRASE} words"
            raise ParseError(source, reason, number)
    return words


def _text(path: str | os.PathLike[str]) -> str:
    try:
        with Path(path).open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise SourceError(str(path), error.strerror or "cannot be read") from error
    if len(data) > _MOST_BYTES:
        raise SourceError(str(path), f"longer than {_MOST_BYTES:,} bytes; keep fewer groups")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ParseError(str(path), "not UTF-8 text; save the file as UTF-8", line) from error


def _count(word: str) -> int:
    return sum(1 for _ in words_of(word[:READ]))


def _form(word: str) -> str:
    """Return a word as it is compared with others of the table: folded, and not a plural."""
    folded = " ".join(found.folded for found in words_of(word[:READ]))
    plural = len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss")
    return folded[:-1] if plural else folded


def _same_start(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _stems(tokens: Sequence[Token]) -> Phrase:
    return tuple(token.stem for token in tokens)
