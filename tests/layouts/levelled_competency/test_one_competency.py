"""The layout of levelled competencies: documents of one competency, each written for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

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


class TestOneCompetency:
    def test_gives_the_framework_and_its_competency_the_one_printed_title(self) -> None:
        draft = read(PLAIN, "Crew (2019).txt")
        assert tree(draft) == PLAIN_TREE
        assert (draft.label.text, draft.issued.text) == ("Harbour Work Competency", "May 2019")
        assert draft.parts[0].label == draft.label
        assert draft.parts[0].doubts == [
            "One title is printed for the document and for its only competency."
        ]
        assert (draft.step, draft.extent, draft.document_type) == (
            "crew-2019",
            "Whole",
            "Competency",
        )
        assert draft.organisations == []

    def test_points_at_the_words_that_lead_in(self) -> None:
        draft = read(PLAIN)
        first, second = draft.parts[0].parts[:2]
        assert second.lead_in is first
        assert first.lead_in is None
        level = draft.parts[0].parts[2]
        assert level.lead_in is level.parts[0]

    def test_takes_steps_from_numbers_and_positions(self) -> None:
        competency = read(PLAIN).parts[0]
        assert competency.step == "c1"
        assert [part.step for part in competency.parts] == ["d1", "d2", "l1", "l2"]
        assert [part.step for part in competency.parts[3].parts] == ["d1", "b1", "b2", "b3"]

    def test_has_a_scale_with_the_printed_words_of_each_level(self) -> None:
        levels = read(PLAIN).levels
        assert [(x.step, x.label.text, x.rank) for x in levels] == [
            ("1", "Level 1", 1),
            ("2", "Level 2", 2),
        ]

    def test_conforms_to_the_shapes(self) -> None:
        assert conforms(document(PLAIN))


class TestOtherSigns:
    @pytest.mark.parametrize("bullet", ["*", "•", "–", "▪", "\uf0b7", "o", "▪  "])
    def test_bullets_of_any_sign(self, bullet: str) -> None:
        assert tree(read(PLAIN.replace("\n- ", f"\n{bullet} "))) == PLAIN_TREE

    def test_no_markdown(self) -> None:
        assert tree(read(PLAIN.replace("**", ""))) == PLAIN_TREE

    def test_no_empty_lines(self) -> None:
        text = "\n".join(line for line in PLAIN.splitlines() if line)
        assert tree(read(text)) == PLAIN_TREE

    def test_doubled_empty_lines_and_line_ends_of_windows(self) -> None:
        assert tree(read(PLAIN.replace("\n", "\r\n\r\n"))) == PLAIN_TREE

    @pytest.mark.parametrize(
        "heading",
        [
            "## Level {0}: {1}",
            "**Level {0}: {1}**",
            "**Level {0}:** {1}",
            "### **Level {0} - {1}**",
            "Level {0} – {1}",
            "Level {0}. {1}",
            "LEVEL {0}: {1}",
            "Proficiency Level {0}: {1}",
            "Level {0}\t{1}",
            "Level {0}   {1}",
            "Level {0} {1}",
            "Level {0} ({1})",
            "Level {0}\n\n{1}",
        ],
    )
    def test_level_headings_of_any_form(self, heading: str) -> None:
        text = PLAIN
        for number, title in ((1, "Helps on the quay"), (2, "Runs a crew")):
            text = text.replace(f"Level {number}: **{title}**", heading.format(number, title))
        assert tree(read(text)) == PLAIN_TREE

    def test_roman_numerals_and_words_are_numbers(self) -> None:
        draft = read(PLAIN.replace("Level 1", "Level I").replace("Level 2", "Level Two"))
        assert [(x.label.text, x.rank) for x in draft.levels] == [("Level I", 1), ("Level Two", 2)]
        assert [part.enumeration.text for part in draft.parts[0].parts[2:]] == ["I", "Two"]

    def test_curly_quotes_are_kept(self) -> None:
        draft = read(PLAIN.replace("broken", "‘broken’ on the crew’s quay"))
        assert (
            one(draft, "Reports what is ‘broken’ on the crew’s quay.").kind == "PositiveIndicator"
        )

    def test_a_heading_for_a_title(self) -> None:
        assert tree(read(PLAIN.replace("Harbour Work Comp", "# Harbour Work Comp"))) == PLAIN_TREE
        assert (
            tree(read(PLAIN.replace("Harbour Work Competency", "**Harbour Work Competency**")))
            == PLAIN_TREE
        )

    def test_wrapped_paragraphs_are_one_text(self) -> None:
        text = PLAIN.replace("after ships and after", "after ships and\nafter").replace(
            "Behaviours required to be of", "Behaviours required to be\nof"
        )
        text = text.replace("- Ties up ships of", "- Ties up ships\n  of")
        draft = read(text)
        assert tree(draft) == PLAIN_TREE
        assert not any(part.repairs for part in draft.walk())

    def test_a_wrapped_title_of_a_level_is_whole(self) -> None:
        text = PLAIN.replace("**", "").replace("Helps on the quay", "Helps on the\nquay")
        assert tree(read(text)) == PLAIN_TREE


class TestPages:
    def test_page_numbers_and_repeated_headings_are_set_aside(self) -> None:
        page = "Page 1 of 2\n\nHarbour Work Competency\n\n"
        draft = read(PLAIN.replace("- Gives clear", page + "- Gives clear") + "\n2\n")
        assert tree(draft) == PLAIN_TREE
        assert [(x.reason, x.span.text) for x in draft.left_out] == [
            ("page number", "Page 1 of 2"),
            ("page heading, repeated", "Harbour Work Competency"),
            ("page number", "2"),
        ]

    def test_headings_beside_page_numbers_are_set_aside_whatever_they_say(self) -> None:
        page = "Port of Example - Staff Manual\n12\n"
        text = PLAIN.replace("- Gives", page + "- Gives").replace("- Reports", page + "- Reports")
        draft = read(text)
        assert tree(draft) == PLAIN_TREE
        assert len(draft.left_out) == 4

    def test_a_text_cut_by_a_page_is_rejoined_and_says_so(self) -> None:
        draft = read(PLAIN.replace("Plans the day of a", "Plans the day\n\nPage 3\n\nof a"))
        assert tree(draft) == PLAIN_TREE
        assert one(draft, "Plans the day of a crew.").repairs == {"Rejoined"}

    def test_a_level_that_goes_on_over_the_page_is_one_level(self) -> None:
        again = "Level 2: **Runs a crew** (continued)\n\n"
        draft = read(PLAIN.replace("- Thanks", again + "- Thanks"))
        assert tree(draft) == PLAIN_TREE
        assert one(draft, "Runs a crew").also[0].text == "Runs a crew"

    def test_a_table_of_contents_is_set_aside(self) -> None:
        contents = (
            "May 2019\n\nLevel 1: Helps on the quay ........ 1\nLevel 2: Runs a crew ........ 2\n"
        )
        draft = read(PLAIN.replace("May 2019\n", contents))
        assert tree(draft) == PLAIN_TREE
        assert {x.reason for x in draft.left_out} == {"line of a table of contents"}


class TestMoreAndLess:
    def test_one_level_and_five_levels(self) -> None:
        short = read(PLAIN[: PLAIN.index("Level 2")])
        assert kinds(short)["CompetencyLevel"] == 1
        more = "".join(f"\nLevel {n}: Does {n} things\n\n- Does {n}.\n" for n in (3, 4, 5))
        draft = read(PLAIN + more)
        assert [level.rank for level in draft.levels] == [1, 2, 3, 4, 5]
        assert kinds(draft)["PositiveIndicator"] == 8

    def test_highest_level_first(self) -> None:
        start, second = PLAIN.index("Level 1"), PLAIN.index("Level 2")
        draft = read(PLAIN[:start] + PLAIN[second:] + "\n" + PLAIN[start:second])
        assert [p.enumeration.text for p in draft.parts[0].parts[2:]] == ["2", "1"]
        assert [level.rank for level in draft.levels] == [1, 2]

    def test_no_descriptor_no_date_no_description(self) -> None:
        draft = read(
            "Crew Competency\n\nLevel 1: Helps\n\n- Ties up.\n\nLevel 2: Leads\n\n- Plans.\n"
        )
        assert kinds(draft) == {
            "Framework": 1,
            "Competency": 1,
            "CompetencyLevel": 2,
            "PositiveIndicator": 2,
        }
        assert not draft.issued
        assert one(draft, "Helps").lead_in is None

    def test_no_title_at_all_is_not_made_up_as_printed(self) -> None:
        text = PLAIN[PLAIN.index("Level 1") :]
        draft = read(text)
        assert not draft.label
        assert not draft.parts[0].label
        assert draft.name and draft.parts[0].name
        assert conforms(document(text))

    def test_a_level_without_title_has_its_words_for_one(self) -> None:
        draft = read(PLAIN.replace(": **Runs a crew**", ""))
        assert one(draft, "Level 2").kind == "CompetencyLevel"

    def test_a_long_text_on_the_line_of_a_level_is_its_descriptor(self) -> None:
        text = "Uses the simple methods of the trade under the eye of others."
        draft = read(PLAIN.replace("**Helps on the quay**", text))
        assert one(draft, text).kind == "Descriptor"
        assert one(draft, "Level 1").kind == "CompetencyLevel"

    def test_behaviours_without_bullets_are_kept_with_a_doubt(self) -> None:
        draft = read(
            PLAIN.replace("\n- ", "\n\n") + "\nLevel 3: Teaches\n\n- Teaches.\n- Writes.\n- Talks."
        )
        assert kinds(draft)["PositiveIndicator"] == 8
        assert "without bullets" in one(draft, "Runs a crew").doubts[0]

    def test_numbered_behaviours_have_their_numbers_as_steps(self) -> None:
        text = PLAIN.replace("- Plans", "2.1 Plans").replace("- Gives", "2.2 Gives")
        level = one(read(text.replace("- Thanks", "2.2 Thanks")), "Runs a crew")
        assert [part.step for part in level.parts] == ["d1", "b2-1", "b2-2", "b2-2-2"]
        assert "stands before another part" in level.parts[3].doubts[0]

    def test_the_same_level_twice_gets_a_suffix_and_a_doubt(self) -> None:
        draft = read(PLAIN + "\nLevel 2: Trains a crew\n\n- Trains.\n")
        again = one(draft, "Trains a crew")
        assert again.step == "l2-2"
        assert again.doubts
        assert len(draft.levels) == 2

    def test_names_of_fields_are_set_aside(self) -> None:
        text = PLAIN.replace("- Plans", "**Behaviours:**\n\n- Plans").replace(
            "Crews of", "Definition: Crews of"
        )
        draft = read(text)
        assert tree(draft) == PLAIN_TREE
        assert [x.span.text for x in draft.left_out] == ["Definition:", "Behaviours:"]

    def test_ineffective_behaviours_are_negative(self) -> None:
        draft = read(PLAIN + "\nIneffective behaviours:\n\n- Shouts.\n- Sleeps.\n")
        group = one(draft, "Ineffective behaviours")
        assert group.kind == "Group"
        assert {part.kind for part in group.parts} == {"NegativeIndicator"}
        assert kinds(draft)["PositiveIndicator"] == 5

    def test_words_not_understood_become_notes_with_a_doubt(self) -> None:
        draft = read(
            PLAIN.replace("- Thanks", "A stray remark about nothing.\n\n- Thanks")
            + "\nStray end.\n"
        )
        assert one(draft, "Stray end.").kind == "Note"
        assert one(draft, "Stray end.").doubts


class TestTheRealDocument:
    @pytest.fixture
    def source(self, shared: Path) -> Document:
        path = next((shared / "seeds").glob("001_*"))
        return Document(path.name, tuple(path.read_text(encoding="utf-8").splitlines()))

    def test_has_the_parts_that_were_counted(self, source: Document) -> None:
        draft = LAYOUT.read(source)
        accounting.check(source, draft)
        assert kinds(draft) == {
            "Framework": 1,
            "Competency": 1,
            "CompetencyLevel": 3,
            "Descriptor": 5,
            "PositiveIndicator": 21,
            "Note": 1,
        }
        assert sum(kinds(draft).values()) == 32
        assert [len(level.parts) for level in draft.parts[0].parts[2:]] == [8, 8, 8]
        assert draft.issued.text == draft.parts[1].text.text
        assert draft.left_out == []
        assert LAYOUT.score(source) > 0.9
        assert conforms(source)

    def test_and_the_other_families_are_refused(self, shared: Path) -> None:
        for path in sorted((shared / "seeds").glob("00[0234]_*")):
            source = Document(path.name, tuple(path.read_text(encoding="utf-8").splitlines()))
            assert LAYOUT.score(source) == 0
            accounting.check(source, LAYOUT.read(source))
