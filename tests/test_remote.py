"""Another engine: what it answers is whole or an error, and it looks like a graph of our own."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from competency import KnowledgeGraph
from competency.errors import (
    Busy,
    CompetencyError,
    EndpointError,
    LimitReached,
    NotFound,
    QueryError,
    QueryRefused,
    TimeReached,
)
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS, by_name
from competency.graph.store import new_store
from competency.ontology import ONTOLOGY_IRI
from competency.sparql import Asking, Dataset, InProcess, Limits, Prepared, Rows, prepare
from competency.sparql.remote import (
    Client,
    DefaultGraph,
    Questions,
    Remote,
    RemoteGraphs,
    RemoteIndex,
    Turns,
    authorization,
)
from competency.sparql.remote.client import Reply
from competency.sparql.remote.holding import read_graph
from competency.sparql.remote.reading import ROWS, result, triples_of, truth_of
from competency.sparql.workers import Pooled
from tests.other_engine import JSON, OtherEngine, Said, instead, running

BASE = "https://w3id.org/competency/id/"
SELECT = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture
def engine() -> Iterator[OtherEngine]:
    with running() as found:
        yield found


@pytest.fixture
def full(engine: OtherEngine, shipped: KnowledgeGraph) -> OtherEngine:
    engine.store.extend(quad for graph in shipped.graphs() for quad in graph.quads())
    return engine


def ask(engine: OtherEngine, text: str = SELECT, seconds: float = 5.0, most: int = 10_000) -> Reply:
    return Client(engine.url).query(text, ROWS, seconds=seconds, most=most)


def questions(engine: OtherEngine, **limits: float) -> Questions:
    return Questions(Client(engine.url), Limits(**limits))  # type: ignore[arg-type]


def remote(engine: OtherEngine, limits: Limits | None = None) -> Remote:
    limits = limits or Limits()
    asked = Questions(Client(engine.url), limits)
    reader = Pooled.__new__(Pooled)  # nothing is read in these tests
    return Remote(
        asked.client, RemoteGraphs(asked), DefaultGraph(asked), reader, Turns(limits), base=BASE
    )


# ------------------------------------------------------------------ talking


def test_a_token_goes_as_bearer_and_a_name_with_its_password_as_basic() -> None:
    assert authorization(None, None, None) is None
    assert authorization(None, None, "abc") == "Bearer abc"
    assert authorization("jürgen", "s:ß", None) == "Basic asO8cmdlbjpzOsOf"
    for wrong in (("a", None, None), (None, "b", None), ("a", "b", "c")):
        with pytest.raises(EndpointError):
            authorization(*wrong)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("localhost:7878/query", "write http://"),
        ("file:///etc/passwd", "write http://"),
        ("http://", "write http://"),
        ("http://[::1", "write http://"),
        ("http://me:secret@example.org/", "out of the address"),
    ],
)
def test_what_is_no_address_is_refused_in_one_line(address: str, reason: str) -> None:
    with pytest.raises(EndpointError, match=reason) as caught:
        Client(address)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "said", "error", "line"),
    [
        (400, b"Parse error:\nno such thing\n\nSPARQL query:\nSELECT", QueryError, "query: Parse error: no such thing"),
        (401, b"", EndpointError, "answers 401: it takes no query with these credentials"),
        (404, b"gone", EndpointError, "answers 404: it takes no query at this address"),
        (405, b"", EndpointError, "takes no query at this address"),
        (500, b"<!doctype html><p>Out\nof memory</p>", EndpointError, "answers 500: Out of memory"),
        (500, b"", EndpointError, "answers 500"),
        (504, b"late", TimeReached, "answers 504: late"),
        (503, b"full", Busy, "answers 503: full"),
        (429, b"", Busy, "answers 429"),
        (302, b"", EndpointError, "is not there but at http://elsewhere.example/"),
    ],
)  # fmt: skip
def test_a_status_becomes_the_error_it_means(
    engine: OtherEngine, status: int, said: bytes, error: type[CompetencyError], line: str
) -> None:
    engine.instead = instead(status, {"Location": "http://elsewhere.example/"}, said)
    with pytest.raises(error, match=line.replace("?", r"\?")) as caught:
        ask(engine)
    assert "\n" not in str(caught.value)
    assert len(engine.requests) == 1


def test_an_answer_that_is_too_large_is_none(engine: OtherEngine) -> None:
    small, packed = b'{"head":{}}', gzip.compress(bytes(10_000_000))
    engine.instead = instead(200, {"Content-Encoding": "gzip"}, gzip.compress(small))
    assert ask(engine).data == small
    assert engine.sent[0]["Accept-Encoding"] == "gzip"
    for headers, data in (({}, bytes(10_001)), ({"Content-Encoding": "gzip"}, packed)):
        engine.instead = instead(200, headers, data)
        with pytest.raises(LimitReached, match="larger than 10,000 bytes"):
            ask(engine)


def test_a_slow_engine_is_not_waited_for(engine: OtherEngine) -> None:
    def sleep(_: object) -> None:
        time.sleep(1.0)

    engine.instead = sleep
    with pytest.raises(TimeReached, match=r"stopped after 0\.3 seconds"):
        ask(engine, seconds=0.3)
    with pytest.raises(LimitReached, match="the client left"):
        Client(engine.url).query(SELECT, ROWS, seconds=9, most=9, left=lambda: True)
    with pytest.raises(TimeReached, match="has not said whether it was written"):
        Client(engine.url).update("CLEAR ALL", seconds=0.2)


def test_nobody_there_is_said_in_one_line_and_somebody_back_is_found() -> None:
    with running() as engine:
        client, port = Client(engine.url), engine.server_address[1]
        client.query("ASK {}", ROWS, seconds=5, most=1000)
    with pytest.raises(EndpointError, match=f"^http://127.0.0.1:{port}/sparql: does not answer"):
        client.query("ASK {}", ROWS, seconds=5, most=1000)
    with running(port):
        assert client.query("ASK {}", ROWS, seconds=5, most=1000).data


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"Content-Type": JSON}, b'{"head":{"vars":["a"]},"results":{"bindings":['),
        (200, {"Content-Type": JSON}, b'{"head":{"vars":["a"]},"results":{"bindings":[]}} and more'),
        (200, {"Content-Type": "text/html"}, b"<p>Welcome"),
        (200, {"Content-Type": JSON, "X-SPARQL-MaxRows": "10000"}, b'{"head":{},"boolean":true}'),
        (200, {"Content-Type": JSON, "X-SQL-State": "S1TAT"}, b'{"head":{},"boolean":true}'),
    ],
)  # fmt: skip
def test_an_answer_that_is_cut_or_no_answer_is_an_error(engine: OtherEngine, answer: Said) -> None:
    engine.instead = instead(*answer)
    with pytest.raises(EndpointError):
        questions(engine).rows(SELECT)


def test_the_sentence_in_which_oxigraph_says_that_time_is_over_is_understood() -> None:
    said = b'{"head":{"vars":["n"]},"results":{"bindings":[The SPARQL operation has been cancelled'
    with pytest.raises(TimeReached, match="its own time was over"):
        result(Reply(JSON, said), "x")
    with pytest.raises(TimeReached):
        triples_of(
            Reply("application/n-triples", b"<urn:s> The SPARQL operation has been cancelled\n"),
            "x",
        )


def test_triples_that_are_cut_are_an_error(engine: OtherEngine, shipped: KnowledgeGraph) -> None:
    with pytest.raises(EndpointError, match="no whole N-Triples"):
        triples_of(Reply("application/n-triples", b"<urn:s> <urn:p> <urn:o> .\n<urn:s> <ur"), "x")
    whole = new_store(graph.__class__("urn:g", graph.triples) for graph in shipped.graphs())
    data = b"".join(f"{quad.triple} .\n".encode() for quad in list(whole)[:1500])
    engine.store.extend(whole)
    engine.instead = lambda fields: (
        (200, {"Content-Type": "application/n-triples"}, data)
        if "CONSTRUCT" in fields["query"][0]
        else None
    )
    with pytest.raises(EndpointError, match=r"gave 1,500 of the \d,\d\d\d triples of urn:g"):
        read_graph(questions(engine), "urn:g")


def test_the_ways_of_virtuoso_are_understood() -> None:
    head = b'{ "head": { "vars": ["__ASK_RETVAL"] }, "results": { "bindings": [ %s ] } }'
    row = b'{ "__ASK_RETVAL": { "type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "1" }}'
    assert truth_of(result(Reply(JSON, head % row), "x"))
    assert not truth_of(result(Reply(JSON, head % b""), "x"))
    blank = b'{ "__ASK_RETVAL": { "type": "bnode", "value": "nodeID://b10084" }}'
    found = result(Reply(JSON, head % blank), "x")
    assert isinstance(found, ox.QuerySolutions)
    assert [str(row[0]) for row in found] == ["_:b10084"]


# ------------------------------------------------------------------ holding


def test_graphs_are_read_when_they_are_asked_for_and_kept(
    full: OtherEngine, shipped: KnowledgeGraph
) -> None:
    full.store.update(
        f"INSERT DATA {{ GRAPH <{ONTOLOGY_IRI}> {{ <urn:s> <urn:p> 1 }} "
        "GRAPH <http://www.openlinksw.com/schemas/virtrdf#> { <urn:s> <urn:p> 1 } }"
    )
    graphs = RemoteGraphs(questions(full))
    assert list(graphs) == shipped.graph_names
    assert graphs.total() == len(shipped)
    assert [graphs.size(name) for name in graphs] == [shipped.size(name) for name in graphs]
    assert graphs.summaries() == shipped.summaries()
    before = len(full.requests)
    for _ in range(2):
        for name in graphs:
            assert len(graphs[name].triples) == graphs.size(name)
    assert len(full.requests) <= before + 2 * len(graphs)
    with pytest.raises(KeyError):
        graphs["urn:none"]
    with pytest.raises(NotFound):
        graphs.size("urn:none")


def test_a_graph_says_the_same_wherever_it_is_held(
    full: OtherEngine, shipped: KnowledgeGraph
) -> None:
    asked = questions(full)
    index = RemoteIndex(asked)
    graph = KnowledgeGraph.over(RemoteGraphs(asked, index.learn), index)
    assert graph.elsewhere
    assert len(graph) == len(shipped)
    assert [f.kinds for f in graph.frameworks] == [f.kinds for f in shipped.frameworks]
    before = len(full.requests)
    things = [part.iri for f in shipped.frameworks for part in f.walk()]
    assert all(graph.holds(iri) for iri in things)
    assert not graph.holds("https://example.org/nothing")
    assert len(full.requests) == before + 1, "only what no graph mentions is asked about"
    assert graph.resource("pub-cscf").title == shipped.resource("pub-cscf").title
    with pytest.raises(NotFound):
        graph.resource("pub-cscv")
    with pytest.raises(TypeError, match="no store here"):
        graph.store  # noqa: B018


def test_names_are_found_in_engines_that_do_not_list_empty_graphs(full: OtherEngine) -> None:
    def instead(fields: dict[str, list[str]]) -> Said | None:
        if "GRAPH ?g {}" in fields["query"][0]:
            return 400, {}, b"not understood"
        return None

    full.instead = instead
    assert len(RemoteGraphs(questions(full))) == 7


# ------------------------------------------------------------------ queries


@pytest.mark.parametrize("syntax", [row.name for row in RESULT_FORMATS])
def test_rows_come_in_every_format_as_from_our_own_engine(
    full: OtherEngine, shipped: KnowledgeGraph, syntax: str
) -> None:
    prepared = prepare("SELECT ?f ?l { ?f a comp:Framework ; rdfs:label ?l } ORDER BY ?f")
    asking = Asking(prepared, by_name(syntax, RESULT_FORMATS))
    assert remote(full).answer(asking).data == InProcess(shipped).answer(asking).data
    ask = Asking(prepare("ASK { ?f a comp:Framework }"), by_name(syntax, RESULT_FORMATS))
    assert remote(full).answer(ask).data == InProcess(shipped).answer(ask).data


@pytest.mark.parametrize("syntax", [row.name for row in RDF_SYNTAXES])
def test_triples_come_in_every_syntax(full: OtherEngine, syntax: str) -> None:
    prepared = prepare("CONSTRUCT { ?f a comp:Framework } WHERE { ?f a comp:Framework }")
    data = remote(full).answer(Asking(prepared, by_name(syntax))).data
    found = KnowledgeGraph()
    found.parse(data, syntax=syntax)
    assert len(found) == 5
    assert b"competency/id/> {" not in data and b"competency/id/> .\n" not in data


def test_a_page_shows_the_beginning_and_says_how_much_there_is(full: OtherEngine) -> None:
    json_ = by_name("json", RESULT_FORMATS)
    written = remote(full).answer(Asking(prepare(SELECT), json_, rows=7))
    assert (len(Rows(written.data)), written.total > 2000) == (7, True)
    construct = prepare("CONSTRUCT WHERE { ?s a comp:Framework ; ?p ?o }")
    written = remote(full).answer(Asking(construct, by_name("turtle"), rows=1))
    assert (len(written.data), written.total > 1000) == (200, True)
    assert b"@prefix" in written.data


def count(engine: OtherEngine, text: str, dataset: Dataset | None = None) -> int:
    asking = Asking(prepare(text), by_name("json", RESULT_FORMATS), dataset or Dataset())
    (row,) = Rows(remote(engine).answer(asking).data).to_dicts()
    return int(row["n"])


@pytest.mark.parametrize("union", [True, False])
def test_a_query_sees_all_frameworks_whatever_the_engines_default_graph_is(
    full: OtherEngine, union: bool
) -> None:
    full.union = union
    frameworks = "SELECT (COUNT(*) AS ?n) { %s { ?f a comp:Framework } }"
    assert count(full, frameworks % "") == 5
    assert count(full, frameworks % "GRAPH ?g") == 5
    one = f"{BASE}pub-cscf"
    text = f"SELECT (COUNT(*) AS ?n) FROM <{one}> {{ ?f a comp:Framework }}"  # noqa: S608
    assert count(full, text) == 1
    assert count(full, frameworks % "", Dataset((one,))) == 1
    assert bool(full.requests[1].get("default-graph-uri")) is False


def test_an_engine_that_has_no_union_of_many_graphs_is_said_to_need_it(
    engine: OtherEngine,
) -> None:
    engine.union = False
    engine.store.extend(
        ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.NamedNode("urn:o"), graph)
        for graph in (ox.NamedNode(f"urn:g{number}") for number in range(501))
    )
    with pytest.raises(EndpointError, match="--union-default-graph"):
        count(engine, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")


def test_a_strict_dataset_needs_an_engine_that_has_it(full: OtherEngine) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with pytest.raises(EndpointError, match="--default-graph own cannot be had"):
        count(full, text, Dataset(union=False))
    full.union = False
    assert count(full, text, Dataset(union=False)) == 0


def test_a_wrong_query_names_its_place_and_nothing_connects_elsewhere(full: OtherEngine) -> None:
    json_ = by_name("json", RESULT_FORMATS)
    with pytest.raises(QueryError) as caught:
        remote(full).answer(Asking(Prepared("SELECT *\nWHERE { ?s ?p }", "SELECT", False), json_))
    assert (caught.value.line, caught.value.column) == (2, 16)
    service = Prepared("SELECT * { SERVICE <urn:x> {} }", "SELECT", False, services=("urn:x",))
    with pytest.raises(QueryRefused):
        remote(full).answer(Asking(service, json_))


def test_only_so_many_queries_run_and_wait(full: OtherEngine) -> None:
    turns = Turns(Limits(workers=1, queue=0))
    late = time.monotonic() + 5
    with (
        turns.turn(late, lambda: False),
        pytest.raises(Busy),
        turns.turn(late, lambda: False),
    ):
        pass
    waiting = Turns(Limits(workers=1, queue=1))
    with waiting.turn(time.monotonic() + 5, lambda: False):
        with pytest.raises(Busy), waiting.turn(time.monotonic(), lambda: False):
            pass
        with pytest.raises(LimitReached), waiting.turn(time.monotonic() + 5, lambda: True):
            pass
    assert (waiting.running, waiting.waiting) == (0, 0)
