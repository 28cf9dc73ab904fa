"""SKOS, our graph, and SKOS again: no difference; our graph, SKOS, and back: what is kept is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from rdflib import BNode
from rdflib.compare import to_canonical_graph
from rdflib.term import Node

from competency import KnowledgeGraph
from competency.checking.profiles import compiled_profile, subject_data
from competency.exchange.exchange import Reading
from competency.exchange.exchanges import exchange_named, recognised
from competency.exchange.imported import File
from competency.exchange.mapping import Loss
from competency.exchange.skos import read
from competency.exchange.skos.exchanging import write
from competency.exchange.terms import short, term
from competency.graph import NamedGraph
from competency.shapes import Severity, validate
from tests.exchange.frameworks import Features, frameworks, knowledge
from tests.exchange.many import NAMED, many
from tests.exchange.skos.common import (
    closed,
    differences,
    file_of,
    out,
    parsed,
    round_trip,
    schemes,
    taken_in,
    the_graph,
)
from tests.exchange.test_skos import broken

CALM = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
# What is so because the framework has nothing but notes, or a part neither title nor text nor code.
TREELESS = (
    "The concept scheme has no top concept: tools that show it as a tree have nowhere to begin."
)
NAMELESS = "The concept has no preferred label."
STEADY = Features(blank_nodes=False)


def faults(graph: NamedGraph) -> list[str]:
    return [item.message for item in validate(graph.graph).at_least(Severity.violation)]


def profile_faults(data: bytes) -> list[str]:
    held = KnowledgeGraph()
    held.parse(data)
    report = validate(subject_data(held, "skos"), shapes=compiled_profile("skos"))
    return [item.message for item in report.at_least(Severity.violation)]


# ------------------------------------------------------------------ SKOS, graph, SKOS


@settings(CALM, max_examples=5)
@given(schemes())
def test_any_scheme_comes_back_without_a_difference(data: bytes) -> None:
    assert not round_trip(data)


@settings(CALM, max_examples=2)
@given(schemes())
def test_any_scheme_becomes_a_valid_framework(data: bytes) -> None:
    assert not faults(the_graph(data))


@settings(CALM, max_examples=2)
@given(schemes())
def test_going_round_twice_changes_nothing_more(data: bytes) -> None:
    once = out(the_graph(data)).data
    assert not differences(once, out(the_graph(once)).data)


@pytest.mark.slow
@settings(CALM, max_examples=150)
@given(schemes())
def test_very_many_schemes_come_back_without_a_difference(data: bytes) -> None:
    graph = the_graph(data)
    once = out(graph).data
    assert not differences(data, once)
    assert not faults(graph)
    assert not differences(once, out(the_graph(once)).data)


# ------------------------------------------------------------------ graph, SKOS, graph


def untold(graph: NamedGraph, back: NamedGraph, losses: tuple[Loss, ...]) -> list[str]:
    """Return the triples that did not come back and that no loss tells of."""
    lost = {(loss.part, loss.property) for loss in losses}
    there = set(back.graph)
    return sorted(
        f"{subject} {short(str(prop))} {value}"
        for subject, prop, value in graph.graph
        if (subject, prop, value) not in there
        and prop != term("comp:position")
        and not {(str(subject), short(str(prop))), (str(subject), "rdf:type")} & lost
    )


def order(graph: NamedGraph) -> dict[Node, list[Node]]:
    """Return what stands below each thing, in order."""
    found: dict[Node, list[tuple[int, Node]]] = {}
    for part, above in graph.graph.subject_objects(term("comp:partOf")):
        place = graph.graph.value(part, term("comp:position"))
        found.setdefault(above, []).append((int(str(place)), part))
    return {above: [part for _, part in sorted(below)] for above, below in found.items()}


def disordered(graph: NamedGraph, back: NamedGraph, losses: tuple[Loss, ...]) -> list[str]:
    """Return below what the parts that came back are not in the order they were in."""
    lost = {loss.part for loss in losses if loss.property == "comp:position"}
    before, found = order(graph), []
    for above, below in order(back).items():
        kept = [part for part in below if str(part) not in lost]
        if str(above) not in lost and [p for p in before.get(above, []) if p in kept] != kept:
            found.append(str(above))
    return found


def there_and_back(graph: NamedGraph) -> tuple[NamedGraph, tuple[Loss, ...]]:
    written = out(graph)
    (back,) = read(file_of(written.data), Reading()).graphs
    return back, written.losses


@settings(CALM, max_examples=2)
@given(frameworks(STEADY))
def test_what_no_loss_tells_of_comes_back(graph: NamedGraph) -> None:
    back, losses = there_and_back(graph)
    assert back.name == graph.name
    assert untold(graph, back, losses) == []
    assert disordered(graph, back, losses) == []
    assert faults(back) == []


@pytest.mark.slow
def test_what_no_loss_tells_of_comes_back_from_very_many_frameworks() -> None:
    for graph in many(NAMED):
        back, losses = there_and_back(graph)
        assert untold(graph, back, losses) == []
        assert disordered(graph, back, losses) == []
        assert faults(back) == []


@settings(CALM, max_examples=4)
@given(frameworks())
def test_any_framework_becomes_a_scheme_that_our_profile_finds_nothing_wrong_with(
    graph: NamedGraph,
) -> None:
    written = out(graph)
    found = NamedGraph.of(graph.name, parsed(written.data))
    assert broken(found) == []
    told = any(loss.property == "skos:prefLabel" for loss in written.losses)
    known = {TREELESS, *([NAMELESS] if told else [])}
    assert [fault for fault in profile_faults(written.data) if fault not in known] == []


@settings(CALM, max_examples=2)
@given(frameworks(STEADY))
def test_the_same_framework_gives_the_same_bytes(graph: NamedGraph) -> None:
    turned = NamedGraph(graph.name, reversed(graph.triples))
    assert write(knowledge(graph), graph.name) == write(knowledge(turned), graph.name)


def test_the_shipped_frameworks_come_back_but_for_what_is_told(shipped: KnowledgeGraph) -> None:
    for framework in shipped.frameworks:
        before = shipped.named_graph(framework.graph_name)
        written = write(shipped, framework.iri)
        (back,) = read(file_of(written.data), Reading()).graphs
        assert written.losses
        assert untold(before, back, written.losses) == []
        assert disordered(before, back, written.losses) == []
        assert faults(back) == profile_faults(written.data) == []


def test_every_unhelpful_behaviour_comes_back_as_one(shipped: KnowledgeGraph) -> None:
    name = "https://w3id.org/competency/id/wcc-behaviours"
    (back,) = read(file_of(write(shipped, name).data), Reading()).graphs
    before = shipped.named_graph(name).graph
    negative = term("comp:NegativeIndicator")
    bad = set(before.subjects(term("rdf:type"), negative))
    assert len(bad) == 37
    assert set(back.graph.subjects(term("rdf:type"), negative)) == bad
    for part in bad:
        for prop in ("comp:text", "comp:partOf", "comp:wording"):
            assert set(back.graph.objects(part, term(prop))) == set(
                before.objects(part, term(prop))
            )


def test_nameless_codes_and_sources_come_back_too() -> None:
    graph = NamedGraph.of(
        "https://example.org/f",
        parsed("""
        ex:f a comp:Framework ; rdfs:label "F"@en ; comp:source [ a comp:Source ; rdfs:label "Book"@en ] .
        ex:f-1 a comp:Competency ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 1 ;
            rdfs:label "Bake"@en ; comp:code [ a comp:Code ; skos:notation "B 1" ; comp:notStated comp:issuedBy ] .
        """),
    )
    back, _ = there_and_back(graph)
    (code,) = back.graph.objects(None, term("comp:code"))
    assert isinstance(code, BNode)
    assert str(back.graph.value(code, term("skos:notation"))) == "B 1"
    (source,) = back.graph.objects(None, term("comp:source"))
    assert str(back.graph.value(source, term("rdfs:label"))) == "Book"


# ------------------------------------------------------------------ the real file


def kim(shared: Path) -> File:
    data = (shared / "samples" / "skos" / "kim-digcomp.ttl").read_bytes()
    return File("kim-digcomp.ttl", data, "text/turtle")


def test_a_real_file_has_twenty_six_competencies_in_two_steps(shared: Path) -> None:
    (graph,) = read(kim(shared), Reading()).graphs
    kinds = [str(kind).rpartition("#")[2] for kind in graph.graph.objects(None, term("rdf:type"))]
    assert kinds.count("Competency") == 26
    assert not {"Level", "CompetencyLevel", "Group"} & set(kinds)
    below = {str(above).rpartition("/")[2]: len(found) for above, found in order(graph).items()}
    assert below == {"digcomp": 5, "g_1": 3, "g_5": 6, "g_12": 4, "g_17": 4, "g_22": 4}


def test_a_real_file_keeps_the_order_it_has(shared: Path) -> None:
    (graph,) = read(kim(shared), Reading()).graphs
    places = {str(above).rpartition("/")[2]: below for above, below in order(graph).items()}
    names = [str(part).rpartition("/")[2] for part in places["digcomp"]]
    assert names == ["g_22", "g_17", "g_12", "g_5", "g_1"]
    names = [str(part).rpartition("/")[2] for part in places["g_5"]]
    assert names == ["g_6", "g_11", "g_10", "g_9", "g_8", "g_7"]


def test_a_real_file_comes_back_with_the_other_direction_of_its_links(shared: Path) -> None:
    file = kim(shared)
    imported = read(file, Reading())
    written = out(imported.graphs[0])
    assert not written.losses
    assert differences(file.data, written.data) == []
    gone = set(to_canonical_graph(parsed(file.data))) - set(
        to_canonical_graph(parsed(written.data))
    )
    assert not gone
    more = set(parsed(written.data)) - set(parsed(file.data))
    assert {short(str(prop)) for _, prop, _ in more} == {"skos:narrower", "skos:inScheme"}
    assert set(closed(parsed(file.data))) == set(parsed(written.data))
    assert [str(remark) for remark in imported.remarks] == [
        "kept aside: https://w3id.org/kim/digcomp/g_22: "
        "skos:definition is empty, and stays so (5 times)"
    ]


def test_a_real_file_becomes_a_valid_framework(shared: Path) -> None:
    (graph,) = read(kim(shared), Reading()).graphs
    assert faults(graph) == []
    assert profile_faults(out(graph).data) == []


def test_skos_is_recognised_and_turtle_keeps_its_suffix(shared: Path) -> None:
    found = recognised(kim(shared))
    assert found is not None and found.format.name == "skos"
    assert exchange_named("ttl").format.name == exchange_named("turtle").format.name == "turtle"
    assert exchange_named("skos", writes=True).format.name == "skos"


def test_our_own_vocabulary_is_not_taken_for_skos(shipped: KnowledgeGraph) -> None:
    for framework in shipped.frameworks:
        own = exchange_named("turtle", writes=True).write
        assert own is not None
        found = recognised(File("f.ttl", own(shipped, framework.iri).data, "text/turtle"))
        assert found is not None and found.format.name == "turtle"
        data = write(shipped, framework.iri).data
        found = recognised(File("f.ttl", data, "text/turtle"))
        assert found is not None and found.format.name == "skos"


def test_the_same_file_gives_the_same_triples(shared: Path) -> None:
    first, second = read(kim(shared), Reading()), read(kim(shared), Reading())
    assert [graph.triples for graph in first.graphs] == [graph.triples for graph in second.graphs]
    assert first.remarks == second.remarks == taken_in(kim(shared).data).remarks
