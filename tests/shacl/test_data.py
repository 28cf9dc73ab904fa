"""The triples that are checked: terms as strings, indexes, and the vocabulary that lies under."""

from __future__ import annotations

import pyoxigraph
import pytest
from rdflib import RDF, RDFS, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.graph import QuotedGraph
from rdflib.term import Node

from competency.errors import ParseError
from competency.ontology.vocabulary import own_vocabulary
from competency.shapes.engine import Context, Data
from competency.shapes.engine.datatypes import is_well_typed
from competency.shapes.engine.store import can_be_written, rows_of
from competency.shapes.engine.terms import node_of, term_of, text_of
from competency.shapes.naming import Facts, Namer
from tests.shacl.turtle import PREFIXES, graph_of

EX = "https://example.org/"
A, P = URIRef(f"{EX}a"), URIRef(f"{EX}p")
ODD = [
    URIRef("relative"),
    URIRef("https://example.org/a b"),
    URIRef("https://example.org/\\1"),
    URIRef('https://example.org/<">{}|^`'),
    URIRef("https://example.org/é/日本"),
    URIRef(""),
    BNode("b1"),
    BNode("with space"),
    BNode("x-hidden"),
    BNode("é"),
    BNode("ends."),
    Literal(""),
    Literal('a "quoted" text\n\t\r\b\f\\ and \x00 \x07 \x7f \u2028 \ufffe \U0001f600'),
    Literal("x", lang="en-GB"),
    Literal("01", datatype=XSD.integer, normalize=False),
    Literal("x", datatype=URIRef("relative")),
    Literal("^^<urn:a>"),
    Literal('"@en'),
]


@pytest.mark.parametrize("node", ODD, ids=repr)
def test_a_term_comes_back_as_the_node_it_was_made_of(node: Node) -> None:
    assert node_of(term_of(node)) == node


@pytest.mark.parametrize("code", [*range(0x300), 0x2028, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600])
def test_our_strings_of_texts_are_those_of_pyoxigraph(code: int) -> None:
    text = f"a{chr(code)}b"
    assert term_of(Literal(text)) == str(pyoxigraph.Literal(text))
    assert text_of(term_of(Literal(text))) == text


def test_terms_are_equal_where_rdf_says_so() -> None:
    assert term_of(Literal("x")) == term_of(Literal("x", datatype=XSD.string))
    assert term_of(Literal("x", lang="EN")) == term_of(Literal("x", lang="en"))
    assert term_of(Literal("x", lang="en")) != term_of(Literal("x"))
    one, two = (Literal(text, datatype=XSD.integer, normalize=False) for text in ("1", "01"))
    assert term_of(one) != term_of(two)


def test_a_formula_is_no_data() -> None:
    graph = Graph()
    graph.add((A, P, QuotedGraph(graph.store, BNode())))
    with pytest.raises(ParseError, match="is no term of RDF"):
        Data.of_graph(graph)


def test_what_rdf_1_2_adds_is_read_or_refused() -> None:
    turtle = 'VERSION "1.2" ' + PREFIXES + 'ex:a ex:p "x"@he--rtl .'
    quads = pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)
    data = Data.of_triples(quad.triple for quad in quads)
    assert list(data.objects(A, P)) == [Literal("x", lang="he")]
    turtle = PREFIXES + "ex:a ex:p <<( ex:a ex:p 1 )>> ."
    quads = pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)
    with pytest.raises(ParseError, match="a triple inside a triple"):
        Data.of_triples(quad.triple for quad in quads)


def test_data_of_both_libraries_are_the_same_where_forms_are_plain() -> None:
    turtle = 'ex:a ex:p 1 , "x"@en , ex:b , true . ex:b a ex:B ; ex:q 2.5 .'
    quads = pyoxigraph.parse(PREFIXES + turtle, pyoxigraph.RdfFormat.TURTLE)
    one = Data.of_triples(quad.triple for quad in quads)
    assert sorted(one.rows) == sorted(Data.of_graph(graph_of(turtle)).rows)


def test_each_triple_counts_once() -> None:
    triple = pyoxigraph.Triple(
        pyoxigraph.NamedNode(A), pyoxigraph.NamedNode(P), pyoxigraph.Literal("x")
    )
    data = Data.of_triples([triple, triple])
    assert len(data) == 1 and repr(data) == "Data(1 triples)"
    assert rows_of([]) == []


def test_all_graphs_of_a_dataset_are_taken_together() -> None:
    dataset = Dataset()
    for name in "xy":
        dataset.graph(URIRef(f"{EX}{name}")).add((A, P, Literal(name)))
        dataset.graph(URIRef(f"{EX}{name}")).add((A, P, Literal("both")))
    assert len(Data.of_graph(dataset)) == 3


def test_literals_are_told_as_they_were_written() -> None:
    graph = Graph()
    written = [Literal("x", lang="en-GB"), Literal("y", datatype=XSD.string), Literal(1)]
    for literal in written:
        graph.add((A, P, literal))
    found = Data.of_graph(graph).objects(A, P)
    assert sorted(value.n3() for value in found) == sorted(value.n3() for value in written)
    turtle = PREFIXES + 'ex:a ex:p "01"^^xsd:integer , 1.50 .'
    quads = pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)
    data = Data.of_triples(quad.triple for quad in quads)
    assert sorted(str(value) for value in data.objects(A, P)) == ["01", "1.50"]


