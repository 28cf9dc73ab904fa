"""Owners: which graph speaks of a node, so that nobody looks further where only one does.

Nearly every node of a framework is its own affair. One pass over the graphs finds the others;
after it one look into a dictionary stands for a dozen questions to a store. Nodes are kept by
their hashes: where two had the same, a look too many would be taken, and nothing missed.
"""

from __future__ import annotations

from collections.abc import Collection, Container

import pyoxigraph as ox

from competency.graph.store import NamedGraph

_SEVERAL = " "  # the name of no graph


class Owners:
    """Which graph speaks of a node.

    >>> owners = Owners(())
    >>> one, two = ox.NamedNode("urn:1"), ox.NamedNode("urn:2")
    >>> owners.add(NamedGraph("urn:g", [ox.Triple(one, one, two)]))
    >>> owners.others(one, ["urn:g"]), owners.others(one, ["urn:h"]), owners.others(two, [])
    (False, True, False)
    """

    def __init__(self, entries: Collection[str]) -> None:
        """Keep the subjects of all statements, and the objects of those with ``entries``."""
        self._entries = {ox.NamedNode(name) for name in entries}
        self._owners: dict[int, str] = {}

    def add(self, graph: NamedGraph) -> None:
        """Take in what a graph speaks of."""
        owners, entries, name = self._owners, self._entries, graph.name
        for triple in graph.triples:
            key = hash(triple.subject)
            if owners.setdefault(key, name) != name:
                owners[key] = _SEVERAL
            if triple.predicate in entries:
                key = hash(triple.object)
                if owners.setdefault(key, name) != name:
                    owners[key] = _SEVERAL

    def others(self, node: object, without: Container[str]) -> bool:
        """Say whether a graph but those of ``without`` may speak of a node."""
        owner = self._owners.get(hash(node))
        return owner is not None and owner not in without

    def __len__(self) -> int:
        return len(self._owners)
