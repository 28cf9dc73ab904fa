"""Queries of shapes with their variables bound before they run (SHACL, section 5.2.1 and A).

Pre-binding is what the appendix says: the values join every group in which a variable stands, so
they are written into the text as VALUES.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from competency.shapes.engine.data import Data
from competency.shapes.engine.looking import allows_many, changes_of, check_query
from competency.shapes.engine.needing import Needs, needed
from competency.shapes.engine.store import HELD, Row, TripleStore, can_be_written
from competency.shapes.engine.terms import Term, term_of_iri
from competency.shapes.engine.tokens import tokens
from competency.shapes.paths import Path, Step, Steps

ALWAYS = frozenset({"this", "shapesGraph", "currentShape"})
_AT_ONCE = 500
_NOTHING: Needs = frozenset()


def sparql_path(path: Path) -> str:
    """Return a property path as SPARQL writes it, with full IRIs.

    >>> from rdflib import URIRef
    >>> sparql_path(Steps(Step.inverse, (URIRef("urn:p"),)))
    '^(<urn:p>)'
    """
    if not isinstance(path, Steps):
        return term_of_iri(str(path))
    inner = [sparql_path(part) for part in path.paths]
    if path.kind in (Step.sequence, Step.alternative):
        return f"({path.kind.value.join(inner)})"
    return f"^({inner[0]})" if path.kind is Step.inverse else f"({inner[0]}){path.kind.value}"


class Query:
    """One query of the shapes, looked at once and asked many times.

    ``bound`` are the variables that may be bound before it runs, besides those of every shape;
    ``path`` is what ``$PATH`` stands for. ShapesError, which names ``source``, for what SHACL
    does not allow: MINUS, VALUES, SERVICE, a nested query that hides a variable, and so on.

    >>> query = Query("SELECT $this { $this a ?kind }", {}, "shapes")
    >>> list(query.rows(Data([]), ["<urn:a>"], {}))
    []
    """

    def __init__(
        self,
        text: str,
        prefixes: Mapping[str, str],
        source: str,
        bound: frozenset[str] = frozenset(),
        path: Path | None = None,
    ) -> None:
        """Look at a query."""
        self._text, self._prefixes, self._source = text, prefixes, source
        found = tokens(text, source)
        bound |= ALWAYS
        check_query(found, bound, source)
        way = None if path is None else sparql_path(path)
        self._changes = changes_of(found, bound, way, source)
        self._many = allows_many(found)
        self.variables = frozenset(token.variable for token in found if token.variable)
        self._needed = _NOTHING if "PATH" in self.variables else needed(found, prefixes)

    def rows(
        self, data: Data, nodes: Sequence[Term], fixed: Mapping[str, Term]
    ) -> Iterator[tuple[Term, Row]]:
        """Give the solutions for each focus node, asked for many at a time where that is safe.

        ``fixed`` are the variables that have the same value for all. ShapesError where it fails.
        """
        if data.lacks(self._needed):
            return
        store = data.store
        together = [node for node in nodes if can_be_written(node)] if self._many else []
        for start in range(0, len(together), _AT_ONCE):
            for row in self._select(store, together[start : start + _AT_ONCE], fixed):
                yield row["this"], row
        done = frozenset(together)
        for node in nodes:
            if node not in done:
                for row in self._select(store, [node], fixed):
                    yield node, row

    def _select(
        self, store: TripleStore, nodes: Sequence[Term], fixed: Mapping[str, Term]
    ) -> list[Row]:
        text, held = self._bind(nodes, fixed, labels=store.has_blank_nodes)
        return store.select(text, self._prefixes, held, self._source)

    def holds(self, store: TripleStore, fixed: Mapping[str, Term]) -> bool:
        """Return the answer of an ASK query with these variables bound."""
        text, held = self._bind([], fixed, labels=store.has_blank_nodes)
        return store.ask(text, self._prefixes, held, self._source)

    def try_out(self, store: TripleStore, fixed: Mapping[str, Term], *, ask: bool) -> None:
        """Ask once, of an empty store, so that a query that does not parse is known early."""
        if ask:
            self.holds(store, fixed)
        else:
            self._select(store, [fixed["this"]], fixed)

    def _bind(
        self, nodes: Sequence[Term], fixed: Mapping[str, Term], *, labels: bool
    ) -> tuple[str, Mapping[str, Term]]:
        """Return the text with values written in, and the terms that cannot be written."""
        constant = {**fixed, "this": nodes[0]} if len(nodes) == 1 else dict(fixed)
        held = {name: term for name, term in constant.items() if not can_be_written(term)}
        pieces, at = [], 0
        for change in self._changes:
            if change.for_labels and not labels:
                continue
            pieces += [self._text[at : change.start], change.said]
            at = change.end
            for name in sorted(change.names & constant.keys()):
                if name in held:
                    pieces.append(f' BIND (<{HELD}>("{name}") AS ?{name}) ')
                else:
                    pieces.append(f" VALUES ?{name} {{ {constant[name]} }} ")
            if len(nodes) > 1 and "this" in change.names:
                pieces.append(f" VALUES ?this {{ {' '.join(nodes)} }} ")
        return "".join([*pieces, self._text[at:]]), held
