"""Follow property paths through the statements of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from rdflib import URIRef

from competency.checking.locating.statements import Key, Statement
from competency.shapes.paths import Path, Step, Steps

_MOST_STEPS = 100_000  # along one path; past them the rest of it is not followed
End = tuple[Key, Statement]  # the node that a step leads to, and the statement that it took


class Ways:
    """The statements of a document by subject and by object, and the paths through them.

    >>> ways = Ways([("urn:a", "urn:p", "urn:b", 0, 8, 16)])
    >>> [end for end, _ in ways.ends("urn:a", URIRef("urn:p"))]
    ['urn:b']
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Keep the statements in their order."""
        self._statements = list(statements)
        self._left = _MOST_STEPS

    @cached_property
    def by_subject(self) -> dict[Key, list[Statement]]:
        """Return the statements about each node."""
        found: dict[Key, list[Statement]] = {}
        for statement in self._statements:
            found.setdefault(statement[0], []).append(statement)
        return found

    @cached_property
    def by_object(self) -> dict[Key, list[Statement]]:
        """Return the statements that have each term as their object."""
        found: dict[Key, list[Statement]] = {}
        for statement in self._statements:
            found.setdefault(statement[2], []).append(statement)
        return found

    def first_steps(self, node: Key, path: Path) -> list[Statement]:
        """Return the statements that the first property of a path takes from a node.

        Of an alternative these are those of the first path that leads anywhere.
        """
        self._left = max(self._left, 2)
        if isinstance(path, URIRef):
            return [s for _, s in self._step(node, str(path))]
        if path.kind is Step.inverse:
            return self._backwards(node, path.paths[0])
        if path.kind is Step.alternative:
            found = (self.first_steps(node, one) for one in path.paths)
            return next((steps for steps in found if steps), [])
        return self.first_steps(node, path.paths[0]) if path.paths else []

    def _backwards(self, node: Key, path: Path) -> list[Statement]:
        if isinstance(path, URIRef):
            self._left -= 1
            found = self.by_object.get(node, ()) if self._left > 0 else ()
            return [s for s in found if s[1] == str(path)]
        return self.first_steps(node, _inverted(path))

    def ends(self, node: Key, path: Path) -> Iterator[End]:
        """Return the nodes that a path leads to, each with the last statement on the way."""
        self._left = _MOST_STEPS
        return self._ends(node, path)

    def _ends(self, node: Key, path: Path) -> Iterator[End]:
        if isinstance(path, URIRef):
            yield from self._step(node, str(path))
        elif path.kind is Step.sequence:
            yield from self._sequence(node, path.paths)
        elif path.kind is Step.alternative:
            for one in path.paths:
                yield from self._ends(node, one)
        elif path.kind is Step.inverse:
            inner = path.paths[0]
            if isinstance(inner, URIRef):
                yield from ((s[0], s) for s in self._backwards(node, inner))
            else:
                yield from self._ends(node, _inverted(inner))
        else:
            yield from self._repeated(node, path.paths[0], path.kind is not Step.zero_or_one)

    def _step(self, node: Key, predicate: str) -> Iterator[End]:
        self._left -= 1
        found = self.by_subject.get(node, ()) if self._left > 0 else ()
        return ((s[2], s) for s in found if s[1] == predicate)

    def _sequence(self, node: Key, paths: tuple[Path, ...]) -> Iterator[End]:
        reached: dict[Key, None] = {node: None}
        for path in paths[:-1]:
            reached = {end: None for one in reached for end, _ in self._ends(one, path)}
        for one in reached:
            yield from self._ends(one, paths[-1])

    def _repeated(self, node: Key, path: Path, again: bool) -> Iterator[End]:
        """Yield what one or more steps lead to; no step at all has no statement to point at."""
        seen, waiting = {node}, [node]
        while waiting:
            for end, statement in self._ends(waiting.pop(), path):
                yield end, statement
                if again and end not in seen:
                    seen.add(end)
                    waiting.append(end)


def _inverted(path: Path) -> Path:
    """Return the path that leads back, with inverse steps of single properties only."""
    if isinstance(path, URIRef):
        return Steps(Step.inverse, (path,))
    if path.kind is Step.inverse:
        return path.paths[0]
    turned = tuple(_inverted(one) for one in path.paths)
    return Steps(path.kind, turned[::-1] if path.kind is Step.sequence else turned)
