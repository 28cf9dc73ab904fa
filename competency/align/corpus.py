"""How alike statements of one language are, and which of all others are most like each.

Two measures, each from 0 to 1 and the same from both ends: the terms and fields that both have, and
the runs of four letters inside their words, which see ``priority`` in ``prioritising``. Rare ones
weigh more, fields and words that say little weigh half. An index over the terms and fields finds
whom to compare; statements with the same terms are one entry there. What is looked through for one
statement is at most 4,000 entries, the weightiest first.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat

from competency.align.statements import Statement
from competency.align.terms import Read, Reader

_GRAM = 4  # letters
_WORDS, _GRAMS = 0.7, 0.3  # how much each measure counts
_HALF = 0.5  # what fields and words that say little count
_RARITY = 1.5  # how much more what is rare counts than what is common; 1 is as BM25 has it
_MOST_LOOKED_AT = 4_000  # entries of the index for one statement

_Key = tuple[str, bool, bytes]  # a framework, whether unhelpful, and terms


class Features:
    """What each of some texts has, of one sort, and how rare that is among them.

    >>> found = Features([["a", "b"], ["a", "c"], ["b"]])
    >>> found.likeness(0, 1) == found.likeness(1, 0) > 0 == found.likeness(1, 2)
    True
    """

    def __init__(
        self, rows: Iterable[Iterable[str]], half: Callable[[str], bool] | None = None
    ) -> None:
        """Take the features of each text; what comes twice counts once, what is ``half`` half."""
        numbers: dict[str, int] = {}
        self.rows = [
            array("I", (numbers.setdefault(name, len(numbers)) for name in dict.fromkeys(row)))
            for row in rows
        ]
        count = len(self.rows)
        spread = Counter(chain.from_iterable(self.rows))
        self.weights = [
            _rarity(spread[number], count) * (_HALF if half and half(name) else 1.0)
            for name, number in numbers.items()
        ]
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
        """Read all statements and index their terms and fields."""
        self.statements, self._reader = statements, reader
        self._weak: set[str] = set()
        names: list[list[str]] = []
        self._grams = Features(self._grams_beside(names))
        self._terms = Features(names, self._is_half)
        names.clear()  # they take much room
        self._index = {sort: [array("I") for _ in self._terms.weights] for sort in (False, True)}
        self._bounds: dict[str, tuple[int, int]] = {}
        alike: dict[_Key, list[int]] = defaultdict(list)
        for place, item in enumerate(statements):
            row = array("I", sorted(self._terms.rows[place])).tobytes()
            alike[item.framework, item.is_unhelpful, row].append(place)
        self._groups = [*alike.values()]
        for number, (framework, unhelpful, _) in enumerate(alike):
            self._bounds[framework] = self._bounds.get(framework, (number,))[0], number
            for term in self._terms.rows[self._groups[number][0]]:
                self._index[unhelpful][term].append(number)

    def pairs(
        self, most: int, decided: Mapping[str, Collection[str]], *, opposite: bool = False
    ) -> Iterator[tuple[float, int, int]]:
        """Yield score and places of pairs from two frameworks, each once, in a stable order.

        They are the ``most`` likeliest partners of every statement, asked from both ends: of an
        unhelpful behaviour and a helpful one where ``opposite``, else of two of one sort.
        ``decided`` has for an IRI those that are left out.
        """
        near: dict[int, set[int]] = defaultdict(set)
        for group in self._groups:
            left_out = [self._left_out(place, decided) for place in group]
            found = self._likely(group[0], most + max(map(len, left_out)), opposite)
            for place, some in zip(group, left_out, strict=True):
                for other in found[: most + len(some)]:
                    if self._is_asked(place, other, some, opposite):
                        near[min(place, other)].add(max(place, other))
        for one in sorted(near):
            for other in sorted(near[one]):
                yield self.score(one, other), one, other

    def read(self, place: int) -> Read:
        """Return the terms of a statement; they are read again, as all of them take much room."""
        item = self.statements[place]
        return self._reader.read(item.text, item.language)

    def _grams_beside(self, names: list[list[str]]) -> Iterator[Iterator[str]]:
        """Yield the runs of letters of each statement, and note its terms and fields."""
        for read in self._all():
            names.append([*dict.fromkeys(self._named(read))])
            yield _grams(read.forms)

    def _named(self, read: Read) -> Iterator[str]:
        for term in read.terms:
            if term.is_weak:
                self._weak.add(term.name)
            else:
                yield from term.fields
            yield term.name

    def _is_half(self, name: str) -> bool:
        return name.startswith("~") or name in self._weak

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

    def _left_out(self, place: int, decided: Mapping[str, Collection[str]]) -> Collection[str]:
        iri = self.statements[place].iri
        return {iri, *decided.get(iri, ())}

    def _is_asked(self, one: int, other: int, left_out: Collection[str], opposite: bool) -> bool:
        ours, theirs = self.statements[one], self.statements[other]
        about_action = not (ours.is_knowledge or theirs.is_knowledge)
        return theirs.iri not in left_out and (about_action or not opposite)

    def _likely(self, place: int, most: int, opposite: bool) -> list[int]:
        """Return the places in other frameworks that share most with a statement."""
        item, sizes = self.statements[place], self._terms.sizes
        size = sizes[place] + self._terms.usual
        shared = self._shared(place, item.is_unhelpful != opposite)
        groups = self._groups
        scores = [amount / (size + sizes[groups[other][0]]) for other, amount in shared.items()]
        least = sorted(scores)[-most] if len(scores) > most else 0.0
        found = [
            (-score, at)
            for score, other in zip(scores, shared, strict=True)
            if score >= least
            for at in groups[other][:most]
        ]
        return [at for _, at in sorted(found)[:most]]

    def _shared(self, place: int, unhelpful: bool) -> Mapping[int, float]:
        """Return how much others of a sort share with a statement, by its rarest terms.

        The others are the groups of statements with the same terms.
        """
        weights, index = self._terms.weights, self._index[unhelpful]
        start, end = self._bounds[self.statements[place].framework]
        shared: dict[int, float] = {}
        get = shared.get
        looked = 0
        for number in sorted(
            self._terms.rows[place], key=lambda number: (-weights[number], number)
        ):
            weight, found = weights[number], index[number]
            before, after = bisect_left(found, start), bisect_right(found, end)
            for first, last in ((0, before), (after, len(found))):
                last = min(last, first + _MOST_LOOKED_AT - looked)
                for other in found[first:last]:
                    shared[other] = get(other, 0.0) + weight
                looked += last - first
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
