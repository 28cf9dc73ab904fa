"""RDF/XML: every statement is found where it is written."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, BNode, Literal, URIRef
from rdflib.term import Node

from competency.checking.locating import locator_of
from competency.checking.locating.rdfxml.reading import read_rdfxml
from tests.locating.checks import MANY, SOME, placed, same_statements, triples
from tests.locating.marks import BASE, unmarked
from tests.locating.rdfxml_texts import rdfxml

NAMES = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://ex.example/a#"'


def says(text: str, at: int, node: Node) -> bool:
    """Say whether what is at an offset can mean a term."""
    if text[at] == "<":  # the element of the node or type, or of a property with an empty text
        return not str(node).strip() if isinstance(node, Literal) else True
    written = re.match("[^<\"']*", text[at:])
    said = html.unescape(written[0]).strip() if written else ""
    if isinstance(node, Literal):
        return str(node).strip().startswith(said)
    return said in ("n", "m") if isinstance(node, BNode) else str(node).endswith(said.lstrip("./"))


def check(text: str) -> None:
    given_ = triples(text.encode(), "rdfxml")
    read = [statement[:3] for statement in read_rdfxml(text.encode(), BASE).statements]
    assert same_statements(read, given_)
    _, found = placed(text, "rdfxml")
    for (_, predicate, node), at, _ in found:
        if predicate != RDF.rest and predicate not in (RDF.predicate, RDF.subject, RDF.object):
            assert says(text, at, node), f"{node!r} is not at {text[at : at + 40]!r}"


@given(rdfxml())
@SOME
def test_every_statement_of_any_document_is_found_where_its_object_is_written(text: str) -> None:
    check(text)


@pytest.mark.slow
@given(rdfxml())
@MANY
def test_every_statement_of_many_documents_is_found(text: str) -> None:
    check(text)


@given(
    rdfxml(), st.integers(0, 10**6), st.text("<>/&;\"'=: rdf#\n", max_size=6), st.integers(0, 30)
)
@SOME
def test_mangled_text_never_breaks_the_locator(text: str, at: int, piece: str, cut: int) -> None:
    place = at % (len(text) + 1)
    data = (text[:place] + piece + text[place + cut :]).encode()
    locator_of(data, "rdfxml", BASE).find(URIRef(BASE + "a"), RDF.type)


@given(st.binary(max_size=200))
@SOME
def test_any_bytes_at_all_are_read_to_the_end(data: bytes) -> None:
    assert locator_of(data, "rdfxml", BASE).find(URIRef("urn:not:there")) is None


FORMS = f"""<?xml version="1.0"?>
<rdf:RDF {NAMES} xml:lang="en">
  ⟦s⟧<ex:Unit rdf:about="s" ex:short="⟦short⟧𝒳 &amp; Co"
      ex:other='x'>
    <ex:text>
      ⟦text⟧A &lt; B</ex:text>
    ⟦link⟧<ex:link rdf:resource = "⟦value⟧t"/>
    <ex:list rdf:parseType="Collection"> ⟦item⟧<ex:Unit rdf:about="i"/> </ex:list>
    <ex:inner>⟦blank⟧<rdf:Description><ex:note xml:lang="DE">⟦note⟧é</ex:note></rdf:Description></ex:inner>
    <ex:inner rdf:parseType="Resource"><ex:number rdf:datatype="http://www.w3.org/2001/XMLSchema#decimal">⟦number⟧1.50</ex:number></ex:inner>
  </ex:Unit>
</rdf:RDF>
"""


@pytest.mark.parametrize(
    ("mark", "property_", "value"),
    [
        ("short", "short", Literal("𝒳 & Co", lang="en")),
        ("text", "text", Literal("\n      A < B", lang="EN")),
        ("value", "link", URIRef(BASE + "t")),
        ("link", "link", None),
        ("s", None, None),
        ("s", "missing", None),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_each_form_of_a_statement_is_found(
    mark: str, property_: str | None, value: Node | None, line_break: str
) -> None:
    data, places = unmarked(FORMS.replace("\n", line_break))
    path = None if property_ is None else URIRef("http://ex.example/a#" + property_)
    found = locator_of(data, "rdfxml", BASE).find(URIRef(BASE + "s"), path, value)
    assert found == places[mark]


def test_blank_nodes_are_found_at_their_elements_and_by_what_is_in_them() -> None:
    data, places = unmarked(FORMS)
    locator = locator_of(data, "rdfxml", BASE, "test")
    note, number = (URIRef("http://ex.example/a#" + name) for name in ("note", "number"))
    nodes = {predicate: subject for subject, predicate, _ in triples(data, "rdfxml")}
    assert locator.find(nodes[note]) == places["blank"]
    assert locator.find(nodes[note], note, Literal("é", lang="de")) == places["note"]
    assert locator.find(nodes[number], number, Literal(1.5)) == places["number"]


def test_an_item_of_a_collection_is_found_through_its_cell() -> None:
    data, places = unmarked(FORMS)
    [(cell, _, item)] = [t for t in triples(data, "rdfxml") if t[1] == RDF.first]
    locator = locator_of(data, "rdfxml", BASE, "test")
    assert locator.find(cell, RDF.first, item) == places["item"]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r SYSTEM "http://example.org/dtd">',
    ],
)
def test_entities_that_grow_or_come_from_outside_are_not_read(doctype: str) -> None:
    text = f'{doctype}<rdf:RDF {NAMES}><ex:U rdf:about="s"/></rdf:RDF>'
    assert locator_of(text.encode(), "rdfxml", BASE).find(URIRef(BASE + "s")) is None


def test_elements_inside_each_other_past_any_use_are_refused_without_a_crash() -> None:
    text = f"<rdf:RDF {NAMES}>" + "<ex:p>" * 50_000
    assert locator_of(text.encode(), "rdfxml", BASE).find(URIRef(BASE + "s")) is None
