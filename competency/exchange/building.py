"""Saying a framework in our vocabulary while a file of another format is read."""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.imported import File
from competency.exchange.terms import Row, term
from competency.graph import NamedGraph


class FrameworkBuilder:
    """Says one framework in our vocabulary, so that it conforms to our shapes if the file lets it.

    The same calls give the same triples in the same order. Names of properties and classes are
    prefixed names, such as ``comp:partOf``; a value that is None says nothing.

        builder = FrameworkBuilder(URIRef("urn:f"), file, "en")
        builder.framework(Literal("Welding", lang="en"))
        builder.part(URIRef("urn:f/1"), "comp:Competency", None, 1, section="/CFItems/0")
    """

    _SILENT = (
        "dcterms:publisher", "dcterms:issued", "dcterms:license", "dcterms:description",
        "comp:extent",
    )  # fmt: skip

    def __init__(self, root: URIRef, file: File, language: str) -> None:
        """Begin a framework with the language of texts that name none."""
        self.root, self.file, self.language = root, file, language
        self._rows: dict[Row, None] = {}
        self._said: set[Node] = set()

    def add(self, subject: Node, name: str, *values: Node | None) -> None:
        """Say that a thing has these values of a property."""
        for value in values:
            if value is not None:
                self._rows[(subject, term(name), value)] = None
                self._said.add(term(name)) if subject == self.root else None

    def words(self, text: str | None, language: str | None = None) -> Literal | None:
        """Return a text with its language; None for None and for a blank text."""
        if text is None or not text.strip():
            return None
        return Literal(text, lang=(language or self.language).lower())

    def framework(self, title: Literal | None) -> None:
        """Say the framework, its title and its source; :meth:`graph` adds what is not stated."""
        root = self.root
        self.add(root, "rdf:type", term("comp:Framework"))
        if title is None:
            title = Literal(self.file.name, lang=self.language)
            self.add(root, "comp:inferred", term("rdfs:label"))
        self.add(root, "rdfs:label", title)
        source = URIRef(f"{root}/source")
        self.add(root, "comp:source", source)
        self.add(source, "rdf:type", term("comp:Source"))
        self.add(source, "rdfs:label", Literal(self.file.name))
        self.add(source, "dcterms:format", Literal(self.file.media_type))
        self.add(source, "comp:sha256", Literal(self.file.sha256))

    def part(
        self, part: URIRef, kind: str, parent: URIRef | None, position: int, *, section: str
    ) -> None:
        """Say a part: its kind, its place in the tree, and where in the file it stands."""
        self.add(part, "rdf:type", term(kind))
        self.add(part, "comp:inFramework", self.root)
        self.add(part, "comp:partOf", parent or self.root)
        self.add(part, "comp:position", Literal(position))
        self.add(part, "comp:section", Literal(section))

    def says(
        self, part: URIRef, *, label: Literal | None = None, text: Literal | None = None
    ) -> None:
        """Say the title and the text of a part; a text is in the words of the file."""
        self.add(part, "rdfs:label", label)
        self.add(part, "comp:text", text)
        if text is not None:
            self.add(part, "comp:wording", term("comp:Verbatim"))

    def code(
        self, part: URIRef, notation: str, number: int = 1, issuer: URIRef | None = None
    ) -> None:
        """Say a code of a part; who issued it, or that the file does not say."""
        code = URIRef(f"{part}/code/{number}")
        self.add(part, "comp:code", code)
        self.add(code, "rdf:type", term("comp:Code"))
        self.add(code, "skos:notation", Literal(notation))
        if issuer is None:
            self.add(code, "comp:notStated", term("comp:issuedBy"))
        self.add(code, "comp:issuedBy", issuer)

    def organisation(self, name: str, step: str) -> URIRef:
        """Say an organisation by its name and return its IRI, ``<framework>/org/<step>``."""
        body = URIRef(f"{self.root}/org/{step}")
        self.add(body, "rdf:type", term("org:Organization"))
        self.add(body, "rdfs:label", self.words(name))
        return body

    def graph(self) -> NamedGraph:
        """Return the framework as a named graph, with what the file did not state."""
        for name in self._SILENT:
            if term(name) not in self._said:
                self.add(self.root, "comp:notStated", term(name))
        if term("dcterms:language") not in self._said:
            self.add(self.root, "dcterms:language", Literal(self.language))
        return self.bare()

    def bare(self) -> NamedGraph:
        """Return what was said as a named graph, and nothing besides."""
        return NamedGraph.of(str(self.root), self._rows)
