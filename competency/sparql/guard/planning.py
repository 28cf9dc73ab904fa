"""What planning a query would cost the engine, counted on its tokens.

pyoxigraph plans before it evaluates, in time that grows with the fourth power of the patterns
joined in one group and with the square of most other things; and it reads the arguments of a few
functions twice, so that each level of nesting doubles its time. The weights below come from
measurements on an empty store (pyoxigraph 0.5.13): at each limit alone it takes about a second,
for a query twice as long many. Constants of IN cost nothing, nor does VALUES beside few patterns.
"""

from __future__ import annotations

from dataclasses import dataclass

from competency.errors import QueryRefused
from competency.sparql.guard.tokens import Token, place

MAX_PATTERNS = 90  # triple patterns, path steps and nested parts that are joined in one group
MAX_WORK = 10_000  # steps: those of tokens, and the patterns of each group squared
MAX_READS = 2_000_000  # tokens, each as often as the engine reads it
_STEPS = {"SELECT": 20, "AS": 4} | dict.fromkeys(
    ("FILTER", "UNION", "EXISTS", "OPTIONAL", "MINUS", "LATERAL", "VALUES", "||", "&&"), 10
)
_TWICE = frozenset({"REGEX", "SUBSTR", "REPLACE", "GROUP_CONCAT"})
_APART = frozenset({"OPTIONAL", "MINUS", "EXISTS", "LATERAL", "SELECT", "SERVICE", "SILENT"})
_TERMS = frozenset({"variable", "iri", "name", "text", "number"})
_CONSTANTS = frozenset({"iri", "name", "text", "number", "language"})
_CONSTANT_SIGNS = frozenset({",", "^^", "-", "+", "TRUE", "FALSE", "UNDEF"})
_TERM_WORDS = frozenset({"A", "TRUE", "FALSE"})
_IN_TRIPLES = frozenset({"group", "node", "reified", "list", "path"})
_SUBJECT, _VERB, _OBJECT, _DONE = range(4)
_NONE = -1


@dataclass
class _Frame:
    """An open bracket: its kind, what stands before it, where in a triple we are, what it holds."""

    kind: str
    opener: str = ""
    times: int = 1
    at: int = _SUBJECT
    patterns: int = 0
    arms: int = 0  # patterns in the arms of its UNIONs, which make each join dearer
    data: int = 0  # terms of its VALUES, which are free in a group of few patterns
    last: int = _NONE  # patterns of the plain group that just closed: an arm, if UNION follows

    @property
    def work(self) -> int:
        """Return the steps for joining what a group holds."""
        square = self.patterns * self.patterns
        return square + self.patterns * self.arms + square * self.data // 5_000


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
        elif _is_free(token, frame):
            frame.data += frame.kind == "data"
        else:
            self._count(token, frame)
        if token.kind in ("word", "open", "close") or token.text == ".":
            self._word = token.text.upper() if token.kind == "word" else ""
        if self.work > MAX_WORK or self._reads > MAX_READS:
            raise self._refusal(token)

    def _open(self, token: Token, bracket: str, frame: _Frame) -> None:
        opener = self._word
        times = frame.times * 2 if opener in _TWICE and token.text == "(" else frame.times
        self.work += 10 if frame.kind == "top" and token.text == "(" else 1
        kind = self._kind(token, bracket, frame)
        at = _VERB if kind == "node" else _SUBJECT
        self._frames.append(_Frame(kind, opener, times, at))

    def _kind(self, token: Token, bracket: str, frame: _Frame) -> str:
        """Return the kind of a bracket that opens inside ``frame``."""
        if frame.kind in ("data", "path", "term"):
            return frame.kind
        if frame.kind == "reified" and token.text == "(":
            frame.kind = "term"  # <<( ... )>>
            return "term"
        if self._word == "CONSTRUCT":
            return "template"
        if token.text == "(" and self._word in ("VALUES", "IN"):
            return "in" if self._word == "IN" else "expression"
        is_path = bracket == "list" and frame.kind != "list" and frame.at == _VERB
        return "path" if is_path else bracket

    def _close(self, token: Token) -> None:
        """Give what a bracket holds to the one around it."""
        if len(self._frames) == 1:
            return
        frame, outer = self._frames.pop(), self._frames[-1]
        if frame.kind == "group":
            self._close_group(frame, outer, token)
        elif frame.kind in ("expression", "in", "data", "template"):
            outer.at, outer.data = _SUBJECT, outer.data + frame.data
        elif frame.opener != "{|":
            outer.patterns += frame.patterns + (frame.kind == "reified")
            self._term(outer)
        else:
            outer.patterns += frame.patterns

    def _close_group(self, frame: _Frame, outer: _Frame, token: Token) -> None:
        if frame.patterns > MAX_PATTERNS:
            found = f"{frame.patterns:,} patterns are joined in one group"
            reason = f"{found}; the limit is {MAX_PATTERNS}"
            raise QueryRefused(reason, *place(self._text, token.start))
        outer.at, outer.last = _SUBJECT, _NONE
        if frame.opener in _APART or outer.kind != "group":
            self.work += frame.work
            outer.patterns += outer.kind == "group"
        elif frame.opener == "UNION":
            self.work += frame.work
            outer.arms += frame.patterns + frame.arms
        else:
            outer.patterns += frame.patterns
            outer.arms += frame.arms
            outer.data += frame.data
            outer.last = frame.patterns

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
        if word == "UNION" and frame.last != _NONE:
            self.work += frame.last * frame.last
            frame.patterns += 1 - frame.last
            frame.arms += frame.last
            frame.last = _NONE
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
        elif frame.kind != "path":
            frame.patterns += frame.at == _OBJECT
            frame.at = _VERB if frame.at == _DONE else frame.at + 1

    def _refusal(self, token: Token) -> QueryRefused:
        """Return the error for a query that is past a limit with this token."""
        if self.work > MAX_WORK:
            reason = (
                f"planning it takes more than {MAX_WORK:,} steps: each token outside VALUES and IN "
                "is one, FILTER, UNION, OPTIONAL, && and || are ten, and the patterns that are "
                "joined in one group their square; ask in several queries"
            )
        else:
            reason = f"{', '.join(sorted(_TWICE))} are nested too deep; use BIND inside"
        return QueryRefused(reason, *place(self._text, token.start))


def _is_free(token: Token, frame: _Frame) -> bool:
    """Say whether a token costs nothing: those of VALUES, and constants in a list of IN."""
    return frame.kind in ("in", "data") and (
        token.kind in _CONSTANTS or token.text.upper() in _CONSTANT_SIGNS
    )
