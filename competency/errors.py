"""Every error this package raises on purpose.

    CompetencyError                     base; str(error) is one line a user can act on
    |-- SourceError (OSError)           cannot be opened, read or written       .source
    |   |-- EditionError                an edition is damaged or not there      .edition
    |   |-- StorageError                the disk is full or refuses
    |   `-- EndpointError               another SPARQL endpoint does not answer .source
    |-- ParseError (ValueError)         not well-formed               .source .line .column
    |-- FormatError (ValueError)        no such format; lists those there are   .name .known
    |-- NotFound (LookupError)          no such framework, part or question     .name
    |   `-- Gone                        was published once and was withdrawn    .replaced_by
    |-- QueryError (ValueError)         SPARQL that does not parse              .line .column
    |   `-- QueryRefused                SERVICE, updates, nesting too deep
    |-- LimitReached (TimeoutError)     an answer would cost more than it may   .limit
    |   |-- TimeReached                 it took too long; later it may go
    |   `-- Busy                        too many wait already; later it may go
    |-- ParameterError (ValueError)     a question's parameter is wrong         .parameter
    |-- GraphRefused (PermissionError)  a graph that nobody may write           .graph
    |-- PreconditionFailed (RuntimeError) not what the client asks to be there  .what
    |-- ConversionError (ValueError)    data that a format cannot hold          .format
    |-- ShapesError (ValueError)        the shapes themselves are wrong         .source
    |-- SearchUnavailable (RuntimeError) nothing here can be searched; says why
    `-- DependencyMissing (ImportError) an optional part is not installed       .package

A *no* is a value (a report, an empty result); only a *cannot* is raised. Each error also is the
builtin a caller would think of, so ``except ValueError`` works.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self


class CompetencyError(Exception):
    """Base of all errors of this package: one line that says what, where, why and what to do.

    >>> issubclass(ParseError, CompetencyError)
    True
    """


class SourceError(CompetencyError, OSError):
    """A file or folder cannot be opened or read."""

    def __init__(self, source: str, reason: str) -> None:
        """Name the source and the reason, such as ``No such file``."""
        super().__init__(f"{source}: {reason}")
        self.source = source

    def __str__(self) -> str:
        """Return the one line; OSError would print a tuple."""
        return str(self.args[0])


class EditionError(SourceError):
    """An edition is damaged or is not there; says which file of which edition, and the way out."""

    def __init__(self, edition: str, source: str, reason: str) -> None:
        """Name the edition, the file or folder, and what is wrong with it."""
        super().__init__(source, reason)
        self.edition = edition


class StorageError(SourceError):
    """Nothing could be published: the disk is full, or does not let us write."""


class EndpointError(SourceError):
    """A SPARQL endpoint elsewhere cannot be reached, or answers what it should not."""


class ParseError(CompetencyError, ValueError):
    """A document is not well-formed; says the place, counted from 1, where it is known.

    ``more`` has the lines of further errors in the same document, where they were looked for.
    """

    def __init__(
        self, source: str, reason: str, line: int | None = None, column: int | None = None
    ) -> None:
        """Build the line ``file:line:column: reason``."""
        place = ":".join(str(item) for item in (source, line, column) if item is not None)
        super().__init__(f"{place}: {reason}")
        self.source, self.line, self.column, self.reason = source, line, column, reason
        self.more: tuple[str, ...] = ()


class FormatError(CompetencyError, ValueError):
    """There is no such format; the message lists those there are."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Name the format that was asked for and those that exist."""
        self.name, self.known = name, tuple(known)
        super().__init__(f"{name}: no such format; there are: {', '.join(self.known)}")


class NotFound(CompetencyError, LookupError):
    """There is no framework, part or question of that name."""

    def __init__(self, what: str, name: str, near: Iterable[str] = ()) -> None:
        """Say what was looked for (``framework``), its name, and names close to it."""
        self.near = tuple(near)
        hint = ", ".join(self.near)
        super().__init__(f"no {what} {name}" + (f"; did you mean {hint}?" if hint else ""))
        self.what, self.name = what, name


class Gone(NotFound):
    """What was published once, and is not any more; says what replaces it and who had it last."""

    def __init__(
        self, iri: str, replaced_by: Iterable[str] = (), last_edition: str | None = None
    ) -> None:
        """Name the thing, the IRIs of its replacements, and the last edition that had it."""
        super().__init__("resource", iri)
        self.iri, self.replaced_by, self.last_edition = iri, tuple(replaced_by), last_edition
        said = [f"{iri} was withdrawn"]
        said += [f"replaced by {', '.join(self.replaced_by)}"] if self.replaced_by else []
        said += [f"edition {last_edition} had it last"] if last_edition else []
        self.args = ("; ".join(said),)


