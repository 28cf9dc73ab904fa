"""The signs of a SPARQL query (SPARQL 1.1, section 19.8), as far as shapes need them.

A query of shapes is looked at before any engine sees it: what SHACL does not allow is refused,
and so is what would crash an engine. Nothing is evaluated here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from competency.errors import ShapesError

MAX_LENGTH = 20_000
MAX_DEPTH = 24
MAX_SIGNS = 4_000
MAX_JOINED = 150  # engines plan in time that grows with the fourth power of what is joined
MAX_READ_TWICE = 6  # they read the arguments of some functions twice, at each level
_MAX_RUN = 32

_TEXT = "|".join(
    rf"{q}{{3}}(?:[^{q}\\]|\\.|{q}(?!{q}{q}))*+{q}{{3}}|{q}(?!{q}{q})(?:[^{q}\\\n\r]|\\.)*+{q}"
    for q in ('"', "'")
)
_SIGN = re.compile(
    rf"""(?P<space>[ \t\r\n]++|\#[^\n\r]*+)
      | (?P<iri><[^\x00-\x20<>"{{}}|^`\\]*+>)
      | (?P<variable>[?$]\w++)
      | (?P<text>{_TEXT})
      | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
      | (?P<name>(?:[^\W\d_][\w.\-]*+)?:(?:[\w:.\-]|%[0-9A-Fa-f]{{2}}|\\[^\w\s])*+|_:[\w.\-]++)
      | (?P<word>[A-Za-z]\w*+)
      | (?P<number>[0-9]*+\.?+[0-9]++(?:[eE][+-]?[0-9]++)?+|[0-9]++\.?+)
      | (?P<open>[({{\[])
      | (?P<close>[)}}\]])
      | (?P<other>&&|\|\||\^\^|[<>!=]=|[.,;*/|^!<>=+\-?])""",
    re.VERBOSE | re.DOTALL,
)
_PREFIXES = frozenset("!+-^")
_JOINS = frozenset("/.;")
_READ_TWICE = frozenset({"REGEX", "SUBSTR", "REPLACE", "GROUP_CONCAT"})


@dataclass(frozen=True, slots=True)
class Token:
    """One sign: its kind, its text and where it begins and ends."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """Return a keyword in capitals, and "" for any other sign."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """Return the name of a variable, and "" for any other sign."""
        return self.text[1:] if self.kind == "variable" else ""


@dataclass(slots=True)
class Group:
    """A group graph pattern: its first sign, the keyword before it, and the groups inside.

    ``is_query`` is true of braces around a nested query, which are no group themselves.
    """

    first: int
    opener: str
    is_query: bool = False
    variables: set[str] = field(default_factory=set)
    inner: list[Group] = field(default_factory=list)


def tokens(text: str, source: str) -> tuple[Token, ...]:
    """Return the signs of a query without spaces and comments.

    ShapesError for what is no SPARQL, and for what is too long or nested too deeply; ``source`` is
    the shape it names.

    >>> [token.text for token in tokens("ASK { $this a ?kind } # none", "s")]
    ['ASK', '{', '$this', 'a', '?kind', '}']
    """
    if len(text) > MAX_LENGTH:
        raise ShapesError(source, f"its query is longer than {MAX_LENGTH:,} characters")
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _SIGN.match(text, at)
        if match is None or match.lastgroup is None:
            raise ShapesError(source, f"SPARQL, {_place(text, at)}: cannot read {text[at]!r}")
        if match.lastgroup != "space":
            found.append(Token(match.lastgroup, match.group(), at, match.end()))
        at = match.end()
    _check(found, text, source)
    return tuple(found)


def _place(text: str, at: int) -> str:
    before = text[:at]
    return f"line {before.count(chr(10)) + 1}, column {at - before.rfind(chr(10))}"


def _check(found: list[Token], text: str, source: str) -> None:
    """Refuse what would fill the stack of an engine, or have it plan for minutes."""
    if len(found) > MAX_SIGNS:
        raise ShapesError(source, f"its query has more than {MAX_SIGNS:,} signs")
    if sum(token.text in _JOINS for token in found) > MAX_JOINED:
        raise ShapesError(source, f"its query has more than {MAX_JOINED} patterns and steps")
    open_, run = [("", "")], 0
    for before, token in pairwise([Token("word", "", 0, 0), *found]):
        run = run + 1 if token.text in _PREFIXES else 0
        if token.kind == "open":
            open_.append((token.text, before.word))
            if sum(word in _READ_TWICE for _, word in open_) > MAX_READ_TWICE:
                run = _MAX_RUN + 1
        elif token.kind == "close" and open_.pop()[0] + token.text not in ("()", "[]", "{}"):
            where = _place(text, token.start)
            raise ShapesError(source, f"SPARQL, {where}: {token.text!r} closes nothing")
        if len(open_) > MAX_DEPTH + 1 or run > _MAX_RUN:
            raise ShapesError(source, f"SPARQL, {_place(text, token.start)}: nested too deeply")
    if len(open_) > 1:
        raise ShapesError(source, f"SPARQL: a {open_[-1][0]!r} is never closed")


def groups(found: tuple[Token, ...]) -> Group:
    """Return the groups of a query inside each other, each with all variables between its braces.

    >>> sorted(groups(tokens("SELECT $this { $this ?p ?o }", "s")).inner[0].variables)
    ['o', 'p', 'this']
    """
    top = Group(0, "")
    stack = [top]
    for index, token in enumerate(found):
        if token.text == "{" and token.kind == "open":
            following = found[index + 1].word if index + 1 < len(found) else ""
            group = Group(index, found[index - 1].word, following == "SELECT")
            stack[-1].inner.append(group)
            stack.append(group)
        elif token.text == "}" and token.kind == "close":
            closed = stack.pop()
            stack[-1].variables |= closed.variables
        elif token.variable:
            stack[-1].variables.add(token.variable)
    return top
