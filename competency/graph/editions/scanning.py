"""What a graph as authored speaks of, found in the file itself: no store, no parser.

The file of a graph is N-Triples as pyoxigraph writes them: one statement a line, which begins with
its subject, IRIs as they are and in UTF-8.
"""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path


def mentions(file: Path, iri: str) -> bool:
    """Say whether a file has a statement about an IRI; no where the file is gone.

    mentions(edition.folder / state.file, "https://example.org/my-framework/1")
    """
    start = f"<{iri}> ".encode()
    try:
        with file.open("rb") as opened:
            if opened.read(len(start)) == start:
                return True
            with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as lines:
                return lines.find(b"\n" + start) >= 0
    except (OSError, ValueError):  # ValueError: an empty file cannot be mapped
        return False


def subjects(file: Path) -> set[int]:
    """Return a number for each IRI that a file has statements about; see :func:`number_of`.

    Raises OSError.
    """
    found: set[bytes] = set()
    with file.open("rb") as lines:
        for line in lines:
            if line.startswith(b"<"):
                found.add(line[1 : line.index(b">")])
    return {hash(item) for item in found}


def number_of(iri: str) -> int:
    """Return the number that stands for an IRI as long as this process lives: 8 bytes of it."""
    return hash(iri.encode())


class Numbers:
    """A set of numbers in little room: eight bytes each.

    >>> 3 in Numbers({1, 3}), 2 in Numbers({1, 3})
    (True, False)
    """

    def __init__(self, values: set[int]) -> None:
        """Keep ``values``."""
        self._sorted = array("q", sorted(values))

    def __iter__(self) -> Iterator[int]:
        return iter(self._sorted)

    def __contains__(self, value: int) -> bool:
        place = bisect_left(self._sorted, value)
        return place < len(self._sorted) and self._sorted[place] == value

    def __len__(self) -> int:
        return len(self._sorted)
