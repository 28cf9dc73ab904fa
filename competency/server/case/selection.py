"""Which CFDocuments a request wants, in which order, and what of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from competency.errors import ParameterError
from competency.exchange.case import FIELD_NAMES
from competency.server.case.filtering import Filter, check_field, parse_filter, values_of

LIMIT = 100
_LARGEST = 2**31 - 1  # of a number: the standard has them in four bytes
_ONCE = ("limit", "offset", "sort", "orderBy", "filter")

Document = dict[str, Any]


@dataclass(frozen=True)
class Selection:
    """What a request for CFDocuments asks for."""

    limit: int = LIMIT
    offset: int = 0
    sort: str | None = None
    descending: bool = False
    filter: Filter | None = None
    fields: tuple[str, ...] = ()

    @classmethod
    def asked(cls, arguments: MultiDict[str, str], version: str) -> Selection:
        """Read the parameters of a request; ParameterError says what is wrong with one.

        >>> Selection.asked(MultiDict({"limit": "5", "sort": "title"}), "1.1").limit
        5
        """
        for name in _ONCE:
            if len(arguments.getlist(name)) > 1:
                raise ParameterError(name, "give it once")
        sort, order = arguments.get("sort"), arguments.get("orderBy", "asc")
        if sort is not None:
            check_field(sort, version, "sort")
        if order not in ("asc", "desc"):
            raise ParameterError("orderBy", f"asc or desc, not {order[:40]!r}")
        text = arguments.get("filter")
        return cls(
            _number(arguments, "limit", LIMIT, 1),
            _number(arguments, "offset", 0, 0),
            sort,
            order == "desc",
            None if text is None else parse_filter(text, version),
            _fields(arguments.getlist("fields"), version),
        )

    @property
    def needs_all(self) -> bool:
        """Say whether all documents have to be looked at to tell those that are wanted."""
        return self.sort is not None or self.filter is not None

    def chosen(self, documents: Iterable[Document]) -> list[Document]:
        """Return the documents that pass the filter, in order."""
        found = [one for one in documents if self.filter is None or self.filter.takes(one)]
        if self.sort is not None:
            field = self.sort
            keys = {id(one): _key(one, field) for one in found}
            lacking = [one for one in found if keys[id(one)] is None]
            found = [one for one in found if keys[id(one)] is not None]
            found.sort(key=lambda one: keys[id(one)] or (), reverse=self.descending)
            found += lacking
        return found

    def shown(self, document: Document) -> Document:
        """Return a document with the fields that are wanted."""
        if not self.fields:
            return document
        return {name: value for name, value in document.items() if name in self.fields}

    def pages(self, total: int) -> dict[str, int]:
        """Return where the pages around this one begin, by their relation.

        >>> Selection(limit=10, offset=10).pages(35)
        {'first': 0, 'prev': 0, 'next': 20, 'last': 30}
        """
        found = {"first": 0}
        if self.offset > 0:
            found["prev"] = max(0, min(self.offset, total) - self.limit)
        if self.offset + self.limit < total:
            found["next"] = self.offset + self.limit
        found["last"] = max(0, (total - 1) // self.limit * self.limit)
        return found


def _key(document: Document, field: str) -> tuple[str | datetime, str] | None:
    """Return what puts a document in order, or None where it has no value."""
    value = next(values_of(document, field), None)
    return None if value is None else (value, str(document.get("identifier")))


def _number(arguments: MultiDict[str, str], name: str, usual: int, least: int) -> int:
    text = arguments.get(name)
    if text is None:
        return usual
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(_LARGEST))
    if not is_number or not least <= int(text) <= _LARGEST:
        raise ParameterError(name, f"a whole number from {least}, not {text[:40]!r}")
    return int(text)


def _fields(values: list[str], version: str) -> tuple[str, ...]:
    """Return the fields of a list with commas, which may also be given several times."""
    names = [name.strip() for value in values for name in value.split(",")]
    for name in names:
        if name not in FIELD_NAMES[version]:
            known = ", ".join(FIELD_NAMES[version])
            reason = f"a CFDocument has no field {name[:40]!r}; there are {known}"
            raise ParameterError("fields", reason)
    return tuple(dict.fromkeys(names))
