"""Linked data: one 303 to the document, profiles, links in headers, the list of all forms."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from competency import KnowledgeGraph
from competency.exchange import PROFILES
from competency.formats import RDF_SYNTAXES
from competency.server import create_app
from competency.server.links import LONGEST, Download, Link, alternate, link_header
from competency.server.profiles import (
    ALTERNATES,
    KNOWN,
    OWN,
    Asked,
    accepted_profiles,
    names_in,
    negotiate,
)
from competency.server.site import Site
from tests.conftest import PREFIXES

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
BASE = "https://w3id.org/competency/id/"
SKOS = "http://www.w3.org/2004/02/skos/core"
ALTR = "http://www.w3.org/ns/dx/connegp/altr"
OWN_DATA = f"""{PREFIXES}
<{BASE}f> a comp:Framework ; rdfs:label "Own framework"@en ; comp:source <{BASE}f/source> .
<{BASE}f/source> a comp:Source ; rdfs:label "A document"@en ; comp:lineCount "007"^^xsd:integer .
<{BASE}f/1> a comp:Competency ; comp:inFramework <{BASE}f> ; comp:partOf <{BASE}f> ;
    comp:position 1 ; rdfs:label "Listening"@en .
<{BASE}f/1.skos> a comp:Competency ; comp:inFramework <{BASE}f> ; comp:partOf <{BASE}f> ;
    comp:position 2 ; rdfs:label "Named like a file"@en .
<{BASE}f/caf\u00e9> a comp:Competency ; comp:inFramework <{BASE}f> ; comp:partOf <{BASE}f> ;
    comp:position 3 ; rdfs:label "Caf\u00e9"@fr .
"""
THEIRS = f"""{PREFIXES}
<https://publisher.example/caf\u00e9#1> a comp:Framework ; rdfs:label "Theirs"@en .
<tag:example.org,2026:fw> a comp:Framework ; rdfs:label "Tagged"@en .
<tag:example.org,2026:part> a comp:Competency ; rdfs:label "A tagged part"@en ; comp:position 1 ;
    comp:inFramework <tag:example.org,2026:fw> ; comp:partOf <tag:example.org,2026:fw> .
