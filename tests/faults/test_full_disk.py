"""A disk that is full: one line, the edition before, and publishing again when there is room."""

from __future__ import annotations

import gc
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from competency import DataDirectory, StorageError
from tests.editions.common import ONE, framework, put
from tests.servers import BEARER, server

pytestmark = pytest.mark.slow


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """Return a place of 16 MB; skip where nobody lets us make one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small file system can be mounted by root only")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place: Path, left: int = 0) -> Path:
    """Leave ``left`` bytes free."""
    filler = place / "filler"
    filler.write_bytes(b"\x00" * max(0, shutil.disk_usage(place).free - left))
    return filler


def title(directory: DataDirectory) -> str:
    with directory.require() as edition:
        assert edition.faults() == [] and len(edition.store) == edition.manifest.quads
        summary = edition.manifest.graphs[ONE].summary
        assert summary is not None
        return summary.title


@pytest.mark.parametrize("left", [0, 4_096, 60_000, 200_000, 400_000, 1_000_000, 2_500_000])
def test_publishing_on_a_full_disk_changes_nothing_and_works_again_with_room(
    small: Path, left: int
) -> None:
    directory = DataDirectory(small / "data")
    put(directory, framework(title="Before"))
    filler = fill(small, left)
    texts = (secrets.token_hex(400) for _ in range(2500))  # so that it cannot be packed
    big = framework(title="Big", more="".join(f'; comp:remark "{text}"@en' for text in texts))
    with pytest.raises(StorageError, match=r"disk is full.*nothing has changed") as caught:
        put(directory, big)
    assert "\n" not in str(caught.value)
    del caught  # its frames hold the store that was given up, and so its files
    gc.collect()
    assert title(directory) == "Before"
    filler.unlink()
    assert put(directory, big).published and title(directory) == "Big"


def test_a_server_on_a_full_disk_says_507_and_goes_on(small: Path) -> None:
    data = b"<urn:f> a <https://w3id.org/competency/ns#Framework> ."
    headers = BEARER | {"Content-Type": "text/turtle"}
    with server("--data", small / "data", "--no-gate") as running:
        assert running.ask("PUT", "/graphs?graph=urn:f", data, headers)[0] == 201
        filler = fill(small)
        status, _, body = running.ask("PUT", "/graphs?graph=urn:g", data, headers)
        assert status == 507 and b"disk is full" in body
        assert running.ask("GET", "/graphs?graph=urn:f")[0] == 200
        assert running.ask("GET", "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D")[0] == 200
        filler.unlink()
        assert running.ask("PUT", "/graphs?graph=urn:g", data, headers)[0] == 201
