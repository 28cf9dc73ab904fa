"""Scripts: which letters a text is written in, and which ones a language is written in."""

from __future__ import annotations

import re
from collections import Counter

_LETTERS = {
    "Latin": "A-Za-zÀ-ÖØ-öø-\u024fḀ-ỿ",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrillic": "\u0400-\u052f",
    "Armenian": "\u0530-\u058f",
    "Hebrew": "\u0590-\u05ff",
    "Arabic": "\u0600-\u06ff\u0750-\u077f",
    "Devanagari": "\u0900-\u097f",
    "Thai": "\u0e00-\u0e7f",
    "Georgian": "\u10a0-\u10ff",
    "Kana": "\u3040-\u30ff",
    "Han": "\u3400-\u4dbf\u4e00-\u9fff",
    "Hangul": "\u1100-\u11ff\uac00-\ud7af",
}
_FINDERS = {name: re.compile(f"[{letters}]") for name, letters in _LETTERS.items()}

# The scripts of languages that are not written in Latin letters alone.
_SCRIPTS = {
    "ar": "Arabic",
    "be": "Cyrillic",
    "bg": "Cyrillic",
    "el": "Greek",
    "fa": "Arabic",
    "he": "Hebrew",
    "hi": "Devanagari",
    "hy": "Armenian",
    "ja": "Kana Han",
    "ka": "Georgian",
    "ko": "Hangul Han",
    "mk": "Cyrillic",
    "mr": "Devanagari",
    "ne": "Devanagari",
    "ru": "Cyrillic",
    "sr": "Cyrillic Latin",
    "th": "Thai",
    "uk": "Cyrillic",
    "ur": "Arabic",
    "yue": "Han",
    "zh": "Han",
}
# What a text is called that is in a script: its language, where the script settles it.
SCRIPT_NAMES = {
    "Greek": "Greek",
    "Armenian": "Armenian",
    "Georgian": "Georgian",
    "Hebrew": "Hebrew",
    "Thai": "Thai",
    "Kana": "Japanese",
    "Han": "Chinese or Japanese",
    "Hangul": "Korean",
    "Latin": "a language in Latin letters",
    "Cyrillic": "a language in Cyrillic letters",
    "Arabic": "a language in Arabic letters",
    "Devanagari": "a language in Devanagari letters",
}


def letters_of(text: str) -> Counter[str]:
    """Return how many letters of each script a text has.

    >>> letters_of("CASE を使う")
    Counter({'Latin': 4, 'Kana': 2, 'Han': 1})
    """
    if text.isascii():
        return Counter(Latin=sum(map(str.isalpha, text)))
    found = Counter({name: len(finder.findall(text)) for name, finder in _FINDERS.items()})
    return +found


def scripts_of(language: str) -> frozenset[str] | None:
    """Return the scripts that a listed language is written in, ``None`` for one that is not listed.

    >>> sorted(scripts_of("ja") or ())
    ['Han', 'Kana']
    """
    known = _SCRIPTS.get(language)
    return None if known is None else frozenset(known.split())
