"""The graph that the questions are asked of."""

from __future__ import annotations

import pytest

from competency.graph import KnowledgeGraph


@pytest.fixture(scope="session")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.shipped()
