"""The named questions about alignments say what the library says, and nothing that does not count."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from competency import KnowledgeGraph
from competency.exchange.crosswalk_tables import WORDS
from competency.graph.alignments import OPPOSITE, all_alignments, between, framework_of
from competency.graph.asking import asked_elsewhere
from competency.graph.closure import reached
from competency.graph.coverage import coverage
from competency.graph.neighbours import Neighbours
from competency.ontology import PREFIXES
from competency.sparql import Rows, find_question, run_question
from tests.test_alignments import EX, HEAD, graph_of

SKOS = PREFIXES["skos"]
SHIPPED = ("hkqf-111334L3", "nos-pss-spo109", "pub-cscf", "pwgsc-client-service", "wcc-behaviours")
MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
ASKED = ("alignments", "chains", "coverage", "crosswalk", "gaps", "opposites", "who-else")
every_pair = pytest.mark.parametrize(
    ("one", "other"), [*permutations(SHIPPED, 2)], ids=lambda name: str(name)[:4]
)
NODE = """
ex:m a comp:{kind} ; owl:annotatedSource ex:a1a ; owl:annotatedProperty skos:closeMatch ;
    owl:annotatedTarget ex:b1a ; comp:reviewStatus "{status}" ; sssom:similarity_score 0.4 ;
    sssom:match_string "listen" ; rdfs:comment "Both listen."@en .
