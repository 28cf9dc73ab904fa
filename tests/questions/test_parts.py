"""What is held: frameworks, levels, criteria, values and behaviours."""

from __future__ import annotations

import re

from competency.graph import KnowledgeGraph
from competency.ontology import COMP
from tests.questions.common import (
    CLIENT,
    COUNCIL,
    CSCF,
    HK,
    NOS,
    PORTS,
    PUB,
    PWGSC,
    RETAIL,
    WCC,
    answer,
    numbered,
    own,
    short,
    table,
)

# ---------------------------------------------------------------- what is held


def test_the_frameworks_with_kind_extent_and_number_of_parts(graph: KnowledgeGraph) -> None:
    # Parts are the subjects with comp:inFramework: the nodes of the table in seed-documents.md
    # (21, 32, 25, 65, 155) without the framework itself and, for HK, without level and credit.
    assert table(graph, "frameworks", "framework type extent sector issued parts iri") == [
        (CLIENT, "Competency", "whole", None, "2012-09", 31, PWGSC),
        (RETAIL, "Specification of Competency Standards", "excerpt", "Retail", None, 22, HK),
        (CSCF, "Competency framework", "excerpt", None, None, 20, PUB),
        (PORTS, "National occupational standard", "excerpt", "Ports", None, 64, NOS),
        (COUNCIL, "Behaviour framework", "whole", None, None, 154, WCC),
    ]


def test_the_sources_with_the_lines_that_were_counted(graph: KnowledgeGraph) -> None:
    # One more than `wc -l` says of each seed, whose last line has no newline.
    assert table(graph, "sources", "framework format lines iri") == [
        (CLIENT, "text/plain", 48, f"{PWGSC}/source"),
        (RETAIL, "text/plain", 18, f"{HK}/source"),
        (CSCF, "text/plain", 39, f"{PUB}/source"),
        (PORTS, "text/plain", 91, f"{NOS}/source"),
        (COUNCIL, "text/plain", 222, f"{WCC}/source"),
    ]
    digests = [str(row["sha256"]) for row in answer(graph, "sources")]
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in digests)


def test_parts_are_counted_by_kind(graph: KnowledgeGraph) -> None:
    # The table "Counts per kind" of seed-documents.md; lead-ins count as descriptor or note there.
    expected = {
        PUB: {"Competency": 6, "CompetencyLevel": 6, "Descriptor": 6, "Group": 2},
        PWGSC: {
            "PositiveIndicator": 21,
            "Descriptor": 5,
            "CompetencyLevel": 3,
            "Competency": 1,
            "Note": 1,
        },
        HK: {
            "PerformanceCriterion": 9,
            "AssessmentCriterion": 3,
            "ElementOfCompetency": 3,
            "Group": 2,
            "Descriptor": 1,
            "FunctionalArea": 1,
            "Note": 1,
            "Scope": 1,
            "UnitOfCompetency": 1,
        },
        NOS: {
            "KnowledgeStatement": 39,
            "PerformanceCriterion": 13,
            "Note": 7,
            "Group": 3,
            "ElementOfCompetency": 1,
            "UnitOfCompetency": 1,
        },
        WCC: {
            "PositiveIndicator": 91,
            "NegativeIndicator": 37,
            "ElementOfCompetency": 15,
            "Group": 4,
            "Descriptor": 3,
            "Value": 3,
            "Note": 1,
        },
    }
    for framework, kinds in expected.items():
        rows = table(graph, "kinds", "iri parts", framework=framework)
        assert rows == [(f"comp:{kind}", count) for kind, count in kinds.items()]
    assert len(answer(graph, "kinds")) == 4 + 5 + 9 + 6 + 7


def test_a_part_of_two_kinds_is_counted_once_under_the_narrower_one() -> None:
    small = own(":u a comp:UnitOfCompetency , comp:Competency , :Thing ; comp:inFramework :f .")
    assert table(small, "kinds", "kind parts") == [("unit of competency", 1)]


# ---------------------------------------------------------------- levels


