"""Texts cut at the words they share: nothing lost, no sign cut in two, nothing marked twice."""

from __future__ import annotations

import pytest

from competency.align import Shared
from competency.server.pages.highlighting import pieces


def word(start: int, end: int) -> Shared:
    return Shared("x", "y", (start, end), (start, end))


def cut(text: str, *spans: tuple[int, int]) -> list[str]:
    found = pieces(text, [word(*span) for span in spans], is_left=True)
    assert "".join(piece.text for piece in found) == text
    return [piece.text for piece in found if piece.other]


def test_words_are_marked_in_the_order_of_the_text() -> None:
    assert cut("one two three", (8, 13), (0, 3)) == ["one", "three"]


def test_each_side_knows_how_the_other_says_it() -> None:
    shared = [Shared("clients", "customer", (0, 7), (4, 12), synonym=True)]
    left = pieces("clients wait", shared, is_left=True)
    right = pieces("The customer waits", shared, is_left=False)
    assert [(piece.text, piece.other) for piece in left if piece.other] == [("clients", "customer")]
    assert [(piece.text, piece.other) for piece in right if piece.other] == [
        ("customer", "clients")
    ]


def test_what_overlaps_is_marked_once() -> None:
    assert cut("long term plans", (0, 9), (5, 9), (0, 4)) in (["long term"], ["long", "term"])


@pytest.mark.parametrize("span", [(3, 3), (5, 2), (0, 0), (90, 99), (3, 99)])
def test_places_that_are_none_end_nothing(span: tuple[int, int]) -> None:
    cut("one two", span)


@pytest.mark.parametrize(
    ("text", "span", "marked"),
    [
        ("cafe\u0301 bar", (0, 4), "cafe\u0301"),  # an accent of its own
        ("\u0628\u0650\u062a", (0, 1), "\u0628\u0650"),  # an Arabic vowel sign
        ("\u0915\u094d\u0937 x", (0, 1), "\u0915\u094d"),  # a Devanagari virama
        ("a\U0001f469\u200d\U0001f373b", (1, 2), "\U0001f469\u200d\U0001f373"),  # joined
        ("\U0001f44d\U0001f3fd!", (0, 1), "\U0001f44d\U0001f3fd"),  # a tone of skin
        ("\U0001d400\U0001d401", (0, 1), "\U0001d400"),  # beyond the first plane
    ],
    ids=["accent", "vowel", "virama", "joined", "tone", "plane"],
)
def test_no_sign_is_cut_in_two(text: str, span: tuple[int, int], marked: str) -> None:
    assert cut(text, span) == [marked]
