"""What follows from the graphs of an edition, made when they change, beside the store.

The store of an edition holds only what is stated, so that no query can get the two mixed up by
chance. What follows is in up to 256 zip files, by the digest of the graph's name: a publication
writes those anew in which something changed and gives the others a second name, so it costs much
the same for ten graphs and for ten thousand. ``inferred/rules`` has the digest of the rules; with
other rules everything is made anew.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from competency._archives import DAMAGES
from competency.errors import EditionError
from competency.graph.editions.disk import link_or_copy, sync, write_synced
from competency.graph.editions.edition import INFERRED
from competency.graph.editions.entries import FileEntry
from competency.graph.reasoning import following, inferred_name, rules_digest
from competency.graph.store import OX_FORMATS, NamedGraph

_RULES = f"{INFERRED}/rules"
_FILES = tuple(f"{INFERRED}/{number:02x}.zip" for number in range(256))
_NTRIPLES = OX_FORMATS["ntriples"]
_DAMAGED = (*DAMAGES, SyntaxError)


def place_of(graph: str) -> tuple[str, str]:
    """Return the file in an edition with what follows from a graph, and the name it has in there.

    >>> place_of("https://example.org/f")[0]
    'inferred/53.zip'
    """
    digest = hashlib.sha256(graph.encode()).hexdigest()
    return f"{INFERRED}/{digest[:2]}.zip", f"{digest}.nt.gz"


def read_inferred(folder: Path, graph: str) -> NamedGraph | None:
    """Return what follows from a graph of an edition; None where the edition does not have that.

    Raises EditionError where the file cannot be read.
    """
    file, member = place_of(graph)
    try:
        data = _members(folder / file, [member]).get(member, b"")
        if not data and not (folder / _RULES).is_file():
            return None  # else nothing follows
        found = ox.parse(gzip.decompress(data), format=_NTRIPLES)
        return NamedGraph(inferred_name(graph), (quad.triple for quad in found))
    except _DAMAGED as error:
        reason = "cannot be read: it was cut, altered or removed"
        raise EditionError(folder.name, str(folder / file), reason) from error


def write_inferred(
    parent: Path | None,
    known: Mapping[str, FileEntry],
    made: Path,
    graphs: Iterable[str],
    changed: Mapping[str, NamedGraph | None],
    read: Callable[[str], NamedGraph],
) -> dict[str, FileEntry]:
    """Write what follows from the graphs of an edition in the making; return its files.

    What follows from a graph that stays is taken over, as long as the rules are the same.
    ``known`` are the files of the parent, ``read`` gives a graph as it will be.
    """
    if parent is None or known.get(_RULES) != _entry(_rules()):
        made_anew = Inferences()
        for name in graphs:
            made_anew.add(name, _stated(read(name)))
        files = made_anew.write(made)
        for file in files:
            sync(made / file)
        return files
    (made / INFERRED).mkdir()
    files = {_RULES: _write(made / _RULES, _rules())}
    touched: dict[str, list[str]] = defaultdict(list)
    for name in changed:
        touched[place_of(name)[0]].append(name)
    for file in {name for name in _FILES if name in known} - touched.keys():
        link_or_copy(parent / file, made / file)
        files[file] = known[file]
    for file, names in touched.items():
        members = _members(parent / file)
        for name in names:
            graph, member = changed[name], place_of(name)[1]
            members[member] = _inferred(_stated(graph)) if graph and name else b""
        if members := {name: data for name, data in members.items() if data}:
            files[file] = _write(made / file, _zipped(members))
    return files


class Inferences:
    """What follows from graphs that are all new, gathered until they are all known."""

    def __init__(self) -> None:
        """Know of no graph yet."""
        self._members: dict[str, dict[str, bytes]] = defaultdict(dict)

    def add(self, name: str, stated: bytes) -> None:
        """Work out what follows from a graph, whose triples are ``stated`` in N-Triples."""
        file, member = place_of(name)
        if name and (data := _inferred(stated)):
            self._members[file][member] = data

    def write(self, made: Path) -> dict[str, FileEntry]:
        """Write it below ``made`` and return its files, which are not on the disk for sure yet."""
        (made / INFERRED).mkdir()
        written = {file: _zipped(members) for file, members in sorted(self._members.items())}
        for file, data in (written | {_RULES: _rules()}).items():
            (made / file).write_bytes(data)
        return {file: _entry(data) for file, data in (written | {_RULES: _rules()}).items()}


def _stated(graph: NamedGraph) -> bytes:
    return ox.serialize(graph.triples, format=_NTRIPLES) or b""


def _inferred(stated: bytes) -> bytes:
    """Return what follows from a graph as gzipped N-Triples; nothing where nothing does."""
    data = following(stated)
    return gzip.compress(data, 6, mtime=0) if data else b""


def _members(path: Path, names: Iterable[str] | None = None) -> dict[str, bytes]:
    """Return the members of a zip file, all or those of some names, as far as it has them."""
    try:
        with zipfile.ZipFile(path) as file:
            there = dict.fromkeys(file.namelist())
            return {name: file.read(name) for name in names or there if name in there}
    except FileNotFoundError:
        return {}


def _zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip file: the same members give the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as file:
        for name in sorted(members):
            file.writestr(zipfile.ZipInfo(name), members[name])
    return written.getvalue()


def _rules() -> bytes:
    return rules_digest().encode() + b"\n"


def _write(path: Path, data: bytes) -> FileEntry:
    write_synced(path, data)
    return _entry(data)


def _entry(data: bytes) -> FileEntry:
    return FileEntry(hashlib.sha256(data).hexdigest(), len(data))
