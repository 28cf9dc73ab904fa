"""A data directory: its editions, and the one pointer that says which of them is published.

DIR/current              the name of the published edition
DIR/editions/000012/     an edition, immutable
DIR/graphs/              the graphs as authored, each once for all editions that hold it
DIR/judged/              what the shapes found in graphs before; it may be removed at any time
DIR/work/                where the next one is made; what a crash left there is cleared away
DIR/lock                 held by whoever publishes
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from competency.errors import EditionError, NotFound, SourceError
from competency.graph.editions.disk import locked, replace_synced, said_plainly
from competency.graph.editions.edition import Edition
from competency.graph.editions.manifest import NAME, Manifest, read_manifest
from competency.graph.editions.sharing import drop, names_in, sweep
from competency.ontology import DEFAULT_BASE

_NOTHING = "000000"  # what the pointer says before the first publication
KEEP = 20  # editions that pruning leaves, beside those in use


class DataDirectory:
    """The editions of one place on disk.

    directory = DataDirectory("data")
    directory.current()       # the published edition, or None
    """

    def __init__(self, path: str | os.PathLike[str], *, base: str = DEFAULT_BASE) -> None:
        """Name the directory, which may be new; ``base`` is the IRI our own things live under."""
        self.path, self.base = Path(path), base
        self._last: tuple[Path, os.stat_result, Manifest] | None = None  # that was read

    @property
    def editions_folder(self) -> Path:
        """Return the folder that holds the editions."""
        return self.path / "editions"

    @property
    def graphs_folder(self) -> Path:
        """Return the folder that holds the files of graphs, for all editions."""
        return self.path / "graphs"

    @property
    def work_folder(self) -> Path:
        """Return the folder in which the next edition is made."""
        return self.path / "work"

    @property
    def pointer(self) -> Path:
        """Return the file that names the published edition."""
        return self.path / "current"

    def names(self) -> list[str]:
        """Return the names of all editions, the oldest first."""
        if not self.editions_folder.is_dir():
            return []
        return sorted(item.name for item in self.editions_folder.iterdir() if item.name.isdecimal())

    def current_name(self) -> str | None:
        """Return the name of the published edition; None where nothing was published yet."""
        try:
            name = self.pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            if self.names():
                raise EditionError("current", str(self.pointer), _LOST) from None
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise EditionError("current", str(self.pointer), "cannot be read") from error
        if not name.isdecimal():
            raise EditionError("current", str(self.pointer), _LOST)
        return None if name == _NOTHING else name

    def current(self) -> Edition | None:
        """Return the published edition, open; EditionError where it is damaged or gone."""
        while (name := self.current_name()) is not None:
            edition = self.edition(name)
            if self.current_name() == name or (edition.folder / NAME).is_file():
                return edition
            edition.close()
        return None

    def edition(self, name: str) -> Edition:
        """Return an edition by its name, leading zeros or none; NotFound lists those there are."""
        wanted = name.zfill(6)
        if not name.isdecimal() or wanted not in self.names():
            if name == self.pointed_at():
                raise EditionError(name, str(self.editions_folder / wanted), "is missing")
            raise NotFound("edition", name, self.names()[-5:])
        return self._opened(self.editions_folder / wanted)

    def _opened(self, folder: Path) -> Edition:
        """Open an edition; of its manifest nothing is read again that the last one had."""
        path, manifest = folder / NAME, None
        with contextlib.suppress(OSError):
            now = path.stat()
            if self._last and self._last[0] == path and _same(self._last[1], now):
                manifest = self._last[2]
            elif self._last:
                manifest = read_manifest(folder, self._last[2])
            edition = Edition(folder, manifest)
            self._last = path, now, edition.manifest
            return edition
        return Edition(folder)

    def remember(self, edition: Edition) -> None:
        """Keep in mind the manifest of an edition that was just made."""
        path = edition.folder / NAME
        with contextlib.suppress(OSError):
            self._last = path, path.stat(), edition.manifest

    def pointed_at(self) -> str | None:
        """Return what the pointer says, whether it makes sense or not."""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return self.pointer.read_text(encoding="utf-8").strip()
        return None

    def last_whole(self) -> Edition | None:
        """Return the newest edition all of whose files have their digests, or None."""
        for name in reversed(self.names()):
            with contextlib.suppress(EditionError):
                edition = self.edition(name)
                if not edition.faults():
                    return edition
                edition.close()
        return None

    @contextlib.contextmanager
    def publishing(self) -> Iterator[None]:
        """Hold the lock under which editions are made and the pointer is moved."""
        with said_plainly(self.path):
            self.editions_folder.mkdir(parents=True, exist_ok=True)
        with locked(self.path / "lock"):
            left = [self.work_folder, *self.editions_folder.glob(".trash-*")]
            for folder in (found := [item for item in left if item.exists()]):
                shutil.rmtree(folder, ignore_errors=True)
            if found:
                sweep(self.graphs_folder, self._folders())
            self._begin()
            yield

    def _begin(self) -> None:
        """Let the pointer of a new directory say that nothing is published yet.

        So one that is missing was lost, and no crash of the first publication looks like that.
        """
        if not self.pointer.exists() and not self.names():
            with said_plainly(self.path):
                self.flip(_NOTHING)

    def flip(self, name: str) -> None:
        """Publish an edition that is whole: from one moment to the next, and to stay."""
        replace_synced(self.pointer, name.encode() + b"\n")

    def rollback(self, name: str | None = None) -> Edition:
        """Publish an older edition again, by default the one before the current.

        The edition is looked at in full first. Raises NotFound, SourceError where nothing was
        published yet, or EditionError, and then nothing has changed.
        """
        if not self.names():
            self.require()
        with self.publishing(), said_plainly(self.path):
            edition = self.edition(name or self._before_current())
            edition.check()
            self.flip(edition.id)
            return edition

    def _before_current(self) -> str:
        """Return the parent of the current edition, or the newest older one where it is damaged."""
        now = self.pointed_at() or ""
        older = [name for name in self.names() if name < now]
        with contextlib.suppress(EditionError, NotFound):
            with self.edition(now) as edition:
                parent = edition.manifest.parent
            if parent in older:
                return parent
        if not older:
            raise NotFound("edition", f"before {now or 'the first'}")
        return older[-1]

    def prune(self, keep: int = KEEP) -> list[str]:
        """Remove the oldest editions but ``keep``, never the current one nor one in use.

        Call it while :meth:`publishing`. Returns the names of those removed.
        """
        current, removed = self.pointed_at(), {}
        for name in self.names()[: -keep or None]:
            if name != current and (trash := self._taken_out(self.editions_folder / name)):
                removed[name] = trash
        with contextlib.suppress(OSError):
            files = set[bytes]().union(*map(names_in, removed.values()))
            drop(self.graphs_folder, files, self._folders())
        for trash in removed.values():  # last, so that a crash before leaves a sign
            shutil.rmtree(trash, ignore_errors=True)
        return [*removed]

    def _folders(self) -> list[Path]:
        return [self.editions_folder / name for name in self.names()]

    def _taken_out(self, folder: Path) -> Path | None:
        """Take an edition out at once, unless somebody reads it; return where it is now."""
        with contextlib.suppress(OSError), locked(folder / NAME, wait=False) as free:
            if free:
                return folder.rename(folder.with_name(f".trash-{folder.name}"))
        return None

    def require(self) -> Edition:
        """Return the published edition; SourceError where nothing was published yet."""
        found = self.current()
        if found is None:
            raise SourceError(str(self.path), "nothing was published here yet; publish FILE first")
        return found


def _same(one: os.stat_result, other: os.stat_result) -> bool:
    """Say whether a file is what it was."""
    return (one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns) == (
        other.st_ino, other.st_size, other.st_mtime_ns, other.st_ctime_ns
    )  # fmt: skip


_LOST = "does not name an edition; competency rollback --to NAME says which one to publish"
