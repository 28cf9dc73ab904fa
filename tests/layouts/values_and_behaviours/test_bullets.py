"""The layout 'values-and-behaviours': bullets that hold two behaviours."""

from __future__ import annotations

import pytest

from competency.documents.layouts.values_and_behaviours import doubts
from tests.layouts.values_and_behaviours.common import GARDEN, commitment, of, read, texts


def test_two_behaviours_run_together_are_two_parts_with_a_doubt() -> None:
    parts = [
        part
        for part in commitment(read(GARDEN), "Greeting Visitors Warmly").parts
        if "Split" in part.repairs
    ]
    assert [part.text.text for part in parts] == [
        "Answers questions with patience, also when busy",
        "Explains the rules of the garden kindly.",
    ]
    assert all(doubts.RUN_TOGETHER in part.doubts for part in parts)
    assert len({part.text.numbers for part in parts}) == 1


def test_a_bullet_of_two_sentences_stays_one_part_with_a_doubt() -> None:
    part = next(
        part for part in of(read(GARDEN), "NegativeIndicator") if "Blames" in part.text.text
    )
    assert part.text.text == "Leaves tools on paths. Blames others for it"
    assert part.doubts == [doubts.TWO_SENTENCES]


@pytest.mark.parametrize(
    "bullet",
    [
        "Works closely with Sports and other clubs",
        "Knows the rules of the Parks service well",
        "Works to SMART targets in all that is planned",
        "Keeps in mind what elected Members and guests expect",
        "Says clearly what Keepers of the garden need",
        "Writes to Worcester about the lawn",
    ],
)
def test_a_capital_inside_a_sentence_cuts_nothing(bullet: str) -> None:
    draft = read(GARDEN.replace("Offers a map without being asked", bullet))
    assert bullet in texts(draft, "PositiveIndicator")


def test_nothing_is_cut_where_the_other_bullets_begin_otherwise() -> None:
    text = GARDEN.replace("Looks up and says", "To look up and say").replace("Offers", "To offer")
    assert len(of(read(text), "PositiveIndicator")) == 12


def test_an_adverb_may_stand_before_the_second_verb() -> None:
    text = GARDEN.replace("Explains the rules", "Kindly explains the rules")
    assert "Kindly explains the rules of the garden kindly." in texts(
        read(text), "PositiveIndicator"
    )
