"""A hundred random frameworks, made once: what the slow tests of all formats take there and back.

To make one takes as long as to write it and to read it again, so the tests share them.
"""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, Phase, given, settings

from competency.graph import NamedGraph
from tests.exchange.frameworks import EVERYTHING, Features, frameworks

COUNT = 100
LARGER = Features(parts=14)
NAMED = Features(parts=14, blank_nodes=False)


@cache
def many(features: Features = EVERYTHING) -> tuple[NamedGraph, ...]:
    """Return random frameworks, the same ones each time; no test changes them."""
    found: list[NamedGraph] = []

    @settings(
        max_examples=COUNT,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(frameworks(features))
    def gather(graph: NamedGraph) -> None:
        found.append(graph)

    gather()
    return tuple(found)
