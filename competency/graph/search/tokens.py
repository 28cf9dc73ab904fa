"""Words of a text as the index holds them: folded, stemmed, and cut where no spaces do it.

Folding takes away capitals and accents, so that ``competences`` finds ``Compétences``. Chinese,
Japanese, Korean and Thai are written without spaces, or add endings without end: a run of their
characters is held as its pairs, in order, and any part of it is found by the pairs of that part.
The index and the questions to it go through the same functions; SQLite only splits at spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

LONGEST = 64  # characters of a word that are held
_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59\u0e81-\u0ebd\u0ec0-\u0ece\u0ed0-\u0edf"
    "\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u17e0-\u17e9"  # Thai, Lao, Burmese, Khmer
    "\u1100-\u11ff\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u318f"
    "\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\uff66-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# What belongs to a word beside letters and digits: accents, vowel signs, marks that only join.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u1dc0-\u1dff\u00ad\u200c\u200d"
)
_WORD = re.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|(?:(?![{_UNSPACED}_])[\w{_MARKS}])+")
_ASCII_WORD = re.compile(r"[0-9A-Za-z]+")
_JOINERS = re.compile("[\u00ad\u0640\u200c\u200d]")
# Letters that Unicode does not take apart, and that people type without their stroke.
_PLAIN = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "\u0131": "i",
        "ł": "l",
        "þ": "th",
    }
)
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


class Word(NamedTuple):
    """A word of a text: where it stands, and how it is held; ``unspaced`` where it is a run."""

    start: int
    end: int
    folded: str
    unspaced: bool = False


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text in order.

    >>> [word.folded for word in words_of("Relation-client: l'Équipe 客户服务")]
    ['relation', 'client', 'l', 'equipe', '客户服务']
    """
    if text.isascii():
        for match in _ASCII_WORD.finditer(text):
            yield Word(match.start(), match.end(), match.group().lower()[:LONGEST])
        return
    for match in _WORD.finditer(text):
        unspaced = match["unspaced"] is not None
        folded = fold(match.group())
        if folded:
            kept = folded if unspaced else folded[:LONGEST]
            yield Word(match.start(), match.end(), kept, unspaced)


def fold(word: str) -> str:
    """Return a word without capitals, accents, vowel points and ligatures.

    >>> fold("Œuvré"), fold("مُوَظَّف"), fold("ｶﾞﾃ")
    ('oeuvre', 'موظف', 'ガテ')
    """
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    kept = "".join(sign for sign in apart if not _is_accent(sign))
    return _JOINERS.sub("", unicodedata.normalize("NFC", kept)).translate(_PLAIN)


def _is_accent(sign: str) -> bool:
    """Say whether a sign is an accent or a vowel point, by its class; not a vowel of Hindi."""
    place = unicodedata.combining(sign)
    return 10 <= place <= 36 or place >= 200


def grams(run: str) -> list[str]:
    """Return the pairs of a run of characters, and its last character by itself.

    So a phrase of pairs is any part of two characters or more, and a beginning any one character.

    >>> grams("客户服务")
    ['客户', '户服', '服务', '务']
    """
    return [run[start : start + 2] for start in range(len(run))]


def tokens_of(text: str) -> list[str]:
    """Return what the index holds of a text, word after word.

    >>> tokens_of("Le client 客户")
    ['le', 'client', '客户', '户']
    """
    found: list[str] = []
    for word in words_of(text):
        found += grams(word.folded) if word.unspaced else [word.folded]
    return found


def squeezed(text: str) -> str:
    """Return a text as one word: how titles and codes are compared as a whole.

    >>> squeezed("PSS SPO109.1")
    'pssspo1091'
    """
    if text.isascii():
        return "".join(word[:LONGEST] for word in _ASCII_WORD.findall(text)).lower()
    return "".join(word.folded for word in words_of(text))


class Stems:
    """Stems of words, each worked out once; for one thread at a time.

    A stem is taken of the word as it is and of the word without accents, as people type both.

    >>> sorted(Stems().of("running", "en")), sorted(Stems().of("clients", "fr"))
    (['run'], ['client'])
    """

    def __init__(self) -> None:
        """Know no word yet."""
        import snowballstemmer  # here, as it loads every language that it has

        self._make = snowballstemmer.stemmer
        self._known: dict[tuple[str, str], frozenset[str]] = {}
        self._joined: dict[str, _Joined] = {}
        self._words: dict[str, tuple[str, str]] = {}
        self._there = frozenset(snowballstemmer.algorithms())

    def of(self, word: str, language: str) -> frozenset[str]:
        """Return the stems of a word; none where there is no stemmer for its language."""
        key = (word, language)
        if key not in self._known:
            self._known[key] = self._stems(word, language)
        return self._known[key]

    def held(self, text: str, language: str) -> tuple[str, str]:
        """Return what the index holds of a text: its words, and their stems.

        >>> Stems().held("Running teams", "en")
        ('running teams', 'run team')
        """
        if language not in self._joined:
            self._joined[language] = _Joined(lambda word: self.of(word, language))
        if text.isascii():
            words = forms = [word[:LONGEST] for word in _ASCII_WORD.findall(text.lower())]
        else:
            found = [self._word(match) for match in _WORD.finditer(text)]
            words = [tokens for tokens, _ in found if tokens]
            forms = [form for _, form in found if form]
        stems = map(self._joined[language].__getitem__, forms)
        return " ".join(words), " ".join(filter(None, stems))

    def _word(self, match: re.Match[str]) -> tuple[str, str]:
        """Return what is held of a word, and the form that has stems: of a run, none has."""
        word = match.group()
        if match["unspaced"] is not None:
            return " ".join(grams(fold(word))), ""
        if word not in self._words:
            folded = fold(word)[:LONGEST]
            self._words[word] = folded, word.lower()[:LONGEST] if folded else ""
        return self._words[word]

    def _stems(self, word: str, language: str) -> frozenset[str]:
        name = _STEMMERS.get(language.partition("-")[0].lower())
        if name not in self._there or any(sign.isdigit() for sign in word):
            return frozenset()
        stemmer = self._make(name)
        return frozenset(fold(stemmer.stemWord(form)) for form in {word, fold(word)})


class _Joined(dict[str, str]):
    """The stems of words of one language as one text each, worked out when first asked for."""

    def __init__(self, stems: Callable[[str], frozenset[str]]) -> None:
        """Ask ``stems`` for those of a word."""
        super().__init__()
        self._stems = stems

    def __missing__(self, word: str) -> str:
        self[word] = " ".join(sorted(self._stems(word)))
        return self[word]
