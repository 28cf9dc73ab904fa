"""Smart levels, 1, 1.1, 1.1.1: read as a tree, and made of one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Level = tuple[int, ...]
T = TypeVar("T", bound=Hashable)
_LEVEL = re.compile(r"\d{1,9}(?:\.\d{1,9})*\.?", re.ASCII)
MAX_DEPTH = 200


def level_of(text: str) -> Level | None:
    """Return a smart level as numbers, or None for a text that is none.

    >>> level_of("1.2.10"), level_of("1.a")
    ((1, 2, 10), None)
    """
    if not _LEVEL.fullmatch(text):
        return None
    found = tuple(int(number) for number in text.rstrip(".").split("."))
    return found if len(found) <= MAX_DEPTH else None


def parents(levels: Sequence[Level | None]) -> list[int | None]:
    """Return for each row the row that it stands under; None for those at the top or nowhere.

    A parent may stand below its child. Where a level is missing in between, the next one above
    counts; where it stands twice, the last row above with it.

    >>> parents([(1,), (1, 1), (2, 1, 1), (2,)])
    [None, 0, 3, None]
    """
    rows: dict[Level, list[int]] = {}
    for row, level in enumerate(levels):
        if level is not None:
            rows.setdefault(level, []).append(row)
    return [None if level is None else _above(level, row, rows) for row, level in enumerate(levels)]


def _above(level: Level, row: int, rows: Mapping[Level, list[int]]) -> int | None:
    for length in range(len(level) - 1, 0, -1):
        found = rows.get(level[:length])
        if found:
            return found[max(bisect_left(found, row) - 1, 0)]
    return None


def numbers_of(levels: Sequence[Level | None], above: Sequence[int | None]) -> dict[int, int]:
    """Return the number among its siblings of each row that has a level.

    It is the last number of the level where those of all siblings are different.

    >>> numbers_of([(1,), (3,), (1, 1), (1, 1)], [None, None, 0, 0])
    {0: 1, 1: 3, 2: 1, 3: 2}
    """
    groups: dict[int | None, list[tuple[Level, int]]] = {}
    for row, level in enumerate(levels):
        if level is not None:
            groups.setdefault(above[row], []).append((level, row))
    found: dict[int, int] = {}
    for group in groups.values():
        group.sort()
        lasts = [level[-1] for level, _ in group]
        depths = {len(level) for level, _ in group}
        clear = len(set(lasts)) == len(lasts) and len(depths) == 1 and all(lasts)
        places = lasts if clear else range(1, len(group) + 1)
        found |= {row: place for (_, row), place in zip(group, places, strict=True)}
    return dict(sorted(found.items()))


def numbered(
    children: Mapping[T, Sequence[T]], root: T, numbers: Mapping[T, int | None]
) -> dict[T, Level]:
    """Return the smart level of everything below a root, in the order of the tree.

    Siblings keep their own numbers where each has another one; those without get the next.
    """
    found: dict[T, Level] = {}
    waiting: list[tuple[T, Level]] = [(root, ())]
    while waiting:
        here, level = waiting.pop()
        if level:
            found[here] = level
        below = [one for one in children.get(here, ()) if one not in found]
        places = _places([numbers.get(one) for one in below])
        waiting.extend(
            (one, (*level, place)) for one, place in reversed([*zip(below, places, strict=True)])
        )
    return found


def _places(numbers: Sequence[int | None]) -> list[int]:
    own = [number for number in numbers if number is not None and number > 0]
    if len(set(own)) < len(own) or own != sorted(own):
        return list(range(1, len(numbers) + 1))
    last, found = max(own, default=0), list[int]()
    for number in numbers:
        if number is None or number <= 0:
            number = last = last + 1
        found.append(number)
    return found


def shown(level: Level) -> str:
    """Return a smart level as it is written.

    >>> shown((1, 2, 10))
    '1.2.10'
    """
    return ".".join(map(str, level))
