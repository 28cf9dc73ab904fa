"""SKOS in: a scheme that our own view made, as far as the view carries it.

The kinds of parts are our classes there, so that an unhelpful behaviour comes back as one, its
group as a group, the steps of a scale as levels, and codes with who issued them.
"""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange import words
from competency.exchange.case.kinds import is_required, is_titled
from competency.exchange.imported import File
from competency.exchange.skos import gathering
from competency.exchange.skos.kinds import kind_of
from competency.exchange.skos.placing import Placed, Scheme, is_collection
from competency.exchange.skos.saying import Saying
from competency.exchange.skos.surrounding import Surroundings
from competency.exchange.skos.wording import ends_alike, texts, whose_words, without_warning
from competency.exchange.terms import term

_TEXT, _RELATED = "comp:text", "skos:related"


class Ours(Saying):
    """Says a scheme that our view made."""

    def __init__(self, found: Placed, scheme: Scheme, file: File, language: str) -> None:
        """Find the kinds of concepts and the collections before anything is said."""
        super().__init__(found, scheme, file, language)
        self.around = Surroundings(self.st, self.builder)
        self.kinds = {concept: super(Ours, self).kind(concept) for concept in scheme.concepts}
        self.groups: dict[URIRef, str] = {}
        self.bad = {thing for thing, kind in self.kinds.items() if kind == "NegativeIndicator"}

    def origin(self) -> None:
        """Say the sources that the view names in the place of the file."""
        if self.around.has_sources(self.scheme.root):
            self.builder.forget_source()
            self.around.sources(self.scheme.root)

    def framework(self) -> None:
        """Say the scheme, and the bodies that published and made it."""
        super().framework()
        self.st.take(self.scheme.root, "dcterms:type", term("comp:Framework"))
        self.around.bodies(self.scheme.root, "dcterms:publisher", "dcterms:creator")
        self.around.laws(self.scheme.root)
        self.codes(self.scheme.root)

    # -------------------------------------------------------------- unhelpful behaviours

    def arrange(self) -> None:
        """Put siblings in order, and unhelpful behaviours where their collections say."""
        st, scheme = self.st, self.scheme
        for below in scheme.children.values():
            below[:] = [concept for concept in below if concept not in self.bad]
        super().arrange()
        places: dict[Node, list[URIRef]] = {}
        found = self._collections()
        for node in found:
            kind = kind_of(st, node) if isinstance(node, URIRef) else None
            if kind:
                self.groups[URIRef(str(node))] = kind
        for node in found:
            members = [m for m in gathering.listed(st, node) if m in self.bad or m in self.groups]
            below = [URIRef(str(member)) for member in members if member != node]
            holder = self._above(node)
            if node in self.groups:
                places.setdefault(holder, []).append(URIRef(str(node)))
                holder = URIRef(str(node))
            if below:
                places.setdefault(holder, []).extend(below)
                if node in self.groups or gathering.is_loose(st, node):
                    self._take_collection(node)
        self._put(places)

    def _collections(self) -> list[Node]:
        """Return the collections that are in the scheme or have an unhelpful behaviour in them."""
        st = self.st
        found = dict.fromkeys(st.subjects("skos:inScheme", self.scheme.root))
        for concept in self.bad:
            found |= dict.fromkeys(st.subjects("skos:member", concept))
        known = (n for n in found if n not in self.here and is_collection(st, n))
        return sorted(known, key=st.rank.__getitem__)

    def _above(self, node: Node) -> URIRef:
        """Return what a collection of unhelpful behaviours belongs to."""
        found = (v for v in self.st.values(node, "dcterms:isPartOf") if isinstance(v, URIRef))
        return next((v for v in found if v in self.here or v in self.groups), self.scheme.root)

    def _take_collection(self, node: Node) -> None:
        if node not in self.groups:
            gathering.take(self.st, node)
            return
        for start in self.st.values(node, "skos:memberList"):
            self.st.take_sequence(start)
        kinds = (term("skos:Collection"), term("skos:OrderedCollection"))
        self.st.take(node, "rdf:type", *kinds)
        for name in ("dcterms:isPartOf", "skos:member", "skos:memberList", "skos:inScheme"):
            self.st.take(node, name, *self.st.values(node, name))
        self.st.take(node, "skos:scopeNote", words.UNHELPFUL_NOTE)

    def _put(self, places: dict[Node, list[URIRef]]) -> None:
        """Put what is unhelpful in its places; each has one, the inner one, and none a circle."""
        scheme, moved = self.scheme, dict[Node, Node | None]()
        for holder, below in places.items():
            for member in below:
                if holder != scheme.root and moved.get(member) == scheme.root:
                    moved[member] = holder
                moved.setdefault(member, holder)
        for concept in scheme.concepts:
            if concept in self.bad:
                moved.setdefault(concept, scheme.parent[concept] or scheme.root)
        _cut_circles(moved, scheme)
        for thing, place in moved.items():
            scheme.children.setdefault(place or scheme.root, []).append(URIRef(str(thing)))

    # -------------------------------------------------------------- parts

    def kind(self, concept: URIRef) -> str:
        """Return the local name of our class of a concept or a group of behaviours."""
        return self.groups.get(concept) or self.kinds.get(concept, "Competency")

    def structure(self, concept: URIRef, above: Node) -> None:
        """Take the links that the place in the tree says."""
        if concept in self.kinds:
            super().structure(concept, above)

    def place(self, concept: URIRef, kind: str, above: Node, position: int) -> None:
        """Say where a part stands; where it is printed is said in words."""
        add = self.builder.add
        add(concept, "rdf:type", term(f"comp:{kind}"))
        add(concept, "comp:inFramework", self.scheme.root)
        add(concept, "comp:partOf", above)
        add(concept, "comp:position", Literal(position))
        if not self.st.values(concept, "dcterms:bibliographicCitation"):
            add(concept, "comp:section", Literal(str(concept)))
        self.around.sources(concept)
        self.around.laws(concept)
        self._links(concept, kind)

    def words(self, concept: URIRef, kind: str) -> None:
        """Say title and text, and in whose words the text is."""
        st = self.st
        labels = texts(st.values(concept, "skos:prefLabel"), self.language)
        defined = texts(st.values(concept, "skos:definition"), self.language)
        codes = {str(v) for v in st.values(concept, "skos:notation")}
        notes = st.values(concept, "skos:editorialNote")
        whose = [name for note in notes if (name := whose_words(note))]
        name = "Reworded" if "Reworded" in whose else "Verbatim"
        if not is_titled(kind) and {str(v) for v in labels.said} <= codes and not defined.said:
            st.take(concept, "skos:prefLabel", *st.values(concept, "skos:prefLabel"))
            self.builder.add(concept, "comp:isEmpty", Literal(True))
            return
        self.take(concept, "skos:prefLabel", labels)
        titles, said = labels.said, defined.said
        if kind == "NegativeIndicator":
            st.take(concept, "skos:scopeNote", words.UNHELPFUL_NOTE)
            titles = [without_warning(label) for label in titles]
            titles, said = ([], said or titles) if not said or titles == said else (titles, said)
        elif not is_titled(kind) and (not said or ends_alike(said, titles)):
            titles, said = [], titles
        if said == defined.said:
            self.take(concept, "skos:definition", defined)
        if titles or is_titled(kind):
            self.say_title(concept, titles)
        self.say_text(concept, said, name)
        if said and whose:
            st.take(concept, "skos:editorialNote", *(n for n in notes if whose_words(n) == name))

    def codes(self, thing: URIRef) -> list[Node]:
        """Say the codes with who issued them; return the notations that are none of them."""
        st, codes = self.st, self.around.codes(thing)
        notations = st.values(thing, "skos:notation")
        st.take(thing, "skos:notation", *(v for v in notations if str(v) in codes))
        return [v for v in notations if str(v) not in codes]

    def part(self, concept: URIRef, above: Node, position: int, siblings: int) -> None:
        """Say a concept as a part; of notations that are no codes the first is its number."""
        self.st.take(concept, "rdf:type", term("skos:Concept"))
        kind = self.kind(concept)
        self.place(concept, kind, above, position)
        in_tree = concept in self.kinds and concept not in self.bad
        if in_tree and siblings > 1 and above not in self.scheme.ordered:
            self.builder.add(concept, "comp:inferred", term("comp:position"))
        self.words(concept, kind)
        spare = self.codes(concept)
        if spare and isinstance(spare[0], Literal) and spare[0].datatype is None:
            number = spare.pop(0)
            self.builder.add(concept, "comp:enumeration", Literal(str(number)))
            self.st.take(concept, "skos:notation", number)
        number_ = len(self.builder.said_of(concept, term("comp:code"))) + 1
        self.coder.notations(concept, spare, number_)

    def _links(self, concept: URIRef, kind: str) -> None:
        """Say at which level a part is, and what a criterion assesses."""
        for other in self.st.values(concept, _RELATED):
            if other in self.around.levels:
                whole = is_titled(kind) and kind != "CompetencyLevel" and is_required(kind)
                name = "comp:qualificationLevel" if whole else "comp:atLevel"
                self.builder.add(concept, name, other)
            elif kind == "AssessmentCriterion" and self._is_required(other):
                self.builder.add(concept, "comp:assesses", other)
                self.builder.add(concept, "comp:inferred", term("comp:assesses"))
            else:
                continue
            self.st.take(concept, _RELATED, other)
            self.st.take(other, _RELATED, concept)

    def _is_required(self, thing: Node) -> bool:
        return isinstance(thing, URIRef) and is_required(self.kinds.get(thing, "Note"))


def _cut_circles(moved: dict[Node, Node | None], scheme: Scheme) -> None:
    """Put on top what stands under itself through collections."""
    safe: set[Node] = set()
    for start in list(moved):
        path: dict[Node, None] = {}
        here: Node | None = start
        while here is not None and here not in safe and here not in path:
            path[here] = None
            here = moved[here] if here in moved else scheme.parent.get(here)
        if here is not None and here in path:
            steps = list(path)
            first = next(node for node in steps[steps.index(here) :] if node in moved)
            moved[first] = scheme.root
        safe |= set(path)
