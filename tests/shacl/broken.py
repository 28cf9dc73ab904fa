"""Frameworks broken in many ways, and shapes made up of all constraints, always the same ones."""

from __future__ import annotations

from random import Random

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from competency.ontology.terms import COMP

EX = Namespace("https://example.org/")
Triple = tuple[Node, Node, Node]

_TEXTS = (
    Literal("Weld"),
    Literal("Weld", lang="en"),
    Literal("Weld", lang="de"),
    Literal("Soude", lang="fr-CA"),
    Literal("", lang="en"),
    Literal(" \t"),
    Literal('a "quoted" \\ text\nof two lines', lang="en"),
)
_NUMBERS = (
    Literal(0),
    Literal(1),
    Literal(-3),
    Literal(7),
    Literal("2.5", datatype=XSD.decimal),
    Literal("1.0E0", datatype=XSD.double),
    Literal("first", datatype=XSD.integer),
    Literal("\\1", datatype=XSD.integer),
    Literal("2012", datatype=XSD.gYear),
    Literal("2012-02-30", datatype=XSD.date),
    Literal("2012-02-28", datatype=XSD.date),
    Literal("2012-09-30T10:00:00", datatype=XSD.dateTime),
    Literal("2012-09-30T10:00:00Z", datatype=XSD.dateTime),
    Literal(True),
    Literal(False),
)
LITERALS = _TEXTS + _NUMBERS


def broken(graph: Graph, seed: int, faults: int = 12) -> Graph:
    """Return a copy of a framework with faults in it; the same seed gives the same faults."""
    random = Random(seed)  # noqa: S311 - to be the same each time
    triples = sorted(graph)
    found = set(triples)
    for _ in range(faults):
        fault = random.choice(_FAULTS)
        fault(random, triples, found)
    copy = Graph(bind_namespaces="none")
    for triple in sorted(found):
        copy.add(triple)
    return copy


def _drop(random: Random, triples: list[Triple], found: set[Triple]) -> None:
    found.discard(random.choice(triples))


def _double(random: Random, triples: list[Triple], found: set[Triple]) -> None:
    """Give one thing the values that another has too."""
    subject, predicate, _ = random.choice(triples)
    others = [triple[2] for triple in triples if triple[1] == predicate]
    found.add((subject, predicate, random.choice(others)))


def _move(random: Random, triples: list[Triple], found: set[Triple]) -> None:
    """Say of another what is said of one."""
    subject, predicate, object_ = random.choice(triples)
    found.discard((subject, predicate, object_))
    found.add((random.choice(triples)[0], predicate, object_))


def _confuse(random: Random, triples: list[Triple], found: set[Triple]) -> None:
    """Put a value of any kind where another stood.

    In place of nodes come no literals that are false in Python: rdflib loses them in paths.
    """
    triple = random.choice(triples)
    found.discard(triple)
    literal = random.choice(LITERALS)
    if not literal and not isinstance(triple[2], Literal):
        literal = Literal("Weld", lang="en")
    other = random.choice([literal, random.choice(triples)[2], EX.unknown, BNode("b")])
    found.add((triple[0], triple[1], other))


def _loop(random: Random, triples: list[Triple], found: set[Triple]) -> None:
    """Let a part stand under another one, maybe one that stands under it."""
    links = [t for t in triples if t[1] in (COMP.partOf, COMP.higherThan, COMP.inFramework)]
    subject, predicate, _ = random.choice(links)
    found.add((subject, predicate, random.choice(links)[0]))


def _misspell(random: Random, triples: list[Triple], found: set[Triple]) -> None:
    triple = random.choice(triples)
    found.discard(triple)
    found.add((triple[0], URIRef(f"{triple[1]}s"), triple[2]))


def _rename(random: Random, triples: list[Triple], found: set[Triple]) -> None:
    """Make a blank node of one thing, wherever it is named."""
    old, new = random.choice(triples)[0], BNode(f"n{random.randrange(9)}")
    for triple in sorted(found):
        if old in (triple[0], triple[2]):
            found.discard(triple)
            subject, object_ = (new if node == old else node for node in (triple[0], triple[2]))
            found.add((subject, triple[1], object_))


_FAULTS = (_drop, _double, _move, _confuse, _loop, _misspell, _rename)


# ------------------------------------------------------------------ made-up shapes and data


def made_up_data(random: Random) -> Graph:
    """Return a small graph of three properties, two classes and values of all kinds."""
    graph = Graph(bind_namespaces="none")
    nodes: list[Node] = [EX[f"n{number}"] for number in range(5)] + [BNode("b1"), BNode("b2")]
    for _ in range(random.randrange(6, 26)):
        object_ = random.choice([random.choice(nodes), random.choice(LITERALS)])
        graph.add((random.choice(nodes), random.choice((EX.p, EX.q, EX.r)), object_))
    for node in nodes:
        if random.random() < 0.6:
            graph.add((node, RDF.type, random.choice((EX.A, EX.B, EX.C))))
    graph.add((EX.B, RDFS.subClassOf, EX.A))
    return graph


