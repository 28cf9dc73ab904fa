"""From many contradictory things to few: the search itself, without a reasoner."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from competency.ontology.shrinking import Sets, shrink, tagged, together

Reasons = list[frozenset[int]]


def asker(reasons: Reasons, asked: list[int]) -> Callable[[Sets[int]], list[bool]]:
    """Return what answers as a reasoner would for which these sets are contradictory."""

    def ask(sets: Sets[int]) -> list[bool]:
        asked.append(len(sets))
        return [any(reason <= set(item) for reason in reasons) for item in sets]

    return ask


@st.composite
def contradictions(draw: st.DrawFn) -> tuple[int, Reasons]:
    number = draw(st.integers(1, 180))
    one = st.frozensets(st.integers(0, number - 1), min_size=1, max_size=4)
    return number, draw(st.lists(one, min_size=1, max_size=3))


@given(contradictions())
def test_what_is_left_is_contradictory_and_nothing_in_it_can_go(drawn: tuple[int, Reasons]) -> None:
    number, reasons = drawn
    ask = asker(reasons, [])
    (found,) = together([shrink(range(number))], ask)
    assert found is not None
    assert ask([found]) == [True]
    assert not any(ask([tuple(i for i in found if i != item) for item in found]))


def test_nothing_is_found_where_nothing_is_contradictory() -> None:
    assert together([shrink(range(5))], asker([frozenset({9})], [])) == [None]


def test_the_next_set_is_looked_at_where_the_first_is_sound() -> None:
    assert together([shrink([1, 2], [1, 2, 3])], asker([frozenset({2, 3})], [])) == [(2, 3)]


def test_a_small_set_is_answered_in_two_questions_at_most_where_there_is_one_reason() -> None:
    asked: list[int] = []
    together([shrink(range(30))], asker([frozenset({3, 17})], asked))
    assert len(asked) <= 2


def test_searches_ask_together_and_each_hears_its_own_answer() -> None:
    asked: list[int] = []
    ask = asker([frozenset({1}), frozenset({7, 8})], asked)
    assert together([shrink([0, 1, 2]), shrink([6, 7, 8])], ask) == [(1,), (7, 8)]
    assert len(asked) <= 2


def test_a_tag_comes_with_every_set() -> None:
    seen: set[str] = set()

    def ask(sets: list[tuple[str, tuple[int, ...]]]) -> list[bool]:
        seen.update(tag for tag, _ in sets)
        return [{1, 2} <= set(item) for _, item in sets]

    assert together([tagged(shrink([1, 2, 3]), "a"), tagged(shrink([1, 2]), "b")], ask) == [
        (1, 2),
        (1, 2),
    ]
    assert seen == {"a", "b"}


def test_a_tagged_search_that_finds_nothing_says_so() -> None:
    assert together([tagged(shrink([1]), "a")], lambda sets: [False for _ in sets]) == [None]