def test_every_level_with_what_it_adds(graph: KnowledgeGraph) -> None:
    # PWGSC 3 levels; HK one level of the whole unit; PUB 6 competencies in 2 bands: 16 rows.
    rows = table(graph, "levels", "competency level rank title iri")
    titles = [f"{verb} high-quality client service" for verb in ("Delivers", "Ensures", "Fosters")]
    assert rows[:4] == [
        *(
            (CLIENT, f"Level {n}", n, title, f"{PWGSC}/competency/l{n}")
            for n, title in enumerate(titles, 1)
        ),
        (
            "Manage customer service performance of frontline staff",
            "Level 3",
            3,
            None,
            f"{HK}/unit",
        ),
    ]
    assert [row[4] for row in rows[4:]] == [
        f"{PUB}/c0{number}/{band}" for number in range(1, 7) for band in ("base", "higher")
    ]
    assert [row[1] for row in rows[4:]] == ["Base", "Higher levels"] * 6
    assert {row[2] for row in rows[4:]} == {None}
    assert rows[8][0] == "Build Emotional Resilience"
    # Each has a descriptor but the HK unit, whose scale the document does not describe.
    empty = [row["iri"] for row in answer(graph, "levels") if row["descriptor"] is None]
    assert [short(str(iri)) for iri in empty] == [f"{HK}/unit"]
    assert len(answer(graph, "levels", framework=PUB)) == 12


def test_the_behaviours_at_a_level(graph: KnowledgeGraph) -> None:
    # Seven bullets under each of the three levels: lines 17-23, 29-35 and 41-47.
    rows = table(graph, "level-indicators", "framework level rank iri")
    assert rows == [
        (CLIENT, f"Level {level}", level, f"{PWGSC}/competency/l{level}/b{bullet}")
        for level in (1, 2, 3)
        for bullet in range(1, 8)
    ]
    second = table(graph, "level-indicators", "title iri", framework=PWGSC, rank="2")
    title = "Ensures high-quality client service"
    assert second == [(title, iri) for iri in numbered(f"{PWGSC}/competency/l2/b", 7)]
    assert len(answer(graph, "level-indicators", rank="2")) == 7
    assert len(answer(graph, "level-indicators", rank="4")) == 0
    assert len(answer(graph, "level-indicators", framework=WCC)) == 0


def test_a_level_without_a_number_is_shown_and_never_passes_for_a_rank() -> None:
    small = own(
        ":c a comp:Competency ; comp:inFramework :f ; comp:partOf :f ."
        ":l a comp:CompetencyLevel ; comp:inFramework :f ; comp:partOf :c ; comp:atLevel :up ."
        ":up a comp:Level ; rdfs:label 'Upper'@en ."
        ":b a comp:NegativeIndicator ; comp:inFramework :f ; comp:partOf :l ."
    )
    assert table(small, "level-indicators", "level rank iri") == [("Upper", None, "urn:x:b")]
    assert table(small, "level-indicators", "iri", rank="2") == []


# ---------------------------------------------------------------- criteria and assessment


def test_criteria_that_no_assessment_criterion_covers(graph: KnowledgeGraph) -> None:
    # HK has 9 requirements and 3 assessment criteria, on 2.1, 2.3 and 2.4: six are left.
    # NOS prints 13 criteria and no assessment criteria.
    left = [f"{HK}/unit/pr/{place}" for place in ("1/1", "1/2", "1/3", "2/2", "3/1", "3/2")]
    assert table(graph, "unassessed-criteria", "assessments iri") == [
        *((3, iri) for iri in left),
        *((0, iri) for iri in numbered(f"{NOS}/1/pc/", 13)),
    ]
    rows = table(graph, "unassessed-criteria", "element iri", framework=HK)
    assert rows[3] == ("Manage customer service performance of frontline staff", left[3])
    assert [row[1] for row in rows] == left


def test_a_criterion_is_covered_when_the_element_over_it_is_assessed() -> None:
    small = own(
        ":e a comp:ElementOfCompetency ; comp:inFramework :f ; comp:partOf :f ."
        ":p a comp:PerformanceCriterion ; comp:inFramework :f ; comp:partOf :e ."
        ":q a comp:PerformanceCriterion ; comp:inFramework :f ; comp:partOf :f ."
        ":a a comp:AssessmentCriterion ; comp:inFramework :f ; comp:partOf :f ; comp:assesses :e ."
    )
    assert table(small, "unassessed-criteria", "assessments iri") == [(1, "urn:x:q")]
    assert table(small, "assessed-criteria", "how covers iri") == [
        ("assesses", "urn:x:e", "urn:x:a")
    ]


def test_which_assessment_criterion_covers_which_requirement(graph: KnowledgeGraph) -> None:
    # Line 17 of the HK document against line 13: the first two word for word, the third not.
    expected = [
        ("repeats", f"{HK}/unit/pr/2/1", f"{HK}/unit/ac/1"),
        ("repeats", f"{HK}/unit/pr/2/3", f"{HK}/unit/ac/2"),
        ("rewords", f"{HK}/unit/pr/2/4", f"{HK}/unit/ac/3"),
    ]
    assert table(graph, "assessed-criteria", "how covers iri") == expected
    assert table(graph, "assessed-criteria", "how covers iri", framework=HK) == expected
    assert table(graph, "assessed-criteria", "iri", framework=NOS) == []


