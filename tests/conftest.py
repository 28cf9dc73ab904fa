"""What several test files share: the shipped graph, the shared folder, a runner of commands."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from competency import KnowledgeGraph
from competency.cli import main
from tests.saving import saved_by_libreoffice

ROOT = Path(__file__).resolve().parents[1]
# What shares something costly, or takes the whole machine: one process runs a group, where tests run
# in several (--dist loadscope). The largest group comes first.
GROUPS = {
    "tests/browser/": "a browser and its servers",
    "tests/exchange/": "random frameworks",
    "tests/w3c/": "the server for the tests of W3C",
    "tests/questions/": "all triples in rdflib",
    "tests/judging/": "a large graph with faults",
    "tests/test_remote_oxigraph.py": "a server of another make",
    "tests/test_importing.py": "what LibreOffice saved",
    "tests/test_reading_pdf.py": "what LibreOffice saved",
}
PREFIXES = """
@prefix comp: <https://w3id.org/competency/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""


class ByGroup(LoadScopeScheduling):  # type: ignore[misc]
    """Gives tests to processes one by one, but those of a group all to the same one."""

    def _split_scope(self, nodeid: str) -> str:
        found = (group for start, group in GROUPS.items() if nodeid.startswith(start))
        return next(found, nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByGroup | None:
    """Return what deals out tests where they are asked for by scope, as make test-slow does."""
    return ByGroup(config, log) if config.getvalue("dist") == "loadscope" else None


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


@pytest.fixture(scope="session")
def saved_seeds(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Mapping[Path, Path]]:
    """Return a function that gives each source document and what LibreOffice saved it as."""

    @cache
    def saved(suffix: str) -> Mapping[Path, Path]:
        files = sorted((shared / "seeds").glob("*.txt"))
        place = tmp_path_factory.mktemp(suffix)
        return dict(zip(files, saved_by_libreoffice(files, suffix, place), strict=True))

    return saved
