"""/search: a page that works without script, the same as JSON, and what a browser needs of it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from competency import KnowledgeGraph
from competency.graph import NamedGraph, Summary
from competency.graph.placing import StoreIndex
from competency.graph.store import new_store
from competency.server import create_app
from tests.conftest import PREFIXES
from tests.published import TOKEN, client_of
from tests.search.common import graph
from tests.test_server_pages import BROWSER, Page

MARKS = "http://a9.com/-/spec/opensearch/1.1/"


@pytest.fixture(scope="module")
def client(shipped: KnowledgeGraph) -> FlaskClient:
    return create_app(shipped).test_client()


@pytest.fixture(scope="module")
def small() -> FlaskClient:
    return create_app(graph()).test_client()


def page(client: FlaskClient, path: str, status: int = 200) -> Page:
    """Return a page, with what is true of every page checked."""
    response = client.get(path, headers={"Accept": BROWSER})
    assert response.status_code == status, path
    assert response.content_type == "text/html; charset=utf-8"
    found = Page(response.text)
    assert not found.wrong, (path, found.wrong)
    assert len(found.ids) == len(set(found.ids))
    assert [tag for tag, _ in found.headings].count("h1") == 1
    return found


def data(client: FlaskClient, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert (response.status_code, response.content_type) == (200, "application/json"), path
    found: dict[str, Any] = json.loads(response.data)
    return found


def problem(client: FlaskClient, path: str, status: int) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return str(json.loads(response.data)["detail"])


def hits(found: dict[str, Any]) -> list[str]:
    return [hit["iri"] for hit in found["hits"]]


def test_the_page_shows_hits_with_their_place_kind_and_code(client: FlaskClient) -> None:
    found = page(client, "/search?q=H7A304")
    assert "1 result" in found.text and "/page/nos-pss-spo109/1" in found.links
    assert "unit of competency" in found.text and "H7A3 04" in found.text
    assert "Provide support and information to customers" in found.text


def test_marks_are_elements_and_everything_else_is_text(small: FlaskClient) -> None:
    assert "<mark>imperilled</mark>" in page(small, "/search?q=imperilled").text
    found = page(small, "/search?q=" + quote("<script>alert(1)</script> imperilled"))
    assert "<img src=x" not in found.text and "&lt;img src=x onerror=" in found.text
    assert "<script>alert" not in found.text and "&lt;script&gt;alert" in found.text


def test_a_form_without_script_sends_every_choice(client: FlaskClient) -> None:
    found = page(
        client,
        "/search?q=customer&kind=NegativeIndicator&kind=PositiveIndicator&framework=wcc-behaviours",
    )
    boxes = re.findall(r'<input type="checkbox" name="(\w+)" value="([^"]+)" checked>', found.text)
    assert sorted(boxes) == [
        ("framework", "wcc-behaviours"), ("kind", "NegativeIndicator"), ("kind", "PositiveIndicator"),
    ]  # fmt: skip
    assert 'action="/search"' in found.text and 'name="polarity" value="" checked' in found.text
    assert "/search?q=customer" in found.links  # without any choices


def test_an_empty_search_says_what_can_be_searched(client: FlaskClient) -> None:
    found = page(client, "/search")
    assert (
        "296 things to search" in found.text and 'name="framework" value="pub-cscf"' in found.text
    )
    assert 'class="hits"' not in found.text
    assert 'class="hits"' in page(client, "/search?polarity=negative").text


def test_nothing_found_says_what_to_try(client: FlaskClient) -> None:
    found = page(client, "/search?q=custmer+servise")
    assert "Nothing found" in found.text and "/search?q=customer+service" in found.links
    assert "Try fewer words" in page(client, "/search?q=zzzzqq").text
    assert "some of them" in page(client, "/search?q=ethics+customer+zzzz").text


def test_pages_follow_each_other_and_end(client: FlaskClient) -> None:
    seen: list[str] = []
    path: str | None = "/search.json?q=customer&limit=30"
    while path:
        found = data(client, path)
        seen += hits(found)
        path = found["links"]["next"]
    assert len(seen) == len(set(seen)) == found["total"] and found["page"] == found["pages"] == 3
    assert parse_qs(urlsplit(found["links"]["previous"]).query)["page"] == ["2"]
    first = page(client, "/search?q=customer")
    assert "/search?q=customer&page=2" in first.links
    assert "/search?q=customer" in page(client, "/search?q=customer&page=2").links
    assert "there are 1 to 5" in problem(client, "/search.json?q=customer&page=6", 404)
    assert client.get("/search.json?q=zzzzqq&page=2").status_code == 404


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("page=0", "page: is a number from 1"), ("page=x", "not x"), ("page=-1", "not -1"),
        ("limit=1000", "from 1 to 100"), ("polarity=good", "positive, negative"), ("page=²", "number"),
        ("&".join(f"kind=K{n}" for n in range(60)), "kind: may be given 50 times"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_named(client: FlaskClient, query: str, says: str) -> None:
    assert says in problem(client, f"/search.json?q=customer&{query}", 400)


def test_the_data_have_what_the_page_has(client: FlaskClient) -> None:
    found = data(client, "/search.json?q=customer+service&kind=UnitOfCompetency")
    hit = found["hits"][0]
    assert (
        found["query"] == "customer service" and found["matched"] == "all" and found["total"] == 2
    )
    assert hit["kind"] == {
        "iri": "https://w3id.org/competency/ns#UnitOfCompetency", "label": "unit of competency",
    }  # fmt: skip
    assert hit["url"].startswith("http://localhost/page/") and hit["above"][0]["language"] == "en"
    marks = [hit["title"]["value"][start:end] for start, end in hit["title"]["marks"]]
    assert [mark.lower() for mark in marks] == ["customer", "service"]
    (chosen,) = [item for item in found["facets"]["kind"] if item["chosen"]]
    assert chosen["count"] == 2 and "kind=" not in urlsplit(chosen["url"]).query
    assert data(client, chosen["url"])["total"] > 2
    assert (
        found["links"]["page"] == "http://localhost/search?q=customer+service&kind=UnitOfCompetency"
    )


def test_choices_are_named_by_iri_prefix_or_path(client: FlaskClient) -> None:
    kinds = (
        "NegativeIndicator",
        "comp:NegativeIndicator",
        "https://w3id.org/competency/ns%23NegativeIndicator",
    )
    found = [data(client, f"/search.json?q=customer&kind={kind}") for kind in kinds]
    assert [item["total"] for item in found] == [3, 3, 3] and len(
        {json.dumps(f) for f in found}
    ) == 1
    frameworks = ("wcc-behaviours", "https://w3id.org/competency/id/wcc-behaviours")
    assert [
        data(client, f"/search.json?q=customer&framework={name}")["total"] for name in frameworks
    ] == [28, 28]


def test_accept_tells_the_page_from_the_data(client: FlaskClient) -> None:
    got = client.get("/search?q=customer", headers={"Accept": "application/json"})
    assert got.content_type == "application/json" and got.json == data(
        client, "/search.json?q=customer"
    )
    assert got.headers["Content-Location"].endswith("/search.json?q=customer")
    assert "Accept" in got.headers["Vary"] and "Accept-Language" in got.headers["Vary"]
    assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/search?q=x", headers={"Accept": "image/png"}).status_code == 406
    assert client.head("/search?q=customer", headers={"Accept": BROWSER}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/search?q=customer", "/search.json?q=customer", "/opensearch.xml"]
)
def test_what_is_known_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path, headers={"Accept": BROWSER})
    headers = {"Accept": BROWSER, "If-None-Match": first.headers["ETag"]}
    assert client.get(path, headers=headers).status_code == 304


def test_the_reader_gets_the_language_that_was_asked_for(small: FlaskClient) -> None:
    french = data(small, "/search.json?q=c1&lang=fr")
    assert french["hits"][0]["title"]["language"] == "fr"
    english = json.loads(small.get("/search.json?q=c1", headers={"Accept-Language": "en"}).data)
    assert english["hits"][0]["title"]["value"] == "Client relations"
    assert 'lang="zh"' in page(small, "/search?q=" + quote("客户")).text
    assert 'name="lang" value="fr"' in page(small, "/search?q=c1&lang=fr").text


@given(st.text(max_size=250))
@settings(max_examples=40)
def test_no_words_break_the_page(small: FlaskClient, words: str) -> None:
    path = "/search?" + "q=" + quote(words.encode("utf-8", "replace"))
    assert small.get(path, headers={"Accept": BROWSER}).status_code == 200


def test_a_browser_can_offer_the_search(client: FlaskClient) -> None:
    response = client.get("/opensearch.xml")
    assert response.content_type == "application/opensearchdescription+xml"
    root = ET.fromstring(response.data)  # noqa: S314
    urls = [item.attrib["template"] for item in root.iter(f"{{{MARKS}}}Url")]
    assert urls[0] == "http://localhost/search?q={searchTerms}&page={startPage?}"
    assert 0 < len(root.findtext(f"{{{MARKS}}}ShortName") or "") <= 16


def test_a_published_change_is_found_with_the_next_request(tmp_path: Path) -> None:
    client = client_of(tmp_path / "data")
    empty = data(client, "/search.json?q=former")
    assert empty["total"] == 0 and empty["facets"]["framework"] == []
    for title in ("Former", "Latter"):
        text = f'<urn:f> a <https://w3id.org/competency/ns#Framework> ; <http://www.w3.org/2000/01/rdf-schema#label> "{title}" .'
        sent = client.put(
            "/graphs?graph=urn:f", data=text, headers=TOKEN | {"Content-Type": "text/turtle"}
        )
        assert sent.status_code in (201, 204)
        assert hits(data(client, f"/search.json?q={title}")) == ["urn:f"]
    assert data(client, "/search.json?q=former")["total"] == 0


class Elsewhere:
    """Graphs of another engine."""

    def __getitem__(self, name: str) -> NamedGraph:
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def size(self, name: str) -> int:
        return 0

    def total(self) -> int:
        return 0

    def summaries(self) -> list[Summary]:
        return []


def test_over_another_engine_the_named_question_is_asked_instead() -> None:
    far = KnowledgeGraph.over(Elsewhere(), StoreIndex(new_store([])))  # type: ignore[arg-type]
    client = create_app(far).test_client()
    response = client.get("/search?q=customer", headers={"Accept": BROWSER})
    assert response.status_code == 303
    target = urlsplit(response.headers["Location"])
    assert (target.path, parse_qs(target.query)) == (
        "/sparql", {"question": ["search"], "p.word": ["customer"], "run": ["1"]},
    )  # fmt: skip
    assert "named question" in problem(client, "/search.json?q=customer", 501)


# ------------------------------------------------------------------ where hits stand

UNTITLED = """
ex:f a comp:Framework .
ex:g a comp:Group ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 1 ;
  comp:enumeration "7" .
