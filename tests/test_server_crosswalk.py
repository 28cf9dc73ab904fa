"""The crosswalk: a table between frameworks, as a page and as data."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from competency import KnowledgeGraph
from competency.graph.alignments import between
from competency.server.static_site import SiteOptions, write_site
from tests.conftest import PREFIXES
from tests.crawl import Crawl, fetch_over_http
from tests.test_server_compare import client as client
from tests.test_server_compare import framework, own, page
from tests.test_site import plain_server

PAGE = {"Accept": "text/html"}
SHIPPED = ("pub-cscf", "wcc-behaviours", "pwgsc-client-service")
EVIL = "<img src=x onerror=alert(1)>"
# Plan is close to Sketch and through it to Draw; Weld matches nothing; Drift is the opposite.
KITCHEN = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sssom: <https://w3id.org/sssom/> .
ex:f1 skos:closeMatch ex:g1 . ex:g1 skos:exactMatch ex:h1 . ex:f1 comp:contrasts ex:g3 .
ex:m a comp:Alignment ; owl:annotatedSource ex:f1 ; owl:annotatedProperty skos:closeMatch ;
  owl:annotatedTarget ex:g1 ; sssom:confidence 0.9 ; rdfs:comment "Both come first."@en .
ex:f3 skos:closeMatch <https://elsewhere.example/x> .
"""


@pytest.fixture(scope="module")
def small() -> FlaskClient:
    return own(
        framework("f", "Plan.", "Weld.", "Tell."),
        framework("g", "Sketch.", "Cut.", "Drift."),
        framework("h", "Draw."),
        KITCHEN,
    )


def of(*names: str, suffix: str = "", **more: object) -> str:
    pairs = [
        ("framework", name if "-" in name else f"https://example.org/{name}") for name in names
    ]
    spine = {"spine": f"https://example.org/{more.pop('spine')}"} if "spine" in more else {}
    return f"/crosswalk{suffix}?" + urlencode([*pairs, *(spine | more).items()])


def rows(text: str) -> list[list[str]]:
    """Return the cells of the table of a page as plain words, without headings between rows."""
    found = re.findall(r"<tr(?: class=\"gap\")?>(.*?)</tr>", text, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found]
    return [[" ".join(unescape(re.sub(r"<[^>]+>", " ", c)).split()) for c in row] for row in cells]


# ------------------------------------------------------------------ the table


def test_every_part_of_the_first_framework_is_a_row_and_its_matches_stand_beside_it(
    small: FlaskClient,
) -> None:
    head, *body = rows(page(small, of("f", "g")))
    assert head[0].startswith("F") and "1 of 3 with a match" in head[0]
    assert body[0][0].startswith("Plan.")
    assert "close to Sketch." in body[0][1] and "quite sure (0.9)" in body[0][1]
    assert "why" in body[0][1]
    assert "the opposite of unhelpful" not in body[0][1] and "opposite" in body[0][1]


def test_what_matches_nothing_is_marked_on_both_sides(small: FlaskClient) -> None:
    _, *body = rows(page(small, of("f", "g")))
    words = {row[0]: row[1] for row in body}
    assert words["Weld. performance criterion no match"] == "– none"
    assert words["– none"] == "Cut. performance criterion no match"
    opposite = next(row for row in body if row[1].startswith("Drift."))
    assert opposite[1].endswith("no match") and opposite[0].startswith("the opposite of Plan.")
    assert "Not beside the first column: G" in page(small, of("f", "g"))


def test_gaps_can_be_left_out(small: FlaskClient) -> None:
    text = page(small, of("f", "g", gaps="no"))
    assert len(rows(text)) == 2 and "Weld." not in text
    assert "With what matches nothing" in text


def test_a_chain_is_shown_only_when_asked_for_and_says_how_long_it_is(small: FlaskClient) -> None:
    stated = page(small, of("f", "h"))
    assert "Draw." in stated and "concluded" not in stated
    _, first, *_ = rows(page(small, of("f", "h", chains=2)))
    assert "close to Draw." in first[1] and "concluded in 2 steps" in first[1]
    assert "this is close to Sketch." in first[1] and "which is the same as Draw." in first[1]


def test_a_chain_in_the_table_is_told_from_what_is_stated_by_its_class(small: FlaskClient) -> None:
    text = page(small, of("f", "g", "h", chains=3))
    assert text.count('class="relation close follows"') == 1
    assert "nobody has stated" in text


