"""Read single things from a graph of shapes, and say in one line what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from competency.errors import ShapesError
from competency.ontology.terms import shorten
from competency.shapes.engine.terms import Term, term_of


def name_of(node: Node) -> str:
    """Return what a node of a shapes graph is called in messages.

    >>> name_of(SH.minCount)
    'sh:minCount'
    """
    if isinstance(node, URIRef):
        return shorten(str(node))
    return f'"{node}"' if isinstance(node, Literal) else "a shape without an IRI"


class Reader:
    """A graph of shapes, as the compiler asks it.

    >>> Reader(Graph()).all(SH.Shape, SH.property)
    []
    """

    def __init__(self, graph: Graph) -> None:
        """Read from a graph; it is not changed."""
        self.graph = graph
        self._said: dict[Node, dict[Node, list[Node]]] = {}

    def error(self, shape: Node, reason: str) -> ShapesError:
        """Return the error about a shape."""
        return ShapesError(f"shapes, {name_of(shape)}", reason)

    def all(self, node: Node, property_: URIRef) -> list[Node]:
        """Return the values of a property in a stable order."""
        said = self._said.get(node)
        if said is None:
            said = self._said[node] = {}
            for predicate, value in self.graph.predicate_objects(node):
                said.setdefault(predicate, []).append(value)
        found = said.get(property_, [])
        return list(found) if len(found) < 2 else sorted(found, key=term_of)

    def one(self, node: Node, property_: URIRef) -> Node | None:
        """Return the only value of a property, or None; ShapesError when there are more."""
        found = self.all(node, property_)
        if len(found) > 1:
            raise self.error(node, f"{name_of(property_)} is there {len(found)} times; keep one")
        return found[0] if found else None

    def text(self, node: Node, property_: URIRef) -> str | None:
        """Return the only value of a property, which must be a text, or None."""
        found = self.one(node, property_)
        if found is not None and not (isinstance(found, Literal) and isinstance(found.value, str)):
            raise self.error(node, f"{name_of(property_)} must be a text, not {name_of(found)}")
        return None if found is None else str(found)

    def flag(self, node: Node, property_: URIRef) -> bool:
        """Return the only value of a property, which must be true or false; False without one."""
        found = self.one(node, property_)
        if found is None:
            return False
        if isinstance(found, Literal) and isinstance(found.value, bool) and not found.ill_typed:
            return str(found) == "true"  # "1" as it is written does not count (section 4.4.5)
        raise self.error(node, f"{name_of(property_)} must be true or false, not {name_of(found)}")

    def number(self, node: Node, property_: URIRef) -> int | None:
        """Return the only value of a property, which must be a whole number from 0, or None."""
        found = self.one(node, property_)
        if found is None:
            return None
        value = found.value if isinstance(found, Literal) else None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        reason = f"{name_of(property_)} must be a whole number from 0 up, not {name_of(found)}"
        raise self.error(node, reason)

    def literal(self, node: Node, property_: URIRef, value: Node) -> Term:
        """Return a value that must be a literal."""
        if not isinstance(value, Literal):
            reason = f"{name_of(property_)} must be a literal, not {name_of(value)}"
            raise self.error(node, reason)
        return term_of(value)

    def iri(self, node: Node, property_: URIRef, value: Node) -> URIRef:
        """Return a value that must be an IRI."""
        if not isinstance(value, URIRef):
            reason = f"{name_of(property_)} must be an IRI, not {name_of(value)}"
            raise self.error(node, reason)
        return value

    def messages(self, node: Node) -> tuple[Literal, ...]:
        """Return the messages of a shape or query."""
        found = self.all(node, SH.message)
        for message in found:
            if not isinstance(message, Literal):
                raise self.error(node, f"sh:message must be a text, not {name_of(message)}")
        return tuple(message for message in found if isinstance(message, Literal))

    def members(self, shape: Node, property_: URIRef, head: Node) -> list[Node]:
        """Return the members of a list; ShapesError when it is none, or leads back to itself."""
        found: list[Node] = []
        seen = set()
        while head != RDF.nil:
            first = list(self.graph.objects(head, RDF.first))
            rest = list(self.graph.objects(head, RDF.rest))
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise self.error(shape, f"the list of {name_of(property_)} is broken")
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return found


def reachable(
    graph: Graph, starts: Iterable[Node], property_: URIRef, *, downwards: bool = False
) -> list[Node]:
    """Return nodes with all that a property leads to from them, or down to them, each once.

    >>> reachable(Graph(), [SH.Shape], SH.property)
    [rdflib.term.URIRef('http://www.w3.org/ns/shacl#Shape')]
    """
    found = dict.fromkeys(starts)
    agenda = list(found)
    step = graph.subjects if downwards else graph.objects
    while agenda:
        node = agenda.pop()
        near = step(property_, node) if downwards else step(node, property_)
        new = [other for other in near if other not in found]
        found.update(dict.fromkeys(new))
        agenda += new
    return list(found)
