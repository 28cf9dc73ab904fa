"""What pages bring along: headings that come again on each page, and page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from competency.documents.layouts.values_and_behaviours import phrases
from competency.documents.layouts.values_and_behaviours.item import Item, Known
from competency.documents.layouts.values_and_behaviours.spans import is_open, quoted

_LONGEST_WRAPPED = 130


def wrapped_width(lines: Sequence[Item]) -> int:
    """Return how wide the lines of a text are that was wrapped; 0 where none was."""
    widest = max((line.width for line in lines), default=0)
    wraps = any(
        not line.bullet and line.text[:1].islower() and line.last == before.last + 1
        for before, line in pairwise(lines)
    )
    return widest if wraps and widest <= _LONGEST_WRAPPED else 0


def is_full(before: Item, line: Item, width: int) -> bool:
    """Say whether the first word of a line had no room on the line right before."""
    first = line.text.split()[0]
    return line.last == before.last + 1 and 0 < width < before.width + 1 + len(first)


def page_lines(lines: Sequence[Item], known: Known) -> dict[int, str]:
    """Return for each line that only its page brought along why it is no part."""
    aside = {
        line.last: "Page number"
        for line in lines
        if not line.enumeration and phrases.is_page_number(line.text)
    }
    beside = {
        number
        for one, other in pairwise(line.last for line in lines)
        for number in (one, other)
        if one in aside or other in aside
    }
    rest = [line for line in lines if line.last not in aside]
    width = wrapped_width(rest)
    places: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(rest):
        if not line.bullet:
            places[re.sub(r"\d+", "0", line.key)].append(at)
    for key, found in places.items():
        if len(found) > 1 and key and not _has_own_place(rest, found, known, width):
            numbered = sum(rest[at].last in beside for at in found)
            if 2 * numbered > len(found) or _comes_anywhere(rest, found, known):
                for at in found[1:] if found[0] == 0 else found:
                    aside[rest[at].last] = "Page heading, repeated"
    return aside


def _has_own_place(lines: Sequence[Item], places: list[int], known: Known, width: int) -> bool:
    """Say whether lines with the same words are something else for certain."""
    for at in places:
        line = lines[at]
        if line.text.endswith(":") or line.key in known.keys or quoted(line.text):
            return True
        if phrases.unhelpful(line.text) or phrases.group(line.text) or is_open(line.text):
            return True
        if line.text[0].islower() and not re.search(r"\d", line.text):
            return True
        if at and is_full(lines[at - 1], line, width):
            return True
    return False


def _comes_anywhere(lines: Sequence[Item], places: list[int], known: Known) -> bool:
    """Say whether lines with the same words head no list and no value, so belong to the page."""
    over = [not at or lines[at - 1].bullet for at in places]
    under = [lines[at + 1] if at + 1 < len(lines) else None for at in places]
    leads = (item for item in under if item and not item.bullet and item.text.endswith(":"))
    if len(places) == 2 and not all(phrases.unhelpful(item.text) for item in leads):
        return False
    heads_lists = all(item is not None and item.bullet for item in under)
    if heads_lists and not any(over):
        return False
    numbered = bool(re.search(r"\d", lines[places[0]].text))
    return bool(known.keys) or numbered or not heads_lists or len(places) > 2