def test_a_link_that_was_also_inferred_from_its_subproperty_is_one_row() -> None:
    small = own(
        ":p a comp:PerformanceCriterion ; comp:inFramework :f ; comp:partOf :f ."
        ":a a comp:AssessmentCriterion ; comp:inFramework :f ; comp:assesses :p ; comp:repeats :p ."
    )
    assert table(small, "assessed-criteria", "how covers") == [("repeats", "urn:x:p")]


def test_units_with_level_credit_and_qualifier(graph: KnowledgeGraph) -> None:
    # Lines 8 and 9 of the HK document; NOS prints neither level nor credit.
    assert table(graph, "credits", "framework level credit qualifier iri") == [
        (RETAIL, "Level 3", 3, "For Reference Only", f"{HK}/unit"),
        (PORTS, None, None, None, f"{NOS}/1"),
    ]


def test_the_knowledge_behind_a_unit(graph: KnowledgeGraph) -> None:
    # NOS prints a list of 39. Of the HK requirements the three of element 1 ask for understanding.
    hk = [("Understand the basic knowledge of customer service", str(n)) for n in (1, 2, 3)]
    nos = [("Knowledge and understanding", str(n)) for n in range(1, 40)]
    assert table(graph, "knowledge", "list number") == hk + nos
    assert table(graph, "knowledge", "list number", unit=f"{NOS}/1") == nos
    assert table(graph, "knowledge", "iri", unit=f"{HK}/unit") == [
        (iri,) for iri in numbered(f"{HK}/unit/pr/1/", 3)
    ]
    assert table(graph, "knowledge", "iri")[-1] == (f"{NOS}/1/ku/39",)
    assert {row["unit"] for row in answer(graph, "knowledge").to_dicts()} == {
        "Manage customer service performance of frontline staff",
        "Organise, deliver and maintain reliable customer service",
    }


# ---------------------------------------------------------------- values and behaviours


def test_unhelpful_behaviours_by_value_in_order(graph: KnowledgeGraph) -> None:
    # Bullets of lines 88-101, 152-162 and 211-222 of the WCC document: 14, 11 and 12.
    values = ("Customer Focus", 14), ("'Can do' Culture", 11), ("Freedom within Boundaries", 12)
    expected = [
        (value, place, f"{WCC}/v{number}/unhelpful/{place}")
        for number, (value, count) in enumerate(values, 1)
        for place in range(1, count + 1)
    ]
    assert table(graph, "negative-indicators", "value position iri") == expected
    assert table(graph, "negative-indicators", "value position iri", framework=WCC) == expected
    assert table(graph, "negative-indicators", "iri", framework=PWGSC) == []
    # Nothing that a person ought to do is among them.
    kinds = {graph.resource(str(iri)).kind for _, _, iri in expected}
    assert kinds == {str(COMP.NegativeIndicator)}


def test_an_unhelpful_behaviour_outside_any_value_stands_under_its_list() -> None:
    small = own(
        ":g a comp:Group ; comp:inFramework :f ; comp:partOf :f ; rdfs:label 'Avoid'@en ."
        ":n a comp:NegativeIndicator ; comp:inFramework :f ; comp:partOf :g ."
    )
    assert table(small, "negative-indicators", "value position iri") == [("Avoid", None, "urn:x:n")]


def test_commitments_in_both_printed_orders(graph: KnowledgeGraph) -> None:
    # Details: headings of lines 41-77, 105-141, 164-200. Summary: bullets of lines 7-11, 21-25,
    # 31-35. Six behaviours each, and a seventh where line 48 holds two: 91 in all.
    summary = {
        "Customer Focus": (1, 2, 4, 5, 3),
        "'Can do' Culture": (1, 4, 2, 3, 5),
        "Freedom within Boundaries": (1, 2, 5, 3, 4),
    }
    expected = [
        (
            value,
            details,
            place,
            7 if (number, details) == (1, 1) else 6,
            f"{WCC}/v{number}/c{details}",
        )
        for number, (value, places) in enumerate(summary.items(), 1)
        for details, place in enumerate(places, 1)
    ]
    columns = "value details summary behaviours iri"
    assert table(graph, "commitments", columns) == expected
    assert table(graph, "commitments", columns, framework=WCC) == expected
    assert table(graph, "commitments", columns, framework=HK) == []
    names = table(graph, "commitments", "commitment summaryTitle")
    assert names[9] == (
        "Acting in others' long term interests",
        "Acting on others' long term interests",
    )
    assert names[10] == ("Taking ownership", "Taking ownership")
