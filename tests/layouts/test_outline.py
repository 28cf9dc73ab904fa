"""The outline: a draft of any document from its headings, numbers and bullets."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from competency.documents import accounting
from competency.documents.building import Builder, Options
from competency.documents.document import Document
from competency.documents.draft import Draft, FrameworkDraft
from competency.documents.layouts.outline import DOUBT, LAYOUT
from competency.shapes import validate

TEXT = """\
# Bakery Staff Guide

For all who bake.

## Bread

### Knowledge

1. kinds of flour
2. how yeast works

### Performance criteria

- mixes dough
- bakes loaves

## Behaviours

Is kind to guests.

### Unhelpful behaviours

- Shouts

#### In the shop

- Sleeps
"""


def read(text: str, name: str = "guide.md") -> FrameworkDraft:
    source = Document(name, tuple(text.splitlines()))
    draft = LAYOUT.read(source)
    accounting.check(source, draft)
    for part in draft.walk():
        steps = [child.step for child in part.parts]
        assert len(steps) == len(set(steps)) and all(steps)
    return draft


def tree(part: Draft) -> list[object]:
    """Return kind, number and words of each part, with its own parts in a list behind it."""
    rows: list[object] = []
    for child in part.parts:
        rows.append((child.kind, child.enumeration.text, child.label.text or child.text.text))
        if child.parts:
            rows.append(tree(child))
    return rows


def conforms(text: str) -> bool:
    source = Document("guide.md", tuple(text.splitlines()))
    graph = Graph()
    for row in Builder(source, LAYOUT.read(source), Options()).build():
        graph.add(row)
    return validate(graph).conforms


def test_headings_are_groups_and_plain_ones_name_the_kind_of_what_is_below_them() -> None:
    assert tree(read(TEXT)) == [
        ("Note", "", "For all who bake."),
        ("Group", "", "Bread"),
        [
            ("Group", "", "Knowledge"),
            [
                ("KnowledgeStatement", "1.", "kinds of flour"),
                ("KnowledgeStatement", "2.", "how yeast works"),
            ],
            ("Group", "", "Performance criteria"),
            [
                ("PerformanceCriterion", "", "mixes dough"),
                ("PerformanceCriterion", "", "bakes loaves"),
            ],
        ],
        ("Group", "", "Behaviours"),
        [
            ("PositiveIndicator", "", "Is kind to guests."),
            ("Group", "", "Unhelpful behaviours"),
            [
                ("NegativeIndicator", "", "Shouts"),
                ("Group", "", "In the shop"),
                [("NegativeIndicator", "", "Sleeps")],
            ],
        ],
    ]


def test_says_once_that_it_is_a_draft_and_states_nothing_else() -> None:
    draft = read(TEXT)
    assert draft.is_outline
    assert draft.doubts == [DOUBT]
    assert (draft.label.text, draft.step, draft.extent) == ("Bakery Staff Guide", "guide", "Whole")
    assert not draft.issued and not draft.organisations and not draft.levels


def test_conforms_to_the_shapes() -> None:
    assert conforms(TEXT)
    assert conforms("1. One\n1.1 Two\n1.1.1 Three\n\na) four\nb) five\n\nEnd.\n")


def test_the_score_is_little_and_never_nothing() -> None:
    for text in ("", TEXT, "Level 1: A\n- b\nLevel 2: C\n- d"):
        assert LAYOUT.score(Document("x", tuple(text.splitlines()))) == 0.05


class TestHeadings:
    @pytest.mark.parametrize("mark", ["**{}**", "__{}__", "{}", "{}:", "## {}"])
    def test_are_bold_or_short_lines_before_a_list(self, mark: str) -> None:
        text = f"Guide\n\nFor all who bake.\n\n{mark.format('Key behaviours')}\n\n- Smiles\n\nEnd."
        assert tree(read(text))[:3] == [
            ("Note", "", "For all who bake."),
            ("Group", "", "Key behaviours"),
            [("PositiveIndicator", "", "Smiles")]
            if mark in ("{}", "{}:")
            else [("PositiveIndicator", "", "Smiles"), ("PositiveIndicator", "", "End.")],
        ]

    def test_are_lines_in_capitals(self) -> None:
        draft = read("Guide\n\nBREAD\n\nIs baked.\n\nCAKE\n\nIs eaten.\n")
        assert tree(draft) == [
            ("Group", "", "BREAD"),
            [("Note", "", "Is baked.")],
            ("Group", "", "CAKE"),
            [("Note", "", "Is eaten.")],
        ]

    def test_of_two_styles_are_nested_as_they_first_appear(self) -> None:
        draft = read("Guide\n\n**Bread**\n\nFLOUR\n\nIs white.\n\n**Cake**\n\nSUGAR\n\nIs sweet.\n")
        assert tree(draft) == [
            ("Group", "", "Bread"),
            [("Group", "", "FLOUR"), [("Note", "", "Is white.")]],
            ("Group", "", "Cake"),
            [("Group", "", "SUGAR"), [("Note", "", "Is sweet.")]],
        ]

    def test_end_the_list_before_them_without_empty_lines_too(self) -> None:
        text = "Guide\nUnhelpful behaviours\n- Shouts\nHelp to give to each and every guest who comes in from outside\n- Smiles"
        assert tree(read(text)) == [
            ("Group", "", "Unhelpful behaviours"),
            [("NegativeIndicator", "", "Shouts")],
            ("Group", "", "Help to give to each and every guest who comes in from outside"),
            [("Note", "", "Smiles")],
        ]

    def test_below_a_negative_one_nothing_is_positive(self) -> None:
        draft = read("# G\n\n## Behaviours\n\n### Ineffective\n\n#### Indicators\n\n- Shouts\n")
        assert [p.kind for p in draft.walk()][-1] == "NegativeIndicator"

    def test_of_assessment_do_not_make_criteria_without_a_link(self) -> None:
        draft = read("# G\n\n## Assessment criteria\n\n- Is able to bake\n")
        assert [p.kind for p in draft.walk()][-1] == "Note"

    def test_only_are_groups(self) -> None:
        assert tree(read("# A\n\n## B\n\n### C\n\n## D\n")) == [
            ("Group", "", "B"),
            [("Group", "", "C")],
            ("Group", "", "D"),
        ]


class TestNumbers:
    def test_nest_by_their_depth(self) -> None:
        draft = read(
            "Guide\n\n1. Bread\n1.1 Flour\n1.1.1 is white\na) fine\nb) coarse\n1.2 Yeast\n2. Cake\n"
        )
        assert tree(draft) == [
            ("Group", "1.", "Bread"),
            [
                ("Group", "1.1", "Flour"),
                [
                    ("Group", "1.1.1", "is white"),
                    [("Note", "a)", "fine"), ("Note", "b)", "coarse")],
                ],
                ("Note", "1.2", "Yeast"),
            ],
            ("Note", "2.", "Cake"),
        ]

    def test_are_headings_before_a_text(self) -> None:
        draft = read("Guide\n\n1. Bread\n\nIs baked.\n\n2. Knowledge\n\n- of flour\n")
        assert tree(draft) == [
            ("Group", "1.", "Bread"),
            [("Note", "", "Is baked.")],
            ("Group", "2.", "Knowledge"),
            [("KnowledgeStatement", "", "of flour")],
        ]

    def test_of_a_list_are_no_headings_because_a_text_comes_after_it(self) -> None:
        draft = read("Guide\n\n1. Bread\n2. Cake\n\nBoth are good.\n")
        assert tree(draft) == [
            ("Note", "1.", "Bread"),
            ("Note", "2.", "Cake"),
            ("Note", "", "Both are good."),
        ]

    def test_twice_get_a_suffix_and_a_doubt(self) -> None:
        draft = read("Guide\n\n1. mix\n2. bake\n2. sell\n")
        assert [part.step for part in draft.parts] == ["i1", "i2", "i2-2"]
        assert draft.parts[2].doubts


class TestBullets:
    def test_nest_by_their_indent(self) -> None:
        draft = read("Guide\n\n- bread\n    - white\n        - soft\n    - brown\n- cake\n")
        assert tree(draft) == [
            ("Group", "", "bread"),
            [("Group", "", "white"), [("Note", "", "soft")], ("Note", "", "brown")],
            ("Note", "", "cake"),
        ]

    @pytest.mark.parametrize("sign", ["*", "•", "–", "\uf0b7", "o"])
    def test_of_any_sign(self, sign: str) -> None:
        draft = read(f"Guide\n\n{sign} bread\n{sign} cake\n")
        assert tree(draft) == [("Note", "", "bread"), ("Note", "", "cake")]

    def test_on_a_line_of_their_own_belong_to_the_next_line(self) -> None:
        assert tree(read("Guide\n\n•\nbread\n•\ncake\n")) == [
            ("Note", "", "bread"),
            ("Note", "", "cake"),
        ]

    def test_after_words_that_lead_in(self) -> None:
        draft = read(
            "# G\n\n## Bread\n\nA good baker of bread will always try to:\n\n- rise early\n"
        )
        bread = draft.parts[0]
        assert bread.lead_in is bread.parts[0]
        assert tree(bread) == [
            ("Note", "", "A good baker of bread will always try to:"),
            ("Note", "", "rise early"),
        ]

    def test_keep_texts_that_are_set_in_under_them(self) -> None:
        draft = read("Guide\n\n- bread is white.\n\n    It is soft.\n\nThe end.\n")
        assert tree(draft) == [
            ("Group", "", "bread is white."),
            [("Note", "", "It is soft.")],
            ("Note", "", "The end."),
        ]


class TestTitle:
    def test_is_the_first_line_in_any_script(self) -> None:
        assert read("能力標準說明\n\n零售業。\n").label.text == "能力標準說明"

    def test_is_the_first_heading_where_a_long_text_comes_first(self) -> None:
        draft = read("word " * 60 + "\n\n# Guide\n\nText.\n")
        assert draft.label.text == "Guide"
        assert [part.kind for part in draft.parts] == ["Note", "Group"]

    def test_is_the_first_line_where_there_is_no_heading(self) -> None:
        draft = read("- bread\n- cake\n")
        assert draft.label.text == "bread"
        assert len(draft.parts) == 2

    def test_names_the_kind_of_a_list_right_under_it(self) -> None:
        assert [p.kind for p in read("Unhelpful behaviours\n\n- Shouts\n").parts] == [
            "NegativeIndicator"
        ]
        assert [p.kind for p in read("Knowledge of bread\n\nText.\n").parts] == ["Note"]

    def test_is_made_up_where_there_are_no_words(self) -> None:
        for text in ("", "\n\n", "---\n***\n"):
            draft = read(text)
            assert draft.name and not draft.label and not draft.parts


class TestLines:
    def test_that_are_wrapped_are_one_text(self) -> None:
        text = (
            "Guide\n\nThe bakers of this house rise early on each day of the week, and\n"
            "Sunday is no day of rest for them either, for guests come then too.\n"
        )
        assert len(read(text).parts) == 1

    def test_without_empty_lines_between_them_are_told_apart(self) -> None:
        draft = read("Guide\nBread is baked.\nCake is eaten.\n")
        assert [part.text.text for part in draft.parts] == ["Bread is baked.", "Cake is eaten."]

    def test_with_page_numbers_are_set_aside(self) -> None:
        draft = read("Guide\n\nBread is baked in the\n\nPage 2 of 3\n\nearly morning.\n")
        assert [part.text.text for part in draft.parts] == ["Bread is baked in the early morning."]
        assert draft.parts[0].repairs == {"Rejoined"}
        assert [item.reason for item in draft.left_out] == ["page number"]

    def test_with_windows_line_ends_read_the_same(self) -> None:
        assert tree(read(TEXT.replace("\n", "\r\n"))) == tree(read(TEXT))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.text(alphabet="ab1.)-*#o_ :é²ıſ\t", max_size=12),
            st.sampled_from(
                [
                    "# A",
                    "**B**",
                    "CAPS",
                    "1. a",
                    "1.1 b",
                    "a) c",
                    "(ii) d",
                    "- e",
                    "    - f:",
                    "o",
                    "o *",
                    "1. **",
                ]
            ),
        ),
        max_size=25,
    )
)
def test_no_word_of_any_text_is_lost(lines: list[str]) -> None:
    source = Document("any.txt", tuple(lines))
    draft = LAYOUT.read(source)
    accounting.check(source, draft)
    for part in draft.walk():
        assert part.label or part.text or part.name
        assert (part.kind in ("Framework", "Group")) != bool(part.text)


@pytest.mark.slow
def test_depth_is_bounded_and_time_grows_with_the_lines() -> None:
    deep = [" " * n + "- item" for n in range(300)] + [
        ".".join(["1"] * n) + " x" for n in range(2, 300)
    ]
    draft = read("\n".join(["Guide", *deep]))
    assert _depth(draft) <= 20
    seconds = []
    for times in (800, 8000):
        source = Document(
            "long.txt", tuple(["# Head", "- item", "1.1 x", "words of a text"] * times)
        )
        start = time.process_time()
        LAYOUT.read(source)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 40 * max(seconds[0], 0.05)


def _depth(part: Draft) -> int:
    return 1 + max((_depth(child) for child in part.parts), default=0)


def test_the_real_documents_become_drafts_that_conform(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("00*")):
        text = path.read_text(encoding="utf-8")
        draft = read(text, path.name)
        assert draft.parts
        assert conforms(text)


def test_the_unhelpful_behaviours_of_a_real_document_are_negative_in_the_outline_too(
    shared: Path,
) -> None:
    text = next((shared / "seeds").glob("004_*")).read_text(encoding="utf-8")
    assert Counter(part.kind for part in read(text).walk())["NegativeIndicator"] == 37
