"""Sending requests: every answer with its span, and the way to send the request again."""

from __future__ import annotations

import http.client
import shlex
import time
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

TIMEOUT = 240.0  # seconds; an answer that takes longer is none
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@dataclass
class Answer:
    """What came of a request; status 0 where the connection broke."""

    request: str
    began: float
    ended: float = 0.0
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    broken: str = ""

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def short(self) -> str:
        """Return what a report needs to say of it."""
        said = " ".join(self.text.split())[:300]
        return f"{self.request}\n    was answered {self.status} {self.broken}{said}"


class Client:
    """One connection at a time to the server, kept open as browsers do."""

    def __init__(self, port: int) -> None:
        """Talk to a port of this machine."""
        self.port = port
        self._open: http.client.HTTPConnection | None = None

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send a request and read its answer; one that finds the connection closed is sent anew."""
        answer = Answer(again(method, path, body, headers), time.monotonic())
        if method not in ("GET", "HEAD") or self._open is None:
            self.close()
        fresh = self._open is None
        try:
            self._ask(answer, method, path, body, headers)
        except (http.client.HTTPException, OSError) as error:
            self.close()
            if not fresh:  # the server may close one that waits (RFC 9112, section 9.3.1)
                return self.ask(method, path, body, headers)
            answer.broken = f"{type(error).__name__}: {error} "
        answer.ended = time.monotonic()
        return answer

    def _ask(self, answer: Answer, method: str, path: str, body: Any, headers: Any) -> None:
        if self._open is None:
            self._open = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            self._open.request(method, path, body, headers or {})
        except BrokenPipeError:  # it was refused before it was sent in full
            if self._open.sock is None:
                raise
        response = self._open.getresponse()
        answer.headers = {name.lower(): value for name, value in response.getheaders()}
        answer.status, answer.body = response.status, response.read()
        if response.will_close:
            self.close()

    def close(self) -> None:
        """Close the connection."""
        if self._open is not None:
            self._open.close()
            self._open = None


def again(method: str, path: str, body: bytes | None, headers: dict[str, str] | None) -> str:
    """Return the command that sends a request again; $TOKEN and $URL are the reader's."""
    words = ["curl", "-si", "-X", method] if method != "GET" else ["curl", "-si"]
    for name, value in (headers or {}).items():
        shown = "Bearer $TOKEN" if name == "Authorization" else value
        words += ["-H", f"{name}: {shown}"]
    if body is not None:
        whole = body.decode("utf-8", "replace")
        words += ["--data-binary", whole if len(whole) < 200 else whole[:160] + "..."]
    return " ".join(map(shlex.quote, words)) + f' "$URL{path}"'
