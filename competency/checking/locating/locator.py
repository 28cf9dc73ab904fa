"""Find where a node, a property of it or one of its values is written in a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from rdflib import BNode
from rdflib.term import Node

from competency.checking.locating.statements import (
    TYPE,
    Key,
    Statement,
    Written,
    key_of,
    same_value,
)
from competency.checking.locating.walking import End, Ways
from competency.graph.texts.lines import Lines
from competency.shapes.paths import Path


class Rank(IntEnum):
    """How near a place is to what was asked for.

    >>> Rank.statement > Rank.description
    True
    """

    mention = 0  # somewhere in the statement of another node
    description = 1  # where the node is described
    property = 2  # the property, with some value
    statement = 3  # the very statement


class Spot(NamedTuple):
    """A place that was found: how near it is to what was asked for, the line and the column."""

    rank: Rank
    line: int
    column: int


class Locator:
    """Finds things in one document.

    A blank node has no name in common with the text, so it is found by what is stated of it: see
    ``blank_nodes``, which returns the number that the document's reader gave to each blank node.
    """

    def __init__(
        self,
        written: Written,
        lines: Lines,
        blank_nodes: Callable[[], Mapping[str, int]] = dict,
    ) -> None:
        """Look into what was written, with its lines; ``blank_nodes`` is asked at most once."""
        self._written, self._lines, self._numbering = written, lines, blank_nodes

    def find(
        self, focus: Node, path: Path | None = None, value: Node | None = None
    ) -> tuple[int, int] | None:
        """Return line and column, from 1, of the best place for a result; None where there is none.

        Best first: the value of this property of this node, the property, the description of the
        node (where its type is stated before all others), a mention of the node. A path of more
        than one property is followed through the document for the value; its first property
        counts for the property.

        One line of use: ``locator_of(data, "turtle", base).find(URIRef("urn:a"), RDF.type)``.
        """
        spot = self.look(focus, path, value)
        return None if spot is None else (spot.line, spot.column)

    def look(self, focus: Node, path: Path | None = None, value: Node | None = None) -> Spot | None:
        """Return what :meth:`find` does, with the rank of the place.

        ``locator.look(focus).rank`` tells a mention from a description.
        """
        key = self._key(focus)
        if key is None:
            return None
        found = self._stated(key, path, value) or self._described(key) or self._mentioned(key)
        return None if found is None else Spot(found[0], *self._lines.place(found[1]))

    def _stated(self, key: Key, path: Path | None, value: Node | None) -> tuple[Rank, int] | None:
        wanted = None if value is None else self._key(value)
        if wanted is not None and (statement := _having(self._ends(key, path), wanted)):
            return Rank.statement, statement[5]
        steps = [] if path is None else self._ways.first_steps(key, path)
        return (Rank.property, min(s[4] for s in steps)) if steps else None

    def _ends(self, key: Key, path: Path | None) -> Iterator[End]:
        """Yield the values of a property, or of all where none is named."""
        if path is None:
            return ((statement[2], statement) for statement in self._about(key))
        return self._ways.ends(key, path)

    def _described(self, key: Key) -> tuple[Rank, int] | None:
        about = self._about(key)
        places = [s[3] for s in about if s[1] == TYPE] or [s[3] for s in about]
        if not places and key in self._bare:
            places = [self._bare[key]]
        return (Rank.description, min(places)) if places else None

    def _mentioned(self, key: Key) -> tuple[Rank, int] | None:
        places = [s[5] for s in self._ways.by_object.get(key, ())]
        if not places and key in self._predicates:
            places = [self._predicates[key]]
        return (Rank.mention, min(places)) if places else None

    def _about(self, key: Key) -> list[Statement]:
        return self._ways.by_subject.get(key, [])

    def _key(self, node: Node) -> Key | None:
        return self._blank.get(str(node)) if isinstance(node, BNode) else key_of(node)

    @cached_property
    def _ways(self) -> Ways:
        return Ways(self._written.statements)

    @cached_property
    def _blank(self) -> Mapping[str, int]:
        return self._numbering()

    @cached_property
    def _bare(self) -> dict[Key, int]:
        return dict(reversed(self._written.mentions))

    @cached_property
    def _predicates(self) -> dict[Key, int]:
        return {s[1]: s[4] for s in reversed(self._written.statements)}


def _having(ends: Iterable[tuple[Key, Statement]], wanted: Key) -> Statement | None:
    """Return the statement that ends in a value: the same term, or else one that means the same."""
    alike: Statement | None = None
    for key, statement in ends:
        if key == wanted:
            return statement
        if alike is None and isinstance(key, tuple) and isinstance(wanted, tuple):
            alike = statement if same_value(key, wanted) else None
    return alike
