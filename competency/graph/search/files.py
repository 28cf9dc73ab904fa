"""The index of an edition in up to three files: a large one that stays, and what was added since.

All are made once and never written again. The next edition gives the large file a second name and
copies the small one to add the graphs that changed; once the small one has grown past a fifth of
the large one, the large one is copied and gets the additions. A small one that is itself large
stays as well, and a third file takes the additions until it is an eighth of that. Rows of graphs
that are no longer current stay until they are the larger part, and are ignored: so publishing
costs what changed.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from competency.graph.saying import Sayings
from competency.graph.search.index import Index, as_disk_error, made_with
from competency.graph.search.layout import READABLE, layout_of
from competency.graph.store import NamedGraph
from competency.ontology import own_vocabulary

MAIN, RECENT, NEWEST = "search/main.db", "search/recent.db", "search/newest.db"
_SHARE = 5  # a part of this size and no more is added beside the large file
_NEWEST = 8  # and such a part of that beside it in turn,
_QUICK = 20_000  # but these many triples are always copied at once

Graphs = Mapping[str, str]  # the digest of each graph, by name

Adding = Callable[[NamedGraph, str, Sayings], None]  # adds a graph by its digest


@dataclass(frozen=True)
class Held:
    """What an index file holds: its graphs with their number of triples, and how it was made."""

    path: Path
    made: str
    graphs: Mapping[tuple[str, str], int]

    @property
    def triples(self) -> int:
        """Return the triples of all graphs that were ever added."""
        return sum(self.graphs.values())


@dataclass(frozen=True)
class Plan:
    """How the index of the next edition is made: which files it keeps, copies or begins."""

    main: Path | None
    recent: Path | None
    to_main: tuple[str, ...] = ()
    to_recent: tuple[str, ...] = ()
    newest: Path | None = None
    to_newest: tuple[str, ...] = ()


def held_by(path: Path) -> Held | None:
    """Return what a file of the index holds, or None where it is none that we can read.

    Of ten thousand graphs that takes as long as all else about a small addition, so what was read
    lately is not read again, under whatever name the file is found.
    """
    with contextlib.suppress(OSError, sqlite3.Error):
        file = path.stat()
        same = file.st_dev, file.st_ino, file.st_mtime_ns, file.st_size
        made, graphs = _read(_Same(path, same))
        return Held(path, made, graphs)
    return None


@dataclass(frozen=True)
class _Same:
    """A file that nobody ever writes, by whatever name: it is told apart by all but that."""

    path: Path = field(compare=False)
    stat: tuple[int, ...]


@lru_cache(maxsize=8)
def _read(file: _Same) -> tuple[str, Mapping[tuple[str, str], int]]:
    """Return how a file was made and what it holds; sqlite3.Error where it cannot be read."""
    with contextlib.closing(_opened(file.path)) as index:
        if layout_of(index) not in READABLE:
            raise sqlite3.DatabaseError("made by a later version")
        made = index.execute("SELECT made FROM made").fetchone()[0]
        rows = index.execute("SELECT name, digest, triples FROM graphs")
        return made, {(name, digest): size for name, digest, size in rows}


def read_only(path: Path) -> str:
    """Return the address under which SQLite opens a file that nobody ever writes."""
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def write_index(
    parent: Path | None,
    made: Path,
    graphs: Graphs,
    sizes: Mapping[str, int],
    read: Callable[[str], NamedGraph],
    vocabulary: str,
    link: Callable[[Path, Path], None],
) -> None:
    """Make the index files of an edition in the folder ``made``.

    ``parent`` is the folder of the edition before, ``graphs`` the digests of what the new one
    holds, ``sizes`` their triples; ``read`` gives a graph, ``link`` gives a file a second name.
    Raises SearchUnavailable where SQLite has no FTS5, and OSError.
    """
    recipe = made_with(vocabulary)
    files = [held_by(parent / name) if parent else None for name in (MAIN, RECENT, NEWEST)]
    main, recent, newest = (file if file and file.made == recipe else None for file in files)
    plan = plan_of(main, recent, graphs, sizes, newest)
    (made / MAIN).parent.mkdir(exist_ok=True)
    with as_disk_error():
        for name, old, fresh in (
            (MAIN, plan.main, plan.to_main),
            (RECENT, plan.recent, plan.to_recent),
            (NEWEST, plan.newest, plan.to_newest),
        ):
            if old is not None and not fresh:
                link(old, made / name)
            elif fresh or name == MAIN:
                _write(made / name, old, fresh, graphs, read, recipe)


@contextlib.contextmanager
def adding_to_new(
    made: Path, vocabulary: str
) -> Iterator[Callable[[NamedGraph, str, Sayings], None]]:
    """Make the index of a first edition in the folder ``made``; yield what adds a graph.

    A graph is added with its digest and what it says. Raises as :func:`write_index` does.
    """
    (made / MAIN).parent.mkdir(exist_ok=True)
    terms = own_vocabulary()
    recipe = made_with(vocabulary)
    with as_disk_error(), Index(made / MAIN, made=recipe, many=True) as index:
        yield lambda graph, digest, said: index.add(graph, digest, terms, said)
        index.finish()


def plan_of(
    main: Held | None,
    recent: Held | None,
    graphs: Graphs,
    sizes: Mapping[str, int],
    newest: Held | None = None,
) -> Plan:
    """Decide what becomes of the files: as little as keeps the large one mostly current."""
    wanted = set(graphs.items())
    total = sum(sizes[name] for name, _ in wanted)
    if main is None or main.triples > 2 * total:
        return Plan(None, None, to_main=tuple(sorted(graphs)))
    beside = tuple(sorted(name for name, _ in wanted - set(main.graphs)))
    if not beside:
        return Plan(main.path, None)
    after = _missing(recent, beside, graphs)
    fresh = _missing(newest, after, graphs)
    held = sum(file.triples for file in (recent, newest) if file)
    if (held + _size(fresh, sizes)) * _SHARE > main.triples:
        return Plan(main.path, None, to_main=beside)
    if recent is None or recent.triples <= _QUICK:
        return Plan(main.path, recent.path if recent else None, to_recent=after)
    grown = (newest.triples if newest else 0) + _size(fresh, sizes)
    if grown > max(_QUICK, recent.triples // _NEWEST):
        return Plan(main.path, recent.path, to_recent=after)
    kept = newest.path if newest and after else None
    return Plan(main.path, recent.path, newest=kept, to_newest=fresh)


def _missing(held: Held | None, names: Iterable[str], graphs: Graphs) -> tuple[str, ...]:
    """Return those of the names whose current graphs a file does not hold."""
    return tuple(n for n in names if held is None or (n, graphs[n]) not in held.graphs)


def _size(names: Iterable[str], sizes: Mapping[str, int]) -> int:
    return sum(sizes[name] for name in names)


def _write(
    path: Path,
    old: Path | None,
    names: tuple[str, ...],
    graphs: Graphs,
    read: Callable[[str], NamedGraph],
    recipe: str,
) -> None:
    """Write an index file: a copy of the old one with more graphs, or a new one."""
    if old is not None:
        shutil.copyfile(old, path)
    vocabulary = own_vocabulary()
    with Index(path, made=recipe) as index:
        for name in names:
            index.add(read(name), graphs[name], vocabulary)
        if old is None:
            index.finish()


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(read_only(path), uri=True)
