"""One format in which frameworks come in and go out: how it is read, written and recognised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from competency.exchange.imported import File, Imported
from competency.exchange.mapping import Loss, Table
from competency.formats import Format
from competency.graph import KnowledgeGraph
from competency.ontology import DEFAULT_BASE


@dataclass(frozen=True)
class Reading:
    """How to read: the IRI under which things without one get theirs, and what is not said.

    ``language`` is that of texts which name none; ``identifier`` the framework's name below the
    base where the file has none of its own.
    """

    base: str = DEFAULT_BASE
    identifier: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Exported:
    """A framework in another format: the bytes, and what they could not carry.

    ``losses`` is gone for everybody. ``aside`` is in the bytes, and this program reads it back,
    but other programs look past it (the extensions of CASE, the sheet of other statements).
    """

    data: bytes
    losses: tuple[Loss, ...] = ()
    aside: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class Incoming:
    """What a field or column of another format becomes when it is read.

    ``of`` is the object or sheet it belongs to, ``becomes`` names properties or says it in words.
    """

    of: str
    field: str
    becomes: str


@dataclass(frozen=True)
class Exchange:
    """A format with its two functions; one that is only read or only written has one.

    ``read`` raises ParseError with line and column (or sheet and cell) for what is malformed;
    ``write`` takes the IRI of a framework and raises NotFound. ``recognise`` says whether a file
    is in the format, by its content, cheaply. ``table`` is what becomes of our terms on the way
    out (None: everything stays as it is), ``fields`` what becomes of those that come in, and
    ``about`` tells in a sentence who uses the format: documentation is made of them. With ``sets``
    the IRI that ``write`` takes may be that of a set of alignments.
    """

    format: Format
    read: Callable[[File, Reading], Imported] | None = None
    write: Callable[[KnowledgeGraph, str], Exported] | None = None
    recognise: Callable[[File], bool] | None = None
    table: Table | None = None
    fields: tuple[Incoming, ...] = ()
    about: str = ""
    sets: bool = False
