"""Versions on the web: lists of editions, histories, what changed, and ?edition=."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from competency import DataDirectory, KnowledgeGraph
from competency.graph import publish
from competency.server import create_app
from competency.server.older import Older
from competency.server.serving import Published
from competency.server.site import Site
from tests.baking import FIRST, IRI, OTHER, THIRD, graph_of, other, publish_all
from tests.conftest import PREFIXES
from tests.published import TOKEN, client_of
from tests.servers import server

HTML = {"Accept": "text/html"}
TURTLE = {"Accept": "text/turtle"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory with four editions; tests that change one make their own."""
    place = tmp_path_factory.mktemp("versions") / "data"
    publish_all(place)
    return place


@pytest.fixture(scope="module")
def client(place: Path) -> FlaskClient:
    return client_of(place)


# ---------------------------------------------------------------------- pages


def test_the_editions_are_listed_with_what_each_changed(client: FlaskClient) -> None:
    page = client.get("/editions", headers=HTML)
    assert page.status_code == 200 and page.headers["ETag"]
    assert page.text.index("Edition 4") < page.text.index("Edition 1")
    assert 'href="/?edition=000002"' in page.text and "second" in page.text
    found = client.get("/editions").json
    assert found is not None and found == client.get("/editions.json").json
    assert [row["edition"] for row in found["editions"]] == ["000004", "000003", "000002", "000001"]
    assert (found["current"], found["older_gone"]) == ("000004", False)
    assert found["editions"][0]["removed"] == [OTHER] and found["editions"][2]["added"] == [OTHER]


def test_the_editions_say_in_words_what_changed(client: FlaskClient) -> None:
    text = client.get("/editions", headers=HTML).text
    rows = re.findall(r'<li value="(\d+)">(.*?)</li>\s*(?=<li value|</ol>)', text, re.DOTALL)
    said = {number: re.findall(r"<p>([^<]+)</p>", row) for number, row in rows}
    assert said["2"] == ["1 framework added \N{MIDDLE DOT} 1 framework changed"]
    assert said["4"][0].startswith("1 framework removed")


def test_what_is_no_framework_is_named_in_words_before_its_iri(tmp_path: Path) -> None:
    data = PREFIXES + "ex:a skos:closeMatch ex:b ."
    graph = KnowledgeGraph()
    graph.parse(data, source="links.ttl")
    (name,) = graph.graph_names
    directory = DataDirectory(tmp_path / "data")
    publish(directory, [*graph_of(FIRST).graphs(), *graph.graphs()], gate=False)
    text = client_of(tmp_path / "data").get("/editions", headers=HTML).text
    assert "1 set of alignments or other data added" in text
    row = text[text.index("/history?iri=") :]
    assert row.index("Baking") < row.index("Alignments or other data") < row.index(f"{name}</code>")


def test_an_edition_has_a_page_and_json(client: FlaskClient) -> None:
    page = client.get("/editions/2", headers=HTML)
    assert page.status_code == 200 and "What changed since edition 1" in page.text
    assert client.get("/editions/000002", headers=HTML).status_code == 200
    assert client.get("/editions/2.json").json["changed"] == [IRI]  # type: ignore[index]
    for name in ("9", "x", "-1", "2.ttl", "２"):
        assert client.get(f"/editions/{name}", headers=HTML).status_code == 404


def test_a_framework_has_a_history_with_links_to_see_and_to_compare(client: FlaskClient) -> None:
    for address in ("/history/baking", f"/history?iri={IRI}"):
        page = client.get(address, headers=HTML)
        assert page.status_code == 200
        assert 'href="/id/baking?edition=000002"' in page.text
        assert "from=1&amp;to=2" in page.text and "<select" in page.text
    found = client.get(f"/history.json?iri={IRI}").json
    assert found is not None
    assert [row["edition"] for row in found["versions"]] == ["000003", "000002", "000001"]
    assert [row["current"] for row in found["versions"]] == [True, False, False]


def test_what_is_gone_and_what_came_late_have_histories_as_well(client: FlaskClient) -> None:
    gone = client.get(f"/history?iri={OTHER}").json
    assert gone is not None
    assert [(row["edition"], row["withdrawn"]) for row in gone["versions"]] == [
        ("000004", True),
        ("000002", False),
    ]
    part = client.get(f"/history.json?iri={IRI}/1/2").json
    assert part is not None
    assert [row["withdrawn"] for row in part["versions"]] == [True, False, False]
    assert client.get("/history?iri=urn:never").status_code == 404
    assert client.get("/history").status_code == 400
    assert client.get("/history/dataset", headers=HTML).status_code == 200


