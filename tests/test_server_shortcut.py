"""The short way of a query: the same answer, header for header, as the endpoint gives."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from competency import KnowledgeGraph
from competency.formats import RESULT_FORMATS, by_name
from competency.server import create_app
from competency.server.answers import Answers
from competency.server.memory import Memory
from competency.server.shortcut import Shortcut
from competency.server.watching import Watch
from competency.sparql import Asking, InProcess, Triples, prepare, run_query
from tests.conftest import PREFIXES

ONE = "https://example.org/one"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
COUNT = "SELECT (COUNT(?f) AS ?n) WHERE { ?f a comp:Framework }"
MANY = "SELECT * WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40"
TREE = "CONSTRUCT WHERE { ?s a comp:Framework ; rdfs:label ?l }"
EMPTY = "CONSTRUCT { ?s a ?o } WHERE { ?s a comp:Nothing ; a ?o }"
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    graph = KnowledgeGraph()
    graph.parse(f'{PREFIXES} <{ONE}> a comp:Framework ; rdfs:label "Eins"@de , "One"@en .')
    return graph


@pytest.fixture(scope="module")
def short(graph: KnowledgeGraph) -> FlaskClient:
    return create_app(graph).test_client()


@pytest.fixture(scope="module")
def long(graph: KnowledgeGraph) -> FlaskClient:
    """Return a client of an application without the short way."""
    app = create_app(graph)
    assert isinstance(app.wsgi_app, Shortcut)
    setattr(app, "wsgi_app", app.wsgi_app.app)  # noqa: B010
    return app.test_client()


def address(**fields: str | list[str]) -> str:
    return "/sparql?" + urlencode({k.replace("_", "-"): v for k, v in fields.items()}, doseq=True)


REQUESTS: dict[str, dict[str, Any]] = {
    "by GET": {"path": address(query=COUNT)},
    "with */*": {"path": address(query=COUNT), "headers": {"Accept": "*/*"}},
    "for a browser": {"path": address(query=COUNT), "headers": {"Accept": BROWSER}},
    "for any text": {
        "path": address(query=COUNT),
        "headers": {"Accept": "text/*, text/csv;q=0.1, text/tab-separated-values;q=0.1"},
    },
    "as XML": {"path": address(query=MANY), "headers": {"Accept": "application/xml"}},
    "compressed": {"path": address(query=MANY), "headers": {"Accept-Encoding": "gzip"}},
    "as CSV": {"path": address(query=COUNT, format="csv")},
    "as a page": {"path": address(query=COUNT, format="html")},
    "in no format": {"path": address(query=COUNT, format="png")},
    "of the wrong format": {"path": address(query=COUNT), "headers": {"Accept": "text/turtle"}},
    "in Turtle": {"path": address(query=TREE)},
    "in N-Triples": {"path": address(query=TREE), "headers": {"Accept": "application/n-triples"}},
    "of a graph": {"path": address(query=COUNT, default_graph_uri=ONE)},
    "of no graph": {"path": address(query=COUNT, default_graph_uri=ONE + "/no")},
    "with a timeout": {"path": address(query=COUNT, timeout="5")},
    "with a wrong timeout": {"path": address(query=COUNT, timeout="soon")},
    "of an edition": {"path": address(query=COUNT, edition="1")},
    "twice": {"path": address(query=[COUNT, COUNT])},
    "in French": {"path": address(query=COUNT, lang="fr"), "headers": {"Accept-Language": "fr"}},
    "that is wrong": {"path": address(query="SELECT")},
    "that is an update": {"path": address(query="CLEAR ALL")},
    "by a form": {"path": "/sparql", "data": urlencode({"query": COUNT}), "content_type": FORM},
    "as it is": {"path": "/sparql", "data": COUNT, "content_type": DIRECT + "; charset=UTF-8"},
    "in Latin": {"path": "/sparql", "data": COUNT, "content_type": DIRECT + "; charset=latin1"},
    "in no UTF-8": {"path": "/sparql", "data": b"ASK { \xff }", "content_type": DIRECT},
    "as text": {"path": "/sparql", "data": COUNT, "content_type": "text/plain"},
    "named": {"path": address(question="frameworks")},
    "without a query": {"path": "/sparql"},
    "of an odd host": {"path": address(query=COUNT), "headers": {"Host": "a_b"}},
    "unchanged": {"path": address(query=COUNT), "headers": {"If-None-Match": "*"}},
    "unchanged and compressed": {
        "path": address(query=MANY),
        "headers": {"If-None-Match": '"a", *', "Accept-Encoding": "gzip"},
    },
    "changed": {"path": address(query=COUNT), "headers": {"If-None-Match": '"a", W/"b"'}},
    "posted with a condition": {
        "path": "/sparql",
        "data": COUNT,
        "content_type": DIRECT,
        "headers": {"If-None-Match": "*"},
    },
}  # fmt: skip


@pytest.mark.parametrize("name", REQUESTS)
def test_a_query_gets_the_same_answer_the_short_way(
    short: FlaskClient, long: FlaskClient, name: str
) -> None:
    kept = dict(REQUESTS[name])
    method = "POST" if "data" in kept else "GET"
    wanted = long.open(method=method, **kept)
    for _ in range(2):  # the second time from memory
        answer = short.open(method=method, **kept)
        assert answer.status == wanted.status
        assert answer.data == wanted.data
        assert headers(answer.headers) == headers(wanted.headers)


def headers(found: Headers) -> list[tuple[str, str]]:
    """Return headers in order, without what is another each time; each server adds a date."""
    named = dict(found.items())
    named.pop("Date", None)
    number = named.pop("Query-Id", None)
    assert number is None or len(number) == 16
    return sorted([*named.items(), ("numbered", str(number is not None))])


def test_a_request_is_counted_and_logged_once_whichever_way_it_goes(
    graph: KnowledgeGraph, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    watch = Watch(str(tmp_path / "log"))
    request.addfinalizer(watch.close)
    client = create_app(graph, watch=watch).test_client()
    good = client.get(address(query=COUNT))
    bad = client.get(address(query="SELECT"))
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [line["outcome"] for line in lines] == ["answered", "invalid"]
    assert [line["id"] for line in lines] == [r.headers["Query-Id"] for r in (good, bad)]
    assert lines[0]["form"] == "SELECT"
    assert lines[0]["bytes"] == len(good.data)
    told = client.get("/metrics").text
    assert 'competency_requests_total{method="GET",status="200"} 1.0' in told
    assert 'competency_requests_total{method="GET",status="400"} 1.0' in told
    assert 'competency_queries_total{form="SELECT",outcome="answered"} 1.0' in told


def test_the_same_request_is_neither_read_nor_worked_out_again(
    short: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = short.get(address(query=COUNT))

    def prepared(*_: object, **__: object) -> None:
        raise AssertionError("it was looked at again")

    monkeypatch.setattr("competency.server.shortcut.prepare", prepared)
    again = short.get(address(query=COUNT))
    assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert again.headers["Query-Id"] != first.headers["Query-Id"]


def test_a_query_that_may_answer_otherwise_is_worked_out_each_time(short: FlaskClient) -> None:
    asked = address(query="SELECT (STRUUID() AS ?n) {}")
    assert short.get(asked).data != short.get(asked).data


@pytest.fixture
def memory() -> Memory:
    return Memory(40_000)


@pytest.fixture
def answers(graph: KnowledgeGraph, memory: Memory) -> Iterator[Answers]:
    kept = Answers(InProcess(graph), memory)
    yield kept
    kept.close()


def test_a_compressed_form_is_kept_and_counts(answers: Answers, memory: Memory) -> None:
    asking = Asking(prepare(MANY), RESULT_FORMATS[0])
    found = answers.answer(asking, lambda: False)
    before = memory.held
    assert before > len(found.written.data) + len(MANY)
    data = answers.packed(found)
    assert gzip.decompress(data) == found.written.data
    assert answers.packed(found) is data
    assert answers.answer(asking, lambda: False) is found
    assert memory.held == before + len(data)


def test_kept_answers_stay_within_their_bytes(answers: Answers, memory: Memory) -> None:
    for number in range(1, 40):
        text = MANY.replace("40", str(number))
        answers.packed(answers.answer(Asking(prepare(text), RESULT_FORMATS[0]), lambda: False))
        assert memory.held <= 40_000


@pytest.mark.parametrize("text", [TREE, "DESCRIBE ?f WHERE { ?f a comp:Framework }", EMPTY])
def test_n_triples_of_an_answer_are_those_of_its_graph_in_order(
    graph: KnowledgeGraph, text: str
) -> None:
    answer = run_query(graph, text)
    assert isinstance(answer, Triples)
    ntriples = by_name("ntriples")
    found = InProcess(graph).answer(Asking(prepare(text), ntriples)).data
    assert found == answer.serialize(ntriples)
