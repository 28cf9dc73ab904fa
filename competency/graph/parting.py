"""The alignments that come in with a framework, put into a graph of their own.

A file of another format has alignments in the framework. Here they live beside it, so that they
can be edited as a set, and an export of the framework gathers them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS

from competency.graph.alignments import RELATIONS
from competency.graph.gathering import described, ends_of, own_set, rows_about
from competency.graph.store import NamedGraph, is_iri
from competency.ontology import COMP, expand

_SET, _MAPPINGS = URIRef(expand("sssom:MappingSet")), URIRef(expand("sssom:mappings"))
_TYPE, _ALIGNMENT = ox.NamedNode(str(RDF.type)), ox.NamedNode(expand("comp:Alignment"))


def parted(graphs: Iterable[NamedGraph]) -> tuple[NamedGraph, ...]:
    """Return graphs with the alignments of each framework in one of its own, behind it.

    What moves is every match with something that is not in the framework, as a plain statement,
    and the node that describes it. A graph without any stays as it is.

        parted(read(file, Reading()).graphs)
    """
    return tuple(part for graph in graphs for part in _parts(graph))


def joined(graphs: Iterable[NamedGraph]) -> tuple[NamedGraph, ...]:
    """Return graphs with the alignments that came with a framework in its own graph again.

    It is what :func:`parted` took apart: one file without names of graphs holds both.

        joined(brought.graphs)
    """
    found = {graph.name: graph for graph in graphs}
    for name in [name for name, graph in found.items() if _is_framework(graph)]:
        own = found.get(own_set(name))
        if own is not None and is_alignments(own):
            rows = (row for row in own.triples if row.subject != ox.NamedNode(own.name))
            found[name] = NamedGraph(name, (*found[name].triples, *rows))
            del found[own.name]
    return tuple(found.values())


def is_alignments(graph: NamedGraph) -> bool:
    """Say whether a graph is a set of alignments and nothing else."""
    return _SET in graph.about(graph.name).get(str(RDF.type), ())


def _parts(graph: NamedGraph) -> Iterator[NamedGraph]:
    moved = {*_moved(graph)} if _is_framework(graph) else set()
    if not moved:
        yield graph
        return
    yield NamedGraph(graph.name, (triple for triple in graph.triples if triple not in moved))
    iri = own_set(graph.name)
    of = [triple for triple in graph.triples if triple in moved]
    yield NamedGraph(iri, (*_head(iri, _title(graph), of).triples, *of))


def _moved(graph: NamedGraph) -> Iterator[ox.Triple]:
    """Yield the triples of alignments with what is not in the framework."""
    inside = described(graph, graph.name)
    inside -= {node for node in inside if _is_alignment(graph, node)}
    for node in graph.places:
        rows = rows_about(graph, node)
        ends = ends_of(rows) if _is_alignment(graph, node) else None
        if ends is not None and not {ends[0], ends[2]} <= inside:
            yield from _with_blanks(graph, rows)
    for triple in graph.triples:
        both = {triple.subject, triple.object}
        if triple.predicate.value in RELATIONS and all(map(is_iri, both)) and not both <= inside:
            yield triple


def _is_alignment(graph: NamedGraph, node: object) -> bool:
    return any(
        row.predicate == _TYPE and row.object == _ALIGNMENT for row in rows_about(graph, node)
    )


def _with_blanks(graph: NamedGraph, rows: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield triples, and what is said of the blank nodes that they lead to."""
    seen: set[object] = set()
    waiting = [*rows]
    while waiting:
        row = waiting.pop()
        yield row
        if isinstance(row.object, ox.BlankNode) and row.object not in seen:
            seen.add(row.object)
            waiting += rows_about(graph, row.object)


def _head(iri: str, title: str, moved: Iterable[ox.Triple]) -> NamedGraph:
    """Return what says of the graph that it is a set of alignments, and which."""
    name = URIRef(iri)
    nodes = dict.fromkeys(
        row.subject for row in moved if row.predicate == _TYPE and row.object == _ALIGNMENT
    )
    listed = [
        (name, _MAPPINGS, URIRef(node.value) if is_iri(node) else BNode(str(node)[2:]))
        for node in nodes
    ]
    told = (name, DCTERMS.title, Literal(f"Alignments of {title}", lang="en"))
    return NamedGraph.of(iri, [(name, RDF.type, _SET), told, *listed])


def _is_framework(graph: NamedGraph) -> bool:
    return COMP.Framework in graph.about(graph.name).get(str(RDF.type), ())


def _title(graph: NamedGraph) -> str:
    labels = graph.about(graph.name).get(str(RDFS.label), ())
    return str(labels[0]) if labels else graph.name