class QueryError(CompetencyError, ValueError):
    """A SPARQL text does not parse; says line and column, counted from 1, where known."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        """Build the line ``query, line 2, column 5: reason``."""
        self.line, self.column, self.reason = line, column, reason
        super().__init__(self._said("query"))

    def _said(self, text: str) -> str:
        place = text + (f", line {self.line}, column {self.column}" if self.line else "")
        return f"{place}: {self.reason}"

    def of_update(self) -> Self:
        """Return this error with its line beginning with ``update``.

        >>> print(QueryError("no such thing", 2, 5).of_update())
        update, line 2, column 5: no such thing
        """
        self.args = (self._said("update"),)
        return self


class QueryRefused(QueryError):
    """A SPARQL text that may parse but is not run: SERVICE, an update, nesting too deep."""


class LimitReached(CompetencyError, TimeoutError):
    """An answer would cost more than it may: there is none, rather than a part of one."""

    def __init__(self, limit: str, reason: str) -> None:
        """Name the limit (``memory``, ``bytes``, ``time``, ``queue``), and say what to do."""
        super().__init__(reason)
        self.limit = limit

    def __str__(self) -> str:
        """Return the one line; OSError would print a tuple."""
        return str(self.args[0])


class TimeReached(LimitReached):
    """A query took longer than it may, and was stopped."""


class Busy(LimitReached):
    """So many queries run and wait already that this one is not taken in."""


class ParameterError(CompetencyError, ValueError):
    """A parameter of a named question is unknown, missing or of the wrong kind."""

    def __init__(self, parameter: str, reason: str) -> None:
        """Name the parameter and what is wrong with it."""
        super().__init__(f"parameter {parameter}: {reason}")
        self.parameter = parameter


class GraphRefused(CompetencyError, PermissionError):
    """A graph that is not for writing, such as that of the vocabulary."""

    def __init__(self, graph: str, reason: str) -> None:
        """Name the graph and why it is not to be written."""
        super().__init__(f"graph {graph}: {reason}")
        self.graph = graph

    def __str__(self) -> str:
        """Return the one line; OSError would print a tuple."""
        return str(self.args[0])


class PreconditionFailed(CompetencyError, RuntimeError):
    """A write that was to be done only if something was so, which it is not."""

    def __init__(self, what: str, reason: str) -> None:
        """Name what is not as the write asks for, and in what way."""
        super().__init__(f"{what or 'the default graph'} {reason}")
        self.what = what


class ConversionError(CompetencyError, ValueError):
    """Data cannot be written in a format without loss, so it is not written at all."""

    def __init__(self, format_: str, reason: str) -> None:
        """Name the format and what in the data it cannot hold."""
        super().__init__(f"this cannot be written as {format_}: {reason}")
        self.format = format_


class ShapesError(CompetencyError, ValueError):
    """The shapes themselves cannot be used."""

    def __init__(self, source: str, reason: str) -> None:
        """Name the shapes file and the reason the engine gave."""
        super().__init__(f"{source}: {reason}")
        self.source = source


class SearchUnavailable(CompetencyError, RuntimeError):
    """There is no index to search in; says why, and what to do instead."""


class DependencyMissing(CompetencyError, ImportError):
    """An optional package is not installed; says how to install it."""

    def __init__(self, package: str, extra: str) -> None:
        """Name the package and the extra of ``competency`` that brings it."""
        super().__init__(f"{package} is not installed; pip install 'competency[{extra}]'")
        self.package = package


def to_record(error: CompetencyError) -> dict[str, object]:
    """Return an error as plain values, for another process to raise; see :func:`from_record`."""
    kept = {k: v for k, v in vars(error).items() if isinstance(v, str | int | tuple | None)}
    return {"error": type(error).__name__, "line": str(error), "members": kept}


def from_record(record: Mapping[str, Any]) -> CompetencyError:
    """Return the error that a record of :func:`to_record` tells of, of the same class.

    >>> from_record(to_record(QueryError("no such thing", 2, 5)))
    QueryError('query, line 2, column 5: no such thing')
    """
    found = next(kind for kind in _all_errors() if kind.__name__ == record["error"])
    error = found.__new__(found)
    error.args = (record["line"],)
    members: dict[str, Any] = record["members"]
    vars(error).update({k: tuple(v) if isinstance(v, list) else v for k, v in members.items()})
    return error


def _all_errors(base: type[CompetencyError] = CompetencyError) -> Iterator[type[CompetencyError]]:
    yield base
    for kind in base.__subclasses__():
        yield from _all_errors(kind)
