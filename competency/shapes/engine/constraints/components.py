"""``sh:sparql`` and the constraint components that shapes graphs declare themselves (5 and 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import RDF, RDFS, SH, URIRef
from rdflib.term import Node

from competency.shapes.engine.constraints.sparql import Ask, Select
from competency.shapes.engine.model import Constraint, Shape
from competency.shapes.engine.prebinding import ALWAYS, Query
from competency.shapes.engine.prefixes import prefixes_of
from competency.shapes.engine.reading import Reader, name_of, reachable
from competency.shapes.engine.store import TripleStore
from competency.shapes.engine.terms import Term, term_of

_RESERVED = ALWAYS | {"path", "PATH", "value"}
_TRIED = "<urn:x-competency:tried>"


@dataclass(frozen=True)
class _Parameter:
    """A parameter of a component: the property that gives it and the variable it becomes."""

    path: URIRef
    name: str
    optional: bool


@dataclass(frozen=True)
class _Component:
    """A constraint component that a shapes graph declares (section 6.2)."""

    node: URIRef
    parameters: tuple[_Parameter, ...]


class Components:
    """Makes the constraints in SPARQL that shapes have, and those of declared components."""

    def __init__(self, reader: Reader) -> None:
        """Take the reader of a shapes graph, and find the components it declares."""
        self._reader = reader
        self._nothing = TripleStore([])
        kinds = reachable(reader.graph, [SH.ConstraintComponent], RDFS.subClassOf, downwards=True)
        nodes = {node for kind in kinds for node in reader.graph.subjects(RDF.type, kind)}
        own = [n for n in nodes if isinstance(n, URIRef) and not n.startswith(str(SH))]
        self._components = [self._component(node) for node in sorted(own)]

    def of(self, shape: Shape) -> Iterator[Constraint]:
        """Give the constraints in SPARQL of a shape; ShapesError for an ill-formed one."""
        for node in self._reader.all(shape.node, SH.sparql):
            if not self._reader.flag(node, SH.deactivated):
                yield self._constraint(shape, node)
        for component in self._components:
            for values in self._values(shape.node, component):
                yield self._applied(shape, component, values)

    def _constraint(self, shape: Shape, node: Node) -> Constraint:
        text = self._reader.text(node, SH.select)
        if text is None:
            raise self._reader.error(shape.node, "sh:sparql needs one sh:select")
        query = self._query(shape, node, text, {}, ask=False)
        return Select(
            query,
            shape.node,
            is_node_shape=shape.path is None,
            messages=self._reader.messages(node),
            node=node,
        )

    def _query(
        self, shape: Shape, node: Node, text: str, fixed: Mapping[str, Term], *, ask: bool
    ) -> Query:
        source = f"shapes, {name_of(shape.node)}"
        bound = frozenset(fixed) | ({"value"} if ask else frozenset())
        query = Query(text, prefixes_of(self._reader, node), source, bound, shape.path)
        tried = dict.fromkeys({"this", "value", *ALWAYS} if ask else ALWAYS, _TRIED)
        query.try_out(self._nothing, {**fixed, **tried}, ask=ask)
        return query

    def _component(self, node: URIRef) -> _Component:
        found = []
        for parameter in self._reader.all(node, SH.parameter):
            path = self._reader.one(parameter, SH.path)
            if not isinstance(path, URIRef):
                raise self._reader.error(node, "a parameter needs one sh:path, which is an IRI")
            name = re.split(r"[#/:]", path)[-1]
            if name in _RESERVED or not re.fullmatch(r"[A-Za-z_]\w*", name):
                raise self._reader.error(node, f"a parameter cannot be called {name!r}")
            optional = self._reader.flag(parameter, SH.optional)
            found.append(_Parameter(path, name, optional))
        if all(parameter.optional for parameter in found):
            raise self._reader.error(node, "a component needs a parameter that is not optional")
        return _Component(node, tuple(found))

    def _values(self, shape: Node, component: _Component) -> list[dict[str, Term]]:
        """Return the values of the parameters for each constraint a shape has of a component."""
        found = {p: self._reader.all(shape, p.path) for p in component.parameters}
        if any(not values and not p.optional for p, values in found.items()):
            return []
        if len(found) == 1:
            [(parameter, values)] = found.items()
            return [{parameter.name: term_of(value)} for value in values]
        for parameter, values in found.items():
            if len(values) > 1:
                reason = f"{name_of(parameter.path)} is there {len(values)} times; keep one"
                raise self._reader.error(shape, reason)
        return [{p.name: term_of(values[0]) for p, values in found.items() if values}]

    def _applied(self, shape: Shape, component: _Component, values: dict[str, Term]) -> Constraint:
        special = SH.nodeValidator if shape.path is None else SH.propertyValidator
        validators = self._reader.all(component.node, special)
        is_special = bool(validators)
        validators = validators or self._reader.all(component.node, SH.validator)
        if not validators:
            raise self._reader.error(component.node, "the component has no validator for the shape")
        node = validators[0]
        messages = self._reader.messages(node) or self._reader.messages(component.node)
        text = self._reader.text(node, SH.select if is_special else SH.ask)
        if text is None:
            what = "sh:select" if is_special else "sh:ask"
            raise self._reader.error(component.node, f"its validator needs one {what}")
        query = self._query(shape, node, text, values, ask=not is_special)
        if not is_special:
            return Ask(query, shape.node, component.node, values, messages)
        return Select(
            query,
            shape.node,
            is_node_shape=shape.path is None,
            messages=messages,
            component=component.node,
            fixed=values,
        )
