"""Numbered catalogues whose two columns are mixed."""

from __future__ import annotations

import random

import pytest

from competency.documents.layouts.numbered_catalogue import LAYOUT
from tests.layouts.numbered_catalogue.common import (
    CLEAN,
    NAMES,
    TWO_COLUMNS,
    check_shapes,
    counts,
    document,
    names,
    of,
    read,
    texts,
)


def test_mixed_columns_are_read_in_reading_order() -> None:
    draft = read(TWO_COLUMNS)
    assert LAYOUT.score(document(TWO_COLUMNS)) >= 0.9
    assert counts(draft) == (2, 4, 4, 4)
    assert names(draft) == NAMES
    first, second, third, fourth = of(draft, "Competency")
    assert texts(first) == {
        "base": "Staff with this skill look at the library with the eyes of many a reader and "
        "know what brings them.",
        "higher": "At the higher levels, staff teach others to look at the building with the eyes "
        "of readers and plan rooms that serve the whole town.",
    }
    assert texts(second)["base"].endswith("harder to find books and papers in good time.")
    assert texts(third)["base"].startswith("Staff with this skill stay calm on days")
    assert texts(fourth)["higher"] == (
        "At the higher levels, staff start clubs of young readers and care for the reading of "
        "whole schools."
    )


def test_empty_lines_between_all_lines_say_nothing() -> None:
    draft = read("\n\n".join(TWO_COLUMNS.splitlines()))
    assert names(draft) == NAMES
    assert [texts(part) for part in of(draft, "Competency")] == [
        texts(part) for part in of(read(TWO_COLUMNS), "Competency")
    ]


def test_mixed_columns_say_what_was_done_to_them() -> None:
    first, second, third, fourth = of(read(TWO_COLUMNS), "Competency")
    assert first.repairs == {"Rejoined", "Reordered", "Split"}
    assert second.repairs == third.repairs == fourth.repairs == {"Rejoined", "Split"}
    assert any("before its number" in doubt for doubt in first.doubts)
    assert not second.doubts
    assert "Reordered" in third.parts[0].repairs, "its first line stands above the number"
    assert third.parts[1].repairs == set()
    assert fourth.parts[1].repairs == {"Rejoined"}, "a name stands within 'At the higher levels'"


def test_the_page_gives_the_title_and_is_otherwise_left_out() -> None:
    draft = read(TWO_COLUMNS)
    assert draft.label.text == "BRANCH LIBRARY SKILLS FRAMEWORK"
    assert [item.span.text for item in draft.left_out] == ["Page 4 - BSF Document", "P. 4", "7"]
    assert "The head of a page gives its number as 4, the foot gives 7." in draft.doubts
    assert draft.extent == "Excerpt"


@pytest.mark.parametrize("text", [TWO_COLUMNS, CLEAN, CLEAN.replace("02 Keep Accounts", "02")])
def test_results_conform_to_the_shapes(text: str) -> None:
    check_shapes(text)


def test_groups_nest_and_levels_have_no_rank() -> None:
    draft = read(TWO_COLUMNS)
    outer = draft.parts[0]
    assert (outer.kind, outer.step, outer.label.text) == ("Group", "g1", "SKILL DEFINITIONS")
    inner = outer.parts[0]
    assert (inner.step, inner.label.text) == ("g1.1", "Shared Library Competencies")
    assert [part.step for part in inner.parts] == ["c01", "c02", "c03", "c04"]
    base, higher = draft.levels
    assert (base.step, base.name, base.rank, base.label.text) == ("base", "Base", None, "")
    assert (higher.step, higher.label.text, higher.rank) == ("higher", "higher levels", None)
    assert higher.above is base
    for part in of(draft, "Competency"):
        first, second = part.parts
        assert (first.kind, first.level, first.level_inferred) == ("Descriptor", base, True)
        assert (second.kind, second.level, second.level_inferred) == (
            "CompetencyLevel",
            higher,
            False,
        )
        assert second.label.text == "higher levels"
    assert "The document speaks of several higher levels and does not say how many." in draft.doubts


def test_other_words_another_opening_and_another_band() -> None:
    draft = read("""\
Core Competencies
1 Guard the Cooks who hold this strength wash hands and tools and keep raw food
apart from what is cooked, and they look at dates every day without any
Kitchen
reminder. At an advanced level, cooks write down rules for the whole house.
Cooks who hold this strength taste early and often, and they know which
2 Trust Your spices go well with each other and which of them do not. At an advanced
Tongue
level, cooks make up dishes that nobody has eaten before.
""")
    assert names(draft) == ["Guard the Kitchen", "Trust Your Tongue"]
    assert [part.enumeration.text for part in of(draft, "Competency")] == ["1", "2"]
    assert [part.step for part in of(draft, "Competency")] == ["c1", "c2"]
    assert draft.levels[1].label.text == "advanced level"
    assert texts(of(draft, "Competency")[1])["higher"] == (
        "At an advanced level, cooks make up dishes that nobody has eaten before."
    )


