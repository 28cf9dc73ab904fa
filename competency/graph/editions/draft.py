"""The next edition in the making: a private copy of the store, and the graphs that change.

Making one costs what changes, not what is held: files of the parent that stay as they are get a
second name (a hard link), and so does what the store's checkpoint shares with its parent's.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from competency._files import folder
from competency.errors import GraphRefused
from competency.formats import by_name
from competency.graph.editions.directory import KEEP, DataDirectory
from competency.graph.editions.disk import (
    link_or_copy,
    same_file,
    sha256,
    sync,
    sync_all,
    write_synced,
)
from competency.graph.editions.edition import GRAPHS, INFERRED, SEARCH, STORE, Edition, Graphs
from competency.graph.editions.entries import (
    Entries,
    FileEntry,
    GraphEntry,
    no_files,
    no_graphs,
    rows_of,
)
from competency.graph.editions.filling import Filling, Loading, loading_beside
from competency.graph.editions.inferred import write_inferred
from competency.graph.editions.manifest import NAME, Manifest
from competency.graph.editions.sharing import GraphFiles
from competency.graph.incoming import Incoming
from competency.graph.loading import named_graphs
from competency.graph.reasoning import refuse_names
from competency.graph.search import write_index
from competency.graph.store import OX_FORMATS, NamedGraph, new_store
from competency.graph.summaries import summary_of
from competency.ontology import ONTOLOGY_IRI, own_vocabulary

_BULK = 100_000  # triples from which on new files are written straight, past the journal
_NTRIPLES = OX_FORMATS["ntriples"]


class Draft:
    """A change on its way to an edition; made under :meth:`DataDirectory.publishing`."""

    def __init__(self, directory: DataDirectory) -> None:
        """Start from the current edition, whose files must be there in their full size."""
        self.directory = directory
        self.parent: Edition | None = directory.current()
        self.changed: dict[str, NamedGraph | None] = {}
        self.in_store = False  # whether the private store has the changes already
        self.filling: Filling | None = None  # of a first edition that is made graph by graph
        self._place = directory.work_folder / secrets.token_hex(8)
        self._made, self._private = self._place / "edition", self._place / "private"
        if self.parent is not None:
            self.parent.check(full=False)
        self._place.mkdir(parents=True)

    @cached_property
    def _graph_files(self) -> GraphFiles:
        self._made.mkdir(exist_ok=True)
        return GraphFiles(self.directory.graphs_folder, self._made)

    @cached_property
    def store(self) -> ox.Store:
        """Return the private store, a checkpoint of the parent's; changes go here."""
        if self.parent is not None:
            self.parent.store.backup(str(self._private))
        store = ox.Store(str(self._private))
        text, digest = vocabulary_source()
        if self.parent is None or self.parent.manifest.vocabulary != digest:
            _empty(store, ONTOLOGY_IRI)
            store.extend(named_graphs(text, by_name("turtle"), "ns", ONTOLOGY_IRI)[0].quads())
        return store

    def before(self, name: str) -> NamedGraph | None:
        """Return a graph as the parent holds it, or None."""
        return self.parent.graphs.get(name) if self.parent is not None else None

    def put(self, graph: NamedGraph) -> None:
        """Put a graph in the place of the one of its name; one that is the same changes nothing."""
        fresh = _own_blank_nodes(graph)
        before = self.before(graph.name)
        if before is None or set(before.triples) != set(fresh.triples):
            self.changed[graph.name] = fresh

    def remove(self, name: str) -> None:
        """Take a graph out."""
        if self.before(name) is not None:
            self.changed[name] = None

    def write(self) -> None:
        """Bring the changed graphs into the private store, many triples past its journal."""
        if self.in_store:
            return
        for name in self.changed:
            _empty(self.store, name)
        fresh = [graph for graph in self.changed.values() if graph is not None]
        many = sum(len(graph.triples) for graph in fresh) > _BULK
        quads = chain.from_iterable(graph.quads() for graph in fresh)
        (self.store.bulk_extend if many else self.store.extend)(quads)
        self.in_store = True

    def fill(self, graphs: Incoming) -> None:
        """Make a first edition of graphs, each of which is read once; GraphRefused as for others.

        It takes the place of putting them one by one and of :meth:`write`.
        """
        ahead = graphs.promising()
        with loading_beside(self.store, ahead) as loading:
            refuse_vocabulary(graphs)
            straight = {name for name in graphs if graphs.is_straight(name)}
            loaded = loading if ahead and len(straight) == len(graphs) else None
            if ahead and loaded is None:
                self._begin_anew(loading)
            digest = vocabulary_source()[1]
            with Filling(self._made, self.store, digest, graphs.straight, loaded) as self.filling:
                for name in sorted(graphs):
                    if name in straight:  # and so without blank nodes
                        self.filling.add(graphs[name], straight=True)
                    else:
                        self.filling.add(_own_blank_nodes(graphs[name]))
                self.filling.finish()
        self.in_store = True

    def _begin_anew(self, loading: Loading) -> None:
        """Take an empty private store, once what is still written to the one before has ended."""
        loading.give_up()
        del self.__dict__["store"]
        shutil.rmtree(self._private, ignore_errors=True)  # it may still be closing
        self._private = self._private.with_name("anew")

    @property
    def folder(self) -> Path:
        """Return a folder for what is needed only while the edition is made."""
        return self._place

    @property
    def filled(self) -> Mapping[str, NamedGraph]:
        """Return the graphs that a first edition was filled with, each read when asked for."""
        return Graphs(self._made, self.filling.graphs if self.filling else {})

    def commit(self, note: str, *, keep: int = KEEP) -> Edition:
        """Make the edition of what the private store and :attr:`changed` hold, and publish it."""
        name = f"{int(max(self.directory.names(), default='0')) + 1:06}"
        made = self._made
        made.mkdir(exist_ok=True)
        self.store.flush()
        self.store.backup(str(made / STORE))
        quads = self._quads()
        del self.__dict__["store"]
        graphs, files = self._written(made)
        self._graph_files.join()
        self._take_in(STORE, made, files)
        manifest = self._manifest(name, note, quads, graphs, files)
        write_synced(made / NAME, manifest.to_json())
        for place in (*(made / part for part in (STORE, SEARCH, INFERRED)), made):
            sync(place)
        self._publish(made, self.directory.editions_folder / name)
        self.directory.prune(keep)
        edition = Edition(self.directory.editions_folder / name, manifest)
        self.directory.remember(edition)
        return edition

    def close(self) -> None:
        """Leave no trace of what was not committed."""
        self.__dict__.pop("store", None)
        if "_graph_files" in self.__dict__ and self._made.exists():  # else an edition has them
            self._graph_files.forget()
        if self.parent is not None:
            self.parent.close()
        shutil.rmtree(self.directory.work_folder, ignore_errors=True)

    def _publish(self, made: Path, target: Path) -> None:
        """Give the edition its place and move the pointer to it, or leave neither."""
        made.rename(target)
        try:
            sync(target.parent)
            self.directory.flip(target.name)
        except OSError:
            shutil.rmtree(target, ignore_errors=True)
            self._graph_files.forget()
            raise

    def _quads(self) -> int:
        """Return how many quads the store holds, counting only what changed."""
        if self.parent is None:
            return len(self.store)
        gained = (_held(self.changed[name]) - _held(self.before(name)) for name in self.changed)
        quads = self.parent.manifest.quads + sum(gained)
        if self.parent.manifest.vocabulary != vocabulary_source()[1]:
            quads += _count(self.store, ONTOLOGY_IRI) - _count(self.parent.store, ONTOLOGY_IRI)
        return quads

    def _written(self, made: Path) -> tuple[Entries[GraphEntry], Entries[FileEntry]]:
        """Write all files but those of the store, unless they are there already."""
        if self.filling is not None:
            sync_all(self.directory.path)
            return self.filling.graphs, self.filling.files
        files = no_files()
        graphs = self._write_graphs(files)
        self._write_index(made, graphs, files)
        files.update(self._write_inferred(made, graphs))
        self._take_in(SEARCH, made, files)
        return graphs, files

    def _write_graphs(self, files: Entries[FileEntry]) -> Entries[GraphEntry]:
        """Write the changed graphs; those that stay have their files already."""
        graphs = no_graphs()
        if self.parent is not None:
            said = self.parent.manifest
            graphs.take(said.graphs, but=self.changed)
            staying = {row["file"] for row in graphs.rows.values()}
            files.take(said.files, but=rows_of(said.files).keys() - staying)
            names = (file.removeprefix(GRAPHS + "/") for file in staying)
            self._graph_files.keep(names, self.parent.folder)
        vocabulary = own_vocabulary()
        for name, graph in self.changed.items():
            if graph is not None and (graph.triples or name):
                data = ox.serialize(graph.triples, format=_NTRIPLES) or b""
                digest = hashlib.sha256(data).hexdigest()
                file = f"{GRAPHS}/{digest[:40]}.nt"
                if file not in files:
                    self._graph_files.put(f"{digest[:40]}.nt", data)
                    files[file] = FileEntry(digest, len(data))
                summary = summary_of(graph, vocabulary)
                graphs[name] = GraphEntry(file, len(graph.triples), summary)
        return graphs.in_order()

    def _write_index(
        self, made: Path, graphs: Entries[GraphEntry], files: Entries[FileEntry]
    ) -> None:
        """Write the search index: what changed is added to what the parent has."""
        rows = graphs.rows
        write_index(
            self.parent.folder if self.parent else None,
            made,
            {name: files.rows[row["file"]]["sha256"] for name, row in rows.items()},
            {name: row["triples"] for name, row in rows.items()},
            self._now,
            vocabulary_source()[1],
            link_or_copy,
        )

    def _write_inferred(self, made: Path, graphs: Iterable[str]) -> dict[str, FileEntry]:
        """Write what follows from each graph that changed."""
        parent = self.parent.folder if self.parent else None
        known = self.parent.manifest.files if self.parent else {}
        return write_inferred(parent, known, made, graphs, self.changed, self._now)

    def _now(self, name: str) -> NamedGraph:
        """Return a graph as the next edition will have it."""
        return self.changed.get(name) or self.before(name) or NamedGraph(name, ())

    def _take_in(self, place: str, made: Path, files: Entries[FileEntry]) -> None:
        """Note the digests of the files in a folder; those shared with the parent are known."""
        known = self.parent.manifest.files if self.parent else {}
        fresh: list[Path] = []
        for path in sorted((made / place).iterdir()):
            name = f"{place}/{path.name}"
            if self.parent and name in known and same_file(path, self.parent.folder / name):
                files[name] = known[name]
            else:
                fresh.append(path)
        with ThreadPoolExecutor(2, "hashing") as threads:  # neither the disk nor a sum needs Python
            for path, entry in zip(fresh, threads.map(_brought, fresh), strict=True):
                files[f"{place}/{path.name}"] = entry

    def _manifest(
        self,
        name: str,
        note: str,
        quads: int,
        graphs: Entries[GraphEntry],
        files: Entries[FileEntry],
    ) -> Manifest:
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        return Manifest(
            edition=name,
            parent=self.parent.id if self.parent else None,
            created=now.replace("+00:00", "Z"),
            note=note,
            base=self.directory.base,
            vocabulary=vocabulary_source()[1],
            quads=quads,
            graphs=graphs,
            files=files,
        )


