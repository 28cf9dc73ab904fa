"""How the answers travel: tags, conditions, compression, scripts of others, editions, many at once."""

from __future__ import annotations

import gc
import gzip
import json
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from competency import KnowledgeGraph
from competency.errors import Busy
from competency.exchange.case import package
from competency.server import create_app
from competency.server.case import holdings
from competency.server.case.holdings import Holdings
from competency.server.serving import Fixed
from competency.server.site import Site
from tests.case_api.common import NEW, OLD, addresses, client_of, documents, framework, got
from tests.conftest import PREFIXES
from tests.exchange.case.common import document, item, joined, named, packed, the_graph
from tests.published import client_of as client_of_directory


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return client_of(
        framework("f", "Baking"), framework("g", "Welding", more='; dcterms:rights "Free"@en')
    )


# ------------------------------------------------------------------ headers


def test_every_answer_has_a_tag_and_is_not_sent_twice(client: FlaskClient) -> None:
    for address in ("CFDocuments", *addresses(client)):
        for base in (NEW, OLD):
            first = client.get(f"{base}/{address}")
            tag, weak = first.get_etag()
            assert tag and not weak
            assert first.headers["Cache-Control"] == "no-cache"
            again = client.get(f"{base}/{address}", headers={"If-None-Match": f'"{tag}"'})
            assert (again.status_code, again.data) == (304, b"")


def test_head_is_get_without_the_body(client: FlaskClient) -> None:
    for address in ("CFDocuments?limit=1", *addresses(client)):
        whole, head = client.get(f"{NEW}/{address}"), client.head(f"{NEW}/{address}")
        assert head.data == b""
        kept = ("Content-Type", "Content-Length", "ETag", "Link", "X-Total-Count", "Vary")
        assert [head.headers.get(name) for name in kept] == [
            whole.headers.get(name) for name in kept
        ]


