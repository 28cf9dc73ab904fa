"""The vocabulary: complete, in OWL 2 DL, consistent, and refusing what makes no sense."""

from __future__ import annotations

import json
import re

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from competency._files import folder
from competency.ontology import COMP, ONTOLOGY_IRI, PREFIXES, Vocabulary, check_consistency
from competency.ontology.context import context_text
from tests.conftest import PREFIXES as TURTLE_PREFIXES

VOCABULARY = Vocabulary()
GRAPH = VOCABULARY.graph


@pytest.mark.parametrize("term", VOCABULARY.terms)
def test_every_term_has_label_definition_example_and_its_place_in_the_field(term: str) -> None:
    node = URIRef(term)
    for required in (SKOS.definition, SKOS.example):
        assert len(list(GRAPH.objects(node, required))) == 1, required
    labels = [item for item in GRAPH.objects(node, RDFS.label) if isinstance(item, Literal)]
    assert sorted(str(item.language) for item in labels) == ["en", "fr"]
    nearest = list(GRAPH.objects(node, COMP.correspondsTo))
    above = [
        iri
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf)
        for iri in GRAPH.objects(node, predicate)
        if not str(iri).startswith(str(COMP))
    ]
    assert nearest or above or GRAPH.value(node, SKOS.scopeNote), "no place in the field"


def test_no_comp_term_is_used_without_being_defined() -> None:
    used = {str(term) for triple in GRAPH for term in triple if str(term).startswith(str(COMP))}
    assert used == set(VOCABULARY.terms) | {str(COMP)}  # the namespace itself is named once


def test_the_ontology_has_an_iri_a_version_iri_and_a_version() -> None:
    ontology = URIRef(ONTOLOGY_IRI)
    version = str(GRAPH.value(ontology, OWL.versionInfo))
    assert str(GRAPH.value(ontology, OWL.versionIRI)) == f"{ONTOLOGY_IRI}/{version}"


def test_every_property_is_of_exactly_one_sort_as_owl_2_dl_asks() -> None:
    sorts = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Class)
    for term in set(GRAPH.subjects(RDF.type)):
        assert sum((term, RDF.type, sort) in GRAPH for sort in sorts) <= 1, term
    builtin = (str(OWL), str(RDF), str(RDFS))
    for predicate in set(GRAPH.predicates()):
        declared = any((predicate, RDF.type, sort) in GRAPH for sort in sorts[:3])
        assert declared or str(predicate).startswith(builtin), f"{predicate} is not declared"


def test_no_number_restriction_is_on_a_transitive_property_or_one_above_it() -> None:
    transitive = set(GRAPH.subjects(RDF.type, OWL.TransitiveProperty))
    above = {
        item for start in transitive for item in GRAPH.transitive_objects(start, RDFS.subPropertyOf)
    }
    counted = {
        GRAPH.value(restriction, OWL.onProperty)
        for kind in (OWL.cardinality, OWL.maxCardinality, OWL.minCardinality)
        for restriction in GRAPH.subjects(kind)
    }
    functional = set(GRAPH.subjects(RDF.type, OWL.FunctionalProperty))
    assert not above & (counted | functional)


def test_every_prefix_iri_ends_in_a_hash_or_a_slash() -> None:
    assert all(iri.endswith(("#", "/")) for iri in PREFIXES.values())


def test_the_prefixes_of_the_ontology_file_agree_with_the_one_table() -> None:
    text = (folder("ontology") / "competency.ttl").read_text(encoding="utf-8")
    declared = dict(re.findall(r"@prefix (\w+): <([^>]+)>", text))
    assert all(PREFIXES[name] == iri for name, iri in declared.items() if name in PREFIXES)


def test_the_json_ld_context_is_current() -> None:
    file = folder("ontology") / "context.jsonld"
    assert file.read_text(encoding="utf-8") == context_text(), "run: make context"


def test_the_context_gives_every_term_its_own_iri() -> None:
    context = json.loads(context_text())["@context"]
    for term in VOCABULARY.terms:
        entry = context[term.rpartition("#")[2]]
        name = entry["@id"] if isinstance(entry, dict) else entry
        assert name == "comp:" + term.rpartition("#")[2]


def test_hermit_finds_the_ontology_consistent_with_no_empty_class() -> None:
    answer = check_consistency()
    assert answer.consistent
    assert answer.unsatisfiable == ()


def test_hermit_finds_a_small_sound_framework_consistent() -> None:
    assert check_consistency(turtle(SOUND)).consistent


SOUND = """
ex:f a comp:Framework ; comp:extent comp:Whole .
ex:u a comp:UnitOfCompetency ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 1 .
ex:c a comp:PerformanceCriterion ; comp:inFramework ex:f ; comp:partOf ex:u ; comp:position 1 ;
    comp:text "Plan ahead."@en ; comp:wording comp:Verbatim .
"""
WRONG = {
    "a statement that is both a positive and a negative indicator": "ex:s a comp:PositiveIndicator , comp:NegativeIndicator .",
    "a framework that is a part": "ex:f a comp:Framework ; comp:partOf ex:g .",
    "a negative indicator that is a competency": "ex:n a comp:NegativeIndicator , comp:Competency .",
    "a negative indicator that another vocabulary calls a competency": "ex:n a comp:NegativeIndicator , <https://purl.org/ctdlasn/terms/Competency> .",
    "a part with two positions": "ex:p comp:position 1 , 2 .",
    "a part in two frameworks": "ex:p a comp:Part ; comp:inFramework ex:f , ex:g . ex:f owl:differentFrom ex:g .",
    "two parts that are part of each other": "ex:a comp:partOf ex:b . ex:b comp:partOf ex:a .",
    "a level that is higher than itself": "ex:l comp:higherThan ex:l .",
    "a text that is both verbatim and reworded": "ex:s comp:wording comp:Verbatim , comp:Reworded .",
    "a unit that is also a level": "ex:u a comp:UnitOfCompetency , comp:Level .",
    "a credit of 'three'": 'ex:c comp:creditValue "three" .',
    "an opposite of itself": "ex:s comp:contrasts ex:s .",
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_hermit_finds_a_wrong_graph_inconsistent(wrong: str) -> None:
    assert not check_consistency(turtle(wrong)).consistent


def turtle(text: str) -> Graph:
    owl = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    return Graph().parse(data=TURTLE_PREFIXES + owl + text, format="turtle")
