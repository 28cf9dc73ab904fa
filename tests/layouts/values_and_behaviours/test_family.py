"""The layout 'values-and-behaviours': other documents of the family."""

from __future__ import annotations

import re

import pytest

from competency.documents.layouts.values_and_behaviours import LAYOUT, doubts
from tests.layouts.values_and_behaviours.common import (
    COUNTS,
    DETAIL,
    GARDEN,
    SUMMARY,
    commitment,
    counts,
    document,
    labels,
    of,
    read,
)


def test_other_names_for_unhelpful_lists_are_known() -> None:
    for heading in (
        "Ineffective behaviours for {}",
        "Negative behaviors for {}:",
        "Unhelpful behaviours - {}",
        "{}: Negative Indicators",
        "Unhelpful behaviours ({})",
    ):
        draft = read(
            GARDEN.replace("Unhelpful behaviours for Open Gates:", heading.format("Open Gates"))
        )
        assert counts(draft) == COUNTS, heading
        assert of(draft, "Value")[0].label.text == "Open Gates", heading


def test_without_a_short_name_the_statement_is_the_label() -> None:
    text = GARDEN.replace("Unhelpful behaviours for Open Gates:", "Unhelpful behaviours:")
    value = of(read(text), "Value")[0]
    assert value.label.text == "We keep the gardens open to all"
    assert not value.occurrences


def test_without_unhelpful_lists_the_statement_is_the_label() -> None:
    text = re.sub(r"Unhelpful.*\n\n(- .*\n)+|'Slow.*\n", "", GARDEN)
    draft = read(text)
    assert labels(draft, "Value") == ["We keep the gardens open to all", "Growing things that last"]
    assert "NegativeIndicator" not in counts(draft)
    assert LAYOUT.score(document(text)) >= 0.6


def test_a_summary_alone_is_a_framework_of_values_and_commitments() -> None:
    draft = read(SUMMARY)
    assert counts(draft) == {"Value": 2, "ElementOfCompetency": 5, "Descriptor": 2}
    assert [part.occurrences[0].position for part in of(draft, "ElementOfCompetency")] == [
        1,
        2,
        3,
        1,
        2,
    ]
    assert not any(part.doubts for part in draft.walk())
    assert LAYOUT.score(document(SUMMARY)) >= 0.6


def test_details_alone_are_values_by_their_unhelpful_lists() -> None:
    draft = read(DETAIL)
    assert labels(draft, "Value") == ["Open Gates", "'Slow growth' Spirit"]
    assert [len(of(value, "ElementOfCompetency")) for value in of(draft, "Value")] == [3, 2]
    assert counts(draft)["NegativeIndicator"] == 5
    assert draft.label.text == "Gardens Grow On People"
    assert LAYOUT.score(document(DETAIL)) >= 0.6


def test_the_name_of_a_value_may_stand_over_its_details() -> None:
    text = DETAIL.replace("Gardens Grow On People", "Open Gates")
    draft = read(text)
    assert labels(draft, "Value") == ["Open Gates", "'Slow growth' Spirit"]
    assert labels(draft, "Group")[0] == "Unhelpful behaviours for Open Gates"
    assert not of(draft, "Note")


def test_values_may_be_headed_and_not_quoted() -> None:
    text = GARDEN.replace('"We keep the gardens open to all"', "# Open Gates").replace(
        '"Growing things that last"', "# Lasting growth"
    )
    draft = read(text)
    one, two = of(draft, "Value")
    assert counts(draft) == COUNTS
    assert (one.label.text, one.occurrences) == ("Open Gates", [])
    assert [item.label.text for item in two.occurrences] == ["Lasting growth"]


def test_values_may_have_a_name_over_the_quoted_statement() -> None:
    text = GARDEN.replace('"We keep', '## Open Gates\n\n"We keep').replace(
        '"Growing', '## Slow\n\n"Growing'
    )
    one, two = of(read(text), "Value")
    assert [item.label.text for item in one.occurrences] == ["We keep the gardens open to all"]
    assert doubts.SEVERAL_NAMES in two.doubts


def test_a_title_is_the_label_of_the_framework() -> None:
    assert read("# The Garden Book\n" + GARDEN).label.text == "The Garden Book"
    draft = read("The Garden Book\n" + GARDEN)
    assert draft.label.text == "The Garden Book"
    assert doubts.TITLE in draft.doubts


def test_a_lead_in_need_not_end_in_by() -> None:
    text = GARDEN.replace("asked for by:", "asked for. We will:")
    assert counts(read(text)) == COUNTS


def test_statement_and_lead_in_on_one_line_are_cut_apart() -> None:
    text = GARDEN.replace('all"\n\n', 'all" ')
    draft = read(text)
    value = of(draft, "Value")[0]
    assert counts(draft) == COUNTS
    assert value.repairs == {"Split"}
    assert value.parts[0].text.text.startswith("We look after")


def test_a_commitment_without_details_is_kept_with_a_doubt() -> None:
    text = GARDEN.replace("- Acting on", "- Mending fences every spring\n- Acting on")
    part = commitment(read(text), "Mending fences every spring")
    assert part.doubts == [doubts.NO_HEADING]
    assert part.occurrences[0].position == 3
    assert part.step == "c4"


