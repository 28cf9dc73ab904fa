"""Linksets: the alignments between frameworks in numbers, read by a shorter way than themselves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from competency import DataDirectory, KnowledgeGraph
from competency.graph.alignments import all_alignments, framework_of
from competency.graph.bare import bare_alignments
from competency.graph.linksets import count_links, linkset_rows
from competency.ontology import COMP, ONTOLOGY_IRI, PREFIXES
from tests.test_alignments import DESCRIBED, EX, HEAD, graph_of

TURNED = DESCRIBED.replace("ex:m1", "ex:m2").replace("ex:a1a", "ex:x").replace("ex:b1a", "ex:a1a")
TURNED = TURNED.replace("ex:x", "ex:b1a").replace("broadMatch", "narrowMatch")
NODE = (
    "{n} owl:annotatedSource {s} ; owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget {o}"
)
CASES = {
    "a plain match": "ex:a1a skos:closeMatch ex:b1a .",
    "the same from both ends": "ex:a1a skos:closeMatch ex:b1a . ex:b1a skos:closeMatch ex:a1a .",
    "a contrast between two": "ex:b1a comp:contrasts ex:a1b .",
    "contrasts from both ends": "ex:a1a comp:contrasts ex:b1b . ex:b1b comp:contrasts ex:a1a .",
    "a contrast within one": "ex:a1a comp:contrasts ex:a1b .",
    "a contrast within one that a node describes": NODE.format(
        n="ex:n", s="ex:a1a", o="ex:a1b"
    ).replace("skos:closeMatch", "comp:contrasts")
    + " . ex:a1a comp:contrasts ex:a1b .",
    "a contrast of a part with another framework": "ex:a1a comp:contrasts ex:b .",
    "a contrast of a part with its own framework": "ex:a1a comp:contrasts ex:a .",
    "a contrast with what is not held": "ex:a1a comp:contrasts ex:nowhere .",
    "a part that two graphs describe": "ex:a1b a comp:Note . ex:a1b comp:contrasts ex:a1a , ex:b1a .",
    "a node": DESCRIBED,
    "a node and its statement": DESCRIBED + "ex:a1a skos:broadMatch ex:b1a .",
    "two nodes from both ends, one surer": DESCRIBED + TURNED.replace("0.8", "0.9"),
    "two nodes from both ends, the other surer": DESCRIBED.replace("0.8", "0.9") + TURNED,
    "a node without a name": NODE.format(n="[]", s="ex:a1a", o="ex:b1a") + " .",
    "a denial": DESCRIBED + "ex:m1 sssom:predicate_modifier sssom:NegatedPredicate .",
    "a suggestion": DESCRIBED + "ex:m1 a comp:SuggestedAlignment .",
    "one to review": DESCRIBED + 'ex:m1 comp:reviewStatus "to review" .',
    "one that was accepted": DESCRIBED + 'ex:m1 comp:reviewStatus "accepted" .',
    "a node with two sources": DESCRIBED + "ex:m1 owl:annotatedSource ex:a2a .",
    "a node with two targets and an odd number": NODE.format(
        n="ex:n", s="ex:a1a", o="ex:b1a , ex:b1b"
    )
    + " ; sssom:confidence 0.5 , 0.75 .",
    "a part of two classes": "ex:a1b a skos:Concept . ex:a1b comp:contrasts ex:b1a .",
    "what is only of another class": "ex:c a skos:Concept . ex:c skos:closeMatch ex:b1a .",
    "a framework that is a part as well": "ex:b a comp:Note . ex:a1a comp:contrasts ex:b .",
    "a text in the place of a part": 'ex:a1a skos:closeMatch "b1a" .',
    "a node without a target": "ex:m owl:annotatedSource ex:a1a ; owl:annotatedProperty skos:exactMatch .",
}


def counts(graph: KnowledgeGraph) -> Counter[tuple[str, str, str]]:
    """Return the numbers that the linksets say, by framework, framework and relation."""
    iris = [item.iri for item in graph.summaries()]
    said: dict[object, dict[str, str]] = {}
    for subject, predicate, value in linkset_rows(
        count_links(graph), "urn:all", {iri: iri for iri in iris}
    ):
        if isinstance(subject, ox.BlankNode):
            text = value.value if isinstance(value, ox.BlankNode | ox.Literal) else value
            said.setdefault(subject, {})[predicate.removeprefix("void:")] = text
    return Counter(
        {
            (row["subjectsTarget"], row["objectsTarget"], row["linkPredicate"]): int(row["triples"])
            for row in said.values()
        }
    )


def counted(graph: KnowledgeGraph) -> Counter[tuple[str, str, str]]:
    """Return the same, of the alignments as they are read with all that is said of them."""
    found: Counter[tuple[str, str, str]] = Counter()
    known = {item.iri for item in graph.summaries()}
    for item in all_alignments(graph):
        one, other = framework_of(graph, item.subject), framework_of(graph, item.object)
        if one in known and other in known and one and other:
            found[one, other, item.predicate] += 1
    return found


@pytest.mark.parametrize("case", CASES)
def test_linksets_count_the_alignments_there_are(case: str) -> None:
    graph = graph_of(CASES[case])
    assert counts(graph) == counted(graph)


def test_all_of_them_together_are_counted_in_an_edition_as_well(tmp_path: Path) -> None:
    graph = graph_of(*CASES.values())
    assert sum(counts(graph).values()) > 3 and counts(graph) == counted(graph)
    graph.publish(tmp_path, gate=False)
    with DataDirectory(tmp_path).require() as edition:
        published = KnowledgeGraph.of(edition)
        assert counts(published) == counted(published)


def test_a_contrast_counts_between_two_frameworks_and_not_within_one() -> None:
    graph = graph_of("ex:a1a comp:contrasts ex:a1b , ex:b1b .")
    assert counts(graph) == {(EX + "a", EX + "b", str(COMP.contrasts)): 1}


@pytest.mark.parametrize("name", [EX + "f", "urn:other"])
def test_a_graph_may_hold_parts_of_a_framework_that_is_elsewhere(name: str) -> None:
    graph = graph_of()
    parts = "".join(f"<{EX}{f}p> a <{COMP.Note}> ; <{COMP.inFramework}> <{EX}{f}> . " for f in "ab")
    link = f"<{EX}ap> <{COMP.contrasts}> <{EX}bp> ."
    graph.parse(f"<{name}> {{ {parts} {link} }}", syntax="trig")
    assert counts(graph) == counted(graph) == {(EX + "a", EX + "b", str(COMP.contrasts)): 1}


def test_a_node_may_be_described_in_several_graphs() -> None:
    graph = graph_of(DESCRIBED)
    source, target = "<urn:n> owl:annotatedSource ex:a1b", "<urn:n> owl:annotatedTarget ex:b1b"
    for name, text in (("urn:one", source + " ; sssom:confidence 0.5"), ("urn:two", target)):
        relation = "<urn:n> owl:annotatedProperty skos:closeMatch ; sssom:confidence 0.5"
        graph.parse(f"{HEAD} <{name}> {{ {text} . {relation} }}", syntax="trig")
    assert counts(graph) == counted(graph) and sum(counts(graph).values()) == 2


@pytest.mark.parametrize("name", [EX + "a", EX + "b", "urn:other"])
def test_it_does_not_matter_which_graph_states_a_contrast(name: str) -> None:
    graph = graph_of()
    inside, across = "ex:a1a comp:contrasts ex:a1b .", "ex:a1b comp:contrasts ex:b1a ."
    graph.parse(f"{HEAD} <{name}> {{ {inside} {across} }}", syntax="trig")
    assert counts(graph) == counted(graph) == {(EX + "a", EX + "b", str(COMP.contrasts)): 1}


def test_a_part_that_another_graph_describes_too_is_looked_at() -> None:
    graph = graph_of()
    graph.parse(
        f"{HEAD} <urn:a> {{ ex:a1b a comp:Note ; comp:inFramework ex:c }} "
        "<urn:c> { ex:c a comp:Framework } ex:a { ex:a1a comp:contrasts ex:a1b }",
        syntax="trig",
    )
    assert counts(graph) == counted(graph)


def test_the_vocabulary_is_not_counted() -> None:
    graph = graph_of("ex:a1a skos:closeMatch ex:b1a .")
    match, name = ox.NamedNode(PREFIXES["skos"] + "closeMatch"), ox.NamedNode(ONTOLOGY_IRI)
    left, right = ox.NamedNode(EX + "a1b"), ox.NamedNode(EX + "b1b")
    graph.store.add(ox.Quad(left, match, right, name))
    assert [item.subject for item in bare_alignments(graph)] == [EX + "a1a"]


def test_what_is_only_counted_is_read_without_who_and_why() -> None:
    (item,) = bare_alignments(graph_of(DESCRIBED))
    assert (item.subject, item.object, item.confidence) == (EX + "a1a", EX + "b1a", 0.8)
    assert (item.iri, item.author, item.date, item.comments) == (None, None, None, ())


def test_the_default_graph_is_counted_too() -> None:
    graph = graph_of()
    graph.parse(HEAD + "ex:a1a comp:contrasts ex:b1b . " + DESCRIBED, syntax="trig")
    assert counts(graph) == counted(graph)
