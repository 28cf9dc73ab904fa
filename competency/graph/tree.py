"""The tree of one named graph: who is part of whom, in what order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from competency.ontology import PREFIXES

_PART_OF = ox.NamedNode(PREFIXES["comp"] + "partOf")
_POSITION = ox.NamedNode(PREFIXES["comp"] + "position")
_LAST = float("inf")


class Tree:
    """Children by parent, ordered by comp:position; safe with cycles and missing positions."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Read comp:partOf and comp:position once."""
        pairs: list[tuple[str, str]] = []
        positions: dict[str, float] = {}
        for triple in triples:
            predicate = triple.predicate
            if predicate == _PART_OF:
                pairs.append((_name(triple.subject), _name(triple.object)))
            elif predicate == _POSITION:
                positions.setdefault(_name(triple.subject), _number(triple.object))
        found: dict[str, list[tuple[float, str]]] = {}
        for child, parent in pairs:
            found.setdefault(parent, []).append((positions.get(child, _LAST), child))
        self._children = {
            parent: tuple(dict.fromkeys(child for _, child in sorted(children)))
            for parent, children in found.items()
        }

    def children(self, parent: str) -> tuple[str, ...]:
        """Return the IRIs directly under a parent, in order."""
        return self._children.get(parent, ())

    def size(self, parent: str) -> int:
        """Return how many IRIs are below a parent."""
        return sum(1 for _ in self.walk(parent)) if parent in self._children else 0

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


def _name(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(node) if isinstance(node, ox.Triple) else node.value


def _number(value: object) -> float:
    try:
        return float(value.value) if isinstance(value, ox.Literal) else _LAST
    except ValueError:
        return _LAST
