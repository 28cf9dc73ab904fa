"""Lead-ins: what is left open is joined to each item, what is a sentence stays a remark."""

from __future__ import annotations

import pytest

from competency.exchange.leadins import is_open, joined, opened
from competency.exchange.outline import Outline
from tests.conftest import PREFIXES
from tests.exchange.common import EX, SMALL, small


@pytest.mark.parametrize(
    ("lead", "item", "text"),
    [
        ("You must be able to:", "plan", "You must be able to: plan"),
        ("You must be able to", "plan", "You must be able to plan"),
        ("You must be able to", "Plan", "You must be able to: Plan"),
        ("We deliver by …", "… listening", "We deliver by listening"),
        ("We deliver by...", "Listening", "We deliver by: Listening"),
        ("Sie können:", "Brot backen", "Sie können: Brot backen"),
        ("能够", "烘烤面包", "能够烘烤面包"),
        ("能够：", "烘烤面包", "能够：烘烤面包"),
        ("Vous devez :", "cuire", "Vous devez : cuire"),
        ("", "plan", "plan"),
    ],
)
def test_a_lead_in_and_an_item_read_as_one_text(lead: str, item: str, text: str) -> None:
    assert joined(lead, item) == text


@pytest.mark.parametrize(
    ("words", "is_left_open"),
    [
        ("You must be able to", True),
        ("You must be able to:", True),
        ("and then ...", True),
        ("The person can do this.", False),
        ("他能做到这一点。", False),
        ("Can you?", False),
        ('They said "so."', False),
        ("  ", False),
    ],
)
def test_a_lead_in_is_open_unless_it_ends_as_a_sentence(words: str, is_left_open: bool) -> None:
    assert is_open(words) is is_left_open


def text_of(text: str, name: str) -> list[str]:
    outline = Outline(small(text), EX + "f")
    entry = outline.entry(EX + name)
    assert entry is not None
    return [str(item) for item in opened(entry)]


def test_criteria_below_an_element_take_the_lead_in_of_the_list_above() -> None:
    more = """
ex:e a comp:ElementOfCompetency ; comp:inFramework ex:f ; comp:partOf ex:list ; rdfs:label "E"@en .
ex:deep a comp:PerformanceCriterion ; comp:inFramework ex:f ; comp:partOf ex:e ; comp:text "weigh"@en .
ex:act a comp:PositiveIndicator ; comp:inFramework ex:f ; comp:partOf ex:e ; comp:text "Weighs."@en .
"""
    assert text_of(SMALL + more, "deep") == ["You must be able to: weigh"]
    assert text_of(SMALL + more, "act") == ["Weighs."]


def test_an_unhelpful_behaviour_takes_no_lead_in() -> None:
    more = "ex:n a comp:NegativeIndicator ; comp:inFramework ex:f ; comp:partOf ex:list ; comp:text 'spill'@en ."
    assert text_of(SMALL + more, "n") == ["spill"]


def test_a_lead_in_is_only_joined_in_its_own_language() -> None:
    more = "ex:p a comp:PerformanceCriterion ; comp:inFramework ex:f ; comp:partOf ex:list ; comp:text 'pétrir'@fr , 'knead'@en ."
    assert sorted(text_of(SMALL + more, "p")) == ["You must be able to: knead", "pétrir"]


def test_a_part_may_finish_a_lead_in_of_its_own_and_circles_do_no_harm() -> None:
    text = PREFIXES + (
        "ex:f a comp:Framework . ex:a a comp:Descriptor ; comp:inFramework ex:f ; comp:partOf ex:f ;"
        " comp:text 'They'@en ; comp:leadIn ex:b . ex:b a comp:Descriptor ; comp:inFramework ex:f ;"
        " comp:partOf ex:f ; comp:text 'bake.'@en ; comp:leadIn ex:a , ex:b ."
    )
    assert text_of(text, "b") == ["They bake."]
    assert text_of(text, "a") == ["They"]
