"""What operators and caches meet: health, readiness, figures, the query log, gzip, proxies, editions."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from competency import DataDirectory, KnowledgeGraph
from competency.errors import LimitReached
from competency.server import Settings, create_app
from competency.server.serving import Fixed, Published
from competency.server.site import Site
from competency.server.watching import Watch
from competency.sparql import Asking, Limits, Written
from tests.editions.common import ONE, framework, put
from tests.published import client_of

ALL = "/sparql?query=" + quote("SELECT * { ?s ?p ?o }")


@pytest.fixture
def graph(shipped: KnowledgeGraph) -> KnowledgeGraph:
    return shipped


def test_health_readiness_and_figures_are_never_kept(graph: KnowledgeGraph) -> None:
    client = create_app(graph).test_client()
    for path in ("/health", "/ready", "/metrics"):
        response = client.get(path)
        assert response.status_code == 200 and response.headers["Cache-Control"] == "no-store"
    assert client.get("/ready").get_json()["status"] == "ready"


class Broken:
    """An engine that cannot answer."""

    def answer(self, asking: Asking, left: object = None) -> Written:
        raise LimitReached("engine", "no worker could answer")

    def close(self) -> None:
        """Do nothing."""


def test_a_server_whose_workers_cannot_answer_lives_but_is_not_ready(graph: KnowledgeGraph) -> None:
    client = create_app(Fixed(Site(graph, Broken()))).test_client()
    assert client.get("/health").status_code == 200
    assert client.get("/ready").status_code >= 400


def test_the_figures_tell_how_queries_ended(graph: KnowledgeGraph) -> None:
    client = create_app(graph).test_client()
    for query in ("ASK {}", "ASK {}", "ASK {", "ASK { SERVICE <urn:x> {} }"):
        client.get("/sparql?query=" + quote(query))
    text = client.get("/metrics").text
    assert 'competency_queries_total{form="ASK",outcome="answered"} 2.0' in text
    assert 'outcome="invalid"} 1.0' in text and 'outcome="refused"} 1.0' in text
    assert "competency_answers_kept_hits 1.0" in text
    assert 'competency_requests_total{method="GET",status="400"} 1.0' in text
    other = create_app(graph).test_client().get("/metrics").text
    assert 'outcome="answered"' not in other


def test_every_query_has_a_number_and_a_line_in_the_log(
    graph: KnowledgeGraph, tmp_path: Path
) -> None:
    watch = Watch(str(tmp_path / "log"))
    client = create_app(graph, watch=watch).test_client()
    good = client.get("/sparql?query=" + quote("ASK { ?s a comp:Framework } # é"))
    bad = client.get("/sparql?query=" + quote("ASK {"))
    watch.close()
    rows = [json.loads(line) for line in (tmp_path / "log").read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == [r.headers["Query-Id"] for r in (good, bad)]
    assert rows[0]["outcome"] == "answered" and rows[0]["bytes"] == len(good.data)
    assert rows[0]["query"].endswith("# é") and rows[0]["seconds"] >= 0
    assert rows[1]["outcome"] == "invalid" and "line 1" in rows[1]["error"]


def test_answers_are_kept_within_a_bound_and_not_when_they_may_differ(
    graph: KnowledgeGraph,
) -> None:
    asked: list[str] = []

    class Counting(Broken):
        def answer(self, asking: Asking, left: object = None) -> Written:
            asked.append(asking.prepared.text)
            return Written(b"x" * 100)

    settings = Settings(limits=Limits(cache=10_000))
    client = create_app(Fixed(Site(graph, Counting(), settings)), settings).test_client()

    def ask(text: str, accept: str = "application/json") -> None:
        client.get("/sparql?query=" + quote(text), headers={"Accept": accept})

    for _ in range(3):
        ask("ASK { }")
        ask("SELECT (NOW() AS ?now) { }")
    assert asked.count("ASK { }") == 1 and len(asked) == 4
    ask("ASK { }", "text/csv")
    assert asked.count("ASK { }") == 2
    for number in range(20):
        ask(f"ASK {{ ?s ?p {number} }}")
    ask("ASK { }")
    assert asked.count("ASK { }") == 3


def test_what_is_large_enough_is_compressed_with_a_tag_of_its_own(graph: KnowledgeGraph) -> None:
    client = create_app(graph).test_client()
    for path in ("/data/pub-cscf.ttl", "/page/pub-cscf", "/data/pub-cscf.jsonld", ALL, "/ns.ttl"):
        plain = client.get(path)
        packed = client.get(path, headers={"Accept-Encoding": "br;q=1, gzip;q=0.5"})
        assert packed.headers["Content-Encoding"] == "gzip", path
        assert gzip.decompress(packed.data) == plain.data
        assert packed.content_length == len(packed.data) < len(plain.data)
        assert packed.headers["ETag"] != plain.headers["ETag"]
        assert (
            "Accept-Encoding" in packed.headers["Vary"]
            and "Accept-Encoding" in plain.headers["Vary"]
        )
        for tag in (packed.headers["ETag"], plain.headers["ETag"], "*"):
            again = client.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
            assert again.status_code == 304 and not again.data
        head = client.head(path, headers={"Accept-Encoding": "gzip"})
        assert head.headers["ETag"] == packed.headers["ETag"]


def test_the_style_of_pages_comes_compressed_as_well(graph: KnowledgeGraph) -> None:
    client = create_app(graph).test_client()
    with client.get("/static/style.css", headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.status_code == 200 and packed.headers["Content-Encoding"] == "gzip"
        assert b"@media" in gzip.decompress(packed.data)


def test_the_page_of_an_error_comes_compressed_as_well(graph: KnowledgeGraph) -> None:
    client = create_app(graph).test_client()
    headers = {"Accept": "text/html", "Accept-Encoding": "gzip"}
    packed = client.get("/sparql?query=SELECT", headers=headers)
    assert packed.status_code == 400 and packed.headers["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(packed.data)
    assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize("header", [None, "br", "gzip;q=0", "identity", "gzip;q=0, *;q=1"])
def test_nothing_is_compressed_for_those_who_do_not_take_it(
    graph: KnowledgeGraph, header: str | None
) -> None:
    headers = {"Accept-Encoding": header} if header else {}
    response = create_app(graph).test_client().get("/data/pub-cscf.ttl", headers=headers)
    assert "Content-Encoding" not in response.headers


def test_addresses_are_true_behind_a_proxy_only_where_it_is_trusted(graph: KnowledgeGraph) -> None:
    said = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "data.example",
        "X-Forwarded-Prefix": "/c",
    }
    trusting = create_app(graph, Settings(proxies=1)).test_client().get("/sparql", headers=said)
    assert b"sd:endpoint <https://data.example/c/sparql>" in trusting.data
    plain = create_app(graph).test_client().get("/sparql", headers=said)
    assert b"sd:endpoint <http://localhost/sparql>" in plain.data


def test_the_strict_dataset_is_described_and_asked_as_such(tmp_path: Path) -> None:
    put(tmp_path / "data", framework())
    strict = client_of(tmp_path / "data", union=False)
    union = client_of(tmp_path / "data")
    count = ALL + "&format=csv"
    assert strict.get(count).text.count("\n") == 1 and union.get(count).text.count("\n") > 100
    assert b"UnionDefaultGraph" not in strict.get("/sparql").data
    assert b"UnionDefaultGraph" in union.get("/sparql").data
    unknown = count + "&default-graph-uri=" + quote(ONE + "-typo")
    assert strict.get(unknown).status_code == 200
    refused = union.get(unknown)
    assert refused.status_code == 403 and "there is no graph" in refused.get_json()["detail"]


@pytest.mark.parametrize("value", ["0", "-1", "x", "nan", "inf", "1&timeout=2"])
def test_a_timeout_that_is_no_number_of_seconds_is_400(graph: KnowledgeGraph, value: str) -> None:
    client = create_app(graph).test_client()
    assert client.get(f"{ALL}&timeout={value}").status_code == 400
    assert client.get(f"{ALL}&timeout=0.5").status_code == 200


# ------------------------------------------------------------------ following what is published


def title(client: FlaskClient) -> str:
    rows = client.get(
        "/sparql?format=csv&query=" + quote("SELECT ?l { ?f a comp:Framework ; rdfs:label ?l }")
    )
    return rows.text.splitlines()[1]


def test_a_server_shows_what_is_published_next_and_what_is_rolled_back(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    put(directory, framework(title="First"))
    client = client_of(directory.path)
    assert title(client) == "First" and client.get("/health").get_json()["edition"] == "000001"
    put(directory, framework(title="Second"))
    assert title(client) == "Second" and b"Second" in client.get(f"/page?iri={ONE}").data
    directory.rollback().close()
    assert title(client) == "First"


def test_an_edition_that_cannot_be_opened_leaves_the_one_before(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    put(directory, framework(title="First"))
    client = client_of(directory.path)
    assert title(client) == "First"
    put(directory, framework(title="Second"))
    (directory.editions_folder / "000002" / "manifest.json").write_bytes(b"{}")
    assert title(client) == "First"
    directory.pointer.write_text("nonsense", encoding="utf-8")
    assert title(client) == "First"


def test_a_site_is_closed_when_its_last_request_has_ended(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    put(directory, framework(title="First"))
    closed: list[str | None] = []

    class Marked(Site):
        def close(self) -> None:
            closed.append(self.edition_name)
            super().close()

    serving = Published(directory, lambda edition: Marked(KnowledgeGraph.of(edition)))  # type: ignore[arg-type]
    one, other = serving.take(), serving.take()
    put(directory, framework(title="Second"))
    fresh = serving.take()
    assert (one.edition_name, fresh.edition_name, closed) == ("000001", "000002", [])
    serving.give_back(one)
    assert closed == []
    serving.give_back(other)
    assert closed == ["000001"]
    with directory.publishing():
        assert directory.prune(keep=1) == ["000001"]
    serving.give_back(fresh)
    serving.close()
    assert closed == ["000001", "000002"]
