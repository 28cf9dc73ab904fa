"""The page of the vocabulary: every term with an anchor, its place among others, and diagrams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from rdflib import OWL, RDF, RDFS, BNode, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SKOS
from rdflib.term import Node

from competency.ontology import COMP, Vocabulary, shorten
from competency.server.languages import N_
from competency.server.languages import gettext as _
from competency.server.links import Links
from competency.server.pages.values import Fact, Text, Value, term_label

_SORTS = (
    (OWL.Class, "class", N_("Classes")),
    (OWL.NamedIndividual, "individual", N_("Individuals")),
    (OWL.ObjectProperty, "object property", N_("Properties that lead to things")),
    (OWL.DatatypeProperty, "data property", N_("Properties with texts and numbers")),
    (OWL.AnnotationProperty, "annotation property", N_("Annotations")),
)
_LINKS = (
    (N_("a kind of"), RDFS.subClassOf),
    (N_("a narrower form of"), RDFS.subPropertyOf),
    (N_("inverse of"), OWL.inverseOf),
    (N_("never also"), OWL.disjointWith),
    (N_("said of"), RDFS.domain),
    (N_("leads to"), RDFS.range),
    (N_("nearest terms elsewhere"), COMP.correspondsTo),
)
# The same links from the other end.
_BACK = (
    (N_("kinds of it"), RDFS.subClassOf),
    (N_("narrower forms of it"), RDFS.subPropertyOf),
    (N_("properties said of it"), RDFS.domain),
    (N_("properties that lead to it"), RDFS.range),
)
_MANNERS = (
    (OWL.FunctionalProperty, N_("has one value at most")),
    (OWL.TransitiveProperty, N_("goes on through any number of steps")),
    (OWL.SymmetricProperty, N_("holds in both directions")),
    (OWL.AsymmetricProperty, N_("never holds in both directions")),
    (OWL.IrreflexiveProperty, N_("never leads back to where it starts")),
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
    deprecated: bool
    page: str


@dataclass(frozen=True)
class Section:
    """The terms of one sort."""

    anchor: str
    title: str
    terms: tuple[Term, ...]


def vocabulary_page(links: Links) -> list[Section]:
    """Return every term of the vocabulary, by sort."""
    vocabulary = links.site.graph.vocabulary
    named = _named(vocabulary)
    return [
        Section(kind.replace(" ", "-"), _(title), tuple(found))
        for sort, kind, title in _SORTS
        if (found := [_term(iri, kind, named, links) for iri in _of_sort(vocabulary, sort)])
    ]


def _of_sort(vocabulary: Vocabulary, sort: Node) -> list[str]:
    return [iri for iri in vocabulary.terms if (URIRef(iri), RDF.type, sort) in vocabulary.graph]


def _term(iri: str, kind: str, named: Named, links: Links) -> Term:
    vocabulary = links.site.graph.vocabulary
    return Term(
        anchor=iri.removeprefix(str(COMP)),
        name=shorten(iri),
        label=term_label(vocabulary, iri),
        kind=kind,
        definition=vocabulary.definition(iri),
        example=vocabulary.example(iri),
        note=str(vocabulary.graph.value(URIRef(iri), SKOS.scopeNote) or ""),
        facts=(
            *_facts(iri, vocabulary, links),
            *_back(iri, named, vocabulary, links),
            *_manner(iri, vocabulary),
        ),
        deprecated=(URIRef(iri), OWL.deprecated, Literal(True)) in vocabulary.graph,
        page=url_for("terms.term", name=iri.removeprefix(str(COMP))),
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
                Fact(_(label), tuple(_value(node, vocabulary, links) for node in sorted(nodes)))
            )
    return found


Named = Mapping[URIRef, Mapping[str, Sequence[str]]]


def _named(vocabulary: Vocabulary) -> Named:
    """Return the terms of ours that name another one, by link and by the one that is named."""
    found: dict[URIRef, dict[str, list[str]]] = {name: {} for _label, name in _BACK}
    for name, ends in found.items():
        for term in vocabulary.terms:
            for node in vocabulary.graph.objects(URIRef(term), name):
                for end in _members(vocabulary, node):
                    ends.setdefault(end, []).append(term)
    return found


def _back(iri: str, named: Named, vocabulary: Vocabulary, links: Links) -> list[Fact]:
    """Return the terms of ours that name this one in a link."""
    return [
        Fact(_(label), tuple(_value(term, vocabulary, links) for term in sorted(terms)))
        for label, name in _BACK
        if (terms := named[name].get(iri))
    ]


def _manner(iri: str, vocabulary: Vocabulary) -> list[Fact]:
    """Return how a property behaves, where the ontology says so."""
    types = set(vocabulary.graph.objects(URIRef(iri), RDF.type))
    values = tuple(Value(Text(_(words))) for kind, words in _MANNERS if kind in types)
    return [Fact(_("how it behaves"), values)] if values else []


def _members(vocabulary: Vocabulary, node: Node) -> list[str]:
    """Return the names in a class expression: itself, the members of a union, or nothing."""
    if isinstance(node, BNode):
        union = vocabulary.graph.value(node, OWL.unionOf)
        members: Iterable[Node] = Collection(vocabulary.graph, union) if union is not None else []
        return [str(item) for item in members if isinstance(item, URIRef)]
    return [str(node)]


def _value(iri: str, vocabulary: Vocabulary, links: Links) -> Value:
    ours = iri in vocabulary.terms
    name = term_label(vocabulary, iri) if ours else Text(_short(iri))
    return Value(name, links.to(iri))


def _short(iri: str) -> str:
    """Return a prefixed name; where we know no prefix, host and last word tell terms apart."""
    name = shorten(iri)
    return name if name != iri else iri.partition("://")[2]
