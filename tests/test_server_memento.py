"""Memento (RFC 7089) and version links (RFC 5829): any moment of the past by its time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.http import http_date

from competency import DataDirectory
from competency.graph.editions import manifest
from competency.graph.editions.draft import Draft
from tests.baking import BASE, FIRST, IRI, OTHER, SECOND, graph_of, publish_all
from tests.published import client_of

TURTLE = {"Accept": "text/turtle"}
HTML = {"Accept": "text/html"}
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of a server whose four editions were made on four days in January."""
    with pytest.MonkeyPatch.context() as patch:
        make, days = Draft._manifest, iter(range(100))

        def dated(self: Draft, *given: object) -> manifest.Manifest:
            made = make(self, *given)  # type: ignore[arg-type]
            created = (START + next(days) * DAY).isoformat().replace("+00:00", "Z")
            return manifest.Manifest(**(vars(made) | {"created": created}))

        patch.setattr(Draft, "_manifest", dated)
        place = tmp_path_factory.mktemp("memento") / "data"
        publish_all(place)
    return client_of(place)


def links(client: FlaskClient, address: str, **headers: str) -> dict[str, str]:
    """Return where the links of an answer lead, by each relation."""
    answer = client.get(address, headers=headers)
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"', ", ".join(answer.headers.get_all("Link")))
    return {rel: url for url, rels in found for rel in rels.split() if rel != "memento"}


def at(moment: datetime) -> dict[str, str]:
    return {"Accept-Datetime": http_date(moment)}


@pytest.mark.parametrize(
    ("moment", "edition"),
    [
        (START - 1000 * DAY, 1),
        (START, 1),
        (START + DAY - timedelta(seconds=1), 1),
        (START + DAY, 2),
        (START + 1.5 * DAY, 2),
        (START + 2 * DAY, 3),
        (START + 3 * DAY, 3),
        (datetime(2999, 1, 1, tzinfo=UTC), 3),
    ],
)
def test_a_moment_leads_to_the_state_of_it(
    client: FlaskClient, moment: datetime, edition: int
) -> None:
    for address in ("/id/baking", "/page/baking", "/data/baking.ttl"):
        answer = client.get(address, headers=at(moment))
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"{address}?edition=00000{edition}"
        assert "Accept-Datetime" in answer.headers["Vary"]
        assert "Memento-Datetime" not in answer.headers
        relations = links(client, address, **at(moment))
        assert {"original", "timegate", "timemap"} <= set(relations)


def test_foreign_iris_and_formats_are_led_as_well(client: FlaskClient) -> None:
    entity = client.get(f"/entity?iri={OTHER}", headers=at(START + DAY))
    assert entity.headers["Location"] == f"/entity?iri={OTHER}&edition=000002"
    data = client.get(f"/data?iri={IRI}&format=nt", headers=at(START))
    assert data.headers["Location"] == f"/data?iri={IRI}&format=nt&edition=000001"
    whole = client.get("/data/all.trig", headers=at(START + 3 * DAY))
    assert whole.headers["Location"] == "/data/all.trig?edition=000004"


def test_following_the_way_gives_the_thing_as_it_was(client: FlaskClient) -> None:
    headers = at(START) | TURTLE
    answer = client.get("/id/baking/1/2", headers=headers, follow_redirects=True)
    assert answer.status_code == 200 and b"B12" in answer.data
    assert answer.headers["Memento-Datetime"] == "Thu, 01 Jan 2026 12:00:00 GMT"
    assert [step.status_code for step in answer.history] == [302, 303]
    assert answer.history[1].headers["Memento-Datetime"] == "Thu, 01 Jan 2026 12:00:00 GMT"


def test_a_part_that_came_late_is_led_to_where_it_first_was(client: FlaskClient) -> None:
    answer = client.get("/id/baking/2/1", headers=at(START))
    assert answer.headers["Location"] == "/id/baking/2/1?edition=000002"


def test_what_is_gone_is_still_there_in_the_past(client: FlaskClient) -> None:
    assert client.get("/id/baking/1/2").status_code == 410
    answer = client.get("/id/baking/1/2", headers=at(START + 10 * DAY))
    assert answer.headers["Location"] == "/id/baking/1/2?edition=000002"
    relations = links(client, "/id/baking/1/2")
    assert {"original", "timegate", "timemap"} <= set(relations)
    assert "latest-version" not in relations
    assert client.get("/id/never", headers=at(START)).status_code == 404


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "2026-01-01T12:00:00Z", "Thu, 01 Jan 2026 12:00:00",
        "Thu, 01 Jan 2026 12:00:00 +0100", "Thu, 32 Jan 2026 12:00:00 GMT", "9" * 5000,
    ],
)  # fmt: skip
def test_a_time_that_is_none_is_refused(client: FlaskClient, text: str) -> None:
    for address in ("/id/baking", "/data/baking.ttl"):
        answer = client.get(address, headers={"Accept-Datetime": text})
        assert answer.status_code == 400 and "Accept-Datetime" in answer.json["detail"]  # type: ignore[index]
    assert client.get("/ns", headers={"Accept-Datetime": text} | HTML).status_code == 200


