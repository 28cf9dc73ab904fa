"""SKOS in: what our view says beside the concepts: scales, codes, sources, laws and bodies."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.skos import gathering
from competency.exchange.skos.placing import Scheme, is_collection
from competency.exchange.skos.scheme_builder import SchemeBuilder
from competency.exchange.skos.statements import Statements
from competency.exchange.skos.wording import texts
from competency.exchange.terms import term

_TITLE = term("dcterms:title")


class Surroundings:
    """Says what belongs to the parts and is no part."""

    def __init__(self, statements: Statements, builder: SchemeBuilder) -> None:
        """Prepare to say it in the framework of ``builder``."""
        self.st, self.builder = statements, builder
        self.levels: set[Node] = set()

    def scale(self, scheme: Scheme) -> None:
        """Say a flat scheme without any of our classes as a scale, its concepts as levels."""
        st, add, root = self.st, self.builder.add, scheme.root
        add(root, "rdf:type", term("comp:LevelScale"))
        st.take(root, "rdf:type", term("skos:ConceptScheme"))
        self._label(root)
        order = self._order(scheme)
        ranked = False
        for level in order:
            add(level, "rdf:type", term("comp:Level"))
            add(level, "comp:inScale", root)
            st.take(level, "rdf:type", term("skos:Concept"))
            st.take(level, "skos:inScheme", root)
            st.take(level, "skos:topConceptOf", root)
            st.take(root, "skos:hasTopConcept", level)
            self._label(level)
            self._define(level)
            ranked |= self._rank(level)
        if not ranked:
            for lower, higher in pairwise(order):
                add(higher, "comp:higherThan", lower)
        self.levels |= set(order)

    def codes(self, thing: URIRef) -> set[str]:
        """Say the codes of a thing with the bodies that issued them; return how they are written.

        Only nodes that have one notation are codes.
        """
        st, add, found = self.st, self.builder.add, set[str]()
        for node in st.values(thing, "adms:identifier"):
            notations = st.values(node, "skos:notation")
            if isinstance(node, Literal) or len(notations) != 1:
                continue
            add(thing, "comp:code", node)
            add(node, "rdf:type", term("comp:Code"))
            add(node, "skos:notation", Literal(str(notations[0])))
            bodies = [v for v in st.values(node, "dcterms:creator") if not isinstance(v, Literal)]
            self.bodies(node, "dcterms:creator")
            add(node, "comp:issuedBy", *bodies[:1])
            st.take(node, "dcterms:creator", *bodies[:1])
            if bodies:
                st.take(node, "adms:schemaAgency", *st.values(node, "adms:schemaAgency"))
            else:
                add(node, "comp:notStated", term("comp:issuedBy"))
            st.take(thing, "adms:identifier", node)
            st.take(node, "rdf:type", term("adms:Identifier"))
            st.take(node, "skos:notation", *notations)
            found.add(str(notations[0]))
        return found

    def bodies(self, thing: Node, *names: str) -> None:
        """Say that those who published, made or issued something are organisations."""
        for name in names:
            for body in self.st.values(thing, name):
                self._titled(body, "org:Organization")

    def laws(self, thing: URIRef) -> None:
        """Say that a part names a law, where what it refers to is described."""
        for law in self.st.values(thing, "dcterms:references"):
            if self._titled(law, "comp:LegalReference"):
                self.builder.add(thing, "comp:legalReference", law)
                self.st.take(thing, "dcterms:references", law)

    def has_sources(self, thing: URIRef) -> bool:
        """Say whether a source of a thing is described."""
        return any(self.st.values(v, "dcterms:title") for v in
                   self.st.values(thing, "dcterms:source"))  # fmt: skip

    def sources(self, thing: URIRef) -> list[Node]:
        """Say and return the sources of a thing that are described."""
        found = []
        for source in self.st.values(thing, "dcterms:source"):
            if self._titled(source, "comp:Source"):
                self.builder.add(thing, "comp:source", source)
                self.st.take(thing, "dcterms:source", source)
                found.append(source)
        return found

    def _titled(self, node: Node, kind: str) -> bool:
        """Say what a node with a title is; False for one that has none."""
        if isinstance(node, Literal) or not self.st.values(node, "dcterms:title"):
            return False
        self.builder.add(node, "rdf:type", term(kind))
        titles = [v for v in self.st.values(node, "dcterms:title") if isinstance(v, Literal)]
        self.builder.add(node, "rdfs:label", *titles)
        self.st.take(node, "dcterms:title", *titles)
        return bool(titles)

    def _label(self, thing: URIRef) -> None:
        found = texts(self.st.values(thing, "skos:prefLabel"), self.builder.language)
        self.builder.add(thing, "rdfs:label", *found.said)
        self.st.take(thing, "skos:prefLabel", *found.exact)

    def _define(self, level: URIRef) -> None:
        values = self.st.values(level, "skos:definition")
        self.builder.add(level, "dcterms:description", *values)
        self.st.take(level, "skos:definition", *values)

    def _rank(self, level: URIRef) -> bool:
        for value in self.st.values(level, "skos:notation"):
            if str(value).isascii() and str(value).isdigit() and len(str(value)) < 10:
                self.builder.add(level, "comp:rank", Literal(int(str(value))))
                self.st.take(level, "skos:notation", value)
                return True
        self.builder.add(level, "comp:notStated", term("comp:rank"))
        return False

    def _order(self, scheme: Scheme) -> list[URIRef]:
        """Return the levels in the order of a collection, which is taken, or of the file."""
        for node in self.st.subjects("dcterms:isPartOf", scheme.root):
            members = gathering.listed(self.st, node)
            known = isinstance(node, BNode) and is_collection(self.st, node)
            if known and set(members) == set(scheme.concepts):
                gathering.take(self.st, node)
                return [URIRef(str(member)) for member in members]
        return list(scheme.concepts)


def is_scale(scheme: Scheme, kinds: Iterable[bool]) -> bool:
    """Say whether a scheme is a scale: flat, and none of its concepts of a class of ours."""
    flat = not any(scheme.parent.values())
    return bool(scheme.concepts) and flat and not any(kinds)
