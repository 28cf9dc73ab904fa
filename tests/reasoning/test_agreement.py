"""Rules and axioms agree: what the rules give is what OWL reasoners find in the ontology.

Compared are the classes and the links of things. Where they differ on purpose is in DIFFERENCES,
each with its reason; anything else that differs is a fault of the rules.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

import owlrl  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from competency.graph.reasoning import infer
from competency.graph.store import NamedGraph, to_rdflib
from competency.ontology import COMP
from competency.ontology.axioms import Axiom, Triple, triples_of
from competency.ontology.consistency import own_ontology
from competency.ontology.explanation import world_of
from competency.ontology.hermit import Hermit
from competency.ontology.hermit import _files as hermit_files
from competency.ontology.statements import statements_of
from tests.reasoning.common import HEAD, rdf

EX = "https://example.org/"
DIFFERENCES = {
    "within": "comp:within is transitive: it is asked by path, comp:partOf+",
    "far matches": "skos:exactMatch is transitive: over several steps it is asked by path",
    "framework of a part": "no axiom of OWL 2 DL can say it where comp:inFramework has one value",
}
RICH = """
ex:f a comp:Framework .
ex:u a comp:UnitOfCompetency ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 1 ;
    comp:code ex:code ; comp:credit ex:credit ; comp:qualificationLevel ex:l2 ; comp:source ex:s .
