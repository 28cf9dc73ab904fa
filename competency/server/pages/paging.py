"""Where a list that has several pages is, for the links to the pages beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pages:
    """Which page of a list this is, and the addresses of the pages beside it."""

    number: int
    count: int
    previous: str | None
    following: str | None


def pages_at(number: int, count: int, address: Callable[[int], str]) -> Pages | None:
    """Return where a page is among ``count``; None where there is no other.

    >>> pages_at(2, 2, "/?page={}".format).previous
    '/?page=1'
    """
    if count < 2:
        return None
    previous = address(number - 1) if number > 1 else None
    following = address(number + 1) if number < count else None
    return Pages(number, count, previous, following)
