"""Random frameworks are what they are said to be: valid, of every kind, and compared honestly."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from rdflib import Literal, URIRef

from competency.graph import NamedGraph
from competency.shapes import Severity, validate
from tests.exchange.frameworks import Features, assert_same, frameworks

CALM = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@CALM
@given(frameworks())
def test_a_random_framework_conforms_to_our_shapes(graph: NamedGraph) -> None:
    found = validate(graph.graph).at_least(Severity.violation)
    assert not list(found), found.text()


@pytest.mark.parametrize("kind", ["NegativeIndicator", "CompetencyLevel", "Credit", "Alignment"])
def test_every_kind_of_thing_comes_up(kind: str) -> None:
    wanted = f"<https://w3id.org/competency/ns#{kind}>"
    asked = settings(max_examples=2000, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    find(frameworks(), lambda graph: any(str(t.object) == wanted for t in graph.triples), settings=asked)


@settings(CALM, max_examples=30)
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
