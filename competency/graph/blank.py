"""What a document states about its blank nodes, under the names that loading gives them."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from rdflib.term import Node

from competency.formats import by_name
from competency.graph.store import parse, to_rdflib


def blank_statements(
    data: bytes, syntax: str, source: str, base: str
) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the statements of a document that have a blank node, in order, named as in the graph.

    Raises ParseError and FormatError.

    >>> [p for _, p, _ in blank_statements(b"[] <urn:p> 1 .", "turtle", "a.ttl", "urn:base")]
    [rdflib.term.URIRef('urn:p')]
    """
    for quad in parse(data, by_name(syntax), source, base):
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            yield to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)
