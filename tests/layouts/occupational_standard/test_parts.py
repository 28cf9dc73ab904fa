"""More, fewer and other parts."""

from __future__ import annotations

import re

import pytest

from tests.layouts.occupational_standard.common import (
    BASE,
    MODERN,
    NOTES,
    at,
    kinds,
    read,
    texts,
)


def test_a_standard_without_a_unit_heading_is_the_unit() -> None:
    draft = read(re.sub("(?m)^### .*\n", "", BASE))
    unit = at(draft, "unit")
    assert unit.kind == "UnitOfCompetency"
    assert unit.label == draft.label
    assert [code.notation.text for code in unit.codes] == ["QUA MOR12"]
    assert draft.extent == ""


def test_several_units_have_their_own_lists() -> None:
    one = "### **Unit QUA MOR12.1 Watch the tide (ABC Unit Code-J4K5 06)**\n\n#### **Performance Criteria**\n"
    one += "\nYou must be able to\n\n1. read a table\n"
    draft = read(BASE.replace("### **Unit", one + "\n### **Unit", 1))
    assert [part.step for part in draft.parts] == ["1", "2"]
    assert texts(at(draft, "1"), "PerformanceCriterion") == ["read a table"]
    assert len(texts(at(draft, "2"), "PerformanceCriterion")) == 3
    assert draft.extent == ""


def test_a_standard_may_be_known_by_its_code_alone() -> None:
    draft = read(MODERN)
    assert (draft.step, draft.label.text) == ("nos-harb12", "Moor small boats")
    unit = draft.parts[0]
    assert [part.label.text for part in unit.parts] == [
        "Overview", "Performance criteria", "Knowledge and understanding", "Scope/range", "Values",
        "Glossary", "Developed by", "Version Number", "Suite",
    ]  # fmt: skip
    assert [span.text for span in draft.also] == ["HARB12 2 Moor small boats"]


def test_items_may_stand_under_items() -> None:
    unit = read(MODERN).parts[0]
    assert texts(at(unit, "pc/e1/2"), "PerformanceCriterion")[1:] == ["weather", "tide"]
    assert [part.step for part in at(unit, "ku").parts] == ["lead-in", "1", "2", "4"]
    assert [part.enumeration.text for part in at(unit, "ku/2").parts] == ["K2.1", "a"]


def test_scope_is_scope_and_fields_keep_their_values_or_are_empty() -> None:
    draft = read(MODERN)
    unit = draft.parts[0]
    assert texts(unit, "Scope") == ["boats", "lines"]
    fields = {
        part.label.text: (part.text.text, part.empty) for part in unit.parts if part.kind == "Note"
    }
    assert fields == {
        "Glossary": ("", True), "Developed by": ("Harbour Skills", False),
        "Version Number": ("2", False), "Suite": ("", True),
    }  # fmt: skip
    assert [span.text for span in draft.organisations] == ["Harbour Skills"]


@pytest.mark.parametrize("sign", ["-", "*", "•", "▪", "\uf0b7", "–", "o"])
def test_lists_may_have_bullets(sign: str) -> None:
    draft = read(re.sub(r"(?m)^\d+\.", sign, BASE))
    assert [part.step for part in at(draft, "2/ku").parts] == ["lead-in", "1", "2", "3"]
    assert texts(draft, "KnowledgeStatement") == texts(read(BASE), "KnowledgeStatement")


def test_lists_may_have_lost_their_signs() -> None:
    text = "NOS AB1 T\n\nKnowledge and understanding\n\nYou need to know and understand\n\none\n\ntwo\n"
    group = at(read(text), "unit/ku")
    assert texts(group, "KnowledgeStatement") == ["one", "two"]
    assert len(group.doubts) == 1


def test_headings_may_stand_in_the_knowledge_list() -> None:
    draft = read(BASE.replace("2. whom", "##### **In need**\n\n2. whom", 1))
    assert at(draft, "2/ku/g1").label.text == "In need"
    assert [part.enumeration.text for part in at(draft, "2/ku/g1").parts] == ["2", "3"]


def test_headings_may_be_fused() -> None:
    text = "NOS LMN 4 Sort post Unit LMN 4.1 Sort letters (XYZ Unit Code: H1 02)\n"
    text += "Performance Criteria You must be able to: 1. sort letters\n2. sort parcels\n"
    draft = read(text)
    assert [code.notation.text for code in at(draft, "1").codes] == ["LMN 4.1", "H1 02"]
    assert texts(draft, "PerformanceCriterion") == ["sort letters", "sort parcels"]


def test_other_codes_and_repeated_numbers() -> None:
    text = BASE.replace("QUA MOR12", "ESKITU020/9").replace("3. release", "2. release")
    draft = read(text)
    assert draft.step == "nos-eskitu020-9"
    assert [part.step for part in draft.parts] == ["2"]
    assert at(draft, "2/pc/e2/2").doubts == []
    one_list = read(text.replace("##### **Let boats go**\n\n", ""))
    assert at(one_list, "2/pc/e1/2-2").doubts


def test_sections_of_other_names_become_groups_of_notes() -> None:
    text = BASE.replace("#### **Additional", "#### **Legal words**\n\nNone.\n\n#### **Additional")
    group = at(read(text), "2/s1")
    assert (group.kind, group.label.text, texts(group, "Note")) == (
        "Group",
        "Legal words",
        ["None."],
    )


def test_words_that_fit_nowhere_become_notes_with_a_doubt() -> None:
    text = BASE.replace("## **NOS", "Printed for the quay.\n\n## **NOS", 1)
    draft = read(text.replace("##### **Let", "Mind the step.\n\n##### **Let"))
    stray = [
        part
        for part in draft.walk()
        if part.text.text in ("Printed for the quay.", "Mind the step.")
    ]
    assert [part.kind for part in stray] == ["Note", "Note"]
    assert all(len(part.doubts) == 1 for part in stray)


def test_a_sentence_that_names_the_standard_is_no_page_heading() -> None:
    sentence = "NOS QUA MOR12 is best read with others."
    draft = read(BASE + "\n" + sentence)
    assert texts(at(draft, "2/ai"), "Note") == [*NOTES, sentence]


def test_lists_may_be_missing_or_empty() -> None:
    draft = read(
        "NOS AB1 Title\nPerformance Criteria\nKnowledge and understanding\nAdditional Information"
    )
    assert kinds(draft) == {"Framework": 1, "UnitOfCompetency": 1, "Group": 2, "Note": 1}
    assert at(draft, "unit/ai").empty
    assert all(at(draft, step).doubts for step in ("unit/pc", "unit/ku"))


def test_what_is_not_printed_is_not_stated() -> None:
    draft = read("You must be able to\n1. walk\nYou need to know and understand\n1. why\n")
    assert (draft.label.text, draft.step, draft.codes) == ("", "some-file", [])
    assert draft.name and draft.parts[0].name
    assert kinds(draft)["PerformanceCriterion"] == kinds(draft)["KnowledgeStatement"] == 1
