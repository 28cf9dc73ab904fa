"""YAML on one line: texts in quotes, lists in ``[]`` and maps in ``{}``."""

from __future__ import annotations

import re

MAX_DEPTH = 8
Node = str | list["Node"] | dict[str, "Node"]

_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_SINGLE = re.compile(r"'((?:[^']|'')*+)'")
_PLAIN = re.compile(r"(?:[^,\[\]{}:\n]|:(?=\S))++")
_BLANK = re.compile(r"\s*+")
_FOLD = re.compile(r"(?<![ \t])[ \t]*+\n(?:[ \t]*+\n)*+[ \t]*+")
_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(\n[ \t]*+|.))|" + _FOLD.pattern,
    re.DOTALL,
)
_ESCAPED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", " ": " ", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0",
    "L": "\u2028", "P": "\u2029",
}  # fmt: skip


class UnclosedError(ValueError):
    """A quote or a bracket does not close in the text given."""


def read_flow(text: str) -> Node:
    """Return the value that a text is, which begins with a quote or a bracket.

    Raises UnclosedError where more lines may close it, and ValueError for what is wrong.

    >>> read_flow("['a, b', c]  # two")
    ['a, b', 'c']
    """
    found, end = _value(text, 0, 0)
    rest = text[end:].strip()
    if rest and not rest.startswith("#"):
        raise ValueError(f"{rest[:20]!r} stands after the end of the value")
    return found


def unquoted(text: str) -> str:
    r"""Return the text that stands in double quotes, its escapes read.

    >>> unquoted(r"gr\u00fcn")
    'grün'
    """
    return _ESCAPE.sub(_escaped, text)


def _value(text: str, at: int, depth: int) -> tuple[Node, int]:
    if depth > MAX_DEPTH:
        raise ValueError(f"more than {MAX_DEPTH} brackets inside each other")
    sign = text[at : at + 1]
    if sign in ('"', "'"):
        return _quoted(text, at)
    if sign == "[":
        return _list(text, at + 1, depth)
    if sign == "{":
        return _map(text, at + 1, depth)
    plain = _PLAIN.match(text, at)
    return (plain[0].strip(), plain.end()) if plain else ("", at)


def _quoted(text: str, at: int) -> tuple[str, int]:
    double = text[at] == '"'
    found = (_DOUBLE if double else _SINGLE).match(text, at)
    if found is None:
        raise UnclosedError(f"the quote ({text[at]}) is never closed")
    inner = unquoted(found[1]) if double else _FOLD.sub(_folded, found[1].replace("''", "'"))
    return inner, found.end()


def _list(text: str, at: int, depth: int) -> tuple[Node, int]:
    found: list[Node] = []
    while True:
        at = _skip(text, at)
        if text[at] == "]":
            return found, at + 1
        value, at = _value(text, at, depth + 1)
        found.append(value)
        at = _comma(text, at, "]")


def _map(text: str, at: int, depth: int) -> tuple[Node, int]:
    found: dict[str, Node] = {}
    while True:
        at = _skip(text, at)
        if text[at] == "}":
            return found, at + 1
        key, at = _value(text, at, depth + 1)
        at = _skip(text, at)
        if text[at] != ":" or not isinstance(key, str):
            raise ValueError("a map in {} has a key without a colon")
        value, at = _value(text, _skip(text, at + 1), depth + 1)
        found[key] = value
        at = _comma(text, at, "}")


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    at = found.end() if found else at
    if at >= len(text):
        raise UnclosedError("the bracket is never closed")
    return at


def _comma(text: str, at: int, closing: str) -> int:
    at = _skip(text, at)
    if text[at] not in (",", closing):
        raise ValueError(f"{text[at]!r} stands where a comma or {closing} belongs")
    return at + (text[at] == ",")


def _folded(found: re.Match[str]) -> str:
    breaks = found[0].count("\n")
    return " " if breaks == 1 else "\n" * (breaks - 1)


def _escaped(found: re.Match[str]) -> str:
    if not found[0].startswith("\\"):
        return _folded(found)
    number = found[1] or found[2] or found[3]
    if number:
        code = int(number, 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise ValueError(f"{found[0]} is no character")
        return chr(code)
    sign = found[4]
    if sign.startswith("\n"):
        return ""
    if sign not in _ESCAPED:
        raise ValueError(f"\\{sign} is no escape; write \\\\ for a backslash")
    return _ESCAPED[sign]
