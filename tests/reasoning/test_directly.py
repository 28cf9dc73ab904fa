"""What publishing works out on sets is what the rules give, for whatever a graph states."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest

from competency import KnowledgeGraph
from competency.graph import NamedGraph
from competency.graph.reasoning import following, infer, inferred_name
from competency.graph.store import OX_FORMATS
from tests.conftest import PREFIXES

AXIOMS = """
ex:near a owl:SymmetricProperty . ex:inside a owl:TransitiveProperty ; owl:inverseOf ex:around .
ex:above rdfs:subPropertyOf ex:near ; rdfs:domain ex:High ; rdfs:range ex:Low .
ex:High rdfs:subClassOf ex:Place , owl:Thing . ex:Place owl:equivalentClass ex:Spot .
ex:size owl:equivalentProperty ex:extent . ex:kind rdfs:subPropertyOf rdf:type .
ex:kind rdfs:range ex:Kind . ex:part rdfs:subPropertyOf comp:partOf .
"""
STATED = """
<urn:a> ex:above <urn:b>, _:c . _:c ex:inside <urn:a> ; ex:kind ex:High . <urn:b> a ex:Spot .
<urn:a> ex:size 01, 1.50, "1.5"^^xsd:decimal, "x"@en ; ex:extent 1 ; ex:near "no thing" .
<urn:p> comp:partOf <urn:q> . <urn:q> ex:part <urn:f> . <urn:f> a comp:Framework .
<urn:r> comp:partOf <urn:f>, <urn:g> . <urn:g> a comp:Framework . <urn:s> comp:partOf <urn:s> .
<urn:t> comp:partOf <urn:u> . <urn:u> comp:inFramework <urn:g>, <urn:g> . <urn:v> ex:part "v" .
"""


def made(text: str) -> NamedGraph:
    graph = KnowledgeGraph()
    names = ("rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>", "ex: <urn:ex:>",
             "owl: <http://www.w3.org/2002/07/owl#>", "xsd: <http://www.w3.org/2001/XMLSchema#>")  # fmt: skip
    graph.parse(PREFIXES + "".join(f"@prefix {name} .\n" for name in names) + text)
    return NamedGraph("urn:g", [t for named in graph.graphs() for t in named.triples])


def follows_from(graph: NamedGraph) -> NamedGraph:
    syntax = OX_FORMATS["ntriples"]
    data = following(ox.serialize(graph.triples, format=syntax) or b"")
    found = ox.parse(data, format=syntax)
    return NamedGraph(inferred_name(graph.name), (quad.triple for quad in found))


def test_for_the_shipped_frameworks_both_say_the_same() -> None:
    for graph in KnowledgeGraph.shipped().graphs():
        assert follows_from(graph).triples == infer(graph).graph.triples


def test_for_axioms_of_ones_own_odd_literals_and_odd_trees_both_say_the_same() -> None:
    graph = made(AXIOMS + STATED)
    found = follows_from(graph)
    assert found.triples == infer(graph).graph.triples and len(found.triples) > 30


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_stated_both_say_the_same(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    lines = [line.strip() + " ." for line in (AXIOMS + STATED).split(" .") if line.strip()]
    things, names = ("<urn:a>", "<urn:f>", "<urn:p>", "_:c"), ("ex:part", "comp:inFramework", "a")
    for _ in range(12):
        ends = chance.choice(things), chance.choice(things)
        lines.append(f"{ends[0]} {chance.choice(names)} {ends[1]} .")
    graph = made("\n".join(chance.sample(lines, k=20)))
    assert follows_from(graph).triples == infer(graph).graph.triples
