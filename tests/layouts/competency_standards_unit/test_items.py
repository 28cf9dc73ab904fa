"""Requirements and criteria: items that run together, and what criteria assess."""

from __future__ import annotations

import pytest

from tests.layouts.competency_standards_unit.common import (
    criteria,
    of,
    requirements,
    texts,
)


def test_requirements_that_run_together_are_cut_and_say_so() -> None:
    group = requirements(
        "1. Serve\n\t• Greet the guests Show them the seats (e.g. by the window) Bring the menus"
    )
    found = of(group, "PerformanceCriterion")
    assert [part.text.text for part in found] == [
        "Greet the guests",
        "Show them the seats (e.g. by the window)",
        "Bring the menus",
    ]
    assert all(part.repairs == {"Split"} for part in found)
    assert [part.step for part in found] == ["1", "2", "3"]


def test_a_cut_that_is_not_certain_is_doubted() -> None:
    found = of(
        requirements("1. Serve\n\t• Brew strong tea Pour milk first"), "PerformanceCriterion"
    )
    assert [len(part.doubts) for part in found] == [0, 1]


def test_a_word_that_opens_other_items_makes_a_cut_certain() -> None:
    group = requirements("1. Serve\n\t• Pour tea\n\t• Brew strong tea Pour milk first")
    assert [part.doubts for part in of(group, "PerformanceCriterion")] == [[], [], []]


@pytest.mark.parametrize(
    "text",
    [
        "Follow the Weights and Measures Ordinance of Hong Kong",
        "Follow the Personal Data (Privacy) Ordinance at work",
        "Use relevant Excel sheets",
        "Speak fluent Cantonese with guests",
        "Run ICT and POS tools",
        "Use tools (such as Lathe work) daily",
    ],
)
def test_names_inside_a_requirement_do_not_cut_it(text: str) -> None:
    assert texts(requirements(f"1. Serve\n\t• {text}\n\t• Smile"), "PerformanceCriterion") == [
        text,
        "Smile",
    ]


def test_a_bullet_of_two_sentences_stays_one_and_is_doubted() -> None:
    [found] = of(
        requirements("1. Serve\n\t• Ask the guest. Then bring tea"), "PerformanceCriterion"
    )
    assert found.text.text == "Ask the guest. Then bring tea"
    assert found.doubts == ["One item holds two sentences; it may be two run together."]
    assert found.repairs == set()


def test_elements_and_bullets_on_one_line_are_cut() -> None:
    group = requirements(
        "Performance Requirements 1. Pack toys • Fold it • Tape it 2. Send toys 3. Rest"
    )
    assert [(part.label.text, len(part.parts)) for part in group.parts] == [
        ("Pack toys", 2),
        ("Send toys", 0),
        ("Rest", 0),
    ]
    assert all("Split" in part.repairs for part in group.walk())


def test_criteria_are_cut_at_semicolons_and_the_and_between_is_left_out() -> None:
    group = criteria("To:\n\tGlue the parts; dry the parts (fast; slow); and Paint the parts red.")
    found = of(group, "AssessmentCriterion")
    assert [part.text.text for part in found] == [
        "Glue the parts",
        "dry the parts (fast; slow)",
        "Paint the parts red.",
    ]
    assert all(part.repairs == {"Split"} for part in found)


def test_a_lead_in_may_share_its_line_with_the_first_criterion() -> None:
    group = criteria("The maker is able to: Glue the parts; and Paint the parts red.")
    assert group.lead_in is not None
    assert group.lead_in.text.text == "The maker is able to:"
    assert texts(group, "AssessmentCriterion") == ["Glue the parts", "Paint the parts red."]


@pytest.mark.parametrize("marks", [("(i)", "(ii)"), ("1.", "2."), ("a)", "b)"), ("7.1", "7.2")])
def test_criteria_may_be_numbered(marks: tuple[str, str]) -> None:
    one, two = marks
    group = criteria(f"To:\n\t{one} Glue the parts; and\n\t{two} Paint the parts red")
    found = of(group, "AssessmentCriterion")
    assert [part.enumeration.text for part in found] == [one, two]
    assert [part.text.text for part in found] == ["Glue the parts", "Paint the parts red"]
    assert [relation for part in found for relation, _ in part.assesses] == ["repeats", "repeats"]


def test_a_criterion_like_no_requirement_is_left_unlinked_with_a_doubt() -> None:
    [found] = of(criteria("To:\n\t• Write a will"), "AssessmentCriterion")
    assert found.assesses == []
    assert found.doubts == ["No requirement is clearly the one that this criterion assesses."]


def test_a_criterion_near_two_requirements_is_left_unlinked_with_a_doubt() -> None:
    wanted = "1. Make\n\t• Glue all small parts\n\t• Paint all small parts"
    [found] = of(criteria("To:\n\t• Show all small parts", wanted), "AssessmentCriterion")
    assert found.assesses == []
    assert len(found.doubts) == 1


def test_a_criterion_may_repeat_a_whole_element() -> None:
    [found] = of(criteria("To:\n\t• make.", "1. Make\n\t• Glue it"), "AssessmentCriterion")
    assert [(relation, part.kind) for relation, part in found.assesses] == [
        ("repeats", "ElementOfCompetency")
    ]


def test_words_are_equal_whatever_the_quotation_marks_capitals_and_last_sign() -> None:
    wanted = "1. Make\n\t• Follow the maker's plan"
    [found] = of(criteria("To:\n\t• follow the maker’s plan;", wanted), "AssessmentCriterion")
    assert [relation for relation, _ in found.assesses] == ["repeats"]
