"""Requests: whatever an address, a query string or a header holds, the answer is well made.

The application is asked as a WSGI server asks it (PEP 3333), with paths and query strings as they
came over the wire. Status 500 is never right; every error is a problem document or a page; every
header can be sent.
"""

from __future__ import annotations

import io
import json
import logging
import re
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlsplit

from flask import Flask
from hypothesis import strategies as st

from competency import KnowledgeGraph
from competency.server import create_app
from competency.server.routes import PARAMETERS
from tests.fuzz.child import Child
from tests.fuzz.target import Target, working

ROOT = "https://w3id.org/competency/id/"
_GOOD = ("pub-cscf", "pub-cscf/c01", "nos-pss-spo109", ROOT + "pub-cscf", ROOT + "wcc-behaviours",
         "turtle", "ttl", "json", "html", "csv", "xlsx", "case", "skos", "alt", "levels", "all",
         "1", "0", "-1", "2", "99999999999999999999", "1e9", "nan", "en", "fr", "Competency",
         "positive", "no", "https://w3id.org/competency/ns#Framework", "ASK {}", "Framework",
         "SELECT * { ?s ?p 1 } LIMIT 2", "frameworks", "negative-indicators", "urn:a:b", "welding",
         "title~'a'", "title='a' AND language='en'", "identifier,title", "title", "desc", "",
         "pub-cscf.ttl", "pub-cscf.skos.jsonld", "pub-cscf.alt.json", "1.json", "robots.txt",
         '"a b" -c', "8f7f5ad1-ae5f-5e17-8a20-0e2a1c9f8d4e", "Tue, 01 Jan 2030 00:00:00 GMT")  # fmt: skip
_ODD = ("%00", "%ff", "%C3%28", "%", "%zz", "%0d%0aX-Evil: 1", "%0A", "%2e%2e%2f", "..", "//", "%25",
        "%u0041", "+", "%F0%9F%98%80", "é", "%E2%80%AE", "<script>", "%22%3E", "'", "%5c", "{}", ";",
        "%ED%A0%80", "%C0%AF", "a" * 3000, "%E2%80%A8", "%7F", "http://[", "http://a:b/", "javascript:1",
        "http://[::1", "%3Cx%3E", "urn:%20", "https://example.org/a b", "%EF%BF%BF", "☃", "%C2%A0",
        "((((", "\\", "$", "* * *", "NEAR(", "AND", '"', "-", "0x10", "１", "1_0", " 1 ", "٣")  # fmt: skip
_NAMES = (*(name for name in PARAMETERS if name[0].islower() or name[0] == "_"), "p.framework",
          "p.level", "run", "", "graph", "using-graph-uri", "update", "x")  # fmt: skip
_HEADERS = {
    "ACCEPT": ("*/*", "text/html", "text/turtle", "application/json", "image/png", "text/html;q=0"),
    "ACCEPT_LANGUAGE": ("fr", "de", "fr;q=0, *"),
    "ACCEPT_PROFILE": ("<urn:x>", "<http://www.w3.org/2004/02/skos/core>", "alt"),
    "ACCEPT_DATETIME": ("Tue, 01 Jan 2030 00:00:00 GMT", "Tue, 01 Jan 0001 00:00:00 GMT", "x", "9999"),
    "ACCEPT_ENCODING": ("gzip", "gzip;q=0", "br, *;q=0", "identity;q=0", ""),
    "IF_NONE_MATCH": ("*", '"a"', 'W/"a", "b"', '"'),
    "IF_MODIFIED_SINCE": ("Tue, 01 Jan 2030 00:00:00 GMT", "x"),
    "IF_MATCH": ("*", '"a"'),
    "RANGE": ("bytes=0-1", "bytes=5-", "bytes=-1", "bytes=9-2", "x", "bytes=0-1,4-5"),
    "IF_RANGE": ('"a"', "Tue, 01 Jan 2030 00:00:00 GMT"),
    "HOST": ("a.example", "a.example:99", "a b", "[::1]:8", "é", "a/../b", "", "a:b", "a:99999"),
    "X_FORWARDED_PROTO": ("javascript", "https"),
    "AUTHORIZATION": ("Bearer x", "Basic é", "Bearer", ""),
    "ORIGIN": ("https://other.example",),
    "COOKIE": ("a=b; é",),
    "CONTENT_ENCODING": ("gzip", "br"),
}  # fmt: skip
_KINDS = ("", "text/turtle", "application/x-www-form-urlencoded", "multipart/form-data", "x", "a/b;c",
          "multipart/form-data; boundary=x", "application/sparql-query", "application/json",
          "application/sparql-update", "text/csv", "application/octet-stream", "text/plain; charset=x",
          "application/x-www-form-urlencoded; charset=utf-16")  # fmt: skip
_METHODS = (
    "GET",
    "GET",
    "GET",
    "GET",
    "GET",
    "HEAD",
    "OPTIONS",
    "POST",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
)
_BODIES = (b"", b"text=a", b"<urn:a> <urn:b> 1 .", b"\xff\x00", b"query=ASK%20%7B%7D", b"{}", b"[1]",
           b"query=ASK {}&query=%ff", b"a,b\n1,2\n", b"ASK {}", b"\x1f\x8b", b"--x\r\n",
           b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\xff"\r\n\r\n1\r\n--x--\r\n',
           b"left=pub-cscf&right=x&decision=y", b'{"left": 1}', b"%")  # fmt: skip
