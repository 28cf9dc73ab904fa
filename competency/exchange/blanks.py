"""Names for blank nodes, out of what is said of them: the same graph gives the same file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256

from rdflib import BNode
from rdflib.term import Node

from competency.exchange.terms import Row
from competency.graph import KnowledgeGraph, NamedGraph, to_rdflib

_ROUNDS = 4


def steady(graph: KnowledgeGraph, iri: str) -> KnowledgeGraph:
    """Return a graph of what a framework says, its blank nodes named by what is said of them.

    So they stand in the same order whatever they were called. Where there are none it is the
    graph itself. Raises NotFound.

        steady(KnowledgeGraph.shipped(), "pub-cscf")
    """
    named = graph.named_graph(graph.resource(iri).graph_name)
    rows = [
        (to_rdflib(one.subject), to_rdflib(one.predicate), to_rdflib(one.object))
        for one in named.triples
    ]
    if not any(isinstance(node, BNode) for row in rows for node in (row[0], row[2])):
        return graph
    name = blank_names(rows)

    def called(node: Node) -> Node:
        return BNode(name(node)) if isinstance(node, BNode) else node

    found = KnowledgeGraph()
    found.add(NamedGraph.of(named.name, ((called(s), p, called(v)) for s, p, v in rows)))
    return found


def blank_names(rows: Iterable[Row]) -> Callable[[BNode], str]:
    """Return what names blank nodes by what is said of them, not by the names they came with."""
    about: dict[BNode, list[tuple[str, Node]]] = {}
    for thing, prop, value in rows:
        if isinstance(thing, BNode):
            about.setdefault(thing, []).append((f"+{prop}", value))
        if isinstance(value, BNode):
            about.setdefault(value, []).append((f"-{prop}", thing))
    marks: dict[Node, str] = dict.fromkeys(about, "")
    for _ in range(_ROUNDS):
        marks = {
            node: _digest(f"{prop} {_mark(value, marks)}" for prop, value in said)
            for node, said in about.items()
        }
    order = sorted(about, key=lambda node: (marks[node], str(node)))
    names = {node: f"b{number}" for number, node in enumerate(order, 1)}
    return lambda node: names.setdefault(node, f"b{len(names) + 1}")


def _mark(value: Node, marks: dict[Node, str]) -> str:
    return marks.get(value, "") if isinstance(value, BNode) else value.n3()


def _digest(parts: Iterable[str]) -> str:
    return sha256("\n".join(sorted(parts)).encode()).hexdigest()
