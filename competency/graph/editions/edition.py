"""One edition: an immutable folder with a store to query, graphs to publish, and a manifest."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from competency.errors import EditionError
from competency.formats import by_name
from competency.graph.editions.disk import lock_shared, sha256, sizes
from competency.graph.editions.entries import GraphEntry, rows_of
from competency.graph.editions.manifest import NAME, Manifest, read_manifest
from competency.graph.search import MAIN, NEWEST, RECENT
from competency.graph.store import OX_FORMATS, NamedGraph

STORE, GRAPHS, SEARCH, INFERRED = _PLACES = "store", "graphs", "search", "inferred"
_INDEX = (MAIN, RECENT, NEWEST)
KEPT_TRIPLES = 50_000  # of graphs that were read, how many triples stay in memory
_NTRIPLES = OX_FORMATS[by_name("ntriples").name]


class Edition:
    """An edition that is open for reading; while it is, nobody prunes it.

    with DataDirectory("data").current() as edition: print(edition.manifest.triples)
    """

    def __init__(self, folder: Path, manifest: Manifest | None = None) -> None:
        """Open the edition in a folder; EditionError where its manifest is missing or altered.

        ``manifest`` is its manifest where that is known, which then is not read.
        """
        self.folder = folder
        try:
            self._use = lock_shared(folder / NAME)
        except OSError as error:
            raise EditionError(folder.name, str(folder / NAME), "is missing") from error
        try:
            self.manifest: Manifest = manifest or read_manifest(folder)
        except EditionError:
            self.close()
            raise

    @property
    def id(self) -> str:
        """Return the name of the edition, such as ``000012``."""
        return self.manifest.edition

    @cached_property
    def store(self) -> ox.Store:
        """Return the store, opened read-only: nothing is written where an edition lies."""
        try:
            return ox.Store.read_only(str(self.folder / STORE))
        except OSError as error:
            reason = f"cannot be opened: {' '.join(str(error).split())[:200]}"
            raise EditionError(self.id, str(self.folder / STORE), reason) from error

    @cached_property
    def graphs(self) -> Mapping[str, NamedGraph]:
        """Return the named graphs as authored, each read when it is first asked for."""
        return Graphs(self.folder, self.manifest.graphs)

    @property
    def index_files(self) -> list[Path]:
        """Return the files of the search index; older editions have none."""
        return [
            self.folder / name for name in (MAIN, RECENT, NEWEST) if name in self.manifest.files
        ]

    def faults(self, *, full: bool = True) -> list[EditionError]:
        """Return what is wrong with the files: those missing, of another size, or altered.

        Without ``full`` only names and sizes are looked at, and no file is read.
        """
        found: list[EditionError] = []
        there: dict[str, int] = {}
        for place in () if full else _PLACES:
            there |= sizes(self.folder, place)
        for name, row in rows_of(self.manifest.files).items():
            if there.get(name) == row["bytes"]:
                continue
            if reason := self._fault(self.folder / name, row["sha256"], row["bytes"], full):
                found.append(EditionError(self.id, str(self.folder / name), reason))
        return found

    def check(self, *, full: bool = True) -> None:
        """Raise the first of :meth:`faults`."""
        for fault in self.faults(full=full):
            raise fault

    def _fault(self, path: Path, digest: str, size: int, full: bool) -> str | None:
        try:
            actual = path.stat().st_size
            if actual != size:
                change = "shorter" if actual < size else "longer"
                return f"is {abs(actual - size):,} bytes {change} than it was when it was published"
            return "was altered: its digest is another" if full and sha256(path) != digest else None
        except OSError as error:
            return "is missing" if isinstance(error, FileNotFoundError) else str(error.strerror)

    def close(self) -> None:
        """Let go of the store, and let the edition be pruned, as far as this reader goes."""
        for name in ("store", "graphs"):
            self.__dict__.pop(name, None)
        if self._use >= 0:
            os.close(self._use)
            self._use = -1

    def __enter__(self) -> Edition:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_use", -1) >= 0:
            self.close()


class Graphs(Mapping[str, NamedGraph]):
    """The graphs of an edition by name; the last that were read stay in memory."""

    def __init__(self, folder: Path, entries: Mapping[str, GraphEntry]) -> None:
        """Read the files that ``entries`` name, in the folder of the edition."""
        self._folder, self._entries = folder, entries
        self._kept: OrderedDict[str, NamedGraph] = OrderedDict()
        self._held = 0  # triples of those
        self._lock = threading.Lock()

    def __getitem__(self, name: str) -> NamedGraph:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        graph = self._read(name)
        with self._lock:
            if name not in self._kept:  # else another thread was sooner
                self._kept[name] = graph
                self._held += len(graph.triples)
            while len(self._kept) > 1 and self._held > KEPT_TRIPLES:
                _, gone = self._kept.popitem(last=False)
                self._held -= len(gone.triples)
        return graph

    def _read(self, name: str) -> NamedGraph:
        path = self._folder / self._entries[name].file
        try:
            found = ox.parse(path.read_bytes(), format=_NTRIPLES)
            return NamedGraph(name, (quad.triple for quad in found))
        except (OSError, SyntaxError) as error:
            reason = "cannot be read: it was cut, altered or removed"
            raise EditionError(self._folder.name, str(path), reason) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries
