"""Whatever is given is read as what it is, or refused in a line that says what to do."""

from __future__ import annotations

import pytest

from competency.checking import Options, Source, check
from competency.checking.sources import load
from competency.errors import CompetencyError, FormatError, ParseError, ShapesError
from competency.shapes import Severity

FRAMEWORK = """@prefix comp: <https://w3id.org/competency/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/welding> a comp:Framework ; rdfs:label "Welding"@en .
"""
STATEMENT = b"<urn:f> a <https://w3id.org/competency/ns#Framework> ."


@pytest.mark.parametrize(
    ("name", "data", "syntax"),
    [
        ("a.ttl", STATEMENT, "turtle"),
        ("a.nt", b"<urn:f> <urn:p> <urn:o> .", "ntriples"),
        ("pasted", STATEMENT, "turtle"),
        ("pasted", b"\xef\xbb\xbf# a comment\n@prefix comp: <urn:x#> .", "turtle"),
        ("pasted", b"PREFIX comp: <urn:x#>", "turtle"),
        ("pasted", b'  {"@context": {}, "@id": "urn:a"}', "jsonld"),
        ("a.json", b'{"@id": "urn:a", "@type": "urn:b"}', "jsonld"),
        (
            "pasted",
            b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
            "rdfxml",
        ),
        ("a.txt", b"Level 1\n- Listens to people\n", None),
        ("pasted", b"# Level 1\n\n- Listens to people\n", None),
        (
            "pasted",
            b"<!DOCTYPE html><html><body><h1>Level 1</h1><ul><li>Listens</ul></body></html>",
            None,
        ),
    ],
)
def test_a_source_is_read_as_what_it_is(name: str, data: bytes, syntax: str | None) -> None:
    assert load(Source(name, data)).syntax == syntax


def test_a_syntax_that_is_named_counts_more_than_the_name() -> None:
    assert load(Source("a.txt", STATEMENT, "turtle")).syntax == "turtle"


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("a.ttl", b"<urn:a> <urn:b> [ 1, 2 ] .", ParseError, "a.ttl:1:"),
        ("a.json", b'{"@id": "urn:a" "@type": "urn:b"}', ParseError, "a.json:1:"),
        ("a.json", b"{not json", ParseError, "a.json:1:"),
        ("a.jsonld", b"[" * 5000, ParseError, "brackets inside"),
        ("a.ttl", FRAMEWORK.encode("utf-16"), ParseError, "a.ttl:1:"),
        ("a.ttl", b"\x00\x01\x02\xff", ParseError, "a.ttl:1:"),
        ("a.rdf", b"<rdf:RDF", ParseError, "a.rdf:1:"),
        ("a.txt", b"   \n", ParseError, "holds no text"),
    ],
)
def test_what_cannot_be_read_is_one_line_with_the_place(
    name: str, data: bytes, error: type[CompetencyError], words: str
) -> None:
    with pytest.raises(error) as caught:
        load(Source(name, data))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_syntax_lists_those_there_are() -> None:
    with pytest.raises(FormatError, match="turtle"):
        load(Source("a", b"", "n3"))


def test_three_slips_of_the_pen_are_three_lines() -> None:
    text = b"<urn:a> a <urn:b>,, <urn:c> .\n<urn:d> a <urn:e> .\n<urn:f> <urn:g> 'x\n .\n<urn:h> a ; .\n"
    with pytest.raises(ParseError) as caught:
        load(Source("a.ttl", text))
    assert [line.split(" ")[0] for line in (str(caught.value), *caught.value.more)] == [
        "a.ttl:1:19:",
        "a.ttl:3:17:",
        "a.ttl:5:11:",
    ]


# ------------------------------------------------------------------ dirty, but well-formed


DIRTY = {
    "an ill-typed date": ('dcterms:issued "2011"^^xsd:date', "FrameworkIssued"),
    "English tagged as German": (
        'rdfs:label "The people who weld the hulls of ships and what they do"@de',
        "TextLanguage",
    ),
    "an empty definition": ('dcterms:description ""@en', "DescriptionNotBlank"),
    "a dangling link": ("comp:source <https://elsewhere.example.org/source>", "SourceTyped"),
    "a time without a zone": ('dcterms:modified "2024-05-01T10:00:00"^^xsd:dateTime', "TimeZone"),
    "a misspelt key": ('dcterms:publsher "The guild"', "MisspeltTerm"),
}


@pytest.mark.parametrize(("said", "rule"), DIRTY.values(), ids=DIRTY)
def test_dirt_of_real_files_is_reported_where_it_stands(said: str, rule: str) -> None:
    text = (
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        + FRAMEWORK
        + f"<https://example.org/welding>\n    {said} .\n"
    )
    found = [
        r for r in check([Source("a.ttl", text.encode())]).report if r.shape.endswith(f"#{rule}")
    ]
    assert found, rule
    assert found[0].location is not None
    assert (found[0].location.source, found[0].location.line) == ("a.ttl", text.count("\n"))


# ------------------------------------------------------------------ documents and options


def test_a_document_of_words_points_at_its_own_lines() -> None:
    text = "Welding standard\n\nLevel 1\n- Leaves hot metal where others walk, and\n- Puts up screens.\n"
    checked = check([Source("standard.txt", text.encode())])
    assert checked.loaded[0].lines[2] == "Level 1"
    lines = {r.location.line for r in checked.report if r.location is not None}
    assert checked.report.conforms and lines <= {None, 1, 3, 4, 5}
    assert all(
        r.location is not None and r.location.source == "standard.txt" for r in checked.report
    )


def test_a_rule_that_is_left_out_finds_nothing() -> None:
    source = Source("a.ttl", FRAMEWORK.encode())
    rules = {result.shape.rpartition("#")[2] for result in check([source]).report}
    assert "FrameworkSource" in rules
    less = check([source], Options(without=frozenset({"FrameworkSource"}))).report
    assert {result.shape.rpartition("#")[2] for result in less} == rules - {"FrameworkSource"}


def test_a_rule_that_is_not_there_is_refused_with_a_guess() -> None:
    with pytest.raises(ShapesError, match="DuplicateTexts"):
        check([Source("a.ttl", STATEMENT)], Options(without=frozenset({"DuplicateText"})))


def test_both_engines_say_the_same_of_a_source() -> None:
    source = Source("a.ttl", FRAMEWORK.encode())
    fast, slow = check([source]).report, check([source], Options(engine="reference")).report
    assert fast == slow
    assert fast.counts[Severity.violation]


@pytest.mark.parametrize("name", ["a.ttl", "a.csv", "a.json", "a.txt"])
def test_an_empty_file_is_empty_whatever_its_name(name: str) -> None:
    with pytest.raises(ParseError, match="the file is empty"):
        load(Source(name, b" \n"))


@pytest.mark.parametrize("text", [b"# to do\n", b"@prefix a: <urn:a> .\n"])
def test_a_document_without_triples_can_be_read_and_does_not_conform(text: bytes) -> None:
    assert not check([Source("a.ttl", text)], Options()).report.conforms
