"""schema.org out: JSON-LD that needs no network, the same as the view, with its losses."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from competency import KnowledgeGraph
from competency.errors import NotFound
from competency.exchange import PROFILES, loss, view
from competency.exchange.exchanges import exchange_named
from competency.exchange.schema_org.exchanging import write
from competency.graph import NamedGraph
from tests.exchange.common import EX, small
from tests.exchange.frameworks import Features, frameworks, knowledge

SCHEMA = PROFILES[2]
CALM = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def nodes(data: bytes) -> dict[str, Any]:
    """Return the nodes of a document by their IRIs."""
    return {node["@id"]: node for node in json.loads(data)["@graph"]}


def triples(data: bytes) -> set[ox.Triple]:
    """Return the triples of a document; no context is fetched."""
    return {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.JSON_LD)}


def test_the_shipped_frameworks_say_what_the_view_says(shipped: KnowledgeGraph) -> None:
    for framework in shipped.frameworks:
        alone = knowledge(shipped.named_graph(framework.graph_name))
        written = write(alone, framework.iri)
        assert triples(written.data) == set(view(alone, framework.iri, SCHEMA).triples)
        assert written.losses == loss(alone, framework.iri, SCHEMA)
        assert written.losses and not written.aside


@settings(CALM, max_examples=4)
@given(frameworks(Features(blank_nodes=False)))
def test_any_framework_says_what_the_view_says_in_the_same_bytes(graph: NamedGraph) -> None:
    held = knowledge(graph)
    written = write(held, graph.name)
    assert triples(written.data) == set(view(held, graph.name, SCHEMA).triples)
    turned = NamedGraph(graph.name, reversed(graph.triples))
    assert write(knowledge(turned), graph.name) == written


def test_the_context_stands_in_the_file() -> None:
    document = json.loads(write(small(), EX + "f").data)
    assert document["@context"] == {"@vocab": "https://schema.org/"}
    assert document["@graph"][0]["@id"] == EX + "f"
    assert document["@graph"][0]["@type"] == "DefinedTermSet"


def test_nothing_unhelpful_is_in_a_set_of_what_is_asked_for() -> None:
    found = nodes(write(small(), EX + "f").data)
    assert found[EX + "burn"]["name"]["@value"] == "Unhelpful behaviour: Burns the bread."
    listed = json.dumps([found[EX + "f"], found[EX + "unit"]])
    assert EX + "burn" not in listed and EX + "shout" not in listed


def test_it_is_written_and_not_read() -> None:
    exchange = exchange_named("schema.org", writes=True)
    assert exchange.write is not None and exchange.read is None


def test_only_frameworks_are_written() -> None:
    with pytest.raises(NotFound):
        write(small(), EX + "nothing")
