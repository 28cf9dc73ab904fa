"""IEEE SCD out: definitions, associations, rubrics; unhelpful behaviours are never positive."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from rdflib import Literal

from competency import KnowledgeGraph
from competency.errors import NotFound
from competency.exchange.exchanges import exchange_named
from competency.exchange.outline import Outline
from competency.exchange.scd import TABLE, write
from competency.exchange.terms import short
from competency.graph import NamedGraph
from tests.exchange.common import EX, SMALL, small
from tests.exchange.frameworks import Features, frameworks, knowledge

SCD = "https://opensource.ieee.org/scd/"
CALM = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
# Said by another thing, or by the shape of the document.
STRUCTURE = ("rdf:type", "comp:position", "comp:partOf", "comp:inFramework", "comp:code",
             "comp:credit", "comp:inScale")  # fmt: skip


def nodes(data: bytes) -> dict[str, Any]:
    """Return the nodes of a document by their IRIs."""
    return {node["@id"]: node for node in json.loads(data)["@graph"]}


def the_small() -> dict[str, Any]:
    return nodes(write(small(), EX + "f").data)


def links(found: dict[str, Any], kind: str) -> list[tuple[str, str, object]]:
    """Return the associations of a type: source, destination, position."""
    return [
        (one["scd:source"], one["scd:destination"], one.get("scd:position"))
        for one in found[EX + "f"]["scd:resourceAssociation"]
        if one["scd:associationType"] == kind
    ]


def quads(data: bytes) -> set[tuple[str, str, str]]:
    """Return the triples of a document as texts; no context is fetched."""
    return {
        (str(q.subject), str(q.predicate), str(q.object))
        for q in ox.parse(data, format=ox.RdfFormat.JSON_LD)
    }


def test_a_framework_lists_its_definitions_in_order() -> None:
    found = the_small()
    top = found[EX + "f"]
    assert top["@type"] == "scd:CompetencyFramework"
    assert top["scd:name"] == {"en": "Bakers' skills", "fr": "Compétences du boulanger"}
    assert top["scd:referenceCode"] == ["BK"]
    names = [iri.removeprefix(EX) for iri in top["scd:hasCompetencyDefinition"]]
    assert names == ["unit", "list", "knead", "yeast", "bad", "burn", "shout", "ac", "ac1", "top"]
    assert all(found[EX + name]["@type"] == "scd:CompetencyDefinition" for name in names)


def test_a_definition_has_name_statement_codes_type_and_description() -> None:
    found = the_small()
    unit, knead = found[EX + "unit"], found[EX + "knead"]
    assert unit["scd:name"] == {"en": "Bake", "fr": "Cuire"}
    assert unit["scd:referenceCode"] == ["BK.1", "X 1"]
    assert unit["scd:type"].endswith("#UnitOfCompetency")
    assert unit["scd:typeLabel"] == {"en": "unit of competency"}
    assert unit["scd:description"]["en"] == [
        "To make bread of dough.",
        "Range: In bakeries.",
        "Remark: left empty in the source",
        "Credit: 3.50 (For Reference Only)",
    ]
    assert knead["scd:competencyStatement"] == {"en": "You must be able to: knead by hand"}


def test_the_tree_is_associations_with_positions() -> None:
    tree = links(the_small(), f"{SCD}AssociationTypes/isChildOf")
    assert (EX + "unit", EX + "f", 1) in tree
    assert (EX + "knead", EX + "list", 1) in tree
    assert (EX + "yeast", EX + "list", 2) in tree
    assert len(tree) == 10


def test_links_and_matches_are_associations_of_their_own_types() -> None:
    found = the_small()
    ns = "https://w3id.org/competency/ns#"
    assert links(found, f"{ns}contrasts") == [(EX + "burn", EX + "knead", None)]
    assert links(found, f"{ns}rewords") == [(EX + "ac1", EX + "knead", None)]
    exact = links(found, "http://www.w3.org/2004/02/skos/core#exactMatch")
    assert exact == [(EX + "top", "https://example.com/x", None)]


def test_levels_are_a_rubric_the_lowest_first() -> None:
    found = the_small()
    assert found[EX + "top"]["scd:competencyLevel"] == [EX + "master"]
    rubric = found[EX + "scale"]
    assert rubric["@type"] == "scd:Rubric" and found[EX + "f"]["scd:hasRubric"] == [EX + "scale"]
    (criterion,) = rubric["scd:hasCriterion"]
    levels = criterion["scd:rubricCriterionLevel"]
    assert [(one["scd:name"]["en"], one["scd:position"]) for one in levels] == [
        ("Novice", 1),
        ("Master", 2),
    ]


def test_an_unhelpful_behaviour_says_so_in_type_words_and_description() -> None:
    burn = the_small()[EX + "burn"]
    assert burn["scd:typeLabel"] == {"en": "negative indicator"}
    assert burn["scd:competencyStatement"] == {"en": "Unhelpful behaviour: Burns the bread."}
    assert "Nobody ought to do it" in burn["scd:description"]["en"]


def test_no_unhelpful_behaviour_of_the_shipped_frameworks_reads_as_something_to_do(
    shipped: KnowledgeGraph,
) -> None:
    found = nodes(write(shipped, "wcc-behaviours").data)
    bad = [n for n in found.values() if n.get("scd:type", "").endswith("#NegativeIndicator")]
    assert len(bad) == 37
    for node in bad:
        assert node["scd:typeLabel"]["en"] == "negative indicator"
        assert node["scd:competencyStatement"]["en"].startswith("Unhelpful behaviour: ")


@pytest.mark.parametrize(
    "name",
    ["hkqf-111334L3", "nos-pss-spo109", "pub-cscf", "pwgsc-client-service", "wcc-behaviours"],
)
def test_what_is_not_listed_as_lost_is_there(shipped: KnowledgeGraph, name: str) -> None:
    written, outline = write(shipped, name), Outline(shipped, name)
    assert written.losses and not written.aside
    lost = {(item.part, item.property) for item in written.losses}
    there = quads(written.data)
    everything = json.dumps(json.loads(written.data), ensure_ascii=False)
    assert len(there) > 100
    for thing in (*outline.entries, *outline.around):
        for iri, values in thing.about.items():
            if short(iri) in STRUCTURE or (thing.iri, short(iri)) in lost:
                continue
            for value in values:
                text = json.dumps(str(value), ensure_ascii=False)[1:-1]
                assert text in everything, (thing.iri, short(iri), isinstance(value, Literal))


@settings(CALM, max_examples=4)
@given(frameworks(Features(blank_nodes=False)))
def test_no_part_of_any_framework_is_lost_in_silence(graph: NamedGraph) -> None:
    held = knowledge(graph)
    written = write(held, graph.name)
    lost = {item.part for item in written.losses if item.property == "rdf:type"}
    found = nodes(written.data)
    for part in held.framework(graph.name).walk():
        assert part.iri in found or part.iri in lost
    assert quads(written.data)
    turned = NamedGraph(graph.name, reversed(graph.triples))
    assert write(knowledge(turned), graph.name) == written


def test_links_to_texts_are_told_and_left_out() -> None:
    more = 'ex:unit comp:atLevel "high" ; skos:exactMatch "x" . ex:void a comp:Competency ;'
    graph = small(SMALL + more + " comp:inFramework ex:f ; comp:partOf ex:remark .")
    lost = {(item.part, item.property) for item in write(graph, EX + "f").losses}
    assert {(EX + "unit", "comp:atLevel"), (EX + "unit", "skos:exactMatch")} <= lost
    assert {(EX + "void", "scd:name"), (EX + "void", "comp:partOf")} <= lost


def test_it_is_written_and_not_read() -> None:
    exchange = exchange_named("scd", writes=True)
    assert exchange.write is not None and exchange.read is None
    rules = (
        rule for rule in TABLE.rules.values() if rule.about != "alignment"
    )  # its why has no place
    assert all(rule.becomes for rule in rules)


def test_only_frameworks_are_written() -> None:
    with pytest.raises(NotFound):
        write(small(), EX + "nothing")
