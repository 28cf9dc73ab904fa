"""All syntax errors of a document at once, where that can be told reliably: line by line.

A parser stops at the first fault. In Turtle a statement mostly begins at the beginning of a line,
after a line that ends with a dot; reading goes on at the next such line, with the prefixes that
were declared until then. A fault that may hide the rest, such as a long text that is never closed,
ends the search: better one fault too few than one that is none.
"""

from __future__ import annotations

import re

from competency.errors import ParseError
from competency.formats import by_name
from competency.graph.store import parse
from competency.graph.texts.lines import Lines, text_of
from competency.graph.texts.turtle_tokens import IRI, SIGN, TOKEN
from competency.ontology import DEFAULT_BASE

MOST_ERRORS = 20
_MOST_BYTES = 20_000_000  # to be parsed in all, as each fault has the rest parsed again
_LINE_BY_LINE = ("ntriples", "nquads")

_BEGINS = re.compile(
    r"^(?:<[^>\s]*+>|_:\S|\[|@prefix\s|@base\s|(?i:prefix|base)\s|[^\s\#\"'<>\[\](){};,.@^:]*+:)",
    re.MULTILINE,
)
_DECLARED = re.compile(r"^\s*+@?(?:(?i:prefix)\s+([^\s:<]*+)|(?i:base)\b)[^\r\n]*+", re.MULTILINE)
_WHOLE = re.compile(
    r"\s*+(?:@prefix\s+[^\s:<]*+:\s*+<[^>\s]*+>\s*+\.|@base\s+<[^>\s]*+>\s*+\."
    r"|(?i:prefix)\s+[^\s:<]*+:\s*+<[^>\s]*+>|(?i:base)\s+<[^>\s]*+>)"
)
_UNDECLARED = re.compile(r"The prefix ([^:\s]*): has not been declared")


def syntax_errors(
    data: bytes, syntax: str, source: str, base: str = DEFAULT_BASE
) -> tuple[ParseError, ...]:
    r"""Return the syntax errors of a document, at most 20, each with its line and column.

    Of JSON-LD, RDF/XML and TriG this is the first error only. Raises FormatError where there is
    no such syntax.

    >>> [str(error)[:10] for error in syntax_errors(b"<a> <b> c .\n<a> <b>  d .", "ttl", "a.ttl")]
    ['a.ttl:1:9:', 'a.ttl:2:10']
    """
    name = by_name(syntax).name
    search = _Search(text_of(data), name, source, base)
    first = search.fault_in(data)
    if first is None:
        return ()
    if name not in ("turtle", *_LINE_BY_LINE) or first.line is None:
        return (first,)
    return search.all(first)


class _Search:
    """The errors found so far, and the place from which to go on."""

    def __init__(self, text: str, syntax: str, source: str, base: str) -> None:
        self._text, self._syntax, self._source, self._base = text, by_name(syntax), source, base
        self._lines = Lines(text)
        self._start = 0
        self._declared: dict[str, str] = {}
        self._parsed = 0

    def fault_in(self, data: bytes) -> ParseError | None:
        """Return the first error of a document."""
        self._parsed += len(data)
        try:
            parse(data, self._syntax, self._source, self._base)
        except ParseError as error:
            return error
        return None

    def all(self, first: ParseError) -> tuple[ParseError, ...]:
        """Return all errors, of which the first is known."""
        found: list[ParseError] = []
        error: ParseError | None = first
        while error is not None:
            found.append(error)
            if len(found) == MOST_ERRORS or not self._step_over(error):
                break
            error = self._next()
        return tuple(found)

    def _next(self) -> ParseError | None:
        """Return the first error from the place on, with its line in the whole document."""
        rest = self._text[self._start :]
        if self._parsed + len(rest) > _MOST_BYTES:
            return None
        error = self.fault_in(f"{' '.join(self._declared.values())}\n{rest}".encode())
        if error is None or error.line is None:
            return None
        line = error.line - 2 + self._lines.place(self._start)[0]
        return ParseError(self._source, error.reason, line, error.column)

    def _step_over(self, error: ParseError) -> bool:
        """Move the place behind an error; False where what follows cannot be told reliably."""
        at = self._lines.offset(error.line or 1, error.column or 1)
        missing = _UNDECLARED.search(error.reason)
        if missing and missing[1] not in ("http", "https", "urn", *self._declared):
            self._declared[missing[1]] = f"@prefix {missing[1]}: <urn:none:> ."
            return True
        if self._text[at : at + 3] in ('"""', "'''"):
            return False
        start = (
            self._line_after(at) if self._syntax.name in _LINE_BY_LINE else self._begin(at, error)
        )
        if start is None or start <= self._start:
            return False
        self._declare(self._text[self._start : start])
        self._start = start
        return True

    def _line_after(self, at: int) -> int | None:
        line = self._lines.place(at)[0]
        return self._lines.offset(line + 1, 1) if line < len(self._lines) else None

    def _begin(self, at: int, error: ParseError) -> int | None:
        """Return where the next statement begins."""
        if (
            "A dot is expected" in error.reason
            and error.column == 1
            and _BEGINS.match(self._text, at)
        ):
            return at
        ended, last = False, ["", ""]
        for token in TOKEN.finditer(self._text, at):
            kind = token.lastindex
            if kind is None:
                return None
            raw, start = token[kind], token.start(kind)
            if ended and start > at and _BEGINS.match(self._text, start):
                return start
            plain = last[0].lower() in ("prefix", "base") or last[1].lower() == "base"
            ended = (kind == SIGN and raw in ".}") or (kind == IRI and plain)
            last = [last[1], raw]
        return None

    def _declare(self, skipped: str) -> None:
        """Keep the declarations of what is stepped over; a broken one declares its prefix."""
        for found in _DECLARED.finditer(skipped):
            name = "" if found[1] is None else found[1]
            key = "@base" if found[1] is None else name
            whole = _WHOLE.match(found[0])
            if whole:
                self._declared[key] = whole[0].strip()
            elif found[1] is not None:
                self._declared.setdefault(key, f"@prefix {name}: <urn:none:> .")
