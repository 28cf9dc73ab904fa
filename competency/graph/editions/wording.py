"""Two wordings of one text, word by word: what stayed, what went, what came."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

# Texts that would take longer to compare are shown whole, the old and the new.
MOST_WORDS = 2000  # of both together
MOST_PAIRS = 20_000  # of equal words, one from each
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
# A word, one Chinese, Japanese or Korean character, or one sign, each with the blanks after it.
_WORD = re.compile(rf"(?:[{_CJK}]|[^\W{_CJK}]+|[^\w\s]|^)\s*")


@dataclass(frozen=True)
class Stretch:
    """A run of words: ``same``, ``removed`` or ``added``."""

    sort: str
    text: str


def compare_words(old: str, new: str) -> tuple[Stretch, ...]:
    """Return both wordings as one, the words that went before those that came in their place.

    Without what was removed it is the new text; blanks alone make no difference.

    >>> [(item.sort, item.text) for item in compare_words("Asks them", "Asks customers")]
    [('same', 'Asks '), ('removed', 'them'), ('added', 'customers')]
    """
    left, right = _WORD.findall(old), _WORD.findall(new)
    plain = [word.strip() for word in left], [word.strip() for word in right]
    if len(left) + len(right) > MOST_WORDS or _pairs(*plain) > MOST_PAIRS:
        return _stretches(("removed", old), ("added", new))
    found: list[tuple[str, str]] = []
    for sort, a, b, c, d in SequenceMatcher(None, *plain, autojunk=False).get_opcodes():
        went, came = "".join(left[a:b]), "".join(right[c:d])
        if went and found and left[a - 1][-1:].isspace() and not found[-1][1][-1:].isspace():
            went = " " + went  # the blank went with it, from the end of what stayed
        found += [("same", came)] if sort == "equal" else [("removed", went), ("added", came)]
    return _stretches(*found)


def _stretches(*rows: tuple[str, str]) -> tuple[Stretch, ...]:
    return tuple(Stretch(sort, text) for sort, text in rows if text)


def _pairs(left: list[str], right: list[str]) -> int:
    counts = Counter(right)
    return sum(counts[word] for word in left)