def test_another_framework_can_come_first_and_the_address_says_so(small: FlaskClient) -> None:
    text = page(small, of("f", "g", "h"))
    address = next(a for a in hrefs(text) if "spine=https://example.org/g" in a)
    head, first, *_ = rows(page(small, address))
    assert head[0].startswith("G") and "Sketch." in first[0]
    assert "close to Plan." in first[1] and "the same as Draw." in first[2]


def hrefs(text: str) -> list[str]:
    found = (unescape(item) for item in re.findall(r'href="([^"]+)"', text))
    return [item.replace("%3A", ":").replace("%2F", "/") for item in found]


def test_the_cells_are_the_alignments_there_are(
    client: FlaskClient, shipped: KnowledgeGraph
) -> None:
    text = page(client, of("pub-cscf", "wcc-behaviours"))
    left, right = (shipped.framework(name).iri for name in ("pub-cscf", "wcc-behaviours"))
    found = between(shipped, left, right)
    matches = [item for item in found if not item.is_opposite]
    assert len(re.findall(r'class="relation (?!opposite)\w+"', text)) == len(matches)
    for item in found:
        assert item.iri and f"/page/{item.iri.removeprefix(shipped.base)}" in text


def test_headings_stand_above_the_parts_that_are_in_them(client: FlaskClient) -> None:
    text = page(client, of(*SHIPPED))
    assert "Organisational Service Competencies" in text
    assert text.count('<tr class="unplaced">') == 2


def test_a_framework_of_many_parts_comes_in_pages() -> None:
    client = own(
        framework("f", *(f"Do {n} things." for n in range(450))),
        framework("g", "Cut."),
        "ex:f449 skos:closeMatch ex:g1 .",
    )
    first = page(client, of("f", "g"))
    assert "page 1 of 3" in first and "Do 199 things." in first and "Do 200 things." not in first
    last = page(client, of("f", "g", page=3))
    assert "close to" in last and "Cut." in last
    assert client.get(of("f", "g", page=4), headers=PAGE).status_code == 404
    whole = client.get(of("f", "g", suffix=".json")).get_json()
    assert len(whole["rows"]) == 450


# ------------------------------------------------------------------ choosing


def test_without_frameworks_they_are_chosen(client: FlaskClient) -> None:
    text = page(client, "/crosswalk")
    assert text.count('type="checkbox" name="framework"') == 5
    assert "<table" not in text and "Choose two frameworks or more" in text
    one = page(client, of("pub-cscf"))
    assert one.count(" checked") == 1 and "<table" not in one


def test_with_one_framework_the_page_and_the_data_say_which_go_with_it(small: FlaskClient) -> None:
    couples = page(small, "/crosswalk").partition("couples")[2]
    assert couples.count("/crosswalk?framework=") == 2
    one = page(small, of("f")).partition("couples")[2]
    assert one.count("/crosswalk?framework=") == 1
    assert len(small.get(of("f", suffix=".json")).get_json()) == 1


def test_a_crosswalk_stands_below_compare_in_the_head(small: FlaskClient) -> None:
    for address in ("/crosswalk", of("f", "g")):
        assert '<a href="/compare" aria-current="page">Compare</a>' in page(small, address)


def test_without_frameworks_the_data_say_which_have_alignments(client: FlaskClient) -> None:
    assert client.get("/crosswalk.json").get_json() == client.get("/compare.json").get_json()
    assert client.get("/crosswalk.csv").text.startswith("left,right,matches,opposites")


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/crosswalk?framework=nothing&framework=pub-cscf", 404, "nothing"),
        ("/crosswalk?framework=pub-cscf&framework=wcc-behaviours&chains=9", 400, "from 1 to 3"),
        ("/crosswalk?framework=pub-cscf&framework=wcc-behaviours&page=x", 400, "page"),
        ("/crosswalk?framework=pub-cscf&spine=wcc-behaviours", 400, "spine"),
        ("/crosswalk?" + "framework=pub-cscf&" * 13, 400, "12 times"),
        ("/crosswalk.ttl?framework=pub-cscf", 404, ".csv"),
    ],
    ids=["unknown", "chains", "page", "spine", "many", "suffix"],
)
def test_what_is_wrong_with_an_address_is_said(
    client: FlaskClient, address: str, status: int, said: str
) -> None:
    for headers in (PAGE, {"Accept": "application/json"}):
        response = client.get(address, headers=headers)
        assert response.status_code == status and said in response.text


