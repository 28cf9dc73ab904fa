"""Documents that are not well-formed: every fault has its line, its column and a way to mend it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency.checking.locating import syntax_errors
from competency.checking.locating.jsonld.contexts import KEYWORDS
from competency.errors import ParseError
from competency.formats import by_name
from competency.graph.store import parse
from tests.locating.checks import SOME
from tests.locating.marks import BASE, unmarked

PREFIX = "@prefix : <http://x.example/> .\n"
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://ex.example/">\n'


def fault(text: str | bytes, syntax: str) -> ParseError:
    with pytest.raises(ParseError) as caught:
        parse(text if isinstance(text, bytes) else text.encode(), by_name(syntax), "doc", BASE)
    return caught.value


TURTLE = {
    "a , for a ;": (":a :p 'x'@en ,\n  :q ⟦⟧'y' .", "put ; in its place"),
    "no ; between properties": (":a :p 1\n  ⟦⟧:q 2 .", "; if another property follows"),
    "no . between statements": (":a :p 1\n\n⟦⟧:b :q 2 .", ". if another subject"),
    "a ; before another subject": (":a :p 1 ;\n\n:b :q ⟦⟧2 .", "ends with ; and goes on"),
    "a . inside a statement": (":a :p 1 .\n  :q ⟦⟧2 .", "put ; there"),
    "a list as in JSON": (":a :p [:b⟦⟧, :c] .", "written in ( ) and without commas"),
    "a list of numbers as in JSON": (":a :p [⟦⟧1, 2] .", "written in ( ) and without commas"),
    "commas in a list": (":a :p (1⟦⟧, 2) .", "without commas"),
    "two commas": (":a :p 1,⟦⟧, 2 .", "one comma too many"),
    "a list that stays open": (":a :p (1 2 ⟦⟧.", "put )"),
    "a node that stays open": (":a :p [ :q 1 ⟦⟧.", "put ] before it"),
    "one bracket too many": (":a :p :q ⟦⟧] .", "one ] too many"),
    "a text that stays open": (":a :p ⟦⟧'x .", "never closed"),
    "a long text that stays open": (":a :p ⟦⟧'''x\n\n .", "never closed"),
    "an IRI that stays open": (":a :p ⟦⟧<http://x", "never closed"),
    "a text over two lines": (":a :p 'x⟦⟧\ny' .", 'three quotes around it: """'),
    "an unknown escape": (":a :p 'C:⟦⟧\\dir' .", "a backslash that means itself"),
    "an unknown prefix": ("⟦⟧foo:a :p 1 .", "@prefix foo: <https://...> ."),
    "a well-known prefix": (":a ⟦⟧skos:note 1 .", "<http://www.w3.org/2004/02/skos/core#>"),
    "an IRI without angles": (":a :p ⟦⟧https://x.example/ .", "<https://...>"),
    "a space in an IRI": (":a :p ⟦⟧<http://x y> .", "write %20"),
    "a word without prefix": (":a :p ⟦⟧hello .", '("hello")'),
    "a property without prefix": (":a ⟦⟧label 1 .", "ex:label"),
    "a capital letter": (":a :p ⟦⟧True .", "write true"),
    "a date without quotes": (":a :p 2024⟦⟧-05-01 .", '"2024-05-01"^^xsd:date'),
    "a number with a unit": (":a :p 3⟦⟧kg .", "put it in quotes"),
    "a quote in a text": (":a :p 'it'⟦⟧s' .", "quotes inside it need a"),
    "one ^": (":a :p '1'⟦⟧^:t .", '"1"^^xsd:integer'),
    "a datatype without prefix": (":a :p '1'^^⟦⟧date .", "name with its prefix"),
    "a bad language": (":a :p 'x'@⟦⟧1 .", "@en or @de-CH"),
    "a text as subject": ("⟦⟧'a' :p 1 .", "cannot be a subject"),
    "a subject alone": (":a ⟦⟧.", "no property and no value"),
    "a property alone": (":a :p ⟦⟧.", "a value is missing"),
    "a declaration without dot": ("@prefix x: <urn:x:>\n⟦⟧@prefix y: <urn:y:> .", "end the @prefix"),
    "a declaration with a dot": ("PREFIX x: <urn:x:> ⟦⟧.", "PREFIX stands without a dot"),
    "a declaration without colon": ("@prefix ⟦⟧x <urn:x:> .", "write @prefix ex:"),
    "a graph": (":g ⟦⟧{ :a :p 1 }", "name the file .trig"),
    "a rule": (":a ⟦⟧= :b .", "Notation3"),
    "a variable": (":a :p ⟦⟧?x .", "variables are for queries"),
    "a comment as in C": ("⟦⟧// note", "comments begin with #"),
    "curly quotes": (":a :p ⟦⟧“x” .", "straight quotes"),
    "a no-break space": (":a⟦⟧\u00a0:p 1 .", "no-break space"),
    "a slash in a name": (":a⟦⟧/b :p 1 .", "write \\/"),
    "a file cut off": (":a :p ⟦⟧", "the file ends inside a statement"),
    "a file cut off in a node": (":a :p [ :q 1 ; ⟦⟧", "before the [ is closed"),
    "an emoji before it": (":a :p '😀é\t' ⟦⟧x .", "after a text only"),
}  # fmt: skip


