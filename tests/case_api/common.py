"""What the tests of the CASE REST API share: clients, the official schemas, small frameworks."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from jsonschema import Draft4Validator, FormatChecker
from werkzeug.test import TestResponse

from competency import KnowledgeGraph
from competency.server import create_app
from tests.conftest import PREFIXES
from tests.exchange.case.common import schema, the_graph

Json = dict[str, Any]
NEW, OLD = "/ims/case/v1p1", "/ims/case/v1p0"
SAMPLES = (
    "compeito-opencase-v1p1-rubrics-ja",
    "opensalt-EmptyExternalFramework",
    "opensalt-ItemTypeTestFramework",
    "opensalt-Ordering",
    "opensalt-SmartLevelFramework",
    "opensalt-Utf8TestFramework",
)
# What each address answers with: the end of the address, the schema of the answer.
ANSWERS = {
    "CFDocuments": "CFDocument",
    "CFPackages": "CFPackage",
    "CFItems": "CFItem",
    "CFItemAssociations": "CFAssociationSet",
    "CFAssociations": "CFAssociation",
    "CFAssociationGroupings": "CFAssociationGrouping",
    "CFConcepts": "CFConceptSet",
    "CFItemTypes": "CFItemTypeSet",
    "CFLicenses": "CFLicense",
    "CFSubjects": "CFSubjectSet",
    "CFRubrics": "CFRubric",
}
_ALONE = ("CFDocument", "CFItem", "CFAssociation")


def client_of(*texts: str) -> FlaskClient:
    """Return a client of a server that publishes small frameworks in Turtle."""
    graph = KnowledgeGraph()
    for text in texts:
        graph.parse(PREFIXES + text)
    return create_app(graph).test_client()


def framework(name: str, title: str, *, language: str = "en", more: str = "") -> str:
    """Return a framework with one criterion."""
    return f"""ex:{name} a comp:Framework ; rdfs:label "{title}"@{language} ;
        dcterms:language "{language}" {more} .
        <https://example.org/{name}/1> a comp:PerformanceCriterion ; comp:inFramework ex:{name} ;
        comp:partOf ex:{name} ; comp:position 1 ; comp:text "Does it well"@{language} ."""


def sample_client(shared: Path, name: str) -> tuple[FlaskClient, str]:
    """Return a client of a server that publishes a file of CASE, and the name of its graph."""
    data = (shared / "samples" / "case" / f"{name}.json").read_bytes()
    graph = KnowledgeGraph()
    named = the_graph(data)
    graph.add(named)
    return create_app(graph).test_client(), named.name


def got(client: FlaskClient, path: str, expected: int = 200) -> Json:
    """Return what is at an address, which is JSON always."""
    response = client.get(path)
    assert response.status_code == expected, (path, response.text)
    assert response.content_type == "application/json"
    found: Json = json.loads(response.data)
    return found


def documents(client: FlaskClient, query: str = "", base: str = NEW) -> list[Json]:
    """Return the CFDocuments of a list."""
    found: list[Json] = got(client, f"{base}/CFDocuments{query}")["CFDocuments"]
    return found


def addresses(client: FlaskClient, base: str = NEW) -> Iterator[str]:
    """Yield the address of everything that a server has, as a consumer finds it."""
    for document in documents(client, base=base):
        identifier = document["identifier"]
        yield f"CFDocuments/{identifier}"
        yield f"CFPackages/{identifier}"
        found = got(client, f"{base}/CFPackages/{identifier}")
        for item in found.get("CFItems", []):
            yield f"CFItems/{item['identifier']}"
            yield f"CFItemAssociations/{item['identifier']}"
        for array in ("CFAssociations", "CFRubrics"):
            yield from (f"{array}/{one['identifier']}" for one in found.get(array, []))
        for array, every in found.get("CFDefinitions", {}).items():
            yield from (f"{array}/{one['identifier']}" for one in every)


def links(response: TestResponse) -> dict[str, str]:
    """Return the addresses of a Link header by their relation."""
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"', response.headers.get("Link", ""))
    return {rel: url for url, rel in found}


@cache
def validator(shared: Path, version: str, name: str) -> Draft4Validator:
    """Return the official schema of an answer.

    That of CASE 1.0 forbids in its halves of an object what the other half has, so that nothing
    at all could be valid; here the halves are put together.
    """
    if version == "1.1":
        return schema(shared, version, name)
    text = (shared / "oracles" / "case-v1p0-swagger.json").read_text(encoding="utf-8")
    whole = json.loads(text)
    for kind in _ALONE:
        one, other = whole["definitions"][f"{kind}.Type"]["allOf"]
        base = whole["definitions"][one["$ref"].rpartition("/")[2]]
        whole["definitions"][f"{kind}.Type"] = {
            **base,
            "properties": base["properties"] | other["properties"],
            "required": [*base["required"], *other.get("required", [])],
        }
    found = whole | {"$ref": f"#/definitions/{name}.Type"}
    return Draft4Validator(found, format_checker=FormatChecker())


def faults(check: Draft4Validator, value: Json, known: Collection[str] = ()) -> list[str]:
    """Return what a schema holds against a value, but for what is known of the file it is from.

    An item without associations gives an empty list, where the schema wants one at least.
    """
    found = ((error.json_path, error.message[:200]) for error in check.iter_errors(value))
    return [
        f"{path}: {message}"
        for path, message in found
        if message not in known and not (path == "$.CFAssociations" and message.startswith("[] "))
    ]


def faults_of_file(shared: Path, name: str, version: str) -> set[str]:
    """Return what the schema of a package holds against a file from elsewhere."""
    data = (shared / "samples" / "case" / f"{name}.json").read_bytes()
    check = validator(shared, version, "CFPackage")
    return {error.message[:200] for error in check.iter_errors(_without_nulls(json.loads(data)))}


def _without_nulls(value: Any) -> Any:
    """Return a value without what is null, which is as good as not there."""
    if isinstance(value, dict):
        return {name: _without_nulls(one) for name, one in value.items() if one is not None}
    return [_without_nulls(one) for one in value] if isinstance(value, list) else value
