"""The outline, and the order of rows."""

from __future__ import annotations

import pytest

from competency.graph import KnowledgeGraph
from tests.questions.common import (
    HK,
    NOS,
    PUB,
    PWGSC,
    WCC,
    home,
    numbered,
    own,
    table,
)

# ---------------------------------------------------------------- the outline


def test_the_outline_of_a_framework_in_reading_order(graph: KnowledgeGraph) -> None:
    # The HK document from top to bottom.
    unit = f"{HK}/unit"
    assert table(graph, "outline", "depth number iri", of=HK) == [
        (1, None, f"{HK}/customer-services"),
        (2, None, unit),
        (3, None, f"{unit}/range"),
        (3, None, f"{unit}/pr"),
        (4, "1", f"{unit}/pr/1"),
        *((5, None, iri) for iri in numbered(f"{unit}/pr/1/", 3)),
        (4, "2", f"{unit}/pr/2"),
        *((5, None, iri) for iri in numbered(f"{unit}/pr/2/", 4)),
        (4, "3", f"{unit}/pr/3"),
        *((5, None, iri) for iri in numbered(f"{unit}/pr/3/", 2)),
        (3, None, f"{unit}/ac"),
        (4, None, f"{unit}/ac/lead-in"),
        *((4, None, iri) for iri in numbered(f"{unit}/ac/", 3)),
        (3, None, f"{unit}/remark"),
    ]


def test_the_outline_of_a_part_counts_depth_from_that_part(graph: KnowledgeGraph) -> None:
    # Value 2: lead-in, a heading over five commitments of six behaviours, a list of 11.
    v2 = f"{WCC}/v2"
    assert table(graph, "outline", "depth iri", of=v2) == [
        (1, f"{v2}/lead-in"),
        (1, f"{v2}/descriptors"),
        *(
            row
            for commitment in numbered(f"{v2}/c", 5)
            for row in ((2, commitment), *((3, iri) for iri in numbered(f"{commitment}/b", 6)))
        ),
        (1, f"{v2}/unhelpful"),
        *((2, iri) for iri in numbered(f"{v2}/unhelpful/", 11)),
    ]
    assert table(graph, "outline", "iri", of=f"{v2}/lead-in") == []
    assert table(graph, "outline", "iri", of="no-such-thing") == []


def test_numbers_in_the_outline_are_as_printed(graph: KnowledgeGraph) -> None:
    # PUB prints 01 to 06; NOS starts again at 1 in its second list.
    pub = table(graph, "outline", "number", of=PUB)
    assert [number for (number,) in pub if number] == ["01", "02", "03", "04", "05", "06"]
    nos = [number for (number,) in table(graph, "outline", "number", of=f"{NOS}/1") if number]
    assert nos == [*map(str, range(1, 14)), *map(str, range(1, 40))]


def test_the_outline_is_in_order_down_to_nine_levels() -> None:
    # n1 holds n2 and m2, n2 holds n3 and m3 ...: down along the n, back up along the m.
    small = own(
        "".join(
            f":n{depth} a comp:Group ; comp:inFramework :f ; comp:partOf {parent} ; comp:position 1 ."
            f":m{depth} a comp:Group ; comp:inFramework :f ; comp:partOf {parent} ; comp:position 2 ."
            for depth, parent in enumerate([":f", *numbered(":n", 8)], 1)
        )
    )
    down = [(depth, f"urn:x:n{depth}") for depth in range(1, 10)]
    assert table(small, "outline", "depth iri") == [
        *down,
        *((depth, iri.replace(":n", ":m")) for depth, iri in reversed(down)),
    ]


def test_without_a_place_the_outline_is_of_every_framework_in_turn(graph: KnowledgeGraph) -> None:
    rows = table(graph, "outline", "iri")
    assert list(dict.fromkeys(home(iri) for (iri,) in rows)) == [PWGSC, HK, PUB, NOS, WCC]
    assert len(rows) == 31 + 22 + 20 + 64 + 154
    assert rows[31:53] == table(graph, "outline", "iri", of=HK)