ex:s a comp:PerformanceCriterion ; comp:inFramework ex:f ; comp:partOf ex:g ; comp:position 1 ;
  comp:text "Welds a seam."@en .
"""


def test_a_hit_below_parts_without_a_title_says_where_it_stands() -> None:
    bare = KnowledgeGraph()
    bare.parse(PREFIXES + UNTITLED, source="f.ttl")
    client = create_app(bare).test_client()
    (hit,) = data(client, "/search.json?q=seam")["hits"]
    assert [title["value"] for title in hit["above"]] == ["f", "7"]
    assert hit["framework"]["title"]["value"] == "f"
    text = client.get("/search?q=seam", headers={"Accept": BROWSER}).text
    place = re.search(r'<p class="hit-place">(.*?)</p>', text, re.DOTALL)
    assert place and re.findall(r"auto\">([^<]+)<", place[1]) == ["f", "7"]


def test_a_framework_without_a_title_is_found_by_its_name_in_the_facet() -> None:
    bare = KnowledgeGraph()
    bare.parse(PREFIXES + UNTITLED, source="f.ttl")
    text = create_app(bare).test_client().get("/search?q=seam", headers={"Accept": BROWSER}).text
    facet = text[text.index("<legend>Framework</legend>") :]
    assert re.search(r'class="choice-label">f</span>', facet)


def test_where_all_have_titles_nothing_more_is_looked_up(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a part was read to say where it stands")

    before = data(client, "/search.json?q=customer")["hits"]
    monkeypatch.setattr(KnowledgeGraph, "resource", never)
    assert data(client, "/search.json?q=customer")["hits"] == before
    assert all(hit["above"] for hit in before if hit["iri"] != hit["framework"]["iri"])