ex:code comp:issuedBy ex:o . ex:l2 comp:higherThan ex:l1 ; comp:inScale ex:scale .
ex:g a comp:Group ; comp:inFramework ex:f ; comp:partOf ex:u ; comp:leadIn ex:lead .
ex:k a comp:KnowledgeStatement ; comp:inFramework ex:f ; comp:partOf ex:g ; comp:aspect comp:Knowing .
ex:n a comp:NegativeIndicator ; comp:inFramework ex:f ; comp:partOf ex:g ; comp:contrasts ex:p .
ex:p a comp:PositiveIndicator ; comp:inFramework ex:f ; comp:partOf ex:g ; skos:closeMatch ex:q .
ex:a a comp:AssessmentCriterion ; comp:inFramework ex:f ; comp:partOf ex:u ; comp:repeats ex:k .
ex:q skos:broadMatch ex:r ; skos:exactMatch ex:t . ex:v a comp:Value ; comp:occurrence ex:oc .
ex:m sssom:mappings ex:al . ex:al a comp:Alignment .
"""
SSSOM = "@prefix sssom: <https://w3id.org/sssom/> .\n"


def by_rules(data: Graph) -> set[Triple]:
    """Return what the rules give, and what is stated, about classes and links."""
    graph = NamedGraph.of(EX + "f", iter(data))
    found = (*graph.triples, *infer(graph).graph.triples)
    triples = {(to_rdflib(t.subject), to_rdflib(t.predicate), to_rdflib(t.object)) for t in found}
    return _looked_at(triples)


def by_owl_rl(data: Graph) -> set[Triple]:
    """Return what the rules of OWL 2 RL give."""
    graph = Graph()
    for triple in (*triples_of(_without_many(), own_ontology().declarations), *data):
        graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return _looked_at(graph)


def _without_many() -> list[Axiom]:
    """Return the axioms but for the many that say what is different, which give no triples."""
    left_out = (OWL.disjointWith, OWL.differentFrom)
    return [axiom for axiom in own_ontology().axioms if axiom.head[1] not in left_out]


def _looked_at(triples: Graph | set[Triple]) -> set[Triple]:
    """Keep classes and links of the things of the example, without the differences by name."""
    ontology = own_ontology()
    return {
        (s, p, o)
        for s, p, o in triples
        if str(s).startswith(EX)
        and (
            (p == RDF.type and o in ontology.classes)
            or (p in ontology.links and p != COMP.within and str(o).startswith(EX))
        )
    }


def test_on_a_rich_example_the_rules_give_what_owl_rl_gives() -> None:
    data = rdf(SSSOM + RICH)
    assert _nameable(by_rules(data) ^ by_owl_rl(data)) == set()


def _nameable(difference: set[Triple]) -> set[Triple]:
    """Leave out matches over several steps, and of a thing with itself: DIFFERENCES."""
    return {
        triple
        for triple in difference
        if not (triple[1] in (SKOS.exactMatch, SKOS.mappingRelation) and triple[0] == triple[2])
    }


def test_what_differs_on_purpose_differs() -> None:
    data = rdf(
        "ex:f a comp:Framework . ex:a comp:partOf ex:b . ex:b comp:partOf ex:f ."
        "ex:x skos:exactMatch ex:y . ex:y skos:exactMatch ex:z ."
    )
    ours, owl = by_rules(data), by_owl_rl(data)
    far = (URIRef(EX + "x"), SKOS.exactMatch, URIRef(EX + "z"))
    inside = (URIRef(EX + "a"), COMP.inFramework, URIRef(EX + "f"))
    assert set(DIFFERENCES) == {"within", "far matches", "framework of a part"}
    assert far in owl - ours
    assert inside in ours - owl


# ---------------------------------------------------------------------- HermiT

_TERM = r"(?:ObjectInverseOf\( )?<[^>]+>(?: \))?"
_ROW = re.compile(rf"^(\w+)\( ({_TERM}) ({_TERM}) \)$", re.M)
_LINKS = re.compile(r"^(<[^>]+>) \(known instances: (.*?) \|", re.M)
_PAIR = re.compile(r"\((<[^>]+>), (<[^>]+>)\)")


def by_hermit(data: Graph, place: Path) -> set[Triple]:
    """Return the classes and links that HermiT finds, and what follows by its own hierarchies."""
    world = world_of(statements_of(data, own_ontology()).good, own_ontology())
    (file,) = hermit_files(str(place), [world])
    command = [*Hermit(600)._command, "-c", "-O", "-I", "-Y", file.as_uri()]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    above: dict[str, set[str]] = defaultdict(set)
    types: set[tuple[str, str]] = set()
    for sort, one, other in _ROW.findall(text):
        if sort == "Type":
            types.add((one, other))
            continue
        for low, high in ((one, other), (_turned(one), _turned(other))):
            above[low].add(high)
            if sort.startswith("Equivalent"):
                above[high].add(low)
    found = {(one, str(RDF.type), name) for one, kind in types for name in _all(kind, above)}
    for property_, pairs in _LINKS.findall(text):
        for name in _all(property_, above):
            for one, other in _PAIR.findall(pairs):
                found.add((one, name, other) if name[0] == "<" else (other, _turned(name), one))
    rows = ([URIRef(term.strip("<>")) for term in row] for row in found)
    return _looked_at({(subject, predicate, value) for subject, predicate, value in rows})


def _turned(name: str) -> str:
    """Return the inverse of a property, as HermiT writes it."""
    inside = re.fullmatch(r"ObjectInverseOf\( (<[^>]+>) \)", name)
    return inside[1] if inside else f"ObjectInverseOf( {name} )"


def _all(name: str, above: dict[str, set[str]]) -> set[str]:
    found, waiting = {name}, [name]
    while waiting:
        new = above[waiting.pop()] - found
        found |= new
        waiting += new
    return found


@pytest.mark.slow
def test_on_a_rich_example_the_rules_give_what_hermit_finds(tmp_path: Path) -> None:
    data = rdf(SSSOM + RICH)
    assert _nameable(by_hermit(data, tmp_path) ^ by_rules(data)) == set()


# ---------------------------------------------------------------------- any small data

_KINDS = ("Group", "UnitOfCompetency", "ElementOfCompetency", "PositiveIndicator", "Note", "Value")
_MATCHES = ("exactMatch", "closeMatch", "relatedMatch", "broadMatch", "narrowMatch")


@st.composite
def frameworks(draw: st.DrawFn) -> str:
    """Draw a small framework in Turtle: some kinds missing, some parts without a framework."""
    number = draw(st.integers(1, 5))
    lines = ["ex:f a comp:Framework ."]
    for n in range(1, number + 1):
        said = []
        if kind := draw(st.sampled_from(("", *_KINDS))):
            said.append(f"a comp:{kind}")
        above = draw(st.integers(0, n - 1))
        said.append(f"comp:partOf ex:{f'p{above}' if above else 'f'}")
        said.append("comp:inFramework ex:f")
        if draw(st.booleans()):
            said.append(f"skos:{draw(st.sampled_from(_MATCHES))} ex:other{n}")
        if draw(st.booleans()):
            said.append(f"comp:contrasts ex:opposite{n}")
        if draw(st.booleans()):
            said.append("comp:atLevel ex:level")
        lines.append(f"ex:p{n} {' ; '.join(said)} .")
    return "\n".join(lines)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(frameworks())
def test_on_any_small_framework_rules_and_owl_rl_agree(turtle: str) -> None:
    data = Graph().parse(data=HEAD + turtle, format="turtle")
    assert _nameable(by_rules(data) ^ by_owl_rl(data)) == set()


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(frameworks())
def test_on_any_small_framework_rules_and_hermit_agree(turtle: str) -> None:
    data = Graph().parse(data=HEAD + turtle, format="turtle")
    with tempfile.TemporaryDirectory() as place:
        assert _nameable(by_hermit(data, Path(place)) ^ by_rules(data)) == set()


def test_texts_go_up_to_broader_properties_as_owl_rl_says() -> None:
    data = rdf("ex:a comp:lines '1-2' ; comp:page 'iv' .")
    graph = NamedGraph.of(EX + "f", iter(data))
    ours = {
        to_rdflib(t.object)
        for t in infer(graph).graph.triples
        if t.predicate.value == str(COMP.locator)
    }
    assert ours == {Literal("1-2"), Literal("iv")}
