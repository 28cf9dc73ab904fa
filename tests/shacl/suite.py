"""The test suite of the W3C for SHACL: its cases, and how an outcome is compared with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from rdflib import SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from competency.shapes.finding import Finding
from competency.shapes.paths import path_text, read_path

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")

Outcome = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """One case: the files of data and shapes, and what is to come out, None for a failure."""

    name: str
    data: Path
    shapes: Path
    wanted: Outcome | None


def cases(manifest: Path, reader: Callable[[Path], Graph] | None = None) -> list[Case]:
    """Return the cases of a manifest and of all that it includes, as written unless read else."""
    graph = (reader or read_as_written)(manifest)
    found = [
        _case(graph, entry, manifest)
        for head in graph.objects(None, MF.entries)
        for entry in Collection(graph, head)
    ]
    for included in sorted(graph.objects(None, MF.include), key=str):
        found += cases(_file(included), reader)
    return found


def read(file: Path) -> Graph:
    """Return a Turtle file as rdflib reads it."""
    return Graph().parse(file, format="turtle", publicID=file.as_uri())


def read_as_written(file: Path) -> Graph:
    """Return a Turtle file with each literal in its own lexical form, which rdflib changes."""
    graph = Graph(bind_namespaces="none")
    for quad in pyoxigraph.parse(
        file.read_bytes(), pyoxigraph.RdfFormat.TURTLE, base_iri=file.as_uri()
    ):
        subject, predicate, object_ = map(_node, quad.triple)
        graph.add((subject, predicate, object_))
    return graph


def _node(term: object) -> Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    assert isinstance(term, pyoxigraph.Literal)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = URIRef(term.datatype.value)
    return Literal(
        term.value,
        datatype=None if str(datatype).endswith("#string") else datatype,
        normalize=False,
    )


def _case(graph: Graph, entry: Node, manifest: Path) -> Case:
    action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
    assert action is not None and result is not None
    data, shapes = graph.value(action, SHT.dataGraph), graph.value(action, SHT.shapesGraph)
    assert data is not None and shapes is not None
    wanted = None if result == SHT.Failure else expected(graph, result)
    return Case(f"{manifest.parent.name}/{manifest.stem}", _file(data), _file(shapes), wanted)


def _file(iri: Node) -> Path:
    return Path(str(iri).removeprefix("file://"))


def expected(graph: Graph, report: Node) -> Outcome:
    """Return the results of a report of the suite."""
    return Counter(_wanted(graph, node) for node in graph.objects(report, SH.result))


def _wanted(graph: Graph, node: Node) -> tuple[str, ...]:
    path = graph.value(node, SH.resultPath)
    return _row(
        graph.value(node, SH.focusNode),
        graph.value(node, SH.sourceConstraintComponent),
        None if path is None else path_text(read_path(graph, path)),
        graph.value(node, SH.value),
        graph.value(node, SH.resultSeverity),
        graph.value(node, SH.sourceShape),
    )


def found(findings: Sequence[Finding]) -> Outcome:
    """Return findings as the suite compares them."""
    return Counter(
        _row(
            finding.focus,
            finding.component,
            None if finding.path is None else path_text(finding.path),
            finding.value,
            finding.severity,
            finding.shape,
        )
        for finding in findings
    )


def _row(*items: Node | str | None) -> tuple[str, ...]:
    return tuple(map(_told, items))


def _told(item: Node | str | None) -> str:
    """Return a term to compare; the labels of blank nodes say nothing."""
    if isinstance(item, BNode):
        return "_:"
    if isinstance(item, URIRef | Literal):
        return item.n3()
    return str(item or "")
