"""Fields that are more, fewer or missing; codes, levels and credit."""

from __future__ import annotations

import pytest

from tests.layouts.competency_standards_unit.common import (
    UNIT,
    kinds,
    of,
    read,
    requirements,
    texts,
)


def test_a_unit_without_functional_area_stands_under_the_framework() -> None:
    draft = read(UNIT.replace("Functional Area - Workshop Practice\n", ""))
    assert [part.kind for part in draft.parts] == ["UnitOfCompetency"]


def test_a_functional_area_without_a_name_is_an_empty_field() -> None:
    draft = read(UNIT.replace("Functional Area - Workshop Practice", "Functional Area -"))
    assert [(part.kind, part.empty) for part in draft.parts] == [
        ("Note", True),
        ("UnitOfCompetency", False),
    ]


def test_a_unit_without_heading_is_still_of_the_family() -> None:
    draft = read("\n".join(UNIT.splitlines()[4:]))
    assert (draft.label.text, draft.sector.text) == ("", "")
    assert kinds(draft)["PerformanceCriterion"] == 4


@pytest.mark.parametrize("field", ["Title", "Code", "Range", "Level", "Credit", "Remark"])
def test_a_unit_may_lack_a_field(field: str) -> None:
    lines = [line for line in UNIT.splitlines() if not line.startswith(field)]
    draft = read("\n".join(lines))
    assert kinds(draft)["PerformanceCriterion"] == 4
    assert kinds(draft)["AssessmentCriterion"] == 2
    [unit] = of(draft, "UnitOfCompetency")
    assert ("No title is printed for this unit." in unit.doubts) == (field == "Title")


@pytest.mark.parametrize("field", ["Range", "Level", "Credit", "Title", "Code"])
def test_an_empty_field_is_told_from_a_missing_one(field: str) -> None:
    lines = [f"{field}\t" if line.startswith(field) else line for line in UNIT.splitlines()]
    notes = of(read("\n".join(lines)), "Note")
    assert [note.label.text for note in notes if note.empty] == [field, "Remark"]


def test_a_unit_may_have_one_element_or_many() -> None:
    for count in (1, 5, 12):
        cell = "\n\t".join(
            f"{n}. Make part {n}\n\t• Cut it\n\t• Sand it" for n in range(1, count + 1)
        )
        group = requirements(cell)
        assert [part.enumeration.text for part in group.parts] == [
            f"{n}." for n in range(1, count + 1)
        ]
        assert [part.step for part in group.parts] == [str(n) for n in range(1, count + 1)]
        assert kinds(group)["PerformanceCriterion"] == 2 * count


def test_elements_may_carry_numbers_with_dots() -> None:
    group = requirements(
        "Performance Requirements\n\t6.1 Know wood\n\t• Name it\n\t6.2 Cut wood\n\t1. Mark it"
    )
    assert [(part.step, part.label.text) for part in group.parts] == [
        ("6-1", "Know wood"),
        ("6-2", "Cut wood"),
    ]
    assert [part.enumeration.text for part in of(group, "PerformanceCriterion")] == ["", "1."]


def test_an_element_may_have_a_lead_in_and_no_requirement_need_follow() -> None:
    group = requirements("1. Know wood\n\tBe able to:\n\t• Name it\n\t2. Rest")
    first, second = group.parts
    assert first.lead_in is first.parts[0]
    assert first.parts[0].text.text == "Be able to:"
    assert second.parts == []


def test_an_element_without_a_number_is_doubted() -> None:
    group = requirements("Know wood\n\t• Name it\n\t• Weigh it.\n\tCut wood\n\t• Mark it")
    assert [(part.label.text, len(part.parts)) for part in group.parts] == [
        ("Know wood", 2),
        ("Cut wood", 1),
    ]
    assert all(part.doubts == ["No number is printed before this element."] for part in group.parts)


def test_requirements_without_elements_stand_under_the_heading() -> None:
    group = requirements("• Cut it\n\t• Sand it")
    assert [part.kind for part in group.parts] == ["PerformanceCriterion"] * 2
    assert group.doubts == ["No element is printed; the requirements stand under the heading."]


def test_a_number_printed_twice_gets_a_step_of_its_own_and_a_doubt() -> None:
    group = requirements("1. Cut\n\t• Mark it\n\t1. Sand\n\t• Dust it")
    assert [part.step for part in group.parts] == ["1", "1-2"]
    assert len(group.parts[1].doubts) == 1


def test_a_long_title_goes_on_in_the_next_line() -> None:
    group = requirements("1. Plan the work of the\n\tToy Fair and\n\tits guests\n\t• Write lists")
    assert group.parts[0].label.text == "Plan the work of the Toy Fair and its guests"


def test_a_level_inside_the_code_that_contradicts_the_field_is_doubted() -> None:
    [unit] = of(read(UNIT.replace("Level\t2", "Level\t4")), "UnitOfCompetency")
    assert unit.doubts == ["The code ends in level 2, and the field says level 4."]


def test_a_code_of_another_form_says_nothing_of_the_level() -> None:
    draft = read(UNIT.replace("555111L2", "TOYWM201A"))
    assert of(draft, "UnitOfCompetency")[0].doubts == []
    assert draft.step == "toywm201a"


def test_several_codes_are_all_kept() -> None:
    [unit] = of(read(UNIT.replace("555111L2", "TOYWM201A / 555111L2")), "UnitOfCompetency")
    assert [code.notation.text for code in unit.codes] == ["TOYWM201A", "555111L2"]


def test_a_field_that_cannot_be_read_becomes_a_note_with_a_doubt() -> None:
    draft = read(UNIT.replace("Credit\t6 (For Reference Only)", "Credit\tto be fixed"))
    note = of(draft, "Note")[0]
    assert (note.label.text, note.text.text, len(note.doubts)) == ("Credit", "to be fixed", 1)


def test_a_credit_may_be_printed_without_a_reservation() -> None:
    [unit] = of(read(UNIT.replace(" (For Reference Only)", "")), "UnitOfCompetency")
    assert unit.credit is not None
    assert (unit.credit.value.text, unit.credit.qualifier.text) == ("6", "")


def test_a_field_printed_twice_keeps_both() -> None:
    draft = read(UNIT.replace("Credit\t", "Level\t3\nCredit\t"))
    [unit] = of(draft, "UnitOfCompetency")
    assert unit.qualification_level.text == "2"
    assert ("Level", "3") in [(note.label.text, note.text.text) for note in of(draft, "Note")]


def test_a_remark_may_say_something_and_a_range_may_have_paragraphs() -> None:
    draft = read(
        UNIT.replace("Remark\t", "Remarks\tFor beginners.").replace("It leaves", "\n\n\tIt leaves")
    )
    [remark] = of(draft, "Note")
    assert (remark.label.text, remark.text.text, remark.empty) == (
        "Remarks",
        "For beginners.",
        False,
    )
    assert texts(draft, "Scope") == [
        "This unit is for makers in small workshops. It leaves out metal."
    ]
