"""Loading, naming and writing graphs: nothing is lost, nothing is rewritten."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency import (
    ConversionError,
    FormatError,
    KnowledgeGraph,
    NotFound,
    ParseError,
    SourceError,
)
from competency.formats import RDF_SYNTAXES, Format
from competency.graph import NamedGraph, serialize
from competency.graph.store import parse
from tests.conftest import PREFIXES

ODD = (
    PREFIXES
    + """
ex:f a comp:Framework ; rdfs:label "A \\"quoted\\"\\nline"@en , "Été"@fr , "框架"@zh ;
    comp:position 01 , 1 ; comp:rank "1.50"^^xsd:decimal , 1.5 , "+7"^^xsd:integer ;
    comp:isEmpty "1"^^xsd:boolean , true ; comp:creditValue 1.0e0 , 3 ;
    dcterms:issued "2012-09"^^xsd:gYearMonth , "2011"^^xsd:date ;
    comp:notStated dcterms:publisher ; comp:lineCount "1"^^xsd:nonNegativeInteger ;
    comp:lines "4,6" ; comp:text "plain" ; comp:code [ skos:notation "A" ] , [ skos:notation "B" ] ;
    <https://example.org/a%20b> ex:é .
"""
)


def canonical(quads: list[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset([ox.Quad(q.subject, q.predicate, q.object) for q in quads])
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def turtle(text: str) -> list[ox.Quad]:
    return parse(text.encode(), RDF_SYNTAXES[0], "test.ttl", "https://example.org/")


@pytest.mark.parametrize("syntax", RDF_SYNTAXES, ids=lambda row: row.name)
def test_every_syntax_gives_back_the_same_terms_lexical_forms_included(syntax: Format) -> None:
    before = turtle(ODD)
    written = serialize(NamedGraph("https://example.org/f", (q.triple for q in before)), syntax)
    after = parse(written, syntax, "back", "https://example.org/")
    assert canonical(after) == canonical(before)


@pytest.mark.parametrize("syntax", RDF_SYNTAXES, ids=lambda row: row.name)
def test_the_same_triples_give_the_same_bytes(syntax: Format) -> None:
    once, twice = (
        serialize(NamedGraph("https://example.org/f", (q.triple for q in turtle(ODD))), syntax)
        for _ in range(2)
    )
    assert once == twice


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
literals = st.one_of(
    st.builds(ox.Literal, texts),
    st.builds(
        lambda t, lang: ox.Literal(t, language=lang), texts, st.sampled_from(["en", "fr", "zh-hk"])
    ),
    st.builds(
        lambda t, name: ox.Literal(
            t, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}")
        ),
        st.from_regex(r"[+-]?0?[0-9]{1,20}(\.[0-9]0?)?", fullmatch=True),
        st.sampled_from(["integer", "decimal", "double", "boolean", "date", "token"]),
    ),
)
names = st.sampled_from(
    [
        "https://w3id.org/competency/ns#text",
        "https://w3id.org/competency/ns#partOf",
        "http://www.w3.org/2000/01/rdf-schema#label",
        "https://example.org/text",
        "https://w3id.org/competency/ns#creditValue",
        "urn:x",
        "comp:Note",  # somebody forgot to say the prefix
        "xsd:date",
        "text:a",
        "id:b",
    ]
).map(ox.NamedNode)
triples = st.lists(st.builds(ox.Triple, names, names, st.one_of(literals, names)), max_size=8)


plain_syntaxes = st.sampled_from([row for row in RDF_SYNTAXES if row.name != "rdfxml"])


@settings(deadline=None, max_examples=60)
@given(triples, plain_syntaxes)
def test_any_triples_survive_any_syntax(found: list[ox.Triple], syntax: Format) -> None:
    assert round_trip(found, syntax) == set(found)


@pytest.mark.slow
@settings(deadline=None, max_examples=1000)
@given(triples, plain_syntaxes)
def test_a_thousand_odd_triples_survive_any_syntax(found: list[ox.Triple], syntax: Format) -> None:
    assert round_trip(found, syntax) == set(found)


def round_trip(found: list[ox.Triple], syntax: Format) -> set[ox.Triple]:
    written = serialize(NamedGraph("https://example.org/f", found), syntax)
    after = parse(written, syntax, "back", "https://example.org/")
    return {quad.triple for quad in after}


@pytest.mark.parametrize("iri", ["comp:text", "dcterms:title", "xsd:date", "text:a", "id:b"])
def test_an_iri_that_looks_like_a_prefixed_name_stays_what_it_is(iri: str) -> None:
    text = f"ex:a <{iri}> <{iri}> ; a <{iri}> ; comp:text 'x'^^<{iri}> . <{iri}> a comp:Note ."
    found = [quad.triple for quad in turtle(PREFIXES + text)]
    for syntax in RDF_SYNTAXES[:2]:
        assert round_trip(found, syntax) == set(found)


@pytest.mark.parametrize(
    "triple", ['<urn:s> <http://example.org/123> "x"', '<urn:s> <http://example.org/p> "a\\u0001b"']
)
def test_what_xml_cannot_say_is_refused_and_not_written_wrong(triple: str) -> None:
    graph = KnowledgeGraph()
    graph.parse(f"{triple} .")
    with pytest.raises(ConversionError, match=r"cannot be written as RDF/XML.*another syntax has"):
        graph.serialize(syntax="rdfxml")


def test_a_framework_goes_to_a_graph_of_its_own_name() -> None:
    graph = KnowledgeGraph()
    assert graph.parse(PREFIXES + "ex:f a comp:Framework .") == ["https://example.org/f"]


def test_two_frameworks_in_one_file_are_told_apart() -> None:
    graph = KnowledgeGraph()
    graph.parse(
        PREFIXES
        + "ex:f a comp:Framework . ex:g a comp:Framework ; comp:source [ rdfs:label 'Book'@en ] ."
        + "ex:p comp:inFramework ex:g ; comp:code ex:c . ex:c skos:notation '1' . <https://example.org/f/x> a comp:Note ."
    )
    subjects = {str(s) for s in graph.named_graph("https://example.org/g").graph.subjects()}
    assert {"https://example.org/g", "https://example.org/p", "https://example.org/c"} < subjects
    assert "https://example.org/f/x" in {
        str(s) for s in graph.named_graph("https://example.org/f").graph.subjects()
    }
    assert len(graph) == 8


def test_graph_names_in_a_file_are_kept() -> None:
    names = KnowledgeGraph().parse("<urn:a> { <urn:s> <urn:p> <urn:o> }", syntax="trig")
    assert names == ["urn:a"]


def test_loading_the_same_framework_from_two_files_adds_their_triples(tmp_path: Path) -> None:
    for name, label in (("a.ttl", "A"), ("b.ttl", "B")):
        (tmp_path / name).write_text(
            PREFIXES + f'ex:f a comp:Framework ; rdfs:label "{label}"@en .'
        )
    graph = KnowledgeGraph(tmp_path / "a.ttl", tmp_path / "b.ttl")
    assert len(graph) == 3


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.ttl: No such file or directory$"):
        KnowledgeGraph(tmp_path / "none.ttl")


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("a.ttl", b"@prefix a: <http://a/> .\na:b a:c .\n", "2:9"),
        ("a.nt", b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .\n", "2:17"),
        ("a.jsonld", b'{\n "@id": "urn:a",\n "x" 1}', "3:6"),
        ("a.rdf", b"<?xml version='1.0'?>\n<a><b></a>", "2:9: not RDF/XML: mismatched tag"),
        ("a.ttl", b"# caf\xe9\n", "1:6"),
        ("notes.txt", b"Dear all,\nplease find attached", "1:"),
        ("photo.ttl", b"\x89PNG\r\n\x1a\n", "1:1"),
        ("a.json", b'{"a": ', "1:7"),
    ],
)
def test_a_fault_is_given_with_file_line_and_column(
    tmp_path: Path, name: str, content: bytes, place: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ParseError) as caught:
        KnowledgeGraph(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name}:{place}")
    assert "\n" not in str(caught.value)


def test_a_bad_file_leaves_the_graph_as_it_was() -> None:
    graph = KnowledgeGraph()
    graph.parse(PREFIXES + "ex:f a comp:Framework .")
    with pytest.raises(ParseError):
        graph.parse("ex:f a")
    assert len(graph) == 1


def test_a_byte_order_mark_and_dos_line_ends_are_read() -> None:
    text = "\ufeff" + PREFIXES.replace("\n", "\r\n") + "ex:f a comp:Framework .\r\n"
    assert KnowledgeGraph().parse(text) == ["https://example.org/f"]


def test_remote_json_ld_contexts_are_never_fetched() -> None:
    with pytest.raises(ParseError, match="context"):
        KnowledgeGraph().parse(
            '{"@context": "http://127.0.0.1:9/x", "@id": "urn:a"}', syntax="jsonld"
        )


def test_unknown_names_are_refused_with_near_ones(shipped: KnowledgeGraph) -> None:
    with pytest.raises(NotFound, match="did you mean pub-cscf"):
        shipped.framework("pub-csf")
    with pytest.raises(NotFound):
        shipped.resource("pub-cscf/none")
    with pytest.raises(FormatError, match="turtle"):
        shipped.serialize("pub-cscf", "docx")


def test_a_saved_framework_loads_again_unchanged(shipped: KnowledgeGraph, tmp_path: Path) -> None:
    for row in RDF_SYNTAXES:
        file = tmp_path / f"copy{row.suffixes[0]}"
        shipped.save(file, "hkqf-111334L3")
        again = KnowledgeGraph(file)
        assert set(again.named_graph(again.graph_names[0]).triples) == set(
            shipped.describe("hkqf-111334L3").triples
        )


def test_the_description_of_a_part_holds_what_is_below_it_and_its_codes(
    shipped: KnowledgeGraph,
) -> None:
    described = shipped.describe("nos-pss-spo109/1").graph
    subjects = {str(subject) for subject in described.subjects()}
    base = shipped.base + "nos-pss-spo109"
    assert f"{base}/1/ku/39" in subjects
    assert any("/code/" in subject for subject in subjects)
    assert base not in subjects


def test_a_fault_beside_a_very_long_number_is_told_as_any_other() -> None:
    with pytest.raises(ParseError, match="not JSON-LD"):
        KnowledgeGraph().parse('{"@id": 5, "urn:a": ' + "9" * 5000 + "}", syntax="jsonld")


def test_a_context_that_would_have_to_be_fetched_is_refused_with_a_way_out() -> None:
    with pytest.raises(ParseError, match="nothing is fetched; put the context itself there"):
        KnowledgeGraph().parse(
            '{"@context": "http://x.example/c", "@id": "urn:a"}', syntax="jsonld"
        )
