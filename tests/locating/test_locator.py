"""What a locator finds first, how it follows paths and blank nodes, and where results are."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from competency.checking.locating import Document, locate, locate_all, locator_of
from competency.checking.locating.blank_nodes import match_blank_nodes
from competency.checking.locating.iris import resolve
from competency.checking.locating.locator import Locator, Rank
from competency.formats import by_name
from competency.graph.store import parse
from competency.graph.texts.lines import Lines
from competency.shapes import Report, Result, Severity
from competency.shapes.finding import Finding
from competency.shapes.paths import Path, Step, Steps
from tests.locating.checks import SOME, triples
from tests.locating.marks import BASE, Place, unmarked
from tests.locating.turtle_texts import Text, turtle

Coded = tuple[str | int, str | int, str | int]
PREFIX = "PREFIX : <https://example.org/>\n"


def ex(name: str) -> URIRef:
    return URIRef(BASE + name)


def marked(text: str) -> tuple[Locator, dict[str, Place]]:
    data, places = unmarked(PREFIX + text)
    return locator_of(data, "turtle", BASE, "test"), places


# -- what is found first


def test_the_value_goes_before_the_property_and_that_before_the_node() -> None:
    locator, places = marked("⟦s⟧:s ⟦p⟧:p 1 , ⟦two⟧2 ; :q 3 .")
    assert locator.find(ex("s"), ex("p"), Literal(2)) == places["two"]
    assert locator.find(ex("s"), ex("p"), Literal(9)) == places["p"]
    assert locator.find(ex("s"), ex("p")) == places["p"]
    assert locator.find(ex("s"), ex("missing")) == places["s"]
    assert locator.find(ex("s")) == places["s"]


def test_a_node_is_where_its_type_is_stated_or_else_where_it_is_first_described() -> None:
    locator, places = marked(
        ":x :p :s , ⟦t⟧:t , ⟦u⟧:u . :s :p 1 . ⟦s⟧:s a :T . ⟦d⟧:v :q 1 . :v :q 2 ."
    )
    assert locator.find(ex("s")) == places["s"]
    assert locator.find(ex("t")) == places["t"]
    assert locator.find(ex("v")) == places["d"]
    assert locator.look(ex("u")) == (Rank.mention, *places["u"])


def test_a_property_that_a_result_is_about_is_found_where_it_is_used() -> None:
    locator, places = marked(":s ⟦p⟧:p 1 .")
    assert locator.find(ex("p")) == places["p"]


def test_what_is_not_in_the_document_is_not_found() -> None:
    locator, _ = marked(":s :p 1 .")
    for focus in (ex("other"), BNode("b"), Literal("x")):
        assert locator.find(focus, ex("p"), Literal(1)) is None


def test_without_a_property_the_value_is_looked_for_under_all() -> None:
    locator, places = marked(":s :p 1 ; :q ⟦two⟧2 .")
    assert locator.find(ex("s"), None, Literal(2)) == places["two"]


# -- paths

LINKS = "⟦s⟧:s ⟦p⟧:p ⟦t⟧:t . :t ⟦q⟧:q ⟦u⟧:u . :u :q ⟦v⟧:v . :w ⟦back⟧:p ⟦w⟧:v ."


def seek(path: Path, value: Node | None = None, focus: str = "s") -> str | None:
    locator, places = marked(LINKS)
    found = locator.find(ex(focus), path, value)
    return {place: name for name, place in places.items()}.get(found or (0, 0))


def test_a_sequence_is_followed_to_its_value() -> None:
    path = Steps(Step.sequence, (ex("p"), ex("q")))
    assert seek(path, ex("u")) == "u"
    assert seek(path, ex("v")) == "p"
    assert seek(path) == "p"


def test_a_path_of_any_length_is_followed() -> None:
    for kind in (Step.zero_or_more, Step.one_or_more):
        path = Steps(Step.sequence, (ex("p"), Steps(kind, (ex("q"),))))
        assert seek(path, ex("v")) == "v"
    assert seek(Steps(Step.zero_or_one, (ex("p"),)), ex("t")) == "t"


def test_an_alternative_takes_the_first_property_that_is_there() -> None:
    path = Steps(Step.alternative, (ex("none"), ex("p")))
    assert seek(path) == "p"
    assert seek(path, ex("t")) == "t"
    assert seek(Steps(Step.alternative, (ex("none"), ex("no")))) == "s"


def test_an_inverse_path_is_found_at_the_other_end() -> None:
    back = Steps(Step.inverse, (ex("p"),))
    assert seek(back, ex("w"), "v") == "w"
    assert seek(back, None, "v") == "back"
    turned = Steps(Step.inverse, (Steps(Step.sequence, (ex("p"), ex("q"))),))
    assert seek(turned, ex("s"), "u") == "t"
    assert seek(turned, None, "u") == "q"


def test_a_path_that_would_take_forever_is_given_up() -> None:
    text = "".join(f":n{n} :p :n{n + 1} , :n{n // 2} . " for n in range(3000))
    locator, _ = marked(":s ⟦p⟧:p :n0 ." + text)
    far = Steps(Step.zero_or_more, (ex("p"),))
    path = Steps(Step.sequence, (far, far, far))
    assert locator.look(ex("s"), path, Literal("no")) == (Rank.property, 2, 4)


def test_a_circle_of_nodes_is_walked_once() -> None:
    locator, places = marked(":a :p :b . :b :p :c . :c ⟦p⟧:p ⟦a⟧:a .")
    path = Steps(Step.one_or_more, (Steps(Step.inverse, (ex("p"),)),))
    assert locator.find(ex("a"), path, Literal("no")) == places["p"]


# -- blank nodes


def blank(text: str, property_: str, value: Node) -> BNode:
    """Return the name that loading gives to the node with a value."""
    data, _ = unmarked(PREFIX + text)
    [found] = [s for s, p, o in triples(data, "turtle") if p == ex(property_) and o == value]
    assert isinstance(found, BNode)
    return found


BLANK = """:s :p ⟦one⟧[ :n 1 ; :in ⟦in⟧[ :m 1 ] ] , ⟦two⟧[ :m 2 ] , ⟦three⟧_:l .
_:l :m 3 ; :list ⟦list⟧( ⟦first⟧:a ⟦item⟧[ :m 4 ] ) ."""


def test_a_blank_node_is_found_by_what_is_stated_of_it() -> None:
    locator, places = marked(BLANK)
    for number, mark in ((1, "in"), (2, "two"), (4, "item")):
        node = blank(BLANK, "m", Literal(number))
        assert locator.find(node, ex("missing")) == places[mark]
    assert locator.find(blank(BLANK, "n", Literal(1))) == places["one"]


def test_items_of_a_list_are_found_through_a_path_over_its_cells() -> None:
    locator, places = marked(BLANK)
    items = Steps(Step.sequence, (Steps(Step.zero_or_more, (RDF.rest,)), RDF.first))
    path = Steps(Step.sequence, (ex("list"), items))
    assert (
        locator.find(blank(BLANK, "m", Literal(3)), path, blank(BLANK, "m", Literal(4)))
        == places["item"]
    )


def test_blank_nodes_of_any_parser_are_found_by_the_graph_it_made() -> None:
    data, places = unmarked(PREFIX + BLANK)
    graph = Graph().parse(data=data, format="turtle", publicID=BASE)
    locator = locator_of(data, "turtle", BASE, graph=graph)
    [node] = graph.subjects(ex("m"), Literal(2))
    assert locator.find(node) == places["two"]


def test_blank_nodes_that_nothing_tells_apart_are_taken_in_their_order() -> None:
    text = ":s :p ⟦1⟧[] , ⟦2⟧[] , ⟦3⟧[] ."
    locator, places = marked(text)
    found = [
        locator.find(o, ex("missing")) for _, _, o in triples(unmarked(PREFIX + text)[0], "turtle")
    ]
    assert found == [places["1"], places["2"], places["3"]]


@given(turtle())
@SOME
def test_blank_nodes_are_matched_so_that_all_statements_are_the_same(document: Text) -> None:
    numbers: dict[Node, int] = {}
    coded: list[Coded] = []
    for triple in triples(str(document).encode(), "turtle"):
        blank = {t: numbers.setdefault(t, len(numbers)) for t in triple if isinstance(t, BNode)}
        s, p, o = (blank[t] if isinstance(t, BNode) else repr(t) for t in triple)
        coded.append((s, p, o))

    def renamed(triple: Coded, names: dict[int, int]) -> Coded:
        s, p, o = (names.get(t, t) if isinstance(t, int) else t for t in triple)
        return s, p, o

    others = [renamed(t, {n: 1000 - n for n in numbers.values()}) for t in coded]
    found = match_blank_nodes(coded, others)
    assert {renamed(triple, found) for triple in others} == set(coded)


def test_thousands_of_blank_nodes_are_matched_by_a_few_looks_at_each() -> None:
    chain: list[Coded] = [(n, "p", n + 1) for n in range(5_000)]
    found = match_blank_nodes(chain, [(n + 7, "p", n + 8) for n in range(5_000)])
    assert all(found[n + 7] == n for n in range(5_001))


# -- reports


def result(finding: Finding, focus: Node | None = None) -> Result:
    return Result(
        severity=Severity.violation,
        focus=str(finding.focus if focus is None else focus),
        message="m",
        shape="urn:s",
        rule="r",
        path=None if finding.path is None else str(finding.path),
        value=None if finding.value is None else str(finding.value),
        findings=(finding,),
    )


def finding(focus: Node, path: Path | None = None, value: Node | None = None) -> Finding:
    kind = (
        SH.SPARQLConstraintComponent if path is None and value else SH.MinCountConstraintComponent
    )
    return Finding(focus, URIRef("urn:s"), kind, SH.Violation, path, value)


def places_of(report: Report) -> list[str | None]:
    return [str(found.location) if found.location else None for found in report.results]


def test_each_result_of_a_report_gets_the_place_of_its_finding() -> None:
    data = f"{PREFIX}:s :p 1, 2 .\n:t a :T .".encode()
    report = Report(
        (
            result(finding(ex("s"), ex("p"), Literal(2))),
            result(finding(ex("s"), None, ex("t")), ex("t")),  # a query about :s finds :t
            result(finding(ex("s"), None, ex("s"))),  # a node shape, whose value is its node
            result(finding(ex("elsewhere"))),
        )
    )
    found = locate(report, "a.ttl", data, "turtle", BASE)
    assert places_of(found) == ["a.ttl:2:10", "a.ttl:3:1", "a.ttl:2:1", None]
    assert found.graph is not None
    assert [r.findings for r in found] == [r.findings for r in report]


def test_an_offender_with_a_property_is_found_at_the_property() -> None:
    data = f"{PREFIX}:f a :F .\n:t a :T ; :p 1 .".encode()
    query = Finding(
        ex("f"), URIRef("urn:s"), SH.SPARQLConstraintComponent, SH.Violation, ex("p"), ex("t")
    )
    assert places_of(locate(Report((result(query, ex("t")),)), "a", data, "turtle", BASE)) == [
        "a:3:11"
    ]


def test_a_result_without_findings_is_found_by_its_texts() -> None:
    told = Result(
        severity=Severity.info, focus=BASE + "s", message="m", shape="s", rule="r",
        path=BASE + "p", value="2",
    )  # fmt: skip
    data = f"{PREFIX}:s :q 1 ; :p 2 .".encode()
    assert places_of(locate(Report((told,)), "a", data, "turtle", BASE)) == ["a:2:11"]


def test_of_several_documents_the_first_that_describes_the_node_is_taken() -> None:
    documents = [
        Document("one.ttl", f"{PREFIX}:x :p :s .".encode(), "turtle", BASE),
        Document(
            "two.jsonld", b'{"@id": "https://example.org/s", "@type": "urn:T"}', "jsonld", BASE
        ),
        Document("three.ttl", f"{PREFIX}:s a :T ; :q 1 .".encode(), "turtle", BASE),
    ]
    report = Report(
        (result(finding(ex("s"), ex("missing"))), result(finding(ex("s"), ex("q"), Literal(1))))
    )
    assert places_of(locate_all(report, documents)) == ["two.jsonld:1:9", "three.ttl:2:14"]


def blank_node_of(document: Document) -> BNode:
    """Return the first subject of a document, under the name that loading gives it."""
    quads = parse(document.data, by_name("turtle"), document.source, BASE)
    assert isinstance(quads[0].subject, ox.BlankNode)
    return BNode(quads[0].subject.value)


def test_blank_nodes_of_several_documents_are_not_confused() -> None:
    texts = {"a.ttl": "[] a :T .", "b.ttl": "\n[] a :T ."}
    documents = [Document(n, (PREFIX + t).encode(), "turtle", BASE) for n, t in texts.items()]
    nodes = [blank_node_of(document) for document in reversed(documents)]
    report = Report(tuple(result(finding(node)) for node in nodes))
    assert places_of(locate_all(report, documents)) == ["b.ttl:3:1", "a.ttl:2:1"]


def test_a_document_that_cannot_be_parsed_has_no_blank_nodes() -> None:
    locator = locator_of(b"<a> <b> [ <c> 1 ] ] .", "turtle", BASE, "test")
    assert locator.find(BNode("btestn1")) is None


# -- lines and IRIs


def test_a_place_in_bytes_is_that_of_the_text() -> None:
    text = "é𝒳\r\n日\tx\ry\n"
    for offset in range(len(text)):
        size = len(text[:offset].encode())
        assert Lines(text.encode()).place(size) == Lines(text).place(offset)
    assert len(Lines(text)) == 4


def test_relative_iris_are_resolved_as_the_standard_says() -> None:
    base = "http://a/b/c/d;p?q"
    wanted = {
        "g": "http://a/b/c/g", "./g": "http://a/b/c/g", "/g": "http://a/g", "//g": "http://g",
        "?y": "http://a/b/c/d;p?y", "g?y#s": "http://a/b/c/g?y#s", "": base, "#": base + "#",
        "..": "http://a/b/", "../../../g": "http://a/g", "g;x=1/../y": "http://a/b/c/y",
        "urn:x:../y": "urn:x:../y",
    }  # fmt: skip
    assert {reference: resolve(base, reference) for reference in wanted} == wanted
    assert resolve("http://a", "g") == "http://a/g"
    assert RDFS.label == URIRef(resolve(str(RDFS), "#label"))
