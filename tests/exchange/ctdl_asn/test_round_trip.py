"""CTDL-ASN, our graph, and CTDL-ASN again: nothing is gone that is not told to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from rdflib import BNode
from rdflib.term import Node

from competency import KnowledgeGraph
from competency.exchange.ctdl_asn import write
from competency.exchange.ctdl_asn.context import compact
from competency.exchange.exchange import Exported
from competency.exchange.imported import File
from competency.exchange.terms import Row, short
from competency.graph import NamedGraph
from tests.exchange.ctdl_asn.common import (
    Json,
    differences,
    faults,
    file_of,
    taken_in,
    the_graph,
    triples,
    written,
)
from tests.exchange.ctdl_asn.documents import documents
from tests.exchange.ctdl_asn.test_reading import SAMPLES, sample
from tests.exchange.frameworks import frameworks, knowledge
from tests.exchange.many import many

# A document is a large value: it is not made smaller for hours where a test fails.
CALM = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
_MADE_UP = ("ceterms:ctid", "ceasn:inLanguage")
# What is not the same in a real file that was in and out; remarks or losses tell each.
EXPECTED = {
    "Blackboard_Essay_Evaluation.json": {
        "gone": {"ceasn:benchmarkText": 4},
        "come": {"ceasn:benchmarkText": 2, "ceasn:description": 1, "ceasn:inLanguage": 2,
                 "ceasn:name": 1, "ceterms:ctid": 6, "rdf:type": 1},
    },
    "ConnectingCredentials.json": {"gone": {"ceasn:hasChild": 2, "ceasn:isChildOf": 2}, "come": {}},
    "ConnectingCredentials.ttl": {
        "gone": {"ceasn:hasChild": 2, "ceasn:isChildOf": 2},
        "come": {"ceasn:hasTopChild": 2, "ceasn:isTopChildOf": 2, "ceterms:ctid": 92},
    },
    "ConnectingCredentialsLevels.json": {"gone": {}, "come": {"ceasn:inLanguage": 1}},
    "SampleCompetencyFramework_with_Envelope.json": {"gone": {}, "come": {"ceasn:inLanguage": 13}},
    "onet-abilities.json": {"gone": {}, "come": {"ceasn:inLanguage": 71}},
}  # fmt: skip
_TOLD = {
    "ceasn:isChildOf": "it is written isTopChildOf",
    "ceasn:hasChild": "it is written isTopChildOf",
    "ceasn:isTopChildOf": "it is written isTopChildOf",
    "ceasn:hasTopChild": "it is written isTopChildOf",
    "ceasn:name": "the file describes no framework",
    "rdf:type": "the file describes no framework",
}


def counted(rows: Iterable[Row]) -> dict[str, int]:
    """Return how many triples there are of each property."""
    return dict(Counter(compact(str(row[1])) for row in rows))


# ------------------------------------------------------------------ files


@pytest.mark.parametrize("name", SAMPLES)
def test_a_real_file_goes_out_as_it_came_but_for_what_is_told(shared: Path, name: str) -> None:
    data = sample(shared, name)
    imported = taken_in(data, name)
    out = written(imported.graphs[0])
    gone, come = differences(triples(File(name, data, "")), triples(File(name, out.data, "")))
    assert counted(gone) == EXPECTED[name]["gone"] and counted(come) == EXPECTED[name]["come"]
    remarks = "\n".join(map(str, imported.remarks))
    lost = {loss.property for loss in out.losses}
    for prop in {*counted(gone), *counted(come)}:
        assert prop in lost or _TOLD[prop] in remarks


@settings(CALM, max_examples=5)
@given(documents())
def test_any_document_goes_out_as_it_came(document: Json) -> None:
    _goes_round(document)


@pytest.mark.slow
@settings(CALM, max_examples=150)
@given(documents(12))
def test_very_many_documents_go_out_as_they_came(document: Json) -> None:
    _goes_round(document)


def _goes_round(document: Json) -> None:
    found = the_graph(document)
    assert not faults(found)
    out = written(found)
    gone, come = differences(triples(file_of(document)), triples(file_of(out.data)))
    assert not gone
    assert {compact(str(row[1])) for row in come} <= set(_MADE_UP)
    assert {loss.property for loss in out.losses} <= set(_MADE_UP)


# ------------------------------------------------------------------ frameworks of ours


@settings(CALM, max_examples=3)
@given(frameworks())
def test_what_of_any_framework_does_not_come_back_is_told(graph: NamedGraph) -> None:
    _comes_back(graph)


@pytest.mark.slow
def test_what_of_very_many_frameworks_does_not_come_back_is_told() -> None:
    for graph in many():
        _comes_back(graph)
        shuffled = NamedGraph(graph.name, reversed(graph.triples))
        assert write(knowledge(graph), graph.name) == write(knowledge(shuffled), graph.name)


def _comes_back(graph: NamedGraph) -> None:
    out = written(graph)
    back = the_graph(out.data)
    assert back.name == graph.name and not faults(back)
    missing = [row for row in set(graph.graph) - set(back.graph) if not _is_named_anew(row)]
    assert not list(_untold(missing, out))
    assert _notations(graph, out) <= _notations(back, out)


def _untold(rows: Sequence[tuple[Node, ...]], out: Exported) -> Iterable[tuple[Node, ...]]:
    lost = {(loss.part, loss.property) for loss in out.losses}
    folded = {loss.part for loss in out.losses if loss.property == "rdf:type"}
    for subject, prop, value in rows:
        name = short(str(prop))
        is_told = str(subject) in folded or (str(subject), name) in lost
        # A part whose parent has no place here stands under the next, in the same order.
        moved = name == "comp:position" or (name == "comp:partOf" and str(value) in folded)
        if not is_told and not moved:
            yield subject, prop, value


_AROUND = {"Code", "Occurrence", "Credit", "LegalReference", "Organization", "Omission", "Source"}


def _is_named_anew(row: tuple[Node, ...]) -> bool:
    """Say whether a row is of a blank node, or of a thing that has another IRI or none then."""
    subject, prop, value = row
    is_class = short(str(prop)) == "rdf:type" and str(value).rpartition("#")[2] in _AROUND
    is_code = short(str(prop)) in ("comp:code", "skos:notation")
    return isinstance(subject, BNode) or isinstance(value, BNode) or is_class or is_code


def _notations(graph: NamedGraph, out: Exported) -> set[tuple[str, str]]:
    """Return the codes of parts that go out with theirs."""
    lost = {loss.part for loss in out.losses if loss.property in ("rdf:type", "comp:code")}
    pairs = graph.graph.query(
        "PREFIX comp: <https://w3id.org/competency/ns#> PREFIX skos: "
        "<http://www.w3.org/2004/02/skos/core#> SELECT ?p ?n { ?p comp:code/skos:notation ?n }"
    )
    rows = ((str(row[0]), str(row[1])) for row in pairs)  # type: ignore[index]
    return {row for row in rows if row[0] not in lost}


@settings(CALM, max_examples=2)
@given(frameworks())
def test_the_same_framework_gives_the_same_bytes(graph: NamedGraph) -> None:
    shuffled = NamedGraph(graph.name, reversed(graph.triples))
    assert write(knowledge(graph), graph.name) == write(knowledge(shuffled), graph.name)


def test_the_shipped_frameworks_come_back_without_a_loss_that_is_not_told(
    shipped: KnowledgeGraph,
) -> None:
    for framework in shipped.frameworks:
        _comes_back(shipped.named_graph(framework.graph_name))


def test_going_round_twice_changes_nothing_more(shipped: KnowledgeGraph) -> None:
    first = the_graph(write(shipped, "pub-cscf").data)
    second = the_graph(written(first).data)
    assert written(first).data == written(second).data