def test_what_changed_is_said_in_words_and_marked_for_all_readers(client: FlaskClient) -> None:
    text = client.get(f"/changes?iri={IRI}&from=1&to=2", headers=HTML).text
    assert '<del><span class="hidden">removed: </span>customers<' in text
    assert '<ins><span class="hidden">added: </span>visitors and staff<' in text
    assert "1 moved" in text and "1 reworded" in text and "was place 3 in Customers" in text
    assert "B12" in text and "B13" in text
    nothing = client.get(f"/changes?iri={IRI}&from=3&to=4", headers=HTML)
    assert "Nothing changed." in nothing.text
    part = client.get(f"/changes?iri={IRI}/2&from=1&to=2").json
    assert part is not None and [item["iri"] for item in part["things"]] == [f"{IRI}/2/1"]


def test_what_changed_is_data_as_well(client: FlaskClient) -> None:
    address = f"iri={IRI}&from=1&to=2"
    found = client.get(f"/changes?{address}").json
    assert found == client.get(f"/changes.json?{address}").json
    assert found is not None and found["counts"]["reworded"] == 1
    patch = client.get(f"/changes.rdfp?{address}")
    assert patch.mimetype == "application/rdf-patch"
    assert patch.text.startswith('H id "000001-000002" .\nTX .\nD ')
    same = client.get(f"/changes?{address}", headers={"Accept": "application/rdf-patch"})
    assert same.data == patch.data and "Accept" in same.headers["Vary"]
    assert client.get(f"/changes?{address}", headers={"Accept": "image/png"}).status_code == 406
    assert client.get(f"/changes.ttl?{address}").status_code == 404


