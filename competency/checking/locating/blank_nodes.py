"""Tell which blank node of a graph is which of a document, by what is stated of each.

Two parsers give blank nodes other names. Their statements tell them apart: what is around a node,
what is around that, and so on (colour refinement). Nodes that no statement tells apart are taken
in the order in which they appear.
"""

from __future__ import annotations

from collections.abc import Iterable

from competency.checking.locating.statements import Key

Triple = tuple[Key, Key, Key]
_ROUNDS = 8  # how far around a node is looked; past that the order decides


def match_blank_nodes(written: Iterable[Triple], given: Iterable[Triple]) -> dict[int, int]:
    """Return the number in ``written`` of each blank node of ``given``.

    A blank node that is nowhere in ``written`` is left out. Linear in the statements.

    >>> match_blank_nodes([("urn:a", "urn:p", 1)], [("urn:a", "urn:p", 7)])
    {7: 1}
    """
    left, right = _Colours(written), _Colours(given)
    first = left.step(), right.step()
    last, counts = first, (0, 0)
    for _ in range(_ROUNDS):
        last = left.step(), right.step()
        now = len(set(last[0].values())), len(set(last[1].values()))
        if now in (counts, (len(last[0]), len(last[1]))):  # no more is learnt, or all is known
            break
        counts = now
    found: dict[int, int] = {}
    for ours, theirs in (last, first):  # by all that is known, then by the next neighbours alone
        _pair(ours, theirs, found)
    return found


def _pair(ours: dict[int, int], theirs: dict[int, int], found: dict[int, int]) -> None:
    """Pair nodes of one colour in their order, those left out that have a partner already."""
    taken = set(found.values())
    waiting: dict[int, list[int]] = {}
    for node, colour in reversed(ours.items()):
        if node not in taken:
            waiting.setdefault(colour, []).append(node)
    for node, colour in theirs.items():
        if node not in found and waiting.get(colour):
            found[node] = waiting[colour].pop()


class _Colours:
    """The blank nodes of some statements, in order of appearance, and a colour for each."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._edges: dict[int, list[tuple[int, Key]]] = {}
        for subject, predicate, other in dict.fromkeys(triples):
            if isinstance(subject, int):
                self._edges.setdefault(subject, []).append((hash((predicate, 1)), other))
            if isinstance(other, int):
                self._edges.setdefault(other, []).append((hash((predicate, 2)), subject))
        self._colours = dict.fromkeys(self._edges, 0)

    def step(self) -> dict[int, int]:
        """Look one statement further, and return the colours."""
        known = self._colours
        self._colours = {
            node: hash(
                (
                    known[node],
                    *sorted(
                        hash((way, known[other] if isinstance(other, int) else other))
                        for way, other in edges
                    ),
                )
            )
            for node, edges in self._edges.items()
        }
        return self._colours
