"""The W3C's test suite for SHACL, core and SPARQL, with both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from competency.errors import ShapesError
from competency.shapes.engine import Data, compile_shapes, find
from competency.shapes.reference import find_by_reference
from tests.shacl.suite import Case, Outcome, cases, found, read, read_as_written

# What pySHACL 0.40.1 on rdflib does not pass, and why.
REFERENCE_FAILS = {
    "property/uniqueLang-002": 'rdflib reads "1"^^xsd:boolean as true',
    "node/prefixes-001": "owl:imports between prefix declarations is not followed",
    "pre-binding/shapesGraph-001": "$shapesGraph is not supported",
}
# A case that the manifest of its folder does not name.
UNNAMED = "sparql/component/nodeValidator-001.ttl"


@pytest.fixture(scope="module")
def suite(shared: Path) -> Path:
    return shared / "suites" / "shacl"


@pytest.fixture(scope="module")
def core(suite: Path) -> list[Case]:
    return cases(suite / "core" / "manifest.ttl")


@pytest.fixture(scope="module")
def sparql(suite: Path) -> list[Case]:
    return cases(suite / "sparql" / "manifest.ttl") + cases(suite / UNNAMED)


def fast(case: Case) -> Outcome | None:
    """Return what the fast engine finds, None where it says that the shapes cannot be used."""
    try:
        compiled = compile_shapes(read_as_written(case.shapes))
        return found(find(Data.of_graph(read_as_written(case.data)), compiled))
    except ShapesError as error:
        assert "\n" not in str(error)
        return None


def reference(case: Case) -> Outcome | None:
    """Return what the reference finds, None where it fails in whatever way."""
    try:
        return found(find_by_reference(read(case.data), read(case.shapes)))
    except (ShapesError, NotImplementedError):
        return None
    except Exception as error:  # noqa: BLE001 - what rdflib raises for an unknown prefix
        assert "prefix" in str(error)
        return None


def test_the_fast_engine_passes_all_core_cases(core: list[Case]) -> None:
    assert len(core) == 98
    wrong = [case.name for case in core if fast(case) != case.wanted]
    assert wrong == []


def test_the_fast_engine_passes_all_sparql_cases(sparql: list[Case]) -> None:
    assert len(sparql) == 23
    wrong = [case.name for case in sparql if fast(case) != case.wanted]
    assert wrong == []


def test_triples_of_pyoxigraph_give_the_same_as_graphs_of_rdflib(core: list[Case]) -> None:
    import pyoxigraph

    for case in core:
        text = case.data.read_bytes()
        base = case.data.as_uri()
        quads = pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE, base_iri=base)
        data = Data.of_triples(quad.triple for quad in quads)
        try:
            compiled = compile_shapes(read_as_written(case.shapes))
        except ShapesError:
            continue
        assert found(find(data, compiled)) == case.wanted, case.name


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_reference_passes_all_cases_but_those_named(suite: Path) -> None:
    parts = ("core/manifest.ttl", "sparql/manifest.ttl", UNNAMED)
    every = [case for part in parts for case in cases(suite / part, read)]
    wrong = [case.name for case in every if reference(case) != case.wanted]
    assert sorted(wrong) == sorted(REFERENCE_FAILS)
