"""What several test files share: the shipped graph, the shared folder, a runner of commands."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from competency import KnowledgeGraph
from competency.cli import main

ROOT = Path(__file__).resolve().parents[1]
PREFIXES = """
@prefix comp: <https://w3id.org/competency/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""


@pytest.fixture(scope="session")
def shipped() -> KnowledgeGraph:
    """Return the five frameworks; tests do not change it."""
    return KnowledgeGraph.shipped()


@pytest.fixture
def run() -> Callable[..., Result]:
    """Return a function that runs one command in this process, as a user would type it."""
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real documents; tests that need it skip where there is none."""
    place = Path(os.environ.get("COMPETENCY_SHARED", ROOT.parent / "shared"))
    if not place.is_dir():
        pytest.skip("no folder ../shared with the source documents here")
    return place
