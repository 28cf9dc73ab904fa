"""What shapes are once they are read: targets, constraints, and how a constraint is asked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.shapes.engine.data import Rows
from competency.shapes.engine.terms import Term
from competency.shapes.engine.walking import Walked
from competency.shapes.paths import Path

if TYPE_CHECKING:
    from rdflib import Graph

    from competency.shapes.engine.running import Run

Check = Callable[[str, str | None], str | None]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a constraint found, before it is told as a finding.

    ``path`` is the path where it is not that of the shape, ``messages`` are the constraint's own.
    """

    focus: Term
    value: Term | None = None
    path: Path | None = None
    component: URIRef | None = None
    messages: tuple[Literal, ...] = ()
    constraint: Node | None = None
    told: Mapping[str, str] | None = None


class Seen:
    """The focus nodes a shape looks at, with the value nodes of each.

    ``times`` says how often a focus node was led to, where that is more than once.
    """

    def __init__(self, values: Walked, times: Mapping[Term, int] | None = None) -> None:
        """Take value nodes by focus node."""
        self.values, self.times = values, times or {}

    @cached_property
    def distinct(self) -> frozenset[Term]:
        """Return all value nodes together."""
        return frozenset().union(*self.values.values())


class Constraint(ABC):
    """What a shape asks of its focus nodes: one constraint of one component."""

    component: URIRef
    words = "The shape does not allow this."

    @abstractmethod
    def hits(self, run: Run, seen: Seen) -> Iterable[Hit]:
        """Give all that does not keep to the constraint."""

    def failing(self, run: Run, seen: Seen) -> set[Term]:
        """Return the focus nodes that do not keep to it."""
        return {hit.focus for hit in self.hits(run, seen)}

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Return the shapes that it leads to."""
        return ()


class EachValue(Constraint):
    """A constraint that each value node keeps or breaks, whatever the focus node."""

    @abstractmethod
    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return the value nodes that break it."""

    def failing(self, run: Run, seen: Seen) -> set[Term]:
        """Return the focus nodes with a value node that breaks it."""
        bad = self._bad(run, seen)
        if not bad:
            return set()
        return {focus for focus, values in seen.values.items() if not bad.isdisjoint(values)}

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Give each value node that breaks it, at each focus node that has it."""
        bad = self._bad(run, seen)
        if bad:
            for focus, values in seen.values.items():
                for value in values:
                    if value in bad:
                        yield Hit(focus, value)

    def _bad(self, run: Run, seen: Seen) -> frozenset[Term]:
        return frozenset(self.bad(run, seen.distinct)) if seen.distinct else seen.distinct


@dataclass(frozen=True, slots=True)
class Targets:
    """What a shape is about (SHACL, section 2.1.3)."""

    nodes: tuple[Term, ...] = ()
    classes: tuple[Term, ...] = ()
    subjects_of: tuple[Term, ...] = ()
    objects_of: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of)


@dataclass(eq=False, slots=True)
class Shape:
    """A shape: what it is about, where its value nodes are, and what it asks of them.

    ``cycle`` is the number of the circle of shapes that it is in, where it leads back to itself.
    """

    node: Node
    path: Path | None
    severity: Node
    messages: tuple[Literal, ...]
    targets: Targets
    deactivated: bool = False
    cycle: int | None = None
    constraints: list[Constraint] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Compiled:
    """Shapes that were read once, for many checks; ``graph`` is where they were read from."""

    graph: Graph
    shapes: tuple[Shape, ...]

    @cached_property
    def rows(self) -> Rows:
        """Return the triples of the shapes graph, for queries that look into it."""
        from competency.shapes.engine.data import Data

        return Data.of_graph(self.graph).rows

    def __len__(self) -> int:
        return len(self.shapes)


def with_targets(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """Return the shapes that give results by themselves, in a stable order.

    >>> with_targets([])
    ()
    """
    found = [shape for shape in shapes if shape.targets and not shape.deactivated]
    return tuple(sorted(found, key=lambda shape: str(shape.node)))