@pytest.mark.parametrize("name", TURTLE)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_a_fault_in_turtle_has_its_place_and_a_way_to_mend_it(name: str, line_break: str) -> None:
    text, fix = TURTLE[name]
    data, places = unmarked((PREFIX + text).replace("\n", line_break))
    found = fault(data, "turtle")
    assert fix in str(found)
    assert (found.line, found.column) == places[""]
    assert "\n" not in str(found) and "\r" not in str(found)


JSONLD = {
    "a comma is missing": ('{"@id": "urn:a"\n ⟦⟧"urn:p": 1}', "put a comma before it"),
    "a comma is missing in an array": ('{"urn:p": [1\n ⟦⟧2]}', "put a comma before it"),
    "one comma too many": ('{"urn:p": [1,\n⟦⟧]}', "take out the comma"),
    "single quotes": ("{⟦⟧'@id': 'urn:a'}", "double quotes"),
    "a key without quotes": ('{⟦⟧id: "urn:a"}', "double quotes"),
    "a comment": ('{ ⟦⟧// note\n "@id": "urn:a"}', "no comments"),
    "a word of Python": ('{"urn:p": ⟦⟧True}', "write true"),
    "a file cut off": ('{"urn:p": ⟦⟧"x', "the file ends too early"),
    "one bracket too many": ('{"@id": "urn:a"}⟦⟧}', "one bracket too many"),
    "two nodes": ('{"@id": "urn:a"} ⟦⟧{"@id": "urn:b"}', "into one array"),
    "an empty file": ("⟦⟧", "the file is empty"),
    "a number as @id": ('{"urn:p": {\n "@id": ⟦⟧5}}', "an @id is an IRI in quotes"),
    "a number as @id under another name": ('{"@context": {"id": "@id"},\n"id": ⟦⟧5, "urn:p": 1}', "an @id is"),
    "an object as value": ('{"urn:p": {"@value":\n⟦⟧{}}}', "a @value is one text"),
    "a number as @type": ('{"@type": ["urn:t", ⟦⟧5]}', "a @type is an IRI"),
    "two @id": ('{"@id": "urn:a", ⟦⟧"@id": "urn:b", "urn:p": 1}', "keep one of the two"),
    "a value with @id": ('{"urn:p": {"@value": 1, ⟦⟧"@id": "urn:b"}}', "a value has no @id"),
    "a list with more": ('{"urn:p": {"@list": [], ⟦⟧"@id": "urn:b"}}', "a node of their own"),
    "a context elsewhere": ('{"@context": ⟦⟧"https://x.example/c"}', "nothing is fetched"),
    "a number as context": ('{"@context": ⟦⟧3}', "an object of terms"),
    "a keyword as term": ('{"@context": {⟦⟧"@id": "urn:x"}}', "another name for the term"),
    "an unknown version": ('{"@context": {⟦⟧"@version": 1.0}}', "write 1.1"),
}  # fmt: skip


@pytest.mark.parametrize("name", JSONLD)
def test_a_fault_in_jsonld_has_its_place_and_a_way_to_mend_it(name: str) -> None:
    text, fix = JSONLD[name]
    data, places = unmarked(text)
    found = fault(data, "jsonld")
    assert fix in str(found)
    assert (found.line, found.column) == places[""]


