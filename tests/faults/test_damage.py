"""A damaged edition: refused at the start by the name of the file, another only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from competency import DataDirectory
from tests.editions.common import framework, put
from tests.servers import server, started


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    directory = DataDirectory(tmp_path / "data")
    for title in ("First", "Second"):
        put(directory, framework(title=title))
    return directory


def damage(directory: DataDirectory, start: str) -> Path:
    with directory.require() as edition:
        name = next(name for name in edition.manifest.files if name.startswith(start))
        path = edition.folder / name
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.unlink()
        path.write_bytes(data)
        return path


@pytest.mark.slow
@pytest.mark.parametrize("start", ["graphs/", "store/0", "store/CURRENT", "store/MANIFEST"])
def test_a_server_refuses_a_damaged_edition_and_serves_the_last_whole_one_when_told(
    directory: DataDirectory, start: str
) -> None:
    path = damage(directory, start)
    with pytest.raises(AssertionError) as caught:
        started("--data", directory.path)
    said = str(caught.value)
    assert path.name in said and "was altered" in said and "--last-whole" in said
    assert "Traceback" not in said and said.count("\n") == 1
    with server("--data", directory.path, "--last-whole") as running:
        assert b'"edition":"000001"' in running.ask("GET", "/health")[2].replace(b" ", b"")
    assert directory.pointed_at() == "000001"


def test_verify_names_every_file_that_is_damaged(
    directory: DataDirectory, run: Callable[..., Result]
) -> None:
    assert run("verify", "--data", directory.path).exit_code == 0
    paths = [damage(directory, start) for start in ("graphs/", "store/MANIFEST")]
    result = run("verify", "--data", directory.path)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert all(path.name in line for path, line in zip(paths, lines, strict=True))
    assert run("verify", "1", "--data", directory.path).exit_code == 0
