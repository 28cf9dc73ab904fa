"""What a table says is judged at /align whoever decided it: no opposite as a match, no sameness."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from tests.conftest import PREFIXES
from tests.published import TOKEN, client_of
from tests.test_server_align import BREAD, ENDS, NEVER, OVEN, PAGE, TSV, address, framework

HEADER = """#curie_map:
#  comp: https://w3id.org/competency/ns#
#  ex: https://example.org/
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#mapping_set_id: https://example.org/alignments/mine
#license: https://w3id.org/sssom/license/unspecified
"""
COLUMNS = "subject_id predicate_id object_id mapping_justification similarity_score status"


@pytest.fixture
def published(tmp_path: Path) -> FlaskClient:
    """Return a server without the gate, which would refuse some of this as well."""
    found = client_of(tmp_path / "data")
    for name, texts in (("bread", BREAD), ("oven", (*OVEN, NEVER))):
        data = (PREFIXES + framework(name, texts)).encode()
        place = f"/graphs?graph=https://example.org/{name}"
        found.put(place, data=data, headers=TOKEN | {"Content-Type": "text/turtle"})
    return found


def table(*rows: str, header: str = HEADER) -> str:
    """Return a table with rows such as ``ex:bread1 skos:closeMatch ex:oven1 accepted``."""
    lines = [COLUMNS.replace(" ", "\t")]
    for row in rows:
        *ends, status = [*row.split(" ", 3), ""][:4]
        lines.append("\t".join([*ends, "semapv:LexicalMatching", "0.5", status]))
    return header + "\n".join(lines) + "\n"


def sent(client: FlaskClient, text: str, way: str) -> tuple[int, str]:
    headers = TOKEN | {"Accept": "application/json"}
    if way == "table":
        data, kind = text.encode(), {"Content-Type": TSV}
        answer = client.post(address(), data=data, headers=headers | kind)
    else:
        body = ENDS | {"decisions": [], "set": text}
        answer = client.post("/align", json=body, headers=headers)
    return answer.status_code, answer.text


@pytest.mark.parametrize("way", ["table", "json"])
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ex:bread3 skos:closeMatch ex:oven6 accepted", "unhelpful"),
        ("ex:bread3 skos:closeMatch ex:oven6", "unhelpful"),
        ("ex:oven6 skos:relatedMatch ex:bread3", "unhelpful"),
        ("ex:bread1 skos:exactMatch ex:oven1 accepted", "exactMatch"),
    ],
)
def test_what_cannot_be_meant_is_published_by_no_way(
    published: FlaskClient, way: str, row: str, said: str
) -> None:
    before = published.get("/editions.json").json
    status, answer = sent(published, table("ex:bread2 skos:closeMatch ex:oven2 accepted", row), way)
    assert status == 400 and said in answer
    assert published.get("/editions.json").json == before


@pytest.mark.parametrize("way", ["table", "json"])
def test_a_suggestion_whose_status_was_emptied_is_not_published(
    published: FlaskClient, way: str
) -> None:
    header = HEADER + "#mapping_tool: competency\n"
    rows = ("ex:bread1 skos:closeMatch ex:oven1", "ex:bread2 skos:closeMatch ex:oven2 to review")
    status, answer = sent(published, table(*rows, header=header), way)
    assert status == 200 and '"accepted": 0' in answer
    status, answer = sent(published, table(rows[0] + " accepted", header=header), way)
    assert status == 200 and '"accepted": 1' in answer


def test_a_file_cannot_make_the_page_offer_what_cannot_be_meant(published: FlaskClient) -> None:
    text = table(
        "ex:bread3 skos:closeMatch ex:oven6 to review",
        "ex:bread1 skos:exactMatch ex:oven1 to review",
        "ex:bread4 skos:exactMatch ex:oven4 to review",
    )
    answer = published.post("/align", data=ENDS | {"set": text, "do": "next"}, headers=PAGE)
    rows = {
        re.findall(r'data-subject="[^"]*/(\w+)"', row)[0]: row
        for row in re.split(r'<li class="pair"', answer.text)[1:]
    }
    assert "comp:contrasts" in rows["bread3"] and "skos:" not in rows["bread3"]
    assert "exactMatch" not in rows["bread1"]
    assert '"skos:closeMatch" selected' in rows["bread1"]
    assert '"skos:exactMatch" selected' in rows["bread4"]  # these two are the same


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '[{"subject": "\\ud800", "object": "b", "verdict": "accept"}]',
        '[{"subject": "a", "object": "b", "verdict": "refuse", "comment": "\\udfff"}]',
    ],
    ids=["deep list", "deep map", "half of a character", "half in a comment"],
)
def test_json_that_nothing_can_read_is_a_bad_request(published: FlaskClient, text: str) -> None:
    form = published.post("/align", data=ENDS | {"decisions": text}, headers=PAGE)
    assert form.status_code == 400 and "decisions is no JSON" in form.text
    left, right = ENDS.values()
    body = f'{{"left": "{left}", "right": "{right}", "decisions": {text}}}'
    headers = TOKEN | {"Content-Type": "application/json", "Accept": "application/json"}
    assert published.post("/align", data=body, headers=headers).status_code == 400


def test_the_data_of_two_frameworks_offer_no_opposite_as_a_match(published: FlaskClient) -> None:
    asked = "/align.json?" + urlencode(ENDS | {"contrasts": "1", "per_part": "100"})
    for item in published.get(asked).get_json()["suggestions"]:
        opposite = "oven6" in item["subject"] + item["object"]
        assert (item["predicate"] == "comp:contrasts") == opposite
