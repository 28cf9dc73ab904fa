"""What is said of each thing in a graph, gathered once for all who read a graph from end to end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

Row = dict[str, list[object]]


@dataclass(frozen=True)
class Sayings:
    """The values by property of each thing, in the order in which they come.

    Things are named by their IRI, or by the label of their blank node; the latter are ``blank``.
    """

    rows: dict[str, Row] = field(default_factory=lambda: defaultdict(dict))
    blank: set[str] = field(default_factory=set)


def sayings_of(triples: Iterable[ox.Triple]) -> Sayings:
    """Return what triples say of each thing.

    >>> triple = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("a"))
    >>> dict(sayings_of([triple]).rows)
    {'urn:s': {'urn:p': [<Literal value=a datatype=<NamedNode \
value=http://www.w3.org/2001/XMLSchema#string>>]}}
    """
    found = Sayings()
    rows, blank = found.rows, found.blank
    for triple in triples:
        subject = triple.subject
        if isinstance(subject, ox.NamedNode):
            row = rows[subject.value]
        elif isinstance(subject, ox.BlankNode):
            row = rows[subject.value]
            blank.add(subject.value)
        else:
            continue
        name = triple.predicate.value
        if name in row:
            row[name].append(triple.object)
        else:
            row[name] = [triple.object]
    return found
