"""One thing that a rule found: which part, what is wrong, and what an author does about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from rdflib import BNode

from competency.ontology.terms import SHAPES_IRI, shorten
from competency.shapes.finding import Finding


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
class Location:
    """Where in a file something is written: lines and columns count from 1, as editors do.

    ``cell`` is for spreadsheets: the sheet and the cell, or the cell alone.

    >>> str(Location("welding.ttl", 12, 5)), str(Location("welding.xlsx", cell="Parts!B3"))
    ('welding.ttl:12:5', 'welding.xlsx:Parts!B3')
    """

    source: str
    line: int | None = None
    column: int | None = None
    cell: str | None = None

    def __str__(self) -> str:
        within = self.cell or ":".join(str(n) for n in (self.line, self.column) if n is not None)
        return f"{self.source}:{within}" if within else self.source


@dataclass(frozen=True, kw_only=True)
class Result:
    """One thing for an author to mend: a part of a framework, the rule it breaks, and how.

    ``focus`` is the IRI (or blank node id) of the part, ``kind``, ``code`` and ``label`` are how
    people call it; ``place`` names what it stands in, the framework first; ``path`` and ``value``
    are the property and value in question, if one is; ``shape`` is the IRI of the rule, ``rule``
    its title, ``fix`` what to do and ``component`` the constraint component of SHACL. ``location``
    is where the input says it, when the input was a text. ``findings`` are the results of SHACL
    behind it, mostly one.

    >>> print(Result(severity=Severity.warning, focus="https://example.org/u", code="H7A3 04",
    ...     kind="unit of competency", label="Weld", place=("Welding",), message="It has no lines.",
    ...     shape="https://example.org/s", rule="Lines"))
    warning: unit of competency H7A3 04 "Weld" (https://example.org/u): It has no lines.
    """

    severity: Severity
    focus: str
    message: str
    shape: str
    rule: str
    kind: str | None = None
    code: str | None = None
    label: str | None = None
    place: tuple[str, ...] = ()
    path: str | None = None
    value: str | None = None
    fix: str | None = None
    component: str | None = field(default=None, compare=False)
    location: Location | None = None
    findings: tuple[Finding, ...] = field(default=(), compare=False, repr=False)

    @property
    def name(self) -> str:
        """Return how an author would point at the part: ``group 2.1 "Welding"``."""
        quoted = f'"{self.label}"' if self.label else None
        words = [word for word in (self.kind, self.code, quoted) if word]
        return " ".join(words) if words else shorten(self.focus)

    @property
    def documentation(self) -> str | None:
        """Return the IRI at which the rule is explained; None for shapes that are not ours.

        >>> Result(severity=Severity.info, focus="a:b", message="m", rule="r",
        ...     shape="https://w3id.org/competency/shapes#Lines").documentation
        'https://w3id.org/competency/shapes#Lines'
        """
        return self.shape if self.shape.startswith(SHAPES_IRI + "#") else None

    def __str__(self) -> str:
        line = f"{self.severity}: {self.name} ({shorten(self.focus)}): {self.message}"
        return f"{line} Fix: {self.fix}" if self.fix else line

    def to_dict(self) -> dict[str, object]:
        """Return the result under fixed keys, ready for JSON.

        >>> Result(severity=Severity.info, focus="a:b", message="m", shape="s", rule="r"
        ...     ).to_dict()["name"]
        'a:b'
        """
        place = self.location
        return {
            "severity": self.severity.value,
            "name": self.name,
            "focus": self.focus,
            "kind": self.kind,
            "code": self.code,
            "label": self.label,
            "place": list(self.place),
            "file": place.source if place else None,
            "line": place.line if place else None,
            "column": place.column if place else None,
            "cell": place.cell if place else None,
            "message": self.message,
            "path": self.path,
            "value": self.value,
            "shape": self.shape,
            "rule": self.rule,
            "fix": self.fix,
            "documentation": self.documentation,
            "component": self.component,
        }


def blank_ids(result: Result) -> frozenset[str]:
    """Return which texts of a result are ids of blank nodes: they differ from run to run.

    >>> blank_ids(Result(severity=Severity.info, focus="_:b1", message="m", shape="s", rule="r"))
    frozenset({'_:b1'})
    """
    nodes = {node for f in result.findings for node in (f.focus, f.value, f.shape)}
    told = (result.focus, result.shape, result.value or "")
    written = (text for text in told if text.startswith("_:"))
    return frozenset((*written, *(str(node) for node in nodes if isinstance(node, BNode))))


def sort_key(result: Result) -> tuple[object, ...]:
    """Return the key that sorts results: the worst first, then by part, rule, value and message.

    Numbers inside IRIs sort as numbers, so that part 10 comes after part 9. The id of a blank node
    counts nowhere: parts without an IRI come last, by what they are called and where they stand.
    """
    blank = blank_ids(result)
    named = "" if result.focus in blank else result.focus
    place = result.location or Location("")
    called = (*result.place, result.kind or "", result.code or "", result.label or "")
    return (
        -result.severity.weight,
        not named,
        _natural(named),
        ("",) if named else called,
        (result.component or "") if result.shape in blank else result.shape,
        result.path or "",
        "" if result.value in blank else result.value or "",
        result.message,
        (place.source, place.line or 0, place.column or 0, place.cell or ""),
    )


def _natural(text: str) -> list[tuple[int, str]]:
    pieces = re.findall(r"\d{1,18}|\D+", text)
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces]
