"""SKOS in: collections that say an order, or gather unhelpful behaviours, as our view has them.

Collections of others are a second arrangement beside the tree, and stay as they are.
"""

from __future__ import annotations

from rdflib import BNode, Literal
from rdflib.term import Node

from competency.exchange import words
from competency.exchange.skos.placing import Scheme, is_collection
from competency.exchange.skos.statements import Statements
from competency.exchange.terms import term

_ORDER = {term(name) for name in ("rdf:type", "dcterms:isPartOf", "skos:member", "skos:memberList")}
_NEGATIVES = {*_ORDER, term("skos:prefLabel"), term("skos:scopeNote")}
NAME = words.english("Unhelpful behaviours")


def take_order(statements: Statements, scheme: Scheme) -> None:
    """Put siblings in the order of a collection that says nothing else, and take it."""
    for above, below in scheme.children.items():
        for node in statements.subjects("dcterms:isPartOf", above):
            if len(below) < 2 or above in scheme.ordered or not is_collection(statements, node):
                continue
            members = listed(statements, node)
            is_order = len(members) == len(below) and _is_order(statements, node, members)
            if is_order and set(members) == set(below):
                below.sort(key=_ranks(members).__getitem__)
                scheme.ordered.add(above)
                take(statements, node)


def _ranks(members: list[Node]) -> dict[Node, int]:
    return {member: number for number, member in enumerate(members)}


def _is_order(statements: Statements, node: Node, members: list[Node]) -> bool:
    """Say whether a collection has nothing but members in an order below one thing."""
    about = statements.about(node)
    return (
        isinstance(node, BNode)
        and set(about) == _ORDER
        and statements.values(node, "rdf:type") == [term("skos:OrderedCollection")]
        and len(statements.values(node, "dcterms:isPartOf")) == 1
        and len(statements.values(node, "skos:memberList")) == 1
        and len(set(members)) == len(members)
        and set(statements.values(node, "skos:member")) == set(members)
    )


def listed(statements: Statements, node: Node) -> list[Node]:
    """Return the members of a collection: in the order of its list, then the others."""
    starts = statements.values(node, "skos:memberList")
    found = [member for start in starts for member in statements.sequence(start)]
    found += statements.values(node, "skos:member")
    return [member for member in dict.fromkeys(found) if not isinstance(member, Literal)]


def take(statements: Statements, node: Node) -> None:
    """Say that a collection and its list are said in our terms."""
    for start in statements.values(node, "skos:memberList"):
        statements.take_sequence(start)
    statements.take_all(node)


def is_loose(statements: Statements, node: Node) -> bool:
    """Say whether a collection is the nameless one that our view makes for a few behaviours."""
    labels = statements.values(node, "skos:prefLabel")
    known = set(statements.about(node)) <= _NEGATIVES
    return isinstance(node, BNode) and known and labels in ([], [NAME])
