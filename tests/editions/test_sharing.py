"""The files of graphs, which editions share: kept once, and as long as an edition names them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from competency import DataDirectory, StorageError
from competency.graph import publish
from competency.graph.editions import publish_first, sharing
from competency.graph.incoming import Incoming
from tests.editions.common import ONE, TWO, framework, put

BASE = "https://w3id.org/competency/id/"


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    """Return a directory with three editions: a framework that stays, one that changes."""
    directory = DataDirectory(tmp_path / "data")
    put(directory, framework(TWO))
    for title in ("First", "Second"):
        put(directory, framework(title=title))
    return directory


def files(directory: DataDirectory) -> set[str]:
    """Return the names of the files that are shared."""
    return {file.name for file in directory.graphs_folder.iterdir()}


def file_of(directory: DataDirectory, name: str, graph: str) -> str:
    with directory.edition(name) as edition:
        return Path(edition.manifest.graphs[graph].file).name


def is_whole(directory: DataDirectory) -> bool:
    return all(directory.edition(name).faults() == [] for name in directory.names())


def own_folders(directory: DataDirectory) -> None:
    """Give each edition a folder of its own, as older versions did."""
    for name in directory.names():
        folder = directory.editions_folder / name
        with directory.edition(name) as edition:
            held = [Path(entry.file).name for entry in edition.manifest.graphs.values()]
        (folder / "graphs").unlink()
        (folder / "graphs").mkdir()
        for file in held:
            (folder / "graphs" / file).hardlink_to(directory.graphs_folder / file)
    shutil.rmtree(directory.graphs_folder)


def test_a_graph_that_stays_is_kept_once(directory: DataDirectory) -> None:
    assert len(files(directory)) == 3 and is_whole(directory)
    folders = [directory.editions_folder / name / "graphs" for name in directory.names()]
    assert all(folder.is_symlink() for folder in folders)
    assert all(folder.resolve() == directory.graphs_folder.resolve() for folder in folders)


def test_a_directory_can_be_moved_and_copied(directory: DataDirectory, tmp_path: Path) -> None:
    shutil.copytree(directory.path, tmp_path / "copy", symlinks=True)
    shutil.rmtree(directory.path)
    assert is_whole(DataDirectory(tmp_path / "copy"))


def test_a_first_edition_of_large_files_shares_too(tmp_path: Path) -> None:
    file = tmp_path / "one.nt"
    file.write_text(f"<{ONE}> a <https://w3id.org/competency/ns#Framework> .".replace(
        " a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "), encoding="utf-8")  # fmt: skip
    directory = DataDirectory(tmp_path / "data")
    publish_first(directory, lambda folder: Incoming([file], folder, BASE), gate=False)
    put(directory, framework(TWO))
    assert len(files(directory)) == 2 and is_whole(directory)
    assert (directory.editions_folder / "000001" / "graphs").is_symlink()


def test_a_file_goes_with_the_last_edition_that_names_it(directory: DataDirectory) -> None:
    first, stays = file_of(directory, "2", ONE), file_of(directory, "1", TWO)
    publish(directory, framework(title="Third").graphs(), gate=False, keep=3)
    assert first in files(directory)  # the second edition is left
    publish(directory, framework(title="Fourth").graphs(), gate=False, keep=3)
    assert first not in files(directory) and stays in files(directory)
    assert directory.names() == ["000003", "000004", "000005"] and is_whole(directory)


def test_a_file_that_came_back_stays(directory: DataDirectory) -> None:
    first = file_of(directory, "2", ONE)
    publish(directory, framework(title="First").graphs(), gate=False)
    with directory.publishing():
        assert directory.prune(keep=1) == ["000001", "000002", "000003"]
    assert files(directory) == {first, file_of(directory, "4", TWO)} and is_whole(directory)


def test_an_edition_that_is_read_keeps_its_files(directory: DataDirectory) -> None:
    first = file_of(directory, "2", ONE)
    with directory.edition("2") as edition:
        put(directory, framework(title="Third"))
        with directory.publishing():
            assert directory.prune(keep=1) == ["000001", "000003"]
        assert edition.faults() == []
    with directory.publishing():
        assert directory.prune(keep=1) == ["000002"]
    assert first not in files(directory) and len(files(directory)) == 2


def test_nothing_goes_while_an_edition_cannot_say_what_it_needs(directory: DataDirectory) -> None:
    cut = directory.editions_folder / "000003" / "manifest.json"
    data = cut.read_bytes()
    with directory.edition("3"), directory.publishing():
        directory.flip("000001")
        cut.write_bytes(data[: len(data) // 2])
        assert directory.prune(keep=1) == ["000002"]
        assert len(files(directory)) == 3
        cut.write_bytes(data)
    assert is_whole(directory)


def test_what_a_crash_left_there_goes_with_the_next_publication(directory: DataDirectory) -> None:
    before = files(directory)
    (directory.graphs_folder / ("ab" * 20 + ".nt")).write_bytes(b"<urn:a> <urn:b> <urn:c> .\n")
    put(directory, framework(title="Third"))
    assert files(directory) > before  # no sign of a crash
    (directory.work_folder / "123").mkdir(parents=True)
    put(directory, framework(title="Fourth"))
    assert len(files(directory)) == len(before) + 2 and is_whole(directory)


def test_what_a_crash_half_wrote_is_written_again(directory: DataDirectory) -> None:
    put(directory, framework(title="Third"))
    third = directory.graphs_folder / file_of(directory, "4", ONE)
    directory.rollback("3").close()
    third.unlink()
    third.write_bytes(b"<urn:a>")
    put(directory, framework(title="Third"))
    assert is_whole(directory)


def test_a_publication_that_fails_takes_back_what_it_brought(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(directory)

    def full(self: DataDirectory, name: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(DataDirectory, "flip", full)
    with pytest.raises(StorageError, match="nothing has changed"):
        put(directory, framework(title="Third"))
    assert files(directory) == before and is_whole(directory)


def test_what_the_gate_refuses_brings_no_file(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    bad = framework(more="; comp:position 1, 2")
    assert not publish(directory, bad.graphs()).published
    assert not directory.graphs_folder.exists()


def test_editions_with_folders_of_their_own_are_read_and_followed_by_one_that_shares(
    directory: DataDirectory,
) -> None:
    own_folders(directory)
    assert is_whole(directory)
    put(directory, framework(title="Third"))
    assert len(files(directory)) == 2 and is_whole(directory)
    with directory.require() as edition:
        assert set(edition.graphs) == {ONE, TWO} and len(edition.graphs[TWO].triples) == 2
    with directory.publishing():
        assert directory.prune(keep=1) == ["000001", "000002", "000003"]
    assert len(files(directory)) == 2 and is_whole(directory)


def test_going_back_to_an_edition_with_a_folder_of_its_own(directory: DataDirectory) -> None:
    own_folders(directory)
    put(directory, framework(title="Third"))
    directory.rollback("1").close()
    put(directory, framework(title="Fourth"))
    assert is_whole(directory)


def test_a_disk_without_symbolic_links_gives_each_edition_a_folder(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "_has_links", lambda place: False)
    put(directory, framework(title="Third"))
    assert not (directory.editions_folder / "000004" / "graphs").is_symlink()
    put(directory, framework(title="Fourth"))
    assert is_whole(directory)
    monkeypatch.undo()
    put(directory, framework(title="Fifth"))
    assert (directory.editions_folder / "000006" / "graphs").is_symlink() and is_whole(directory)
