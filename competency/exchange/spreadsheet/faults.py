"""What is wrong in cells: all of it is gathered, then told in one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from competency.errors import ParseError
from competency.exchange.imported import File
from competency.exchange.sheets import Record

MAX_TOLD, _MAX_COMPARED, _MAX_NEAR = 100, 20_000, 20


@dataclass(frozen=True)
class Fault:
    """What is wrong in the cell of a record under a header, and how to mend it."""

    record: Record
    header: str
    reason: str

    def error(self, file: File) -> ParseError:
        """Return the error that says it with its place."""
        return self.record.fault(file, self.header, self.reason)


@dataclass
class Faults:
    """The faults of one file, in the order in which they were met."""

    found: list[Fault] = field(default_factory=list)
    _near: int = 0

    def add(self, record: Record, header: str, reason: str) -> None:
        """Remember that something is wrong in a cell."""
        self.found.append(Fault(record, header, reason))

    def near(self, name: str, names: Iterable[str]) -> str:
        """Return words that name what is close to a name: ``; did you mean 1.2?``, or nothing."""
        self._near += 1
        if self._near > _MAX_NEAR:  # each costs a look at all names
            return ""
        every = [item for item, _ in zip(names, range(_MAX_COMPARED), strict=False)]
        folded = {item.casefold(): item for item in every[::-1]}
        close = get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)
        return (
            f"; did you mean {' or '.join(repr(folded[item]) for item in close)}?" if close else ""
        )

    def refuse(self, file: File) -> None:
        """Raise the first of the faults with the lines of the others; nothing if there is none."""
        if self.found:
            ordered = sorted(self.found, key=_place)
            first, *others = [fault.error(file) for fault in ordered[: MAX_TOLD + 1]]
            first.more = tuple(map(str, others))
            if len(ordered) > MAX_TOLD + 1:
                first.more += (f"and {len(ordered) - MAX_TOLD - 1:,} more like these",)
            raise first


def _place(fault: Fault) -> tuple[str, int, int]:
    return fault.record.grid.name, fault.record.row, fault.record.column(fault.header)


def first(values: Sequence[str], otherwise: str = "") -> str:
    """Return the first text that is not empty.

    >>> first(["", "b"])
    'b'
    """
    return next((value for value in values if value), otherwise)
