"""Queries made to harm: each has its answer, and the server is quick afterwards."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from competency import KnowledgeGraph
from tests.hostile.common import SMALL, query, quick, raw
from tests.hostile.conftest import Canary
from tests.servers import Server, server
from tests.workers.common import HUNGRY, RUNAWAY

pytestmark = [pytest.mark.slow, pytest.mark.alone]
DIRECT = {"Content-Type": "application/sparql-query"}
CHAIN = " . ".join(f"?a{n} <urn:p> ?a{n + 1}" for n in range(2000))


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        pytest.param("ASK " + "{" * 1000 + "}" * 1000, {403}, id="1,000 braces"),
        pytest.param("ASK " + "{" * 4000 + "}" * 4000, {403}, id="4,000 braces"),
        pytest.param(
            "ASK { FILTER(" + "(" * 8000 + "1" + ")" * 8000 + ") }", {403}, id="8,000 parens"
        ),
        pytest.param("SELECT * " + "{ SELECT * " * 2000 + "}" * 2000, {403}, id="sub-selects"),
        pytest.param(
            "SELECT * { " + "OPTIONAL { ?s ?p ?o " * 4000 + "}" * 4001, {403}, id="optionals"
        ),
        pytest.param(
            "SELECT (" + "+".join(["1"] * 8000) + " AS ?x) {}", {403, 200, 422}, id="1+1+1"
        ),
        pytest.param(
            "SELECT * { " + " UNION ".join(["{ ?s ?p 1 }"] * 8000) + " }", {403, 503}, id="unions"
        ),
        pytest.param(
            "ASK { ?s " + "/".join(["<urn:p>"] * 1000) + " ?o }", {403, 503}, id="long path"
        ),
        pytest.param(
            "ASK { ?s " + "[ <urn:p> " * 1000 + "]" * 1000 + " }", {403}, id="blank nodes"
        ),
        pytest.param(f"ASK {{ {CHAIN} }}", {403, 503}, id="2,000 joins"),
        pytest.param("ASK { FILTER(" + "!" * 50_000 + "true) }", {403, 200, 422}, id="not not not"),
        pytest.param("ASK { ?s ((((<urn:p>*)*)*)*) ?o }", {200, 503}, id="star of star"),
        pytest.param("ASK { } #" + "x" * 400_000, {403}, id="400,000 characters"),
        pytest.param(RUNAWAY, {503}, id="runaway join"),
        pytest.param(HUNGRY, {422, 503}, id="hungry sort"),
        pytest.param("SELECT * { ?a ?b ?c . ?d ?e ?f }", {422, 503}, id="huge answer"),
        pytest.param("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", {422, 503}, id="huge graph"),
        pytest.param(
            "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
            {422, 503},
            id="concat",
        ),
        pytest.param(
            'SELECT (REPLACE("' + "a" * 5000 + '", "(a*)*b", "c") AS ?x) { ?s ?p ?o } LIMIT 9',
            {200, 503},
            id="regex",
        ),
        pytest.param(
            "SELECT (STRLEN(REPLACE(" * 60 + "'a'" + ",'a','aa')) AS ?x)" * 60,
            {400, 403},
            id="soup",
        ),
        pytest.param("DROP ALL", {403}, id="update as query"),
        pytest.param("\x00\x01\x02", {400}, id="control characters"),
    ],
)
def test_a_query_that_would_harm_is_answered_in_time(
    target: Server, text: str, statuses: set[int]
) -> None:
    started = time.monotonic()
    status, headers, body = target.ask("POST", "/sparql", text.encode(), DIRECT)
    assert status in statuses, body[:300]
    assert time.monotonic() - started < 20
    assert b"Traceback" not in body and b"panicked" not in body
    if status == 503:
        assert headers["retry-after"].isdecimal()
    if status >= 400:
        assert headers["content-type"] == "application/problem+json"
    quick(target)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ VALUES ?x {{ <{url}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
        "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT * FROM <file:///etc/passwd> {{ ?s ?p ?o }}",
        "SELECT * {{ FILTER(?a<1)SERVICE#>\n<{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
        "LOAD <{url}>",
        "DESCRIBE <{url}>",
    ],
)
def test_no_query_connects_to_anything(target: Server, canary: Canary, text: str) -> None:
    for path in (query(text.format(url=canary.url)), SMALL + f"&default-graph-uri={canary.url}",
                 SMALL + "&named-graph-uri=file:///etc/passwd"):  # fmt: skip
        status, _, body = target.ask("GET", path)
        assert status in (200, 400, 403)
        assert b"root:" not in body
    assert canary.visits == []
    quick(target)


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Server]:
    """Give a server that lets a query run for minutes, so that what ends sooner was ended."""
    KnowledgeGraph.shipped().publish(tmp_path / "data", gate=False)
    words = ("--timeout", "300", "--max-timeout", "300")
    with server("--data", tmp_path / "data", "--no-gate", *words) as running:
        yield running


@contextmanager
def runaways(target: Server, number: int) -> Iterator[None]:
    """Ask queries that never end, each its own, until all run; leave at the end."""
    with ExitStack() as stack:
        for n in range(number):
            path = query(RUNAWAY + f"#{n}")
            sock = stack.enter_context(socket.create_connection(("127.0.0.1", target.port)))
            sock.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        target.wait_for_running(number)
        yield


def test_work_stops_when_the_client_leaves(patient: Server) -> None:
    with runaways(patient, 1):
        pass
    patient.wait_for_running(0)
    quick(patient)


def test_small_queries_are_answered_while_eight_runaways_run(patient: Server) -> None:
    """How fast they are answered is for the benchmark to say (``make bench-more``)."""
    with runaways(patient, 8):
        for number in range(10):
            assert patient.ask("GET", query(f"ASK {{ ?s ?p {number} }}"))[0] == 200
        patient.wait_for_running(8)
    patient.wait_for_running(0)
    quick(patient)


def test_an_answer_is_never_cut(target: Server) -> None:
    """Whatever the size, an answer has its whole length or is an error."""
    for limit in (10, 1000, 20_000, 200_000):
        path = query(f"SELECT * {{ ?s ?p ?o . ?a ?b ?c }} LIMIT {limit}")
        status, headers, body = target.ask("GET", path, headers={"Accept": "text/csv"})
        if status == 200:
            assert len(body) == int(headers["content-length"])
            assert body.count(b"\r\n") >= limit + 1
        else:
            assert status in (422, 503)


def test_pipelined_and_halved_requests_do_no_harm(target: Server) -> None:
    one = f"GET {SMALL} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    last = one.replace(b"Host: x\r\n", b"Host: x\r\nConnection: close\r\n")
    assert raw(target, one * 19 + last).count(b'"boolean":true') == 20
    for cut in (1, 10, len(one) - 1):
        raw(target, one[:cut], close=True)
    quick(target)
