"""What data state in terms of OWL, and what they cannot state at all."""

from __future__ import annotations

import logging

import pytest
from rdflib import OWL, RDF, Graph, URIRef

from competency.ontology import COMP, own_vocabulary
from competency.ontology.axioms import ontology_of
from competency.ontology.consistency import own_ontology
from competency.ontology.phrases import Phrases
from competency.ontology.statements import Statements, statements_of
from tests.reasoning.common import graph_of, rdf

EX = "https://example.org/"


def stated(turtle: str) -> Statements:
    return statements_of(graph_of(turtle).graph, own_ontology())


def told(turtle: str) -> list[str]:
    phrases = Phrases(own_vocabulary().graph, lambda node: str(node).replace(EX, ""))
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    return [phrases.fault(fault) for fault in stated(turtle).faults]


def test_titles_notes_and_dates_are_no_logic() -> None:
    found = stated("ex:a rdfs:label 'A'@en ; dcterms:issued '2020-01-01'^^xsd:date ; a comp:Note .")
    assert found.good == ((URIRef(EX + "a"), RDF.type, COMP.Note),)
    assert not found.faults


def test_what_is_said_of_classes_and_properties_is_no_statement_about_things() -> None:
    assert stated("comp:Part a ex:Thing . comp:partOf a ex:Thing .").good == ()


def test_the_nodes_of_alignments_annotate_statements_and_make_none() -> None:
    found = stated(
        "[] a comp:Alignment ; owl:annotatedSource ex:a ; owl:annotatedProperty skos:exactMatch ;"
        " owl:annotatedTarget ex:b ."
    )
    assert [triple[1] for triple in found.good] == [RDF.type]


def test_things_that_are_all_different_are_so_in_pairs() -> None:
    found = stated("[] a owl:AllDifferent ; owl:distinctMembers ( ex:a ex:b ex:c ) .")
    assert [triple[1] for triple in found.good] == [OWL.differentFrom] * 3


def test_a_blank_node_gets_a_name_and_loses_it_again() -> None:
    from competency.ontology.statements import blank_of, named

    node = next(rdf("[] a comp:Code .").subjects())
    assert isinstance(named(node), URIRef)
    assert blank_of(named(node)) == node
    assert blank_of(URIRef(EX + "a")) == URIRef(EX + "a")


WRONG = {
    "ex:a comp:partOf 'x' .": "“part of” of a is the text “x”, and has to be a thing",
    "ex:a comp:position ex:b .": "“position” of a is the thing b, and has to be a value",
    "ex:a comp:position 'x'^^xsd:integer .": "“position” of a is “x”, which is not a whole number",
    "ex:a comp:isEmpty 'yes'^^xsd:boolean .": "“is empty” of a is “yes”, which is not true or false",
    "ex:a comp:creditValue '1,5'^^xsd:decimal .": (
        "“credit value” of a is “1,5”, which is not a decimal number"
    ),
    "ex:a comp:text 'no language' .": (
        "“text” of a is “no language” (xsd:string), and has to be a text with a language"
    ),
    "ex:a comp:position '2020-01-01'^^xsd:date .": (
        "“position” of a is “2020-01-01” (xsd:date), and has to be a whole number"
    ),
}


@pytest.mark.parametrize("turtle", WRONG)
@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
def test_what_is_wrong_in_itself_is_named(turtle: str) -> None:
    assert told(turtle) == [WRONG[turtle]]
    assert stated(turtle).good == ()


@pytest.mark.parametrize(
    "turtle",
    [
        "ex:a comp:position 1 , 01 , '+1'^^xsd:integer .",
        "ex:a comp:isEmpty true , '0'^^xsd:boolean .",
        "ex:a comp:creditValue 1.5 , 3 , '.5'^^xsd:decimal .",
        "ex:a comp:text 'a'@en-GB .",
        "ex:a comp:lines '1-2' .",
        "ex:a comp:position 'x'@en .",  # known datatypes: HermiT knows
        "ex:a ex:unknown 'x'^^xsd:integer .",
    ],
)
def test_what_is_well_formed_is_left_to_hermit(turtle: str) -> None:
    assert stated(turtle).faults == ()


def test_the_datatype_of_a_broader_property_counts() -> None:
    own = ontology_of(
        rdf(
            "ex:day a owl:DatatypeProperty ; rdfs:range xsd:date ."
            "ex:first a owl:DatatypeProperty ; rdfs:subPropertyOf ex:day ."
        )
    )
    data = rdf("ex:a ex:first '2020'^^xsd:gYear . ex:b ex:first '2020-01-01'^^xsd:date .")
    found = statements_of(data, own_ontology() + own)
    assert [str(fault.statement[0]) for fault in found.faults] == [EX + "a"]
    assert found.faults[0].axiom is not None


def test_an_ontology_of_ones_own_names_classes_without_declaring_them() -> None:
    found = ontology_of(rdf("ex:Skill rdfs:subClassOf comp:Competency ."))
    assert found.classes == {URIRef(EX + "Skill"), COMP.Competency}


def test_imports_are_left_out_so_that_nothing_is_fetched() -> None:
    graph = rdf("ex:o a owl:Ontology ; owl:imports <https://example.org/other> .")
    assert ontology_of(graph).axioms == ()
    assert statements_of(graph, own_ontology()).good == ()


def test_an_empty_graph_states_nothing() -> None:
    assert statements_of(Graph(), own_ontology()) == Statements((), ())
