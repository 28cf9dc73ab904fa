"""One thing that a rule found: which part, what is wrong, and what an author does about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from enum import StrEnum

from competency.ontology.terms import shorten


class Severity(StrEnum):
    """How bad a result is. Severities compare by weight, and are the texts of their names.

    >>> Severity.violation > Severity.warning > Severity.info
    True
    >>> Severity("warning").value
    'warning'
    """

    violation = "violation"
    warning = "warning"
    info = "info"

    @property
    def weight(self) -> int:
        """Return 2 for a violation, 1 for a warning, 0 for an info."""
        return ("info", "warning", "violation").index(self.value)

    def __lt__(self, other: str) -> bool:
        return self.weight < Severity(other).weight

    def __le__(self, other: str) -> bool:
        return self.weight <= Severity(other).weight

    def __gt__(self, other: str) -> bool:
        return self.weight > Severity(other).weight

    def __ge__(self, other: str) -> bool:
        return self.weight >= Severity(other).weight


@dataclass(frozen=True)
class Result:
    """One finding: a part of a framework, the rule it breaks, and how to mend it.

    ``focus`` is the IRI (or blank node id) of the part, ``kind``, ``code`` and ``label`` are how
    people call it; ``path`` and ``value`` are the property and value in question, if one is;
    ``shape`` is the IRI of the rule, ``rule`` its title and ``fix`` what to do.

    >>> print(Result(Severity.warning, "https://example.org/u", "unit of competency", "H7A3 04",
    ...     "Weld", "It has no lines.", None, None, "https://example.org/s", "Lines", None))
    warning: unit of competency H7A3 04 "Weld" (https://example.org/u): It has no lines.
    """

    severity: Severity
    focus: str
    kind: str | None
    code: str | None
    label: str | None
    message: str
    path: str | None
    value: str | None
    shape: str
    rule: str
    fix: str | None

    @property
    def name(self) -> str:
        """Return how an author would point at the part: ``group 2.1 "Welding"``."""
        quoted = f'"{self.label}"' if self.label else None
        words = [word for word in (self.kind, self.code, quoted) if word]
        return " ".join(words) if words else shorten(self.focus)

    def __str__(self) -> str:
        line = f"{self.severity}: {self.name} ({shorten(self.focus)}): {self.message}"
        return f"{line} Fix: {self.fix}" if self.fix else line

    def to_dict(self) -> dict[str, str | None]:
        """Return the result as plain texts under fixed keys, ready for JSON.

        >>> Result(Severity.info, "a:b", None, None, None, "m", None, None, "s", "r", None
        ...     ).to_dict()["name"]
        'a:b'
        """
        row: dict[str, str | None] = {"severity": self.severity.value, "name": self.name}
        return row | {item.name: getattr(self, item.name) for item in fields(self)[1:]}


def sort_key(result: Result) -> tuple[object, ...]:
    """Return the key that sorts results: the worst first, then by part, rule, value and message.

    Numbers inside IRIs sort as numbers, so that part 10 comes after part 9.
    """
    return (
        -result.severity.weight,
        _natural(result.focus),
        result.shape,
        result.path or "",
        result.value or "",
        result.message,
    )


def _natural(text: str) -> list[tuple[int, str]]:
    pieces = re.findall(r"\d{1,18}|\D+", text)
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces]
