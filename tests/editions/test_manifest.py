"""The manifest: a line for each entry, read and written without those that stay; older forms."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from competency import DataDirectory
from competency.errors import EditionError
from competency.graph.editions import History
from competency.graph.editions.entries import FileEntry, GraphEntry, no_files, no_graphs, rows_of
from competency.graph.editions.manifest import Manifest, read_manifest
from competency.graph.summaries import Summary
from tests.editions.common import ONE, framework, put

NAMES = [f"https://example.org/{word}" for word in ("a", 'b"}', "c},", "é", "d\\", "e/1", "f#x")]


def manifest(chance: random.Random, names: list[str]) -> Manifest:
    """Return a manifest of graphs whose sizes are a matter of chance."""
    graphs, files = no_graphs(), no_files()
    for name in names:
        size = chance.randrange(3)
        files[f"graphs/{size}.nt"] = FileEntry(f"{size}" * 64, size)
        summary = Summary(name, "Ends so},", None, None, {}) if chance.random() < 0.5 else None
        graphs[name] = GraphEntry(f"graphs/{size}.nt", size, summary)
    return Manifest("000007", "000006", "2026-01-01T00:00:00Z", "},", "urn:", "00", 9,
                    graphs.in_order(), files.in_order())  # fmt: skip


def written(folder: Path, said: Manifest | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    data = said.to_json() if isinstance(said, Manifest) else said
    (folder / "manifest.json").write_bytes(data)
    return folder


def as_before(said: Manifest) -> bytes:
    """Return a manifest in the form of older versions, which broke lines wherever ``},"`` stood."""

    def text(members: dict[str, Any]) -> bytes:
        found = json.dumps(members, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return found.replace('},"', '},\n"').encode() + b"\n"

    members = vars(said) | {"graphs": rows_of(said.graphs), "files": rows_of(said.files)}
    del members["stated"]
    return text(members | {"digest": hashlib.sha256(text(members)).hexdigest()})


def test_what_is_written_is_read_again_and_is_json(tmp_path: Path) -> None:
    for number in range(50):
        chance = random.Random(number)  # noqa: S311
        said = manifest(chance, chance.sample(NAMES, chance.randrange(len(NAMES) + 1)))
        read = read_manifest(written(tmp_path / "000007", said))
        members = json.loads(said.to_json())
        assert (
            read == said
            and read.to_json() == said.to_json()
            and list(read.graphs) == sorted(said.graphs)
        )
        assert members["graphs"] == rows_of(said.graphs)
        assert read.digest == members["digest"] == replace(read, stated=None).digest


def test_a_manifest_read_beside_another_one_is_the_same_manifest(tmp_path: Path) -> None:
    for number in range(50):
        chance = random.Random(number)  # noqa: S311
        one, other = (
            manifest(chance, chance.sample(NAMES, chance.randrange(len(NAMES) + 1)))
            for _ in range(2)
        )
        known = read_manifest(written(tmp_path / "000006", other))
        read = read_manifest(written(tmp_path / "000007", one), known)
        assert read == one and read.to_json() == one.to_json()
        assert list(read.graphs) == list(one.graphs) and list(read.files) == list(one.files)
        assert known == other


def test_a_line_that_was_altered_is_noticed_beside_another_manifest_too(tmp_path: Path) -> None:
    said = manifest(random.Random(1), NAMES)  # noqa: S311
    known = read_manifest(written(tmp_path / "000006", said))
    data = said.to_json()
    altered = data.replace(b'"triples":1', b'"triples":2', 1)
    assert altered != data
    with pytest.raises(EditionError, match="was altered"):
        read_manifest(written(tmp_path / "000007", altered), known)


def test_lines_that_are_left_out_or_there_twice_are_refused(tmp_path: Path) -> None:
    data = manifest(random.Random(1), NAMES).to_json()  # noqa: S311
    line = next(line for line in data.splitlines(keepends=True) if line.startswith(b'"graphs/'))
    for other in (data.replace(line, b""), data.replace(line, line + line)):
        with pytest.raises(EditionError):
            read_manifest(written(tmp_path / "000007", other))


def test_manifests_of_older_versions_are_read_with_the_digest_they_state(tmp_path: Path) -> None:
    for names in ([], NAMES[:1], NAMES):
        said = manifest(random.Random(3), names)  # noqa: S311
        data = as_before(said)
        read = read_manifest(written(tmp_path / "000007", data))
        assert read == said and f'"digest":"{read.digest}"'.encode() in data
        again = json.dumps(json.loads(data.replace(b'},\n"', b'},"')), indent=1).encode()
        assert read_manifest(written(tmp_path / "000007", again)) == said
        with pytest.raises(EditionError, match="was altered"):
            read_manifest(written(tmp_path / "000007", data.replace(b'"quads":9', b'"quads":8')))


def test_a_title_that_ends_in_a_brace_and_a_comma_can_be_published(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    put(directory, framework(title="Sets {a},"))
    put(directory, framework("urn:other", title="Other"))
    with directory.require() as edition:
        summary = edition.manifest.graphs[ONE].summary
        assert summary is not None and summary.title == "Sets {a},"
    [first, _] = History(directory).editions()
    assert first.graphs[ONE].title == "Sets {a},"


def test_an_edition_after_one_of_an_older_version_has_the_new_form(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    put(directory, framework())
    with directory.require() as edition:
        file = edition.folder / "manifest.json"
        data = as_before(edition.manifest)
    file.unlink()
    file.write_bytes(data)
    put(directory, framework("urn:other"))
    with directory.require() as edition:
        assert edition.faults() == [] and list(edition.graphs) == [ONE, "urn:other"]
        lines = (edition.folder / "manifest.json").read_bytes().splitlines()
        assert sum(line.startswith(f'"{ONE}":'.encode()) for line in lines) == 1
