"""The pointer and the editions: rollback, pruning, what is damaged, who reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from competency import DataDirectory, NotFound
from competency.errors import EditionError
from competency.graph.editions import edition
from competency.graph.editions.entries import GraphEntry
from tests.editions.common import ONE, framework, put


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    """Return a directory with three editions of one framework."""
    directory = DataDirectory(tmp_path / "data")
    for title in ("First", "Second", "Third"):
        put(directory, framework(title=title))
    return directory


def title(directory: DataDirectory) -> str:
    with directory.require() as edition:
        summary = edition.manifest.graphs[ONE].summary
        assert summary is not None
        return summary.title


def test_rollback_publishes_the_parent_or_the_one_that_is_named(directory: DataDirectory) -> None:
    assert directory.rollback().id == "000002" and title(directory) == "Second"
    assert directory.rollback().id == "000001" and title(directory) == "First"
    with pytest.raises(NotFound):
        directory.rollback()
    assert directory.rollback("3").id == "000003" and title(directory) == "Third"


def test_after_a_rollback_the_next_edition_has_a_new_name_and_the_old_parent(
    directory: DataDirectory,
) -> None:
    directory.rollback("1").close()
    put(directory, framework(title="Fourth"))
    with directory.require() as edition:
        assert (edition.id, edition.manifest.parent) == ("000004", "000001")


def test_an_unknown_edition_is_named_with_those_there_are(directory: DataDirectory) -> None:
    with pytest.raises(NotFound, match="no edition 17; did you mean 000001, 000002, 000003"):
        directory.rollback("17")
    with pytest.raises(NotFound):
        directory.edition("../../etc")


def test_pruning_leaves_those_in_use_and_the_current_one(directory: DataDirectory) -> None:
    with directory.edition("1"):
        with directory.publishing():
            assert directory.prune(keep=1) == ["000002"]
        assert directory.names() == ["000001", "000003"]
    directory.rollback("1").close()
    with directory.publishing():
        assert directory.prune(keep=1) == []
    assert title(directory) == "First"


def test_publishing_prunes_by_itself(directory: DataDirectory) -> None:
    from competency.graph import publish

    graphs = list(framework(title="Fourth").graphs())
    publish(directory, graphs, gate=False, keep=2)
    assert directory.names() == ["000003", "000004"]


@pytest.mark.parametrize("change", ["cut", "altered", "removed", "emptied"])
def test_a_file_that_was_touched_is_named(directory: DataDirectory, change: str) -> None:
    with directory.require() as edition:
        files = [edition.folder / name for name in edition.manifest.files]
    for file in files:
        before = file.read_bytes()
        if change == "removed":
            file.unlink()
        else:
            data = {"cut": before[:-1], "emptied": b"", "altered": before[:-1] + b"\x00"}[change]
            if data == before:
                continue
            file.unlink()
            file.write_bytes(data)
        with directory.edition("3") as edition:
            faults = edition.faults()
            assert [Path(str(fault.args[0]).partition(": ")[0]).name for fault in faults] == [
                file.name
            ]
        file.unlink(missing_ok=True)
        file.write_bytes(before)
    with directory.edition("3") as edition:
        assert edition.faults() == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "was cut or altered"),
        (b"{}", "was cut or altered"),
        (b"[" * 100_000, "was cut or altered"),
        (b"\xff\xfe", "was cut or altered"),
        (None, "is missing"),
    ],
)
def test_a_manifest_that_was_touched_is_refused(
    directory: DataDirectory, text: bytes | None, says: str
) -> None:
    manifest = directory.editions_folder / "000003" / "manifest.json"
    manifest.unlink()
    if text is not None:
        manifest.write_bytes(text)
    with pytest.raises(EditionError, match=says) as caught:
        directory.require()
    assert "manifest.json" in str(caught.value) and caught.value.edition == "000003"


def test_a_number_changed_in_the_manifest_is_noticed(directory: DataDirectory) -> None:
    manifest = directory.editions_folder / "000003" / "manifest.json"
    members = json.loads(manifest.read_bytes())
    members["graphs"][ONE]["triples"] += 1
    manifest.write_text(json.dumps(members), encoding="utf-8")
    with pytest.raises(EditionError, match="was altered"):
        directory.require()


def test_the_last_whole_edition_is_found_and_can_be_published_again(
    directory: DataDirectory,
) -> None:
    (directory.editions_folder / "000003" / "manifest.json").write_bytes(b"")
    whole = directory.last_whole()
    assert whole is not None and whole.id == "000002"
    whole.close()
    assert directory.rollback().id == "000002"
    put(directory, framework(title="Fifth"))
    assert title(directory) == "Fifth"


@pytest.mark.parametrize("text", [b"", b"nonsense\n", b"\xff"])
def test_a_pointer_that_names_no_edition_is_an_error_that_says_what_to_do(
    directory: DataDirectory, text: bytes
) -> None:
    directory.pointer.write_bytes(text)
    with pytest.raises(EditionError):
        directory.require()
    assert directory.rollback("2").id == "000002"


def test_a_pointer_to_an_edition_that_is_gone_is_an_error(directory: DataDirectory) -> None:
    directory.pointer.write_text("000009\n", encoding="utf-8")
    with pytest.raises(EditionError, match="is missing"):
        directory.require()


def test_a_lost_pointer_is_not_taken_for_an_empty_directory(directory: DataDirectory) -> None:
    directory.pointer.unlink()
    with pytest.raises(EditionError, match="rollback --to"):
        directory.current()


def test_what_a_crash_left_is_cleared_by_the_next_who_publishes(directory: DataDirectory) -> None:
    (directory.work_folder / "123" / "private").mkdir(parents=True)
    (directory.editions_folder / ".trash-000001").mkdir()
    put(directory, framework(title="Fourth"))
    assert not directory.work_folder.exists()
    assert directory.names() == ["000001", "000002", "000003", "000004"]
    assert not list(directory.editions_folder.glob(".trash*"))


def test_a_crash_of_the_first_publication_leaves_a_directory_without_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = DataDirectory(tmp_path / "new")
    flip = DataDirectory.flip

    def die(self: DataDirectory, name: str) -> None:
        """Die where the edition has its place and the pointer has not moved."""
        if name != "000000":
            raise SystemExit
        flip(self, name)

    monkeypatch.setattr(DataDirectory, "flip", die)
    with pytest.raises(SystemExit):
        put(directory, framework(title="First"))
    assert directory.names() == ["000001"] and directory.current() is None
    monkeypatch.undo()
    put(directory, framework(title="Second"))
    assert title(directory) == "Second"
    with directory.require() as edition:
        assert edition.manifest.parent is None and edition.faults() == []


def test_graphs_that_were_read_last_stay_in_memory_within_a_number_of_triples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = {}
    for number, name in enumerate("abc", 2):
        rows = "".join(f'<urn:{name}> <urn:p> "{row}" .\n' for row in range(number))
        (tmp_path / name).write_text(rows)
        entries[name] = GraphEntry(name, number)
    monkeypatch.setattr(edition, "KEPT_TRIPLES", 6)
    graphs = edition.Graphs(tmp_path, entries)
    first = {name: graphs[name] for name in "ab"}
    assert graphs["a"] is first["a"] and graphs["b"] is first["b"]  # 5 triples
    last = graphs["c"]  # 4 more, so both others go
    assert graphs["c"] is last
    again = graphs["a"]
    assert again is not first["a"] and again.triples == first["a"].triples
    assert graphs["c"] is last and graphs["a"] is again  # 6 triples
