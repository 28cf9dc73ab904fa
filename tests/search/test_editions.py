"""The index of an edition: it costs what changed, is as whole as the edition, and never lies."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from competency import DataDirectory, EditionError, KnowledgeGraph
from competency.graph import Edition, publish
from competency.graph.search import MAIN, NEWEST, RECENT
from competency.graph.search import files as module
from competency.graph.search.files import Held, held_by, plan_of
from competency.graph.search.index import made_with
from tests.editions.common import ONE, TWO, framework, put
from tests.search.common import ask


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


def big(title: str, parts: int = 40) -> KnowledgeGraph:
    """Return a framework beside which a small one is a small change."""
    rows = "".join(
        f"<{TWO}/{n}> a comp:Note ; comp:inFramework <{TWO}> ; comp:partOf <{TWO}> ;"
        f' comp:text "filling number{n}"@en .'
        for n in range(parts)
    )
    return framework(TWO, title, more=f". {rows} <{TWO}> a comp:Framework")


def found(directory: DataDirectory, words: str) -> list[str]:
    with directory.require() as edition:
        graph = KnowledgeGraph.of(edition)
        return [hit.iri for hit in graph.search(words).hits]


def files(directory: DataDirectory) -> dict[str, str]:
    """Return the digests of the index of the published edition."""
    with directory.require() as edition:
        return {k: v.sha256 for k, v in edition.manifest.files.items() if k.startswith("search/")}


def test_a_change_is_found_what_it_replaced_is_not_and_the_large_file_stays(
    directory: DataDirectory,
) -> None:
    put(directory, big("Large"))
    put(directory, framework(title="Former"))
    first = files(directory)
    assert found(directory, "former") == [ONE] and set(first) == {MAIN, RECENT}
    put(directory, framework(title="Latter"))
    second = files(directory)
    assert found(directory, "latter") == [ONE] and found(directory, "former") == []
    assert first[MAIN] == second[MAIN] and first[RECENT] != second[RECENT]
    one, two = (directory.editions_folder / name / MAIN for name in directory.names()[1:])
    assert one.samefile(two)
    assert len(found(directory, "number3")) == 11


def test_what_is_taken_out_is_not_found_and_what_comes_back_is(directory: DataDirectory) -> None:
    put(directory, big("Large"))
    put(directory, framework(title="Guest"))
    publish(directory, remove=[ONE], gate=False)
    assert found(directory, "guest") == [] and found(directory, "large") == [TWO]
    put(directory, framework(title="Guest"))
    assert found(directory, "guest") == [ONE]


def test_rolling_back_finds_what_was_there_then(directory: DataDirectory) -> None:
    put(directory, framework(title="Former"))
    put(directory, framework(title="Latter"))
    directory.rollback()
    assert found(directory, "former") == [ONE] and found(directory, "latter") == []
    put(directory, framework(title="Newest"))
    assert found(directory, "newest") == [ONE] and found(directory, "former") == []


def test_what_has_grown_goes_to_the_large_file(directory: DataDirectory) -> None:
    put(directory, big("Large"))
    put(directory, framework(title="Small"))
    publish(directory, [*big("Larger", 90).graphs()], gate=False)
    assert set(files(directory)) == {MAIN}
    assert found(directory, "small") == [ONE] and found(directory, "larger") == [TWO]
    assert found(directory, "large") == [TWO]  # by its beginning
    assert found(directory, '"large"') == []


def test_many_changes_of_one_graph_do_not_pile_up(directory: DataDirectory) -> None:
    put(directory, framework(title="Title 0"))
    for number in range(1, 7):
        put(directory, framework(title=f"Title {number}"))
    with directory.require() as edition:
        held = [held for path in edition.index_files if (held := held_by(path))]
        assert sum(item.triples for item in held) <= 3 * edition.manifest.triples
    assert found(directory, '"title 6"') == [ONE] and found(directory, '"title 5"') == []


def test_publishing_the_same_makes_no_edition_and_two_directories_agree(tmp_path: Path) -> None:
    here, there = DataDirectory(tmp_path / "here"), DataDirectory(tmp_path / "there")
    for directory in (here, here, there):
        put(directory, big("Large"))
    assert here.names() == there.names() == ["000001"]
    assert files(here) == files(there)


def test_pruning_leaves_the_index_of_those_that_stay(directory: DataDirectory) -> None:
    put(directory, big("Large"))
    for number in range(4):
        framework(title=f"Small {number}").publish(directory, gate=False)
    with directory.publishing():
        directory.prune(keep=1)
    assert found(directory, "small") == [ONE] and found(directory, "large") == [TWO]


def test_verify_names_an_index_that_is_damaged_cut_or_lost(
    directory: DataDirectory, run: Callable[..., Result]
) -> None:
    put(directory, big("Large"))
    with directory.require() as edition:
        path = edition.folder / MAIN
    data = path.read_bytes()
    for broken in (data[:-1], data[:9000] + b"\xff" + data[9001:]):
        path.write_bytes(broken)
        result = run("verify", "--data", directory.path)
        assert result.exit_code == 1 and "main.db" in result.stdout
    path.unlink()
    assert "is missing" in run("verify", "--data", directory.path).stdout


def test_an_index_that_gets_shorter_while_it_is_open_is_an_error_and_no_end_of_the_process(
    directory: DataDirectory,
) -> None:
    put(directory, big("Bakery", 1500))
    with directory.require() as edition:
        graph = KnowledgeGraph.of(edition)
        assert graph.search("Bakery").total == 1
        os.truncate(edition.folder / MAIN, 4096)
        with pytest.raises(EditionError, match="search index cannot be read"):
            graph.search("number1234")


def test_a_damaged_index_is_an_error_of_ours_and_not_an_empty_answer(
    directory: DataDirectory,
) -> None:
    put(directory, big("Large", 400))
    with directory.require() as edition:
        path = edition.folder / MAIN
        with contextlib.closing(sqlite3.connect(path)) as file:
            root = "SELECT rootpage FROM sqlite_schema WHERE name = 'words_data'"
            page = file.execute(root).fetchone()[0]
        data = bytearray(path.read_bytes())
        data[(page - 1) * 4096 : page * 4096] = b"\x7f" * 4096
        path.write_bytes(data)
        with pytest.raises(EditionError, match="search index cannot be read"):
            KnowledgeGraph.of(edition).search("filling")


def test_an_index_that_cannot_be_opened_at_all_is_made_in_memory(directory: DataDirectory) -> None:
    put(directory, big("Large"))
    (directory.editions_folder / "000001" / MAIN).write_bytes(b"no database")
    assert found(directory, "large") == [TWO]


def without_index(directory: DataDirectory) -> None:
    """Make the published edition what it was before there was an index."""
    with directory.require() as edition:
        kept = {k: v for k, v in edition.manifest.files.items() if not k.startswith("search/")}
        manifest = replace(edition.manifest, files=kept)
        for path in edition.index_files:
            path.unlink()
        (edition.folder / "manifest.json").write_bytes(manifest.to_json())


def test_an_edition_of_before_is_indexed_in_memory_and_its_child_on_disk(
    directory: DataDirectory,
) -> None:
    put(directory, big("Large"))
    without_index(directory)
    assert found(directory, "large") == [TWO]
    put(directory, framework(title="Small"))
    assert MAIN in files(directory)
    assert found(directory, "large") == [TWO] and found(directory, "small") == [ONE]


def test_an_index_of_another_layout_is_not_read(directory: DataDirectory) -> None:
    put(directory, big("Large"))
    with directory.require() as edition, sqlite3.connect(edition.folder / MAIN) as file:
        file.execute("PRAGMA user_version = 99")
    file.close()
    assert held_by(directory.editions_folder / "000001" / MAIN) is None
    assert found(directory, "large") == [TWO]


def test_an_index_that_was_made_otherwise_is_made_anew(directory: DataDirectory) -> None:
    put(directory, big("Large"))
    with directory.require() as edition, sqlite3.connect(edition.folder / MAIN) as file:
        file.execute("UPDATE made SET made = 'by another'")
    file.close()
    put(directory, framework(title="Small"))
    held = held_by(directory.editions_folder / "000002" / MAIN)
    assert held is not None and held.made != "by another" and len(held.graphs) == 2


def test_a_graph_of_an_edition_searches_what_it_was_opened_on(directory: DataDirectory) -> None:
    put(directory, framework(title="Former"))
    with directory.require() as edition:
        graph = KnowledgeGraph.of(edition)
        put(directory, framework(title="Latter"))
        assert ask(graph, "former") == ["one"] and ask(graph, "latter") == []
        graph.close()


def test_the_plan_is_as_cheap_as_it_can_be() -> None:
    main = Held(Path("main"), "", {("a", "1"): 1000, ("b", "1"): 10})
    sizes = {"a": 1000, "b": 10, "c": 50, "d": 500}
    same = plan_of(main, None, {"a": "1", "b": "1"}, sizes)
    assert (same.main, same.recent, same.to_main, same.to_recent) == (Path("main"), None, (), ())
    changed = plan_of(main, None, {"a": "1", "b": "2"}, sizes)
    assert changed.main and changed.to_recent == ("b",) and not changed.to_main
    recent = Held(Path("recent"), "", {("b", "2"): 10})
    again = plan_of(main, recent, {"a": "1", "b": "2", "c": "1"}, sizes)
    assert again.recent and again.to_recent == ("c",)
    grown = plan_of(main, recent, {"a": "1", "b": "2", "d": "1"}, sizes)
    assert grown.to_main == ("b", "d") and grown.recent is None
    shrunk = plan_of(main, recent, {"b": "2"}, sizes)
    assert shrunk.main is None and shrunk.to_main == ("b",)


def test_what_an_index_was_made_with_is_part_of_it() -> None:
    assert made_with("x") != made_with("y")


def test_an_edition_lists_its_index_files(directory: DataDirectory) -> None:
    put(directory, framework())
    with Edition(directory.editions_folder / "000001") as edition:
        assert [path.name for path in edition.index_files] == ["main.db"]


def test_past_a_size_what_was_added_stays_too_and_a_third_file_takes_the_rest() -> None:
    main = Held(Path("main"), "", {("a", "1"): 1_000_000})
    recent = Held(Path("recent"), "", {("b", "1"): 100_000})
    graphs, sizes = {"a": "1", "b": "1", "c": "1"}, {"a": 1_000_000, "b": 100_000, "c": 2_000}
    plan = plan_of(main, recent, graphs, sizes)
    assert (plan.to_main, plan.to_recent, plan.to_newest) == ((), (), ("c",))
    newest = Held(Path("newest"), "", {("c", "1"): 2_000})
    more, larger = graphs | {"d": "1"}, sizes | {"d": 19_000}
    same = plan_of(main, recent, graphs, sizes, newest)
    assert same.newest and not same.to_newest
    assert plan_of(main, recent, more, larger, newest).to_recent == ("c", "d")
    small = plan_of(main, recent, more, sizes | {"d": 2_000}, newest)
    assert small.newest and small.to_newest == ("d",) and not small.to_recent
    assert plan_of(main, recent, graphs | {"d": "1"}, sizes | {"d": 99_000}).to_main == (
        "b", "c", "d",
    )  # fmt: skip


def test_all_three_files_are_searched_and_a_publication_copies_only_the_smallest(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_QUICK", 5)
    put(directory, big("Large", 400))
    put(directory, framework(title="Former", more="; rdfs:comment 1, 2, 3, 4, 5, 6"))
    put(directory, framework("https://example.org/three", title="Latter"))
    assert set(files(directory)) == {MAIN, RECENT, NEWEST}
    for word, iri in (("large", TWO), ("former", ONE), ("latter", "https://example.org/three")):
        assert found(directory, word) == [iri]
    one, two = (directory.editions_folder / name for name in directory.names()[1:])
    assert (one / MAIN).samefile(two / MAIN) and (one / RECENT).samefile(two / RECENT)
