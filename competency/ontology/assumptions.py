"""Statements as assumptions: a class that can have a member only if they can be true together.

HermiT ends with the first contradiction it meets, and starting it takes most of its time. So the
statements of data are not asserted but said of a class: "whatever is a Q has something that is
``a`` and is a Part" can hold of a member only if ``a`` is a Part (nominals, OWL 2, section 8.1.4).
Then one run answers for many sets of statements, each with its class.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from rdflib import OWL, RDF, RDFS, BNode, Literal, URIRef
from rdflib.term import Node

from competency.ontology.axioms import Ontology, Triple

_SPACE = "urn:x-assumed:"
_SOMEHOW = URIRef(f"{_SPACE}somehow")  # a property that says nothing
ALL = URIRef(f"{_SPACE}all")  # the class for all that is assumed, where there is one only


class Assumptions:
    """Statements, each as what a class says, and classes for sets of them.

    >>> assumed = Assumptions()
    >>> assumed.together([(URIRef("urn:a"), OWL.sameAs, URIRef("urn:b"))])
    'urn:x-assumed:1'
    """

    def __init__(self) -> None:
        """Begin with nothing assumed."""
        self.triples: list[Triple] = [(_SOMEHOW, RDF.type, OWL.ObjectProperty)]
        self._numbers = count(1)
        self._made: dict[Triple, Node] = {}
        self._only: dict[Node, BNode] = {}

    def together(self, statements: Iterable[Triple], name: URIRef | None = None) -> str:
        """Return the class that can have a member only if all of ``statements`` can be true."""
        class_ = URIRef(name or f"{_SPACE}{next(self._numbers)}")
        self.triples.append((class_, RDF.type, OWL.Class))
        self.triples += ((class_, RDFS.subClassOf, self._said(item)) for item in statements)
        return str(class_)

    def _said(self, statement: Triple) -> Node:
        if statement not in self._made:
            subject = self._one(statement[0])
            both = self._of((OWL.intersectionOf, [subject, self._predicate(statement)]))
            self._made[statement] = self._restriction(_SOMEHOW, OWL.someValuesFrom, both)
        return self._made[statement]

    def _predicate(self, statement: Triple) -> Node:
        """Return the class of all things of which this could be said."""
        _, predicate, value = statement
        if predicate == RDF.type:
            self.triples.append((value, RDF.type, OWL.Class))
            return value
        if predicate == OWL.sameAs:
            return self._one(value)
        if predicate == OWL.differentFrom:
            other = BNode()
            self.triples += [
                (other, RDF.type, OWL.Class),
                (other, OWL.complementOf, self._one(value)),
            ]
            return other
        if not isinstance(value, Literal):
            self.triples.append((value, RDF.type, OWL.NamedIndividual))
        return self._restriction(predicate, OWL.hasValue, value)

    def _one(self, thing: Node) -> BNode:
        """Return the class of which a thing is the only member."""
        if thing not in self._only:
            self.triples.append((thing, RDF.type, OWL.NamedIndividual))
            self._only[thing] = self._of((OWL.oneOf, [thing]))
        return self._only[thing]

    def _restriction(self, property_: Node, sort: Node, value: Node) -> BNode:
        node = BNode()
        self.triples += [
            (node, RDF.type, OWL.Restriction),
            (node, OWL.onProperty, property_),
            (node, sort, value),
        ]
        return node

    def _of(self, made: tuple[Node, list[Node]]) -> BNode:
        """Return a class that is made of others, or of things."""
        node, cell = BNode(), BNode()
        self.triples += [(node, RDF.type, OWL.Class), (node, made[0], cell)]
        for place, member in enumerate(made[1]):
            following = BNode() if place + 1 < len(made[1]) else RDF.nil
            self.triples += [(cell, RDF.first, member), (cell, RDF.rest, following)]
            cell = following  # type: ignore[assignment]
        return node


def assumed(statements: Iterable[Triple]) -> list[Triple]:
    """Return the triples for one set of statements, whose class is :data:`ALL`."""
    made = Assumptions()
    made.together(statements, ALL)
    return made.triples


def member_of(class_: Node) -> list[Triple]:
    """Return the triples that put :data:`ALL` below a class: it is empty where that is."""
    return [(ALL, RDF.type, OWL.Class), (ALL, RDFS.subClassOf, class_)]


def declared(ontology: Ontology, terms: Iterable[Node]) -> list[Triple]:
    """Return what the ontology declares some names to be."""
    wanted = set(terms)
    return [triple for triple in ontology.declarations if triple[0] in wanted]
