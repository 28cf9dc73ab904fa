"""Deciding suggestions at /align: the page, the file, data, and publishing with the token."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from competency import KnowledgeGraph
from competency.align.review import decided, state_of
from competency.errors import Busy, CompetencyError, LimitReached, TimeReached
from competency.graph.received import File
from competency.graph.sssom import MappingSet, read
from competency.server import Settings, aligning, app_for_endpoint, create_app
from competency.server.checking import Aligning, InProcess, Job
from competency.sparql.remote import Client
from tests.conftest import PREFIXES
from tests.other_engine import running
from tests.published import TOKEN, client_of

PAGE = {"Accept": "text/html"}
TSV = "text/tab-separated-values"
ENDS = {"left": "https://example.org/bread", "right": "https://example.org/oven"}
EVIL = "<script>alert(1)</script>"
BREAD = (
    "Weighs the flour and the water for every dough",
    "Keeps the table and the tools of the bakery clean",
    "Greets customers warmly and answers their questions",
    "Keeps a diary of every delivery of flour",
    f"Reads {EVIL} warning labels on cleaning products",
)
OVEN = (
    "Weighs flour, water and salt before the dough is mixed",
    "Cleans the table and all tools of the bakery every evening",
    "Answers questions of clients warmly",
    "Keeps a diary of every delivery of flour",
    f"Follows warning labels {EVIL} on cleaning products",
)
NEVER = "Ignores questions of customers and answers nobody warmly"


def framework(name: str, texts: tuple[str, ...], *more: str) -> str:
    rows = [f'ex:{name} a comp:Framework ; rdfs:label "{name.title()}"@en .', *more]
    for place, text in enumerate(texts, 1):
        kind = "NegativeIndicator" if text == NEVER else "PositiveIndicator"
        rows.append(
            f"ex:{name}{place} a comp:{kind} ; comp:inFramework ex:{name} ; "
            f'comp:partOf ex:{name} ; comp:position {place} ; comp:text "{text}"@en .'
        )
    return "\n".join(rows)


def two(*more: str) -> str:
    return (
        PREFIXES + framework("bread", BREAD) + framework("oven", (*OVEN, NEVER)) + "\n".join(more)
    )


def own(text: str) -> FlaskClient:
    graph = KnowledgeGraph()
    graph.parse(text)
    return create_app(graph).test_client()


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return own(two())


@pytest.fixture
def published(tmp_path: Path) -> FlaskClient:
    found = client_of(tmp_path / "data")
    for name, texts in (("bread", BREAD), ("oven", (*OVEN, NEVER))):
        data = (PREFIXES + framework(name, texts)).encode()
        place = f"/graphs?graph=https://example.org/{name}"
        sent = found.put(place, data=data, headers=TOKEN | {"Content-Type": "text/turtle"})
        assert sent.status_code in (201, 204), sent.text
    return found


def address(path: str = "/align", **more: str) -> str:
    return f"{path}?{urlencode(ENDS | more)}"


def page(client: FlaskClient, **more: str) -> str:
    response = client.get(address(**more), headers=PAGE)
    assert response.status_code == 200, response.text[:400]
    return response.text


def suggestions(client: FlaskClient, **more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(address("/align.json", **more)).get_json()[
        "suggestions"
    ]
    return found


def post(client: FlaskClient, fields: dict[str, Any], **headers: str) -> TestResponse:
    return client.post("/align", data=ENDS | fields, headers=PAGE | headers)


def table(response: TestResponse) -> MappingSet:
    assert response.status_code == 200, response.text[:400]
    assert response.content_type == f"{TSV}; charset=utf-8"
    return read(File("a.sssom.tsv", response.data, TSV))


def ids(text: str) -> list[str]:
    found = re.search(r'data-ids="([^"]*)"', text)
    return found[1].split() if found else []


def states(found: MappingSet) -> list[str]:
    return sorted(state_of(record) for record in found.records)


# ------------------------------------------------------------------ the page


def test_without_frameworks_it_asks_for_two_or_for_a_file(client: FlaskClient) -> None:
    text = client.get("/align", headers=PAGE).text
    assert 'name="left"' in text and 'name="right"' in text and 'type="file"' in text
    assert "https://example.org/bread" in text


def test_the_most_alike_come_first_with_their_shared_words_marked(client: FlaskClient) -> None:
    text = page(client)
    said = re.findall(r'<p class="said" lang="en" dir="ltr">(.*?)</p>', text)
    assert said[0] == said[1].replace("</mark><mark>", "")  # the same text on both sides
    assert "<mark>flour</mark>" in text
    assert '<mark class="synonym" title="= clients">customers</mark>' in text
    assert "<bdi>customers</bdi> = <bdi>clients</bdi>" in text
    scores = [float(number) for number in re.findall(r'<span class="note">(\d\.\d\d)</span>', text)]
    assert scores == sorted(scores, reverse=True)


def test_the_same_is_only_offered_where_text_and_kind_are(client: FlaskClient) -> None:
    rows = re.split(r'<li class="pair"', page(client))[1:]
    same = [row for row in rows if 'value="skos:exactMatch"' in row]
    assert len(same) == 1 and "the same text and the same kind" in same[0]


def test_opposites_come_when_asked_for_and_are_nothing_else(client: FlaskClient) -> None:
    assert "comp:contrasts" not in page(client)
    rows = re.split(r'<li class="pair"', page(client, contrasts="1"))[1:]
    opposite = [row for row in rows if "comp:contrasts" in row]
    assert opposite and all("skos:" not in row and "unhelpful" in row for row in opposite)


def test_texts_are_never_markup(client: FlaskClient) -> None:
    text = page(client)
    assert "<script>alert" not in text and "alert(1)" in text
    plain = unescape(re.sub(r"</?mark[^>]*>", "", text))
    assert f"Reads {EVIL} warning labels" in plain


def test_other_languages_and_directions_are_told() -> None:
    arabic = "يزن الدقيق والماء لكل عجينة"
    rows = [
        f"ex:{name}9 a comp:PositiveIndicator ; comp:inFramework ex:{name} ; comp:partOf ex:{name}"
        f' ; comp:position 9 ; comp:text "{arabic}"@ar .'
        for name in ("bread", "oven")
    ]
    assert '<p class="said" lang="ar" dir="rtl">' in page(own(two(*rows)))


def test_pages_have_fifty(monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    monkeypatch.setattr("competency.server.pages.align.PER_PAGE", 2)
    monkeypatch.setattr("competency.server.align.PER_PAGE", 2)
    text = page(client, page="2")
    assert text.count('<li class="pair"') == 2 and 'rel="prev"' in text
    assert "Suggestion 3 of" in text


def test_the_page_is_for_caches_and_leads_to_its_data(client: FlaskClient) -> None:
    first = client.get(address(), headers=PAGE)
    again = client.get(address(), headers=PAGE | {"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and "Accept" in first.headers["Vary"]
    assert client.head(address(), headers=PAGE).status_code == 200
    for kind in ("application/json", TSV, "text/csv"):
        assert f'<link rel="alternate" type="{kind}"' in first.text


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"left": "nowhere"}, 404, "no framework nowhere"),
        ({"left": "https://example.org/oven"}, 200, "one framework twice"),
        ({"per_part": "0x"}, 400, "per_part"),
        ({"per_part": "101"}, 400, "from 1 to 100"),
        ({"page": "-1"}, 400, "page"),
    ],
)
def test_what_cannot_be_is_said_on_the_page(
    client: FlaskClient, fields: dict[str, str], status: int, said: str
) -> None:
    response = client.get(address(**fields), headers=PAGE)
    assert response.status_code == status
    assert said in response.text and 'class="fault"' in response.text


# ------------------------------------------------------------------ data


def test_data_come_by_suffix_by_format_and_by_accept(client: FlaskClient) -> None:
    by_suffix = client.get(address("/align.sssom.tsv"))
    assert states(table(by_suffix)) == ["to review"] * len(suggestions(client))
    assert "attachment" in by_suffix.headers["Content-Disposition"]
    assert client.get(address(format="sssom")).data == by_suffix.data
    assert client.get(address(), headers={"Accept": TSV}).data == by_suffix.data
    assert 'rel="alternate"' in by_suffix.headers["Link"]
    rows = list(csv.DictReader(io.StringIO(client.get(address("/align.csv")).text)))
    assert rows[0]["left_text"] == rows[0]["right_text"] and rows[0]["relation"]
    assert client.get(address("/align.xml")).status_code == 404
    assert client.get("/align.json").status_code == 400


def test_suggestions_say_how_alike_and_why(client: FlaskClient) -> None:
    found = suggestions(client)[0]
    assert found["predicate"] == "skos:exactMatch" and found["similarity_score"] == 1
    assert found["reasons"] and found["shared"]


# ------------------------------------------------------------------ deciding without script


def test_a_form_gives_the_table_back_with_what_was_decided(client: FlaskClient) -> None:
    first, second, *rest = ids(page(client))
    fields = {
        f"v-{first}": "accept", f"g-{first}": "skos:closeMatch", f"k-{first}": "0.8",
        f"c-{first}": "Both\nwrite it down", f"v-{second}": "refuse", "reviewer": "Ada",
        "do": "file",
    }  # fmt: skip
    response = post(client, fields)
    assert response.headers["Content-Disposition"].endswith('bread-oven.sssom.tsv"')
    found = table(response)
    assert states(found) == ["accepted", "refused", *["to review"] * len(rest)]
    accepted = next(record for record in found.records if state_of(record) == "accepted")
    assert accepted.get("predicate_id").endswith("closeMatch")
    assert accepted.get("confidence") == "0.8" and accepted.get("reviewer_label") == "Ada"
    assert accepted.get("comment") == "Both write it down"


def test_decisions_of_a_script_come_as_json_in_the_form(client: FlaskClient) -> None:
    one = suggestions(client)[0]
    row = {"subject": one["subject"], "object": one["object"], "verdict": "refuse"}
    found = table(post(client, {"decisions": json.dumps([row]), "do": "file"}))
    assert states(found)[0] == "refused"


def test_pages_can_be_decided_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> None:
    monkeypatch.setattr("competency.server.pages.align.PER_PAGE", 2)
    monkeypatch.setattr("competency.server.align.PER_PAGE", 2)
    total = len(suggestions(client))
    first, left, *_ = ids(page(client))
    text = post(client, {f"v-{first}": "refuse", "do": "next"}).text
    assert first not in ids(text) and text.count('<li class="pair"') == 2
    assert f'id="s-{left}"' not in text  # it was left; those after it come
    carried = unescape(re.findall(r'<textarea name="set" hidden>(.*?)</textarea>', text, re.S)[0])
    assert len(decided(read(File("a.sssom.tsv", carried.encode(), TSV)))) == 1
    second = re.findall(r'data-id="(\w+)"', text)[0]
    found = table(post(client, {"set": carried, f"v-{second}": "accept", "do": "file"}))
    assert len(found.records) == total
    assert states(found)[:2] == ["accepted", "refused"] and set(states(found)[2:]) <= {"to review"}


def test_a_file_is_gone_on_with(client: FlaskClient) -> None:
    first, *_ = ids(page(client))
    data = post(client, {f"v-{first}": "refuse", "do": "file"}).data
    upload = {"file": (io.BytesIO(data), "mine.sssom.tsv")}
    response = client.post("/align", data=upload, headers=PAGE)
    assert response.status_code == 200
    assert first not in ids(response.text) and "Bread" in response.text
    assert len(ids(response.text)) == len(suggestions(client)) - 1


def test_a_file_is_read_however_a_spreadsheet_saved_it(client: FlaskClient) -> None:
    first, *_ = ids(page(client))
    text = post(client, {f"v-{first}": "refuse", "do": "file"}).data.decode()
    saved = text.replace("\tto review\t", "\tTo review \t").encode("utf-16")
    upload = {"file": (io.BytesIO(saved), "mine.txt")}
    response = client.post("/align", data=upload, headers=PAGE)
    assert response.status_code == 200
    assert len(ids(response.text)) == len(suggestions(client)) - 1


def test_rows_about_other_parts_stay_in_the_file(client: FlaskClient) -> None:
    data = client.get(address("/align.sssom.tsv")).data
    lines = data.decode().splitlines()
    strange = lines[-1].replace("https://example.org/bread", "https://example.org/brewing")
    strange = re.sub(r"^\S+", "https://example.org/nowhere1", strange)
    text = "\n".join([*lines, strange]) + "\n"
    shown = client.post(
        "/align", data={"file": (io.BytesIO(text.encode()), "a.sssom.tsv")}, headers=PAGE
    ).text
    assert "1 row of your file is about parts that are not here" in shown
    found = table(post(client, {"set": text, "do": "file"}))
    assert any("nowhere1" in record.get("subject_id") for record in found.records)


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (b"no table at all", 400, "a.sssom.tsv"),
        (b"\xff\xfe\x00", 400, "a.sssom.tsv"),
        (b"subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
         b"urn:a\tskos:closeMatch\turn:b\tsemapv:ManualMappingCuration\n", 404, "two frameworks"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_fit_is_said_on_the_page(
    client: FlaskClient, data: bytes, status: int, said: str
) -> None:
    upload = {"file": (io.BytesIO(data), "a.sssom.tsv")}
    response = client.post("/align", data=upload, headers=PAGE)
    assert response.status_code == status and said in response.text
    assert 'class="fault"' in response.text


@pytest.mark.parametrize(
    "fields", [{"decisions": "{"}, {"decisions": "[1]"}, {"decisions": '[{"subject":["a"]}]'}]
)
def test_wrong_decisions_are_bad_requests(client: FlaskClient, fields: dict[str, str]) -> None:
    assert post(client, fields | {"do": "file"}).status_code == 400


@pytest.mark.parametrize("predicate", ["skos:exactMatch", "comp:contrasts", "rdfs:label", "x"])
def test_a_relation_that_cannot_be_meant_is_refused(client: FlaskClient, predicate: str) -> None:
    one = suggestions(client)[-1]
    row = {"subject": one["subject"], "object": one["object"], "verdict": "accept"}
    response = post(
        client, {"decisions": json.dumps([row | {"predicate": predicate}]), "do": "file"}
    )
    assert response.status_code == 400 and predicate in response.text


# ------------------------------------------------------------------ publishing


def publish(client: FlaskClient, rows: list[dict[str, Any]], **headers: str) -> TestResponse:
    body = ENDS | {"decisions": rows, "reviewer": "Ada"}
    return client.post("/align", json=body, headers={"Accept": "application/json"} | headers)


def verdicts(client: FlaskClient, *said: str) -> list[dict[str, Any]]:
    return [
        {"subject": one["subject"], "object": one["object"], "verdict": verdict}
        for one, verdict in zip(suggestions(client), said, strict=False)
    ]


def test_nothing_is_written_where_the_server_takes_no_writes(client: FlaskClient) -> None:
    assert publish(client, verdicts(client, "accept"), **TOKEN).status_code == 403
    assert "Publish on this server" not in page(client)


def test_nothing_is_written_without_the_token(published: FlaskClient) -> None:
    assert "Publish on this server" in page(published)
    rows = verdicts(published, "accept")
    before = published.get("/editions.json").json
    assert publish(published, rows).status_code == 401
    assert publish(published, rows, Authorization="Bearer wrong").status_code == 401
    assert post(published, {"do": "file"}).status_code == 200  # a form never writes
    assert published.get("/editions.json").json == before


def test_decisions_are_published_and_never_asked_again(published: FlaskClient) -> None:
    before = suggestions(published)
    done = publish(published, verdicts(published, "accept", "refuse", "leave"), **TOKEN)
    assert done.status_code == 200, done.text
    assert (done.get_json()["accepted"], done.get_json()["refused"]) == (1, 1)
    assert done.headers["Edition"] == done.get_json()["edition"] == "000003"
    after = {(one["subject"], one["object"]) for one in suggestions(published)}
    assert not after & {(one["subject"], one["object"]) for one in before[:2]}
    assert len(after) >= len(before) - 2
    turned = {"left": ENDS["right"], "right": ENDS["left"]}
    others = published.get("/align.json?" + urlencode(turned)).get_json()["suggestions"]
    assert {(one["object"], one["subject"]) for one in others} == after


def test_only_what_was_accepted_is_an_alignment(published: FlaskClient) -> None:
    publish(published, verdicts(published, "accept", "refuse"), **TOKEN)
    compared = published.get("/compare.json?" + urlencode(ENDS)).get_json()
    assert len(compared["matches"]) == 1


def test_the_first_of_two_decisions_counts(published: FlaskClient) -> None:
    rows = verdicts(published, "refuse", "refuse")
    assert publish(published, rows[:1], **TOKEN).get_json()["refused"] == 1
    later = [row | {"verdict": "accept"} for row in rows]
    done = publish(published, later, **TOKEN).get_json()
    assert (done["accepted"], done["refused"], done["known"]) == (1, 0, 1)
    assert publish(published, later, **TOKEN).get_json()["known"] == 2


def test_what_somebody_decided_a_moment_earlier_is_told_as_known(
    published: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = verdicts(published, "refuse", "refuse")
    table = "\t".join(("subject_id", "predicate_id", "object_id", "mapping_justification"))
    for row in rows:
        ends = f"{row['subject']}\tskos:closeMatch\t{row['object']}"
        table += f"\n{ends}\tsemapv:ManualMappingCuration"
    publish(published, rows[:1], **TOKEN)
    monkeypatch.setattr(aligning.Suggester, "decided", lambda self: frozenset())  # not seen yet
    headers = TOKEN | {"Content-Type": TSV, "Accept": "application/json"}
    done = published.post(address(), data=table.encode(), headers=headers).get_json()
    assert (done["accepted"], done["refused"], done["known"]) == (1, 0, 1)


def test_a_table_is_published_as_well(published: FlaskClient) -> None:
    first, second, *_ = ids(page(published))
    data = post(published, {f"v-{first}": "accept", f"v-{second}": "refuse", "do": "file"}).data
    headers = TOKEN | {"Content-Type": TSV, "Accept": "application/json"}
    done = published.post(address(), data=data, headers=headers)
    assert (
        done.status_code == 200 and done.get_json()["accepted"] == done.get_json()["refused"] == 1
    )
    assert published.post("/align", data=data, headers=headers).status_code == 400


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"left": 1}', b'{"left": "a", "right": "b", "set": 1}']
)
def test_what_is_no_request_is_told(published: FlaskClient, body: bytes) -> None:
    headers = TOKEN | {"Content-Type": "application/json"}
    assert published.post("/align", data=body, headers=headers).status_code == 400


# ------------------------------------------------------------------ over another engine


@pytest.mark.slow
def test_over_another_engine_it_suggests_publishes_and_remembers() -> None:
    with running() as engine:
        graph = KnowledgeGraph()
        graph.parse(two())
        engine.store.extend(quad for named in graph.graphs() for quad in named.quads())
        settings = Settings(token="secret")  # noqa: S106
        with app_for_endpoint(Client(engine.url), settings) as app:
            remote = app.test_client()
            assert remote.get(address(), headers=PAGE).status_code == 200
            before = suggestions(remote)
            rows = verdicts(remote, "accept", "refuse")
            assert publish(remote, rows).status_code == 401
            done = publish(remote, rows, **TOKEN)
            assert done.status_code == 200, done.text
            after = {(one["subject"], one["object"]) for one in suggestions(remote)}
            assert not after & {(one["subject"], one["object"]) for one in before[:2]}
            assert publish(remote, rows, **TOKEN).get_json()["known"] == 2


# ------------------------------------------------------------------ bounds


class Failing(InProcess):
    """Says of every job that it costs too much."""

    def __init__(self, error: CompetencyError) -> None:
        super().__init__()
        self.error = error

    def check(self, job: Job, left: object = None) -> bytes:
        raise job.reasons.of(self.error, 45)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (TimeReached("time", "x"), 503),
        (LimitReached("memory", "x"), 422),
        (Busy("queue", "x"), 503),
    ],
)
def test_what_costs_too_much_is_said_and_what_to_do(error: CompetencyError, status: int) -> None:
    graph = KnowledgeGraph()
    graph.parse(two())
    client = create_app(graph, Settings(), checker=Failing(error)).test_client()
    response = client.get(address(), headers=PAGE)
    assert response.status_code == status
    assert "competency align" in response.text or (status == 503 and "again" in response.text)
    assert client.get(address("/align.json")).status_code == status


def test_frameworks_that_are_too_large_are_for_the_command_line(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> None:
    monkeypatch.setattr(aligning, "MOST_PARTS", 5)
    response = client.get(address(), headers=PAGE)
    assert response.status_code == 422 and "competency align" in response.text


class Counting(InProcess):
    """Counts the jobs that were done."""

    jobs = 0

    def check(self, job: Job, left: Any = bool) -> bytes:
        self.jobs += isinstance(job, Aligning)
        return super().check(job, left)


def test_suggestions_are_made_once(client: FlaskClient) -> None:
    graph = KnowledgeGraph()
    graph.parse(two())
    counting = Counting()
    client = create_app(graph, checker=counting).test_client()
    for path in ("/align", "/align.json", "/align.csv", "/align.sssom.tsv"):
        assert client.get(address(path)).status_code == 200
    assert counting.jobs == 1
    client.get(address(per_part="1"))
    assert counting.jobs == 2
