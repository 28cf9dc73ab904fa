"""The index of an edition in two files: a large one that stays, and what was added since.

Both are made once and never written again. The next edition gives the large file a second name and
copies the small one to add the graphs that changed; once the small one has grown past a fifth of
the large one, the large one is copied and gets the additions. Rows of graphs that are no longer
current stay until they are the larger part, and are ignored: so publishing costs what changed.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from competency.graph.search.index import LAYOUT, Index, as_disk_error, made_with
from competency.graph.store import NamedGraph
from competency.ontology import own_vocabulary

MAIN, RECENT = "search/main.db", "search/recent.db"
_SHARE = 5  # a part of this size and no more is added beside the large file

Graphs = Mapping[str, str]  # the digest of each graph, by name


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


def held_by(path: Path) -> Held | None:
    """Return what a file of the index holds, or None where it is none that we can read."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(_opened(path)) as file:
        if file.execute("PRAGMA user_version").fetchone()[0] != LAYOUT:
            return None
        made = file.execute("SELECT made FROM made").fetchone()[0]
        rows = file.execute("SELECT name, digest, triples FROM graphs")
        return Held(path, made, {(name, digest): size for name, digest, size in rows})
    return None


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
    files = [held_by(parent / name) if parent else None for name in (MAIN, RECENT)]
    usable = [file if file and file.made == recipe else None for file in files]
    plan = plan_of(usable[0], usable[1], graphs, sizes)
    (made / MAIN).parent.mkdir(exist_ok=True)
    with as_disk_error():
        for name, old, fresh in (
            (MAIN, plan.main, plan.to_main),
            (RECENT, plan.recent, plan.to_recent),
        ):
            if old is not None and not fresh:
                link(old, made / name)
            elif fresh or name == MAIN:
                _write(made / name, old, fresh, graphs, read, recipe)


def plan_of(
    main: Held | None, recent: Held | None, graphs: Graphs, sizes: Mapping[str, int]
) -> Plan:
    """Decide what becomes of the two files: as little as keeps the large one mostly current."""
    wanted = set(graphs.items())
    total = sum(sizes[name] for name, _ in wanted)
    if main is None or main.triples > 2 * total:
        return Plan(None, None, to_main=tuple(sorted(graphs)))
    beside = tuple(sorted(name for name, _ in wanted - set(main.graphs)))
    had = set(recent.graphs) if recent else set()
    fresh = tuple(name for name in beside if (name, graphs[name]) not in had)
    grown = (recent.triples if recent else 0) + sum(sizes[name] for name in fresh)
    if not beside:
        return Plan(main.path, None)
    if grown * _SHARE > main.triples:
        return Plan(main.path, None, to_main=beside)
    return Plan(main.path, recent.path if recent else None, to_recent=fresh)


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
