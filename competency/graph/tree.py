"""The tree of one named graph: who is part of whom, in what order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rdflib import Graph, Literal
from rdflib.term import Node

from competency.ontology import COMP


class Tree:
    """Children by parent, ordered by comp:position; safe with cycles and missing positions."""

    def __init__(self, graph: Graph) -> None:
        """Read comp:partOf and comp:position once."""
        found: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for child, parent in graph.subject_objects(COMP.partOf):
            position = _number(graph.value(child, COMP.position, any=True))
            found[str(parent)].append((position, str(child)))
        self._children = {
            parent: tuple(dict.fromkeys(child for _, child in sorted(children)))
            for parent, children in found.items()
        }

    def children(self, parent: str) -> tuple[str, ...]:
        """Return the IRIs directly under a parent, in order."""
        return self._children.get(parent, ())

    def walk(self, parent: str) -> Iterator[str]:
        """Yield every IRI below a parent, each once, parents first."""
        seen = {parent}
        waiting = list(reversed(self.children(parent)))
        while waiting:
            iri = waiting.pop()
            if iri not in seen:
                seen.add(iri)
                yield iri
                waiting.extend(reversed(self.children(iri)))


def _number(value: Node | None) -> float:
    try:
        return float(str(value)) if isinstance(value, Literal) else float("inf")
    except ValueError:
        return float("inf")
