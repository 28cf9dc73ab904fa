"""Talking to a SPARQL 1.1 engine over HTTP: one question, one whole answer, or an error.

Queries go as forms by POST, which every engine takes (Virtuoso 7 hangs on a query that is sent as
it is). Redirects are not followed, so that neither queries nor credentials go where nobody meant
them to. What is answered is read within a budget of bytes and of time.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from urllib3 import BaseHTTPResponse, HTTPConnectionPool
from urllib3.exceptions import HTTPError, LocationParseError, ProtocolError
from urllib3.util import Timeout, Url, parse_url

from competency.errors import EndpointError, TimeReached
from competency.sparql.engine import nobody_left
from competency.sparql.remote.faults import cut_short, fault, unreachable
from competency.sparql.remote.patience import Now, Patience, lines_to
from competency.sparql.writing import too_large

_LOG = logging.getLogger("competency.remote")
_CONNECT = 5.0  # seconds until somebody has to pick up
_PIECE = 1 << 16
_FAULT = 1 << 14  # bytes of an error message that are read
Fields = Iterable[tuple[str, str]]


class Reply(NamedTuple):
    """An answer, whole: its media type without parameters, and its bytes."""

    media_type: str
    data: bytes


def authorization(user: str | None, password: str | None, token: str | None) -> str | None:
    """Return the Authorization header for what the operator has set, or None.

    A token goes as Bearer (RFC 6750), a name with its password as Basic (RFC 7617). Raises
    EndpointError where both are set, or half of one.

    >>> authorization("reader", "secret", None)
    'Basic cmVhZGVyOnNlY3JldA=='
    """
    if token and (user or password):
        raise EndpointError("credentials", "set a token, or a name and a password, not both")
    if bool(user) != bool(password):
        raise EndpointError("credentials", "set a name and a password, both of them")
    if token:
        return f"Bearer {token}"
    if user:
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
    return None


class Client:
    """The way to one engine: where it answers queries, and where it takes updates.

    Client("http://127.0.0.1:7878/query", "http://127.0.0.1:7878/update")
    """

    def __init__(
        self,
        endpoint: str,
        update_endpoint: str | None = None,
        *,
        credentials: str | None = None,
        connections: int = 16,
    ) -> None:
        """Talk to ``endpoint``; updates go there as well unless they have an address of their own.

        ``credentials`` is an Authorization header. Raises EndpointError for what is no address.
        Nothing is sent yet.
        """
        self.name = endpoint
        self._shown = {"query": endpoint, "update": update_endpoint or endpoint}
        self._now = Now()
        self._addresses = {
            "query": _address(endpoint),
            "update": _address(update_endpoint or endpoint),
        }
        self._lines = self._lines_to("query", connections)
        self._headers = {"User-Agent": "competency", "Accept-Encoding": "gzip"}
        if credentials:
            self._headers["Authorization"] = credentials

    def query(
        self,
        text: str,
        accept: str,
        *,
        seconds: float,
        most: int,
        dataset: Fields = (),
        left: Callable[[], bool] = nobody_left,
    ) -> Reply:
        """Ask a query and return the answer, ``most`` bytes of it at most.

        ``dataset`` are the fields default-graph-uri and named-graph-uri. Raises QueryError with
        what the engine says of the query, EndpointError, TimeReached, Busy or LimitReached.
        """
        fields = [("query", text), *dataset]
        return self._ask("query", fields, accept, most, Patience(seconds, left))

    def update(self, text: str, *, seconds: float, dataset: Fields = ()) -> None:
        """Have an update made: all of it, as far as the engine makes updates whole or not at all.

        ``dataset`` are the fields using-graph-uri and using-named-graph-uri. Raises QueryError,
        EndpointError or TimeReached; after the last two nobody knows whether it was made.
        """
        fields = [("update", text), *dataset]
        try:
            self._ask("update", fields, "*/*", _FAULT, Patience(seconds, nobody_left))
        except TimeReached as error:
            reason = f"the engine has not said whether it was written: {error}; look before you"
            raise TimeReached(error.limit, f"{reason} write it again") from error

    def _lines_to(self, use: str, connections: int) -> HTTPConnectionPool:
        url = self._addresses[use]
        return lines_to(url.scheme or "http", url.host or "", url.port, self._now, connections)

    def _ask(self, use: str, fields: Fields, accept: str, most: int, patience: Patience) -> Reply:
        """Send a request; an update has a connection of its own: an idle one may break off."""
        self._now.patience = patience
        lines = self._lines if use == "query" else self._lines_to(use, 1)
        try:
            with patience:
                return self._within(lines, use, urlencode(list(fields)), accept, most, patience)
        except HTTPError as error:
            patience.look()
            gone = unreachable(self._name(use), error)
            if self.name != self._shown["query"]:  # visitors are not told where it is
                _LOG.warning("%s: %s", self._shown[use], gone)
            raise gone from error
        finally:
            self._now.patience = None
            if lines is not self._lines:
                lines.close()

    def _within(
        self,
        lines: HTTPConnectionPool,
        use: str,
        body: str,
        accept: str,
        most: int,
        patience: Patience,
    ) -> Reply:
        try:
            response = self._open(lines, use, body, accept, patience)
        except ProtocolError:
            patience.look()
            if use == "update":
                raise
            response = self._open(lines, use, body, accept, patience)  # it was idle for too long
        try:
            good = response.status < 300
            whole = good and use == "query"
            data = _read(response, most if whole else _FAULT, whole=whole)
            if not good:
                raise fault(self._name(use), use, response, data, body)
            if reason := cut_short(response):
                raise EndpointError(self._name(use), reason)
            patience.look()
            media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            return Reply(media_type, data)
        finally:
            response.close()

    def _open(
        self, lines: HTTPConnectionPool, use: str, body: str, accept: str, patience: Patience
    ) -> BaseHTTPResponse:
        form = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        return lines.urlopen(
            "POST",
            self._addresses[use].request_uri,
            body=body,
            headers=self._headers | form,
            retries=False,
            redirect=False,
            preload_content=False,
            timeout=Timeout(connect=min(_CONNECT, patience.rest), read=patience.rest),
        )

    def _name(self, use: str) -> str:
        """Return what errors call the engine: its address, unless it was given another name."""
        return self._shown[use] if self.name == self._shown["query"] else self.name

    def close(self) -> None:
        """Close the connections that are open."""
        self._lines.close()


def _address(text: str) -> Url:
    """Return the parts of an address; EndpointError where it is none, or holds a password."""
    try:
        url = parse_url(text)
    except LocationParseError:
        url = Url()
    if url.scheme not in ("http", "https") or not url.host:
        raise EndpointError(text, "is no address; write http://host:port/path")
    if url.auth:
        place = url._replace(auth=None).url
        raise EndpointError(place, "leave the name and the password out of the address")
    return url


def _read(response: BaseHTTPResponse, most: int, *, whole: bool) -> bytes:
    """Read up to ``most`` bytes, unpacked; LimitReached when a whole answer has more."""
    found = bytearray()
    while piece := response.read(_PIECE, decode_content=True):
        found += piece
        if len(found) > most:
            if whole:
                raise too_large(most)
            return bytes(found[:most])
    return bytes(found)