"""


def rows(graph: KnowledgeGraph, name: str, **values: str) -> list[dict[str, object]]:
    found = run_question(graph, name, **values)
    assert isinstance(found, Rows)
    return found.to_dicts()


def relation(row: dict[str, object]) -> str:
    return next(name for name, words in WORDS.items() if words == row["relation"])


# ------------------------------------------------------------------ all that is shipped


@every_pair
def test_coverage_is_that_of_the_library(shipped: KnowledgeGraph, one: str, other: str) -> None:
    found = coverage(shipped.framework(one), shipped.framework(other))
    columns = ("parts", "full", "part", "touched", "none", "rank")
    asked = {
        row["iri"]: tuple(row[name] for name in columns)
        for row in rows(shipped, "coverage", of=other, by=one)
    }
    assert asked == {
        level.iri or found.covered.iri: (
            level.share.total,
            level.share.full,
            level.share.part,
            level.share.touched,
            level.share.gaps,
            level.rank,
        )
        for level in found.levels
    }


@every_pair
def test_gaps_are_those_of_the_library(shipped: KnowledgeGraph, one: str, other: str) -> None:
    found = coverage(shipped.framework(one), shipped.framework(other))
    asked = [row["iri"] for row in rows(shipped, "gaps", of=other, by=one)]
    assert len(asked) == len(set(asked))
    assert set(asked) == {part.iri for part in found.gaps}


@every_pair
def test_pairs_of_a_crosswalk_are_those_of_the_library(
    shipped: KnowledgeGraph, one: str, other: str
) -> None:
    asked = [
        (row["iri"], relation(row), row["there"], row["sure"])
        for row in rows(shipped, "crosswalk", left=one, right=other)
    ]
    found = between(shipped, shipped.iri(one), shipped.iri(other))
    assert sorted(asked) == sorted(
        (item.subject, item.predicate, item.object, item.confidence)
        for item in found
        if not item.is_opposite
    )


def test_chains_are_those_of_the_library(shipped: KnowledgeGraph) -> None:
    assert chains_asked(shipped) == chains_found(shipped)


def chains_asked(graph: KnowledgeGraph) -> set[tuple[object, ...]]:
    return {(r["this"], relation(r), r["steps"], r["iri"]) for r in rows(graph, "chains")}


def chains_found(graph: KnowledgeGraph) -> set[tuple[object, ...]]:
    near = Neighbours(graph)
    parts = (part.iri for framework in graph.frameworks for part in framework.walk())
    return {
        (chain.subject, chain.relation, chain.length, chain.object)
        for part in parts
        for chain in reached(near, part).chains
        if not chain.is_opposite
    }


def test_who_else_asks_is_what_the_library_says(shipped: KnowledgeGraph) -> None:
    asked: dict[object, set[object]] = {}
    for row in rows(shipped, "who-else"):
        asked.setdefault(row["this"], set()).add((row["iri"], relation(row)))
    parts = [part.iri for framework in shipped.frameworks for part in framework.walk()]
    assert set(asked) <= set(parts)
    for iri in parts:
        found = asked_elsewhere(shipped, iri, longest=1)
        chains = {(c.object, c.relation) for row in found.asking for c in row.matches}
        assert asked.get(iri, set()) == chains


def test_opposites_are_those_of_the_library_seen_from_both_ends(shipped: KnowledgeGraph) -> None:
    asked = sorted((row["iri"], row["there"]) for row in rows(shipped, "opposites"))
    found = [item for item in all_alignments(shipped) if item.is_opposite]
    both = [*found, *(item.turned() for item in found)]
    assert asked == sorted((item.subject, item.object) for item in both)


def test_all_alignments_are_there_with_why_and_how_sure(shipped: KnowledgeGraph) -> None:
    asked = {
        row["iri"]: (relation(row), row["sure"], row["why"], row["by"])
        for row in rows(shipped, "alignments")
    }
    assert asked == {
        item.iri: (item.predicate, item.confidence, str(item.comment), item.author)
        for item in all_alignments(shipped)
    }


def test_alignments_of_a_framework_are_those_with_an_end_in_it(shipped: KnowledgeGraph) -> None:
    for name in SHIPPED:
        iri = shipped.iri(name)
        expected = {
            item.iri
            for item in all_alignments(shipped)
            if iri in (framework_of(shipped, item.subject), framework_of(shipped, item.object))
        }
        assert {row["iri"] for row in rows(shipped, "alignments", of=name)} == expected


# ------------------------------------------------------------------ what does not count


@pytest.mark.parametrize(
    ("kind", "status", "question"),
    [("SuggestedAlignment", "to review", "to-review"), ("RefusedAlignment", "refused", "refused")],
)
def test_what_is_suggested_or_refused_is_asked_for_by_itself_and_never_counted(
    kind: str, status: str, question: str
) -> None:
    graph = graph_of(NODE.format(kind=kind, status=status))
    assert [row["iri"] for row in rows(graph, question)] == [EX + "m"]
    (other,) = {"to-review", "refused"} - {question}
    assert rows(graph, other) == []
    for name in ("alignments", "chains", "crosswalk", "opposites", "unheld", "who-else"):
        assert rows(graph, name) == []
    assert {row["full"] for row in rows(graph, "coverage")} == {0}
    assert len(rows(graph, "gaps")) == 6


def test_a_suggestion_comes_with_its_words_and_a_denial_of_sssom_is_a_refusal() -> None:
    (row,) = rows(graph_of(NODE.format(kind="SuggestedAlignment", status="to review")), "to-review")
    assert (row["words"], str(row["alike"]), row["relation"]) == ("listen", "0.4", "close to")
    two = NODE.format(kind="SuggestedAlignment", status="to review").replace(
        '"listen"', '"listen", "ask"'
    )
    assert [row["words"] for row in rows(graph_of(two), "to-review")] == ["ask, listen"]
    denied = NODE.replace('comp:reviewStatus "{status}"', "sssom:predicate_modifier 'Not'")
    graph = graph_of(denied.replace("comp:{kind}", "owl:Axiom"))
    assert [row["why"] for row in rows(graph, "refused")] == ["Both listen."]


def test_opposites_cover_nothing_and_nobody_asks_for_them() -> None:
    graph = graph_of("ex:a1a comp:contrasts ex:b1b .")
    assert len(rows(graph, "opposites")) == 2 and len(rows(graph, "gaps")) == 6
    assert rows(graph, "who-else") == [] == rows(graph, "chains")


def test_a_contrast_within_a_framework_is_no_alignment() -> None:
    graph = graph_of("ex:a1a comp:contrasts ex:a1b .")
    assert rows(graph, "opposites") == [] == rows(graph, "alignments")


def test_what_leads_to_something_that_is_not_held_is_told() -> None:
    graph = graph_of(
        "ex:a1a skos:broadMatch <urn:x> ; skos:closeMatch ex:b1a . <urn:y> skos:closeMatch ex:b1a ."
    )
    found = [(row["iri"], row["relation"], row["there"]) for row in rows(graph, "unheld")]
    assert found == [
        (EX + "a1a", "narrower than", "urn:x"),
        (EX + "b1a", "close to", "urn:y"),
    ]


def test_two_frameworks_without_a_match_are_all_gaps_and_not_left_out() -> None:
    graph = graph_of()
    (row,) = rows(graph, "coverage", of=EX + "a", by=EX + "b")
    assert (row["parts"], row["none"], row["level"]) == (3, 3, "no level")
    assert len(rows(graph, "gaps", of=EX + "a", by=EX + "b")) == 3


# ------------------------------------------------------------------ made networks


@pytest.mark.parametrize("seed", range(8))
def test_chains_of_a_made_network_are_those_of_the_library(seed: int) -> None:
    graph = made(seed)
    assert chains_asked(graph) == chains_found(graph)


@pytest.mark.parametrize("seed", range(4))
def test_coverage_of_a_made_network_is_that_of_the_library(seed: int) -> None:
    graph = made(seed)
    for one, other in permutations(graph.frameworks, 2):
        share = coverage(one, other).whole
        (row,) = rows(graph, "coverage", of=other.iri, by=one.iri)
        assert (row["full"], row["part"], row["touched"], row["none"]) == (
            share.full,
            share.part,
            share.touched,
            share.gaps,
        )


def made(seed: int) -> KnowledgeGraph:
    """Four frameworks of two parts, and as many alignments as parts, no two of one pair."""
    chance = random.Random(seed)  # noqa: S311 - the same at every run
    graph = KnowledgeGraph()
    for name in "fghi":
        parts = " ".join(
            f"ex:{name}{n} a comp:Competency ; comp:inFramework ex:{name} ; comp:partOf ex:{name} ; "
            f'comp:position {n} ; comp:text "{name}{n}"@en .'
            for n in (1, 2)
        )
        graph.parse(f'{HEAD} ex:{name} a comp:Framework ; rdfs:label "{name}"@en . {parts}')
    pairs = [
        (f"{a}{m}", f"{b}{n}")
        for a, b in ("fg", "gh", "hi", "fi", "gi")
        for m in (1, 2)
        for n in (1, 2)
    ]
    said = [
        f"ex:{one} {'comp:contrasts' if chance.random() < 0.1 else 'skos:' + chance.choice(MATCHES)} ex:{other} ."
        for one, other in chance.sample(pairs, 9)
    ]
    graph.parse(HEAD + " ".join(said), source="said.ttl")
    return graph


def test_chains_from_one_part_of_a_thick_net_are_answered() -> None:
    graph = KnowledgeGraph()
    names = [f"n{n}" for n in range(60)]  # 200,000 ways of three steps from each
    for name in names:
        graph.parse(
            f"{HEAD} ex:{name} a comp:Framework . ex:{name}p a comp:Competency ; "
            f"comp:inFramework ex:{name} ; comp:partOf ex:{name} ."
        )
    said = (
        f"ex:{one}p skos:closeMatch ex:{other}p ."
        for one in names
        for other in names
        if one < other
    )
    graph.parse(HEAD + " ".join(said), source="said.ttl")
    found = rows(graph, "chains", part=EX + "n0p")
    assert len(found) == 59 and {row["steps"] for row in found} == {1}


@pytest.mark.parametrize("name", ASKED)
def test_no_question_walks_alignments_without_end(name: str) -> None:
    text = find_question(name).text
    assert all(f"{match}+" not in text and f"{match}*" not in text for match in MATCHES)
    assert OPPOSITE.rpartition("#")[2] + "+" not in text
