"""JSON-LD: every statement is found where it is written."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, BNode, Literal, URIRef
from rdflib.term import Node

from competency.checking.locating import locator_of
from competency.checking.locating.jsonld.contexts import KEYWORDS
from competency.checking.locating.jsonld.reading import read_jsonld
from tests.locating.checks import MANY, SOME, placed, same_statements, triples
from tests.locating.jsonld_texts import jsonld
from tests.locating.marks import BASE, unmarked

# Cells of lists are at their items, heads at the value, and a reversed statement is at its subject.
ELSEWHERE = (
    RDF.rest,
    *(URIRef("http://ex.example/a#" + n) for n in ("steps", "ordered", "hasPart")),
)
_LOCAL = re.compile(r"[^/#:]*$")


def says(text: str, at: int, node: Node) -> bool:
    """Say whether the JSON at an offset can mean a term: the same text, number or end of an IRI."""
    if text[at] in "]}":
        return False
    value, _ = json.JSONDecoder().raw_decode(text, at)
    if isinstance(value, list | dict):
        return isinstance(node, BNode) or node == RDF.nil or "@id" in str(value)
    if isinstance(node, Literal):
        if isinstance(value, bool):
            return str(node) == json.dumps(value)
        return float(str(node)) == value if not isinstance(value, str) else str(node) == value
    if isinstance(node, BNode):
        return str(value).startswith("_:")
    tail = _LOCAL.search(str(value))
    return tail is not None and str(node).endswith(tail[0])


def check(text: str) -> None:
    given_ = triples(text.encode(), "jsonld")
    read = [statement[:3] for statement in read_jsonld(text, BASE).statements]
    assert same_statements(read, given_)
    _, found = placed(text, "jsonld")
    for (_, predicate, node), at, _ in found:
        if predicate not in ELSEWHERE:
            assert says(text, at, node), f"{node!r} is not at {text[at : at + 40]!r}"


@given(jsonld())
@SOME
def test_every_statement_of_any_document_is_found_where_its_object_is_written(text: str) -> None:
    check(text)


@pytest.mark.slow
@given(jsonld())
@MANY
def test_every_statement_of_many_documents_is_found(text: str) -> None:
    check(text)


@given(jsonld(), st.integers(0, 10**6), st.text('{}[]",:\\u0 n1@é', max_size=6), st.integers(0, 30))
@SOME
def test_mangled_text_never_breaks_the_locator(text: str, at: int, piece: str, cut: int) -> None:
    place = at % (len(text) + 1)
    data = (text[:place] + piece + text[place + cut :]).encode()
    locator_of(data, "jsonld", BASE).find(URIRef(BASE + "a"), RDF.type)


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*sorted(KEYWORDS), "a", "b:c", ""]), inner, max_size=4)
    ),
    max_leaves=30,
)


@given(_ANY)
@SOME
def test_any_json_at_all_is_read_to_the_end(value: object) -> None:
    data = json.dumps(value).encode()
    assert locator_of(data, "jsonld", BASE).find(URIRef("urn:not:there")) is None


@pytest.mark.parametrize(
    "sign", ["[", "{", '{"a":', '[{"@graph":', '"', "\\", "]", "}", ",", ":", "1", " "]
)
def test_a_hundred_thousand_times_the_same_sign_is_read_quickly(sign: str) -> None:
    for text in (sign * 100_000, '{"@id": "urn:a", "urn:b": ' + sign * 100_000):
        locator_of(text.encode(), "jsonld", BASE).find(URIRef("urn:a"))


FORMS = """{
  "@context": {
    "@vocab": "https://example.org/terms/", "id": "@id", "kind": "@type",
    "link": {"@type": "@id"}, "titles": {"@id": "title", "@container": "@language"},
    "steps": {"@container": "@list"}, "partOf": {"@reverse": "hasPart"}
  },
  "kind": ⟦type⟧"Unit", "id": ⟦s⟧"s",
\t⟦title⟧"title": [⟦one⟧"caf\\u00e9 \\ud83d\\ude00", ⟦two⟧{"@value": ⟦plain⟧"x", "@language": "EN"}],
  "titles": {"de": ["nein", ⟦german⟧"ja"]},
  "link": ["a", ⟦link⟧"b"], "number": [1, ⟦number⟧2.50],
  "steps": ["x", ⟦step⟧{"name": ⟦name⟧"y"}],
  "inner": ⟦blank⟧{"note": ⟦note⟧true},
  "partOf": {"id": ⟦whole⟧"w"},
  "@graph": [{"id": ⟦inside⟧"t", "name": "T"}]
}"""
TERMS = BASE + "terms/"


@pytest.mark.parametrize(
    ("mark", "focus", "property_", "value"),
    [
        ("type", "s", str(RDF.type), URIRef(TERMS + "Unit")),
        ("s", "s", None, None),
        ("s", "s", TERMS + "missing", None),
        ("title", "s", TERMS + "title", None),
        ("title", "s", TERMS + "title", Literal("not there")),
        ("one", "s", TERMS + "title", Literal("café 😀")),
        ("plain", "s", TERMS + "title", Literal("x", lang="en")),
        ("german", "s", TERMS + "title", Literal("ja", lang="de")),
        ("link", "s", TERMS + "link", URIRef(BASE + "b")),
        ("number", "s", TERMS + "number", Literal(2.5)),
        ("inside", "t", None, None),
        ("whole", "w", TERMS + "hasPart", URIRef(BASE + "s")),
        ("whole", "w", None, None),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_each_form_of_a_statement_is_found(
    mark: str, focus: str, property_: str | None, value: Node | None, line_break: str
) -> None:
    data, places = unmarked(FORMS.replace("\n", line_break).replace("\\\\", "\\"))
    path = None if property_ is None else URIRef(property_)
    assert locator_of(data, "jsonld", BASE).find(URIRef(BASE + focus), path, value) == places[mark]


def test_blank_nodes_are_found_at_their_braces_and_by_what_is_in_them() -> None:
    data, places = unmarked(FORMS.replace("\\\\", "\\"))
    locator = locator_of(data, "jsonld", BASE, "test")
    note, name = URIRef(TERMS + "note"), URIRef(TERMS + "name")
    nodes = {(p, isinstance(s, BNode)): s for s, p, _ in triples(data, "jsonld")}
    assert locator.find(nodes[note, True]) == places["blank"]
    assert locator.find(nodes[note, True], note, Literal(True)) == places["note"]
    assert locator.find(nodes[name, True]) == places["step"]
    assert locator.find(nodes[name, True], name) != places["name"]


def test_a_key_that_no_context_explains_leads_to_the_node_around_it() -> None:
    data, places = unmarked('{"@graph": [{"@id": ⟦here⟧"s", "title": "x"}]}')
    assert locator_of(data, "jsonld", BASE).find(URIRef(BASE + "s"), RDF.type) == places["here"]


def test_under_a_context_that_is_an_address_nodes_are_still_found_by_their_names() -> None:
    text = (
        '{"@context": "https://example.org/c.jsonld", "parts": [{"@id": ⟦here⟧"s", "x": {"y": 1}}]}'
    )
    data, places = unmarked(text)
    locator = locator_of(data, "jsonld", BASE)
    assert locator.find(URIRef(BASE + "s"), URIRef("urn:p"), Literal(1)) == places["here"]
