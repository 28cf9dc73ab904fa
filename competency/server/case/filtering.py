"""The filters of 1EdTech: comparisons of fields with texts, joined by AND and OR.

    title~'sales' AND lastChangeDateTime>='2024-01-01'

Capital and small letters are the same, as 1EdTech has it; moments are compared as moments. A field
with several values is compared by each. Inside a text '' stands for one apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from competency.errors import ParameterError
from competency.exchange.case import FIELD_NAMES

MOMENTS = ("lastChangeDateTime", "statusStartDate", "statusEndDate")
_LINKED = ("title", "identifier", "uri")  # what a link has
_LONGEST, _MOST = 2_000, 20  # characters of a filter, and comparisons in it
_COMPARISON = re.compile(r"\s*([A-Za-z][\w.]*)\s*(!=|>=|<=|=|>|<|~)\s*'((?:[^']|'')*)'")
_JOIN = re.compile(r"\s+(AND|OR)\s", re.I)
_Value = str | datetime
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "~": lambda a, b: b in a,
}


@dataclass(frozen=True)
class Comparison:
    """A field, an operator and what the field is compared with."""

    field: str
    operator: str
    value: _Value

    def holds(self, document: dict[str, Any]) -> bool:
        """Say whether a document is as compared; a field without a value only is unlike."""
        if self.operator == "!=":
            return all(value != self.value for value in values_of(document, self.field))
        compare = _OPERATORS[self.operator]
        found = values_of(document, self.field, as_text=self.operator == "~")
        return any(compare(value, self.value) for value in found)


@dataclass(frozen=True)
class Filter:
    """Comparisons: all of one of the groups have to hold, as AND binds before OR."""

    groups: tuple[tuple[Comparison, ...], ...]

    def takes(self, document: dict[str, Any]) -> bool:
        """Say whether a document passes."""
        return any(all(one.holds(document) for one in group) for group in self.groups)


def parse_filter(text: str, version: str) -> Filter:
    """Return a filter over CFDocuments of a version of CASE; ParameterError says what is wrong.

    >>> parse_filter("title~'bread' AND language='en'", "1.1").takes({"title": "Bread"})
    False
    """
    if len(text) > _LONGEST:
        raise ParameterError("filter", f"longer than {_LONGEST:,} characters")
    groups: list[list[Comparison]] = [[]]
    place = 0
    while True:
        match = _COMPARISON.match(text, place)
        if match is None:
            reason = f"at character {place + 1} there is no comparison such as title='Bread'"
            raise ParameterError("filter", reason)
        groups[-1].append(_comparison(match[1], match[2], match[3], version))
        place = match.end()
        if not text[place:].strip():
            break
        join = _JOIN.match(text, place)
        if join is None:
            raise ParameterError("filter", f"AND or OR is missing at character {place + 1}")
        groups += [[]] if join[1].upper() == "OR" else []
        place = join.end()
        if sum(map(len, groups)) >= _MOST:
            raise ParameterError("filter", f"more than {_MOST} comparisons")
    return Filter(tuple(map(tuple, groups)))


def _comparison(field: str, operator: str, text: str, version: str) -> Comparison:
    check_field(field, version, "filter")
    plain = text.replace("''", "'")
    if field in MOMENTS and operator != "~":
        moment = moment_of(plain)
        if moment is None:
            like = "a moment such as '2024-05-01'"
            reason = f"{field} is compared with {like}, not with {plain[:40]!r}"
            raise ParameterError("filter", reason)
        return Comparison(field, operator, moment)
    return Comparison(field, operator, plain.casefold())


def check_field(name: str, version: str, parameter: str) -> None:
    """Raise ParameterError unless a CFDocument has a field, or a link of it such a member."""
    known = FIELD_NAMES[version]
    first, dot, rest = name.partition(".")
    fits = rest in _LINKED and first.endswith("URI") if dot else first != "extensions"
    if first not in known or not fits:
        fields = ", ".join(one for one in known if one != "extensions")
        reason = f"a CFDocument has no field {name[:40]!r} to go by; there are {fields}"
        raise ParameterError(parameter, reason)


def values_of(document: dict[str, Any], field: str, *, as_text: bool = False) -> Iterator[_Value]:
    """Yield the values of a field, or of a member of its links, as they are compared."""
    first, dot, rest = field.partition(".")
    value = document.get(first)
    for one in value if isinstance(value, list) else [value]:
        found = one.get(rest or "title") if isinstance(one, dict) else None if dot else one
        if found is None or isinstance(found, dict | list):
            continue
        moment = moment_of(str(found)) if field in MOMENTS and not as_text else None
        if field not in MOMENTS or as_text:
            yield str(found).casefold()
        elif moment is not None:
            yield moment


def moment_of(text: str) -> datetime | None:
    """Return a moment; a date is its beginning, and without a zone it is UTC. None if it is none.

    >>> moment_of("2024-05-01").isoformat(), moment_of("soon")
    ('2024-05-01T00:00:00+00:00', None)
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:
        return None
