"""Where a contradiction seems to be, and how it is said; no reasoner is asked here."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from competency.ontology import COMP, own_vocabulary
from competency.ontology.axioms import ontology_of, relevant
from competency.ontology.clashes import Schema, clashes
from competency.ontology.consistency import own_ontology
from competency.ontology.phrases import Phrases
from competency.ontology.statements import statements_of
from tests.reasoning.common import rdf

EX = "https://example.org/"
PHRASES = Phrases(own_vocabulary().graph, lambda node: str(node).replace(EX, ""))
SCHEMA = Schema(own_ontology().axioms)

SAID = {
    "ex:s a comp:PositiveIndicator , comp:NegativeIndicator .": [
        "s is a negative indicator and a positive indicator, and nothing can be both"
    ],
    "ex:f a comp:Framework ; comp:enumeration '1' .": [
        "f is a framework and a part (it has “enumeration”), and nothing can be both"
    ],
    "ex:a comp:atLevel ex:l . ex:l a comp:Credit .": [
        "l is a credit and a level (it is “at level” of a), and nothing can be both"
    ],
    "ex:n a comp:NegativeIndicator , <https://purl.org/ctdlasn/terms/Competency> .": [
        "n is a ceasn:Competency and a negative indicator, and nothing can be both"
    ],
    "ex:p comp:position 1 , 2 .": ["p has two values of “position”, “1” and “2”, and may have one"],
    "ex:p comp:inFramework ex:f , ex:g . ex:f owl:differentFrom ex:g .": [
        "p has two values of “in framework”, f and g, and may have one"
    ],
    "ex:p a comp:CompetencyLevel ; comp:atLevel ex:l , ex:m . ex:l owl:differentFrom ex:m .": [
        "p has two values of “at level”, l and m, and may have one"
    ],
    "ex:s comp:wording comp:Verbatim , comp:Reworded .": [
        "s has two values of “wording of the text”, reworded and verbatim, and may have one"
    ],
    "ex:s comp:contrasts ex:s .": ["s has “contrasts with” to itself, which nothing can have"],
    "ex:l comp:higherThan ex:l .": ["l has “higher than” to itself, which nothing can have"],
    "ex:a comp:partOf ex:b . ex:b comp:partOf ex:a .": [
        "a has “part of” to b and the other way round; it goes one way"
    ],
    "ex:c comp:creditValue 'three' .": [
        "c has “three” as “credit value”, which has to be a decimal number"
    ],
    "ex:c comp:lines '1'@en .": [
        "c has “1” as “locator”, which has to be a text without a language",
        "c has “1” as “lines”, which has to be a text without a language",
    ],
}
SOUND = [
    "ex:p comp:inFramework ex:f , ex:g .",  # two names may be of one thing
    "ex:p comp:position 1 , 01 .",
    "ex:p comp:position '1'^^xsd:nonNegativeInteger . ex:c comp:creditValue 3 .",
    "ex:p comp:hasPart ex:a , ex:b ; a comp:Group .",
    "ex:a comp:partOf ex:b . ex:b comp:partOf ex:c . ex:c comp:partOf ex:a .",
]


def said(turtle: str) -> list[str]:
    statements = statements_of(rdf(turtle), own_ontology()).good
    return [PHRASES.clash(clash, statements, SCHEMA) for clash in clashes(statements, SCHEMA)]


@pytest.mark.parametrize("turtle", SAID)
def test_a_contradiction_of_a_common_kind_is_seen_and_said(turtle: str) -> None:
    assert set(SAID[turtle]) <= set(said(turtle))


@pytest.mark.parametrize("turtle", SOUND)
def test_what_may_be_true_is_not_suspected(turtle: str) -> None:
    assert said(turtle) == []


def test_every_axiom_of_ours_can_be_said_in_words() -> None:
    sentences = [PHRASES.axiom(axiom) for axiom in own_ontology().axioms]
    assert len(sentences) > 300
    assert not [item for item in sentences if "://" in item or "rdf" in item or " " not in item]


WORDS = {
    "ex:Skill rdfs:subClassOf comp:Competency .": "every Skill is a competency",
    "ex:Skill rdfs:subClassOf [ a owl:Class ; owl:complementOf comp:Note ] .": (
        "every Skill is not a note"
    ),
    "ex:Skill rdfs:subClassOf [ owl:onProperty comp:code ; owl:minCardinality 1 ] .": (
        "every Skill has at least 1 value of “code”"
    ),
    "ex:Skill rdfs:subClassOf [ owl:onProperty comp:atLevel ; owl:someValuesFrom comp:Level ] .": (
        "every Skill has a value of “at level” that is a level"
    ),
    "ex:Skill rdfs:subClassOf [ owl:onProperty comp:hasPart ; owl:allValuesFrom comp:Note ] .": (
        "every Skill has only values of “has part” that are each a note"
    ),
    "ex:Skill rdfs:subClassOf [ owl:onProperty comp:aspect ; owl:hasValue comp:Doing ] .": (
        "every Skill has doing as “aspect”"
    ),
    "ex:Skill owl:equivalentClass [ a owl:Class ; owl:unionOf ( comp:Note comp:Scope ) ] .": (
        "being a Skill is being a note or a scope"
    ),
    "ex:Skill owl:disjointWith comp:Note .": "nothing is both a Skill and a note",
    "ex:uses a owl:InverseFunctionalProperty .": "no two things have the same value of “uses”",
    "ex:uses rdfs:range xsd:date .": "whatever is “uses” of something is a date",
    "ex:uses rdfs:subPropertyOf comp:code .": "whatever has “uses” has it as “code” too",
}


@pytest.mark.parametrize("turtle", WORDS)
def test_an_axiom_of_an_ontology_of_ones_own_is_said_in_words(turtle: str) -> None:
    (axiom,) = ontology_of(rdf(turtle)).axioms
    assert PHRASES.axiom(axiom) == WORDS[turtle]


def test_an_ontology_of_ones_own_has_its_own_labels() -> None:
    labels = own_vocabulary().graph + rdf("ex:S rdfs:label 'habit'@en , 'habitude'@fr .")
    assert Phrases(labels, str).a(URIRef(EX + "S")) == "a habit"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("unit", "a unit"),
        ("aspect", "an aspect"),
        ("umbrella", "an umbrella"),
        ("habit", "a habit"),
    ],
)
def test_the_article_is_the_one_that_people_say(label: str, said: str) -> None:
    labels = Graph().parse(data=f'<urn:x> <{RDFS.label}> "{label}"@en .')
    assert Phrases(labels, str).a(URIRef("urn:x")) == said


def test_only_axioms_that_matter_to_some_names_are_taken_along() -> None:
    few = relevant(own_ontology().axioms, [COMP.NegativeIndicator, COMP.Competency])
    heads = {axiom.head for axiom in few}
    assert (COMP.Indicator, RDFS.subClassOf, COMP.Statement) in heads
    assert any({axiom.head[0], axiom.head[2]} == {COMP.Competency, COMP.Statement} for axiom in few)
    assert not any(axiom.head[1] in (RDFS.domain, RDFS.range) for axiom in few)
    assert len(few) < 20


def test_the_schema_reads_a_restriction_to_one_value() -> None:
    assert COMP.atLevel in SCHEMA.single_in[COMP.CompetencyLevel]
    assert COMP.partOf in SCHEMA.characters[OWL.FunctionalProperty]
    assert COMP.Part in SCHEMA.above(COMP.NegativeIndicator)


def test_types_are_seen_through_inverses_and_broader_properties() -> None:
    triple = (URIRef(EX + "a"), COMP.repeats, URIRef(EX + "b"))
    assert (triple[0], COMP.assesses, triple[2]) in set(SCHEMA.links(triple))
    assert (triple[0], RDF.type, COMP.Part) not in set(SCHEMA.links(triple))
