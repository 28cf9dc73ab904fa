"""What a data directory was: the editions it still has, and the versions of a graph in them.

An edition in which a graph is as it was in the one before is no version of that graph. All of this
comes from the manifests, each read once, since editions never change; what stays the same from
edition to edition is kept in memory once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from competency.errors import NotFound
from competency.graph.editions.directory import DataDirectory
from competency.graph.editions.entries import rows_of
from competency.graph.editions.manifest import NAME, parse_members
from competency.graph.editions.scanning import mentions

_SETTLED = 1.0  # seconds after which the time of a folder tells every later change apart
_Value = TypeVar("_Value", str, "GraphState")


@dataclass(frozen=True, slots=True)
class GraphState:
    """A graph in one edition: its digest, its file there, its size, and what it is called."""

    sha256: str
    file: str
    triples: int
    title: str | None = None
    version: str | None = None
    iri: str | None = None


@dataclass(frozen=True, eq=False)
class PastEdition:
    """What is remembered of an edition; ``created`` is UTC, to the second, as HTTP has it."""

    name: str
    folder: Path
    parent: str | None
    created: datetime
    note: str
    graphs: Mapping[str, GraphState]

    @property
    def number(self) -> int:
        """Return the number that people call the edition by."""
        return int(self.name)

    @property
    def triples(self) -> int:
        """Return the number of triples, in all graphs."""
        return sum(state.triples for state in self.graphs.values())

    @property
    def frameworks(self) -> int:
        """Return the number of graphs that hold a framework."""
        return sum(1 for state in self.graphs.values() if state.iri)


@dataclass(frozen=True)
class Version:
    """A graph as it became with an edition; ``state`` is None where it was taken out then."""

    edition: PastEdition
    state: GraphState | None


@dataclass(frozen=True)
class EditionChanges:
    """The graphs that came, went and changed with an edition, since the edition ``before``."""

    before: PastEdition | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


class History:
    """The editions that a data directory has, and the versions of its graphs.

    history = History(DataDirectory("data"))
    [version.edition.name for version in history.versions("https://example.org/my-framework")]
    """

    def __init__(self, directory: DataDirectory) -> None:
        """Look at ``directory``; nothing is read before it is asked for."""
        self.directory = directory
        self._lock = threading.Lock()
        self._read: dict[str, tuple[int, PastEdition | None]] = {}
        self._shared: dict[object, object] = {}
        self._editions: tuple[PastEdition, ...] = ()
        self._seen = 0
        self._versions = lru_cache(maxsize=2000)(_versions)
        self._changes = lru_cache(maxsize=200)(_changes)
        self._mentioned = lru_cache(maxsize=20_000)(mentions)

    # ------------------------------------------------------------------ editions

    def editions(self) -> tuple[PastEdition, ...]:
        """Return the editions there are, the oldest first; one whose manifest is bad is left out.

        Old ones may be gone; :attr:`older_gone` says so.
        """
        with self._lock:
            try:
                changed = self.directory.editions_folder.stat().st_mtime_ns
            except OSError:
                return ()
            if changed != self._seen:
                self._look()
                settled = time.time_ns() - changed > _SETTLED * 1e9
                self._seen = changed if settled else 0
            return self._editions

    def edition(self, name: str) -> PastEdition:
        """Return an edition by its name, leading zeros or none; NotFound lists those there are."""
        found = {item.name: item for item in self.editions()}
        if name.zfill(6) not in found:
            raise NotFound("edition", name, [*found][-5:])
        return found[name.zfill(6)]

    @property
    def older_gone(self) -> bool:
        """Say whether there were editions before the oldest that is left."""
        found = self.editions()
        return bool(found) and found[0].number > 1

    def before(self, edition: PastEdition) -> PastEdition | None:
        """Return the edition that one was made from, else the nearest older one that is left."""
        older = [item for item in self.editions() if item.name < edition.name]
        made_from = (item for item in older if item.name == edition.parent)
        return next(made_from, older[-1] if older else None)

    def changes(self, edition: PastEdition) -> EditionChanges:
        """Return which graphs came, went and changed with an edition."""
        return self._changes(self.before(edition), edition)

    def published_at(self, moment: datetime) -> PastEdition | None:
        """Return the edition that was published at a moment: the first one for any time before.

        Since the pointer moved last it is the current one, also where that is an older edition
        which was published again.
        """
        editions, current = self.editions(), self.directory.pointed_at()
        try:
            flipped = self.directory.pointer.stat().st_mtime
        except OSError:
            flipped = float("inf")
        if moment.timestamp() >= flipped:
            found = [item for item in editions if item.name == current]
        else:
            found = [item for item in editions if item.created <= moment]
        return next(iter(found[-1:] or editions[:1]), None)

    # ------------------------------------------------------------------ graphs

    def versions(self, graph: str) -> tuple[Version, ...]:
        """Return the versions of a graph, the oldest first; of nothing there are none.

        The oldest may be older than its edition, where :attr:`older_gone`.
        """
        return self._versions(graph, self.editions())

    def versions_with(self, graph: str, iri: str) -> tuple[Version, ...]:
        """Return those versions of a graph in which it says something of a thing."""
        found = (item for item in self.versions(graph) if item.state is not None)
        if iri == graph:
            return tuple(found)
        return tuple(item for item in found if self.says(item.edition, graph, iri))

    def says(self, edition: PastEdition, graph: str, iri: str) -> bool:
        """Say whether a graph has a statement about a thing in an edition; no store is opened."""
        state = edition.graphs.get(graph)
        return state is not None and self._mentioned(edition.folder / state.file, iri)

    # ------------------------------------------------------------------ reading

    def _look(self) -> None:
        """Read the manifests that are new and forget those of editions that are gone."""
        read: dict[str, tuple[int, PastEdition | None]] = {}
        for name in self.directory.names():
            folder = self.directory.editions_folder / name
            try:
                written = (folder / NAME).stat().st_mtime_ns
            except OSError:
                continue
            known = self._read.get(name)
            read[name] = known if known and known[0] == written else (written, self._recall(folder))
        if read != self._read:
            self._read = read
            self._editions = tuple(item for _, item in read.values() if item is not None)
            self._versions.cache_clear()
            self._changes.cache_clear()
            self._keep_only_what_is_used()

    def _recall(self, folder: Path) -> PastEdition | None:
        """Read what a manifest says, without its digest: whoever opens the edition checks that."""
        try:
            said = parse_members((folder / NAME).read_bytes())
            files = rows_of(said["files"])
            graphs = {
                self._once(name): self._state(row, files[row["file"]]["sha256"])
                for name, row in rows_of(said["graphs"]).items()
            }
            created = datetime.fromisoformat(said["created"]).astimezone(UTC)
            return PastEdition(
                name=folder.name,
                folder=folder,
                parent=said["parent"],
                created=created.replace(microsecond=0),
                note=str(said["note"]),
                graphs=graphs,
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def _state(self, row: Mapping[str, object], digest: str) -> GraphState:
        summary = row["summary"]
        told = summary if isinstance(summary, dict) else {}
        state = GraphState(
            sha256=digest,
            file=str(row["file"]),
            triples=int(str(row["triples"])),
            title=told.get("title"),
            version=told.get("version"),
            iri=told.get("iri"),
        )
        return self._once(state)

    def _once(self, value: _Value) -> _Value:
        """Return the equal value that is kept already, or keep this one."""
        return cast(_Value, self._shared.setdefault(value, value))

    def _keep_only_what_is_used(self) -> None:
        """Forget what only editions said that are gone."""
        kept: dict[object, object] = {}
        for edition in self._editions:
            for name, state in edition.graphs.items():
                kept[name], kept[state] = name, state
        self._shared = kept


def _versions(graph: str, editions: tuple[PastEdition, ...]) -> tuple[Version, ...]:
    found: list[Version] = []
    last: GraphState | None = None
    for edition in editions:
        state = edition.graphs.get(graph)
        if (state and state.sha256) != (last and last.sha256):
            found.append(Version(edition, state))
        last = state
    return tuple(found)


def _changes(before: PastEdition | None, edition: PastEdition) -> EditionChanges:
    old: Mapping[str, GraphState] = before.graphs if before else {}
    new = edition.graphs
    return EditionChanges(
        before,
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        changed=tuple(name for name in new if name in old and new[name].sha256 != old[name].sha256),
    )
