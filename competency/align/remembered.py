"""Which pairs of parts a graph holds a decision about: an alignment, or a refusal of one."""

from __future__ import annotations

from itertools import chain

from competency.graph import KnowledgeGraph
from competency.graph.alignments import all_alignments, refused_in


def decided_in(graph: KnowledgeGraph) -> frozenset[tuple[str, str]]:
    """Return the pairs that a graph has an alignment or a refusal of, as ``decided`` takes them.

    What is still to review is not among them.

    >>> len(decided_in(KnowledgeGraph.shipped())) > 60
    True
    """
    found = chain(all_alignments(graph), refused_in(graph))
    return frozenset((item.subject, item.object) for item in found)
