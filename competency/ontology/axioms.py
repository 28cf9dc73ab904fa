"""An ontology cut into its axioms, so that each can be taken away and be said in words.

An axiom is one statement of OWL 2 with all the blank nodes it needs (OWL 2 Mapping to RDF Graphs,
section 2). Axioms about many things at once are cut into those about two: of sixteen classes that
are disjoint an explanation needs two. Annotations and imports are no axioms: they are left out,
so that nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.term import Node

Triple = tuple[Node, Node, Node]

_OWL = str(OWL)
_BUILT_IN = tuple(map(str, (OWL, RDF, RDFS, XSD)))
_SCHEMA = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range}
_NO_AXIOMS = {
    OWL.imports, OWL.versionIRI, OWL.versionInfo, OWL.priorVersion, OWL.deprecated,
    OWL.backwardCompatibleWith, OWL.incompatibleWith,
    OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget,
}  # fmt: skip
_DECLARED = (
    OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty,
)  # fmt: skip
_OF_LINKS = (
    OWL.InverseFunctionalProperty, OWL.TransitiveProperty, OWL.SymmetricProperty,
    OWL.AsymmetricProperty, OWL.ReflexiveProperty, OWL.IrreflexiveProperty,
)  # fmt: skip
CHARACTERS = frozenset({OWL.FunctionalProperty, *_OF_LINKS})
_OF_MANY = {
    OWL.AllDisjointClasses: OWL.disjointWith,
    OWL.AllDifferent: OWL.differentFrom,
    OWL.AllDisjointProperties: OWL.propertyDisjointWith,
}
_OF_TWO = {*_OF_MANY.values()}
_OF_THINGS = {OWL.sameAs, OWL.differentFrom}


@dataclass(frozen=True)
class Axiom:
    """An axiom: the triple that says what it is, and what hangs on its blank nodes."""

    head: Triple
    body: tuple[Triple, ...] = ()

    @property
    def triples(self) -> tuple[Triple, ...]:
        """Return all triples of the axiom."""
        return (self.head, *self.body)

    @cached_property
    def terms(self) -> frozenset[Node]:
        """Return the classes, properties and things that the axiom speaks of."""
        found = (term for triple in self.triples for term in triple)
        return frozenset(
            t for t in found if isinstance(t, URIRef) and not str(t).startswith(_BUILT_IN)
        )


@dataclass(frozen=True)
class Ontology:
    """The axioms of an ontology, and which names it declares to be what."""

    axioms: tuple[Axiom, ...]
    declarations: tuple[Triple, ...]

    def __add__(self, other: Ontology) -> Ontology:
        """Return both together."""
        axioms = dict.fromkeys((*self.axioms, *other.axioms))
        return Ontology(tuple(axioms), (*self.declarations, *other.declarations))

    @cached_property
    def classes(self) -> frozenset[Node]:
        """Return the named classes."""
        return self._declared(OWL.Class)

    @cached_property
    def links(self) -> frozenset[Node]:
        """Return the properties whose values are things (owl:ObjectProperty)."""
        return self._declared(OWL.ObjectProperty)

    @cached_property
    def values(self) -> frozenset[Node]:
        """Return the properties whose values are texts, numbers and such (owl:DatatypeProperty)."""
        return self._declared(OWL.DatatypeProperty)

    @cached_property
    def names(self) -> frozenset[Node]:
        """Return all classes and properties, of which data say nothing."""
        return frozenset(subject for subject, _, _ in self.declarations)

    def _declared(self, sort: Node) -> frozenset[Node]:
        return frozenset(subject for subject, _, found in self.declarations if found == sort)


def ontology_of(graph: Graph, *, things: bool = False) -> Ontology:
    """Cut the ontology in a graph into axioms; what else the graph says is left out.

    With ``things`` also what it says of things being the same or different: in data these are
    statements like others.

    >>> from competency.ontology.vocabulary import own_vocabulary
    >>> axioms = ontology_of(own_vocabulary().graph).axioms
    >>> any(axiom.head[1] == OWL.disjointWith for axiom in axioms)
    True
    """
    axioms = {axiom.head: axiom for axiom in _axioms(graph)}
    kept = [item for item in axioms.values() if things or item.head[1] not in _OF_THINGS]
    return Ontology(tuple(sorted(kept, key=_order)), tuple(dict.fromkeys(_declarations(graph))))


def _order(axiom: Axiom) -> tuple[object, ...]:
    """Put short axioms first, else by their terms: blank nodes have another name each time."""
    return len(axiom.body), str(axiom.head[1]), sorted(map(str, axiom.terms)), str(axiom.head[0])


def triples_of(axioms: Iterable[Axiom], others: Iterable[Triple] = ()) -> list[Triple]:
    """Return the triples of axioms, and others, as HermiT takes them."""
    return [*others, *(triple for axiom in axioms for triple in axiom.triples)]


def relevant(axioms: Collection[Axiom], terms: Iterable[Node]) -> list[Axiom]:
    """Return the axioms that may say something of what is called by ``terms``.

    Those that speak of one of the terms, and of what these lead to: a class to the classes above
    it, a property to its domain and range. Two disjoint classes matter where both are reached,
    and what a class says of a property where that property is. The nearest come first.
    """
    known, waiting = set(terms), list(axioms)
    found: list[Axiom] = []
    while True:
        near = [axiom for axiom in waiting if _speaks_of(axiom, known)]
        if not near:
            return found
        found += near
        known.update(*(axiom.terms for axiom in near))
        reached = set(near)
        waiting = [axiom for axiom in waiting if axiom not in reached]


def _speaks_of(axiom: Axiom, known: set[Node]) -> bool:
    subject, predicate, value = axiom.head
    if predicate in _OF_TWO:
        return {subject, value} - {n for n in (subject, value) if isinstance(n, BNode)} <= known
    if isinstance(subject, URIRef) and (predicate in _SCHEMA or predicate == RDF.type):
        properties = {value for _, property_, value in axiom.body if property_ == OWL.onProperty}
        return subject in known and properties <= known
    return bool(axiom.terms & known)


def _declarations(graph: Graph) -> Iterator[Triple]:
    for sort in (*_DECLARED, RDFS.Class, *_OF_LINKS):
        for term in graph.subjects(RDF.type, sort):
            if isinstance(term, URIRef):
                kind = OWL.Class if sort == RDFS.Class else sort
                yield (term, RDF.type, kind if kind in _DECLARED else OWL.ObjectProperty)
    for predicate in (RDFS.subClassOf, OWL.disjointWith):
        for pair in graph.subject_objects(predicate):
            for term in pair:
                if isinstance(term, URIRef) and not str(term).startswith(_BUILT_IN):
                    yield (term, RDF.type, OWL.Class)


def _axioms(graph: Graph) -> Iterator[Axiom]:
    for head in graph:
        subject, predicate, value = head
        if predicate == RDF.type:
            if value in _OF_MANY:
                yield from _cut(graph, subject, value)
            elif value in CHARACTERS:
                yield Axiom(head)
        elif predicate == OWL.disjointUnionOf:
            yield from _disjoint_union(graph, subject, value)
        elif isinstance(subject, BNode):
            if predicate == RDFS.subClassOf:
                yield Axiom(head, (*_below(graph, subject), *_below(graph, value)))
        elif predicate in _SCHEMA or (
            str(predicate).startswith(_OWL) and predicate not in _NO_AXIOMS
        ):
            yield Axiom(head, tuple(_below(graph, value)))


def _cut(graph: Graph, node: Node, sort: Node) -> Iterator[Axiom]:
    """Cut an axiom about many things into those about two of them."""
    for property_ in (OWL.members, OWL.distinctMembers):
        for members in graph.objects(node, property_):
            yield from _pairs(graph, RdfList(graph, members), _OF_MANY[URIRef(str(sort))])


def _pairs(graph: Graph, members: Iterable[Node], between: Node) -> Iterator[Axiom]:
    for one, other in combinations(members, 2):
        yield Axiom((one, between, other), (*_below(graph, one), *_below(graph, other)))


def _disjoint_union(graph: Graph, whole: Node, members: Node) -> Iterator[Axiom]:
    """Say the same as owl:disjointUnionOf in axioms of less."""
    parts = [*RdfList(graph, members)]
    yield from _pairs(graph, parts, OWL.disjointWith)
    for part in parts:
        yield Axiom((part, RDFS.subClassOf, whole), tuple(_below(graph, part)))
    union = BNode(f"{members}union")
    body = [(union, RDF.type, OWL.Class), (union, OWL.unionOf, members), *_below(graph, members)]
    yield Axiom((whole, RDFS.subClassOf, union), tuple(body))


def _below(graph: Graph, node: Node) -> Iterator[Triple]:
    """Yield the triples of a blank node, and of those it leads to."""
    waiting, seen = [node], set()
    while waiting:
        here = waiting.pop()
        if isinstance(here, BNode) and here not in seen:
            seen.add(here)
            for triple in graph.triples((here, None, None)):
                yield triple
                waiting.append(triple[2])
