"""SERVICE: a worker reaches the endpoints that the operator allows, and nothing else at all."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from competency import KnowledgeGraph
from competency.errors import EndpointError, ParameterError, QueryError, QueryRefused, SourceError
from competency.formats import RESULT_FORMATS, by_name
from competency.server import Settings, app_for_graph
from competency.sparql import Asking, Limits, Prepared, prepare
from competency.sparql.fetching import Target, is_public
from competency.sparql.relay import Relay
from competency.sparql.workers import Pool, Pooled, Root, Source

ROWS = json.dumps(
    {
        "head": {"vars": ["x"]},
        "results": {"bindings": [{"x": {"type": "literal", "value": "from afar"}}]},
    }
).encode()
JSON = "application/sparql-results+json"
PUBLIC = "https://sparql.example.org/query"
SECONDS, MOST = 0.6, 50_000


class Answer(BaseHTTPRequestHandler):
    """What an endpoint may do, by the last part of its address."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.path, dict(self.headers), body))  # type: ignore[attr-defined]
        status, kind, data = {
            "/redirect": (307, JSON, ROWS),
            "/broken": (500, "text/plain", b"Traceback: secret of the endpoint"),
            "/page": (200, "text/html", b"<p>Hello"),
            "/cut": (200, JSON, ROWS[:40]),
            "/large": (200, JSON, ROWS + b" " * MOST),
        }.get(self.path, (200, JSON, ROWS))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Set-Cookie", "a=b")
        if status == 307:
            self.send_header("Location", self.server.elsewhere)  # type: ignore[attr-defined]
        if self.path == "/endless":
            self.end_headers()
            while len(data) < 100 * MOST:
                self.wfile.write(data)
        elif self.path == "/slow":
            self.drip()
        else:
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    def drip(self) -> None:
        """Send a header that does not end; each sign is in time."""
        self.wfile.write(b"X: ")
        for _ in range(60):
            self.wfile.write(b"x")
            time.sleep(0.05)

    def handle(self) -> None:
        with suppress(OSError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Endpoint(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.seen: list[tuple[str, dict[str, str], bytes]] = []
        self.elsewhere = ""
        self.at = f"http://127.0.0.1:{self.server_port}"
        self.port = self.server_port


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


class Canary:
    """Listens, and tells whether anyone came."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(0.05)
        self.port = int(self.socket.getsockname()[1])
        self.at = f"http://127.0.0.1:{self.port}/query"

    def quiet(self) -> bool:
        try:
            self.socket.accept()[0].close()
        except TimeoutError:
            return True
        return False


@pytest.fixture
def canary() -> Iterator[Canary]:
    found = Canary()
    yield found
    found.socket.close()


def relay_to(*allowed: str, private: bool = False) -> closing[Relay]:
    return closing(Relay(allowed, private=private, seconds=SECONDS, most=MOST))


@pytest.fixture(scope="module")
def public() -> Iterator[Relay]:
    with relay_to(PUBLIC) as relay:
        yield relay


@pytest.fixture(scope="module")
def near(endpoint: Endpoint) -> Iterator[Relay]:
    with relay_to(endpoint.at) as relay:
        yield relay


def ask(relay: Relay, iri: str) -> bytes:
    with relay.routes() as route:
        return relay.ask(route(iri).removeprefix(relay.address), b"ASK {}")[1]


def resolve_to(monkeypatch: pytest.MonkeyPatch, port: int, *looks: list[str]) -> list[str]:
    """Have names resolve to one list of addresses after the other; return what was looked up."""
    asked: list[str] = []

    def getaddrinfo(host: str, _port: int, **_: Any) -> list[Any]:
        asked.append(host)
        found = looks[min(len(asked), len(looks)) - 1]
        return [
            (socket.AF_INET6, 1, 6, "", (a, port, 0, 0))
            if ":" in a
            else (socket.AF_INET, 1, 6, "", (a, port))
            for a in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


# What may be asked


def test_an_allowed_endpoint_gets_the_query_and_nothing_that_tells_who_asks(
    endpoint: Endpoint, near: Relay
) -> None:
    assert ask(near, endpoint.at + "/rows?default-graph-uri=urn:g") == ROWS
    path, headers, body = endpoint.seen[-1]
    assert (path, body) == ("/rows?default-graph-uri=urn:g", b"ASK {}")
    assert {name.lower() for name in headers} == {
        "host", "accept", "accept-encoding", "content-type", "content-length", "user-agent", "connection",
    }  # fmt: skip
    assert headers["Host"] == f"127.0.0.1:{endpoint.port}"
    assert headers["Content-Type"] == "application/sparql-query"


@pytest.mark.parametrize(
    "iri",
    [
        "https://sparql.example.org.evil.example/query",
        "https://sparql.example.org@evil.example/query",
        "https://sparql.example.org:8443/query",
        "http://sparql.example.org/query",
        "https://sparql.example.org/query/../admin",
        "https://sparql.example.org/query/%2E%2e/admin",
        "https://sparql.example.org/queryall",
        "https://sparql.example.org/query#a",
        "https://sparql.example.org:port/query",
        "ftp://sparql.example.org/query",
        "urn:query",
        "",
    ],
)
def test_what_is_not_below_an_allowed_endpoint_has_no_route(public: Relay, iri: str) -> None:
    with public.routes() as route:
        assert route("https://sparql.example.org:443/query/a?b").startswith(public.address + "/")
        with pytest.raises(QueryRefused, match="not among the endpoints"):
            route(iri)


@pytest.mark.parametrize("iri", ["example.org", "file:///etc/passwd", "https://u:p@example.org/"])
def test_an_operator_is_told_when_a_service_is_no_endpoint(iri: str) -> None:
    with pytest.raises(ParameterError, match="not the beginning of an http"):
        Relay([iri], seconds=1, most=1)


def test_a_route_is_known_only_with_its_token_and_while_its_query_runs(canary: Canary) -> None:
    with relay_to(canary.at) as relay:
        with relay.routes() as route, relay.routes() as other:
            path = route(canary.at).removeprefix(relay.address)
            token = other(canary.at).split("/")[3]
            for wrong in ("/", "/guess/0", path + "0", path + "/", f"/{token}/1", f"/{token}/-1"):
                assert post(relay, wrong) == (502, "SERVICE: there is no such route")
        assert post(relay, path) == (502, "SERVICE: there is no such route")
    assert canary.quiet()


def post(relay: Relay, path: str, body: bytes = b"", method: str = "POST") -> tuple[int, str]:
    with closing(HTTPConnection(relay.address.removeprefix("http://"))) as connection:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_only_post_is_taken_and_no_more_than_a_query_needs(canary: Canary) -> None:
    with relay_to(canary.at) as relay, relay.routes() as route:
        path = route(canary.at).removeprefix(relay.address)
        assert post(relay, path, method="GET")[0] == 501
        assert post(relay, path, method="CONNECT")[0] == 501
        status, line = post(relay, path, b"x" * 2_000_000)
    assert (status, line) == (502, "SERVICE: the query for it is larger than 1,000,000 bytes")
    assert canary.quiet()


def test_one_query_does_not_ask_for_ever(endpoint: Endpoint, near: Relay) -> None:
    with near.routes() as route:
        path = route(endpoint.at + "/rows").removeprefix(near.address)
        before = len(endpoint.seen)
        with pytest.raises(EndpointError, match="more than 100 times"):
            for _ in range(101):
                near.ask(path, b"")
        assert len(endpoint.seen) == before + 100


# Where it may be


DISGUISED = """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.1.1
    240.0.0.1 255.255.255.255 198.18.0.1 ::1 :: ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
    64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::808:808 2002:7f00:1:: 2002:a00:1::1
    2001:0:808:808::1 fe80::1 fe80::1%lo fec0::1 fc00::1 fd00:ec2::254 ff0e::1 2001:db8::1"""
OPEN = "9.9.9.9 ::ffff:9.9.9.9 64:ff9b::909:909 2002:909:909:: 2620:fe::fe"


@pytest.mark.parametrize("address", DISGUISED.split())
def test_an_address_that_is_not_public_is_known_in_every_disguise(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN.split())
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["9.9.9.9", "127.0.0.1"], ["2620:fe::fe", "::ffff:127.0.0.1"]]
)
def test_a_name_with_any_address_that_is_not_public_is_not_asked(
    public: Relay, canary: Canary, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    resolve_to(monkeypatch, canary.port, addresses)
    with pytest.raises(EndpointError) as caught:
        ask(public, PUBLIC)
    reason = "its host has an address that is not public, and is not asked"
    assert str(caught.value) == f"{PUBLIC}: {reason}"
    assert canary.quiet()


def test_a_name_that_changes_its_mind_is_asked_at_the_address_that_was_looked_at(
    public: Relay, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = resolve_to(monkeypatch, canary.port, ["9.9.9.9"], ["127.0.0.1"])
    tried: list[Any] = []

    def connect(_: socket.socket, place: Any) -> None:
        tried.append(place)
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(socket.socket, "connect", connect)
        with pytest.raises(EndpointError, match="cannot be reached"):
            ask(public, PUBLIC)
    assert (asked, tried) == (["sparql.example.org"], [("9.9.9.9", canary.port)])
    with pytest.raises(EndpointError, match="not public"):
        ask(public, PUBLIC)
    assert len(asked) == 2
    assert canary.quiet()


def test_a_private_name_is_asked_where_the_operator_wants_that(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    iri = f"http://wiki.internal:{endpoint.port}/rows"
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:9")
    resolve_to(monkeypatch, endpoint.port, ["127.0.0.1"])
    with relay_to(iri, private=True) as relay:
        assert ask(relay, iri) == ROWS
    assert endpoint.seen[-1][1]["Host"] == f"wiki.internal:{endpoint.port}"


@pytest.mark.parametrize("host", ["nowhere.invalid", "x" * 70 + ".example"])
def test_a_host_that_is_not_known_is_one_line(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if host.endswith("invalid"):

        def getaddrinfo(*_: object, **__: object) -> None:
            raise socket.gaierror(-2, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    iri = f"https://{host}/"
    with relay_to(iri) as relay, pytest.raises(EndpointError, match="its host is not known"):
        ask(relay, iri)


# What may come back


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/redirect", "it redirects elsewhere, which is not followed"),
        ("/broken", "it answers with status 500"),
        ("/page", "its answer is no SPARQL results in JSON or XML"),
        ("/large", "its answer is larger than 50,000 bytes"),
        ("/endless", "its answer is larger than 50,000 bytes"),
        ("/slow", "it did not answer within 0.6 seconds"),
    ],
)
def test_an_answer_that_will_not_do_is_one_line(
    endpoint: Endpoint, near: Relay, canary: Canary, path: str, reason: str
) -> None:
    endpoint.elsewhere = canary.at
    started = time.monotonic()
    with pytest.raises(EndpointError) as caught:
        ask(near, endpoint.at + path)
    assert str(caught.value) == f"{endpoint.at}{path}: {reason}"
    assert time.monotonic() - started < 20
    assert canary.quiet()


def test_a_server_that_takes_the_connection_and_says_nothing_is_left(canary: Canary) -> None:
    with relay_to(canary.at) as relay, pytest.raises(EndpointError, match=r"within 0\.6 seconds"):
        ask(relay, canary.at)


def test_a_certificate_must_be_that_of_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ssl

    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    made += ["-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2"]
    made += ["-subj", "/CN=a.test", "-addext", "subjectAltName=DNS:a.test"]
    try:
        subprocess.run(made, cwd=tmp_path, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no openssl here")
    server = Endpoint()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    resolve_to(monkeypatch, server.port, ["127.0.0.1"])
    with relay_to("https://a.test/", "https://b.test/", private=True) as relay:
        assert ask(relay, "https://a.test/rows") == ROWS
        assert server.seen[-1][1]["Host"] == "a.test"
        with pytest.raises(EndpointError, match="certificate is not valid for it"):
            ask(relay, "https://b.test/rows")
    assert len(server.seen) == 1
    server.shutdown()
    server.server_close()


# Through workers


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    file = tmp_path_factory.mktemp("data") / "graph.nq"
    file.write_bytes(b'<urn:a> <urn:p> "here" <urn:g> .\n')
    root = Root()
    pool = Pool(root, Source("https://example.org/", file=file), Limits())
    yield pool
    pool.close()
    root.close()


def answer(engine: Pooled, query: str, *services: str) -> str:
    prepared = prepare(query, services=services)
    return engine.answer(Asking(prepared, by_name("csv", RESULT_FORMATS))).data.decode()


def test_the_rows_of_an_endpoint_join_with_ours(
    endpoint: Endpoint, near: Relay, pool: Pool
) -> None:
    iri = endpoint.at + "/rows"
    query = f"SELECT ?ours ?x {{ ?s <urn:p> ?ours SERVICE <{iri}> {{ ?a ?b ?x }} }}"
    assert answer(Pooled(pool, near), query, iri) == "ours,x\r\nhere,from afar\r\n"
    assert b"?x" in endpoint.seen[-1][2]


@pytest.mark.parametrize("form", ["SELECT *", "ASK", "CONSTRUCT { ?a ?b ?x }"])
def test_an_endpoint_that_fails_is_one_line_and_silent_leaves_it_out(
    endpoint: Endpoint, near: Relay, pool: Pool, form: str
) -> None:
    iri = endpoint.at + "/broken"
    engine = Pooled(pool, near)
    with pytest.raises(EndpointError) as caught:
        answer(engine, f"{form} {{ SERVICE <{iri}> {{ ?a ?b ?x }} }}", iri)
    assert str(caught.value) == f"{iri}: it answers with status 500"
    assert caught.value.source == iri
    silent = f"SELECT ?ours {{ ?s <urn:p> ?ours SERVICE SILENT <{iri}> {{ ?a ?b ?x }} }}"
    assert answer(engine, silent, iri) == "ours\r\nhere\r\n"
    assert pool.counts.killed == 0


def test_an_answer_that_cannot_be_read_is_one_line_without_the_route(
    endpoint: Endpoint, near: Relay, pool: Pool
) -> None:
    iri = endpoint.at + "/cut"
    with pytest.raises(QueryError) as caught:
        answer(Pooled(pool, near), f"SELECT * {{ SERVICE <{iri}> {{ ?a ?b ?x }} }}", iri)
    assert str(caught.value).endswith(f"this may be about the answer of {iri}")
    assert near.address not in str(caught.value)


def test_a_fault_in_the_query_has_the_place_it_has_as_typed(
    endpoint: Endpoint, near: Relay, pool: Pool
) -> None:
    iri = endpoint.at + "/rows"
    query = f"SELECT * {{ SERVICE <{iri}> {{ ?a ?b ?x }} ?s ?p }}"
    with pytest.raises(QueryError) as caught:
        answer(Pooled(pool, near), query, iri)
    with pytest.raises(QueryError) as expected:
        typed = Asking(Prepared(query, "SELECT", False), by_name("csv", RESULT_FORMATS))
        Pooled(pool).answer(typed)
    assert str(caught.value) == str(expected.value)
    assert caught.value.line == 1


def test_without_a_relay_nothing_is_asked(canary: Canary, pool: Pool) -> None:
    with pytest.raises(QueryRefused, match="not allowed here"):
        answer(Pooled(pool), f"ASK {{ SERVICE <{canary.at}> {{}} }}", canary.at)
    assert canary.quiet()


def test_a_worker_for_other_queries_has_no_network_even_if_the_guard_let_service_pass(
    canary: Canary, near: Relay, pool: Pool
) -> None:
    leave = "from competency.sparql.workers import confining as c; raise SystemExit(not c.leave_network())"
    if subprocess.run([sys.executable, "-c", leave]).returncode:
        pytest.skip("this system lets no process leave the network")
    smuggled = Prepared(f"ASK {{ SERVICE <{canary.at}> {{ ?a ?b ?c }} }}", "ASK", False)
    with pytest.raises(SourceError, match="unreachable") as caught:
        Pooled(pool, near).answer(Asking(smuggled, by_name("json", RESULT_FORMATS)))
    assert "\n" not in str(caught.value)
    assert canary.quiet()


def test_a_server_asks_the_services_it_was_started_with(endpoint: Endpoint) -> None:
    def query(path: str) -> dict[str, str]:
        return {"query": f"SELECT ?x {{ SERVICE <{endpoint.at}{path}> {{ ?a ?b ?x }} }}"}

    settings = Settings(services=(endpoint.at + "/",))
    with app_for_graph(KnowledgeGraph(), settings) as app:
        client = app.test_client()
        good = client.get("/sparql", query_string=query("/rows"), headers={"Accept": JSON})
        assert "from afar" in good.text
        bad = client.get("/sparql", query_string=query("/broken"), headers={"Accept": JSON})
        assert bad.status_code == 502
        assert bad.get_json(force=True)["detail"].endswith("it answers with status 500")
        other = {"query": "ASK { SERVICE <http://127.0.0.1:9/x> { ?a ?b ?c } }"}
        assert client.get("/sparql", query_string=other).status_code == 403


def test_a_target_keeps_what_an_endpoint_may_be_called() -> None:
    target = Target.of("http://[2620:fe::fe]:8080/a b?c=é")
    assert target == Target(
        "http://[2620:fe::fe]:8080/a b?c=é", False, "2620:fe::fe", 8080, "/a%20b?c=%C3%A9"
    )
    assert target.literal
