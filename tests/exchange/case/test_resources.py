"""Single resources out of a package, as a CASE server gives them out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from competency import KnowledgeGraph
from competency.exchange.case import Resources, package
from tests.exchange.case.common import (
    document,
    item,
    joined,
    link,
    named,
    packed,
    schema,
    schema_faults,
)

PACKAGES = "https://x.example/ims/case/v1p1/CFPackages/"


@pytest.fixture
def resources() -> Resources:
    items = [item(2, "A"), item(3, "B"), item(4, "C")]
    concepts = [
        named("CFConcepts", 0x20 + n, title=code, hierarchyCode=code)
        for n, code in enumerate(("1.2", "1", "1.1", "10"))
    ]
    licence = named("CFLicenses", 0x30, title="L", licenseText="Share")
    rubric = named("CFRubrics", 0x50, title="R")
    value = packed(items, [joined(40, items[0], document()), joined(41, items[1], items[0])], CFRubrics=[rubric],
                   CFDefinitions={"CFConcepts": concepts, "CFLicenses": [licence]})  # fmt: skip
    return Resources(value, PACKAGES)


def test_a_document_says_which_package_it_has(resources: Resources) -> None:
    doc = document()
    expected = {
        "title": doc["title"],
        "identifier": doc["identifier"],
        "uri": PACKAGES + doc["identifier"],
    }
    assert resources.document == {"CFPackageURI": expected} | doc


def test_items_and_associations_say_which_document_they_are_of(resources: Resources) -> None:
    for found in (
        resources.item(item(2)["identifier"]),
        resources.association(named("", 40)["identifier"]),
    ):
        assert found is not None
        assert found["CFDocumentURI"] == link(document())


def test_the_associations_of_an_item_are_those_at_either_end(resources: Resources) -> None:
    found = resources.item_associations(item(2)["identifier"])
    assert found is not None
    assert found["CFItem"]["fullStatement"] == "A"
    assert len(found["CFAssociations"]) == 2
    alone = resources.item_associations(item(4)["identifier"])
    assert alone is not None
    assert alone["CFAssociations"] == []


def test_a_concept_comes_with_what_is_below_it(resources: Resources) -> None:
    found = resources.definition("CFConcepts", named("", 0x21)["identifier"])
    assert found is not None
    assert [one["title"] for one in found["CFConcepts"]] == ["1", "1.1", "1.2"]


def test_a_licence_comes_alone(resources: Resources) -> None:
    found = resources.definition("CFLicenses", named("", 0x30)["identifier"])
    assert found is not None
    assert found["licenseText"] == "Share"


def test_what_is_not_there_is_none(resources: Resources) -> None:
    assert resources.item("nothing") is None
    assert resources.association("nothing") is None
    assert resources.item_associations("nothing") is None
    assert resources.definition("CFSubjects", "nothing") is None
    assert resources.rubric("nothing") is None
    assert resources.rubric(named("", 0x50)["identifier"]) is not None


def test_the_resources_of_a_shipped_framework_are_those_of_the_official_schema(
    shared: Path, shipped: KnowledgeGraph
) -> None:
    value = json.loads(json.dumps(package(shipped, "wcc-behaviours")))
    found = Resources(value, PACKAGES)
    one = value["CFItems"][0]["identifier"]
    asked = {
        "CFDocument": found.document,
        "CFItem": found.item(one),
        "CFAssociation": found.association(value["CFAssociations"][0]["identifier"]),
        "CFAssociationSet": found.item_associations(one),
        "CFItemTypeSet": found.definition(
            "CFItemTypes", value["CFDefinitions"]["CFItemTypes"][0]["identifier"]
        ),
    }
    for name, answer in asked.items():
        assert answer is not None
        assert not schema_faults(schema(shared, name=name), answer)
