"""A store that is loaded beside: whoever gives up waits for what is being done, and no longer."""

from __future__ import annotations

import ctypes
import errno
import os
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

from competency import DataDirectory
from competency.errors import StorageError
from competency.graph.editions import filling, publish_first
from competency.graph.incoming import Incoming
from competency.graph.store import OX_FORMATS
from competency.ontology import DEFAULT_BASE

LINE = '<urn:a> <urn:b> "c \\" d"@en <urn:g> .\n'
NODE = "_:n <urn:b> <urn:c> <urn:h> .\n"


class Store:
    """Stands for a store, and notes whether its layers were brought together."""

    optimized = False

    def optimize(self) -> None:
        self.optimized = True


def large(tmp_path: Path) -> Path:
    """Return a file of more than a pipe holds."""
    file = tmp_path / "large.nq"
    file.write_text(LINE * 20_000, encoding="utf-8")
    return file


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return what a store is given to load; it begins when the loading is given up."""
    found: list[bytes] = []
    begun, give_up = threading.Event(), filling.Loading.give_up
    given_up: list[filling.Loading] = []

    def noted(self: filling.Loading) -> None:
        given_up.append(self)
        begun.set()
        give_up(self)

    def load(store: object, source: Path) -> None:
        assert begun.wait(60) and given_up[0]._stopped.wait(60), "nobody gave up"
        found.append(source.read_bytes())

    monkeypatch.setattr(filling, "_PIECE", 1_000)
    monkeypatch.setattr(filling.Loading, "give_up", noted)
    monkeypatch.setattr(filling, "_load", load)
    return found


def test_who_is_interrupted_has_no_more_of_a_file_loaded_and_no_other_file(
    tmp_path: Path, taken: list[bytes]
) -> None:
    file, store = large(tmp_path), Store()
    with (
        pytest.raises(KeyboardInterrupt),
        filling.loading_beside(store, [file, file]),  # type: ignore[arg-type]
    ):
        raise KeyboardInterrupt
    assert sum(map(len, taken)) < file.stat().st_size / 2
    assert all(data.endswith(filling._NO_LINE) for data in taken)
    assert not store.optimized


def test_what_turns_out_not_to_load_as_it_is_is_given_up(
    tmp_path: Path, taken: list[bytes]
) -> None:
    (tmp_path / "all.nq").write_text(LINE + NODE, encoding="utf-8")
    loading = filling.Loading
    begun: list[filling.Loading] = []

    def begin(*words: object) -> filling.Loading:
        begun.append(loading(*words))  # type: ignore[arg-type]
        return begun[-1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(filling, "Loading", begin)
        patched.setattr("competency.graph.incoming._BLOCK", len(LINE))
        publish_first(
            DataDirectory(tmp_path / "data"),
            lambda folder: Incoming([tmp_path / "all.nq"], folder, DEFAULT_BASE),
            gate=False,
        )
    assert begun and begun[0]._stopped.is_set()


def test_what_ends_a_file_too_soon_is_no_quad_wherever_it_comes(tmp_path: Path) -> None:
    for cut in range(len(LINE) + 1):
        data = LINE.encode() + LINE.encode()[:cut] + filling._NO_LINE
        store = ox.Store()
        with pytest.raises(SyntaxError):
            store.bulk_load(data, format=OX_FORMATS["nquads"], lenient=True)
        assert len(store) == 0


def test_a_whole_file_is_loaded_as_it_is_and_its_layers_are_brought_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, store, found = large(tmp_path), Store(), list[bytes]()
    monkeypatch.setattr(filling, "_load", lambda _, source: found.append(source.read_bytes()))
    with filling.loading_beside(store, [file]) as loading:  # type: ignore[arg-type]
        loading.result()
    assert found == [file.read_bytes()] and store.optimized


def published(tmp_path: Path) -> None:
    (tmp_path / "all.nq").write_text(NODE + LINE, encoding="utf-8")
    publish_first(
        DataDirectory(tmp_path / "data"),
        lambda folder: Incoming([tmp_path / "all.nq"], folder, DEFAULT_BASE),
        gate=False,
    )


def test_lines_that_cannot_be_poured_are_an_error_and_nobody_waits_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(os, "pipe", refuse)
    with pytest.raises(StorageError, match="Too many open files"):
        published(tmp_path)
    assert DataDirectory(tmp_path / "data").names() == []


def test_what_the_disk_could_not_write_of_a_first_edition_is_heard_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class System:
        @staticmethod
        def syncfs(descriptor: int) -> int:
            assert os.fstat(descriptor).st_dev == tmp_path.stat().st_dev
            return -1

    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: System)
    monkeypatch.setattr(ctypes, "get_errno", lambda: errno.EIO)
    with pytest.raises(StorageError, match="Input/output error"):
        published(tmp_path)
    assert DataDirectory(tmp_path / "data").names() == []


def test_where_one_disk_cannot_be_synchronised_all_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    monkeypatch.setattr(os, "sync", lambda: asked.append(True))
    published(tmp_path)
    assert asked and DataDirectory(tmp_path / "data").names() == ["000001"]
