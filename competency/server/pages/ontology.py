"""Diagrams of the ontology, made from its Turtle: the kinds of parts, and what leads to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from markupsafe import Markup
from rdflib import OWL, RDF, RDFS, XSD, BNode, URIRef
from rdflib.collection import Collection
from rdflib.term import Node as Term

from competency.ontology import COMP, Vocabulary, own_vocabulary, shorten
from competency.server.languages import gettext as _
from competency.server.languages import interface
from competency.server.pages.drawing import Compartment, Node, Row, compartments, layers

_PART = str(COMP.Part)
_ANYTHING = "*"  # what a property without a domain is said of
_ONTO = str(COMP)


def kinds_diagram() -> Markup:
    """Return the classes of parts as a tree, in the language of the interface."""
    return _kinds(interface())


def spine_diagram() -> Markup:
    """Return every class with the properties said of it, and arrows to what they lead to."""
    return _spine(interface())


@cache
def _kinds(language: str) -> Markup:
    return layers(
        [_node(own_vocabulary(), _PART, language)],
        title=_("Kinds of parts"),
        description=_("A tree of classes: each box is a kind of the one to its left."),
        name="kinds",
        column=200.0,
        rows=1,
    )


@cache
def _spine(language: str) -> Markup:
    model = _Model(own_vocabulary(), language)
    return compartments(
        model.columns(),
        title=_("Classes and their properties"),
        description=_("A box for each class, a line in it for each property, arrows to classes."),
        name="spine",
    )


def _node(vocabulary: Vocabulary, iri: str, language: str) -> Node:
    below = sorted(str(item) for item in vocabulary.graph.subjects(RDFS.subClassOf, URIRef(iri)))
    return Node(
        key=iri.removeprefix(_ONTO),
        title=vocabulary.label(iri, language),
        full=vocabulary.definition(iri),
        url=_anchor(iri),
        below=tuple(_node(vocabulary, item, language) for item in below),
    )


def _anchor(iri: str) -> str | None:
    return "#" + iri.removeprefix(_ONTO) if iri.startswith(_ONTO) else None


class _Model:
    """The classes of the vocabulary, each with the properties that are said of it."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self._vocabulary, self._language = vocabulary, language
        self._parts = vocabulary.subclasses(_PART)
        self._said: dict[str, list[str]] = defaultdict(list)
        for name, sort in vocabulary.properties.items():
            if sort != "annotation":
                for domain in self._ends(name, RDFS.domain) or [_ANYTHING]:
                    self._said[domain].append(name)

    def columns(self) -> list[list[Compartment]]:
        """Return the boxes: parts, what their properties lead to, and the rest further right."""
        first = [_PART, *sorted(self._said.keys() & self._parts - {_PART}), _ANYTHING]
        second = self._next(first, {*first, *self._parts})
        known = {*first, *self._parts, *second}
        classes = [iri for iri in self._vocabulary.terms if self._is_class(iri)]
        third = [iri for iri in classes if iri not in known]
        return [[self._box(iri) for iri in column] for column in (first, second, third)]

    def _next(self, before: list[str], known: set[str]) -> list[str]:
        found = (
            end
            for iri in before
            for name in self._said[iri]
            for end in self._ends(name, RDFS.range)
            if end.startswith(_ONTO) and end not in known and self._is_class(end)
        )
        return list(dict.fromkeys(found))

    def _is_class(self, iri: str) -> bool:
        return (URIRef(iri), RDF.type, OWL.Class) in self._vocabulary.graph

    def _box(self, iri: str) -> Compartment:
        label = _("anything") if iri == _ANYTHING else self._label(iri)
        rows = [self._row(name) for name in sorted(self._said[iri], key=self._label)]
        return Compartment(iri, label, (*rows, *self._members(iri)), _anchor(iri))

    def _row(self, name: str) -> Row:
        ends = self._ends(name, RDFS.range)
        remark = _(" or ").join(self._range(end) for end in ends)
        own = [end for end in ends if end.startswith(_ONTO) and end not in self._parts]
        return Row(self._label(name), remark, next(iter(own), None), _anchor(name))

    def _range(self, iri: str) -> str:
        if iri in _DATATYPES:
            return _datatype(iri)
        return self._label(iri) if iri.startswith(_ONTO) else shorten(iri)

    def _members(self, iri: str) -> Iterator[Row]:
        """Yield the members of a closed list."""
        for expression in self._vocabulary.graph.objects(URIRef(iri), OWL.equivalentClass):
            for item in self._list(self._vocabulary.graph.value(expression, OWL.oneOf)):
                yield Row(self._label(item), url=_anchor(item), sort="d-member")

    def _ends(self, name: str, end: URIRef) -> list[str]:
        """Return the classes at one end of a property: one, or the members of a union."""
        found: list[str] = []
        for node in self._vocabulary.graph.objects(URIRef(name), end):
            union = self._vocabulary.graph.value(node, OWL.unionOf)
            found += self._list(union) if isinstance(node, BNode) else [str(node)]
        return found

    def _list(self, node: Term | None) -> list[str]:
        graph = self._vocabulary.graph
        return [] if node is None else [str(item) for item in Collection(graph, node)]

    def _label(self, iri: str) -> str:
        return self._vocabulary.label(iri, self._language)


_DATATYPES = {str(XSD[name]) for name in ("string", "integer", "decimal", "boolean")} | {
    str(RDF.langString)
}


def _datatype(iri: str) -> str:
    """Return the name of a datatype for people."""
    return {
        str(XSD.string): _("text"),
        str(XSD.integer): _("whole number"),
        str(XSD.decimal): _("number"),
        str(XSD.boolean): _("yes or no"),
        str(RDF.langString): _("text in a language"),
    }[iri]
