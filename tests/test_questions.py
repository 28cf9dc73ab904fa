"""The named questions of sparql/, each against an answer worked out by hand.

Nothing expected here came out of a query: the rows were read off the documents and graph/*.ttl,
and each comment says how they were counted.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SKOS, Graph, Literal
from rdflib.term import Node

from competency._files import folder
from competency.errors import NotFound, ParameterError
from competency.graph import KnowledgeGraph
from competency.ontology import COMP, DEFAULT_BASE, shorten
from competency.sparql import (
    Question,
    Rows,
    find_question,
    prepare,
    questions,
    run_query,
    run_question,
)

NAMES = (
    "assessed-criteria",
    "codes",
    "commitments",
    "credits",
    "duplicate-texts",
    "frameworks",
    "inferred",
    "kinds",
    "knowledge",
    "legal-references",
    "level-indicators",
    "levels",
    "negative-indicators",
    "not-stated",
    "outline",
    "repairs",
    "search",
    "sources",
    "unassessed-criteria",
)
PARAMETERS: dict[str, list[tuple[str, str, str | None]]] = {
    "assessed-criteria": [("framework", "iri", None)],
    "commitments": [("framework", "iri", None)],
    "inferred": [("framework", "iri", None)],
    "kinds": [("framework", "iri", None)],
    "knowledge": [("unit", "iri", None)],
    "level-indicators": [("framework", "iri", None), ("rank", "integer", None)],
    "levels": [("framework", "iri", None)],
    "negative-indicators": [("framework", "iri", None)],
    "not-stated": [("framework", "iri", None)],
    "outline": [("of", "iri", None)],
    "repairs": [("framework", "iri", None)],
    "search": [("word", "text", "customer")],
    "unassessed-criteria": [("framework", "iri", None)],
}
HK, NOS, PUB, PWGSC, WCC = (
    "hkqf-111334L3",
    "nos-pss-spo109",
    "pub-cscf",
    "pwgsc-client-service",
    "wcc-behaviours",
)
RETAIL = "Competency Standards for the Retail Industry"
PORTS = "Provide support and information to customers"
CSCF = "Customer Service Competency Framework"
CLIENT = "Client Service Competency"
COUNCIL = "Worcestershire County Council behaviours"

every_question = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.shipped()


def answer(graph: KnowledgeGraph, name: str, **values: str) -> Rows:
    found = run_question(graph, name, **values)
    assert isinstance(found, Rows)
    return found


def table(
    graph: KnowledgeGraph, name: str, columns: str, **values: str
) -> list[tuple[object, ...]]:
    """The rows of an answer: our own IRIs as paths below the base, those of terms with prefix."""
    rows = answer(graph, name, **values).to_dicts()
    return [tuple(short(row[column]) for column in columns.split()) for row in rows]


def short(value: object) -> object:
    if isinstance(value, str) and value.startswith(DEFAULT_BASE):
        return value.removeprefix(DEFAULT_BASE)
    return shorten(value) if isinstance(value, str) and "://" in value else value


def numbered(stem: str, last: int) -> list[str]:
    return [f"{stem}{number}" for number in range(1, last + 1)]


def home(iri: object) -> str:
    return str(iri).partition("/")[0]


# ---------------------------------------------------------------- the files themselves


def test_the_questions_are_these_and_each_file_is_named_in_kebab_case() -> None:
    assert tuple(question.name for question in questions()) == NAMES
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in NAMES)


@every_question
def test_a_question_has_a_title_that_asks_and_a_description_of_one_or_two_sentences(
    name: str,
) -> None:
    question = find_question(name)
    assert question.text.startswith("# title: ")
    assert question.title.endswith("?")
    assert question.description.endswith(".")
    assert 1 <= len(re.findall(r"\.(?= |$)", question.description.replace("...", ""))) <= 2


@every_question
def test_parameters_that_are_declared_are_those_that_have_a_line_of_values(name: str) -> None:
    question = find_question(name)
    declared = re.findall(r"^# parameter:", question.text, re.MULTILINE)
    assert len(question.parameters) == len(declared), "a parameter line that does not parse"
    found = [(item.name, item.kind, item.default) for item in question.parameters]
    assert found == PARAMETERS.get(name, [])
    query = re.sub(r"^#.*\n", "", question.text, flags=re.MULTILINE)
    bound = re.findall(r"VALUES \?(\w+) \{ (?:UNDEF|\"[^\"]*\") \}", query)
    assert bound == [item.name for item in question.parameters]
    assert all(item.description for item in question.parameters)


@every_question
def test_a_question_declares_the_prefixes_that_it_uses_and_no_others(name: str) -> None:
    text = find_question(name).text
    declared = re.findall(r"^PREFIX (\w+): <(\S+)>$", text, re.MULTILINE)
    body = re.sub(r"^(#|PREFIX).*\n|\"[^\"]*\"|#.*", "", text, flags=re.MULTILINE)
    used = set(re.findall(r"\b([a-z]+):", body))
    assert {prefix for prefix, _ in declared} == used
    assert all(shorten(f"{iri}x") == f"{prefix}:x" for prefix, iri in declared)


@every_question
def test_a_question_is_short_needs_no_graph_and_orders_its_rows(name: str) -> None:
    text = find_question(name).text
    assert len(text.splitlines()) < 40
    assert not re.search(r"\b(GRAPH|FROM|SERVICE)\b", text)
    assert re.search(r"^ORDER BY \S+ .*\?iri", text, re.MULTILINE)
    assert prepare(text).form == "SELECT"


@every_question
def test_columns_are_for_people_first_and_the_iri_comes_last(
    graph: KnowledgeGraph, name: str
) -> None:
    found = answer(graph, name)
    assert found.variables[-1] == "iri"
    assert all(row["iri"] is not None for row in found)
    assert "framework" in found.variables
    assert all(isinstance(row["framework"], Literal) for row in found)


@every_question
def test_an_answer_comes_within_a_tenth_of_a_second(graph: KnowledgeGraph, name: str) -> None:
    def seconds() -> float:
        start = time.perf_counter()
        answer(graph, name)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.1


@every_question
def test_another_engine_gives_the_same_rows_in_the_same_order(
    graph: KnowledgeGraph, name: str
) -> None:
    # The file as it stands, no prefix added, on rdflib's own SPARQL engine.
    other = whole(graph).query(find_question(name).text)
    rows = [tuple(None if term is None else str(term) for term in row) for row in lines_of(other)]
    ours = answer(graph, name)
    assert rows == [tuple(None if t is None else str(t) for t in row.values()) for row in ours]


def whole(graph: KnowledgeGraph) -> Graph:
    return graph.merged().parse(folder("ontology") / "competency.ttl", format="turtle")


def lines_of(result: object) -> Iterable[tuple[object, ...]]:
    assert isinstance(result, Iterable)
    return result


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


# ---------------------------------------------------------------- law, codes, words


def test_which_parts_refer_to_which_law(graph: KnowledgeGraph) -> None:
    # Read line by line: PWGSC 11, 21, 31; NOS 31, 32 (two), 52 (four), 67, 87, 91 (three);
    # WCC 96. HK and PUB name no law.
    law, ku, ai = "{}, in general", f"{NOS}/1/ku/", f"{NOS}/1/ai/"
    assert table(graph, "legal-references", "law iri") == [
        (law.format("Regulations"), f"{PWGSC}/competency/d2"),
        (law.format("Regulations"), f"{PWGSC}/competency/l1/b5"),
        (law.format("Regulations"), f"{PWGSC}/competency/l2/b3"),
        (law.format("Data protection law"), f"{ku}17"),
        ("Directions and bye-laws on health and safety", f"{ku}2"),
        (law.format("Disability discrimination law"), f"{ku}17"),
        (law.format("Equal opportunities law"), f"{ku}17"),
        ("Health and Safety at Work Act 1974", f"{ai}5"),
        (law.format("Health and safety law"), f"{ai}5"),
        (law.format("Health and safety law"), f"{ku}1"),
        (law.format("Health and safety law"), f"{ku}2"),
        (law.format("Laws and regulations"), f"{ai}3"),
        (law.format("Laws and regulations"), f"{ku}17"),
        (law.format("Laws and regulations"), f"{ku}32"),
        ("Statutory duty of employees to take care", f"{ai}5"),
        (law.format("Legal requirements"), f"{WCC}/v1/unhelpful/9"),
    ]


def test_a_framework_or_a_heading_that_refers_to_a_law_is_found() -> None:
    small = own(
        ":f comp:legalReference :law . :law a comp:LegalReference ; rdfs:label 'An Act'@en ."
        ":z a comp:Group ; comp:inFramework :f ; comp:partOf :f ; comp:position 1 ."
        ":y a comp:Group ; comp:inFramework :f ; comp:partOf :f ; comp:position 2 ."
        ":z rdfs:label 'Duties'@en ; comp:legalReference :law . :y comp:legalReference :law ."
    )
    assert table(small, "legal-references", "law framework kind text iri") == [
        ("An Act", "F", "framework", "F", "urn:x:f"),
        ("An Act", "F", "group", "Duties", "urn:x:z"),
        ("An Act", "F", "group", None, "urn:x:y"),
    ]


def test_every_official_code_and_its_issuer(graph: KnowledgeGraph) -> None:
    # HK line 6 (no body named); NOS lines 3 and 5 (two codes on the unit).
    assert table(graph, "codes", "code issuer kind iri") == [
        ("111334L3", None, "unit of competency", f"{HK}/unit"),
        ("PSS SPO109", "PSS", "framework", NOS),
        ("H7A3 04", "SQA", "unit of competency", f"{NOS}/1"),
        ("PSS SPO109.1", "PSS", "unit of competency", f"{NOS}/1"),
    ]


def test_statements_and_titles_that_mention_a_word(graph: KnowledgeGraph) -> None:
    # Titles as printed: "Serve with Authority" and the group over the six PUB competencies.
    assert ("Serve with Authority", f"{PUB}/c04") in table(
        graph, "search", "text iri", word="AUTHORITY"
    )
    assert table(graph, "search", "framework place kind text iri", word="service competencies") == [
        (
            CSCF,
            "COMPETENCY DEFINITIONS",
            "group",
            "Organisational Service Competencies",
            f"{PUB}/g1.1",
        )
    ]
    # The three level titles of PWGSC share this phrase; they come in their order.
    assert table(graph, "search", "iri", word="High-Quality client") == [
        (iri,) for iri in numbered(f"{PWGSC}/competency/l", 3)
    ]
    assert table(graph, "search", "iri", word="no such word") == []


def test_without_a_word_the_search_is_for_customer(graph: KnowledgeGraph) -> None:
    rows = table(graph, "search", "text iri")
    assert rows == table(graph, "search", "text iri", word="customer")
    # PWGSC says clients, never customers. Titles that say customer: PUB 01 and 06.
    assert {home(iri) for _, iri in rows} == {HK, NOS, PUB, WCC}
    assert {f"{PUB}/c01", f"{PUB}/c06", f"{WCC}/v1"} <= {iri for _, iri in rows}


def test_a_search_takes_every_sign_as_itself(graph: KnowledgeGraph) -> None:
    # "." and "|" are no pattern, and a quotation mark ends nothing; one title has 'Can do'.
    assert table(graph, "search", "iri", word=".*") == []
    assert table(graph, "search", "iri", word='"') == []
    assert [iri for (iri,) in table(graph, "search", "iri", word="'can do' c")] == [
        f"{WCC}/v2",
        f"{WCC}/v2/descriptors",
        f"{WCC}/v2/unhelpful",
    ]


def test_equal_texts_that_are_different_parts(graph: KnowledgeGraph) -> None:
    # Number 13 of "Things that are equal" in seed-documents.md, and the six unnumbered PUB bands.
    groups: dict[object, list[str]] = {}
    for text, iri in table(graph, "duplicate-texts", "text iri"):
        groups.setdefault(text, []).append(str(iri))
    assert sorted(groups.values()) == [
        [f"{HK}/unit", f"{HK}/unit/pr/2"],
        [f"{HK}/unit/ac/1", f"{HK}/unit/pr/2/1"],
        [f"{HK}/unit/ac/2", f"{HK}/unit/pr/2/3"],
        [f"{NOS}/1", f"{NOS}/1/pc/e1"],
        [f"{NOS}/1/ku/13", f"{NOS}/1/ku/14"],
        [f"{PUB}/c0{number}/higher" for number in range(1, 7)],
        [PWGSC, f"{PWGSC}/competency"],
    ]
    times = Counter(count for (count,) in table(graph, "duplicate-texts", "times"))
    assert times == {2: 12, 6: 6}


# ---------------------------------------------------------------- what the data say of themselves


def test_what_a_framework_does_not_state(graph: KnowledgeGraph) -> None:
    # None prints publisher, place or licence; only PWGSC has a date; only NOS has a code of its
    # own; HK alone gives its sector, and names no body. The rest was counted in each file:
    # HK 6 + scale 3 + level + code + credit, NOS 6 + unit 2, PUB 6 + scale 2 + levels 2 and 1,
    # PWGSC 5 + scale 2, WCC 8.
    rows = table(graph, "not-stated", "missing iri")
    assert Counter(home(iri) for _, iri in rows) == {HK: 12, NOS: 8, PUB: 11, PWGSC: 7, WCC: 8}
    own_rows = {
        name: {what for what, iri in rows if iri == name} for name in (HK, NOS, PUB, PWGSC, WCC)
    }
    always = {"dcterms:publisher", "dcterms:spatial", "dcterms:license"}
    assert own_rows == {
        HK: always | {"dcterms:issued", "code", "named organisation"},
        NOS: always | {"dcterms:issued", "sector", "audience"},
        PUB: always | {"dcterms:issued", "sector", "code"},
        PWGSC: always | {"sector", "code"},
        WCC: always | {"dcterms:issued", "sector", "code", "audience", "rdfs:label"},
    }
    assert [row for row in rows if row[1] == f"{NOS}/1"] == [
        ("credit", f"{NOS}/1"),
        ("qualification level", f"{NOS}/1"),
    ]
    scale = table(graph, "not-stated", "framework kind missing iri", framework=PWGSC)
    assert scale[-2:] == [
        (CLIENT, "level scale", "cumulative", f"{PWGSC}/scale"),
        (CLIENT, "level scale", "rdfs:label", f"{PWGSC}/scale"),
    ]
    assert len(scale) == 7


def test_what_was_inferred_and_not_printed(graph: KnowledgeGraph) -> None:
    # HK: extent, scale title, four aspects. NOS: extent, type, sector, two issuers. PUB: extent,
    # audience, two titles, six base levels. PWGSC: extent, scale title. WCC: title, extent, type,
    # three pairs of names.
    rows = table(graph, "inferred", "fact value iri")
    assert Counter(home(iri) for _, _, iri in rows) == {HK: 6, NOS: 5, PUB: 10, PWGSC: 2, WCC: 6}
    assert table(graph, "inferred", "framework fact value iri", framework=NOS) == [
        (PORTS, "issued by", "PSS", f"{NOS}/code/pss-spo109"),
        (PORTS, "issued by", "PSS", f"{NOS}/1/code/pss-spo109.1"),
        (PORTS, "extent", "excerpt", NOS),
        (PORTS, "sector", "Ports", NOS),
        (PORTS, "type of document", "National occupational standard", NOS),
    ]
    title = "Qualification levels"
    assert ("rdfs:label", title, f"{HK}/scale") in rows
    knowing = [iri for fact, value, iri in rows if (fact, value) == ("aspect", "knowing")]
    assert sorted(map(str, knowing)) == [f"{HK}/unit/pr/1", *numbered(f"{HK}/unit/pr/1/", 3)]
    base = [iri for fact, value, iri in rows if (fact, value) == ("at level", "Base")]
    assert sorted(map(str, base)) == [f"{PUB}/c0{number}/base" for number in range(1, 7)]


def test_texts_that_were_repaired_or_are_in_doubt(graph: KnowledgeGraph) -> None:
    # PUB 7 + 6 + 6 + 6 + 8 + 7 repairs on its six competencies, and doubts on the page number and
    # the higher levels; HK 15 splits; NOS one list over three pages and 5 doubts (the code's
    # body, numbers 5, 8, 14, 17); PWGSC one doubt; WCC line 48 (two) and 6 doubts.
    rows = table(graph, "repairs", "repair iri")
    assert Counter(home(iri) for _, iri in rows) == {HK: 15, NOS: 6, PUB: 42, PWGSC: 1, WCC: 8}
    assert Counter(repair for repair, _ in rows) == {
        "rejoined": 1 + 18,  # all that PUB has is rejoined: 6 names, 6 base, 6 higher
        "split": 15 + 17 + 2,  # the same without the higher level of 03
        "reordered": 5,  # names 01, 05, 06 and base 03, 05
        None: 2 + 5 + 1 + 6,
    }
    moved = {iri for repair, iri in rows if repair == "reordered"}
    assert moved == {f"{PUB}/{item}" for item in ("c01", "c03/base", "c05", "c05/base", "c06")}


def test_repairs_come_with_their_lines_from_first_to_last(graph: KnowledgeGraph) -> None:
    # Bullets said to hold two sentences or a broken grammar: WCC lines 63, 81, 147, 154, 159, 160.
    assert table(graph, "repairs", "lines repair iri", framework=WCC) == [
        ("48", "split", f"{WCC}/v1/c1/b6"),
        ("48", "split", f"{WCC}/v1/c1/b7"),
        ("63", None, f"{WCC}/v1/c3/b3"),
        ("81", None, f"{WCC}/v1/c5/b3"),
        ("147", None, f"{WCC}/v2/c5/b5"),
        ("154", None, f"{WCC}/v2/unhelpful/3"),
        ("159", None, f"{WCC}/v2/unhelpful/8"),
        ("160", None, f"{WCC}/v2/unhelpful/9"),
    ]
    assert all(row["doubt"] for row in answer(graph, "repairs", framework=WCC))
    # A body that only a code points at belongs to the framework too.
    assert table(graph, "repairs", "thing iri", framework=NOS)[0] == ("PSS", f"{NOS}/org/pss")


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


def test_without_a_place_the_outline_is_of_every_framework_in_turn(graph: KnowledgeGraph) -> None:
    rows = table(graph, "outline", "iri")
    assert list(dict.fromkeys(home(iri) for (iri,) in rows)) == [PWGSC, HK, PUB, NOS, WCC]
    assert len(rows) == 31 + 22 + 20 + 64 + 154
    assert rows[31:53] == table(graph, "outline", "iri", of=HK)


# ---------------------------------------------------------------- texts and order

# How many rows lack a value in which columns, counted in the documents; all others are full.
GAPS = {
    "codes": {"issuer": 1},  # HK
    "credits": {"level": 1, "credit": 1, "qualifier": 1},  # NOS
    "duplicate-texts": {"place": 1},  # the PWGSC framework stands under nothing
    "frameworks": {"sector": 3, "issued": 4},
    "levels": {"rank": 12, "title": 7, "descriptor": 1},  # PUB; its 6 base levels and HK; HK
    "not-stated": {"thing": 1},  # the HK credit has no name
    "outline": {"number": 291 - 3 - 6 - 3 - 13 - 39},  # HK, PUB, PWGSC, NOS (two lists)
    "repairs": {"lines": 2, "kind": 1, "repair": 14, "doubt": 55},  # PUB level, PSS; PSS
}
# Which columns hold words of the thing itself, and which those of its parent.
WORDS = {
    "assessed-criteria": ("assessment", None),
    "codes": ("title", None),
    "commitments": ("commitment", None),
    "credits": ("unit", None),
    "duplicate-texts": ("text", "place"),
    "frameworks": ("framework", None),
    "inferred": ("thing", None),
    "knowledge": ("text", "list"),
    "legal-references": ("text", "place"),
    "level-indicators": ("behaviour", "title"),
    "negative-indicators": ("behaviour", None),
    "not-stated": ("thing", None),
    "outline": ("text", None),
    "repairs": ("thing", None),
    "search": ("text", "place"),
    "sources": ("source", None),
    "unassessed-criteria": ("criterion", "element"),
}


@every_question
def test_only_what_the_documents_lack_is_empty(graph: KnowledgeGraph, name: str) -> None:
    found = Counter(column for row in answer(graph, name) for column in row if row[column] is None)
    assert dict(found) == GAPS.get(name, {})


@pytest.mark.parametrize("name", list(WORDS))
def test_the_words_of_a_row_are_those_of_its_thing_and_parent(
    graph: KnowledgeGraph, name: str
) -> None:
    # Looked up in the triples as they were written, without SPARQL.
    triples = whole(graph)
    mine, above = WORDS[name]
    for row in answer(graph, name):
        iri = row["iri"]
        assert row[mine] is None or str(row[mine]) in words(triples, iri)
        if above and row[above] is not None:
            assert str(row[above]) in words(triples, triples.value(iri, COMP.partOf))
        if "kind" in row and row["kind"] is not None:
            assert str(row["kind"]) in words(triples, triples.value(iri, RDF.type))


def words(triples: Graph, thing: Node | None) -> set[str]:
    properties = (RDFS.label, COMP.text, SKOS.notation)
    return {str(text) for item in properties for text in triples.objects(thing, item)}


def test_the_requirement_that_is_covered_comes_with_its_words(graph: KnowledgeGraph) -> None:
    triples = whole(graph)
    for row in answer(graph, "assessed-criteria"):
        assert str(row["requirement"]) in words(triples, row["covers"])
        assert str(row["element"]) == "Manage customer service performance of frontline staff"
    # What is repeated has the same words here, too; what is reworded has not.
    pairs = table(graph, "assessed-criteria", "how assessment requirement")
    assert [(how, left == right) for how, left, right in pairs] == [
        ("repeats", True),
        ("repeats", True),
        ("rewords", False),
    ]
    small = own(
        ":e a comp:ElementOfCompetency ; comp:inFramework :f ; rdfs:label 'Coach'@en ."
        ":a a comp:AssessmentCriterion ; comp:inFramework :f ; comp:assesses :e ."
    )
    assert table(small, "assessed-criteria", "requirement") == [("Coach",)]


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


# ---------------------------------------------------------------- rows are never lost


def own(triples: str) -> KnowledgeGraph:
    """A framework called F with the triples that a test needs, and no more."""
    graph = KnowledgeGraph()
    prefixes = f"@prefix : <urn:x:> . @prefix comp: <{COMP}> . @prefix rdfs: <{RDFS}> ."
    graph.parse(f"{prefixes} :f a comp:Framework ; rdfs:label 'F'@en . {triples}")
    return graph


BARE = """
<urn:f> a comp:Framework ; comp:code <urn:code> ; comp:source <urn:s> .
<urn:f> comp:legalReference <urn:law> .
<urn:u> a comp:UnitOfCompetency ; comp:inFramework <urn:f> ; comp:partOf <urn:f> .
<urn:v> a comp:Value ; comp:inFramework <urn:f> ; comp:partOf <urn:f> .
<urn:e> a comp:ElementOfCompetency ; comp:inFramework <urn:f> ; comp:partOf <urn:v> .
<urn:p> a comp:PerformanceCriterion ; comp:inFramework <urn:f> ; comp:partOf <urn:u> .
<urn:q> a comp:PerformanceCriterion ; comp:inFramework <urn:f> ; comp:partOf <urn:u> .
<urn:k> a comp:KnowledgeStatement ; comp:inFramework <urn:f> ; comp:partOf <urn:u> .
<urn:n> a comp:NegativeIndicator ; comp:inFramework <urn:f> ; comp:partOf <urn:v> .
<urn:a> a comp:AssessmentCriterion ; comp:inFramework <urn:f> ; comp:partOf <urn:u> .
<urn:a> comp:assesses <urn:q> .
<urn:l> a comp:CompetencyLevel ; comp:inFramework <urn:f> ; comp:partOf <urn:u> .
<urn:l> comp:atLevel <urn:step> .
<urn:b> a comp:PositiveIndicator ; comp:inFramework <urn:f> ; comp:partOf <urn:l> .
<urn:code> a comp:Code . <urn:s> a comp:Source . <urn:step> a comp:Level .
<urn:x> comp:notStated <urn:property> ; comp:inferred <urn:property> ; comp:doubt "?"@en .
"""


@pytest.mark.parametrize(
    ("name", "iris"),
    [
        ("assessed-criteria", "a"),
        ("codes", "f"),
        ("commitments", "e"),
        ("credits", "u"),
        ("frameworks", "f"),
        ("inferred", "x"),
        ("knowledge", "k"),
        ("legal-references", "f"),
        ("level-indicators", "b"),
        ("levels", "l"),
        ("negative-indicators", "n"),
        ("not-stated", "x"),
        ("outline", "abeklnpquv"),
        ("repairs", "x"),
        ("sources", "s"),
        ("unassessed-criteria", "p"),
    ],
)
def test_things_without_title_text_or_position_keep_their_row(name: str, iris: str) -> None:
    # duplicate-texts and search are about texts: there a thing without one has no row to lose.
    bare = KnowledgeGraph()
    bare.parse(f"@prefix comp: <{COMP}> . {BARE}")
    found = [str(row["iri"]).removeprefix("urn:") for row in answer(bare, name)]
    assert sorted(found) == sorted(iris)


@every_question
def test_a_graph_without_frameworks_gives_no_rows(name: str) -> None:
    assert len(answer(KnowledgeGraph(), name)) == 0


# ---------------------------------------------------------------- parameters


def test_a_framework_may_be_given_as_path_prefixed_name_or_iri(graph: KnowledgeGraph) -> None:
    ways = (WCC, f"id:{WCC}", f"{DEFAULT_BASE}{WCC}")
    answers = [table(graph, "kinds", "iri parts", framework=way) for way in ways]
    assert answers[0] == answers[1] == answers[2] != []


@pytest.mark.parametrize("name", [name for name in NAMES if name in PARAMETERS])
def test_a_parameter_that_names_nothing_held_gives_no_rows(
    graph: KnowledgeGraph, name: str
) -> None:
    parameter = PARAMETERS[name][0][0]
    assert len(answer(graph, name, **{parameter: "no-such-thing"})) == 0


@pytest.mark.parametrize(
    "name", [name for name in NAMES if ("framework", "iri", None) in PARAMETERS.get(name, [])]
)
def test_the_answers_for_each_framework_make_up_the_answer_for_all(
    graph: KnowledgeGraph, name: str
) -> None:
    parts = [
        row
        for at in (PWGSC, HK, PUB, NOS, WCC)
        for row in answer(graph, name, framework=at).to_dicts()
    ]
    assert parts == answer(graph, name).to_dicts()


def test_an_unknown_question_is_not_found_and_its_neighbours_are_named(
    graph: KnowledgeGraph,
) -> None:
    with pytest.raises(
        NotFound, match=r"no question negative-indicator; did you mean negative-indicators"
    ):
        run_question(graph, "negative-indicator")


def test_an_unknown_parameter_is_refused_with_those_there_are(graph: KnowledgeGraph) -> None:
    with pytest.raises(
        ParameterError, match=r"parameter colour: .*; it has: framework, rank"
    ) as caught:
        run_question(graph, "level-indicators", colour="red")
    assert caught.value.parameter == "colour"
    with pytest.raises(ParameterError, match="it has: none"):
        run_question(graph, "codes", framework=WCC)


@pytest.mark.parametrize("value", ["two", "1.5", "", "2 } #", "1e3", "0x2", "9" * 30])
def test_a_rank_that_is_no_whole_number_is_refused(graph: KnowledgeGraph, value: str) -> None:
    with pytest.raises(ParameterError, match=r"parameter rank: .* is not a whole number"):
        run_question(graph, "level-indicators", rank=value)


@pytest.mark.parametrize(
    "value",
    [
        "http://x/> } SERVICE <http://x/> { ?s ?p ?o",
        "x> }",
        "a b",
        "a\nb",
        'a"b',
        "{a}",
        "<http://x/>",
        "a\\u003e",
    ],
)
def test_an_iri_that_would_end_early_is_refused(graph: KnowledgeGraph, value: str) -> None:
    with pytest.raises(ParameterError, match=r"parameter framework: .* is not an IRI"):
        run_question(graph, "kinds", framework=value)


@pytest.mark.parametrize(
    "value",
    [
        'x" } SERVICE <http://x/> { ?s ?p ?o } #',
        "x\n} DELETE",
        'a\\"b',
        "\\",
        "'''",
        '"""',
        "VALUES ?word { UNDEF }",
        "\\1 \\g<0>",
        "\r\t\0",
    ],
)
def test_a_word_with_quotes_braces_or_newlines_changes_nothing_but_itself(
    graph: KnowledgeGraph, value: str
) -> None:
    assert literal_in(graph, find_question("search").bind(DEFAULT_BASE, word=value)) == value
    assert len(answer(graph, "search", word=value)) == 0


