"""The layout 'values-and-behaviours': odd documents, and those of other families."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competency.documents.building import Builder, Options
from competency.documents.layouts.values_and_behaviours import LAYOUT, doubts
from tests.layouts.values_and_behaviours.common import GARDEN, counts, document, of, read


def test_a_document_of_headings_only_loses_nothing() -> None:
    text = "Unhelpful behaviours for Haste:\n\nHaste: Behavioural Descriptors\n\nTaking time\n"
    assert LAYOUT.score(document(text)) == 0
    assert counts(read(text))["Group"] == 2


def test_an_empty_document_has_no_parts() -> None:
    for text in ("", "\n \n\t\n"):
        assert read(text).parts == []
        assert LAYOUT.score(document(text)) == 0


def test_bullets_under_no_heading_are_notes() -> None:
    draft = read("- Listens well\n- Speaks little\n")
    assert [part.doubts for part in of(draft, "Note")] == [[doubts.NO_LIST]] * 2


def test_a_file_without_ascii_letters_in_its_name_is_called_framework() -> None:
    assert LAYOUT.read(document(GARDEN, "價值.txt")).step == "framework"


@pytest.mark.parametrize(
    "text",
    [
        "Level 1: Serves\n\nBehaviours required to serve.\n\n- Listens actively.\n- Helps.\n\nLevel 2: Leads\n\n- Leads.",
        "# Unit X1.1 Sort parcels\n\n## Performance Criteria\n\n### You must be able to\n\n1. sort parcels\n2. weigh parcels",
        "Title\tSort parcels\nCode\t123L2\nPerformance Requirements\n1. Know parcels\n• Know sizes\nThe outcomes are the abilities to:\n• Sort",
        "01 Sort Parcels\nOfficers with this competency sort parcels. At the higher levels, officers plan sorting.",
        "Shopping\n\n- milk\n- bread\n\nLater\n\n- eggs",
    ],
)
def test_documents_of_other_families_score_nothing(text: str) -> None:
    assert LAYOUT.score(document(text)) == 0
    read(text)


LINES = st.sampled_from(
    [
        "",
        '"Be fair"',
        "“Be kind”",
        '"open',
        "We do so by:",
        "- Acting well",
        "Acting well",
        "Act well",
        "Unhelpful behaviours for Fairness:",
        "Unhelpful behaviours",
        "Ineffective behaviours - X",
        "Fairness: Behavioural Descriptors",
        "Fairness",
        "'Can do' culture",
        '"Be fair" We do it by:',
        "- Listens and learns",
        "- Helps all others gladly Shares knowledge freely",
        "o Does so",
        "1. First",
        "a) third",
        "2. Second",
        "## Heading",
        "**Bold**",
        "*star*",
        "__x__",
        "Page 3",
        "12",
        "lower case",
        "and",
        "long-",
        "Making",
        "things happen",
        "- Making things happen",
        "Making things happen",
        "This means that:",
        "\tindented",
        "• 日本",
        "²",
        "- ",
        "•",
        "1.",
        "***",
        "|",
        "(continued)",
    ]
) | st.text(max_size=30).filter(lambda text: len(text.splitlines()) < 2)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, max_size=40))
def test_any_lines_can_be_read_and_no_word_is_lost(lines: list[str]) -> None:
    draft = read(lines)
    page = document(lines)
    assert 0 <= LAYOUT.score(page) <= 1
    assert not any(doubts.NOT_UNDERSTOOD in part.doubts for part in draft.walk())
    Builder(page, draft, Options()).build()


def test_reading_takes_time_in_proportion_to_the_lines() -> None:
    def seconds(times: int) -> float:
        start = time.process_time()  # of this process: other work on the machine does not count
        LAYOUT.read(document(GARDEN * times))
        return time.process_time() - start

    assert min(seconds(80), seconds(80)) < 25 * max(min(seconds(10), seconds(10)), 0.02)
