"""How people call a part: its kind, its code and its title, as a result tells them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rdflib import RDF, RDFS, Graph, Literal
from rdflib.namespace import SKOS
from rdflib.term import Node

from competency.ontology.terms import COMP
from competency.ontology.vocabulary import Vocabulary

LONGEST_LABEL = 60


class Namer:
    """Names the resources of one graph in the words of one vocabulary.

    >>> graph = Graph().parse(data='[] <http://www.w3.org/2000/01/rdf-schema#label> "Weld"@en .')
    >>> Namer(graph, Vocabulary()).label(next(graph.subjects()))
    'Weld'
    """

    def __init__(self, graph: Graph, vocabulary: Vocabulary) -> None:
        """Keep the graph that is asked and the vocabulary that has the labels of kinds."""
        self._graph, self._vocabulary = graph, vocabulary
        self._kind_of = cache(self._find_kind)

    def kind(self, node: Node) -> str | None:
        """Return the label of the most specific of our classes that a resource has, or None."""
        return self._kind_of(frozenset(map(str, self._graph.objects(node, RDF.type))))

    def code(self, node: Node) -> str | None:
        """Return the first code of a resource, else its printed number, else None."""
        codes = [node, *self._graph.objects(node, COMP.code)]
        notations = [text for code in codes for text in self._graph.objects(code, SKOS.notation)]
        return _first(notations) or _first(self._graph.objects(node, COMP.enumeration))

    def label(self, node: Node) -> str | None:
        """Return the title of a resource, else the beginning of its text, else None."""
        title = _first(self._graph.objects(node, RDFS.label))
        text = title or _first(self._graph.objects(node, COMP.text))
        if text is None or title or len(text) <= LONGEST_LABEL:
            return text
        return text[: LONGEST_LABEL - 1].rstrip() + "…"

    def _find_kind(self, types: frozenset[str]) -> str | None:
        found = self._vocabulary.kind_of(set(types) & set(self._vocabulary.terms))
        return self._vocabulary.label(found) if found else None


def _first(values: Iterable[Node]) -> str | None:
    """Return the first text that is not blank: English before other languages, then sorted."""
    texts = [value for value in values if isinstance(value, Literal) and value.strip()]
    ordered = sorted(texts, key=lambda text: (text.language != "en", text.language or "", text))
    return " ".join(ordered[0].split()) if ordered else None