def vocabulary_source() -> tuple[bytes, str]:
    """Return the ontology that a store holds beside the graphs, and its SHA-256."""
    data = (folder("ontology") / "competency.ttl").read_bytes()
    return data, hashlib.sha256(data).hexdigest()


def refuse_vocabulary(names: Iterable[str]) -> None:
    """Refuse a graph of the name of the vocabulary, or of what follows from a graph."""
    found = [*names]
    if ONTOLOGY_IRI in found:
        raise GraphRefused(ONTOLOGY_IRI, "is the vocabulary's own; name yours otherwise")
    refuse_names(found)


def _brought(path: Path) -> FileEntry:
    """Bring a file to the disk; return what the manifest says of it."""
    sync(path)
    return FileEntry(sha256(path), path.stat().st_size)


def _empty(store: ox.Store, name: str) -> None:
    """Take a graph out of a store."""
    if name:
        store.remove_graph(ox.NamedNode(name))
    else:
        store.clear_graph(ox.DefaultGraph())


def _held(graph: NamedGraph | None) -> int:
    """Return how many quads a store makes of a graph: for it, some literals are the same."""
    return len(new_store([graph])) if graph is not None else 0


def _count(store: ox.Store, name: str) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, None, None, ox.NamedNode(name)))


def _own_blank_nodes(graph: NamedGraph) -> NamedGraph:
    """Name the blank nodes after their graph, so that no two graphs of a store share one."""
    if b"_:" not in (ox.serialize(graph.triples, format=_NTRIPLES) or b""):
        return graph
    start = "b" + hashlib.sha256(graph.name.encode()).hexdigest()[:10] + "n"
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(term: Any) -> Any:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term, ox.BlankNode(f"{start}{len(names) + 1}"))
        return term

    rows = [(named(t.subject), t.predicate, named(t.object)) for t in graph.triples]
    return NamedGraph(graph.name, (ox.Triple(*row) for row in rows)) if names else graph
