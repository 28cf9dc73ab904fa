"""Turtle, TriG, N-Triples and N-Quads: every statement is found where it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Literal, URIRef

from competency.checking.locating import locator_of
from competency.checking.locating.turtle.reading import read_turtle
from tests.locating.checks import MANY, SOME, is_blank, placed, same_statements, triples
from tests.locating.marks import BASE, unmarked
from tests.locating.turtle_texts import Text, trig, turtle

EX = "http://ex.example/a#"


def says(token: str, declared: str, node: object) -> bool:
    """Ask the parser whether a token alone means a term where these declarations are in force."""
    if is_blank(node):  # type: ignore[arg-type]
        return token[:1] in "[_"
    [(_, _, found)] = triples(f"{declared} <urn:s> <urn:p> {token} .".encode(), "turtle")
    return found == node


def check(document: Text, syntax: str) -> None:
    text = str(document)
    given_ = triples(text.encode(), syntax)
    read = [statement[:3] for statement in read_turtle(text, BASE).statements]
    assert same_statements(read, given_)
    _, found = placed(text, syntax)
    for (_, predicate, node), at, _ in found:
        if node == RDF.nil:
            assert text[at] in "()" or says(*document.objects[at], node)
        elif predicate == RDF.rest:
            assert at in document.objects  # the cell is at its item
        else:
            assert says(*document.objects[at], node), f"{node!r} is not at {text[at : at + 30]!r}"


@given(turtle())
@SOME
def test_every_statement_of_any_turtle_document_is_found_where_its_object_is_written(
    document: Text,
) -> None:
    check(document, "turtle")


@pytest.mark.slow
@given(turtle())
@MANY
def test_every_statement_of_many_turtle_documents_is_found(document: Text) -> None:
    check(document, "turtle")


@given(trig())
@SOME
def test_every_statement_of_any_trig_document_is_found_where_its_object_is_written(
    document: Text,
) -> None:
    check(document, "trig")


@given(
    turtle(),
    st.lists(
        st.tuples(
            st.integers(0, 10**6),
            st.text("[](){}<>\"'.;,\\@:_ \n#^a1é", max_size=5),
            st.integers(0, 20),
        ),
        max_size=6,
    ),
)
@SOME
def test_mangled_text_never_breaks_the_locator(
    document: Text, edits: list[tuple[int, str, int]]
) -> None:
    text = str(document)
    for place, piece, cut in edits:
        at = place % (len(text) + 1)
        text = text[:at] + piece + text[at + cut :]
    locator = locator_of(text.encode("utf-8", "replace"), "turtle", BASE)
    locator.find(URIRef("http://x.example/a"), RDF.type, Literal("x"))
    locator.find(BNode("b"))


@given(st.binary(max_size=200), st.sampled_from(["turtle", "trig", "ntriples", "nquads"]))
@SOME
def test_any_bytes_at_all_are_read_to_the_end(data: bytes, syntax: str) -> None:
    assert locator_of(data, syntax, BASE).find(URIRef("urn:not:there")) is None


@pytest.mark.parametrize(
    "sign",
    [
        "[",
        "(",
        "[ <p> ",
        "( [ <p> (",
        "]",
        ")",
        "{",
        "<<",
        '"',
        "'''",
        "<",
        "#",
        "\n",
        ".",
        "@",
        "\\",
        "_:",
        "1",
        "1.",
        "-",
        "a.",
        "x:\\",
    ],
)
def test_a_hundred_thousand_times_the_same_sign_is_read_quickly(sign: str) -> None:
    read_turtle("<s> <p> " + sign * 100_000, BASE)
    read_turtle(sign * 100_000 + " <s> <p> <o> .", BASE)


def find(
    text: str, focus: str, path: str | None = None, value: object = None, syntax: str = "turtle"
) -> tuple[object, dict[str, tuple[int, int]]]:
    data, places = unmarked(text)
    found = locator_of(data, syntax, BASE).find(
        URIRef(focus),
        None if path is None else URIRef(path),
        value,  # type: ignore[arg-type]
    )
    return found, places


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (r'"caf\u00e9"', Literal("café")),
        (r"'\U0001F600'", Literal("😀")),
        ("'''two\nlines'''", Literal("two\nlines")),
        ("'x'@EN-gb", Literal("x", lang="en-GB")),
        ("1", Literal("1", datatype=XSD.integer)),
        ("01", Literal("01", datatype=XSD.integer, normalize=False)),
        ("true", Literal("true", datatype=XSD.boolean)),
        ("1.5e3", Literal("1.5e3", datatype=XSD.double, normalize=False)),
        ("1.50", Literal("1.5", datatype=XSD.decimal)),  # as a store rewrites it
        ("'1.0'^^<http://www.w3.org/2001/XMLSchema#double>", Literal(1.0)),
        ("<../up>", URIRef("https://example.org/up")),
        ("<//other.example/x>", URIRef("https://other.example/x")),
        ("p:a\\,b", URIRef("urn:p:a,b")),
        ("p:", URIRef("urn:p:")),
    ],
)
def test_a_value_is_found_by_what_it_says_and_not_by_how_it_is_written(
    written: str, value: object
) -> None:
    text = f"PREFIX p: <urn:p:> <s> <p> 'other', 'caf', 2,\t⟦here⟧{written} ."
    found, places = find(text, BASE + "s", BASE + "p", value)
    assert found == places["here"]


def test_columns_are_characters_whatever_their_width() -> None:
    text = "<s> <p> '𝒳é\t日', ⟦here⟧'x' ."
    assert find(text, BASE + "s", BASE + "p", Literal("x")) == ((1, 17), {"here": (1, 17)})


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_end_as_editors_end_them(line_break: str) -> None:
    text = line_break.join(["\ufeff<s> <q> '''a", "b''' ;", "", "<p> ⟦here⟧1 ."])
    found, places = find(text, BASE + "s", BASE + "p", Literal(1))
    assert found == places["here"] == (4, 5)


def test_a_prefix_that_changes_its_meaning_is_followed() -> None:
    text = "@prefix : <urn:a:> . ⟦a⟧:s a :T . @prefix : <urn:b:> . ⟦b⟧:s a :T ."
    for name in ("a", "b"):
        found, places = find(text, f"urn:{name}:s")
        assert found == places[name]


def test_a_base_that_changes_is_followed() -> None:
    text = "@base <sub/> . ⟦first⟧<s> a <T> . BASE <../other/x> ⟦second⟧<s> a <T> ."
    for name, iri in (("first", "sub/s"), ("second", "other/s")):
        found, places = find(text, BASE + iri)
        assert found == places[name]


def test_an_undeclared_prefix_is_no_reason_to_stop() -> None:
    found, places = find("no:such a no:thing . ⟦here⟧<s> a <T> .", BASE + "s")
    assert found == places["here"]


def test_quads_are_found_like_triples() -> None:
    text = '<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:a> <urn:q> ⟦here⟧"x"@en-gb <urn:g> . # end\n'
    found, places = find(text, "urn:a", "urn:q", Literal("x", lang="en-GB"), "nquads")
    assert found == places["here"]
