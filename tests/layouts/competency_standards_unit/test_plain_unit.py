"""The tree of a plain unit, which conforms to the shapes."""

from __future__ import annotations

import pytest

from tests.layouts.competency_standards_unit.common import (
    UNIT,
    kinds,
    of,
    problems,
    read,
    requirements,
)


def test_a_unit_conforms_to_the_shapes() -> None:
    assert problems(UNIT) == []


def test_a_unit_with_fields_empty_unreadable_or_missing_conforms_to_the_shapes() -> None:
    text = UNIT.replace("Level\t2", "Level\t").replace("Credit\t6", "Credit\tsome")
    text = text.replace("Title\tCut wooden parts\n", "").replace("2. Saw to a line", "2.")
    assert problems("Some words.\n\n" + text.replace("- Workshop Practice", "-")) == []


def test_a_unit_becomes_the_tree_the_model_wants() -> None:
    draft = read(UNIT)
    assert draft.step == "555111l2"
    assert draft.label.text == "Specification of Competency Standards for the Toy Making Industry"
    assert (draft.sector.text, draft.extent) == ("Toy Making", "Excerpt")
    assert draft.repairs == {"Split"}
    [area] = draft.parts
    [unit] = area.parts
    assert (area.kind, area.label.text) == ("FunctionalArea", "Workshop Practice")
    assert (unit.kind, unit.label.text) == ("UnitOfCompetency", "Cut wooden parts")
    assert [part.step for part in unit.parts] == ["range", "pr", "ac", "remark"]
    assert kinds(draft) == {
        "FunctionalArea": 1,
        "UnitOfCompetency": 1,
        "Scope": 1,
        "Group": 2,
        "ElementOfCompetency": 2,
        "PerformanceCriterion": 4,
        "Descriptor": 1,
        "AssessmentCriterion": 2,
        "Note": 1,
    }


def test_code_level_and_credit_are_facts_of_the_unit() -> None:
    [unit] = of(read(UNIT), "UnitOfCompetency")
    assert [code.notation.text for code in unit.codes] == ["555111L2"]
    assert unit.qualification_level.text == "2"
    assert unit.credit is not None
    assert unit.credit.value.text == "6"
    assert unit.credit.qualifier.text == "For Reference Only"
    assert unit.doubts == []


def test_an_empty_remark_is_kept_as_a_field_that_is_there_and_empty() -> None:
    [remark] = of(read(UNIT), "Note")
    assert (remark.label.text, remark.empty, remark.text.text) == ("Remark", True, "")


def test_an_element_about_knowing_passes_its_aspect_to_its_requirements() -> None:
    first, second = of(read(UNIT), "ElementOfCompetency")
    assert [part.aspect for part in first.walk()] == ["Knowing"] * 3
    assert [part.aspect for part in second.walk()] == [""] * 3


@pytest.mark.parametrize("verb", ["Understand", "Know", "Comprehend", "Knowledge of", "UNDERSTAND"])
def test_understanding_knowing_and_comprehending_are_knowing(verb: str) -> None:
    [element] = of(requirements(f"1. {verb} glue\n\t• Name two kinds"), "ElementOfCompetency")
    assert [part.aspect for part in element.walk()] == ["Knowing", "Knowing"]


def test_criteria_are_tied_to_the_requirement_they_repeat_or_reword() -> None:
    draft = read(UNIT)
    wanted = of(draft, "PerformanceCriterion")
    first, second = of(draft, "AssessmentCriterion")
    assert first.text.text == "Mark the line on the board"
    assert first.assesses == [("repeats", wanted[2])]
    assert second.assesses == [("rewords", wanted[3])]


def test_the_lead_in_of_the_criteria_is_first_among_them() -> None:
    [group] = [part for part in of(read(UNIT), "Group") if part.step == "ac"]
    assert group.lead_in is group.parts[0]
    assert group.parts[0].kind == "Descriptor"
    assert group.parts[0].text.text.endswith("the abilities to:")


def test_the_heading_over_the_requirements_keeps_both_its_names() -> None:
    [group] = [part for part in of(read(UNIT), "Group") if part.step == "pr"]
    assert group.label.text == "Performance Requirements"
    assert [item.label.text for item in group.occurrences] == ["Competency"]
