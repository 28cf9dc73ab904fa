"""Constraints in SPARQL: those of one shape, and those of components (SHACL, sections 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rdflib import SH, Literal, URIRef
from rdflib.term import Node

from competency.errors import ShapesError
from competency.shapes.engine.model import Constraint, Hit, Seen
from competency.shapes.engine.prebinding import Query
from competency.shapes.engine.running import Run
from competency.shapes.engine.store import Row
from competency.shapes.engine.terms import Term, iri_of, node_of, term_of

_TRUE = term_of(Literal(True))


class Select(Constraint):
    """A SELECT query whose solutions are results; sections 5.3 and 6.2.3.

    ``fixed`` are the parameters of a component by name; ``node`` is the ``sh:SPARQLConstraint``.
    """

    words = "The query of the shape found this."

    def __init__(
        self,
        query: Query,
        shape: Node,
        *,
        is_node_shape: bool,
        messages: Sequence[Literal] = (),
        node: Node | None = None,
        component: URIRef = SH.SPARQLConstraintComponent,
        fixed: Mapping[str, Term] | None = None,
    ) -> None:
        """Take a query and what it is about."""
        self._query, self._shape, self._is_node_shape = query, shape, is_node_shape
        self._messages, self._node = tuple(messages), node
        self.component, self._fixed = component, dict(fixed or {})

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Give a hit for each solution."""
        if not seen.values:
            return
        fixed = bindings(self._query, run, self._shape, self._fixed)
        for focus, row in self._query.rows(run.data, list(seen.values), fixed):
            if row.get("failure") == _TRUE:
                reason = f"the query of the shape says that it failed for {node_of(focus)}"
                raise ShapesError(str(self._shape), reason)
            yield self._hit(focus, row)

    def _hit(self, focus: Term, row: Row) -> Hit:
        """Return what a solution says; section 5.3.2."""
        path, said = row.get("path"), row.get("message")
        value = row.get("value") or (focus if self._is_node_shape else None)
        told = told_of({**self._fixed, **row, "this": focus} | ({"value": value} if value else {}))
        own = node_of(said) if said and said[0] == '"' else None
        return Hit(
            focus,
            value,
            URIRef(iri_of(path)) if path and path[0] == "<" else None,
            messages=(own,) if isinstance(own, Literal) else self._messages,
            constraint=self._node,
            told=told,
        )


class Ask(Constraint):
    """An ASK query of a component that is true of each value that conforms; section 6.2.3."""

    words = "The query of the component is not true of the value."

    def __init__(
        self,
        query: Query,
        shape: Node,
        component: URIRef,
        fixed: Mapping[str, Term],
        messages: Sequence[Literal],
    ) -> None:
        """Take a query, the shape, the component and its parameters by name."""
        self._query, self._shape, self.component = query, shape, component
        self._fixed, self._messages = dict(fixed), tuple(messages)

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Give the values of which it is not true."""
        fixed = bindings(self._query, run, self._shape, self._fixed)
        answers: dict[tuple[Term, Term], bool] = {}
        for focus, values in seen.values.items():
            asked = focus if "this" in self._query.variables else ""
            for value in values:
                if (asked, value) not in answers:
                    bound = {**fixed, "this": focus, "value": value}
                    answers[asked, value] = self._query.holds(run.data.store, bound)
                if not answers[asked, value]:
                    told = told_of({**self._fixed, "this": focus, "value": value})
                    yield Hit(focus, value, messages=self._messages, told=told)


def bindings(query: Query, run: Run, shape: Node, fixed: Mapping[str, Term]) -> Mapping[str, Term]:
    """Return the variables that have the same value for all focus nodes; section 5.2.1.

    fixed = bindings(query, run, shape, parameters)
    """
    found = {**fixed, "currentShape": term_of(shape)}
    if "shapesGraph" in query.variables:
        found["shapesGraph"] = run.data.store.shapes_graph(run.compiled.rows)
    return found


def told_of(row: Row) -> Mapping[str, str]:
    """Return what fills the variables of a message.

    >>> told_of({"this": "<urn:a>"})
    {'this': 'urn:a'}
    """
    return {name: str(node_of(term)) for name, term in row.items()}
