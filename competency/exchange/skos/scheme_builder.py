"""SKOS in: the builder of a framework that also knows what it has said of each thing."""

from __future__ import annotations

from rdflib import URIRef
from rdflib.term import Node

from competency.exchange.building import FrameworkBuilder
from competency.exchange.imported import File
from competency.exchange.terms import term


class SchemeBuilder(FrameworkBuilder):
    """Says one framework, and can be asked what it has said."""

    def __init__(self, root: URIRef, file: File, language: str) -> None:
        """Begin a framework with the language of texts that name none."""
        super().__init__(root, file, language)
        self._about: dict[Node, dict[Node, list[Node]]] = {}

    def add(self, subject: Node, name: str, *values: Node | None) -> None:
        """Say that a thing has these values of a property."""
        super().add(subject, name, *values)
        found = self._about.setdefault(subject, {}).setdefault(term(name), [])
        found += [value for value in values if value is not None]

    def said_of(self, subject: Node, prop: Node) -> list[Node]:
        """Return what has been said of a thing with a property."""
        return self._about.get(subject, {}).get(prop, [])

    def forget_source(self) -> None:
        """Take back that the file is the source: what it was made from is named in it."""
        source = URIRef(f"{self.root}/source")
        self._rows = {row: None for row in self._rows if row[0] != source and row[2] != source}
        self._about.pop(source, None)
        self._about.get(self.root, {}).pop(term("comp:source"), None)
