"""Files of many frameworks on their way in: where the triples of each graph are, not the triples.

What is held of a file does not grow with its triples. N-Quads say on each line which graph it goes
to, so a pattern over the bytes finds runs of lines of one graph, and only where a graph is asked
for are its lines parsed. Whatever the pattern does not know, and every other syntax, is read as
:mod:`competency.graph.loading` reads it, one file at a time, and laid down as N-Triples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from competency.errors import ParseError, SourceError
from competency.formats import FILE_FORMATS, by_name
from competency.graph.loading import named_graphs, read_file, syntax_of
from competency.graph.store import OX_FORMATS, NamedGraph

_BLOCK = 4 << 20  # bytes that are looked at together
_NQUADS, _NTRIPLES = OX_FORMATS["nquads"], OX_FORMATS["ntriples"]
_IRI, _NODE = rb"<[^<>\s]*+>", rb"(?:<[^<>\s]*+>|_:[^\s<>]++)"
_TEXT = rb'"(?:[^"\\\n\r]++|\\.)*+"(?:@[^\s<>]++|\^\^' + _IRI + rb")?+"
_SAYS = _NODE + b" " + _IRI + rb" (?:" + _NODE + b"|" + _TEXT + rb") "
_RUN = re.compile(
    _SAYS + rb"<([^<>\\\s]++)> \.\n(?:" + _SAYS + rb"<\1> \.\n)*+"
)  # lines of one graph, as every writer of N-Quads lays them out


class _Piece(NamedTuple):
    """Some lines of a file; ``number`` is that of the file, from which its blank nodes are."""

    file: Path
    start: int
    end: int
    number: int


class Incoming(Mapping[str, NamedGraph]):
    """The graphs of files by name, each read anew whenever it is asked for.

    incoming = Incoming([Path("all.nq")], folder, base)
    """

    def __init__(self, files: Iterable[Path], folder: Path, base: str) -> None:
        """Take files; what has to be laid down goes to ``folder``, which is there.

        They are looked through once, when a name is first asked for: SourceError, FormatError and
        ParseError as loading them raises.
        """
        self._base, self._folder, self._files = base, folder, tuple(files)
        self._sources: dict[Path, Path] = {}  # of what was laid down
        self._straight: list[Path] = []

    @cached_property
    def _pieces(self) -> dict[str, list[_Piece]]:
        found: dict[str, list[_Piece]] = {}
        for number, file in enumerate(self._files):
            pieces = self._scanned(file, number)
            for name, piece in pieces if pieces is not None else self._laid_down(file, number):
                found.setdefault(name, []).append(piece)
        return found

    @property
    def straight(self) -> list[Path]:
        """Return the files of N-Quads that a store can load as they are."""
        return self._straight if self._pieces else []

    def promising(self) -> tuple[Path, ...]:
        """Return all files where each begins like one that a store can load as it is, else none.

        Nothing but their first lines is read for it. Raises SourceError.
        """
        return self._files if all(map(_begins_straight, self._files)) else ()

    def _scanned(self, file: Path, number: int) -> list[tuple[str, _Piece]] | None:
        """Return the pieces of a file of N-Quads, or None where it has to be read whole."""
        if file.suffix != ".nq":
            return None
        found: list[tuple[str, _Piece]] = []
        named = True  # and no blank node, which a store would call something else
        for start, block in _blocks(file):
            at, named = 0, named and b"_:" not in block
            for run in _RUN.finditer(block):
                if run.start() != at:
                    return None
                name, at = run[1].decode(), run.end()
                piece = _Piece(file, start + run.start(), start + at, number)
                last = found[-1] if found else None
                if last is not None and last[0] == name:
                    found[-1] = name, last[1]._replace(end=piece.end)
                else:
                    found.append((name, piece))
            if at != len(block) or not _is_utf8(block):
                return None
        if named:
            self._straight.append(file)
        return found

    def _laid_down(self, file: Path, number: int) -> Iterator[tuple[str, _Piece]]:
        """Read a file whole, and write its graphs where they can be found again."""
        data = read_file(file)
        syntax = by_name(syntax_of(file, data, None).name, FILE_FORMATS)
        graphs = named_graphs(data, syntax, str(file), self._base)
        place = self._folder / f"{number}.nt"
        self._sources[place] = file
        with place.open("wb") as out:
            for graph in graphs:
                start = out.tell()
                out.write(ox.serialize(graph.triples, format=_NTRIPLES) or b"")
                yield graph.name, _Piece(place, start, out.tell(), number)

    def __getitem__(self, name: str) -> NamedGraph:
        """Read a graph; blank nodes of different files are different ones."""
        pieces = self._pieces[name]
        several = len({piece.number for piece in pieces}) > 1
        return NamedGraph(name, (t for piece in pieces for t in self._triples(piece, several)))

    def is_straight(self, name: str) -> bool:
        """Say whether all of a graph is in files that a store can load as they are."""
        return all(piece.file in self.straight for piece in self._pieces[name])

    def _triples(self, piece: _Piece, several: bool) -> Iterator[ox.Triple]:
        lines = self._lines(piece)
        try:
            quads = list(ox.parse(lines, format=_NQUADS))
        except SyntaxError as error:
            raise self._fault(piece, error) from error
        if several and b"_:" in lines:
            return (_renamed(quad.triple, piece.number) for quad in quads)
        return (quad.triple for quad in quads)

    def _lines(self, piece: _Piece) -> bytes:
        try:
            with piece.file.open("rb") as file:
                file.seek(piece.start)
                return file.read(piece.end - piece.start)
        except OSError as error:
            raise SourceError(str(piece.file), error.strerror or "cannot be read") from error

    def _fault(self, piece: _Piece, error: SyntaxError) -> ParseError:
        """Return what is wrong, with its place in the whole file."""
        try:
            file = self._sources.get(piece.file, piece.file)
            named_graphs(read_file(file), by_name("nquads"), str(file), self._base)
        except ParseError as fault:
            return fault
        return ParseError(str(piece.file), f"changed while it was read: {error}")

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._pieces))

    def __len__(self) -> int:
        return len(self._pieces)

    def __contains__(self, name: object) -> bool:
        return name in self._pieces


def size_of(files: Iterable[Path]) -> int:
    """Return the bytes of files together; those that cannot be read have none."""
    total = 0
    for file in files:
        try:
            total += file.stat().st_size
        except OSError:
            continue
    return total


def _begins_straight(file: Path) -> bool:
    """Say whether the first lines of a file are what :class:`Incoming` knows, without a node."""
    if file.suffix != ".nq":
        return False
    block = next((block for _, block in _blocks(file)), b"")
    known = sum(run.end() - run.start() for run in _RUN.finditer(block))
    return known == len(block) and b"_:" not in block


def _blocks(file: Path) -> Iterator[tuple[int, bytes]]:
    """Yield whole lines of a file with where they begin; the last line gets its end."""
    start, left = 0, b""
    try:
        with file.open("rb") as opened:
            while data := opened.read(_BLOCK):
                lines, end, rest = (left + data).rpartition(b"\n")
                left = rest
                if end:
                    yield start, lines + end
                    start += len(lines) + 1
    except OSError as error:
        raise SourceError(str(file), error.strerror or "cannot be read") from error
    if left:
        yield start, left + b"\n"


def _is_utf8(data: bytes) -> bool:
    try:
        return bool(data.isascii() or data.decode())
    except UnicodeDecodeError:
        return False


def _renamed(triple: ox.Triple, number: int) -> ox.Triple:
    def named(term: Any) -> Any:
        return ox.BlankNode(f"f{number}x{term.value}") if isinstance(term, ox.BlankNode) else term

    return ox.Triple(named(triple.subject), triple.predicate, named(triple.object))
