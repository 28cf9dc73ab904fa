"""Publishing: graphs in, one new edition out, or nothing changed and the reason why."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from competency.graph.editions.directory import KEEP, DataDirectory
from competency.graph.editions.disk import said_plainly
from competency.graph.editions.draft import Draft, refuse_vocabulary
from competency.graph.editions.gate import judge_change
from competency.graph.incoming import Incoming
from competency.graph.judging import FOLDER, Cache, Progress, judge_all, own_rules
from competency.graph.reasoning import refuse_inferred
from competency.graph.store import NamedGraph
from competency.shapes import Report


@dataclass(frozen=True)
class Publication:
    """What came of publishing.

    ``edition`` is the name of the edition that is now published, or None when the gate said no;
    ``changed`` are the graphs that differ from before; ``report`` is what the gate found, None
    where it was off or had nothing to look at.
    """

    edition: str | None
    changed: tuple[str, ...]
    report: Report | None = None

    @property
    def published(self) -> bool:
        """Say whether the data are published, which is so too when nothing had changed."""
        return self.edition is not None


def publish(
    directory: DataDirectory,
    graphs: Iterable[NamedGraph] = (),
    *,
    remove: Iterable[str] = (),
    gate: bool = True,
    note: str = "",
    keep: int = KEEP,
) -> Publication:
    """Put graphs in the place of those of their names, take others out, and publish the result.

    All of it or nothing: a violation of the shapes refuses the whole, and a crash or a full disk
    at any moment leaves the edition before. Publishers wait for each other. Raises SourceError,
    EditionError or GraphRefused, and then nothing has changed.

        publish(DataDirectory("data"), KnowledgeGraph("my.ttl").graphs())
    """
    found, gone = list(graphs), list(remove)
    refuse_vocabulary((*(graph.name for graph in found), *gone))

    def change(draft: Draft) -> None:
        for name in gone:
            draft.remove(name)
        for graph in found:
            draft.put(graph)

    return publish_change(directory, change, gate=gate, note=note, keep=keep)


def publish_change(
    directory: DataDirectory,
    change: Callable[[Draft], None],
    *,
    gate: bool = True,
    note: str = "",
    keep: int = KEEP,
) -> Publication:
    """Publish what ``change`` makes of the draft; see :func:`publish`.

    ``change`` puts and removes graphs, or works on ``draft.store`` and says which graphs changed.
    """
    with _drafting(directory) as draft:
        change(draft)
        refuse_inferred(graph for graph in draft.changed.values() if graph is not None)
        if not draft.changed and draft.parent is not None:
            return Publication(draft.parent.id, ())
        changed = tuple(sorted(draft.changed))
        report = _judged(draft) if gate else None
        if report is not None and not report.conforms:
            return Publication(None, changed, report)
        with said_plainly(directory.path):
            draft.write()
            with draft.commit(note, keep=keep) as edition:
                return Publication(edition.id, changed, report)


def publish_first(
    directory: DataDirectory,
    graphs: Callable[[Path], Incoming],
    *,
    gate: bool = True,
    note: str = "",
    keep: int = KEEP,
    progress: Progress | None = None,
) -> Publication | None:
    """Publish graphs into a directory that is new, one after the other, none kept in memory.

    What comes of it is what :func:`publish` makes. ``graphs`` gives them, each when it is asked
    for, and may use the folder that it is told; ``progress`` hears of the triples that the gate
    has judged. None where something is published there already: then use :func:`publish`.

        publish_first(DataDirectory("new"), lambda folder: Incoming(files, folder, base))
    """
    with _drafting(directory) as draft:
        if draft.parent is not None:
            return None
        found = graphs(draft.folder)
        with said_plainly(directory.path):
            draft.fill(found)
        report = _judged_first(draft, progress) if gate else None
        changed = tuple(sorted(found))
        if report is not None and not report.conforms:
            return Publication(None, changed, report)
        with said_plainly(directory.path), draft.commit(note, keep=keep) as edition:
            return Publication(edition.id, changed, report)


def _judged_first(draft: Draft, progress: Progress | None) -> Report:
    """Return what the shapes find in a draft that has been filled."""
    filling = draft.filling
    sizes = {name: entry.triples for name, entry in filling.graphs.items()} if filling else {}
    cache = Cache(draft.directory.path / FOLDER)
    return judge_all(
        draft.filled, lambda: draft.store, own_rules(), sizes=sizes, cache=cache, progress=progress
    )


def _judged(draft: Draft) -> Report | None:
    parent, cache = draft.parent, Cache(draft.directory.path / FOLDER)
    if parent is None:
        return judge_change(draft.changed, {}, cache=cache)
    return judge_change(draft.changed, parent.graphs, parent.store, cache=cache)


@contextlib.contextmanager
def _drafting(directory: DataDirectory) -> Iterator[Draft]:
    with directory.publishing():
        with said_plainly(directory.path):
            draft = Draft(directory)
        try:
            yield draft
        finally:
            draft.close()
