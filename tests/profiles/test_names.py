"""How results name what is SKOS or CTDL-ASN: kind, code, label and place."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef

from competency import KnowledgeGraph
from competency.ontology import Vocabulary
from competency.shapes.naming import Namer
from tests.profiles.common import EX, HEAD, report_of

VOCABULARY = Vocabulary()
SKOS = """
ex:s a skos:ConceptScheme ; dcterms:title "Metals"@en .
ex:t a skos:Concept ; skos:prefLabel "Fügen"@de , "Join"@en ; skos:topConceptOf ex:s .
ex:u a skos:Concept ; skos:altLabel "Weld"@en ; skos:notation "1.2" ; skos:inScheme ex:s ;
    skos:broader ex:t ; skos:definition "To join metal by heat, so that the seam is as strong as it."@en .
ex:v a skos:Concept ; skos:prefLabel "Tack"@en . ex:u skos:narrower ex:v .
ex:o a skos:OrderedCollection ; skos:prefLabel "Order"@en .
"""
CTDL = """
ex:f a ceasn:CompetencyFramework ; ceasn:name "Abilities"@en-us .
ex:p a ceasn:Competency ; ceasn:competencyLabel "Written Expression"@en ; ceasn:codedNotation "1.A.1" ;
    ceasn:competencyText "The ability to write."@en ; ceasn:isPartOf ex:f ; ceasn:isTopChildOf ex:f .
ex:q a ceasn:Competency ; ceasn:competencyText "Spell."@en ; ceasn:isPartOf ex:f ; ceasn:isChildOf ex:p .
ex:r a ceasn:Competency ; ceasn:competencyText "Punctuate."@en . ex:p ceasn:hasChild ex:r .
ex:rubric a ceasn:Rubric ; ceasn:hasRubricCriterion ex:criterion .
ex:criterion a ceasn:RubricCriterion ; ceasn:name "State a position"@en .
"""


def namer(turtle: str) -> Namer:
    return Namer(Graph().parse(data=HEAD + turtle, format="turtle"), VOCABULARY)


@pytest.mark.parametrize(
    ("name", "kind", "code", "label", "place"),
    [
        ("s", "concept scheme", None, "Metals", ()),
        ("t", "concept", None, "Join", ("Metals",)),
        ("u", "concept", "1.2", "To join metal by heat, so that the seam is as strong as it.",
         ("Metals", "Join")),
        ("v", "concept", None, "Tack",
         ("Metals", "Join", "To join metal by heat, so that the seam is as strong as it.")),
        ("o", "collection", None, "Order", ()),
    ],
)  # fmt: skip
def test_concepts_are_named_by_label_notation_and_what_stands_above(
    name: str, kind: str, code: str | None, label: str, place: tuple[str, ...]
) -> None:
    names, node = namer(SKOS), URIRef(EX + name)
    assert (names.kind(node), names.code(node), names.label(node)) == (kind, code, label)
    assert names.place(node) == place


@pytest.mark.parametrize(
    ("name", "kind", "code", "label", "place"),
    [
        ("f", "framework", None, "Abilities", ()),
        ("p", "competency", "1.A.1", "Written Expression", ("Abilities",)),
        ("q", "competency", None, "Spell.", ("Abilities", "Written Expression")),
        ("r", "competency", None, "Punctuate.", ("Abilities", "Written Expression")),
        ("criterion", "criterion", None, "State a position", ("rubric",)),
    ],
)
def test_competencies_are_named_by_label_or_text_code_and_parent(
    name: str, kind: str, code: str | None, label: str, place: tuple[str, ...]
) -> None:
    names, node = namer(CTDL), URIRef(EX + name)
    assert (names.kind(node), names.code(node), names.label(node)) == (kind, code, label)
    assert names.place(node) == place


def test_a_circle_of_broader_concepts_has_a_place_that_ends() -> None:
    names = namer("ex:a skos:broader ex:b . ex:b skos:broader ex:a .")
    assert names.place(URIRef(EX + "a")) == ("b",)


def test_our_own_kind_is_told_where_a_view_says_it(shipped: KnowledgeGraph) -> None:
    [result] = [r for r in report_of(shipped, "skos") if r.shape.endswith("#SkosDefinitionOnce")]
    assert result.kind == "competency" and result.place == ("Client Service Competency",)


def test_a_title_in_our_own_words_counts_before_that_of_others() -> None:
    both = 'ex:a a comp:Competency , skos:Concept ; skos:prefLabel "Theirs"@en ; rdfs:label "Ours"@en .'
    names, node = namer(both), URIRef(EX + "a")
    assert (names.kind(node), names.label(node)) == ("competency", "Ours")
