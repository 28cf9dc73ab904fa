"""SKOS in: one scheme said in our vocabulary; what it has no term for stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.case.kinds import is_titled
from competency.exchange.imported import File
from competency.exchange.skos.coding import Coder
from competency.exchange.skos.gathering import take_order
from competency.exchange.skos.kinds import kind_of
from competency.exchange.skos.leaving import Leaver
from competency.exchange.skos.placing import Placed, Scheme, broader
from competency.exchange.skos.scheme_builder import SchemeBuilder
from competency.exchange.skos.wording import Texts, languages, texts
from competency.exchange.terms import term
from competency.ontology import PREFIXES

SKOS = PREFIXES["skos"].rstrip("#")
LABEL, TITLE, PREF = term("rdfs:label"), term("dcterms:title"), term("skos:prefLabel")
_TITLES = ("dcterms:title", "skos:prefLabel", "rdfs:label")


class Saying:
    """Says one concept scheme that others made; :class:`Ours` knows what our own view says."""

    def __init__(self, found: Placed, scheme: Scheme, file: File, language: str) -> None:
        """Prepare to say a scheme; texts without a language are in ``language``."""
        self.found, self.st, self.scheme = found, found.statements, scheme
        self.builder = SchemeBuilder(scheme.root, file, language)
        self.language = language
        self.coder = Coder(self.st, self.builder)
        self.leaver = Leaver(self.st, self.builder, found.remarks)
        self.here = set(scheme.concepts)
        self.scales: list[URIRef] = []  # scales and levels that belong to this framework

    @property
    def everything(self) -> list[URIRef]:
        """Return the scheme, its concepts, and the scales with their levels."""
        return [self.scheme.root, *self.scheme.concepts, *self.scales]

    def arrange(self) -> None:
        """Put siblings in the order that a collection says."""
        take_order(self.st, self.scheme)

    def say(self) -> None:
        """Say the framework and its parts, in the order of the tree."""
        self.framework()
        for above, below in self.scheme.children.items():
            for position, concept in enumerate(below, 1):
                self.structure(concept, above)
                self.part(concept, above, position, len(below))
        for thing in self.everything:
            self.leaver.rest(thing)

    # -------------------------------------------------------------- the framework

    def framework(self) -> None:
        """Say the scheme itself."""
        root, st, add = self.scheme.root, self.st, self.builder.add
        if not st.is_a(root, "skos:ConceptScheme"):
            what = "the scheme is not described as one; it is read as one"
            self.found.odd(root, what) if not self.scheme.made else None
        st.take(root, "rdf:type", term("skos:ConceptScheme"))
        titles = self.title()
        self.builder.framework(titles[0] if titles else None)
        add(root, "rdfs:label", *titles[1:])
        if not titles:
            self.found.odd(root, "the scheme has no title; the name of the file stands for it")
        self.origin()
        if not st.values(root, "dcterms:language"):
            tags = languages(st, self.scheme.concepts) or [self.language]
            add(root, "dcterms:language", *(Literal(tag) for tag in tags))
            add(root, "comp:notStated", term("dcterms:language"))
            add(root, "comp:inferred", term("dcterms:language"))

    def origin(self) -> None:
        """Say that the file is in SKOS: what comes from it goes out as it came."""
        source = URIRef(f"{self.scheme.root}/source")
        self.builder.add(source, "dcterms:conformsTo", URIRef(SKOS))

    def title(self) -> list[Literal]:
        """Return the title from the first property that has one, and remember from which."""
        root, st = self.scheme.root, self.st
        by_name = {name: texts(st.values(root, name), self.language) for name in _TITLES}
        name = next((name for name in _TITLES if by_name[name].said), None)
        if name is None:
            return []
        self.take(root, name, by_name[name])
        same = by_name["skos:prefLabel"]
        if name == "dcterms:title" and same.said == by_name[name].said:
            self.take(root, "skos:prefLabel", same)
        for other in ("dcterms:title", "skos:prefLabel"):
            if not st.values(root, other):
                self.builder.add(root, "comp:notStated", term(other))
        return by_name[name].said

    def take(self, subject: Node, name: str, found: Texts) -> None:
        """Take the texts that are said; a second one in a language is no label of SKOS."""
        self.st.take(subject, name, *found.exact)
        if name == "skos:prefLabel" and found.second:
            self.st.take(subject, name, *found.second)
            self.builder.add(subject, "skos:altLabel", *found.second)
            tags = ", ".join(sorted({text.language or "" for text in found.second}))
            what = f"it has two preferred labels in one language ({tags}); the second is kept"
            self.found.odd(subject, f"{what} as an alternative label")

    # -------------------------------------------------------------- parts

    def part(self, concept: URIRef, above: Node, position: int, siblings: int) -> None:
        """Say a concept as a part."""
        kind = self.kind(concept)
        self.st.take(concept, "rdf:type", term("skos:Concept"))
        self.place(concept, kind, above, position)
        if siblings > 1 and above not in self.scheme.ordered:
            self.builder.add(concept, "comp:inferred", term("comp:position"))
        self.words(concept, kind)
        self.coder.notations(concept, self.st.values(concept, "skos:notation"))

    def kind(self, concept: URIRef) -> str:
        """Return the local name of our class of a concept."""
        return kind_of(self.st, concept) or "Competency"

    def place(self, concept: URIRef, kind: str, above: Node, position: int) -> None:
        """Say where a part stands, in the framework and in the file."""
        above_ = URIRef(str(above))
        self.builder.part(concept, f"comp:{kind}", above_, position, section=str(concept))

    def words(self, concept: URIRef, kind: str) -> None:
        """Say title and text; what is no competency is its text where it has one text only."""
        labels = texts(self.st.values(concept, "skos:prefLabel"), self.language)
        defined = texts(self.st.values(concept, "skos:definition"), self.language)
        self.take(concept, "skos:prefLabel", labels)
        self.take(concept, "skos:definition", defined)
        if is_titled(kind) or defined.said:
            self.say_title(concept, labels.said)
            self.say_text(concept, defined.said)
        else:
            self.say_text(concept, labels.said)

    def say_title(self, concept: URIRef, labels: Iterable[Literal]) -> None:
        """Say the title; where there is none, the code or the end of the IRI stands for it."""
        found = list(labels)
        if not found:
            codes = [str(v) for v in self.st.values(concept, "skos:notation") if str(v).strip()]
            end = str(concept).rstrip("/#").rpartition("/")[2].rpartition("#")[2]
            found = [Literal((codes or [end or str(concept)])[0], lang=self.language)]
            self.builder.add(concept, "comp:inferred", LABEL)
            self.found.odd(concept, "it has no preferred label; its code or IRI stands for it")
        self.builder.add(concept, "rdfs:label", *found)

    def say_text(self, concept: URIRef, found: Iterable[Literal], whose: str = "Verbatim") -> None:
        """Say the text, and in whose words it is."""
        for text in found:
            self.builder.add(concept, "comp:text", text)
            self.builder.add(concept, "comp:wording", term(f"comp:{whose}"))

    # -------------------------------------------------------------- structure

    def structure(self, concept: URIRef, above: Node) -> None:
        """Take the links that the place in the tree says; what says more stays."""
        st, root, add = self.st, self.scheme.root, self.builder.add
        st.take(concept, "skos:inScheme", root)
        more = [node for node in broader(st, concept) if node != above]
        for node in more:
            if node in self.here:
                st.take(node, "skos:narrower", concept)
                add(concept, "skos:broader", node)
                st.take(concept, "skos:broader", node)
        if above != root:
            st.take(concept, "skos:broader", above)
            st.take(above, "skos:narrower", concept)
        is_top = root in st.values(concept, "skos:topConceptOf") or bool(
            root in st.subjects("skos:hasTopConcept", concept)
        )
        st.take(concept, "skos:topConceptOf", root)
        st.take(root, "skos:hasTopConcept", concept)
        if is_top and (above != root or more):
            add(concept, "skos:topConceptOf", root)
            what = "it is a top concept and has a broader one; both stay"
            self.found.odd(concept, what)
