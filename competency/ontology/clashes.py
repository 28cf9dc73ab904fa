"""Quick looks for what cannot be true together: where to ask HermiT, and how to say what it found.

These see the common kinds of contradiction: two disjoint classes, two values where there is one,
a thing related to itself, or both ways, that must not be. They are hints: a verdict is HermiT's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rdflib import OWL, RDF, RDFS, XSD, BNode, Literal, URIRef
from rdflib.term import Node

from competency.ontology.axioms import Axiom, Triple

_ONE = Literal("1", datatype=XSD.nonNegativeInteger)


@dataclass(frozen=True)
class Clash:
    """What does not go together about a thing.

    ``sort`` is ``classes`` (the terms are two classes that share no member), ``values`` (a
    property, and two values where one is allowed), ``itself`` (a property, the thing itself),
    ``both ways`` (a property, the other thing) or ``range`` (a property, a value).
    """

    sort: str
    thing: Node
    terms: tuple[Node, ...]


class Schema:
    """What some axioms say of named classes and properties, ready to be looked up."""

    def __init__(self, axioms: Iterable[Axiom]) -> None:
        """Read ``axioms``; those that are made of other classes are left to HermiT."""
        self.single: set[Node] = set()
        self.single_in: dict[Node, set[Node]] = defaultdict(set)
        self.disjoint: dict[Node, set[Node]] = defaultdict(set)
        self.different: set[frozenset[Node]] = set()
        self.domains: dict[Node, set[Node]] = defaultdict(set)
        self.ranges: dict[Node, set[Node]] = defaultdict(set)
        self.characters: dict[Node, set[Node]] = defaultdict(set)
        self._broader: dict[Node, set[Node]] = defaultdict(set)
        self._inverse: dict[Node, set[Node]] = defaultdict(set)
        for axiom in axioms:
            self._read(axiom)

    def _read(self, axiom: Axiom) -> None:
        subject, predicate, value = axiom.head
        if predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
            if isinstance(value, BNode):
                self._read_restriction(subject, axiom)
            else:
                self._broader[subject].add(value)
        elif predicate in (OWL.equivalentClass, OWL.equivalentProperty):
            self._broader[subject].add(value)
            self._broader[value].add(subject)
        elif predicate in (OWL.disjointWith, OWL.complementOf):
            self.disjoint[subject].add(value)
            self.disjoint[value].add(subject)
        elif predicate == OWL.differentFrom:
            self.different.add(frozenset((subject, value)))
        elif predicate == RDFS.domain:
            self.domains[subject].add(value)
        elif predicate == RDFS.range:
            self.ranges[subject].add(value)
        elif predicate == OWL.inverseOf:
            self._inverse[subject].add(value)
            self._inverse[value].add(subject)
        elif predicate == RDF.type:
            self.characters[value].add(subject)

    def _read_restriction(self, class_: Node, axiom: Axiom) -> None:
        said = {predicate: value for _, predicate, value in axiom.body}
        property_ = said.get(OWL.onProperty)
        if property_ is not None and _ONE in (
            said.get(OWL.cardinality),
            said.get(OWL.maxCardinality),
        ):
            self.single_in[class_].add(property_)

    def above(self, term: Node) -> set[Node]:
        """Return a class or property, and all that are broader."""
        found, waiting = {term}, [term]
        while waiting:
            new = self._broader.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return found

    def links(self, triple: Triple) -> Iterator[Triple]:
        """Yield what a statement says of two things by broader properties and inverses."""
        found, waiting = {triple}, [triple]
        while waiting:
            subject, predicate, value = waiting.pop()
            new = {(subject, broad, value) for broad in self._broader.get(predicate, ())}
            if not isinstance(value, Literal):
                back = set(self._inverse.get(predicate, ()))
                back |= {predicate} & self.characters[OWL.SymmetricProperty]
                new |= {(value, property_, subject) for property_ in back}
            waiting += new - found
            found |= new
        yield from found


def clashes(statements: Iterable[Triple], schema: Schema) -> Iterator[Clash]:
    """Yield what looks as if it cannot be true together, thing by thing.

    clashes(statements, Schema(ontology.axioms))
    """
    links = {link for triple in statements for link in schema.links(triple)}
    types = _types(links, schema)
    values: dict[tuple[Node, Node], set[Node]] = defaultdict(set)
    for subject, predicate, value in links:
        values[(subject, predicate)].add(value)
    for link in sorted(links, key=_order):
        yield from _related(link, links, schema)
    for thing, found in types.items():
        for one, other in combinations(sorted(found, key=str), 2):
            if other in schema.disjoint.get(one, ()):
                yield Clash("classes", thing, (one, other))
    for (thing, property_), found in values.items():
        if len(found) > 1 and _is_single(property_, types.get(thing, set()), schema):
            for one, other in combinations(sorted(found, key=str), 2):
                if _differ(one, other, types, schema, links):
                    yield Clash("values", thing, (property_, one, other))


def _order(triple: Triple) -> tuple[str, ...]:
    return tuple(map(str, triple))


def _types(links: Iterable[Triple], schema: Schema) -> dict[Node, set[Node]]:
    """Return the classes of each thing: stated, by what it has, and by what it is the value of."""
    found: dict[Node, set[Node]] = defaultdict(set)
    for subject, predicate, value in links:
        if predicate == RDF.type:
            found[subject] |= schema.above(value)
            continue
        for class_ in schema.domains.get(predicate, ()):
            found[subject] |= schema.above(class_)
        for class_ in schema.ranges.get(predicate, ()):
            if not isinstance(value, Literal):
                found[value] |= schema.above(class_)
    return {
        thing: {c for c in classes if isinstance(c, URIRef)} for thing, classes in found.items()
    }


def _related(link: Triple, links: set[Triple], schema: Schema) -> Iterator[Clash]:
    subject, predicate, value = link
    if subject == value and predicate in schema.characters[OWL.IrreflexiveProperty]:
        yield Clash("itself", subject, (predicate,))
    elif predicate in schema.characters[OWL.AsymmetricProperty]:
        if subject == value:
            yield Clash("itself", subject, (predicate,))
        elif str(subject) < str(value) and (value, predicate, subject) in links:
            yield Clash("both ways", subject, (predicate, value))
    if isinstance(value, Literal):
        wanted = [item for item in schema.ranges.get(predicate, ()) if isinstance(item, URIRef)]
        if wanted and not any(_fits(value, item) for item in wanted):
            yield Clash("range", subject, (predicate, value))


def _is_single(property_: Node, classes: set[Node], schema: Schema) -> bool:
    """Say whether a thing of these classes has one value of a property at most."""
    if property_ in schema.characters[OWL.FunctionalProperty]:
        return True
    return any(property_ in schema.single_in.get(class_, ()) for class_ in classes)


def _differ(
    one: Node, other: Node, types: dict[Node, set[Node]], schema: Schema, links: set[Triple]
) -> bool:
    """Say whether two values are surely two: things of different names may be one thing."""
    if isinstance(one, Literal) and isinstance(other, Literal):
        return one.language != other.language or one.value != other.value
    if {(one, OWL.differentFrom, other), (other, OWL.differentFrom, one)} & links:
        return True
    if frozenset((one, other)) in schema.different:
        return True
    classes = types.get(other, set())
    return any(schema.disjoint.get(class_, set()) & classes for class_ in types.get(one, set()))


def _fits(value: Literal, wanted: URIRef) -> bool:
    """Say whether a value looks as if it were of a datatype: in doubt yes, HermiT knows."""
    datatype = RDF.langString if value.language else (value.datatype or XSD.string)
    if datatype == wanted:
        return True
    numbers = (XSD.integer, XSD.decimal)
    texts = (XSD.string, RDF.langString)
    if wanted in numbers:
        return datatype not in (*texts, XSD.boolean, XSD.double, XSD.float, XSD.dateTime)
    return wanted not in (*texts, XSD.boolean)
