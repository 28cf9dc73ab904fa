"""Several levelled competencies in a document, their dates, other documents, any text at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency.documents import accounting
from competency.documents.document import Document
from competency.documents.layouts.levelled_competency import LAYOUT
from tests.layouts.levelled_competency.common import (
    PLAIN,
    PLAIN_TREE,
    conforms,
    document,
    kinds,
    one,
    read,
    tree,
)

MANY = """\
# Harbour Dictionary

Issued: May 2019

This dictionary is for everybody in the harbour.

## 1. Crew Work

Definition: Works with others.

### Level I - Joins in

Behaviours required to take part.

* Takes part in meetings
* Shares tools

### Level II - Leads

* Leads a crew

## 2. Safety

Keeps people safe.

### Level I - Watches out

* Wears a helmet

### Level II - Teaches

* Teaches others
"""


class TestSeveralCompetencies:
    TREE = [
        ("Note", "", "Issued: May 2019"),
        ("Note", "", "This dictionary is for everybody in the harbour."),
        ("Competency", "1.", "Crew Work"),
        [
            ("Descriptor", "", "Works with others."),
            ("CompetencyLevel", "I", "Joins in"),
            [
                ("Descriptor", "", "Behaviours required to take part."),
                ("PositiveIndicator", "", "Takes part in meetings"),
                ("PositiveIndicator", "", "Shares tools"),
            ],
            ("CompetencyLevel", "II", "Leads"),
            [("PositiveIndicator", "", "Leads a crew")],
        ],
        ("Competency", "2.", "Safety"),
        [
            ("Descriptor", "", "Keeps people safe."),
            ("CompetencyLevel", "I", "Watches out"),
            [("PositiveIndicator", "", "Wears a helmet")],
            ("CompetencyLevel", "II", "Teaches"),
            [("PositiveIndicator", "", "Teaches others")],
        ],
    ]

    def test_conform_to_the_shapes(self) -> None:
        assert conforms(document(MANY))

    def test_share_one_scale(self) -> None:
        draft = read(MANY)
        assert tree(draft) == self.TREE
        assert (draft.label.text, draft.issued.text) == ("Harbour Dictionary", "May 2019")
        assert [(level.label.text, level.rank) for level in draft.levels] == [
            ("Level I", 1),
            ("Level II", 2),
        ]
        levels = [part.level for part in draft.walk() if part.level]
        assert levels[0] is levels[2] and levels[1] is levels[3]
        assert [part.step for part in draft.parts[2:]] == ["c1", "c2"]

    def test_without_markdown_their_titles_are_told_by_place_with_a_doubt(self) -> None:
        text = "\n".join(line.lstrip("# ") for line in MANY.splitlines())
        draft = read(text)
        assert tree(draft) == self.TREE
        assert draft.parts[2].doubts == []
        assert "place" in draft.parts[3].doubts[0]

    def test_without_a_title_of_the_whole_none_is_stated(self) -> None:
        draft = read(MANY[MANY.index("## 1.") :])
        assert tree(draft) == self.TREE[2:]
        assert not draft.label

    def test_with_the_word_competency_before_the_number(self) -> None:
        text = MANY.replace("1. Crew", "Competency 01: Crew").replace(
            "2. Saf", "Competency 02: Saf"
        )
        draft = read(text)
        assert [(p.enumeration.text, p.label.text, p.step) for p in draft.parts[2:]] == [
            ("01", "Crew Work", "c01"),
            ("02", "Safety", "c02"),
        ]

    def test_bold_titles(self) -> None:
        text = MANY.replace("## 1. Crew Work", "**Crew Work**").replace(
            "## 2. Safety", "**Safety**"
        )
        draft = read(text.replace("### ", ""))
        assert [p.label.text for p in draft.parts if p.kind == "Competency"] == [
            "Crew Work",
            "Safety",
        ]

    def test_what_follows_under_a_higher_heading_is_no_behaviour(self) -> None:
        draft = read(MANY + "\n# Annex\n\nFurther reading.\n")
        assert tree(draft) == [*self.TREE, ("Note", "", "Annex"), ("Note", "", "Further reading.")]

    def test_dates_of_competencies_are_not_taken_for_the_date_of_the_whole(self) -> None:
        text = MANY.replace("Issued: May 2019\n", "").replace(
            "Definition: Works", "May 2017\n\nDefinition: Works"
        )
        draft = read(text)
        assert not draft.issued
        assert one(draft, "May 2017").kind == "Note"


class TestDates:
    @pytest.mark.parametrize(
        ("line", "date"),
        [
            ("Date: May 2019", "May 2019"),
            ("Published 3 May 2019", "3 May 2019"),
            ("2019", "2019"),
            ("*May 2019*", "May 2019"),
        ],
    )
    def test_a_line_with_a_date_is_the_date_of_issue(self, line: str, date: str) -> None:
        draft = read(PLAIN.replace("May 2019", line))
        assert draft.issued.text == date
        assert draft.parts[-1].kind == "Note"

    def test_the_date_of_a_revision_is_a_note_only(self) -> None:
        draft = read(PLAIN.replace("May 2019", "Last updated May 2019"))
        assert not draft.issued
        assert draft.parts[-1].text.text == "Last updated May 2019"

    def test_a_date_behind_the_title_is_no_part_of_it(self) -> None:
        draft = read(PLAIN.replace("Competency\n\nMay 2019", "Competency, May 2019"))
        assert tree(draft) == PLAIN_TREE
        assert (draft.label.text, draft.issued.text) == ("Harbour Work Competency", "May 2019")


class TestScore:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Nothing here.",
            "# Only\n\n## Headings\n",
            "Title\tRun a shop\nCode\t123L3\nLevel\t3\nCredit\t3\nPerformance Requirements\n1. Run",
            "## Unit 1\n\nYou must be able to\n\n1. plan\n2. run\n",
            "Values by:\n\n- Caring\n\nUnhelpful behaviours for Care:\n\n- Shouts\n",
            "01 Serve\nOfficers serve. At the higher levels, officers teach.\n",
            "This text speaks of level 2. Level 2 is a level\nLevel 3 staff do what they do.\n",
        ],
    )
    def test_is_nothing_for_other_documents(self, text: str) -> None:
        assert LAYOUT.score(document(text)) == 0

    def test_reads_a_document_of_headings_only(self) -> None:
        text = "# Crew\n\n## Level 1\n\n## Level 2\n\n## Level 3\n"
        draft = LAYOUT.read(document(text))
        accounting.check(document(text), draft)
        assert kinds(draft)["CompetencyLevel"] == 3


LINES = [
    "Level 1: Leads", "Level II - Helps", "**Level 3** Teaches", "## Level 1", "Level two", "Level 2 (continued)",
    "Level 1-3", "Behaviours:", "Definition: x", "May 2019", "Competency 3: Diving", "# Title, May 2018", "Page 2",
    "7", "- one", "o two", "  - three:", "1. a", "1.1 B", "**Bold**", "*Italic*", "", "short", "•", "o *", "Up ..... 3",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=30)), max_size=25))
def test_any_lines_are_read_and_no_word_is_lost(lines: list[str]) -> None:
    source = Document("any.txt", tuple(lines))
    accounting.check(source, LAYOUT.read(source))
    assert 0 <= LAYOUT.score(source) <= 1


def test_time_grows_with_the_lines_and_no_faster() -> None:
    def seconds(times: int) -> float:
        source = Document(
            "long.txt", tuple(["Level 1: Leads", "- does this", "words of a text"] * times)
        )
        start = time.process_time()
        LAYOUT.read(source)
        return time.process_time() - start

    assert seconds(8000) < 40 * max(seconds(800), 0.05)
