"""What each part is aligned with, and which framework it is in: each looked up once, when asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from competency.graph.alignments import Alignment, alignments_of, all_alignments, framework_of

if TYPE_CHECKING:
    from competency.graph.knowledge_graph import KnowledgeGraph


class Neighbours:
    """The alignments of parts, each part asked about once; ``looks`` counts those asked about.

    >>> from competency import KnowledgeGraph
    >>> graph = KnowledgeGraph.shipped()
    >>> near = Neighbours(graph)
    >>> [item.predicate[-10:] for item in near.of(graph.iri("pub-cscf/c06"))]
    ['closeMatch']
    """

    def __init__(self, graph: KnowledgeGraph, known: Iterable[Alignment] | None = None) -> None:
        """Look into a graph when asked, or only into alignments that are known."""
        self.graph = graph
        self._homes: dict[str, str | None] = {}
        self._found: dict[str, tuple[Alignment, ...]] = {}
        self._whole = known is not None
        self.looks = 0
        rows = defaultdict[str, list[Alignment]](list)
        for item in known or ():
            rows[item.subject].append(item)
            rows[item.object].append(item.turned())
        for iri, found in rows.items():
            self._found[iri] = tuple(sorted(found, key=lambda item: item.strength))

    @classmethod
    def whole(cls, graph: KnowledgeGraph) -> Neighbours:
        """Return those of all parts, read at once: cheaper where most are asked about.

        Neighbours.whole(graph)
        """
        return cls(graph, all_alignments(graph))

    def of(self, iri: str) -> tuple[Alignment, ...]:
        """Return the alignments of a part, each seen from it, the strongest and surest first."""
        if iri not in self._found:
            self.looks += 1
            self._found[iri] = () if self._whole else tuple(alignments_of(self.graph, iri))
        return self._found[iri]

    def framework(self, iri: str) -> str | None:
        """Return the IRI of the framework that a part is in, or None where it is not held."""
        if iri not in self._homes:
            self._homes[iri] = framework_of(self.graph, iri)
        return self._homes[iri]

    def learn(self, framework: str, parts: Iterable[str]) -> None:
        """Take it as known that a framework holds these parts, so that nobody looks."""
        self._homes.update(dict.fromkeys((framework, *parts), framework))
