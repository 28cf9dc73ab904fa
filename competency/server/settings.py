"""How one server was asked to work; the command line is the only reader of the environment."""

from __future__ import annotations

from dataclasses import dataclass, field

from competency.sparql.limits import Limits


@dataclass(frozen=True)
class Settings:
    """The settings of a server.

    ``union``: a query without GRAPH or FROM sees all frameworks together. ``token``: what a client
    has to send to write; without one nothing is ever written. ``gate``: what does not conform to
    the shapes is not published. ``proxies``: how many proxies before us are trusted to say whom
    they speak for. ``services``: endpoints that a query may ask, as the beginnings of their IRIs.
    """

    title: str = "Competency"
    union: bool = True
    limits: Limits = field(default_factory=Limits)
    token: str | None = None
    gate: bool = True
    proxies: int = 0
    services: tuple[str, ...] = ()
    query_log: str | None = None
