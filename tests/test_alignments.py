"""Alignments: read from either end, with why and how sure, and never a denial or a wrong number."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, URIRef
from rdflib.namespace import SKOS

from competency import DataDirectory, KnowledgeGraph
from competency.graph.alignments import (
    OPPOSITE,
    RELATIONS,
    Alignment,
    alignments_of,
    all_alignments,
    between,
    framework_of,
)
from competency.graph.comparison import asks, compare
from competency.ontology import COMP, check_consistency
from competency.sparql import Limits
from competency.sparql.remote import Client, Questions, RemoteGraphs, RemoteIndex
from tests.conftest import PREFIXES
from tests.other_engine import running

EX = "https://example.org/"
BASE = "https://w3id.org/competency/id/"
HEAD = (
    PREFIXES
    + """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix pav: <http://purl.org/pav/> .
@prefix semapv: <https://w3id.org/semapv/vocab/> .
@prefix sssom: <https://w3id.org/sssom/> .
"""
)
FRAMEWORK = """
ex:{f} a comp:Framework ; rdfs:label "Framework {f}"@en .
ex:{f}1 a comp:Group ; comp:inFramework ex:{f} ; comp:partOf ex:{f} ; comp:position 1 ; rdfs:label "First"@en .
ex:{f}1a a comp:PositiveIndicator ; comp:inFramework ex:{f} ; comp:partOf ex:{f}1 ; comp:position 1 ; comp:text "Listens to customers."@en .
ex:{f}1b a comp:NegativeIndicator ; comp:inFramework ex:{f} ; comp:partOf ex:{f}1 ; comp:position 2 ; comp:text "Shouts."@en .
ex:{f}2 a comp:Group ; comp:inFramework ex:{f} ; comp:partOf ex:{f} ; comp:position 2 ; rdfs:label "Second"@en .
ex:{f}2a a comp:Competency ; comp:inFramework ex:{f} ; comp:partOf ex:{f}2 ; comp:position 1 ; rdfs:label "Plan"@en .
"""
DESCRIBED = """
ex:m1 a comp:Alignment , owl:Axiom ; owl:annotatedSource ex:a1a ; owl:annotatedProperty skos:broadMatch ;
    owl:annotatedTarget ex:b1a ; sssom:mapping_justification semapv:ManualMappingCuration ;
    sssom:confidence 0.8 ; sssom:author_label "Ada" ; pav:authoredOn "2026-01-02"^^xsd:date ;
    rdfs:comment "Parce que"@fr , "Because"@en .
