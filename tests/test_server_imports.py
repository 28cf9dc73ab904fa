"""/import: a file of any format comes in, is shown, and can be taken along in another one."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from competency import KnowledgeGraph
from competency.errors import Busy, CompetencyError, LimitReached, TimeReached
from competency.exchange import case, spreadsheet
from competency.exchange.exchanges import written_formats
from competency.formats import RDF_SYNTAXES, by_name
from competency.graph.loading import named_graphs
from competency.importing import import_formats
from competency.ontology import DEFAULT_BASE
from competency.server import create_app
from competency.server.checking import Job
from competency.server.uploads import MAX_UPLOAD
from competency.sparql.workers import importer
from tests.conftest import PREFIXES
from tests.servers import server

CSCF = DEFAULT_BASE + "pub-cscf"
PAGE = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}
WORDS = "Baking\n\n1 Dough\n  1.1 Kneads dough by hand\n  1.2 Lets it rest\n"
ONE = PREFIXES + (
    'ex:f a comp:Framework ; rdfs:label "Baking"@en .\n'
    "ex:p a comp:Competency ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 1 ;"
    ' rdfs:label "Knead dough"@en .\n'
)
OTHER = ONE.replace("ex:f", "ex:g").replace("ex:p ", "ex:q ").replace("Baking", "Brewing")
TWO = ONE + OTHER.removeprefix(PREFIXES)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(KnowledgeGraph()).test_client()


@pytest.fixture(scope="module")
def package(shipped: KnowledgeGraph) -> bytes:
    """Return a framework as a package of CASE."""
    return case.write(shipped, CSCF).data


def post(client: FlaskClient, data: str | bytes, query: str = "", **headers: str) -> TestResponse:
    """Send a file as the body, as programs do."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    data = data.encode() if isinstance(data, str) else data
    return client.post(f"/import{query}", data=data, headers={"Accept": "*/*"} | named)


def submit(client: FlaskClient, text: str = "", **fields: Any) -> TestResponse:
    """Send the form, as people do."""
    if isinstance(data := fields.get("file"), bytes):
        fields["file"] = (io.BytesIO(data), fields.pop("called", "file.json"))
    return client.post("/import", data={"text": text} | fields, headers=PAGE)


# ------------------------------------------------------------------ what people see


def test_the_form_takes_every_format_and_gives_every_format(client: FlaskClient) -> None:
    text = client.get("/import", headers=PAGE).text
    for row in import_formats():
        assert f'<option value="{row.name}" lang="en">' in text
        assert all(suffix in text for suffix in row.suffixes)
    for row in written_formats():
        assert f'<option value="{row.name}">' in text


def test_a_package_shows_its_title_its_counts_its_parts_and_the_check(
    client: FlaskClient, package: bytes
) -> None:
    response = submit(client, file=package)
    assert response.status_code == 200
    text = response.text
    assert "Customer Service Competency Framework</h1>" in text
    assert "file.json, read as: CASE 1.1 package" in text
    assert "6 competencies" in text and "Build Emotional Resilience" in text
    assert "Yes: nothing is violated" in text


def test_what_is_pasted_is_recognised_whatever_it_is(client: FlaskClient, package: bytes) -> None:
    for text, format_ in ((package.decode(), "CASE 1.1 package"), (ONE, "Turtle")):
        assert f"Your text, read as: {format_}" in submit(client, text).text
    assert "Kneads dough by hand" in submit(client, WORDS).text


def test_of_several_files_none_is_left_out_in_silence(client: FlaskClient) -> None:
    files = [(io.BytesIO(ONE.encode()), "a.ttl"), (io.BytesIO(OTHER.encode()), "b.ttl")]
    response = client.post("/import", data={"file": files}, headers=JSON)
    assert response.status_code == 400
    assert "one file at a time" in response.get_json()["detail"]


def test_a_format_can_be_forced(client: FlaskClient) -> None:
    response = submit(client, WORDS, **{"from": "case"})
    assert response.status_code == 400 and "not JSON" in response.text
    assert submit(client, ONE, **{"from": "document"}).status_code == 200
    response = submit(client, ONE, **{"from": "nothing"})
    assert response.status_code == 406 and ", turtle, " in response.text


