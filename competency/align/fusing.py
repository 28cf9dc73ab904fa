"""All pairs of statements that may be suggested, by their words and, if asked, by their meaning.

Words and meaning give figures that cannot be added, so their orders are: reciprocal rank fusion.
A pair gets the more, the higher each of the two stands in the other's lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from math import fsum
from typing import NamedTuple

from competency.align.corpus import Corpus
from competency.align.semantic import Encoder, Meanings
from competency.align.statements import Statement
from competency.align.terms import Reader

_SMOOTH = 10  # the higher, the less the first places stand out
_DEEP = 50  # places of a list that count, at least
_LISTS = 4  # words and meaning, each from both ends
_NEAR = 10  # places of a list by meaning that are a reason to suggest
_USUAL = 10  # likenesses, the highest, that say how like others a statement is
_EVENED = 0.15  # how much of that is taken away; 0.5 would be all

Decided = Mapping[str, Collection[str]]  # for an IRI those that are left out
_Places = tuple[int, int]
_Scored = tuple[float, int, int]  # a score and two places


class Pair(NamedTuple):
    """Two statements and how alike they are; ``is_near`` where a model finds them near."""

    score: float
    left: Statement
    right: Statement
    is_near: bool = False


class Pool:
    """Everything that is compared: the statements of each language, by framework.

    for pair in Pool(statements, Reader(synonyms())).pairs(20, {}): ...
    """

    def __init__(
        self,
        statements: Sequence[Sequence[Statement]],
        reader: Reader,
        model: Encoder | None = None,
    ) -> None:
        """Index the words of each language, and encode all texts where there is a model."""
        self._corpora = [Corpus(rows, reader) for rows in statements]
        self._all = [item for rows in statements for item in rows]
        self._meanings = Meanings(self._all, model) if model is not None else None

    def pairs(self, most: int, decided: Decided, *, opposite: bool = False) -> Iterator[Pair]:
        """Yield the likeliest pairs in a stable order; ``most`` and the rest as Corpus has them."""
        if self._meanings is None:
            for score, one, other in _evened([*self._by_words(most, decided, opposite)]):
                yield Pair(score, self._all[one], self._all[other])
            return
        deep, ranks = max(most, _DEEP), _Ranks()
        ranks.add_scored(self._by_words(deep, decided, opposite), deep)
        ranks.add_lists(self._meanings.nearest(deep, decided, opposite=opposite))
        for (one, other), score in ranks.scores():
            yield Pair(score, self._all[one], self._all[other], (one, other) in ranks.near)

    def _by_words(self, most: int, decided: Decided, opposite: bool) -> Iterator[_Scored]:
        before = 0
        for corpus in self._corpora:
            for score, one, other in corpus.pairs(most, decided, opposite=opposite):
                yield score, before + one, before + other
            before += len(corpus.statements)


class _Ranks:
    """Gathers what each pair gets from the lists that it is in."""

    def __init__(self) -> None:
        self._gained: dict[_Places, float] = defaultdict(float)
        self.near: set[_Places] = set()

    def add_scored(self, scored: Iterable[_Scored], deep: int) -> None:
        """Add pairs with scores: each end has a list of its others, the highest first."""
        for place, found in _lists(scored).items():
            self._add(place, [-other for _, other in nlargest(deep, found)])

    def add_lists(self, lists: Iterable[tuple[int, list[int]]]) -> None:
        """Add lists of what is nearest in meaning."""
        for place, others in lists:
            self._add(place, others)
            self.near.update(_ordered(place, other) for other in others[:_NEAR])

    def scores(self) -> Iterator[tuple[_Places, float]]:
        """Yield each pair with its score: 1 where both are first for each other in all lists."""
        for places in sorted(self._gained):
            yield places, self._gained[places] * (_SMOOTH + 1) / _LISTS

    def _add(self, place: int, others: Iterable[int]) -> None:
        for rank, other in enumerate(others, 1):
            self._gained[_ordered(place, other)] += 1 / (_SMOOTH + rank)


def _evened(scored: Sequence[_Scored]) -> Iterator[_Scored]:
    """Yield scores that are lower for statements that are like many others, as general ones are."""
    usual = {
        place: fsum(score for score, _ in nlargest(_USUAL, found)) / min(_USUAL, len(found))
        for place, found in _lists(scored).items()
    }
    for score, one, other in scored:
        both = usual[one] * usual[other]
        yield min(1.0, score / both**_EVENED) if both else score, one, other


def _lists(scored: Iterable[_Scored]) -> Mapping[int, list[tuple[float, int]]]:
    """Return for each place the others with their scores; of two others the first is higher."""
    lists: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for score, one, other in scored:
        lists[one].append((score, -other))
        lists[other].append((score, -one))
    return lists


def _ordered(one: int, other: int) -> _Places:
    return (one, other) if one < other else (other, one)
