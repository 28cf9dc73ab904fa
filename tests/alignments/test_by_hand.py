"""Coverage, gaps, chains and who else asks, against the answers worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from competency import KnowledgeGraph
from competency.graph.asking import asked_elsewhere
from competency.graph.closure import concluded, reached
from competency.graph.comparison import compare
from competency.graph.coverage import Extent, Share, coverage
from competency.graph.crosswalks import crosswalk
from competency.ontology import COMP, PREFIXES
from competency.sparql import Rows, run_question
from tests.alignments.by_hand import ASKING, COVERED, Covered, Numbers
from tests.alignments.by_hand_chains import ALONE, CHAINS, WHO_ELSE, WITHIN_TWO, Asked, Chain

BASE = "https://w3id.org/competency/id/"
WORDS = {
    "close to": "closeMatch",
    "narrower than": "broadMatch",
    "broader than": "narrowMatch",
    "related to": "relatedMatch",
    "the opposite of": "contrasts",
}
every_pair = pytest.mark.parametrize(
    ("pair", "hand"), COVERED.items(), ids=[f"{by}-covers-{of}" for by, of in COVERED]
)
every_part = pytest.mark.parametrize(("part", "hand"), WHO_ELSE.items(), ids=list(WHO_ELSE))
every_chain = pytest.mark.parametrize("hand", CHAINS, ids=lambda chain: "-".join(chain.steps))


def paths(text: str) -> list[str]:
    """Read ``v1/c1: . b3`` as v1/c1 and v1/c1/b3, and a line without a colon as it stands."""
    found = []
    for line in text.strip().splitlines():
        above, colon, ends = line.strip().partition(":")
        found += [above if end == "." else f"{above}/{end}" for end in ends.split() or "."]
        assert bool(colon) == bool(ends), line
    return found


def short(iris: Iterable[str], framework: str) -> list[str]:
    return [iri.removeprefix(f"{BASE}{framework}/") for iri in iris]


def local(predicate: str) -> str:
    return predicate.rpartition("#")[2]


def full(name: str) -> str:
    return str(COMP[name]) if name == "contrasts" else PREFIXES["skos"] + name


def numbers(share: Share) -> Numbers:
    return share.covered, share.at_least(Extent.part), share.total


def rows(graph: KnowledgeGraph, name: str, **iris: str) -> list[dict[str, object]]:
    found = run_question(graph, name, **{key: BASE + iri for key, iri in iris.items()})
    assert isinstance(found, Rows)
    return found.to_dicts()


# ------------------------------------------------------------------ the answers themselves


@every_pair
def test_the_answers_add_up(pair: tuple[str, str], hand: Covered) -> None:
    covered = [*paths(hand.full), *paths(hand.part), *paths(hand.touched)]
    every = [*covered, *paths(hand.gaps)]
    assert len(every) == len(set(every)) == hand.total == ASKING[pair[1]]
    close = len(paths(hand.full)) + len(paths(hand.part))
    for found in (hand.groups, hand.levels):
        sums = [sum(column) for column in zip(*found.values(), strict=True)]
        assert sums == [len(covered), close, hand.total]


# ------------------------------------------------------------------ coverage and gaps


@every_pair
def test_coverage_is_what_was_worked_out(
    shipped: KnowledgeGraph, pair: tuple[str, str], hand: Covered
) -> None:
    found = coverage(shipped.framework(pair[0]), shipped.framework(pair[1]))
    assert found.whole.total == hand.total
    for extent, text in (
        (Extent.full, hand.full),
        (Extent.part, hand.part),
        (Extent.touched, hand.touched),
        (Extent.none, hand.gaps),
    ):
        iris = [item.part.iri for item in found.whole.of_extent(extent)]
        assert sorted(short(iris, pair[1])) == sorted(paths(text)), extent
    heads = {"" if group.head.iri == BASE + pair[1] else group.head.iri for group in found.groups}
    assert set(short(heads, pair[1])) == set(hand.groups)
    for group in found.groups:
        path = short([group.head.iri], pair[1])[0]
        assert numbers(group.share) == hand.groups["" if "://" in path else path]
    levels = {short([level.iri or ""], pair[1])[0]: numbers(level.share) for level in found.levels}
    assert levels == hand.levels


@every_pair
def test_the_comparison_has_the_same_gaps(
    shipped: KnowledgeGraph, pair: tuple[str, str], hand: Covered
) -> None:
    side = compare(shipped.framework(pair[0]), shipped.framework(pair[1])).right
    gaps = [part.iri for group in side.groups for part in group.gaps]
    assert sorted(short(gaps, pair[1])) == sorted(paths(hand.gaps))
    assert side.total == hand.total


@every_pair
def test_the_question_of_gaps_gives_the_same(
    shipped: KnowledgeGraph, pair: tuple[str, str], hand: Covered
) -> None:
    found = [str(row["iri"]) for row in rows(shipped, "gaps", by=pair[0], of=pair[1])]
    assert sorted(short(found, pair[1])) == sorted(paths(hand.gaps))


@every_pair
def test_the_question_of_coverage_gives_the_same(
    shipped: KnowledgeGraph, pair: tuple[str, str], hand: Covered
) -> None:
    found = rows(shipped, "coverage", by=pair[0], of=pair[1])
    sums = [sum(int(str(row[name])) for row in found) for name in ("full", "part", "touched")]
    assert sums == [len(paths(text)) for text in (hand.full, hand.part, hand.touched)]
    levels = {}
    for row in found:
        path = short([str(row["iri"])], pair[1])[0]
        close = int(str(row["full"])) + int(str(row["part"]))
        told = (close + int(str(row["touched"])), close, int(str(row["parts"])))
        levels["" if "://" in path else path] = told
    assert levels == hand.levels


def test_what_nobody_else_asks_for_is_what_was_worked_out(shipped: KnowledgeGraph) -> None:
    names = [framework.iri.removeprefix(BASE) for framework in shipped.frameworks]
    for name, text in ALONE.items():
        table = crosswalk(shipped, names)
        gaps = [row.part.iri for row in table.gaps(names.index(name))]
        assert sorted(short(gaps, name)) == sorted(paths(text)), name


# ------------------------------------------------------------------ who else asks, and chains


@every_part
def test_who_else_asks_is_what_was_worked_out(
    shipped: KnowledgeGraph, part: str, hand: Asked
) -> None:
    found = asked_elsewhere(shipped, BASE + part, longest=1)
    matches = [chain for row in found.asking for chain in row.matches]
    opposites = [chain.object for row in found.asking for chain in row.opposites]
    assert found.count == hand.frameworks
    assert {c.object.removeprefix(BASE): local(c.relation) for c in matches} == hand.matches
    assert sorted(iri.removeprefix(BASE) for iri in opposites) == sorted(hand.opposites)


@every_part
def test_the_question_of_who_else_asks_gives_the_same(
    shipped: KnowledgeGraph, part: str, hand: Asked
) -> None:
    found = rows(shipped, "who-else", part=part)
    told = {str(r["iri"]).removeprefix(BASE): WORDS[str(r["relation"])] for r in found}
    assert told == hand.matches


@every_chain
def test_what_follows_from_a_chain_is_what_was_worked_out(
    shipped: KnowledgeGraph, hand: Chain
) -> None:
    for one, step, other in zip(hand.parts, hand.steps, hand.parts[1:], strict=False):
        near = {chain.object: chain.relation for chain in reached(shipped, BASE + one, 1).chains}
        assert near[BASE + other] == full(step)
    follows = concluded(map(full, hand.steps))
    assert (local(follows) if follows else None) == hand.conclusion
    ends = {c.object: local(c.relation) for c in reached(shipped, BASE + hand.parts[0], 2).chains}
    assert ends.get(BASE + hand.parts[-1]) == hand.conclusion


@pytest.mark.parametrize(("part", "hand"), WITHIN_TWO.items(), ids=list(WITHIN_TWO))
def test_all_that_is_reached_in_two_steps_is_what_was_worked_out(
    shipped: KnowledgeGraph, part: str, hand: dict[str, tuple[str, int]]
) -> None:
    chains = reached(shipped, BASE + part, 2).chains
    found = {c.object.removeprefix(BASE): (local(c.relation), c.length) for c in chains}
    assert found == hand


@pytest.mark.parametrize(("part", "hand"), WITHIN_TWO.items(), ids=list(WITHIN_TWO))
def test_the_question_of_chains_gives_the_same(
    shipped: KnowledgeGraph, part: str, hand: dict[str, tuple[str, int]]
) -> None:
    found = {
        str(row["iri"]).removeprefix(BASE): (WORDS[str(row["relation"])], int(str(row["steps"])))
        for row in rows(shipped, "chains", part=part)
        if int(str(row["steps"])) <= 2
    }
    # That question is of matches; opposites have one of their own.
    matches = {iri: told for iri, told in hand.items() if told[0] != "contrasts"}
    assert found == matches
    opposites = [
        str(row["there"]) for row in rows(shipped, "opposites") if row["iri"] == BASE + part
    ]
    assert {iri.removeprefix(BASE) for iri in opposites} == hand.keys() - matches.keys()