def test_parts_that_help_and_parts_that_do_not_are_marked(client: FlaskClient) -> None:
    bad = ONE.replace("comp:Competency ;", "comp:NegativeIndicator ;")
    assert 'class="unhelpful"' in submit(client, bad).text


def test_remarks_say_what_was_odd_and_where(client: FlaskClient, package: bytes) -> None:
    record = json.loads(package)
    record["CFItems"][0]["colour"] = "<green>"
    record["CFItems"][1]["identifier"] = "no uuid"
    text = submit(client, file=json.dumps(record).encode()).text
    assert 'id="remarks"' in text and "/CFItems/" in text and "<green>" not in text
    found = post(client, json.dumps(record), "?name=a.json", **JSON).get_json()
    assert found["remarkCount"] == len(found["remarks"]) > 0
    assert {row["kept"] for row in found["remarks"]} <= {"odd", "kept aside", "dropped"}


def test_several_frameworks_in_one_file_are_shown_each_on_its_own(client: FlaskClient) -> None:
    text = submit(client, TWO).text
    assert "2 frameworks are in it." in text
    assert text.count('class="convert"') == 2
    assert "Baking" in text and "Brewing" in text


def test_a_file_that_a_page_cannot_hold_says_how_to_have_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "_TURTLE", 10)
    monkeypatch.setattr(importer, "_SHOWN_PARTS", 0)
    text = submit(client, ONE).text
    assert "too long to be carried along" in text and "and 1 more part" in text
    assert 'class="convert"' not in text


@pytest.mark.parametrize(("suffix", "sign"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf#")])
def test_an_empty_table_can_be_had_to_be_filled_in(
    client: FlaskClient, suffix: str, sign: bytes
) -> None:
    address = f"/import/template.{suffix}"
    assert f'href="{address}"' in client.get("/import", headers=PAGE).text
    response = client.get(address)
    assert (response.status_code, response.data[: len(sign)]) == (200, sign)
    assert (
        response.headers["Content-Disposition"] == f'attachment; filename="my-framework.{suffix}"'
    )
    tag = response.headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/import/template.doc").status_code == 404


# ------------------------------------------------------------------ what is wrong with it


def test_a_syntax_error_stands_beside_its_line_and_the_form_holds_the_text(
    client: FlaskClient,
) -> None:
    response = submit(client, ONE.replace("comp:position 1 ;", "comp:position 1"))
    assert response.status_code == 400
    assert re.search(r'<a href="#line-\d+">Line \d+, column \d+</a>', response.text)
    assert 'id="text-by-line"' in response.text
    assert "comp:position 1 rdfs:label" in response.text.replace("&#34;", '"')


def test_all_that_is_wrong_in_a_table_is_told_in_one_go(client: FlaskClient) -> None:
    table = b"title,kind\nKnead,<b>\nRest,note\nBake,compentency\n"
    text = submit(client, file=(io.BytesIO(table), "a.csv")).text
    assert "a.csv:4:2: column B: there is no kind &#39;compentency&#39;" in text
    assert "&lt;b&gt;" in text and "<b>" not in text
    found = post(client, table, "?name=a.csv").get_json()
    assert found["line"] == 2
    assert [line.split(":")[1] for line in found["more"]] == ["4"]


def test_what_is_wrong_in_a_file_is_one_line_for_programs(
    client: FlaskClient, package: bytes
) -> None:
    response = post(client, package[:2000], "?name=a.json&from=case")
    record = response.get_json()
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert record["line"] > 10 and record["column"] and record["detail"].startswith("a.json:")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 400),
        (b"  \n", 400),
        (b'{"a": 1}', 400),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), 406),
        (b"[" * 100_000, 400),
        (b'{"CFDocument": ' + b'{"a":' * 50_000, 400),
        (b"<a>" * 50_000, 400),
        (b"\xff\xfe\x00", 400),
        (b"@prefix a: <b> . " + b"(" * 100_000, 400),
    ],
    ids=["nothing", "blanks", "json", "picture", "deep", "package", "xml", "bytes", "lists"],
)
def test_hostile_and_hopeless_files_are_refused_in_one_line(
    client: FlaskClient, data: bytes, status: int
) -> None:
    response = post(client, data, "?to=turtle")
    assert response.status_code in (status, 415, 200), response.text[:200]
    if response.status_code != 200:
        assert "\n" not in response.get_json()["detail"]
        assert "Traceback" not in response.text


