"""What follows from the graphs of an edition: a file for each, made when the graph changes.

The store of an edition holds only what is stated, so that no query can get the two mixed up by
chance. The files are gzipped N-Triples, named after their graph; ``inferred/rules`` has the
digest of the rules, and with other rules everything is made anew.
"""

from __future__ import annotations

import gzip
import hashlib
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


def file_of(graph: str) -> str:
    """Return the file in an edition with what follows from a graph.

    >>> file_of("https://example.org/f")[:12]
    'inferred/dde'
    """
    return f"{INFERRED}/{hashlib.sha256(graph.encode()).hexdigest()[:40]}.nt.gz"


def read_inferred(folder: Path, graph: str) -> NamedGraph | None:
    """Return what follows from a graph of an edition; None where the edition does not have that.

    Raises EditionError where the file cannot be read.
    """
    path = folder / file_of(graph)
    try:
        data = gzip.decompress(path.read_bytes())
        found = ox.parse(data, format=_NTRIPLES)
        return NamedGraph(inferred_name(graph), (quad.triple for quad in found))
    except FileNotFoundError:
        made = (folder / _RULES).is_file()  # where nothing follows there is no file
        return NamedGraph(inferred_name(graph), ()) if made else None
    except (OSError, EOFError, SyntaxError) as error:
        reason = "cannot be read: it was cut, altered or removed"
        raise EditionError(folder.name, str(path), reason) from error


def write_inferred(
    parent: Path | None,
    known: Mapping[str, FileEntry],
    made: Path,
    graphs: Iterable[str],
    changed: Mapping[str, NamedGraph | None],
    read: Callable[[str], NamedGraph],
) -> dict[str, FileEntry]:
    """Write what follows from the graphs of an edition in the making; return its files.

    What follows from a graph that stays gets a second name, as long as the rules are the same.
    ``known`` are the files of the parent, ``read`` gives a graph.
    """
    (made / INFERRED).mkdir()
    files = {_RULES: _write(made / _RULES, rules_digest().encode() + b"\n")}
    same = known.get(_RULES) == files[_RULES]
    for name in graphs:
        file = file_of(name)
        if not name:
            continue
        if parent is not None and same and name not in changed:
            if file in known:
                link_or_copy(parent / file, made / file)
                files[file] = known[file]
        elif triples := infer(changed.get(name) or read(name)).graph.triples:
            data = ox.serialize(triples, format=_NTRIPLES) or b""
            files[file] = _write(made / file, gzip.compress(data, 6, mtime=0))
    return files


def _write(path: Path, data: bytes) -> FileEntry:
    write_synced(path, data)
    return FileEntry(hashlib.sha256(data).hexdigest(), len(data))
