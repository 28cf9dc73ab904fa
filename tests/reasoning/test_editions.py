"""What follows, in editions: made with what changed, kept apart from what is stated."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from competency import DataDirectory, GraphRefused, KnowledgeGraph
from competency.errors import EditionError
from competency.graph import difference, publish
from competency.graph.editions import inferred as made
from competency.graph.editions.edition import INFERRED
from competency.graph.editions.inferred import place_of, read_inferred
from competency.graph.reasoning import following, infer
from tests.conftest import PREFIXES
from tests.editions.common import ONE, TWO, framework, put
from tests.reasoning.common import short


def _file(graph: str) -> str:
    return place_of(graph)[0]


PART = f"<{ONE}/1> a comp:Note ; comp:inFramework <{ONE}> ; comp:partOf <{ONE}> "


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


def with_part(more: str = "") -> KnowledgeGraph:
    graph = KnowledgeGraph()
    graph.parse(f'{PREFIXES} <{ONE}> a comp:Framework ; rdfs:label "One"@en . {PART} {more} .')
    return graph


def test_what_follows_is_published_with_a_framework(directory: DataDirectory) -> None:
    put(directory, with_part())
    with directory.require() as edition:
        found = read_inferred(edition.folder, ONE)
        assert found is not None and found.name == f"{ONE}#inferred"
        lines = {short(triple) for triple in found.triples}
        assert f"{ONE} comp:hasPart {ONE}/1".replace("https://example.org/", "ex:") in lines
        assert set(found.triples) == set(infer(with_part().named_graph(ONE)).graph.triples)


def test_the_store_the_graphs_and_the_counts_hold_only_what_is_stated(
    directory: DataDirectory,
) -> None:
    put(directory, with_part())
    with directory.require() as edition:
        graph = KnowledgeGraph.of(edition)
        assert list(edition.graphs) == graph.graph_names == [ONE]
        assert len(graph) == edition.manifest.triples == 5
        assert len(edition.store) == edition.manifest.quads
        assert not [q for q in edition.store if "inferred" in str(q.graph_name)]
        assert b"hasPart" not in graph.serialize(ONE, "ntriples")
        assert [item.title for item in graph.summaries()] == ["One"]
        assert not graph.holds(f"{ONE}#inferred")


def test_the_digest_of_a_framework_is_that_of_what_is_stated(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(directory, with_part())
    with directory.require() as edition:
        digest = edition.manifest.sha256_of(ONE)
    monkeypatch.setattr(made, "rules_digest", lambda: "other")
    other = DataDirectory(directory.path.parent / "other")
    put(other, with_part())
    with other.require() as edition:
        assert edition.manifest.sha256_of(ONE) == digest


def test_only_what_changed_is_inferred_again(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(directory, with_part())
    put(directory, framework(TWO, "Two"))
    seen: list[bytes] = []
    monkeypatch.setattr(
        made,
        "following",
        lambda data: seen.append(data) or following(data),  # type: ignore[func-returns-value]
    )
    put(directory, framework(TWO, "Two, again"))
    assert [TWO.encode() in data for data in seen] == [True]
    with directory.edition("2") as old, directory.require() as new:
        one = _file(ONE)
        assert (old.folder / one).samefile(new.folder / one)
        assert new.faults() == []


def test_with_other_rules_everything_is_inferred_again(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(directory, with_part())
    put(directory, framework(TWO, "Two"))
    seen: list[bytes] = []
    monkeypatch.setattr(made, "rules_digest", lambda: "other rules")
    monkeypatch.setattr(
        made,
        "following",
        lambda data: seen.append(data) or following(data),  # type: ignore[func-returns-value]
    )
    put(directory, framework(TWO, "Two, again"))
    assert sorted(TWO.encode() in data for data in seen) == [False, True]


def test_a_framework_that_is_taken_out_takes_along_what_followed(directory: DataDirectory) -> None:
    put(directory, with_part())
    put(directory, framework(TWO, "Two"))
    publish(directory, remove=[ONE], gate=False)
    with directory.require() as edition:
        assert _file(ONE) not in edition.manifest.files
        assert not (edition.folder / _file(ONE)).exists()
        assert (edition.folder / _file(TWO)).exists()


def test_an_older_edition_has_what_followed_then(directory: DataDirectory) -> None:
    put(directory, with_part())
    put(directory, framework())
    with directory.rollback("1") as edition:
        found = KnowledgeGraph.of(edition).infer(ONE)
        assert any("hasPart" in str(triple) for triple in found.triples)


def test_where_nothing_follows_there_is_an_empty_graph_and_no_file(
    directory: DataDirectory,
) -> None:
    graph = KnowledgeGraph()
    graph.parse(f"<{ONE}> <urn:p> <urn:o> .")
    name = graph.graph_names[0]
    put(directory, graph)
    with directory.require() as edition:
        assert not (edition.folder / _file(name)).exists()
        found = read_inferred(edition.folder, name)
        assert found is not None and found.triples == ()


def test_an_edition_from_before_there_were_rules_is_read_all_the_same(
    directory: DataDirectory,
) -> None:
    put(directory, with_part())
    with directory.require() as edition:
        for file in (edition.folder / INFERRED).iterdir():
            file.unlink()
        assert read_inferred(edition.folder, ONE) is None
        found = KnowledgeGraph.of(edition).infer(ONE)
        assert set(found.triples) == set(infer(with_part().named_graph(ONE)).graph.triples)


def test_a_damaged_file_is_an_error_that_names_it_and_verify_finds_it(
    directory: DataDirectory,
) -> None:
    put(directory, with_part())
    with directory.require() as edition:
        path = edition.folder / _file(ONE)
        path.write_bytes(path.read_bytes()[:-9])
        with pytest.raises(EditionError, match=r"inferred/.*cannot be read: it was cut"):
            read_inferred(edition.folder, ONE)
        assert [str(path) in str(fault) for fault in edition.faults()] == [True]
        with zipfile.ZipFile(path, "w") as file:
            file.writestr(place_of(ONE)[1], gzip.compress(b"no triples"))
        with pytest.raises(EditionError, match="cannot be read"):
            read_inferred(edition.folder, ONE)
        locked = bytearray(path.read_bytes())
        locked[locked.index(b"PK\1\2") + 8] |= 1  # as if there were a password
        path.write_bytes(locked)
        with pytest.raises(EditionError, match="cannot be read"):
            read_inferred(edition.folder, ONE)


def test_the_same_graph_gives_the_same_bytes(directory: DataDirectory) -> None:
    put(directory, with_part())
    other = DataDirectory(directory.path.parent / "other")
    put(other, with_part())
    with directory.require() as one, other.require() as two:
        assert (one.folder / _file(ONE)).read_bytes() == (two.folder / _file(ONE)).read_bytes()


def test_graphs_that_share_a_file_come_and_go_without_each_other(directory: DataDirectory) -> None:
    names = [f"https://example.org/{number}" for number in range(3000)]
    together = [name for name in names if _file(name) == _file(names[0])][:3]
    for name in together:
        put(directory, framework(name))
    put(directory, framework(together[1], "Another"))
    publish(directory, remove=[together[0]], gate=False)
    with directory.require() as edition:
        for name, held in zip(together, (False, True, True), strict=True):
            found = read_inferred(edition.folder, name)
            assert found is not None and bool(found.triples) == held
        assert edition.faults() == []


def test_what_changed_between_editions_is_told_of_what_is_stated(directory: DataDirectory) -> None:
    put(directory, framework())
    put(directory, with_part())
    with directory.edition("1") as old, directory.edition("2") as new:
        found = difference(old, new)
    assert [graph.name for graph in found.graphs] == [ONE]
    assert "hasPart" not in found.text() + found.patch()


def test_nobody_publishes_under_the_name_of_what_follows(directory: DataDirectory) -> None:
    put(directory, framework())
    graph = KnowledgeGraph()
    graph.parse(f"<{ONE}#inferred> {{ <urn:s> <urn:p> <urn:o> }}", syntax="trig")
    with pytest.raises(
        GraphRefused, match=r"stands for what follows from https://example\.org/one"
    ):
        put(directory, graph)
    with pytest.raises(GraphRefused, match="stands for what follows"):
        publish(directory, remove=[f"{ONE}#inferred"], gate=False)
    with pytest.raises(GraphRefused, match="name that thing otherwise"):
        put(directory, framework(more=f" . <{ONE}#inferred> a comp:Note"))
    assert directory.names() == ["000001"]


# ---------------------------------------------------------------------- validation


def test_the_gate_judges_what_is_stated_and_nothing_that_follows(directory: DataDirectory) -> None:
    text = f"""{PREFIXES}
        <{ONE}> a comp:Framework ; rdfs:label "One"@en ; dcterms:rights "None"@en .
        <{ONE}/1> a comp:Group ; comp:partOf <{ONE}> ; comp:position 1 ; rdfs:label "A"@en ."""
    graph = KnowledgeGraph()
    graph.parse(text)
    assert any("inFramework" in str(triple) for triple in graph.infer(ONE).triples)
    done = graph.publish(directory)
    assert done.edition is None and done.report is not None
    assert any("PartInOneFramework" in str(item.shape) or "framework" in item.message
               for item in done.report.results)  # fmt: skip


def test_validating_an_edition_says_the_same_as_before_it_was_published(
    directory: DataDirectory,
) -> None:
    graph = with_part()
    put(directory, graph)
    with directory.require() as edition:
        after = KnowledgeGraph.of(edition).validate()
    before = graph.validate()
    assert [str(item) for item in after.results] == [str(item) for item in before.results]
