"""Shards: graphs with as much of what lies around them as the shapes can read from them.

A report on a shard says of the nodes that are the shard's own what a report on all graphs together
says of them. A node is a shard's own when a statement in its graphs is why shapes look at it;
that statement is in some graph, so that no node is left out. All that the walks of the shapes can
read from these nodes and that stands in other graphs travels along as context.

To find it, nobody walks through the shard itself. At a node of its graphs walks can have come only
as far as the statements there allow, which is known from their properties alone; only outside are
walks followed step by step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from competency.graph.judging.following import follow
from competency.graph.judging.owning import Own
from competency.graph.judging.reading import Reading
from competency.graph.judging.surroundings import Node, Surroundings
from competency.graph.judging.walks import Stage
from competency.graph.store import NamedGraph
from competency.ontology import PREFIXES

_DEFINED = PREFIXES["rdfs"] + "isDefinedBy"


@dataclass(frozen=True)
class Shard:
    """Graphs to be judged as one, and their context.

    ``own`` says what is its own.
    """

    graphs: Sequence[NamedGraph]
    context: frozenset[ox.Triple]
    own: Own

    @property
    def size(self) -> int:
        """Return the number of triples."""
        return sum(len(graph.triples) for graph in self.graphs) + len(self.context)

    def own_triples(self) -> Iterator[ox.Triple]:
        """Give the triples of the graphs, each once."""
        if len(self.graphs) == 1:
            yield from self.graphs[0].triples
        else:
            yield from dict.fromkeys(t for graph in self.graphs for t in graph.triples)

    def triples(self) -> Iterator[ox.Triple]:
        """Give the triples of the graphs and of the context, each once."""
        yield from self.own_triples()
        yield from self.context


class Cutter:
    """Cuts shards, for one set of shapes and one set of graphs."""

    def __init__(self, reading: Reading, around: Surroundings) -> None:
        """Cut for shapes that read this; ``around`` knows what the graphs lie in."""
        self._reading, self._around = reading, around

    @property
    def names_nodes(self) -> bool:
        """Say whether shapes name nodes, which they look at wherever these are."""
        return bool(self._reading.nodes)

    def cut(self, *graphs: NamedGraph) -> Shard:
        """Return the shard of some graphs; of none, that of the nodes that shapes name."""
        names = {graph.name for graph in graphs}
        met = _Met(self._reading)
        own = self._reading.targets.own(()) if graphs else self._reading.targets.named()
        for graph in graphs:
            for triple in graph.triples:
                row = triple.subject, triple.predicate, triple.object
                met.add(*row)
                own.add(*row)
        stages = met.stages(own.looked_at)
        context = {step.statement.triple for step in follow(stages, self._around, names)}
        context |= self._defined(met.predicates, names)
        if context:
            context -= {triple for graph in graphs for triple in graph.triples}
        return Shard(graphs, frozenset(context), own)

    def _defined(self, predicates: set[ox.NamedNode], names: set[str]) -> set[ox.Triple]:
        """Return where other graphs say of properties in use by whom they are defined."""
        if not self._reading.statementwise:
            return set()
        used = list(self._around.spoken_of(predicates, names))
        return {
            quad.triple
            for quad in self._around.leaving(used, names)
            if quad.predicate.value == _DEFINED
        }


class _Met:
    """The nodes of graphs, with the properties of the statements at each."""

    def __init__(self, reading: Reading) -> None:
        self._walks = reading.walks
        self._at: dict[Node, set[tuple[str, bool]]] = {}
        self._readable: dict[ox.NamedNode, tuple[bool, bool, str]] = {}

    @property
    def predicates(self) -> set[ox.NamedNode]:
        return set(self._readable)

    def add(self, subject: Node, predicate: ox.NamedNode, value: Node) -> None:
        kept = self._readable.get(predicate)
        if kept is None:
            kept = self._readable[predicate] = self._can(predicate.value)
        forwards, backwards, name = kept
        if forwards and not isinstance(value, ox.Literal):
            self._at.setdefault(value, set()).add((name, False))
        if backwards:
            self._at.setdefault(subject, set()).add((name, True))

    def _can(self, name: str) -> tuple[bool, bool, str]:
        """Say whether a walk goes on after a statement, at its object and at its subject."""
        onwards = [self._walks.at_end_of(name, inverse=inverse) for inverse in (False, True)]
        first, second = (stage is not None and stage.goes_on for stage in onwards)
        return first, second, name

    def stages(self, looked_at: set[Node]) -> dict[Node, Stage]:
        """Return how far walks may have come at each node."""
        start, walks = self._walks.start, self._walks
        combined: dict[tuple[frozenset[tuple[str, bool]], bool], Stage] = {}
        found: dict[Node, Stage] = {}
        for node in self._at.keys() | looked_at:
            key = (frozenset(self._at.get(node, ())), node in looked_at)
            stage = combined.get(key)
            if stage is None:
                ends = [walks.at_end_of(name, inverse=inverse) for name, inverse in key[0]]
                states = [s for end in ends if end is not None for s in end.states]
                stage = walks.stage([*states, *(start.states if key[1] else ())])
                combined[key] = stage
            found[node] = stage
        return found
