"""What stands before a query or an operation: BASE and PREFIX, and the IRIs that follow from it.

SPARQL 1.1, section 4.1: prefixed names and relative IRIs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

import pyoxigraph as ox

from competency.errors import QueryError
from competency.ontology import DEFAULT_BASE, PREFIXES
from competency.sparql.guard.lexis import SHORT_NAME
from competency.sparql.guard.tokens import Reader, Token, cannot_go_on, escaped, place

# A name that holds one of these could be read as the keyword with a shorter name behind it.
_KEYWORD = re.compile("SERVICE|SILENT|FROM|NAMED|GRAPH|USING|DEFAULT", re.IGNORECASE)
_DOT = re.compile(r"(\\.)|\.")
_ABSOLUTE = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass
class Prologue:
    """The prefixes and the base in force; without a ``base`` relative IRIs are ``guessed``."""

    base: str | None = None
    prefixes: dict[str, str] = field(default_factory=lambda: dict(PREFIXES))
    guessed: bool = False

    def read(self, reader: Reader) -> None:
        """Read the declarations before a query or an operation.

        Raises QueryError where one is not well-formed.
        """
        while (token := reader.peek()).is_word("BASE", "PREFIX", "VERSION"):
            reader.take()
            if token.is_word("VERSION"):
                _expect(reader, "text")
            elif token.is_word("BASE"):
                self.base = self.iri(_expect(reader, "iri"), reader.text)
            else:
                prefix = _expect(reader, "name")
                if not prefix.text.endswith(":") or prefix.text.count(":") > 1:
                    raise cannot_go_on(reader.text, prefix)
                iri = _expect(reader, "iri")
                self.prefixes[prefix.text[:-1]] = self.iri(iri, reader.text)

    def iri(self, token: Token, text: str) -> str:
        """Return the absolute IRI that an IRI or a prefixed name stands for.

        Raises QueryError for a prefix that is not declared and for what is no IRI.
        """
        if token.kind not in ("iri", "name") or token.text.startswith("_:"):
            raise cannot_go_on(text, token)
        named = self._expanded(token, text) if token.kind == "name" else ""
        self.guessed = self.guessed or (self.base is None and is_relative(token))
        base = self.base or DEFAULT_BASE
        try:
            return ox.NamedNode(named).value if named else resolve(token.text, base)
        except (ValueError, SyntaxError) as error:
            reason = f"{token.text} is not an IRI"
            raise QueryError(reason, *place(text, token.start)) from error

    def spelled(self, token: Token, text: str) -> str:
        """Return how to spell a token so that the engine reads nothing else in it, or "" as it is.

        The engine reads a keyword at the beginning of a name, the beginning of a name that makes
        no IRI, and one group of dots in a name. Raises QueryError where there is no such spelling.
        """
        if token.kind != "name" or token.text.startswith("_:"):
            return token.instead
        if _KEYWORD.search(token.text):
            iri = self.iri(token, text)
            if _KEYWORD.search(token.text.partition(":")[0]):
                return escaped(f"<{iri}>")
        if SHORT_NAME.fullmatch(token.text):
            return ""
        prefix, colon, local = token.text.partition(":")
        return prefix + colon + _DOT.sub(lambda dot: dot[1] or r"\.", local)

    def _expanded(self, token: Token, text: str) -> str:
        prefix, _, local = token.text.partition(":")
        if prefix not in self.prefixes:
            reason = f"the prefix {prefix}: is not declared; write PREFIX {prefix}: <IRI> first"
            raise QueryError(reason, *place(text, token.start))
        return self.prefixes[prefix] + local.replace("\\", "")


def is_relative(token: Token) -> bool:
    """Say whether an IRI as written needs a base."""
    return token.kind == "iri" and not _ABSOLUTE.match(token.text, 1)


@lru_cache(maxsize=1024)
def resolve(iri: str, base: str) -> str:
    """Return the IRI of ``<...>`` as the engine resolves it; SyntaxError where it is none.

    >>> resolve("<../b>", "http://example.org/a/")
    'http://example.org/b'
    """
    if _ABSOLUTE.match(iri, 1) and "/." not in iri and "\\" not in iri:
        return ox.NamedNode(iri[1:-1]).value
    query = f"SELECT ({iri} AS ?iri) {{}}"
    rows = cast(ox.QuerySolutions, ox.Store().query(query, base_iri=base))
    return cast(ox.NamedNode, next(rows)["iri"]).value


def _expect(reader: Reader, kind: str) -> Token:
    token = reader.take()
    if token.kind != kind:
        raise cannot_go_on(reader.text, token)
    return token