def test_numbers_with_dots_and_the_number_behind_the_first_word() -> None:
    draft = read("""\
Mend Drivers with this ability find out what is wrong with a bus and call for
1.1 Small
help only when they must, because the road is long. At the higher levels,
Faults drivers teach others to find faults.
Drive Drivers with this ability keep to the time table and wait for old people
1.2 Gently who still have to sit down. At the higher levels, drivers plan new lines
Always
and stops for the whole town.
Count Drivers with this ability hand out the right change and keep the cash box
1.3 Every Coin in good order on each day of the week.
""")
    assert names(draft) == ["Mend Small Faults", "Drive Gently Always", "Count Every Coin"]
    assert [part.step for part in of(draft, "Competency")] == ["c1.1", "c1.2", "c1.3"]
    assert counts(draft) == (0, 3, 3, 2)
    assert all("Reordered" in part.repairs for part in of(draft, "Competency"))


def test_the_number_in_the_middle_of_a_line() -> None:
    draft = read("""\
Grow 01 Nurses with this talent know how plants get on with little water in
Herbs rooms with light from one side only. At higher levels, nurses grow what
Indoors
nobody else has in the whole of the county.
Cut 02 Nurses with this talent have a sharp knife and a steady hand, and they
Hedges know when birds nest. At higher levels, nurses lay out whole gardens.
""")
    assert names(draft) == ["Grow Herbs Indoors", "Cut Hedges"]
    assert [part.enumeration.text for part in of(draft, "Competency")] == ["01", "02"]


def test_a_connecting_word_goes_to_the_name_or_to_the_text_by_the_width_of_lines() -> None:
    draft = read("""\
01 Care Clerks with this quality hold letters and parcels in good order and find
for Letters each of them within a minute, even after many years and at the busiest
time. At the higher levels, clerks set up the order that all others keep to
and explain it to guests.
Clerks with this quality can say in a few words what has come in by post and
02 Report to who must see it first of all. At the higher levels, clerks write reports
Leaders that are read by the board.
""")
    assert names(draft) == ["Care for Letters", "Report to Leaders"]
    assert "by post and who must see it" in texts(of(draft, "Competency")[1])["base"]


def test_a_name_fragment_between_two_competencies_is_doubted() -> None:
    draft = read("""\
01 Sow Gardeners with this gift sow at the right time and they know each seed by
Seeds its look. At the higher levels, gardeners breed new sorts.
Reap
Gardeners with this gift know when fruit is ripe and they pick it with care,
02 Fruit
so that it keeps. At the higher levels, gardeners plan the whole harvest.
""")
    assert [name.split()[0] for name in names(draft)] == ["Sow", "Reap"]
    assert any(
        "between two competencies" in d for part in of(draft, "Competency") for d in part.doubts
    )


def _page(seed: int) -> tuple[list[str], list[tuple[str, str, str, str]]]:
    """Set a page in two columns and take its lines as they stand, left to right, top to bottom."""
    pick = random.Random(seed)  # noqa: S311
    opening = pick.choice(["Staff with this skill", "People who hold this strength"])
    band = pick.choice(["At the higher levels, staff", "At the advanced level, they"])
    titles = [
        "Plan Ahead Every Day",
        "Lead Small Teams Well",
        "Keep Firm Promises",
        "Handle Cash Safely",
        "Solve Hard Problems",
        "Grow Local Trust",
        "Write Clear Letters",
        "Use Sound Data",
        "Share Old Knowledge",
        "Respect Quiet Readers",
        "Coach Younger Staff",
        "Save Rare Books",
    ]
    lines, truth = ["SKILL DEFINITIONS"], []
    for number, title in enumerate(pick.sample(titles, pick.randint(2, 12)), 1):
        base, higher = _sentence(pick, opening), _sentence(pick, band)
        left, right = _wrapped(title, 12), _wrapped(f"{base} {higher}", 60)
        offset = pick.choice([0.0, (len(right) - len(left)) / 2])
        events = [(float(y), 2, words) for y, words in enumerate(right)]
        events += [(offset + y, 1, words) for y, words in enumerate(left)]
        events.append((offset + (len(left) - 1) // 2, 0, f"{number:02}"))
        for y in sorted({event[0] for event in events}):
            lines.append(" ".join(words for _, _, words in sorted(e for e in events if e[0] == y)))
        truth.append((f"{number:02}", title, base, higher))
    return lines, truth


def _sentence(pick: random.Random, subject: str) -> str:
    verbs = [
        "look after",
        "keep an eye on",
        "find better ways to deal with",
        "explain in plain words",
    ]
    things = ["the wishes of visitors", "every part of the house", "records and lists", "new tools"]
    one, two, three = (f"{pick.choice(verbs)} {pick.choice(things)}" for _ in range(3))
    return f"{subject} {one}, {two} and {three}."


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


@pytest.mark.parametrize("seed", range(12))
def test_pages_of_two_to_twelve_competencies_are_unscrambled(seed: int) -> None:
    lines, truth = _page(seed)
    draft = read("\n".join(lines))
    found = [
        (part.enumeration.text, part.label.text, *texts(part).values())
        for part in of(draft, "Competency")
    ]
    assert found == truth
    assert LAYOUT.score(document("\n".join(lines))) >= 0.6
