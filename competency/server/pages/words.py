"""English words: plurals of the vocabulary's labels, numbers, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence


def plural(label: str, count: int) -> str:
    """Return a label for ``count`` of its kind; the noun is before `` of `` or `` at ``.

    >>> plural("unit of competency", 2), plural("performance criterion", 9), plural("note", 1)
    ('units of competency', 'performance criteria', 'note')
    """
    if count == 1:
        return label
    noun, rest = re.fullmatch(r"(.*?)((?: of | at | in ).*)?", label, re.DOTALL).groups("")  # type: ignore[union-attr]
    for end, many in (("criterion", "criteria"), ("y", "ies"), ("s", "ses")):
        if noun.endswith(end):
            return str(noun.removesuffix(end) + many + rest)
    return f"{noun}s{rest}"


def counted(label: str, count: int) -> str:
    """Return a number with its label.

    >>> counted("negative indicator", 37)
    '37 negative indicators'
    """
    return f"{count:,} {plural(label, count)}"


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them.

    >>> listed(["publisher", "licence", "code"])
    'publisher, licence and code'
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1] if words else "")))


def lines(locator: str) -> str:
    r"""Return a locator with room after its commas and en dashes between numbers.

    >>> lines("4,6,8-10") == "4, 6, 8\u201310"
    True
    """
    return locator.replace(",", ", ").replace("-", "\u2013")


def cut(text: str, length: int) -> str:
    """Return a text cut at a word, with an ellipsis where something is missing.

    >>> cut("Asks customers what they think", 18)
    'Asks customers …'
    """
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + " …"
