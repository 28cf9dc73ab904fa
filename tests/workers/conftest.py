"""One root for all tests of a process: it takes half a second to start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from competency import KnowledgeGraph
from competency.sparql.workers import Pooled, Root
from tests.conftest import PREFIXES
from tests.workers.common import pooled


@pytest.fixture(scope="session")
def root() -> Iterator[Root]:
    root = Root()
    yield root
    root.close()


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory with some hundred triples."""
    graph = KnowledgeGraph()
    parts = "".join(
        f'<https://example.org/f/{n}> a comp:Competency ; comp:position {n} ; rdfs:label "Part {n}"@en ; '
        "comp:partOf ex:f ; comp:inFramework ex:f .\n"
        for n in range(1, 101)
    )
    graph.parse(PREFIXES + 'ex:f a comp:Framework ; rdfs:label "F"@en .' + parts)
    place = tmp_path_factory.mktemp("data") / "published"
    graph.publish(place, gate=False)
    return place


@pytest.fixture
def engine(root: Root, place: Path) -> Iterator[Pooled]:
    with pooled(root, place) as engine:
        yield engine
