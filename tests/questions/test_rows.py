"""The words in a row, and rows that are never lost."""

from __future__ import annotations

from collections import Counter

import pytest
from rdflib import RDF, RDFS, SKOS, Graph
from rdflib.term import Node

from competency.graph import KnowledgeGraph
from competency.ontology import COMP
from tests.questions.common import (
    answer,
    every_question,
    own,
    table,
    whole,
)

# ---------------------------------------------------------------- texts


# How many rows lack a value in which columns, counted in the documents; all others are full.
GAPS = {
    "codes": {"issuer": 1},  # HK
    "coverage": {"rank": 4 * 6},  # PUB: two levels and none; PWGSC, NOS and WCC: none
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


# ---------------------------------------------------------------- rows are never lost


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
