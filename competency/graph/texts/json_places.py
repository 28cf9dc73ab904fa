"""Read JSON with the place of every value and of every key; RFC 8259.

The documents were parsed before, so nothing is refused: what is not JSON is passed over, and what
lies deeper than in any document that can be loaded is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r'[ \t\r\n,:]*+(?:("(?:[^"\\]++|\\.)*+"?+)(?:[ \t\r\n]*+(:))?+|([\[\]{}])'
    r'|([^ \t\r\n\[\]{},:"]++)|\Z)',
    re.DOTALL,
)
_TEXT, _KEY, _SIGN, _WORD = 1, 2, 3, 4
MAX_DEPTH = 100  # pyoxigraph is given documents of at most 64 levels
_WORDS = {"true": True, "false": False, "null": None}


class Number(str):
    """A number as it is written."""

    __slots__ = ()


class Member(NamedTuple):
    """A key of an object, where it is, and its value."""

    key: str
    at: int
    value: Json


class Members:
    """The members of an object in their order, also those with the same key."""

    __slots__ = ("_all",)

    def __init__(self) -> None:
        """Begin with none."""
        self._all: list[Member] = []

    def add(self, member: Member) -> None:
        """Put one more at the end."""
        self._all.append(member)

    def __iter__(self) -> Iterator[Member]:
        return iter(self._all)

    def __repr__(self) -> str:
        return repr(self._all)


class Json(NamedTuple):
    """A value of JSON, and the offset of its first sign."""

    value: str | bool | list[Json] | Members | None
    at: int


def scan(text: str) -> Json:
    """Return the value that a text holds; null where it holds none.

    >>> scan('{"a": [1]}').value
    [Member(key='a', at=1, value=Json(value=[Json(value='1', at=7)], at=6))]
    """
    return _Scanner().scan(text)


def plain(value: Json) -> object:
    """Return a value as Python has it, numbers as numbers and the last of equal keys.

    >>> plain(scan('{"a": [1, 2.5]}'))
    {'a': [1, 2.5]}
    """
    inner = value.value
    if isinstance(inner, Members):
        return {member.key: plain(member.value) for member in inner}
    if isinstance(inner, list):
        return [plain(item) for item in inner]
    if isinstance(inner, Number):
        number = float(inner)
        return int(number) if number.is_integer() else number
    return inner


class _Scanner:
    """The object or array that is open, those around it, and the key that waits for its value."""

    def __init__(self) -> None:
        self._root: list[Json] = []
        self._here: list[Json] | Members = self._root
        self._around: list[list[Json] | Members] = []
        self._key: str | None = None
        self._key_at = 0
        self._too_deep = 0

    def scan(self, text: str) -> Json:
        """Read all tokens of a text."""
        for token in _TOKEN.finditer(text):
            kind = token.lastindex
            if kind is None:
                break
            if kind == _SIGN:
                self._sign(token[_SIGN], token.start(_SIGN))
            elif self._too_deep:
                continue
            elif kind == _WORD:
                raw = token[_WORD]
                self._add(Json(_WORDS[raw] if raw in _WORDS else Number(raw), token.start(_WORD)))
            elif kind == _KEY and isinstance(self._here, Members):
                self._key, self._key_at = _text(token[_TEXT]), token.start(_TEXT)
            else:
                self._add(Json(_text(token[_TEXT]), token.start(_TEXT)))
        return self._root[0] if self._root else Json(None, 0)

    def _add(self, value: Json) -> None:
        if not isinstance(self._here, Members):
            self._here.append(value)
        elif self._key is not None:
            self._here.add(Member(self._key, self._key_at, value))
            self._key = None

    def _sign(self, sign: str, at: int) -> None:
        if sign in "{[":
            if self._too_deep or len(self._around) >= MAX_DEPTH:
                self._too_deep += 1
                return
            container: list[Json] | Members = Members() if sign == "{" else []
            self._add(Json(container, at))
            self._around.append(self._here)
            self._here, self._key = container, None
        elif self._too_deep:
            self._too_deep -= 1
        elif self._around:
            self._here, self._key = self._around.pop(), None


def _text(raw: str) -> str:
    """Return what a string in quotes says; one that is not well-formed as it stands."""
    if "\\" not in raw:
        return raw[1:-1]
    try:
        return str(json.loads(raw, strict=False))
    except ValueError:
        return raw[1:-1]
