"""What a data directory was: editions, versions of a graph, what was withdrawn."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from competency import DataDirectory, NotFound
from competency.graph import publish
from competency.graph.editions import History, Withdrawn
from tests.baking import FIRST, IRI, OTHER, graph_of, other, publish_all
from tests.editions.common import put


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return publish_all(tmp_path / "data")


@pytest.fixture
def history(directory: DataDirectory) -> History:
    return History(directory)


def names(versions: object) -> list[str]:
    return [version.edition.name for version in versions]  # type: ignore[attr-defined]


def test_an_edition_in_which_a_graph_stayed_is_no_version_of_it(history: History) -> None:
    assert names(history.versions(IRI)) == ["000001", "000002", "000003"]
    assert names(history.versions(OTHER)) == ["000002", "000004"]
    assert history.versions(OTHER)[-1].state is None
    assert history.versions("urn:nothing") == ()
    first = history.versions(IRI)[0]
    assert first.edition.note == "first" and first.state is not None
    assert first.state.title == "Baking" and first.state.triples > 20


def test_an_edition_says_what_it_holds_and_what_changed(history: History) -> None:
    second = history.edition("2")
    assert (second.frameworks, second.number, second.parent) == (2, 2, "000001")
    changes = history.changes(second)
    assert (changes.added, changes.removed, changes.changed) == ((OTHER,), (), (IRI,))
    assert history.changes(history.edition("4")).removed == (OTHER,)
    first = history.changes(history.edition("1"))
    assert first.before is None and first.added == (IRI,)
    with pytest.raises(NotFound, match="000004"):
        history.edition("9")


def test_what_changed_is_told_against_the_edition_that_was_the_parent(
    directory: DataDirectory, history: History
) -> None:
    directory.rollback("1").close()
    put(directory, other("After going back"))
    fifth = history.changes(history.edition("5"))
    assert fifth.before is not None and fifth.before.name == "000001"
    assert fifth.added == (OTHER,) and fifth.changed == ()
    assert names(history.versions(IRI)) == ["000001", "000002", "000003", "000005"]


def test_new_editions_are_seen_and_pruned_ones_forgotten(
    directory: DataDirectory, history: History
) -> None:
    assert len(history.editions()) == 4 and not history.older_gone
    publish(directory, other("New").graphs(), gate=False, keep=2)
    assert [edition.name for edition in history.editions()] == ["000004", "000005"]
    assert history.older_gone
    assert names(history.versions(IRI)) == ["000004"]
    assert names(history.versions(OTHER)) == ["000005"]


def test_equal_states_are_kept_once(history: History) -> None:
    third, fourth = history.edition("3"), history.edition("4")
    assert third.graphs[IRI] is fourth.graphs[IRI]


@pytest.mark.parametrize("text", [b"", b"{}", b"[" * 100_000, b'{"graphs": {"a": 1}}', b"\xff"])
def test_a_manifest_that_cannot_be_read_leaves_its_edition_out(
    directory: DataDirectory, text: bytes
) -> None:
    manifest = directory.editions_folder / "000002" / "manifest.json"
    manifest.unlink()
    manifest.write_bytes(text)
    history = History(directory)
    assert [edition.name for edition in history.editions()] == ["000001", "000003", "000004"]
    assert names(history.versions(IRI)) == ["000001", "000003"]


def test_a_directory_that_is_new_has_no_history(tmp_path: Path) -> None:
    history = History(DataDirectory(tmp_path / "none"))
    assert history.editions() == () and history.versions(IRI) == () and not history.older_gone
    assert Withdrawn(history).last_seen(IRI) is None


def test_the_edition_of_a_moment_is_the_last_one_before_it(history: History) -> None:
    first, last = history.editions()[0], history.editions()[-1]
    assert history.published_at(first.created - timedelta(days=1)) is first
    assert history.published_at(last.created + timedelta(days=1)) is last


def test_after_going_back_the_older_edition_is_that_of_now(
    directory: DataDirectory, history: History
) -> None:
    directory.rollback("2").close()
    os.utime(directory.pointer, (time.time() + 5, time.time() + 5))
    second, last = history.edition("2"), history.edition("4")
    assert history.published_at(last.created + timedelta(days=1)) is second
    assert history.published_at(last.created) is last


def test_a_part_has_the_versions_that_speak_of_it(history: History) -> None:
    assert names(history.versions_with(IRI, f"{IRI}/1/2")) == ["000001", "000002"]
    assert names(history.versions_with(IRI, f"{IRI}/2/1")) == ["000002", "000003"]
    assert names(history.versions_with(IRI, f"{IRI}/1")) == ["000001", "000002", "000003"]
    assert names(history.versions_with(IRI, f"{IRI}/nothing")) == []


def test_what_was_withdrawn_is_found_where_it_was_last(history: History) -> None:
    withdrawn = Withdrawn(history)
    for iri, edition, graph in (
        (f"{IRI}/1/2", "000002", IRI),
        (OTHER, "000003", OTHER),
        (f"{OTHER}#1", "000003", OTHER),
    ):
        seen = withdrawn.last_seen(iri)
        assert seen is not None and (seen.edition.name, seen.graph) == (edition, graph)
    assert withdrawn.last_seen(f"{IRI}/1/1") is None
    assert withdrawn.last_seen("urn:never") is None and withdrawn.last_seen("") is None


def test_what_only_an_edition_had_that_was_taken_back_is_withdrawn(
    directory: DataDirectory, history: History
) -> None:
    put(directory, other("Again"))
    directory.rollback("4").close()
    seen = Withdrawn(history).last_seen(OTHER)
    assert seen is not None and seen.edition.name == "000005"


def test_large_graphs_are_looked_at_a_few_at_a_call(history: History) -> None:
    withdrawn = Withdrawn(history, most_bytes=1)
    found = [withdrawn.last_seen(f"{IRI}/1/2") for _ in range(4)]
    assert found[0] is None and found[-1] is not None


def test_editions_that_were_pruned_cannot_say_what_they_had(
    directory: DataDirectory, history: History
) -> None:
    withdrawn = Withdrawn(history)
    assert withdrawn.last_seen(f"{IRI}/1/2") is not None
    publish(directory, other("New").graphs(), gate=False, keep=2)
    assert withdrawn.last_seen(f"{IRI}/1/2") is None
    assert withdrawn.last_seen(f"{OTHER}#1") is None, "it is here again"


def test_nothing_is_withdrawn_where_nothing_went(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    put(directory, graph_of(FIRST))
    assert Withdrawn(History(directory)).last_seen(IRI) is None
