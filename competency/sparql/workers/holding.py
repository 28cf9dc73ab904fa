"""An edition held in memory: read from its graphs as authored, else from its store.

In the store each term is looked up, which takes three times as long as parsing what was authored.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from competency.errors import EditionError
from competency.graph.editions.entries import GraphEntry
from competency.graph.editions.manifest import Manifest, read_manifest
from competency.graph.store import OX_FORMATS

_NQUADS = OX_FORMATS["nquads"]
_OFTEN = 10_000  # quads after which a process that loads looks whether somebody waits for it
_PIECE = 1 << 20  # bytes after which it does
_END = b" .\n"  # of a line as it was written


def in_memory(place: Path, look: Callable[[], None]) -> ox.Store:
    """Return what the store of an edition at ``place`` holds, in memory.

    ``look`` is called often meanwhile, to end the process where nobody waits for it any more.
    Raises OSError where the store cannot be read.

        in_memory(edition.folder / "store", lambda: None)
    """
    disk = ox.Store.read_only(str(place))
    with contextlib.suppress(EditionError, OSError, SyntaxError):
        manifest = read_manifest(place.parent)
        store = _authored(place.parent, manifest, disk, look)
        if len(store) == manifest.quads:
            return store
    store = ox.Store()  # an edition whose files say otherwise: what is queried is its store
    store.bulk_extend(_noticed(disk, look))
    return store


def _authored(
    folder: Path, manifest: Manifest, disk: ox.Store, look: Callable[[], None]
) -> ox.Store:
    """Return a store of the graphs as authored; of those no loader can take, as ``disk`` has them.

    Those are the graphs with blank nodes, which a loader names anew, and the vocabulary.
    """
    store, known = ox.Store(), set[str]()

    def pieces() -> Iterator[bytes]:
        for name, entry in manifest.graphs.items():
            lines = _lines(folder, name, entry, manifest.files[entry.file].sha256)
            known.update([name] if lines else ())
            for start in range(0, len(lines), _PIECE):
                look()
                yield lines[start : start + _PIECE]

    lines = io.BufferedReader(_Pieces(pieces()), _PIECE)
    store.bulk_load(lines, format=_NQUADS, lenient=True)  # ours: they were checked
    others = [name for name in disk.named_graphs() if name.value not in known]
    own = [] if "" in known else [ox.DefaultGraph()]
    quads = (
        quad for name in own + others for quad in disk.quads_for_pattern(None, None, None, name)
    )
    store.bulk_extend(_noticed(quads, look))
    return store


class _Pieces(io.RawIOBase):
    """A file that is made while it is read, in the thread that reads it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Put some bytes into ``buffer`` and return how many; none at the end."""
        if not self._rest:
            self._rest = memoryview(next(self._pieces, b""))
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _lines(folder: Path, name: str, entry: GraphEntry, digest: str) -> bytes:
    """Return a graph as N-Quads; nothing where it may have blank nodes or was written otherwise.

    So it is where it was altered since: its file has another ``digest`` then.
    """
    data = (folder / entry.file).read_bytes()
    if b"_:" in data or data.count(_END) != entry.triples:
        return b""
    if hashlib.sha256(data).hexdigest() != digest:
        return b""
    return data.replace(_END, f" <{name}>".encode() + _END) if name else data


def _noticed(quads: Iterator[ox.Quad] | ox.Store, look: Callable[[], None]) -> Iterator[ox.Quad]:
    """Give quads on, and look now and then whether somebody waits for them."""
    for number, quad in enumerate(quads):
        if not number % _OFTEN:
            look()
        yield quad
