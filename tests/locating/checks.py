"""What every syntax is held to: whatever is stated is found, at a place where it is written."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, settings
from rdflib import BNode, Literal
from rdflib.term import Node

from competency.checking.locating import Locator, locator_of
from competency.checking.locating.statements import Key, key_of
from competency.formats import by_name
from competency.graph.store import parse, to_rdflib
from tests.locating.marks import BASE, offset_of

Triple = tuple[Node, Node, Node]
SOME = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(SOME, max_examples=600)


def triples(data: bytes, syntax: str) -> list[Triple]:
    """Return what loading makes of a document, blank nodes named as loading names them."""
    return [
        (to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object))
        for quad in parse(data, by_name(syntax), "test", BASE)
    ]


def placed(text: str, syntax: str) -> tuple[Locator, list[tuple[Triple, int, int]]]:
    """Return each statement of a document with the offsets found for its object and subject."""
    data = text.encode()
    locator = locator_of(data, syntax, BASE, "test")
    found = []
    plain = text.removeprefix("\ufeff")
    for triple in triples(data, syntax):
        focus, path, value = triple
        at, subject = locator.find(focus, path, value), locator.find(focus)  # type: ignore[arg-type]
        assert at and subject, f"{triple} is not found"
        found.append((triple, offset_of(plain, at), offset_of(plain, subject)))
    return locator, found


def same_statements(statements: list[tuple[Key, Key, Key]], given: list[Triple]) -> bool:
    """Say whether the statements are those of the parser, blank nodes all taken as one."""

    def plain(key: Key | None) -> Key | None:
        return None if isinstance(key, int) else key

    ours = Counter(tuple(map(plain, statement)) for statement in statements)
    return ours == Counter(tuple(map(key_of, triple)) for triple in given)


def is_blank(node: Node) -> bool:
    return isinstance(node, BNode)


def is_literal(node: Node) -> bool:
    return isinstance(node, Literal)
