"""CTDL-ASN out: what the registry takes, and what is said to be lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from competency import KnowledgeGraph, NotFound
from competency.exchange.ctdl_asn import write
from competency.exchange.exchanges import exchange_named
from tests.conftest import PREFIXES
from tests.exchange.common import EX, SMALL, small
from tests.exchange.ctdl_asn.common import (
    F,
    Json,
    again,
    bakery,
    graph,
    iri,
    node,
    skill,
    the_graph,
    written,
)

SCHEMAS = {
    "ceasn:CompetencyFramework": "ce_registry-competency_framework.schema.json",
    "ceasn:Competency": "ce_registry-competency.schema.json",
}
# Here the schema is older than the terms: all are texts by language today, and levels are links.
OUTDATED = ("ceasn:competencyCategory", "ceasn:conceptKeyword", "ceasn:rights",
            "ceasn:complexityLevel")  # fmt: skip


def lost(value: Any) -> dict[str, str]:
    """Return what a document loses when it goes out again: property and why."""
    return {loss.property: loss.why for loss in written(the_graph(value)).losses}


# ------------------------------------------------------------------ the schemas of the registry


@pytest.fixture(scope="module")
def schemas(shared: Path) -> dict[str, Draft4Validator]:
    files = {kind: shared / "oracles" / name for kind, name in SCHEMAS.items()}
    if not all(file.is_file() for file in files.values()):
        pytest.skip("no schemas of the registry in ../shared/oracles here")
    return {
        kind: Draft4Validator(json.loads(file.read_text(encoding="utf-8")))
        for kind, file in files.items()
    }


def faults(schemas: dict[str, Draft4Validator], document: Json) -> list[str]:
    found = []
    for thing in document["@graph"]:
        if validator := schemas.get(thing["@type"]):
            rest = {name: value for name, value in thing.items() if name not in OUTDATED}
            found += [f"{e.json_path}: {e.message[:100]}" for e in validator.iter_errors(rest)]
    return found


def test_the_shipped_frameworks_are_valid(
    shipped: KnowledgeGraph, schemas: dict[str, Draft4Validator]
) -> None:
    for framework in shipped.frameworks:
        document = json.loads(write(shipped, framework.iri).data)
        assert document["@graph"][0]["@type"] == "ceasn:CompetencyFramework"
        assert not faults(schemas, document)


@pytest.mark.parametrize("name", ["ConnectingCredentials.json", "onet-abilities.json",
                                  "SampleCompetencyFramework_with_Envelope.json"])  # fmt: skip
def test_real_files_are_valid_when_they_go_out(
    shared: Path, schemas: dict[str, Draft4Validator], name: str
) -> None:
    data = (shared / "samples" / "ctdl-asn" / name).read_bytes()
    assert not faults(schemas, again(data))


def test_texts_and_links_have_the_one_shape_of_the_registry(
    schemas: dict[str, Draft4Validator],
) -> None:
    found = again(
        graph(
            bakery(publisher=iri("guild"), source=iri("book"), hasTopChild={"@list": [iri("a")]}),
            skill(
                "a",
                altCodedNotation="X",
                codedNotation="A",
                weight=0.25,
                comment={"en": ["1", "2"]},
            ),
        )
    )
    assert not faults(schemas, found)
    assert node(found, F)["ceasn:publisher"] == [iri("guild")]
    assert node(found, F)["ceasn:hasTopChild"] == [iri("a")]
    assert node(found, "a")["ceasn:comment"] == {"en": "1\n2"}
    assert node(found, "a")["ceasn:weight"] == 0.25


# ------------------------------------------------------------------ what goes out


def test_the_order_of_children_is_that_of_the_file() -> None:
    names = ["c", "a", "d", "b"]
    found = again(
        graph(bakery(hasTopChild=[iri(name) for name in names]), *(skill(n) for n in sorted(names)))
    )
    assert node(found, F)["ceasn:hasTopChild"] == [iri(name) for name in names]
    assert "ceasn:listID" not in node(found, "a")


def test_a_printed_number_is_the_list_id_and_a_place_is_not() -> None:
    document = json.loads(write(small(SMALL), EX + "f").data)
    assert node(document, EX + "knead")["ceasn:listID"] == "1"
    assert "ceasn:listID" not in node(document, EX + "unit")


def test_what_we_have_no_term_for_goes_out_as_it_came() -> None:
    extra: Json = {
        "ceterms__ctid": "ce-1", "shouldIndex": True, "ceterms__new": {"fr": "neuf"},
        "skillEmbodied": [iri("x")], "conceptKeyword": {"en": ["dry", "hot"]},
        "ceterms__versionIdentifier": [{"@type": "ceterms:IdentifierValue",
                                        "ceterms:identifierValueCode": "7"}],
    }  # fmt: skip
    found = node(again(graph(bakery(), skill("a", **extra))), "a")
    for name in (
        "ceterms:ctid",
        "ceasn:shouldIndex",
        "ceasn:skillEmbodied",
        "ceasn:conceptKeyword",
    ):
        assert found[name] == node(graph(skill("a", **extra)), "a")[name]
    (version,) = found["ceterms:versionIdentifier"]
    assert version["ceterms:identifierValueCode"] == ["7"]
    assert found["ceterms:new"] == [{"@language": "fr", "@value": "neuf"}]


def test_other_things_in_the_file_go_out_with_it() -> None:
    guild: Json = {"@id": iri("guild"), "@type": "ceterms:CredentialOrganization",
                   "ceterms:name": {"en": "Guild"}}  # fmt: skip
    found = again(graph(bakery(publisher=[iri("guild")]), skill("a"), guild))
    assert node(found, "guild") == guild


def test_the_address_of_the_graph_is_kept() -> None:
    assert again(graph(bakery(), skill("a")))["@id"] == iri("graph")


def test_an_unhelpful_behaviour_keeps_its_category_and_has_no_other_way_out() -> None:
    category = {"en": "Negative indicator"}
    found = again(graph(bakery(), skill("a", competencyCategory=category)))
    assert node(found, "a")["ceasn:competencyCategory"] == category
    for thing in json.loads(write(small(SMALL), EX + "f").data)["@graph"]:
        assert thing.get("@id") not in (EX + "burn", EX + "shout", EX + "bad")


def test_notes_of_ours_on_what_came_in_go_out_as_comments() -> None:
    found = the_graph(graph(bakery(), skill("a")))
    held = KnowledgeGraph()
    held.add(found)
    held.parse(
        PREFIXES
        + f"""<{F}> a comp:Framework . <{F}/n> a comp:Note ; comp:inFramework <{F}> ;
        comp:partOf <{iri("a")}> ; comp:position 1 ; rdfs:label "Hint"@en ; comp:text "Be quick."@en ."""
    )
    document = json.loads(write(held, F).data)
    assert node(document, "a")["ceasn:comment"] == {"en": "Hint: Be quick."}


# ------------------------------------------------------------------ what is lost


def test_a_file_that_has_all_the_registry_wants_loses_nothing() -> None:
    value = graph(
        bakery(), skill("a", ceterms__ctid="ce-1", inLanguage=["en"], comment={"en": "Hot."})
    )
    assert lost(value) == {}


def test_what_is_made_up_for_the_registry_is_told() -> None:
    found = lost(graph(bakery(description=None), skill("a")))
    assert set(found) == {
        "ceterms:ctid", "ceasn:inLanguage", "ceasn:description", "comp:notStated"
    }  # fmt: skip
    assert "the title stands in its place" in found["ceasn:description"]
    assert "made from the IRI" in found["ceterms:ctid"]


def test_several_comments_in_one_language_become_one_and_that_is_told() -> None:
    found = lost(graph(bakery(), skill("a", comment={"en": ["One.", "Two."]})))
    assert "written as one" in found["ceasn:comment"]


def test_a_file_without_a_framework_gets_one_and_that_is_told() -> None:
    rubric = {"@type": "ceasn:Rubric", "ceasn:name": {"en": "Loaves"}}
    assert "described no framework" in lost(graph(rubric))["comp:inferred"]


def test_a_level_that_nothing_leads_to_goes_out_all_the_same() -> None:
    document = json.loads(
        write(small(SMALL.replace("comp:qualificationLevel ex:master ;", "").replace(
            "comp:atLevel ex:master ;", "")), EX + "f").data
    )  # fmt: skip
    assert node(document, EX + "scale")["skos:hasTopConcept"] == [EX + "novice", EX + "master"]


def test_a_class_of_another_vocabulary_is_left_out_and_told() -> None:
    held = small(SMALL + "ex:unit a skos:Concept .")
    document = write(held, EX + "f")
    assert node(json.loads(document.data), EX + "unit")["@type"] == "ceasn:Competency"
    assert any("skos:Concept is left out" in loss.why for loss in document.losses)


def test_there_has_to_be_a_framework_or_a_scale() -> None:
    with pytest.raises(NotFound):
        write(small(SMALL), EX + "unit")
    with pytest.raises(NotFound):
        write(small(SMALL), EX + "nothing")


def test_the_format_is_in_the_table_of_exchanges() -> None:
    assert exchange_named("ctdl-asn", writes=True).format.title == "CTDL-ASN graph"


def test_classes_that_stay_behind_are_told_in_an_order_that_no_set_decides() -> None:
    parts = "".join(
        f"""ex:p{number} a comp:Competency , ex:Zeal , ex:Art ; comp:inFramework ex:f ;
        comp:partOf ex:f ; comp:position {number} ; rdfs:label "P"@en ."""
        for number in range(10, 30)
    )
    text = f"""{PREFIXES} ex:f a comp:Framework ; rdfs:label "F"@en . {parts}"""
    told = [
        (loss.part, loss.why)
        for loss in write(small(text), EX + "f").losses
        if "is left" in loss.why
    ]
    assert len(told) == 40
    assert told == sorted(told)
