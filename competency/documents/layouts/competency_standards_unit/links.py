"""Which requirement an assessment criterion repeats or rewords."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from competency.documents.draft import Draft

_NEAR, _AHEAD, _COMMON = 0.5, 0.08, 40
_QUOTES = str.maketrans("\u2018\u2019“”", "''\"\"")
_SMALL = set(re.findall(r"\w+", "a an the of in on at by for from to with and or as is are its"))


def link(criteria: list[Draft], requirements: list[Draft]) -> None:
    """Tie each criterion to the requirement that has its words, or clearly most of them."""
    equal: dict[str, list[Draft]] = defaultdict(list)
    holders: dict[str, list[int]] = defaultdict(list)
    words = [_words(part) for part in requirements]
    for number, part in enumerate(requirements):
        equal[_plain(part)].append(part)
        for word in words[number]:
            holders[word].append(number)
    for criterion in criteria:
        same = equal.get(_plain(criterion))
        if same:
            criterion.assesses.append(("repeats", same[0]))
            if len(same) > 1:
                doubt = "Several requirements have these words; the first is linked."
                criterion.doubts.append(doubt)
            continue
        nearest = _nearest(_words(criterion), words, holders)
        if nearest is None:
            doubt = "No requirement is clearly the one that this criterion assesses."
            criterion.doubts.append(doubt)
        else:
            criterion.assesses.append(("rewords", requirements[nearest]))


def _nearest(own: set[str], words: list[set[str]], holders: dict[str, list[int]]) -> int | None:
    """Return which requirement shares most words, where it is near and ahead of all others."""
    shared: Counter[int] = Counter()
    for word in sorted(own):
        if len(holders.get(word, ())) <= _COMMON:
            shared.update(holders.get(word, ()))
    scores = sorted(
        (
            (2 * count / (len(own) + len(words[number])), -number)
            for number, count in shared.items()
        ),
        reverse=True,
    )
    if not scores or scores[0][0] < _NEAR:
        return None
    second = scores[1][0] if len(scores) > 1 else 0.0
    return -scores[0][1] if scores[0][0] - second >= _AHEAD else None


def _plain(part: Draft) -> str:
    return (part.text or part.label).text.translate(_QUOTES).lower().rstrip(" .;:,!")


def _words(part: Draft) -> set[str]:
    """Return the words that say something, without the endings of plurals and verbs."""
    found = re.findall(r"\w+", (part.text or part.label).text.lower())
    return {re.sub(r"(?<=\w\w\w)(?:ing|ed|es|s|e)$", "", word) for word in found} - _SMALL