RDFXML = {
    "an element that stays open": ("<ex:A>\n</⟦⟧rdf:RDF>", "close the elements inside first"),
    "a file cut off": ("<ex:A>\n⟦⟧", "the file ends too early"),
    "an &": ("<ex:A><ex:p>a &⟦⟧ b</ex:p></ex:A></rdf:RDF>", "write &amp;"),
    "an entity of HTML": ("<ex:A><ex:p>a⟦⟧&nbsp;b</ex:p></ex:A></rdf:RDF>", "write the sign itself"),
    "an unknown prefix": ("<ex:A>⟦⟧<foo:p/></ex:A></rdf:RDF>", 'xmlns:foo="https://..."'),
    "a name without prefix": ("⟦⟧<A/></rdf:RDF>", "give each name a prefix"),
    "a space in an IRI": ('\n<ex:A rdf:about="⟦⟧x y"/></rdf:RDF>', "write %20"),
    "two objects": ('<ex:A>\n⟦⟧<ex:p rdf:resource="a" rdf:nodeID="b"/></ex:A></rdf:RDF>', "keep one"),
    "a text in a node": ("<ex:A>\n  ⟦⟧hello</ex:A></rdf:RDF>", "put the text into one"),
    "two nodes in a property": ("<ex:A><ex:p><ex:B/>\n⟦⟧<ex:C/></ex:p></ex:A></rdf:RDF>", "one value"),
    "an ID twice": ('<ex:A rdf:ID="b"/>\n⟦⟧<ex:A rdf:ID="b"/></rdf:RDF>', "rdf:about"),
    "a fault far inside": ("<ex:A/>\n" * 2000 + '<ex:A rdf:about="⟦⟧é y"/></rdf:RDF>', "write %20"),
}  # fmt: skip


@pytest.mark.parametrize("name", RDFXML)
def test_a_fault_in_rdfxml_has_its_place_and_a_way_to_mend_it(name: str) -> None:
    text, fix = RDFXML[name]
    data, places = unmarked(RDF + text)
    found = fault(data, "rdfxml")
    assert fix in str(found)
    assert (found.line, found.column) == places[""]


@pytest.mark.parametrize(
    ("text", "place", "fix"),
    [
        ("<urn:a> <urn:b> ex:c .", (1, 17), "are Turtle"),
        ("<urn:a> <b> <urn:c> .", (1, 9), "written whole"),
        ("<urn:a> <urn:b> <urn:c>\n<urn:a> <urn:b> 'x' .", (2, 1), "ends with ' .'"),
        ('<urn:a> <urn:b> "x\n', (1, 17), "never closed"),
    ],
)
def test_a_fault_in_ntriples_has_its_place_and_a_way_to_mend_it(
    text: str, place: tuple[int, int], fix: str
) -> None:
    found = fault(text, "ntriples")
    assert (found.line, found.column) == place
    assert fix in str(found)


@pytest.mark.parametrize(
    ("data", "syntax", "words"),
    [
        (b'{"@context": {}, "@id": "x"}', "turtle", "looks like JSON; name the file .jsonld"),
        (b'[\n {"@id": "x"}]', "turtle", "looks like JSON"),
        (b'<?xml version="1.0"?><a/>', "turtle", "looks like RDF/XML; name the file .rdf"),
        (b"<!DOCTYPE html><html></html>", "turtle", "a web page"),
        (b"SELECT * WHERE { ?s ?p ?o }", "turtle", "SPARQL query"),
        (PREFIX.encode(), "jsonld", "looks like Turtle; name the file .ttl"),
        (PREFIX.encode(), "rdfxml", "looks like Turtle"),
        (b'{"@id": "x"}', "rdfxml", "looks like JSON"),
        (b"PK\x03\x04\x14\x00\x06\x00", "turtle", "a zip archive, such as a .docx or .xlsx"),
        (b"%PDF-1.7\n%", "turtle", "a PDF"),
        ((PREFIX + ":a :p 1 .").encode("utf-16-le"), "turtle", "it is UTF-16"),
        ((PREFIX + ":a :p 1 .").encode("utf-16"), "turtle", "save the file as UTF-8"),
        ("é".encode("latin-1"), "turtle", "save the file as UTF-8"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "turtle", "the file is no text"),
    ],
)
def test_what_is_no_such_document_at_all_is_told_by_what_it_looks_like(
    data: bytes, syntax: str, words: str
) -> None:
    found = fault(data, syntax)
    assert words in str(found)
    assert found.line and found.column


