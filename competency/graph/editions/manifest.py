"""The manifest of an edition: what it holds, where it came from, and a digest of every file.

It is JSON. The digest of the edition is the SHA-256 of all other members in canonical form, and
these hold the digest of each file; so one number vouches for the whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from competency.errors import EditionError
from competency.graph.summaries import Summary

FORMAT = 1
NAME = "manifest.json"


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
        return sum(entry.triples for entry in self.graphs.values())

    def to_json(self) -> bytes:
        """Return the manifest with its digest, as it is written."""
        members = asdict(self)
        return _text(members | {"digest": _digest(members)})

    @property
    def digest(self) -> str:
        """Return the SHA-256 that vouches for the edition and every file of it."""
        return _digest(asdict(self))

    def sha256_of(self, graph: str) -> str:
        """Return the digest of one graph as authored: the same triples, the same digest."""
        return self.files[self.graphs[graph].file].sha256

    @property
    def digests(self) -> dict[str, str]:
        """Return the digest of each graph as authored, by name."""
        return {name: self.sha256_of(name) for name in self.graphs}


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of an edition's folder; EditionError where it was altered or cut."""
    path, edition = folder / NAME, folder.name
    try:
        members: dict[str, Any] = json.loads(path.read_bytes())
        stated = members.pop("digest")
    except FileNotFoundError as error:
        raise EditionError(edition, str(path), "is missing") from error
    except (OSError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise EditionError(edition, str(path), "cannot be read: it was cut or altered") from error
    if stated != _digest(members):
        raise EditionError(edition, str(path), "was altered: its digest is another")
    if members["format"] != FORMAT:
        raise EditionError(
            edition, str(path), f"is of format {members['format']}; this version reads {FORMAT}"
        )
    return _manifest(members)


def _manifest(members: dict[str, Any]) -> Manifest:
    graphs = {
        name: GraphEntry(row["file"], row["triples"], _summary(row["summary"]))
        for name, row in members["graphs"].items()
    }
    files = {name: FileEntry(**row) for name, row in members["files"].items()}
    return Manifest(**(members | {"graphs": graphs, "files": files}))


def _summary(row: dict[str, Any] | None) -> Summary | None:
    return None if row is None else Summary(**row)


def _digest(members: Mapping[str, Any]) -> str:
    return hashlib.sha256(_text(members)).hexdigest()


def _text(members: Mapping[str, Any]) -> bytes:
    text = json.dumps(members, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace('},"', '},\n"').encode() + b"\n"
