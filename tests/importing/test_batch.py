"""Many files in one go: each framework on its own, and one bad file stops nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from competency import KnowledgeGraph
from competency.errors import SourceError
from competency.importing import Batch, import_all
from tests.importing.files import SKOS, TEXT, TURTLE, case_bytes, package, uuid


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    (place / "deeper").mkdir(parents=True)
    (place / "baking.json").write_bytes(case_bytes(1))
    (place / "broken.json").write_bytes(b'{"CFDocument": {')
    (place / "deeper" / "scheme.ttl").write_bytes(SKOS)
    (place / "desk.txt").write_bytes(TEXT)
    (place / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (place / ".hidden.json").write_bytes(b"{")
    (place / "~$open.xlsx").write_bytes(b"lock")
    return place


def states(batch: Batch) -> dict[str, str]:
    return {
        row.name: row.skipped or "; ".join(row.faults) or row.frameworks[0].state
        for row in batch.rows
    }


def test_a_folder_comes_in_and_a_bad_file_is_one_row(folder: Path, tmp_path: Path) -> None:
    batch = import_all([folder], tmp_path / "out")
    assert batch.failed
    assert states(batch) == {
        "baking.json": "new",
        "broken.json": states(batch)["broken.json"],
        "desk.txt": "new",
        "picture.png": "nothing of this suffix is read",
        str(Path("deeper") / "scheme.ttl"): "new",
    }
    assert f"{folder / 'broken.json'}:1:17: not JSON" in states(batch)["broken.json"]
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == 3
    assert [len(KnowledgeGraph(file).frameworks) for file in files] == [1, 1, 1]


def test_a_file_that_was_named_is_no_skipped_one(folder: Path, tmp_path: Path) -> None:
    batch = import_all([folder / "picture.png", folder / "none.json"], tmp_path / "out")
    assert "a PNG picture" in batch.rows[0].faults[0]
    assert "No such file" in batch.rows[1].faults[0]


def test_progress_is_told_of_files_done_and_of_all(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    import_all([folder], tmp_path / "out", progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5)]


def test_the_same_batch_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    import_all([folder], tmp_path / "out")
    before = {file.name: file.stat().st_mtime_ns for file in (tmp_path / "out").iterdir()}
    again = import_all([folder], tmp_path / "out")
    assert {one.state for row in again.rows for one in row.frameworks} == {"unchanged"}
    assert before == {file.name: file.stat().st_mtime_ns for file in (tmp_path / "out").iterdir()}


def test_what_differs_waits_for_leave(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    import_all([folder / "baking.json"], out)
    (folder / "baking.json").write_bytes(case_bytes(1, items=3))
    file = out / f"{uuid(100)}.ttl"
    before = file.read_bytes()
    batch = import_all([folder / "baking.json"], out)
    plan = batch.rows[0].frameworks[0].plan
    assert plan is not None and plan.counts == "1 new, 1 changed, 0 removed, 2 unchanged"
    assert file.read_bytes() == before
    batch.refuse()
    assert batch.failed and "--yes overwrites it" in batch.rows[0].faults[0]
    batch = import_all([folder / "baking.json"], out)
    batch.overwrite()
    assert not batch.failed and file.read_bytes() != before


def test_a_dry_run_writes_nothing(folder: Path, tmp_path: Path) -> None:
    batch = import_all([folder], tmp_path / "out", dry=True)
    assert states(batch)["baking.json"] == "new"
    assert not (tmp_path / "out").exists()


def test_the_same_framework_in_two_files_is_written_once(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_bytes(json.dumps(package(1)).encode())
    (tmp_path / "c.ttl").write_bytes(TURTLE)
    (tmp_path / "d.ttl").write_bytes(TURTLE)
    batch = import_all([tmp_path / f for f in ("c.ttl", "d.ttl")], tmp_path / "out")
    assert [one.state for row in batch.rows for one in row.frameworks] == [
        "new",
        f"the same as {tmp_path / 'c.ttl'}",
    ]
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_other_frameworks_of_the_same_iri_are_both_kept(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_bytes(case_bytes(1))
    (tmp_path / "new.json").write_bytes(case_bytes(1, items=5))
    for _ in range(2):
        batch = import_all([tmp_path / "old.json", tmp_path / "new.json"], tmp_path / "out")
        assert not batch.failed and not batch.waiting
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"{uuid(100)}-new.ttl",
        f"{uuid(100)}.ttl",
    ]


def test_frameworks_of_one_file_go_into_files_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "two.json").write_bytes(json.dumps([package(1), package(2)]).encode())
    batch = import_all([tmp_path / "two.json"], tmp_path / "out")
    assert len(batch.rows[0].frameworks) == len(list((tmp_path / "out").iterdir())) == 2


def test_the_folder_that_is_read_is_not_written(folder: Path) -> None:
    with pytest.raises(SourceError, match="name another one"):
        import_all([folder], folder)
    with pytest.raises(SourceError, match="is a file"):
        import_all([folder], folder / "baking.json")


def test_what_was_written_inside_the_folder_is_not_read_again(folder: Path) -> None:
    import_all([folder], folder / "out")
    again = import_all([folder], folder / "out")
    assert len(again.rows) == 5


def test_links_that_go_round_end(folder: Path, tmp_path: Path) -> None:
    (folder / "deeper" / "round").symlink_to(folder, target_is_directory=True)
    assert len(import_all([folder], tmp_path / "out").rows) == 5


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may write all")
def test_a_folder_that_cannot_be_written_is_a_fault_of_each_file(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    batch = import_all([folder / "baking.json"], out)
    assert "ermission denied" in batch.rows[0].faults[0]


def test_a_folder_that_cannot_be_made_is_a_fault(folder: Path) -> None:
    batch = import_all([folder / "baking.json"], folder / "desk.txt" / "out")
    assert "desk.txt" in batch.rows[0].faults[0]


def test_a_row_is_plain_values(folder: Path, tmp_path: Path) -> None:
    batch = import_all([folder], tmp_path / "out")
    rows = json.loads(json.dumps([row.to_dict() for row in batch.rows]))
    assert rows[0]["frameworks"][0]["parts"] == 2 and rows[1]["faults"]
