"""The manifest of an edition: what it holds, where it came from, and a digest of every file.

It is JSON, with a line for each graph and each file. The digest of the edition is the SHA-256 of
the text without it, and that has the digest of each file; so one number vouches for the whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from competency.errors import EditionError
from competency.graph.editions.entries import (
    Entries,
    FileEntry,
    GraphEntry,
    no_files,
    no_graphs,
    rows_of,
    to_json,
)

FORMAT = 1
NAME = "manifest.json"
_PLACE = b',"digest":"'  # what comes before the digest; what comes behind it is _NEXT
_NEXT = b',"edition":'
_TABLES = "files", "graphs"
_LINES, _LINES_END = b'":{\n', b"\n}"  # around the lines of a table
# Older versions broke lines there, wherever that stood: also at the end of a title.
_BEFORE, _WHOLE = b'},\n"', b'},"'


@dataclass(frozen=True)
class Manifest:
    """What an edition says of itself; ``graphs`` are by IRI, ``files`` by path in the edition.

    ``quads`` is the number in the store, the vocabulary among them; ``vocabulary`` the digest of
    the ontology that the store holds beside the graphs; ``created`` a UTC time (ISO 8601);
    ``stated`` the digest of one that was read.
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
    stated: str | None = field(default=None, compare=False)

    @property
    def triples(self) -> int:
        """Return the number of triples as authored, in all graphs."""
        return sum(row["triples"] for row in rows_of(self.graphs).values())

    def to_json(self) -> bytes:
        """Return the manifest with its digest, as it is written."""
        text = self._text()
        before, after = text.split(_NEXT, 1)  # the digest comes where it stands in order
        return b"".join((before, _PLACE, _sha256(text).encode(), b'"', _NEXT, after))

    @property
    def digest(self) -> str:
        """Return the SHA-256 that vouches for the edition and every file of it."""
        return self.stated or _sha256(self._text())

    def sha256_of(self, graph: str) -> str:
        """Return the digest of one graph as authored: the same triples, the same digest."""
        return self.files[self.graphs[graph].file].sha256

    @property
    def digests(self) -> dict[str, str]:
        """Return the digest of each graph as authored, by name."""
        files = rows_of(self.files)
        return {name: files[row["file"]]["sha256"] for name, row in rows_of(self.graphs).items()}

    def _text(self) -> bytes:
        """Return the manifest without its digest, its members in order."""
        members = {name: value for name, value in vars(self).items() if name != "stated"}
        return b"{" + b",".join(_members(members)) + b"}\n"


def read_manifest(folder: Path, known: Manifest | None = None) -> Manifest:
    """Return the manifest of an edition's folder; EditionError where it was altered or cut.

    Of what is as ``known`` has it, the manifest of another edition, nothing is parsed again.
    """
    path, edition = folder / NAME, folder.name
    try:
        data = path.read_bytes()
        members = _by_line(data, known) or parse_members(data)
        stated = members.pop("digest")
    except FileNotFoundError as error:
        raise EditionError(edition, str(path), "is missing") from error
    except (OSError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise EditionError(edition, str(path), "cannot be read: it was cut or altered") from error
    if not _vouched(data, stated) and stated != _sha256(_as_before(members)):
        raise EditionError(edition, str(path), "was altered: its digest is another")
    if members["format"] != FORMAT:
        raise EditionError(
            edition, str(path), f"is of format {members['format']}; this version reads {FORMAT}"
        )
    return Manifest(**members, stated=stated)


def parse_members(data: bytes) -> dict[str, Any]:
    """Return the members of a manifest, its tables as entries; ValueError where it is none.

    One that an older version wrote with a line end inside a text is read as it was meant.
    """
    try:
        members: dict[str, Any] = json.loads(data)
    except json.JSONDecodeError:
        members = json.loads(data.replace(_BEFORE, _WHOLE))
    for name, made in _empty().items():
        made.rows.update(members[name])
        members[name] = made
    return members


def _empty() -> dict[str, Entries[Any]]:
    return {"files": no_files(), "graphs": no_graphs()}


def _table(name: str, entries: Mapping[str, Any]) -> Entries[Any]:
    if isinstance(entries, Entries):
        return entries
    made = _empty()[name]
    made.take(entries)
    return made


def _members(members: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield the members as they are written, in order."""
    for name, value in sorted(members.items()):
        if name in _TABLES:
            yield b'"' + name.encode() + _LINES + _table(name, value).text() + _LINES_END
        else:
            yield to_json({name: value})[1:-1]


def _by_line(data: bytes, known: Manifest | None) -> dict[str, Any] | None:
    """Return the members of a manifest that has a line for each entry; else None."""
    found, at, others = _empty(), 0, []
    for name, table in found.items():
        begin = data.find(b'"' + name.encode() + _LINES, at)
        start = begin + len(name) + 1 + len(_LINES)
        end = data.find(_LINES_END, start)
        if begin < 0 or end < 0:
            return None
        others += [data[at:begin], b'"', name.encode(), b'":{}']
        at = end + len(_LINES_END)
        try:
            table.read(data[start:end], getattr(known, name, {}))
        except ValueError:
            return None
    members: dict[str, Any] = json.loads(b"".join((*others, data[at:])))
    return members | found


def _sha256(*pieces: bytes | memoryview) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _as_before(members: Mapping[str, Any]) -> bytes:
    """Return the members in the form of which older versions took the digest."""
    tables = {name: rows_of(members[name]) for name in _TABLES}
    return to_json({**members, **tables}).replace(_WHOLE, _BEFORE) + b"\n"


def _vouched(data: bytes, stated: object) -> bool:
    """Say whether a manifest as it is written has the digest that it states."""
    said = _PLACE + str(stated).encode() + b'"'
    at = data.find(said)
    text = memoryview(data)
    return at >= 0 and _sha256(text[:at], text[at + len(said) :]) == stated
