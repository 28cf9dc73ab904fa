"""Asking an endpoint whose address a stranger might like to choose: one request, nothing followed.

The name of the host is resolved once. Each address it has must be public, and the connection goes
to one of the very addresses that were looked at, so that a name which changes its mind between
two look-ups gains nothing. Redirects, proxies, cookies and compression do not exist here.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from competency.errors import EndpointError

_JSON, _XML = "application/sparql-results+json", "application/sparql-results+xml"
_TYPES = {_JSON: _JSON, "application/json": _JSON, _XML: _XML, "application/xml": _XML}
_HEADERS = {
    "Accept": f"{_JSON}, {_XML};q=0.9",
    "Content-Type": "application/sparql-query",
    "User-Agent": "competency (SPARQL SERVICE)",
    "Connection": "close",
}
_MAX_IRI, _SAFE = 8_000, "/:?[]@!$&'()*+,;=-._~%"
_CHUNK = 65_536
_TRIED = 4  # addresses of a host
_NAT64, _UNICAST = ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2000::/3")


@dataclass(frozen=True)
class Target:
    """An endpoint taken apart; ``path`` is what stands in a request, its query included."""

    iri: str
    secure: bool
    host: str
    port: int
    path: str

    @classmethod
    def of(cls, iri: str) -> Target | None:
        """Take an IRI apart; None for what is no plain address of HTTP.

        >>> Target.of("https://example.org/sparql").port
        443
        >>> Target.of("https://example.org/public/../admin")
        """
        try:
            parts = urlsplit(iri)
            port = parts.port
        except ValueError:
            return None
        plain = parts.hostname and "@" not in parts.netloc and "#" not in iri
        if parts.scheme not in ("http", "https") or not plain or len(iri) > _MAX_IRI:
            return None
        if {".", ".."} & set(unquote(parts.path).replace("\\", "/").split("/")):
            return None
        path = quote((parts.path or "/") + ("?" + parts.query if "?" in iri else ""), _SAFE)
        secure = parts.scheme == "https"
        return cls(iri, secure, str(parts.hostname), port or (443 if secure else 80), path)

    @property
    def literal(self) -> bool:
        """Say whether the host is an address, and no name."""
        with contextlib.suppress(ValueError):
            return bool(ipaddress.ip_address(self.host))
        return False


def is_public(address: str) -> bool:
    """Say whether an address is one of the public internet, also where it hides another.

    >>> is_public("9.9.9.9"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1")
    (True, False, False)
    """
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(found.packed[-4:])
        if inner is None:
            return found in _UNICAST and found.is_global and found.scope_id is None
        found = inner
    return found.is_global and not found.is_multicast and not found.is_reserved


def fetch(
    target: Target, body: bytes, *, private: bool, seconds: float, most: int
) -> tuple[str, bytes]:
    """Send a query to an endpoint; return the media type and the bytes of its rows.

    EndpointError, in one line without anything the endpoint wrote, when it is at an address that
    is not public (unless ``private``, or the target itself is that address), cannot be reached,
    takes longer than ``seconds``, or answers with anything but up to ``most`` bytes of rows.

        fetch(Target.of("https://example.org/sparql"), query, private=False, seconds=8, most=1e6)
    """
    ends = time.monotonic() + seconds
    late = EndpointError(target.iri, f"it did not answer within {seconds:g} seconds")
    addresses = _resolve(target, private or target.literal)
    try:
        with _connected(target, addresses, ends) as (sock, over):
            answer = _converse(sock, target, body, most)
            if over.is_set():
                raise late
            return answer
    except EndpointError:
        raise
    except ssl.SSLCertVerificationError as error:
        raise EndpointError(target.iri, "its certificate is not valid for it") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        if time.monotonic() >= ends:
            raise late from error
        raise EndpointError(target.iri, "it cannot be reached, or broke off") from error


def _resolve(target: Target, private: bool) -> list[Any]:
    """Return the addresses of a host as getaddrinfo has them, all of them looked at."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise EndpointError(target.iri, "its host is not known") from error
    if not private and not all(is_public(str(place[0])) for *_, place in found):
        reason = "its host has an address that is not public, and is not asked"
        raise EndpointError(target.iri, reason)
    return found[:_TRIED]


@contextlib.contextmanager
def _connected(
    target: Target, addresses: list[Any], ends: float
) -> Iterator[tuple[socket.socket, threading.Event]]:
    """Give a connection that is cut when the time is over, wherever it is; the event says so."""
    over = threading.Event()

    def cut() -> None:
        over.set()
        with contextlib.suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    with _connect(addresses, ends) as plain, _wrap(plain, target) as sock:
        timer = threading.Timer(max(0.0, ends - time.monotonic()), cut)
        timer.daemon = True
        timer.start()
        try:
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
            yield sock, over
        finally:
            timer.cancel()


def _wrap(sock: socket.socket, target: Target) -> socket.socket:
    """Prepare for TLS where the target wants it: the certificate has to be that of its name."""
    if not target.secure:
        return sock
    context = ssl.create_default_context()
    return context.wrap_socket(sock, server_hostname=target.host, do_handshake_on_connect=False)


def _connect(addresses: list[Any], ends: float) -> socket.socket:
    """Connect to the first address that answers; they share the time that there is."""
    failed = OSError("no address")
    for number, (family, kind, protocol, _, place) in enumerate(addresses):
        left = max(0.01, ends - time.monotonic())
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(left / (len(addresses) - number))
            sock.connect(place)
        except OSError as error:
            sock.close()
            failed = error
        else:
            sock.settimeout(left)
            return sock
    raise failed


def _converse(sock: socket.socket, target: Target, body: bytes, most: int) -> tuple[str, bytes]:
    """Ask over a connection, and read the answer."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    standard = target.port == (443 if target.secure else 80)
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.auto_open, connection.sock = 0, sock
    name = host if standard else f"{host}:{target.port}"
    connection.request("POST", target.path, body, {"Host": name, **_HEADERS})
    with connection.getresponse() as answer:
        return _type_of(answer, target), _read(answer, target, most)


def _type_of(answer: http.client.HTTPResponse, target: Target) -> str:
    """Return the media type of an answer that is one; EndpointError says what it is else."""
    reason = None
    media_type = answer.headers.get_content_type()
    if 300 <= answer.status < 400:
        reason = "it redirects elsewhere, which is not followed"
    elif answer.status != 200:
        reason = f"it answers with status {answer.status}"
    elif answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        reason = "it answers with compressed data, which nobody asked for"
    elif media_type not in _TYPES:
        reason = "its answer is no SPARQL results in JSON or XML"
    if reason is not None:
        raise EndpointError(target.iri, reason)
    return _TYPES[media_type]


def _read(answer: http.client.HTTPResponse, target: Target, most: int) -> bytes:
    data = bytearray()
    while chunk := answer.read(_CHUNK):
        data += chunk
        if len(data) > most:
            raise EndpointError(target.iri, f"its answer is larger than {most:,} bytes")
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return bytes(data)
