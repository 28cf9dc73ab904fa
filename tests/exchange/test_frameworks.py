"""Random frameworks are what they are said to be: valid, of every kind, and compared honestly."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import Literal, URIRef

from competency.graph import NamedGraph
from competency.shapes import Severity, validate
from tests.exchange.frameworks import STATED, TITLED, Features, assert_same, frameworks
from tests.exchange.many import many

CALM = settings(deadline=None, suppress_health_check=list(HealthCheck))
AROUND = {"Framework", "Source", "Omission", "Code", "Credit", "Occurrence", "LegalReference",
          "LevelScale", "Level", "Alignment"}  # fmt: skip


@settings(CALM, max_examples=8)
@given(frameworks())
def test_a_random_framework_conforms_to_our_shapes(graph: NamedGraph) -> None:
    found = validate(graph.graph).at_least(Severity.violation)
    assert not [result.message for result in found]


@pytest.mark.slow
def test_everything_comes_up() -> None:
    things = (triple.object for graph in many() for triple in graph.triples)
    seen = {str(thing).strip("<>").rpartition("#")[2] for thing in things}
    assert {*TITLED, *STATED, *AROUND} <= seen


@settings(CALM, max_examples=20)
@given(frameworks(Features(blank_nodes=False, languages=False, odd_texts=False)))
def test_features_can_be_switched_off(graph: NamedGraph) -> None:
    terms = [term for t in graph.triples for term in (t.subject, t.object)]
    assert not any(str(term).startswith("_:") for term in terms)
    assert graph.languages in ((), ("en",))


def test_a_difference_is_told() -> None:
    rows = [(URIRef("urn:s"), URIRef("urn:p"), Literal("1"))]
    assert_same(NamedGraph.of("urn:g", rows), NamedGraph.of("urn:g", rows))
    with pytest.raises(AssertionError, match="urn:p"):
        assert_same(NamedGraph.of("urn:g", rows), NamedGraph.of("urn:g", []))
