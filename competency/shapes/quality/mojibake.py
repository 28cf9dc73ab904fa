"""Signs that went wrong on the way: UTF-8 read as another encoding, or letters that were lost.

Text in UTF-8 that was read as Windows-1252 can be told with hardly an error: its odd signs, put
back into bytes, are UTF-8 again, which chance does not bring about. So what was meant is known too.
"""

from __future__ import annotations

import re
from functools import cache

_ODD = re.compile(r"[\x80-\xffŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]+")
_LOST = re.compile(
    r"\w*\ufffd[\w\ufffd]*|(?<![\w/.&])[^\W\d_]*[a-zà-ÿ]\?[a-zà-ÿ][^\W\d_]*(?![\w/.=&])"
)
_QUOTES = frozenset("«»“”‘’„‚‹›\xa0")


def mojibake(text: str, language: str | None = None) -> str | None:
    """Return the first word of a text whose signs went wrong, and what was meant if known.

    ``None`` for a text in order; the language does not matter.

    >>> mojibake("Accueille les clients au cafÃ© dâ€™en bas")
    '“cafÃ©” was probably “café”'
    >>> mojibake("Accueille les clients au café d’en bas") is None
    True
    """
    if ("?" in text or "\ufffd" in text) and (lost := _LOST.search(text)):
        return f"“{lost[0]}” has probably lost a sign"
    for found in () if text.isascii() else _ODD.finditer(text):
        if _meant(found[0]) is not None and not _by_chance(text, found):
            word = _word_around(text, *found.span())
            return f"“{word}” was probably “{_ODD.sub(_mended, word)}”"
    return None


def _meant(signs: str) -> str | None:
    """Return what odd signs are when they are bytes of UTF-8, ``None`` when they are not."""
    if len(signs) < 2:
        return None
    try:
        meant = bytes(_byte(sign) for sign in signs).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return None
    return meant if meant.isprintable() or meant == "\xa0" else None


def _by_chance(text: str, found: re.Match[str]) -> bool:
    """Say whether signs may stand there rightly: a capital and a quotation mark, as in MANHÃ»."""
    before = text[: found.start()][-1:]
    return len(found[0]) == 2 and found[0][1] in _QUOTES and not before.islower()


def _word_around(text: str, start: int, end: int) -> str:
    """Return the word that a stretch of signs stands in."""
    before = re.split(r"\s", text[:start])[-1]
    return before + text[start:end] + re.split(r"\s", text[end:])[0]


def _mended(found: re.Match[str]) -> str:
    return _meant(found[0]) or found[0]


def _byte(sign: str) -> int:
    """Return the byte of a sign in Windows-1252, or in Latin-1 where that has none."""
    return ord(sign) if ord(sign) < 256 else _bytes()[sign]


@cache
def _bytes() -> dict[str, int]:
    bytes_ = range(128, 160)
    signs = ((bytes([one]).decode("cp1252", "ignore"), one) for one in bytes_)
    return {sign: one for sign, one in signs if sign}
