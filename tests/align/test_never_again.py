"""What is decided is never suggested again, however the decision was made, kept and read back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency.align import Suggestion, decided_in
from competency.align.review import (
    REFUSED,
    TO_REVIEW,
    Decision,
    Parts,
    decide,
    decided,
    merge,
    placed,
    settled,
    states,
)
from competency.graph.sssom import MappingSet, of_graph, to_graph, write
from tests.align.common import BASE
from tests.align.deciding import DAY, both, edited, offered, read_back, work_of

ALL = offered()
TURNED = offered(turned=True)
GRAPH = both()
PARTS = Parts.of(GRAPH, [BASE + "baking", BASE + "welding"])
STATES = {"accept": "accepted", "refuse": "refused", "undo": "to review"}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(sorted(STATES)),
        st.integers(0, len(ALL) - 1),
        st.sampled_from(["program", "turned", "table", "refreshed"]),
    ),
    max_size=7,
)
Pair = tuple[str, str]


def pair(item: Suggestion) -> Pair:
    one, other = sorted((item.subject, item.object))
    return one, other


def step(work: MappingSet, verdict: str, item: Suggestion, how: str) -> MappingSet:
    """Return the table after somebody decided about one pair, in one of the ways there are."""
    if how == "table":
        ends = {item.subject, item.object}
        data = edited(
            work,
            lambda row: (
                {**row, "status": STATES[verdict]}
                if {iri(row["subject_id"]), iri(row["object_id"])} == ends
                else row
            ),
        )
        return read_back(data).reviewed(date=DAY, parts=PARTS)
    if how == "refreshed":
        work = merge(work, work_of(TURNED, turned=True))
    ends_ = (item.object, item.subject) if how == "turned" else (item.subject, item.object)
    return decide(work, [Decision(*ends_, verdict)], date=DAY, reviewer="Ada", parts=PARTS)


def iri(cell: str) -> str:
    return cell.replace("example_org:", BASE)


def kept_in_ways(work: MappingSet) -> dict[str, frozenset[Pair]]:
    """Return what is remembered of a table after each way of keeping it."""
    settled_file = read_back(write(settled(work)), "alignments.sssom.tsv").found
    graph = both()
    graph.add(*placed(work, graph))
    whole = both()
    whole.add(to_graph(work))
    return {
        "at once": decided(work),
        "in the table": decided(read_back(write(work)).found),
        "among alignments": decided(merge(settled_file, settled(work))),
        "as RDF and back": decided(of_graph(to_graph(settled(work)))),
        "published": frozenset((min(p), max(p)) for p in decided_in(graph)),
        "the table published": frozenset((min(p), max(p)) for p in decided_in(whole)),
    }


def check_nothing_decided_comes_back(steps: list[tuple[str, int, str]]) -> None:
    work, known = work_of(ALL), dict[Pair, str]()
    for verdict, number, how in steps:
        work = step(work, verdict, ALL[number], how)
        known[pair(ALL[number])] = STATES[verdict]
    expected = frozenset(key for key, state in known.items() if state != TO_REVIEW)
    ways = kept_in_ways(work)
    assert ways == dict.fromkeys(ways, expected)
    for contrasts in (True, False):
        for turned in (True, False):
            found = offered(expected, GRAPH, contrasts=contrasts, turned=turned)
            assert not {pair(item) for item in found} & expected


@settings(max_examples=8, deadline=None)
@given(steps=STEPS)
def test_after_any_decisions_no_decided_pair_is_suggested(
    steps: list[tuple[str, int, str]],
) -> None:
    check_nothing_decided_comes_back(steps)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_after_very_many_decisions_no_decided_pair_is_suggested(
    steps: list[tuple[str, int, str]],
) -> None:
    check_nothing_decided_comes_back(steps)


@settings(max_examples=6, deadline=None)
@given(steps=STEPS)
def test_a_table_that_is_refreshed_keeps_what_was_decided_and_asks_for_the_rest(
    steps: list[tuple[str, int, str]],
) -> None:
    work = work_of(ALL)
    for verdict, number, how in steps:
        work = step(work, verdict, ALL[number], how)
    again = merge(work, work_of(offered(decided(work), GRAPH)))
    assert decided(again) == decided(work)
    assert len(again.records) == len(ALL)
    assert write(merge(again, work_of(offered(decided(again), GRAPH)))) == write(again)


@pytest.mark.parametrize("turned", [False, True], ids=["same-side", "other-side"])
def test_a_refusal_counts_for_every_relation(turned: bool) -> None:
    refused = [(item.subject, item.object) for item in ALL[:3]]
    work = decide(work_of(ALL), [Decision(*ends, "refuse") for ends in refused], date=DAY)
    found = offered(decided(work), turned=turned)
    assert len(found) == len(ALL) - 3
    assert states(work).count(REFUSED) == 3
