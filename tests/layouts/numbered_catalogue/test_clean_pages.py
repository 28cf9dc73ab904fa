"""Numbered catalogues on clean pages, and everything between."""

from __future__ import annotations

import pytest

from competency.documents.draft import FrameworkDraft
from competency.documents.layouts.numbered_catalogue import LAYOUT
from tests.layouts.numbered_catalogue.common import (
    CLEAN,
    counts,
    document,
    names,
    of,
    read,
    texts,
)


def _check_clean(draft: FrameworkDraft) -> None:
    assert names(draft) == ["Plan the Day", "Keep Accounts", "Speak in Public"]
    assert counts(draft)[1:] == (3, 3, 3)
    assert texts(of(draft, "Competency")[0]) == {
        "base": "Staff with this skill know what comes next. They leave room for the rest.",
        "higher": "At the higher levels, staff plan for others.",
    }
    assert not any(part.repairs & {"Rejoined", "Reordered"} for part in draft.walk())


@pytest.mark.parametrize(
    "text",
    [
        CLEAN,
        CLEAN.replace("\n", "\r\n"),
        "\n\n".join(CLEAN.splitlines()),
        CLEAN.replace("\nAt the", " At the"),
        CLEAN.replace("01 ", "### 01 ").replace("02 ", "### 02 ").replace("03 ", "### 03 "),
        "".join(f"**{x}**\n\n" if x[0] == "0" else f"{x}\n\n" for x in CLEAN.splitlines()),
        CLEAN.replace("01 ", "1. ").replace("02 ", "2. ").replace("03 ", "3. "),
        CLEAN.replace("01 ", "2.1 ").replace("02 ", "2.2 ").replace("03 ", "2.3 "),
        CLEAN.replace("01 ", "01\n").replace("02 ", "02\n").replace("03 ", "03\n"),
        CLEAN.replace("\nStaff", "\tStaff").replace("\nAt the", " At the"),
        CLEAN.replace("\nStaff", "     Staff").replace("\nAt the", " At the"),
        CLEAN.replace("\nStaff", ": Staff"),
        CLEAN.replace("\nAt the", "\n• At the"),
        CLEAN.replace("\nStaff", "\n#### Definition\nStaff"),
    ],
    ids=[
        "plain",
        "CRLF",
        "spaced",
        "one paragraph",
        "Markdown",
        "bold",
        "dots",
        "levels of numbers",
        "number alone",
        "tabs",
        "wide spaces",
        "colon",
        "bullets",
        "field names",
    ],
)
def test_clean_pages_give_the_same_parts(text: str) -> None:
    assert LAYOUT.score(document(text)) >= 0.6
    _check_clean(read(text))


def test_a_byte_order_mark_and_curly_quotes_do_no_harm() -> None:
    text = CLEAN.replace("Plan the Day", "Plan the “Whole” Day’s Work")
    draft = read("\ufeff".encode().decode("utf-8-sig") + text)
    assert names(draft)[0] == "Plan the “Whole” Day’s Work"


def test_a_table_in_markdown_is_read_cell_by_cell() -> None:
    draft = read("""\
| No. | Competency | Definition |
|---|---|---|
| 01 | Plan the Day | Staff with this skill know what comes next. At the higher levels, staff help. |
| 02 | Keep Accounts | Staff with this skill write down what is spent. |
""")
    assert names(draft) == ["Plan the Day", "Keep Accounts"]
    assert counts(draft) == (0, 2, 2, 1)
    assert [item.reason for item in draft.left_out] == ["headings of the columns"]


def test_names_in_sentence_case_and_wrapped_paragraphs() -> None:
    draft = read("""\
01 Caring for tools
A joiner with this skill keeps blades sharp and
handles oiled, and puts each of them back where
it was found.
02 Choosing wood
A joiner with this skill knows which tree stands
rain. At higher levels, joiners buy for the shop.
""")
    assert names(draft) == ["Caring for tools", "Choosing wood"]
    assert texts(of(draft, "Competency")[0])["base"].endswith("back where it was found.")
    assert of(draft, "Competency")[0].repairs == set()


def test_without_higher_bands_there_are_no_levels() -> None:
    text = "Competency Definitions\n" + "\n".join(x for x in CLEAN.splitlines() if x[:2] != "At")
    draft = read(text)
    assert counts(draft) == (1, 3, 3, 0)
    assert draft.levels == []
    assert all(part.level is None for part in draft.walk())
    assert LAYOUT.score(document(text)) >= 0.6


def test_two_bands_of_one_competency_are_two_levels() -> None:
    draft = read(CLEAN + "At the expert level, staff teach speakers.\n")
    assert [level.step for level in draft.levels] == ["base", "higher", "higher-2"]
    last = of(draft, "Competency")[-1]
    assert [part.step for part in last.parts] == ["base", "higher", "higher-2"]
    assert last.parts[-1].label.text == "expert level"


