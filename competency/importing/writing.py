"""Frameworks as one file of RDF: one graph or several, in any of our syntaxes."""

from __future__ import annotations

from collections.abc import Sequence

from competency.formats import Format
from competency.graph import NamedGraph, serialize
from competency.graph.parting import joined
from competency.graph.writing import serialize_dataset


def frameworks_bytes(graphs: Sequence[NamedGraph], syntax: Format) -> bytes:
    """Return graphs in a syntax; those with names of graphs keep each framework in its own.

    In the others all triples stand together, and reading sorts them by framework again: the
    alignments that came with a framework are in it. Raises ConversionError for what RDF/XML
    cannot say.

        frameworks_bytes(brought.graphs, by_name("turtle"))
    """
    if not syntax.named_graphs:
        graphs = joined(graphs)
    if len(graphs) == 1:
        return serialize(graphs[0], syntax)
    if syntax.name in ("trig", "nquads"):
        return serialize_dataset(graphs, syntax)
    name = graphs[0].name if graphs else ""
    return serialize(NamedGraph(name, (t for graph in graphs for t in graph.triples)), syntax)
