"""/validate over HTTP: what it takes, what it answers, and what it says of what it cannot read."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, SH, Graph
from werkzeug.test import TestResponse

from competency import KnowledgeGraph
from competency.errors import Busy, CompetencyError, LimitReached, TimeReached
from competency.formats import RDF_SYNTAXES, Format, by_name
from competency.graph.loading import named_graphs
from competency.server import create_app
from competency.server.checking import Job
from competency.server.submission import MAX_SENT
from tests.conftest import PREFIXES

GOOD = PREFIXES + (
    'ex:f a comp:Framework ; rdfs:label "Baking"@en ; dcterms:description "Bread."@en ;'
    ' dcterms:language "en" ; dcterms:publisher ex:us ; dcterms:rights "Ours."@en ;'
    ' dcterms:issued "2026-01-01"^^xsd:date ; comp:extent comp:Whole ; comp:source ex:s .\n'
    'ex:us a org:Organization ; rdfs:label "Us"@en .\n'
    'ex:s a comp:Source ; rdfs:label "Handbook"@en .\n'
    "ex:p a comp:Competency ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 1 ;"
    ' rdfs:label "Knead dough"@en ; comp:section "1" .\n'
)
BAD = GOOD.replace('"Knead dough"@en', '"Knead dough"')
WORDS = "Baking\n\n1 Dough\n  1.1 Kneads dough by hand\n  1.2 Lets it rest\n"
OWN = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
@prefix comp: <https://w3id.org/competency/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:Short a sh:NodeShape ; rdfs:label "Titles are short"@en ; sh:targetClass comp:Competency ;
    sh:property [ sh:path rdfs:label ; sh:maxLength 5 ; sh:message "The title is too long."@en ] .
"""
QUERY = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
@prefix comp: <https://w3id.org/competency/ns#> .
ex:Asked a sh:NodeShape ; sh:targetClass comp:Competency ; sh:severity sh:Violation ;
    sh:message "Asked."@en ; sh:sparql [ a sh:SPARQLConstraint ; sh:message "Asked."@en ;
        sh:select "SELECT $this %s WHERE { %s }" ] .