@pytest.mark.parametrize(
    "text",
    [
        "<urn:~a> <urn:b> <urn:c> {⟦⟧| <urn:x> 1 |} .",
        "<urn:a> <urn:b> ⟦⟧<<( <urn:a> <urn:b> 1 )>> .",
        "<urn:a> <urn:b> '<<' ⟦⟧~ <urn:r> .",
    ],
)
def test_a_statement_about_a_statement_is_refused_with_its_place(text: str) -> None:
    data, places = unmarked(f"# <<\n{text}")
    found = fault(data, "turtle")
    assert (found.line, found.column) == places[""]
    assert "owl:Axiom" in str(found)


@pytest.mark.parametrize("word", ["x" * 100_000, "'" + "x y " * 50_000 + "'", "\x1b[31mred"])
def test_a_fault_is_told_on_a_line_that_a_terminal_can_show(word: str) -> None:
    for text in (f":a {word} 1 .", f"{word} :p 1 .", f":a :p 1 {word} ."):
        said = str(fault(PREFIX + text, "turtle"))
        assert len(said) < 500 and said.isprintable()


def test_the_file_of_a_registry_with_a_list_as_in_json_is_told_how_to_write_it(
    shared: Path,
) -> None:
    data = (shared / "samples/malformed/ConnectingCredentialsLevels.ttl").read_bytes()
    found = fault(data, "turtle")
    assert (found.line, found.column) == (8, 78)
    assert "a list is written in ( ) and without commas" in str(found)


_SIGNS = {
    "turtle": "<>:@prefix. \n;,[]()\"'\\#aé{}^_",
    "trig": "<>:{}. \n;[]\"'a",
    "nquads": '<a:b> _:.\n"@^\\',
    "jsonld": '{}[]",:@id contextvalue\\u0 1\n',
    "rdfxml": "<>/&;\"'=: rdf#\n!-[]?",
}


