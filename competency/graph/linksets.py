"""How many links lead from one framework to another, as VoID says it (section 5, "Linksets")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from competency.graph.alignments import all_alignments, framework_of
from competency.graph.knowledge_graph import KnowledgeGraph
from competency.ontology import PREFIXES

_INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")

LinkRow = tuple[str | ox.BlankNode, str, str | ox.BlankNode | ox.Literal]


def linkset_rows(
    graph: KnowledgeGraph, whole: str, datasets: Mapping[str, str]
) -> Iterator[LinkRow]:
    """Describe the alignments between frameworks: a linkset for each two and each relation.

    ``datasets`` has the name of the description of each framework. Where the graphs are held in
    another engine nothing is said: each alignment would cost a question.

        list(linkset_rows(graph, graph.base + "dataset", {framework: description}))
    """
    for number, ((left, right, predicate), count) in enumerate(_counts(graph, datasets)):
        linkset = ox.BlankNode(f"links-{number}")
        yield whole, "void:subset", linkset
        yield linkset, "rdf:type", "void:Linkset"
        yield linkset, "void:subjectsTarget", datasets[left]
        yield linkset, "void:objectsTarget", datasets[right]
        yield linkset, "void:linkPredicate", predicate
        yield linkset, "void:triples", ox.Literal(str(count), datatype=_INTEGER)


def _counts(
    graph: KnowledgeGraph, datasets: Mapping[str, str]
) -> list[tuple[tuple[str, str, str], int]]:
    """Return how many alignments there are by framework, framework and relation, in order."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for item in () if graph.elsewhere else all_alignments(graph):
        left, right = (framework_of(graph, iri) for iri in (item.subject, item.object))
        if left in datasets and right in datasets and left and right:
            counts[left, right, item.predicate] += 1
    return sorted(counts.items())