def test_changes_without_editions_are_those_of_the_last_version(client: FlaskClient) -> None:
    found = client.get(f"/changes?iri={IRI}").json
    assert found is not None and (found["from"], found["to"]) == ("000003", "000004")
    assert client.get(f"/changes?iri={OTHER}").json["counts"]["removed"] == 2  # type: ignore[index]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=x&to=1", 400),
        ("from=1&from=2&to=3", 400),
        ("from=1&to=-1", 400),
        ("from=1&to=9", 404),
        ("from=99999999999999999999&to=1", 404),
    ],
)
def test_editions_that_are_none_are_refused(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/changes?iri={IRI}&{query}").status_code == status


def test_what_is_too_large_to_compare_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("competency.server.differences.MOST_TRIPLES", 3)
    answer = client.get(f"/changes.rdfp?iri={IRI}&from=2&to=3")
    assert answer.status_code == 422 and "competency diff" in answer.json["detail"]  # type: ignore[index]


def test_labels_are_escaped(tmp_path: Path) -> None:
    for title in ("<script>alert(1)</script>", "<img src=x onerror=alert(2)>"):
        publish(DataDirectory(tmp_path), other(title).graphs(), gate=False, note="<b>note</b>")
    client = client_of(tmp_path)
    for address in ("/editions", "/editions/2", f"/history?iri={OTHER}", f"/changes?iri={OTHER}"):
        text = client.get(address, headers=HTML).text
        assert "<script>alert" not in text and "<img src=x" not in text and "<b>note" not in text


def test_files_have_no_editions_and_the_pages_say_so(shipped: KnowledgeGraph) -> None:
    client = create_app(shipped).test_client()
    page = client.get("/editions", headers=HTML)
    assert page.status_code == 200 and "files, not editions" in page.text
    assert client.get("/editions").json == {"editions": []}
    history = client.get("/history/wcc-behaviours", headers=HTML)
    assert history.status_code == 200 and "the present state is the only one" in history.text
    for address in (
        "/editions/1", "/page/wcc-behaviours?edition=1", "/history/nothing",
        "/changes?iri=https://w3id.org/competency/id/wcc-behaviours",
        "/timemap/link/https://w3id.org/competency/id/wcc-behaviours",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    plain = client.get("/id/wcc-behaviours", headers={"Accept-Datetime": "nonsense"})
    assert plain.status_code == 303 and "Accept-Datetime" not in plain.headers["Vary"]


def test_a_new_directory_has_an_empty_list(tmp_path: Path) -> None:
    client = client_of(tmp_path / "new")
    assert "Nothing was published here yet" in client.get("/editions", headers=HTML).text
    assert client.get("/page/x?edition=1").status_code == 404


# ---------------------------------------------------------------------- ?edition=


def test_an_edition_is_shown_as_it_was(client: FlaskClient) -> None:
    old = client.get("/page/baking?edition=1", headers=HTML)
    assert old.status_code == 200 and "Asks customers what they think" in old.text
    assert "This is edition 1; the current one is 4." in old.text
    assert 'href="/page/baking"' in old.text
    now = client.get("/page/baking", headers=HTML)
    assert "Asks visitors" in now.text and "This is edition" not in now.text
    assert f'rel="canonical" href="{IRI}"' in old.text
    current = client.get("/page/baking?edition=4", headers=HTML)
    assert "This is edition 4, which is the current one." in current.text


def test_links_keep_the_edition_and_lead_to_pages_of_it(client: FlaskClient) -> None:
    old = client.get("/page/baking?edition=000001&lang=fr", headers=HTML).text
    assert "/page/baking/1/2?edition=000001" in old.replace("&amp;lang=fr", "").replace(
        "lang=fr&amp;", ""
    )
    assert "/data/baking.ttl?edition=000001" in old
    part = client.get("/page/baking/1/2?edition=000001", headers=HTML)
    assert part.status_code == 200 and "Thanks them" in part.text
    assert 'href="/editions' in old and "/editions?edition=" not in old


def test_things_and_foreign_iris_lead_to_documents_of_the_edition(client: FlaskClient) -> None:
    answer = client.get("/id/baking/1/2?edition=1", headers=TURTLE)
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/data/baking/1/2.ttl?edition=000001",
    )
    page = client.get("/id/baking/1/2?edition=1", headers=HTML)
    assert page.headers["Location"] == "/page/baking/1/2?edition=000001"
    entity = client.get(f"/entity?iri={OTHER}&edition=2", headers=TURTLE, follow_redirects=True)
    assert entity.status_code == 200 and b"Other" in entity.data
    assert client.get(f"/entity?iri={OTHER}&edition=1").status_code == 404


def test_negotiation_is_the_same_in_an_edition(client: FlaskClient) -> None:
    address = f"/data?iri={IRI}&edition=1"
    for media_type in ("text/turtle", "application/ld+json", "application/n-triples"):
        answer = client.get(address, headers={"Accept": media_type})
        assert answer.mimetype == media_type and "Accept" in answer.headers["Vary"]
        assert "edition=000001" in answer.headers["Content-Location"]
    assert client.get(address, headers={"Accept": "image/png"}).status_code == 406
    assert client.head("/data/baking.ttl?edition=1").status_code == 200


def test_data_of_an_edition_may_be_kept_for_good_and_pages_not(client: FlaskClient) -> None:
    data = client.get("/data/baking.ttl?edition=1")
    assert data.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert data.headers["X-Robots-Tag"] == "noindex"
    assert data.headers["Content-Location"] == "/data/baking.ttl?edition=000001"
    page = client.get("/page/baking?edition=1", headers=HTML)
    assert page.headers["Cache-Control"] == "no-cache"
    assert page.headers["X-Robots-Tag"] == "noindex"
    now = client.get("/data/baking.ttl")
    assert now.headers["Cache-Control"] == "no-cache" and "X-Robots-Tag" not in now.headers
    whole = client.get("/data/all.nq?edition=2")
    assert OTHER.encode() in whole.data and "edition=" in whole.headers["Content-Location"]


def test_each_state_has_its_own_tag_and_is_not_sent_twice(client: FlaskClient) -> None:
    tags = {n: client.get(f"/data/baking.ttl?edition={n}").headers["ETag"] for n in (1, 2, 3, 4)}
    assert len({tags[1], tags[2], tags[3]}) == 3 and tags[3] == tags[4]
    assert client.get("/data/baking.ttl").headers["ETag"] == tags[4]
    again = client.get("/data/baking.ttl?edition=1", headers={"If-None-Match": tags[1]})
    assert again.status_code == 304 and "immutable" in again.headers["Cache-Control"]
    other_state = client.get("/data/baking.ttl?edition=2", headers={"If-None-Match": tags[1]})
    assert other_state.status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("edition=abc", 400, "give the number of an edition"),
        ("edition=-1", 400, "give the number"),
        ("edition=", 400, "give the number"),
        ("edition=1&edition=2", 400, "once"),
        ("edition=１", 400, "give the number"),
        ("edition=1.5", 400, "give the number"),
        ("edition=../../etc", 400, "give the number"),
        ("edition=0", 404, "none of that number"),
        ("edition=9", 404, "none of that number"),
        ("edition=" + "9" * 400, 404, "none of that number"),
    ],
)
def test_ugly_editions_get_a_clear_answer(
    client: FlaskClient, query: str, status: int, says: str
) -> None:
    for address in ("/page/baking", "/id/baking", "/data/baking.ttl", "/"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == status and says in answer.json["detail"]  # type: ignore[index]
    page = client.get(f"/page/baking?{query}", headers=HTML)
    assert page.status_code == status and "</html>" in page.text


def test_an_edition_that_was_pruned_is_not_found_and_those_left_are_listed(
    tmp_path: Path,
) -> None:
    directory = publish_all(tmp_path / "data")
    publish(directory, other("New").graphs(), gate=False, keep=2)
    client = client_of(tmp_path / "data")
    answer = client.get("/page/baking?edition=1")
    assert answer.status_code == 404 and answer.json is not None
    assert "removed" in answer.json["detail"]
    assert answer.json["available"] == ["000004", "000005"]
    assert "have been removed" in client.get("/editions", headers=HTML).text
    assert "then or before" in client.get("/history/baking", headers=HTML).text


def test_queries_and_writes_are_for_the_current_edition(client: FlaskClient) -> None:
    assert client.get("/sparql?query=ASK{}").status_code == 200
    assert client.get("/sparql?query=ASK{}&edition=1").status_code == 400
    assert client.get(f"/graphs?graph={IRI}&edition=1").status_code == 400
    update = client.post("/update?edition=1", data="CLEAR ALL", headers=TOKEN)
    assert update.status_code == 400
    for address in ("/health?edition=abc", "/ns?edition=7", "/editions?edition=x"):
        assert client.get(address).status_code == 200


def test_what_an_edition_has_not_says_which_ones_have_it(client: FlaskClient) -> None:
    answer = client.get("/data/baking/2/1.ttl?edition=1")
    assert answer.status_code == 404 and answer.json is not None
    assert answer.json["available"] == ["000002", "000003"]
    never = client.get("/data/baking/nothing.ttl?edition=1")
    assert never.status_code == 404 and never.json is not None
    assert "available" not in never.json


def test_an_odd_iri_is_found_in_an_edition(tmp_path: Path) -> None:
    iri = "https://w3id.org/competency/id/caf%C3%A9 é".replace(" ", "/")
    graph = graph_of(f"<{iri}> a <https://w3id.org/competency/ns#Framework> .")
    graph.publish(tmp_path, gate=False)
    graph_of(FIRST).publish(tmp_path, gate=False)
    client = client_of(tmp_path)
    path = quote(iri.removeprefix("https://w3id.org/competency/id/"))
    answer = client.get(f"/data/{path}.ttl?edition=1")
    assert answer.status_code == 200 and "version-history" in str(answer.headers.get_all("Link"))
    assert client.get(f"/history?iri={quote(iri)}", headers=HTML).status_code == 200


# ---------------------------------------------------------------------- sites that come and go


def test_an_edition_that_is_looked_at_is_not_pruned_and_then_let_go(tmp_path: Path) -> None:
    directory = publish_all(tmp_path / "data")
    client = client_of(tmp_path / "data")
    assert client.get("/page/baking?edition=1", headers=HTML).status_code == 200
    publish(directory, other("New").graphs(), gate=False, keep=1)
    assert directory.names() == ["000001", "000004", "000005"], "4 is served, 1 was looked at"
    assert client.get("/data/baking.ttl?edition=1").status_code == 200
    for _ in range(2):
        assert client.get("/page/baking", headers=HTML).status_code == 200


def test_going_back_while_an_old_edition_is_looked_at(tmp_path: Path) -> None:
    directory = publish_all(tmp_path / "data")
    client = client_of(tmp_path / "data")
    before = client.get("/data/baking.ttl?edition=2").data
    directory.rollback("2").close()
    assert client.get("/data/baking.ttl").data == before
    assert client.get("/data/baking.ttl?edition=2").data == before
    assert "current one is 2" in client.get("/page/baking?edition=4", headers=HTML).text
    assert "taken back" in client.get("/editions", headers=HTML).text
    assert client.get("/page/baking/1/4", headers=HTML).status_code == 410
    directory.rollback("4").close()
    assert client.get("/page/baking/1/4", headers=HTML).status_code == 200


class Site_(Site):
    """A site that says when it is closed."""

    def __init__(self, name: str, closed: list[str]) -> None:
        super().__init__(graph_of(THIRD))
        self.name, self.closed = name, closed

    def close(self) -> None:
        self.closed.append(self.name)


def test_few_older_sites_stay_open_and_none_that_nobody_needs() -> None:
    closed: list[str] = []
    older = Older(lambda name: Site_(name, closed), most=2, seconds=1000)
    sites = [older.take(name) for name in "abc"]
    assert closed == [], "all are in use"
    assert older.take("a") is sites[0]
    for site in sites:
        assert older.give_back(site)
    assert closed == ["b"], "the one that was asked for longest ago"
    assert not older.give_back(Site_("x", []))
    assert older.give_back(sites[0])
    older.close()
    assert sorted(closed) == ["a", "b", "c"]


def test_an_older_site_is_closed_after_a_while() -> None:
    closed: list[str] = []
    older = Older(lambda name: Site_(name, closed), seconds=-1)
    site = older.take("a")
    older.rest()
    assert closed == []
    older.give_back(site)
    assert closed == ["a"]


def test_an_older_site_that_cannot_be_opened_leaves_nothing() -> None:
    def refuse(name: str) -> Site:
        raise KeyError(name)

    older = Older(refuse)
    with pytest.raises(KeyError):
        older.take("a")
    assert not older._kept


def test_many_readers_of_many_editions_at_once(tmp_path: Path) -> None:
    directory = publish_all(tmp_path / "data")
    client = client_of(tmp_path / "data")
    app, wrong = client.application, []

    def read(start: int) -> None:
        with app.test_client() as mine:
            for number in range(start, start + 12):
                edition = number % 4 + 1
                answer = mine.get(f"/data/baking.ttl?edition={edition}")
                if answer.status_code != 200 or (b"customers" in answer.data) != (edition == 1):
                    wrong.append((edition, answer.status_code))

    threads = [threading.Thread(target=read, args=(start,)) for start in range(6)]
    for thread in threads:
        thread.start()
    for title in ("A", "B"):
        publish(directory, other(title).graphs(), gate=False)
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_server_lets_go_of_all_editions_when_it_ends(tmp_path: Path) -> None:
    directory = publish_all(tmp_path / "data")

    def site_of(edition: object) -> Site:
        return Site(KnowledgeGraph.of(edition))  # type: ignore[arg-type]

    serving = Published(directory, site_of)
    serving.give_back(serving.take_edition("1"))
    serving.close()
    with directory.publishing():
        assert directory.prune(keep=1) == ["000001", "000002", "000003"]


@pytest.mark.slow
def test_a_server_shows_old_editions_while_others_publish_and_go_back(tmp_path: Path) -> None:
    directory = publish_all(tmp_path / "data")
    with server("--data", tmp_path / "data", token=False) as running:
        before = running.ask("GET", "/data/baking.ttl?edition=1")
        assert before[0] == 200 and b"customers" in before[2]
        for title in ("A", "B", "C"):
            publish(directory, other(title).graphs(), gate=False, keep=1)
            assert running.ask("GET", "/page/baking?edition=1", headers=HTML)[0] == 200
        assert "000001" in directory.names() and "000002" not in directory.names()
        directory.rollback("1").close()
        assert running.ask("GET", "/data/baking.ttl")[2] == before[2]
        assert running.ask("GET", "/data/baking.ttl?edition=1")[2] == before[2]
        assert running.ask("GET", "/id/baking/2/1", headers=HTML)[0] == 410
        assert running.ask("GET", "/sparql?query=ASK%7B%7D&edition=1")[0] == 400
        assert running.ask("GET", "/sparql?query=ASK%7B%7D")[0] == 200


def test_only_where_there_are_editions_a_page_leads_to_them(
    client: FlaskClient, shipped: KnowledgeGraph
) -> None:
    files = create_app(shipped).test_client()
    for page, link in (("/", 'href="/editions"'), ("/page/baking", 'href="/history?iri=')):
        assert link in client.get(page, headers=HTML).text
        assert link not in files.get(page.replace("baking", "pub-cscf"), headers=HTML).text


def test_data_without_a_suffix_are_led_to_in_their_time_too(client: FlaskClient) -> None:
    answer = client.get("/data/baking?edition=1")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/data/baking.ttl?edition=000001",
    )
    answer = client.get(
        "/data/baking", headers={"Accept-Datetime": "Thu, 01 Jan 2026 12:00:00 GMT"}
    )
    assert answer.status_code == 302 and "/data/baking?edition=" in answer.headers["Location"]
