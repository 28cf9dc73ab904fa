"""The tree of one named graph: who is part of whom, in what order."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from competency.graph.plain import plain
from competency.graph.store import NamedGraph
from competency.ontology import PREFIXES

_PART_OF, _POSITION = PREFIXES["comp"] + "partOf", PREFIXES["comp"] + "position"
_LAST = float("inf")


class Tree:
    """Children by parent, ordered by comp:position; safe with cycles and missing positions."""

    def __init__(self, graph: NamedGraph) -> None:
        """Read comp:partOf and comp:position once."""
        pairs, places = graph.stated(_PART_OF, _POSITION)
        positions: dict[str, float] = {}
        for thing, place in places:
            positions.setdefault(_name(thing), _number(place))
        found: dict[str, list[tuple[float, str]]] = {}
        for part, whole in pairs:
            child = part if isinstance(part, str) else plain(part)
            found.setdefault(plain(whole), []).append((positions.get(child, _LAST), child))
        self._children = {
            parent: tuple(dict.fromkeys(child for _, child in sorted(children)))
            for parent, children in found.items()
        }
        self._sizes: dict[str, int] = {}

    def children(self, parent: str) -> tuple[str, ...]:
        """Return the IRIs directly under a parent, in order."""
        return self._children.get(parent, ())

    def size(self, parent: str) -> int:
        """Return how many IRIs are below a parent."""
        if parent not in self._children:
            return 0
        if parent not in self._sizes:
            self._sizes.update(self._measured(parent))
        return self._sizes[parent]

    def _measured(self, parent: str) -> dict[str, int]:
        """Return how many IRIs are below a parent and, in one walk, below each of those.

        Where something has two parents or stands below itself, it is only the parent's number.
        """
        walked = list(self.walk(parent))
        found: dict[str, int] = {}
        for iri in reversed([parent, *walked]):
            children = self.children(iri)
            if not all(child in found for child in children):
                return {parent: len(walked)}
            found[iri] = len(children) + sum(found[child] for child in children)
        return found if found[parent] == len(walked) else {parent: len(walked)}

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


def _name(thing: object) -> str:
    return thing if isinstance(thing, str) else plain(thing)


def _number(value: object) -> float:
    try:
        return float(value.value) if isinstance(value, ox.Literal) else _LAST
    except ValueError:
        return _LAST