def test_hostile_words_are_shown_as_words(client: FlaskClient) -> None:
    evil = "<script>alert(1)</script></textarea>"
    text = submit(client, ONE.replace("Knead dough", evil).replace("Baking", evil)).text
    assert "<script>alert" not in text and text.count("</textarea>") == 2


def test_what_is_too_large_is_413(client: FlaskClient) -> None:
    assert post(client, b"#" * (MAX_UPLOAD + 1)).status_code == 413
    packed = gzip.compress(b"#" * (MAX_UPLOAD + 1))
    assert post(client, packed, Content_Encoding="gzip").status_code == 413


class Failing:
    """A reader that ends with an error."""

    def __init__(self, error: CompetencyError) -> None:
        self.error = error

    def check(self, job: Job, left: Callable[[], bool] = lambda: False) -> bytes:
        raise self.error

    def warm(self) -> None: ...

    def close(self) -> None: ...


@pytest.mark.parametrize(
    ("error", "status", "after"),
    [
        (TimeReached("time", "reading this was stopped after 30 seconds"), 503, "30"),
        (Busy("queue", "no more just now"), 503, "2"),
        (LimitReached("memory", "takes more memory than it may"), 422, None),
    ],
)
def test_limits_say_when_to_come_again(
    error: CompetencyError, status: int, after: str | None
) -> None:
    client = create_app(KnowledgeGraph(), checker=Failing(error)).test_client()
    for response in (post(client, ONE), submit(client, ONE)):
        assert response.status_code == status
        assert response.headers.get("Retry-After") == after
        assert str(error) in response.text


# ------------------------------------------------------------------ taking it along


@pytest.mark.parametrize("row", written_formats(), ids=lambda row: str(row.name))
def test_a_package_comes_out_in_every_format(client: FlaskClient, package: bytes, row: Any) -> None:
    response = submit(client, file=package, to=row.name)
    assert response.status_code == 200, response.text[:300]
    assert response.mimetype == row.media_type
    assert response.headers["Content-Disposition"].startswith('attachment; filename="pub-cscf.')
    assert response.cache_control.no_store


def test_what_goes_through_unchanged_is_the_same_to_the_byte(
    client: FlaskClient, package: bytes
) -> None:
    assert post(client, package, "?name=a.json&to=case").data == package


def test_the_page_carries_the_framework_so_that_it_need_not_be_sent_again(
    client: FlaskClient, package: bytes
) -> None:
    text = submit(client, file=package).text
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))
    turtle = re.search(
        r'<textarea name="text" form="convert-1"[^>]*>\n(.*?)</textarea>', text, re.S
    )
    assert turtle is not None and form["iri"] == CSCF
    found = re.sub(r"&lt;", "<", turtle[1]).replace("&gt;", ">").replace("&#34;", '"')
    found = found.replace("&#39;", "'").replace("&amp;", "&").replace("\n", "\r\n")
    response = submit(client, found, to="case", **form)
    assert response.status_code == 200, response.text[:500]
    assert response.data == package


def test_what_a_format_cannot_carry_is_told_before_it_is_taken(
    client: FlaskClient, package: bytes
) -> None:
    text = submit(client, file=package, to="case-1.0", losses="1").text
    assert "What CASE 1.0 package cannot carry" in text and "has no field for it" in text
    record = post(client, package, "?name=a.json&to=case-1.0&losses=1").get_json()
    assert record["format"] == "case-1.0" and record["losses"]


