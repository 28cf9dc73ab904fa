"""The fast engine finds what the reference finds, in sound data, broken data and made-up data."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import SH, BNode, Graph

from competency._files import folder
from competency.ontology.vocabulary import own_vocabulary
from competency.shapes import load_shapes
from competency.shapes.engine import Compiled, Context, Data, compile_shapes, find
from competency.shapes.engine.constraints.values import CHECK
from competency.shapes.finding import Finding
from competency.shapes.reference import find_by_reference
from tests.shacl.broken import broken, made_up
from tests.shacl.sameness import Row, comparable, only, rows

SHAPES = load_shapes()
EXAMPLES = folder("shapes") / "examples"
NAMES = sorted(
    str(shape).rpartition("#")[2]
    for shape in {
        node
        for target in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
        for node in SHAPES.subjects(target)
    }
)
SHIPPED = ["hkqf-111334L3", "nos-pss-spo109", "pub-cscf", "pwgsc-client-service", "wcc-behaviours"]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep rdflib's log of ill-typed literals out of the output."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def agreed(findings: tuple[Finding, ...]) -> set[Row]:
    """Return what both engines should find."""
    return {row for row in comparable(rows(findings)) if row[2] != CHECK}


@cache
def ours() -> Compiled:
    """Return all our shapes, compiled once."""
    return compile_shapes(SHAPES)


@cache
def framework(slug: str) -> Graph:
    """Return a shipped framework, read once; no test changes it."""
    return Graph().parse(folder("graph") / f"{slug}.ttl")


def assert_same(graph: Graph, shapes: Graph, *, with_context: bool = True) -> int:
    """Assert that both engines find the same; return how much that is."""
    data = Data.of_graph(graph)
    if with_context:
        data = data.within(Context.of_graph(own_vocabulary().graph))
    fast = agreed(find(data, ours() if shapes is SHAPES else compile_shapes(shapes)))
    reference = agreed(find_by_reference(data.triples(), shapes))
    assert fast - reference == set(), "only the fast engine found this"
    assert reference - fast == set(), "only the reference found this"
    return len(fast)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", NAMES)
def test_both_engines_agree_on_the_examples_of_a_shape(name: str) -> None:
    shapes = only(name, SHAPES)
    for kind in ("conforms", "fails"):
        assert_same(Graph().parse(EXAMPLES / f"{name}.{kind}.ttl"), shapes)


@pytest.mark.parametrize("seed", range(80))
def test_both_engines_agree_on_made_up_shapes(seed: int) -> None:
    data, shapes = made_up(seed)
    assert_same(data, shapes, with_context=False)


def test_both_engines_agree_on_a_broken_framework() -> None:
    graph = broken(framework("hkqf-111334L3"), seed=1)
    assert assert_same(graph, load_shapes(*_files("framework", "part", "tree"))) > 0


def _files(*names: str) -> list[Path]:
    return [folder("shapes") / f"{name}.ttl" for name in names]


@pytest.mark.slow
@pytest.mark.parametrize("slug", SHIPPED)
def test_both_engines_agree_on_a_shipped_framework(slug: str) -> None:
    assert assert_same(framework(slug), SHAPES) == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_both_engines_agree_on_frameworks_broken_in_many_ways(seed: int) -> None:
    # The reference takes as long over many faults as over few: 1,200 of them in 20 frameworks.
    assert_same(broken(framework(SHIPPED[seed % 4]), seed, faults=12 + 5 * seed), SHAPES)


@pytest.mark.slow
def test_both_engines_agree_on_the_largest_framework_broken_in_many_ways() -> None:
    assert assert_same(broken(framework("wcc-behaviours"), 1, faults=60), SHAPES) > 20


@pytest.mark.slow
def test_both_engines_agree_on_many_made_up_shapes() -> None:
    for seed in range(120, 900):
        data, shapes = made_up(seed)
        if not _mixes_kinds(shapes):
            assert_same(data, shapes, with_context=False)


def _mixes_kinds(shapes: Graph) -> bool:
    """Say whether a bound hangs inside another shape, where its results cannot be told apart."""
    bounds = (SH.minInclusive, SH.minExclusive, SH.maxInclusive, SH.maxExclusive)
    return any(isinstance(n, BNode) for bound in bounds for n in shapes.subjects(bound))
