"""A small framework with everything that views find hard, and what tests ask of a view."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from competency import KnowledgeGraph
from competency.exchange import profile_named, view
from competency.exchange.terms import term
from competency.graph import NamedGraph
from tests.conftest import PREFIXES

EX = "https://example.org/"
SMALL = (
    PREFIXES
    + """
ex:f a comp:Framework ; rdfs:label "Bakers' skills"@en , "Compétences du boulanger"@fr ;
    dcterms:description "What bakers do."@en ; dcterms:language "en" , "fr" ;
    dcterms:publisher ex:guild ; dcterms:issued "2020"^^xsd:gYear ; dcterms:modified "2021-05-01"^^xsd:date ;
    comp:extent comp:Excerpt ; comp:source ex:book ; comp:code ex:f-code .
ex:f-code a comp:Code ; skos:notation "BK" ; comp:issuedBy ex:guild .
ex:guild a org:Organization ; rdfs:label "Guild"@en .
ex:book a comp:Source ; rdfs:label "The book"@en .
ex:scale a comp:LevelScale ; rdfs:label "Steps"@en .
ex:master a comp:Level ; rdfs:label "Master"@en ; comp:inScale ex:scale ; comp:rank 2 .
ex:novice a comp:Level ; rdfs:label "Novice"@en ; comp:inScale ex:scale ; comp:rank 1 .

ex:unit a comp:UnitOfCompetency ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 1 ;
    rdfs:label "Bake"@en , "Cuire"@fr ; comp:code ex:a-code , ex:b-code ; comp:credit ex:credit ;
    comp:qualificationLevel ex:master ; comp:page "4" ; comp:lines "1-3" ; comp:audience "Bakers"@en ;
    comp:occurrence ex:elsewhere .
ex:a-code a comp:Code ; skos:notation "X 1" ; comp:issuedBy ex:others .
ex:b-code a comp:Code ; skos:notation "BK.1" ; comp:issuedBy ex:guild .
ex:others a org:Organization ; rdfs:label "Others"@en .
ex:credit a comp:Credit ; comp:creditValue 3.50 ; comp:creditQualifier "For Reference Only"@en .
ex:elsewhere a comp:Occurrence ; rdfs:label "Bake"@en , "Baking"@en .
ex:about a comp:Descriptor ; comp:inFramework ex:f ; comp:partOf ex:unit ; comp:position 1 ;
    comp:text "To make bread of dough."@en ; comp:wording comp:Reworded .
ex:range a comp:Scope ; comp:inFramework ex:f ; comp:partOf ex:unit ; comp:position 2 ;
    rdfs:label "Range"@en ; comp:text "In bakeries."@en .

ex:list a comp:Group ; comp:inFramework ex:f ; comp:partOf ex:unit ; comp:position 3 ;
    rdfs:label "Criteria"@en ; comp:leadIn ex:lead .
ex:lead a comp:Note ; comp:inFramework ex:f ; comp:partOf ex:list ; comp:position 1 ;
    comp:text "You must be able to:"@en .
ex:knead a comp:PerformanceCriterion ; comp:inFramework ex:f ; comp:partOf ex:list ; comp:position 2 ;
    comp:enumeration "1" ; comp:text "knead by hand"@en ; comp:wording comp:Verbatim .
ex:yeast a comp:KnowledgeStatement ; comp:inFramework ex:f ; comp:partOf ex:list ; comp:position 3 ;
    comp:enumeration "2" ; comp:text "explain yeast"@en .

ex:bad a comp:Group ; comp:inFramework ex:f ; comp:partOf ex:unit ; comp:position 4 ;
    rdfs:label "Not like this"@en .
ex:burn a comp:NegativeIndicator ; comp:inFramework ex:f ; comp:partOf ex:bad ; comp:position 1 ;
    comp:text "Burns the bread."@en ; comp:contrasts ex:knead .
ex:shout a comp:NegativeIndicator ; comp:inFramework ex:f ; comp:partOf ex:unit ; comp:position 5 ;
    comp:text "Shouts at apprentices."@en , "Crie."@fr .

ex:ac a comp:Group ; comp:inFramework ex:f ; comp:partOf ex:unit ; comp:position 6 ;
    rdfs:label "Assessment"@en .
ex:ac1 a comp:AssessmentCriterion ; comp:inFramework ex:f ; comp:partOf ex:ac ; comp:position 1 ;
    comp:enumeration "1" ; comp:text "Kneads."@en ; comp:rewords ex:knead .
ex:top a comp:CompetencyLevel ; comp:inFramework ex:f ; comp:partOf ex:unit ; comp:position 7 ;
    rdfs:label "As a master"@en ; comp:atLevel ex:master ;
    skos:exactMatch <https://example.com/x> ; skos:broadMatch <https://example.com/x> .
ex:remark a comp:Note ; comp:inFramework ex:f ; comp:partOf ex:unit ; comp:position 8 ;
    rdfs:label "Remark"@en ; comp:isEmpty true .
"""
)


KINDS = st.sampled_from(
    ["Group", "Value", "Competency", "CompetencyLevel", "PositiveIndicator", "NegativeIndicator", "Indicator", "Note", "Scope", "Descriptor", "PerformanceCriterion", "AssessmentCriterion", "KnowledgeStatement", "Part", "Statement"]
)  # fmt: skip
LABELS = st.sampled_from(['"a"@en', '"b"@en', '"a"@fr', '"a"', '"a"@EN', "5"])
LINKS = st.sampled_from(
    [
        "comp:assesses",
        "comp:contrasts",
        "comp:leadIn",
        "comp:atLevel",
        "skos:exactMatch",
        "skos:broadMatch",
        "skos:narrowMatch",
        "skos:relatedMatch",
    ]
)


@st.composite
def frameworks(draw: st.DrawFn) -> str:
    """Return a framework of parts of any kinds, below each other anyhow, linked anyhow."""
    size = draw(st.integers(1, 8))
    any_part = st.integers(0, size - 1)
    rows = ["ex:f a comp:Framework ."]
    for number in range(size):
        above = draw(st.integers(-1, size - 1))
        parent = "ex:f" if above < 0 else f"ex:p{above}"
        labels = ", ".join(sorted(draw(st.sets(LABELS, min_size=1))))
        rows.append(
            f"ex:p{number} a comp:{draw(KINDS)} ; comp:inFramework ex:f ; comp:partOf {parent} ;"
            f' rdfs:label {labels} ; comp:text "text {number}."@en , {draw(LABELS)} .'
        )
    for _ in range(draw(st.integers(0, 6))):
        rows.append(f"ex:p{draw(any_part)} {draw(LINKS)} ex:p{draw(any_part)} .")
    return PREFIXES + "\n".join(rows)


def small(text: str = SMALL) -> KnowledgeGraph:
    """Return a graph of the small framework, or of another text."""
    graph = KnowledgeGraph()
    graph.parse(text)
    return graph


def seen(token: str, name: str = "f", graph: KnowledgeGraph | None = None) -> Graph:
    """Return a view of the small framework, or of a part of it, as an rdflib graph."""
    return view(graph or small(), EX + name, profile_named(token)).graph


def values(graph: Graph, name: str, predicate: str) -> list[str]:
    """Return the values of a property as strings, in order."""
    return sorted(str(value) for value in graph.objects(URIRef(EX + name), term(predicate)))


def asks(view_: NamedGraph, pattern: str) -> bool:
    """Say whether a pattern of SPARQL occurs in a view."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in view_.triples)
    prefixes = (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX schema: <https://schema.org/> "
    )
    return bool(store.query(f"{prefixes} ASK {{ {pattern} }}"))
