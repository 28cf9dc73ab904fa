"""Holding an edition in memory: what its store holds, whichever of its files that is read from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from competency import DataDirectory, KnowledgeGraph
from competency.graph import NamedGraph
from competency.graph.editions import publish
from competency.sparql.workers import holding
from competency.sparql.workers.holding import in_memory
from tests.conftest import PREFIXES

DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
AUTHORED = """
ex:f a comp:Framework ; rdfs:label "a _: and a . at the end .\\n"@en ; ex:weight 1.50 .
ex:g a comp:Framework ; rdfs:label "Überblick \\\\ \\"x\\""@de ; ex:count "07"^^xsd:nonNegativeInteger .
ex:h a comp:Framework ; rdfs:label "H" ; ex:part [ rdfs:label "blank" ] .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an edition whose graphs hold what a loader might take otherwise."""
    graph = KnowledgeGraph()
    graph.parse(PREFIXES + "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ." + AUTHORED)
    graph.publish(tmp_path / "published", gate=False)
    with DataDirectory(tmp_path / "published").require() as edition:
        return edition.folder


def on_disk(folder: Path) -> set[ox.Quad]:
    return {*ox.Store.read_only(str(folder / "store"))}


def nothing() -> None:
    """Stand for a look at who waits."""


def test_what_is_held_is_what_the_store_holds_blank_nodes_numbers_and_vocabulary(
    folder: Path,
) -> None:
    held = in_memory(folder / "store", nothing)
    assert {*held} == on_disk(folder)
    assert any(isinstance(quad.object, ox.BlankNode) for quad in held)
    assert any(quad.object == ox.Literal("1.5", datatype=DECIMAL) for quad in held)


def test_graphs_without_blank_nodes_are_read_as_authored_and_the_others_from_the_store(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []
    lines = holding._lines

    def noted(*words: Any) -> bytes:
        read.append(lines(*words))
        return read[-1]

    monkeypatch.setattr(holding, "_lines", noted)
    in_memory(folder / "store", nothing)
    assert b"org/g>" in b"".join(read) and b"org/h>" not in b"".join(read)


@pytest.mark.parametrize(
    "altered", ["cut", "more", "nonsense", "missing", "manifest", "other words"]
)
def test_where_the_files_say_otherwise_the_store_is_what_counts(folder: Path, altered: str) -> None:
    expected = on_disk(folder)
    for file in (folder / "graphs").iterdir():
        lines = file.read_bytes().splitlines(keepends=True)
        if altered == "cut":
            file.write_bytes(b"".join(lines[1:]))
        elif altered == "more":
            file.write_bytes(b"".join([*lines, b"<urn:a> <urn:b> <urn:c> .\n"]))
        elif altered == "nonsense":
            file.write_bytes(b"!" + b"".join(lines))
        elif altered == "other words":
            file.write_bytes(b"".join(lines).replace(b"count", b"total"))
        elif altered == "missing":
            file.unlink()
    if altered == "manifest":
        (folder / "manifest.json").write_text("{}", encoding="utf-8")
    assert {*in_memory(folder / "store", nothing)} == expected


def test_who_loads_looks_at_who_waits_and_may_stop(folder: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_memory(folder / "store", stop)


@pytest.mark.parametrize("blank", [False, True])
def test_the_graph_without_a_name_is_held_as_one(tmp_path: Path, blank: bool) -> None:
    subject = ox.BlankNode("a") if blank else ox.NamedNode("https://example.org/a")
    triple = ox.Triple(subject, ox.NamedNode("https://example.org/b"), ox.Literal("c"))
    publish(DataDirectory(tmp_path / "published"), [NamedGraph("", (triple,))], gate=False)
    with DataDirectory(tmp_path / "published").require() as edition:
        held, there = in_memory(edition.folder / "store", nothing), on_disk(edition.folder)
    assert {*held} == there
    assert any(quad.graph_name == ox.DefaultGraph() for quad in there)
