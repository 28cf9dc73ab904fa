"""Documents of other families, and any text at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency.documents import accounting
from competency.documents.building import Builder, Options
from competency.documents.document import Document
from competency.documents.layouts.competency_standards_unit import LAYOUT
from tests.layouts.competency_standards_unit.common import (
    UNIT,
    document,
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Performance Criteria\nYou must be able to\n1. plan\n2. do",
        "Level 1\nTitle of the band\n- listens\nLevel 2\n- leads",
        "Code of conduct\nRange of services",
        "Competency\n1. Listening\nLevel: 2\n2. Talking",
    ],
)
def test_other_documents_score_nothing(text: str) -> None:
    assert LAYOUT.score(document(text)) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Specification of Competency Standards",
        "Unit of Competency",
        "Functional Area",
        "Functional Area -",
        "Title",
        "Competency\nAssessment Criteria\nRemark",
        "Performance Requirements",
        "Title\nCode\nRange\nLevel\nCredit\nCompetency\nAssessment Criteria\nRemark\n",
        "Specification of Competency Standards for the\n\nFunctional Area - \n\nTitle\n",
    ],
)
def test_headings_alone_are_read_without_a_word_lost(text: str) -> None:
    source = document(text)
    accounting.check(source, LAYOUT.read(source))


def test_a_name_without_letters_gives_a_step_all_the_same() -> None:
    assert LAYOUT.read(document("Functional Area - X", "單元.txt")).step == "framework"


PIECES = st.sampled_from(
    [
        "Title",
        "Code",
        "Range",
        "Level",
        "Credit",
        "Competency",
        "Performance Requirements",
        "(Performance",
        "Requirements)",
        "Assessment Criteria",
        "Assessment",
        "Criteria",
        "Remark",
        "Functional Area - ",
        "Unit of Competency",
        "Specification of Competency Standards",
        "for the Toy Industry",
        "\t",
        "  ",
        " ",
        ":",
        "1. ",
        "2.",
        "6.1 ",
        "(a) ",
        "(ii)",
        "• ",
        "\uf0b7",
        "o ",
        "- ",
        "| ",
        "**",
        "# ",
        "; and ",
        "; ",
        "and",
        "11L3",
        "3",
        "(For Reference Only)",
        "Understand the plan",
        " Work on",
        "lower words",
        "Hong Kong",
        "(e.g. this",
        "one)",
        "中文",
        "12",
        "Page 3 of 4",
        "—",
        "\ufeff",
        "’",
        "²",
        "①",
    ]
)


LINES = st.lists(st.lists(PIECES, max_size=6).map("".join) | st.text(max_size=20), max_size=25)


@settings(max_examples=300, deadline=None)
@given(LINES, st.booleans())
def test_no_word_of_any_document_is_lost(lines: list[str], paged: bool) -> None:
    lines = [line for text in lines for line in text.splitlines() or [""]]
    pages = tuple(str(n // 7) for n in range(len(lines))) if paged else ()
    source = Document("any.txt", tuple(lines), pages=pages)
    draft = LAYOUT.read(source)
    accounting.check(source, draft)
    assert 0 <= LAYOUT.score(source) <= 1
    for part in draft.walk():
        steps = [child.step for child in part.parts]
        assert all(steps)
        assert len(steps) == len(set(steps))
    Builder(source, draft, Options()).build()


def test_the_time_of_a_reading_grows_with_the_lines_and_not_faster() -> None:
    def seconds(count: int) -> float:
        source = document((UNIT * count), "many.txt")
        found = []
        for _ in range(3):  # the least of them, as others may use the processor meanwhile
            start = time.process_time()
            LAYOUT.read(source)
            found.append(time.process_time() - start)
        return min(found)

    seconds(5)
    assert seconds(320) < 12 * max(seconds(80), 0.02)


def test_reading_twice_gives_the_same() -> None:
    source = document(UNIT)
    rows = [Builder(source, LAYOUT.read(source), Options()).build() for _ in range(2)]
    assert rows[0] == rows[1]
