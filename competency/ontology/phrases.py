"""Axioms and contradictions in words, for people who know their framework and not OWL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal
from rdflib.collection import Collection
from rdflib.term import Node

from competency.ontology.axioms import Axiom, Triple
from competency.ontology.clashes import Clash, Schema
from competency.ontology.explanation import Contradiction
from competency.ontology.statements import Fault, datatype_of
from competency.ontology.terms import COMP, shorten

_DATATYPES: Mapping[Node, str] = {
    XSD.integer: "a whole number",
    XSD.nonNegativeInteger: "a whole number from 0 on",
    XSD.decimal: "a decimal number",
    XSD.boolean: "true or false",
    XSD.string: "a text without a language",
    RDF.langString: "a text with a language",
    XSD.date: "a date",
    XSD.dateTime: "a date and time",
}
_CHARACTERS: Mapping[Node, str] = {
    OWL.FunctionalProperty: "nothing has more than one value of {0}",
    OWL.InverseFunctionalProperty: "no two things have the same value of {0}",
    OWL.TransitiveProperty: "{0} goes on from one thing to the next",
    OWL.SymmetricProperty: "{0} always holds both ways",
    OWL.AsymmetricProperty: "{0} never holds both ways",
    OWL.ReflexiveProperty: "everything has {0} to itself",
    OWL.IrreflexiveProperty: "nothing has {0} to itself",
}
_BETWEEN: Mapping[Node, str] = {
    OWL.disjointWith: "nothing is both {0} and {1}",
    OWL.differentFrom: "{0} and {1} are two things",
    OWL.sameAs: "{0} and {1} are one thing",
    OWL.complementOf: "whatever is not {1} is {0}",
    RDFS.subPropertyOf: "whatever has {0} has it as {1} too",
    OWL.inverseOf: "{0} is {1} the other way round",
    OWL.equivalentProperty: "{0} and {1} say the same",
    OWL.propertyDisjointWith: "nothing has the same value of {0} and of {1}",
}
_COUNTS: Mapping[Node, str] = {
    OWL.cardinality: "exactly",
    OWL.maxCardinality: "at most",
    OWL.minCardinality: "at least",
    OWL.qualifiedCardinality: "exactly",
    OWL.maxQualifiedCardinality: "at most",
    OWL.minQualifiedCardinality: "at least",
}
_VOWELS = tuple("aeiouAEIOU")
_AS_YOU = ("uni", "use", "eu", "Uni", "Use", "Eu")
_LONGEST = 60


class Phrases:
    """Says things in words; ``name`` says how people call a thing of the data.

    Phrases(graph, namer.label).axiom(axiom)
    """

    def __init__(self, labels: Graph, name: Callable[[Node], str]) -> None:
        """Take the labels of classes and properties from a graph."""
        self._labels, self._name = labels, name

    # ------------------------------------------------------------------ terms

    def label(self, term: Node) -> str:
        """Return what a class or property is called: by its label, else its short name."""
        for found in sorted(self._labels.objects(term, RDFS.label), key=str):
            if isinstance(found, Literal) and found.language in ("en", None):
                return str(found)
        short = shorten(str(term))
        return (
            short
            if "://" not in short
            else short.rstrip("/#").rpartition("/")[2].rpartition("#")[2]
        )

    def a(self, class_: Node, body: Iterable[Triple] = ()) -> str:
        """Return a class with its article, also one that is made of others.

        >>> Phrases(Graph(), str).a(OWL.Thing)
        'an owl:Thing'
        """
        if isinstance(class_, BNode):
            return _Made(self, body).a(class_)
        if class_ in _DATATYPES:
            return _DATATYPES[class_]
        label = self.label(class_)
        an = label.startswith(_VOWELS) and not label.startswith(_AS_YOU)
        return f"{'an' if an else 'a'} {label}"

    def quoted(self, property_: Node) -> str:
        """Return a property in quotation marks."""
        return f"“{self.label(property_)}”"

    def value(self, node: Node) -> str:
        """Return a value: a text in quotation marks, a thing as people call it."""
        if not isinstance(node, Literal):
            return self.label(node) if str(node).startswith(str(COMP)) else self._name(node)
        text = " ".join(node.split())
        return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"

    # ------------------------------------------------------------------ axioms

    def axiom(self, axiom: Axiom) -> str:
        """Return an axiom as a sentence."""
        subject, predicate, value = axiom.head
        if predicate == RDFS.subClassOf:
            return self._narrower(subject, value, axiom)
        if predicate == OWL.equivalentClass:
            return f"being {self.a(subject)} is being {self.a(value, axiom.body)}"
        if predicate == RDFS.domain:
            return f"whatever has {self.quoted(subject)} is {self.a(value, axiom.body)}"
        if predicate == RDFS.range:
            return f"whatever is {self.quoted(subject)} of something is {self.a(value, axiom.body)}"
        if predicate == RDF.type and value in _CHARACTERS:
            return _CHARACTERS[value].format(self.quoted(subject))
        if predicate in (OWL.disjointWith, OWL.complementOf):
            return _BETWEEN[predicate].format(self.a(subject), self.a(value, axiom.body))
        if predicate in (OWL.differentFrom, OWL.sameAs):
            return _BETWEEN[predicate].format(self.value(subject), self.value(value))
        if predicate in _BETWEEN:
            return _BETWEEN[predicate].format(self.quoted(subject), self.quoted(value))
        return " ".join(shorten(str(term)) for term in axiom.head)

    def _narrower(self, class_: Node, value: Node, axiom: Axiom) -> str:
        every = f"every {self.label(class_)}"
        if isinstance(class_, BNode):
            every = f"whatever is {self.a(class_, axiom.body)}"
        made = _Made(self, axiom.body)
        has = made.has(value)
        return f"{every} {has}" if has else f"{every} is {self.a(value, axiom.body)}"

    # ------------------------------------------------------------------ what is wrong

    def contradiction(self, found: Contradiction) -> str:
        """Return in one sentence what cannot be."""
        if found.thing is None:
            return (
                "what is said of classes and properties cannot all be true, whatever the data say"
            )
        if found.statements:
            if found.clash is not None:
                return self.clash(found.clash, found.statements, Schema(found.axioms))
            return f"what is said about {self._name(found.thing)} cannot all be true"
        head = f"nothing can be {self.a(found.thing)}"
        if found.clash is not None and found.clash.sort == "classes":
            one, other = map(self.a, found.clash.terms)
            return f"{head}: it would be {one} and {other}, and nothing can be both"
        return head

    def clash(self, clash: Clash, statements: Iterable[Triple], schema: Schema) -> str:
        """Return in one sentence what does not go together about a thing."""
        thing, terms = self._name(clash.thing), clash.terms
        if clash.sort == "classes":
            one, other = (self._because(clash.thing, t, [*statements], schema) for t in terms)
            return f"{thing} is {one} and {other}, and nothing can be both"
        property_ = self.quoted(terms[0])
        if clash.sort == "values":
            found = f"{self.value(terms[1])} and {self.value(terms[2])}"
            return f"{thing} has two values of {property_}, {found}, and may have one"
        if clash.sort == "itself":
            return f"{thing} has {property_} to itself, which nothing can have"
        if clash.sort == "both ways":
            other = self._name(terms[1])
            return f"{thing} has {property_} to {other} and the other way round; it goes one way"
        wanted = next(iter(schema.ranges.get(terms[0], ())), RDFS.Literal)
        return (
            f"{thing} has {self.value(terms[1])} as {property_}, which has to be {self.a(wanted)}"
        )

    def _because(self, thing: Node, class_: Node, statements: list[Triple], schema: Schema) -> str:
        """Return a class of a thing, and why it is of that class where the data do not say so."""
        about = [triple for triple in statements if thing in (triple[0], triple[2])]
        for subject, predicate, value in about:
            if subject == thing and predicate == RDF.type and class_ in schema.above(value):
                return self.a(value)
        for triple in about:
            for subject, predicate, value in schema.links(triple):
                if subject == thing and self._leads(schema.domains[predicate], class_, schema):
                    return f"{self.a(class_)} (it has {self.quoted(predicate)})"
                if value == thing and self._leads(schema.ranges[predicate], class_, schema):
                    of = self._name(subject)
                    return f"{self.a(class_)} (it is {self.quoted(predicate)} of {of})"
        return self.a(class_)

    @staticmethod
    def _leads(classes: Iterable[Node], class_: Node, schema: Schema) -> bool:
        return any(class_ in schema.above(item) for item in classes)

    def fault(self, fault: Fault) -> str:
        """Return in one sentence what is wrong with a statement in itself."""
        subject, predicate, value = fault.statement
        thing, property_ = self._name(subject), self.quoted(predicate)
        if fault.sort == "link":
            return f"{property_} of {thing} is the text {self.value(value)}, and has to be a thing"
        if fault.sort == "value":
            return f"{property_} of {thing} is the thing {self.value(value)}, and has to be a value"
        wanted = self.a(fault.wanted) if fault.wanted is not None else "well-formed"
        given = ""
        if fault.sort == "datatype" and isinstance(value, Literal):
            given = f" ({shorten(str(datatype_of(value)))})"
        verb = "is not" if fault.sort == "form" else "has to be"
        if fault.sort == "form":
            return f"{property_} of {thing} is {self.value(value)}, which {verb} {wanted}"
        return f"{property_} of {thing} is {self.value(value)}{given}, and {verb} {wanted}"


class _Made:
    """A class that is made of others, in words."""

    def __init__(self, phrases: Phrases, body: Iterable[Triple]) -> None:
        self._phrases, self._body = phrases, tuple(body)

    @cached_property
    def _graph(self) -> Graph:
        graph = Graph(bind_namespaces="none")
        for triple in self._body:
            graph.add(triple)
        return graph

    def a(self, node: Node) -> str:
        if not isinstance(node, BNode):
            return self._phrases.a(node)
        for property_, between in ((OWL.unionOf, " or "), (OWL.intersectionOf, " and ")):
            for members in self._graph.objects(node, property_):
                return between.join(self.a(item) for item in Collection(self._graph, members))
        for members in self._graph.objects(node, OWL.oneOf):
            items = [self._phrases.value(item) for item in Collection(self._graph, members)]
            return f"one of {', '.join(items)}"
        for item in self._graph.objects(node, OWL.complementOf):
            return f"not {self.a(item)}"
        return f"something that {self.has(node) or 'OWL describes'}"

    def has(self, node: Node) -> str:
        """Return what a restriction asks for, or "" where a node is none."""
        said = dict(self._graph.predicate_objects(node)) if isinstance(node, BNode) else {}
        property_ = said.get(OWL.onProperty)
        if property_ is None:
            return ""
        name = self._phrases.quoted(property_)
        for count, words in _COUNTS.items():
            if count in said:
                of = said.get(OWL.onClass, said.get(OWL.onDataRange))
                kind = f" that is {self.a(of)}" if of is not None else ""
                return f"has {words} {said[count]} value of {name}{kind}"
        if OWL.someValuesFrom in said:
            return f"has a value of {name} that is {self.a(said[OWL.someValuesFrom])}"
        if OWL.allValuesFrom in said:
            return f"has only values of {name} that are each {self.a(said[OWL.allValuesFrom])}"
        if OWL.hasValue in said:
            return f"has {self._phrases.value(said[OWL.hasValue])} as {name}"
        return f"is restricted in {name}"
