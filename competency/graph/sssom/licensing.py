"""The licence of alignments that are taken from several mapping sets."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from competency.graph.sssom.slots import SLOTS
from competency.graph.store import NamedGraph
from competency.ontology import expand

_TYPE, _SET = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("sssom:MappingSet"))
_LICENSE = ox.NamedNode(SLOTS["license"].property)


def common_license(graphs: Iterable[NamedGraph]) -> str:
    """Return the IRI of the licence that the mapping sets in all graphs have.

    It is empty where they have none, or not the same: what is put together of them is then under
    no licence that somebody gave.

        common_license([knowledge_graph.named_graph(base + "alignments")])
    """
    found: set[str] = set()
    for graph in graphs:
        found |= _licenses(graph) or {""}
    return found.pop() if len(found) == 1 else ""


def _licenses(graph: NamedGraph) -> set[str]:
    rows = graph.triples
    sets = {row.subject for row in rows if row.predicate == _TYPE and row.object == _SET}
    own = (row.object for row in rows if row.predicate == _LICENSE and row.subject in sets)
    return {license.value for license in own if isinstance(license, ox.NamedNode)}
