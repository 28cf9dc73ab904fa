"""/export: every framework in every format, what each cannot carry, and how it is served."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from competency import KnowledgeGraph
from competency.errors import Busy, LimitReached
from competency.exchange.exchange import Exchange, Exported
from competency.exchange.exchanges import EXCHANGES, exchange_named, written_formats
from competency.exchange.imported import File
from competency.exchange.mapping import Loss
from competency.formats import RDF_SYNTAXES, Format
from competency.server import Settings, app_for_endpoint, create_app
from competency.server.exporting import Exports, Written
from competency.server.exports import file_name_of
from competency.server.pages.exports import PURPOSES, WANTED
from competency.server.site import Site
from competency.sparql.remote import Client
from tests.baking import IRI, OTHER, publish_all
from tests.conftest import PREFIXES
from tests.other_engine import running
from tests.published import client_of

BASE = "https://w3id.org/competency/id/"
CSCF = BASE + "pub-cscf"
FRAMEWORKS = (
    "hkqf-111334L3",
    "nos-pss-spo109",
    "pub-cscf",
    "pwgsc-client-service",
    "wcc-behaviours",
)
NAMES = tuple(row.name for row in written_formats())
PAGE = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}
FOREIGN = "https://bakers.example/%C3%A9tude#2026"


@pytest.fixture(scope="module")
def app(shipped: KnowledgeGraph) -> Flask:
    return create_app(shipped)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def get(client: FlaskClient, name: str, iri: str = CSCF, **headers: str) -> TestResponse:
    return client.get(f"/export/{name}?iri={quote(iri, safe='')}", headers=headers)


def page(client: FlaskClient, query: str = "", iri: str = CSCF) -> str:
    response = client.get(f"/export?iri={quote(iri, safe='')}{query}", headers=PAGE)
    assert (response.status_code, response.mimetype) == (200, "text/html"), response.text
    return response.text


# ------------------------------------------------------------------ the files


@pytest.mark.parametrize(
    ("name", "path"),
    [*((name, FRAMEWORKS[0]) for name in NAMES), *(("case", path) for path in FRAMEWORKS[1:])],
)
def test_a_framework_downloads_in_every_format_and_every_framework_does(
    client: FlaskClient, name: str, path: str
) -> None:
    exchange = exchange_named(name, writes=True)
    response = get(client, name, BASE + path)
    assert response.status_code == 200, response.text[:300]
    assert response.mimetype == exchange.format.media_type
    found = response.headers["Content-Disposition"]
    assert found == f'attachment; filename="{file_name_of(path, exchange.format)}"'
    if exchange.recognise:
        assert exchange.recognise(File("a" + exchange.format.suffixes[0], response.data, ""))


def test_formats_with_one_suffix_are_saved_under_different_names() -> None:
    names = [file_name_of("pub-cscf", row) for row in written_formats()]
    assert len(set(names)) == len(names)


def test_a_file_has_a_strong_tag_and_is_not_sent_twice(client: FlaskClient) -> None:
    first = get(client, "case")
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    assert get(client, "case").data == first.data
    again = get(client, "case", **{"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert get(client, "turtle").headers["ETag"] != tag


def test_head_says_what_get_sends(client: FlaskClient) -> None:
    head = client.head(f"/export/case?iri={CSCF}")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == get(client, "case").headers["ETag"]


def test_scripts_of_other_sites_may_read_it(client: FlaskClient) -> None:
    response = get(client, "case", Origin="https://other.example")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Disposition" in response.headers["Access-Control-Expose-Headers"]


def test_the_same_file_is_sent_whatever_the_client_accepts(client: FlaskClient) -> None:
    one, other = get(client, "case", Accept="text/html"), get(client, "case", Accept="image/png")
    assert one.data == other.data and "Accept," not in one.headers["Vary"] + ","


def test_a_file_links_to_its_page_and_to_what_it_lost(client: FlaskClient) -> None:
    found = get(client, "case").headers["Link"]
    assert f'<{CSCF}>; rel="about"' in found
    assert '</page/pub-cscf>; rel="describedby"' in found
    assert f'</export?iri={CSCF}&format=case>; rel="related"' in found


def test_turtle_is_what_the_data_of_the_framework_are(client: FlaskClient) -> None:
    assert get(client, "turtle").data == client.get("/data/pub-cscf.ttl").data


# ------------------------------------------------------------------ any IRI, any edition, any engine


@pytest.fixture(scope="module")
def foreign() -> FlaskClient:
    graph = KnowledgeGraph()
    graph.parse(PREFIXES + f'<{FOREIGN}> a comp:Framework ; rdfs:label "Baking <b>"@en .')
    return create_app(graph).test_client()


def test_a_framework_with_an_iri_of_somebody_else_is_exported(foreign: FlaskClient) -> None:
    response = get(foreign, "case", FOREIGN)
    assert response.status_code == 200
    assert response.get_json()["CFDocument"]["title"] == "Baking <b>"
    name = response.headers["Content-Disposition"].partition('"')[2]
    assert name == 'bakers.example-C3-A9tude-2026.case.json"'
    assert "&lt;b&gt;" in page(foreign, iri=FOREIGN) and "<b>" not in page(foreign, iri=FOREIGN)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/export/case", 400, "iri"),
        ("/export/case?iri=a&iri=b", 400, "once"),
        ("/export", 400, "iri"),
        ("/export/case?iri=", 400, "iri"),
        ("/export/case?iri=no%20iri", 404, "no iri"),
        ("/export/case?iri=https://example.org/nothing", 404, "nothing"),
        (f"/export/case?iri={CSCF}/c01", 404, "only whole frameworks"),
        (f"/export/nothing?iri={CSCF}", 404, ", turtle, "),
        (f"/export?iri={CSCF}&format=nothing", 404, ", turtle, "),
        ("/export/case?iri=javascript:alert(1)", 404, "javascript"),
    ],
)
def test_what_cannot_be_exported_is_said(
    client: FlaskClient, address: str, status: int, said: str
) -> None:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert said in response.get_json()["detail"]


def test_an_older_edition_is_exported_as_it_was(tmp_path: Path) -> None:
    publish_all(tmp_path / "data")
    client = client_of(tmp_path / "data")
    now, then = get(client, "case", IRI), client.get(f"/export/case?iri={IRI}&edition=1")
    assert (now.status_code, then.status_code) == (200, 200)
    assert now.data != then.data
    assert "edition=000001" in client.get(f"/page/{IRI.removeprefix(BASE)}?edition=1").text
    assert client.get(f"/export/case?iri={IRI}&edition=99").status_code == 404


def test_a_framework_that_was_withdrawn_is_gone_and_not_unknown(tmp_path: Path) -> None:
    publish_all(tmp_path / "data")
    client = client_of(tmp_path / "data")
    for address in ("/export/case", "/export"):
        response = client.get(f"{address}?iri={OTHER}")
        assert (response.status_code, response.get_json()["withdrawn"]) == (410, OTHER)
        response = client.get(f"{address}?iri={OTHER}&edition=4")
        assert response.status_code == 404 and response.get_json()["available"]


def test_a_framework_in_another_engine_is_exported(shipped: KnowledgeGraph) -> None:
    with running() as engine:
        engine.store.extend(quad for graph in shipped.graphs() for quad in graph.quads())
        with app_for_endpoint(Client(engine.url), Settings(), renew=60) as app:
            assert get(app.test_client(), "case").get_json()["CFDocument"]["uri"] == CSCF


# ------------------------------------------------------------------ what it may cost


class Slow:
    """A format that takes its time, and counts how often it was written."""

    def __init__(self) -> None:
        self.begun, self.may_end, self.count = threading.Event(), threading.Event(), 0
        self.exchange = Exchange(
            Format("slow", "Slow", ("text/plain",), (".txt",)), None, self.write
        )

    def write(self, graph: KnowledgeGraph, iri: str) -> Exported:
        self.count += 1
        self.begun.set()
        assert self.may_end.wait(10)
        return Exported(b"slow")


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow()
    yield made
    made.may_end.set()


def test_two_who_ask_at_once_get_what_was_written_once(shipped: KnowledgeGraph, slow: Slow) -> None:
    known, site, found = Exports(), Site(shipped), []
    threads = [
        threading.Thread(target=lambda: found.append(known.written(site, CSCF, slow.exchange)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    assert slow.begun.wait(10)
    slow.may_end.set()
    for thread in threads:
        thread.join(10)
    assert [item.document.data for item in found] == [b"slow"] * 3 and slow.count == 1


def test_who_would_wait_too_long_is_told_to_come_again(shipped: KnowledgeGraph, slow: Slow) -> None:
    known, site = Exports(waiting=1, patience=0.01), Site(shipped)
    thread = threading.Thread(target=known.written, args=(site, CSCF, slow.exchange))
    thread.start()
    assert slow.begun.wait(10)
    with pytest.raises(Busy, match="try again"):
        known.written(site, BASE + "wcc-behaviours", slow.exchange)
    slow.may_end.set()
    thread.join(10)
    assert known.written(site, CSCF, slow.exchange).document.data == b"slow"


def test_a_framework_that_is_too_large_is_for_the_command_line(shipped: KnowledgeGraph) -> None:
    known, site = Exports(most_parts=10), Site(shipped)
    with pytest.raises(LimitReached, match=f"competency export {CSCF} --to case"):
        known.written(site, CSCF, exchange_named("case"))
    assert known.written(site, CSCF, exchange_named("turtle")).document.data


def test_the_page_of_a_large_framework_offers_what_can_be_had(
    shipped: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("competency.server.exporting.MOST_PARTS", 10)
    client = create_app(shipped).test_client()
    text = page(client)
    assert "competency export" in text and "/export/turtle?" in text
    assert "/export/case?" not in text
    response = get(client, "case")
    assert (response.status_code, response.get_json()["limit"]) == (422, "parts")


def test_only_so_many_bytes_are_kept(shipped: KnowledgeGraph) -> None:
    count = 0

    def write(graph: KnowledgeGraph, iri: str) -> Exported:
        nonlocal count
        count += 1
        return Exported(b"a" * 600)

    known, site = Exports(kept=1000), Site(shipped)
    exchange = Exchange(Format("a", "A", ("text/plain",), (".a",)), None, write)
    for path in ("pub-cscf", "wcc-behaviours", "wcc-behaviours", "pub-cscf"):
        known.written(site, BASE + path, exchange)
    assert count == 3


def test_what_is_nested_too_deeply_is_a_limit_and_no_crash(shipped: KnowledgeGraph) -> None:
    def write(graph: KnowledgeGraph, iri: str) -> Exported:
        return write(graph, iri)

    exchange = Exchange(Format("a", "A", ("text/plain",), (".a",)), None, write)
    with pytest.raises(LimitReached, match="nested too deeply"):
        Exports().written(Site(shipped), CSCF, exchange)


# ------------------------------------------------------------------ the list and the losses


def test_the_page_lists_every_format_with_what_it_is_for(client: FlaskClient) -> None:
    text = page(client)
    for row in written_formats():
        assert f'href="/export/{row.name}?iri={CSCF}"' in text
        assert row.title in text
    assert "for learning platforms and curriculum systems" in text


def test_every_format_says_what_it_is_for() -> None:
    abouts = {row.format.name: row.about for row in EXCHANGES}
    assert [name for name in NAMES if not (PURPOSES.get(name) or abouts[name])] == []


def test_the_page_of_a_framework_offers_what_most_people_want(client: FlaskClient) -> None:
    text = client.get("/page/pub-cscf", headers=PAGE).text
    for name in set(WANTED) & set(NAMES):
        assert f'href="/export/{name}?iri={CSCF}" download' in text
    assert f'href="/export?iri={CSCF}"' in text
    assert "/export/" not in client.get("/page/pub-cscf/c01", headers=PAGE).text


def test_the_list_is_also_json_by_accept_and_says_so(client: FlaskClient) -> None:
    response = client.get(f"/export?iri={CSCF}")
    record = response.get_json()
    assert (record["framework"], len(record["exports"])) == (CSCF, len(NAMES))
    assert "Accept" in response.headers["Vary"]
    case = next(row for row in record["exports"] if row["format"] == "case")
    assert client.get(case["url"]).mimetype == case["mediaType"] == "application/json"
    assert client.get(case["losses"]).get_json()["format"] == "case"


def test_losses_are_told_when_they_are_asked_for_and_only_then(client: FlaskClient) -> None:
    assert 'class="losses"' not in page(client)
    text = page(client, "&format=case-1.0")
    assert "CASE 1.0 has no field for it" in text
    record = client.get(f"/export?iri={CSCF}&format=case-1.0", headers=JSON).get_json()
    expected = exchange_named("case-1.0", writes=True).write(KnowledgeGraph.shipped(), CSCF).losses  # type: ignore[misc]
    assert record["losses"] == [vars(loss) for loss in expected]
    assert f"This format cannot carry {len(expected)} things" in text
    assert "Nothing: everything is in the file" in page(client, "&format=turtle")


def test_what_other_programs_look_past_is_told_apart_from_what_is_gone(client: FlaskClient) -> None:
    record = client.get(f"/export?iri={CSCF}&format=case", headers=JSON).get_json()
    assert record["losses"] == [] and len(record["aside"]) > 50
    assert "other programs will look past them" in page(client, "&format=case")


def test_losses_are_grouped_by_reason_the_commonest_first(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    losses = (
        Loss(CSCF, "comp:extent", "no place <b>"),
        *(Loss(f"{CSCF}/c0{n}", "comp:text", "too long") for n in range(1, 4)),
        Loss("urn:gone", "rdf:type", "too long"),
    )
    written = Written(
        Exports().written(Site(KnowledgeGraph.shipped()), CSCF, exchange_named("turtle")).document,
        losses,
        (),
    )
    monkeypatch.setattr(Exports, "written", lambda *_: written)
    text = page(client, "&format=case")
    assert text.index("4 ×") < text.index("1 ×")
    assert "no place &lt;b&gt;" in text and "urn:gone" in text and "the part itself" in text


def test_the_page_speaks_french(client: FlaskClient) -> None:
    text = page(client, "&format=case-1.0&lang=fr")
    assert "Télécharger" in text and ">Download<" not in text
    assert f'href="/export/case?iri={CSCF}"' in text  # a file has no language


def test_the_page_says_where_programs_that_speak_case_find_everything(client: FlaskClient) -> None:
    assert "http://localhost/ims/case/v1p1/CFDocuments" in page(client)


def test_rdf_is_complete_and_needs_no_list_of_losses(client: FlaskClient) -> None:
    text = page(client)
    for row in RDF_SYNTAXES:
        assert f'/export?iri={CSCF}&amp;format={row.name}"' not in text


def test_the_openapi_document_knows_the_formats(client: FlaskClient) -> None:
    document: Any = json.loads(client.get("/openapi.json").text)
    found = document["paths"]["/export/{name}"]["get"]["responses"]["200"]["content"]
    assert set(found) == {row.media_type for row in written_formats()}


def test_no_stranger_can_make_it_climb_a_ladder_without_end() -> None:
    rows = [PREFIXES, 'ex:f a comp:Framework ; rdfs:label "F"@en .']
    above = "ex:f"
    for number in range(150):
        rows.append(
            f"ex:p{number} a comp:Group ; comp:inFramework ex:f ; comp:partOf {above} ;"
            f' comp:position 1 ; rdfs:label "{number}"@en .'
        )
        above = f"ex:p{number}"
    client = create_app(KnowledgeGraph()).test_client()
    response = client.post("/import?name=a.ttl&to=case", data="\n".join(rows).encode())
    assert (response.status_code, response.get_json()["limit"]) == (422, "nesting")
