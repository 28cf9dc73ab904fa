"""The layout 'values-and-behaviours': the same document printed otherwise."""

from __future__ import annotations

from collections import Counter

import pytest

from competency.documents.layouts.values_and_behaviours import LAYOUT, doubts
from tests.layouts.values_and_behaviours.common import (
    COUNTS,
    GARDEN,
    SUMMARY,
    VARIANTS,
    commitment,
    counts,
    document,
    numbered,
    paged,
    read,
    texts,
    tree,
)


@pytest.mark.parametrize("name", VARIANTS)
def test_the_same_words_printed_otherwise_give_the_same_parts(name: str) -> None:
    lines = VARIANTS[name](GARDEN.splitlines())
    flat = str.maketrans("“”‘’", "\"\"''")
    found = [tuple(field.translate(flat) for field in part) for part in tree(read(lines))]
    assert found == tree(read(GARDEN))
    assert LAYOUT.score(document(lines)) >= 0.6


def test_numbered_lists_keep_their_numbers() -> None:
    draft = read(numbered(GARDEN.splitlines()))
    one = commitment(draft, "Keeping Paths Clear and Safe at All Times")
    assert [(part.enumeration.text, part.step) for part in one.parts] == [
        ("1.", "b1"),
        ("2.", "b2"),
        ("3.", "b3"),
    ]
    assert {kind: n for kind, n in counts(draft).items() if kind != "PositiveIndicator"} == {
        kind: n for kind, n in COUNTS.items() if kind != "PositiveIndicator"
    }


def test_numbered_headings_over_bullets_are_headings() -> None:
    text = GARDEN.replace("Keeping Paths Clear", "2. Keeping Paths Clear")
    part = commitment(read(text), "Keeping Paths Clear and Safe at All Times")
    assert (part.enumeration.text, part.step) == ("2.", "c2")
    assert len(part.parts) == 3


def test_a_number_printed_twice_gets_a_step_of_its_own_and_a_doubt() -> None:
    text = GARDEN.replace("Keeping Paths", "2. Keeping Paths").replace(
        "Greeting Visitors", "2. Greeting Visitors"
    )
    part = commitment(read(text), "Greeting Visitors Warmly")
    assert part.step == "c2-2"
    assert doubts.NUMBERED_TWICE in part.doubts


def test_words_across_a_page_are_rejoined_with_a_doubt() -> None:
    text = GARDEN.replace("Reads the book of comments", "Reads the book of\n\nPage 4\n\ncomments")
    part = commitment(read(text), "Acting in visitors' wishes").parts[0]
    assert part.text.text == "Reads the book of comments weekly"
    assert part.repairs == {"Rejoined"}
    assert part.doubts == [doubts.APART]


def test_page_headings_and_numbers_are_left_out_with_a_reason() -> None:
    draft = read(paged(11, "The Garden Book", "N")(GARDEN.splitlines()))
    reasons = Counter(item.reason for item in draft.left_out)
    assert set(reasons) == {"Page heading, repeated", "Page number"}


def test_a_word_that_ends_two_wrapped_lines_is_no_page_heading() -> None:
    lines = ["- Helps in the long summer weeks whenever it is", "needed."]
    text = SUMMARY + "\nGreeting visitors warmly\n\n" + "\n".join(lines * 2)
    assert texts(read(text), "PositiveIndicator") == [" ".join(lines)[2:]] * 2
