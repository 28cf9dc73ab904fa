"""Which heading of the detailed part is which commitment of the summary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from competency.documents.layouts.values_and_behaviours import phrases
from competency.documents.layouts.values_and_behaviours.item import Item

_NEAR = 0.6
_SURE = 0.8
_MOST_CANDIDATES = 40


@dataclass(frozen=True)
class Promise:
    """One commitment of the summary: of which value (counted from 0), and where in its list."""

    value: int
    position: int
    item: Item


@dataclass(frozen=True)
class Match:
    """What a heading is found to be; ``sure`` is False where the words are only near."""

    promise: Promise
    sure: bool = True


def matches(headings: Sequence[tuple[int, Item]], promises: Sequence[Promise]) -> dict[int, Match]:
    """Return for headings, each with the section it stands in, the commitment it names.

    The result is keyed by ``id`` of the heading. Equal words come first, then near ones; a
    commitment is named once, or again in the same section where its list goes on.
    """
    return _Matching(promises).run(headings)


class _Matching:
    def __init__(self, promises: Sequence[Promise]) -> None:
        self.promises = promises
        self.by_key: dict[str, list[int]] = defaultdict(list)
        self.taken: dict[int, int] = {}
        self.votes: dict[int, Counter[int]] = defaultdict(Counter)
        self.found: dict[int, Match] = {}
        for number, promise in enumerate(promises):
            self.by_key[promise.item.key].append(number)

    def run(self, headings: Sequence[tuple[int, Item]]) -> dict[int, Match]:
        several = []
        for section, item in headings:
            equal = self.by_key.get(item.key, [])
            if len(equal) == 1:
                self._take(section, item, equal[0])
            elif equal:
                several.append((section, item, equal))
        for section, item, equal in several:
            free = [number for number in equal if number not in self.taken] or equal
            votes = self.votes[section]
            self._take(section, item, max(free, key=lambda n: votes[self.promises[n].value]))
        rest = [(section, item) for section, item in headings if id(item) not in self.found]
        for likeness, _, (section, item), number in sorted(
            self._near(rest), key=lambda near: (-near[0], near[1])
        ):
            if number not in self.taken and id(item) not in self.found:
                self._take(section, item, number, likeness >= _SURE)
        return self.found

    def _take(self, section: int, item: Item, number: int, sure: bool = True) -> None:
        if self.taken.setdefault(number, section) == section:
            self.found[id(item)] = Match(self.promises[number], sure)
            self.votes[section][self.promises[number].value] += 1

    def _near(
        self, headings: Sequence[tuple[int, Item]]
    ) -> list[tuple[float, int, tuple[int, Item], int]]:
        """Return the pairs of heading and commitment whose words are near, with how near."""
        free = {
            n: phrases.stems(promise.item.text)
            for n, promise in enumerate(self.promises)
            if n not in self.taken
        }
        where: dict[str, list[int]] = defaultdict(list)
        for number, words in free.items():
            for word in words:
                where[word].append(number)
        pairs = []
        for order, (section, item) in enumerate(headings):
            own = phrases.stems(item.text)
            rare = sorted((word for word in own if word in where), key=lambda w: len(where[w]))
            near = {n for word in rare[:4] for n in where[word][:_MOST_CANDIDATES]}
            for number in sorted(near):
                likeness = 2 * len(own & free[number]) / (len(own) + len(free[number]))
                likeness += 0.01 * (self.votes[section][self.promises[number].value] > 0)
                if likeness >= _NEAR:
                    pairs.append((likeness, order, (section, item), number))
        return pairs
