"""A first edition of many graphs: each is read once, and all that is made of it is made then.

Nothing is held but one graph, so the memory does not grow with the graphs. The store is filled in
a thread beside, straight into its files, from the same graphs as N-Quads; where all of them are in
files that it can load as they are, it begins before they are looked through, and its layers are
brought together there too. What is written is what publishing the same graphs any other way writes;
it is brought to the disk at the end, all at once.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import IO

import pyoxigraph as ox

from competency.graph.editions.disk import sha256
from competency.graph.editions.edition import GRAPHS, SEARCH, Graphs
from competency.graph.editions.inferred import Inferences
from competency.graph.editions.manifest import FileEntry, GraphEntry, no_files, no_graphs
from competency.graph.reasoning import inferred_name, refuse_inferred
from competency.graph.saying import sayings_of
from competency.graph.search import adding_to_new
from competency.graph.store import OX_FORMATS, NamedGraph
from competency.graph.summaries import summary_of
from competency.ontology import own_vocabulary

_NTRIPLES, _NQUADS = OX_FORMATS["ntriples"], OX_FORMATS["nquads"]
_LOOK = 0.001  # seconds between two looks whether the store is ready to read


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
        loaded: Future[None] | None = None,
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
            pouring = _poured_into(store, made.parent / "lines", straight)
            self._lines = self._loading.enter_context(pouring)
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


@contextlib.contextmanager
def loading_beside(store: ox.Store, files: Sequence[Path]) -> Iterator[Future[None]]:
    """Load a store with files of N-Quads, beside, and bring its layers together; yield that.

    with loading_beside(store, [Path("all.nq")]) as loaded: loaded.result()
    """
    with ThreadPoolExecutor(1, "loading") as threads:
        yield threads.submit(_load_all, store, files)


def _load_all(store: ox.Store, files: Sequence[Path]) -> None:
    for file in files:
        _load(store, file)
    store.optimize()  # it lies in layers, which every query would pay for


@contextlib.contextmanager
def _poured_into(store: ox.Store, pipe: Path, files: Sequence[Path]) -> Iterator[IO[bytes]]:
    """Load a store with files and the lines that are written; at the end it holds them all."""
    os.mkfifo(pipe, 0o600)
    with ThreadPoolExecutor(2, "loading") as threads:
        others = [threads.submit(_load, store, file) for file in files]
        loading = threads.submit(_load, store, pipe)
        try:
            with _opened(pipe, loading) as out:
                yield out
        except BrokenPipeError:
            loading.result()  # says why the store took no more
            raise
        for done in (loading, *others):
            done.result()


def _load(store: ox.Store, file: Path) -> None:
    store.bulk_load(path=str(file), format=_NQUADS, lenient=True)  # ours: they were checked


def _opened(pipe: Path, loading: Future[None]) -> IO[bytes]:
    """Open the pipe for writing once the store has opened it for reading."""
    while not loading.done():
        try:
            descriptor = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(_LOOK)
            continue
        os.set_blocking(descriptor, True)
        return os.fdopen(descriptor, "wb", buffering=1 << 16)
    loading.result()
    raise OSError(f"{pipe} cannot be read")
