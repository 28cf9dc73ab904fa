"""Updates over HTTP: each one edition, the graphs as authored, the dataset of the request."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from competency.ontology import ONTOLOGY_IRI
from tests.published import TOKEN, client_of

UPDATE, FORM = "application/sparql-update", "application/x-www-form-urlencoded"
G, H = "https://example.org/g", "https://example.org/h"


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return client_of(tmp_path / "data", union=False)


def update(client: FlaskClient, text: str, **using: str) -> TestResponse:
    query = "?" + urlencode({name.replace("_", "-"): value for name, value in using.items()})
    headers = TOKEN | {"Content-Type": UPDATE}
    return client.post("/update" + query, data=text.encode(), headers=headers)


def graph(client: FlaskClient, name: str) -> list[str]:
    where = f"graph={name}" if name else "default"
    response = client.get(f"/graphs?{where}", headers={"Accept": "application/n-triples"})
    return response.text.splitlines() if response.status_code == 200 else []


def test_an_update_is_one_edition(client: FlaskClient) -> None:
    done = update(
        client, f"INSERT DATA {{ GRAPH <{G}> {{ <urn:s> <urn:p> 1 }} }} ; COPY <{G}> TO <{H}>"
    )
    assert done.status_code == 204 and done.headers["Edition"] == "000001"
    assert graph(client, G) == graph(client, H) != []
    again = update(client, f"INSERT DATA {{ GRAPH <{G}> {{ <urn:s> <urn:p> 1 }} }}")
    assert again.status_code == 204 and again.headers["Edition"] == "000001"


def test_an_update_comes_as_a_form_as_well(client: FlaskClient) -> None:
    text = f"INSERT DATA {{ GRAPH <{G}> {{ <urn:s> <urn:p> 'é' }} }}"
    data = urlencode({"update": text})
    response = client.post("/update", data=data, headers=TOKEN | {"Content-Type": FORM})
    assert response.status_code == 204
    assert "é" in graph(client, G)[0]


def test_literals_of_an_update_are_kept_as_they_were_written(client: FlaskClient) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    update(
        client, f"INSERT DATA {{ GRAPH <{G}> {{ <urn:s> <urn:p> 1.50, 01, '1'^^<{xsd}boolean> }} }}"
    )
    assert all(any(form in row for row in graph(client, G)) for form in ('"1.50"', '"01"', '"1"'))
    update(client, f"MOVE <{G}> TO <{H}>")
    assert graph(client, G) == []
    rows = graph(client, H)
    assert len(rows) == 3 and any('"1.50"' in row for row in rows)
    update(client, f"INSERT DATA {{ GRAPH <{H}> {{ <urn:s> <urn:q> 2.0 }} }}")
    rows = graph(client, H)
    assert any('"1.50"' in row for row in rows) and any('"2.0"' in row for row in rows)
    update(client, f"DELETE DATA {{ GRAPH <{H}> {{ <urn:s> <urn:p> 1.5 }} }}")
    assert len(graph(client, H)) == 3 and not any('"1.50"' in row for row in graph(client, H))


def test_an_update_of_everything_finds_every_graph(client: FlaskClient) -> None:
    update(client, f"INSERT DATA {{ <urn:s> <urn:p> 1 . GRAPH <{G}> {{ <urn:s> <urn:p> 1 }} }}")
    update(
        client,
        "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p 2 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    )
    assert '"2"' in graph(client, G)[0] and '"1"' in graph(client, "")[0]
    update(client, "CLEAR ALL")
    assert graph(client, G) == graph(client, "") == []
    update(client, "DROP ALL")
    assert client.get(f"/graphs?graph={G}").status_code == 404


def test_the_request_can_choose_the_graphs(client: FlaskClient) -> None:
    update(
        client,
        f"INSERT DATA {{ GRAPH <{G}> {{ <urn:g> <urn:p> 1 }} GRAPH <{H}> {{ <urn:h> <urn:p> 1 }} }}",
    )
    text = "INSERT { GRAPH <urn:new> { ?s <urn:q> 1 } } WHERE { ?s <urn:p> ?o }"
    assert update(client, text, using_graph_uri=G).status_code == 204
    assert [row.split()[0] for row in graph(client, "urn:new")] == ["<urn:g>"]
    clash = update(
        client, f"WITH <{G}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", using_graph_uri=H
    )
    assert clash.status_code == 400


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("CLEAR XYZ", 400),
        ("INSERT DATA {", 400),
        ("SELECT * { ?s ?p ?o }", 400),
        ("DROP GRAPH <urn:none>", 400),
        ("LOAD <http://127.0.0.1:9/x>", 403),
        ("LOAD <file:///etc/passwd>", 403),
        ("LOAD SILENT <file:///etc/passwd> INTO GRAPH <urn:x>", 403),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        ("INSERT { ?s ?p ?o } WHERE " + "{" * 500 + "}" * 500, 403),
    ],
)
def test_a_bad_update_says_what_is_wrong_and_changes_nothing(
    client: FlaskClient, text: str, status: int
) -> None:
    response = update(client, text)
    assert response.status_code == status, response.text
    assert response.get_json()["detail"].startswith("update") and "Traceback" not in response.text
    assert client.get("/health").get_json()["edition"] is None


def test_a_request_that_is_no_update_is_refused(client: FlaskClient) -> None:
    for data, kind in ((b"CLEAR ALL", "text/plain"), (b"CLEAR ALL", UPDATE + "; charset=utf-16"),
                       (b"update=CLEAR+ALL&update=CLEAR+ALL", FORM), (b"", FORM),
                       (b"query=ASK%7B%7D", FORM), (b"\xff\xfe", UPDATE)):  # fmt: skip
        response = client.post("/update", data=data, headers=TOKEN | {"Content-Type": kind})
        assert response.status_code in (400, 415), (data, kind)
    assert client.get("/update?update=CLEAR%20ALL", headers=TOKEN).status_code == 405
    assert client.get("/sparql?update=CLEAR%20ALL").status_code == 400


@pytest.mark.parametrize("union", [True, False])
def test_the_vocabulary_survives_every_update(tmp_path: Path, union: bool) -> None:
    client = client_of(tmp_path / "data", union=union)
    update(client, f"INSERT DATA {{ GRAPH <{G}> {{ <urn:s> <urn:p> 1 }} }}")
    update(client, "DROP ALL")
    update(client, f"INSERT DATA {{ GRAPH <{ONTOLOGY_IRI}> {{ <urn:s> <urn:p> 1 }} }}")
    update(client, f"INSERT DATA {{ GRAPH <{G}> {{ <urn:s> <urn:p> 1 }} }}")
    names = "/sparql?query=SELECT+DISTINCT+%3Fg+%7BGRAPH+%3Fg+%7B%3Fs+%3Fp+%3Fo%7D%7D"
    seen = client.get(names, headers={"Accept": "text/csv"}).text.split()[1:]
    assert sorted(seen) == sorted([G, ONTOLOGY_IRI] if union else [G])
