"""The triples of a framework as a writer looks them up."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.spreadsheet.naming import Names
from competency.exchange.terms import Row, term
from competency.graph import KnowledgeGraph, NamedGraph, to_rdflib
from competency.graph.store import sort_key

_ROUNDS = 4  # how far around a blank node is looked to put it in order


class _Terms(dict[object, Node]):
    """The terms of rdflib for those of a store, each made once."""

    def __missing__(self, key: object) -> Node:
        found = self[key] = to_rdflib(key)
        return found


class Gathered:
    """One framework: its triples, what is said of each thing, and its parts in order."""

    def __init__(self, graph: KnowledgeGraph, iri: str) -> None:
        """Gather a framework; NotFound where there is none of that name."""
        framework = graph.framework(iri)
        self.root = URIRef(framework.iri)
        self.named: NamedGraph = graph.named_graph(framework.graph_name)
        self.kind_of = graph.vocabulary.kind_of
        self.blank: dict[Node, str] = {}
        self.rows = self._settled()
        self._about: dict[Node, dict[Node, list[Node]]] = {}
        for row in self.rows:
            self._about.setdefault(row[0], {}).setdefault(row[1], []).append(row[2])
        self._children = self._below()
        for about in self._about.values():
            for values in about.values():
                values.sort(key=self.order)

    def values(self, thing: Node, name: str) -> list[Node]:
        """Return the values of a property of a thing, in a stable order."""
        return self._about.get(thing, {}).get(term(name), [])

    def texts(self, thing: Node, name: str) -> list[Literal]:
        """Return the texts among the values of a property."""
        return [value for value in self.values(thing, name) if isinstance(value, Literal)]

    def links(self, thing: Node, name: str) -> list[URIRef]:
        """Return the IRIs among the values of a property."""
        return [value for value in self.values(thing, name) if isinstance(value, URIRef)]

    def first(self, thing: Node, name: str) -> str:
        """Return the first value as a text, '' for none."""
        return next(map(str, self.values(thing, name)), "")

    def of_class(self, name: str) -> list[URIRef]:
        """Return the IRIs that are of a class, in order."""
        wanted = term(name)
        found = [s for s, p, o in self.rows if p == term("rdf:type") and o == wanted]
        return sorted({node for node in found if isinstance(node, URIRef)})

    def parts(self) -> Iterable[tuple[URIRef, URIRef]]:
        """Yield the parts below the framework with what each stands under, in order."""
        waiting = [(node, self.root) for node in reversed(self._children.get(self.root, []))]
        seen = {self.root}
        while waiting:
            node, above = waiting.pop()
            if node not in seen:
                seen.add(node)
                yield node, above
                waiting += [(child, node) for child in reversed(self._children.get(node, []))]

    def _below(self) -> dict[Node, list[URIRef]]:
        """Return what stands directly under each thing, in order."""
        found: dict[Node, list[tuple[float, URIRef]]] = {}
        for part, about in self._about.items():
            for above in about.get(term("comp:partOf"), ()):
                if isinstance(part, URIRef):
                    places = about.get(term("comp:position"), [])
                    found.setdefault(above, []).append((_number(places), part))
        return {above: [part for _, part in sorted(parts)] for above, parts in found.items()}

    # ---------------------------------------------------------------- blank nodes

    def _settled(self) -> dict[Row, None]:
        """Return the triples, with blank nodes as they will be when the file is read."""
        terms = _Terms()
        rows = [
            (terms[triple.subject], terms[triple.predicate], terms[triple.object])
            for triple in self.named.triples
        ]
        found = self._blank_names(rows)
        names = Names(str(self.root))
        nodes: dict[Node, Node] = {node: names.node(f"_:{name}") for node, name in found.items()}
        self.blank = {nodes[node]: name for node, name in found.items()}
        if nodes:
            rows = [(nodes.get(s, s), p, nodes.get(o, o)) for s, p, o in rows]
        return dict.fromkeys(rows)

    def _blank_names(self, rows: list[Row]) -> dict[Node, str]:
        """Return names for the blank nodes, the same whatever the file called them."""
        nodes = {item for row in rows for item in row if isinstance(item, BNode)}
        around: dict[Node, list[Row]] = {node: [] for node in nodes}
        for row in rows if nodes else ():
            for item in {row[0], row[2]} & nodes:
                around[item].append(row)
        marks: dict[Node, str] = dict.fromkeys(nodes, "")
        for _ in range(_ROUNDS if nodes else 0):
            marks = {node: self._mark(node, around[node], marks) for node in nodes}
        ordered = sorted(nodes, key=lambda node: (marks[node], str(node)))
        return {node: f"n{number}" for number, node in enumerate(ordered, 1)}

    def _mark(self, node: Node, rows: list[Row], marks: dict[Node, str]) -> str:
        told = sorted(
            "\0".join("*" if item == node else marks.get(item, _plain(item)) for item in row)
            for row in rows
        )
        return sha256("\1".join(told).encode()).hexdigest()

    def order(self, node: Node) -> tuple[str, str, str]:
        """Return what puts values in order; blank nodes by what is said of them."""
        if isinstance(node, BNode):
            return ("~", self.blank[node], "")
        return sort_key(node)


def _number(places: list[Node]) -> float:
    """Return the least of some positions; what has none comes last."""
    try:
        found = min(float(str(place)) for place in places)
    except ValueError:
        return float("inf")
    return found if found == found else float("inf")  # NaN is not itself


def _plain(node: Node) -> str:
    if isinstance(node, Literal):
        return f"{node}\2{node.language or ''}\2{node.datatype or ''}"
    return str(node)
