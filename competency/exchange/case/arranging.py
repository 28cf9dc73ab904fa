"""The one tree of a package, out of its isChildOf associations: one parent each, in order.

CASE lets an item have several parents, none, or itself far above it, and numbers them as it
likes. Here each item gets one parent and a position from 1. What had to be decided is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rdflib import URIRef

_PARTS = re.compile(r"(\d+)")
Key = tuple[tuple[int, int, str], ...]
Mark = Callable[[URIRef], tuple[str, str]]


@dataclass(frozen=True)
class Edge:
    """One isChildOf association between two things of the package."""

    child: URIRef
    parent: URIRef
    number: int | None
    index: int  # among the associations of the file


@dataclass
class Arranged:
    """The tree: who is under whom, by which association, and where among the siblings."""

    above: dict[URIRef, Edge] = field(default_factory=dict)
    position: dict[URIRef, int] = field(default_factory=dict)
    orphans: list[URIRef] = field(default_factory=list)  # no parent in the file
    turning: list[URIRef] = field(default_factory=list)  # stood under themselves
    many: list[URIRef] = field(default_factory=list)  # had more parents than one
    last: dict[URIRef, int] = field(default_factory=dict)  # the last position under a parent

    def chosen(self, index: int) -> bool:
        """Say whether an association is the one that makes the tree."""
        return index in self._chosen

    _chosen: set[int] = field(default_factory=set)


def natural(text: str) -> Key:
    """Return what puts codes in the order in which people count.

    >>> sorted(["L1.10", "L1.9", "L1"], key=natural)
    ['L1', 'L1.9', 'L1.10']
    """
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in _PARTS.split(text)
        if part
    )


def arrange(
    items: Iterable[URIRef], root: URIRef, edges: Iterable[Edge], mark: Mark, *, kept: bool
) -> Arranged:
    """Return the tree of items below a root.

    ``mark`` gives the printed number and the code of an item, for siblings without numbers of
    their own; ``kept`` keeps the numbers as positions where they can be.
    """
    everything = dict.fromkeys(items)
    found, many = Arranged(), dict[URIRef, None]()
    for edge in edges:
        if edge.child not in everything or edge.child == edge.parent:
            continue
        if edge.child not in found.above:
            found.above[edge.child] = edge
        else:
            many[edge.child] = None
    found.many = [*many]
    _straighten(found, everything, root)
    children: dict[URIRef, list[Edge]] = {}
    for item in everything:
        if item in found.above:
            children.setdefault(found.above[item].parent, []).append(found.above[item])
    for parent, below in children.items():
        _number(found, parent, in_order(below, mark), kept)
    for item in (*found.orphans, *found.turning):
        found.position[item] = found.last[root] = found.last.get(root, 0) + 1
    found._chosen = {edge.index for edge in found.above.values()}
    return found


def _straighten(found: Arranged, items: dict[URIRef, None], root: URIRef) -> None:
    """Take out the edges that lead round in a circle, and find what has no parent."""
    safe, opened = {root}, set[URIRef]()
    for item in items:
        way: dict[URIRef, int] = {}
        here = item
        while here not in safe and here in found.above and here not in way:
            way[here] = len(way)
            here = found.above[here].parent
        if here in way:
            turn = [*way][way[here] :]
            first = item if item in turn else min(turn, key=lambda one: found.above[one].index)
            del found.above[first]
            found.turning.append(first)
            opened.add(first)
        safe.update(way)
        if item not in found.above and item not in opened:
            found.orphans.append(item)
            safe.add(item)


def in_order(edges: list[Edge], mark: Callable[[URIRef], tuple[str, str]]) -> list[Edge]:
    """Return siblings in order: by number; those without one behind, by printed number or code.

    Where not all of them have a printed number, or a code, they stay in the order of the file.
    """
    numbered = [edge for edge in edges if edge.number is not None]
    others = sorted((edge for edge in edges if edge.number is None), key=lambda edge: edge.index)
    numbered.sort(key=lambda edge: (edge.number, edge.index))
    for place in (0, 1):
        marks = [mark(edge.child)[place] for edge in others]
        if all(marks) and len(set(marks)) == len(marks) > 1:
            others.sort(key=lambda edge: natural(mark(edge.child)[place]))
            break
    return [*numbered, *others]


def _number(found: Arranged, parent: URIRef, edges: list[Edge], kept: bool) -> None:
    numbers = [edge.number for edge in edges]
    whole = [number for number in numbers if number is not None and number > 0]
    usable = kept and len(set(whole)) == len(numbers)
    for place, edge in enumerate(edges, 1):
        found.position[edge.child] = edge.number if usable and edge.number is not None else place
    found.last[parent] = max(found.position[edge.child] for edge in edges)
