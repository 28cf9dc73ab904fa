"""What planning a query would cost the engine, counted on its tokens.

pyoxigraph plans before it evaluates, in time that grows with the fourth power of the patterns
joined in one group and with the square of most other things; and it reads the arguments of a few
functions twice, so that each level of nesting doubles its time. The weights below come from
measurements on an empty store (pyoxigraph 0.5.13): at each limit alone it takes about a second,
for a query twice as long many. Rows of VALUES and constants of IN cost nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from competency.errors import QueryRefused
from competency.sparql.guard.tokens import Token, place

MAX_PATTERNS = 100  # triple patterns, path steps and nested parts that are joined in one group
MAX_WORK = 10_000  # steps: the square of the patterns of each group, and those of tokens
MAX_READS = 2_000_000  # tokens, each as often as the engine reads it
_STEPS = {"SELECT": 20, "AS": 4} | dict.fromkeys(
    ("FILTER", "UNION", "EXISTS", "OPTIONAL", "MINUS", "LATERAL", "VALUES", "||", "&&"), 10
)
_TWICE = frozenset({"REGEX", "SUBSTR", "REPLACE", "GROUP_CONCAT"})
_APART = frozenset({"OPTIONAL", "MINUS", "EXISTS", "LATERAL", "SELECT", "SERVICE", "SILENT"})
_TERMS = frozenset({"variable", "iri", "name", "text", "number"})
_CONSTANTS = frozenset({"iri", "name", "text", "number", "language"})
_TERM_WORDS = frozenset({"A", "TRUE", "FALSE"})
_IN_TRIPLES = frozenset({"group", "node", "reified", "list"})
_SUBJECT, _VERB, _OBJECT, _DONE = range(4)


@dataclass
class _Frame:
    """An open bracket: its kind, what stands before it, where in a triple we are, what it holds."""

    kind: str
    opener: str = ""
    times: int = 1
    at: int = _SUBJECT
    patterns: int = 0
    last: int = 0  # patterns of the plain group inside that closed last: an arm, if UNION follows


class Planning:
    """Counts the work of planning while the tokens of a query pass.

    ``work`` is the steps so far. One for each query, and for each operation of an update.
    """

    def __init__(self, text: str) -> None:
        """Count for ``text``, of which the messages show places."""
        self.work = 0
        self._text, self._reads = text, 0
        self._frames = [_Frame("top")]
        self._word = ""
        self._skip = self._describe = False

    def see(self, token: Token, bracket: str = "") -> None:
        """Count a token; ``bracket`` is the kind of the bracket that it opens, if it does.

        Raises QueryRefused past MAX_PATTERNS, MAX_WORK and MAX_READS.
        """
        frame = self._frames[-1]
        self._reads += frame.times
        if token.kind == "open":
            self._open(token, bracket, frame)
        elif token.kind == "close":
            self._close(token)
        elif not _is_free(token, frame):
            self._count(token, frame)
        if token.kind in ("word", "open", "close") or token.text == ".":
            self._word = token.text.upper() if token.kind == "word" else ""
        self._refuse(token)

    def _open(self, token: Token, bracket: str, frame: _Frame) -> None:
        opener = self._word
        times = frame.times * 2 if opener in _TWICE and token.text == "(" else frame.times
        self.work += 10 if frame.kind == "top" and token.text == "(" else 1
        kind = bracket
        if frame.kind == "data" or (token.text == "(" and opener == "VALUES"):
            kind = "data"
        elif token.text == "(" and opener == "IN":
            kind = "in"
        elif opener == "CONSTRUCT":
            kind = "template"
        elif frame.kind == "path" or (
            kind == "list" and frame.kind != "list" and frame.at == _VERB
        ):
            kind = "path"
        at = _VERB if kind == "node" else _SUBJECT
        self._frames.append(_Frame(kind, opener, times, at))

    def _close(self, token: Token) -> None:
        """Give what a bracket holds to the one around it."""
        if len(self._frames) == 1:
            return
        frame, outer = self._frames.pop(), self._frames[-1]
        if frame.kind == "group":
            self._close_group(frame, outer, token)
        elif frame.kind in ("expression", "in", "data", "template"):
            outer.at = _SUBJECT
        elif frame.opener != "{|":
            outer.patterns += frame.patterns + (frame.kind == "reified")
            self._term(outer)
        else:
            outer.patterns += frame.patterns

    def _close_group(self, frame: _Frame, outer: _Frame, token: Token) -> None:
        found = frame.patterns
        if found > MAX_PATTERNS:
            reason = f"{found:,} patterns are joined in one group; the limit is {MAX_PATTERNS}"
            raise QueryRefused(reason, *place(self._text, token.start))
        outer.at, outer.last = _SUBJECT, 0
        if outer.kind == "group" and frame.opener not in _APART | {"UNION"}:
            outer.patterns += found
            outer.last = found
            return
        self.work += found * found
        outer.patterns += frame.opener in _APART

    def _count(self, token: Token, frame: _Frame) -> None:
        word = token.text.upper() if token.kind in ("word", "other") else ""
        self.work += _STEPS.get(word, 1)
        if token.kind == "word" and word not in _TERM_WORDS:
            self._keyword(word, frame)
        elif frame.kind == "top" and self._describe and token.kind in _TERMS:
            self.work += 4
        elif frame.kind not in _IN_TRIPLES:
            return
        elif token.kind == "other":
            self._sign(token, frame)
        elif token.kind != "language":
            self._term(frame)

    def _keyword(self, word: str, frame: _Frame) -> None:
        frame.at = _SUBJECT
        if word == "UNION":
            self.work += frame.last * frame.last
            frame.patterns -= frame.last - (frame.last > 0)
            frame.last = 0
        elif word == "VALUES":
            frame.patterns += 1
        elif word == "SELECT" and frame.kind == "group":
            frame.opener = "SELECT"
        elif word == "DESCRIBE":
            self._describe = True

    def _sign(self, token: Token, frame: _Frame) -> None:
        """Follow a sign of the triples: where the next term stands, and steps of a path."""
        sign = token.text
        if sign == "|" and frame.kind == "group" and frame.at == _SUBJECT and not frame.patterns:
            frame.kind, frame.opener, frame.at, frame.patterns = "node", "{|", _VERB, 1
        elif sign in ".;,":
            frame.at = {".": _SUBJECT, ";": _VERB, ",": _OBJECT}[sign]
        elif sign in "/|" and frame.at == _OBJECT:
            frame.at = _VERB
        frame.patterns += sign in "/~"
        self._skip = sign in ("^^", "~")

    def _term(self, frame: _Frame) -> None:
        """Go on behind a term: a pattern is whole with its object."""
        if self._skip:
            self._skip = False
        elif frame.kind == "list":
            frame.patterns += 2
        else:
            frame.patterns += frame.at == _OBJECT
            frame.at = _VERB if frame.at == _DONE else frame.at + 1

    def _refuse(self, token: Token) -> None:
        if self.work > MAX_WORK:
            reason = (
                f"planning it takes more than {MAX_WORK:,} steps: each token outside VALUES and IN "
                "is one, FILTER, UNION, OPTIONAL, && and || are ten, and the patterns that are "
                "joined in one group their square; ask in several queries"
            )
        elif self._reads > MAX_READS:
            reason = f"{', '.join(sorted(_TWICE))} are nested too deep; use BIND inside"
        else:
            return
        raise QueryRefused(reason, *place(self._text, token.start))


def _is_free(token: Token, frame: _Frame) -> bool:
    """Say whether a token costs nothing: those of VALUES, and constants in a list of IN."""
    if frame.kind == "in":
        return token.kind in _CONSTANTS or token.text in (",", "^^", "true", "false", "-", "+")
    return frame.kind == "data"
