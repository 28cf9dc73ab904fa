"""Going through a text token by token, with the limits that hold for queries and updates."""

from __future__ import annotations

import re
from bisect import bisect_left, insort

from competency.errors import QueryError, QueryRefused
from competency.sparql.guard.planning import Planning
from competency.sparql.guard.prologue import Prologue, is_relative
from competency.sparql.guard.tokens import Reader, Token, cannot_go_on, escaped, place

MAX_DEPTH = 64  # brackets inside each other


class Spelling:
    """Replacements in a text, made all at once."""

    def __init__(self, text: str) -> None:
        """Begin with no replacement."""
        self._text = text
        self._edits: list[tuple[int, int, str]] = []

    def put(self, start: int, end: int, instead: str) -> None:
        """Put ``instead`` in the place of the text from ``start`` to ``end``."""
        insort(self._edits, (start, end, instead))

    def between(self, start: int = 0, end: int | None = None) -> str:
        """Return the text from ``start`` to ``end`` with its replacements.

        >>> spelling = Spelling("ASK {?a<?b}")
        >>> spelling.put(7, 8, "< ")
        >>> spelling.between()
        'ASK {?a< ?b}'
        """
        end = len(self._text) if end is None else end
        pieces, at = [], start
        for first, last, instead in self._edits[bisect_left(self._edits, (start,)) :]:
            if last > end:
                break
            pieces += [self._text[at:first], instead]
            at = last
        return "".join([*pieces, self._text[at:end]])


class Walk:
    """The walk through a text: its reader, its prologue, and how it is to be spelled.

    The engine knows one prologue, the first. So what later ones declare anew (``differs``) is
    spelled as full IRIs, and what they add is ``hoisted``, to be declared at the beginning.
    """

    def __init__(self, text: str, base: str | None) -> None:
        """Begin at the beginning of ``text``; relative IRIs are read against ``base``."""
        self.text = text
        self.reader, self.prologue = Reader(text), Prologue(base)
        self.spelling, self.planning = Spelling(text), Planning(text)
        self.hoisted = ""
        self.differs: set[str] = set()
        self._known: dict[str, str | None] = {}

    def next(self) -> Token:
        """Return the next token; QueryError for what is none, QueryRefused past the limits."""
        token = self.reader.take()
        if token.kind == "wrong":
            raise cannot_go_on(self.text, token)
        if len(self.reader.brackets) > MAX_DEPTH:
            refuse_depth(len(self.reader.brackets), self.text, token)
        if token.kind != "end":
            self.planning.see(token, self.reader.brackets[-1] if token.kind == "open" else "")
            self.spell(token)
        return token

    def read_prologue(self) -> None:
        """Read the declarations that stand here, and make good what the engine does not know."""
        start, first = self.reader.peek().start, not self._known
        guessed, self.prologue.guessed = self.prologue.guessed, False
        self.prologue.read(self.reader)
        now = {**self.prologue.prefixes, "<": self.prologue.base}
        if first:
            self._known = dict(now)
        elif self.reader.peek().start > start:
            self._declare_late(start, now)
        self.prologue.guessed = self.prologue.guessed or guessed

    def spell(self, token: Token) -> None:
        """Replace a token that the engine could read in another way."""
        if instead := self.spelled(token):
            self.spelling.put(token.start, token.end, instead)

    def spelled(self, token: Token) -> str:
        """Return how a token must be spelled, or "" when it may stay as it is."""
        if self.differs and token.kind in ("iri", "name"):
            prefix = "<" if is_relative(token) else token.text.partition(":")[0]
            if prefix in self.differs:
                return escaped(f"<{self.prologue.iri(token, self.text)}>")
        return self.prologue.spelled(token, self.text)

    def _declare_late(self, start: int, now: dict[str, str | None]) -> None:
        """Take declarations out of the text from ``start`` on, and say elsewhere what they say."""
        if self.prologue.guessed:
            reason = "a relative IRI is declared here without BASE; write it in full"
            raise QueryError(reason, *place(self.text, start))
        end = self.reader.at
        blank = re.sub(r"[^\r\n]", " ", self.text[start:end])
        self.spelling.put(start, end, blank)
        for prefix in now.keys() - self._known.keys():
            self._known[prefix] = now[prefix]
            self.hoisted += f"PREFIX {prefix}: <{now[prefix]}> "
        self.differs = {name for name, iri in now.items() if self._known.get(name) != iri}


def refuse_length(text: str, most: int) -> None:
    """Refuse a text of more than ``most`` characters, and one that cannot be sent as UTF-8."""
    if len(text) > most:
        raise QueryRefused(f"{len(text):,} characters; the limit is {most:,}")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        reason = "half a character (a surrogate) stands here; write the whole one"
        raise QueryError(reason, *place(text, error.start)) from error


def refuse_depth(depth: int, text: str, token: Token) -> None:
    """Refuse more than MAX_DEPTH brackets inside each other."""
    if depth > MAX_DEPTH:
        reason = f"more than {MAX_DEPTH} brackets inside each other"
        raise QueryRefused(reason, *place(text, token.start))
