"""Constraints about all value nodes of a focus node together (SHACL, sections 4.2, 4.4-4.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rdflib import RDFS, SH, URIRef

from competency.shapes.engine.comparing import is_less
from competency.shapes.engine.data import TYPE
from competency.shapes.engine.model import Constraint, Hit, Seen
from competency.shapes.engine.running import Run
from competency.shapes.engine.terms import Term, iri_of, language_of, term_of


class Count(Constraint):
    """``sh:minCount`` and ``sh:maxCount``: how many values there are; section 4.2."""

    def __init__(self, component: URIRef, least: int, most: int | None) -> None:
        """Take the component and its bounds."""
        self.component, self._least, self._most = component, least, most
        bound = f"fewer than {least}" if most is None else f"more than {most}"
        self.words = f"There are {bound} values."

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Give the focus nodes with too few or too many."""
        if self._most is None:
            return (Hit(f) for f, values in seen.values.items() if len(values) < self._least)
        return (Hit(f) for f, values in seen.values.items() if len(values) > self._most)


class HasValue(Constraint):
    """``sh:hasValue``: one of the values is this; section 4.8.2."""

    component = SH.HasValueConstraintComponent

    def __init__(self, value: Term, name: str) -> None:
        """Take the value and what it is called."""
        self._value = value
        self.words = f"The value {name} is missing."

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Give the focus nodes without it."""
        return (Hit(focus) for focus, values in seen.values.items() if self._value not in values)


class UniqueLang(Constraint):
    """``sh:uniqueLang``: no two values have the same language; section 4.4.5."""

    component = SH.UniqueLangConstraintComponent
    words = "Two values are in the same language."

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Give a focus node for each language that is there twice."""
        for focus, values in seen.values.items():
            if len(values) > 1:
                tags = Counter(language_of(value) for value in values if value[0] == '"')
                yield from (Hit(focus) for tag, count in tags.items() if tag and count > 1)


class Equals(Constraint):
    """``sh:equals``: the values are those of another property; section 4.5.1."""

    component = SH.EqualsConstraintComponent

    def __init__(self, property_: Term, name: str) -> None:
        """Take the other property and what it is called."""
        self._property = property_
        self.words = f"The values are not those of {name}."

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Give the values that only one of the two has."""
        others = run.data.values(self._property)
        for focus, values in seen.values.items():
            there = others.get(focus, ())
            yield from (Hit(focus, value) for value in values if value not in there)
            yield from (Hit(focus, value) for value in there if value not in values)


class Disjoint(Constraint):
    """``sh:disjoint``: no value is one of another property; section 4.5.2."""

    component = SH.DisjointConstraintComponent

    def __init__(self, property_: Term, name: str) -> None:
        """Take the other property and what it is called."""
        self._property = property_
        self.words = f"The value is one of {name} too."

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Give the values that both have."""
        others = run.data.values(self._property)
        for focus, values in seen.values.items():
            there = others.get(focus, ())
            yield from (Hit(focus, value) for value in values if value in there)


class LessThan(Constraint):
    """``sh:lessThan`` and ``sh:lessThanOrEquals``; sections 4.5.3 and 4.5.4."""

    def __init__(self, component: URIRef, property_: Term, name: str, *, or_equal: bool) -> None:
        """Take the component, the other property and what it is called."""
        self.component, self._property, self._or_equal = component, property_, or_equal
        sign = "less than or equal to" if or_equal else "less than"
        self.words = f"The value is not {sign} that of {name}."

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Give a value for each of the other property that it is not less than."""
        others = run.data.values(self._property)
        for focus, values in seen.values.items():
            there = others.get(focus, ())
            for value in values if there else ():
                for other in there:
                    if not is_less(value, other, or_equal=self._or_equal):
                        yield Hit(focus, value)


class Closed(Constraint):
    """``sh:closed``: value nodes have no other properties than these; section 4.8.1."""

    component = SH.ClosedConstraintComponent
    words = "The shape is closed, and does not know this property."

    def __init__(self, allowed: Iterable[Term]) -> None:
        """Take the properties that are allowed."""
        self._allowed = frozenset(allowed)

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Give the values of all other properties; that all is a resource may always be said."""
        statements = run.data.statements
        for focus, values in seen.values.items():
            for node in values:
                for predicate, value in statements.get(node, ()):
                    if predicate not in self._allowed and (predicate, value) != _RESOURCE:
                        yield Hit(focus, value, URIRef(iri_of(predicate)))


_RESOURCE = (TYPE, term_of(RDFS.Resource))
