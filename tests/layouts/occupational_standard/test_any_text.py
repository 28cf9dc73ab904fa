"""Anything at all, read whole and in time."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from competency.documents.layouts.occupational_standard import LAYOUT
from competency.documents.layouts.occupational_standard.phrases import SECTIONS
from tests.layouts.occupational_standard.common import (
    BASE,
    checked,
    document,
)

_PIECES = [
    "NOS AB CD12 Title", "Unit AB CD12.1 A unit (SQA Unit Code-H1 02)", "Unit 2 x", "You must be able to",
    "You need to know and", "understand:", "1.", "1. one", "2 two", "P1 do", "K2.1 x", "a) x", "- bullet",
    "o bullet", "*italic*", "**bold**", "#### **Head**", "3", "Page 3 of 4", "lower text", "Upper text",
    "(SQA Unit Code H1 02)", "HARB12", "half **", "\ufeff", "12 months", "①", "", "", " \t ",
    "Performance Criteria You must be able to: 1. x", *(" ".join(name).capitalize() for name in SECTIONS),
]  # fmt: skip
_LINE = st.one_of(st.sampled_from(_PIECES), st.text(max_size=20), st.tuples(
    st.sampled_from(["# ", "- ", "1. ", "  ", "**"]), st.sampled_from(_PIECES)).map("".join))  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(_LINE, max_size=25))
def test_any_text_is_read_and_no_word_is_lost(lines: list[str]) -> None:
    here = document("\n".join(lines))
    assert 0 <= LAYOUT.score(here) <= 1
    checked(here)


def test_reading_takes_time_in_proportion_to_the_lines() -> None:
    def seconds(times: int) -> float:
        here, start = document(BASE + "\n1. one\nmore of it\nUpper\n" * times), time.process_time()
        LAYOUT.read(here)
        return time.process_time() - start

    assert seconds(4000) < 12 * max(seconds(1000), 0.01)
