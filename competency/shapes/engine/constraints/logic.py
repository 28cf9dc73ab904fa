"""Constraints that ask other shapes (SHACL, sections 4.6 and 4.7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rdflib import SH, URIRef

from competency.shapes.engine.model import Constraint, EachValue, Hit, Seen, Shape
from competency.shapes.engine.running import Run
from competency.shapes.engine.terms import Term


class OfShapes(EachValue):
    """What constraints that ask other shapes have in common."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        """Take the shapes that are asked."""
        self._shapes = tuple(shapes)

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Return the shapes that are asked."""
        return self._shapes


class All(OfShapes):
    """``sh:node`` and ``sh:and``: value nodes conform to all shapes; 4.6.2 and 4.7.1."""

    def __init__(self, component: URIRef, shapes: Sequence[Shape]) -> None:
        """Take the component and the shapes."""
        super().__init__(shapes)
        self.component = component
        self.words = "The value does not keep to all that is asked of it."

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those that break any of them."""
        return frozenset().union(*(run.failing(shape, values) for shape in self._shapes))


class Any(OfShapes):
    """``sh:or``: value nodes conform to at least one shape; section 4.6.3."""

    component = SH.OrConstraintComponent
    words = "The value keeps to none of what it may keep to."

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those that break all of them."""
        for shape in self._shapes:
            values = frozenset(run.failing(shape, values))
        return values


class One(OfShapes):
    """``sh:xone``: value nodes conform to exactly one shape; section 4.6.4."""

    component = SH.XoneConstraintComponent
    words = "The value keeps to none, or to more than one, of what it may keep to."

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those that keep to none or to several; a shape listed twice counts twice."""
        broken = Counter(value for shape in self._shapes for value in run.failing(shape, values))
        return [value for value in values if broken[value] != len(self._shapes) - 1]


class Not(OfShapes):
    """``sh:not``: value nodes do not conform to a shape; section 4.6.1."""

    component = SH.NotConstraintComponent
    words = "The value is what it must not be."

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those that conform."""
        return values - run.failing(self._shapes[0], values)


class Property(OfShapes):
    """``sh:property``: value nodes have a property shape, which tells by itself; 4.7.2."""

    component = SH.PropertyConstraintComponent

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those that break it."""
        return run.failing(self._shapes[0], values)

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Have the property shape tell its own results, and give none here."""
        times: Counter[Term] = Counter()
        for focus, values in seen.values.items():
            for value in values:
                times[value] += seen.times.get(focus, 1)
        run.later(self._shapes[0], times)
        return iter(())


class Qualified(Constraint):
    """``sh:qualifiedValueShape``: how many values conform to a shape; section 4.7.3."""

    def __init__(
        self, shape: Shape, siblings: Sequence[Shape], least: int | None, most: int | None
    ) -> None:
        """Take the shape, those its values must not conform to, and the bounds."""
        self._shape, self._siblings = shape, tuple(siblings)
        self._least, self._most = least, most
        self.component = SH.QualifiedMinCountConstraintComponent
        self.words = "Too few or too many of the values are of the kind asked for."

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Return the shapes that are asked."""
        return (self._shape, *self._siblings)

    @property
    def is_positive(self) -> bool:
        """Say whether more values that conform can never break it."""
        return self._most is None and not self._siblings

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Give the focus nodes with too few or too many values that conform."""
        good = seen.distinct - run.failing(self._shape, seen.distinct)
        for sibling in self._siblings:
            good &= run.failing(sibling, good)
        for focus, values in seen.values.items():
            count = sum(1 for value in values if value in good)
            if self._most is not None and count > self._most:
                yield Hit(focus, component=SH.QualifiedMaxCountConstraintComponent)
            if self._least is not None and count < self._least:
                yield Hit(focus, component=SH.QualifiedMinCountConstraintComponent)
