"""What follows from graphs that are held: read where an edition has it, else inferred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from competency.graph.editions.inferred import read_inferred
from competency.graph.reasoning.inferring import infer
from competency.graph.reasoning.naming import stated_name
from competency.graph.store import NamedGraph

if TYPE_CHECKING:
    from competency.graph.knowledge_graph import KnowledgeGraph


def infer_held(graph: KnowledgeGraph, name: str) -> NamedGraph:
    """Return what follows from a graph that is held, in a graph of its own.

    Raises NotFound, and EditionError where the file of an edition is damaged.
    """
    if graph.edition is not None and graph.has_graph(name):
        made = read_inferred(graph.edition.folder, name)
        if made is not None:
            return made
    return infer(graph.named_graph(name)).graph


def is_inferred(graph: KnowledgeGraph, name: str) -> bool:
    """Say whether a name is that of what follows from a graph that is held.

    >>> from competency import KnowledgeGraph
    >>> is_inferred(KnowledgeGraph.shipped(), KnowledgeGraph.shipped().base + "pub-cscf#inferred")
    True
    """
    stated = stated_name(name)
    return stated is not None and graph.has_graph(stated) and not graph.has_graph(name)
