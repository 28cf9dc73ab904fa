"""Which endpoints SERVICE may ask (SPARQL 1.1 Federated Query): none, or those of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from competency.errors import ParameterError

_PORTS = {"http": 80, "https": 443}
_DOTS = re.compile(r"(?:^|/)(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)


@dataclass(frozen=True)
class _Address:
    """An address in the form in which two are compared."""

    scheme: str
    host: str
    port: int
    path: str


class Services:
    """The endpoints an operator allows, by the beginnings of their IRIs."""

    def __init__(self, prefixes: Sequence[str] = ()) -> None:
        """Allow endpoints that begin with one of ``prefixes``; no prefix allows none.

        Raises ParameterError for a prefix that is no plain http or https IRI.
        """
        self.prefixes = tuple(prefixes)
        self._addresses = [_allowed_address(prefix) for prefix in prefixes]

    def refusal(self) -> str:
        """Return the reason for a refusal, which names what is allowed."""
        if not self.prefixes:
            return "SERVICE would ask another server, which is not allowed here"
        return (
            "SERVICE may only ask an endpoint whose IRI is written in full and begins with "
            f"{' or '.join(self.prefixes)}"
        )

    def allows(self, iri: str) -> bool:
        """Say whether an endpoint may be asked: same scheme, host and port, a path below.

        >>> Services(["http://good.example"]).allows("http://good.example@evil.example/")
        False
        """
        try:
            asked = _address(iri)
        except ValueError:
            return False
        return any(_is_below(asked, allowed) for allowed in self._addresses)


def _allowed_address(prefix: str) -> _Address:
    try:
        parts = urlsplit(prefix)
        if parts.query or parts.fragment:
            raise ValueError(prefix)
        return _address(prefix)
    except ValueError as error:
        reason = f"{prefix!r} is not the beginning of an http or https IRI"
        raise ParameterError("services", reason) from error


def _address(iri: str) -> _Address:
    """Return an address; ValueError for what is none or could be read in two ways."""
    parts = urlsplit(iri)
    host = parts.hostname
    if not iri.isascii() or not host or _is_odd(iri, parts):
        raise ValueError(iri)
    port = parts.port if parts.port is not None else _PORTS[parts.scheme]
    return _Address(parts.scheme, host, port, parts.path)


def _is_odd(iri: str, parts: SplitResult) -> bool:
    return (
        parts.scheme not in _PORTS
        or "@" in parts.netloc
        or "%" in parts.netloc
        or "\\" in iri
        or bool(_DOTS.search(parts.path))
        or any(character <= " " for character in iri)
    )


def _is_below(asked: _Address, allowed: _Address) -> bool:
    if (asked.scheme, asked.host, asked.port) != (allowed.scheme, allowed.host, allowed.port):
        return False
    path = allowed.path
    if not asked.path.startswith(path):
        return False
    return path in ("", asked.path) or path.endswith("/") or asked.path[len(path)] == "/"
