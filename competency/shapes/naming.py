"""How people call a part: its kind, its code, its title and its place, as a result tells them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from typing import Protocol

from rdflib import OWL, RDF, RDFS, BNode, Literal, Namespace
from rdflib.namespace import DCTERMS, SKOS
from rdflib.term import Node

from competency.ontology.terms import COMP, PREFIXES, SHAPES_IRI
from competency.ontology.vocabulary import Vocabulary

LONGEST_LABEL = 60
_DEEPEST = 50
_CEASN = Namespace(PREFIXES["ceasn"])
_ASN = Namespace("http://purl.org/ASN/schema/core/")
# What leads from a thing to what it stands in: ours, then SKOS and CTDL-ASN, the nearest first.
HOLDERS = (
    COMP.partOf, COMP.inFramework, COMP.inScale,
    SKOS.broader, SKOS.topConceptOf, SKOS.inScheme,
    _CEASN.isChildOf, _CEASN.isTopChildOf, _CEASN.isPartOf, _CEASN.inProgressionModel,
)  # fmt: skip
OWNERS = (
    COMP.code, COMP.occurrence, COMP.credit,
    SKOS.narrower, SKOS.hasTopConcept, _CEASN.hasChild, _CEASN.hasTopChild,
    _CEASN.hasRubricCriterion, DCTERMS.isPartOf,
)  # fmt: skip
_TITLES = (RDFS.label, SKOS.prefLabel, _CEASN.competencyLabel, _CEASN.name, DCTERMS.title)
_TEXTS = (COMP.text, _CEASN.competencyText, SKOS.definition)
# What the kinds of other vocabularies are called.
_OTHERS = {
    SKOS.Concept: "concept",
    SKOS.ConceptScheme: "concept scheme",
    SKOS.OrderedCollection: "collection",
    SKOS.Collection: "collection",
    _CEASN.CompetencyFramework: "framework",
    _CEASN.Competency: "competency",
    _CEASN.RubricCriterion: "criterion",
    _CEASN.Rubric: "rubric",
    _ASN.ProgressionModel: "progression model",
    _ASN.ProgressionLevel: "progression level",
}


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
        self.nearest = cache(self._nearest)

    def kind(self, node: Node) -> str | None:
        """Return the label of the most specific of our classes that a resource has, or None.

        A view in another vocabulary says our class as ``dcterms:type``; what never was ours is
        called as SKOS or CTDL-ASN call it. What rules about everything look at is the document.
        """
        if str(node) == SHAPES_IRI:
            return "document"
        types = frozenset(map(str, self._facts.objects(node, RDF.type)))
        return self._kind_of(types) or self._kind_elsewhere(node, types)

    def code(self, node: Node) -> str | None:
        """Return the first code of a resource, else its printed number, else None."""
        codes = [node, *self._facts.objects(node, COMP.code)]
        notations = [text for code in codes for text in self._facts.objects(code, SKOS.notation)]
        return _first(notations) or self._said(node, (_CEASN.codedNotation, COMP.enumeration))

    def label(self, node: Node) -> str | None:
        """Return the title of a resource, else the beginning of its text, else None."""
        title = self._said(node, _TITLES)
        text = title or self._said(node, _TEXTS)
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
            names += self._short(above)
            above = self._above(above)
        return tuple(reversed(names))

    def _nearest(self, iri: str, is_class: bool) -> str | None:
        """Return the term of ours that a misspelt one most likely was meant to be, or None."""
        name = iri.removeprefix(COMP)
        classes = {str(item) for item in self._vocabulary.graph.subjects(RDF.type, OWL.Class)}
        ours = [term for term in self._vocabulary.terms if term.startswith(COMP)]
        alike = {
            term.removeprefix(COMP).casefold(): term
            for term in ours
            if (term in classes) is is_class
        }
        found = get_close_matches(name.casefold(), alike, n=1, cutoff=0.7)
        return alike[found[0]] if found else None

    def _above(self, node: Node) -> Node | None:
        for property_ in HOLDERS:
            for found in sorted(self._facts.objects(node, property_), key=str):
                return found
        for property_ in OWNERS:
            for found in sorted(self._facts.subjects(property_, node), key=str):
                return found
        return None

    def _short(self, node: Node) -> tuple[str, ...]:
        """Return the shortest words by which people know what stands above: title, else code.

        There are none for a blank node without either.
        """
        named = self.label(node) or self.code(node)
        if named is None and isinstance(node, BNode):
            return ()
        return (_cut(named) if named else str(node).rstrip("/#").rpartition("/")[2],)

    def _said(self, node: Node, properties: Iterable[Node]) -> str | None:
        """Return the first text of the first of these properties that has one."""
        return next((t for p in properties if (t := _first(self._facts.objects(node, p)))), None)

    def _kind_elsewhere(self, node: Node, types: frozenset[str]) -> str | None:
        if not types:
            return None
        ours = frozenset(map(str, self._facts.objects(node, DCTERMS.type)))
        named = (name for kind, name in _OTHERS.items() if str(kind) in types)
        return self._kind_of(ours) or next(named, None)

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
