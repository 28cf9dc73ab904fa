"""What a person adds to an import: facts of the framework that its file does not state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, RDF, RDFS
from rdflib.term import Node

from competency.documents import Options
from competency.errors import ParameterError
from competency.exchange.imported import Kept, Remark
from competency.graph import NamedGraph
from competency.ontology import COMP, shorten

_LINK = re.compile(r"(https?|urn):")
_SILENT, _INFERRED = str(COMP.notStated), str(COMP.inferred)


def add(
    graphs: Sequence[NamedGraph], options: Options
) -> tuple[tuple[NamedGraph, ...], tuple[Remark, ...]]:
    """Return graphs with what was added said of each framework, marked with ``comp:added``.

    What the file states stays, and a remark says so, also of a base that was typed. Raises
    ParameterError for a title where there are several frameworks.
    """
    unused = _base_unused(graphs, options)
    if not options.added:
        return tuple(graphs), unused
    if len(graphs) > 1 and str(RDFS.label) in options.added:
        raise ParameterError("title", f"the file holds {len(graphs)} frameworks; name them there")
    found = [_one(graph, options) for graph in graphs]
    remarks = (remark for _, remarks in found for remark in remarks)
    return tuple(graph for graph, _ in found), (*unused, *remarks)


def _base_unused(graphs: Sequence[NamedGraph], options: Options) -> tuple[Remark, ...]:
    """Return a remark for each graph that has a name of its own, where a base was typed."""
    if not options.base_typed:
        return ()
    what = "the file has IRIs of its own; the base that was typed is left out"
    own = [graph.name for graph in graphs if not graph.name.startswith(options.base)]
    return tuple(Remark(Kept.dropped, name, what) for name in own)


def _one(graph: NamedGraph, options: Options) -> tuple[NamedGraph, list[Remark]]:
    own = graph.about(graph.name)
    inferred = set(map(str, own.get(_INFERRED, ())))
    stated = [name for name in sorted(options.added) if name in own and name not in inferred]
    added = [name for name in sorted(options.added) if name not in stated]
    kept = [
        triple
        for triple in graph.triples
        if getattr(triple.subject, "value", "") != graph.name
        or not _makes_way(triple.predicate.value, getattr(triple.object, "value", ""), added)
    ]
    rows = [row for name in added for row in _said(URIRef(graph.name), URIRef(name), options)]
    remarks = [
        Remark(
            Kept.dropped,
            graph.name,
            f"the file states {shorten(name)} itself; what was typed is left out",
        )
        for name in stated
    ]
    return NamedGraph(graph.name, (*kept, *NamedGraph.of(graph.name, rows).triples)), remarks


def _makes_way(predicate: str, value: str, added: list[str]) -> bool:
    """Say whether a statement about a framework gives way to what was added."""
    return predicate in added or (predicate in (_SILENT, _INFERRED) and value in added)


def _said(root: URIRef, name: URIRef, options: Options) -> list[tuple[Node, Node, Node]]:
    """Return the triples for what was typed; a publisher by name becomes an organisation."""
    value = options.added[str(name)]
    words = Literal(value, lang=options.language)
    mark: tuple[Node, Node, Node] = (root, COMP.added, name)
    if _LINK.match(value):
        return [(root, name, URIRef(value)), mark]
    if name != DCTERMS.publisher:
        return [(root, name, words), mark]
    body = URIRef(f"{root}/org/publisher")
    return [(root, name, body), (body, RDF.type, ORG.Organization), (body, RDFS.label, words), mark]
