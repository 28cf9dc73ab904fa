"""Chains of alignments across frameworks, and what may be concluded from each.

If a matches b and b matches c, does a match c? SKOS says so only of exactMatch (SKOS Reference,
S45), and keeps closeMatch intransitive on purpose, so that errors do not add up along a chain. A
chain of several steps here says no more than this; exact steps change nothing and are left aside:

- all steps exact: exact; one other step: what that step says;
- all broader, or all narrower: the same;
- an opposite and anything else: nothing;
- a broader or related step, and later a narrower or related one: nothing. What a whole has in it,
  or has to do with, may have nothing in common with this part of it;
- any other: related.

Nothing is ever concluded between two parts of one framework, nor between two that are not held,
for nobody knows here whether they are of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from competency.graph.alignments import OPPOSITE, RELATIONS, Alignment
from competency.graph.neighbours import Neighbours
from competency.ontology import PREFIXES

if TYPE_CHECKING:
    from competency.graph.knowledge_graph import KnowledgeGraph

LONGEST = 3  # steps of a chain; what follows from more helps nobody
MOST = 1_000  # parts that are asked about for one start
_EXACT, _CLOSE, _BROAD, _NARROW, _RELATED = (
    PREFIXES["skos"] + name + "Match" for name in ("exact", "close", "broad", "narrow", "related")
)
_RANK = {name: place for place, name in enumerate(RELATIONS)}
# What the steps up to some point come to (exact where there was no other), and whether one of them
# led to something broader or related.
_State = tuple[str, bool]
_Place = tuple[str, _State]
_Key = tuple[int, float, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Chain:
    """Alignments end to end, each seen from the start, and the relation that follows from them."""

    steps: tuple[Alignment, ...]
    relation: str

    @property
    def subject(self) -> str:
        """Return where the chain starts."""
        return self.steps[0].subject

    @property
    def object(self) -> str:
        """Return where it ends."""
        return self.steps[-1].object

    @property
    def length(self) -> int:
        """Return the number of alignments; 1 is an alignment that is stated."""
        return len(self.steps)

    @property
    def through(self) -> tuple[str, ...]:
        """Return the parts between the ends."""
        return tuple(step.object for step in self.steps[:-1])

    @property
    def confidence(self) -> float | None:
        """Return the product of the confidences, or None where that of a step is not known."""
        product = 1.0
        for number in sorted(step.confidence or 0.0 for step in self.steps):
            product *= number
        return None if any(step.confidence is None for step in self.steps) else product

    @property
    def is_opposite(self) -> bool:
        """Say whether the ends are opposites, which is no match at all."""
        return self.relation == OPPOSITE

    def turned(self) -> Chain:
        """Return the same chain as seen from its end."""
        steps = tuple(step.turned() for step in reversed(self.steps))
        return Chain(steps, RELATIONS[self.relation])


def concluded(relations: Iterable[str]) -> str | None:
    """Return the relation that follows from relations end to end, or None where nothing does.

    >>> skos = PREFIXES["skos"]
    >>> concluded([skos + "exactMatch", skos + "closeMatch"]) == skos + "closeMatch"
    True
    >>> concluded([skos + "closeMatch", skos + "closeMatch"]) == skos + "relatedMatch"
    True
    >>> concluded([skos + "broadMatch", skos + "narrowMatch"]) is None
    True
    """
    state: _State | None = _START
    for relation in relations:
        state = _after(state, relation) if state else None
    return state[0] if state else None


_START: _State = (_EXACT, False)


def _after(state: _State, relation: str) -> _State | None:
    """Return the state after one more step, or None where nothing follows any more.

    >>> _after(_START, _BROAD) == (_BROAD, True), _after((_BROAD, True), _RELATED)
    (True, None)
    """
    so_far, away = state
    if relation == _EXACT:
        return state
    if so_far == _EXACT:
        return relation, relation in (_BROAD, _RELATED)
    if OPPOSITE in (so_far, relation) or (away and relation in (_NARROW, _RELATED)):
        return None
    if so_far == relation and relation in (_BROAD, _NARROW):
        return state
    return _RELATED, away or relation in (_BROAD, _RELATED)


# ------------------------------------------------------------------ from one part


@dataclass(frozen=True)
class Reached:
    """The chains from a part; ``whole`` says whether all within reach was looked at.

    ``steps`` is the number of alignments that were looked at, once for each way to them.
    """

    chains: tuple[Chain, ...]
    whole: bool = True
    steps: int = 0


def reached(
    near: Neighbours | KnowledgeGraph, iri: str, longest: int = LONGEST, most: int = MOST
) -> Reached:
    """Return all that is reached from a part by up to ``longest`` alignments, each end once.

    An end that is aligned with the part itself has that alignment; any other the chain with the
    strongest conclusion, of those the shortest, and of those the surest. (Where it is said to be
    broader and narrower as well, both are given.) Nearest and strongest come first. At most
    ``most`` parts are looked at, nearest first.

    >>> from competency import KnowledgeGraph
    >>> graph = KnowledgeGraph.shipped()
    >>> chains = reached(graph, graph.iri("pub-cscf/c06")).chains
    >>> chains[0].length, chains[0].object.removeprefix(graph.base)
    (1, 'wcc-behaviours/v2/c5')
    """
    known = near if isinstance(near, Neighbours) else Neighbours(near)
    home = known.framework(iri)
    best: dict[str, dict[str, Chain]] = defaultdict(dict)
    layers = _Layers(known, iri, most)
    for chain in layers.chains(longest):
        if known.framework(chain.object) == home and (home is not None or chain.length > 1):
            continue
        before = best[chain.object].get(chain.relation)
        if before is None or _order(chain) < _order(before):
            best[chain.object][chain.relation] = chain
    chains = (chain for found in best.values() for chain in _strongest(found.values()))
    return Reached(tuple(sorted(chains, key=_listed)), layers.whole, layers.steps)


def _strongest(chains: Collection[Chain]) -> Iterator[Chain]:
    """Yield the best of the chains to one end; broader and narrower alike if both are stated."""
    first = min(_order(chain)[0] for chain in chains)
    return (chain for chain in chains if _order(chain)[0] == first)


@dataclass(frozen=True)
class _Way:
    """Steps from the start, and what sorts them: fewest unknown, surest, then by parts."""

    steps: tuple[Alignment, ...] = ()
    key: _Key = (0, -1.0, ())

    def further(self, item: Alignment, known: _Way | None) -> _Way | None:
        """Return this way with one more step, or None where the one that is known is as good."""
        unknown, product, path = self.key
        sure = item.confidence
        unknown, product = unknown + (sure is None), product * (1.0 if sure is None else sure)
        if known is not None and (unknown, product) > known.key[:2]:
            return None
        key = unknown, product, (*path, (item.object, item.predicate))
        if known is not None and key >= known.key:
            return None
        return _Way((*self.steps, item), key)


class _Layers:
    """The ways on from a part, one step further at a time.

    Of all ways of one length to one part that come to the same, one is kept: so what this costs is
    the number of alignments within reach, and not the number of ways, which may be millions.
    """

    def __init__(self, near: Neighbours, start: str, most: int) -> None:
        self._near, self._start, self._most = near, start, most
        self._asked: set[str] = set()
        self.whole = True
        self.steps = 0

    def chains(self, longest: int) -> Iterator[Chain]:
        """Yield the chains that are kept, the shortest first."""
        layer = {(self._start, _START): _Way()}
        for _ in range(longest):
            layer = self._further(layer)
            yield from (Chain(way.steps, state[0]) for (_, state), way in layer.items())

    def _further(self, layer: dict[_Place, _Way]) -> dict[_Place, _Way]:
        found: dict[_Place, _Way] = {}
        for (at, state), way in sorted(layer.items(), key=lambda row: row[1].key):
            for item in self._next(at):
                self.steps += 1
                after = _after(state, item.predicate)
                if after is None or item.object == self._start:
                    continue
                place = item.object, after
                better = way.further(item, found.get(place))
                if better is not None:
                    found[place] = better
        return found

    def _next(self, iri: str) -> Sequence[Alignment]:
        if iri not in self._asked:
            if len(self._asked) >= self._most:
                self.whole = False
                return ()
            self._asked.add(iri)
        return self._near.of(iri)


def _surest(steps: Sequence[Alignment]) -> _Key:
    """Return what sorts the chains of one length and relation."""
    way = _Way()
    for step in steps:
        way = way.further(step, None) or way
    return way.key


def _order(chain: Chain) -> tuple[tuple[bool, int, int], _Key]:
    """Return what sorts chains to one end: a stated one, then strong, short and sure ones."""
    same = _NARROW if chain.relation == _BROAD else chain.relation
    return (chain.length > 1, _RANK[same], chain.length), _surest(chain.steps)


def _listed(chain: Chain) -> tuple[object, ...]:
    return chain.length, _RANK[chain.relation], *_surest(chain.steps)


# ------------------------------------------------------------------ between two frameworks


def chains_between(
    graph: KnowledgeGraph, left: str, right: str, longest: int = LONGEST, most: int = MOST
) -> list[Chain]:
    """Return the chains from the parts of one framework to those of another, in order of the left.

    chains_between(graph, graph.base + "pub-cscf", graph.base + "wcc-behaviours")
    """
    near = Neighbours.whole(graph) if graph.elsewhere else Neighbours(graph)
    parts = [*graph.tree(graph.resource(left).graph_name).walk(left)]
    near.learn(left, parts)
    return [
        chain
        for part in (left, *parts)
        for chain in reached(near, part, longest, most).chains
        if near.framework(chain.object) == right
    ]
