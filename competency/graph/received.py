"""A file that is read, and what was odd in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Kept(StrEnum):
    """What became of something that a reader did not expect."""

    odd = "odd"  # read, though it is not as the format has it
    aside = "kept aside"  # kept in the graph, though our vocabulary has no term for it
    dropped = "dropped"  # not kept: it says nothing, or nothing that can be kept


@dataclass(frozen=True)
class Remark:
    """Something to know about a file: where in it, what, and what became of it.

    ``where`` is a JSON pointer (``/CFItems/3/notes``), a cell (``CF Item!B3``) or a line.

    >>> print(Remark(Kept.odd, "/CFItems/0", "the identifier is no UUID of RFC 4122"))
    odd: /CFItems/0: the identifier is no UUID of RFC 4122
    """

    kept: Kept
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kept}: {self.where}: {self.what}"


@dataclass(frozen=True)
class File:
    """The file that is read: its name, its bytes, and its media type.

    >>> File("a.json", b"{}", "application/json").sha256[:8]
    '44136fa3'
    """

    name: str
    data: bytes
    media_type: str

    @property
    def sha256(self) -> str:
        """Return the digest of the bytes in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()
