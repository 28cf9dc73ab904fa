"""A server and a publisher over another engine: judged here, written there, whole or an error."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from click.testing import Result
from flask.testing import FlaskClient
from rdflib.namespace import SKOS

from competency import KnowledgeGraph
from competency.graph.alignments import alignments_of
from competency.ontology import COMP, ONTOLOGY_IRI
from competency.server import Settings, app_for_endpoint
from competency.sparql import Limits
from competency.sparql.remote import Client, Questions, RemoteGraphs
from competency.sparql.remote.holding import read_graph
from competency.sparql.remote.judging import around_change
from tests.conftest import PREFIXES, ROOT
from tests.other_engine import OtherEngine, instead, running
from tests.test_docs import blocks

BASE = "https://w3id.org/competency/id/"
TOKEN = "a-token-for-tests"  # noqa: S105
WRITE = {"Authorization": f"Bearer {TOKEN}"}
TURTLE = {"Content-Type": "text/turtle"}
LOST = f'{PREFIXES} ex:f a comp:Framework ; rdfs:label "F"@en . ex:p a comp:Group ; comp:inFramework ex:f .'


@pytest.fixture
def engine() -> Iterator[OtherEngine]:
    with running() as found:
        yield found


@pytest.fixture
def full(engine: OtherEngine, shipped: KnowledgeGraph) -> OtherEngine:
    engine.store.extend(quad for graph in shipped.graphs() for quad in graph.quads())
    return engine


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return a file with a framework that conforms."""
    file = tmp_path / "my-framework.ttl"
    file.write_text(blocks(ROOT / "docs" / "authoring.md", "turtle")[0])
    return file


def questions(engine: OtherEngine) -> Questions:
    return Questions(Client(engine.url), Limits())


# ------------------------------------------------------------------ publishing from the command line


