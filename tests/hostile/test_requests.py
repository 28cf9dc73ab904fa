"""Requests and documents made to harm: sizes, encodings, entities, depths, slow and vanishing clients."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from pathlib import Path

import pytest

from tests.hostile.common import SMALL, quick, raw
from tests.hostile.conftest import Canary
from tests.servers import BEARER, Server

pytestmark = [pytest.mark.slow, pytest.mark.alone]
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'
    '<rdf:Description rdf:about="urn:s"><x:p>&j;</x:p></rdf:Description></rdf:RDF>'
)


def external(url: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e SYSTEM "{url}">]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'
        '<rdf:Description rdf:about="urn:s"><x:p>&e;</x:p></rdf:Description></rdf:RDF>'
    )


def deep_json(depth: int) -> bytes:
    return b'{"urn:p":' * depth + b"1" + b"}" * depth


DOCUMENTS = [
    ("application/rdf+xml", LAUGHS.encode()),
    ("application/ld+json", deep_json(10_000)),
    ("application/ld+json", b"[" * 200_000),
    ("text/turtle", b"<urn:s> <urn:p> " + b"(" * 100_000),
    ("text/turtle", b"<urn:s> <urn:p> " + b"[ <urn:p> " * 100_000),
    ("text/turtle", b'<urn:s> <urn:p> "' + b"a" * 1_000_000),
    ("application/trig", b"<urn:g> {" * 10_000),
    ("application/n-quads", b"\x00" * 10_000),
    ("application/rdf+xml", b"<a>" * 100_000),
]


@pytest.mark.parametrize(
    ("kind", "data"), DOCUMENTS, ids=[f"{k}-{n}" for n, (k, _) in enumerate(DOCUMENTS)]
)
def test_a_document_that_would_harm_a_parser_is_refused(
    target: Server, kind: str, data: bytes
) -> None:
    started = time.monotonic()
    headers = BEARER | {"Content-Type": kind}
    status, _, body = target.ask("PUT", "/graphs?graph=urn:harm", data, headers)
    assert status in (400, 422), body[:300]
    assert b"Traceback" not in body and json.loads(body)["detail"]
    assert time.monotonic() - started < 30
    assert target.ask("GET", "/graphs?graph=urn:harm")[0] == 404
    quick(target)


def test_no_document_connects_to_anything_or_reads_a_file(target: Server, canary: Canary) -> None:
    documents = [
        ("application/ld+json", json.dumps({"@context": canary.url, "@id": "urn:s", "p": 1})),
        ("application/ld+json", json.dumps({"@context": {"@import": canary.url}, "@id": "urn:s"})),
        ("application/ld+json", json.dumps({"@context": "file:///etc/passwd", "@id": "urn:s"})),
        ("application/rdf+xml", external(canary.url)),
        ("application/rdf+xml", external("file:///etc/passwd")),
        ("text/turtle", f"<urn:s> <http://www.w3.org/2002/07/owl#imports> <{canary.url}> ."),
    ]
    for kind, text in documents:
        headers = BEARER | {"Content-Type": kind}
        target.ask("PUT", "/graphs?graph=urn:outside", text.encode(), headers)
        _, _, body = target.ask("GET", "/graphs?graph=urn:outside")
        assert b"root:" not in body
    load = f"LOAD <{canary.url}>".encode()
    headers = BEARER | {"Content-Type": "application/sparql-update"}
    assert target.ask("POST", "/update", load, headers)[0] == 403
    assert canary.visits == []
    quick(target)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b" 431 "),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n", b" 431 "),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + b"b" * 100_000 + b"\r\n\r\n", b" 431 "),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n", b" 413 "),
        (b"POST /update HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n", b" 413 "),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", b" 400 "),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: a\r\n\r\n", b" 400 "),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b" 400 "),
        (b"\x00\xff\xfe\r\n\r\n", b" 400 "),
        (b"GET /sparql?query=%FF%FE HTTP/1.1\r\nHost: x\r\n\r\n", b" 400 "),
        (b"GET /sparql?" + b"a=&" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b" 400 "),
        (b"GET /id/../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", b" 404 "),
        (b"GET /static/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\n\r\n", b" 404 "),
        (b"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", b" 405 "),
        (b"GET /sparql HTTP/1.1\r\nHost: x\r\nAccept: " + b"a/b," * 10_000 + b"\r\n\r\n", b" 40"),
    ],
)  # fmt: skip
def test_a_request_past_its_bounds_is_refused_by_its_status(
    target: Server, data: bytes, says: bytes
) -> None:
    found = raw(target, data.replace(b"Host: x\r\n", b"Host: x\r\nConnection: close\r\n"))
    assert says in found.split(b"\r\n")[0], found[:200]
    assert b"Traceback" not in found and b"root:" not in found
    quick(target)


def test_a_bomb_is_not_unpacked(target: Server) -> None:
    packed = gzip.compress(b" " * 200_000_000)
    headers = BEARER | {"Content-Type": "text/turtle", "Content-Encoding": "gzip"}
    assert target.ask("PUT", "/graphs?graph=urn:bomb", packed, headers)[0] == 413
    quick(target)


def test_slow_clients_do_not_keep_others_out(target: Server) -> None:
    """Open many connections that send a byte now and then; others are served meanwhile."""
    slow = [socket.create_connection(("127.0.0.1", target.port)) for _ in range(150)]
    try:
        for sock in slow:
            sock.sendall(b"GET / HTTP/1.1\r\nX-A:")
        for _ in range(3):
            for sock in slow:
                sock.sendall(b"b")
            quick(target)
    finally:
        for sock in slow:
            sock.close()
    quick(target)


def test_a_client_that_does_not_take_its_answer_holds_nobody_up(target: Server) -> None:
    request = b"GET /data/all.trig HTTP/1.1\r\nHost: x\r\n\r\n" * 30
    takers = [socket.create_connection(("127.0.0.1", target.port)) for _ in range(40)]
    try:
        for sock in takers:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            sock.sendall(request)
        for _ in range(5):
            quick(target)
    finally:
        for sock in takers:
            sock.close()
    quick(target)


def test_clients_that_vanish_leave_nothing_behind(target: Server) -> None:
    def handles() -> int:
        return len(list(Path(f"/proc/{target.process.pid}/fd").iterdir()))

    quick(target)
    before = handles()

    def vanish() -> None:
        for _ in range(40):
            raw(
                target,
                f"GET {SMALL}%23{time.time()} HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
                close=True,
            )

    threads = [threading.Thread(target=vanish) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    time.sleep(1)
    quick(target)
    assert handles() <= before + 70  # some workers may wait for work, with three handles each
