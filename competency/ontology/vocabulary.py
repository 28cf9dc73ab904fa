"""The vocabulary as data: labels and definitions for pages and messages, class tree for kinds."""

from __future__ import annotations

from functools import cache, cached_property

from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from competency._files import folder
from competency.ontology.terms import COMP, ONTOLOGY_IRI

_OURS = str(COMP)


class Vocabulary:
    """What ``ontology/competency.ttl`` says of its own terms.

    >>> Vocabulary().label("https://w3id.org/competency/ns#Level")
    'level'
    """

    iri = ONTOLOGY_IRI

    def __init__(self) -> None:
        """Read nothing yet; the Turtle is parsed when first asked for."""
        self._above: dict[str, tuple[str, ...]] = {}
        self._below: dict[str, frozenset[str]] = {}

    @cached_property
    def graph(self) -> Graph:
        """Return the ontology as one graph, read once."""
        return Graph().parse(folder("ontology") / "competency.ttl", format="turtle")

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Return the IRIs of all terms we define, in the order classes, individuals, properties."""
        ours = {str(term) for term in self.graph.subjects(RDFS.isDefinedBy, URIRef(self.iri))}
        return tuple(sorted(ours, key=lambda iri: (not self._capital(iri), iri)))

    def label(self, iri: str, language: str = "en") -> str:
        """Return the label of a term in a language, else in English, else its local name.

        >>> Vocabulary().label("https://w3id.org/competency/ns#Level", "fr")
        'niveau'
        """
        found = self._labels.get(iri, {})
        name = iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]
        return found.get(language) or found.get("en") or name

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for term, label in self.graph.subject_objects(RDFS.label):
            if isinstance(label, Literal):
                found.setdefault(str(term), {})[label.language or "en"] = str(label)
        return found

    def definition(self, iri: str) -> str:
        """Return the definition of a term, or an empty text when there is none."""
        return str(self.graph.value(URIRef(iri), SKOS.definition) or "")

    def example(self, iri: str) -> str:
        """Return the example of a term, or an empty text when there is none."""
        return str(self.graph.value(URIRef(iri), SKOS.example) or "")

    def superclasses(self, iri: str) -> tuple[str, ...]:
        """Return the named superclasses of a class at any depth, nearest first, without itself."""
        if iri not in self._above:
            found = self.graph.transitive_objects(URIRef(iri), RDFS.subClassOf)
            names = (str(item) for item in found if isinstance(item, URIRef) and str(item) != iri)
            self._above[iri] = tuple(dict.fromkeys(names))
        return self._above[iri]

    def subclasses(self, iri: str) -> set[str]:
        """Return a class and all classes below it.

        >>> len(Vocabulary().subclasses("https://w3id.org/competency/ns#Indicator"))
        3
        """
        if iri not in self._below:
            found = self.graph.transitive_subjects(RDFS.subClassOf, URIRef(iri))
            self._below[iri] = frozenset(str(item) for item in found)
        return set(self._below[iri])

    def is_a(self, kind: str, ancestor: Node | str) -> bool:
        """Say whether a class is another one or below it."""
        return kind == str(ancestor) or str(ancestor) in self.superclasses(kind)

    def kind_of(self, types: set[str]) -> str | None:
        """Return the most specific of our classes among the types of a resource."""
        ours = [item for item in types if item.startswith(_OURS)]
        if len(ours) < 2:
            return ours[0] if ours else None
        return max(sorted(ours), key=lambda item: len(self.superclasses(item)))

    @cached_property
    def properties(self) -> dict[str, str]:
        """Return our properties and whether each is ``object``, ``data`` or ``annotation``."""
        sorts = {
            OWL.ObjectProperty: "object",
            OWL.DatatypeProperty: "data",
            OWL.AnnotationProperty: "annotation",
        }
        ours = set(self.terms)
        return {
            str(term): name
            for sort, name in sorts.items()
            for term in self.graph.subjects(RDF.type, sort)
            if str(term) in ours
        }

    @staticmethod
    def _capital(iri: str) -> bool:
        return iri.rpartition("#")[2][:1].isupper()


@cache
def own_vocabulary() -> Vocabulary:
    """Return our vocabulary, parsed once in a process; nobody changes it."""
    return Vocabulary()
