"""Coverage: what counts, how far, at which level, in which branch, and that nothing else does."""

from __future__ import annotations

import pytest

from competency import KnowledgeGraph
from competency.graph.comparison import compare
from competency.graph.coverage import Coverage, Extent, Share, coverage, coverages, levels_of
from tests.other_engine import running
from tests.test_alignments import EX, HEAD, graph_of

LEVELS = """
ex:b a comp:Framework .
ex:scale a comp:LevelScale . ex:low a comp:Level ; comp:rank 1 ; rdfs:label "Low"@en .
ex:high a comp:Level ; comp:rank 2 ; rdfs:label "High"@en .
"""


def covered(*texts: str) -> Coverage:
    """How framework a covers framework b, whose parts that ask are 1a, 1b and 2a."""
    graph = graph_of(*texts)
    return coverage(graph.framework(EX + "a"), graph.framework(EX + "b"))


def counts(share: Share) -> tuple[int, int, int, int, int]:
    return share.total, share.full, share.part, share.touched, share.gaps


@pytest.mark.parametrize(
    ("said", "extent"),
    [
        ("ex:a1a skos:exactMatch ex:b1a .", Extent.full),
        ("ex:a1a skos:closeMatch ex:b1a .", Extent.full),
        ("ex:a1a skos:narrowMatch ex:b1a .", Extent.full),  # b1a is the narrower one
        ("ex:b1a skos:broadMatch ex:a1a .", Extent.full),
        ("ex:a1a skos:broadMatch ex:b1a .", Extent.part),  # b1a is the broader one
        ("ex:b1a skos:narrowMatch ex:a1a .", Extent.part),
        ("ex:a1a skos:relatedMatch ex:b1a .", Extent.touched),
        ("ex:a1a comp:contrasts ex:b1a .", Extent.none),
        ("ex:a1a skos:closeMatch ex:b1 .", Extent.none),  # what stands above it
        ("ex:a1a skos:closeMatch <urn:elsewhere> .", Extent.none),
    ],
)
def test_how_far_a_part_is_covered(said: str, extent: Extent) -> None:
    found = {item.part.iri: item.extent for item in covered(said).whole.parts}
    assert found == {EX + "b1a": extent, EX + "b1b": Extent.none, EX + "b2a": Extent.none}


def test_the_broader_part_covers_the_narrower_one_and_not_the_reverse() -> None:
    graph = graph_of("ex:a1a skos:narrowMatch ex:b1a .")
    found = coverages(compare(graph.framework(EX + "a"), graph.framework(EX + "b")))
    assert [item.whole.full for item in found] == [1, 0]
    assert [item.whole.part for item in found] == [0, 1]


def test_the_best_of_several_matches_says_how_far() -> None:
    found = covered("ex:a1a skos:broadMatch ex:b1a . ex:a2a skos:narrowMatch ex:b1a .")
    first = found.whole.parts[0]
    assert first.extent is Extent.full
    assert [item.subject for item in first.alignments] == [EX + "a2a", EX + "a1a"]
    assert first.relation is not None and first.relation.endswith("narrowMatch")


def test_any_match_and_close_or_better_are_counted_from_the_same_parts() -> None:
    share = covered(
        "ex:a1a skos:relatedMatch ex:b1a . ex:a2a skos:closeMatch ex:b2a ; skos:broadMatch ex:b1b ."
    ).whole
    assert counts(share) == (3, 1, 1, 1, 0)
    assert share.covered == 3
    assert [share.at_least(extent) for extent in Extent] == [1, 2, 3, 3]


def test_what_is_suggested_or_refused_covers_nothing() -> None:
    node = (
        "ex:m a comp:{} ; owl:annotatedSource ex:a1a ; owl:annotatedProperty skos:closeMatch ; "
        "owl:annotatedTarget ex:b1a ; comp:reviewStatus '{}' ."
    )
    for kind, status in (("SuggestedAlignment", "to review"), ("RefusedAlignment", "refused")):
        assert covered(node.format(kind, status)).whole.covered == 0


def test_a_part_stands_at_its_own_level_or_at_the_nearest_above() -> None:
    found = covered(
        LEVELS + "ex:b1 comp:atLevel ex:high . ex:b1b comp:atLevel ex:low . "
        "ex:a1a skos:closeMatch ex:b1a ."
    )
    # An own level wins over that of the group; 2a stands at none.
    assert [(level.title, level.rank, counts(level.share)) for level in found.levels] == [
        ("Low", 1, (1, 0, 0, 0, 1)),
        ("High", 2, (1, 1, 0, 0, 0)),
        (None, None, (1, 0, 0, 0, 1)),
    ]


