"""CTDL-ASN: what the registry requires, the tree without alignments, nothing unhelpful in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from rdflib import RDF, URIRef

from competency import KnowledgeGraph
from competency.exchange import PROFILES, loss, registry_document, view
from competency.exchange.terms import term
from tests.conftest import PREFIXES
from tests.exchange.common import EX, SMALL, seen, small, values

CTDL = PROFILES[3]
SCHEMAS = {
    "ceasn:CompetencyFramework": "ce_registry-competency_framework.schema.json",
    "ceasn:Competency": "ce_registry-competency.schema.json",
}
# Here the schema is older than the terms: all are texts by language today, and files in use have
# them so; the schema wants a list of such texts for the first two and an address for the last.
OUTDATED = ("ceasn:competencyCategory", "ceasn:conceptKeyword", "ceasn:rights")


def nodes(graph: KnowledgeGraph, iri: str) -> dict[str, dict[str, Any]]:
    members: Any = registry_document(view(graph, iri, CTDL))["@graph"]
    return {member["@id"]: member for member in members if "@id" in member}


def test_a_competency_has_what_the_registry_requires() -> None:
    graph = seen("ctdl-asn")
    assert values(graph, "unit", "ceasn:competencyText") == ["Cuire", "To make bread of dough."]
    assert values(graph, "unit", "ceasn:competencyLabel") == ["Bake", "Cuire"]
    assert values(graph, "unit", "ceasn:inLanguage") == ["en", "fr"]
    assert values(graph, "unit", "ceasn:isPartOf") == [EX + "f"]
    assert values(graph, "unit", "ceasn:isTopChildOf") == [EX + "f"]
    assert values(graph, "f", "ceasn:hasTopChild") == [EX + "unit"]
    assert values(graph, "unit", "ceasn:hasChild") == [EX + "list", EX + "top"]
    assert values(graph, "knead", "ceasn:isChildOf") == [EX + "list"]
    assert values(graph, "unit", "ceterms:ctid") == ["ce-84954edf-8602-52d2-884a-7527701ac426"]


def test_the_code_of_the_body_that_coded_the_framework_comes_first() -> None:
    graph = seen("ctdl-asn")
    assert values(graph, "unit", "ceasn:codedNotation") == ["BK.1"]
    assert values(graph, "unit", "ceasn:altCodedNotation") == ["X 1"]


def test_a_lead_in_is_joined_to_what_it_opens() -> None:
    graph = seen("ctdl-asn")
    assert values(graph, "knead", "ceasn:competencyText") == ["You must be able to: knead by hand"]
    assert values(graph, "knead", "ceasn:listID") == ["1"]
    assert values(graph, "unit", "ceasn:knowledgeEmbodied") == [EX + "yeast"]


def test_notes_scope_and_credit_are_comments_and_no_competencies() -> None:
    graph = seen("ctdl-asn")
    comments = values(graph, "unit", "ceasn:comment")
    for text in (
        "Range: In bakeries.",
        "Audience: Bakers",
        "Credit: 3.50 (For Reference Only)",
        "Source: The book, page 4, lines 1-3",
        "The text is reworded; it is not to be quoted as the publisher's.",
    ):
        assert text in comments
    for name in ("about", "range", "lead", "remark", "credit"):
        assert (URIRef(EX + name), None, None) not in graph


@pytest.mark.parametrize("name", ["f", "unit", "bad", "burn", "shout"])
def test_an_unhelpful_behaviour_is_no_competency(name: str) -> None:
    graph = seen("ctdl-asn", name)
    for bad in ("burn", "shout", "bad"):
        assert (URIRef(EX + bad), None, None) not in graph
        assert (None, None, URIRef(EX + bad)) not in graph
    assert any(str(o).startswith("Unhelpful behaviour: ") for o in graph.objects())
    lost = {item.part for item in loss(small(), EX + "f", CTDL) if item.property == "rdf:type"}
    assert {EX + "burn", EX + "shout", EX + "bad"} <= lost


def test_no_unhelpful_behaviour_of_the_shipped_frameworks_is_a_competency(
    shipped: KnowledgeGraph,
) -> None:
    graph = view(shipped, "wcc-behaviours", CTDL).graph
    competencies = set(graph.subjects(RDF.type, term("ceasn:Competency")))
    negatives = [part for part in shipped.framework("wcc-behaviours").walk() if part.is_negative]
    assert len(negatives) == 37
    assert not competencies & {URIRef(part.iri) for part in negatives}


def test_assessment_criteria_are_a_rubric_with_targets() -> None:
    graph = seen("ctdl-asn")
    assert values(graph, "ac", "rdf:type") == ["https://purl.org/ctdlasn/terms/Rubric"]
    assert values(graph, "ac", "ceasn:hasRubricCriterion") == [EX + "ac1"]
    target = next(graph.objects(URIRef(EX + "ac1"), term("ceterms:targetCompetency")))
    assert [str(o) for o in graph.objects(target, term("ceterms:targetNode"))] == [EX + "knead"]


def test_a_criterion_without_a_group_gets_a_rubric_and_its_unit_as_target() -> None:
    graph = small(
        SMALL
        + """ex:loose a comp:AssessmentCriterion ; comp:inFramework ex:f ; comp:partOf ex:unit ;
    comp:position 9 ; comp:text "Bakes."@en ."""
    )
    members: Any = registry_document(view(graph, EX + "f", CTDL))["@graph"]
    rubrics = [m for m in members if m["@type"] == "ceasn:Rubric"]
    assert [m["ceasn:hasRubricCriterion"] for m in rubrics] == [[EX + "ac1"], [EX + "loose"]]
    target = nodes(graph, EX + "f")[EX + "loose"]["ceterms:targetCompetency"][0]
    assert target["ceterms:targetNode"] == EX + "unit"


def test_levels_are_a_progression() -> None:
    graph = seen("ctdl-asn")
    assert values(graph, "top", "asn:hasProgressionLevel") == [EX + "master"]
    assert values(graph, "unit", "ceasn:educationLevelType") == [EX + "master"]
    assert values(graph, "scale", "skos:hasTopConcept") == [EX + "master", EX + "novice"]
    assert values(graph, "novice", "ceterms:precedes") == [EX + "master"]
    assert values(graph, "master", "ceasn:inProgressionModel") == [EX + "scale"]


def test_a_ctid_at_the_end_of_an_iri_is_kept() -> None:
    ours = "https://example.org/resources/ce-07c257d6-9119-11e8-b852-782bcb5df6ac"
    graph = small(f'{PREFIXES} <{ours}> a comp:Framework ; rdfs:label "F"@en .')
    assert nodes(graph, ours)[ours]["ceterms:ctid"] == ours.rpartition("/")[2]


def test_texts_without_a_language_take_that_of_the_framework_or_none_that_is_known() -> None:
    one = PREFIXES + 'ex:f a comp:Framework ; rdfs:label "Rahmen" ; dcterms:language "de" .'
    assert nodes(small(one), EX + "f")[EX + "f"]["ceasn:name"] == {"de": "Rahmen"}
    none = PREFIXES + 'ex:f a comp:Framework ; rdfs:label "Rahmen" .'
    assert nodes(small(none), EX + "f")[EX + "f"]["ceasn:name"] == {"und": "Rahmen"}


def test_what_the_registry_requires_and_nobody_says_is_a_loss() -> None:
    graph = small(PREFIXES + "ex:f a comp:Framework .")
    lost = {item.property for item in loss(graph, EX + "f", CTDL)}
    assert lost == {"ceasn:name", "ceasn:description", "ceasn:inLanguage"}


def test_a_date_that_is_not_whole_is_left_out_and_said_to_be() -> None:
    graph = small(
        PREFIXES + 'ex:f a comp:Framework ; dcterms:created "2012-09"^^xsd:gYearMonth ;'
        ' dcterms:modified "2012-09-01"^^xsd:date .'
    )
    found = seen("ctdl-asn", graph=graph)
    assert values(found, "f", "ceasn:dateModified") == ["2012-09-01"]
    assert values(found, "f", "ceasn:dateCreated") == []
    assert (EX + "f", "dcterms:created") in {
        (item.part, item.property) for item in loss(graph, EX + "f", CTDL)
    }


def test_the_document_has_language_maps_and_arrays_where_the_registry_wants_them() -> None:
    found = nodes(small(), EX + "f")
    assert found[EX + "f"]["ceasn:name"] == {
        "en": "Bakers' skills",
        "fr": "Compétences du boulanger",
    }
    assert found[EX + "f"]["ceasn:publisher"] == [EX + "guild"]
    assert found[EX + "f"]["ceasn:publisherName"] == {"en": ["Guild"]}
    assert found[EX + "unit"]["ceasn:hasChild"] == [EX + "list", EX + "top"]
    assert "\n" in found[EX + "unit"]["ceasn:comment"]["en"]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_it_is_valid_by_the_schemas_of_the_registry(
    shipped: KnowledgeGraph, shared: Path, kind: str
) -> None:
    file = shared / "oracles" / SCHEMAS[kind]
    if not file.is_file():
        pytest.skip("no schemas of the registry in ../shared/oracles here")
    validator = Draft4Validator(json.loads(file.read_text(encoding="utf-8")))
    things = [
        member
        for framework in shipped.frameworks
        for member in nodes(shipped, framework.iri).values()
        if member["@type"] == kind
    ]
    assert len(things) >= 5
    for thing in things:
        for name in OUTDATED:
            thing.pop(name, None)
        assert [f"{e.json_path}: {e.message}" for e in validator.iter_errors(thing)] == []
