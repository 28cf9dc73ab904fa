"""The list of CFDocuments of a server: the packages beside it come in, missing ones are named."""

from __future__ import annotations

import json
from pathlib import Path

from competency.exchange.imported import File
from competency.importing import Batch, file_of, import_all
from competency.importing.lists import beside, listed
from tests.importing.files import HOST, case_bytes, package, uuid
from tests.importing.files import listed as list_of


def batch(tmp_path: Path, **files: bytes) -> Batch:
    folder = tmp_path / "server"
    folder.mkdir()
    for name, data in files.items():
        (folder / f"{name}.json").write_bytes(data)
    return import_all([folder / "list.json"], tmp_path / "out")


def test_the_packages_beside_a_list_come_in_whatever_their_files_are_called(tmp_path: Path) -> None:
    wrapped = json.dumps({"CFPackage": package(2)}).encode()
    found = batch(tmp_path, list=list_of(1, 2), one=case_bytes(1), two=wrapped, other=b"{}")
    assert not found.failed
    assert [row.path.name for row in found.rows] == ["list.json", "one.json", "two.json"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"{uuid(100)}.ttl",
        f"{uuid(200)}.ttl",
    ]


def test_a_missing_package_is_named_with_its_address_and_the_file_to_save_it_in(
    tmp_path: Path,
) -> None:
    found = batch(tmp_path, list=list_of(1, 3), one=case_bytes(1))
    assert found.failed and len(found.rows) == 2
    (fault,) = found.rows[0].faults
    assert '"Framework 3" is missing' in fault
    assert f"{HOST}/CFPackages/{uuid(300)}" in fault
    assert str(tmp_path / "server" / f"{uuid(300)}.json") in fault


def test_a_list_in_a_folder_does_not_bring_its_packages_in_twice(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "list.json").write_bytes(list_of(1))
    (tmp_path / "in" / "a.json").write_bytes(case_bytes(1))
    found = import_all([tmp_path / "in"], tmp_path / "out")
    assert [row.path.name for row in found.rows] == ["a.json", "list.json"]
    assert not found.failed


def test_a_document_without_a_package_address_is_looked_for_at_its_own() -> None:
    row = {"identifier": "abc", "uri": "https://s.example/v1p0/CFDocuments/abc", "title": "A"}
    (one,) = listed(File("l.json", json.dumps({"CFDocuments": [row]}).encode(), "")) or ()
    assert "fetch https://s.example/v1p0/CFPackages/abc" in one.how(Path())


def test_an_address_that_could_be_a_command_is_not_repeated() -> None:
    row = {"identifier": "a; rm -rf x", "uri": "https://s/CFDocuments/$(rm x) y", "title": "A\nB"}
    (one,) = listed(File("l.json", json.dumps({"CFDocuments": [row]}).encode(), "")) or ()
    said = one.how(Path())
    assert "rm" not in said and "\n" not in said and "/CFPackages/" in said


def test_what_is_no_list_is_none() -> None:
    for data in (b"{}", b'{"CFDocuments": 3}', b'{"CFDocuments": [', b'["CFDocuments"]'):
        assert listed(File("l.json", data, "")) is None


def test_broken_files_beside_a_list_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "l.json").write_bytes(list_of(1))
    (tmp_path / "a.json").write_bytes(b'{"CFDocument": {')
    (tmp_path / "b.json").mkdir()
    (tmp_path / "c.json").write_bytes(b'{"CFDocument": 7}')
    (tmp_path / "d.json").write_bytes(case_bytes(1))
    wanted = listed(file_of(tmp_path / "l.json")) or ()
    assert beside(tmp_path / "l.json", wanted) == {wanted[0]: tmp_path / "d.json"}
