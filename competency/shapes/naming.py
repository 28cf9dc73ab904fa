"""How people call a part: its kind, its code, its title and its place, as a result tells them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Protocol

from rdflib import RDF, RDFS, Literal
from rdflib.namespace import SKOS
from rdflib.term import Node

from competency.ontology.terms import COMP
from competency.ontology.vocabulary import Vocabulary

LONGEST_LABEL = 60
_DEEPEST = 50
_HOLDERS = (COMP.partOf, COMP.inFramework, COMP.inScale)
_OWNERS = (COMP.code, COMP.occurrence, COMP.credit)


class Facts(Protocol):
    """What a namer asks: the values of a property, and who has a value. A Graph can answer."""

    def objects(self, subject: Node, predicate: Node) -> Iterable[Node]:
        """Give the values of a property."""

    def subjects(self, predicate: Node, object: Node) -> Iterable[Node]:
        """Give all that have this value."""


class Namer:
    """Names the resources of one graph in the words of one vocabulary.

    >>> from rdflib import Graph
    >>> graph = Graph().parse(data='[] <http://www.w3.org/2000/01/rdf-schema#label> "Weld"@en .')
    >>> Namer(graph, Vocabulary()).label(next(graph.subjects()))
    'Weld'
    """

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        """Keep what is asked and the vocabulary that has the labels of kinds."""
        self._facts, self._vocabulary = facts, vocabulary
        self.vocabulary_terms = {*vocabulary.terms, vocabulary.iri}
        self._kind_of = cache(self._find_kind)

    def kind(self, node: Node) -> str | None:
        """Return the label of the most specific of our classes that a resource has, or None."""
        return self._kind_of(frozenset(map(str, self._facts.objects(node, RDF.type))))

    def code(self, node: Node) -> str | None:
        """Return the first code of a resource, else its printed number, else None."""
        codes = [node, *self._facts.objects(node, COMP.code)]
        notations = [text for code in codes for text in self._facts.objects(code, SKOS.notation)]
        return _first(notations) or _first(self._facts.objects(node, COMP.enumeration))

    def label(self, node: Node) -> str | None:
        """Return the title of a resource, else the beginning of its text, else None."""
        title = _first(self._facts.objects(node, RDFS.label))
        text = title or _first(self._facts.objects(node, COMP.text))
        return text if text is None or title else _cut(text)

    def place(self, node: Node) -> tuple[str, ...]:
        """Return the names of what a resource stands in, the framework first.

        A code, credit or occurrence stands in the part that has it, a level in its scale.
        """
        names: list[str] = []
        seen = {node}
        above = self._above(node)
        while above is not None and above not in seen and len(names) < _DEEPEST:
            seen.add(above)
            names.append(self._short(above))
            above = self._above(above)
        return tuple(reversed(names))

    def _above(self, node: Node) -> Node | None:
        for property_ in _HOLDERS:
            for found in sorted(self._facts.objects(node, property_), key=str):
                return found
        for property_ in _OWNERS:
            for found in sorted(self._facts.subjects(property_, node), key=str):
                return found
        return None

    def _short(self, node: Node) -> str:
        """Return the shortest words by which people know what stands above: title, else code."""
        named = self.label(node) or self.code(node)
        return _cut(named) if named else str(node).rstrip("/#").rpartition("/")[2]

    def _find_kind(self, types: frozenset[str]) -> str | None:
        found = self._vocabulary.kind_of(set(types) & set(self._vocabulary.terms))
        return self._vocabulary.label(found) if found else None


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1].rstrip() + "…"


def _first(values: Iterable[Node]) -> str | None:
    """Return the first text that is not blank: English before other languages, then sorted."""
    texts = [value for value in values if isinstance(value, Literal) and value.strip()]
    ordered = sorted(texts, key=lambda text: (text.language != "en", text.language or "", text))
    return " ".join(ordered[0].split()) if ordered else None
