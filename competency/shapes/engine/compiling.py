"""Read a graph of shapes once, into what can be asked of many data (SHACL, sections 2 to 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from competency.errors import ShapesError
from competency.shapes.engine.circles import mark_circles
from competency.shapes.engine.constraints.making import Maker
from competency.shapes.engine.model import Check, Compiled, Shape, Targets, with_targets
from competency.shapes.engine.reading import Reader, reachable
from competency.shapes.engine.terms import term_of
from competency.shapes.paths import Path, read_path

TARGETS = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_ASKED = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_ASKED_LISTS = (SH["and"], SH["or"], SH.xone)
_KINDS = (SH.NodeShape, SH.PropertyShape)


def compile_shapes(shapes: Graph, checks: Mapping[str, Check] | None = None) -> Compiled:
    """Return shapes ready to be asked; ShapesError, in one line, for what is ill-formed in them.

    ``checks`` are the checks that ``compsh:check`` may name, ours unless given. The graph is not
    changed, and must not be while what is returned is in use.

    >>> from rdflib import Graph
    >>> len(compile_shapes(Graph()))
    0
    """
    return _Compiler(shapes, checks).compile()


class _Compiler:
    """Reads shapes one after the other; those that others ask for are waiting on an agenda."""

    def __init__(self, graph: Graph, checks: Mapping[str, Check] | None) -> None:
        self._graph = graph
        self._reader = Reader(graph)
        self._shapes: dict[Node, Shape] = {}
        self._agenda: list[Shape] = []
        self._maker = Maker(self._reader, self.shape, checks)
        self._classes = set(_instances(graph, RDFS.Class, (RDFS.Class, OWL.Class)))

    def compile(self) -> Compiled:
        for node in sorted(self._nodes(), key=term_of):
            self.shape(node)
        while self._agenda:
            shape = self._agenda.pop()
            shape.constraints = [] if shape.deactivated else self._maker.constraints(shape)
        mark_circles(self._shapes.values())
        return Compiled(self._graph, with_targets(list(self._shapes.values())))

    def shape(self, node: Node) -> Shape:
        """Return the shape of a node; its constraints are read later."""
        found = self._shapes.get(node)
        if found is None:
            found = self._shapes[node] = self._read(node)
            self._agenda.append(found)
        return found

    def _nodes(self) -> set[Node]:
        """Return the nodes that are shapes by themselves (SHACL, section 2.1)."""
        graph = self._graph
        found = {node for kind in _KINDS for node in _instances(graph, kind, (kind,))}
        found |= {node for target in TARGETS for node in graph.subjects(target)}
        return found | {node for way in (SH.property, SH.node) for node in graph.subjects(way)}

    def _read(self, node: Node) -> Shape:
        reader = self._reader
        severity = reader.one(node, SH.severity)
        return Shape(
            node,
            self._path(node),
            SH.Violation if severity is None else reader.iri(node, SH.severity, severity),
            reader.messages(node),
            self._targets(node),
            deactivated=reader.flag(node, SH.deactivated),
        )

    def _path(self, node: Node) -> Path | None:
        found = self._reader.one(node, SH.path)
        kinds = set(self._graph.objects(node, RDF.type))
        if found is None:
            if SH.PropertyShape in kinds:
                raise self._reader.error(node, "a property shape needs a sh:path")
            return None
        if SH.NodeShape in kinds:
            raise self._reader.error(node, "a node shape has no sh:path; call it sh:PropertyShape")
        try:
            return read_path(self._graph, found)
        except ShapesError as error:
            raise self._reader.error(node, str(error).removeprefix("shapes: ")) from error

    def _targets(self, node: Node) -> Targets:
        nodes, classes, subjects, objects = (self._reader.all(node, kind) for kind in TARGETS)
        for kind, values in ((SH.targetClass, classes), (SH.targetSubjectsOf, subjects)):
            for value in values:
                self._reader.iri(node, kind, value)
        for value in objects:
            self._reader.iri(node, SH.targetObjectsOf, value)
        if node in self._classes and isinstance(node, URIRef) and node not in classes:
            classes.append(node)
        return Targets(
            *(tuple(map(term_of, found)) for found in (nodes, classes, subjects, objects))
        )


def _instances(graph: Graph, kind: URIRef, known: Iterable[Node]) -> Iterable[Node]:
    """Give the instances of a class in a shapes graph, with those of the classes below it."""
    for each in reachable(graph, [kind, *known], RDFS.subClassOf, downwards=True):
        yield from graph.subjects(RDF.type, each)
