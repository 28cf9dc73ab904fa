"""Clients that nobody wants: runaways, too large, malformed, gone, slow; and uploads."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import struct
import time
from collections.abc import Callable
from urllib.parse import quote, urlencode

from tests.soak.client import FORMATS, Answer, Client
from tests.soak.content import canonical, facts_of, turtle_of
from tests.soak.measuring import below

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
_LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000"
_MALFORMED = (
    b"\x00\x01\x02\x03\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    b"GET /page/%zz%ff%00 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /sparql?query=%c3%28 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /update HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST /update HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
    b"POST /graphs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /validate HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nonsense\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nno colon here\r\n\r\n",
    b"BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n",
)
Expected = tuple[int, ...]


def runaway(client: Client, chance: random.Random) -> tuple[Answer, Expected]:
    """Ask what cannot be answered in time."""
    text = RUNAWAY + f" # {chance.random()}"
    return client.ask("GET", "/sparql?timeout=1&query=" + quote(text)), (503,)


def too_large(client: Client, chance: random.Random) -> tuple[Answer, Expected]:
    """Ask for too large an answer, or with too large, too deep or too curious a query."""
    kind = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
    text, status = chance.choice([
        (_LARGE + f" # {chance.random()}", 422),
        ("SELECT * " + "{" * 80 + "}" * 80, 403),
        ("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403),
        ("SELECT * { ?s ?p ", 400),
        ("#" * 1_000_100, 413),
    ])  # fmt: skip
    return client.ask("POST", "/sparql", text.encode(), kind), (status, 503)


def missing(client: Client, chance: random.Random) -> tuple[Answer, Expected]:
    """Ask for what is not there, or in a form that is not there."""
    path, status = chance.choice([
        (f"/id/none/{chance.random()}", 404),
        ("/data/soak-a.exe", 404),
        ("/search?page=0", 400),
        ("/page?iri=", 400),
        ("/page/soak-a?edition=x", 400),
        ("/editions/999999", 404),
        ("/compare.json?left=soak-a&right=nothing", 404),
    ])  # fmt: skip
    return client.ask("GET", path), (status,)


def operating(client: Client, chance: random.Random) -> tuple[Answer, Expected]:
    """Ask what operators and crawlers ask."""
    paths = ["/health", "/ready", "/metrics", "/openapi.json", "/sitemap.xml", "/editions.json",
             "/ns.ttl", "/history.json?iri=https%3A%2F%2Fw3id.org%2Fcompetency%2Fid%2Fsoak-a"]  # fmt: skip
    return client.ask("GET", chance.choice(paths)), (200,)


def validate(client: Client, chance: random.Random) -> tuple[Answer, Expected]:
    """Have a framework checked of which it is known whether it conforms."""
    good, turtle = chance.random() < 0.5, turtle_of("a", chance.randrange(10_000))
    if not good:
        turtle = turtle.replace('rdfs:label "Trade', 'rdfs:comment "Trade')
    headers = {"Content-Type": "text/turtle", "Accept": "application/json"}
    answer = client.ask("POST", "/validate", turtle.encode(), headers)
    if answer.status == 200 and json.loads(answer.body)["conforms"] is not good:
        answer.broken = f"conforms is not {good} "
    return answer, (200, 503)


def upload(client: Client, chance: random.Random) -> tuple[Answer, Expected]:
    """Have a framework read and given back in another syntax."""
    version, suffix = chance.randrange(10_000), chance.choice(["nt", "ttl", "jsonld"])
    path = "/import?" + urlencode({"name": "a.ttl", "to": suffix})
    kind = {"Content-Type": "application/octet-stream"}
    answer = client.ask("POST", path, turtle_of("a", version).encode(), kind)
    if answer.status == 200:
        found = canonical(answer.body, FORMATS[suffix])
        if found != facts_of("a", version):
            answer.broken = "is not what was sent "
    return answer, (200, 503)


def malformed(client: Client, chance: random.Random) -> tuple[Answer, Expected]:
    """Send what is no request; anything but a success or a failure of the server will do."""
    data = chance.choice(_MALFORMED)
    answer = Answer(f"printf %b {data[:60]!r} | nc", time.monotonic())
    with contextlib.suppress(OSError), _connected(client.port) as sock:
        sock.sendall(data)
        sock.settimeout(5)
        said = sock.recv(200)
        answer.body = said
        if said.startswith(b"HTTP/"):
            answer.status = int(said.split()[1])
    answer.ended = time.monotonic()
    return answer, (0, 200, 303, 400, 401, 403, 404, 405, 411, 413, 414, 431, 501, 505)


def leave(client: Client, chance: random.Random) -> tuple[Answer, Expected]:
    """Ask for something, and vanish before or while the answer comes."""
    path = chance.choice(["/data/all.nq", "/page/pub-cscf?open=all",
                          "/sparql?query=" + quote(RUNAWAY + f" # {chance.random()}")])  # fmt: skip
    answer = Answer(f"GET {path}, and leave", time.monotonic())
    send = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    vanish(client.port, chance)(send[: chance.choice([len(send), 20])], chance.random())
    answer.ended = time.monotonic()
    return answer, (0,)


def slow(client: Client, chance: random.Random) -> tuple[Answer, Expected]:
    """Send a request byte by byte and take its answer in sips."""
    text = "SELECT * { ?s a comp:Framework }"
    data = (
        f"GET /sparql?query={quote(text)} HTTP/1.0\r\nHost: x\r\nAccept: text/csv\r\n\r\n".encode()
    )
    answer = Answer("slow " + data.decode().split("\r")[0], time.monotonic())
    with contextlib.suppress(OSError), _connected(client.port) as sock:
        for at in range(0, len(data), 16):
            sock.sendall(data[at : at + 16])
            time.sleep(0.3)
        got = b""
        while piece := sock.recv(64):
            got += piece
            time.sleep(0.02)
        head, _, answer.body = got.partition(b"\r\n\r\n")
        answer.status = int(head.split()[1])
    answer.ended = time.monotonic()
    return answer, (200, 503)


def vanish(port: int, chance: random.Random) -> Callable[[bytes, float], None]:
    """Return what sends some bytes, waits, perhaps reads a little, and is gone."""

    def send(data: bytes, wait: float) -> None:
        with contextlib.suppress(OSError), _connected(port) as sock:
            sock.sendall(data)
            time.sleep(wait)
            if chance.random() < 0.5:
                sock.settimeout(0.2)
                sock.recv(100)
            if chance.random() < 0.5:  # with a reset, as a machine that was switched off
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return send


def _connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def kill(server: int, chance: random.Random) -> str:
    """Kill one of the processes that a server has started, whichever; say which."""
    found = below(server)
    if not found:
        return "none"
    victim = chance.choice(found)
    with contextlib.suppress(OSError):
        os.kill(victim, signal.SIGKILL)
    return "one"
