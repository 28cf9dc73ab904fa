"""Blank nodes of two documents stay two, whatever the documents are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from competency import KnowledgeGraph
from competency.graph import DataDirectory
from competency.sparql.writer import publish_job
from tests.conftest import PREFIXES


def framework(name: str) -> str:
    """Return a framework with a code, which is a blank node."""
    return (
        f'{PREFIXES} ex:{name} a comp:Framework ; rdfs:label "{name}"@en .'
        f"ex:{name}-1 a comp:Competency ; comp:inFramework ex:{name} ; comp:partOf ex:{name} ;"
        f' rdfs:label "Part"@en ; comp:code [ a comp:Code ; skos:notation "{name}" ] .'
    )


def codes(graph: KnowledgeGraph) -> int:
    """Return how many codes there are; one that has two notations is one."""
    return len({t.object for g in graph.graphs() for t in g.triples if "code" in t.predicate.value})


def test_two_texts_without_a_name_share_no_blank_node() -> None:
    graph = KnowledgeGraph()
    graph.parse(framework("one"))
    graph.parse(framework("two"))
    assert codes(graph) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2012/competencies-of-retail-staff.ttl", "2024/competencies-of-retail-staff.ttl"),
        ("v1/2.ttl", "v/12.ttl"),
    ],
)
def test_two_files_whose_paths_end_alike_share_no_blank_node(
    tmp_path: Path, first: str, second: str
) -> None:
    for name, path in (("one", first), ("two", second)):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(framework(name), encoding="utf-8")
    assert codes(KnowledgeGraph(tmp_path / first, tmp_path / second)) == 2


def test_a_file_with_an_odd_name_is_read(tmp_path: Path) -> None:
    file = tmp_path / "niveau².ttl"
    file.write_text(framework("one"), encoding="utf-8")
    assert codes(KnowledgeGraph(file)) == 1


def test_documents_of_one_request_share_no_blank_node(tmp_path: Path) -> None:
    parts = [framework(name).encode() for name in ("one", "two")]
    head = {
        "directory": str(tmp_path), "base": "https://example.org/", "gate": False, "note": "",
        "write": "put", "graph": "https://example.org/one", "document_base": "https://example.org/",
        "documents": [("framework.ttl", "turtle", len(part)) for part in parts],
    }  # fmt: skip
    publish_job(head, b"".join(parts))
    with DataDirectory(tmp_path).require() as edition:
        assert codes(KnowledgeGraph.of(edition)) == 2
