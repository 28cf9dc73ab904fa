"""The part of YAML that headers of SSSOM are written in: keys, texts, lists and one map of maps.

What other programs write there is read: block and flow style, quotes, texts over several lines.
Values stay the texts they are (``1.10`` is no number, ``no`` is not false). Anchors, tags and
documents, which no header needs, are refused with the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NoReturn

from competency.errors import ParseError
from competency.graph.sssom.flow import MAX_DEPTH, Node, UnclosedError, read_flow, unquoted

_KEY = re.compile(
    r"""(?:"(?P<quoted>(?:[^"\\]|\\.)*+)"|'(?P<single>[^']*+)'"""
    r"""|(?P<plain>[^\s"'\[\]{}#&*!|>%@`,:-][^\s:#]*+))[ ]*+:(?=\s|$)"""
)
_BLOCK = re.compile(r"(?P<style>[|>])(?P<marks>[+-]?[1-9]?[+-]?)\s*+(?:#.*)?")
MAX_TRIED = 200  # lines that a quote or a bracket is looked for on, one by one
_REMARK = re.compile(r"(?:^|\s)#.*")


@dataclass(frozen=True)
class Line:
    """One line of a header: its number in the file, the column it begins at, and its text."""

    number: int
    column: int
    text: str

    @property
    def indent(self) -> int:
        """Return how many blanks the text begins with."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def bare(self) -> str:
        """Return the text without blanks around it."""
        return self.text.strip()


@dataclass
class Header:
    """What a header says, and where each key of it stands: line and column."""

    values: dict[str, Node] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)


def read_yaml(source: str, lines: Sequence[Line]) -> Header:
    """Return the keys and values of a header; raises ParseError with line and column.

    >>> read_yaml("a", [Line(1, 1, "license: urn:a"), Line(2, 1, "see: [a, 'b']")]).values
    {'license': 'urn:a', 'see': ['a', 'b']}
    """
    reader = _Reader(source, [line for line in lines if line.bare != "---"])
    return reader.header()


class _Reader:
    def __init__(self, source: str, lines: list[Line]) -> None:
        self.source, self.lines, self.at = source, lines, 0

    def header(self) -> Header:
        found = Header()
        self._skip()
        if self.at < len(self.lines):
            indent = self.lines[self.at].indent
            found.values = self._map(indent, 0, found.places)
            self._skip()
        if self.at < len(self.lines):
            self._refuse(self.lines[self.at], "this line is indented less than the first one")
        return found

    def _skip(self) -> None:
        while self.at < len(self.lines) and self._is_idle(self.lines[self.at]):
            self.at += 1

    def _is_idle(self, line: Line) -> bool:
        return not line.bare or line.bare.startswith("#")

    def _next(self) -> Line | None:
        self._skip()
        return self.lines[self.at] if self.at < len(self.lines) else None

    def _map(
        self, indent: int, depth: int, places: dict[str, tuple[int, int]] | None = None
    ) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while (line := self._next()) and line.indent == indent:
            match = _KEY.match(line.text, indent)
            if match is None:
                if line.text.startswith("- ", indent) or line.bare == "-":
                    break
                reason = (
                    "no key and value; write both with a colon: 'license: https://example.org/'"
                )
                self._refuse(line, reason)
            key = _key(match)
            if key in found:
                self._refuse(line, f"the key {key[:60]!r} is there twice; keep one")
            if places is not None:
                places[key] = (line.number, line.column + indent)
            self.at += 1
            found[key] = self._value(line, match.end(), indent, depth + 1)
        line = self._next()
        if line and line.indent > indent:
            self._refuse(line, "this line is indented more than the one before")
        return found

    def _value(self, line: Line, start: int, indent: int, depth: int) -> Node:
        """Return the value that begins after a key or a dash, on this line or the next ones."""
        if depth > MAX_DEPTH:
            self._refuse(line, f"more than {MAX_DEPTH} levels inside each other")
        text = line.text[start:].strip()
        if text[:1] in ("|", ">") and (block := _BLOCK.fullmatch(text)):
            return self._block(block, indent)
        if text and not text.startswith("#"):
            return self._inline(line, start, indent)
        after = self._next()
        if after is None or after.indent < indent:
            return ""
        is_list = after.bare == "-" or after.bare.startswith("- ")
        if is_list:
            return self._list(after.indent, depth)
        if after.indent == indent:
            return ""
        if _KEY.match(after.text, after.indent):
            return self._map(after.indent, depth)
        self.at += 1
        return self._inline(after, after.indent, indent)

    def _list(self, indent: int, depth: int) -> list[Node]:
        found: list[Node] = []
        while (line := self._next()) and line.indent == indent:
            if line.bare != "-" and not line.bare.startswith("- "):
                break
            inner = line.text[indent + 1 :]
            begins = indent + 1 + len(inner) - len(inner.lstrip())
            if _KEY.match(line.text, begins):
                text = " " * begins + line.text[begins:]
                self.lines[self.at] = Line(line.number, line.column, text)
                found.append(self._map(begins, depth + 1))
            else:
                self.at += 1
                found.append(self._value(line, indent + 1, indent, depth + 1))
        return found

    def _block(self, block: re.Match[str], indent: int) -> str:
        """Return a text written below its key, line for line (``|``) or folded (``>``)."""
        taken = list(
            takewhile(lambda line: not line.bare or line.indent > indent, self.lines[self.at :])
        )
        self.at += len(taken)
        inner = min((line.indent for line in taken if line.bare), default=0)
        texts = [line.text[inner:].rstrip() for line in taken]
        while texts and not texts[-1]:
            texts.pop()
        whole = "\n".join(texts) if block["style"] == "|" else _folded(texts)
        return whole if "-" in block["marks"] or not texts else whole + "\n"

    def _inline(self, line: Line, start: int, indent: int) -> Node:
        """Return a value that begins on a line, with the lines that it goes on over."""
        begins = start + len(line.text[start:]) - len(line.text[start:].lstrip())
        sign = line.text[begins]
        if sign in "&*!%@`":
            self._refuse(
                line, f"{sign} begins what no header needs; put the text in quotes", begins
            )
        if sign in "\"'[{":
            return self._closed(line, begins)
        texts = [_REMARK.sub("", line.text[begins:]).strip()]
        remark = _REMARK.search(line.text, begins)
        while remark is None and self.at < len(self.lines):
            more = self.lines[self.at]
            if more.bare and (more.indent <= indent or self._is_idle(more)):
                break
            texts.append(_REMARK.sub("", more.text).strip())
            self.at += 1
        found = _folded(texts).rstrip("\n")
        if ": " in found or found.endswith(":"):
            self._refuse(line, "a text with a colon and a blank; put it in quotes", begins)
        return "" if found in ("~", "null") else found

    def _closed(self, line: Line, begins: int) -> Node:
        """Return a quoted text, a list in [] or a map in {}, up to where it closes."""
        size, left = 1, len(self.lines) - self.at + 1
        while True:
            more = self.lines[self.at : self.at + size - 1]
            text = "\n".join([line.text[begins:], *(item.text for item in more)])
            try:
                found = read_flow(text)
            except UnclosedError as error:
                if size >= left:
                    self._refuse(line, str(error), begins)
                size += 1 if size < MAX_TRIED else left
            except ValueError as error:
                self._refuse(line, str(error), begins)
            else:
                self.at += size - 1
                return found

    def _refuse(self, line: Line, reason: str, at: int | None = None) -> NoReturn:
        column = line.column + (line.indent if at is None else at)
        raise ParseError(self.source, f"the header is no YAML: {reason}", line.number, column)


def _key(found: re.Match[str]) -> str:
    if found["quoted"] is not None:
        return unquoted(found["quoted"])
    return found["plain"] or found["single"]


def _folded(texts: Sequence[str]) -> str:
    """Return lines as one: a break is a blank, an empty line a break."""
    whole = ""
    for text in texts:
        if not text:
            whole += "\n"
        else:
            whole += (" " if whole and not whole.endswith("\n") else "") + text
    return whole
