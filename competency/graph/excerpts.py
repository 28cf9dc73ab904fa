"""Some alignments as a mapping set of their own, such as those between two frameworks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from competency.graph.alignments import Alignment, alignment_graph
from competency.graph.sssom import MappingSet, of_graph
from competency.graph.sssom.licensing import common_license
from competency.graph.sssom.slots import SLOTS
from competency.graph.store import NamedGraph, is_iri
from competency.ontology import expand

if TYPE_CHECKING:
    from competency.graph.knowledge_graph import KnowledgeGraph

_TYPE, _SET, _MAPPINGS = (
    ox.NamedNode(expand(name)) for name in ("rdf:type", "sssom:MappingSet", "sssom:mappings")
)
_SOURCE = ox.NamedNode(expand("owl:annotatedSource"))
_LICENSE = ox.NamedNode(SLOTS["license"].property)


def excerpt(graph: KnowledgeGraph, found: Iterable[Alignment], iri: str) -> MappingSet:
    """Return alignments as the mapping set called ``iri``, each as it was authored.

    Its licence is that of the sets that they are taken from, where all have the same.

        excerpt(graph, between(graph, left, right), "https://example.org/some.sssom.tsv")
    """
    items = list(found)
    authored = alignment_graph(graph, items, iri)
    names = {graph.resource(item.iri).graph_name for item in items if item.iri}
    about = [*_set(iri, authored)]
    if license := common_license(map(graph.named_graph, names)):
        about.append(ox.Triple(ox.NamedNode(iri), _LICENSE, ox.NamedNode(license)))
    return of_graph(NamedGraph(iri, [*about, *authored.triples]))


def _set(iri: str, authored: NamedGraph) -> Iterator[ox.Triple]:
    """Yield what makes a set of the nodes of alignments."""
    subject = ox.NamedNode(iri)
    yield ox.Triple(subject, _TYPE, _SET)
    for triple in authored.triples:
        if triple.predicate == _SOURCE and is_iri(triple.subject):
            yield ox.Triple(subject, _MAPPINGS, triple.subject)