def test_an_edition_that_is_named_counts_more_than_a_time(client: FlaskClient) -> None:
    answer = client.get("/data/baking.ttl?edition=2", headers=at(START))
    assert answer.status_code == 200
    assert answer.headers["Memento-Datetime"] == "Fri, 02 Jan 2026 12:00:00 GMT"
    assert "Accept-Datetime" not in answer.headers.get("Vary", "")


def test_a_memento_names_its_neighbours(client: FlaskClient) -> None:
    second = links(client, "/data/baking.ttl?edition=2")
    assert second["original"] == second["timegate"] == second["latest-version"]
    assert second["original"] == "/data/baking.ttl"
    assert second["prev"] == second["predecessor-version"] == second["first"]
    assert second["first"] == "/data/baking.ttl?edition=000001"
    assert second["next"] == second["successor-version"] == second["last"]
    assert second["last"] == "/data/baking.ttl?edition=000003"
    fourth = links(client, "/data/baking.ttl?edition=4")
    assert fourth["prev"].endswith("000002"), "4 shows the memento of 3"
    assert "next" not in fourth


def test_answers_of_now_name_the_version_before_and_the_history(client: FlaskClient) -> None:
    for address in ("/id/baking", "/page/baking", "/data/baking.ttl"):
        relations = links(client, address)
        assert relations["latest-version"] == address
        assert relations["predecessor-version"] == f"{address}?edition=000002"
        assert relations["version-history"] == f"/history?iri={IRI}"
        answer = client.get(address)
        assert "Accept-Datetime" in answer.headers["Vary"]
        assert "Memento-Datetime" not in answer.headers
        assert "canonical" in relations, "the links of the document are there as well"


def test_the_304_of_a_memento_says_its_time(client: FlaskClient) -> None:
    tag = client.get("/data/baking.ttl?edition=1").headers["ETag"]
    again = client.get("/data/baking.ttl?edition=1", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["Memento-Datetime"] == "Thu, 01 Jan 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    "original",
    [
        IRI,
        "http://localhost/id/baking",
        "http://localhost/page/baking",
        "http://localhost/data/baking.ttl",
        f"http://localhost/data?iri={IRI}&format=nt",
        f"http://localhost/data%3Firi={IRI}&format=nt",
        f"http://localhost/entity?iri={IRI}",
    ],
)
def test_a_timemap_lists_all_states(client: FlaskClient, original: str) -> None:
    answer = client.get(f"/timemap/link/{original}")
    assert answer.status_code == 200 and answer.mimetype == "application/link-format"
    assert answer.headers["ETag"]
    rows = answer.text.rstrip().split(",\n")
    assert rows[0] == f'<{original.replace("%3F", "?")}>; rel="original"'
    assert rows[1].startswith("<http://localhost/") and 'rel="timegate"' in rows[1]
    assert 'rel="self"' in rows[2] and 'from="Thu, 01 Jan 2026 12:00:00 GMT"' in rows[2]
    states = [row for row in rows if "memento" in row]
    assert len(states) == 3
    assert 'rel="first memento"; datetime="Thu, 01 Jan 2026 12:00:00 GMT"' in states[0]
    assert 'rel="last memento"; datetime="Sat, 03 Jan 2026 12:00:00 GMT"' in states[2]
    for row in states:
        address = row[1 : row.index(">")].removeprefix("http://localhost")
        assert client.get(address, headers=TURTLE).status_code in (200, 303)


def test_the_timemap_that_an_answer_names_is_there(client: FlaskClient) -> None:
    for address in ("/id/baking", f"/data?iri={IRI}&format=nt", "/data/all.nq", "/page/dataset"):
        timemap = client.get(links(client, address)["timemap"])
        assert timemap.status_code == 200, address
        assert timemap.text.startswith(f"<http://localhost{address}>; rel=")


@pytest.mark.parametrize(
    "address",
    ["http://example.org/x", "nonsense", "http://localhost/ns", "http://localhost/id/never", IRI + "x"],
)  # fmt: skip
def test_what_has_no_versions_has_no_timemap(client: FlaskClient, address: str) -> None:
    assert client.get(f"/timemap/link/{address}").status_code == 404


def test_parameters_that_are_not_ours_go_nowhere(client: FlaskClient) -> None:
    address = "/data/baking.ttl?_external=1&_scheme=javascript&_anchor=x&endpoint=static&evil=1"
    answer = client.get(address, headers=at(START))
    assert answer.headers["Location"] == "/data/baking.ttl?edition=000001"


def test_a_long_iri_leaves_room_for_the_other_headers(tmp_path: Path) -> None:
    iri = BASE + "x" * 900
    graph_of(f"<{iri}> a <https://w3id.org/competency/ns#Framework> .").publish(
        tmp_path, gate=False
    )
    answer = client_of(tmp_path).get("/data/" + "x" * 900 + ".ttl")
    assert answer.status_code == 200
    assert sum(len(value) for value in answer.headers.get_all("Link")[1:]) <= 1000


def test_after_going_back_now_is_the_older_edition(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path)
    for turtle in (FIRST, SECOND):
        graph_of(turtle).publish(directory, gate=False)
    directory.rollback("1").close()
    client = client_of(tmp_path)
    answer = client.get("/id/baking", headers=at(datetime(2999, 1, 1, tzinfo=UTC)))
    assert answer.headers["Location"] == "/id/baking?edition=000001"
    relations = links(client, "/id/baking?edition=2")
    assert relations["prev"].endswith("000001")
