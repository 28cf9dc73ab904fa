"""Random concept schemes, and what is the same in SKOS whichever way it is said."""

from __future__ import annotations

from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.compare import graph_diff
from rdflib.term import Node

from competency.exchange.exchange import Exported, Reading
from competency.exchange.imported import File, Imported
from competency.exchange.skos import read
from competency.exchange.skos.exchanging import write
from competency.exchange.terms import term
from competency.graph import NamedGraph
from tests.exchange.frameworks import knowledge, texts

HEAD = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix comp: <https://w3id.org/competency/ns#> .
@prefix ex: <https://example.org/> .
"""
EX = "https://example.org/"
TAGS = ("en", "de", "fr", "zh-hant")
BOTH_WAYS = (("skos:broader", "skos:narrower"), ("skos:topConceptOf", "skos:hasTopConcept"))


def file_of(text: str | bytes, name: str = "scheme.ttl") -> File:
    """Return a text of Turtle as a file; prefixes are put before a string."""
    data = text if isinstance(text, bytes) else (HEAD + text).encode()
    return File(name, data, "text/turtle")


def taken_in(text: str | bytes, **options: str) -> Imported:
    """Return what reading gives."""
    return read(file_of(text), Reading(**options))


def the_graph(text: str | bytes) -> NamedGraph:
    """Return the one framework of a file."""
    (graph,) = taken_in(text).graphs
    return graph


def out(graph: NamedGraph) -> Exported:
    """Return a framework as SKOS."""
    return write(knowledge(graph), graph.name)


def parsed(data: str | bytes) -> Graph:
    """Return a file as a graph."""
    text = data if isinstance(data, bytes) else (HEAD + data).encode()
    return Graph(bind_namespaces="none").parse(data=text, format="turtle")


def closed(graph: Graph) -> Graph:
    """Return a scheme with both directions of links, and what follows from them."""
    found = Graph(bind_namespaces="none")
    for triple in graph:
        found.add(triple)
    for one, other in BOTH_WAYS:
        for name, inverse in ((one, other), (other, one)):
            for subject, value in list(found.subject_objects(term(name))):
                found.add((value, term(inverse), subject))
    for subject, value in list(found.subject_objects(term("skos:related"))):
        found.add((value, term("skos:related"), subject))
    for concept, scheme in list(found.subject_objects(term("skos:topConceptOf"))):
        found.add((concept, term("skos:inScheme"), scheme))
    schemes = sorted(found.subjects(RDF.type, term("skos:ConceptScheme")), key=str)
    for concept in list(found.subjects(RDF.type, term("skos:Concept"))):
        named = set(found.objects(concept, term("skos:inScheme")))
        homes = [scheme for scheme in schemes if scheme in named] or schemes
        found.add((concept, term("skos:inScheme"), homes[0]))
        if not list(found.objects(concept, term("skos:broader"))):
            found.add((concept, term("skos:topConceptOf"), homes[0]))
            found.add((homes[0], term("skos:hasTopConcept"), concept))
    return found


def differences(before: str | bytes, after: bytes) -> list[str]:
    """Return the triples that differ between two schemes, but for what follows from the others."""
    _, gone, more = graph_diff(closed(parsed(before)), closed(parsed(after)))
    lines = [("lost", row) for row in gone] + [("added", row) for row in more]
    return sorted(f"{what}: {' '.join(item.n3() for item in row)}" for what, row in lines)


def round_trip(text: str | bytes) -> list[str]:
    """Return the differences that taking a scheme in and giving it out again makes."""
    return differences(text, out(the_graph(text)).data)


# ------------------------------------------------------------------ random schemes


@st.composite
def schemes(draw: st.DrawFn) -> bytes:
    """Return one concept scheme in N-Triples, links said from either end, properties in any order.

    The tree may have circles and concepts with several broader ones.
    """
    scheme = URIRef(EX + draw(st.sampled_from(("s", "s#it", "ü"))))
    count = draw(st.integers(1, 7))
    concepts = [URIRef(f"{EX}c/{n}") for n in range(count)]
    rows: set[tuple[Node, Node, Node]] = {(scheme, RDF.type, term("skos:ConceptScheme"))}
    rows |= {(scheme, term("dcterms:title"), label) for label in draw(labels())}
    rows |= set(_around(draw, scheme))
    for number, concept in enumerate(concepts):
        rows.add((concept, RDF.type, term("skos:Concept")))
        rows.add((concept, term("skos:inScheme"), scheme))
        rows |= set(_words(draw, concept))
        rows |= set(_links(draw, concept, concepts, number, scheme))
    if draw(st.booleans()):
        rows |= set(_collection(draw, concepts))
    lines = draw(st.permutations(sorted(" ".join(x.n3() for x in row) + " .\n" for row in rows)))
    return "".join(lines).encode()


@st.composite
def labels(draw: st.DrawFn) -> list[Literal]:
    """Return texts, one a language."""
    tags = draw(st.lists(st.sampled_from(TAGS), min_size=1, max_size=2, unique=True))
    return [Literal(draw(texts()), lang=tag) for tag in tags]


def _around(draw: st.DrawFn, scheme: URIRef) -> list[tuple[Node, Node, Node]]:
    values: list[tuple[str, Node]] = [
        ("dcterms:description", Literal("What bakers do", lang="en")),
        ("dcterms:description", Literal("Ohne Sprache")),
        ("dcterms:issued", Literal("2011", datatype=XSD.date, normalize=False)),
        ("dcterms:publisher", URIRef("https://example.com/guild")),
        ("dcterms:license", URIRef("https://example.com/licence")),
        ("dcterms:language", Literal("de")),
        ("owl:versionInfo", Literal("2")),
        ("https://example.net/status", Literal("draft")),
        ("rdf:type", URIRef("https://example.net/Set")),
        ("skos:changeNote", Literal("new", lang="en")),
    ]
    chosen = draw(st.lists(st.sampled_from(values), max_size=4, unique=True))
    return [(scheme, term(name), value) for name, value in chosen]


def _words(draw: st.DrawFn, concept: URIRef) -> list[tuple[Node, Node, Node]]:
    found: list[tuple[Node, Node, Node]] = []
    found += [(concept, term("skos:prefLabel"), label) for label in draw(labels())]
    more: list[tuple[str, Node]] = [
        ("skos:prefLabel", Literal("ohne Sprache")),
        ("skos:definition", Literal("To bake.", lang="en")),
        ("skos:definition", Literal("To bake bread.", lang="en")),
        ("skos:definition", Literal("", lang="de")),
        ("skos:definition", Literal("sans langue")),
        ("skos:altLabel", Literal("another name", lang="en")),
        ("skos:altLabel", Literal("yet another", lang="en")),
        ("skos:hiddenLabel", Literal("hiden", lang="en")),
        ("skos:scopeNote", Literal("In bakeries.", lang="en")),
        ("skos:note", Literal("Note", lang="en")),
        ("skos:note", URIRef("https://example.com/note")),
        ("skos:example", Literal("A loaf", lang="en")),
        ("skos:editorialNote", Literal("check", lang="en")),
        ("skos:notation", Literal("1.2")),
        ("skos:notation", Literal("B 7", datatype=URIRef("https://example.com/codes"))),
        ("skos:notation", Literal("7", datatype=XSD.integer)),
        ("dcterms:type", Literal("Topic", lang="en")),
        ("dcterms:created", Literal("2012-01-01", datatype=XSD.date)),
        ("skos:exactMatch", URIRef("https://example.com/other/1")),
        ("skos:closeMatch", URIRef("https://example.com/other/2")),
        ("skos:broadMatch", URIRef("https://example.com/other/3")),
        ("https://example.net/says", Literal("x", datatype=URIRef("https://example.net/k"))),
        ("rdf:type", URIRef("https://example.net/Skill")),
        ("skos:inScheme", URIRef("https://example.com/another-scheme")),
        ("skos:broaderTransitive", URIRef("https://example.com/far")),
    ]
    chosen = draw(st.lists(st.sampled_from(more), max_size=6, unique=True))
    return found + [(concept, term(name), value) for name, value in chosen]


def _links(
    draw: st.DrawFn, concept: URIRef, concepts: list[URIRef], number: int, scheme: URIRef
) -> list[tuple[Node, Node, Node]]:
    found: list[tuple[Node, Node, Node]] = []
    for other in draw(st.lists(st.sampled_from(concepts), max_size=2, unique=True)):
        if draw(st.booleans()):
            found.append((concept, term("skos:broader"), other))
        else:
            found.append((other, term("skos:narrower"), concept))
    if draw(st.booleans()):
        found.append((concept, term("skos:topConceptOf"), scheme))
    if draw(st.booleans()):
        found.append((scheme, term("skos:hasTopConcept"), concept))
    return found


def _collection(draw: st.DrawFn, concepts: list[URIRef]) -> list[tuple[Node, Node, Node]]:
    node = draw(st.sampled_from((URIRef(EX + "list"), BNode("list"))))
    members = draw(st.lists(st.sampled_from(concepts), min_size=1, unique=True))
    kind = "skos:OrderedCollection" if draw(st.booleans()) else "skos:Collection"
    found: list[tuple[Node, Node, Node]] = [(node, RDF.type, term(kind))]
    found += [(node, term("skos:member"), member) for member in members]
    if draw(st.booleans()):
        found.append((node, term("skos:prefLabel"), Literal("A few", lang="en")))
    if kind == "skos:OrderedCollection":
        cells: list[Node] = [*(BNode(f"cell{n}") for n in range(len(members))), RDF.nil]
        found.append((node, term("skos:memberList"), cells[0]))
        for here, member, after in zip(cells, members, cells[1:], strict=False):
            found += [(here, RDF.first, member), (here, RDF.rest, after)]
    return found
