"""What shapes read: their targets, and the walks of all their constraints.

=====================================  ==================================================
a shape says                           and so it reads, of the node it looks at
=====================================  ==================================================
``sh:targetClass``, ``sh:class``       its kinds, and what these are subclasses of
``sh:targetSubjectsOf`` ...            the statements with that property
``sh:path``                            what stands along the path
``sh:node``, ``sh:not``, ``sh:or`` ..  what the shapes within read, of the same node
``sh:property``                        the same, with their paths
``sh:equals``, ``sh:lessThan`` ...     the values of that property
``sh:closed``                          all that is said of it
``sh:sparql``                          what the patterns reach from ``$this``
all others (``sh:datatype`` ...)       nothing more: they look at the value alone
=====================================  ==================================================

Beside these a report names each part by its kind, code, title and place (``shapes/naming.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SKOS
from rdflib.term import Node

from competency.errors import ShapesError
from competency.graph.judging.owning import Targets
from competency.graph.judging.patterns import Unbounded
from competency.graph.judging.queries import read_query
from competency.graph.judging.walks import START, Walks
from competency.ontology import COMP
from competency.ontology.terms import SHAPES_IRI
from competency.shapes.engine.prebinding import sparql_path
from competency.shapes.engine.prefixes import prefixes_of
from competency.shapes.engine.reading import Reader
from competency.shapes.naming import HOLDERS, OWNERS
from competency.shapes.paths import Path, Step, Steps, read_path

# These two look at each statement of the data by itself, so that what they find in two graphs is
# what they find in one and what they find in the other. Nothing in their queries says so.
STATEMENTWISE = frozenset(
    URIRef(f"{SHAPES_IRI}#{name}") for name in ("UnknownProperty", "UnknownClass")
)
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_KINDS = Steps(Step.sequence, (RDF.type, Steps(Step.zero_or_more, (RDFS.subClassOf,))))
_ABOVE: tuple[Path, ...] = (*HOLDERS, *(Steps(Step.inverse, (owner,)) for owner in OWNERS))
_CODE = Steps(Step.sequence, (COMP.code, SKOS.notation))
_WITHIN = (SH.node, SH.property, SH["not"], SH.qualifiedValueShape)
_LISTS = (SH["and"], SH["or"], SH.xone)
_PAIRS = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)
_BEYOND = (SH.js, SH.expression, SH.rule, SH.target)


@dataclass
class Reading:
    """What shapes read.

    A node is looked at because it has a kind, because it is the subject of a statement with one of
    the properties ``subjects_of`` or the object of one with ``objects_of``, or because shapes name
    it (``nodes``). ``walks`` say what is read from there. The shapes ``whole`` may look anywhere
    and have to be run over all data at once; ``statementwise`` are told above.
    """

    walks: Walks = field(default_factory=Walks)
    subjects_of: set[str] = field(default_factory=set)
    objects_of: set[str] = field(default_factory=set)
    nodes: set[Node] = field(default_factory=set)
    whole: set[Node] = field(default_factory=set)
    statementwise: set[Node] = field(default_factory=set)

    @cached_property
    def targets(self) -> Targets:
        """Return why shapes look at nodes."""
        return Targets(
            tuple(sorted(self.subjects_of)),
            tuple(sorted(self.objects_of)),
            tuple(sorted(str(node) for node in self.nodes if isinstance(node, URIRef))),
            tuple(sorted(map(str, self.statementwise))),
        )


def read_shapes(shapes: Graph) -> Reading:
    """Return what shapes read. ShapesError when a path or query of theirs cannot be read.

    >>> from competency.shapes import load_shapes
    >>> sorted(read_shapes(load_shapes()).whole)
    []
    """
    try:
        return _Reader(shapes).read()
    except RecursionError as error:
        raise ShapesError("shapes", "they are nested too deeply to be read") from error


class _Reader:
    """Reads one graph of shapes."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes, self._reading = shapes, Reading()
        self._walks = self._reading.walks
        self._seen: set[tuple[Node, int]] = set()
        self._open: dict[Node, int] = {}  # shapes that are being read, and at which state
        self._naming = self._read_naming()

    def read(self) -> Reading:
        reading = self._reading
        custom = set(self._shapes.subjects(RDF.type, SH.ConstraintComponent))
        for shape in sorted(self._targeted(), key=str):
            if self._is_off(shape):
                continue
            if shape in STATEMENTWISE:
                self._statementwise(shape)
                continue
            try:
                if custom:
                    raise Unbounded
                self._targets(shape)
                self._shape(shape, START)
            except Unbounded:
                reading.whole.add(shape)
                self._open.clear()
        return reading

    def _statementwise(self, shape: Node) -> None:
        """Read a shape that asks of the kinds and properties in use by whom they are defined."""
        self._reading.statementwise.add(shape)
        for property_ in (RDF.type, COMP.notStated, COMP.inferred, COMP.added):
            used = self._walks.follow(START, property_)
            self._walks.follow(used, RDFS.isDefinedBy)

    def _targeted(self) -> set[Node]:
        """Return the shapes that look at nodes by themselves; SHACL, section 2.1.3."""
        graph = self._shapes
        found = {shape for target in (*_TARGETS, SH.target) for shape in graph.subjects(target)}
        classes = {c for kind in (RDFS.Class, OWL.Class) for c in graph.subjects(RDF.type, kind)}
        kinds = (SH.NodeShape, SH.PropertyShape)
        return found | {c for c in classes for kind in kinds if (c, RDF.type, kind) in graph}

    def _targets(self, shape: Node) -> None:
        self._walks.follow(START, _KINDS)
        for property_ in self._shapes.objects(shape, SH.targetSubjectsOf):
            self._reading.subjects_of.add(str(property_))
        for property_ in self._shapes.objects(shape, SH.targetObjectsOf):
            self._reading.objects_of.add(str(property_))
            self._walks.follow(START, _iri(property_), inverse=True)
        for property_ in self._shapes.objects(shape, SH.targetSubjectsOf):
            self._walks.follow(START, _iri(property_))
        self._reading.nodes.update(self._shapes.objects(shape, SH.targetNode))

    def _shape(self, shape: Node, state: int) -> None:
        """Read the constraints of a shape at a node of this state."""
        if (shape, state) in self._seen or self._is_off(shape):
            return
        self._seen.add((shape, state))
        if shape in self._open:  # it leads back to itself
            self._walks.join(state, self._open[shape])
            return
        self._open[shape] = state
        self._constraints(shape, state)
        del self._open[shape]

    def _constraints(self, shape: Node, state: int) -> None:
        path = self._shapes.value(shape, SH.path)
        steps = None if path is None else read_path(self._shapes, path)
        values = state if steps is None else self._walks.follow(state, steps)
        for property_, value in sorted(self._shapes.predicate_objects(shape), key=str):
            if property_ in _BEYOND:
                raise Unbounded
            if property_ == SH.sparql:
                self._query(value, state, steps)
            self._constraint(property_, value, state, values)
        if (shape, SH.qualifiedValueShapesDisjoint, Literal(True)) in self._shapes:
            for sibling in self._siblings(shape):
                self._shape(sibling, values)

    def _constraint(self, property_: Node, value: Node, state: int, values: int) -> None:
        if property_ in _WITHIN:
            self._shape(value, values)
        elif property_ in _LISTS:
            for shape in Collection(self._shapes, value):
                self._shape(shape, values)
        elif property_ in (SH["class"], SH.targetClass):
            self._walks.follow(values, _KINDS)
        elif property_ in _PAIRS:
            self._walks.follow(state, _iri(value))
        elif property_ == SH.closed and value == Literal(True):
            self._walks.read_all(values)

    def _query(self, constraint: Node, state: int, path: Path | None) -> None:
        if self._is_off(constraint):
            return
        for text in self._shapes.objects(constraint, SH.select):
            query = str(text)
            if path is not None:
                query = query.replace("$PATH", sparql_path(path))
            prefixes = prefixes_of(Reader(self._shapes), constraint)
            read_query(query, prefixes, self._walks, state, self._naming, str(constraint))

    def _siblings(self, shape: Node) -> Iterator[Node]:
        for parent in self._shapes.subjects(SH.property, shape):
            for other in self._shapes.objects(parent, SH.property):
                yield from self._shapes.objects(other, SH.qualifiedValueShape)

    def _read_naming(self) -> int:
        """Add what names a node in a report, and return the state from which it is read."""
        walks = self._walks
        naming = walks.state()
        above = walks.follow(naming, Steps(Step.zero_or_more, (Steps(Step.alternative, _ABOVE),)))
        walks.follow(above, _CODE)
        walks.read_all(above)
        walks.join(START, naming)
        return naming

    def _is_off(self, node: Node) -> bool:
        return (node, SH.deactivated, Literal(True)) in self._shapes


def _iri(node: Node) -> URIRef:
    if not isinstance(node, URIRef):
        raise ShapesError("shapes", f"{node} stands where a property belongs")
    return node