"""
TURTLE = "text/turtle"
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(KnowledgeGraph()).test_client()


def post(client: FlaskClient, text: str = BAD, path: str = "", **more: Any) -> TestResponse:
    """Send a text as the body."""
    sent = {"content_type": TURTLE, "data": text.encode()} | more
    return client.post(f"/validate{path}", **sent)


def rules(response: TestResponse) -> list[str]:
    assert response.status_code == 200, response.text
    return [result["shape"].rpartition("#")[2] for result in response.get_json()["results"]]


# ------------------------------------------------------------------ what it answers


@pytest.mark.parametrize(("text", "conforms"), [(GOOD, True), (BAD, False)])
def test_whether_it_conforms_or_not_the_status_is_200(
    client: FlaskClient, text: str, conforms: bool
) -> None:
    response = post(client, text)
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.get_json()["conforms"] is conforms


def test_the_report_says_the_part_its_place_the_rule_and_the_fix(client: FlaskClient) -> None:
    found = post(client).get_json()["results"][0]
    assert (found["label"], found["place"]) == ("Knead dough", ["Baking"])
    assert found["rule"] and found["fix"] and found["severity"] == "violation"


FORMATS = {
    "text": "text/plain",
    "json": "application/json",
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
    "junit": "application/xml",
    "sarif": "application/sarif+json",
}


@pytest.mark.parametrize(("name", "media_type"), FORMATS.items())
def test_a_format_is_asked_for_by_accept_or_by_name(
    client: FlaskClient, name: str, media_type: str
) -> None:
    by_header = post(client, headers={"Accept": media_type})
    by_name = post(client, path=f"?format={name}", headers={"Accept": "text/html"})
    assert by_header.mimetype == by_name.mimetype == media_type
    assert by_header.data == by_name.data


def test_programs_that_name_nothing_get_json_and_browsers_get_the_page(client: FlaskClient) -> None:
    assert post(client, headers={"Accept": "*/*"}).mimetype == "application/json"
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert post(client, headers={"Accept": browser}).mimetype == "text/html"


@pytest.mark.parametrize("name", ["turtle", "jsonld"])
def test_the_standard_report_is_a_validation_report(client: FlaskClient, name: str) -> None:
    data = post(client, path=f"?format={name}").data
    graph = named_graphs(data, by_name(name), "report", "urn:x:")[0].graph
    report = graph.value(None, RDF.type, SH.ValidationReport)
    assert str(graph.value(report, SH.conforms)) == "false"
    assert len(list(graph.objects(report, SH.result))) == 1


def test_csv_has_a_row_for_each_result(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(post(client, path="?format=csv").text)))
    assert [row["label"] for row in rows] == ["Knead dough"]


def test_an_answer_is_not_kept_and_depends_on_accept(client: FlaskClient) -> None:
    for response in (post(client), post(client, headers=PAGE), post(client, "broken")):
        assert "Accept" in response.headers["Vary"]
        assert "no-store" in response.headers["Cache-Control"]
        assert "Set-Cookie" not in response.headers


def test_scripts_of_other_sites_may_ask(client: FlaskClient) -> None:
    assert post(client).headers["Access-Control-Allow-Origin"] == "*"
    asked = client.options("/validate", headers={"Access-Control-Request-Method": "POST"})
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in asked.headers["Access-Control-Allow-Headers"]


def test_the_methods_are_get_head_post_and_options(client: FlaskClient) -> None:
    assert client.head("/validate").status_code == 200
    assert client.head("/validate").data == b""
    assert set(client.options("/validate").headers["Allow"].split(", ")) == {
        "GET", "HEAD", "OPTIONS", "POST"
    }  # fmt: skip
    assert client.put("/validate").status_code == 405


# ------------------------------------------------------------------ what it takes


def test_a_form_a_file_and_a_body_give_the_same_report(client: FlaskClient) -> None:
    body = post(client, path="?name=a.ttl").get_json()
    pasted = client.post("/validate", data={"text": BAD, "name": "a.ttl"}).get_json()
    file = (io.BytesIO(BAD.encode()), "a.ttl")
    uploaded = client.post(
        "/validate", data={"file": file}, content_type="multipart/form-data"
    ).get_json()
    assert body == pasted == uploaded


@pytest.mark.parametrize("syntax", RDF_SYNTAXES, ids=lambda row: row.name)
def test_every_syntax_of_rdf_is_taken_by_its_media_type(
    client: FlaskClient, syntax: Format
) -> None:
    graph = KnowledgeGraph()
    graph.parse(BAD)
    text = graph.serialize(None, syntax).decode()
    assert rules(post(client, text, content_type=syntax.media_type)) == ["PartTitleTagged"]


@pytest.mark.parametrize("name", ["a.jsonld", "a.json", "no-suffix"])
def test_a_name_or_the_content_says_what_it_is_where_the_media_type_does_not(
    client: FlaskClient, name: str
) -> None:
    text = Graph().parse(data=BAD, format="turtle").serialize(format="json-ld")
    for kind in ("application/octet-stream", "text/plain" if "." in name else ""):
        assert rules(post(client, text, f"?name={name}", content_type=kind)) == ["PartTitleTagged"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text/plain", WORDS),
        ("text/markdown", "# Baking\n\n## Dough\n\n- Kneads dough by hand\n"),
        ("text/html", "<h1>Baking</h1><h2>Dough</h2><ul><li>Kneads dough by hand</ul>"),
    ],
)
def test_a_document_in_words_is_imported_first(client: FlaskClient, kind: str, text: str) -> None:
    assert post(client, text, content_type=kind).get_json()["conforms"] is True


def test_a_body_may_be_packed(client: FlaskClient) -> None:
    packed = gzip.compress(BAD.encode())
    response = client.post(
        "/validate", data=packed, content_type=TURTLE, headers={"Content-Encoding": "gzip"}
    )
    assert rules(response) == ["PartTitleTagged"]


def test_a_text_with_the_line_ends_of_a_browser_is_the_text_that_was_pasted(
    client: FlaskClient,
) -> None:
    pasted = BAD.replace("\n", "\r\n") + '\r\nex:p rdfs:comment """two\r\nlines""" .'
    shapes = OWN.replace("rdfs:label ; sh:maxLength 5", "rdfs:comment ; sh:maxLength 9")
    sent = {"text": pasted, "name": "a.ttl", "rules": shapes}
    assert client.post("/validate", data=sent).get_json()["conforms"] is True


def test_rules_are_left_out_by_name(client: FlaskClient) -> None:
    text = BAD.replace('dcterms:language "en" ; ', "")
    assert set(rules(post(client, text))) == {"PartTitleTagged", "FrameworkLanguage"}
    for path in ("?without=FrameworkLanguage,PartTitleTagged", "?without=FrameworkLanguage+Lines"):
        assert "FrameworkLanguage" not in rules(post(client, text, path))
    asked = {"text": text, "name": "a.ttl", "without": ["FrameworkLanguage", "PartTitleTagged"]}
    assert rules(client.post("/validate", data=asked)) == []


def test_a_rule_that_does_not_exist_cannot_be_left_out(client: FlaskClient) -> None:
    response = post(client, path="?without=PartTitelTagged")
    assert response.status_code == 422
    assert "did you mean PartTitleTagged" in response.get_json()["detail"]


def test_shapes_of_ones_own_come_as_a_file_or_as_text(client: FlaskClient) -> None:
    for extra in ({"rules": OWN}, {"shapes": (io.BytesIO(OWN.encode()), "own.ttl")}):
        sent = {"text": GOOD, "name": "a.ttl", **extra}
        response = client.post("/validate", data=sent, content_type="multipart/form-data")
        assert [r["message"] for r in response.get_json()["results"]] == ["The title is too long."]


@pytest.mark.parametrize(
    ("shapes", "reason"),
    [
        ("nonsense", "rules.ttl:1"),
        ("<urn:a> a <urn:b> .", "holds no shape"),
        (QUERY % ("", "SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }"), "SERVICE"),
        (QUERY % ("FROM <file:///etc/hostname>", "?s ?p ?o"), "FROM"),
        (QUERY % ("", "{" * 500 + "}" * 500), "inside each other"),
        (OWN + '[] sh:declare [ sh:prefix "a" ; sh:namespace "urn:x> SELECT" ] .', "prefix"),
    ],
)
def test_shapes_of_ones_own_that_are_none_or_reach_elsewhere_are_refused(
    client: FlaskClient, shapes: str, reason: str
) -> None:
    sent = {"text": GOOD, "name": "a.ttl", "rules": shapes}
    response = client.post("/validate", data=sent)
    assert response.status_code in (400, 422), response.text
    assert reason in response.get_json()["detail"]


def test_a_document_in_words_is_no_shapes(client: FlaskClient) -> None:
    sent = {"text": GOOD, "name": "a.ttl", "shapes": (io.BytesIO(b"Be short."), "rules.txt")}
    response = client.post("/validate", data=sent, content_type="multipart/form-data")
    assert response.status_code == 422
    assert "rules.txt: holds no shape" in response.get_json()["detail"]


def test_a_query_in_shapes_of_ones_own_is_asked(client: FlaskClient) -> None:
    sent = {"text": GOOD, "name": "a.ttl", "rules": QUERY % ("", "$this a ?kind")}
    assert [r["message"] for r in client.post("/validate", data=sent).get_json()["results"]] == [
        "Asked."
    ]


def test_a_profile_is_named(client: FlaskClient) -> None:
    response = post(client, path="?profile=nothing")
    assert response.status_code == 400
    assert "skos" in response.get_json()["detail"]


# ------------------------------------------------------------------ what cannot be read


def test_what_is_not_well_formed_is_told_with_its_place(client: FlaskClient) -> None:
    response = post(client, PREFIXES + "ex:f a\n  comp:Framework ;;; ] .", "?name=my.ttl")
    problem = response.get_json()
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert problem["line"] == PREFIXES.count("\n") + 2 and problem["column"] > 1
    assert "my.ttl" in problem["detail"]


@pytest.mark.parametrize(
    ("path", "more", "status"),
    [
        ("", {"content_type": "image/png"}, 415),
        ("", {"content_type": "text/csv"}, 400),
        ("?name=a.xlsx", {"content_type": "application/octet-stream"}, 400),
        ("", {"headers": {"Content-Encoding": "br"}}, 415),
        ("", {"headers": {"Accept": "image/png"}}, 406),
        ("?format=docx", {}, 406),
        ("?timeout=soon", {}, 400),
        ("", {"data": b"%PDF-1.7 broken", "content_type": "application/pdf"}, 400),
    ],
)
def test_what_cannot_be_done_is_a_problem_document(
    client: FlaskClient, path: str, more: dict[str, Any], status: int
) -> None:
    response = post(client, path=path, **more)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.get_json()["detail"]


def test_an_unknown_media_type_is_told_which_are_known(client: FlaskClient) -> None:
    detail = post(client, content_type="image/png").get_json()["detail"]
    assert "image/png" in detail and "text/turtle" in detail


@pytest.mark.parametrize("sent", [b"", b" \n ", b"@prefix ex: <urn:> ."])
def test_an_empty_request_says_how_to_send_a_document(client: FlaskClient, sent: bytes) -> None:
    kind = "application/x-www-form-urlencoded" if sent.startswith(b"@") else TURTLE
    response = client.post("/validate", data=sent, content_type=kind)
    assert response.status_code == 400
    assert "Content-Type" in response.get_json()["detail"]


@pytest.mark.parametrize("form", [True, False])
def test_too_much_is_413(client: FlaskClient, form: bool) -> None:
    text = "#" * (MAX_SENT + 1)
    response = client.post("/validate", data={"text": text}) if form else post(client, text)
    assert response.status_code == 413


def test_what_unpacks_to_too_much_is_413(client: FlaskClient) -> None:
    packed = gzip.compress(b"#" * (MAX_SENT + 1))
    response = client.post(
        "/validate", data=packed, content_type=TURTLE, headers={"Content-Encoding": "gzip"}
    )
    assert response.status_code == 413


class Failing:
    """A checker that ends with an error."""

    def __init__(self, error: CompetencyError) -> None:
        self.error = error

    def check(self, job: Job, left: Callable[[], bool] = lambda: False) -> bytes:
        raise self.error

    def warm(self) -> None: ...

    def close(self) -> None: ...


@pytest.mark.parametrize(
    ("error", "status", "after"),
    [
        (TimeReached("time", "the check was stopped after 10 seconds"), 503, "30"),
        (Busy("queue", "no more just now"), 503, "2"),
        (LimitReached("memory", "takes more memory than it may"), 422, None),
    ],
)
def test_limits_say_when_to_come_again(
    error: CompetencyError, status: int, after: str | None
) -> None:
    client = create_app(KnowledgeGraph(), checker=Failing(error)).test_client()
    for accept in ("application/json", "text/html"):
        response = post(client, headers={"Accept": accept})
        assert response.status_code == status
        assert response.headers.get("Retry-After") == after
        assert str(error) in response.text


def test_checks_are_counted_by_how_they_end() -> None:
    client = create_app(KnowledgeGraph()).test_client()
    for text in (GOOD, BAD, "broken"):
        post(client, text)
    figures = client.get("/metrics").text
    assert 'competency_checks_total{outcome="answered"} 2.0' in figures
    assert 'competency_checks_total{outcome="invalid"} 1.0' in figures


def test_the_report_can_be_saved_as_a_file(client: FlaskClient) -> None:
    sent = {"text": BAD, "name": 'b"ä\r\nX: y.ttl', "download": "sarif"}
    response = client.post("/validate", data=sent, headers=PAGE)
    assert response.mimetype == "application/sarif+json"
    assert response.headers["Content-Disposition"] == 'attachment; filename="b-X-y-report.sarif"'
    assert json.loads(response.data)["version"] == "2.1.0"
