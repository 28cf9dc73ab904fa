"""From many things that cannot be true together to a few of them that cannot.

What is asked are sets ("is this one still contradictory?"), many at a time, since each question of
its own would cost the start of a reasoner. So a search is a generator: it yields sets, is sent the
answers, and returns what is left when nothing more can be taken away. Several searches go on side
by side, and what they ask is asked together.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")
_Asked = TypeVar("_Asked")
_Found = TypeVar("_Found")
_Tag = TypeVar("_Tag")
Sets = list[tuple[_Item, ...]]
Search = Generator[Sets[_Item], list[bool], tuple[_Item, ...] | None]

_FEW = 100  # of so many each is tried alone; more are taken away in parts
_PARTS = 8


def shrink(*sets: Sequence[_Item]) -> Search[_Item]:
    """Return a smallest contradictory part of the first of ``sets`` that is contradictory.

    Nothing can be left out of it. None where none of the sets is contradictory.

    >>> search = shrink("abcd")
    >>> together([search], lambda asked: [{"a", "d"} <= {*item} for item in asked])
    [('a', 'd')]
    """
    first = tuple(sets[0])
    singles = [_without(first, item) for item in first] if len(first) <= _FEW else []
    answers = yield [*(tuple(item) for item in sets), *singles]
    kept = next((tuple(item) for item, bad in zip(sets, answers, strict=False) if bad), None)
    if kept is None:
        return None
    alone = answers[len(sets) :] if answers[0] else []
    while len(kept) > _FEW:
        fewer = yield from _without_a_part(kept)
        if fewer is None:
            break
        kept, alone = fewer, []
    while True:
        if not alone:
            alone = yield [_without(kept, item) for item in kept]
        needed = tuple(item for item, bad in zip(kept, alone, strict=True) if not bad)
        spare = tuple(item for item, bad in zip(kept, alone, strict=True) if bad)
        if not spare:
            return kept
        tries = [(*needed, *spare[place:]) for place in _ladder(len(spare))]
        answers = yield tries
        kept = min((item for item, bad in zip(tries, answers, strict=True) if bad), key=len)
        if len(kept) == len(needed):
            return kept
        alone = []


def _without_a_part(
    kept: tuple[_Item, ...],
) -> Generator[Sets[_Item], list[bool], tuple[_Item, ...] | None]:
    """Return one part alone, or all without one, whichever is still contradictory."""
    size = -(-len(kept) // _PARTS)
    parts = [kept[start : start + size] for start in range(0, len(kept), size)]
    others = [(*kept[:start], *kept[start + size :]) for start in range(0, len(kept), size)]
    tries = [*parts, *others]
    answers = yield tries
    return next((item for item, bad in zip(tries, answers, strict=True) if bad), None)


def _without(kept: tuple[_Item, ...], item: _Item) -> tuple[_Item, ...]:
    return tuple(other for other in kept if other is not item)


def _ladder(number: int) -> list[int]:
    """Return how many to leave out at once: one is known to go, all is hoped for."""
    steps = {1, number, *(number * part // _PARTS for part in range(1, _PARTS))}
    return sorted(steps - {0})


def tagged(
    search: Generator[list[_Asked], list[bool], _Found], tag: _Tag
) -> Generator[list[tuple[_Tag, _Asked]], list[bool], _Found]:
    """Return a search that says with each set what it is about."""
    asked = next(search)
    while True:
        answers = yield [(tag, item) for item in asked]
        try:
            asked = search.send(answers)
        except StopIteration as end:
            found: _Found = end.value
            return found


def together(
    searches: Sequence[Generator[list[_Asked], list[bool], _Found]],
    ask: Callable[[list[_Asked]], list[bool]],
) -> list[_Found]:
    """Let searches go on side by side; return what each of them found."""
    found: dict[int, _Found] = {}
    asked = {place: next(search) for place, search in enumerate(searches)}
    while asked:
        answers = iter(ask([item for sets in asked.values() for item in sets]))
        following: dict[int, list[_Asked]] = {}
        for place, sets in asked.items():
            try:
                following[place] = searches[place].send([next(answers) for _ in sets])
            except StopIteration as end:
                found[place] = end.value
        asked = following
    return [found[place] for place in range(len(searches))]