_FIELD = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


@dataclass(frozen=True)
class Asked:
    """A request as it comes over the wire."""

    method: str
    path: str
    query: str
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    body: bytes = b""


@dataclass(frozen=True)
class Answered:
    """What came back, and what the log says of an error nobody foresaw."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    logged: str = ""


class _Log(logging.Handler):
    """Keeps what was logged of the last error."""

    said = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        if record.exc_info:
            self.said = "".join(traceback.format_exception(*record.exc_info))


@cache
def _running() -> tuple[Flask, _Log]:
    app, log = create_app(KnowledgeGraph.shipped()), _Log()
    app.logger.handlers[:] = [log]
    app.logger.propagate = False
    return app, log


def ask(asked: Asked) -> Answered:
    """Do the work in the child: send a request to the application."""
    app, log = _running()
    started: list[Any] = []
    log.said = ""

    def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
        started[:] = [status, headers]
        return lambda data: None

    answer: Iterable[bytes] = app(_environment(asked), start)
    body = b"".join(answer)
    if callable(close := getattr(answer, "close", None)):
        close()
    return Answered(int(started[0].split()[0]), started[1], body, log.said)


def _environment(asked: Asked) -> dict[str, Any]:
    def wire(text: str) -> str:
        return text.encode().decode("latin-1")

    return {
        "REQUEST_METHOD": asked.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(asked.path).decode("latin-1"),
        "QUERY_STRING": wire(asked.query),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": asked.kind,
        "CONTENT_LENGTH": str(len(asked.body)) if asked.body else "",
        "HTTP_HOST": "localhost",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(asked.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **{f"HTTP_{name}": wire(value) for name, value in asked.headers.items()},
    }


def is_answered_well(child: Child, asked: Asked) -> None:
    """No request has an answer of 500, nor one that cannot be sent or read."""
    found: Answered = child.ask(asked)
    assert found.status < 500, f"{found.status} {found.body[:200]!r}\n{found.logged}"
    well_made(found, asked.method)


def well_made(found: Answered, method: str) -> None:
    """Look at an answer: its headers, and a body that is what its media type says."""
    named = {name.lower(): value for name, value in found.headers}
    for name, value in found.headers:
        assert _FIELD.fullmatch(name), name
        value.encode("latin-1")
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value), (name, value)
    if "location" in named:
        assert named["location"].isascii() and not re.search(r"[\s<>\"]", named["location"])
        urlsplit(named["location"])
    if method == "HEAD" or found.status in (204, 304):
        assert not found.body
        return
    if "content-length" in named:
        assert int(named["content-length"]) == len(found.body)
    kind = named.get("content-type", "").partition(";")[0]
    assert kind or not found.body
    if "content-encoding" in named:
        return
    if kind == "application/json" or kind.endswith("+json"):
        record = json.loads(found.body)
        if kind == "application/problem+json":
            assert record["status"] == found.status >= 400
            assert isinstance(record["title"], str) and isinstance(record["detail"], str)
    elif found.status >= 400:
        assert kind == "text/html", (found.status, kind, found.body[:200])
    if kind.startswith("text/"):
        found.body.decode("utf-8")


@cache
def _rules() -> tuple[str, ...]:
    return tuple(sorted({rule.rule for rule in create_app(KnowledgeGraph()).url_map.iter_rules()}))


_good = st.sampled_from(_GOOD)
_value = st.one_of(
    _good.map(lambda text: quote(text, safe="/")), _good, _good.map(lambda text: quote(quote(text, safe=""))),
    st.sampled_from(_ODD), st.lists(st.sampled_from(_ODD + _GOOD), max_size=3).map("".join),
)  # fmt: skip


@st.composite
def _requests(draw: st.DrawFn) -> Asked:
    rule = draw(st.sampled_from(_rules()))
    path = re.sub(r"<[^>]*>", lambda _: draw(_value), rule)
    if draw(st.integers(0, 9)) == 0:
        path += draw(_value)
    pairs = draw(st.lists(st.tuples(st.sampled_from(_NAMES), _value), max_size=4))
    joint = draw(st.sampled_from(("&", "&", "&", ";", "&&")))
    query = joint.join(name + ("=" + value if value else "") for name, value in pairs)
    wanted = draw(st.lists(st.sampled_from(sorted(_HEADERS)), max_size=3, unique=True))
    headers = {name: draw(st.sampled_from(_HEADERS[name])) for name in wanted}
    method = draw(st.sampled_from(_METHODS))
    if method in ("GET", "HEAD", "OPTIONS"):
        return Asked(method, path, query, headers)
    kind, body = draw(st.sampled_from(_KINDS)), draw(st.sampled_from(_BODIES))
    return Asked(method, path, query, headers, kind, body)


TARGETS = (
    Target("requests", is_answered_well, _requests(), working("tests.fuzz.requests:ask"), few=60, share=2),
)  # fmt: skip
