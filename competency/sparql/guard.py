"""A look at a query's words before any engine sees it: its form, its dataset, and what we refuse.

Engines crash on deep nesting and follow SERVICE to wherever a stranger points. The guard reads
tokens (SPARQL 1.1, section 19.8) and evaluates nothing. One sign is ambiguous without a grammar:
``<`` begins an IRI or means "less than", and a query can be written so that the wrong reading
hides what follows inside a text. So both readings are followed wherever they differ, and the
worse one counts.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass

from competency.errors import QueryError, QueryRefused
from competency.ontology import PREFIXES

MAX_LENGTH = 300_000  # characters
MAX_DEPTH = 64  # brackets inside each other
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH")

# A text that never closes runs to the end, so that no sign is looked at over and over.
_LONG = r"""{q}{{3}}(?:[^{q}\\]|\\(?:.|\Z)|{q}(?!{q}{q}))*+(?:{q}{{3}}|\Z)"""
_SHORT = r"""{q}(?:[^{q}\\\n\r]|\\(?:.|\Z))*+(?:{q}|\Z|(?=[\n\r]))"""
_TEXTS = "|".join(form.format(q=quote) for form in (_LONG, _SHORT) for quote in ('"', "'"))
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\."
_TOKEN = re.compile(
    rf"""(?P<comment>\#[^\n\r]*+)
      | (?P<iri><(?:[^\x00-\x20<>"{{}}|^`\\]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+>)
      | (?P<text>{_TEXTS})
      | (?P<name>[?$]\w++ | @[A-Za-z][\w-]*+
              | (?:[^\W\d_][\w.-]*+|_)?:(?:(?:[\w:]|{_ESCAPE})(?:[\w.:-]|{_ESCAPE})*+)?)
      | (?P<word>[^\W\d_][\w.-]*+)
      | (?P<open>[({{\[])
      | (?P<close>[)}}\]])
      | (?P<space>\s++)
      | (?P<other>\d++|.)""",
    re.VERBOSE | re.DOTALL,
)
_SERVICE = re.compile("service", re.IGNORECASE)
_ENDPOINT = re.compile(  # what stands behind the keyword: a name, a variable, an IRI, or SILENT
    r"(?:\s|\#[^\n\r]*+(?:[\n\r]|\Z))*+(?:[<?$:]|silent|[^\W\d_][\w.-]*+:)", re.IGNORECASE
)


@dataclass(frozen=True)
class Prepared:
    """A query that may be run: its text, its form, and whether it names its own dataset."""

    text: str
    form: str
    has_dataset: bool


def prepare(text: str) -> Prepared:
    """Look at a query and say what it is.

    Raises QueryRefused for an update, for SERVICE, and past the limits of length and nesting;
    QueryError when there is no query in the text at all.

    >>> prepare("ASK { ?s ?p ?o }").form
    'ASK'
    """
    if len(text) > MAX_LENGTH:
        raise QueryRefused(f"{len(text):,} characters; the limit is {MAX_LENGTH:,}")
    words = [(token.upper(), start) for kind, token, start in tokens(text) if kind == "word"]
    form = next((word for word, start in words if _is_form(text, word, start)), None)
    if form is None:
        raise QueryError(f"there is no query in the text; write {', '.join(FORMS)} ...")
    _refuse_harm(text)
    return Prepared(text, form, any(word == "FROM" for word, _ in words))


def place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield kind, text and offset of each token; ``<`` begins an IRI where it can."""
    for match in _TOKEN.finditer(text):
        yield str(match.lastgroup), match.group(), match.start()


def undeclared_prefix(text: str) -> tuple[str, int] | None:
    """Return the first prefix that nobody declared, with its offset, or None."""
    declared, after_prefix = {"_", *PREFIXES}, False
    for kind, token, start in tokens(text):
        if kind == "name" and token[0] not in "?$@":
            prefix = token.partition(":")[0]
            if after_prefix:
                declared.add(prefix)
            elif prefix not in declared:
                return prefix, start
        if kind != "space":
            after_prefix = kind == "word" and token.upper() == "PREFIX"
    return None


def _is_form(text: str, word: str, start: int) -> bool:
    """Say whether a word is the query's form; refuse one that begins anything but a query."""
    if word in ("BASE", "PREFIX", "VERSION"):
        return False
    if word in FORMS:
        return True
    if word in UPDATES:
        reason = f"{word} is an update; only queries are answered here: {', '.join(FORMS)}"
        raise QueryRefused(reason, *place(text, start))
    typed = text[start : start + len(word)]
    raise QueryError(
        f"starts with {typed}; a query starts with {', '.join(FORMS)}", *place(text, start)
    )


def _refuse_harm(text: str) -> None:
    """Follow every reading of the text; refuse SERVICE and deep nesting in any of them."""
    depths, waiting, work = {0: 0}, [0], 0
    while waiting:
        start = heapq.heappop(waiting)
        depth = depths[start]
        for kind, end in _readings(text, start):
            work += end - start
            if kind == "word":
                _refuse_service(text, start, end)
            deeper = depth + (kind == "open") - (kind == "close" and depth > 0)
            if deeper > MAX_DEPTH or work > 16 * len(text):
                reason = f"more than {MAX_DEPTH} brackets inside each other"
                raise QueryRefused(reason, *place(text, start))
            if end not in depths and end < len(text):
                heapq.heappush(waiting, end)
            depths[end] = max(depths.get(end, 0), deeper)


def _refuse_service(text: str, start: int, end: int) -> None:
    """Refuse a word that is, or ends in, the keyword SERVICE in front of an endpoint."""
    for found in _SERVICE.finditer(text, start, end):
        if _ENDPOINT.match(text, found.end()):
            reason = "SERVICE would ask another server, which is not allowed here"
            raise QueryRefused(reason, *place(text, found.start()))


def _readings(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield kind and end of the token at an offset; for ``<`` both of its readings."""
    match = _TOKEN.match(text, start)
    if match is None:
        return
    yield str(match.lastgroup), match.end()
    if match.lastgroup == "iri":
        yield "other", start + 1
