"""The order of titles, as people look for them: numbers as numbers, letters whatever their case.

Every list of frameworks by title has this order. It is one for all languages: accents count only
between titles that are alike without them, and no two unlike titles are ever equal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_RUNS = re.compile(r"(\d+)")  # digits of any script
_Run = tuple[int, int, str]


@lru_cache(maxsize=20_000)  # the same titles stand in list after list
def title_key(title: str) -> tuple[tuple[_Run, ...], str]:
    """Return what sorts a title among others; add an IRI where two may have the same.

    >>> sorted(["Trade 10", "trade 2", "Trade 1", "Élan", "Zeal"], key=title_key)
    ['Élan', 'Trade 1', 'trade 2', 'Trade 10', 'Zeal']
    """
    return tuple(_run(piece) for piece in _RUNS.split(folded(title)) if piece), title


def folded(text: str) -> str:
    """Return a text without what nobody types to find it: case, accents, further spaces.

    >>> folded("  École   SUPÉRIEURE ")
    'ecole superieure'
    """
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(kept.casefold().split())


def _run(piece: str) -> _Run:
    """Return what sorts digits by their value, however many they are, and other signs as they are.

    >>> _run("007") < _run("8") < _run("10") < _run("a")
    True
    """
    if not _RUNS.match(piece):
        return 1, 0, piece
    number = "".join(str(unicodedata.decimal(sign)) for sign in piece).lstrip("0")
    return 0, len(number), number