@pytest.mark.parametrize("syntax", _SIGNS)
@given(data=st.data())
@SOME
def test_any_text_at_all_is_read_or_refused_with_a_place_on_one_line(
    syntax: str, data: st.DataObject
) -> None:
    start = {"rdfxml": RDF, "jsonld": '{"@context": {', "turtle": PREFIX}.get(syntax, "")
    text = data.draw(st.sampled_from(["", start])) + data.draw(st.text(_SIGNS[syntax]))
    try:
        parse(text.encode(), by_name(syntax), "doc", BASE)
    except ParseError as error:
        assert error.line and error.column
        assert error.line <= len(re.split("\r\n|\r|\n", text)) + 1
        assert "\n" not in str(error)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(["", "a", "@id", "urn:a", "e n"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*sorted(KEYWORDS), "a", "urn:p"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(_JSON)
@settings(SOME, max_examples=300)
def test_json_that_is_no_jsonld_is_refused_with_a_place_inside_it(value: object) -> None:
    text = json.dumps(value, indent=1)
    try:
        parse(text.encode(), by_name("jsonld"), "doc", BASE)
    except ParseError as error:
        assert error.line and error.column
        assert error.column <= len(text.splitlines()[error.line - 1])


# -- all faults at once


FAULTS = {
    "no ;": ("a :T ;", "a :T", 2),
    "no .": ("{n} .", "{n}", 4),
    "a , for a ;": ("@en ;", "@en ,", 3),
    "no quotes": (":b{n}", "word", 3),
    "an unknown prefix": (":b{n}", "pre{n}:b", 3),
    "an open quote": ('{n}"@en', "{n}", 2),
    "a list as in JSON": (":a{n} , :b{n}", "[ :a{n}, :b{n} ]", 3),
    "one bracket too many": (":b{n}", ":b{n} ]", 3),
    "a space in an IRI": (":b{n}", "<http://x y/>", 3),
    "an unknown escape": ("Text", "\\dir", 2),
    "an IRI without angles": (":b{n}", "http://x.example/", 3),
    "no value": (":a{n} , :b{n}", "", 3),
}
STATEMENT = """:s{n} a :T ;
    :label "Text {n}"@en ;
    :part :a{n} , :b{n} .
"""


@given(st.lists(st.sampled_from([None, None, *FAULTS]), min_size=1, max_size=25))
@SOME
def test_as_many_faults_as_there_are_statements_with_one_are_told_at_their_lines(
    chosen: list[str | None],
) -> None:
    text, lines = PREFIX, []
    for number, name in enumerate([*chosen, None]):
        statement = STATEMENT
        if name is not None:
            right, wrong, line = FAULTS[name]
            statement = statement.replace(right, wrong)
            lines.append(1 + number * 4 + line)
        text += statement.replace("{n}", str(number)) + "\n"
        lines = [line + 1 if name == "no ." and line == lines[-1] else line for line in lines]
    found = syntax_errors(text.encode(), "turtle", "doc")
    assert [error.line for error in found] == lines[:20]


def test_faults_that_are_told_together_are_those_that_are_told_one_by_one() -> None:
    text = PREFIX + ":a :p x .\n:b :p 1 .\n# a comment.\n:c :p [1, 2] .\n:d 'p' 1 .\n"
    found = syntax_errors(text.encode(), "turtle", "doc")
    assert [(error.line, error.column) for error in found] == [(2, 7), (5, 8), (6, 4)]
    for error in found:
        whole = text.splitlines()
        alone = fault(PREFIX + whole[(error.line or 0) - 1], "turtle")
        assert (alone.reason, alone.column) == (error.reason, error.column)


def test_a_prefix_that_is_declared_in_a_wrong_way_is_one_fault_and_not_one_for_each_use() -> None:
    text = "@prefix ex <urn:x:> .\n" + "".join(f"ex:a{n} a ex:T .\n" for n in range(9))
    assert [error.line for error in syntax_errors(text.encode(), "turtle", "doc")] == [1]


def test_a_prefix_that_is_nowhere_declared_is_one_fault() -> None:
    text = "".join(f"ex:a{n} a ex:T .\n" for n in range(9)) + "<a> b <c> ."
    assert [error.line for error in syntax_errors(text.encode(), "turtle", "doc")] == [1, 10]


def test_prefixes_declared_among_faults_are_known_after_them() -> None:
    text = (
        "<a> x 1 .\n@prefix ex: <urn:x:> .\nPREFIX e: <urn:y:>\n<b> y 2 .\nex:c a e:d .\nex:c z 1 ."
    )
    assert [error.line for error in syntax_errors(text.encode(), "turtle", "doc")] == [1, 4, 6]


def test_a_long_text_that_is_never_closed_ends_the_search() -> None:
    text = PREFIX + ':a :p """x .\n:b :p x .\n:c :p y .\n'
    assert [error.line for error in syntax_errors(text.encode(), "turtle", "doc")] == [2]


def test_lines_of_a_text_are_never_taken_for_statements() -> None:
    text = PREFIX + ':a x 1 ; :p """one.\n:b is two.\n:c is three.""" .\n:d :p 1 .\n:e y 2 .\n'
    assert [error.line for error in syntax_errors(text.encode(), "turtle", "doc")] == [2, 6]


def test_no_more_than_twenty_faults_are_told() -> None:
    text = "<urn:a> <urn:b> c .\n" * 50
    for syntax in ("turtle", "ntriples"):
        found = syntax_errors(text.encode(), syntax, "doc")
        assert [error.line for error in found] == list(range(1, 21))


def test_each_line_of_ntriples_is_told_alone() -> None:
    text = "<urn:a> <urn:b> 1 .\r\n<urn:a> <urn:b> <urn:c> .\r\n\r\n# note\r\n<urn:a> <urn:b> ⟦⟧x .\r\n"
    data, places = unmarked(text)
    found = syntax_errors(data, "nt", "doc")
    assert [(error.line, error.column) for error in found] == [(1, 17), places[""]]


@pytest.mark.parametrize("syntax", ["jsonld", "rdfxml", "trig"])
def test_other_syntaxes_tell_their_first_fault(syntax: str) -> None:
    assert len(syntax_errors(b"<a> b } { ]\n<c> d", syntax, "doc")) == 1


def test_a_document_without_fault_has_none() -> None:
    assert syntax_errors((PREFIX + ":a :p 1 .").encode(), "turtle", "doc") == ()


@given(st.text("<>:@prefix. \n;,[]()\"'\\#aé{}^_", max_size=300))
@SOME
def test_any_text_at_all_has_its_faults_in_order(text: str) -> None:
    found = syntax_errors(text.encode(), "turtle", "doc")
    lines = [error.line or 0 for error in found]
    assert lines == sorted(lines)
    assert all(0 < line <= text.count("\n") + 2 for line in lines)
