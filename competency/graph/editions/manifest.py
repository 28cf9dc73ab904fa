"""The manifest of an edition: what it holds, where it came from, and a digest of every file.

It is JSON. The digest of the edition is the SHA-256 of all other members in canonical form, and
these hold the digest of each file; so one number vouches for the whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from competency.errors import EditionError
from competency.graph.summaries import Summary

FORMAT = 1
_PLACE, _NEXT = b',"digest":"', b',"edition":'  # what comes before the digest, and behind it
NAME = "manifest.json"

Row = dict[str, Any]  # an entry as JSON has it
Entry = TypeVar("Entry")


@dataclass(frozen=True)
class FileEntry:
    """A file of an edition: its SHA-256 in hexadecimal and its size in bytes."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class GraphEntry:
    """A named graph: the file that holds it as authored, its size, and what people call it."""

    file: str
    triples: int
    summary: Summary | None = None


@dataclass(frozen=True)
class Manifest:
    """What an edition says of itself; ``graphs`` are by IRI, ``files`` by path in the edition.

    ``quads`` is the number in the store, the vocabulary among them; ``vocabulary`` the digest of
    the ontology that the store holds beside the graphs; ``created`` a UTC time (ISO 8601).
    """

    edition: str
    parent: str | None
    created: str
    note: str
    base: str
    vocabulary: str
    quads: int
    graphs: Mapping[str, GraphEntry] = field(default_factory=dict)
    files: Mapping[str, FileEntry] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def triples(self) -> int:
        """Return the number of triples as authored, in all graphs."""
        return sum(row["triples"] for row in rows_of(self.graphs).values())

    def to_json(self) -> bytes:
        """Return the manifest with its digest, as it is written."""
        text = _text(self._members())
        before, after = text.split(_NEXT, 1)  # the digest comes where it stands in order
        digest = hashlib.sha256(text).hexdigest().encode()
        return before + _PLACE + digest + b'"' + _NEXT + after

    @property
    def digest(self) -> str:
        """Return the SHA-256 that vouches for the edition and every file of it."""
        return hashlib.sha256(_text(self._members())).hexdigest()

    def sha256_of(self, graph: str) -> str:
        """Return the digest of one graph as authored: the same triples, the same digest."""
        return self.files[self.graphs[graph].file].sha256

    @property
    def digests(self) -> dict[str, str]:
        """Return the digest of each graph as authored, by name."""
        files = rows_of(self.files)
        return {name: files[row["file"]]["sha256"] for name, row in rows_of(self.graphs).items()}

    def _members(self) -> dict[str, Any]:
        return vars(self) | {"graphs": rows_of(self.graphs), "files": rows_of(self.files)}


class Entries(MutableMapping[str, Entry]):
    """Entries by name, each made of its row of JSON when it is asked for.

    So a manifest of thousands of frameworks is read and written without making them all.
    """

    def __init__(self, make: Callable[..., Entry], rows: Mapping[str, Row] | None = None) -> None:
        """Make entries with ``make``; ``rows`` are those that there are."""
        self.rows: dict[str, Row] = dict(rows or {})
        self._make = make

    def take(self, other: Mapping[str, Entry], name: str) -> None:
        """Take an entry over as it is."""
        self.rows[name] = other.rows[name] if isinstance(other, Entries) else _row(other[name])

    def in_order(self) -> Entries[Entry]:
        """Return the same entries in the order of their names."""
        return Entries(self._make, dict(sorted(self.rows.items())))

    def __getitem__(self, name: str) -> Entry:
        return self._make(**self.rows[name])

    def __setitem__(self, name: str, entry: Entry) -> None:
        self.rows[name] = _row(entry)

    def __delitem__(self, name: str) -> None:
        del self.rows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, name: object) -> bool:
        return name in self.rows


def no_files() -> Entries[FileEntry]:
    """Return a table of files that is to be filled."""
    return Entries(FileEntry)


def no_graphs() -> Entries[GraphEntry]:
    """Return a table of graphs that is to be filled."""
    return Entries(_graph)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of an edition's folder; EditionError where it was altered or cut."""
    path, edition = folder / NAME, folder.name
    try:
        data = path.read_bytes()
        members: dict[str, Any] = json.loads(data)
        stated = members.pop("digest")
    except FileNotFoundError as error:
        raise EditionError(edition, str(path), "is missing") from error
    except (OSError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise EditionError(edition, str(path), "cannot be read: it was cut or altered") from error
    if not _vouched(data, stated) and stated != hashlib.sha256(_text(members)).hexdigest():
        raise EditionError(edition, str(path), "was altered: its digest is another")
    if members["format"] != FORMAT:
        raise EditionError(
            edition, str(path), f"is of format {members['format']}; this version reads {FORMAT}"
        )
    graphs, files = Entries(_graph, members["graphs"]), Entries(FileEntry, members["files"])
    return Manifest(**(members | {"graphs": graphs, "files": files}))


def _graph(file: str, triples: int, summary: Row | None = None) -> GraphEntry:
    return GraphEntry(file, triples, None if summary is None else Summary(**summary))


def rows_of(entries: Mapping[str, Any]) -> dict[str, Row]:
    """Return entries as JSON has them, by name: quicker for who looks at thousands of them."""
    if isinstance(entries, Entries):
        return entries.rows
    return {name: _row(entry) for name, entry in entries.items()}


def _row(entry: FileEntry | GraphEntry | Any) -> Row:
    """Return an entry as JSON has it."""
    row = dict(vars(entry))
    if row.get("summary") is not None:
        row["summary"] = dict(vars(row["summary"]))
    return row


def _text(members: Mapping[str, Any]) -> bytes:
    text = json.dumps(members, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace('},"', '},\n"').encode() + b"\n"


def _vouched(data: bytes, stated: object) -> bool:
    """Say whether a manifest as it is written has the digest that it states.

    Taking the digest out of the text spares writing all the rest once more.
    """
    said = _PLACE + str(stated).encode() + b'"'
    head, found, tail = data.partition(said)
    return bool(found) and hashlib.sha256(head + tail).hexdigest() == stated
