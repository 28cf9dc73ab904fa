"""What fuzzing found, each as small as it goes, so that it stays found."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from competency import KnowledgeGraph
from competency.errors import ParseError
from competency.exchange.exchanges import exchange_named
from competency.exchange.imported import File
from competency.formats import RDF_SYNTAXES, by_name
from competency.graph import NamedGraph, serialize, to_rdflib
from competency.graph.guarding import check_document
from competency.graph.store import parse
from competency.importing import import_file
from competency.server import create_app
from competency.server.languages import interface, register_languages
from competency.server.negotiation import choose
from tests.fuzz.workbooks import UNWRITABLE


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(KnowledgeGraph()).test_client()


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").get_json()
    return found


def test_a_quality_may_end_with_its_point() -> None:
    assert choose("text/turtle;q=0., application/n-triples;q=1.", RDF_SYNTAXES).name == "ntriples"
    app = Flask("languages")
    register_languages(app)
    with app.test_request_context(headers={"Accept-Language": "en;q=0.5, fr;q=1."}):
        assert interface() == "fr"


def test_if_match_with_a_star_is_met_by_whatever_is_there(client: FlaskClient) -> None:
    answer = client.get("/opensearch.xml", headers={"If-Match": "*"})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/opensearch.xml", "/static/style.css", "/ns.ttl"])
def test_a_412_is_a_problem_and_not_the_document_that_was_not_wanted(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path, headers={"If-Match": '"other"'})
    assert (answer.status_code, answer.mimetype) == (412, "application/problem+json")
    assert "If-Match" in answer.get_json()["detail"]


@pytest.mark.parametrize("syntax", [row.name for row in RDF_SYNTAXES])
def test_a_type_that_is_a_text_is_kept_in_every_syntax(syntax: str) -> None:
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    row = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode(kind), ox.Literal("a text"))
    format_ = by_name(syntax)
    again = parse(serialize(NamedGraph("urn:g", [row]), format_), format_, "again", "urn:base")
    assert [quad.triple for quad in again] == [row]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_of_errors_count_lines_and_characters_alike(end: str) -> None:
    """A byte that is no text, and nesting, are placed as syntax errors are."""
    start = f"# é{end}<urn:é> "
    with pytest.raises(ParseError) as caught:
        parse(start.encode() + b"\xff", by_name("turtle"), "a", "urn:base")
    assert (caught.value.line, caught.value.column) == (2, 9)
    with pytest.raises(ParseError) as caught:
        check_document(f"{start}<urn:p> {'(' * 65}".encode(), by_name("turtle"), "a")
    assert (caught.value.line, caught.value.column) == (2, 81)


@pytest.mark.parametrize(
    ("syntax", "text", "place"),
    [("jsonld", '{"é😀":"b"', (1, 10)), ("jsonld", '{"a":"é😀" x', (1, 11)),
     ("trig", "<urn:a> a\n<\n;a 1 ;<\\,\\.> .", (3, 8))],
)  # fmt: skip
def test_a_place_is_inside_the_document_whatever_stands_before_it(
    syntax: str, text: str, place: tuple[int, int]
) -> None:
    with pytest.raises(ParseError) as caught:
        parse(text.encode(), by_name(syntax), "a", "urn:base")
    assert (caught.value.line, caught.value.column) == place


def test_a_case_package_whose_wording_is_no_term_is_read() -> None:
    graph = KnowledgeGraph.shipped()
    write = exchange_named("case", writes=True).write
    assert write is not None
    package = json.loads(write(graph, "https://w3id.org/competency/id/hkqf-111334L3").data)
    package["CFDocument"]["extensions"]["competency"]["wording"] = "not a term"
    assert import_file(File("a.json", json.dumps(package).encode(), "")).frameworks


def test_a_type_that_is_no_class_is_told_of_a_table_of_ctdl_asn() -> None:
    table = b"@id,@type,ceasn:name,ceasn:competencyText\nurn:f,ceasn:CompetencyFramework,A,\nurn:c,my kind,,Bakes\n"
    found = import_file(File("a.csv", table, "text/csv"))
    assert any("'my kind' is no class" in remark.what for remark in found.remarks)


def test_openapi_says_how_case_tells_errors(document: dict[str, Any]) -> None:
    responses = document["paths"]["/ims/case/{version}/CFItems/{identifier}"]["get"]["responses"]
    assert responses["default"] == {"$ref": "#/components/responses/StatusInfo"}
    content = document["components"]["responses"]["StatusInfo"]["content"]
    assert list(content) == ["application/json"]


def test_openapi_says_that_errors_may_be_pages(document: dict[str, Any]) -> None:
    content = document["components"]["responses"]["Problem"]["content"]
    assert {"application/problem+json", "text/html"} == set(content)


@pytest.mark.parametrize(
    ("path", "method", "created"),
    [("/graphs", "put", True), ("/graphs/{path}", "post", True), ("/graphs", "delete", False),
     ("/update", "post", False)],
)  # fmt: skip
def test_openapi_says_what_writes_answer(
    document: dict[str, Any], path: str, method: str, created: bool
) -> None:
    responses = document["paths"][path][method]["responses"]
    assert "content" not in responses["204"] and "Edition" in responses["204"]["headers"]
    assert ("201" in responses) == created
    assert {"application/json", "text/turtle", "application/problem+json"} <= {
        *responses["422"]["content"]
    }


def test_who_may_not_write_a_graph_is_told_that_first(client: FlaskClient) -> None:
    assert client.delete("/graphs").status_code == 403
    assert client.put("/graphs?graph=no%20IRI").status_code == 403


def test_signs_that_no_xml_holds_are_read_from_a_workbook_that_writes_them_as_such() -> None:
    """The fuzzer handed them over as they are, and broke itself: no library writes them."""
    odd = "".join(map(chr, UNWRITABLE))
    book, target = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.append(["id", "title"])
    sheet.append(["1", f"Weld{odd.translate(UNWRITABLE)}"])
    book.save(target)
    (graph,) = import_file(File("a.xlsx", target.getvalue(), "")).graphs
    titles = [str(to_rdflib(row.object)) for row in graph.triples if "Weld" in str(row.object)]
    assert titles == [f"Weld{odd}"]


@pytest.mark.parametrize("slot", ["record_id", "mapping_date", "confidence", "subject_type"])
def test_an_error_of_a_table_of_alignments_repeats_no_more_than_the_start_of_a_value(
    slot: str,
) -> None:
    rows = f"subject_id\tpredicate_id\tobject_id\tmapping_justification\t{slot}\n"
    rows += f"urn:a:1\tskos:exactMatch\turn:b:1\tsemapv:ManualMappingCuration\t{'x' * 5000}\n"
    with pytest.raises(ParseError) as caught:
        import_file(File("a.sssom.tsv", rows.encode(), ""))
    said = [str(caught.value), *caught.value.more]
    assert all(len(line) < 500 for line in said) and any("xxx" in line for line in said)


@pytest.mark.parametrize("coding", ["utf-16-le", "utf-16-be", "utf-8"])
def test_xml_with_nul_signs_is_refused_where_the_first_of_them_stands(coding: str) -> None:
    text = '<?xml version="1.0" encoding="UTF-8"?>\n<a>\0</a><b'.encode(coding)
    with pytest.raises(ParseError) as caught:
        check_document(text, by_name("rdfxml"), "a")
    place = {"utf-16-le": (1, 2), "utf-16-be": (1, 1), "utf-8": (2, 4)}[coding]
    assert (caught.value.line, caught.value.column) == place
    assert "save it as UTF-8" in str(caught.value)
