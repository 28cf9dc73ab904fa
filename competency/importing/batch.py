"""Many files in one go: each framework into a file of its own, and one bad file stops nothing."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from competency.documents import Options
from competency.errors import CompetencyError, SourceError
from competency.exchange.imported import Remark
from competency.formats import by_name
from competency.graph import NamedGraph, serialize, write_file
from competency.importing.brought import Brought
from competency.importing.files import file_of, known_suffixes
from competency.importing.importing import import_path
from competency.importing.lists import beside, listed
from competency.importing.naming import Places
from competency.importing.planning import FilePlan, plan_of

Progress = Callable[[int, int], None]
_TURTLE = by_name("turtle")


@dataclass
class Framework:
    """A framework of a batch: its IRI, its parts, its file, and what became of that.

    ``state`` is ``new``, ``unchanged``, ``overwritten``, ``differs`` (there already, and not
    overwritten yet) or ``the same as FILE``; ``plan`` says what overwriting changes.
    """

    iri: str
    parts: int
    path: Path
    state: str
    plan: FilePlan | None = None
    whole: bool = True  # a scale of levels alone is none


@dataclass
class Row:
    """What came of one file: its format and frameworks, or a fault in one line or several.

    ``skipped`` is why a file of a folder was left alone, which is no fault.
    """

    path: Path
    name: str
    format: str = ""
    frameworks: list[Framework] = field(default_factory=list)
    remarks: tuple[Remark, ...] = ()
    doubts: int = 0
    faults: tuple[str, ...] = ()
    skipped: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the row as plain values, ready for JSON."""
        return {
            "file": str(self.path),
            "format": self.format or None,
            "frameworks": [
                {
                    "iri": one.iri,
                    "parts": one.parts,
                    "file": str(one.path),
                    "state": one.state,
                    "plan": one.plan.counts if one.plan else None,
                }
                for one in self.frameworks
            ],
            "remarks": [
                {"kept": r.kept.value, "where": r.where, "what": r.what} for r in self.remarks
            ],
            "doubts": self.doubts,
            "faults": list(self.faults),
            "skipped": self.skipped or None,
        }


