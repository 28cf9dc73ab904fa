"""Following walks over the statements that lie around."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from typing import NamedTuple

import pyoxigraph as ox

from competency.graph.judging.surroundings import Node, Surroundings
from competency.graph.judging.walks import Stage


class Move(NamedTuple):
    """One move of a walk: over a statement, to the node at its other end, at a further stage."""

    statement: ox.Quad
    end: Node
    stage: Stage


def follow(
    stages: Mapping[Node, Stage], around: Surroundings, without: Container[str]
) -> Iterator[Move]:
    """Give every move of the walks that are at these stages, and of those that follow from them.

    Each node is asked about once. ``without`` names the graphs whose statements do not count.
    """
    known = _Known(around, without)
    done: dict[Node, set[Stage]] = {}
    while stages:
        stages = {node: stages[node] for node in around.spoken_of(stages, without)}
        known.fetch(stages)
        after: dict[Node, set[Stage]] = {}
        for node, stage in stages.items():
            done.setdefault(node, set()).add(stage)
            for move in known.moves(node, stage):
                yield move
                if move.stage.goes_on and move.stage not in done.get(move.end, ()):
                    after.setdefault(move.end, set()).add(move.stage)
        united = {node: _united(found) for node, found in after.items()}
        stages = {node: stage for node, stage in united.items() if stage not in done.get(node, ())}


def _united(stages: Collection[Stage]) -> Stage:
    first, *others = stages
    return first.united(others) if others else first


class _Known:
    """What is said around of the nodes that walks have come to."""

    def __init__(self, around: Surroundings, without: Container[str]) -> None:
        self._around, self._without = around, without
        self._leaving: dict[Node, list[ox.Quad]] = {}
        self._entering: dict[tuple[str | None, Node], list[ox.Quad]] = {}

    def fetch(self, stages: Mapping[Node, Stage]) -> None:
        """Ask for what walks at these stages may read."""
        leaving: list[Node] = []
        entering: dict[str | None, list[Node]] = {}
        for node, stage in stages.items():
            if stage.exits != frozenset() and node not in self._leaving:
                self._leaving[node] = []
                leaving.append(node)
            for name in _asked(stage.entries):
                if (name, node) not in self._entering:
                    self._entering[name, node] = []
                    entering.setdefault(name, []).append(node)
        for quad in self._around.leaving(leaving, self._without) if leaving else ():
            self._leaving.setdefault(quad.subject, []).append(quad)
        for name, nodes in entering.items():
            for quad in self._around.entering(name, nodes, self._without):
                self._entering.setdefault((name, quad.object), []).append(quad)

    def moves(self, node: Node, stage: Stage) -> Iterator[Move]:
        """Give the moves from a node."""
        for quad in self._leaving.get(node, ()) if stage.exits != frozenset() else ():
            further = stage.leaving(quad.predicate.value)
            if further is not None:
                yield Move(quad, quad.object, further)
        for name in _asked(stage.entries):
            for quad in self._entering.get((name, node), ()):
                further = stage.entering(quad.predicate.value)
                if further is not None:
                    yield Move(quad, quad.subject, further)


def _asked(entries: frozenset[str] | None) -> Collection[str | None]:
    return (None,) if entries is None else entries