def test_too_large_a_table_is_refused_and_not_begun(
    small: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("competency.server.crosswalk.MOST_PARTS", 3)
    response = small.get(of("f", "g", "h", chains=3))
    assert response.status_code == 422 and "name fewer" in response.text


def test_hostile_titles_are_shown_as_text() -> None:
    client = own(
        framework("f", EVIL, title=EVIL),
        framework("g", EVIL, title=EVIL),
        "ex:f1 skos:closeMatch ex:g1 . ex:f1 skos:closeMatch <javascript:alert(1)> .",
    )
    text = page(client, of("f", "g", chains=3))
    assert "&lt;img src=x" in text and 'href="javascript' not in text


# ------------------------------------------------------------------ as data


def test_the_data_are_there_by_suffix_by_format_and_by_accept(client: FlaskClient) -> None:
    address = of(*SHIPPED)
    by_suffix = client.get(of(*SHIPPED, suffix=".csv"))
    by_name = client.get(address + "&format=csv")
    by_accept = client.get(address, headers={"Accept": "text/csv"})
    assert by_suffix.data == by_name.data == by_accept.data
    assert by_suffix.content_type == "text/csv; charset=utf-8"
    assert "Accept" in by_accept.vary and "Accept" not in by_name.vary
    assert by_accept.headers["Content-Location"].startswith("/crosswalk.csv?framework=")
    assert 'rel="alternate"' in by_suffix.headers["Link"]
    assert client.get(address, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(address).content_type == "application/json"


@pytest.mark.parametrize("suffix", ["", ".json", ".csv", ".xlsx"])
def test_every_form_has_an_entity_tag(client: FlaskClient, suffix: str) -> None:
    accept = "text/html" if not suffix else "*/*"
    first = ask(client, of(*SHIPPED, suffix=suffix), Accept=accept)
    again = ask(
        client, of(*SHIPPED, suffix=suffix), Accept=accept, If_None_Match=first.headers["ETag"]
    )
    assert (first.status_code, again.status_code) == (200, 304)


def ask(client: FlaskClient, address: str, **headers: str) -> TestResponse:
    return client.get(address, headers={k.replace("_", "-"): v for k, v in headers.items()})


def test_the_head_of_the_page_names_the_data(small: FlaskClient) -> None:
    text = page(small, of("f", "g", chains=2, gaps="no"))
    found = re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)"', text)
    assert len(found) == 3
    for media_type, address in found:
        response = small.get(unescape(address))
        assert response.mimetype == media_type
        assert "chains=2" in address and "gaps=no" in address


def test_page_csv_workbook_and_json_have_the_same_rows(client: FlaskClient) -> None:
    listed = list(csv.reader(io.StringIO(client.get(of(*SHIPPED, suffix=".csv")).text)))
    document = client.get(of(*SHIPPED, suffix=".json")).get_json()
    sheet = load_workbook(io.BytesIO(client.get(of(*SHIPPED, suffix=".xlsx")).data)).worksheets[0]
    assert sheet.max_row == len(listed)
    assert {row[0] for row in listed[1:]} == {str(n + 1) for n in range(len(document["rows"]))}
    entries = sum(len(cell) for row in document["rows"] for cell in row["cells"])
    text = page(client, of(*SHIPPED))
    assert text.count('class="relation ') == entries
    assert len(rows(text)) - 1 == len(document["rows"])


def test_a_page_stays_light(client: FlaskClient) -> None:
    response = ask(client, of(*SHIPPED), Accept="text/html", Accept_Encoding="gzip")
    assert response.headers["Content-Encoding"] == "gzip" and len(response.data) < 60_000


# ------------------------------------------------------------------ as files


@pytest.mark.slow
def test_a_site_of_files_has_the_crosswalks_that_its_pages_lead_to(tmp_path: Path) -> None:
    graph = KnowledgeGraph()
    texts = (framework("f", "Plan.", "Weld."), framework("g", "Cut."))
    for number, text in enumerate((*texts, "ex:f1 skos:closeMatch ex:g1 .")):
        graph.parse(PREFIXES + text, source=f"{number}.ttl")
    write_site(graph, tmp_path, SiteOptions(languages=("en",)))
    suffixes = Counter(file.suffix for file in (tmp_path / "crosswalk").iterdir())
    # Each framework comes first once, with chains and without.
    assert suffixes == {".html": 4, ".json": 4, ".csv": 4, ".xlsx": 4}
    assert list((tmp_path / "compare").glob("*.sssom.tsv"))
    with plain_server(tmp_path) as port:
        crawl = Crawl(fetch_over_http("127.0.0.1", port), by_suffix=True).run()
    assert crawl.faults == [] and not crawl.left_out
