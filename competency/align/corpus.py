"""How alike statements of one language are, and which of all others are most like each.

Two measures, each from 0 to 1 and the same from both ends: the terms that both have, and the runs
of four letters inside their words, which see ``priority`` in ``prioritising``. Rare ones weigh
more. An index over the terms finds whom to compare, and what is looked through for one statement
is bounded, the rarest terms first.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import chain, repeat

from competency.align.statements import Statement
from competency.align.terms import Read, Reader

_GRAM = 4  # letters
_WORDS, _GRAMS = 0.6, 0.4  # how much each measure counts
_RARITY = 1.5  # how much more what is rare counts than what is common; 1 is as BM25 has it
_MOST_LOOKED_AT = 8_000  # entries of the index for one statement


class Features:
    """What each of some texts has, of one sort, and how rare that is among them.

    >>> found = Features([["a", "b"], ["a", "c"], ["b"]])
    >>> found.likeness(0, 1) == found.likeness(1, 0) > 0 == found.likeness(1, 2)
    True
    """

    def __init__(self, rows: Iterable[Iterable[str]]) -> None:
        """Take the features of each text; what comes twice counts once."""
        numbers: dict[str, int] = {}
        self.rows = [
            array("I", (numbers.setdefault(name, len(numbers)) for name in dict.fromkeys(row)))
            for row in rows
        ]
        count = len(self.rows)
        spread = Counter(chain.from_iterable(self.rows))
        self.weights = [_rarity(spread[number], count) for number in range(len(numbers))]
        self.sizes = [math.fsum(self.weights[number] for number in row) for row in self.rows]
        self.usual = math.fsum(self.sizes) / (count or 1)
        self._last: tuple[int, Mapping[int, float]] = (-1, {})

    def likeness(self, one: int, other: int) -> float:
        """Return how much two texts share, from 0 to 1; short texts get less of it by chance.

        Cheapest where the first is the same again and again.
        """
        if self._last[0] != one:
            self._last = one, {number: self.weights[number] for number in self.rows[one]}
        shared = math.fsum(map(self._last[1].get, self.rows[other], repeat(0.0)))
        size = self.sizes[one] + self.sizes[other] + self.usual
        return 2 * shared / size if size else 0.0


class Corpus:
    """The statements of one language, those of a framework next to each other.

    for score, one, other in Corpus(statements, Reader(synonyms())).pairs(20, {}): ...
    """

    def __init__(self, statements: Sequence[Statement], reader: Reader) -> None:
        """Read all statements and index their terms."""
        self.statements, self._reader = statements, reader
        self._terms = Features([term.name for term in read.terms] for read in self._all())
        self._grams = Features(_grams(read.forms) for read in self._all())
        self._index = {sort: [array("I") for _ in self._terms.weights] for sort in (False, True)}
        self._bounds: dict[str, tuple[int, int]] = {}
        for place, item in enumerate(statements):
            self._bounds[item.framework] = self._bounds.get(item.framework, (place,))[0], place
            for number in self._terms.rows[place]:
                self._index[item.is_unhelpful][number].append(place)

    def pairs(
        self, most: int, decided: Mapping[str, Collection[str]], *, opposite: bool = False
    ) -> Iterator[tuple[float, int, int]]:
        """Yield score and places of pairs from two frameworks, each once, in a stable order.

        They are the ``most`` likeliest partners of every statement, asked from both ends: of an
        unhelpful behaviour and a helpful one where ``opposite``, else of two of one sort.
        ``decided`` has for an IRI those that are left out.
        """
        near: dict[int, set[int]] = defaultdict(set)
        for place, item in enumerate(self.statements):
            left_out = {item.iri, *decided.get(item.iri, ())}
            for other in self._likely(place, most, left_out, opposite):
                near[min(place, other)].add(max(place, other))
        for one in sorted(near):
            for other in sorted(near[one]):
                yield self.score(one, other), one, other

    def read(self, place: int) -> Read:
        """Return the terms of a statement; they are read again, as all of them take much room."""
        item = self.statements[place]
        return self._reader.read(item.text, item.language)

    def _all(self) -> Iterator[Read]:
        return (self.read(place) for place in range(len(self.statements)))

    def score(self, one: int, other: int) -> float:
        """Return how alike two statements are, from 0 to 1."""
        return _WORDS * self.words(one, other) + _GRAMS * self.grams(one, other)

    def words(self, one: int, other: int) -> float:
        """Return how alike two statements are by their terms."""
        return self._terms.likeness(one, other)

    def grams(self, one: int, other: int) -> float:
        """Return how alike two statements are by the runs of letters in their words."""
        return self._grams.likeness(one, other)

    def _likely(
        self, place: int, most: int, left_out: Collection[str], opposite: bool
    ) -> Iterator[int]:
        """Yield the places in other frameworks that share most with a statement."""
        item, sizes = self.statements[place], self._terms.sizes
        size = sizes[place] + self._terms.usual
        shared = self._shared(place, item.is_unhelpful != opposite)
        found = [(amount / (size + sizes[other]), -other) for other, amount in shared.items()]
        for _, other in nlargest(most + len(left_out), found):
            their = self.statements[-other]
            about_action = not (item.is_knowledge or their.is_knowledge)
            if their.iri not in left_out and (about_action or not opposite):
                yield -other

    def _shared(self, place: int, unhelpful: bool) -> Mapping[int, float]:
        """Return how much others of a sort share with a statement, by its rarest terms."""
        weights, index = self._terms.weights, self._index[unhelpful]
        start, end = self._bounds[self.statements[place].framework]
        shared: dict[int, float] = defaultdict(float)
        looked = 0
        for number in sorted(
            self._terms.rows[place], key=lambda number: (-weights[number], number)
        ):
            weight, found = weights[number], index[number]
            for part in (found[: bisect_left(found, start)], found[bisect_right(found, end) :]):
                for other in part[: _MOST_LOOKED_AT - looked]:
                    shared[other] += weight
                looked = min(_MOST_LOOKED_AT, looked + len(part))
        return shared


def _rarity(spread: int, count: int) -> float:
    """Return how much it says that a text has what ``spread`` of ``count`` texts have."""
    return float(math.log(1 + (count - spread + 0.5) / (spread + 0.5)) ** _RARITY)


def _grams(forms: Sequence[str]) -> Iterator[str]:
    """Yield the runs of letters of words, whose ends count as letters."""
    for form in forms:
        word = f" {form} "
        for start in range(max(1, len(word) - _GRAM + 1)):
            yield word[start : start + _GRAM]