class MadeUp:
    """A graph of shapes with random constraints, each of which names those it may contain."""

    def __init__(self, random: Random) -> None:
        """Make up shapes."""
        self.random, self.graph = random, Graph(bind_namespaces="none")
        for number in range(random.randrange(1, 4)):
            self._shape(EX[f"S{number}"], depth=0)

    def _add(self, node: Node, property_: URIRef, value: Node) -> None:
        self.graph.add((node, property_, value))

    def _shape(self, node: Node, depth: int, *, with_path: bool | None = None) -> Node:
        random = self.random
        path = random.random() < 0.6 if with_path is None else with_path
        if path:
            self._add(node, SH.path, self._path())
        self._add(node, RDF.type, SH.PropertyShape if path else SH.NodeShape)
        if depth == 0:
            self._target(node)
            self._add(node, SH.severity, random.choice((SH.Violation, SH.Warning, SH.Info)))
        self._add(node, SH.message, Literal("A message of the shape.", lang="en"))
        kinds = [self._value, self._value, self._text]
        kinds += [self._count, self._pair] if path else []
        kinds += [self._logic] if depth < 2 else []
        for _ in range(random.randrange(1, 4)):
            random.choice(kinds)(node, depth)
        return node

    def _target(self, node: Node) -> None:
        property_, value = self.random.choice(
            (
                (SH.targetClass, EX.A),
                (SH.targetClass, EX.B),
                (SH.targetNode, EX.n1),
                (SH.targetNode, EX.absent),
                (SH.targetNode, Literal("Weld", lang="en")),
                (SH.targetSubjectsOf, EX.p),
                (SH.targetObjectsOf, EX.q),
            )
        )
        self._add(node, property_, value)

    def _path(self, depth: int = 0) -> Node:
        random = self.random
        if depth > 1 or random.random() < 0.6:
            return random.choice((EX.p, EX.q, EX.r, RDF.type))
        node = BNode()
        kind = random.randrange(6)
        if kind == 0:
            return self._list([self._path(depth + 1), self._path(depth + 1)])
        if kind == 1:
            self._add(node, SH.alternativePath, self._list([self._path(2), self._path(2)]))
            return node
        way = (SH.inversePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath)[kind - 2]
        self._add(node, way, self._path(depth + 1))
        return node

    def _list(self, items: list[Node]) -> Node:
        return Collection(self.graph, BNode(), items).uri

    def _value(self, node: Node, depth: int) -> None:
        random = self.random
        bounds = (SH.minInclusive, SH.minExclusive, SH.maxInclusive, SH.maxExclusive)
        kinds = (SH.IRI, SH.Literal, SH.BlankNode, SH.IRIOrLiteral, SH.BlankNodeOrIRI)
        datatypes = (XSD.string, XSD.integer, XSD.date, XSD.boolean, RDF.langString, XSD.decimal)
        property_, value = random.choice(
            (
                (SH["class"], random.choice((EX.A, EX.B, EX.C))),
                (SH.datatype, random.choice(datatypes)),
                (SH.nodeKind, random.choice(kinds)),
                (random.choice(bounds), random.choice((Literal(1), Literal(7)))),
                (SH.hasValue, random.choice((EX.n1, Literal(1), Literal("Weld", lang="en")))),
                (SH["in"], None),
            )
        )
        if value is None:
            if (node, property_, None) not in self.graph:
                items = random.sample((EX.n0, EX.n1, EX.n2, *LITERALS), 6)
                self._add(node, property_, self._list(list(items)))
        elif (
            property_ not in (SH.datatype, SH.nodeKind) or (node, property_, None) not in self.graph
        ):
            self._add(node, property_, value)

    def _text(self, node: Node, depth: int) -> None:
        random = self.random
        languages = self._list([Literal("en"), Literal("fr")])
        choices: tuple[tuple[URIRef, Node], ...] = (
            (SH.minLength, Literal(random.randrange(1, 5))),
            (SH.maxLength, Literal(random.randrange(8))),
            (SH.pattern, Literal(random.choice(("^W", "\\S", "o.*n", "[0-9]$")))),
            (SH.languageIn, languages),
        )
        property_, value = random.choice(choices)
        if (node, property_, None) not in self.graph:
            self._add(node, property_, value)

    def _count(self, node: Node, depth: int) -> None:
        random = self.random
        property_, value = random.choice(
            (
                (SH.minCount, Literal(random.randrange(3))),
                (SH.maxCount, Literal(random.randrange(3))),
                (SH.uniqueLang, Literal(True)),
            )
        )
        if (node, property_, None) not in self.graph:
            self._add(node, property_, value)

    def _pair(self, node: Node, depth: int) -> None:
        self._add(
            node, self.random.choice((SH.equals, SH.disjoint)), self.random.choice((EX.q, EX.r))
        )

    def _logic(self, node: Node, depth: int) -> None:
        random = self.random
        inner = depth + 1
        kind = random.randrange(7)
        if kind == 0:
            self._add(node, SH.node, self._shape(BNode(), inner, with_path=False))
        elif kind == 1:
            self._add(node, SH.property, self._shape(BNode(), inner, with_path=True))
        elif kind == 2:
            self._add(node, SH["not"], self._shape(BNode(), inner))
        elif kind == 3 and (node, SH.path, None) in self.graph:
            self._qualified(node, inner)
        elif kind == 4 and (node, SH.closed, None) not in self.graph:
            self._add(node, SH.closed, Literal(True))
            self._add(node, SH.ignoredProperties, self._list([RDF.type, EX.p]))
        else:
            shapes = [self._shape(BNode(), inner) for _ in range(random.randrange(1, 4))]
            self._add(node, random.choice((SH["and"], SH["or"], SH.xone)), self._list(list(shapes)))

    def _qualified(self, node: Node, depth: int) -> None:
        if (node, SH.qualifiedValueShape, None) in self.graph:
            return
        self._add(node, SH.qualifiedValueShape, self._shape(BNode(), depth))
        bound = self.random.choice((SH.qualifiedMinCount, SH.qualifiedMaxCount))
        self._add(node, bound, Literal(self.random.randrange(3)))


def made_up(seed: int) -> tuple[Graph, Graph]:
    """Return made-up data and shapes; the same seed gives the same."""
    random = Random(seed)  # noqa: S311 - to be the same each time
    return made_up_data(random), MadeUp(random).graph
