"""Make the constraints of a shape from what the shapes graph says of it (SHACL, section 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from rdflib import SH, Literal, URIRef
from rdflib.term import Node

from competency.ontology.terms import SHAPES_IRI
from competency.shapes.engine.constraints.components import Components
from competency.shapes.engine.constraints.counts import (
    Closed,
    Count,
    Disjoint,
    Equals,
    HasValue,
    LessThan,
    UniqueLang,
)
from competency.shapes.engine.constraints.logic import All, Any, Not, One, Property, Qualified
from competency.shapes.engine.constraints.values import (
    NODE_KINDS,
    Checked,
    InLanguage,
    InRange,
    OfClass,
    OfDatatype,
    OfLength,
    OfNodeKind,
    OfPattern,
    OneOf,
)
from competency.shapes.engine.model import Check, Constraint, Shape
from competency.shapes.engine.reading import Reader, name_of
from competency.shapes.engine.terms import term_of

CHECK = URIRef(f"{SHAPES_IRI}#check")
_RANGES = {
    SH.minInclusive: (SH.MinInclusiveConstraintComponent, ">="),
    SH.minExclusive: (SH.MinExclusiveConstraintComponent, ">"),
    SH.maxInclusive: (SH.MaxInclusiveConstraintComponent, "<="),
    SH.maxExclusive: (SH.MaxExclusiveConstraintComponent, "<"),
}
_FOR_PATHS = (
    SH.minCount,
    SH.maxCount,
    SH.uniqueLang,
    SH.lessThan,
    SH.lessThanOrEquals,
    SH.qualifiedValueShape,
)


class Maker:
    """Makes constraints; ``shape`` gives the shape of a node."""

    def __init__(
        self, reader: Reader, shape: Callable[[Node], Shape], checks: Mapping[str, Check] | None
    ) -> None:
        """Take the reader of a shapes graph."""
        self._reader, self._shape, self._checks = reader, shape, checks
        self._components = Components(reader)

    def constraints(self, shape: Shape) -> list[Constraint]:
        """Return all constraints of a shape; ShapesError for an ill-formed one."""
        node = shape.node
        if shape.path is None:
            for property_ in _FOR_PATHS:
                if self._reader.all(node, property_):
                    reason = f"{name_of(property_)} is for shapes with a sh:path"
                    raise self._reader.error(node, reason)
        return [
            *self._kinds(node),
            *self._ranges(node),
            *self._strings(node),
            *self._counts(node),
            *self._pairs(node),
            *self._logic(node),
            *self._qualified(node),
            *self._others(node),
            *self._components.of(shape),
        ]

    def _kinds(self, node: Node) -> Iterator[Constraint]:
        reader = self._reader
        for kind in reader.all(node, SH["class"]):
            yield OfClass(term_of(reader.iri(node, SH["class"], kind)), name_of(kind))
        datatype = reader.one(node, SH.datatype)
        if datatype is not None:
            yield OfDatatype(term_of(reader.iri(node, SH.datatype, datatype)), name_of(datatype))
        node_kind = reader.one(node, SH.nodeKind)
        if isinstance(node_kind, URIRef) and node_kind in NODE_KINDS:
            yield OfNodeKind(node_kind)
        elif node_kind is not None:
            raise reader.error(node, f"there is no sh:nodeKind {name_of(node_kind)}")

    def _ranges(self, node: Node) -> Iterator[Constraint]:
        for property_, (component, sign) in _RANGES.items():
            for bound in self._reader.all(node, property_):
                yield InRange(component, sign, self._reader.literal(node, property_, bound))

    def _strings(self, node: Node) -> Iterator[Constraint]:
        reader = self._reader
        least, most = reader.number(node, SH.minLength), reader.number(node, SH.maxLength)
        if least is not None:
            yield OfLength(SH.MinLengthConstraintComponent, least, None)
        if most is not None:
            yield OfLength(SH.MaxLengthConstraintComponent, 0, most)
        yield from self._patterns(node)
        languages = reader.one(node, SH.languageIn)
        if languages is not None:
            ranges = reader.members(node, SH.languageIn, languages)
            if not all(isinstance(item, Literal) for item in ranges):
                raise reader.error(node, 'sh:languageIn must list texts such as "en"')
            yield InLanguage(map(str, ranges))
        if reader.flag(node, SH.uniqueLang):
            yield UniqueLang()

    def _patterns(self, node: Node) -> Iterator[Constraint]:
        flags = self._reader.text(node, SH.flags) or ""
        for pattern in self._reader.all(node, SH.pattern):
            self._reader.literal(node, SH.pattern, pattern)
            try:
                yield OfPattern(str(pattern), flags)
            except ValueError as error:
                raise self._reader.error(node, str(error)) from error

    def _counts(self, node: Node) -> Iterator[Constraint]:
        least = self._reader.number(node, SH.minCount)
        most = self._reader.number(node, SH.maxCount)
        if least is not None:
            yield Count(SH.MinCountConstraintComponent, least, None)
        if most is not None:
            yield Count(SH.MaxCountConstraintComponent, 0, most)
        for value in self._reader.all(node, SH.hasValue):
            yield HasValue(term_of(value), name_of(value))

    def _pairs(self, node: Node) -> Iterator[Constraint]:
        for property_, kind in ((SH.equals, Equals), (SH.disjoint, Disjoint)):
            for other in self._others_of(node, property_):
                yield kind(term_of(other), name_of(other))
        for other in self._others_of(node, SH.lessThan):
            component = SH.LessThanConstraintComponent
            yield LessThan(component, term_of(other), name_of(other), or_equal=False)
        for other in self._others_of(node, SH.lessThanOrEquals):
            component = SH.LessThanOrEqualsConstraintComponent
            yield LessThan(component, term_of(other), name_of(other), or_equal=True)

    def _others_of(self, node: Node, property_: URIRef) -> Iterable[URIRef]:
        values = self._reader.all(node, property_)
        return [self._reader.iri(node, property_, value) for value in values]

    def _logic(self, node: Node) -> Iterator[Constraint]:
        reader = self._reader
        for asked in reader.all(node, SH.property):
            yield Property([self._asked(node, SH.property, asked, with_path=True)])
        for asked in reader.all(node, SH.node):
            shape = self._asked(node, SH.node, asked, with_path=False)
            yield All(SH.NodeConstraintComponent, [shape])
        for asked in reader.all(node, SH["not"]):
            yield Not([self._asked(node, SH["not"], asked)])
        for head in reader.all(node, SH["and"]):
            yield All(SH.AndConstraintComponent, self._listed(node, SH["and"], head))
        for head in reader.all(node, SH["or"]):
            yield Any(self._listed(node, SH["or"], head))
        for head in reader.all(node, SH.xone):
            yield One(self._listed(node, SH.xone, head))

    def _listed(self, node: Node, property_: URIRef, head: Node) -> list[Shape]:
        members = self._reader.members(node, property_, head)
        if not members:
            raise self._reader.error(node, f"the list of {name_of(property_)} is empty")
        return [self._asked(node, property_, member) for member in members]

    def _asked(
        self, node: Node, property_: URIRef, asked: Node, *, with_path: bool | None = None
    ) -> Shape:
        if isinstance(asked, Literal):
            reason = f"{name_of(property_)} must be a shape, not {name_of(asked)}"
            raise self._reader.error(node, reason)
        shape = self._shape(asked)
        if with_path is not None and (shape.path is not None) != with_path:
            what = "a property shape, with a sh:path" if with_path else "a node shape"
            reason = f"{name_of(property_)} must be {what}, which {name_of(asked)} is not"
            raise self._reader.error(node, reason)
        return shape

    def _qualified(self, node: Node) -> Iterator[Constraint]:
        reader = self._reader
        least = reader.number(node, SH.qualifiedMinCount)
        most = reader.number(node, SH.qualifiedMaxCount)
        for asked in reader.all(node, SH.qualifiedValueShape):
            if least is None and most is None:
                reason = "sh:qualifiedValueShape needs sh:qualifiedMinCount or sh:qualifiedMaxCount"
                raise reader.error(node, reason)
            shape = self._asked(node, SH.qualifiedValueShape, asked)
            disjoint = reader.flag(node, SH.qualifiedValueShapesDisjoint)
            siblings = self._siblings(node, asked) if disjoint else []
            yield Qualified(shape, siblings, least, most)

    def _siblings(self, node: Node, own: Node) -> list[Shape]:
        """Return the shapes that values of this one must not conform to; section 4.7.3."""
        graph = self._reader.graph
        found = {
            shape
            for parent in graph.subjects(SH.property, node)
            for sibling in graph.objects(parent, SH.property)
            for shape in graph.objects(sibling, SH.qualifiedValueShape)
        }
        asked = sorted(found - {own}, key=term_of)
        return [self._asked(node, SH.qualifiedValueShape, shape) for shape in asked]

    def _others(self, node: Node) -> Iterator[Constraint]:
        reader = self._reader
        allowed = reader.one(node, SH["in"])
        if allowed is not None:
            yield OneOf(map(term_of, reader.members(node, SH["in"], allowed)))
        if reader.flag(node, SH.closed):
            yield Closed(term_of(item) for item in self._known_properties(node))
        for name in reader.all(node, CHECK):
            yield Checked(self._check(node, str(name)), str(name))

    def _known_properties(self, node: Node) -> Iterator[URIRef]:
        ignored = self._reader.one(node, SH.ignoredProperties)
        if ignored is not None:
            for item in self._reader.members(node, SH.ignoredProperties, ignored):
                yield self._reader.iri(node, SH.ignoredProperties, item)
        for asked in self._reader.all(node, SH.property):
            path = self._shape(asked).path
            if isinstance(path, URIRef):
                yield path

    def _check(self, node: Node, name: str) -> Check:
        if self._checks is None:
            from competency.shapes.quality import CHECKS

            self._checks = CHECKS
        check = self._checks.get(name)
        if check is None:
            known = ", ".join(sorted(self._checks)) or "none"
            raise self._reader.error(node, f"there is no check {name!r}; there are: {known}")
        return check
