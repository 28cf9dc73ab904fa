"""What the site says of itself to machines: DCAT and VoID, sitemap, robots, heads of pages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from flask import render_template_string
from flask.testing import FlaskClient
from rdflib import Graph, Variable

from competency import DataDirectory, KnowledgeGraph
from competency.graph import NamedGraph
from competency.graph.dataset import dataset_turtle, describe_dataset
from competency.server import create_app, sitemap
from competency.server.head import safe_json
from competency.server.home import PER_PAGE
from tests.conftest import PREFIXES, ROOT

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
BASE = "https://w3id.org/competency/id/"
# What is true of every good catalogue (DCAT 3; VoID; DCAT-AP's mandatory properties).
RULES = {
    "one catalogue": "ASK { ?c a dcat:Catalog ; dcterms:title ?t ; dcterms:description ?d }",
    "titles": "ASK { FILTER NOT EXISTS { ?d a dcat:Dataset FILTER NOT EXISTS { ?d dcterms:title ?t } } }",
    "no dataset outside": "ASK { FILTER NOT EXISTS { ?d a dcat:Dataset FILTER NOT EXISTS { ?c dcat:dataset ?d } } }",
    "distributions": "ASK { FILTER NOT EXISTS { ?d a dcat:Dataset FILTER NOT EXISTS { ?d dcat:distribution ?x } } }",
    "access": """ASK { FILTER NOT EXISTS { ?x a dcat:Distribution
        FILTER NOT EXISTS { ?x dcat:accessURL ?u ; dcat:downloadURL ?v ; dcat:mediaType ?m
            FILTER (isIRI(?u) && isIRI(?v) && isIRI(?m)) } } }""",
    "dumps": "ASK { FILTER NOT EXISTS { ?s dcat:downloadURL ?u FILTER NOT EXISTS { ?d void:dataDump ?u } } }",
    "numbers": """ASK { FILTER NOT EXISTS { ?s void:triples|void:entities ?n
        FILTER (DATATYPE(?n) != xsd:integer || ?n < 0) } }""",
    "partitions": """ASK { FILTER NOT EXISTS { ?d void:classPartition ?p
        FILTER NOT EXISTS { ?p void:class ?c ; void:entities ?n } } }""",
    "a service": """ASK { ?c dcat:service ?s . ?s a dcat:DataService ; dcat:endpointURL ?u ;
        dcat:servesDataset ?c . ?c void:sparqlEndpoint ?u }""",
    "one size": """ASK { { SELECT ?c (SUM(?n) AS ?sum) { ?c a dcat:Catalog ; void:subset ?d . ?d a dcat:Dataset ; void:triples ?n }
        GROUP BY ?c } ?c void:triples ?all FILTER (?all = ?sum) }""",
}  # fmt: skip


def read(client: FlaskClient, path: str = "/dataset.ttl") -> Graph:
    """Return the description as a graph."""
    response = client.get(path)
    assert response.status_code == 200
    graph = Graph().parse(data=response.data, format="turtle")
    for prefix, iri in {
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "void": "http://rdfs.org/ns/void#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }.items():
        graph.bind(prefix, iri)
    return graph


@pytest.fixture(scope="module")
def client(shipped: KnowledgeGraph) -> FlaskClient:
    return create_app(shipped).test_client()


@pytest.fixture(scope="module")
def described(client: FlaskClient) -> Graph:
    return read(client)


# ------------------------------------------------------------------ the catalogue


@pytest.mark.parametrize("rule", RULES)
def test_the_catalogue_is_good(described: Graph, rule: str) -> None:
    assert described.query(RULES[rule]).askAnswer


def test_every_download_of_the_catalogue_is_there(client: FlaskClient, described: Graph) -> None:
    found = list(described.query("SELECT ?u ?m { ?x dcat:downloadURL ?u ; dcat:mediaType ?m }"))
    assert len(found) == 5 * 6 + 2
    for row in found:
        address, media_type = str(row[0]), str(row[1])  # type: ignore[index]
        assert address.startswith("http://localhost/data/")
        response = client.get(urlsplit(address).path)
        assert response.status_code == 200
        assert media_type.endswith("/media-types/" + str(response.mimetype))


def test_the_addresses_are_those_under_which_the_client_knows_us(client: FlaskClient) -> None:
    found = client.get("/dataset.nt", base_url="https://data.example.org/some/").text
    assert "<https://data.example.org/some/data/pub-cscf.ttl>" in found
    assert "<https://data.example.org/some/sparql>" in found
    assert "http://localhost" not in found


def test_foreign_frameworks_are_told_apart_and_can_be_fetched() -> None:
    graph = KnowledgeGraph()
    for host in ("a", "b"):
        graph.parse(f"{PREFIXES} <https://{host}.example/fw#x?> a comp:Framework .")
    client = create_app(graph).test_client()
    found = read(client)
    assert len(list(found.query("SELECT ?d { ?d a dcat:Dataset }"))) == 2
    for row in found.query("SELECT ?u { ?x a dcat:Dataset ; void:dataDump ?u }"):
        parts = urlsplit(str(row[0]))  # type: ignore[index]
        assert client.get(f"{parts.path}?{parts.query}").status_code == 200


def test_texts_keep_their_languages_and_licences_are_named() -> None:
    graph = KnowledgeGraph()
    graph.parse(
        f'{PREFIXES} <{BASE}f> a comp:Framework ; rdfs:label "Soudage"@fr , "Welding"@en ;'
        ' dcterms:license <https://example.org/licence> ; dcterms:description "D\u00e9taill\u00e9"@fr .'
    )
    text = create_app(graph).test_client().get("/dataset.ttl").text
    assert '"Soudage"@fr' in text and '"Welding"@en' in text and '"D\u00e9taill\u00e9"@fr' in text
    assert "dcterms:license <https://example.org/licence>" in text


def test_what_is_served_is_described_once_for_an_answer() -> None:
    graph = KnowledgeGraph()
    graph.parse(f"{PREFIXES} <{BASE}f> a comp:Framework .")

    def again() -> NamedGraph:
        raise AssertionError("the description was made a second time")

    graph.overlay(graph.base + "dataset", again)
    assert create_app(graph).test_client().get("/dataset.ttl").status_code == 200


def test_an_edition_says_when_it_was_made(tmp_path: Path, shipped: KnowledgeGraph) -> None:
    shipped.publish(tmp_path / "data")
    with DataDirectory(tmp_path / "data").require() as edition:
        created = edition.manifest.created
        client = create_app(KnowledgeGraph.of(edition)).test_client()
        text = client.get("/dataset.ttl").text
        assert f'dcterms:modified "{created}"^^xsd:dateTime' in text
        assert f'dcat:version "{edition.id}"' in text
        assert f"<lastmod>{created}</lastmod>" in client.get("/sitemap-1.xml").text


def test_the_description_that_is_shipped_is_current(shipped: KnowledgeGraph) -> None:
    assert (ROOT / "graph" / "dataset.ttl").read_text(encoding="utf-8") == dataset_turtle(shipped)


def test_an_empty_server_describes_itself_as_well() -> None:
    client = create_app(KnowledgeGraph()).test_client()
    assert client.get("/dataset").status_code == client.get("/").status_code == 200
    assert client.get("/dataset", headers={"Accept": BROWSER}).status_code == 200
    assert client.get("/sitemap-1.xml").status_code == 200
    assert len(describe_dataset(KnowledgeGraph()).triples) > 10


def test_the_well_known_address_leads_to_it(client: FlaskClient) -> None:
    response = client.get("/.well-known/void")
    assert (response.status_code, response.headers["Location"]) == (303, "/dataset")
    negotiated = client.get("/dataset", headers={"Accept": "application/ld+json"})
    assert negotiated.mimetype == "application/ld+json" and "Accept" in negotiated.vary
    assert negotiated.headers["Content-Location"] == "/dataset.jsonld"
    assert negotiated.data == client.get("/dataset.jsonld").data


# ------------------------------------------------------------------ the front door


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        (None, None),
        ("*/*", None),
        (BROWSER, None),
        ("text/turtle", "/dataset.ttl"),
        ("application/ld+json, */*;q=0.1", "/dataset.jsonld"),
        ("text/html;q=0.5, application/n-triples", "/dataset.nt"),
    ],
)
def test_the_front_door_is_a_page_unless_rdf_is_asked_for(
    client: FlaskClient, accept: str | None, target: str | None
) -> None:
    response = client.get("/", headers={"Accept": accept} if accept else {})
    assert response.headers.get("Location") == target
    assert response.status_code == (303 if target else 200)
    assert "Accept" in response.vary
    assert client.get("/", headers={"Accept": "image/png"}).status_code == 406


def test_thousands_of_frameworks_come_page_by_page() -> None:
    graph = KnowledgeGraph()
    total = 2 * PER_PAGE + 5
    rows = "".join(f"<{BASE}f{n:04}> a comp:Framework .\n" for n in range(total))
    graph.parse(PREFIXES + rows.replace(BASE, BASE), source="many")
    client = create_app(graph).test_client()
    for path in ("/", "/dataset"):
        seen: list[str] = []
        for number in (1, 2, 3):
            page = client.get(f"{path}?page={number}", headers={"Accept": BROWSER})
            assert page.status_code == 200
            seen += re.findall(r'<h3><a href="/page/(f\d+)"', page.text)
        assert seen == [f"f{n:04}" for n in range(total)]
        for wrong in ("0", "4", "-1", "x", "1e9", "\u0663", ""):
            assert client.get(path, query_string={"page": wrong}).status_code in (404, 200)
            if wrong:
                answer = client.get(path, query_string={"page": wrong}, headers={"Accept": BROWSER})
                assert answer.status_code == 404


# ------------------------------------------------------------------ for search engines


def addresses(text: str, tag: str) -> list[str]:
    """Return the addresses in a sitemap or a list of them."""
    found = ET.fromstring(text)  # noqa: S314
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert found.tag == space + tag
    return [str(item.text) for item in found.iter(space + "loc")]


def test_the_sitemap_has_every_framework_and_every_part_once(
    client: FlaskClient, shipped: KnowledgeGraph
) -> None:
    files = addresses(client.get("/sitemap.xml").text, "sitemapindex")
    assert files == ["http://localhost/sitemap-1.xml"]
    found = addresses(client.get("/sitemap-1.xml").text, "urlset")
    assert len(found) == len(set(found))
    for framework in shipped.frameworks:
        for item in (framework, *framework.walk()):
            assert f"http://localhost/page/{item.path}" in found
    for address in found:
        assert client.head(address.removeprefix("http://localhost")).status_code == 200


def test_a_long_sitemap_is_cut_into_files_with_nothing_lost(
    shipped: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = addresses(create_app(shipped).test_client().get("/sitemap-1.xml").text, "urlset")
    monkeypatch.setattr(sitemap, "MOST", 37)
    client = create_app(shipped).test_client()
    files = addresses(client.get("/sitemap.xml").text, "sitemapindex")
    parts = [addresses(client.get(urlsplit(file).path).text, "urlset") for file in files]
    assert [address for part in parts for address in part] == whole
    assert all(len(part) == 37 for part in parts[:-1])
    for number in (0, len(files) + 1):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_addresses_in_the_sitemap_are_escaped() -> None:
    graph = KnowledgeGraph()
    graph.parse(f"{PREFIXES} <https://publisher.example/caf\u00e9?a=1&b='2'> a comp:Framework .")
    client = create_app(graph).test_client()
    found = addresses(client.get("/sitemap-1.xml").text, "urlset")
    assert any("caf%C3%A9" in address and "%26b" in address for address in found)


def test_the_catalogue_counts_the_links_between_frameworks(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/dataset.ttl").data, format="turtle")
    found = graph.query(
        """SELECT ?n WHERE {
             ?links a void:Linkset ; void:triples ?n ; void:linkPredicate ?p ;
                 void:subjectsTarget/foaf:primaryTopic ?one ; void:objectsTarget/foaf:primaryTopic ?other .
             FILTER (?one != ?other) }"""
    )
    counts = [int(str(row[Variable("n")])) for row in found.bindings]
    assert sum(counts) == 130 and len(counts) > 10


def test_robots_may_read_pages_and_data_and_run_no_queries(client: FlaskClient) -> None:
    text = client.get("/robots.txt").text
    assert client.get("/robots.txt").mimetype == "text/plain"
    lines = text.splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /sparql?", "Disallow: /update", "Disallow: /graphs"} <= set(lines)
    assert {"Disallow: /*?edition=", "Disallow: /*&edition="} <= set(lines)  # as they were once
    assert lines[-1] == "Sitemap: http://localhost/sitemap.xml"
    below = client.get("/robots.txt", base_url="https://x.example/here/").text
    assert "Disallow: /here/update" in below and "https://x.example/here/sitemap.xml" in below


# ------------------------------------------------------------------ the heads of pages


def test_json_in_a_page_ends_nothing_and_says_the_same() -> None:
    evil = "</script><!--<script>&'\u2028\u2029\"\\"
    text = str(safe_json({"name": evil}))
    assert not set("<>&'\u2028\u2029") & set(text)
    assert json.loads(text) == {"name": evil}


def test_the_head_of_a_page_is_escaped(shipped: KnowledgeGraph) -> None:
    app = create_app(shipped)
    evil = '"><script>alert(1)</script>'
    template = (
        '{% import "head.html" as head with context %}{{ head.opengraph(evil, evil) }}'
        "{{ head.links(catalogue_downloads(), evil) }}{{ head.links(service_downloads()) }}"
    )
    with app.test_request_context("/page/x?y=<"):
        app.preprocess_request()
        text = render_template_string(template, evil=evil)
    assert "<script" not in text and "og:title" in text and "og:locale" in text
    assert 'href="/dataset.ttl"' in text and 'href="/sparql?format=turtle"' in text


def test_a_page_says_in_schema_org_what_it_is_about(shipped: KnowledgeGraph) -> None:
    app = create_app(shipped)
    template = '{% import "head.html" as head with context %}{{ head.embedded(iri) }}'
    with app.test_request_context("/"):
        app.preprocess_request()
        text = render_template_string(template, iri=BASE + "pub-cscf")
        assert render_template_string(template, iri="urn:nobody").strip() == ""
    found = re.fullmatch(
        r'\s*<script type="application/ld\+json">(.*)</script>\s*', text, re.DOTALL
    )
    assert found
    data = json.loads(found[1])
    assert "DefinedTermSet" in json.dumps(data) and "http://localhost/page/pub-cscf" in found[1]
