"""The shipped frameworks and the documents they were read from: no opposite is ever a match."""

from __future__ import annotations

from pathlib import Path

import pytest

from competency import KnowledgeGraph
from competency.align import Options, Suggestion, suggest_all
from competency.documents import import_document
from competency.graph.alignments import all_alignments
from competency.ontology import COMP
from tests.align.common import relation

SEEDS = sorted((Path(__file__).parents[2].parent / "shared" / "seeds").glob("*.txt"))
MANY = Options(per_part=20, contrasts=True)


def imported() -> KnowledgeGraph:
    if not SEEDS:
        pytest.skip("the documents themselves are not here")
    graph = KnowledgeGraph()
    for file in SEEDS:
        graph.add(import_document(file).graph)
    return graph


@pytest.fixture(scope="module", params=["shipped", "imported"])
def held(request: pytest.FixtureRequest) -> KnowledgeGraph:
    return KnowledgeGraph.shipped() if request.param == "shipped" else imported()


@pytest.fixture(scope="module")
def found(held: KnowledgeGraph) -> tuple[Suggestion, ...]:
    return suggest_all(held, MANY)


def test_no_unhelpful_behaviour_is_offered_as_a_match_of_a_helpful_one(
    held: KnowledgeGraph, found: tuple[Suggestion, ...]
) -> None:
    unhelpful = {iri for iri, _ in held.index.of_type(str(COMP.NegativeIndicator))}
    mixed = [item for item in found if (item.subject in unhelpful) != (item.object in unhelpful)]
    assert mixed
    assert {relation(item) for item in mixed} == {"contrasts"}
    same = [item for item in found if (item.subject in unhelpful) == (item.object in unhelpful)]
    assert {relation(item) for item in same} <= {
        "closeMatch", "relatedMatch",
    }  # fmt: skip


def test_opposites_come_only_where_they_are_asked_for(held: KnowledgeGraph) -> None:
    assert "contrasts" not in {relation(item) for item in suggest_all(held)}


def test_every_suggestion_is_between_frameworks_and_has_a_reason(
    found: tuple[Suggestion, ...],
) -> None:
    assert all(item.left.framework != item.right.framework for item in found)
    assert all(item.shared and item.reasons and 0 < item.score <= 1 for item in found)


def test_most_alignments_that_people_made_are_among_the_suggestions() -> None:
    graph = KnowledgeGraph.shipped()
    offered = {frozenset((item.subject, item.object)) for item in suggest_all(graph, MANY)}
    made = [frozenset((item.subject, item.object)) for item in all_alignments(graph)]
    assert sum(pair in offered for pair in made) > len(made) * 0.6