def test_a_unit_gives_its_qualification_level_to_all_below_and_may_stand_at_two() -> None:
    graph = graph_of(LEVELS + "ex:b1 comp:qualificationLevel ex:low , ex:high .")
    found = levels_of(graph.framework(EX + "b"))
    assert found[EX + "b1a"] == (EX + "high", EX + "low") == found[EX + "b1"]
    assert EX + "b2a" not in found
    levels = coverage(graph.framework(EX + "a"), graph.framework(EX + "b")).levels
    assert [level.share.total for level in levels] == [2, 2, 1]


def test_a_level_that_is_not_described_has_the_end_of_its_iri_as_title() -> None:
    (level, _) = covered(
        "ex:b a comp:Framework . ex:b1 comp:atLevel <https://elsewhere.example/eqf/5> ."
    ).levels
    assert (level.title, level.rank) == ("5", None)


def test_groups_are_those_of_the_comparison() -> None:
    graph = graph_of("ex:a1a skos:closeMatch ex:b1a .")
    left, right = graph.framework(EX + "a"), graph.framework(EX + "b")
    compared = compare(left, right)
    found = coverage(left, right)
    assert [group.head.iri for group in found.groups] == [EX + "b1", EX + "b2"]
    for mine, theirs in zip(found.groups, compared.right.groups, strict=True):
        assert (mine.share.total, mine.share.covered) == (len(theirs.parts), theirs.covered)
    assert found.gaps == tuple(part for group in compared.right.groups for part in group.gaps)


def test_branches_add_up_what_stands_in_them_and_count_their_head() -> None:
    below = (
        "ex:b2a1 a comp:PositiveIndicator ; comp:inFramework ex:b ; comp:partOf ex:b2a ; "
        "comp:position 1 ; comp:text 'x'@en ."
    )
    graph = KnowledgeGraph()
    for named in graph_of("ex:a1a skos:closeMatch ex:b2a1 .").graphs():
        graph.add(named)
    graph.parse(HEAD + "ex:b a comp:Framework . " + below)
    found = coverage(graph.framework(EX + "a"), graph.framework(EX + "b"))
    assert {iri: counts(share) for iri, share in found.branches.items()} == {
        EX + "b": (4, 1, 0, 0, 3),
        EX + "b1": (2, 0, 0, 0, 2),
        EX + "b2": (2, 1, 0, 0, 1),
        EX + "b2a": (2, 1, 0, 0, 1),
    }
    # What stands below does not cover what stands above.
    assert {item.part.iri for item in found.whole.parts if item.alignments} == {EX + "b2a1"}


def test_a_tree_that_goes_in_circles_has_its_coverage() -> None:
    graph = graph_of("ex:b1 comp:partOf ex:b1a .")
    assert coverage(graph.framework(EX + "a"), graph.framework(EX + "b")).branches


def test_two_frameworks_without_alignments_are_gaps_all_through() -> None:
    found = covered()
    assert counts(found.whole) == (3, 0, 0, 0, 3) and len(found.gaps) == 3


def test_the_numbers_add_up_between_all_shipped_frameworks(shipped: KnowledgeGraph) -> None:
    for one in shipped.frameworks:
        for other in shipped.frameworks:
            if one == other:
                continue
            found = coverage(one, other)
            for shares in (
                [level.share for level in found.levels],
                [group.share for group in found.groups],
            ):
                sums = map(sum, zip(*map(counts, shares), strict=True))
                assert tuple(sums) == counts(found.whole) == counts(found.branches[other.iri])
            compared = compare(one, other).right
            assert (found.whole.covered, found.whole.total) == (compared.covered, compared.total)


def test_coverage_is_the_same_where_another_engine_holds_the_data() -> None:
    from competency.sparql import Limits
    from competency.sparql.remote import Client, Questions, RemoteGraphs, RemoteIndex

    graph = graph_of(LEVELS + "ex:b1 comp:atLevel ex:high .", "ex:a1a skos:narrowMatch ex:b1a .")
    with running() as engine:
        for named in graph.graphs():
            engine.store.bulk_extend(named.quads())
        client = Client(engine.url)
        questions = Questions(client, Limits())
        index = RemoteIndex(questions)
        there = KnowledgeGraph.over(RemoteGraphs(questions, index.learn), index)
        pairs = [(g.framework(EX + "a"), g.framework(EX + "b")) for g in (graph, there)]
        here, elsewhere = (coverage(*pair) for pair in pairs)
        client.close()
    assert [level.title for level in here.levels] == [level.title for level in elsewhere.levels]
    assert counts(here.whole) == counts(elsewhere.whole) == (3, 1, 0, 0, 2)
