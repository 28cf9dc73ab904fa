"""Several units of competency in one document."""

from __future__ import annotations

from tests.layouts.competency_standards_unit.common import (
    UNIT,
    kinds,
    of,
    other,
    problems,
    read,
)


def test_several_units_conform_to_the_shapes() -> None:
    assert problems(UNIT + other("Sales", "Sell toys", "555201L2")) == []


def test_units_of_one_document_stand_under_their_functional_areas() -> None:
    text = (
        UNIT
        + other("Workshop Practice", "Paint parts", "555112L2")
        + other("Sales", "Sell toys", "555201L2")
    )
    draft = read(text, "toys 2.txt")
    assert draft.step == "toys-2"
    assert [
        (area.label.text, [unit.label.text for unit in area.parts]) for area in draft.parts
    ] == [("Workshop Practice", ["Cut wooden parts", "Paint parts"]), ("Sales", ["Sell toys"])]
    assert [span.text for span in draft.parts[0].also] == ["Workshop Practice"]
    assert kinds(draft)["PerformanceCriterion"] == 12
    assert len(of(draft, "Note")) == 3


def test_units_without_titles_begin_at_their_codes() -> None:
    lines = [
        line
        for line in (UNIT + other("Sales", "x", "555201L2")).splitlines()
        if not line.startswith("Title")
    ]
    units = of(read("\n".join(lines)), "UnitOfCompetency")
    assert [unit.step for unit in units] == ["555111l2", "555201l2"]


def test_criteria_assess_requirements_of_their_own_unit() -> None:
    draft = read(UNIT + other("Sales", "Sell toys", "555201L2"))
    for unit in of(draft, "UnitOfCompetency"):
        own = {id(part) for part in unit.walk()}
        linked = [target for part in unit.walk() for _, target in part.assesses]
        assert len(linked) == 2
        assert {id(target) for target in linked} <= own


def test_a_code_printed_for_two_units_is_doubted() -> None:
    draft = read(UNIT + UNIT.replace("Cut wooden", "Paint wooden"))
    units = of(draft, "UnitOfCompetency")
    assert [unit.step for unit in units] == ["555111l2", "555111l2-2"]
    assert len(units[1].doubts) == 1


def test_words_outside_the_table_become_notes_in_their_place() -> None:
    draft = read("A word before all.\n\n" + UNIT)
    assert (draft.parts[0].kind, draft.parts[0].text.text) == ("Note", "A word before all.")
    assert len(draft.parts[0].doubts) == 1
