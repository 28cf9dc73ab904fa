"""The files of graphs, kept once for all editions that hold them: DIR/graphs, by digest.

In the place of a folder of its own an edition has a symbolic link to that one, so ten thousand
graphs that stay cost a publication nothing. A file comes there whole, under its name from one
moment to the next, and goes when the last edition is pruned that names it. Editions that older
versions made have a folder of their own; so have all where a disk has no symbolic links.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from competency.graph.editions.disk import link_all, same_file, sync, write_synced
from competency.graph.editions.edition import GRAPHS
from competency.graph.editions.manifest import NAME

_FILE = re.compile(rf'"{GRAPHS}/([0-9a-f]+\.nt)"'.encode())
_WHOLE = b"{", b"}\n"  # how a manifest begins and ends that was not cut
_FEW = 50  # files that are looked for one by one


class GraphFiles:
    """The files of the graphs of an edition in the making, in the folder that all share.

    files = GraphFiles(Path("data/graphs"), made); files.put("00ff.nt", data); files.join()
    """

    def __init__(self, shared: Path, made: Path) -> None:
        """Keep files in ``shared`` for the edition that is made in the folder ``made``."""
        self._place, self._made = made / GRAPHS, made
        self._link = f"../../{shared.name}"  # as seen from where the edition will be
        self.folder = shared if _has_links(made) else self._place
        self._fresh: list[Path] = []
        if not self.folder.is_dir():
            self.folder.mkdir(parents=True)
            sync(self.folder.parent)

    def put(self, name: str, data: bytes) -> None:
        """Write a file, which is named by its digest; one that is there already stays."""
        path = self.folder / name
        with contextlib.suppress(OSError):
            if hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(data).digest():
                return
        beside = self._made / "fresh"
        write_synced(beside, data)
        self._arrive(beside, path)

    def keep(self, names: Iterable[str], before: Path) -> None:
        """Keep files of the edition in the folder ``before``, which need not share its own yet."""
        if same_file(before / GRAPHS, self.folder):
            return
        missing = [name for name in names if not (self.folder / name).exists()]
        self._fresh += [self.folder / name for name in missing]
        link_all(missing, before / GRAPHS, self.folder)

    def join(self) -> None:
        """Let the edition that is made have the files, and bring their names to the disk."""
        if self.folder != self._place:
            for path in self._place.iterdir() if self._place.is_dir() else ():
                self._arrive(path, self.folder / path.name)
            if self._place.is_dir():
                self._place.rmdir()
            self._place.symlink_to(self._link)
        sync(self.folder)

    def forget(self) -> None:
        """Take away what was put here for an edition that will not be."""
        with contextlib.suppress(OSError):
            for path in self._fresh:
                path.unlink(missing_ok=True)
        self._fresh = []

    def _arrive(self, path: Path, target: Path) -> None:
        if not target.exists():
            self._fresh.append(target)
        path.replace(target)


def _has_links(place: Path) -> bool:
    """Say whether the disk of a folder has symbolic links."""
    probe = place / "probe"
    try:
        probe.symlink_to(".")
        probe.unlink()
    except OSError:
        return False
    return True


def names_in(edition: Path) -> set[bytes]:
    """Return the names of the files of graphs that an edition has in the shared folder."""
    if not (edition / GRAPHS).is_symlink():
        return set()
    return set(_FILE.findall((edition / NAME).read_bytes()))


def drop(shared: Path, names: set[bytes], editions: Sequence[Path]) -> None:
    """Remove files from the shared folder that none of the editions that are left names.

    Where one of these cannot be read, nothing is removed. ``names`` are those that may go.
    """
    left = set(names)
    for edition in reversed(editions):  # the last ones have most of them
        if not left:
            return
        text = (edition / NAME).read_bytes()
        if not (text.startswith(_WHOLE[0]) and text.endswith(_WHOLE[1])):
            return
        if len(left) > _FEW:
            left -= set(_FILE.findall(text))
        else:
            left = {name for name in left if name not in text}
    for name in left:
        (shared / os.fsdecode(name)).unlink(missing_ok=True)


def sweep(shared: Path, editions: Sequence[Path]) -> None:
    """Remove all files from the shared folder that no edition names: a crash may leave some."""
    with contextlib.suppress(OSError):
        drop(shared, {os.fsencode(item.name) for item in os.scandir(shared)}, editions)
