"""A file is known by what is in it, whatever it is called; what is not read is told in a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from competency import KnowledgeGraph
from competency.documents import Options
from competency.errors import CompetencyError, FormatError, ParameterError, ParseError, SourceError
from competency.exchange.exchanges import exchange_named
from competency.exchange.imported import File, Kept
from competency.importing import Brought, import_file, import_formats, import_path, media_type_of
from competency.ontology import expand
from tests.importing.files import SKOS, TEXT, TURTLE, case_bytes, package


def brought(name: str, data: bytes, **options: object) -> Brought:
    return import_file(File(name, data, media_type_of(name)), Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("a.json", case_bytes(), "case"),
        ("a.txt", case_bytes(), "case"),
        ("a", b"\xef\xbb\xbf" + case_bytes(), "case"),
        ("a.ttl", TURTLE, "turtle"),
        ("a.txt", TURTLE, "turtle"),
        ("a.ttl", SKOS, "skos"),
        ("a.txt", SKOS, "skos"),
        ("a.txt", TEXT, "document"),
        ("a.md", TEXT, "document"),
        (
            "a.html",
            b"<html><body><h1>Desk</h1><ul><li>Greets guests</ul></body></html>",
            "document",
        ),
        ("notes.txt", b"Prefix to the standard: <none>\n\n- Greets guests\n", "document"),
        ("notes.txt", b"{ A brace }\n\n- Greets guests\n", "document"),
        ("notes.txt", b"[1] A reference\n\n- Greets guests\n", "document"),
    ],
)
def test_a_file_is_known_by_what_is_in_it(name: str, data: bytes, format: str) -> None:
    found = brought(name, data)
    assert found.format.name == format
    assert len(found.graphs) == len(found.frameworks) == 1


def test_a_package_that_was_written_here_is_a_package_and_no_rdf(shipped: KnowledgeGraph) -> None:
    write = exchange_named("case", writes=True).write
    assert write is not None
    found = brought("a.json", write(shipped, "wcc-behaviours").data)
    assert found.format.name == "case"


def test_a_format_that_is_named_counts_more_than_the_look_of_a_file() -> None:
    data = case_bytes()
    file = File("a.json", data, "application/json")
    assert import_file(file, format="case").format.name == "case"
    assert import_file(File("a.txt", data, ""), format="document").format.name == "document"
    with pytest.raises(FormatError, match=r"case, .*document"):
        import_file(file, format="none")


@pytest.mark.parametrize("name", ["skos", "turtle", "ctdl-asn"])
def test_a_file_that_is_not_in_the_format_that_is_named_says_so(name: str) -> None:
    file = File("a.csv", b"title\nWeld\n", "text/csv")
    with pytest.raises(ParseError, match=r"^a\.csv: is not in a syntax of RDF .*: Turtle, JSON-LD"):
        import_file(file, format=name)


def test_an_error_of_many_lines_says_the_path_in_each_but_in_the_sum(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,kind\n" + "Bake,nonsense\n" * 200)
    with pytest.raises(ParseError) as caught:
        import_path(path)
    assert caught.value.more[0].startswith(f"{path}:3:2: ")
    assert caught.value.more[-1] == "and 99 more like these"


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("a.json", b'{"title": "Welding"}', ParseError, "a.json:1:1: is JSON of no kind"),
        ("a.json", b"[]", CompetencyError, "a.json"),
        ("a.json", b'{"fullStatement": "Welds"}', ParseError, "this is a CFItem"),
        ("a.json", b'{"CFDocuments": []}', ParseError, "a list of CFDocuments"),
        ("a.json", b'{"CFDocument": {"title": }}', ParseError, "a.json:1:26: not JSON"),
        ("a.json", b"{\n  not json", ParseError, "a.json:2:3"),
        ("a.json", b"[" * 5000, ParseError, "brackets inside"),
        ("a.json", b"", ParseError, "the file is empty"),
        ("a.json", b'{"@id": "urn:a", "@type": "urn:b"}', SourceError, "no framework is in it"),
        ("a.ttl", b"<urn:a> <urn:b> <urn:c> .", SourceError, "is Turtle, and no framework"),
        ("a.ttl", b"<urn:a> <urn:b> [ 1, 2 ] .", ParseError, "a.ttl:1:"),
        ("a.ttl", b"", ParseError, "the file is empty"),
        ("a.csv", b"a,b\n1,2\n", ParseError, "a.csv"),
        ("a.xlsx", b"PK\x03\x04" + bytes(50), CompetencyError, "a.xlsx"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), FormatError, "a PNG picture"),
        ("a.txt", b" \n ", ParseError, "holds no text"),
        ("a.pdf", b"%PDF\xb7", ParseError, "is no PDF, though its name says so"),
        ("a.docx", b"caf\xe9", ParseError, "is no Word document, though its name says so"),
        ("a.xlsx", b"# ours\n@prefix a: <urn:a> .", ParseError, "it is Turtle; name it a.ttl"),
        ("a.xlsx", b"a,b\n1,2\n", ParseError, "is no Excel workbook"),
        ("a.bin", bytes(range(256)), ParseError, "this is no text, and no kind of file that is"),
        ("a.ttl", bytes(range(256)), ParseError, "this is no text, and no kind of file that is"),
        ("a.txt", b"caf\xe9", ParseError, "save the file as UTF-8"),
        (
            "a.txt",
            "\u0423\u043c\u0435\u0442\u044c".encode("cp1251"),
            ParseError,
            "save the file as UTF-8",
        ),
    ],
)
def test_what_is_not_read_is_told_in_one_line(
    name: str, data: bytes, error: type[CompetencyError], words: str
) -> None:
    with pytest.raises(error) as caught:
        brought(name, data)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_json_of_no_kind_is_told_which_json_there_is() -> None:
    with pytest.raises(ParseError, match=r"JSON-LD.*CASE 1\.1 package"):
        brought("a.json", b'{"title": "Welding"}')


def test_all_formats_are_listed_with_documents_last() -> None:
    names = [row.name for row in import_formats()]
    assert {"case", "turtle", "skos"} < set(names) and names[-1] == "document"


# ------------------------------------------------------------------ what comes of a file


def test_a_file_has_its_lines_where_it_is_a_text() -> None:
    assert brought("a.txt", TEXT).lines[2] == "- Look up when a guest comes in"
    assert brought("a.json", case_bytes()).lines[0] == "{"
    assert brought("a.json", case_bytes()).light().lines == ("",)


def test_the_summary_says_what_is_in_a_file() -> None:
    line = brought("a.json", case_bytes(items=3)).summary()
    assert "a.json: read as CASE 1.1 package: 1 framework, 3 parts" in line


def test_several_packages_in_one_file_are_several_frameworks() -> None:
    data = json.dumps([package(1), package(2, items=1)]).encode()
    found = brought("a.json", data)
    assert [found.parts[graph.name] for graph in found.graphs] == [2, 1]


# ------------------------------------------------------------------ what a person adds


def test_what_a_person_adds_is_marked_and_takes_the_place_of_silence() -> None:
    licence = expand("dcterms:license")
    found = brought("a.json", case_bytes(), added={licence: "https://l.example/free"})
    said = found.graphs[0].about(found.graphs[0].name)
    assert [str(value) for value in said[licence]] == ["https://l.example/free"]
    assert licence in map(str, said[expand("comp:added")])
    assert licence not in map(str, said.get(expand("comp:notStated"), ()))


def test_what_a_file_states_itself_is_not_overruled() -> None:
    title = expand("rdfs:label")
    found = brought("a.json", case_bytes(title="Baking"), added={title: "Cooking"})
    said = found.graphs[0].about(found.graphs[0].name)
    assert [str(value) for value in said[title]] == ["Baking"]
    assert any(remark.kept == Kept.dropped and "typed" in remark.what for remark in found.remarks)


def test_a_publisher_by_name_becomes_an_organisation() -> None:
    publisher = expand("dcterms:publisher")
    found = brought("a.ttl", TURTLE, added={publisher: "Our guild"})
    body = str(found.graphs[0].about(found.graphs[0].name)[publisher][0])
    labels = found.graphs[0].about(body)[expand("rdfs:label")]
    assert [str(label) for label in labels] == ["Our guild"]


def test_one_title_is_not_for_several_frameworks() -> None:
    data = json.dumps([package(1), package(2)]).encode()
    with pytest.raises(ParameterError, match="2 frameworks"):
        brought("a.json", data, added={expand("rdfs:label"): "All"})