"""


def graph_of(*texts: str) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    for name in "ab":
        graph.parse(HEAD + FRAMEWORK.format(f=name))
    for number, text in enumerate(texts):
        graph.parse(HEAD + text, source=f"alignments{number}.ttl")
    return graph


def ends(found: list[Alignment]) -> list[tuple[str, str, str]]:
    return [
        (
            item.subject.removeprefix(EX),
            item.predicate.rpartition("#")[2],
            item.object.removeprefix(EX),
        )
        for item in found
    ]


# ------------------------------------------------------------------ reading


def test_a_plain_statement_is_an_alignment_from_both_ends() -> None:
    graph = graph_of("ex:a1a skos:narrowMatch ex:b1a .")
    assert ends(alignments_of(graph, EX + "a1a")) == [("a1a", "narrowMatch", "b1a")]
    assert ends(alignments_of(graph, EX + "b1a")) == [("b1a", "broadMatch", "a1a")]


def test_a_node_says_why_and_how_sure_and_needs_no_plain_statement() -> None:
    for text in (DESCRIBED, DESCRIBED + "ex:a1a skos:broadMatch ex:b1a ."):
        (item,) = alignments_of(graph_of(text), EX + "a1a")
        assert (item.iri, item.confidence, item.author) == (EX + "m1", 0.8, "Ada")
        assert str(item.date) == "2026-01-02" and item.comment == item.comments[0]
        assert [text.language for text in item.comments] == ["en", "fr"]
        assert item.justification is not None
        assert item.justification.endswith("ManualMappingCuration")


def test_the_same_stated_from_both_ends_is_one_alignment() -> None:
    graph = graph_of("ex:a1a skos:closeMatch ex:b1a . ex:b1a skos:closeMatch ex:a1a .")
    assert len(alignments_of(graph, EX + "a1a")) == 1 == len(all_alignments(graph))
    graph = graph_of(DESCRIBED + "ex:b1a skos:narrowMatch ex:a1a .")
    assert [item.iri for item in all_alignments(graph)] == [EX + "m1"]


def test_of_two_nodes_about_the_same_the_surer_one_speaks() -> None:
    more = DESCRIBED.replace("ex:m1", "ex:m2").replace("0.8", "0.9")
    assert [item.iri for item in all_alignments(graph_of(DESCRIBED, more))] == [EX + "m2"]


def test_what_is_denied_is_no_alignment() -> None:
    denied = DESCRIBED + "ex:m1 sssom:predicate_modifier sssom:NegatedPredicate ."
    assert all_alignments(graph_of(denied)) == []


@pytest.mark.parametrize(
    "broken",
    [
        "ex:m a owl:Axiom ; owl:annotatedSource ex:a1a ; owl:annotatedProperty skos:closeMatch .",
        "ex:m owl:annotatedSource ex:a1a ; owl:annotatedProperty rdfs:seeAlso ; owl:annotatedTarget ex:b1a .",
        'ex:m owl:annotatedSource ex:a1a ; owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget "b" .',
        'ex:a1a skos:closeMatch "b1a" .',
        "ex:a1a skos:broader ex:b1a .",
    ],
)
def test_what_is_broken_or_something_else_is_no_alignment(broken: str) -> None:
    assert all_alignments(graph_of(broken)) == []


@pytest.mark.parametrize("number", ['"very"', "7", "-1", '"NaN"^^xsd:double', '""'])
def test_a_confidence_that_is_no_share_is_left_out(number: str) -> None:
    (item,) = all_alignments(graph_of(DESCRIBED.replace("0.8", number)))
    assert item.confidence is None


def test_a_node_without_a_name_is_read_too() -> None:
    (item,) = all_alignments(graph_of(DESCRIBED.replace("ex:m1", "_:m")))
    assert (item.iri, item.confidence) == (None, 0.8)


def test_an_end_that_is_not_held_is_allowed() -> None:
    graph = graph_of("ex:a1a skos:closeMatch <https://elsewhere.example/x> .")
    assert ends(alignments_of(graph, EX + "a1a"))[0][2] == "https://elsewhere.example/x"
    assert framework_of(graph, "https://elsewhere.example/x") is None
    assert between(graph, EX + "a", EX + "b") == []


def test_the_strongest_and_surest_comes_first() -> None:
    graph = graph_of(
        DESCRIBED + "ex:a1a skos:relatedMatch ex:b2a ; skos:closeMatch ex:b2a ; "
        "comp:contrasts ex:b1b ; skos:exactMatch ex:b2 ."
    )
    names = [name for _, name, _ in ends(alignments_of(graph, EX + "a1a"))]
    assert names == ["exactMatch", "closeMatch", "broadMatch", "relatedMatch", "contrasts"]


def test_a_contrast_within_a_framework_is_no_alignment() -> None:
    graph = graph_of("ex:a1a comp:contrasts ex:a1b , ex:b1b .")
    assert ends(all_alignments(graph)) == [("a1a", "contrasts", "b1b")]


def test_turning_twice_changes_nothing() -> None:
    for predicate in RELATIONS:
        item = Alignment("urn:a", predicate, "urn:b")
        assert item.turned().turned() == item


def test_between_two_frameworks_each_is_seen_from_the_left() -> None:
    graph = graph_of("ex:b1a skos:broadMatch ex:a1a . ex:b2a skos:closeMatch ex:c .")
    assert ends(between(graph, EX + "a", EX + "b")) == [("a1a", "narrowMatch", "b1a")]
    assert ends(between(graph, EX + "b", EX + "a")) == [("b1a", "broadMatch", "a1a")]


def test_the_framework_is_found_whatever_its_graph_is_called() -> None:
    graph = KnowledgeGraph()
    graph.parse(
        f"<urn:g> {{ <{EX}f> a <{COMP.Framework}> . "
        f"<{EX}p> a <{COMP.Note}> ; <{COMP.inFramework}> <{EX}f> . }}",
        syntax="trig",
    )
    assert framework_of(graph, EX + "p") == EX + "f" == framework_of(graph, EX + "f")


def test_a_published_edition_has_the_same_alignments(
    shipped: KnowledgeGraph, tmp_path: Path
) -> None:
    shipped.publish(tmp_path, gate=False)
    with DataDirectory(tmp_path).require() as edition:
        graph = KnowledgeGraph.of(edition)
        assert all_alignments(graph) == all_alignments(shipped)
        graph.close()


def test_another_engine_is_asked_once_for_the_alignments_of_a_part(
    shipped: KnowledgeGraph,
) -> None:
    with running() as engine:
        engine.store.extend(quad for graph in shipped.graphs() for quad in graph.quads())
        asked = Questions(Client(engine.url), Limits())
        graph = KnowledgeGraph.over(RemoteGraphs(asked), RemoteIndex(asked))
        graph.graph_names  # noqa: B018 - which graphs there are is known to a server
        before, part = len(engine.requests), BASE + "wcc-behaviours/v3/c2/b1"
        assert alignments_of(graph, part) == alignments_of(shipped, part)
        assert len(engine.requests) == before + 1
        assert all_alignments(graph) == all_alignments(shipped)
        ends = (BASE + "wcc-behaviours", BASE + "pub-cscf")
        assert between(graph, *ends) == between(shipped, *ends)


# ------------------------------------------------------------------ comparing


def test_covered_and_gaps_are_all_that_can_be_covered() -> None:
    graph = graph_of("ex:a1a skos:closeMatch ex:b1a , ex:b2a . ex:a1b comp:contrasts ex:b1a .")
    found = compare(graph.framework(EX + "a"), graph.framework(EX + "b"))
    assert (found.left.covered, found.left.total) == (1, 3)
    assert (found.right.covered, found.right.total) == (2, 3)
    assert len(found.matches) == 2 == sum(map(len, found.cells.values()))
    assert len(found.opposites) == 1
    assert list(found.cells) == [(0, 0), (0, 1)]


def test_a_match_of_a_heading_or_of_the_framework_is_still_in_the_matrix() -> None:
    graph = graph_of("ex:a skos:closeMatch ex:b1 . ex:a1 skos:relatedMatch ex:b .")
    found = compare(graph.framework(EX + "a"), graph.framework(EX + "b"))
    assert sum(map(len, found.cells.values())) == 2
    assert found.left.covered == 0 == found.right.covered


def test_two_frameworks_without_alignments_are_gaps_all_through() -> None:
    found = compare(graph_of().framework(EX + "a"), graph_of().framework(EX + "b"))
    assert found.cells == {} and found.left.covered == 0 and found.left.total == 3


def test_a_flat_framework_and_an_empty_one_can_be_compared() -> None:
    graph = KnowledgeGraph()
    for name in "fg":
        graph.parse(HEAD + f"ex:{name} a comp:Framework .")
    graph.parse(
        HEAD + "ex:f a comp:Framework . ex:p a comp:Competency ; comp:inFramework ex:f ; "
        'comp:partOf ex:f ; comp:position 1 ; rdfs:label "P"@en .'
    )
    found = compare(graph.framework(EX + "f"), graph.framework(EX + "g"))
    assert (found.left.total, len(found.left.groups), found.right.total) == (1, 1, 0)


def test_a_tree_that_goes_in_circles_can_be_compared() -> None:
    graph = graph_of("ex:a1 comp:partOf ex:a1a .")
    assert compare(graph.framework(EX + "a"), graph.framework(EX + "b")).left.total >= 1


# ------------------------------------------------------------------ the shipped alignments


def test_the_shipped_alignments_are_between_frameworks_and_none_claims_sameness(
    shipped: KnowledgeGraph,
) -> None:
    found = all_alignments(shipped)
    matches = [item for item in found if not item.is_opposite]
    assert (len(matches), len(found)) == (111, 130)
    for item in found:
        one, other = framework_of(shipped, item.subject), framework_of(shipped, item.object)
        assert one and other and one != other, item
        assert item.predicate != str(SKOS.exactMatch)
        assert item.iri and item.confidence and item.author and item.date and item.comment
        assert item.comment.language == "en" and str(item.comment).endswith(".")


def test_every_two_shipped_frameworks_have_something_in_common(shipped: KnowledgeGraph) -> None:
    names = [item.iri for item in shipped.frameworks]
    for place, left in enumerate(names):
        for right in names[place + 1 :]:
            assert between(shipped, left, right), (left, right)


def test_no_shipped_match_is_of_a_heading_or_crosses_helpful_and_unhelpful(
    shipped: KnowledgeGraph,
) -> None:
    for item in all_alignments(shipped):
        left, right = (shipped.resource(iri) for iri in (item.subject, item.object))
        negative = [str(COMP.NegativeIndicator) in end.types for end in (left, right)]
        assert negative[0] != negative[1] if item.is_opposite else not any(negative), item
        for end in (left, right):
            assert asks(end), end  # type: ignore[arg-type]


def test_knowledge_and_conduct_are_at_most_related(shipped: KnowledgeGraph) -> None:
    for item in all_alignments(shipped):
        knowing = []
        for iri in (item.subject, item.object):
            end = shipped.resource(iri)
            is_knowledge = str(COMP.KnowledgeStatement) in end.types
            knowing.append(is_knowledge or end.value("aspect") == COMP.Knowing)
        if knowing[0] != knowing[1]:
            assert item.predicate in (str(SKOS.relatedMatch), OPPOSITE), item


def test_the_shipped_set_names_each_alignment_and_each_is_stated_plainly(
    shipped: KnowledgeGraph,
) -> None:
    graph = shipped.named_graph(shipped.base + "alignments").graph
    nodes = set(graph.subjects(RDF.type, OWL.Axiom))
    listed = set(graph.objects(None, URIRef("https://w3id.org/sssom/mappings")))
    assert nodes == listed == set(graph.subjects(RDF.type, COMP.Alignment))
    for node in nodes:
        ends = (graph.value(node, OWL[f"annotated{e}"]) for e in ("Source", "Property", "Target"))
        assert list(graph.triples(tuple(ends)))  # type: ignore[arg-type]
    assert len(all_alignments(shipped)) == len(nodes)


def test_the_shipped_alignments_conform_on_their_own(shipped: KnowledgeGraph) -> None:
    alone = KnowledgeGraph()
    alone.add(shipped.named_graph(shipped.base + "alignments"))
    assert [str(result) for result in alone.validate()] == []


@pytest.mark.slow
def test_hermit_finds_all_that_is_shipped_consistent(shipped: KnowledgeGraph) -> None:
    assert check_consistency(shipped.merged()).consistent
