"""The stock Oxigraph server as the engine: the shipped frameworks go there and are served from it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from click.testing import Result
from flask.testing import FlaskClient

from competency import KnowledgeGraph
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS
from competency.graph import NamedGraph
from competency.graph.loading import shipped_files
from competency.graph.store import new_store
from competency.server import Settings, app_for_endpoint
from competency.sparql import InProcess, Limits, Rows, prepare, questions
from competency.sparql.engine import Asking
from competency.sparql.remote import Client
from tests.conftest import ROOT

pytestmark = pytest.mark.slow
SERVER = Path(sys.executable).with_name("oxigraph")
BASE = "https://w3id.org/competency/id/"
FILES = shipped_files()
JSON = RESULT_FORMATS[0]
SLOW = """SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z
FILTER(STRLEN(STR(?x)) + STRLEN(STR(?y)) > 3 * STRLEN(STR(?z))) }"""


def port_of_our_own() -> int:
    """Return a free port that no connection gets by itself while the engine is down."""
    for port in range(20_000 + os.getpid() % 1000, 32_000, 7):  # others begin at 32,768 or later
        with socket.socket() as free, contextlib.suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    pytest.fail("no port between 20,000 and 32,000 is free")


class Stock:
    """An Oxigraph server that can be stopped and started again."""

    def __init__(self, place: Path) -> None:
        self.port = port_of_our_own()
        self._place = place
        self.start()

    @property
    def options(self) -> list[str]:
        address = f"http://127.0.0.1:{self.port}"
        return ["--endpoint", f"{address}/query", "--update-endpoint", f"{address}/update"]

    def start(self) -> None:
        self._process = subprocess.Popen(
            [SERVER, "serve", "--location", self._place, "--bind", f"127.0.0.1:{self.port}",
             "--union-default-graph"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            with contextlib.suppress(OSError), contextlib.closing(self._connect()) as line:
                line.request("GET", "/")
                line.getresponse()
                return
            time.sleep(0.05)
        pytest.fail("oxigraph serve does not answer")

    def _connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=2)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stock]:
    if not SERVER.exists():
        pytest.skip("the stock Oxigraph server is not installed: pip install 'competency[dev]'")
    found = Stock(tmp_path_factory.mktemp("oxigraph"))
    yield found
    found.stop()


@pytest.fixture(scope="module")
def published(stock: Stock) -> Stock:
    from click.testing import CliRunner

    from competency.cli import main

    result = CliRunner().invoke(main, ["publish", *map(str, FILES), *stock.options])
    assert result.exit_code == 0, result.output
    return stock


@pytest.fixture
def client(published: Stock) -> Iterator[FlaskClient]:
    settings = Settings(limits=Limits(seconds=20.0))
    way = Client(published.options[1], published.options[3])
    with app_for_endpoint(way, settings, renew=0.5) as app:
        yield app.test_client()


def as_stored(graph: NamedGraph) -> set[str]:
    """Return the triples of a graph as Oxigraph rewrites them; none of ours has blank nodes."""
    return {str(quad.triple) for quad in new_store([graph])}


def query(text: str, **more: str) -> str:
    return "/sparql?" + urlencode({"query": text, **more})


def test_pages_and_data_are_those_of_the_files(client: FlaskClient) -> None:
    shipped = KnowledgeGraph(*FILES)
    home = client.get("/")
    assert home.status_code == 200
    for framework in shipped.frameworks:
        assert framework.title.split(":")[0] in home.text.replace("&#39;", "'")
        assert client.get(f"/page/{framework.path}").status_code == 200
        data = client.get(f"/data/{framework.path}.ttl")
        found = {str(quad.triple) for quad in ox.parse(data.data, format=ox.RdfFormat.TURTLE)}
        assert found == as_stored(shipped.named_graph(framework.iri))


def test_every_named_question_has_the_same_answer_as_in_this_process(published: Stock) -> None:
    ours = InProcess(KnowledgeGraph(*FILES))
    way = Client(published.options[1], published.options[3])
    with app_for_endpoint(way, Settings()) as app:
        client = app.test_client()
        for question in questions():
            text = question.bind(BASE)
            theirs = client.get(query(text), headers={"Accept": JSON.media_type})
            expected = ours.answer(Asking(prepare(text), JSON)).data
            assert rows(theirs.data) == rows(expected), question.name


def rows(data: bytes) -> list[tuple[str, ...]]:
    return sorted(tuple(str(term) for term in row.values()) for row in Rows(data))


def test_queries_are_answered_in_all_formats(client: FlaskClient) -> None:
    for row in RESULT_FORMATS:
        answer = client.get(query("SELECT ?f { ?f a comp:Framework }", format=row.name))
        assert (answer.status_code, answer.data.count(BASE.encode())) == (200, 5), row.name
    for row in RDF_SYNTAXES:
        answer = client.get(query(f"DESCRIBE <{BASE}pub-cscf>", format=row.name))
        found = KnowledgeGraph()
        found.parse(answer.data, syntax=row.name)
        assert len(found) > 10, row.name
    one = f"SELECT (COUNT(*) AS ?n) FROM <{BASE}pub-cscf> {{ ?f a comp:Framework }}"  # noqa: S608
    assert client.get(query(one, format="csv")).data.split() == [b"n", b"1"]
    wrong = client.get(query("SELECT *\nWHERE { ?s ?p }"))
    assert (wrong.status_code, b"line 2" in wrong.data) == (400, True)


def test_a_refused_publish_changes_nothing(
    client: FlaskClient, published: Stock, tmp_path: Path, run: Callable[..., Result]
) -> None:
    before = client.get("/data/all.nq").data
    file = tmp_path / "broken.ttl"
    text = (ROOT / "graph" / "pub-cscf.ttl").read_text(encoding="utf-8")
    file.write_text(text.replace("comp:inFramework", "comp:inFrame", 1), encoding="utf-8")
    result = run("publish", file, *published.options)
    assert (result.exit_code, "nothing was published" in result.stderr) == (1, True)
    time.sleep(0.6)
    assert client.get("/data/all.nq").data == before


def test_an_engine_that_is_slow_is_503_and_one_that_is_gone_502_until_it_is_back(
    client: FlaskClient, published: Stock
) -> None:
    slow = client.get(query(SLOW, timeout="0.5"))
    assert (slow.status_code, slow.headers["Retry-After"]) == (503, "30")
    published.stop()
    time.sleep(0.6)
    for path in ("/page/pub-cscf", query("ASK {}"), "/data/pub-cscf.ttl"):
        gone = client.get(path, headers={"Accept": "application/json"})
        assert (gone.status_code, gone.text.count("\n")) == (502, 1)
        assert "does not answer: connection refused" in gone.text
    assert client.get("/health").status_code == 200
    published.start()
    for path in ("/page/pub-cscf", query("ASK {}"), "/data/pub-cscf.ttl"):
        assert client.get(path).status_code == 200
