"""A view while it is being made: what it looks at, what it has said, what it had to leave out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from rdflib import BNode
from rdflib.term import Node

from competency.exchange.entry import Thing
from competency.exchange.mapping import Loss
from competency.exchange.outline import Outline
from competency.exchange.terms import Rows


class Making:
    """The outline that is read, the rows that are written, the losses that are met on the way."""

    def __init__(self, outline: Outline) -> None:
        """Start with nothing said."""
        self.outline = outline
        self.rows = Rows()
        self.losses: list[Loss] = []
        self.blanks: Iterator[Node] = (BNode(f"v{number}") for number in count(1))

    def lose(self, thing: Thing, name: str, why: str) -> None:
        """Remember that a property of a thing, or what the standard wants of it, is not there."""
        self.losses.append(Loss(thing.iri, name, why))
