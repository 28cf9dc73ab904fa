"""The walks of a SPARQL query: which statements it can read, seen from ``$this``.

A pattern is read from the end that is known: from ``$this`` to what it names, and on from there.
A query in which some pattern hangs together with nothing that leads back to ``$this`` may look
anywhere, and then the whole of the data is needed to answer it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from rdflib import Variable
from rdflib.term import Node

from competency.graph.judging.patterns import Group, Pattern, Select, Unbounded, read_patterns
from competency.graph.judging.walks import Walks
from competency.shapes.paths import Path, Step, Steps

THIS, VALUE = Variable("this"), Variable("value")
Reached = dict[Variable, int]


def read_query(
    text: str, prefixes: Mapping[str, str], walks: Walks, state: int, naming: int, source: str
) -> None:
    """Add the walks of a query to ``walks``; ``state`` is that of ``$this``.

    Whatever the query binds to ``?value`` goes on as from ``naming``. Raises Unbounded where the
    query may look anywhere, and ShapesError, which names ``source``, where it is none.
    """
    query = read_patterns(text, prefixes, source)
    _Reader(walks, naming).select(query, {THIS: state})


class _Reader:
    """Reads the groups of one query."""

    def __init__(self, walks: Walks, naming: int) -> None:
        self._walks, self._naming = walks, naming
        self._fresh = count(1)

    def select(self, query: Select, reached: Reached) -> Reached:
        """Read a query or one within another; only ``$this`` is known inside of it."""
        found = self.group(query.where, {THIS: reached[THIS]})
        if query.handed_on is None:
            return found
        handed_on: Reached = {THIS: reached[THIS]}
        for name, chosen in query.handed_on.items():
            states = [found[one] for one in chosen if one in found]
            if states and len(states) == len(chosen):
                self._reach(name, self._together(states), handed_on)
        return handed_on

    def group(self, group: Group | Select, known: Reached) -> Reached:
        """Read a group; ``known`` are the variables that are reached before it."""
        if isinstance(group, Select):
            return known | self.select(group, known)
        reached = dict(known)
        patterns = [found for pattern in group.patterns for found in self._apart(*pattern)]
        helping = [
            found
            for inner in group.required
            for pattern in inner.patterns
            for found in self._apart(*pattern)
        ]
        bound, unions = list(group.bound), list(group.unions)
        while (
            self._read(patterns, helping, reached)
            or self._unite(unions, reached)
            or self._bind(bound, group.optional, reached)
        ):
            pass
        if patterns or unions:
            raise Unbounded
        maybe = self._maybe(group.optional, reached)
        for each in group.tests:
            self.group(each, maybe)
        return reached

    def _maybe(self, optional: Iterable[Group | Select], reached: Reached) -> Reached:
        """Read what may have a match or not; return what is reached then."""
        maybe = dict(reached)
        for each in optional:
            maybe = self.group(each, maybe) | maybe
        return maybe

    # ------------------------------------------------------------------ patterns

    def _apart(self, subject: Node, path: Path | Variable, object_: Node) -> Iterator[Pattern]:
        """Give a pattern with sequences taken apart and inverses turned round."""
        if isinstance(path, Steps) and path.kind is Step.inverse:
            yield from self._apart(object_, path.paths[0], subject)
        elif isinstance(path, Steps) and path.kind is Step.sequence:
            between = [Variable(f"/{next(self._fresh)}") for _ in path.paths[1:]]
            ends = [subject, *between, object_]
            for start, step, end in zip(ends, path.paths, ends[1:], strict=False):
                yield from self._apart(start, step, end)
        else:
            yield subject, path, object_

    def _read(self, patterns: list[Pattern], helping: list[Pattern], reached: Reached) -> bool:
        """Read one more pattern, forwards rather than backwards; say whether there was one."""
        for forwards in (True, False):
            at = 0 if forwards else 2
            ready = [(p, of) for of in (patterns, helping) for p in of if p[at] in reached]
            if ready:
                pattern, of = min(ready, key=lambda row: not self._is_known(row[0], reached))
                of.remove(pattern)
                self._step(pattern, reached, forwards)
                return True
        return False

    def _is_known(self, pattern: Pattern, reached: Reached) -> bool:
        """Say whether another pattern leads the same way, so that this one costs nothing."""
        subject, path, object_ = pattern
        if subject in reached or isinstance(path, Variable) or not isinstance(object_, Variable):
            return True
        return self._walks.knows(reached[object_], path, True)

    def _step(self, pattern: Pattern, reached: Reached, forwards: bool) -> None:
        subject, path, object_ = pattern
        start, end = (subject, object_) if forwards else (object_, subject)
        if not isinstance(start, Variable):
            raise Unbounded
        if not isinstance(path, Variable):
            state = self._walks.follow(reached[start], path, inverse=not forwards)
        elif forwards:
            state = self._walks.read_all(reached[start])
        else:
            raise Unbounded
        self._reach(end, state, reached)

    def _reach(self, node: Node, state: int, reached: Reached) -> None:
        if isinstance(node, Variable) and node not in reached:
            reached[node] = state
            if node == VALUE:
                self._walks.join(state, self._naming)

    # ------------------------------------------------------------------ what binds and unites

    def _bind(
        self,
        bound: list[tuple[Variable, list[Variable]]],
        optional: Iterable[Group | Select],
        reached: Reached,
    ) -> bool:
        """Take in one variable that is given the value of another; say whether there was one."""
        for row in bound:
            maybe = self._maybe(optional, reached) if row[1] else {}
            states = [maybe[name] for name in row[1] if name in maybe]
            if states:
                self._reach(row[0], self._together(states), reached)
                bound.remove(row)
                return True
        return False

    def _unite(self, unions: list[list[Group | Select]], reached: Reached) -> bool:
        """Read the branches of a union; what all of them reach is reached."""
        for branches in unions:
            try:
                found = [self.group(branch, reached) for branch in branches]
            except Unbounded:
                continue
            for name in _common(found) - set(reached):
                self._reach(name, self._together([each[name] for each in found]), reached)
            unions.remove(branches)
            return True
        return False

    def _together(self, states: list[int]) -> int:
        end = self._walks.state()
        for state in states:
            self._walks.join(state, end)
        return end


def _common(found: Iterable[Reached]) -> set[Variable]:
    return set.intersection(*(set(each) for each in found))
