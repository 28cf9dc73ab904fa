"""Chains of alignments: never more than follows, the same from either end, and at a bounded cost."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency import KnowledgeGraph
from competency.graph.alignments import OPPOSITE, Alignment
from competency.graph.asking import asked_elsewhere
from competency.graph.closure import Chain, chains_between, concluded, reached
from competency.graph.neighbours import Neighbours
from competency.ontology import PREFIXES
from tests.test_alignments import EX, graph_of

SKOS = PREFIXES["skos"]
SHORT = {
    "e": "exactMatch",
    "c": "closeMatch",
    "b": "broadMatch",
    "n": "narrowMatch",
    "r": "relatedMatch",
}
NAMES = {letter: SKOS + name for letter, name in SHORT.items()} | {"x": OPPOSITE}
LETTERS = {name: letter for letter, name in NAMES.items()}
TURNED = str.maketrans("bn", "nb")


def follows(letters: str) -> str | None:
    found = concluded(NAMES[letter] for letter in letters)
    return found and LETTERS[found]


@pytest.mark.parametrize(
    ("steps", "relation"),
    [
        ("e", "e"), ("ee", "e"), ("eee", "e"), ("ec", "c"), ("ce", "c"), ("ebe", "b"), ("en", "n"),
        ("re", "r"), ("xe", "x"), ("ex", "x"),
        ("cc", "r"), ("ccc", "r"), ("cb", "r"), ("bc", "r"), ("cn", "r"), ("cr", "r"), ("rc", "r"),
        ("bb", "b"), ("bbb", "b"), ("nn", "n"), ("nb", "r"), ("rb", "r"), ("nr", "r"), ("nrb", "r"),
        ("bn", None), ("bcn", None), ("br", None), ("rn", None), ("rr", None), ("bcr", None),
        ("xx", None), ("xc", None), ("cx", None), ("xr", None), ("bx", None), ("exex", None),
    ],
)  # fmt: skip
def test_what_follows_from_relations_end_to_end(steps: str, relation: str | None) -> None:
    assert follows(steps) == relation


few = settings(deadline=None, max_examples=60)
ways = st.text("ecbnrx", min_size=1, max_size=6)


@given(ways)
def test_sameness_follows_only_where_every_step_is_exact(way: str) -> None:
    assert (follows(way) == "e") == (set(way) == {"e"})


@given(ways)
def test_two_steps_that_are_close_are_never_close_nor_the_same(way: str) -> None:
    if way.count("c") > 1:
        assert follows(way) in ("r", None)


@given(ways)
def test_the_same_follows_from_the_other_end(way: str) -> None:
    found = follows(way)
    assert follows(way[::-1].translate(TURNED)) == (found and found.translate(TURNED))


@given(ways, ways)
def test_nothing_that_follows_from_a_piece_is_weaker_than_what_follows_from_the_whole(
    one: str, other: str
) -> None:
    if follows(one) is None or follows(other) is None:
        assert follows(one + other) is None


def test_nothing_follows_from_no_step_but_sameness_with_itself() -> None:
    assert follows("") == "e"


# ------------------------------------------------------------------ networks of alignments

edges = st.lists(
    st.tuples(
        st.integers(0, 7), st.sampled_from("ecbnrx"), st.integers(0, 7),
        st.one_of(st.none(), st.integers(1, 4).map(lambda part: part / 4)),
    ).filter(lambda edge: edge[0] != edge[2]),
    max_size=14,
)  # fmt: skip
Edge = tuple[int, str, int, float | None]


def home(part: int) -> str:
    """Eight parts in four frameworks, two in each."""
    return f"urn:f{part // 2}"


def network(found: Iterable[Edge], size: int = 8) -> Neighbours:
    known = [
        Alignment(f"urn:{one}", NAMES[letter], f"urn:{other}", confidence=sure)
        for one, letter, other, sure in found
    ]
    near = Neighbours(KnowledgeGraph(), known)
    for part in range(size):
        near.learn(home(part), [f"urn:{part}"])
    return near


def told(chains: Iterable[Chain]) -> set[tuple[str, str, str, int, float | None]]:
    return {
        (c.subject, c.relation, c.object, c.length, c.confidence and round(c.confidence, 9))
        for c in chains
    }


def every_chain(near: Neighbours, longest: int = 3) -> list[Chain]:
    return [c for part in range(8) for c in reached(near, f"urn:{part}", longest).chains]


@few
@given(edges)
def test_a_chain_is_of_stated_steps_end_to_end_and_says_what_follows_from_them(
    found: list[Edge],
) -> None:
    near = network(found)
    for chain in every_chain(near):
        assert concluded(step.predicate for step in chain.steps) == chain.relation
        for one, after in zip(chain.steps, chain.steps[1:], strict=False):
            assert one.object == after.subject
        assert all(step in near.of(step.subject) for step in chain.steps)
        assert chain.length <= 3
        if chain.relation == NAMES["e"]:
            assert {step.predicate for step in chain.steps} == {NAMES["e"]}


@few
@given(edges)
def test_no_chain_ties_two_parts_of_one_framework(found: list[Edge]) -> None:
    for chain in every_chain(network(found)):
        one, other = (int(end.removeprefix("urn:")) for end in (chain.subject, chain.object))
        assert home(one) != home(other)


@few
@given(edges)
def test_the_same_chains_are_found_from_either_end(found: list[Edge]) -> None:
    chains = every_chain(network(found))
    assert told(chains) == told(chain.turned() for chain in chains)


@few
@given(edges, st.randoms(use_true_random=False))
def test_the_order_and_direction_of_statements_change_nothing(
    found: list[Edge], chance: random.Random
) -> None:
    mixed = [
        (other, letter.translate(TURNED), one, sure)
        if chance.random() < 0.5
        else (one, letter, other, sure)
        for one, letter, other, sure in chance.sample(found, len(found))
    ]
    assert every_chain(network(found)) == every_chain(network(mixed))


@few
@given(edges)
def test_the_strongest_that_follows_is_found_whatever_ways_there_are(found: list[Edge]) -> None:
    near = network(found)
    for start in range(8):
        expected: dict[str, tuple[bool, int, int]] = {}
        for way in walks(near, f"urn:{start}"):
            relation = concluded(step.predicate for step in way)
            end = way[-1].object
            if relation and near.framework(end) != home(start):
                key = len(way) > 1, rank(relation), len(way)
                expected[end] = min(key, expected.get(end, key))
        chains = reached(near, f"urn:{start}").chains
        assert {c.object: (c.length > 1, rank(c.relation), c.length) for c in chains} == expected


def rank(relation: str) -> int:
    """Broader and narrower are as strong as each other."""
    return "ecbnrx".replace("n", "b").index(LETTERS[relation].replace("n", "b"))


def walks(near: Neighbours, start: str, longest: int = 3) -> Iterable[tuple[Alignment, ...]]:
    """Every walk, by brute force."""
    layer: list[tuple[Alignment, ...]] = [()]
    for _ in range(longest):
        layer = [
            (*way, item) for way in layer for item in near.of(way[-1].object if way else start)
        ]
        yield from layer


@few
@given(edges)
def test_longer_chains_add_ends_and_take_none_away(found: list[Edge]) -> None:
    near = network(found)
    for part in range(8):
        ends = [{c.object for c in reached(near, f"urn:{part}", n).chains} for n in (1, 2, 3)]
        assert ends[0] <= ends[1] <= ends[2]


def test_how_sure_a_chain_is_is_the_product_and_unknown_where_a_step_is() -> None:
    sure = reached(network([(0, "e", 2, 0.5), (2, "c", 4, 0.8)]), "urn:0").chains[1]
    assert sure.confidence == pytest.approx(0.4)
    unknown = reached(network([(0, "e", 2, 0.5), (2, "c", 4, None)]), "urn:0").chains[1]
    assert unknown.confidence is None


def test_of_two_ways_that_say_the_same_the_surer_one_is_given() -> None:
    found = [(0, "c", 2, 0.5), (2, "e", 6, 0.5), (0, "c", 4, 0.9), (4, "e", 6, 0.9)]
    (chain,) = (c for c in reached(network(found), "urn:0").chains if c.object == "urn:6")
    assert chain.through == ("urn:4",)


def test_what_is_stated_stands_even_where_more_would_follow() -> None:
    near = network([(0, "r", 4, None), (0, "e", 2, None), (2, "e", 4, None)])
    assert {c.object: LETTERS[c.relation] for c in reached(near, "urn:0").chains} == {
        "urn:2": "e", "urn:4": "r",
    }  # fmt: skip


def test_circles_end() -> None:
    near = network([(0, "c", 2, None), (2, "c", 4, None), (4, "c", 0, None)])
    assert [c.length for c in reached(near, "urn:0", 50).chains] == [1, 1]


# ------------------------------------------------------------------ what it costs


@pytest.mark.parametrize("letters", ["e", "ec", "ecbnrx"])
def test_a_clique_of_hundreds_costs_its_alignments_and_not_its_ways(letters: str) -> None:
    size = 120  # 1.7 million ways of three steps from each part
    found = [
        (one, letters[(one + other) % len(letters)], other, 0.5)
        for one in range(size) for other in range(one)
    ]  # fmt: skip
    near = network(found, size)
    got = reached(near, "urn:0")
    assert len(got.chains) == size - 2  # all but itself and the other part of its framework
    states = 1 if letters == "e" else 7  # what steps may come to, and whether they led away
    assert got.steps <= 3 * states * 2 * len(found)
    assert got.whole


@pytest.mark.slow
def test_a_clique_of_five_hundred_ends() -> None:
    found = [
        (one, "ec"[(one + other) % 2], other, 0.5) for one in range(500) for other in range(one)
    ]
    assert len(reached(network(found, 500), "urn:0").chains) == 498


def test_no_more_parts_are_asked_about_than_wanted_and_that_is_said() -> None:
    found = [(0, "c", other, None) for other in range(2, 100)]
    near = network([*found, *((one, "c", one + 2, None) for one in range(2, 98))], 100)
    near.looks = 0
    got = reached(near, "urn:0", most=10)
    assert not got.whole and got.steps < 98 + 10 * 10
    assert reached(near, "urn:0", most=1_000).whole


def test_looking_asks_only_about_what_is_within_reach(shipped: KnowledgeGraph) -> None:
    near = Neighbours(shipped)
    chains = reached(near, shipped.iri("pub-cscf/c06"), 2).chains
    assert near.looks == 1 + sum(chain.length == 1 for chain in chains)


# ------------------------------------------------------------------ what is not held


def test_an_end_that_is_not_held_may_lie_between_and_be_the_end() -> None:
    graph = graph_of("ex:a1a skos:exactMatch <urn:hub> . ex:b1a skos:closeMatch <urn:hub> .")
    chains = chains_between(graph, EX + "a", EX + "b")
    assert [(c.through, LETTERS[c.relation]) for c in chains] == [(("urn:hub",), "c")]
    assert [c.object for c in reached(graph, EX + "a1a").chains] == ["urn:hub", EX + "b1a"]


def test_nothing_follows_between_two_that_are_not_held() -> None:
    graph = graph_of("ex:a1a skos:exactMatch <urn:one> , <urn:two> .")
    assert [c.object for c in reached(graph, "urn:one").chains] == [EX + "a1a"]


def test_who_else_asks_is_told_by_framework_and_opposites_are_apart() -> None:
    graph = graph_of(
        "ex:a1a skos:closeMatch ex:b1a ; comp:contrasts ex:b1b ; skos:relatedMatch <urn:x> ."
    )
    found = asked_elsewhere(graph, EX + "a1a")
    assert [row.framework for row in found.asking] == [EX + "b", None]
    assert [c.object for c in found.asking[0].matches] == [EX + "b1a"]
    assert [c.object for c in found.asking[0].opposites] == [EX + "b1b"]
    assert (found.count, found.reachable, found.whole) == (1, 1, True)


def test_a_framework_that_only_has_the_opposite_does_not_ask_for_it() -> None:
    found = asked_elsewhere(graph_of("ex:a1a comp:contrasts ex:b1b ."), EX + "a1a")
    assert len(found.asking) == 1 and found.count == 0 == found.reachable


def test_a_chain_turned_twice_is_the_chain(shipped: KnowledgeGraph) -> None:
    for one, other in permutations(shipped.frameworks[:3], 2):
        for chain in chains_between(shipped, one.iri, other.iri):
            assert chain.turned().turned() == chain


def test_the_chains_between_shipped_frameworks_are_the_same_both_ways(
    shipped: KnowledgeGraph,
) -> None:
    names = [framework.iri for framework in shipped.frameworks]
    for one, other in product(names[:1], names[1:]):
        there = told(chains_between(shipped, one, other))
        back = told(chain.turned() for chain in chains_between(shipped, other, one))
        assert there == back


def test_a_confidence_is_no_part_of_what_follows() -> None:
    sure = Alignment("urn:0", NAMES["c"], "urn:2", confidence=1.0)
    assert concluded([sure.predicate, replace(sure, confidence=1.0).predicate]) == NAMES["r"]