def test_of_several_frameworks_one_has_to_be_named(client: FlaskClient) -> None:
    response = post(client, TWO, "?name=a.ttl&to=case")
    assert response.status_code == 422
    assert "2 frameworks" in response.get_json()["detail"]
    response = post(client, TWO, "?name=a.ttl&to=case&iri=https://example.org/g")
    assert response.get_json()["CFDocument"]["title"] == "Brewing"
    response = post(client, TWO, "?name=a.ttl&to=case&iri=https://example.org/z")
    assert response.status_code == 404


@pytest.mark.parametrize("name", [row.name for row in RDF_SYNTAXES])
def test_rdf_has_all_frameworks_of_a_file(client: FlaskClient, name: str) -> None:
    response = post(client, TWO, f"?name=a.ttl&to={name}")
    assert response.status_code == 200
    found = named_graphs(response.data, by_name(name), "a", DEFAULT_BASE)
    assert len(found) == 2 and sum(len(graph.triples) for graph in found) == 14


def test_a_file_without_a_framework_becomes_none(client: FlaskClient) -> None:
    text = submit(client, PREFIXES + 'ex:a a comp:Source ; rdfs:label "A"@en .').text
    assert "No framework, only what frameworks refer to" in text
    assert '<option value="turtle">' in text and 'name="iri"' not in text
    response = post(client, PREFIXES + "ex:a a comp:Source .", "?name=a.ttl&to=case")
    assert response.status_code == 415 and "no framework" in response.get_json()["detail"]


def test_nothing_is_stored(client: FlaskClient) -> None:
    submit(client, ONE)
    answer = client.get("/sparql?query=ASK{?f a comp:Framework}&format=json")
    assert json.loads(answer.text)["boolean"] is False


# ------------------------------------------------------------------ programs


@pytest.mark.parametrize("accept", ["*/*", "text/turtle", "application/rdf+xml"])
def test_a_program_gets_rdf_by_accept(client: FlaskClient, package: bytes, accept: str) -> None:
    response = post(client, package, Accept=accept, Content_Type="application/json")
    assert response.status_code == 200
    assert response.mimetype == ("text/turtle" if accept == "*/*" else accept)
    assert "Accept" in response.headers["Vary"]
    assert "Content-Disposition" not in response.headers


def test_what_is_named_in_the_address_is_stronger_than_accept(
    client: FlaskClient, package: bytes
) -> None:
    response = post(client, package, "?name=a.json&to=case", **JSON)
    assert response.get_json()["CFDocument"]["identifier"]
    assert post(client, package, "?format=ntriples", **PAGE).mimetype == "application/n-triples"
    assert post(client, package, "?to=nothing").status_code == 406


def test_a_program_learns_as_json_what_is_in_a_file(client: FlaskClient, package: bytes) -> None:
    found = post(client, package, "?name=a.json", **JSON).get_json()
    assert found["format"] == "case"
    assert [row["iri"] for row in found["frameworks"]] == [CSCF]
    assert found["check"]["counts"]["violation"] == 0


def test_a_packed_body_is_unpacked(client: FlaskClient) -> None:
    response = post(client, gzip.compress(ONE.encode()), "?name=a.ttl", Content_Encoding="gzip")
    assert "Knead dough" in response.text


def test_a_strangers_file_is_read_in_a_process_that_may_die_of_it(
    shipped: KnowledgeGraph, package: bytes
) -> None:
    workbook = spreadsheet.write_workbook(shipped, CSCF).data
    with server(token=False) as running:
        for query, data, status in (
            ("?name=a.xlsx&to=case", workbook, 200),
            ("?name=a.xlsx&to=xlsx", workbook, 200),
            ("?name=a.xlsx&to=xlsx", workbook[:3000], 400),
            ("?name=a.json&to=case", package, 200),
            ("?name=a.json&from=case", package[:500], 400),
            ("?name=a.txt&to=turtle", WORDS.encode(), 200),
        ):
            found, _, said = running.ask("POST", f"/import{query}", data)
            assert found == status, said[:300]
