"""Names for the blank nodes of a document: the same with each reading, and no other document's."""

from __future__ import annotations

import hashlib
from typing import Any

import pyoxigraph as ox

_LONGEST_NAME = 24  # signs of a source that the names of its blank nodes keep


def number_blank_nodes(quads: list[ox.Quad], source: str) -> list[ox.Quad]:
    """Return quads whose blank nodes are named after their source, in order of appearance.

    >>> quad = ox.Quad(ox.BlankNode(), ox.NamedNode("urn:p"), ox.BlankNode())
    >>> [found] = number_blank_nodes([quad], "text")
    >>> found.subject.value, found.object.value
    ('btextn1', 'btextn2')
    """
    if not any(map(_has_blank, quads)):
        return quads
    start = f"b{_short(source)}n"
    names: dict[object, ox.BlankNode] = {}

    def named(term: Any) -> Any:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term, ox.BlankNode(f"{start}{len(names) + 1}"))
        return term

    return [
        ox.Quad(named(q.subject), q.predicate, named(q.object), named(q.graph_name)) for q in quads
    ]


def _short(source: str) -> str:
    """Return a name for a source in letters and digits, which no other source has.

    >>> _short("text"), _short("one/a.ttl"), _short("on/ea.ttl")
    ('text', 'oneattlx024c9bfe', 'oneattlxef2777d8')
    """
    if source.isascii() and source.isalnum() and len(source) <= _LONGEST_NAME:
        return source
    plain = "".join(c for c in source if c.isascii() and c.isalnum())
    return plain[-_LONGEST_NAME:] + "x" + hashlib.sha256(source.encode()).hexdigest()[:8]


def _has_blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
