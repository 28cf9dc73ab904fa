"""Decisions and the graphs of alignments that are held: what each becomes, and what is gone."""

from __future__ import annotations

from collections.abc import Iterator

from competency.align.review.merging import merge, settled, without
from competency.align.review.rows import ACCEPTED, Pair, pair_of, states
from competency.graph import KnowledgeGraph, NamedGraph
from competency.graph.alignments import RELATIONS, framework_of
from competency.graph.sssom import MappingSet, of_graph, to_graph


def placed(found: MappingSet, graph: KnowledgeGraph) -> list[NamedGraph]:
    """Return the graphs that decisions make, to be published in the place of those of their names.

    A decision about a pair that a graph of alignments has already goes there, every other one into
    the graph named after the set. What is to review is left out.

        directory.publish(placed(work, graph))
    """
    rest, made = settled(found), []
    for name in alignment_graphs(graph):
        if name == rest.iri:
            continue
        kept = of_graph(graph.named_graph(name))
        both = {pair_of(row) for row in kept.records} & {pair_of(row) for row in rest.records}
        if both:
            ours = {pair_of(row) for row in rest.records} - both
            made.append(to_graph(merge(kept, without(rest, ours))))
            rest = without(rest, both)
    if rest.records:
        there = graph.has_graph(rest.iri)
        held = of_graph(graph.named_graph(rest.iri)) if there else None
        made.append(to_graph(merge(held, rest)))
    return made


def alignment_graphs(graph: KnowledgeGraph) -> list[str]:
    """Return the names of the graphs that hold alignments, without those of frameworks.

    alignment_graphs(KnowledgeGraph.shipped())
    """
    frameworks = {framework.iri for framework in graph.frameworks}
    quads = graph.index.links(list(RELATIONS))
    names = {str(getattr(quad.graph_name, "value", "")) for quad in quads}
    return sorted(name for name in names - frameworks if graph.has_graph(name))


def frameworks_in(found: MappingSet, graph: KnowledgeGraph) -> set[str]:
    """Return the IRIs of the frameworks that accepted rows are about, as far as it is known."""
    known: set[str] = set()
    for row, state in zip(found.records, states(found), strict=True):
        for end in ("subject", "object") if state == ACCEPTED else ():
            known |= {row.get(f"{end}_source"), framework_of(graph, row.get(f"{end}_id")) or ""}
    return known - {""}


def gone(found: MappingSet, graph: KnowledgeGraph) -> Iterator[tuple[Pair, str]]:
    """Yield the accepted pairs of which a framework that is held has a part no more, and the part.

    for pair, part in gone(work, graph): ...
    """
    held = {framework.iri for framework in graph.frameworks}
    for row, state in zip(found.records, states(found), strict=True):
        for end in ("subject", "object") if state == ACCEPTED else ():
            iri = row.get(f"{end}_id")
            if row.get(f"{end}_source") in held and not graph.index.about(iri):
                yield pair_of(row), iri
