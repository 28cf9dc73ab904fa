"""The patterns of a SPARQL query, as far as it matters which statements they can match.

What is computed from the matches does not matter, so that expressions are only searched for tests
of existence. What this reader does not know is no fault of the query: it says so (Unbounded), and
the engine that runs the query has the last word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rdflib import RDF, Literal, URIRef, Variable
from rdflib.term import Node

from competency.shapes.engine.tokens import Token, tokens
from competency.shapes.paths import Path, Step, Steps

_TIMES = {"*": Step.zero_or_more, "+": Step.one_or_more, "?": Step.zero_or_one}
_END = Token("end", "", 0, 0)
_UNKNOWN = ("GRAPH", "SERVICE", "MINUS", "VALUES")
_KEPT = ("MIN", "MAX", "SAMPLE", "COALESCE")  # what gives back one of its arguments

Pattern = tuple[Node, "Path | Variable", Node]


class Unbounded(Exception):
    """A shape may look anywhere in the data, not only at what its nodes lead to."""


@dataclass
class Group:
    """A group of patterns.

    ``required`` are the groups that must have a match for this one to have any, ``tests`` all whose
    matches are only looked for; ``bound`` says for a variable whose values it may be given.
    """

    patterns: list[Pattern] = field(default_factory=list)
    bound: list[tuple[Variable, list[Variable]]] = field(default_factory=list)
    unions: list[list[Group | Select]] = field(default_factory=list)
    optional: list[Group | Select] = field(default_factory=list)
    required: list[Group] = field(default_factory=list)
    tests: list[Group | Select] = field(default_factory=list)


@dataclass
class Select:
    """A query, or one within another: which variables it hands on (None: all), by whose values."""

    where: Group
    handed_on: dict[Variable, list[Variable]] | None


def read_patterns(text: str, prefixes: Mapping[str, str], source: str) -> Select:
    """Return the patterns of a SELECT query. Raises Unbounded, and ShapesError for what is none.

    >>> read_patterns("SELECT $this { $this a ?kind }", {}, "s").where.patterns[0][2]
    rdflib.term.Variable('kind')
    """
    return _Reader(tokens(text, source), prefixes).select()


class _Reader:
    """Reads the signs of a query from left to right."""

    def __init__(self, found: Sequence[Token], prefixes: Mapping[str, str]) -> None:
        self._tokens, self._prefixes = found, prefixes
        self._at, self._fresh = 0, 0

    # ------------------------------------------------------------------ signs

    @property
    def _now(self) -> Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _END

    def _next(self) -> Token:
        token = self._now
        if token is _END:
            raise Unbounded
        self._at += 1
        return token

    def _take(self, *texts: str) -> bool:
        """Go past a sign or keyword where it stands here, and say whether it does."""
        taken = self._now.text.upper() in texts and self._now.kind not in ("text", "iri")
        self._at += taken
        return taken

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise Unbounded

    def _variable(self) -> Variable:
        token = self._next()
        if not token.variable:
            raise Unbounded
        return Variable(token.variable)

    def _another(self) -> Variable:
        self._fresh += 1
        return Variable(f" {self._fresh}")

    # ------------------------------------------------------------------ queries and groups

    def select(self) -> Select:
        """Read a query."""
        self._expect("SELECT")
        tests = Group()
        if not self._take("DISTINCT"):
            self._take("REDUCED")
        handed_on: dict[Variable, list[Variable]] | None = None if self._take("*") else {}
        while self._now.text != "{" and not self._take("WHERE"):
            if self._take("("):
                chosen, name = self._as(tests)
            else:
                name = self._variable()
                chosen = [name]
            if handed_on is not None:
                handed_on[name] = chosen
        where = self._group()
        while self._now is not _END and self._now.text != "}":
            self._any_sign(tests)
        where.tests += tests.tests
        return Select(where, handed_on)

    def _group(self) -> Group:
        self._expect("{")
        group = Group()
        while not self._take("}"):
            if self._take("."):
                continue
            if self._now.word in _UNKNOWN:
                raise Unbounded
            if self._take("FILTER"):
                self._filter(group)
            elif self._take("OPTIONAL"):
                group.optional.append(self._inner())
            elif self._take("BIND"):
                self._expect("(")
                chosen, name = self._as(group)
                group.bound.append((name, chosen))
            elif self._now.text == "{":
                self._union(group)
            else:
                self._triples(group)
        return group

    def _inner(self) -> Group | Select:
        """Read a group, or the query in its place."""
        following = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else _END
        if following.word != "SELECT":
            return self._group()
        self._expect("{")
        found = self.select()
        self._expect("}")
        return found

    def _union(self, group: Group) -> None:
        branches = [self._inner()]
        while self._take("UNION"):
            branches.append(self._inner())
        group.unions.append(branches)

    # ------------------------------------------------------------------ expressions

    def _filter(self, group: Group) -> None:
        if self._take("EXISTS"):
            found = self._group()
            group.tests.append(found)
            group.required.append(found)
            return
        if self._take("NOT"):
            self._expect("EXISTS")
            group.tests.append(self._inner())
            return
        while self._now.text != "(":
            self._next()  # the name of a function
        self._next()
        inside = Group()
        alone = self._inside(inside)
        group.tests += inside.tests
        group.required += inside.required if alone else []

    def _inside(self, group: Group) -> bool:
        """Read to the closing bracket; say whether all that is tested there must hold."""
        alone = True
        while not self._take(")"):
            before = self._tokens[self._at - 1].text
            if self._now.text in ("||", "!"):
                alone = False
            if before in ("(", "&&") and self._now.word == "EXISTS":
                self._next()
                found = self._group()
                group.tests.append(found)
                group.required.append(found)
            else:
                self._any_sign(group)
        return alone

    def _any_sign(self, group: Group) -> None:
        """Go past a sign, a bracket with all in it, or a test of existence."""
        if self._take("EXISTS"):
            group.tests.append(self._inner())
        elif self._take("("):
            inner = Group()
            self._inside(inner)
            group.tests += inner.tests
        else:
            self._next()

    def _as(self, group: Group) -> tuple[list[Variable], Variable]:
        """Read ``expression AS ?name)``; return whose values it may be given, and the name."""
        chosen = self._chosen(group, ("AS",))
        self._expect("AS")
        name = self._variable()
        self._expect(")")
        return chosen, name

    def _chosen(self, group: Group, ends: tuple[str, ...]) -> list[Variable]:
        """Read an expression; return the variables of which it may hand on the value as it is."""
        start, chosen = self._at, list[Variable]()
        word = self._now.word
        if self._now.variable:
            chosen = [self._variable()]
        elif word == "IF" or word in _KEPT:
            self._next()
            self._expect("(")
            self._take("DISTINCT")
            parts = [self._chosen(group, (",", ")"))]
            while self._take(","):
                parts.append(self._chosen(group, (",", ")")))
            self._expect(")")
            chosen = [name for part in parts[word == "IF" :] for name in part]
        if self._now.text.upper() in ends:
            return chosen
        self._at = start  # an expression of several: what it gives is new
        while self._now.text.upper() not in ends:
            self._any_sign(group)
        return []

    # ------------------------------------------------------------------ triples

    def _triples(self, group: Group) -> None:
        if self._take("["):
            subject = self._blank(group)
            if self._now.text in (".", "}"):
                return
        else:
            subject = self._term(group)
        self._properties(subject, group)

    def _properties(self, subject: Node, group: Group) -> None:
        while True:
            path = self._variable() if self._now.variable else self._path()
            group.patterns.append((subject, path, self._term(group)))
            while self._take(","):
                group.patterns.append((subject, path, self._term(group)))
            if not self._take(";"):
                return
            while self._take(";"):
                pass
            if self._now.text in (".", "}", "]"):
                return

    def _blank(self, group: Group) -> Node:
        node = self._another()
        if not self._take("]"):
            self._properties(node, group)
            self._expect("]")
        return node

    def _term(self, group: Group) -> Node:
        token = self._next()
        if token.variable:
            return Variable(token.variable)
        if token.text == "[":
            return self._blank(group)
        if token.kind == "name" and token.text.startswith("_:"):
            return Variable(token.text)
        if token.kind in ("iri", "name"):
            return self._iri(token)
        if token.text in ("+", "-"):
            token = self._next()
        if token.kind == "text":
            if self._now.kind == "language" or self._take("^^"):
                self._next()
        elif token.kind != "number" and token.word not in ("TRUE", "FALSE"):
            raise Unbounded
        return Literal(token.text)

    def _iri(self, token: Token) -> URIRef:
        if token.kind == "iri":
            return URIRef(token.text[1:-1])
        prefix, _, local = token.text.partition(":")
        if token.kind != "name" or prefix not in self._prefixes or "\\" in local:
            raise Unbounded
        return URIRef(self._prefixes[prefix] + local)

    def _path(self) -> Path:
        return self._joined("|", Step.alternative)

    def _joined(self, sign: str, kind: Step) -> Path:
        def part() -> Path:
            return self._step() if sign == "/" else self._joined("/", Step.sequence)

        found = [part()]
        while self._take(sign):
            found.append(part())
        return found[0] if len(found) == 1 else Steps(kind, tuple(found))

    def _step(self) -> Path:
        if self._take("^"):
            return Steps(Step.inverse, (self._step(),))
        if self._take("("):
            found = self._path()
            self._expect(")")
        else:
            token = self._next()
            found = RDF.type if token.text == "a" else self._iri(token)
        while self._now.text in _TIMES:
            found = Steps(_TIMES[self._next().text], (found,))
        return found