def test_a_heading_that_the_summary_lacks_is_kept_with_a_doubt() -> None:
    text = GARDEN.replace(
        "Greeting Visitors", "Feeding the birds\n\n- Fills the feeders\n\nGreeting Visitors"
    )
    draft = read(text)
    part = commitment(draft, "Feeding the birds")
    assert part.doubts == [doubts.NO_SUMMARY]
    assert part in of(draft, "Value")[0].parts


def test_a_list_that_goes_on_under_its_heading_again_is_one_list() -> None:
    text = GARDEN.replace(
        "\n- Puts out", "\n\nKeeping paths clear and safe at all times (continued)\n\n- Puts out"
    )
    part = commitment(read(text), "Keeping Paths Clear and Safe at All Times")
    assert [item.step for item in part.parts] == ["b1", "b2", "b3"]
    assert doubts.GOES_ON in part.doubts


def test_a_commitment_among_those_of_another_value_goes_where_the_summary_has_it() -> None:
    stray = "Choosing plants with care\n\n- Checks soil and light before planting\n- Prefers plants that feed bees.\n\n"
    text = GARDEN.replace(stray, "").replace("Acting in visitors'", stray + "Acting in visitors'")
    draft = read(text)
    part = commitment(draft, "Choosing plants with care")
    assert part in of(draft, "Value")[1].walk()
    assert part.repairs == {"Reordered"}
    assert doubts.ELSEWHERE in part.doubts
    assert [len(of(value, "NegativeIndicator")) for value in of(draft, "Value")] == [3, 2]


def test_equal_commitments_of_two_values_are_told_apart_by_their_section() -> None:
    text = GARDEN.replace("- Choosing plants with care", "- Greeting visitors warmly").replace(
        "Choosing plants with care", "Greeting visitors warmly"
    )
    values = of(read(text), "Value")
    assert [
        labels(value, "ElementOfCompetency").count("Greeting visitors warmly") for value in values
    ] == [0, 1]
    assert [len(of(value, "PositiveIndicator")) for value in values] == [9, 4]


def test_each_value_may_be_followed_by_its_own_details() -> None:
    first, second = SUMMARY.split('"Growing')
    one, two = DETAIL.split("'Slow growth' Spirit: Behavioural Descriptors")
    draft = read(first + one + '"Growing' + second + two)
    assert labels(draft, "Value") == ["Open Gates", "'Slow growth' Spirit"]
    assert [len(of(value, "PositiveIndicator")) for value in of(draft, "Value")] == [9, 4]


def test_unhelpful_lists_alone_are_values_by_their_names() -> None:
    lists = re.findall(r"Unhelpful.*\n\n(?:- .*\n)+", GARDEN)
    draft = read("Keeping paths\n\n- Sweeps\n\n" + "\n".join(lists))
    assert labels(draft, "Value") == ["Open Gates", "'Slow growth' Spirit"]
    assert [len(of(value, "NegativeIndicator")) for value in of(draft, "Value")] == [3, 2]


@pytest.mark.parametrize("name", ["Open Gates", "We keep the gardens open to all"])
def test_unhelpful_lists_may_all_stand_at_the_end(name: str) -> None:
    lists = re.findall(r"Unhelpful.*\n\n(?:- .*\n)+", GARDEN)
    rest = re.sub(r"Unhelpful.*\n\n(?:- .*\n)+|'Slow.*\n", "", GARDEN)
    draft = read(rest + lists[0].replace("Open Gates", name) + "\n" + lists[1])
    values = of(draft, "Value")
    assert [len(of(value, "NegativeIndicator")) for value in values] == [3, 2]
    assert [value.label.text for value in values] == [name, "'Slow growth' Spirit"]


def test_a_wrong_name_over_an_unhelpful_list_does_not_move_it() -> None:
    text = GARDEN.replace(
        "Unhelpful behaviours for 'Slow growth' Spirit", "Unhelpful behaviours for Open Gates"
    )
    assert [len(of(value, "NegativeIndicator")) for value in of(read(text), "Value")] == [3, 2]


def test_a_third_value_and_more_or_fewer_items_need_no_change() -> None:
    more = '\n"Thrift"\n\nMaking much of little by:\n\n- Mending before buying\n'
    detail = "\nMending before buying\n\n- Sharpens blades\n\nUnhelpful behaviours for Saving:\n\n- Throws away\n"
    draft = read(SUMMARY + more + DETAIL + detail)
    assert labels(draft, "Value")[2] == "Saving"
    assert [part.text.text for part in of(draft, "Value")[2].walk() if part.text] == [
        "Making much of little by:",
        "Sharpens blades",
        "Throws away",
    ]


def test_words_between_a_heading_and_its_list_are_kept_under_the_heading() -> None:
    text = GARDEN.replace("Wisely", "").replace(
        "Greeting Visitors Warmly\n",
        "Greeting Visitors Warmly\n\nVisitors remember a smile.\n\nThis means that the gardener:\n",
    )
    part = commitment(read(text), "Greeting Visitors Warmly")
    assert part.lead_in is part.parts[0]
    assert (part.parts[0].kind, part.parts[0].text.text) == (
        "Note",
        "This means that the gardener:",
    )
    assert (part.parts[1].kind, part.parts[1].doubts) == ("Descriptor", [doubts.BETWEEN])


def test_organisations_named_in_behaviours_are_kept_and_are_no_publisher() -> None:
    draft = read(GARDEN.replace("Offers a map", "Offers Little Walden Town Council maps"))
    assert [span.text for span in draft.organisations] == ["Little Walden Town Council"]