"""


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    found = KnowledgeGraph()
    found.parse(OWN_DATA)
    found.parse(THEIRS)
    return found


@pytest.fixture(scope="module")
def client(graph: KnowledgeGraph) -> FlaskClient:
    return create_app(graph).test_client()


def get(client: FlaskClient, path: str, **headers: str) -> TestResponse:
    return client.get(path, headers={name.replace("_", "-"): v for name, v in headers.items()})


def links_of(response: TestResponse) -> list[tuple[str, dict[str, str]]]:
    """Return the links of the header: where each leads, and its attributes."""
    header = ", ".join(response.headers.getlist("Link"))
    found = re.findall(r'<([^>]*)>((?:; ?[\w*-]+="[^"]*")*)', header)
    return [(url, dict(re.findall(r'([\w*-]+)="([^"]*)"', rest))) for url, rest in found]


def to(response: TestResponse, rel: str) -> list[str]:
    return [url for url, attributes in links_of(response) if attributes["rel"] == rel]


# ------------------------------------------------------------------ which document


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        (Asked(), ("comp", "turtle")),
        (Asked(BROWSER), ("comp", "html")),
        (Asked("application/json"), ("comp", "jsonld")),
        (Asked("application/xml;q=0.1, text/xml"), ("comp", "rdfxml")),
        (Asked("application/json, text/javascript, */*; q=0.01"), ("comp", "jsonld")),
        (Asked("application/json, text/plain, */*"), ("comp", "turtle")),
        (Asked("application/json, text/turtle;q=0.1"), ("comp", "turtle")),
        (Asked("application/xml, text/html;q=0.1"), ("comp", "html")),
        (Asked("application/xhtml+xml"), ("comp", "html")),
        (Asked("application/xhtml+xml, */*"), ("comp", "html")),
        (Asked("application/json", f"<{SKOS}>"), ("skos", "jsonld")),
        (Asked("application/json", f"<{ALTR}>"), ("alt", "json")),
        (Asked(None, media_type="application/json"), ("comp", "jsonld")),
        (Asked(None, media_type="xml"), ("comp", "rdfxml")),
        (Asked(BROWSER, profile="skos"), ("skos", "turtle")),
        (Asked(None, f"<{SKOS}>"), ("skos", "turtle")),
        (Asked("application/ld+json", f"<{SKOS}#>"), ("skos", "jsonld")),
        (Asked("*/*", f"<urn:x>, <{SKOS}>;q=0.2"), ("skos", "turtle")),
        (Asked(None, f"<{SKOS}>;q=0.1, <https://schema.org/>;q=0.9"), ("schema", "turtle")),
        (Asked(None, f"<{SKOS}>;q=0, <{OWN.iri}>"), ("comp", "turtle")),
        (Asked("text/html", f"<{SKOS}>"), ("comp", "html")),
        (Asked(BROWSER, f"<{SKOS}>"), ("skos", "turtle")),
        (Asked(None, "skos"), ("comp", "turtle")),
        (Asked(None, "<<>>;q=,,;"), ("comp", "turtle")),
        (Asked(BROWSER, f"<{SKOS}>", profile="schema"), ("schema", "turtle")),
        (Asked(BROWSER, media_type="nt"), ("comp", "ntriples")),
        (Asked(BROWSER, media_type="application/ld json"), ("comp", "jsonld")),
        (Asked(None, media_type="image/png,text/html"), ("comp", "html")),
        (Asked("text/html", profile="comp"), ("comp", "html")),
        (Asked(None, profile="nope,<http://www.w3.org/2004/02/skos/core>"), ("skos", "turtle")),
        (Asked(None, profile="ctdl-asn", media_type="jsonld"), ("ctdl-asn", "jsonld")),
        (Asked(BROWSER, profile="alt"), ("alt", "html")),
        (Asked(None, profile="alt"), ("alt", "turtle")),
        (Asked(None, f"<{ALTR}>", media_type="json"), ("alt", "json")),
    ],
)
def test_profile_and_media_type_are_chosen_together(asked: Asked, chosen: tuple[str, str]) -> None:
    profile, syntax = negotiate(asked)
    assert (profile.token, syntax.name) == chosen


@pytest.mark.parametrize("address", ["/dataset", "/ns", "/shapes", f"/data?iri={BASE}f"])
def test_data_that_are_asked_for_by_a_wide_type_say_their_own(
    client: FlaskClient, address: str
) -> None:
    """JSON-LD is JSON and RDF/XML is XML; what stands in the header is the true type."""
    for asked, sent in (
        ("application/json", "application/ld+json"),
        ("application/xml", "application/rdf+xml"),
    ):
        wide, narrow = (get(client, address, Accept=kind) for kind in (asked, sent))
        assert (wide.status_code, wide.content_type) == (200, sent)
        assert (wide.data, wide.headers["ETag"]) == (narrow.data, narrow.headers["ETag"])
        assert "Accept" in wide.vary
        assert get(client, address, Accept=BROWSER).content_type != sent


@pytest.mark.parametrize("name", ["json", "xml"])
def test_the_short_names_of_wide_types_are_taken_too(client: FlaskClient, name: str) -> None:
    sent = {"json": "application/ld+json", "xml": "application/rdf+xml"}[name]
    assert client.get(f"/data?iri={BASE}f&format={name}").content_type == sent


@pytest.mark.parametrize("header", [None, "", "*", "skos", "<unclosed", ";q=1", "<" * 5000])
def test_an_accept_profile_that_says_nothing_asks_for_nothing(header: str | None) -> None:
    assert accepted_profiles(header) is None


def test_quality_values_that_are_none_count_as_one() -> None:
    header = f"<{SKOS}>;q=high, <https://schema.org/>;q=7, <{OWN.iri}>;q=0.5"
    assert [item.token for item in accepted_profiles(header) or ()] == ["skos", "schema", "comp"]


def test_names_of_profiles_may_hold_commas_where_they_stand_in_brackets() -> None:
    assert names_in("a,<http://x.example/a,b>") == ["a", "http://x.example/a,b"]


# ------------------------------------------------------------------ one 303


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("", "/data/f/1.ttl"),
        ("?_mediatype=text/html", "/page/f/1"),
        ("?_mediatype=jsonld", "/data/f/1.jsonld"),
        ("?_profile=skos", "/data/f/1.skos.ttl"),
        ("?_profile=skos&_mediatype=application/rdf%2Bxml", "/data/f/1.skos.rdf"),
        ("?_profile=" + quote(f"<{SKOS}>", safe=""), "/data/f/1.skos.ttl"),
        ("?_profile=alt&_mediatype=json", "/data/f/1.alt.json"),
        ("?_profile=alt&_mediatype=html", "/data/f/1.alt.html"),
    ],
)
def test_one_303_leads_to_the_document(client: FlaskClient, query: str, target: str) -> None:
    for path in ("/id/f/1" + query, f"/entity?iri={BASE}f/1" + query.replace("?", "&")):
        response = client.get(path)
        assert response.status_code == 303
        assert response.headers["Location"] == target
        assert {"Accept", "Accept-Profile"} <= set(response.vary)
        assert client.get(target).status_code == 200


def test_the_redirect_says_which_profile_was_chosen(client: FlaskClient) -> None:
    response = get(client, "/id/f", Accept_Profile=f"<{SKOS}>")
    assert response.headers["Location"] == "/data/f.skos.ttl"
    assert to(response, "profile") == [SKOS]
    assert to(get(client, "/id/f", Accept="text/html"), "profile") == []


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("?_profile=dcat", {}),
        ("?_mediatype=image/png", {}),
        ("?_profile=skos&_mediatype=text/html", {}),
        ("?_profile=skos", {"Accept": "text/html"}),
        ("", {"Accept": "image/png"}),
        ("", {"Accept-Profile": "<urn:unknown>"}),
        ("", {"Accept-Profile": f"<{SKOS}>;q=0"}),
    ],
)
def test_what_there_is_not_is_406_with_what_there_is(
    client: FlaskClient, query: str, headers: dict[str, str]
) -> None:
    response = client.get("/id/f" + query, headers=headers)
    assert response.status_code == 406
    assert {"Accept", "Accept-Profile"} <= set(response.vary)
    if "text/html" not in headers.get("Accept", ""):
        assert "text/turtle" in " ".join(response.get_json()["available"])
    if query.startswith("?_profile"):
        assert f"skos <{SKOS}>" in response.text.replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize("name", ["_profile", "_mediatype"])
def test_a_parameter_that_is_given_twice_is_400(client: FlaskClient, name: str) -> None:
    assert client.get(f"/id/f?{name}=a&{name}=b").status_code == 400


def test_a_thing_without_a_view_lists_only_what_can_be_had(client: FlaskClient) -> None:
    response = client.get("/id/f/source?_profile=skos")
    assert response.status_code == 406
    assert not [item for item in response.get_json()["available"] if "skos" in item]
    listed = client.get("/data/f/source.alt.json").get_json()
    assert [item["token"] for item in listed["profiles"]] == ["comp"]
    assert client.get("/data/f/source.skos.ttl").status_code == 404


def test_pages_and_data_lead_to_what_their_parameters_name(client: FlaskClient) -> None:
    for path, target in (
        ("/page/f?_mediatype=ttl", "/data/f.ttl"),
        ("/page/f?_profile=skos&_mediatype=jsonld", "/data/f.skos.jsonld"),
        ("/data/f.ttl?_profile=skos", "/data/f.skos.ttl"),
        ("/data/f.skos.ttl?_mediatype=nt", "/data/f.skos.nt"),
        ("/data/f.ttl?_mediatype=html", "/page/f"),
        (f"/data?iri={BASE}f&format=html", "/page/f"),
    ):
        assert client.get(path).headers["Location"] == target
    assert client.get("/page/f?_mediatype=text/html").status_code == 200


def test_data_by_iri_take_a_profile(client: FlaskClient) -> None:
    iri = quote("https://publisher.example/caf\u00e9#1", safe="")
    location = client.get(f"/entity?iri={iri}&_profile=skos").headers["Location"]
    found = client.get(location)
    assert found.status_code == 200 and "skos:ConceptScheme" in found.text
    assert found.headers["Content-Location"] == location
    named = client.get(f"/data?iri={iri}&_profile=skos&format=ntriples")
    assert named.mimetype == "application/n-triples" and to(named, "profile") == [SKOS]


# ------------------------------------------------------------------ addresses


def test_what_is_authored_stays_as_it_is_in_our_own_profile(
    client: FlaskClient, graph: KnowledgeGraph
) -> None:
    plain = client.get("/data/f.ttl")
    assert b"comp:lineCount 007 " in plain.data
    assert plain.data == graph.serialize("f")
    named = client.get("/data/f.comp.ttl")
    assert named.data == plain.data
    assert named.headers["Content-Location"] == "/data/f.ttl"


def test_a_thing_named_like_a_form_of_another_keeps_an_address(client: FlaskClient) -> None:
    location = client.get(f"/entity?iri={BASE}f/1.skos").headers["Location"]
    assert location == "/data/f/1.skos.comp.ttl"
    assert b"Named like a file" in client.get(location).data
    assert b"Listening" in client.get("/data/f/1.skos.ttl").data
    assert b"Named like a file" in client.get("/data/f/1.skos.skos.ttl").data


def test_iris_of_any_scheme_have_pages_and_data(client: FlaskClient, graph: KnowledgeGraph) -> None:
    assert graph.resource("tag:example.org,2026:part").label == "A tagged part"
    iri = "tag:example.org,2026:part"
    page = client.get(get(client, f"/entity?iri={iri}", Accept="text/html").headers["Location"])
    assert page.status_code == 200 and "A tagged part" in page.text
    assert "Tagged" in page.text  # the framework above it is found, too
    assert client.get(client.get(f"/entity?iri={iri}").headers["Location"]).status_code == 200
    assert client.get("/entity?iri=tag:nobody").status_code == 404
    assert graph.iri("f/a:b") == BASE + "f/a:b" and graph.iri("a:b") == BASE + "a:b"


# ------------------------------------------------------------------ headers


@pytest.mark.parametrize("path", ["/page/f/1", "/data/f/1.ttl", "/data/f/1.skos.jsonld"])
def test_every_document_links_to_its_other_forms(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.headers["Content-Location"] == path
    assert to(response, "canonical") == [BASE + "f/1"]
    assert "/ns" in to(response, "describedby")
    others = to(response, "alternate")
    assert path not in others and len(set(others)) == len(others)
    wanted = {"/page/f/1", "/data/f/1.alt.html"}
    wanted |= {f"/data/f/1{row.suffixes[0]}" for row in RDF_SYNTAXES}
    wanted |= {f"/data/f/1.{p.token}.{end}" for p in PROFILES[1:] for end in ("ttl", "jsonld")}
    assert wanted - {path} <= set(others)
    for url, attributes in links_of(response):
        if attributes["rel"] == "alternate":
            found = client.get(url)
            assert found.status_code == 200 and found.mimetype == attributes["type"]
            assert attributes.get("profile", "") == "".join(to(found, "profile"))


def test_the_header_stays_short_enough_for_proxies(graph: KnowledgeGraph) -> None:
    long = KnowledgeGraph()
    iri = "https://publisher.example/" + "\u00e9" * 300
    long.parse(f"{PREFIXES} <{iri}> a comp:Framework .")
    client = create_app(long).test_client()
    response = client.get(client.get("/entity", query_string={"iri": iri}).headers["Location"])
    assert response.status_code == 200
    assert len(response.headers["Link"]) <= LONGEST


def test_links_are_ascii_and_nothing_gets_out_of_them(client: FlaskClient) -> None:
    response = client.get("/data/f/caf%C3%A9.ttl")
    response.headers["Link"].encode("ascii")
    assert to(response, "canonical") == [BASE + "f/caf%C3%A9"]
    header = str(
        Link('https://x.example/\r\nSet-Cookie: a>"', 'a"\r\nb', (("title", "caf\u00e9\\"),))
    )
    assert "\n" not in header and "\r" not in header and header.isascii()
    assert header.count(">") == 1 and header.index(">") < header.index(";")
    for path in ("/id/f%0d%0aSet-Cookie:%20a", "/entity?iri=https://x.example/%0d%0aX:%20a"):
        assert "Set-Cookie" not in client.get(path).headers


def test_a_link_that_does_not_fit_leaves_room_for_shorter_ones() -> None:
    links = [Link("urn:a", "next"), Link("urn:" + "b" * 100, "next"), Link("urn:c", "prev")]
    assert link_header(links, 60) == '<urn:a>; rel="next", <urn:c>; rel="prev"'
    assert link_header([]) == ""
    assert [str(item) for item in alternate([Download("/a", "A", "text/x")], "/a")] == []


@pytest.mark.parametrize(
    "path",
    ["/page/f", "/data/f.ttl", "/data/f.skos.ttl", "/data/f.alt.json", "/data/f.alt.html",
     "/dataset", "/dataset.jsonld", "/ns/Framework", "/shapes/FrameworkTitle.ttl", "/sitemap.xml",
     "/robots.txt", "/openapi.json", "/"],
)  # fmt: skip
def test_every_document_is_conditional_packed_and_the_same_for_head(
    client: FlaskClient, path: str
) -> None:
    full = get(client, path)
    assert full.status_code == 200
    tag = full.headers["ETag"]
    head = client.head(path)
    assert head.data == b""
    different = {"Date"}
    assert {k: v for k, v in head.headers if k not in different} == {
        k: v for k, v in full.headers if k not in different
    }
    again = get(client, path, If_None_Match=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers.get("Vary") == full.headers.get("Vary")
    assert again.headers["ETag"] == tag
    packed = get(client, path, Accept_Encoding="gzip")
    if "Content-Encoding" in packed.headers:
        assert gzip.decompress(packed.data) == full.data
        assert packed.headers["ETag"] == tag[:-1] + '-gzip"'
    assert client.post(path).status_code == 405
    assert "GET" in client.options(path).headers["Allow"]


def test_each_representation_has_a_tag_of_its_own(client: FlaskClient) -> None:
    paths = [f"/data/f{token}{row.suffixes[0]}" for token in ("", ".skos") for row in RDF_SYNTAXES]
    tags = [client.get(path).headers["ETag"] for path in (*paths, "/page/f")]
    assert len(set(tags)) == len(tags)
    assert get(client, "/data/f.ttl", If_None_Match=tags[-1]).status_code == 200


# ------------------------------------------------------------------ the list of all forms


def test_the_list_of_forms_names_every_document_and_nothing_else(client: FlaskClient) -> None:
    page = client.get("/data/f.alt.html").text
    listed = client.get("/data/f.alt.json").get_json()
    assert listed["resource"] == BASE + "f"
    assert [item["token"] for item in listed["profiles"]] == [item.token for item in PROFILES]
    again = KnowledgeGraph()
    again.parse(client.get("/data/f.alt.nt").data, syntax="ntriples")
    found = again.merged()
    stated = {
        str(o) for s, p, o in found if (str(s), str(p)) == (BASE + "f", ALTR + "#hasRepresentation")
    }
    addresses = {
        item["url"] for group in listed["profiles"] for item in group["representations"]
    } | {item["url"] for item in listed["pages"]}
    assert stated == addresses
    assert len(addresses) == 1 + len(PROFILES) * len(RDF_SYNTAXES)
    for address in addresses:
        path = address.removeprefix("http://localhost")
        assert client.get(path).status_code == 200
        assert f'href="{path}"' in page
    defaults = [str(o) for _, p, o in found if str(p) == ALTR + "#hasDefaultRepresentation"]
    assert defaults == ["http://localhost/data/f.ttl"]
    assert to(client.get("/data/f.alt.nt"), "profile") == [ALTR]


def test_the_list_says_which_token_stands_for_which_profile(client: FlaskClient) -> None:
    response = client.get("/data/f.alt.html")
    said = {row["token"]: row["anchor"] for _, row in links_of(response) if row["rel"] == "type"}
    assert said == {profile.token: profile.iri for profile in PROFILES}


def test_everything_in_one_file_leads_to_its_description(client: FlaskClient) -> None:
    response = client.get("/data/all.trig")
    assert to(response, "alternate") == ["/data/all.nq"]
    assert to(response, "describedby") == ["/dataset"]


def test_scripts_of_other_sites_may_name_profiles(client: FlaskClient) -> None:
    response = client.options("/id/f", headers={"Access-Control-Request-Method": "GET"})
    assert "Accept-Profile" in response.headers["Access-Control-Allow-Headers"]
    assert "GET" in response.headers["Allow"]


def test_the_tokens_of_profiles_are_told_apart() -> None:
    assert len({profile.token for profile in KNOWN}) == len(KNOWN)
    assert ALTERNATES not in PROFILES


# ------------------------------------------------------------------ every type, every term


def every_type(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield one thing of each combination of types in each graph."""
    seen = set()
    for name in graph.graph_names:
        for node in sorted(graph.named_graph(name).graph.subjects(unique=True), key=str):
            if "://" in str(node) and graph.holds(str(node)):
                types = (name, *sorted(graph.resource(str(node)).types))
                if types not in seen:
                    seen.add(types)
                    yield str(node)


