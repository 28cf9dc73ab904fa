"""Every answer is one of the official schemas, of our frameworks and of files from elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from competency import KnowledgeGraph
from competency.server import create_app
from tests.case_api.common import (
    ANSWERS,
    NEW,
    OLD,
    SAMPLES,
    addresses,
    documents,
    faults,
    faults_of_file,
    got,
    sample_client,
    validator,
)

VERSIONS = pytest.mark.parametrize(("version", "base"), [("1.1", NEW), ("1.0", OLD)])


@pytest.fixture(scope="module")
def client(shipped: KnowledgeGraph) -> FlaskClient:
    return create_app(shipped).test_client()


def check_all(
    client: FlaskClient, shared: Path, version: str, base: str, *, step: int = 1,
    known: Collection[str] = (),
) -> set[str]:  # fmt: skip
    """Check the answers at all addresses, or at each so many, and return their kinds."""
    seen = set()
    listed = got(client, f"{base}/CFDocuments")
    check = validator(shared, version, "CFDocumentSet")
    assert not faults(check, listed, known)
    for number, address in enumerate(addresses(client, base)):
        kind = address.partition("/")[0]
        if number % step and kind in seen:
            continue
        seen.add(kind)
        found = got(client, f"{base}/{address}")
        check = validator(shared, version, ANSWERS[kind])
        assert not faults(check, found, known), address
    return seen


@VERSIONS
def test_every_answer_about_what_is_shipped_is_of_the_official_schema(
    client: FlaskClient, shared: Path, version: str, base: str
) -> None:
    seen = check_all(client, shared, version, base, step=9)
    assert seen == {
        "CFDocuments", "CFPackages", "CFItems", "CFItemAssociations", "CFAssociations",
        "CFItemTypes",
    }  # fmt: skip


@VERSIONS
@pytest.mark.parametrize("name", SAMPLES)
def test_the_schema_holds_no_more_against_an_answer_than_against_the_file_it_is_from(
    shared: Path, name: str, version: str, base: str
) -> None:
    client, _ = sample_client(shared, name)
    known = faults_of_file(shared, name, version)
    seen = check_all(client, shared, version, base, known=known)
    assert {"CFDocuments", "CFPackages"} <= seen
    assert ("CFRubrics" in seen) == ("rubrics" in name)


@pytest.mark.parametrize("name", SAMPLES)
def test_identifiers_and_uris_of_a_file_are_those_of_the_file(shared: Path, name: str) -> None:
    client, graph = sample_client(shared, name)
    (document,) = documents(client)
    assert document["uri"] == graph
    assert document["identifier"] == graph.rpartition("/")[2]
    here = f"http://localhost{NEW}/CFPackages/{document['identifier']}"
    assert document["CFPackageURI"]["uri"] == here


def test_the_document_alone_is_that_of_the_package(client: FlaskClient) -> None:
    for document in documents(client):
        found = got(client, f"{NEW}/CFPackages/{document['identifier']}")["CFDocument"]
        alone = got(client, f"{NEW}/CFDocuments/{document['identifier']}")
        assert alone == document
        del document["CFPackageURI"], found["extensions"]
        assert document == found


def test_what_is_new_in_1_1_is_not_in_the_answers_of_1_0(client: FlaskClient) -> None:
    for document in documents(client, base=OLD):
        assert "caseVersion" not in document
        text = client.get(f"{OLD}/CFPackages/{document['identifier']}").text
        assert '"extensions"' not in text
        assert '"targetType"' not in text


def test_the_two_versions_link_to_their_own_packages(client: FlaskClient) -> None:
    for base in (NEW, OLD):
        for document in documents(client, base=base):
            assert document["CFPackageURI"]["uri"].startswith(f"http://localhost{base}/CFPackages/")