def test_data_answer_what_a_graph_answers() -> None:
    graph = graph_of("ex:a ex:p ex:b , 'x'@en . ex:b ex:p ex:a . _:x ex:p ex:a .")
    data: Facts = Data.of_graph(graph)
    assert set(data.objects(A, P)) == set(graph.objects(A, P))
    assert set(data.subjects(P, A)) == set(graph.subjects(P, A))
    assert list(data.objects(A, RDF.type)) == [] and list(data.subjects(P, Literal(7))) == []


def test_parts_can_be_named_from_data() -> None:
    graph = graph_of('ex:a a comp:Group ; rdfs:label "Metals"@en ; comp:partOf ex:b .')
    namer = Namer(Data.of_graph(graph), own_vocabulary())
    assert (namer.kind(A), namer.label(A)) == ("group", "Metals")


# ------------------------------------------------------------------ the vocabulary under the data


def test_one_vocabulary_lies_under_many_data_and_is_not_copied() -> None:
    context = Context.of_graph(own_vocabulary().graph)
    data = Data.of_graph(graph_of("ex:a a comp:Group ."))
    one, two = data.within(context), Data([]).within(context)
    kind = term_of(URIRef("https://w3id.org/competency/ns#Part"))
    assert one.instances(kind) == {term_of(A)} and data.instances(kind) == frozenset()
    assert two.instances(kind) == frozenset() and len(one) == 1
    assert one.values(term_of(RDFS.isDefinedBy)) is two.values(term_of(RDFS.isDefinedBy))


def test_classes_of_the_data_go_on_from_those_of_the_vocabulary() -> None:
    context = Context.of_graph(own_vocabulary().graph)
    graph = graph_of("ex:a a ex:Chapter . ex:Chapter rdfs:subClassOf comp:Group .")
    data = Data.of_graph(graph).within(context)
    for kind in ("Group", "Part"):
        assert data.instances(term_of(URIRef(f"https://w3id.org/competency/ns#{kind}")))
    text = "SELECT ?a { ?a a/rdfs:subClassOf* <https://w3id.org/competency/ns#Part> }"
    rows = data.store.select(text, {"rdfs": str(RDFS)}, {}, "test")
    assert [row["a"] for row in rows] == [term_of(A)]


def test_a_triple_of_both_counts_once() -> None:
    graph = Graph()
    graph.add((A, RDFS.subClassOf, P))
    data = Data.of_graph(graph).within(Context.of_graph(graph))
    assert data.values(term_of(RDFS.subClassOf)) == {term_of(A): [term_of(P)]}


# ------------------------------------------------------------------ what SPARQL is asked about


def test_odd_nodes_are_in_the_store_under_their_own_names() -> None:
    rows = [(term_of(node), "<urn:p>", term_of(node)) for node in ODD[:7]]
    found = Data(rows).store.select("SELECT ?s ?o { ?s <urn:p> ?o }", {}, {}, "test")
    assert {(row["s"], row["o"]) for row in found} == {(s, o) for s, _, o in rows}


@pytest.mark.parametrize("node", ODD[:11], ids=repr)
def test_odd_nodes_reach_a_query_as_they_are(node: Node) -> None:
    term = term_of(node)
    data = Data([(term, "<urn:p>", '"x"')])
    text = 'SELECT ?s { BIND (<urn:x-competency:held>("node") AS ?s) ?s <urn:p> "x" }'
    found = data.store.select(text, {}, {"node": term}, "test")
    assert [row["s"] for row in found] == [term]
    assert can_be_written("<urn:a>") and not can_be_written(term_of(BNode("b")))


# ------------------------------------------------------------------ datatypes


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("integer", ["0", "+05", "-12"], ["", "1.0", " 1", "1_0", "٣", "one", "9" * 10 + "x"]),
        ("decimal", ["1", "1.", ".5", "-0.50"], ["", ".", "1e3", "INF"]),
        ("double", ["1", "1e3", "-.5E-2", "INF", "-INF", "NaN"], ["", "1e", "infinity", "0x1"]),
        ("boolean", ["true", "false", "1", "0"], ["TRUE", "yes", ""]),
        ("byte", ["-128", "127"], ["128", "-129", "1.0", "9" * 5000]),
        ("positiveInteger", ["1", "+1", "9" * 50], ["0", "-1"]),
        ("date", ["2012-02-29", "2012-09-30Z", "-0044-03-15", "12012-01-01+14:00"], []),
        ("date", [], ["2013-02-29", "2012-9-1", "20120901", "12-01-01", "2012-01-01+15:00"]),
        ("dateTime", ["2012-02-29T10:00:00", "2012-02-29T24:00:00Z"], ["2012-02-29", ""]),
        ("dateTime", ["2012-02-29T10:00:00.123-05:00"], ["2012-02-29T25:00:00", "2012-02-30T10:00:00"]),
        ("time", ["10:00:00", "10:00:00.5Z"], ["10:00", "25:00:00"]),
        ("hexBinary", ["0aFF", ""], ["zz"]),
        ("gYear", ["2012", "anything"], []),
    ],
)  # fmt: skip
def test_lexical_forms_are_those_of_xml_schema(kind: str, good: list[str], bad: list[str]) -> None:
    datatype = term_of(XSD[kind])
    assert [text for text in good if not is_well_typed(text, datatype)] == []
    assert [text for text in bad if is_well_typed(text, datatype)] == []