# ---------------------------------------------------------------- positions, not names


# The name of each thing runs against its position, so that nothing is in order by chance.
BACKWARDS = {
    "f": {"v9": "Value", "v8": "Value", "u7": "UnitOfCompetency", "c6": "Competency"},
    "v9": {"e9": "ElementOfCompetency", "e8": "ElementOfCompetency", "n9": "NegativeIndicator"},
    "v8": {"e7": "ElementOfCompetency", "n8": "NegativeIndicator", "n7": "NegativeIndicator"},
    "u7": {"g9": "Group", "g8": "Group"},
    "g9": {"k9": "KnowledgeStatement", "k8": "KnowledgeStatement", "p9": "PerformanceCriterion"},
    "g8": {
        "p8": "PerformanceCriterion",
        "p7": "PerformanceCriterion",
        "k7": "KnowledgeStatement",
        "a9": "AssessmentCriterion",
        "a8": "AssessmentCriterion",
    },
    "c6": {"d9": "Competency", "d8": "Competency"},
    "d9": {"l9": "CompetencyLevel", "l8": "CompetencyLevel"},
    "d8": {"l7": "CompetencyLevel"},
    "l9": {"b9": "PositiveIndicator", "b8": "PositiveIndicator"},
    "l8": {"b7": "PositiveIndicator"},
    "l7": {"b6": "PositiveIndicator"},
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("assessed-criteria", "a9 a8"),
        ("commitments", "e9 e8 e7"),
        ("knowledge", "k9 k8 k7"),
        ("level-indicators", "b9 b8 b7 b6"),
        ("levels", "l9 l8 l7"),
        ("negative-indicators", "n9 n8 n7"),
        (
            "outline",
            "v9 e9 e8 n9 v8 e7 n8 n7 u7 g9 k9 k8 p9 g8 p8 p7 k7 a9 a8"
            " c6 d9 l9 b9 b8 l8 b7 d8 l7 b6",
        ),
        ("unassessed-criteria", "p9 p8 p7"),
    ],
)
def test_the_order_is_that_of_the_positions_and_not_of_the_names(name: str, expected: str) -> None:
    parts = "".join(
        f":{item} a comp:{kind} ; comp:inFramework :f ; comp:partOf :{parent} ; comp:position {n} ."
        for parent, children in BACKWARDS.items()
        for n, (item, kind) in enumerate(children.items(), 9)  # 9, 10 ...: numbers, not texts
    )
    levels = ":l9 comp:atLevel :s . :l8 comp:atLevel :s . :l7 comp:atLevel :s . :s a comp:Level ."
    small = own(f"{parts} {levels} :a9 comp:assesses :k9 . :a8 comp:assesses :k8 .")
    found = [str(iri).removeprefix("urn:x:") for (iri,) in table(small, name, "iri")]
    assert found == expected.split()


def test_a_search_is_in_the_order_of_headings_and_positions() -> None:
    small = own(
        ":g9 a comp:Group ; comp:inFramework :f ; comp:partOf :f ; comp:position 1 ."
        ":g8 a comp:Group ; comp:inFramework :f ; comp:partOf :f ; comp:position 2 ."
        ":t7 a comp:Note ; comp:inFramework :f ; comp:partOf :g8 ; comp:position 1 ; comp:text 'w'@en ."
        ":t8 a comp:Note ; comp:inFramework :f ; comp:partOf :g9 ; comp:position 10 ; comp:text 'w'@en ."
        ":t9 a comp:Note ; comp:inFramework :f ; comp:partOf :g9 ; comp:position 9 ; comp:text 'w'@en ."
    )
    found = [str(iri)[-2:] for (iri,) in table(small, "search", "iri", word="W")]
    assert found == ["t9", "t8", "t7"]
