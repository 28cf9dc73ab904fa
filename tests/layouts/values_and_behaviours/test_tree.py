"""The layout 'values-and-behaviours': the tree of a plain document."""

from __future__ import annotations

from competency.documents.layouts.values_and_behaviours import LAYOUT, doubts
from competency.shapes import validate
from tests.layouts.values_and_behaviours.common import (
    COUNTS,
    GARDEN,
    commitment,
    counts,
    document,
    graph,
    of,
    read,
)


def test_a_document_has_values_commitments_behaviours_and_unhelpful_behaviours() -> None:
    assert counts(read(GARDEN)) == COUNTS
    assert LAYOUT.score(document(GARDEN)) >= 0.9


def test_a_value_has_its_short_name_and_keeps_its_statement() -> None:
    one, two = of(read(GARDEN), "Value")
    assert (one.label.text, two.label.text) == ("Open Gates", "'Slow growth' Spirit")
    assert [(item.label.text, item.list_name) for item in one.occurrences] == [
        ("We keep the gardens open to all", "Value statement")
    ]
    assert one.occurrence_inferred
    assert doubts.TWO_NAMES in one.doubts
    assert two.also, "the short name is also printed over the details"


def test_the_lead_in_comes_first_among_the_parts_of_a_value() -> None:
    for value in of(read(GARDEN), "Value"):
        assert value.lead_in is value.parts[0]
        assert value.parts[0].kind == "Descriptor"
        assert value.parts[0].text.text.endswith(" by:")


def test_commitments_stand_in_the_order_of_the_details_and_keep_their_place_in_the_summary() -> (
    None
):
    found = [
        (part.step, part.label.text, part.occurrences[0].position)
        for part in of(read(GARDEN), "ElementOfCompetency")
    ]
    assert found == [
        ("c1", "Keeping Paths Clear and Safe at All Times", 2),
        ("c2", "Greeting Visitors Warmly", 1),
        ("c3", "Acting in visitors' wishes", 3),
        ("c1", "Share seeds and tools with neighbours", 2),
        ("c2", "Choosing plants with care", 1),
    ]


def test_another_wording_of_the_summary_is_kept() -> None:
    part = commitment(read(GARDEN), "Acting in visitors' wishes")
    assert [(item.label.text, item.list_name) for item in part.occurrences] == [
        ("Acting on visitors' wishes", "Summary list")
    ]


def test_a_heading_over_the_details_of_a_value_holds_its_commitments() -> None:
    value = of(read(GARDEN), "Value")[1]
    group = value.parts[1]
    assert (group.kind, group.step) == ("Group", "descriptors")
    assert [part.kind for part in group.parts] == ["ElementOfCompetency"] * 2


def test_unhelpful_behaviours_are_negative_and_belong_to_the_value() -> None:
    for value in of(read(GARDEN), "Value"):
        group = value.parts[-1]
        assert group.step == "unhelpful"
        assert group.label.text.startswith("Unhelpful behaviours for ")
        assert {part.kind for part in group.parts} == {"NegativeIndicator"}


def test_a_slogan_is_a_note_of_the_framework_with_a_doubt() -> None:
    note = read(GARDEN).parts[-1]
    assert (note.kind, note.text.text, note.doubts) == (
        "Note",
        "Gardens Grow On People",
        [doubts.LOOSE],
    )


def test_what_is_not_printed_is_not_stated() -> None:
    draft = read(GARDEN)
    assert not draft.label
    assert draft.name
    assert not draft.issued
    assert not draft.organisations
    assert draft.step == "garden"


def test_the_result_conforms_to_the_shapes() -> None:
    report = validate(graph(document(GARDEN)))
    assert report.conforms, report.text()
