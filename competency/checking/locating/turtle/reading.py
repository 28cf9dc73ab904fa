"""Walk over Turtle, TriG, N-Triples or N-Quads, and note where each statement is written.

One loop over tokens with a stack of its own: nothing recurses, and the time is that of the text.
"""

from __future__ import annotations

import re

from competency.checking.locating.iris import resolve
from competency.checking.locating.statements import (
    FIRST,
    NIL,
    REST,
    TYPE,
    Key,
    Statement,
    Written,
    literal,
)
from competency.graph.texts import turtle_tokens as tokens
from competency.graph.texts.turtle_tokens import TOKEN, string_value, unescaped

# What the next term will be. DONE waits for a sign, ITEM for an item of a list.
SUBJECT, PREDICATE, OBJECT, DONE, ITEM, PREFIX, NAMESPACE, BASE = range(8)
_NO_CELL = 0  # the subject of a list before its first item; blank nodes count from 1
_AFTER = {";": PREDICATE, ",": OBJECT}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WORDS: dict[str, Key] = {"a": TYPE, **{w: (w, _XSD + "boolean", "") for w in ("true", "false")}}
_Frame = tuple[Key, int, Key, int, int]


def read_turtle(text: str, base: str) -> Written:
    """Return the statements of a document, those in brackets before the one they are part of.

    Graph names are passed over. A document that is not well-formed gives what could be made out.

    >>> read_turtle("PREFIX : <urn:> :a :b :c .", "").statements
    [('urn:a', 'urn:b', 'urn:c', 16, 19, 22)]
    """
    walker = _Walker(base)
    walker.walk(text)
    return Written(walker.statements)


class _Walker:
    """The place in the grammar: the terms of the statement, what is next, and what is around."""

    def __init__(self, base: str) -> None:
        self.statements: list[Statement] = []
        self._base, self._prefixes, self._prefix = base, dict[str, str](), ""
        self._terms: dict[str, Key] = {}
        self._labels: dict[str, int] = {}
        self._count = 0
        self._subject: Key = ""
        self._predicate: Key = ""
        self._subject_at = self._predicate_at = 0
        self._state = SUBJECT
        self._stack: list[_Frame] = []
        self._forget()

    def walk(self, text: str) -> None:
        """Read all tokens of a text."""
        for token in TOKEN.finditer(text):
            kind = token.lastindex
            if kind is None:
                break
            raw, at = token[kind], token.start(kind)
            if kind == tokens.WORD or kind == tokens.IRI:
                key = self._terms.get(raw)
                if key is not None and self._state < PREFIX:
                    self._take(key, at)
                else:
                    self._name(raw, at)
            elif kind == tokens.SIGN:
                self._sign(raw, at)
            elif kind == tokens.LITERAL:
                self._take(self._literal(token), at)
            elif kind == tokens.NUMBER:
                self._take(_number(raw), at)
            elif kind == tokens.AT:
                self._keyword(raw[1:].lower())

    def _take(self, key: Key, at: int) -> None:
        """Put a term where one is expected."""
        state = self._state
        if state == OBJECT:
            self.statements.append(
                (self._subject, self._predicate, key, self._subject_at, self._predicate_at, at)
            )
            self._state = DONE
        elif state == PREDICATE:
            self._predicate, self._predicate_at, self._state = key, at, OBJECT
        elif state == SUBJECT:
            self._subject, self._subject_at, self._state = key, at, PREDICATE
        elif state == ITEM:
            self._item(key, at)

    # -- signs

    def _sign(self, sign: str, at: int) -> None:
        if sign in _AFTER:
            if self._state != ITEM:
                self._state = _AFTER[sign]
        elif sign in "[(":
            self._open(sign, at)
        elif sign in "])":
            self._close(at)
        else:  # a dot ends a statement, a brace begins or ends a graph
            self._state = SUBJECT
            self._stack.clear()

    def _open(self, sign: str, at: int) -> None:
        self._stack.append(self._frame())
        if sign == "[":
            self._subject, self._subject_at, self._state = self._new(), at, PREDICATE
        else:  # the head of a list and its place stand where a property would
            self._subject, self._state = _NO_CELL, ITEM
            self._predicate, self._predicate_at = NIL, at

    def _close(self, at: int) -> None:
        """Take what stood in brackets as a term of what is around them."""
        if not self._stack:
            return
        inner, inner_at = self._subject, self._subject_at
        if self._state == ITEM:
            if inner != _NO_CELL:
                self.statements.append((inner, REST, NIL, inner_at, at, at))
            inner, inner_at = self._predicate, self._predicate_at
        self._return_to(self._stack.pop())
        self._take(inner, inner_at)

    def _item(self, key: Key, at: int) -> None:
        """Add a cell to a list."""
        cell, last, last_at = self._new(), self._subject, self._subject_at
        if last == _NO_CELL:
            self._predicate, self._subject_at = cell, self._predicate_at
        else:
            self.statements.append((last, REST, cell, last_at, at, at))
            self._subject_at = at
        self._subject = cell
        self.statements.append((cell, FIRST, key, self._subject_at, at, at))

    def _frame(self) -> _Frame:
        return (
            self._subject,
            self._subject_at,
            self._predicate,
            self._predicate_at,
            self._state,
        )

    def _return_to(self, frame: _Frame) -> None:
        self._subject, self._subject_at, self._predicate, self._predicate_at, self._state = frame

    def _new(self) -> int:
        self._count += 1
        return self._count

    # -- names

    def _name(self, raw: str, at: int) -> None:
        """Read a name or IRI that was not met yet, a keyword, or a part of a declaration."""
        if self._state < PREFIX:
            if self._state == SUBJECT and ":" not in raw and raw[0] != "<":
                self._keyword(raw.lower())
            else:
                self._terms[raw] = key = self._key(raw)
                self._take(key, at)
        elif self._state == PREFIX:
            self._prefix, self._state = raw.removesuffix(":"), NAMESPACE
        else:
            self._declare(str(self._key(raw)))

    def _keyword(self, word: str) -> None:
        if word in ("prefix", "base"):
            self._state = PREFIX if word == "prefix" else BASE
            self._stack.clear()

    def _declare(self, iri: str) -> None:
        if self._state == BASE:
            self._base = iri
        else:
            self._prefixes[self._prefix] = iri
        self._state = SUBJECT
        self._forget()

    def _forget(self) -> None:
        """Forget what names mean, as a prefix or the base has changed."""
        self._terms = dict(_WORDS)

    def _key(self, raw: str) -> Key:
        """Return the term that a name or an IRI in angles stands for."""
        if raw[0] == "<":
            return resolve(self._base, unescaped(raw[1:-1]))
        prefix, _, name = raw.partition(":")
        if prefix == "_":
            if name not in self._labels:
                self._labels[name] = self._new()
            return self._labels[name]
        return self._prefixes.get(prefix, prefix + ":") + unescaped(name)

    def _literal(self, token: re.Match[str]) -> Key:
        datatype = token[tokens.DATATYPE]
        found = str(self._key(datatype)) if datatype else ""
        return literal(string_value(token[tokens.STRING]), found, token[tokens.LANGUAGE] or "")


def _number(raw: str) -> Key:
    if "e" in raw or "E" in raw:
        return raw, _XSD + "double", ""
    return raw, _XSD + ("decimal" if "." in raw else "integer"), ""
