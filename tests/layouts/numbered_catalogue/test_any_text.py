"""Documents of other families, and any text at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competency.documents import accounting
from competency.documents.document import Document
from competency.documents.layouts.numbered_catalogue import LAYOUT
from tests.layouts.numbered_catalogue.common import (
    TWO_COLUMNS,
    document,
    read,
)


@pytest.mark.parametrize(
    "text",
    [
        "Customer Care\nLevel 1: **Gives care**\nBehaviours required to care.\n- Listens well.\n- Asks.\n",
        "Unit of Competency\nTitle\tMend shoes\nCode\t123L2\nCompetency\tPerformance Requirements\n1. Mend\n",
        "## NOS 1 Mend shoes\nPerformance Criteria\nYou must be able to\n1. mend\n2. sew\n",
        '"Care first"\nGive care by:\n- Listening\nUnhelpful behaviours for Care first\n- Shouting\n',
        "# Notes\nSome text about nothing.\n\nMore text.\n",
    ],
)
def test_other_families_score_nothing(text: str) -> None:
    assert LAYOUT.score(document(text)) == 0
    read(text)


_WORDS = [
    "01",
    "02 Plan Ahead",
    "1.1",
    "3.",
    "Staff with this skill",
    "look at",
    "At the higher levels,",
    "At",
    "the higher levels",
    "the end.",
    "and",
    "with",
    "Reader's",
    "SKILL DEFINITIONS",
    "Page 3",
    "7 | FRAMEWORK",
    "|",
    "#",
    "### 04 Name",
    "- ",
    "o ",
    "**",
    "Definition",
    "Competencies",
    "\t",
    "   ",
    "long-",
    "…",
    "(e.g.",
    "PUB",
    ":",
    "–",
    "½",
    "技能",
    "",
    "Higher levels",
    "P. 9",
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join), max_size=25))
def test_no_text_is_refused_or_loses_a_word(lines: list[str]) -> None:
    source = Document("any.txt", tuple(lines))
    LAYOUT.score(source)
    accounting.check(source, LAYOUT.read(source))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_no_characters_are_refused(text: str) -> None:
    source = Document("any.txt", tuple(text.splitlines()))
    accounting.check(source, LAYOUT.read(source))


def test_a_long_document_takes_time_in_proportion() -> None:
    text = TWO_COLUMNS * 200
    start = time.process_time()
    source = document(text)
    accounting.check(source, LAYOUT.read(source))
    assert time.process_time() - start < 10
    one_line = document("01 Plan Ahead " + "and so on " * 20_000)
    start = time.process_time()
    accounting.check(one_line, LAYOUT.read(one_line))
    assert time.process_time() - start < 10
