"""The pages of the vocabulary and of the shapes: every term and every rule, with an anchor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH, SKOS
from rdflib.term import Node

from competency.ontology import COMP, PREFIXES, Vocabulary, shorten
from competency.server.links import Links
from competency.server.pages.values import Fact, Text, Value

_SORTS = (
    (OWL.Class, "class", "Classes"),
    (OWL.NamedIndividual, "individual", "Individuals"),
    (OWL.ObjectProperty, "object property", "Properties that lead to things"),
    (OWL.DatatypeProperty, "data property", "Properties with texts and numbers"),
    (OWL.AnnotationProperty, "annotation property", "Annotations"),
)
_LINKS = (
    ("a kind of", RDFS.subClassOf),
    ("a narrower form of", RDFS.subPropertyOf),
    ("inverse of", OWL.inverseOf),
    ("never also", OWL.disjointWith),
    ("said of", RDFS.domain),
    ("leads to", RDFS.range),
    ("nearest terms elsewhere", COMP.correspondsTo),
)


@dataclass(frozen=True)
class Term:
    """One term of the vocabulary as the page shows it."""

    anchor: str
    name: str
    label: Text
    kind: str
    definition: str
    example: str
    note: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Section:
    """The terms of one sort."""

    anchor: str
    title: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Rule:
    """One named shape as the page shows it."""

    anchor: str
    name: str
    title: Text
    message: str
    severity: str
    fix: str


def vocabulary_page(links: Links) -> list[Section]:
    """Return every term of the vocabulary, by sort."""
    vocabulary = links.site.graph.vocabulary
    return [
        Section(kind.replace(" ", "-"), title, tuple(found))
        for sort, kind, title in _SORTS
        if (found := [_term(iri, kind, vocabulary, links) for iri in _of_sort(vocabulary, sort)])
    ]


def shapes_page(links: Links) -> list[tuple[str, list[Rule]]]:
    """Return the named shapes of each file, in the order of their titles."""
    found = []
    for name, graph in links.site.shape_graphs:
        rules = [_rule(graph, node) for node in _named_shapes(graph)]
        if rules:
            found.append((name, sorted(rules, key=lambda rule: rule.title.value)))
    return found


def _of_sort(vocabulary: Vocabulary, sort: Node) -> list[str]:
    return [iri for iri in vocabulary.terms if (URIRef(iri), RDF.type, sort) in vocabulary.graph]


def _term(iri: str, kind: str, vocabulary: Vocabulary, links: Links) -> Term:
    return Term(
        anchor=iri.removeprefix(str(COMP)),
        name=shorten(iri),
        label=Text(vocabulary.label(iri), "en"),
        kind=kind,
        definition=vocabulary.definition(iri),
        example=vocabulary.example(iri),
        note=str(vocabulary.graph.value(URIRef(iri), SKOS.scopeNote) or ""),
        facts=tuple(_facts(iri, vocabulary, links)),
    )


def _facts(iri: str, vocabulary: Vocabulary, links: Links) -> list[Fact]:
    """Return the links of a term to others, ours first."""
    found = []
    for label, name in _LINKS:
        nodes = [
            n for o in vocabulary.graph.objects(URIRef(iri), name) for n in _members(vocabulary, o)
        ]
        if nodes:
            found.append(
                Fact(label, tuple(_value(node, vocabulary, links) for node in sorted(nodes)))
            )
    return found


def _members(vocabulary: Vocabulary, node: Node) -> list[str]:
    """Return the names in a class expression: itself, the members of a union, or nothing."""
    if isinstance(node, BNode):
        union = vocabulary.graph.value(node, OWL.unionOf)
        members: Iterable[Node] = Collection(vocabulary.graph, union) if union is not None else []
        return [str(item) for item in members if isinstance(item, URIRef)]
    return [str(node)]


def _value(iri: str, vocabulary: Vocabulary, links: Links) -> Value:
    ours = iri in vocabulary.terms
    name = Text(vocabulary.label(iri), "en") if ours else Text(_short(iri))
    return Value(name, links.to(iri))


def _short(iri: str) -> str:
    """Return a prefixed name; where we know no prefix, host and last word tell terms apart."""
    name = shorten(iri)
    return name if name != iri else iri.partition("://")[2]


def _named_shapes(graph: Graph) -> list[URIRef]:
    """Return the named rules: everything of our shapes namespace that has a message or a fix."""
    ours = PREFIXES["compsh"]
    found = {*graph.subjects(SH.message), *graph.subjects(COMP.fix)}
    return [node for node in found if isinstance(node, URIRef) and node.startswith(ours)]


def _rule(graph: Graph, node: URIRef) -> Rule:
    severity = str(graph.value(node, SH.severity) or SH.Violation)
    title = graph.value(node, RDFS.label)
    return Rule(
        anchor=node.removeprefix(PREFIXES["compsh"]),
        name=shorten(str(node)),
        title=Text(str(title) if title else shorten(str(node)), "en"),
        message=" ".join(sorted(str(item) for item in graph.objects(node, SH.message))),
        severity=severity.rpartition("#")[2].lower(),
        fix=str(graph.value(node, COMP.fix) or ""),
    )