def test_each_type_of_thing_that_is_shipped_has_a_303_a_page_and_data(
    shipped: KnowledgeGraph,
) -> None:
    client = create_app(shipped).test_client()
    things = list(every_type(shipped))
    assert len(things) > 40
    for iri in things:
        path = Site(shipped).path_of(iri)
        start = f"/id/{quote(path)}" if path else f"/entity?iri={quote(iri, safe='')}"
        for accept, kind in ((BROWSER, "text/html"), ("*/*", "text/turtle")):
            led = get(client, start, Accept=accept)
            assert led.status_code == 303, iri
            found = client.get(led.headers["Location"])
            assert (found.status_code, found.mimetype) == (200, kind), iri


def test_each_term_and_each_shape_has_a_page_and_data_of_its_own(shipped: KnowledgeGraph) -> None:
    client = create_app(shipped).test_client()
    for path in ("/ns/Framework", "/ns/hasPart", "/shapes/FrameworkTitle"):
        data = client.get(path)
        assert data.mimetype == "text/turtle" and data.headers["Content-Location"] == path + ".ttl"
        assert "Accept" in data.vary
        page = get(client, path, Accept=BROWSER)
        assert page.mimetype == "text/html"
        assert f'type="text/turtle" title="Turtle" href="{path}.ttl"' in page.text
        assert client.get(path + "?_mediatype=nt").mimetype == "application/n-triples"
        for row in RDF_SYNTAXES:
            assert client.get(path + row.suffixes[0]).mimetype == row.media_type
    assert b'"1"^^xsd:nonNegativeInteger' in client.get("/ns/Part.ttl").data
    for path in ("/ns/Nothing", "/ns/context", "/shapes/x%22y", "/ns/Framework.docx", "/ns/a%3Cb"):
        assert client.get(path).status_code == 404


def test_a_shape_brings_what_hangs_on_it_without_a_name(shipped: KnowledgeGraph) -> None:
    client = create_app(shipped).test_client()
    text = client.get("/shapes/PositionTwice.ttl").text
    assert "sh:select" in text and text.count("rdfs:label") == 1