def test_long_answers_are_compressed_for_who_takes_that(client: FlaskClient) -> None:
    place = documents(client)[0]["CFPackageURI"]["uri"]
    plain, small = client.get(place), client.get(place, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert "Accept-Encoding" in small.headers["Vary"]
    assert small.headers["ETag"] != plain.headers["ETag"]


def test_scripts_of_other_sites_may_read_answers_and_totals(client: FlaskClient) -> None:
    for path, method in ((f"{NEW}/CFDocuments", "GET"), (f"{NEW}/CFDocuments", "OPTIONS"),
                         (f"{NEW}/CFItems/1", "GET")):  # fmt: skip
        response = client.open(path, method=method)
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert {"Link", "X-Total-Count"} <= set(
            response.headers["Access-Control-Expose-Headers"].split(", ")
        )


def test_documents_and_packages_name_the_thing_and_its_page(client: FlaskClient) -> None:
    for kind in ("CFDocuments", "CFPackages"):
        response = client.get(f"{NEW}/{kind}/{documents(client)[0]['identifier']}")
        assert '<https://example.org/f>; rel="canonical"' in response.headers["Link"]
        page = (
            response.headers["Link"].partition("canonical")[2].partition("<")[2].partition(">")[0]
        )
        assert client.get(page).status_code == 200


def test_links_are_at_the_address_that_was_asked(client: FlaskClient) -> None:
    response = client.get(f"{NEW}/CFDocuments?limit=1", base_url="https://data.example/competency/")
    start = "https://data.example/competency/ims/case/v1p1/"
    assert f"<{start}CFDocuments?limit=1&offset=1>" in response.headers["Link"]
    assert response.json["CFDocuments"][0]["CFPackageURI"]["uri"].startswith(start)  # type: ignore[index]


def test_capital_letters_in_an_identifier_make_no_difference(client: FlaskClient) -> None:
    for address in addresses(client):
        kind, _, identifier = address.partition("/")
        assert got(client, f"{NEW}/{kind}/{identifier.upper()}") == got(client, f"{NEW}/{address}")


# ------------------------------------------------------------------ what is where


def test_a_thing_that_several_frameworks_share_comes_from_one_of_them(client: FlaskClient) -> None:
    one, other = (
        got(client, place["CFPackageURI"]["uri"])["CFDefinitions"]["CFItemTypes"][0]
        for place in documents(client)
    )
    assert one["identifier"] == other["identifier"]
    found = got(client, f"{NEW}/CFItemTypes/{one['identifier']}")
    assert found == {"CFItemTypes": [one]}


def test_frameworks_in_one_graph_are_told_apart() -> None:
    both = framework("f", "One") + framework("g", "Two")
    client = client_of(f"ex:graph {{ {both} }}".replace("ex:graph {", "")[:-1])
    titles = {one["title"]: one["identifier"] for one in documents(client)}
    assert set(titles) == {"One", "Two"}
    for title, identifier in titles.items():
        found = got(client, f"{NEW}/CFPackages/{identifier}")
        assert (found["CFDocument"]["title"], len(found["CFItems"])) == (title, 1)
        item = got(client, f"{NEW}/CFItems/{found['CFItems'][0]['identifier']}")
        assert item["CFDocumentURI"]["title"] == title


def test_identifiers_that_follow_from_no_uri_are_found(tmp_path: Path) -> None:
    one = item(2, uri="https://x.example/items/a")
    doc = document(uri="https://x.example/the framework".replace(" ", "-"))
    tree = joined(3, one, doc, uri="https://x.example/tree/1")
    near = joined(4, one, doc, "isRelatedTo", uri="https://x.example/near/1")
    rubric = named("CFRubrics", 5, title="R", uri="https://x.example/rubric")
    graph = KnowledgeGraph()
    graph.add(the_graph(packed([one], [tree, near], doc=doc, CFRubrics=[rubric])))
    graph.publish(tmp_path, gate=False)
    for client in (create_app(graph).test_client(), client_of_directory(tmp_path)):
        found = [*addresses(client)]
        assert len(found) == 7
        for address in found:
            got(client, f"{NEW}/{address}")


def test_an_item_without_associations_has_an_empty_list() -> None:
    text = """ex:f a comp:Framework ; rdfs:label "F"@en .
        ex:a a comp:Competency ; comp:inFramework ex:f ; rdfs:label "A"@en ."""
    client = client_of(text)
    (listed,) = documents(client)
    (one,) = got(client, f"{NEW}/CFPackages/{listed['identifier']}")["CFItems"]
    found = got(client, f"{NEW}/CFItemAssociations/{one['identifier']}")
    assert found["CFAssociations"] == []
    assert found["CFItem"]["fullStatement"] == "A"


def test_pages_can_link_to_the_package(client: FlaskClient) -> None:
    app, context = client.application, dict[str, Any]()
    with app.test_request_context("/"):
        app.preprocess_request()
        app.update_template_context(context)
        address = context["case_package"]("https://example.org/f")
    assert got(client, address)["CFDocument"]["uri"] == "https://example.org/f"


# ------------------------------------------------------------------ editions


def _publish(place: Path, **titles: str) -> None:
    graph = KnowledgeGraph()
    for name, title in titles.items():
        graph.parse(PREFIXES + framework(name, title))
    graph.publish(place, gate=False)


def test_a_framework_changed_with_the_edition_that_changed_it(tmp_path: Path) -> None:
    _publish(tmp_path, f="One", g="Two")
    client = client_of_directory(tmp_path)
    before = {one["title"]: one["lastChangeDateTime"] for one in documents(client)}
    time.sleep(1.1)  # moments of editions are seconds
    _publish(tmp_path, f="One", g="Three")
    after = {one["title"]: one["lastChangeDateTime"] for one in documents(client)}
    assert before["One"] == after["One"] == before["Two"] < after["Three"]
    assert after["Three"].endswith("Z")
    since = got(client, f"{NEW}/CFDocuments?filter=lastChangeDateTime>'{before['One']}'")
    assert [one["title"] for one in since["CFDocuments"]] == ["Three"]
    identifier = since["CFDocuments"][0]["identifier"]
    whole = got(client, f"{NEW}/CFPackages/{identifier}")
    assert whole["CFDocument"]["lastChangeDateTime"] == after["Three"]


def test_what_is_kept_goes_with_its_site() -> None:
    graph = KnowledgeGraph()
    graph.parse(PREFIXES + framework("f", "F"))
    site = Site(graph)
    serving = Fixed(site)
    client = create_app(serving).test_client()
    assert documents(client)
    seen = weakref.ref(site)
    serving._site = Site(graph)
    del site
    assert documents(client)
    gc.collect()
    assert seen() is None


# ------------------------------------------------------------------ large ones, and many at once


def test_a_framework_that_is_too_large_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(framework("f", "F"))
    monkeypatch.setattr(KnowledgeGraph, "size", lambda *_: holdings.MOST + 1)
    (listed,) = documents(client)
    found = got(client, f"{NEW}/CFPackages/{listed['identifier']}", 403)
    assert "competency export https://example.org/f" in found["imsx_description"]
    code = found["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"]
    assert code == "forbidden"


def test_data_in_another_engine_are_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(framework("f", "F"))
    monkeypatch.setattr(KnowledgeGraph, "elsewhere", True)
    found = got(client, f"{NEW}/CFDocuments", 501)
    assert found["imsx_codeMajor"] == "unsupported"
    assert "another engine" in found["imsx_description"]


@pytest.fixture
def many() -> KnowledgeGraph:
    graph = KnowledgeGraph()
    for number in range(4):
        graph.parse(PREFIXES + framework(f"f{number}", f"F {number}"))
    return graph


@contextmanager
def slowly(monkeypatch: pytest.MonkeyPatch, seconds: float) -> Iterator[list[str]]:
    """Let packages take a while, and give the list of those that were made."""
    made: list[str] = []
    at_once: list[int] = []

    def slow(graph: KnowledgeGraph, iri: str, *rest: Any, **more: Any) -> Any:
        made.append(iri)
        at_once.append(1)
        assert len(at_once) == 1, "two are made at once"
        time.sleep(seconds)
        at_once.pop()
        return package(graph, iri, *rest, **more)

    monkeypatch.setattr(holdings, "package", slow)
    yield made


def _at_once(jobs: list[Any]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_package_is_made_once_for_all_who_want_it(
    many: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Holdings(many)
    with slowly(monkeypatch, 0.05) as made:
        found: list[object] = []
        wanted = ["https://example.org/f0"] * 5 + ["https://example.org/f1"] * 3
        _at_once([lambda iri=iri: found.append(held.package(iri, "1.1")) for iri in wanted])
    assert sorted(made) == ["https://example.org/f0", "https://example.org/f1"]
    assert len(found) == 8 and len({id(one) for one in found}) == 2


def test_who_would_wait_too_long_is_told_to_come_again(
    many: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holdings, "_WAITING", 1)
    monkeypatch.setattr(holdings, "_PATIENCE", 0.05)
    held, busy = Holdings(many), list[str]()

    def ask(number: int) -> None:
        try:
            held.package(f"https://example.org/f{number}", "1.1")
        except Busy as error:
            busy.append(str(error))

    with slowly(monkeypatch, 0.4) as made:
        _at_once([lambda number=number: ask(number) for number in range(4)])
    assert len(made) == 1
    assert len(busy) == 3
    assert held.package("https://example.org/f3", "1.1")


def test_busy_is_429_with_a_time_to_come_again(
    many: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(many).test_client()
    place = documents(client)[0]["CFPackageURI"]["uri"]
    monkeypatch.setattr(holdings, "_WAITING", -1)
    response = create_app(many).test_client().get(place)
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert "server_busy" in response.text
    assert json.loads(response.data)["imsx_codeMajor"] == "failure"


def test_only_so_many_packages_are_kept(
    many: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = many.size("https://example.org/f0")
    held = Holdings(many, kept=2 * size)
    with slowly(monkeypatch, 0) as made:
        for number in (0, 1, 2, 2, 0):
            held.package(f"https://example.org/f{number}", "1.1")
    assert [iri[-1] for iri in made] == ["0", "1", "2", "0"]


def test_a_list_of_very_many_waits_its_turn(
    many: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holdings, "_FEW", 2)
    monkeypatch.setattr(holdings, "_PATIENCE", 0.01)
    held = Holdings(many)
    with held._making, pytest.raises(Busy):
        held.documents(held.frameworks, "1.1")
    assert len(held.documents(held.frameworks[:2], "1.1")) == 2
    assert len(held.documents(held.frameworks, "1.1")) == 4


def test_what_is_nested_too_deeply_to_be_told_says_so(
    many: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deep(*_: Any, **__: Any) -> Any:
        raise RecursionError

    monkeypatch.setattr(holdings, "package", deep)
    client = create_app(many).test_client()
    found = got(client, documents(client)[0]["CFPackageURI"]["uri"], 403)
    assert "nested too deeply" in found["imsx_description"]


def test_a_list_makes_no_package(many: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    client = create_app(many).test_client()
    with slowly(monkeypatch, 0) as made:
        assert len(documents(client, "?sort=title")) == 4
        got(client, f"{NEW}/CFDocuments/{documents(client)[0]['identifier']}")
    assert made == []
