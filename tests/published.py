"""A server over a data directory, with everything in this process: fast, for tests of the web."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from competency import DataDirectory, KnowledgeGraph
from competency.graph import Edition, describe_dataset
from competency.server import Settings, create_app
from competency.server.serving import Published
from competency.server.site import Site
from competency.server.writes import Writes
from competency.sparql.writer import publish_job

TOKEN = {"Authorization": "Bearer secret"}


class Here:
    """Publishes in this process."""

    def publish(self, head: dict[str, Any], body: bytes) -> dict[str, Any]:
        done: dict[str, Any] = json.loads(publish_job(json.loads(json.dumps(head)), body))
        return done


def client_of(place: Path, *, gate: bool = False, union: bool = True) -> FlaskClient:
    """Return a client of a server that takes writes with the token ``secret``."""
    directory = DataDirectory(place)
    settings = Settings(union=union, gate=gate, token="secret")  # noqa: S106

    def site_of(edition: Edition | None) -> Site:
        if edition is None:
            return Site(KnowledgeGraph(), settings=settings)
        graph = KnowledgeGraph.of(edition)
        graph.overlay(graph.base + "dataset", lambda: describe_dataset(graph))
        return Site(graph, settings=settings)

    common = {"directory": str(place), "base": directory.base, "gate": gate, "union": union}
    writes = Writes(Here(), "secret", common)
    return create_app(Published(directory, site_of), settings, writes=writes).test_client()