def test_what_is_published_is_written_in_one_update_with_the_vocabulary_once(
    engine: OtherEngine, mine: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPETENCY_ENDPOINT_USER", "me")
    monkeypatch.setenv("COMPETENCY_ENDPOINT_PASSWORD", "secret")
    for _ in range(2):
        result = run("publish", mine, "--endpoint", engine.url)
        assert result.exit_code == 0, result.output
    first, second = engine.updates
    assert (f"GRAPH <{ONTOLOGY_IRI}>" in first, f"GRAPH <{ONTOLOGY_IRI}>" in second) == (
        True,
        False,
    )
    assert all(headers["Authorization"] == "Basic bWU6c2VjcmV0" for headers in engine.sent)
    (name,) = KnowledgeGraph(mine).graph_names
    assert len(read_graph(questions(engine), name).triples) == len(KnowledgeGraph(mine))
    result = run("publish", "--remove", name, "--endpoint", engine.url)
    assert result.exit_code == 0, result.output
    assert not RemoteGraphs(questions(engine))


def test_what_does_not_conform_is_not_sent(
    engine: OtherEngine, tmp_path: Path, run: Callable[..., Result]
) -> None:
    file = tmp_path / "lost.ttl"
    file.write_text(LOST)
    result = run("publish", file, "--endpoint", engine.url)
    assert result.exit_code == 1
    assert "nothing was published" in result.stderr
    assert not engine.updates
    assert run("publish", file, "--endpoint", engine.url, "--no-gate").exit_code == 0
    assert len(engine.updates) == 1


def test_an_engine_that_is_not_there_or_named_twice_is_one_line(
    mine: Path, run: Callable[..., Result]
) -> None:
    nobody = "http://127.0.0.1:1/sparql"
    result = run("publish", mine, "--endpoint", nobody)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "does not answer: connection refused" in result.stderr
    assert run("serve", "--endpoint", nobody, "--get", "/").exit_code == 2
    assert run("serve", mine, "--endpoint", nobody).exit_code == 2
    assert run("publish", mine).exit_code == 2
    assert run("publish", mine, "--data", "x", "--endpoint", nobody).exit_code == 2
    assert run("publish", mine, "--data", "x", "--update-endpoint", nobody).exit_code == 2


# ------------------------------------------------------------------ serving


@pytest.fixture
def client(full: OtherEngine) -> Iterator[FlaskClient]:
    settings = Settings(token=TOKEN, limits=Limits(seconds=2.0))
    with app_for_endpoint(Client(full.url), settings, renew=60) as app:
        yield app.test_client()


def test_pages_data_and_queries_come_from_the_engine(
    client: FlaskClient, full: OtherEngine, shipped: KnowledgeGraph
) -> None:
    assert b"Customer Service" in client.get("/").data
    assert len(full.requests) <= 4  # the home page reads no graph
    assert client.get("/page/pub-cscf").status_code == 200
    before = len(full.requests)
    page = client.get("/page/pub-cscf")
    assert (page.status_code, len(full.requests) - before) == (200, 0)
    data = client.get("/data/pub-cscf.nt")
    assert data.data == shipped.serialize(f"{BASE}pub-cscf", "ntriples")
    again = client.get("/data/pub-cscf.nt", headers={"If-None-Match": data.headers["ETag"]})
    assert again.status_code == 304
    rows = client.get("/sparql?" + urlencode({"query": "ASK { ?f a comp:Framework }"}))
    assert rows.json == {"head": {}, "boolean": True}
    described = client.get("/data/dataset.ttl")
    assert b"dcat:Catalog" in described.data
    assert client.get(f"/graphs?graph={BASE}pub-cscf").status_code == 200
    assert client.get("/sparql", headers={"Accept": "text/turtle"}).status_code == 200


def test_a_part_says_that_chains_are_not_followed_there_and_where_they_are(
    client: FlaskClient,
) -> None:
    text = client.get("/page/wcc-behaviours/v1/c1/b2", headers={"Accept": "text/html"}).text
    assert "is not shown here: these data are in another engine" in text
    (address,) = re.findall(r'href="(/crosswalk\?[^"]+chains=3[^"]*)"', text)
    shown = client.get(unescape(address), headers={"Accept": "text/html"})
    assert shown.status_code == 200 and '<option value="3" selected>' in shown.text
    alone = client.get("/page/wcc-behaviours/v1", headers={"Accept": "text/html"}).text
    assert "is not shown here" not in alone


def test_the_same_query_is_asked_again_since_the_data_may_have_changed(
    client: FlaskClient, full: OtherEngine
) -> None:
    address = "/sparql?" + urlencode(
        {"query": "SELECT (COUNT(*) AS ?n) { GRAPH <urn:n> { ?s ?p ?o } }"}
    )
    assert b'"0"' in client.get(address).data
    full.store.update("INSERT DATA { GRAPH <urn:n> { <urn:s> <urn:p> 1 } }")
    assert b'"1"' in client.get(address).data


def test_pages_follow_the_engine_after_a_few_seconds(full: OtherEngine) -> None:
    with app_for_endpoint(Client(full.url), Settings(), renew=0.0) as app:
        client = app.test_client()
        assert client.get("/page/pub-cscf").status_code == 200
        full.store.update(f"DROP GRAPH <{BASE}pub-cscf>")
        assert client.get("/page/pub-cscf").status_code == 404


def test_an_engine_that_fails_is_502_or_503_and_its_address_is_nobodys_business(
    client: FlaskClient, full: OtherEngine
) -> None:
    address = "/sparql?" + urlencode({"query": "ASK {}"})
    full.instead = instead(500, {}, b"out of memory")
    for path in (address, "/", "/page/pub-cscf", "/ready"):
        answer = client.get(path, headers={"Accept": "*/*"})
        assert (answer.status_code, answer.content_type) == (502, "application/problem+json"), path
        assert b'"the engine behind this server: answers 500: out of memory"' in answer.data
    assert b'"status":"ok"' in client.get("/health").data
    assert b"competency_triples NaN" in client.get("/metrics").data
    full.instead = lambda _: time.sleep(1.0)
    late = client.get(address + "&timeout=0.2")
    assert (late.status_code, late.headers["Retry-After"]) == (503, "30")
    full.instead = lambda _: None
    assert client.get(address).status_code == 200
    assert client.get("/page/pub-cscf").status_code == 200


# ------------------------------------------------------------------ writing over HTTP


@pytest.fixture(scope="module")
def writing() -> Iterator[tuple[FlaskClient, OtherEngine]]:
    """Return a server that judges what is written, and its engine: the first judging takes time."""
    settings = Settings(token=TOKEN)
    with running() as engine, app_for_endpoint(Client(engine.url), settings, renew=60) as app:
        yield app.test_client(), engine


def graph(name: str) -> str:
    return "/graphs?" + urlencode({"graph": name})


def test_graphs_are_written_over_http_once_the_gate_agrees(
    writing: tuple[FlaskClient, OtherEngine], mine: Path
) -> None:
    client, engine = writing
    (name,) = KnowledgeGraph(mine).graph_names
    assert client.put(graph(name), data=mine.read_bytes(), headers=TURTLE).status_code == 401
    made = client.put(graph(name), data=mine.read_bytes(), headers=WRITE | TURTLE)
    assert (made.status_code, "Edition" in made.headers) == (201, True)
    assert len(engine.updates) == 1
    assert client.get(graph(name)).status_code == 200
    more = f"<{name}> <http://www.w3.org/2000/01/rdf-schema#seeAlso> <urn:x>, [ a <urn:y> ] ."
    added = client.post(graph(name), data=more, headers=WRITE | TURTLE)
    assert added.status_code == 204, added.text
    assert "DROP" not in engine.updates[-1]
    assert len(read_graph(questions(engine), name).triples) == len(KnowledgeGraph(mine)) + 3
    assert client.delete(graph(name), headers=WRITE).status_code == 204
    assert client.get(graph(name)).status_code == 404
    posted = client.post("/graphs", data=mine.read_bytes(), headers=WRITE | TURTLE)
    assert (posted.status_code, posted.headers["Location"].endswith(name.rpartition("/")[2])) == (
        201,
        True,
    )


def test_a_write_that_does_not_conform_is_refused_with_the_report(
    writing: tuple[FlaskClient, OtherEngine],
) -> None:
    client, engine = writing
    before = len(engine.updates)
    refused = client.put(
        graph("https://example.org/f"),
        data=LOST,
        headers=WRITE | TURTLE | {"Accept": "application/json"},
    )
    assert (refused.status_code, b'"conforms": false' in refused.data) == (422, True)
    broken = client.put(graph("urn:g"), data="<urn:s> <urn:p>", headers=WRITE | TURTLE)
    assert broken.status_code == 400
    assert client.put("/graphs?default", data="", headers=WRITE | TURTLE).status_code == 403
    vocabulary = client.put(graph(ONTOLOGY_IRI), data="", headers=WRITE | TURTLE)
    assert vocabulary.status_code >= 400
    assert len(engine.updates) == before


def test_what_lies_around_a_graph_is_looked_up_before_it_is_judged(
    full: OtherEngine, shipped: KnowledgeGraph
) -> None:
    framework = shipped.framework("wcc-behaviours")
    deep = max(framework.walk(), key=lambda part: len(part.ancestors))
    mine = KnowledgeGraph()
    mine.parse(
        f"{PREFIXES} ex:f a comp:Framework . ex:a a comp:Group ; comp:inFramework ex:f ;"
        f" comp:contrasts <{deep.iri}> .",
        syntax="turtle",
    )
    (graph,) = mine.graphs()
    found = around_change({graph.name: graph}, questions(full))
    known = {triple.subject for each in found.values() for triple in each.triples}
    assert {ox.NamedNode(item.iri) for item in (deep, *deep.ancestors)} <= known
    # The framework at the other end is judged again, by the ends of all its alignments.
    everything = {triple.subject for each in shipped.graphs() for triple in each.triples}
    assert 2 * len(known) < len(everything), "most of what is held is not fetched"
    own = shipped.named_graph(framework.iri)
    assert framework.iri in around_change({own.name: own}, questions(full))


def test_an_alignment_is_judged_by_the_parts_at_its_ends(
    writing: tuple[FlaskClient, OtherEngine], shipped: KnowledgeGraph
) -> None:
    client, engine = writing
    engine.store.extend(quad for graph in shipped.graphs() for quad in graph.quads())
    unhelpful = shipped.index.of_type(str(COMP.NegativeIndicator))[0][0]
    helpful = shipped.index.of_type(str(COMP.PerformanceCriterion))[0][0]
    match = f"<{helpful}> <{SKOS.closeMatch}> <{unhelpful}> ."
    refused = client.put(graph("https://example.org/match"), data=match, headers=WRITE | TURTLE)
    assert refused.status_code == 422 and b"MatchPolarity" in refused.data
    contrast = f"<{unhelpful}> <{COMP.contrasts}> <{helpful}> ."
    done = client.put(graph("https://example.org/match"), data=contrast, headers=WRITE | TURTLE)
    assert done.status_code in (200, 201, 204), done.text


def test_a_graph_that_others_point_at_is_not_taken_out(
    writing: tuple[FlaskClient, OtherEngine], shipped: KnowledgeGraph
) -> None:
    client, engine = writing
    engine.store.extend(quad for graph in shipped.graphs() for quad in graph.quads())
    name = shipped.framework("nos-pss-spo109").graph_name
    parts = shipped.framework("nos-pss-spo109").walk()
    part = next(item.iri for item in parts if not alignments_of(shipped, item.iri))
    mine = f"{PREFIXES} ex:p <{COMP.contrasts}> <{part}> ."
    assert client.put(graph("urn:mine"), data=mine, headers=WRITE | TURTLE).status_code < 300
    before = len(engine.updates)
    refused = client.delete(graph(name), headers=WRITE)
    assert refused.status_code == 422 and b"ContrastKind" in refused.data
    assert len(engine.updates) == before


def test_an_update_is_forwarded_only_where_the_gate_is_off(full: OtherEngine) -> None:
    text = "INSERT DATA { GRAPH <urn:g> { <urn:s> a comp:Framework } }"
    for gate, status in ((True, 403), (False, 204)):
        settings = Settings(token=TOKEN, gate=gate)
        with app_for_endpoint(Client(full.url), settings) as app:
            answer = app.test_client().post("/update", data={"update": text}, headers=WRITE)
            assert answer.status_code == status, answer.text
    assert "send documents to /graphs" not in answer.text
    assert len(full.updates) == 1
    assert read_graph(questions(full), "urn:g").triples
