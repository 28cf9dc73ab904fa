"""A first edition of many graphs: each is read once, and all that is made of it is made then.

Nothing is held but one graph, so the memory does not grow with the graphs. The store is filled in
a thread beside, straight into its files, from the same graphs as N-Quads; where all of them are in
files that it can load as they are, it begins before they are looked through, and its layers are
brought together there too. What is written is what publishing the same graphs any other way writes;
it is brought to the disk at the end, all at once.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import hashlib
import io
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import IO

import pyoxigraph as ox

from competency.graph.editions.disk import sha256
from competency.graph.editions.edition import GRAPHS, SEARCH, Graphs
from competency.graph.editions.entries import FileEntry, GraphEntry, no_files, no_graphs
from competency.graph.editions.inferred import Inferences
from competency.graph.reasoning import inferred_name, refuse_inferred
from competency.graph.saying import sayings_of
from competency.graph.search import adding_to_new
from competency.graph.store import OX_FORMATS, NamedGraph
from competency.graph.summaries import summary_of
from competency.ontology import own_vocabulary

_NTRIPLES, _NQUADS = OX_FORMATS["ntriples"], OX_FORMATS["nquads"]
_PIECE = 1 << 20  # bytes of a file between two looks whether it is still to be loaded
_NO_LINE = b"\n!\n"  # of N-Quads, wherever it comes


class Filling:
    """The files of an edition in the making, and the graphs in them.

    with Filling(made, store, digest) as filling: filling.add(graph)
    """

    def __init__(
        self,
        made: Path,
        store: ox.Store,
        vocabulary: str,
        straight: Sequence[Path] = (),
        loaded: Loading | None = None,
    ) -> None:
        """Fill the folder ``made`` and ``store``; ``vocabulary`` is the digest of the ontology.

        ``straight`` are files of N-Quads without blank nodes, which the store loads as they are.
        With ``loaded``, from :func:`loading_beside`, all that will be added is on its way there.
        """
        self.graphs, self.files = no_graphs(), no_files()
        self._made, self._store, self._vocabulary = made, store, own_vocabulary()
        self._blank: list[str] = []  # graphs that may have blank nodes: a loader names those anew
        self._inferences = Inferences()
        self._loading, self._indexing = contextlib.ExitStack(), contextlib.ExitStack()
        self._loaded = loaded
        self._lines: IO[bytes] = io.BytesIO()  # where nothing is poured
        (made / GRAPHS).mkdir(parents=True)
        if loaded is None:
            self._lines = self._loading.enter_context(_poured_into(store, straight))
        self._index = self._indexing.enter_context(adding_to_new(made, vocabulary))
        self._loading.enter_context(_uncollected())

    def add(self, graph: NamedGraph, *, straight: bool = False) -> None:
        """Add a graph; by name, one after the other.

        One that is ``straight`` is in the files that the store loads itself. GraphRefused where it
        speaks of what follows from it.
        """
        data = ox.serialize(graph.triples, format=_NTRIPLES) or b""
        if graph.name and inferred_name(graph.name).encode() in data:
            refuse_inferred([graph])
        digest = hashlib.sha256(data).hexdigest()
        file = f"{GRAPHS}/{digest[:40]}.nt"
        if file not in self.files:
            (self._made / file).write_bytes(data)
            self.files[file] = FileEntry(digest, len(data))
        if straight:
            pass
        elif b"_:" in data:
            self._blank.append(graph.name)
        else:
            self._lines.write(ox.serialize(graph.quads(), format=_NQUADS) or b"")
        said = sayings_of(graph.triples)
        summary = summary_of(graph, self._vocabulary, said)
        self.graphs[graph.name] = GraphEntry(file, len(graph.triples), summary)
        self._index(graph, digest, said)
        self._inferences.add(graph.name, data)

    def finish(self) -> None:
        """Bring everything to its files but the store, which has its own way to the disk."""
        self.files.update(self._inferences.write(self._made))
        self._indexing.close()
        for path in sorted((self._made / SEARCH).iterdir()):
            self.files[f"{SEARCH}/{path.name}"] = FileEntry(sha256(path), path.stat().st_size)
        self._loading.close()
        if self._loaded is not None:
            self._loaded.result()
        else:
            kept = Graphs(self._made, self.graphs)
            self._store.bulk_extend(quad for name in self._blank for quad in kept[name].quads())
            self._store.optimize()  # it lies in layers, which every query would pay for

    def __enter__(self) -> Filling:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._loading, self._indexing:
            pass


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no circles among what is in memory: a graph leaves none, and each has thousands."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class Loading:
    """A store that is loaded with files of N-Quads, in a thread beside, until it holds them all."""

    def __init__(self, threads: ThreadPoolExecutor, store: ox.Store, files: Sequence[Path]) -> None:
        """Begin with it."""
        self._stopped = threading.Event()
        self._done = threads.submit(self._load_all, store, files)

    def result(self) -> None:
        """Wait for the end; whatever the store could not do is raised."""
        self._done.result()

    def give_up(self) -> None:
        """Load no more, and wait until nothing is written to the store."""
        self._stopped.set()
        self._done.exception()

    def _load_all(self, store: ox.Store, files: Sequence[Path]) -> None:
        for file in files:
            _load_file(store, file, self._stopped)
        if not self._stopped.is_set():
            store.optimize()  # it lies in layers, which every query would pay for


@contextlib.contextmanager
def loading_beside(store: ox.Store, files: Sequence[Path]) -> Iterator[Loading]:
    """Load a store with files of N-Quads, beside, and bring its layers together; yield that.

    Who leaves by an error, or is interrupted, waits until the engine has put away what it has read,
    a million quads at most, and for no more: not for the rest, nor for the layers.

        with loading_beside(store, [Path("all.nq")]) as loading: loading.result()
    """
    with ThreadPoolExecutor(1, "loading") as threads:
        loading = Loading(threads, store, files)
        with contextlib.ExitStack() as undo:
            undo.callback(loading.give_up)
            yield loading
            undo.pop_all()


@contextlib.contextmanager
def _poured_into(store: ox.Store, files: Sequence[Path]) -> Iterator[IO[bytes]]:
    """Load a store with files and the lines that are written; at the end it holds them all."""
    stopped = threading.Event()
    source, out = _pipe()
    with ThreadPoolExecutor(2, "loading") as threads:
        others = [threads.submit(_load_file, store, file, stopped) for file in files]
        loading = threads.submit(_load_from, store, source)
        with contextlib.ExitStack() as undo:
            undo.callback(stopped.set)
            try:
                with out:
                    yield out
            except BrokenPipeError:
                loading.result()  # says why the store took no more
                raise
            undo.pop_all()
        for done in (loading, *others):
            done.result()


def _load_file(store: ox.Store, file: Path, stopped: threading.Event) -> None:
    """Load a file, and no more of it once ``stopped`` is set.

    It comes through a pipe: a reader in Python would be asked for every few lines, and would wait
    each time for whatever else Python does; and a file that is read by its name cannot be ended.
    """
    with file.open("rb", buffering=0) as data, ThreadPoolExecutor(1, "storing") as threads:
        source, out = _pipe()
        loading = threads.submit(_load_from, store, source)
        with contextlib.suppress(BrokenPipeError), out:  # then the result says why
            while not stopped.is_set() and (piece := data.read(_PIECE)):
                out.write(piece)
            if stopped.is_set():
                out.write(_NO_LINE)
        loading.result()


def _pipe() -> tuple[int, IO[bytes]]:
    """Return both ends of a pipe: a descriptor to read from, and a file to write to.

    It holds as much as a piece where the system lets it, so that neither end waits often.
    """
    source, out = os.pipe()
    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(out, fcntl.F_SETPIPE_SZ, _PIECE)
    return source, os.fdopen(out, "wb", buffering=1 << 16)


def _load_from(store: ox.Store, source: int) -> None:
    """Load what comes through a pipe, and close it: who writes to it hears of that.

    By its number it opens at once, whether or not somebody has opened the other end.
    """
    try:
        _load(store, Path(f"/dev/fd/{source}"))
    finally:
        os.close(source)


def _load(store: ox.Store, file: Path) -> None:
    store.bulk_load(path=str(file), format=_NQUADS, lenient=True)  # ours: they were checked
