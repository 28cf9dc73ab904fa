"""The licence of what is taken from several mapping sets is one that all of them have."""

from __future__ import annotations

import pytest

from competency import KnowledgeGraph
from competency.graph.alignments import between
from competency.graph.excerpts import excerpt
from competency.graph.sssom.extracting import alignments_from
from competency.graph.sssom.licensing import common_license
from tests.conftest import PREFIXES
from tests.test_server_compare import framework

EX, BY, ZERO = "https://example.org/", "https://example.org/by", "https://example.org/zero"
SETS = (
    PREFIXES
    + "@prefix sssom: <https://w3id.org/sssom/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
)


def mapping_set(graph: KnowledgeGraph, place: int, *licenses: str) -> str:
    """Add a mapping set in which a part of f is close to one of g; return its name."""
    rows = [f"<{EX}set{place}> a sssom:MappingSet ."]
    rows += [f"<{EX}set{place}> dcterms:license <{license}> ." for license in licenses]
    rows += [
        f"<{EX}about{place}> a comp:Alignment ; owl:annotatedSource ex:f{place} ;",
        f"  owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget ex:g{place} .",
        f"ex:f{place} skos:closeMatch ex:g{place} .",
    ]
    (name,) = graph.parse(SETS + "\n".join(rows), source=f"set{place}.ttl")
    return name


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ([BY], [BY], BY),
        ([BY], [ZERO], ""),
        ([BY], [], ""),
        ([], [], ""),
        ([BY, ZERO], [BY, ZERO], ""),
    ],
    ids=["the same", "another", "one without", "none", "two each"],
)
def test_what_is_put_together_has_the_licence_that_all_sets_have(
    one: list[str], other: list[str], common: str
) -> None:
    graph = KnowledgeGraph()
    for name in ("f", "g"):
        graph.parse(PREFIXES + framework(name, "Weld.", "Bake."), source=f"{name}.ttl")
    names = [mapping_set(graph, 1, *one), mapping_set(graph, 2, *other)]
    assert common_license(map(graph.named_graph, names)) == common
    expected = (common,) if common else None
    found = excerpt(graph, between(graph, EX + "f", EX + "g"), EX + "some")
    assert len(found.records) == 2 and found.slots.get("license") == expected
    found = alignments_from(graph, EX + "f", EX + "all")
    assert len(found.records) == 2 and found.slots.get("license") == expected
