"""Headers of all answers: who may read them elsewhere, how long they are, what 405 says."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from competency import DataDirectory, KnowledgeGraph
from competency.documents.reading.limits import MAX_CHARACTERS
from competency.graph import publish
from competency.server import create_app
from competency.server.app import MAX_BODY
from competency.server.bodies import MAX_WRITE
from competency.server.budget import MOST, fit_links, size_of
from competency.server.decisions import MAX_FILE
from competency.server.running import may_send
from tests.conftest import PREFIXES, ROOT
from tests.published import client_of

ADDED = 130  # bytes of what the web server adds: a status, Date, Server, Content-Length


@pytest.fixture(scope="module")
def client(shipped: KnowledgeGraph) -> FlaskClient:
    return create_app(shipped).test_client()


# ------------------------------------------------------------------ scripts of other sites

DATA = [
    "/compare.json?left=pub-cscf&right=wcc-behaviours",
    "/compare.csv?left=pub-cscf&right=wcc-behaviours",
    "/crosswalk.json?framework=pub-cscf&framework=wcc-behaviours",
    "/align.sssom.tsv?left=pub-cscf&right=nobody",
    "/import/template.csv",
]


@pytest.mark.parametrize("path", DATA)
def test_data_can_be_read_by_scripts_of_other_sites(client: FlaskClient, path: str) -> None:
    for answer in (client.get(path), client.options(path)):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in answer.headers["Access-Control-Expose-Headers"].split(", ")


def test_a_preflight_lets_conditions_pass(client: FlaskClient) -> None:
    said = client.options("/graphs").headers["Access-Control-Allow-Headers"].split(", ")
    assert {"If-Match", "If-None-Match", "Authorization", "Content-Type"} <= set(said)


@pytest.mark.parametrize("path", ["/compare", "/crosswalk", "/align", "/import", "/"])
def test_pages_are_for_people_only(client: FlaskClient, path: str) -> None:
    assert "Access-Control-Allow-Origin" not in client.get(path).headers


# ------------------------------------------------------------------ one budget


@pytest.fixture(scope="module", params=[60, 150, 230], ids=lambda length: f"{length} signs")
def foreign(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[FlaskClient, str]:
    """Return a client of a server with four editions of a framework with a long IRI, and that."""
    place, iri = tmp_path_factory.mktemp("long") / "data", "https://publisher.example/"
    iri += "competencies/" * (request.param // 13)
    for number in range(4):
        graph = KnowledgeGraph()
        graph.parse(f'{PREFIXES} <{iri}> a comp:Framework ; rdfs:label "Edition {number}"@en .')
        publish(DataDirectory(place), graph.graphs(), gate=False)
    return client_of(place), iri


def test_no_proxy_gets_more_headers_than_it_reads(foreign: tuple[FlaskClient, str]) -> None:
    client, iri = foreign
    for edition in ("", "&edition=2"):
        for path in ("/data?format=turtle&", "/data?format=turtle&_profile=skos&", "/page?"):
            answer = client.get(f"{path}iri={quote(iri, safe='')}{edition}")
            assert answer.status_code == 200
            assert size_of(answer.headers) + ADDED < MOST
            links = ", ".join(answer.headers.get_all("Link"))
            for rel in ("canonical", "original timegate", "timemap", "describedby"):
                assert f'rel="{rel}' in links
            assert ".alt.html" in links or "_profile=alt" in links


def test_links_to_the_rarest_forms_go_first_and_others_last() -> None:
    forms = ", ".join(f'</f.{name}>; rel="alternate"' for name in ("alt", "ttl", "trig"))
    given = [("Link", f'</f>; rel="canonical", {forms}'), ("Link", '</t>; rel="timemap"')]

    def left(most: int) -> list[str]:
        headers = Headers(given)
        fit_links(headers, most)
        assert size_of(headers) <= most
        return re.findall("<(.*?)>", ", ".join(headers.getlist("Link")))

    whole = size_of(Headers(given))
    assert left(whole) == ["/f", "/f.alt", "/f.ttl", "/f.trig", "/t"]
    assert left(whole - 1) == ["/f", "/f.alt", "/f.ttl", "/t"]
    assert left(whole - 30) == ["/f", "/f.alt", "/t"]
    assert left(whole - 70) == ["/f", "/f.alt"]
    assert left(0) == []


def test_a_link_that_is_too_long_makes_room_for_others() -> None:
    headers = Headers({"Link": f'</{"f" * 99}>; rel="canonical", </p>; rel="profile"'})
    fit_links(headers, 40)
    assert headers["Link"] == '</p>; rel="profile"'


@pytest.mark.parametrize("page", ["deploy.md", "scale.md"])
def test_the_proxies_of_the_guides_have_room_for_longer_ones(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    (block,) = re.findall(r"^```nginx\n(.*?)^```", text, re.M | re.S)
    assert "proxy_buffer_size 16k;" in block


# ------------------------------------------------------------------ other methods, large bodies


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/page/pub-cscf"), ("PATCH", "/graphs"), ("GET", "/update")]
)
def test_another_method_is_told_which_there_are(
    client: FlaskClient, method: str, path: str
) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    detail, allowed = answer.get_json()["detail"], answer.headers["Allow"].split(", ")
    assert detail.startswith(method) and all(name in detail for name in allowed)


def told() -> dict[str, list[int]]:
    """Return what the guide says that a body may have, in bytes, by address."""
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8").partition("## Limits on")[2]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if " MB" in line]
    return {
        path: [int(number) * 1_000_000 for number in re.findall(r"(\d+) MB", " ".join(cells))]
        for paths, *cells in rows
        for path in re.findall(r"`(/\w+)`", paths) or ["/sparql"]
    }


def test_the_guide_tells_how_large_bodies_may_be() -> None:
    said = told()
    assert said.keys() == {"/import", "/validate", "/align", "/graphs", "/update", "/sparql"}
    for path, sizes in said.items():
        assert sizes[0] == may_send(path, with_token=True), path
    assert (said["/sparql"][0], said["/graphs"][0]) == (MAX_BODY, MAX_WRITE)
    assert said["/align"][1] == MAX_FILE
    assert f"{MAX_CHARACTERS:,} characters" in (ROOT / "docs" / "deploy.md").read_text("utf-8")


def test_what_is_larger_than_the_guide_says_is_413(client: FlaskClient) -> None:
    pasted = told()["/import"][1]
    kind = "multipart/form-data; boundary=end"
    start = b'--end\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    for size, too_large in ((pasted + 1, True), (MAX_BODY + 1, False)):
        body = start + b"x" * size + b"\r\n--end--\r\n"
        answer = client.post("/import?from=case", data=body, content_type=kind)
        assert (answer.status_code == 413) is too_large
    assert client.post("/sparql", data={"query": "x" * MAX_BODY}).status_code == 413
