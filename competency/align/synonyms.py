"""Words that mean nearly the same at work, as data: read from a file that anybody can add to.

The file has one group a line, words and short phrases with commas between them; ``#`` begins a
remark and ``[fr]`` the groups of a language (English until then). A line that begins with ``~`` is
a field: words that are near each other without meaning the same. Ours are ``synonyms.txt`` and
``fields.txt`` here.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock

from competency.align.words import READ, SECTION, Stemmer, Token
from competency.errors import ParseError, SourceError
from competency.graph.search.tokens import words_of

LONGEST_PHRASE = 6  # words
_MOST_BYTES = 2_000_000
_HERE = Path(__file__).parent

# Languages whose plural may have another stem than the word: usager is usag, usagers is usager.
_PLURALS = {"fr"}

Phrase = tuple[str, ...]  # the stems of the words of a phrase
Group = tuple[str, tuple[str, ...]]  # a language and the words that mean the same in it


class Synonyms:
    """Which words and phrases mean the same, whatever form they are in.

    Groups that share a word are one group; fields that do are not. The table of a language is made
    when it is asked for.

    >>> found = Synonyms([("en", ("client", "customer")), ("en", ("guest", "customers"))])
    >>> {found.name([Token(word, word)], "en") for word in ("guest", "client")}
    {'en=client'}
    """

    def __init__(self, groups: Iterable[Group] = (), fields: Iterable[Group] = ()) -> None:
        """Take groups and fields, each of a language."""
        self._said = _by_language(groups), _by_language(fields)
        self._tables: dict[str, _Table] = {}
        self._lock = Lock()

    def name(self, tokens: Sequence[Token], language: str) -> str | None:
        """Return the name of the group of a word or phrase, or None where it is in none.

        Of several words with its stem, such as ``organise`` and ``organisation``, the one counts
        that begins most like it.
        """
        return self._table(language).name(tokens)

    def lengths(self, stem: str, language: str) -> Sequence[int]:
        """Return how many words the phrases have that begin with a stem, the longest first."""
        return self._table(language).lengths.get(stem, ())

    def fields(self, name: str, language: str) -> Sequence[str]:
        """Return the fields that a term is in, by its name: that of its group, or its stem.

        >>> found = Synonyms(fields=[("en", ("oven", "dough")), ("en", ("oven", "heat"))])
        >>> found.fields("oven", "en"), found.fields("heat", "en"), found.fields("bread", "en")
        (['~0', '~1'], ['~1'], ())
        """
        return self._table(language).fields.get(name, ())

    def _table(self, language: str) -> _Table:
        if language not in self._tables:
            with self._lock:
                groups, fields = (said.get(language, ()) for said in self._said)
                self._tables[language] = _Table(language, groups, fields)
        return self._tables[language]


class _Table:
    """The groups and fields of one language, by the stems of their words."""

    def __init__(
        self, language: str, groups: Iterable[Sequence[str]], fields: Iterable[Sequence[str]]
    ) -> None:
        """Join groups that share a word, whose plural is the same word; then read the fields."""
        self._language, self._stemmer = language, Stemmer()
        self._above: dict[str, str] = {}
        self._forms: dict[Phrase, list[str]] = defaultdict(list)
        self.lengths: dict[str, list[int]] = {}
        self.fields: dict[str, list[str]] = defaultdict(list)
        for words in groups:
            for word in words:
                self._add(words[0], word)
        for number, words in enumerate(fields):
            for name in dict.fromkeys(map(self._named, words)):
                self.fields[name].append(f"~{number}")

    def name(self, tokens: Sequence[Token]) -> str | None:
        """Return the name of the group that a word or phrase is in, if it is in one."""
        listed = self._forms.get(_stems(tokens))
        if not listed:
            return None
        said = " ".join(token.folded for token in tokens)
        form = min(listed, key=lambda form: (-_same_start(form, said), len(form), form))
        return f"{self._language}={self._top(form)}"

    def _add(self, first: str, word: str) -> None:
        self._join(_form(first), _form(word))
        texts = (word, f"{word}s") if self._language in _PLURALS else (word,)
        for stems in {_stems(self._tokens(text)) for text in texts}:
            self._forms[stems].append(_form(word))
            lengths = {len(stems), *self.lengths.get(stems[0], ())}
            self.lengths[stems[0]] = sorted(lengths, reverse=True)

    def _named(self, word: str) -> str:
        """Return the name of the term that a word is; a phrase that we do not know becomes one."""
        tokens = self._tokens(word)
        if not (name := self.name(tokens)) and len(tokens) > 1:
            self._add(word, word)
            name = self.name(tokens)
        return name or tokens[0].stem

    def _tokens(self, text: str) -> list[Token]:
        return list(self._stemmer.tokens(text, self._language))

    def _join(self, one: str, other: str) -> None:
        first, last = sorted((self._top(one), self._top(other)))
        self._above[last] = first

    def _top(self, form: str) -> str:
        while (above := self._above.setdefault(form, form)) != form:
            form = above
        return form


def _by_language(groups: Iterable[Group]) -> Mapping[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for language, words in groups:
        found[language].append(words)
    return {**found}


@cache
def own_groups() -> tuple[Group, ...]:
    """Return the groups that come with this package."""
    return tuple(read_groups(_HERE / "synonyms.txt"))


@cache
def own_fields() -> tuple[Group, ...]:
    """Return the fields that come with this package."""
    return tuple(read_fields(_HERE / "fields.txt"))


def synonyms(*files: str) -> Synonyms:
    """Return our synonyms and fields with those of more files; raises SourceError and ParseError.

    >>> synonyms().name([Token("compani", "companies")], "en")
    'en=business'
    """
    if not files:
        return _own_synonyms()
    groups = [group for file in files for group in read_groups(file)]
    fields = [field for file in files for field in read_fields(file)]
    return Synonyms([*own_groups(), *groups], [*own_fields(), *fields])


@cache
def _own_synonyms() -> Synonyms:
    return Synonyms(own_groups(), own_fields())


def read_groups(path: str | os.PathLike[str]) -> Iterator[Group]:
    """Yield the groups of a file in order, without its fields.

    Raises SourceError where it cannot be read, ParseError with the line where it is wrong.

        list(read_groups("our-words.txt"))
    """
    return (group for is_field, group in _lines(path) if not is_field)


def read_fields(path: str | os.PathLike[str]) -> Iterator[Group]:
    """Yield the fields of a file in order; raises what :func:`read_groups` raises.

    list(read_fields("our-words.txt"))
    """
    return (field for is_field, field in _lines(path) if is_field)


def _lines(path: str | os.PathLike[str]) -> Iterator[tuple[bool, Group]]:
    language = "en"
    for number, line in enumerate(_text(path).splitlines(), 1):
        said = line.partition("#")[0].strip()
        if begun := SECTION.fullmatch(said):
            language = begun[1].lower()
        elif said:
            members = _members(said.removeprefix("~"), str(path), number)
            yield said.startswith("~"), (language, members)


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
