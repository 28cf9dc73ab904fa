"""What the headers of a table of competencies say, where it is no sheet of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from competency.exchange.sheets import key
from competency.exchange.spreadsheet.columns import PART_COLUMNS, column_of, parted

_TITLES = frozenset(
    key(name)
    for name in (
        "competency", "competency name", "competency title", "competence", "competence name",
        "skill", "skill name", "capability", "compétence",
    )
)  # fmt: skip
_PLACES = frozenset(("id", "parent id", "outline", "kind", "lead-in"))  # our own sheet has these
_BEHAVIOUR = re.compile(r"(behaviou?r|indicator|indicateur|comportement)", re.IGNORECASE)
_UNHELPFUL = re.compile(r"negati|unhelpful|ineffective|undesir|négati|negativ", re.IGNORECASE)
_HELPFUL = re.compile(r"positi|\bhelpful|\beffective|\bdesir", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:level|lvl|l|niveau|stufe)\s*\d{1,2}\b.*", re.IGNORECASE | re.DOTALL)
_NAMED = frozenset((
    "awareness", "novice", "beginner", "entry", "basic", "foundation", "foundational", "elementary",
    "essential", "developing", "working", "intermediate", "practitioner", "competent", "proficient",
    "skilled", "advanced", "senior", "specialist", "expert", "leader", "leading", "mastery",
    "master", "débutant", "intermédiaire", "avancé", "confirmé", "fondamental",
))  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """A behaviour in a row: its kind, whether the header says so, its columns.

    Each column has the header that is ours, one for each language.
    """

    kind: str
    stated: bool
    columns: Mapping[int, str]


@dataclass(frozen=True)
class Headings:
    """Which column holds what, counted from 0; ``headers`` has those that are not blank.

    ``titles`` and ``statements`` give the headers of ours. ``behaviours`` or ``matrix`` is empty.
    """

    headers: Mapping[int, str]
    title: int
    titles: Mapping[int, str]
    statements: Mapping[int, str]
    level: int | None
    language: int | None
    behaviours: tuple[Slot, ...]
    matrix: tuple[int, ...]
    others: tuple[int, ...]


def headings_of(row: Sequence[str]) -> Headings | None:
    """Return what the headers of a table of competencies say; None where it is another table.

    >>> found = headings_of(("Competency", "Unhelpful behaviours", "Level"))
    >>> found.behaviours[0].kind, found.level, found.matrix
    ('negative indicator', 2, ())
    >>> headings_of(("id", "Competency", "Indicator")), headings_of(("title", "statement"))
    (None, None)
    """
    headers = {n: name.strip() for n, name in enumerate(row) if name.strip()}
    bases = {n: parted(name)[0] for n, name in headers.items()}
    ours = {n: c.header for n, name in bases.items() if (c := column_of(name, PART_COLUMNS))}
    title = next((n for n, name in bases.items() if key(name) in _TITLES), None)
    if title is None or _PLACES & {*ours.values()}:
        return None
    titles = {n: _named("title", headers[n]) for n in headers if bases[n] == bases[title]}
    behaviours = _slots(headers, bases)
    matrix = () if behaviours else _matrix(headers, ours)
    if not behaviours and not matrix:
        return None
    taken = {*titles, *matrix, *(n for slot in behaviours for n in slot.columns)}
    if any(ours.get(n) == "title" for n in headers if n not in taken):
        return None  # two columns of titles: one of them has to be told from the other
    statements = {
        n: _named("statement", headers[n])
        for n, column in ours.items()
        if column == "statement" and n not in taken
    }
    level = next((n for n, column in ours.items() if column == "level" and n not in taken), None)
    language = next((n for n, column in ours.items() if column == "language"), None)
    taken |= {*statements, *({level} if behaviours and level is not None else ())}
    others = tuple(n for n in headers if n not in taken and n != language)
    return Headings(headers, title, titles, statements, level, language, behaviours, matrix, others)


def _named(column: str, header: str) -> str:
    language = parted(header)[1]
    return f"{column} ({language})" if language else column


def _slots(headers: Mapping[int, str], bases: Mapping[int, str]) -> tuple[Slot, ...]:
    """Return the behaviours of a row; one in two languages is one of them."""
    found: list[tuple[str, dict[int, str]]] = []
    for n, base in bases.items():
        if _BEHAVIOUR.search(base):
            name = _named("statement", headers[n])
            same = (cells for b, cells in found if b == base and name not in cells.values())
            cells = next(same, None)
            if cells is None:
                cells = {}
                found.append((base, cells))
            cells[n] = name
    return tuple(_slot(base, cells) for base, cells in found)


def _slot(base: str, columns: Mapping[int, str]) -> Slot:
    if _UNHELPFUL.search(base):
        return Slot("negative indicator", True, columns)
    return Slot("positive indicator", bool(_HELPFUL.search(base)), columns)


def _matrix(headers: Mapping[int, str], ours: Mapping[int, str]) -> tuple[int, ...]:
    """Return the columns of levels; fewer than two are no scale."""
    found = [
        n
        for n, name in headers.items()
        if n not in ours and (_NUMBERED.fullmatch(name) or key(name) in _NAMED)
    ]
    return tuple(found) if len(found) > 1 else ()
