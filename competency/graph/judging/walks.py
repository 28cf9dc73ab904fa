"""Walks: which statements the shapes can read, seen from a node that they look at.

A shape looks at a node and goes on from there: up to the parent, down to those that name it, on
to their kinds. All these ways together are an automaton whose letters are properties, taken
forwards or backwards. Walking it over the data finds every statement that can matter to a node,
and none of the many that cannot; walking it in reverse finds the nodes to which a statement
matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from rdflib import URIRef

from competency.shapes.paths import Path, Step

START = 0  # the state of a node that shapes look at
_ANY = ""  # the letter that stands for every property


class Stage:
    """How far walks may have come at a node: what can be read from there, and how far one is then.

    ``leaving`` gives the stage at the other end of a statement that leaves the node, by property,
    ``entering`` that of one that enters it; None where nothing reads such a statement. ``exits``
    and ``entries`` are the properties of these, None for all there are.
    ``begins`` says that shapes may look at the node itself.
    """

    def __init__(self, walks: Walks, states: frozenset[int]) -> None:
        """Keep the states of the automaton that this stage stands for."""
        self.states, self.begins = states, START in states
        self._walks = walks
        self._next: dict[tuple[str, bool], Stage | None] = {}
        self.entries = walks._letters(states, True)
        self.exits = walks._letters(states, False)

    @property
    def goes_on(self) -> bool:
        """Say whether anything is read from here."""
        return self.exits != frozenset() or self.entries != frozenset()

    def leaving(self, property_: str) -> Stage | None:
        """Return the stage after a statement with this property, read from its subject."""
        return self._after(property_, False)

    def entering(self, property_: str) -> Stage | None:
        """Return the stage after a statement with this property, read from its object."""
        return self._after(property_, True)

    def united(self, others: Iterable[Stage]) -> Stage:
        """Return the stage of walks that may have come as far as this or as any of the others."""
        return self._walks.stage(self.states.union(*(other.states for other in others)))

    def _after(self, property_: str, inverse: bool) -> Stage | None:
        letters = self.entries if inverse else self.exits
        if letters is not None and property_ not in letters:
            return None
        key = (self._walks.letter(property_), inverse)
        if key not in self._next:
            self._next[key] = self._walks._after(self.states, *key)
        return self._next[key]


class Walks:
    """All ways that shapes go from the nodes they look at: built first, then walked.

    >>> from competency.shapes.paths import Steps
    >>> walks = Walks()
    >>> up = Steps(Step.one_or_more, (URIRef("urn:partOf"),))
    >>> _ = walks.follow(START, Steps(Step.sequence, (up, URIRef("urn:title"))))
    >>> stage = walks.start.leaving("urn:partOf")
    >>> stage.leaving("urn:title") is not None, walks.start.leaving("urn:title") is None
    (True, True)
    """

    def __init__(self) -> None:
        """Begin with no way at all."""
        self._edges: list[dict[tuple[str, bool], set[int]]] = [{}]
        self._silent: list[set[int]] = [set()]
        self._ends: dict[tuple[int, Path, bool], int] = {}
        self._stages: dict[frozenset[int], Stage] = {}
        self._met: dict[tuple[str, bool], Stage | None] = {}

    # ------------------------------------------------------------------ building

    def follow(self, state: int, path: Path, *, inverse: bool = False) -> int:
        """Add a way along a path, backwards where ``inverse``, and return the state at its end."""
        key = (state, path, inverse)
        if key not in self._ends:
            self._ends[key] = self._follow(state, path, inverse)
        return self._ends[key]

    def knows(self, state: int, path: Path, inverse: bool) -> bool:
        """Say whether a way along this path was added already."""
        return (state, path, inverse) in self._ends

    def join(self, state: int, other: int) -> None:
        """Let whoever has come to ``state`` go on as from ``other``."""
        self._silent[state].add(other)

    def state(self) -> int:
        """Return a new state, to which nothing leads yet."""
        self._edges.append({})
        self._silent.append(set())
        return len(self._edges) - 1

    def read_all(self, state: int) -> int:
        """Add the reading of all that is said of a node, and return the state at the other end."""
        return self._edge(state, _ANY, False)

    def _follow(self, state: int, path: Path, inverse: bool) -> int:
        if isinstance(path, URIRef):
            return self._edge(state, str(path), inverse)
        if path.kind is Step.inverse:
            return self.follow(state, path.paths[0], inverse=not inverse)
        if path.kind is Step.sequence:
            for item in reversed(path.paths) if inverse else path.paths:
                state = self.follow(state, item, inverse=inverse)
            return state
        end = self.state()
        if path.kind is Step.alternative:
            for item in path.paths:
                self.join(self.follow(state, item, inverse=inverse), end)
            return end
        inner = path.paths[0]
        if path.kind is not Step.one_or_more:
            self.join(state, end)
        self.join(self.follow(state, inner, inverse=inverse), end)
        if path.kind is not Step.zero_or_one:
            self.join(self.follow(end, inner, inverse=inverse), end)
        return end

    def _edge(self, state: int, letter: str, inverse: bool) -> int:
        end = self.state()
        self._edges[state].setdefault((letter, inverse), set()).add(end)
        return end

    # ------------------------------------------------------------------ walking

    @property
    def start(self) -> Stage:
        """Return the stage of a node that shapes look at."""
        return self.stage((START,))

    def stage(self, states: Iterable[int]) -> Stage:
        """Return the stage of these states and of all that they may go on as."""
        found, waiting = set(states), list(states)
        while waiting:
            fresh = self._silent[waiting.pop()] - found
            found |= fresh
            waiting += fresh
        key = frozenset(found)
        if key not in self._stages:
            self._stages[key] = Stage(self, key)
        return self._stages[key]

    def at_end_of(self, property_: str, *, inverse: bool) -> Stage | None:
        """Return how far walks may be that just read a statement, wherever they began.

        ``inverse`` where they went from its object to its subject. None if no walk reads it.
        """
        key = (self.letter(property_), inverse)
        if key not in self._met:
            self._met[key] = self._after(range(len(self._edges)), *key)
        return self._met[key]

    def letter(self, property_: str) -> str:
        """Return a property that walks name as it is; all others are one to them."""
        return property_ if property_ in self._named else _ANY

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(letter for edges in self._edges for letter, _ in edges)

    @cached_property
    def entries(self) -> frozenset[str]:
        """Return the properties that a walk goes backwards; shapes name each of them."""
        return self._letters(range(len(self._edges)), True) or frozenset()

    @cached_property
    def reversed(self) -> Walks:
        """Return the same walks from their ends to where they begin."""
        back = Walks()
        back._edges = [{} for _ in self._edges]
        back._silent = [set() for _ in self._edges]
        for state, edges in enumerate(self._edges):
            for (letter, inverse), ends in edges.items():
                for end in ends:
                    back._edges[end].setdefault((letter, not inverse), set()).add(state)
        for state, others in enumerate(self._silent):
            for other in others:
                back._silent[other].add(state)
        return back

    def _after(self, states: Iterable[int], letter: str, inverse: bool) -> Stage | None:
        found: set[int] = set()
        for state in states:
            edges = self._edges[state]
            found |= edges.get((letter, inverse), set()) | edges.get((_ANY, inverse), set())
        return self.stage(found) if found else None

    def _letters(self, states: Iterable[int], inverse: bool) -> frozenset[str] | None:
        """Return the properties that are read next; None where that may be any."""
        found = {letter for state in states for letter, way in self._edges[state] if way == inverse}
        return None if _ANY in found else frozenset(found)
