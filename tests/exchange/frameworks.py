"""Random frameworks in our vocabulary that conform to our shapes: what formats are taken round.

    @given(frameworks())
    def test_nothing_is_lost(graph: NamedGraph) -> None:
        assert_same(graph, back(there(graph)))

Every kind of part, codes, levels, credit, occurrences, sources, laws, links, alignments, several
languages, blank nodes, terms of others and odd texts come up. :class:`Features` leaves out what a
format cannot be asked to carry, so that shrinking stays fast:

    frameworks(Features(blank_nodes=False, foreign=False))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hypothesis import strategies as st
from rdflib import RDF, RDFS, XSD, BNode, Literal, URIRef
from rdflib.compare import graph_diff, isomorphic
from rdflib.term import Node

from competency import KnowledgeGraph
from competency.exchange.terms import term
from competency.graph import NamedGraph

BASE = "https://example.org/made"
LANGUAGES = ("en", "fr", "de-ch", "zh-hant", "ar")
TITLED = ("Group", "FunctionalArea", "Value", "Competency", "UnitOfCompetency",
          "ElementOfCompetency", "CompetencyLevel")  # fmt: skip
STATED = ("PositiveIndicator", "NegativeIndicator", "PerformanceCriterion", "KnowledgeStatement",
          "AssessmentCriterion", "Descriptor", "Scope", "Note")  # fmt: skip
COMPETENCIES = TITLED[3:6]
REQUIRED = ("PerformanceCriterion", "KnowledgeStatement", "PositiveIndicator", *COMPETENCIES)
MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_STEPS = ("1", "a", "ü", "02", "x-y", "c%20d", "能力", "ku.13")

Row = tuple[Node, Node, Node]


@dataclass(frozen=True)
class Features:
    """What may come up in a framework; everything unless it is switched off."""

    parts: int = 9  # at most
    languages: bool = True  # more than one, and parts in another than the framework's
    odd_texts: bool = True  # any Unicode that XML can hold; else plain English words
    codes: bool = True
    levels: bool = True  # scales, competencies at a level, qualification levels
    credit: bool = True
    occurrences: bool = True
    sources: bool = True  # locators, repairs, omissions, laws
    sayings: bool = True  # not stated, inferred, added, doubts, whose words
    links: bool = True  # lead-ins, assessment, contrasts
    matches: bool = True  # with parts of other frameworks, described or not
    blank_nodes: bool = True
    foreign: bool = True  # properties and classes of others, odd datatypes


EVERYTHING = Features()


@dataclass
class _Draft:
    """A framework in the making."""

    draw: st.DrawFn
    features: Features
    root: URIRef
    tag: str = "en"
    rows: dict[Row, None] = field(default_factory=dict)
    parts: list[tuple[URIRef, str]] = field(default_factory=list)
    levels: list[Node] = field(default_factory=list)
    children: dict[Node, int] = field(default_factory=dict)
    blanks: int = 0

    def say(self, subject: Node, name: str, *values: Node | str | int | bool) -> None:
        """Say something; a string is the prefixed name of a term, a number is a number."""
        for value in values:
            if isinstance(value, Literal | URIRef | BNode):
                found: Node = value
            elif isinstance(value, str):
                found = term(value)
            else:
                found = Literal(value)
            self.rows[(subject, term(name), found)] = None

    def maybe(self, wanted: bool = True) -> bool:
        """Say yes or no; always no where the feature is switched off."""
        return wanted and self.draw(st.booleans())

    def node(self, iri: str) -> Node:
        """Return an IRI, or now and then a blank node."""
        if self.maybe(self.features.blank_nodes):
            self.blanks += 1
            return BNode(f"n{self.blanks}")
        return URIRef(iri)

    def words(self) -> str:
        """Return a text that is not blank."""
        return self.draw(texts(self.features.odd_texts))

    def tagged(self) -> list[Literal]:
        """Return a text, or one in each of several languages."""
        tags = [self.tag]
        if self.features.languages:
            tags = self.draw(
                st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)
            )
            tags = tags if self.maybe() else [self.tag]
        return [Literal(self.words(), lang=tag) for tag in tags]

    def one(self) -> Literal:
        """Return a text in the language of the framework."""
        return Literal(self.words(), lang=self.tag)

    def place(self, subject: Node) -> None:
        """Say where a thing is printed."""
        name = self.draw(st.sampled_from(("lines", "page", "section")))
        number = self.draw(st.integers(1, 90))
        self.say(subject, f"comp:{name}", Literal(str(number)))

    def organisation(self) -> URIRef:
        """Return a body, described."""
        body = URIRef(f"{self.root}/org/{self.draw(st.integers(1, 2))}")
        self.say(body, "rdf:type", "org:Organization")
        if not any(row[0] == body and row[1] == RDFS.label for row in self.rows):
            self.say(body, "rdfs:label", self.one())
        return body


def texts(odd: bool = True) -> st.SearchStrategy[str]:
    """Return texts that are not blank: any Unicode that XML can hold, or plain English words."""
    plain = st.lists(
        st.sampled_from(("plan", "weld", "check", "bake", "A", "it's")), min_size=1, max_size=4
    )
    if not odd:
        return plain.map(" ".join)
    signs = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t")
    loose = st.text(signs, max_size=12)
    wild = st.builds("{}{}{}".format, loose, st.sampled_from("aé字ع😀0"), loose)
    return (
        plain.map(" ".join)
        | wild
        | st.sampled_from(("=1+1", "a|b;c", '"quoted", twice', "- <b>x</b>", "comp:Note", "a\n\nb"))
    )


@st.composite
def frameworks(draw: st.DrawFn, features: Features = EVERYTHING) -> NamedGraph:
    """Return a framework that conforms to our shapes."""
    draft = _Draft(draw, features, URIRef(f"{BASE}/{draw(st.sampled_from(('f', 'ü', 'f-2')))}"))
    if features.languages:
        draft.tag = draw(st.sampled_from(LANGUAGES))
    _framework(draft)
    if draft.maybe(features.levels):
        _scale(draft)
    for number in range(draw(st.integers(1, features.parts))):
        _part(draft, number)
    _links(draft)
    return NamedGraph.of(str(draft.root), draw(st.permutations(list(draft.rows))))


def _framework(draft: _Draft) -> None:
    root, say = draft.root, draft.say
    say(root, "rdf:type", "comp:Framework")
    say(root, "rdfs:label", *draft.tagged())
    say(root, "dcterms:language", Literal(draft.tag))
    source = draft.node(f"{root}/source")
    say(root, "comp:source", source)
    say(source, "rdf:type", "comp:Source")
    say(source, "rdfs:label", draft.one())
    if draft.maybe():
        say(root, "comp:extent", draft.draw(st.sampled_from(("comp:Whole", "comp:Excerpt"))))
    else:
        say(root, "comp:notStated", "comp:extent")
    if draft.maybe():
        say(root, "dcterms:publisher", draft.organisation())
    if draft.maybe():
        say(root, "dcterms:creator", draft.organisation())
    if draft.maybe():
        say(root, "dcterms:description", *draft.tagged())
    for name in ("issued", "modified", "created"):
        if draft.maybe():
            say(root, f"dcterms:{name}", draft.draw(dates()))
    _framework_facts(draft)
    if draft.maybe(draft.features.sources):
        _source(draft, source)


def _framework_facts(draft: _Draft) -> None:
    root, say = draft.root, draft.say
    if draft.maybe():
        licence = URIRef(
            draft.draw(st.sampled_from(("https://example.org/licence", f"{root}/licence")))
        )
        say(root, "dcterms:license", licence)
        if draft.maybe():
            say(licence, "rdfs:label", draft.one())
    if draft.maybe():
        say(root, "dcterms:rights", *draft.tagged())
    if draft.maybe():
        say(root, "owl:versionInfo", Literal(draft.words()))
    for name in ("documentType", "sector", "audience"):
        if draft.maybe(draft.features.sayings):
            say(root, f"comp:{name}", draft.one())
    if draft.maybe(draft.features.sayings):
        say(root, "comp:notStated", "dcterms:spatial")
    if draft.maybe(draft.features.codes):
        _code(draft, root)


def _source(draft: _Draft, source: Node) -> None:
    say = draft.say
    say(source, "comp:lineCount", draft.draw(st.integers(90, 200)))
    say(source, "comp:sha256", Literal("ab" * 32))
    if draft.maybe():
        omission = draft.node(f"{draft.root}/source/omission/1")
        say(source, "comp:omission", omission)
        say(omission, "rdf:type", "comp:Omission")
        say(omission, "comp:reason", draft.one())
        draft.place(omission)


def _scale(draft: _Draft) -> None:
    scale = URIRef(f"{draft.root}/scale")
    draft.say(scale, "rdf:type", "comp:LevelScale")
    draft.say(scale, "rdfs:label", *draft.tagged())
    if draft.maybe():
        draft.say(scale, "comp:cumulative", draft.draw(st.booleans()))
    count = draft.draw(st.integers(2, 4))
    ranked = draft.maybe()
    for number in range(1, count + 1):
        level = URIRef(f"{scale}/{number}")
        draft.say(level, "rdf:type", "comp:Level")
        draft.say(level, "comp:inScale", scale)
        draft.say(level, "rdfs:label", *draft.tagged())
        if ranked:
            draft.say(level, "comp:rank", number * 2)
        else:
            draft.say(level, "comp:notStated", "comp:rank")
            if draft.levels:
                draft.say(level, "comp:higherThan", draft.levels[-1])
        if draft.maybe():
            draft.say(level, "dcterms:description", draft.one())
        draft.levels.append(level)


def _part(draft: _Draft, number: int) -> None:
    draw, say = draft.draw, draft.say
    holders = [
        draft.root,
        *(part for part, kind in draft.parts if kind in TITLED or draw(st.booleans())),
    ]
    parent = draw(st.sampled_from(holders))
    kinds = [kind for kind in (*TITLED, *STATED) if kind != "CompetencyLevel" or draft.levels]
    kind = draw(st.sampled_from(kinds))
    if kind == "AssessmentCriterion" and not any(k in REQUIRED for _, k in draft.parts):
        kind = "PerformanceCriterion"
    step = draw(st.sampled_from(_STEPS))
    part = URIRef(f"{parent}{'/' if '#' in parent or draw(st.booleans()) else '#'}{step}-{number}")
    draft.children[parent] = position = draft.children.get(parent, 0) + 1
    draft.parts.append((part, kind))
    say(part, "rdf:type", f"comp:{kind}")
    say(part, "comp:inFramework", draft.root)
    say(part, "comp:partOf", parent)
    say(part, "comp:position", position)
    _texts_of(draft, part, kind)
    _around(draft, part, kind)
    _sayings(draft, part)
    if draft.maybe(draft.features.foreign):
        _foreign(draft, part)


def _texts_of(draft: _Draft, part: URIRef, kind: str) -> None:
    say = draft.say
    titled = kind in TITLED
    if titled or draft.maybe():
        say(part, "rdfs:label", *draft.tagged())
    if not titled and draft.maybe(draft.features.sayings) and draft.maybe():
        say(part, "comp:isEmpty", True)
    elif not titled or draft.maybe():
        say(part, "comp:text", *draft.tagged())
        say(part, "comp:wording", draft.draw(st.sampled_from(("comp:Verbatim", "comp:Reworded"))))
    if draft.maybe():
        number = draft.draw(st.sampled_from(("1", "2.1", "b)", "iv")))
        say(part, "comp:enumeration", Literal(number))


def _around(draft: _Draft, part: URIRef, kind: str) -> None:
    draw, say, features = draft.draw, draft.say, draft.features
    if kind == "CompetencyLevel":
        say(part, "comp:atLevel", draw(st.sampled_from(draft.levels)))
    if draft.maybe(features.sources):
        draft.place(part)
    if draft.maybe(features.codes):
        for _ in range(draw(st.integers(1, 2))):
            _code(draft, part)
    if kind in COMPETENCIES and draft.levels and draft.maybe(features.levels):
        say(part, "comp:qualificationLevel", draw(st.sampled_from(draft.levels)))
    if kind in COMPETENCIES and draft.maybe(features.credit):
        credit = draft.node(f"{part}/credit")
        say(part, "comp:credit", credit)
        say(credit, "rdf:type", "comp:Credit")
        value = draw(st.sampled_from(("3", "2.50", "0.5")))
        say(credit, "comp:creditValue", Literal(value, datatype=XSD.decimal, normalize=False))
        if draft.maybe():
            say(credit, "comp:creditQualifier", draft.one())
    if draft.maybe(features.occurrences):
        occurrence = draft.node(f"{part}/occurrence/1")
        say(part, "comp:occurrence", occurrence)
        say(occurrence, "rdf:type", "comp:Occurrence")
        say(occurrence, "rdfs:label", *draft.tagged())
        say(occurrence, "comp:listName", draft.one())


def _code(draft: _Draft, thing: URIRef) -> None:
    count = sum(row[0] == thing and row[1] == term("comp:code") for row in draft.rows) + 1
    code = draft.node(f"{thing}/code/{count}")
    draft.say(thing, "comp:code", code)
    draft.say(code, "rdf:type", "comp:Code")
    notation = draft.draw(st.sampled_from(("X 1", "H7A3 04", "=A1")))
    draft.say(code, "skos:notation", Literal(f"{notation}.{len(draft.rows)}"))
    if draft.maybe():
        draft.say(code, "comp:issuedBy", draft.organisation())
    else:
        draft.say(code, "comp:notStated", "comp:issuedBy")


def _sayings(draft: _Draft, part: URIRef) -> None:
    draw, say, features = draft.draw, draft.say, draft.features
    if draft.maybe(features.sayings):
        say(part, "comp:doubt", draft.one())
    if draft.maybe(features.sayings):
        say(part, "comp:aspect", draw(st.sampled_from(("comp:Knowing", "comp:Doing"))))
        say(part, "comp:inferred", "comp:aspect")
    if draft.maybe(features.sayings):
        say(part, "comp:labelWording", "comp:Reworded")
    if draft.maybe(features.sources):
        say(part, "comp:repair", draw(st.sampled_from(("comp:Split", "comp:Rejoined"))))
    if draft.maybe(features.sources):
        law = draft.node(f"{draft.root}/law/1")
        say(part, "comp:legalReference", law)
        say(law, "rdf:type", "comp:LegalReference")
        say(law, "rdfs:label", draft.one())


def _foreign(draft: _Draft, part: URIRef) -> None:
    values: tuple[Node, ...] = (
        Literal("plain"),
        Literal("x", datatype=URIRef("https://example.org/kind")),
        Literal("007", datatype=XSD.integer, normalize=False),
        Literal("1", datatype=XSD.boolean, normalize=False),
        Literal("1.50", datatype=XSD.decimal, normalize=False),
        Literal("<p>x</p>", datatype=RDF.HTML, normalize=False),
        URIRef("https://example.com/é?a=1#b"),
        URIRef("urn:isbn:9780141036144"),
        URIRef("comp:Note"),
    )
    draft.say(part, "https://example.net/says", draft.draw(st.sampled_from(values)))
    if draft.maybe():
        draft.say(part, "rdf:type", URIRef("https://example.net/Thing"))
    if draft.maybe(draft.features.blank_nodes):
        inner, outer = BNode(f"i{len(draft.rows)}"), BNode(f"o{len(draft.rows)}")
        draft.say(part, "https://example.net/has", outer)
        draft.say(outer, "https://example.net/has", inner)
        draft.say(inner, "https://example.net/says", draft.one())


def _links(draft: _Draft) -> None:
    """Link parts that are all there: assessment always, the rest now and then."""
    by_kind = {kind: [part for part, k in draft.parts if k == kind] for _, kind in draft.parts}
    required = [part for part, kind in draft.parts if kind in REQUIRED]
    for part in by_kind.get("AssessmentCriterion", []):
        name = draft.draw(st.sampled_from(("assesses", "repeats", "rewords")))
        draft.say(part, f"comp:{name}", draft.draw(st.sampled_from(required)))
    bad = by_kind.get("NegativeIndicator", [])
    good = [part for part, kind in draft.parts if kind != "NegativeIndicator"]
    if bad and good and draft.maybe(draft.features.links):
        draft.say(bad[0], "comp:contrasts", draft.draw(st.sampled_from(good)))
    stated = [part for part, kind in draft.parts if kind in STATED]
    if stated and draft.maybe(draft.features.links):
        part = draft.draw(st.sampled_from(draft.parts))[0]
        draft.say(part, "comp:leadIn", draft.draw(st.sampled_from(stated)))
    matched = [part for part, kind in draft.parts if kind in REQUIRED]
    if matched and draft.maybe(draft.features.matches):
        _match(draft, matched[0])


def _match(draft: _Draft, part: URIRef) -> None:
    relation = f"skos:{draft.draw(st.sampled_from(MATCHES))}"
    other = URIRef("https://example.com/other/1")
    draft.say(part, relation, other)
    if draft.maybe():
        node = draft.node(f"{draft.root}/alignment/1")
        draft.say(node, "rdf:type", "comp:Alignment")
        draft.say(node, "owl:annotatedSource", part)
        draft.say(node, "owl:annotatedProperty", relation)
        draft.say(node, "owl:annotatedTarget", other)
        draft.say(
            node,
            "sssom:mapping_justification",
            URIRef("https://w3id.org/semapv/vocab/ManualMappingCuration"),
        )
        draft.say(node, "sssom:confidence", Literal("0.70", datatype=XSD.decimal, normalize=False))


def dates() -> st.SearchStrategy[Literal]:
    """Return dates as precise as documents are."""
    values = (
        ("2012", XSD.gYear),
        ("2012-09", XSD.gYearMonth),
        ("2012-09-30", XSD.date),
        ("2012-09-30T10:00:00+02:00", XSD.dateTime),
    )
    return st.sampled_from([Literal(text, datatype=kind, normalize=False) for text, kind in values])


def knowledge(*graphs: NamedGraph) -> KnowledgeGraph:
    """Return a knowledge graph that holds these graphs."""
    held = KnowledgeGraph()
    held.add(*graphs)
    return held


def assert_same(left: NamedGraph, right: NamedGraph) -> None:
    """Fail with the triples that differ where two graphs are not isomorphic."""
    assert left.name == right.name
    if isomorphic(left.graph, right.graph):
        return
    _, lost, added = graph_diff(left.graph, right.graph)
    raise AssertionError(f"lost:\n{_lines(lost)}\nadded:\n{_lines(added)}")


def _lines(rows: Iterable[tuple[Node, ...]]) -> str:
    return "\n".join(
        sorted(
            " ".join(item.n3() if hasattr(item, "n3") else str(item) for item in row)
            for row in rows
        )
    )
