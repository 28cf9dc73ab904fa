"""A small client: one open connection, whole answers, the token on what writes."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple
from urllib.parse import quote, urlsplit

DIRECT_UPDATE = "application/sparql-update"
DIRECT_QUERY = "application/sparql-query"
_LONGEST = 60.0  # seconds that one answer may take


class Answer(NamedTuple):
    """An answer; the names of its headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """Return the media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def __str__(self) -> str:
        text = " ".join(self.body[:1000].decode("utf-8", "replace").split())
        return f"{self.status} {self.media} {text}"


@dataclass
class Endpoint:
    """The addresses of a server and the way to it."""

    query: str
    update: str
    graphs: str
    token: str
    ours: bool = True

    def __post_init__(self) -> None:
        self._connection = HTTPConnection(urlsplit(self.query).netloc, timeout=_LONGEST)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def send(
        self,
        method: str,
        url: str,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Send a request to one of the addresses or below it, and return the whole answer."""
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        changes = url.startswith(self.graphs) and method not in ("GET", "HEAD")
        if changes or url.startswith(self.update):
            headers = {**(headers or {}), "Authorization": f"Bearer {self.token}"}
        try:
            return self._once(method, target, headers or {}, body)
        except (HTTPException, ConnectionError):  # the server may close a connection between two
            self._connection.close()
            return self._once(method, target, headers or {}, body)

    def _once(
        self, method: str, target: str, headers: dict[str, str], body: bytes | None
    ) -> Answer:
        self._connection.request(method, target, body=body, headers=headers)
        with self._connection.getresponse() as response:
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())

    def run_update(self, text: str) -> Answer:
        """Send an update as it is."""
        return self.send("POST", self.update, {"Content-Type": DIRECT_UPDATE}, text.encode())

    def run_query(self, text: str, accept: str) -> Answer:
        """Send a query as it is."""
        headers = {"Content-Type": DIRECT_QUERY, "Accept": accept}
        return self.send("POST", self.query, headers, text.encode())

    def graph(self, name: str) -> str:
        """Return the address of a graph in the graph store; no name is the default graph."""
        return f"{self.graphs}?graph={quote(name, safe='')}" if name else f"{self.graphs}?default"
