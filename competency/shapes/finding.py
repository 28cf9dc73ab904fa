"""One result of SHACL validation as the standard has it, before it is told in an author's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from competency.shapes.paths import Path, read_path, write_path


@dataclass(frozen=True)
class Finding:
    """What one ``sh:ValidationResult`` says; SHACL, section 3.6.2.

    ``path`` is None for results of node shapes, ``value`` where no value node is at fault,
    ``constraint`` is the ``sh:SPARQLConstraint`` behind a result, where one is.

    >>> Finding(URIRef("urn:f"), BNode("s"), SH.MinCountConstraintComponent, SH.Violation).messages
    ()
    """

    focus: Node
    shape: Node
    component: URIRef
    severity: Node
    path: Path | None = None
    value: Node | None = None
    messages: tuple[Literal, ...] = ()
    constraint: Node | None = None


def report_graph(findings: Iterable[Finding]) -> Graph:
    """Return the standard report of these findings: a ``sh:ValidationReport``; SHACL, section 3.6.

    It conforms when there is no finding at all (3.6.1.1), whatever their severities.

    >>> str(next(report_graph(()).objects(None, SH.conforms)))
    'true'
    """
    graph = Graph(bind_namespaces="none")
    graph.bind("sh", SH)
    report = BNode()
    graph.add((report, RDF.type, SH.ValidationReport))
    found = tuple(findings)
    for finding in found:
        node = BNode()
        graph.add((report, SH.result, node))
        _write(graph, node, finding)
    graph.add((report, SH.conforms, Literal(not found)))
    return graph


def _write(graph: Graph, node: BNode, finding: Finding) -> None:
    graph.add((node, RDF.type, SH.ValidationResult))
    graph.add((node, SH.focusNode, finding.focus))
    graph.add((node, SH.sourceShape, finding.shape))
    graph.add((node, SH.sourceConstraintComponent, finding.component))
    graph.add((node, SH.resultSeverity, finding.severity))
    if finding.path is not None:
        graph.add((node, SH.resultPath, write_path(graph, finding.path)))
    if finding.value is not None:
        graph.add((node, SH.value, finding.value))
    if finding.constraint is not None:
        graph.add((node, SH.sourceConstraint, finding.constraint))
    for message in finding.messages:
        graph.add((node, SH.resultMessage, message))


def read_report(graph: Graph) -> tuple[Finding, ...]:
    """Return the findings of a standard report; the reverse of :func:`report_graph`.

    ValueError when a result lacks its focus node, component or severity, which each must have.

    >>> read_report(report_graph(()))
    ()
    """
    return tuple(_read(graph, node) for node in graph.objects(None, SH.result))


def _read(graph: Graph, node: Node) -> Finding:
    def one(property_: URIRef) -> Node | None:
        return graph.value(node, property_, any=True)

    focus, component = one(SH.focusNode), one(SH.sourceConstraintComponent)
    severity, path = one(SH.resultSeverity), one(SH.resultPath)
    if focus is None or not isinstance(component, URIRef) or severity is None:
        raise ValueError("a result without its focus node, component or severity")
    said = [m for m in graph.objects(node, SH.resultMessage) if isinstance(m, Literal)]
    return Finding(
        focus=focus,
        shape=one(SH.sourceShape) or BNode(),
        component=component,
        severity=severity,
        path=None if path is None else read_path(graph, path),
        value=one(SH.value),
        messages=tuple(sorted(said)),
        constraint=one(SH.sourceConstraint),
    )
