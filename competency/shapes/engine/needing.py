"""Which properties a query cannot do without: without them in the data it need not be asked.

Only the triple patterns right inside the outermost braces are looked at: all of them must match
for any solution (SPARQL 1.1, section 18.3). What is not understood is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rdflib import RDF

from competency.shapes.engine.terms import Term, term_of, term_of_iri
from competency.shapes.engine.tokens import Token

Needs = frozenset[frozenset[Term]]  # of each set at least one property

_TYPE = term_of(RDF.type)
_NOTHING: Needs = frozenset()
_MOST = 16
_TERMS = frozenset({"variable", "iri", "name", "number"})


def needed(found: Sequence[Token], prefixes: Mapping[str, str]) -> Needs:
    """Return sets of properties: data must have one of each for a query to have any solution.

    >>> from competency.shapes.engine.tokens import tokens
    >>> found = needed(tokens("SELECT $this { $this <urn:a>|<urn:b> ?o ; <urn:c>* 1 }", "s"), {})
    >>> [sorted(any_of) for any_of in found]
    [['<urn:a>', '<urn:b>']]
    """
    opening = next((i for i, token in enumerate(found) if token.text == "{"), len(found))
    head = found[:opening]
    if any(token.text == "(" or token.word == "ASK" for token in head):
        return _NOTHING  # what is added up has a solution even where nothing matches
    return _Pattern(found, prefixes).read(opening + 1)


class _Stop(Exception):
    """There is something that is not understood."""


class _Pattern:
    """Reads the triple patterns of one group, sign by sign."""

    def __init__(self, found: Sequence[Token], prefixes: Mapping[str, str]) -> None:
        self._found, self._prefixes, self._at = found, prefixes, 0

    def read(self, at: int) -> Needs:
        self._at = at
        needs: set[frozenset[Term]] = set()
        try:
            while self._next().text != "}":
                self._element(needs)
        except _Stop:
            pass
        return frozenset(needs)

    def _next(self) -> Token:
        if self._at >= len(self._found):
            raise _Stop
        return self._found[self._at]

    def _skip(self) -> None:
        """Go behind a bracket with all that is in it."""
        depth = 0
        while True:
            token = self._next()
            depth += (token.kind == "open") - (token.kind == "close")
            self._at += 1
            if depth == 0:
                return

    def _element(self, needs: set[frozenset[Term]]) -> None:
        token = self._next()
        if token.text == "{":
            self._skip()
        elif token.word in ("FILTER", "BIND", "OPTIONAL", "GRAPH", "UNION"):
            while self._next().kind != "open":
                self._at += 1
            self._skip()
        elif token.text == ".":
            self._at += 1
        else:
            self._triples(needs)

    def _triples(self, needs: set[frozenset[Term]]) -> None:
        self._term()
        while True:
            needs |= self._path()
            self._term()
            while self._next().text == ",":
                self._at += 1
                self._term()
            while self._next().text == ";":
                self._at += 1
                if self._next().text in (".", "}", ";"):
                    return
                break
            else:
                return

    def _term(self) -> None:
        token = self._next()
        self._at += 1
        if token.kind == "text":
            following = self._next()
            self._at += {"language": 1, "other": 2 * (following.text == "^^")}.get(
                following.kind, 0
            )
        elif token.kind not in _TERMS and token.word not in ("TRUE", "FALSE"):
            raise _Stop

    def _path(self) -> Needs:
        """Return what a path needs: of each pair of alternatives, what one or the other needs."""
        needs = self._steps()
        while self._next().text == "|":
            self._at += 1
            others = self._steps()
            needs = frozenset(one | two for one in needs for two in others)
            if len(needs) > _MOST:
                raise _Stop
        return needs

    def _steps(self) -> Needs:
        needs = self._step()
        while self._next().text == "/":
            self._at += 1
            needs |= self._step()
        return needs

    def _step(self) -> Needs:
        if self._next().text == "^":
            self._at += 1
        token = self._next()
        self._at += 1
        if token.text == "(":
            needs = self._path()
            if self._next().text != ")":
                raise _Stop
            self._at += 1
        else:
            needs = self._property(token)
        if self._next().text in ("*", "?", "+"):
            self._at += 1
            if self._found[self._at - 1].text != "+":
                return _NOTHING
        return needs

    def _property(self, token: Token) -> Needs:
        if token.text == "a":
            return frozenset({frozenset({_TYPE})})
        if token.kind == "variable":
            return _NOTHING
        if token.kind == "iri":
            return frozenset({frozenset({token.text})})
        prefix, _, local = token.text.partition(":")
        if token.kind != "name" or prefix not in self._prefixes or set(local) & set("\\%"):
            raise _Stop
        return frozenset({frozenset({term_of_iri(self._prefixes[prefix] + local)})})
