"""SKOS in: notations are codes; the datatype of a notation says whose code it is."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.building import FrameworkBuilder
from competency.exchange.skos.statements import Statements
from competency.exchange.terms import term
from competency.ontology import PREFIXES

_PLAIN = (PREFIXES["xsd"], PREFIXES["rdf"])


class Coder:
    """Says codes of concepts."""

    def __init__(self, statements: Statements, builder: FrameworkBuilder) -> None:
        """Prepare to say codes."""
        self.st, self.builder = statements, builder
        self._bodies: set[URIRef] = set()

    def notations(self, concept: URIRef, values: Iterable[Node], number: int = 1) -> None:
        """Say notations as codes; numbers and texts with a language stay as they are as well."""
        for value in values:
            if not isinstance(value, Literal) or not str(value).strip():
                continue
            body = None
            if value.datatype is not None and not str(value.datatype).startswith(_PLAIN):
                body = self.body(value.datatype)
            self.builder.code(concept, str(value), number, body)
            number += 1
            if body is not None or (value.datatype is None and not value.language):
                self.st.take(concept, "skos:notation", value)

    def body(self, datatype: URIRef) -> URIRef:
        """Say the datatype of a notation as the body that issued the code, and return it."""
        if datatype in self._bodies:
            return datatype
        self._bodies.add(datatype)
        add = self.builder.add
        if not self.st.is_a(datatype, "rdfs:Datatype"):
            add(datatype, "comp:notStated", term("rdf:type"))
        add(datatype, "rdf:type", term("org:Organization"), term("rdfs:Datatype"))
        if not self.st.values(datatype, "rdfs:label"):
            end = str(datatype).rstrip("/#").rpartition("/")[2].rpartition("#")[2]
            add(datatype, "rdfs:label", self.builder.words(end or str(datatype)))
            add(datatype, "comp:inferred", term("rdfs:label"))
        return datatype
