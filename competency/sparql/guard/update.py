"""A look at an update before any engine sees it (SPARQL 1.1 Update, section 3).

The engine takes one prologue, and no graphs of the request (SPARQL 1.1 Protocol, section 2.2.3);
so a later prologue and the graphs of the request are written into the text that it gets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from competency.errors import QueryError, QueryRefused
from competency.sparql.guard.operations import Operations
from competency.sparql.guard.planning import MAX_WORK, Planning
from competency.sparql.guard.tokens import Token, cannot_go_on, place
from competency.sparql.guard.walking import Walk, refuse_length

MAX_UPDATE_LENGTH = 20_000_000  # characters
MAX_OPERATIONS = 100_000


@dataclass(frozen=True)
class PreparedUpdate:
    """An update that may be run: its text, spelled so that it has one reading only.

    ``graphs`` are the IRIs of the graphs it could write to, "" for the default graph, or None
    when it could be any; ``data`` is each block of INSERT DATA as a document of TriG, in which
    literals have the form they were written in.
    """

    text: str
    graphs: frozenset[str] | None = None
    data: tuple[str, ...] = ()


def prepare_update(
    text: str,
    *,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
    base: str | None = None,
) -> PreparedUpdate:
    """Look at an update and say what it writes to; an empty one is an update too.

    ``using`` and ``using_named`` are the graphs that the request names for WHERE (SPARQL 1.1
    Protocol, section 2.2.3); relative IRIs are read against ``base``. Raises QueryRefused for
    LOAD and SERVICE and past the limits of length, nesting and planning; QueryError for a query,
    for what is no operation, and when graphs are named by request and text both.

    >>> prepare_update("CLEAR GRAPH <http://example.org/g>").graphs == {"", "http://example.org/g"}
    True
    """
    refuse_length(text, MAX_UPDATE_LENGTH)
    clauses = [*(f"USING {_iri(name)}" for name in using)]
    clauses += [f"USING NAMED {_iri(name)}" for name in using_named]
    return _prepared(Walk(text, base), " ".join(clauses))


def _prepared(walk: Walk, clause: str) -> PreparedUpdate:
    """Go through all operations: each may have a prologue, ``;`` stands between them."""
    operations, work, number = Operations(walk, clause), 0, 0
    walk.read_prologue()
    while (token := walk.reader.peek()).kind != "end":
        walk.planning = Planning(walk.text)
        operations.read()
        work += walk.planning.work**2
        number += 1
        _refuse_many(work, number, walk.text, token)
        if (token := walk.next()).kind == "end":
            break
        if token.text != ";":
            raise cannot_go_on(walk.text, token)
        walk.read_prologue()
    named = frozenset(name for name in operations.graphs if name is not None)
    known = len(named) == len(operations.graphs) and not walk.prologue.guessed
    text = walk.hoisted + walk.spelling.between()
    return PreparedUpdate(text, named if known else None, tuple(operations.data))


def _refuse_many(work: int, number: int, text: str, token: Token) -> None:
    """Refuse many operations that are each hard to plan, and very many small ones."""
    if work > MAX_WORK**2:
        reason = "planning these operations takes too many steps; send them in several updates"
    elif number > MAX_OPERATIONS:
        reason = f"more than {MAX_OPERATIONS:,} operations; send them in several updates"
    else:
        return
    raise QueryRefused(reason, *place(text, token.start))


def _iri(name: str) -> str:
    try:
        return str(ox.NamedNode(name))
    except ValueError as error:
        raise QueryError(f"graph name {name!r} is not an absolute IRI") from error
