"""The formats that lose nothing: any framework goes there and comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from competency.exchange.rdf import EXCHANGES as RDF
from competency.graph import NamedGraph
from tests.exchange.case.test_round_trip import CALM
from tests.exchange.fidelity import there_and_back
from tests.exchange.frameworks import assert_same, frameworks
from tests.exchange.many import many

SYNTAXES = [row.format.name for row in RDF]
LOSSLESS = [*SYNTAXES, "case", "xlsx"]  # of those two, very many larger ones in their own folders


def comes_back(graph: NamedGraph, name: str) -> None:
    out, after = there_and_back(graph, name)
    assert out.losses == ()
    assert_same(graph, after)


@pytest.mark.parametrize("name", LOSSLESS)
@settings(CALM, max_examples=2)
@given(graph=frameworks())
def test_a_framework_comes_back_as_it_was(name: str, graph: NamedGraph) -> None:
    comes_back(graph, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", SYNTAXES)
def test_very_many_frameworks_come_back_as_they_were(name: str) -> None:
    for graph in many()[:60]:
        comes_back(graph, name)