@dataclass
class Batch:
    """What came of all files; ``waiting`` is what would overwrite a file, and needs leave."""

    rows: list[Row] = field(default_factory=list)
    waiting: list[tuple[Row, Framework, bytes]] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Say whether a file could not be read or written."""
        return any(row.faults for row in self.rows)

    def overwrite(self) -> None:
        """Write what waits over the files that are there."""
        for row, framework, data in self.waiting:
            try:
                write_file(framework.path, data)
                framework.state = "overwritten"
            except SourceError as error:
                row.faults += (str(error),)
        self.waiting = []

    def refuse(self) -> None:
        """Leave the files that are there as they are; each is a fault."""
        for row, framework, _ in self.waiting:
            row.faults += (f"{framework.path}: is there already; --yes overwrites it",)
        self.waiting = []


def import_all(
    sources: Sequence[Path],
    out: Path,
    options: Options | None = None,
    format: str | None = None,
    *,
    dry: bool = False,
    progress: Progress = lambda done, total: None,
) -> Batch:
    """Bring in files, and all files of folders; write each framework into a file in ``out``.

    A list of CFDocuments stands for the packages beside it. A file that cannot be read is a row
    with its fault. With ``dry`` nothing is written, and states say what would be. Raises
    SourceError where ``out`` is no folder, or where a folder is to be read and written.

        import_all([Path("packages")], Path("frameworks")).failed
    """
    _check_out(sources, out)
    return _Importer(out, options or Options(), format, dry).run(sources, progress)


class _Importer:
    """The files that wait, and what was met before."""

    def __init__(self, out: Path, options: Options, format: str | None, dry: bool) -> None:
        self._out, self._options, self._format, self._dry = out, options, format, dry
        self._places = Places(out)
        self._seen: dict[tuple[str, str], tuple[str, Path]] = {}  # by IRI and digest
        self._batch = Batch()
        self._queue: deque[tuple[Path, str, bool]] = deque()

    def run(self, sources: Sequence[Path], progress: Progress) -> Batch:
        known: set[Path] = set()

        def add(path: Path, name: str, asked: bool) -> None:
            if (key := path.absolute()) not in known:
                known.add(key)
                self._queue.append((path, name, asked))

        for source in sources:
            for path in _files(source, self._out):
                add(path, _name(path, source), path == source)
        while self._queue:
            progress(len(self._batch.rows), len(self._batch.rows) + len(self._queue))
            path, name, asked = self._queue.popleft()
            row = Row(path, name)
            self._batch.rows.append(row)
            try:
                for more in self._one(row, asked):
                    add(more, more.name, True)
            except CompetencyError as error:
                row.faults = (str(error), *getattr(error, "more", ()))
        return self._batch

    def _one(self, row: Row, asked: bool) -> list[Path]:
        """Bring one file in; return the files that it stands for, if it is a list."""
        if not asked and row.path.suffix.lower() not in known_suffixes():
            row.skipped = "nothing of this suffix is read"
            return []
        wanted = listed(file_of(row.path)) if self._format is None else None
        if wanted is not None:
            here = beside(row.path, wanted)
            row.format = f"list of {len(wanted)} CFDocuments"
            missing = [one for one in wanted if one not in here]
            row.faults = tuple(one.how(row.path.parent) for one in missing)
            return [here[one] for one in wanted if one in here]
        self._take(row, import_path(row.path, self._options, self._format).light())
        return []

    def _take(self, row: Row, found: Brought) -> None:
        row.format, row.remarks, row.doubts = found.format.name, found.remarks, found.doubts
        for graph in found.graphs:
            self._place(row, graph, found.parts[graph.name])
            row.frameworks[-1].whole = graph.name in found.frameworks

    def _place(self, row: Row, graph: NamedGraph, parts: int) -> None:
        """Write a framework, or have it wait where its file is there and differs."""
        data = serialize(graph, _TURTLE)
        digest = sha256(data).hexdigest()
        if known := self._seen.get((graph.name, digest)):
            state = f"the same as {known[0]}"
            row.frameworks.append(Framework(graph.name, parts, known[1], state))
            return
        path = self._places.of(graph.name, row.path)
        self._seen[graph.name, digest] = (row.name, path)
        framework = Framework(graph.name, parts, path, "new")
        row.frameworks.append(framework)
        if path.exists():
            framework.plan = plan_of(path, [graph], _TURTLE, self._options.base)
            framework.state = "unchanged" if framework.plan.empty else "differs"
            if framework.state == "differs" and not self._dry:
                self._batch.waiting.append((row, framework, data))
        elif not self._dry:
            _make(self._out)
            write_file(path, data)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceError(str(folder), error.strerror or "cannot be made") from error


def _check_out(sources: Sequence[Path], out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise SourceError(str(out), "is a file; several frameworks go into a folder: -o FOLDER")
    for source in sources:
        if source.is_dir() and out.exists() and source.samefile(out):
            raise SourceError(str(out), "is the folder that is read; name another one with -o")


def _files(source: Path, out: Path) -> list[Path]:
    """Return a file, or the files of a folder and of those in it; hidden ones and ``out`` not."""
    if not source.is_dir():
        return [source]
    found = []
    for folder, folders, names in os.walk(source):
        place = Path(folder)
        folders[:] = sorted(
            name for name in folders if _is_seen(name) and not _is_same(place / name, out)
        )
        found += [place / name for name in sorted(names) if _is_seen(name)]
    return [path for path in found if path.is_file()]


def _is_seen(name: str) -> bool:
    return not name.startswith((".", "~$", "__MACOSX"))


def _is_same(path: Path, out: Path) -> bool:
    return out.exists() and path.samefile(out)


def _name(path: Path, source: Path) -> str:
    return str(path.relative_to(source)) if path != source else str(path)
