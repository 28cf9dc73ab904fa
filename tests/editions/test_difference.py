"""What two editions differ in, for people, as JSON and as an RDF patch that can be applied."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from competency import DataDirectory
from competency.graph import Difference, difference, publish
from tests.editions.common import ONE, TWO, framework, put


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    directory = DataDirectory(tmp_path / "data")
    put(directory, framework(title="Old", more='; comp:text "a\\nb"@en'))
    put(directory, framework(TWO, "Two"))
    put(directory, framework(title="New", more='; comp:text "a\\nb"@en'))
    publish(directory, remove=[TWO], gate=False)
    return directory


def between(directory: DataDirectory, one: str, other: str) -> Difference:
    with directory.edition(one) as before, directory.edition(other) as after:
        return difference(before, after)


def test_the_text_names_graphs_things_and_values(directory: DataDirectory) -> None:
    text = between(directory, "2", "3").text()
    assert "from edition 000002 to 000003: 0 new, 1 changed, 0 removed" in text
    assert '- rdfs:label "Old"@en' in text and '+ rdfs:label "New"@en' in text
    assert "Two" not in text
    assert f"new: {TWO} (+2 -0 triples)" in between(directory, "1", "2").text()
    assert f"removed: {TWO} (+0 -2 triples)" in between(directory, "3", "4").text()
    assert "nothing differs" in between(directory, "3", "3").text()


def test_the_json_holds_the_same(directory: DataDirectory) -> None:
    found = between(directory, "2", "3").to_dict()
    assert found["from"] == "000002" and found["to"] == "000003"
    graphs = found["graphs"]
    assert isinstance(graphs, list) and graphs[0]["graph"] == ONE
    assert graphs[0]["added"][0][2] == '"New"@en'


def test_the_patch_makes_the_one_of_the_other(directory: DataDirectory) -> None:
    patch = between(directory, "1", "4").patch()
    rows = patch.splitlines()
    assert rows[0].startswith("H id ") and (rows[1], rows[-1]) == ("TX .", "TC .")
    with directory.edition("1") as before, directory.edition("4") as after:
        quads = {quad for graph in before.graphs.values() for quad in graph.quads()}
        for row in rows[2:-1]:
            (quad,) = ox.parse(row[2:], format=ox.RdfFormat.N_QUADS)
            assert (quad in quads) == (row[0] == "D")
            quads ^= {quad}
        assert quads == {quad for graph in after.graphs.values() for quad in graph.quads()}
