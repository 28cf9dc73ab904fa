"""What travels in extensions, and what happens where others change a package or take them out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rdflib import XSD, BNode, Literal, URIRef

from competency import KnowledgeGraph
from competency.exchange.case import package, residue
from competency.exchange.case.fields import case
from competency.exchange.imported import Kept
from competency.graph import NamedGraph
from tests.exchange.case.common import (
    Json,
    faults,
    item,
    kind,
    order,
    packed,
    round_trip,
    said,
    taken_in,
    the_graph,
)
from tests.exchange.common import small
from tests.exchange.frameworks import assert_same, knowledge

EX = "https://example.org/"
NAMES = ("hkqf-111334L3", "nos-pss-spo109", "pub-cscf", "pwgsc-client-service", "wcc-behaviours")


def exported(shipped: KnowledgeGraph, name: str = "pub-cscf") -> Json:
    found: Json = json.loads(json.dumps(package(shipped, name)))
    return found


def titled(found: Json, kind: str) -> Json:
    one: Json = next(one for one in found["CFItems"] if one["CFItemType"] == kind)
    return one


def without_extensions(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: without_extensions(item) for name, item in value.items() if name != "extensions"
        }
    return [without_extensions(one) for one in value] if isinstance(value, list) else value


# ------------------------------------------------------------------ the form


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Literal("x"), "x"),
        (Literal(3), 3),
        (
            Literal("007", datatype=XSD.integer, normalize=False),
            {"@type": "xsd:integer", "@value": "007"},
        ),
        (Literal(True), True),
        (Literal("x", lang="fr"), {"@language": "fr", "@value": "x"}),
        (URIRef("https://w3id.org/competency/ns#Split"), {"@id": "comp:Split"}),
        (URIRef("comp:Split"), {"@id": "<comp:Split>"}),
        (BNode("z"), {"@id": "_:b1"}),
    ],
)
def test_every_term_has_a_readable_form_that_gives_it_back(value: Any, expected: Any) -> None:
    row = (URIRef("urn:s"), URIRef("urn:p"), value)
    found = residue.written([row], row[0], lambda node: "b1")
    assert found == {"says": {"urn:p": expected}}
    assert residue.is_ours(found)
    (again,) = residue.read(found, row[0], "c")
    assert again[2] == (BNode("cb1") if isinstance(value, BNode) else value)


@pytest.mark.parametrize(
    "odd", [5, [], {"says": 5}, {"says": {"comp:text": None}}, {"says": {"no iri": "x"}}, {"derived": {"title": 5}},
            {"about": {"": {}}}, {"about": {"_:": {}}}, {"says": {"comp:text": {"@language": "no tag!", "@value": "x"}}},
            {"says": {"comp:text": "\ud800"}}, {"says": {"comp:text": {"@id": 5}}}]
)  # fmt: skip
def test_an_extension_that_is_not_ours_is_kept_as_it_is(odd: Any) -> None:
    value = packed([item(2, extensions={"competency": odd, "other": 1})])
    imported = taken_in(value)
    assert any("extension" in remark.what for remark in imported.remarks)
    assert not round_trip(value)


def test_it_is_readable(shipped: KnowledgeGraph) -> None:
    unit = titled(exported(shipped, "hkqf-111334L3"), "Unit of Competency")
    assert (
        unit["extensions"]["competency"]["says"]["comp:audience"]["@value"]
        == "Retail staff in customer service"
    )


# ------------------------------------------------------------------ changes made elsewhere


def changed(found: Json) -> tuple[NamedGraph, list[str]]:
    imported = taken_in(found)
    return imported.graphs[0], [
        remark.what for remark in imported.remarks if remark.kept is Kept.odd
    ]


def test_a_plain_text_that_was_changed_is_taken_over(shipped: KnowledgeGraph) -> None:
    found = exported(shipped)
    one = titled(found, "Competency")
    one["fullStatement" if "abbreviatedStatement" not in one else "abbreviatedStatement"] = (
        "Something else"
    )
    graph, _ = changed(found)
    assert said(graph, one)["rdfs:label"] == ["Something else"]
    assert not faults(graph)


def test_a_text_with_a_lead_in_that_was_changed_is_taken_over_and_told() -> None:
    found = json.loads(json.dumps(package(small(), EX + "f")))
    one = next(one for one in found["CFItems"] if one["uri"] == EX + "knead")
    assert one["fullStatement"] == "You must be able to: knead by hand"
    one["fullStatement"] = "Do it well"
    graph, remarks = changed(found)
    assert said(graph, one)["comp:text"] == ["Do it well"]
    assert any("fullStatement was changed" in remark for remark in remarks)


def test_a_code_that_was_changed_is_taken_over(shipped: KnowledgeGraph) -> None:
    found = exported(shipped, "hkqf-111334L3")
    unit = titled(found, "Unit of Competency")
    unit["humanCodingScheme"] = "NEW 1"
    graph, _ = changed(found)
    (code,) = said(graph, unit)["comp:code"]
    assert said(graph, code)["skos:notation"] == ["NEW 1"]
    assert not faults(graph)


def test_a_type_that_was_changed_to_another_of_ours_is_taken_over_and_told() -> None:
    found = json.loads(json.dumps(package(small(), EX + "f")))
    one = next(one for one in found["CFItems"] if one["uri"] == EX + "yeast")
    one["CFItemType"] = "Performance Criteria"
    graph, remarks = changed(found)
    assert kind(graph, one) == ["PerformanceCriterion"]
    assert any("changed to 'Performance Criteria'" in remark for remark in remarks)
    again: Json = json.loads(json.dumps(package(knowledge(graph), graph.name)))
    (after,) = (item for item in again["CFItems"] if item["uri"] == one["uri"])
    assert after["CFItemType"] == "Performance Criteria"
    assert after["CFItemTypeURI"]["uri"].endswith("#PerformanceCriterion")


def test_a_type_that_was_changed_to_a_word_of_others_is_kept_and_told() -> None:
    found = json.loads(json.dumps(package(small(), EX + "f")))
    one = next(one for one in found["CFItems"] if one["uri"] == EX + "yeast")
    for label in ("Wisdom", "Lore"):  # the second time the first is what this program wrote
        one["CFItemType"] = label
        graph, remarks = changed(json.loads(json.dumps(found)))
        assert said(graph, one)["case:CFItemType"] == [label]
        assert kind(graph, one) == ["KnowledgeStatement"]
        assert any(f"changed to '{label}'" in remark for remark in remarks)
        found = json.loads(json.dumps(package(knowledge(graph), graph.name)))
        one = next(item for item in found["CFItems"] if item["uri"] == one["uri"])
        assert one["CFItemType"] == label


def test_a_type_with_a_label_of_its_own_that_nobody_changed_is_no_change() -> None:
    more = (URIRef(EX + "yeast"), case("CFItemType"), Literal("Strand"))
    named = small().named_graph(EX + "f")
    graph = NamedGraph(named.name, (*named.triples, *NamedGraph.of(named.name, [more]).triples))
    found = json.loads(json.dumps(package(knowledge(graph), EX + "f")))
    after, remarks = changed(json.loads(json.dumps(found)))
    assert not remarks
    assert_same(graph, after)
    one = next(one for one in found["CFItems"] if one["uri"] == EX + "yeast")
    one["CFItemTypeURI"]["uri"] = "https://w3id.org/competency/ns#Note"
    one["CFItemType"] = one["CFItemTypeURI"]["title"]  # the link alone was changed
    assert kind(changed(found)[0], one) == ["Note"]


def test_an_item_that_was_moved_stands_where_it_was_put(shipped: KnowledgeGraph) -> None:
    found = exported(shipped)
    edges = [one for one in found["CFAssociations"] if one["associationType"] == "isChildOf"]
    below = [one for one in edges if one["destinationNodeURI"] == edges[1]["destinationNodeURI"]]
    numbers = [one["sequenceNumber"] for one in below]
    for one, number in zip(below, reversed(numbers), strict=True):
        one["sequenceNumber"] = number
    before = order(the_graph(exported(shipped)), below[0]["destinationNodeURI"])
    assert order(the_graph(found), below[0]["destinationNodeURI"]) == before[::-1]


def test_an_item_that_was_added_is_read_by_its_fields(shipped: KnowledgeGraph) -> None:
    found = exported(shipped)
    new = item(2, "New", CFItemType="Knowledge")
    edge = packed([new], doc=found["CFDocument"])["CFAssociations"][0] | {"sequenceNumber": 99}
    found["CFItems"].append(new)
    found["CFAssociations"].append(edge)
    graph, _ = changed(found)
    assert kind(graph, new) == ["KnowledgeStatement"]
    assert not faults(graph)


def test_an_item_that_was_taken_out_is_gone(shipped: KnowledgeGraph) -> None:
    found = exported(shipped)
    gone = found["CFItems"].pop()
    found["CFAssociations"] = [
        one
        for one in found["CFAssociations"]
        if gone["uri"] not in (one["originNodeURI"]["uri"], one["destinationNodeURI"]["uri"])
    ]
    graph, _ = changed(found)
    assert "rdf:type" not in said(graph, gone)


# ------------------------------------------------------------------ without extensions


@pytest.mark.parametrize("name", NAMES)
def test_a_package_without_extensions_is_still_a_valid_framework(
    shipped: KnowledgeGraph, name: str
) -> None:
    found = without_extensions(exported(shipped, name))
    graph = the_graph(found)
    assert not faults(graph)
    assert not round_trip(found)


def test_kinds_levels_and_order_survive_without_extensions(shipped: KnowledgeGraph) -> None:
    before = shipped.named_graph(shipped.framework("pwgsc-client-service").graph_name)
    after = the_graph(without_extensions(exported(shipped, "pwgsc-client-service")))
    for name in (
        "rdf:type",
        "comp:partOf",
        "comp:position",
        "comp:atLevel",
        "comp:rank",
        "comp:inScale",
    ):
        rows = [{(iri, value) for iri in graph.subjects for value in said(graph, iri).get(name, ())
                 if "ns#" in value or name != "rdf:type"} for graph in (before, after)]  # fmt: skip
        lost = {(iri, value) for iri, value in rows[0] - rows[1]
                if not value.endswith(("#Source", "#Organization", "#LegalReference", "#Occurrence"))}  # fmt: skip
        assert not {pair for pair in lost if "/org/" not in pair[0]}, name


def test_a_framework_from_case_that_was_changed_here_goes_out_with_the_change() -> None:
    value = packed([item(2, "Weld")])
    graph = the_graph(value)
    more = NamedGraph.of(
        graph.name,
        [
            (
                URIRef(item(2)["uri"]),
                URIRef("https://w3id.org/competency/ns#doubt"),
                Literal("Hm", lang="en"),
            )
        ],
    )
    found = package(knowledge(graph, more), graph.name)
    (one,) = found["CFItems"]
    assert one["extensions"] == {
        "competency": {"says": {"comp:doubt": {"@language": "en", "@value": "Hm"}}}
    }
    assert said(the_graph(json.loads(json.dumps(found))), one)["comp:doubt"] == ["Hm"]
