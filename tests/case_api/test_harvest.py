"""A consumer that takes all documents, then their packages, and imports them, has the frameworks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import URIRef

from competency import KnowledgeGraph
from competency.exchange.case import read
from competency.exchange.exchange import Reading
from competency.exchange.imported import File
from competency.exchange.terms import term
from competency.graph import NamedGraph
from competency.importing import parted
from competency.server import create_app
from tests.case_api.common import NEW, SAMPLES, Json, links, sample_client
from tests.exchange.case.common import back, differences, normal, the_graph
from tests.exchange.frameworks import assert_same


def harvested(client: FlaskClient, limit: int = 2) -> dict[str, bytes]:
    """Return all packages of a server by the addresses that its documents give for them."""
    found: dict[str, bytes] = {}
    url = f"{NEW}/CFDocuments?limit={limit}&fields=CFPackageURI"
    while url:
        response = client.get(url)
        for document in json.loads(response.data)["CFDocuments"]:
            place = document["CFPackageURI"]["uri"]
            answer = client.get(place)
            assert answer.status_code == 200
            found[place] = answer.data
        url = links(response).get("next", "")
    return found


def taken_in(data: bytes) -> NamedGraph:
    (graph,) = read(File("package.json", data, "application/json"), Reading()).graphs
    return graph


def test_what_is_shipped_comes_over_whole(shipped: KnowledgeGraph) -> None:
    packages = harvested(create_app(shipped).test_client())
    graphs = {graph.name: graph for graph in map(taken_in, packages.values())}
    assert set(graphs) == {framework.iri for framework in shipped.frameworks}
    for name, graph in graphs.items():
        assert_same(shipped.named_graph(name), parted([graph])[0])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_of_case_comes_over_whole(shared: Path, name: str) -> None:
    client, _ = sample_client(shared, name)
    (data,) = harvested(client).values()
    file = (shared / "samples" / "case" / f"{name}.json").read_bytes()
    assert_same(_told(the_graph(file)), _told(taken_in(data)))
    before, after = _plain(json.loads(file)), _plain(back(taken_in(data)))
    assert not [*differences(normal(before), normal(after))]


def _told(graph: NamedGraph) -> NamedGraph:
    """Return a framework without its file, and without links to the server that it is from."""
    (source,) = (
        thing
        for thing, prop, _ in graph.graph
        if prop == term("dcterms:conformsTo") and str(thing).startswith(graph.name)
    )
    links_to_server = (term("case:CFDocumentURI"), term("case:CFPackageURI"))
    left_out = (*links_to_server, term("comp:section"))  # places in the file
    gone = {row[2] for row in graph.graph if row[1] in links_to_server} - {URIRef(graph.name)}
    rows = (
        row
        for row in graph.graph
        if source not in (row[0], row[2]) and row[1] not in left_out and row[0] not in gone
    )
    return NamedGraph.of(graph.name, rows)


def _plain(value: Json) -> Json:
    """Return a package without the links that the standard has only outside of packages."""
    for found in (value["CFDocument"], *value.get("CFItems", ()), *value.get("CFAssociations", ())):
        found.pop("CFDocumentURI", None)
        found.pop("CFPackageURI", None)
    return value
