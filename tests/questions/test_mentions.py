"""Law, codes and words: which parts mention what."""

from __future__ import annotations

from collections import Counter

from competency.graph import KnowledgeGraph
from tests.questions.common import (
    CSCF,
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
