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
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from competency.errors import EditionError
from competency.graph.editions.disk import link_or_copy, write_synced
from competency.graph.editions.manifest import FileEntry
from competency.graph.reasoning import infer, inferred_name, rules_digest
from competency.graph.store import OX_FORMATS, NamedGraph

INFERRED = "inferred"
_RULES = f"{INFERRED}/rules"
_NTRIPLES = OX_FORMATS["ntriples"]
_DAMAGED = (OSError, EOFError, SyntaxError, zipfile.BadZipFile, zlib.error)


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
    (made / INFERRED).mkdir()
    files = {_RULES: _write(made / _RULES, rules_digest().encode() + b"\n")}
    same = parent is not None and known.get(_RULES) == files[_RULES]
    touched = {place_of(name)[0] for name in changed}
    by_file: dict[str, list[str]] = defaultdict(list)
    for name in graphs:
        if name:
            by_file[place_of(name)[0]].append(name)
    for file, names in sorted(by_file.items()):
        if parent is not None and same and file not in touched:
            if file in known:
                link_or_copy(parent / file, made / file)
                files[file] = known[file]
            continue
        stay = [name for name in names if same and name not in changed]
        kept = _members(parent / file, [place_of(n)[1] for n in stay]) if parent and stay else {}
        fresh = {place_of(n)[1]: _inferred(read(n)) for n in names if n not in stay}
        if members := {name: data for name, data in (kept | fresh).items() if data}:
            files[file] = _write(made / file, _zipped(members))
    return files


def _inferred(graph: NamedGraph) -> bytes:
    """Return what follows from a graph as gzipped N-Triples; nothing where nothing does."""
    triples = infer(graph).graph.triples
    data = ox.serialize(triples, format=_NTRIPLES) if triples else None
    return gzip.compress(data, 6, mtime=0) if data else b""


def _members(path: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Return the members of a zip file of these names, as far as it is there and has them."""
    try:
        with zipfile.ZipFile(path) as file:
            there = {*file.namelist()}
            return {name: file.read(name) for name in names if name in there}
    except FileNotFoundError:
        return {}


def _zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip file: the same members give the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as file:
        for name in sorted(members):
            file.writestr(zipfile.ZipInfo(name), members[name])
    return written.getvalue()


def _write(path: Path, data: bytes) -> FileEntry:
    write_synced(path, data)
    return FileEntry(hashlib.sha256(data).hexdigest(), len(data))