def test_headings_stand_over_the_competencies_that_follow_them() -> None:
    draft = read("""\
# House Skills Framework
## Indoor Competencies
### 01 Sweep Floors
Staff with this skill sweep.
## Outdoor Competencies
### 02 Rake Leaves
Staff with this skill rake. At higher levels, staff mow.
""")
    assert draft.label.text == "House Skills Framework"
    assert [(part.step, part.label.text, [c.step for c in part.parts]) for part in draft.parts] == [
        ("g1", "Indoor Competencies", ["c01"]),
        ("g2", "Outdoor Competencies", ["c02"]),
    ]


def test_numbered_groups_have_fewer_numbers() -> None:
    draft = read("""\
1 Indoor Work
1.1 Sweep Floors
Staff with this skill sweep every day.
1.2 Dust Shelves
Staff with this skill dust every week.
2 Outdoor Work
2.1 Rake Leaves
Staff with this skill rake. At higher levels, staff mow.
""")
    assert [(g.enumeration.text, g.label.text) for g in draft.parts] == [
        ("1", "Indoor Work"),
        ("2", "Outdoor Work"),
    ]
    assert [part.step for part in of(draft, "Competency")] == ["c1.1", "c1.2", "c2.1"]


def test_page_headings_that_repeat_are_left_out() -> None:
    head = "SHARED SKILL DEFINITIONS\n"
    parts = CLEAN.split("02 ")
    text = f"Page 1\n{head}{parts[0]}1 | House Skills Framework\nPage 2\n{head}02 {parts[1]}2 | House Skills Framework\n"
    draft = read(text)
    _check_clean(draft)
    assert counts(draft)[0] == 1
    assert draft.label.text == "House Skills Framework"
    assert not any("gives its number" in doubt for doubt in draft.doubts)
    assert "page heading, repeated" in {item.reason for item in draft.left_out}


def test_a_page_break_in_the_middle_of_a_sentence() -> None:
    text = CLEAN.replace("write down what", "write\nPage 2 of 3\ndown what")
    assert texts(of(read(text), "Competency")[1])["base"] == (
        "Staff with this skill write down what is spent."
    )


def test_gaps_and_repeated_numbers_are_kept() -> None:
    draft = read(CLEAN.replace("02 ", "04 ").replace("03 ", "04 "))
    assert [part.step for part in of(draft, "Competency")] == ["c01", "c04", "c04-2"]
    assert (
        "The number is printed for more than one competency." in of(draft, "Competency")[2].doubts
    )


def test_competencies_without_numbers_under_markdown_headings() -> None:
    text = CLEAN.replace("01 ", "### ").replace("02 ", "### ").replace("03 ", "### ")
    draft = read(text)
    _check_clean(draft)
    assert [part.step for part in of(draft, "Competency")] == ["c1", "c2", "c3"]
    assert all("No number" in part.doubts[0] for part in of(draft, "Competency"))


def test_missing_parts_are_not_made_up() -> None:
    draft = read(CLEAN.replace("Staff with this skill write down what is spent.\n", ""))
    second = of(draft, "Competency")[1]
    assert texts(second) == {"higher": "At the higher levels, staff set budgets."}
    nameless = read(CLEAN.replace("02 Keep Accounts", "02"))
    second = of(nameless, "Competency")[1]
    assert (second.label.text, second.name, second.enumeration.text) == ("", "Competency 02", "02")
    assert "No name was found for this competency." in second.doubts


def test_what_is_neither_name_nor_definition_becomes_a_note() -> None:
    draft = read(
        "This chapter tells what we expect.\n"
        + CLEAN.replace("\n02", "\n- Example: a list for the week.\n02")
    )
    assert [part.text.text for part in of(draft, "Note")] == [
        "This chapter tells what we expect.",
        "Example: a list for the week.",
    ]
    assert all(part.doubts for part in of(draft, "Note"))
    assert of(draft, "Competency")[0].parts[-1].kind == "Note"


def test_figures_within_sentences_are_no_numbers_of_competencies() -> None:
    draft = read(
        CLEAN.replace("know what comes next", "know what comes in the next\n24 hours or\n12 weeks")
    )
    assert names(draft) == ["Plan the Day", "Keep Accounts", "Speak in Public"]
    assert "next 24 hours or 12 weeks." in texts(of(draft, "Competency")[0])["base"]


def test_a_second_sentence_with_the_same_opening_begins_no_competency() -> None:
    draft = read(
        CLEAN.replace(
            "\nAt the higher levels, staff set",
            "\nStaff with this skill keep the slips.\nAt the higher levels, staff set",
        )
    )
    assert names(draft) == ["Plan the Day", "Keep Accounts", "Speak in Public"]
    assert texts(of(draft, "Competency")[1])["base"].endswith(
        "Staff with this skill keep the slips."
    )


def test_a_document_of_headings_only_is_kept_and_scores_nothing() -> None:
    text = "SKILL DEFINITIONS\nShared Competencies\n"
    assert LAYOUT.score(document(text)) == 0
    assert counts(read(text)) == (2, 0, 0, 0)
    assert LAYOUT.score(document("")) == 0
    assert read("").parts == []


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("Skills 2024.txt", "skills-2024"),
        ("技能.txt", "framework"),
        (".hidden", "hidden"),
        ("a.b.md", "a-b"),
    ],
)
def test_the_iri_comes_from_the_name_of_the_file(name: str, step: str) -> None:
    assert read(CLEAN, name).step == step
