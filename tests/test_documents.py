"""Spans, signs, accounting, doubts and plans: what every layout stands on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competency.documents import accounting
from competency.documents.building import Builder, Options, date
from competency.documents.document import Document, Span, join, line_ranges
from competency.documents.doubts import find_doubts, plain
from competency.documents.draft import Draft, FrameworkDraft, OccurrenceDraft
from competency.documents.marks import look
from competency.errors import ConversionError


def document(*lines: str) -> Document:
    return Document("test.txt", lines)


def test_a_span_is_read_off_the_document_and_knows_its_lines() -> None:
    text = document("one", "", "two three")
    span = text.span(3, 4) + text.span(1)
    assert (span.text, span.numbers) == ("three one", (1, 3))
    assert not text.span(2)
    assert join([]).text == ""


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [("long-", "term", "long-term"), ("long -", "term", "long - term"), ("a", "b", "a b")],
)
def test_a_word_that_a_line_end_cut_is_whole_again(first: str, second: str, text: str) -> None:
    lines = document(first, second)
    assert (lines.span(1) + lines.span(2)).text == text


@given(st.sets(st.integers(1, 60)))
def test_line_ranges_name_exactly_the_lines(numbers: set[int]) -> None:
    found: set[int] = set()
    for item in filter(None, line_ranges(numbers).split(",")):
        first, _, last = item.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    assert found == numbers


@pytest.mark.parametrize(
    ("line", "bullet", "heading", "number", "words"),
    [
        ("## **Unit 1**", False, 2, "", "Unit 1"),
        ("- plan ahead", True, 0, "", "plan ahead"),
        ("\t\uf0b7 plan ahead", True, 0, "", "plan ahead"),
        ("• **bold words**", True, 0, "", "bold words"),
        ("3. plan ahead", False, 0, "3.", "plan ahead"),
        ("2.1 plan ahead", False, 0, "2.1", "plan ahead"),
        ("(b) plan ahead", False, 0, "(b)", "plan ahead"),
        ("a plan", False, 0, "", "a plan"),
        ("2012 was a year", False, 0, "", "2012 was a year"),
        ("-5 degrees", False, 0, "", "-5 degrees"),
        ("*May 2019*", False, 0, "", "*May 2019*"),
        ("•plan ahead", True, 0, "", "plan ahead"),
        ("**Level 2:** do it", False, 0, "", "**Level 2:** do it"),
        ("", False, 0, "", ""),
    ],
)
def test_signs_are_told_from_words(
    line: str, bullet: bool, heading: int, number: str, words: str
) -> None:
    seen = look(document(line), 1)
    assert (seen.bullet, seen.heading) == (bullet, heading)
    assert (seen.enumeration.text, seen.content.text) == (number, words)


@given(st.text(max_size=60))
def test_reading_signs_never_fails_and_holds_only_what_is_there(line: str) -> None:
    seen = look(document(line), 1)
    for span in (seen.content, seen.enumeration):
        for piece in span.pieces:
            assert line[piece.start : piece.end] == piece.text


def test_a_lost_word_fails_the_import_loudly() -> None:
    text = document("title", "kept", "lost words here")
    draft = FrameworkDraft("Framework", "f", label=text.span(1))
    draft.add(Draft("Note", "1", text=text.span(2)))
    with pytest.raises(ConversionError, match="line 3: 'lost words here'"):
        accounting.check(text, draft)
    draft.leave_out(text.span(3), "page footer")
    accounting.check(text, draft)


def test_the_letter_that_stands_for_a_bullet_is_no_word() -> None:
    text = document("o plan ahead")
    draft = FrameworkDraft("Framework", "f", text=look(text, 1).content)
    assert draft.text.text == "plan ahead"
    accounting.check(text, draft)


def test_an_invented_word_fails_the_import_loudly() -> None:
    text = document("title")
    other = document("TITLE")
    draft = FrameworkDraft("Framework", "f", label=other.span(1))
    with pytest.raises(ConversionError, match="does not read 'TITLE'"):
        accounting.check(text, draft)


def kinds_of(draft: FrameworkDraft) -> list[tuple[str, str]]:
    return [(doubt.kind, doubt.part.step) for doubt in find_doubts(draft)]


def items(text: Document, *numbers: str) -> FrameworkDraft:
    draft = FrameworkDraft("Framework", "f")
    group = draft.add(Draft("Group", "g"))
    for line, number in enumerate(numbers, 1):
        words = text.span(line, len(number) + 1)
        item = Draft("KnowledgeStatement", str(line), text=words)
        item.enumeration = text.span(line, 0, len(number))
        group.add(item)
    return draft


def test_equal_texts_gaps_and_steps_back_are_doubts() -> None:
    text = document("1. a fox", "2. A fox.", "4. a hen", "3. a cow")
    found = kinds_of(items(text, "1.", "2.", "4.", "3."))
    assert found == [("duplicate", "2"), ("numbering", "3"), ("numbering", "4")]


def test_two_items_on_one_line_are_a_doubt() -> None:
    text = document("1. Plans the day Keeps notes", "2. Keeps calm")
    assert kinds_of(items(text, "1.", "2.")) == [("run-together", "1")]


def test_another_wording_and_another_order_are_doubts() -> None:
    text = document("Acting on it", "Acting in it", "Listening")
    draft = FrameworkDraft("Framework", "f")
    one = draft.add(Draft("ElementOfCompetency", "1", label=text.span(2)))
    one.occurrences.append(OccurrenceDraft(text.span(1), "Summary list", 2))
    two = draft.add(Draft("ElementOfCompetency", "2", label=text.span(3)))
    two.occurrences.append(OccurrenceDraft(text.span(3), "Summary list", 2))
    assert kinds_of(draft) == [("order", "1"), ("wording", "1")]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("September 2012", "2012-09"),
        ("3 March 2019", "2019-03-03"),
        ("March 3rd, 2019", "2019-03-03"),
        ("Issued 2020", "2020"),
        ("Version 3", None),
        ("", None),
    ],
)
def test_a_date_has_the_precision_it_is_printed_with(printed: str, value: str | None) -> None:
    found = date(printed)
    assert (None if found is None else str(found)) == value


def test_the_same_draft_gives_the_same_triples_in_the_same_order() -> None:
    text = document("title", "1. a fox")
    once, twice = (
        Builder(text, items(text, "", "1."), Options(base="https://example.org/")).build()
        for _ in range(2)
    )
    assert once == twice
    assert str(once[0][0]) == "https://example.org/f"


def test_words_alone_are_compared_without_signs() -> None:
    assert plain("  Plan, and PREPARE. ") == "plan and prepare"
    assert plain("") == plain(Span().text) == ""
