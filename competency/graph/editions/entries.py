"""The tables of a manifest: what an edition says of its graphs and files, by name.

Each entry is one line of the manifest. A line that stays from one edition to the next is neither
read nor written anew: there may be ten thousand of them, of which a publication changes a few.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, TypeVar

from competency.graph.summaries import Summary

_END = b",\n"  # of a line; no text of JSON has a line end in it

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


class Entries(MutableMapping[str, Entry]):
    """Entries by name, each made of its row of JSON when it is asked for.

    So a manifest of thousands of frameworks is read and written without making them all.
    """

    def __init__(self, make: Callable[..., Entry], rows: Mapping[str, Row] | None = None) -> None:
        """Make entries with ``make``; ``rows`` are those that there are."""
        self.rows: dict[str, Row] = dict(rows or {})
        self._make = make
        self._lines: dict[str, bytes] = {}  # of those that were read or written

    def take(self, other: Mapping[str, Entry], but: Iterable[str] = ()) -> None:
        """Take entries over as they are, all but some."""
        self.rows |= rows_of(other)
        self._lines |= _lines_of(other)
        for name in but:
            self.rows.pop(name, None)
            self._lines.pop(name, None)

    def in_order(self) -> Entries[Entry]:
        """Return the same entries in the order of their names."""
        found = Entries(self._make, dict(sorted(self.rows.items())))
        found._lines = dict(self._lines)
        return found

    def text(self) -> bytes:
        """Return the entries as they are written: a line each, in the order of their names."""
        for name in self.rows.keys() - self._lines.keys():
            self._lines[name] = to_json({name: self.rows[name]})[1:-1]
        return _END.join(map(self._lines.__getitem__, sorted(self.rows)))

    def read(self, text: bytes, known: Mapping[str, Entry]) -> None:
        """Read entries as they were written; lines that ``known`` has are not parsed again.

        Raises ValueError where they are no lines of JSON.
        """
        lines = text.split(_END) if text else []
        old = set(_lines_of(known).values())
        if len(old) == len(known):
            self.take(known, but=_rows_in(old.difference(lines)))
        else:
            old = set()
        fresh = [line for line in lines if line not in old]
        rows = _rows_in(fresh)
        if len(rows) != len(fresh):
            raise ValueError("a line for each entry was expected")
        self.rows |= rows
        self._lines |= zip(rows, fresh, strict=True)
        if len(self.rows) != len(lines):
            raise ValueError("two lines are of one entry")
        if rows and len(rows) != len(lines):  # else they are in order
            self.rows = {name: self.rows[name] for name in sorted(self.rows)}

    def __getitem__(self, name: str) -> Entry:
        return self._make(**self.rows[name])

    def __setitem__(self, name: str, entry: Entry) -> None:
        self.rows[name] = _row(entry)
        self._lines.pop(name, None)

    def __delitem__(self, name: str) -> None:
        del self.rows[name]
        self._lines.pop(name, None)

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


def rows_of(entries: Mapping[str, Any]) -> dict[str, Row]:
    """Return entries as JSON has them, by name: quicker for who looks at thousands of them."""
    if isinstance(entries, Entries):
        return entries.rows
    return {name: _row(entry) for name, entry in entries.items()}


def to_json(value: object) -> bytes:
    r"""Return a value in the one form of JSON in which manifests have it.

    >>> to_json({"b": "\u00e9", "a": 1}).decode()
    '{"a":1,"b":"é"}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _graph(file: str, triples: int, summary: Row | None = None) -> GraphEntry:
    return GraphEntry(file, triples, None if summary is None else Summary(**summary))


def _rows_in(lines: Iterable[bytes]) -> dict[str, Row]:
    """Return the rows in lines, by name."""
    rows: dict[str, Row] = json.loads(b"{" + b",".join(lines) + b"}")
    return rows


def _lines_of(entries: Mapping[str, Any]) -> Mapping[str, bytes]:
    return entries._lines if isinstance(entries, Entries) else {}


def _row(entry: FileEntry | GraphEntry | Any) -> Row:
    """Return an entry as JSON has it."""
    row = dict(vars(entry))
    if row.get("summary") is not None:
        row["summary"] = dict(vars(row["summary"]))
    return row