@given(value=st.text())
def test_any_text_stays_inside_its_literal(value: str) -> None:
    assert literal_in(EMPTY, find_question("search").bind(DEFAULT_BASE, word=value)) == value


@given(value=st.text(alphabet=st.sampled_from("ab:/#<>{}\"'\\ \n\t|^`%?é")))
def test_any_iri_is_refused_or_stays_between_its_brackets(value: str) -> None:
    question = find_question("kinds")
    try:
        bound = question.bind(DEFAULT_BASE, framework=value)
    except ParameterError:
        return
    before, after = question.text.split("UNDEF")
    assert bound.startswith(before) and bound.endswith(after)
    inside = bound[len(before) : len(bound) - len(after)]
    assert re.fullmatch(r"<[^<>\"{}|^`\\\x00-\x20]*>", inside)
    assert prepare(bound).form == "SELECT"


EMPTY = KnowledgeGraph()


def literal_in(graph: KnowledgeGraph, bound: str) -> str:
    """What stands in place of the default, read back by the engine; the rest must be as it was."""
    before, after = find_question("search").text.split('"customer"')
    assert bound.startswith(before) and bound.endswith(after)
    found = run_query(graph, f"SELECT ({bound[len(before) : len(bound) - len(after)]} AS ?x) {{}}")
    assert isinstance(found, Rows)
    return str(found[0]["x"])


def test_binding_nothing_leaves_the_query_as_it_is_written() -> None:
    for question in questions():
        assert question.bind(DEFAULT_BASE) == question.text
        assert question.text == (folder("sparql") / f"{question.name}.rq").read_text(
            encoding="utf-8"
        )


def test_questions_of_another_folder_are_read_from_there(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
    assert questions(tmp_path) == (Question("mine", "SELECT * { ?s ?p ?o }"),)
